"""Records of a claim file as the model has them, and the places of all that they state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.ids import quote_id
from kg.readers.claim_files.fields import ALIGNED, DEFAULTING, PASSAGES, TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.errors import Place
    from kg.model.records import QuoteRecord, Record
    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.quotes import Passage, Texts
    from kg.readers.claim_files.yaml import Document


class Frame(NamedTuple):
    """What holds for all records of a file."""

    folder: Folder
    texts: Texts
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
            fields[field.name] = _several(values[key])
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
