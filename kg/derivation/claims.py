"""Claims that are one: those with the same words, wherever they stand, and those that somebody says are the same.

Of each such set the first, by its IRI, is told for all: what is said to another of them is said to it too.  The others
stay as they were stated, linked to it.  Nothing else is derived of them, so that no list has a claim twice.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from kg.model.graph import reached
from kg.model.ids import digest, same_words
from kg.model.vocabulary import SCOPE
from kg.namespaces import DERIVED, RDFS, SKOS
from kg.store.terms import IRI, TYPE, Literal, Node, Quad, hc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.store import Writer
    from kg.store.terms import Term, Triple

CANONICAL, SAME, DIFFERENT, TEXT = map(hc, ("canonicalClaim", "sameClaimAs", "differentClaimFrom", "text"))
KEY = hc("identifierKey")
POINTERS = tuple(map(hc, ("asserts", "target", "premise", "interestIn")))
"""Properties by which something is said to a claim."""
RELATIONS = (hc("broaderClaim"), hc("contraryTo"))
"""Properties between claims that hold for all that are told as one, at either end."""
ROLES = (*(hc(role) for role in SCOPE), hc("timeFrame"))
LABELS = (IRI(SKOS + "prefLabel"), IRI(RDFS + "label"))
_ABOUT = hc("about")
SHARED = (*ROLES, hc("kind"), _ABOUT)
"""Properties that the first has of the others, where it states none: scope, kind, topics."""
COPIED = frozenset({CANONICAL, SAME, *POINTERS, *RELATIONS, *SHARED})
"""Properties that are derived here, and by no rule."""
_GRAPH, _CLAIM = IRI(DERIVED), hc("Claim")
_START = "claim:"

_TEXTS = f"CONSTRUCT {{ ?claim {TEXT} ?text }} WHERE {{ ?claim {TEXT} ?text }}"
_SEVERAL = f"""
  {{ {{ SELECT ?key {{ ?one {KEY} ?key FILTER(STRSTARTS(?key, "{_START}")) }}
       GROUP BY ?key HAVING(COUNT(DISTINCT ?one) > 1) }}
     ?claim {KEY} ?key }}
  UNION {{ ?claim {SAME} ?other }} UNION {{ ?other {SAME} ?claim }}
"""
"""Pattern for the claims that may be one with another."""
_STATED = f"""
CONSTRUCT {{ ?claim ?property ?value }} WHERE {{
  {{ SELECT DISTINCT ?claim {{ {_SEVERAL} }} }}
  VALUES ?property {{ {TYPE} {KEY} {SAME} {DIFFERENT} {" ".join(map(str, SHARED))} }}
  ?claim ?property ?value
}}
"""
_NAMED = f"""
CONSTRUCT {{ ?topic ?named ?label }} WHERE {{
  {{ SELECT DISTINCT ?topic {{
    {{ SELECT DISTINCT ?claim {{ {_SEVERAL} }} }}
    VALUES ?role {{ {" ".join(map(str, (*ROLES, _ABOUT)))} }} ?claim ?role ?topic }} }}
  VALUES ?named {{ {" ".join(map(str, LABELS))} }} ?topic ?named ?label
}}
"""


def word_keys(texts: Iterable[Triple | Quad]) -> Iterator[Quad]:
    """Yield the key of each claim for each of its texts: equal words, equal key."""
    for stated in texts:
        if isinstance(stated.object, Literal) and (words := same_words(stated.object.value)):
            yield Quad(stated.subject, KEY, Literal(_START + digest(words, length=16)), _GRAPH)


def is_of_words(key: Term) -> bool:
    """Return True for a key of `word_keys`: publications and trials have keys too."""
    return isinstance(key, Literal) and key.value.startswith(_START)


def is_copied(quad: Quad) -> bool:
    """Return True if a quad says of the claim that is told for all what somebody stated of another."""
    return quad.graph_name == _GRAPH and quad.predicate in COPIED


def text_statements(data: Writer, graphs: Iterable[str] | None = None) -> Iterable[Triple]:
    """Return the texts that are stated in `graphs` of `data`, or in all its data graphs."""
    return data.construct(_TEXTS, graphs, stated=not graphs)


def same_claims(data: Writer) -> set[Quad]:
    """Return what follows from claims of `data` being one, once their keys are there."""
    stated = [*data.construct(_STATED), *data.construct(_NAMED)]
    links = links_of(stated)
    firsts = firsts_of(links)
    if not firsts:
        return links
    said = {
        Quad(node, name, value, _GRAPH)
        for name in (*POINTERS, *RELATIONS)
        for node, value in data.stating(name)
        if value in firsts or (name in RELATIONS and node in firsts)
    }
    return links | copies(firsts, said)


def links_of(statements: Iterable[Triple | Quad]) -> set[Quad]:
    """Return the links from claims to the first of those that are one with them, and what the first has of them."""
    facts = _Facts(statements)
    found = set[Quad]()
    for members in facts.classes():
        first, *others = sorted(members, key=str)
        for other in others:
            found |= {Quad(other, CANONICAL, first, _GRAPH), Quad(other, SAME, first, _GRAPH)}
        found |= {Quad(first, name, value, _GRAPH) for name in SHARED for value in facts.shared(name, first, others)}
    return found


def firsts_of(links: Iterable[Quad]) -> dict[Node, Node]:
    """Return claim that is one with others -> the first of them, which is told for it."""
    return {cast("Node", each.subject): cast("Node", each.object) for each in links if each.predicate == CANONICAL}


def copies(firsts: Mapping[Node, Node], said: Iterable[Triple | Quad]) -> set[Quad]:
    """Return what is said to the first of claims that are one, or of it, because it is said to another of them."""
    found = set[Quad]()
    for each in said:
        subject, value = cast("Node", each.subject), cast("Node", each.object)
        told = (firsts.get(subject, subject) if each.predicate in RELATIONS else subject, firsts.get(value, value))
        if told != (subject, value) and told[0] != told[1]:
            found.add(Quad(told[0], each.predicate, told[1], _GRAPH))
    return found


class _Facts:
    """Statements about claims by which it is told which of them are one."""

    def __init__(self, statements: Iterable[Triple | Quad]) -> None:
        self._stated: defaultdict[Node, defaultdict[IRI, set[Term]]] = defaultdict(lambda: defaultdict(set))
        for each in statements:
            self._stated[cast("Node", each.subject)][each.predicate].add(cast("Term", each.object))

    def values(self, node: Node, name: IRI) -> set[Term]:
        """Return the values of a property of a node."""
        return self._stated[node][name] if node in self._stated else set()

    def shared(self, name: IRI, first: Node, others: Iterable[Node]) -> list[Term]:
        """Return what `first` has of `others`: values of the first that states any, or all topics of other names."""
        if name != _ABOUT:
            stated = (self.values(claim, name) for claim in (first, *others))
            return sorted(next(filter(None, stated), set()) - self.values(first, name), key=str)
        topics: dict[str, Term] = {}
        for claim in (first, *others):
            for topic in sorted(self.values(claim, name), key=str):
                topics.setdefault(self._name(topic), topic)
        return [topic for topic in topics.values() if topic not in self.values(first, name)]

    def classes(self) -> list[set[Node]]:
        """Return the sets of claims that are one, those of several claims."""
        claims = [node for node in self._stated if _CLAIM in self.values(node, TYPE)]
        beside: defaultdict[Node, set[Node]] = defaultdict(set)
        for members in filter(None, (*self._by_words(claims), *self._as_stated(claims))):
            first = min(members, key=str)
            beside[first] |= members
            for other in members:
                beside[other].add(first)
        found, seen = list[set[Node]](), set[Node]()
        for claim in sorted(beside, key=str):
            if claim not in seen:
                found.append(reached([claim], lambda node: beside[node]))
                seen |= found[-1]
        return [members for members in found if len(members) > 1]

    def _as_stated(self, claims: Iterable[Node]) -> Iterator[set[Node]]:
        known = set(claims)
        for claim in known:
            for other in self.values(claim, SAME) & known:
                yield {claim, cast("Node", other)}

    def _by_words(self, claims: Iterable[Node]) -> Iterator[set[Node]]:
        """Yield sets of claims with one text and one scope; those without a scope join the others if these agree."""
        groups: defaultdict[Term, set[Node]] = defaultdict(set)
        for claim in claims:
            for key in self.values(claim, KEY):
                if is_of_words(key):
                    groups[key].add(claim)
        for group in groups.values():
            pairs = ((claim, other) for claim in group for other in self.values(claim, DIFFERENT) & group)
            apart = {cast("Node", claim) for pair in pairs for claim in pair}
            by_scope: defaultdict[frozenset[object], set[Node]] = defaultdict(set)
            for claim in group - apart:
                by_scope[self._scope(claim)].add(claim)
            scopes = by_scope.keys() - {frozenset()}
            yield from by_scope.values() if len(scopes) > 1 else [group - apart]

    def _scope(self, claim: Node) -> frozenset[object]:
        named = ((role, self._name(topic)) for role in ROLES for topic in self.values(claim, role))
        return frozenset(named)

    def _name(self, topic: Term) -> str:
        """Return what tells a topic in every dataset: the first of its names, else the end of its IRI."""
        if isinstance(topic, Literal):
            return same_words(topic.value)
        names = {value.value for name in LABELS for value in self.values(topic, name) if isinstance(value, Literal)}
        return same_words(min(names)) if names else str(topic).rstrip(">").rpartition("/")[2]
