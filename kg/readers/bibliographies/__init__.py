"""Bibliographies as sources: RIS, MEDLINE (nbib), PubMed's XML, JATS, EndNote's XML, BibTeX and CSL-JSON.

Each format has a module that turns its records into `reference.Reference`; `records` turns these into the model's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import Problem, UnreadableError
from kg.files import read_start
from kg.model.ids import digest, normal
from kg.model.statements import Statements
from kg.namespaces import DCTERMS, ID
from kg.readers import ParsedFile, RecordQuads, dataset_name, graph_name
from kg.readers.bibliographies.records import Publications
from kg.readers.detect import BIBLIOGRAPHIES, START, suffix_of
from kg.readers.encodings import guessed
from kg.store.terms import IRI, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.errors import Place
    from kg.model.records import Record
    from kg.readers.bibliographies.reference import Reference

_TITLE = DCTERMS + "title"
HELD = 8 * 2**20
"""Bytes on the disk up to which what a file says is held in memory; a bigger one is read anew each time."""

_MODULES = {".ris": "ris", ".enw": "ris", ".nbib": "medline", ".bib": "bibtex", ".json": "csl", ".csl": "csl"}
_IS_MEDLINE = re.compile(rb"^\s*PMID- ", re.MULTILINE)
_ELEMENTS = {
    "PubmedArticle": ("medline", "article"),
    "PubmedBookArticle": ("medline", "book"),
    "article": ("jats", "article"),
    "record": ("ris", "endnote"),
}
"""Element of a record -> the module and its function that read it."""


def read(path: Path) -> ParsedFile:
    """Read a bibliography by its suffix, and XML by its elements; a record without a name is a violation.

    Raises UnreadableError, with the place, for a file that is empty, broken, cut, not UTF-8 or made to do harm.
    """
    dataset = dataset_name(path)
    graph, namespace = graph_name(path, dataset), f"{ID}{dataset}/"
    places: dict[str, Place] = {}

    def records() -> Iterator[Record | Problem]:
        publications = Publications(path)
        if suffix_of(path) in _MODULES:
            yield from guessed(path)
        yield from publications.records(references(path))
        places.update({namespace + short_id: place for short_id, place in publications.places.items()})

    found = RecordQuads(records, Statements(IRI(graph), namespace, "en"))
    held = path.stat().st_size <= HELD if path.is_file() else True
    return ParsedFile(
        path,
        BIBLIOGRAPHIES.get(suffix_of(path), "application/xml"),
        dataset,
        namespace,
        found.held() if held else found,
        found.problems,
        places,
        graphs=(graph,),
    )


@dataclass(frozen=True)
class _Renamed:
    """Quads in which some nodes have other IRIs."""

    quads: Iterable[Quad]
    names: Mapping[Any, Any]

    def __iter__(self) -> Iterator[Quad]:
        for quad in self.quads:
            subject, value = (self.names.get(term, term) for term in (quad.subject, quad.object))
            yield Quad(subject, quad.predicate, value, quad.graph_name)


def told_apart(
    reading: ParsedFile, titles: dict[IRI, dict[str, str]], known: Iterable[Quad]
) -> tuple[ParsedFile, list[Problem]]:
    """Return a bibliography in which a source has an id of its own if another file has its id for another title.

    An id is made of an identifier, and two files of one folder may give one DOI to two titles, as those of proceedings
    do.  `titles` has what other files say: the source, its titles as they are compared, and the files; what this one
    says is added.  `known` are such statements of a store.
    """
    for quad in known:
        titles.setdefault(quad.subject, {}).setdefault(_compared(quad.object), "the store")  # type: ignore[arg-type]
    names: dict[IRI, IRI] = {}
    problems = []
    for quad in reading.quads:
        if quad.predicate.value != _TITLE:
            continue
        source, title = quad.subject, _compared(quad.object)
        others = titles.setdefault(source, {})  # type: ignore[arg-type]
        if others and title not in others:
            names[source] = IRI(f"{source.value}-{digest(title, length=6)}")  # type: ignore[index,union-attr]
            message = (
                f'"{quad.object.value}" has the identifier of another title in {min(others.values())};'  # type: ignore[union-attr]
                " both are kept, as two sources, see kg sources duplicates"
            )
            place = reading.places.get(source.value)  # type: ignore[union-attr]
            problems.append(Problem("warning", "identifier-of-two-titles", message, place))
        others.setdefault(title, reading.path.name)
    if not names:
        return reading, []
    renamed = _Renamed(reading.quads, names)
    places = {names.get(IRI(node), IRI(node)).value: place for node, place in reading.places.items()}
    quads = tuple(renamed) if isinstance(reading.quads, tuple) else renamed
    return replace(reading, quads=quads, places=places), problems


def _compared(title: object) -> str:
    return "".join(filter(str.isalnum, normal(getattr(title, "value", ""))))


def references(path: Path) -> Iterator[Reference]:
    """Yield the records of a bibliography; raises as `read`."""
    suffix = suffix_of(path)
    in_text = "medline" if suffix == ".txt" and _IS_MEDLINE.search(read_start(path, START)) else "ris"
    module = in_text if suffix == ".txt" else _MODULES.get(suffix)
    found = import_module(f"{__name__}.{module}").references(path) if module else _of_elements(path)
    first = next(found, None)
    if first is None:
        raise UnreadableError(f"{path}: no reference in this file; is it empty, or not what its name says?")
    yield first
    yield from found


def _of_elements(path: Path) -> Iterator[Reference]:
    from kg.readers.xml import records

    for element, line in records(path, _ELEMENTS):
        module, function = _ELEMENTS[element.tag]
        yield getattr(import_module(f"{__name__}.{module}"), function)(element, line)
