"""The graph of a query: what a CONSTRUCT states, our kinds drawn as ours, anything else as plain boxes and lines.

The nodes have the names and types that the store gives them, so a query needs to construct only what it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.model.vocabulary import words_of
from kg.namespaces import HC, RDF
from kg.pages.graph import details
from kg.pages.graph.network import graph_of
from kg.pages.graph.records import Records, of_triples, read_nodes
from kg.store.terms import IRI, Literal, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import networkx as nx

    from kg.store import Store

_DERIVED = {
    **{HC + name: name for name in ("supports", "opposes", "undercuts", "qualifies")},
    HC + "counters": "opposes",
}
"""Relations that the store derives between claims and their premises, by how they are drawn."""


def constructed(store: Store, query: str) -> nx.MultiDiGraph[str]:
    """Return the graph of what `query` constructs (see `network` for its nodes and edges).

    A node that is none of our kinds has the kind "thing", an edge that is none of our relations the kind "linked", with
    the name of its property as note.
    Raises UsageError for a query that answers with no triples, and what `kg.query.query` raises.
    """
    from kg.query import Triples
    from kg.query import query as ask

    answer = ask(store, query)
    if not isinstance(answer, Triples):
        raise UsageError("this query gives no graph: draw the result of a CONSTRUCT or DESCRIBE")
    stated = [triple for triple in answer.triples if isinstance(triple.subject, IRI)]
    records = _described(store, stated)
    graph = graph_of(records)
    _add_plain(graph, records, stated)
    graph.graph["query"] = query
    return graph


def _described(store: Store, stated: Sequence[Triple]) -> Records:
    """Return records of the triples and of the types and texts that the store has for the nodes in them."""
    named = {end for triple in stated for end in (triple.subject, triple.object) if isinstance(end, IRI)}
    held = read_nodes(store, named)
    known = (
        Triple(node, IRI(name), value)
        for node in named
        for name in held.graph.properties(node)
        for value in held.graph.all(node, name)
        if isinstance(value, Literal) or name == RDF + "type"
    )
    return Records(of_triples([*stated, *known]).graph, held.standings, held.retracted)


def _add_plain(graph: nx.MultiDiGraph[str], records: Records, stated: Iterable[Triple]) -> None:
    """Add what our kinds and relations do not say: each other triple between two nodes as a plain line."""
    as_lines = {key for *_, key in graph.edges(keys=True)}
    for start, name, end in sorted(set(_between(stated))):
        if start in as_lines or end in as_lines or graph.has_edge(start, end) or graph.has_edge(end, start):
            continue
        for node in (start, end):
            if node not in graph:
                graph.add_node(node, **details.describe(records, node, "thing"), tally={})
        kind = _DERIVED.get(name, "linked")
        note = "" if name in _DERIVED else words_of(IRI(name))
        text = details.sentence(graph.nodes[start], kind, graph.nodes[end])
        graph.add_edge(start, end, name, kind=kind, id="", text=text, note=note, quotes=[])


def _between(stated: Iterable[Triple]) -> Iterator[tuple[str, str, str]]:
    """Yield the triples that join two nodes, and not a node with its type or with a concept of the ontology."""
    for start, name, end in ((triple.subject, triple.predicate.value, triple.object) for triple in stated):
        if isinstance(start, IRI) and isinstance(end, IRI) and name != RDF + "type" and not end.value.startswith(HC):
            yield start.value, name, end.value
