"""Claim files: the YAML in which curators state who says what, in which words, on what evidence.

The format is described in docs/claim-files.md, its shape in kg/readers/claim_files/schema.json.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.statements import Statements
from kg.readers import ParsedFile, graph_name, in_order
from kg.readers.claim_files import rules, schema
from kg.readers.claim_files.fields import written_records
from kg.readers.claim_files.index import Index, survey
from kg.readers.claim_files.quotes import Texts, find, missing_texts, passages
from kg.readers.claim_files.records import Frame, places
from kg.readers.claim_files.yaml import parse
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.errors import Problem
    from kg.readers.claim_files.fields import Written
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
    value, by_schema = schema.check(document)
    folder = survey(path, document, index)
    found = list(written_records(value))
    texts = Texts(folder, path.parent)
    quoted, by_quotes = _quoted(found, value.get("document"), texts, document)
    by_rules = [*rules.check(document, value, found, folder), *missing_texts(found, texts, document)]
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


def _quoted(
    found: Iterable[Written], default: str | None, texts: Texts, document: Document
) -> tuple[dict[str, list[Passage]], list[Problem]]:
    quoted: dict[str, list[Passage]] = {}
    problems: list[Problem] = []
    for record in found:
        for passage in passages(record, default):
            located, problem = find(passage, texts, document)
            quoted.setdefault(record.id, []).append(located)
            problems += [problem] if problem else []
    return quoted, problems


def _by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems), key=lambda problem: (problem.place or (), problem.message)))
