"""What a store states that bears on standings, read once: a standing asks for many nodes, and each query costs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, cast

from kg.namespaces import DCTERMS, DERIVED, FABIO, HC, RDF, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
_CONCEPTS = {"agentKind", "certainty", "design", "direction", "evidenceKind", "interestKind", "sourceStatus", "stance"}
_TYPE = RDF + "type"
_CLAIM = HC + "Claim"

Tables = dict[str, dict[str, list[str]]]


class Record:
    """The tables: property -> node -> values, each an IRI as text; concepts of the ontology by their local names."""

    def __init__(self, claims: Iterable[str], tables: Mapping[str, Mapping[str, list[str]]]) -> None:
        self.claims = tuple(sorted(set(claims)))
        self._tables = {name: tables.get(name, {}) for name in NAMES}
        self._inverse: dict[str, dict[str, list[str]]] = {}

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

    def topics(self, claim: str) -> Iterator[str]:
        """Yield what a claim is about, with the broader topics of it."""
        waiting = [*self.all(claim, "about"), *self.all(claim, "intervention")]
        seen = set[str]()
        while waiting:
            topic = waiting.pop()
            if topic not in seen:
                seen.add(topic)
                yield topic
                waiting += self.all(topic, "broader")

    def without(self, nodes: Iterable[str]) -> Record:
        """Return the record as it would be had `nodes` (assertions, arguments, speakers, findings) not been stated."""
        gone = set(nodes)
        gone |= {assertion for agent in gone for assertion in self.inverse("agent").get(agent, ())}
        kept = {name: {k: v for k, v in self._tables[name].items() if k not in gone} for name in ("target", "asserts")}
        premises = {k: [v for v in values if v not in gone] for k, values in self._tables["premise"].items()}
        return Record(self.claims, {**self._tables, **kept, "premise": premises})


def read(store: Store) -> Record:
    """Read the data graphs of `store` once, from end to end."""
    claims: list[str] = []
    tables: dict[str, dict[str, list[str]]] = {name: {} for name in NAMES}
    for graph in store.default_graphs():
        if graph.value == DERIVED:
            continue
        for quad in cast("Iterator[Any]", store.quads(graph)):
            predicate = quad.predicate.value
            if name := _PROPERTIES.get(predicate):
                tables[name].setdefault(quad.subject.value, []).append(quad.object.value)
            elif predicate == _TYPE:
                cls = quad.object.value
                if cls == _CLAIM:
                    claims.append(quad.subject.value)
                elif cls.startswith(FABIO):
                    tables["genre"].setdefault(quad.subject.value, []).append(cls.removeprefix(FABIO))
    for name in _DERIVED:
        for row in store.select(f"SELECT ?one ?other {{ GRAPH <{DERIVED}> {{ ?one <{HC}{name}> ?other }} }}"):
            tables[name].setdefault(row["one"].value, []).append(row["other"].value)
    return Record(claims, {name: _ordered(table, name in _CONCEPTS) for name, table in tables.items()})


def _ordered(table: Mapping[str, list[str]], concepts: bool) -> dict[str, list[str]]:
    """Return the table with the values in order; the concepts of the ontology lose their namespace."""
    if concepts:
        return {node: sorted({value.removeprefix(HC) for value in values}) for node, values in table.items()}
    return {node: values if len(values) == 1 else sorted(set(values)) for node, values in table.items()}
