"""In-memory readings of claims: tables of texts of a whole store, and a graph of it or of the neighbourhood of a node.

Everything that shows or counts a dispute works on a frozen `Graph` or on `Tables`, without the store: pages, terminal,
search, standings.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from kg.model.ids import quote_order
from kg.model.labels import Text, label, not_a_claim, preferred
from kg.model.vocabulary import concepts, words_of
from kg.namespaces import DCTERMS, DERIVED, FABIO, HC, OA, RDF, SCHEMA, SKOS
from kg.store.terms import IRI, Literal, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.store import Store
    from kg.store.terms import Quad

    Statement = tuple[IRI, str, Term]

_OWN = (
    "about", "agent", "agentKind", "arm", "asserts", "certainty", "certaintyBy", "certaintyReason", "cites",
    "comparator", "date", "design", "direction", "directness", "effectDirection", "effectMeasure", "evidenceKind",
    "excludesStudy", "finding", "hedged", "includesStudy", "interestIn", "interestKind", "interestOf", "intervention",
    "kind", "n", "numberOfStudies", "outcome", "participants", "premise", "reanalysisOf", "reports", "reportsOn",
    "retractionDate", "sameSourceAs", "sameStudyAs", "searchedUntil", "source", "sourceStatus", "stance",
    "supersedes", "target", "tracedTo", "without",
)  # fmt: skip
_DERIVED = ("sameSourceAs", "sameStudyAs", "supersedes")
"""Derived properties that bear on standings: which records are one publication, and which came after which."""
_PROPERTIES = {
    **{HC + name: name for name in _OWN},
    DCTERMS + "date": "date",
    DCTERMS + "isPartOf": "isPartOf",
    SKOS + "broader": "broader",
}
NAMES = (*dict.fromkeys(_PROPERTIES.values()), "class", "genre")
DISPUTE = tuple(HC + name for name in ("asserts", "stance", "direction", "target", "premise"))
"""Properties that the rule of a dispute needs, beside the class of claims."""
GROUNDS = tuple(HC + name for name in ("tracedTo", "source", "finding", "reports", "reportsOn"))
"""Properties that it needs as well where something is said to a study or a source."""
_CONCEPTS = {
    *("agentKind", "certainty", "certaintyReason", "class", "design", "direction", "directness", "effectDirection"),
    *("effectMeasure", "evidenceKind", "interestKind", "kind", "sourceStatus", "stance"),
}
_ORDERS = {HC + "quote": lambda quote: quote_order(quote.value)}
"""Orders of values that are not that of their texts."""
_TYPE = RDF + "type"
_CLAIM = HC + "Claim"
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


def reached(start: Iterable[T], following: Callable[[T], Iterable[T]]) -> set[T]:
    """Return `start` and all that is reached from it by `following`."""
    found = set(start)
    waiting = list(found)
    while waiting:
        new = set(following(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def read_tables(store: Store) -> Tables:
    """Return the tables of all data graphs of `store`, read_tables once from end to end."""
    return Tables.of(_table_statements(store))


def _table_statements(store: Store) -> Iterator[tuple[Any, str, Any]]:
    for graph in store.default_graphs():
        if graph.value != DERIVED:
            yield from ((quad.subject, quad.predicate.value, quad.object) for quad in store.quads(graph))
    for name in (*(HC + name for name in _DERIVED), RDF + "type"):
        for row in store.select(f"SELECT ?one ?other {{ GRAPH <{DERIVED}> {{ ?one <{name}> ?other }} }}"):
            yield row["one"], name, row["other"]


def _ordered(table: Mapping[str, list[str]], concepts: bool) -> dict[str, list[str]]:
    """Return the table with the values in order; the concepts of the ontology lose their namespace."""
    if concepts:
        return {node: sorted({value.removeprefix(HC) for value in values}) for node, values in table.items()}
    return {node: values if len(values) == 1 else sorted(set(values)) for node, values in table.items()}


_FULL_TEXT = SCHEMA + "text"
"""Property of a source's whole text, which no card shows."""

# From a node of the dispute to what its card says.  Not hc:target, hc:cites, hc:includesStudy: they lead out of it.
_FOLLOWED = (
    *(HC + name for name in ("premise", "asserts", "agent", "source", "quote", "tracedTo", "driftFrom", "reports")),
    *(
        HC + name
        for name in ("interestIn", "interestOf", "finding", "arm", "about", "population", "intervention", "outcome")
    ),
    *(HC + name for name in ("comparator", "kind", "agentKind", "interestKind", "driftKind", "evidenceKind")),
    *(HC + name for name in ("certainty", "design", "effectMeasure", "effectDirection", "arguedBy", "certaintyBy")),
    *(HC + name for name in ("riskOfBias", "judgedBy", "reanalysisOf", "without")),
    DCTERMS + "isPartOf",
    OA + "hasSelector",
)
# From what points at a node of the dispute.
_POINTERS = tuple(HC + name for name in ("interestOf", "leadFor", "driftOf", "supersedes", "reports", "finding"))

# From a node of the dispute to what its weight depends on; and from what points at it.
_EVIDENCE = (
    *(HC + name for name in ("asserts", "agent", "source", "tracedTo", "reports", "reportsOn", "includesStudy")),
    *(HC + name for name in ("excludesStudy", "reanalysisOf", "certaintyBy", "finding", "arm", "without")),
    *(HC + name for name in ("sameSourceAs", "sameStudyAs", "supersedes", "about", "intervention", "interestIn")),
    DCTERMS + "isPartOf",
    SKOS + "broader",
)
_EVIDENCE_POINTERS = tuple(
    HC + name for name in ("finding", "reports", "reportsOn", "supersedes", "interestOf", "interestIn")
)


class Graph:
    """Statements about nodes, indexed by node and by what they point at; values come in one order."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        stated: dict[IRI, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
        pointing: dict[tuple[str, IRI], set[IRI]] = defaultdict(set)
        for node, name, value in statements:
            stated[node][name].add(value)
            if isinstance(value, IRI):
                pointing[name, value].add(node)
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


def around(store: Store, claim: IRI) -> Graph:
    """Return what `store` states around `claim`: its assertions, all arguments that bear on it, and their records.

    Raises NotFoundError if the store has no such claim.
    """
    reader = _Reader(store)
    reader.describe([claim])
    if not reader.is_claim(claim):
        raise not_a_claim(store, claim)
    reader.arguments(claim)
    reader.follow()
    return reader.graph()


def tables_around(store: Store, claims: Iterable[IRI]) -> Tables:
    """Return the tables of all that the standings of `claims` can depend on: equal standings follow as from the whole.

    These are the arguments that bear on the claims, however far (the backward closure over targets and premises), and
    what their evidence goes back to: studies and what a review includes, speakers, interests, topics; what is said of
    these studies and sources; and how certain the evidence is on the claims that these are put forward for.
    """
    reader = _Reader(store)
    start = reader.describe(claims)
    reader.bearing(start)
    reader.rated(start)
    reader.follow(_EVIDENCE, _EVIDENCE_POINTERS)
    reader.succession(start)
    reader.dates()
    return reader.graph().tables


def beside(store: Store, node: IRI) -> Graph:
    """Return what `store` states of a node that is no claim, such as a source, and of the records it leads to."""
    reader = _Reader(store)
    reader.describe([node])
    reader.follow()
    return reader.graph()


def whole(store: Store) -> Graph:
    """Return what the data graphs and the derived graph of `store` state, texts of sources left out."""
    return Graph(statement for graph in store.default_graphs() for statement in _kept(store.quads(graph)))


def _kept(quads: Iterable[Quad]) -> Iterator[Statement]:
    """Yield the statements that a graph holds: no blank nodes, no texts of sources."""
    for quad in quads:
        subject, name, value = quad.subject, quad.predicate.value, quad.object
        if isinstance(subject, IRI) and isinstance(value, IRI | Literal) and name != _FULL_TEXT:
            yield subject, name, value


class _Reader:
    """Reader of a neighbourhood, level by level: each node is looked up once, and what points at it once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._graphs = set(store.default_graphs())
        self._stated: dict[IRI, dict[str, set[Term]]] = {}
        self._asked: set[tuple[str, IRI]] = set()
        self._found: dict[tuple[str, IRI], list[IRI]] = {}

    def graph(self) -> Graph:
        """Return what was read, with what points at its nodes."""
        return Graph(
            (node, name, value) for node, of in self._stated.items() for name, values in of.items() for value in values
        )

    def values(self, node: IRI, name: str) -> list[IRI]:
        """Return the values of a property of a node that was read, those that are nodes."""
        found = self._stated.get(node, {}).get(name, ())
        return sorted((value for value in found if isinstance(value, IRI)), key=str)

    def is_claim(self, node: IRI) -> bool:
        """Return True if the node is typed as a claim, or has a text and no other class."""
        classes = self.values(node, RDF + "type")
        return IRI(HC + "Claim") in classes or (not classes and HC + "text" in self._stated.get(node, {}))

    def describe(self, nodes: Iterable[IRI]) -> list[IRI]:
        """Read what is stated of those nodes that are new, and return these."""
        new = sorted(set(nodes) - self._stated.keys(), key=str)
        stated: dict[IRI, dict[str, set[Term]]] = {node: defaultdict(set) for node in new}
        found = self._store.about_many(new)
        for node, name, value in _kept(quad for quad in found if quad.graph_name in self._graphs):
            stated[node][name].add(value)
        self._stated |= stated
        return new

    def point(self, name: str, nodes: Iterable[IRI]) -> list[IRI]:
        """Read what points at `nodes` with a property, and return it."""
        asked = sorted({node for node in nodes if (name, node) not in self._asked}, key=str)
        self._asked.update((name, node) for node in asked)
        for quad in self._store.pointing_many(asked, IRI(name)):
            if quad.graph_name in self._graphs and isinstance(quad.subject, IRI):
                self._found.setdefault((name, quad.object), []).append(quad.subject)  # type: ignore[arg-type]
        return sorted({one for node in nodes for one in self._found.get((name, node), ())}, key=str)

    def arguments(self, claim: IRI) -> None:
        """Read every argument that reaches the claim, and those that its assertions are used in."""
        assertions = self.point(HC + "asserts", [claim])
        self.describe(assertions)
        uses = self.describe(self.point(HC + "premise", [claim, *assertions]))
        self.describe(target for use in uses for target in self.values(use, HC + "target"))
        frontier, seen = {claim, *assertions, *self._grounds(assertions)}, set[IRI]()
        while frontier:
            seen |= frontier
            arguments = self.point(HC + "target", sorted(frontier, key=str))
            self.describe(arguments)
            premises = {node for argument in arguments for node in self.values(argument, HC + "premise")}
            self.describe(premises)
            # What hits an assertion hits the argument made of it; a premise that is a claim has a page of its own.
            behind = {node for node in premises if not self.is_claim(node)}
            frontier = {*arguments, *behind, *self._grounds(behind)} - seen

    def bearing(self, claims: Iterable[IRI]) -> None:
        """Read every argument and assertion that bears on `claims`, on what these rest on, and so on."""
        frontier, seen = set(claims), set[IRI]()
        while frontier:
            seen |= frontier
            hits = {node for name in ("target", "asserts") for node in self.point(HC + name, frontier)}
            self.describe(hits)
            premises = {premise for hit in hits for premise in self.values(hit, HC + "premise")}
            self.describe(premises)
            frontier = (hits | premises | self._grounds(hits | premises)) - seen

    def _grounds(self, nodes: Iterable[IRI]) -> set[IRI]:
        """Read and return the sources and studies that nodes come from, as `kg.model.dispute.grounds` has it."""
        nodes = set(nodes)
        holders = set(self.point(HC + "finding", nodes))
        self.describe(holders)
        behind = ("tracedTo", "source")
        found = {
            value for node in nodes | holders for name in behind for value in self.values(node, HC + name)
        } | holders
        self.describe(found)
        reports = ("reports", "reportsOn")
        return found | {study for node in nodes | found for name in reports for study in self.values(node, HC + name)}

    def rated(self, claims: Iterable[IRI]) -> None:
        """Read what is said of the claims that assertions of `claims` are held to support: its certainty is shown."""
        uses = self.point(HC + "premise", self.point(HC + "asserts", claims))
        self.describe(uses)
        broader = {target for use in uses for target in self.values(use, HC + "target")} - set(claims)
        held = self.point(HC + "target", broader)
        self.describe([*broader, *self.point(HC + "asserts", broader), *held])
        self.describe(premise for use in held for premise in self.values(use, HC + "premise"))

    def succession(self, claims: Iterable[IRI]) -> None:
        """Read what the successors of superseded sources say, where a claim is of a harm: silence does not drop one."""
        if any(HC + "Harm" in (kind.value for kind in self.values(claim, HC + "kind")) for claim in claims):
            newer = [node for node in self._stated if self.values(node, HC + "supersedes")]
            said = self.describe(self.point(HC + "source", newer))
            self.describe(claim for assertion in said for claim in self.values(assertion, HC + "asserts"))
            self.describe(self.point(HC + "premise", said))

    def evidence(self) -> list[IRI]:
        """Return the studies and sources that were read."""
        return [*self._with_class("Study"), *self._with_class("Source")]

    def dates(self) -> None:
        """Read what undated sources cite: they are no older than that."""
        undated = [node for node in self._with_class("Source") if DCTERMS + "date" not in self._stated[node]]
        self.describe(cited for source in undated for cited in self.values(source, HC + "cites"))

    def follow(self, links: Iterable[str] = _FOLLOWED, pointers: Iterable[str] = _POINTERS) -> None:
        """Read the records that the nodes so far lead to, until there are no new ones."""
        new = sorted(self._stated, key=str)
        while new:
            linked = {value for node in new for name in links for value in self.values(node, name)}
            linked.update(node for name in pointers for node in self.point(name, new))
            targets = {value for node in new for value in self.values(node, HC + "target")}
            new = self.describe(linked | targets) or self._interests()

    def _interests(self) -> list[IRI]:
        """Read who has an interest in the sources and studies so far, and in those that a review includes."""
        studies = self._with_class("Study")
        while studies:
            names = (HC + "includesStudy", HC + "sameStudyAs")
            studies = self.describe(value for study in studies for name in names for value in self.values(study, name))
        return self.describe(self.point(HC + "interestIn", self.evidence()))

    def _with_class(self, name: str) -> list[IRI]:
        return [node for node in self._stated if IRI(HC + name) in self.values(node, RDF + "type")]
