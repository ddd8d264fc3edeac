"""Labels of nodes for people: text, name, title or label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import DCTERMS, HC, ONTOLOGY, RDFS, SKOS
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.base import Store

_NAMING = [HC + "text", HC + "name", DCTERMS + "title", SKOS + "prefLabel", RDFS + "label"]
"""The properties that name a node, the first that it has."""


def labels(store: Store, nodes: Iterable[IRI]) -> dict[IRI, str]:
    """Return node -> label for those of `nodes` that have one, in the data or in the ontology."""
    found: dict[IRI, str] = {}
    for node in nodes:
        for graph in (None, IRI(ONTOLOGY)):
            quads = store.about(node, graph)
            naming = {quad.predicate.value: quad.object.value for quad in quads if isinstance(quad.object, Literal)}
            label = next((naming[name] for name in _NAMING if name in naming), None)
            if label:
                found[node] = label
                break
    return found
