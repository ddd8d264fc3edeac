"""Derivation again of what a change reaches, and of nothing else.

Each derived triple has a key: the claim, source or record that it is about.  The keys that a change reaches are found
by following the patterns of the rules backwards from the changed statements.  Then all that the rules read for these
keys is read by look-ups, the rules are applied to it, and what they derive for the keys replaces what was there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, cast

from kg.derivation.addresses import URL, counterparts
from kg.derivation.claims import (
    CANONICAL,
    COPIED,
    DIFFERENT,
    KEY,
    LABELS,
    POINTERS,
    RELATIONS,
    ROLES,
    SAME,
    copies,
    firsts_of,
    is_of_words,
    links_of,
)
from kg.derivation.rules import COUNTERCLAIM, apply_rules, first, line_quads
from kg.derivation.rules import GRAPH as DERIVED_GRAPH
from kg.model.graph import DISPUTE, Tables
from kg.model.vocabulary import DERIVED as LINES
from kg.namespaces import DCTERMS, DERIVED, FABIO, GRAPH, HC, OWL, PRISM, RDFS
from kg.store import MemoryStore
from kg.store.terms import IRI, TYPE, BlankNode, Node, Quad, Term, hc, in_graph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.store import Writer
    from kg.store.terms import Triple

_HERE = GRAPH + "near"
"""Graph of what was read, in a store in memory."""
_ASSERTS, _TARGET, _PREMISE, _AGENT, _SOURCE = map(hc, ("asserts", "target", "premise", "agent", "source"))
_SUPERSEDES = hc("supersedes")
_TRACED, _FINDING = hc("tracedTo"), hc("finding")
_REPORTS = hc("reports"), hc("reportsOn")
_IDENTIFIED_BY = (
    *(IRI(PRISM + "doi"), IRI(FABIO + "hasPubMedId"), IRI(FABIO + "hasPubMedCentralId"), hc("registration")),
    *(IRI(DCTERMS + "title"), URL, KEY, hc("differentSourceFrom")),
)
"""Properties that tell which records are of one publication or one study."""
_SAID_SAME = (SAME, DIFFERENT, CANONICAL)
"""Properties between claims by which they are one, or not."""
_FIRST = {TYPE, KEY, *COPIED}
"""Properties that are derived before the rules are applied that read what is derived."""
_CLASSES = (IRI(RDFS + "subClassOf"), IRI(OWL + "equivalentClass"))
"""Properties by which classes of the data are classes of ours."""
_COUNTERS = tuple(map(hc, ("opposes", "undercuts", "qualifies")))


class DerivationKey(NamedTuple):
    """Node that a derived triple is about."""

    kind: str
    """Kind of node: "claim", "source", or "record" with identifiers."""
    is_subject: bool = True
    """True if it is the subject of the triple, False if it is the object."""


_ON_TARGETS = ("supports", "opposes", "qualifies", "undercuts", "counters")
_OF_CLAIMS = ("counteredBy", "affirmedBy", *(name for names in LINES.values() for name in names))
KEYS: Mapping[IRI, DerivationKey] = {
    **{hc(name): DerivationKey("claim", is_subject=False) for name in _ON_TARGETS},
    **{hc(name): DerivationKey("claim") for name in _OF_CLAIMS},
    **{hc(name): DerivationKey("source") for name in ("assertionCount", "claimCount")},
    **{hc(name): DerivationKey("record") for name in ("sameSourceAs", "sameStudyAs", "mentions")},
    _SUPERSEDES: DerivationKey("record", is_subject=False),
}
"""Derived property -> the key of its triples; those of rules over the stated data, and the class of what counters
another claim, are keyed by their subject and come apart."""


def is_about_classes(changes: Iterable[Triple]) -> bool:
    """Return True if `changes` say which classes of the data are classes of ours: that reaches all their members."""
    return any(change.predicate in _CLASSES for change in changes)


def derive_near(writer: Writer, changes: Iterable[Triple]) -> tuple[int, set[Triple]]:
    """Return the number of derived triples and what changed, after deriving again what `changes` reach.

    These are the triples that came or went; those that are derived are added to them.
    """
    changes = set(changes)
    changes |= {quad.triple for quad in _first(writer, {_subject(change) for change in changes})}
    changes |= {quad.triple for quad in _same(writer, changes)}
    near = Neighbourhood(writer)
    reached = _reached(near, changes)
    new, old = _derived(near, reached), near.derived(reached)
    while further := _hidden(near, reached, new | old):
        reached["claim"] |= further
        new, old = _derived(near, reached), near.derived(reached)
    typed_new, typed_old = _counterclaims(near, reached, new, old, changes)
    new, old = new | typed_new, old | typed_old
    kept = set(writer.unstated(sorted(new, key=str)))
    number = writer.amend(DERIVED, old - kept, kept - old)
    return number, changes | {quad.triple for quad in old ^ kept}


def _first(writer: Writer, nodes: set[Node]) -> set[Quad]:
    """Return what changes of the classes and keys of `nodes`, once all other rules can see it."""
    near = Neighbourhood(writer)
    classes, waiting = set[Node](), near.values(nodes, TYPE)
    while waiting:
        classes |= waiting
        waiting = (near.values(waiting, *_CLASSES) | near.pointing(waiting, _CLASSES[1])) - classes
    with MemoryStore().writing() as here:
        here.add(near.quads(derived=()))
        new = {quad for quad in first(here, [_HERE]) if quad.subject in nodes}
    found = near.about(nodes, DERIVED_GRAPH)
    old = {quad for quad in found if quad.predicate == KEY or (quad.predicate == TYPE and quad.object != COUNTERCLAIM)}
    new = set(writer.unstated(sorted(new, key=str)))
    writer.amend(DERIVED, old - new, new - old)
    return old ^ new


def _same(writer: Writer, changes: set[Triple]) -> set[Quad]:
    """Return what changes of the claims that are one, and of what is said to them, once all other rules can see it."""
    near = Neighbourhood(writer)
    named = {_subject(change) for change in changes if change.predicate in LABELS}
    start = {_subject(change) for change in changes if change.predicate in (*COPIED, DIFFERENT, KEY, TYPE)}
    start |= _nodes(change.object for change in changes if change.predicate in (*POINTERS, *RELATIONS, *_SAID_SAME))  # type: ignore[misc]
    frontier, seen = start | near.pointing(named, *ROLES, hc("about")), set[Node]()
    while frontier:
        seen |= frontier
        alike = near.pointing(filter(is_of_words, near.keys(frontier)), KEY)
        frontier = (alike | near.values(frontier, *_SAID_SAME) | near.pointing(frontier, *_SAID_SAME)) - seen
    near.read(near.values(seen, *ROLES, hc("about")))
    links = links_of(near.quads(derived=(TYPE, KEY)))
    old = {quad for quad in near.about(seen, DERIVED_GRAPH) if quad.predicate in COPIED - {*POINTERS}}
    firsts = firsts_of(links)
    said = near.links({*firsts, *firsts.values(), *firsts_of(old).values()}, POINTERS)
    between = near.between(seen, RELATIONS)
    old |= {quad for quad in said | between if quad.graph_name == DERIVED_GRAPH}
    far = {cast("Node", end) for quad in between for end in (quad.subject, quad.object)} - seen
    told = firsts_of(quad for quad in near.about(far, DERIVED_GRAPH))
    new = set(writer.unstated(links | copies(firsts | told, (said | between) - old)))
    writer.amend(DERIVED, old - new, new - old)
    return old ^ new


def _reached(near: Neighbourhood, changes: Iterable[Triple]) -> dict[str, set[Node]]:
    """Return kind of key -> the keys of which a derived triple may change."""
    subjects, values = defaultdict[IRI, set[Node]](set), defaultdict[IRI, set[Term]](set)
    for change in changes:
        if change.predicate != TYPE or change.object.value.startswith(HC):  # type: ignore[union-attr]
            subjects[change.predicate].add(_subject(change))
            values[change.predicate].add(change.object)  # type: ignore[arg-type]
    said = set[Node]().union(*(subjects[IRI(name)] for name in DISPUTE), subjects[TYPE])
    arguments = said | near.pointing(said, _PREMISE)
    hit = said | near.values(arguments, _TARGET) | _nodes(values[_TARGET])
    behind = near.pointing(near.having(hit, _ASSERTS), _PREMISE)
    claims = hit | near.values(hit, _TARGET, _ASSERTS) | near.values(behind, _TARGET)
    claims |= subjects[CANONICAL] | _nodes(values[CANONICAL])
    claims |= _nodes(values[_ASSERTS]) | near.values(subjects[_AGENT], _ASSERTS)
    moved = subjects[_TRACED] | subjects[_SOURCE] | _nodes(values[_FINDING])
    resting = moved | near.resting(hit.union(*(subjects[name] for name in _REPORTS)))
    claims |= near.values(resting, _ASSERTS) | near.values(near.pointing(resting, _PREMISE), _TARGET)
    saying = subjects[_ASSERTS] | subjects[_SOURCE] | near.pointing(subjects[CANONICAL], _ASSERTS)
    sources = near.values(saying, _SOURCE) | _nodes(values[_SOURCE])
    records = set[Node]().union(*(subjects[name] for name in (*_IDENTIFIED_BY, TYPE)))
    reached = {"claim": claims, "source": sources, "record": records}
    for predicate, key in KEYS.items():
        # A derived triple that is also stated is hidden, and comes back when nobody states it any more.
        reached[key.kind] |= subjects[predicate] | _nodes(values[predicate])
    reached["record"] |= near.pointing(counterparts(near.keys(records) | values[KEY]), KEY)
    return reached


def _derived(near: Neighbourhood, reached: Mapping[str, set[Node]]) -> set[Quad]:
    """Return what the rules derive for the keys."""
    near.read_disputes(reached["claim"])
    near.read(near.values(near.pointing(reached["source"], _SOURCE), _ASSERTS))
    same = reached["record"] | near.pointing(counterparts(near.keys(reached["record"])), KEY)
    near.read(same | near.pointing(same, _SUPERSEDES))
    with MemoryStore().writing() as data:
        data.add(near.quads())
        found = set(apply_rules(data, [_HERE]))
    tables = Tables.of((quad.subject, quad.predicate.value, quad.object) for quad in near.quads())
    found.update(line_quads(tables, [claim for claim in tables.claims if IRI(claim) in reached["claim"]]))
    ends = {node for quad in found for node in (quad.subject, quad.object) if isinstance(node, IRI)}
    others = near.having(ends, CANONICAL)
    found = {quad for quad in found if quad.subject not in others and quad.object not in others}
    return {quad for quad in found if (key := KEYS.get(quad.predicate)) and _end(quad, key) in reached[key.kind]}


def _hidden(near: Neighbourhood, reached: Mapping[str, set[Node]], links: Iterable[Quad]) -> set[Node]:
    """Return claims that somebody states to be countered by one that counters a reached claim.

    Such a statement hides what may be derived too, and by what is derived a claim is a counterclaim.
    """
    claims = {_subject(quad) for quad in links if quad.predicate in _COUNTERS} | reached["claim"]
    return near.stated_values(claims, *_COUNTERS) - reached["claim"]


def _counterclaims(
    near: Neighbourhood, reached: Mapping[str, set[Node]], new: set[Quad], old: set[Quad], changes: Iterable[Triple]
) -> tuple[set[Quad], set[Quad]]:
    """Return the class of what counters another claim, as it follows now and as it was derived."""
    counters = {_subject(quad) for quad in new if quad.predicate in _COUNTERS}
    typed = {_subject(change) for change in changes if change.object == COUNTERCLAIM}
    # Where somebody states the link, what is derived from it shows that it was.
    linked = {_subject(quad) for quad in old if quad.predicate in (*_COUNTERS, hc("counters"))}
    maybe = counters | typed | linked
    now, before = set[Quad](), set[Quad]()
    for quad in near.about(maybe, DERIVED_GRAPH):
        if quad.predicate in _COUNTERS and quad.object not in reached["claim"]:
            counters.add(_subject(quad))
        elif quad.predicate == TYPE and quad.object == COUNTERCLAIM:
            before.add(quad)
    now = {Quad(node, TYPE, COUNTERCLAIM, DERIVED_GRAPH) for node in maybe & counters}
    return now, before


def _end(quad: Quad, key: DerivationKey) -> Term:
    return quad.subject if key.is_subject else quad.object  # type: ignore[return-value]


def _subject(statement: Quad | Triple) -> Node:
    return cast("Node", statement.subject)  # we load no triples about triples


def _nodes(values: Iterable[Term]) -> set[Node]:
    return {value for value in values if isinstance(value, IRI | BlankNode)}


class Neighbourhood:
    """Statements of the default graph that were looked up: each node once, and what points at it once."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._about: dict[Node, list[Quad]] = {}
        self._pointing: dict[tuple[IRI, Term], set[Node]] = {}

    def quads(self, *, derived: Collection[IRI] = _FIRST) -> list[Quad]:
        """Return what rules may read: what is stated, and what was derived for properties `derived`."""
        read = (quad for quads in self._about.values() for quad in quads)
        return [
            in_graph(quad, IRI(_HERE))
            for quad in read
            if quad.graph_name != DERIVED_GRAPH or (quad.predicate in derived and quad.object != COUNTERCLAIM)
        ]

    def read(self, nodes: Iterable[Node]) -> None:
        """Look up what is stated and derived of `nodes`."""
        new = [node for node in dict.fromkeys(nodes) if node not in self._about]
        self._about.update((node, []) for node in new)
        for quad in self._writer.about_many(new):
            self._about[_subject(quad)].append(quad)

    def about(self, nodes: Iterable[Node], graph: IRI) -> list[Quad]:
        """Return the quads of `nodes` in `graph`."""
        nodes = set(nodes)
        self.read(nodes)
        return [quad for node in nodes for quad in self._about[node] if quad.graph_name == graph]

    def values(self, nodes: Iterable[Node], *predicates: IRI) -> set[Node]:
        """Return the nodes that `nodes` have as values of properties."""
        nodes = set(nodes)
        self.read(nodes)
        return _nodes(quad.object for node in nodes for quad in self._about[node] if quad.predicate in predicates)  # type: ignore[misc]

    def having(self, nodes: Iterable[Node], predicate: IRI) -> set[Node]:
        """Return those of `nodes` that have a property."""
        nodes = set(nodes)
        self.read(nodes)
        return {node for node in nodes if any(quad.predicate == predicate for quad in self._about[node])}

    def stated_values(self, nodes: Iterable[Node], *predicates: IRI) -> set[Node]:
        """Return the nodes that somebody states `nodes` to have as values of properties."""
        nodes = set(nodes)
        self.read(nodes)
        stated = (quad for node in nodes for quad in self._about[node] if quad.graph_name != DERIVED_GRAPH)
        return _nodes(quad.object for quad in stated if quad.predicate in predicates)  # type: ignore[misc]

    def keys(self, nodes: Iterable[Node]) -> set[Term]:
        """Return the keys of the identifiers of `nodes`."""
        nodes = set(nodes)
        self.read(nodes)
        return {quad.object for node in nodes for quad in self._about[node] if quad.predicate == KEY}  # type: ignore[misc]

    def pointing(self, values: Iterable[Term], *predicates: IRI) -> set[Node]:
        """Return the nodes that have one of `values` for a property."""
        found = set[Node]()
        values = set(values)
        for predicate in predicates:
            new = [value for value in values if (predicate, value) not in self._pointing]
            self._pointing.update(((predicate, value), set()) for value in new)
            for quad in self._writer.pointing_many(new, predicate):
                self._pointing[predicate, quad.object].add(_subject(quad))  # type: ignore[index]
            found.update(*(self._pointing[predicate, value] for value in values))
        return found

    def links(self, values: Iterable[Term], predicates: Iterable[IRI]) -> set[Quad]:
        """Return the quads that have one of `values` for a property, as the store has them."""
        values = set(values)
        return {quad for name in predicates for quad in self._writer.pointing_many(values, name)}

    def between(self, nodes: Iterable[Node], predicates: Collection[IRI]) -> set[Quad]:
        """Return the quads of some properties that begin or end at `nodes`."""
        nodes = set(nodes)
        self.read(nodes)
        return self.links(nodes, predicates) | {
            quad for node in nodes for quad in self._about[node] if quad.predicate in predicates
        }

    def derived(self, reached: Mapping[str, set[Node]]) -> set[Quad]:
        """Return the derived triples of the keys, as the store has them."""
        found = set[Quad]()
        for kind, nodes in reached.items():
            of_subject = {name for name, key in KEYS.items() if key.kind == kind and key.is_subject}
            found.update(quad for quad in self.about(nodes, DERIVED_GRAPH) if quad.predicate in of_subject)
            for name, key in KEYS.items():
                if key.kind == kind and not key.is_subject:
                    pointing = self._writer.pointing_many(nodes, name)
                    found.update(quad for quad in pointing if quad.graph_name == DERIVED_GRAPH)
        return found

    def read_disputes(self, claims: Iterable[Node]) -> None:
        """Read what rules and the rule of a dispute read for `claims`: what is said to them, and on the evidence."""
        claims = set(claims)
        hits = self.pointing(claims, _TARGET, _ASSERTS)
        premises = self.values(hits, _PREMISE)
        grounds = self.grounds(hits | premises)
        further = self.pointing(hits | (premises - claims) | grounds, _TARGET)
        self.read(claims | hits | premises | grounds | further | self.values(further, _PREMISE))

    def grounds(self, nodes: set[Node]) -> set[Node]:
        """Return the sources and studies that `nodes` come from, as `kg.model.dispute.grounds` has it."""
        holders = self.pointing(nodes, _FINDING)
        found = self.values(nodes | holders, _TRACED, _SOURCE) | holders
        return found | self.values(nodes | found, *_REPORTS)

    def resting(self, evidence: set[Node]) -> set[Node]:
        """Return what comes from one of the nodes `evidence`, if it is a source or a study, and these themselves."""
        near = evidence | self.pointing(evidence, *_REPORTS)
        resting = near | self.pointing(near, _TRACED, _SOURCE)
        return resting | self.values(resting, _FINDING)
