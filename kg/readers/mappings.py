"""Other people's vocabularies for claims and arguments, stated in ours beside their own words.

A mapping is a SPARQL CONSTRUCT file of `ontology/mappings/`: what it maps in its first comment, and a line
`# for: NAMESPACE`.  It is applied to a file that uses a term of that namespace; the triples of the file are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.files import read_text, shipped
from kg.store.scratch import construct
from kg.store.terms import IRI, TYPE, Literal, Quad, bind, in_graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FOR = re.compile(r"^# for: (\S+)$", re.MULTILINE)


def mapped(quads: Sequence[Quad], graph: IRI, namespace: str) -> list[Quad]:
    """Return what the mappings say of `quads`, as quads of `graph`; new nodes are named under `namespace`."""
    used = set(_vocabulary(quads))
    triples = {
        triple
        for text in map(read_text, sorted((shipped("ontology") / "mappings").glob("*.rq")))
        if any(term.startswith(space) for space in _FOR.findall(text) for term in used)
        for triple in construct(quads, bind(text, {"namespace": Literal(namespace)}))
    }
    return sorted((in_graph(triple, graph) for triple in triples), key=str)


def _vocabulary(quads: Sequence[Quad]) -> Iterator[str]:
    """Yield the predicates and classes that are used."""
    for quad in quads:
        yield quad.predicate.value
        if quad.predicate == TYPE and isinstance(quad.object, IRI):
            yield quad.object.value
