"""Readings of a store as a graph or as tables: whole, or no more than the neighbourhood of a node.

A neighbourhood is read level by level, so that it costs what it holds, however large the store is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kg.model.graph import Graph, Tables
from kg.model.labels import not_a_claim
from kg.namespaces import DCTERMS, DERIVED, HC, OA, RDF, SCHEMA, SKOS
from kg.store.terms import IRI, Literal, Term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.model.graph import Statement
    from kg.store import Store
    from kg.store.terms import Quad

_DERIVED = ("canonicalClaim", "mentions", "sameSourceAs", "sameStudyAs", "supersedes")
"""Derived properties that bear on standings: which claims, and which records, are one, which came after which, and what
a source mentions."""
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
# The same for a page of many claims: who says what where, and what it is about.
_SAID = tuple(
    HC + name
    for name in (
        "premise", "asserts", "agent", "arguedBy", "source", "about", "population", "intervention", "outcome",
        "comparator",
    )
)  # fmt: skip
_SAID_POINTERS = (HC + "reports", HC + "finding")

# Pointers -> classes of what they point at; interestIn points at many kinds of things.
_ENDS = {
    HC + "interestOf": ("Agent",),
    HC + "interestIn": ("Claim", "Source", "Study", "Topic"),
    HC + "leadFor": ("Assertion",),
    HC + "driftOf": ("Assertion",),
    HC + "sameSourceAs": ("Source",),
    HC + "sameStudyAs": ("Study",),
    HC + "supersedes": ("Source",),
    HC + "reports": ("Study",),
    HC + "reportsOn": ("Study",),
    HC + "finding": ("Finding",),
}
_TYPED = frozenset(
    [IRI(HC + name) for name in ("Argument", "Arm", "Drift", "Interest", "Lead", "RiskOfBiasJudgement", "SetAside")]
    + [IRI(HC + name) for names in _ENDS.values() for name in names]
    + [IRI(OA + name) for name in ("SpecificResource", "TextQuoteSelector", "TextPositionSelector")]
)
"""Classes by which it is known that a node is nothing else."""

# From a node of the dispute to what its weight depends on; and from what points at it.
EVIDENCE = (
    *(HC + name for name in ("asserts", "agent", "source", "tracedTo", "reports", "reportsOn", "includesStudy")),
    *(HC + name for name in ("excludesStudy", "reanalysisOf", "certaintyBy", "finding", "arm", "without", "mentions")),
    *(HC + name for name in ("sameSourceAs", "sameStudyAs", "supersedes", "about", "intervention", "interestIn")),
    DCTERMS + "isPartOf",
    SKOS + "broader",
)
EVIDENCE_POINTERS = (
    *(HC + name for name in ("finding", "reports", "reportsOn", "sameSourceAs", "sameStudyAs", "supersedes")),
    *(HC + name for name in ("interestOf", "interestIn")),
)

# Links by which one thing is near another in the picture of a neighbourhood; topics and concepts bind nothing.
_LINKS = tuple(
    HC + name
    for name in (
        "asserts", "premise", "target", "agent", "source", "tracedTo", "finding", "reports", "reportsOn", "cites",
        "supersedes", "includesStudy", "leadFor", "driftOf", "driftFrom", "interestOf", "interestIn",
    )
)  # fmt: skip
RELATED = (HC + "broaderClaim", HC + "contraryTo")
"""Links between claims from which no standing follows."""
_THINGS = ("Claim", "Study", "Agent", "Source")
_HUBS = ("Agent", "Source")


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


def around(store: Store, claim: IRI) -> Graph:
    """Return what `store` states around `claim`: its assertions, all arguments that bear on it, and their records.

    Raises NotFoundError if the store has no such claim.
    """
    reader = _Reader(store)
    reader.describe([claim])
    if not reader.is_claim(claim):
        raise not_a_claim(store, claim)
    others = reader.point(HC + "canonicalClaim", [claim])
    reader.describe(others)
    reader.arguments([claim])
    reader.follow()
    reader.related([claim, *others])
    return reader.graph()


def described(store: Store, nodes: Iterable[IRI]) -> Graph:
    """Return what `store` states of nodes, and nothing of what they are linked to."""
    reader = _Reader(store)
    reader.describe(nodes)
    return reader.graph()


def around_claims(store: Store, claims: Iterable[IRI], *, with_quotes: bool = False) -> Graph:
    """Return what `store` states around several claims: their disputes, who says what there, and in which source.

    Neither interests nor drifts; `with_quotes`, the words too.
    """
    reader = _Reader(store)
    start = reader.describe(claims)
    reader.arguments(start)
    links = (*_SAID, HC + "quote", OA + "hasSelector") if with_quotes else _SAID
    reader.follow(links, _SAID_POINTERS, with_interests=False)
    return reader.graph()


def around_source(store: Store, source: IRI, *others: IRI) -> Graph:
    """Return what `store` states of a source and of all that stands in it, and around the claims that it speaks of.

    Of `others` comes what is stated of them.
    """
    reader = _Reader(store)
    reader.describe([source, *others])
    said = reader.point(HC + "source", [source])
    reader.describe(said)
    claims = sorted({claim for each in said for claim in reader.values(each, HC + "asserts")}, key=str)
    reader.describe(claims)
    reader.arguments(claims)
    reader.follow()
    return reader.graph()


def within(store: Store, nodes: Iterable[IRI], hops: int) -> Graph:
    """Return what `store` states within `hops` steps of `nodes`, and around each claim that is reached.

    Assertions, arguments, findings and other records between two things cost no step; no step leads on from an agent or
    a source, unless the steps begin there.  Of a topic they begin at the claims about it.
    """
    reader = _Reader(store)
    reader.spread(reader.describe(nodes), hops)
    reader.arguments(reader.with_class("Claim"))
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
    reader.follow(EVIDENCE, EVIDENCE_POINTERS)
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
        """Return what was read, with what points at its nodes; the reader lets go of it."""
        return Graph(self._handed_over())

    def _handed_over(self) -> Iterator[Statement]:
        while self._stated:
            node, of = self._stated.popitem()
            yield from ((node, name, value) for name, values in of.items() for value in values)

    def values(self, node: IRI, name: str) -> list[IRI]:
        """Return the values of a property of a node that was read, those that are nodes."""
        found = [value for value in self._stated.get(node, {}).get(name, ()) if isinstance(value, IRI)]
        return sorted(found, key=str) if len(found) > 1 else found

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

    def related(self, claims: Sequence[IRI]) -> None:
        """Read the claims that are said to be broader, narrower or contrary, and what was decided of `claims`."""
        for name in RELATED:
            self.describe([*self.point(name, claims), *(each for claim in claims for each in self.values(claim, name))])
        found = [node for end in (RDF + "subject", RDF + "object") for node in self.point(end, claims)]
        self.describe(found)
        self.describe(node for each in found for end in ("subject", "object") for node in self.values(each, RDF + end))

    def arguments(self, claims: Sequence[IRI]) -> None:
        """Read every argument that reaches one of the claims, and those that its assertions are used in."""
        assertions = self.point(HC + "asserts", claims)
        self.describe(assertions)
        uses = self.describe(self.point(HC + "premise", [*claims, *assertions]))
        self.describe(target for use in uses for target in self.values(use, HC + "target"))
        frontier, seen = {*claims, *assertions, *self._grounds(assertions)}, set[IRI]()
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
            told = {first for premise in premises for first in self.values(premise, HC + "canonicalClaim")}
            self.describe(told)
            frontier = (hits | premises | told | self._grounds(hits | premises)) - seen

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
        return [*self.with_class("Study"), *self.with_class("Source")]

    def dates(self) -> None:
        """Read what undated sources cite: they are no older than that."""
        undated = [node for node in self.with_class("Source") if DCTERMS + "date" not in self._stated[node]]
        self.describe(cited for source in undated for cited in self.values(source, HC + "cites"))

    def follow(
        self, links: Iterable[str] = _FOLLOWED, pointers: Iterable[str] = _POINTERS, *, with_interests: bool = True
    ) -> None:
        """Read the records that the nodes so far lead to, until there are no new ones."""
        new = sorted(self._stated, key=str)
        while new:
            linked = {value for node in new for name in links for value in self.values(node, name)}
            linked.update(node for name in pointers for node in self.point(name, self._pointed_at(name, new)))
            targets = {value for node in new for value in self.values(node, HC + "target")}
            new = self.describe(linked | targets) or (self._interests() if with_interests else [])

    def spread(self, nodes: Iterable[IRI], hops: int) -> None:
        """Read what lies within `hops` steps of nodes that were read; see `within`."""
        topics = {node for node in nodes if self._has_class(node, ("Topic",))}
        frontier = self._settled({*nodes, *self.point(HC + "about", topics)} - topics)
        for step in range(hops):
            leading = {node for node in frontier if not step or not self._has_class(node, _HUBS)}
            frontier = self._settled(self._beside(leading)) - frontier

    def _settled(self, nodes: set[IRI]) -> set[IRI]:
        """Return the things among `nodes`, and those that the records among them bind to each other."""
        found, waiting = set[IRI](), nodes
        while waiting:
            self.describe(waiting)
            things = {node for node in waiting if self._has_class(node, _THINGS)}
            records = waiting - things - found
            found |= waiting
            waiting = self._beside(records) - found
        return {node for node in found if self._has_class(node, _THINGS)}

    def _beside(self, nodes: Collection[IRI]) -> set[IRI]:
        """Return what nodes that were read are linked to, in either direction."""
        linked = {value for node in nodes for name in _LINKS for value in self.values(node, name)}
        return linked.union(*(self.point(name, nodes) for name in _LINKS))

    def _has_class(self, node: IRI, names: Iterable[str]) -> bool:
        return not self._kinds(node).isdisjoint(IRI(HC + name) for name in names)

    def _pointed_at(self, name: str, nodes: Iterable[IRI]) -> list[IRI]:
        """Return those of `nodes` at which a property may point: not those that are known to be something else."""
        ends = {IRI(HC + each) for each in _ENDS[name]}
        return [node for node in nodes if (kinds := self._kinds(node)) & ends or kinds.isdisjoint(_TYPED)]

    def _kinds(self, node: IRI) -> set[Term]:
        return self._stated.get(node, {}).get(RDF + "type", set())

    def _interests(self) -> list[IRI]:
        """Read who has an interest in the sources and studies so far, and in those that a review includes."""
        studies = self.with_class("Study")
        while studies:
            names = (HC + "includesStudy", HC + "sameStudyAs")
            studies = self.describe(value for study in studies for name in names for value in self.values(study, name))
        return self.describe(self.point(HC + "interestIn", self.evidence()))

    def with_class(self, name: str) -> list[IRI]:
        """Return the nodes so far that have a class of ours."""
        return [node for node in self._stated if IRI(HC + name) in self.values(node, RDF + "type")]
