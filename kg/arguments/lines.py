"""Lines of evidence for or against a claim or another line, each with its tier and its studies; and their independence.

The rule of `kg.model.dispute` says which assertions and arguments are lines, and on which side.  Here an argument is a
line for each body of evidence behind it: premises that rest on the same studies make one line, premises that rest on
different studies make several.  "No evidence" is no line.

Two lines are dependent if a study is behind both, or if they are two reviews and the studies of one are not known.  Of
dependent lines the strongest counts; where reviews overlap only in part, the set of independent lines that weighs most,
so that no line that is taken away can make the rest weigh more.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.model.dispute import SECOND_HAND, group_of_argument, interests_behind, is_circle, is_told, stance_of
from kg.model.graph import reached
from kg.model.vocabulary import NO_EVIDENCE, Group, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.arguments.policy import Policy, Tier
    from kg.model.graph import Tables

SIDES = FOR, AGAINST, DOUBT = Group.FOR, Group.AGAINST, Group.DOUBT
OPPOSING = (AGAINST, DOUBT)
"""Sides that lower the strength of the line that they target; of a claim they are two strengths, kept apart."""
LIMIT = Group.LIMIT
_ANONYMOUS = {"Anonymous", "Collective"}

RETRACTED, SUPERSEDED = "retracted", "superseded"

_REVIEW = "systematic review"
_MOST_EXACT = 18
"""Dependent lines up to which the heaviest set is found exactly; above, the heaviest are taken first."""


class Root(NamedTuple):
    """Evidence that a premise rests on."""

    tier: Tier
    studies: frozenset[str]
    """The studies that it derives from (through reviews too); without one, its speaker, or the node itself."""
    excluded_because: str
    """`RETRACTED` or `SUPERSEDED` where it carries nothing for that reason; else empty."""


class EvidenceLine(NamedTuple):
    """Line of evidence toward a claim, an argument or an assertion."""

    name: str
    """Unique, and the same for the same data: the IRI of `node`, with the first premise where it makes several."""
    node: str
    """The argument, or the bare assertion."""
    premises: tuple[str, ...]
    target: str
    side: Group
    """`FOR` or `AGAINST` its target, a `DOUBT` of it, or a `LIMIT`."""
    tier: Tier
    base: float
    """The base score: the tier's score, less where its own source states a lower certainty."""
    studies: frozenset[str]
    unlisted: bool
    """True for a review of which no included study is known, so that it may overlap with any other review."""
    excluded_because: str
    """As in `Root`."""
    flags: tuple[str, ...]
    """The interests (their IRIs) behind it: of its speakers in what they speak about, of anybody in its evidence."""


Body = tuple[EvidenceLine, float]
"""A line and its weight; weights are added."""


@dataclass(frozen=True)
class Lines:
    """Lines of a store, with an index of those that bear on each."""

    tables: Tables
    policy: Policy
    lines: tuple[EvidenceLine, ...]

    @cached_property
    def by_name(self) -> dict[str, EvidenceLine]:
        """Index of the lines: name -> line."""
        return {line.name: line for line in self.lines}

    @cached_property
    def at(self) -> dict[str, list[EvidenceLine]]:
        """Index by target: claim, argument or assertion -> the lines toward it."""
        found: defaultdict[str, list[EvidenceLine]] = defaultdict(list)
        for line in self.lines:
            found[line.target].append(line)
        return dict(found)

    @cached_property
    def _receivers(self) -> dict[str, list[EvidenceLine]]:
        """Index by node: argument or assertion -> the lines that fall if it falls."""
        found: defaultdict[str, list[EvidenceLine]] = defaultdict(list)
        for line in self.lines:
            found[line.node].append(line)
            if len(line.premises) == 1 and line.premises[0] != line.node:
                found[line.premises[0]].append(line)
        return dict(found)

    @cached_property
    def hits(self) -> dict[str, tuple[EvidenceLine, ...]]:
        """Index by name of a line -> the lines that attack, support or qualify it, the strongest first."""
        found: defaultdict[str, list[EvidenceLine]] = defaultdict(list)
        for target, lines in self.at.items():
            for receiver in self._receivers.get(target, ()):
                found[receiver.name] += [line for line in lines if line.name != receiver.name]
        return {name: tuple(sorted(lines, key=_strongest_first)) for name, lines in found.items()}

    def around(self, claim: str) -> tuple[EvidenceLine, ...]:
        """Return the lines toward `claim`, and all that bear on these lines, however far."""
        direct = [line.name for line in self.at.get(claim, ())]
        found = reached(direct, lambda name: [line.name for line in self.hits.get(name, ())])
        return tuple(self.by_name[name] for name in sorted(found))

    def without(self, names: frozenset[str]) -> Lines:
        """Return the lines except those called `names`."""
        return Lines(self.tables, self.policy, tuple(line for line in self.lines if line.name not in names))


def build(tables: Tables, policy: Policy, retracted: frozenset[str] = frozenset()) -> Lines:
    """Return the lines of a store; the sources and studies `retracted` are taken as retracted."""
    return Lines(tables, policy, tuple(sorted(_Builder(tables, policy, retracted).lines(), key=lambda x: x.name)))


def _strongest_first(line: EvidenceLine) -> tuple[int, float, str]:
    return -line.tier.rank, -line.base, line.name


class _Builder:
    """Builder of lines from tables, with a cache of what it finds out about each node."""

    def __init__(self, tables: Tables, policy: Policy, retracted: frozenset[str]) -> None:
        self._tables = tables
        self._policy = policy
        marked = tables.table("sourceStatus").items()
        self._retracted = retracted | {source for source, status in marked if "Retracted" in status}
        self._superseded = {old for olds in tables.table("supersedes").values() for old in olds}
        self._roots: dict[str, Root] = {}
        self._studies: dict[str, frozenset[str]] = {}
        self._targets = tables.inverse("target")

    def lines(self) -> Iterator[EvidenceLine]:
        """Yield the lines of arguments, then those of bare assertions."""
        tables = self._tables
        for argument, targets in tables.table("target").items():
            group = group_of_argument(tables, argument)
            if group is None or group is Group.NO_EVIDENCE:
                continue
            for target in targets:
                if is_circle(tables, argument, target):
                    continue
                name = argument if len(targets) == 1 else f"{argument} {target}"
                yield from self._argued(argument, target, group, name)
        for assertion, claims in tables.table("asserts").items():
            group = group_of(stance_of(tables, assertion))
            for claim in claims:
                if group is not None and group in SIDES and not is_told(tables, assertion, claim):
                    name = assertion if len(claims) == 1 else f"{assertion} {claim}"
                    yield self._line(assertion, (assertion,), claim, group, name)

    def _argued(self, argument: str, target: str, side: Group, name: str) -> Iterator[EvidenceLine]:
        """Yield a line for each body of evidence among the premises; one that is itself a target stays alone."""
        groups: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        for premise in self._tables.all(argument, "premise"):
            if stance_of(self._tables, premise) != NO_EVIDENCE:
                root, share = self._root(premise), self._share(premise, target)
                alone = premise if premise in self._targets else ""
                groups[root.studies, root.tier.rank, root.excluded_because, share, alone].append(premise)
        for group in groups.values():
            part = name if len(groups) == 1 else f"{name} {group[0]}"
            yield self._line(argument, tuple(group), target, side, part)

    def _line(self, node: str, premises: tuple[str, ...], target: str, side: Group, name: str) -> EvidenceLine:
        root = self._root(premises[0])
        review = root.tier == self._policy.tier(_REVIEW)
        return EvidenceLine(
            name=name,
            node=node,
            premises=premises,
            target=target,
            side=side,
            tier=root.tier,
            base=root.tier.score * self._share(premises[0], target),
            studies=root.studies,
            unlisted=review and not any(self._tables.all(study, "includesStudy") for study in root.studies),
            excluded_because=root.excluded_because,
            flags=self._flags(premises, target),
        )

    def _share(self, premise: str, target: str) -> float:
        """Return the share for the lowest certainty that the premise, or its study on the same claim, states."""
        shares = [self._policy.share(word) for word in self._tables.all(premise, "certainty")]
        for origin in self._origins(premise):
            shares += self._by_origin.get((target, origin), ())
        return min(shares, default=1.0)

    @cached_property
    def _by_origin(self) -> dict[tuple[str, str], list[float]]:
        """Index (claim, study) -> the shares for the certainty that the study states of the evidence on the claim."""
        tables, found = self._tables, defaultdict[tuple[str, str], list[float]](list)
        for premise, words in tables.table("certainty").items():
            targets = {*tables.all(premise, "asserts")}
            for argument in tables.inverse("premise").get(premise, ()):
                targets |= set(tables.all(argument, "target"))
            for origin in self._origins(premise):
                for target in targets:
                    found[target, origin] += map(self._policy.share, words)
        return dict(found)

    def _origins(self, premise: str) -> list[str]:
        """Return the studies that a premise is directly from, or else its source."""
        tables = self._tables
        nodes = tables.all(premise, "tracedTo") or tables.inverse("finding").get(premise, [])
        studies = [study for node in nodes for study in tables.all(node, "reports") or [node]]
        return studies or tables.all(premise, "source")

    def _root(self, premise: str) -> Root:
        if premise not in self._roots:
            said = premise in self._tables.table("asserts")
            self._roots[premise] = self._of_assertion(premise) if said else self._of_evidence(premise)
        return self._roots[premise]

    def _of_assertion(self, assertion: str) -> Root:
        """Return the root of an assertion: the tier of its evidence kind if traced, and not above the traced design."""
        tables, policy = self._tables, self._policy
        agent = tables.one(assertion, "agent")
        traces = tables.all(assertion, "tracedTo")
        studies = frozenset[str]().union(*map(self._reach, traces)) if traces else frozenset({agent or assertion})
        stated = policy.tier(tables.one(assertion, "evidenceKind") or "")
        tier = min([stated, *self._designs(traces)]) if stated and traces else None
        if tier is None or tier.rank <= policy.untraced.rank:
            named = traces or (agent and tables.one(agent, "agentKind") not in _ANONYMOUS)
            tier = min(tier or policy.untraced, policy.untraced if named else policy.anonymous)
        excluded = self._excluded_because([*tables.all(assertion, "source"), *traces])
        return Root(tier, studies, excluded)

    def _of_evidence(self, node: str) -> Root:
        """Return the root of another node: a finding has the design of its study, others what is stated of them."""
        tables, policy = self._tables, self._policy
        holders = tables.inverse("finding").get(node)
        if holders and (said := [holder for holder in holders if holder in tables.table("asserts")]):
            return self._root(said[0])
        nodes = holders or [node]
        stated = [tier for kind in tables.all(node, "evidenceKind") if (tier := policy.tier(kind))]
        tier = min([*stated, *self._designs(nodes)], default=policy.anonymous)
        return Root(tier, frozenset().union(*map(self._reach, nodes)), self._excluded_because(nodes))

    def _designs(self, nodes: list[str]) -> list[Tier]:
        """Return the tiers of the studies that `nodes` are or report; the best for a source that reports several."""
        found = []
        for node in nodes:
            designs = [kind for study in [node, *self._tables.all(node, "reports")] for kind in self._design(study)]
            found += [max(tiers)] if (tiers := [t for kind in designs if (t := self._policy.tier(kind))]) else []
        return [max(found)] if found else []

    def _design(self, study: str) -> list[str]:
        return self._tables.all(study, "design")

    def _reach(self, node: str) -> frozenset[str]:
        """Return the studies that a study, or a source, derives from: itself, and those that a review includes."""
        if node not in self._studies:
            same = [node, *self._tables.all(node, "sameSourceAs")]
            start = [study for each in same for study in self._tables.all(each, "reports") or [each]]
            found = reached(start, lambda x: self._tables.all(x, "includesStudy") + self._tables.all(x, "sameStudyAs"))
            self._studies[node] = frozenset(found)
        return self._studies[node]

    def _excluded_because(self, nodes: list[str]) -> str:
        """Return `RETRACTED` or `SUPERSEDED` if one of `nodes` is, so that lines on it carry nothing; else nothing."""
        tables = self._tables
        for node in nodes:
            papers = [paper for paper in tables.inverse("reports").get(node, []) if self._publishes(paper)]
            for status, marked in ((RETRACTED, self._retracted), (SUPERSEDED, self._superseded)):
                if node in marked or (papers and all(paper in marked for paper in papers)):
                    return status
        return ""

    def _publishes(self, source: str) -> bool:
        """Return True if a source that reports a study also publishes its results: others uphold no retracted one."""
        return not SECOND_HAND & set(self._tables.all(source, "genre"))

    def _flags(self, premises: tuple[str, ...], target: str) -> tuple[str, ...]:
        return tuple(sorted(set[str]().union(*(interests_behind(self._tables, each, [target]) for each in premises))))


def heaviest(bodies: Iterable[Body]) -> list[Body]:
    """Return the independent lines that weigh most together."""
    ordered = sorted(bodies, key=lambda body: (-body[1], body[0].name))
    if len(ordered) < 2:
        return ordered
    distinct: dict[object, Body] = {}
    for body in ordered:
        distinct.setdefault((body[0].studies, body[0].unlisted and body[0].tier.rank), body)
    return [body for part in _parts(list(distinct.values())) for body in _best(part)]


def dependent(one: EvidenceLine, other: EvidenceLine) -> bool:
    """Return True if the two may rest on the same evidence."""
    if one.studies & other.studies:
        return True
    return one.tier.rank == other.tier.rank and (one.unlisted or other.unlisted)


def _parts(bodies: list[Body]) -> list[list[Body]]:
    """Return the bodies in groups without dependence between them, the order within each kept."""
    ranks = frozenset(body[0].tier.rank for body in bodies if body[0].unlisted)
    home: dict[object, int] = {}
    parts: dict[int, list[Body]] = {}
    for number, body in enumerate(bodies):
        joined = {home[tie] for tie in _ties(body[0], ranks) if tie in home}
        # The smaller parts move into the largest, so that a body moves a few times at most.
        largest = max(joined, key=lambda part: (len(parts[part]), part), default=number)
        moved = [other for part in sorted(joined - {largest}) for other in parts.pop(part)]
        parts.setdefault(largest, []).extend([*moved, body])
        home.update((tie, largest) for other in [*moved, body] for tie in _ties(other[0], ranks))
    return [sorted(part, key=lambda body: (-body[1], body[0].name)) for part in parts.values()]


def _ties(line: EvidenceLine, ranks: frozenset[int]) -> list[object]:
    """Return the keys that a line shares with its dependents: its studies, and its tier if one there is unlisted."""
    return [*line.studies, *([line.tier.rank] if line.tier.rank in ranks else [])]


def _best(bodies: list[Body]) -> list[Body]:
    """Return the heaviest independent set, by trying with and without the heaviest body."""
    taken: list[Body] = []
    while bodies:
        first, rest = bodies[0], bodies[1:]
        free = [body for body in rest if not dependent(first[0], body[0])]
        if len(bodies) <= _MOST_EXACT and len(free) < len(rest):
            with_first, without = [first, *_best(free)], _best(rest)
            return [*taken, *(with_first if _sum(with_first) >= _sum(without) else without)]
        taken.append(first)
        bodies = free
    return taken


def _sum(bodies: list[Body]) -> float:
    return sum(weight for _, weight in bodies)
