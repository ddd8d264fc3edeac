"""Statements about each node as the graph's page words them: the model's graph, by texts, with computed standings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import phrases
from kg.model.graph import Graph
from kg.model.reading import described, whole, within
from kg.namespaces import FABIO, PRISM, SCHEMA, XSD
from kg.pages.base.assessed import all_assessed
from kg.pages.base.html import web
from kg.pages.base.retractions import retractions
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.pages.base.assessed import Assessed
    from kg.pages.base.retractions import Retraction
    from kg.store import Store
    from kg.store.terms import Term, Triple

_DURATIONS = {XSD + name for name in ("duration", "dayTimeDuration", "yearMonthDuration")}
_IDENTIFIERS = (
    (PRISM + "doi", "DOI", "https://doi.org/"),
    (FABIO + "hasPubMedId", "PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
    (FABIO + "hasPubMedCentralId", "PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/"),
)
CONTAINER = PRISM + "publicationName"
VOLUME, NUMBER, PAGES = PRISM + "volume", PRISM + "number", PRISM + "pageRange"


class Records:
    """Statements about nodes, named by their IRIs as texts; a property is named by its IRI, or a local name of ours."""

    def __init__(
        self,
        graph: Graph,
        standings: Mapping[str, Assessed] | None = None,
        retracted: Mapping[str, Retraction] | None = None,
    ) -> None:
        self.graph = graph
        self.standings = dict(standings or {})
        self.retracted = dict(retracted or {})

    def nodes(self, name: str) -> Iterator[str]:
        """Yield the nodes of class `hc:name` in the order of their IRIs."""
        return (node.value for node in self.graph.members(name))

    def is_a(self, node: str, name: str) -> bool:
        """Return True if `node` is stated to be of class `hc:name`."""
        return bool(node) and self.graph.is_a(IRI(node), name)

    def users(self, node: str, name: str) -> list[str]:
        """Return the nodes with `node` as a value of a property."""
        return [user.value for user in self.graph.pointing(name, IRI(node))]

    def terms(self, node: str, name: str) -> Sequence[Term]:
        """Return the values of a property."""
        return self.graph.all(IRI(node), name) if node else ()

    def all(self, node: str, name: str) -> list[str]:
        """Return the values of a property as texts."""
        return [term.value for term in self.terms(node, name)]

    def one(self, node: str, name: str) -> str:
        """Return the first value of a property, or an empty text."""
        return next(iter(self.all(node, name)), "")

    def language(self, node: str, name: str) -> str:
        """Return the language tag of the first value of a property, or an empty text."""
        first = next(iter(self.terms(node, name)), None)
        return first.language or "" if isinstance(first, Literal) else ""

    def words(self, node: str, name: str) -> str:
        """Return the values of a property as a person reads them, with commas between."""
        return ", ".join(self.say(term) for term in self.terms(node, name))

    def say(self, term: Term) -> str:
        """Return one value as a person reads it: a node by its name, a duration as "10 weeks"."""
        if isinstance(term, IRI):
            return self.name(term.value)
        if isinstance(term, Literal) and term.datatype.value in _DURATIONS:
            return phrases.duration(term.value)
        return term.value

    def name(self, node: str) -> str:
        """Return what a node is called, as everywhere (`kg.model.labels`)."""
        return self.graph.named(IRI(node)).value

    def links(self, node: str) -> list[tuple[str, str]]:
        """Return the addresses that a reader may follow, each with its label."""
        found = [(label, start + value) for name, label, start in _IDENTIFIERS if (value := self.one(node, name))]
        found += [("Web page", address) for address in self.all(node, SCHEMA + "url")]
        return [(label, address) for label, address in found if web(address)]


def read(store: Store) -> Records:
    """Return the records of `store`, with the computed standings."""
    return _marked(store, whole(store), all_assessed(store))


def read_within(store: Store, nodes: Iterable[IRI], hops: int) -> Records:
    """Return the records within `hops` steps of nodes (see `kg.model.graph.within`), with the computed standings."""
    return _assessed(store, within(store, nodes, hops))


def read_nodes(store: Store, nodes: Iterable[IRI]) -> Records:
    """Return what is stated of nodes alone, with the computed standings."""
    return _assessed(store, described(store, nodes))


def _assessed(store: Store, graph: Graph) -> Records:
    return _marked(store, graph, all_assessed(store, graph.members("Claim")))


def _marked(store: Store, graph: Graph, standings: Mapping[str, Assessed]) -> Records:
    marks = retractions(store, [*graph.members("Source"), *graph.members("Study")])
    return Records(graph, standings, {node.value: mark for node, mark in marks.items()})


def of_triples(triples: Iterable[Triple]) -> Records:
    """Return the records of `triples` between nodes with IRIs, and of their texts."""
    return Records(
        Graph(
            (triple.subject, triple.predicate.value, triple.object)
            for triple in triples
            if isinstance(triple.subject, IRI) and isinstance(triple.object, IRI | Literal)
        )
    )
