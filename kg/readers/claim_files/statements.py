"""What the records of a claim file state, as quads in the graph of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.namespaces import OA, SCHEMA
from kg.readers.claim_files.fields import DEFAULTING, Context
from kg.readers.claim_files.quotes import KEYS
from kg.store.terms import IRI, TYPE, Literal, Quad, iri, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.errors import Place
    from kg.readers.claim_files.fields import Statement
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.quotes import Passage, Texts
    from kg.readers.claim_files.records import Record
    from kg.readers.claim_files.yaml import Document


class Frame(NamedTuple):
    """What holds for all records of a file."""

    folder: Folder
    texts: Texts
    graph: IRI
    language: str
    document: str | None
    """The default source."""

    def node(self, short_id: str) -> IRI:
        """Return the node of a short id."""
        return IRI(self.folder.iri(short_id))

    def printed(self, source: str | None) -> str:
        """Return the language that a source is printed in."""
        entry = self.folder.entry(source) if source else None
        language = entry.values.get("language") if entry else None
        return language if isinstance(language, str) else self.language


def quads(found: Iterable[Record], passages: Mapping[str, list[Passage]], frame: Frame) -> tuple[Quad, ...]:
    """Return the quads of all records, sorted, so that no order in the file shows."""
    stated = {
        Quad(subject, predicate, value, frame.graph)
        for record in found
        for subject, predicate, value in _record(record, passages.get(record.id, []), frame)
    }
    return tuple(sorted(stated, key=_order))


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    """Sort by subject, then by property with types first, then by value."""
    return str(quad.subject).strip("<>"), quad.predicate != TYPE, quad.predicate.value, str(quad.object)


def places(
    found: Iterable[Record], passages: Mapping[str, list[Passage]], document: Document, folder: Folder
) -> dict[str, Place]:
    """Return where each record stands (by IRI), each of its keys (by IRI, space, key) and each quote (by IRI)."""
    known: dict[str, Place] = {}
    for record in found:
        node = folder.iri(record.id)
        known[node] = document.key_place(record.path)
        for key in record.values:
            known[f"{node} {key}"] = document.key_place((*record.path, key))
        for n, passage in enumerate(passages.get(record.id, [])):
            known[f"{node}.{_quote_name(n)}"] = document.place(passage.way)
    return known


def _record(record: Record, passages: list[Passage], frame: Frame) -> Iterator[tuple[IRI, IRI, Any]]:
    node = frame.node(record.id)
    yield node, TYPE, iri(record.section.type)
    yield from ((node, *statement) for statement in _fields(record, frame))
    if record.outer:
        outer = frame.node(record.outer.id)
        if record.section.link:
            yield outer, iri(record.section.link), node
        if record.section.back:
            yield node, iri(record.section.back), outer
    for n, passage in enumerate(passages):
        quote = IRI(f"{node.value}.{_quote_name(n)}")
        yield node, iri("hc:quote"), quote
        yield from _passage(quote, passage, frame)


def _fields(record: Record, frame: Frame) -> Iterator[Statement]:
    source = record.id if record.kind == "source" else record.values.get("source", frame.document)
    context = Context(frame.language, frame.printed(source), frame.node)
    values = dict(record.values)
    if record.kind in DEFAULTING and frame.document:
        values.setdefault("source", frame.document)
    for key, field in record.section.fields.items():
        if key in values and key not in KEYS:
            yield from field.form(key, field, values[key], context)
    if record.kind == "source" and "text" in values:
        yield IRI(SCHEMA + "text"), Literal(frame.texts.text(values["text"]), language=context.printed)


def _quote_name(n: int) -> str:
    return f"quote-{n + 1}" if n else "quote"


def _passage(quote: IRI, passage: Passage, frame: Frame) -> Iterator[tuple[IRI, IRI, Any]]:
    """State a quote as the Web Annotation model does (4.1 specific resources, 4.2.4 and 4.2.5 selectors)."""
    language = frame.printed(passage.source)
    selector = IRI(f"{quote.value}.text")
    yield quote, TYPE, IRI(OA + "SpecificResource")
    yield quote, IRI(OA + "hasSource"), frame.node(passage.source)
    yield quote, IRI(OA + "hasSelector"), selector
    yield selector, TYPE, IRI(OA + "TextQuoteSelector")
    for name in ("exact", "prefix", "suffix"):
        if words := getattr(passage, name):
            yield selector, IRI(OA + name), Literal(words, language=language)
    if passage.span:
        position = IRI(f"{quote.value}.position")
        yield quote, IRI(OA + "hasSelector"), position
        yield position, TYPE, IRI(OA + "TextPositionSelector")
        yield position, IRI(OA + "start"), typed(str(passage.span.start), "nonNegativeInteger")
        yield position, IRI(OA + "end"), typed(str(passage.span.end), "nonNegativeInteger")
