"""Bibliographies as sources: RIS, MEDLINE (nbib), PubMed's XML, JATS, EndNote's XML, BibTeX and CSL-JSON.

Each format has a module that turns its records into `record.Reference`; `statements` turns these into quads.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import DataError, Problem, UnreadableError
from kg.namespaces import ID
from kg.readers import Reading, dataset_name, graph_name
from kg.readers.bibliographies.statements import Statements
from kg.readers.detect import suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Place
    from kg.readers.bibliographies.record import Reference
    from kg.store.terms import Quad

HELD = 8 * 2**20
"""Bytes on the disk up to which what a file says is held in memory; a bigger one is read anew each time."""

_MODULES = {".ris": "ris", ".nbib": "nbib", ".txt": "nbib", ".bib": "bibtex", ".json": "csl", ".csl": "csl"}
_ELEMENTS = {
    "PubmedArticle": ("pubmed", "article"),
    "PubmedBookArticle": ("pubmed", "book"),
    "article": ("jats", "article"),
    "record": ("endnote", "record"),
}
"""Element of a record -> the module and its function that read it."""
_MEDIA_TYPES = {
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex",
    ".json": "application/vnd.citationstyles.csl+json",
    ".csl": "application/vnd.citationstyles.csl+json",
    ".nbib": "application/nbib",
    ".txt": "application/nbib",
}


def read(path: Path) -> Reading:
    """Read a bibliography by its suffix, and XML by its elements; a record without a name is a violation.

    Raises UnreadableError, with the place, for a file that is empty, broken, cut, not UTF-8 or made to do harm.
    """
    dataset = dataset_name(path)
    graph = graph_name(path, dataset)
    found = _Quads(path, dataset, graph)
    held = path.stat().st_size <= HELD if path.is_file() else True
    return Reading(
        path,
        _MEDIA_TYPES.get(suffix_of(path), "application/xml"),
        dataset,
        f"{ID}{dataset}/",
        tuple(sorted(set(found.stated()), key=str)) if held else found,
        found.problems,
        found.places,
        graphs=(graph,),
    )


def references(path: Path) -> Iterator[Reference]:
    """Yield the records of a bibliography; raises as `read`."""
    module = _MODULES.get(suffix_of(path))
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


class _Quads:
    """What a file states, read from it each time; problems and places are those of the last time."""

    def __init__(self, path: Path, dataset: str, graph: str) -> None:
        self._path, self._dataset, self._graph = path, dataset, graph
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}

    def __iter__(self) -> Iterator[Quad]:
        """Yield the quads of a file too big to be read before it is written; DataError in the end undoes the write."""
        yield from self.stated()
        if violations := [problem for problem in self.problems if problem.severity == "violation"]:
            raise DataError(violations)

    def stated(self) -> Iterator[Quad]:
        """Yield the quads, and let the problems be in `problems` then."""
        statements = Statements(self._path, self._dataset, self._graph)
        yield from statements.quads(references(self._path))
        self.problems[:], self.places = statements.problems, statements.places
