"""Claim files: the YAML in which curators state who says what, in which words, on what evidence.

The format is described in docs/claim-files.md, its shape in kg/readers/claim_files/schema.json.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.ids import quote_id
from kg.model.records import BiasRecord
from kg.model.statements import Statements
from kg.readers import ParsedFile, graph_name, in_order
from kg.readers.claim_files import decisions, schema
from kg.readers.claim_files.fields import ALIGNED, DEFAULTING, PASSAGES, TARGETS, written_records
from kg.readers.claim_files.index import Index, beside, survey
from kg.readers.claim_files.quotes import SourceTexts, find, missing_texts, passages
from kg.readers.claim_files.yaml import parse
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.errors import Place, Problem
    from kg.model.records import QuoteRecord, Record
    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.quotes import Passage
    from kg.readers.claim_files.yaml import Document

__all__ = ["MEDIA_TYPE", "read"]

MEDIA_TYPE = "application/yaml"


def read(path: Path, text: str | None = None, index: Index | None = None) -> ParsedFile:
    """Read a claim file, in view of its siblings in the folder and of the texts beside it.

    `text` stands for what the file holds, to see what it would be with it; `index` is that of the folder, for whoever
    reads several of its files.  All problems are in the ParsedFile, by place.
    Raises UnreadableError, with line and column, for what is not YAML.
    """
    index = index or Index(path.parent)
    document = index.document(path) if text is None else parse(str(path), text)
    if decisions.is_decisions(document):
        return _decisions(path, document, beside(path, index))
    value, by_schema = schema.check(document)
    folder = survey(path, document, index)
    found = list(written_records(value))
    texts = SourceTexts(folder, path.parent)
    quoted, by_quotes = _quoted(found, value.get("document"), folder, texts, document)
    by_rules = [*schema.check_rules(document, value, found, folder), *missing_texts(found, texts, document)]
    by_rules += index.guesses.get(path.name, []) if text is None else []
    problems = _by_place([*document.problems, *by_schema, *folder.problems(document), *by_rules, *by_quotes])
    frame = Frame(folder, texts, value.get("language", "en"), value.get("document"))
    to = Statements(IRI(graph_name(path, folder.dataset, folder.base)), folder.iri(""), frame.language)
    is_sound = all(problem.severity != "violation" for problem in problems)
    return ParsedFile(
        path=path,
        format=MEDIA_TYPE,
        dataset=folder.dataset,
        namespace=folder.iri(""),
        quads=in_order(quad for record in found for quad in to.of(frame.record(record, quoted.get(record.id, ()))))
        if is_sound
        else (),
        problems=problems,
        places=places(found, quoted, document, folder),
        sha256=index.digests.get(path.name, "") if text is None else "",
        text_files=texts.files(found),
    )


def _decisions(path: Path, document: Document, folder: Folder) -> ParsedFile:
    found, problems = decisions.check(document, folder)
    by_place = _by_place([*document.problems, *problems])
    to = Statements(IRI(graph_name(path, folder.dataset, folder.base)), folder.iri(""), "en")
    records = [(each, each.record(to)) for each in found]
    is_sound = all(problem.severity != "violation" for problem in by_place)
    return ParsedFile(
        path=path,
        format=MEDIA_TYPE,
        dataset=folder.dataset,
        namespace=folder.iri(""),
        quads=in_order(quad for _, record in records for quad in to.of(record)) if is_sound else (),
        problems=by_place,
        places={folder.iri(record.id): document.place(each.way) for each, record in records},
    )


def _quoted(
    found: Iterable[Written], default: str | None, folder: Folder, texts: SourceTexts, document: Document
) -> tuple[dict[str, list[Passage]], list[Problem]]:
    quoted: dict[str, list[Passage]] = {}
    problems: list[Problem] = []
    for record in found:
        for passage in passages(record, _told_in(record, folder) or default):
            located, problem = find(passage, texts, document)
            quoted.setdefault(record.id, []).append(located)
            problems += [problem] if problem else []
    return quoted, problems


def _told_in(record: Written, folder: Folder) -> str | None:
    """Return the source that the assertion of a drift names; a drift names none itself."""
    entry = folder.entry(record.values.get("in", "")) if record.kind == "drift" else None
    source = entry.values.get("source") if entry else None
    return source if isinstance(source, str) else None


def _by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda problem: (problem.place or (), problem.message)))


class Frame(NamedTuple):
    """Settings that hold for all records of a file."""

    folder: Folder
    texts: SourceTexts
    language: str
    document: str | None
    """The default source."""

    def printed(self, source: str | None) -> str:
        """Return the language that a source is printed in."""
        entry = self.folder.entry(source) if source else None
        language = entry.values.get("language") if entry else None
        return language if isinstance(language, str) else self.language

    def record(self, written: Written, passages: Sequence[Passage]) -> Record:
        """Return a record that stands in the file, with its passages as they were found in the texts."""
        values = dict(written.values)
        if written.kind in DEFAULTING and self.document:
            values.setdefault("source", self.document)
        fields: dict[str, Any] = {"id": written.id}
        for key, field in written.section.fields.items():
            if key not in values or key in PASSAGES:
                continue
            if key in ALIGNED:
                fields["matches"] = (*fields.get("matches", ()), *_concepts(key, values[key]))
                continue
            fields[field.name] = _several(values[key]) if not field.part else _judgements(values[key])
            if key in TARGETS:
                fields["direction"] = key
        if passages:
            fields["quotes"] = tuple(map(self._quote, passages))
        if written.outer:
            fields[written.section.outer] = written.outer.id
        if written.kind == "source":
            fields["printed"] = self.printed(written.id)
            if "text" in fields:
                fields["text"] = self.texts.text(fields["text"])
        return written.section.record(**fields)  # type: ignore[no-any-return]

    def _quote(self, passage: Passage) -> QuoteRecord:
        return passage.quote._replace(language=self.printed(passage.quote.source))


def _judgements(value: list[dict[str, str]]) -> tuple[BiasRecord, ...]:
    return tuple(BiasRecord(**judgement) for judgement in value)


def _several(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _concepts(key: str, value: Any) -> Iterable[str]:
    return (f"{ALIGNED[key]}{number}" for number in (value if isinstance(value, list) else [value]))


def places(
    found: Iterable[Written], passages: Mapping[str, Sequence[Passage]], document: Document, folder: Folder
) -> dict[str, Place]:
    """Return where each record stands (by IRI), each of its keys (by IRI, space, key) and each quote (by IRI)."""
    known: dict[str, Place] = {}
    for record in found:
        node = folder.iri(record.id)
        known[node] = document.key_place(record.path)
        for key in record.values:
            known[f"{node} {key}"] = document.key_place((*record.path, key))
        for n, passage in enumerate(passages.get(record.id, [])):
            known[quote_id(node, n)] = document.place(passage.way)
    return known
