"""Claims in memory: a graph of statements, indexed, and tables of texts, both made of what `kg.model.reading` reads.

Everything that shows or counts a dispute works on a frozen `Graph` or on `Tables`, without the store: pages, terminal,
search, standings.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kg.model.ids import quote_order
from kg.model.labels import Text, label, preferred
from kg.model.vocabulary import concepts, words_of
from kg.namespaces import DCTERMS, FABIO, HC, RDF, SKOS
from kg.store.terms import IRI, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Statement = tuple[IRI, str, Term]

_OWN = (
    "about", "agent", "agentKind", "arm", "asserts", "canonicalClaim", "certainty", "certaintyBy",
    "certaintyReason", "cites", "comparator", "date", "design", "direction", "directness", "effectDirection",
    "effectMeasure", "evidenceKind", "excludesStudy", "finding", "hedged", "includesStudy", "interestIn",
    "interestKind", "interestOf", "intervention", "kind", "mentions", "n", "numberOfStudies", "outcome", "participants",
    "premise", "reanalysisOf", "reports", "reportsOn", "retractionDate", "sameSourceAs", "sameStudyAs",
    "searchedUntil", "source", "sourceStatus", "stance", "supersedes", "target", "tracedTo", "without",
)  # fmt: skip
_PROPERTIES = {
    **{HC + name: name for name in _OWN},
    DCTERMS + "date": "date",
    DCTERMS + "isPartOf": "isPartOf",
    SKOS + "broader": "broader",
}
NAMES = (*dict.fromkeys(_PROPERTIES.values()), "class", "genre")
DISPUTE = tuple(HC + name for name in ("asserts", "canonicalClaim", "stance", "direction", "target", "premise"))
"""Properties that the rule of a dispute needs, beside the class of claims."""
GROUNDS = tuple(HC + name for name in ("tracedTo", "source", "finding", "reports", "reportsOn"))
"""Properties that it needs as well where something is said to a study or a source."""
_OF_CLAIMS = ("asserts", "target", "premise", "interestIn")
"""Properties that say something to a claim; to one that another is told for, it is said to that other."""
_CONCEPTS = {
    *("agentKind", "certainty", "certaintyReason", "class", "design", "direction", "directness", "effectDirection"),
    *("effectMeasure", "evidenceKind", "interestKind", "kind", "sourceStatus", "stance"),
}
_ORDERS = {HC + "quote": lambda quote: quote_order(quote.value)}
"""Orders of values that are not that of their texts."""
_TYPE = RDF + "type"
_CLAIM = HC + "Claim"
_CANONICAL = HC + "canonicalClaim"
_CLASSES = {HC + "Source", HC + "Study"}
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
        texts: dict[str, str] = {}  # a node stands in several tables: one text for all
        for node, predicate, value in statements:
            if name := _PROPERTIES.get(predicate):
                key, text = node.value, value.value
                tables[name].setdefault(texts.setdefault(key, key), []).append(texts.setdefault(text, text))
            elif predicate == _TYPE:
                if value.value == _CLAIM:
                    claims.append(node.value)
                elif value.value in _CLASSES:
                    tables["class"].setdefault(node.value, []).append(value.value)
                elif value.value.startswith(FABIO):
                    tables["genre"].setdefault(node.value, []).append(value.value.removeprefix(FABIO))
        if others := tables["canonicalClaim"]:
            claims = [claim for claim in claims if claim not in others]
            for name in _OF_CLAIMS:
                tables[name] = {node: _told(values, others) for node, values in tables[name].items()}
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

    @cached_property
    def claim_set(self) -> frozenset[str]:
        """The claims, to look one up."""
        return frozenset(self.claims)

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


def _merge(stated: dict[IRI, dict[str, set[Term]]], pointing: dict[tuple[str, IRI], set[IRI]]) -> None:
    """Tell claims that are one by the first: no other is a claim to the readers of a graph, nor is said anything to."""
    for other in [node for node, of in stated.items() if _CANONICAL in of]:
        first = min(stated[other][_CANONICAL], key=str)
        pointing[_TYPE, IRI(_CLAIM)].discard(other)
        for name in (HC + name for name in _OF_CLAIMS):
            for node in pointing.pop((name, other), ()):
                stated[node][name].discard(other)
                stated[node][name].add(first)
                pointing[name, cast("IRI", first)].add(node)


def reached(start: Iterable[T], following: Callable[[T], Iterable[T]]) -> set[T]:
    """Return `start` and all that is reached from it by `following`."""
    found = set(start)
    waiting = list(found)
    while waiting:
        new = set(following(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def _told(values: Iterable[str], others: Mapping[str, list[str]]) -> list[str]:
    """Return nodes, for each claim that is one with others the claim that is told for all."""
    return [others[value][0] if value in others else value for value in values]


def _ordered(table: Mapping[str, list[str]], concepts: bool) -> dict[str, list[str]]:
    """Return the table with the values in order; the concepts of the ontology lose their namespace."""
    if concepts:
        return {node: sorted({value.removeprefix(HC) for value in values}) for node, values in table.items()}
    return {node: values if len(values) == 1 else sorted(set(values)) for node, values in table.items()}


class Graph:
    """Statements about nodes, indexed by node and by what they point at; values come in one order."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        stated: dict[IRI, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
        pointing: dict[tuple[str, IRI], set[IRI]] = defaultdict(set)
        for node, name, value in statements:
            stated[node][name].add(value)
            if isinstance(value, IRI):
                pointing[name, value].add(node)
        _merge(stated, pointing)
        self._pointing = {end: tuple(sorted(nodes, key=str)) for end, nodes in pointing.items()}
        self._stated = {
            node: {name: tuple(sorted(values, key=_ORDERS.get(name, str))) for name, values in properties.items()}
            for node, properties in stated.items()
        }

    def __contains__(self, node: IRI) -> bool:
        return node in self._stated

    @cached_property
    def tables(self) -> Tables:
        """The properties that the rule of a dispute needs, as tables of texts."""
        stated = self._stated.items()
        return Tables.of((node, name, value) for node, of in stated for name, values in of.items() for value in values)

    def all(self, node: Term | None, name: str) -> tuple[Term, ...]:
        """Return the values of a property (an absolute IRI, or a local name of ours), sorted."""
        found = self._stated.get(node, {}) if isinstance(node, IRI) else {}
        return found.get(name if ":" in name else HC + name, ())

    def pairs(self, name: str) -> list[tuple[IRI, Term]]:
        """Return the nodes that have a property (as in `all`), each with a value of it."""
        key = name if ":" in name else HC + name
        return [(node, value) for node, of in self._stated.items() for value in of.get(key, ())]

    def properties(self, node: IRI) -> Iterable[str]:
        """Return the IRIs of the properties that a node has."""
        return self._stated.get(node, {}).keys()

    def nodes(self, node: Term | None, name: str) -> tuple[IRI, ...]:
        """Return those values of a property that are nodes."""
        return tuple(value for value in self.all(node, name) if isinstance(value, IRI))

    def node(self, node: Term | None, name: str) -> IRI | None:
        """Return the first value of a property that is a node."""
        return next(iter(self.nodes(node, name)), None)

    def text(self, node: Term | None, *names: str) -> Text | None:
        """Return the text of the first property that has one: English before no language before any other."""
        return next(filter(None, (preferred(self.all(node, name)) for name in names)), None)

    def word(self, node: Term | None, *names: str) -> str | None:
        """Return `text` without its language."""
        text = self.text(node, *names)
        return text.value if text else None

    def is_a(self, node: Term | None, name: str) -> bool:
        """Return True if a node has a class of ours."""
        return IRI(HC + name) in self.all(node, RDF + "type")

    def named(self, node: IRI) -> Text:
        """Return what a node is called, with the language of the name; see `kg.model.labels.label`."""
        return label(node, lambda name: self.all(node, name))

    def label(self, node: Term | None) -> str | None:
        """Return what a node is called, or the text of a literal; None without either."""
        if not isinstance(node, IRI):
            return node.value if node else None
        return self.named(node).value

    def concept(self, node: Term | None, name: str) -> str | None:
        """Return the label of the concept that a property names: "randomised trial"."""
        return self.label(self.node(node, name))

    def code(self, node: Term | None, name: str) -> str:
        """Return the word in the local name of a concept of ours, or nothing: to decide by, whatever its label."""
        concept = self.node(node, name)
        return words_of(concept) if concept and concept.value.startswith(HC) else ""

    def level(self, concept: IRI | None) -> int | None:
        """Return the OCEBM 2011 level of an evidence kind, 1 (strongest) to 5, where the ontology states one."""
        known = concepts().get(concept.value) if concept else None
        return known.level if known else None

    def members(self, name: str) -> tuple[IRI, ...]:
        """Return the nodes that have a class of ours, sorted."""
        return self._pointing.get((RDF + "type", IRI(HC + name)), ())

    def pointing(self, name: str, node: Term | None) -> tuple[IRI, ...]:
        """Return the nodes that have `node` as value of a property (as in `all`), sorted."""
        return self._pointing.get((name if ":" in name else HC + name, node), ()) if isinstance(node, IRI) else ()
