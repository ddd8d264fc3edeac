"""Tables of texts for the properties that the rule of a dispute and standings need: property, node, values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from kg.namespaces import DCTERMS, DERIVED, FABIO, HC, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.store import Store

_OWN = (
    "about", "agent", "agentKind", "asserts", "certainty", "design", "direction", "evidenceKind", "finding",
    "includesStudy", "interestIn", "interestKind", "interestOf", "intervention", "premise", "reports", "sameSourceAs",
    "sameStudyAs", "source", "sourceStatus", "stance", "supersedes", "target", "tracedTo",
)  # fmt: skip
_DERIVED = ("sameSourceAs", "sameStudyAs", "supersedes")
"""What bears on standings of what the rules derive: which records are one publication, and which came after which."""
_PROPERTIES = {
    **{HC + name: name for name in _OWN},
    DCTERMS + "isPartOf": "isPartOf",
    SKOS + "broader": "broader",
}
NAMES = (*_PROPERTIES.values(), "genre")
DISPUTE = tuple(HC + name for name in ("asserts", "stance", "direction", "target", "premise"))
"""Properties that the rule of a dispute needs, beside the class of claims."""
_CONCEPTS = {"agentKind", "certainty", "design", "direction", "evidenceKind", "interestKind", "sourceStatus", "stance"}
_TYPE = RDF + "type"
_CLAIM = HC + "Claim"
T = TypeVar("T")


class Tables:
    """Tables of IRIs as texts, in one order; concepts of the ontology by their local names."""

    def __init__(self, claims: Iterable[str], tables: Mapping[str, Mapping[str, list[str]]]) -> None:
        self.claims = tuple(sorted(set(claims)))
        self._tables = {name: tables.get(name, {}) for name in NAMES}
        self._inverse: dict[str, dict[str, list[str]]] = {}

    @classmethod
    def of(cls, statements: Iterable[tuple[Any, str, Any]]) -> Tables:
        """Return the tables of statements: node, IRI of the property, value; other properties are passed over."""
        claims: list[str] = []
        tables: dict[str, dict[str, list[str]]] = {name: {} for name in NAMES}
        for node, predicate, value in statements:
            if name := _PROPERTIES.get(predicate):
                tables[name].setdefault(node.value, []).append(value.value)
            elif predicate == _TYPE:
                if value.value == _CLAIM:
                    claims.append(node.value)
                elif value.value.startswith(FABIO):
                    tables["genre"].setdefault(node.value, []).append(value.value.removeprefix(FABIO))
        return cls(claims, {name: _ordered(table, name in _CONCEPTS) for name, table in tables.items()})

    def all(self, node: str, name: str) -> list[str]:
        """Return the values of a property of `node`, in one order."""
        return self._tables[name].get(node, [])

    def one(self, node: str, name: str) -> str | None:
        """Return the value of a property of `node`, the first in order where there are several."""
        values = self._tables[name].get(node)
        return values[0] if values else None

    def table(self, name: str) -> Mapping[str, list[str]]:
        """Return node -> values for one property."""
        return self._tables[name]

    def inverse(self, name: str) -> Mapping[str, list[str]]:
        """Return value -> nodes for one property."""
        if name not in self._inverse:
            found: defaultdict[str, list[str]] = defaultdict(list)
            for node, values in self._tables[name].items():
                for value in values:
                    found[value].append(node)
            self._inverse[name] = {value: sorted(nodes) for value, nodes in found.items()}
        return self._inverse[name]

    def topics(self, claim: str) -> set[str]:
        """Return the topics of a claim, with the broader ones of each."""
        start = [*self.all(claim, "about"), *self.all(claim, "intervention")]
        return reached(start, lambda topic: self.all(topic, "broader"))

    def without(self, nodes: Iterable[str]) -> Tables:
        """Return the tables as if `nodes` (assertions, arguments, agents, findings) had not been stated."""
        gone = set(nodes)
        gone |= {assertion for agent in gone for assertion in self.inverse("agent").get(agent, ())}
        kept = {name: {k: v for k, v in self._tables[name].items() if k not in gone} for name in ("target", "asserts")}
        premises = {k: [v for v in values if v not in gone] for k, values in self._tables["premise"].items()}
        return Tables(self.claims, {**self._tables, **kept, "premise": premises})


def reached(start: Iterable[T], following: Callable[[T], Iterable[T]]) -> set[T]:
    """Return `start` and all that is reached from it by `following`."""
    found = set(start)
    waiting = list(found)
    while waiting:
        new = set(following(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def read(store: Store) -> Tables:
    """Return the tables of all data graphs of `store`, read once from end to end."""
    return Tables.of(_statements(store))


def _statements(store: Store) -> Iterator[tuple[Any, str, Any]]:
    for graph in store.default_graphs():
        if graph.value != DERIVED:
            yield from ((quad.subject, quad.predicate.value, quad.object) for quad in store.quads(graph))
    for name in _DERIVED:
        for row in store.select(f"SELECT ?one ?other {{ GRAPH <{DERIVED}> {{ ?one <{HC}{name}> ?other }} }}"):
            yield row["one"], HC + name, row["other"]


def _ordered(table: Mapping[str, list[str]], concepts: bool) -> dict[str, list[str]]:
    """Return the table with the values in order; the concepts of the ontology lose their namespace."""
    if concepts:
        return {node: sorted({value.removeprefix(HC) for value in values}) for node, values in table.items()}
    return {node: values if len(values) == 1 else sorted(set(values)) for node, values in table.items()}
