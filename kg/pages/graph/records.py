"""What a dataset states of each node, read once, and the values in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import phrases
from kg.model.graph import Graph
from kg.model.labels import unstated_label
from kg.namespaces import DCTERMS, FABIO, HC, OA, PRISM, RDF, RDFS, SCHEMA, SKOS
from kg.pages.base.assessed import all_assessed
from kg.pages.base.html import web
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.pages.base.assessed import Assessed
    from kg.store import Store
    from kg.store.terms import Term, Triple

CLASSES = (
    "Claim",
    "Assertion",
    "Argument",
    "Source",
    "Study",
    "Arm",
    "Finding",
    "Agent",
    "Interest",
    "Topic",
    "Lead",
    "Drift",
)

_RECORDS = f"""CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?class {{ {" ".join(f"hc:{name}" for name in CLASSES)} }} ?s a ?class ; ?p ?o }}
  UNION {{ ?s skos:prefLabel ?o . BIND(skos:prefLabel AS ?p) }}
  UNION {{ ?holder hc:quote ?s . ?s ?p ?o }}
  UNION {{ ?holder hc:quote/oa:hasSelector ?s . ?s ?p ?o }}
}}"""
_CONCEPTS = """SELECT ?concept ?label WHERE {
  GRAPH graph:ontology { ?concept skos:prefLabel ?label }
}"""


class Records:
    """What is stated of each node; values come in one order, whatever the order of the triples."""

    def __init__(
        self,
        triples: Iterable[Triple],
        labels: Mapping[str, str] | None = None,
        standings: Mapping[str, Assessed] | None = None,
    ) -> None:
        stated: dict[str, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for subject, predicate, value in triples:
            if isinstance(value, IRI | Literal):
                stated[subject.value][predicate.value].add(value)
        self._stated = {
            node: {name: sorted(values, key=str) for name, values in of.items()} for node, of in stated.items()
        }
        self.labels = dict(labels or {})
        self.standings = dict(standings or {})
        self._users: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for node in sorted(self._stated):
            for name, values in self._stated[node].items():
                for value in values:
                    if isinstance(value, IRI):
                        self._users[value.value][name].append(node)

    def facts(self) -> Graph:
        """Return the same as the page of a claim reads it."""
        stated = ((IRI(node), of) for node, of in self._stated.items())
        return Graph((node, name, value) for node, of in stated for name, values in of.items() for value in values)

    def __contains__(self, node: str) -> bool:
        return node in self._stated

    def nodes(self, name: str) -> Iterator[str]:
        """Yield the nodes of class `hc:name` in the order of their IRIs."""
        return iter(self._users.get(HC + name, {}).get(RDF + "type", []))

    def is_a(self, node: str, name: str) -> bool:
        """Say whether `node` is stated to be of class `hc:name`."""
        return any(value.value == HC + name for value in self.terms(node, RDF + "type"))

    def users(self, node: str, name: str) -> list[str]:
        """Return the nodes with `node` as a value of the property `name` (an IRI, or a local name of ours)."""
        return self._users.get(node, {}).get(_property(name), [])

    def terms(self, node: str, name: str) -> list[Term]:
        """Return the values of the property `name` (an IRI, or a local name of ours)."""
        return self._stated.get(node, {}).get(_property(name), [])

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
        if isinstance(term, Literal) and "uration" in term.datatype.value:
            return phrases.duration(term.value)
        return term.value

    def name(self, node: str) -> str:
        """Return what a node is called: its label, else the end of its IRI in words."""
        for name in (RDFS + "label", SKOS + "prefLabel", HC + "name", HC + "text", DCTERMS + "title"):
            if label := self.one(node, name):
                return label
        return self.labels.get(node) or unstated_label(IRI(node))

    def links(self, node: str) -> list[tuple[str, str]]:
        """Return the addresses that a reader may follow, each with its label."""
        found = [(label, start + value) for name, label, start in _IDENTIFIERS if (value := self.one(node, name))]
        found += [("Web page", address) for address in self.all(node, SCHEMA + "url")]
        return [(label, address) for label, address in found if web(address)]


def read(store: Store) -> Records:
    """Return the records of all data graphs of `store`, with the ontology's labels and the assessed states."""
    labels = {row["concept"].value: row["label"].value for row in store.select(_CONCEPTS)}
    return Records(statements(store), labels, all_assessed(store))


def statements(store: Store) -> list[Triple]:
    """Return what the data graphs of `store` state of each node of our classes, and of its quotes."""
    return store.construct(_RECORDS)


def _property(name: str) -> str:
    return name if ":" in name else HC + name


_IDENTIFIERS = (
    (PRISM + "doi", "DOI", "https://doi.org/"),
    (FABIO + "hasPubMedId", "PubMed", "https://pubmed.ncbi.nlm.nih.gov/"),
    (FABIO + "hasPubMedCentralId", "PubMed Central", "https://pmc.ncbi.nlm.nih.gov/articles/"),
)

EXACT = OA + "exact"
SELECTOR = OA + "hasSelector"
CONTAINER = PRISM + "publicationName"
VOLUME, NUMBER, PAGES = PRISM + "volume", PRISM + "number", PRISM + "pageRange"
