"""Written forms of literals that a store keeps by value only: "01" and "1" come back from Oxigraph as 1.

Where that is so the catalog has a statement of how it was written, and an export puts it back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.namespaces import CATALOG, HC, XSD
from kg.store.terms import IRI, Literal, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store.base import Store

_WRITTEN = IRI(HC + "written")
_UNCHANGED = {
    XSD + "string": re.compile(r".*", re.DOTALL),
    XSD + "boolean": re.compile(r"true|false"),
    XSD + "integer": re.compile(r"0|-?[1-9]\d{0,17}"),
    XSD + "decimal": re.compile(r"-?(?:0|[1-9]\d{0,12})\.\d{0,4}[1-9]"),
    XSD + "date": re.compile(r"[12]\d{3}-\d\d-\d\d"),
    XSD + "dateTime": re.compile(r"[12]\d{3}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\dZ?"),
    XSD + "gYear": re.compile(r"[12]\d{3}"),
    XSD + "gYearMonth": re.compile(r"[12]\d{3}-\d\d"),
}
"""Datatypes whose literals, if they look like this, come back as they are: nearly all do."""
_MARK = f'"^^<{XSD}'.encode()
_TYPED = re.compile(rb'"([^"\\\n]{0,80})"\^\^(?:<[^<>\s]*#|[\w.-]*:)(\w+)')
_BARE = re.compile(rb"(?<=[\s,(\[])(?:\+[\d.]|-?0\d|-?\.\d|-0[\s,;.)\]]|-?\d*\.\d*0(?=[\s,;.)\]])|-?\d[\d.]*[eE])")
"""Number of Turtle that may come back otherwise."""


def is_suspicious(text: bytes, *, has_numbers: bool = True) -> bool:
    """Return True if a part of an RDF file may have a literal that would not come back as it is written.

    `has_numbers` is False for a syntax without bare numbers.
    """
    return (has_numbers and bool(_BARE.search(text))) or any(
        not (usual := _UNCHANGED.get(XSD + datatype.decode())) or not usual.fullmatch(value.decode(errors="replace"))
        for value, datatype in set(_TYPED.findall(text))
    )


def changes(term: object) -> bool:
    """Return True if `term` is a literal that Oxigraph gives back in another form."""
    if not isinstance(term, Literal) or term.language:
        return False
    datatype = term.datatype.value
    if not datatype.startswith(XSD) or ((usual := _UNCHANGED.get(datatype)) and usual.fullmatch(term.value)):
        return False
    return kept(term) != term


@lru_cache(maxsize=65536)
def kept(literal: Literal) -> Literal:
    """Return a literal as Oxigraph gives it back."""
    quad = Quad(_WRITTEN, _WRITTEN, literal, ox.DefaultGraph())
    store = ox.Store()
    store.add(quad)
    return cast("Literal", next(iter(store)).object)


class Forms:
    """Notes of how the literals of quads that are being stored were written."""

    def __init__(self) -> None:
        self._changed: dict[Quad, set[Quad]] = defaultdict(set)

    def noting(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield `quads`, and keep what is to be noted of them."""
        for quad in quads:
            if changes(quad.object):
                self._changed[as_kept(quad)].add(quad)
            yield quad

    def noted(self, quads: Iterable[Quad]) -> list[Quad]:
        """Return statements for the catalog; `quads`, gone through again, tell what is also written as it is kept."""
        if not self._changed:
            return []
        both = (quad for quad in quads if quad in self._changed)
        for quad in both:
            self._changed[quad].add(quad)
        return [
            Quad(quad.graph_name, _WRITTEN, Literal(f"{quad.triple} ."), IRI(CATALOG))  # type: ignore[arg-type]
            for written in self._changed.values()
            for quad in written
        ]


def forms(store: Store, *graphs: str) -> dict[Triple, list[Triple]]:
    """Return, for each triple of named graphs that was written otherwise than it is kept, how it was written."""
    found: dict[Triple, list[Triple]] = defaultdict(list)
    notes = (note for graph in graphs for note in store.about(IRI(graph), IRI(CATALOG)) if note.predicate == _WRITTEN)
    lines = "\n".join(sorted({note.object.value for note in notes}))  # type: ignore[union-attr]
    for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES):
        found[as_kept(quad).triple].append(quad.triple)
    return dict(found)


def rewritten(lines: Iterable[bytes], forms: Mapping[Triple, list[Triple]]) -> Iterator[bytes]:
    """Yield lines of N-Triples with literals as they were written."""
    for line in lines:
        if _MARK not in line:
            yield line
            continue
        quad = next(iter(ox.parse(line, format=ox.RdfFormat.N_TRIPLES)))
        yield from (f"{triple} .\n".encode() for triple in forms.get(as_kept(quad).triple, [quad.triple]))


def as_kept(quad: Quad) -> Quad:
    """Return a quad as Oxigraph gives it back."""
    value = kept(quad.object) if isinstance(quad.object, Literal) else quad.object
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)
