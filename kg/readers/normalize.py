"""Changes to the RDF of a file on its way in, so that it fits with the rest.

Blank nodes become IRIs (RDF 1.1 Concepts, 3.5), made of what the file says about them and the name of its graph;
`http://schema.org/` is written `https://schema.org/`; an IRI that is not legal is repaired; what is in no named graph
goes to the graph of the file; what the file says we derived is left out, since it is derived anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import Place, Problem, UnreadableError
from kg.files import sha256
from kg.namespaces import DERIVED, GRAPH, ID, SCHEMA, SYSTEM_GRAPHS
from kg.store.syntax import repaired
from kg.store.terms import IRI, BlankNode, DefaultGraph, Literal, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

OLD_SCHEMA = "http://schema.org/"
_DERIVED = IRI(DERIVED)


class Changes(NamedTuple):
    """The changes that the quads of one file need."""

    graph: IRI
    nodes: Mapping[BlankNode, IRI]
    slips: dict[str, str] | None = None
    """Illegal IRIs that were met, where they are let through: as they were -> as they are now."""

    def made(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield `quads` as they are to be stored."""
        for quad in quads:
            changed = Quad(*map(self._term, quad))
            if changed.graph_name != _DERIVED:
                yield changed

    def concern(self, quad: Quad, *, named_graphs: bool) -> bool:
        """Return True if `quad`, of a syntax with or without named graphs, would be changed or left out."""
        terms = quad if named_graphs else quad.triple
        if quad.graph_name == _DERIVED:
            return True
        return any(isinstance(term, BlankNode) or self._term(term) != term for term in terms)

    def _term(self, term: Any) -> Any:
        if self.slips is not None:
            term = repaired(term, self.slips)
        if isinstance(term, IRI):
            is_old = term.value.startswith(OLD_SCHEMA)
            return IRI(SCHEMA + term.value.removeprefix(OLD_SCHEMA)) if is_old else term
        if isinstance(term, BlankNode):
            return self.nodes[term]
        if isinstance(term, DefaultGraph):
            return self.graph
        if isinstance(term, Literal) and term.datatype.value.startswith(OLD_SCHEMA):
            return Literal(term.value, datatype=IRI(SCHEMA + term.datatype.value.removeprefix(OLD_SCHEMA)))
        return term


def node_iris(dataset: str, graph: str, names: Mapping[BlankNode, str]) -> dict[BlankNode, IRI]:
    """Return the IRI of each blank node of a file, from its name within the file."""
    return {node: skolem_iri(f"{ID}{dataset}/", graph, name) for node, name in names.items()}


def skolem_iri(namespace: str, graph: str, name: str) -> IRI:
    """Return the IRI that stands for a node without one (RDF 1.1 Concepts, 3.5): `name` is its own within `graph`."""
    return IRI(f"{namespace}.well-known/genid/{sha256(f'{graph} {name}'.encode())[:32]}")


def described(subjects: Iterable[str]) -> frozenset[str]:
    """Return the datasets under `kg.namespaces.ID` to which `subjects` belong: an export says whose they are."""
    names = (subject.removeprefix(ID).partition("/") for subject in subjects if subject.startswith(ID))
    return frozenset(name for name, _, local in names if name and local)


def home(graph: str, dataset: str, described: Collection[str]) -> str:
    """Return the dataset of a graph: an export says it in the names of its graphs, or by what it describes.

    `dataset` is that of the file by its folder.
    """
    named = graph.removeprefix(GRAPH).partition("/")[0] if graph.startswith(GRAPH) else ""
    own = [name for name in (named, dataset) if name in described]
    return next(iter([*own, *sorted(described)]), dataset)


def refuse_new_terms(path: Path, quad: Quad) -> None:
    """Raise UnreadableError for what only RDF 1.2 has: rdflib must be able to read the data."""
    if isinstance(quad.object, Triple):
        raise UnreadableError(f"{path}: a triple as a term, as in RDF 1.2; give the statement an IRI of its own")
    if isinstance(quad.object, Literal) and quad.object.direction is not None:
        raise UnreadableError(f"{path}: a text with a base direction, as in RDF 1.2; leave the direction out")


def reserved(path: Path, graphs: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each of `graphs` that no file may fill."""
    for name in sorted(set(graphs) & set(SYSTEM_GRAPHS)):
        message = f"the graph <{name}> is kept by kg itself; take it out of the file, or give it another name"
        yield Problem("violation", "system-graph", message, Place(str(path)), name)


def repairs(path: Path, slips: Collection[str]) -> Iterator[Problem]:
    """Yield a warning that counts the IRIs that were repaired."""
    if slips:
        several = f"{len(slips):,} IRIs were not legal and were repaired, the first of them <{min(slips)}>"
        message = several if len(slips) > 1 else f"the IRI <{min(slips)}> was not legal and was repaired"
        yield Problem("warning", "iri-repaired", message, Place(str(path)))
