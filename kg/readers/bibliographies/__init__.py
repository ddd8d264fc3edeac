"""Bibliographies as sources: RIS, MEDLINE (nbib), PubMed's XML, JATS, EndNote's XML, BibTeX and CSL-JSON.

Each format has a module that turns its records into `reference.Reference`; `records` turns these into the model's.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.files import read_start
from kg.model.statements import Statements
from kg.namespaces import ID
from kg.readers import ParsedFile, RecordQuads, dataset_name, graph_name
from kg.readers.bibliographies.records import Publications
from kg.readers.detect import START, suffix_of
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Place, Problem
    from kg.model.records import Record
    from kg.readers.bibliographies.reference import Reference

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
_MEDIA_TYPES = {
    ".ris": "application/x-research-info-systems",
    ".enw": "application/x-endnote-refer",
    ".bib": "application/x-bibtex",
    ".json": "application/vnd.citationstyles.csl+json",
    ".csl": "application/vnd.citationstyles.csl+json",
    ".nbib": "application/nbib",
    ".txt": "application/nbib",
}


def read(path: Path) -> ParsedFile:
    """Read a bibliography by its suffix, and XML by its elements; a record without a name is a violation.

    Raises UnreadableError, with the place, for a file that is empty, broken, cut, not UTF-8 or made to do harm.
    """
    dataset = dataset_name(path)
    graph, namespace = graph_name(path, dataset), f"{ID}{dataset}/"
    places: dict[str, Place] = {}

    def records() -> Iterator[Record | Problem]:
        publications = Publications(path)
        yield from publications.records(references(path))
        places.update({namespace + short_id: place for short_id, place in publications.places.items()})

    found = RecordQuads(records, Statements(IRI(graph), namespace, "en"))
    held = path.stat().st_size <= HELD if path.is_file() else True
    return ParsedFile(
        path,
        _MEDIA_TYPES.get(suffix_of(path), "application/xml"),
        dataset,
        namespace,
        found.held() if held else found,
        found.problems,
        places,
        graphs=(graph,),
    )


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
