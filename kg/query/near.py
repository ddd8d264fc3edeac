"""Neighbourhood of some assertions, in a store in memory: all that the rules of drift read for them, and little more.

A rule asked of a large store may begin anywhere in it.  Here the trace of each assertion is followed by look-ups, so
that the drifts of one claim cost what is said of it, and the rules are asked of what was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import DCTERMS, GRAPH, SCHEMA, SKOS
from kg.store import GraphRecord, MemoryStore
from kg.store.terms import IRI, Quad, hc, in_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Store

_HERE = GRAPH + "near"
_RECORD = GraphRecord(_HERE, "near", _HERE, "", "", "", 0, "", "")
_TOPICS = tuple(map(hc, ("population", "intervention", "comparator", "outcome", "about")))
_RECORDS = (*map(hc, ("finding", "arm", "interestIn", "source")), *_TOPICS)
"""Properties from a finding, an arm, a study or an interest to what its drift is told by."""
_STUDIES = hc("reports"), hc("reportsOn")


def neighbourhood(store: Store, assertions: Iterable[IRI]) -> MemoryStore:
    """Return a store in memory with what the rules of drift can read for `assertions`: they find the same there."""
    near = _Near(store)
    said = set(assertions)
    articles, claims, agents = (near.values(said, hc(name)) for name in ("source", "asserts", "agent"))
    leads = near.pointing(said, hc("leadFor"))
    traces = near.values(said, hc("tracedTo"))
    origins = traces | near.values(leads, hc("source"))
    studies = origins | near.values(origins, *_STUDIES)
    origins |= near.pointing(studies, *_STUDIES)
    # What the origin says, and the article where its text tells what it does not say; what else is said of the claim.
    beside = near.pointing(near.having(articles, IRI(SCHEMA + "text")) | origins, hc("source"))
    told = near.pointing(claims, hc("asserts"), hc("target"))
    premises = near.values(told, hc("premise"))
    uses = near.pointing(beside, hc("premise"))
    claims |= near.values(beside | premises, hc("asserts")) | near.values(uses, hc("target"))
    others = near.values(told | premises, hc("source"))
    near.read(near.values(told | premises, hc("tracedTo")) | near.pointing(others, hc("supersedes")))
    near.read(near.values(near.values(articles, hc("cites")), *_STUDIES))
    near.read(near.pointing(agents, hc("interestOf")))
    near.follow(studies | said | beside | claims | leads)
    return near.store()


def whole(store: Store) -> MemoryStore:
    """Return a store in memory with all that is stated and derived in the data.

    Raises UnreadableError if a server hands out less than it says it holds.
    """
    return _held(in_graph(quad, IRI(_HERE)) for graph in store.default_graphs() for quad in store.quads(graph))


def _held(quads: Iterable[Quad]) -> MemoryStore:
    found = MemoryStore()
    with found.writing() as writer:
        writer.put(_RECORD, set(quads))
    return found


class _Near:
    """Reader of the statements about nodes, each looked up once, and of what points at them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._graphs = set(store.default_graphs())
        self._about: dict[IRI, list[Quad]] = {}

    def store(self) -> MemoryStore:
        """Return what was read, as a store of one graph."""
        return _held(in_graph(quad, IRI(_HERE)) for quads in self._about.values() for quad in quads)

    def read(self, nodes: Iterable[IRI]) -> set[IRI]:
        """Look up what is stated and derived of `nodes`, and return those of them that are new."""
        new = set(nodes) - self._about.keys()
        self._about.update((node, []) for node in new)
        for quad in self._store.about_many(sorted(new, key=str)):
            if quad.graph_name in self._graphs and isinstance(quad.subject, IRI):
                self._about[quad.subject].append(quad)
        return new

    def values(self, nodes: Iterable[IRI], *names: IRI) -> set[IRI]:
        """Return the nodes that `nodes` have as values of properties, once they are read."""
        nodes = set(nodes)
        self.read(nodes)
        quads = (quad for node in nodes for quad in self._about[node] if quad.predicate in names)
        found = {value for quad in quads if isinstance(value := quad.object, IRI)}
        self.read(found)
        return found

    def having(self, nodes: Iterable[IRI], name: IRI) -> set[IRI]:
        """Return those of `nodes` that have a property."""
        nodes = set(nodes)
        self.read(nodes)
        return {node for node in nodes if any(quad.predicate == name for quad in self._about[node])}

    def pointing(self, nodes: Iterable[IRI], *names: IRI) -> set[IRI]:
        """Return the nodes that have one of `nodes` for a property, once they are read."""
        ordered = sorted(set(nodes), key=str)
        quads = (quad for name in names for quad in self._store.pointing_many(ordered, name))
        found = {node for quad in quads if quad.graph_name in self._graphs and isinstance(node := quad.subject, IRI)}
        self.read(found)
        return found

    def follow(self, nodes: Iterable[IRI]) -> None:
        """Read the findings, arms and topics that `nodes` lead to, with all that these topics are part of."""
        new = set(nodes)
        seen = set[IRI]()
        while new:
            seen |= new
            new = self.values(new, *_RECORDS, IRI(SKOS + "broader"), IRI(DCTERMS + "isPartOf")) - seen
