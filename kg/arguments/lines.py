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

from kg.arguments.facts import Facts
from kg.arguments.origins import HARM, METHODOLOGICAL, SUPERSEDED, TRIAL, up_to
from kg.arguments.rules import Case, stated_tier, weighed
from kg.model.dispute import group_of_argument, interests_behind, is_circle, is_told, stance_of
from kg.model.graph import reached
from kg.model.vocabulary import REMARKS, Group, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.arguments.policy import Policy, Tier
    from kg.arguments.rules import WeighedPremise
    from kg.model.graph import Tables

SIDES = FOR, AGAINST, DOUBT = Group.FOR, Group.AGAINST, Group.DOUBT
OPPOSING = (AGAINST, DOUBT)
"""Sides that lower the strength of the line that they target; of a claim they are two strengths, kept apart."""
LIMIT = Group.LIMIT

LOST, POOLED, OWN_DOUBT = "resting on retracted studies", "pooled in a review", "a doubt of its own result"
"""Reasons that a line carries nothing, beside `RETRACTED` and `SUPERSEDED`: see `EvidenceLine.excluded_because`."""
PREPRINT, SILENT, POOLS_RETRACTED = "preprint", "superseded in silence", "pools retracted studies"

_REASSURING = {"NoDifference", "Benefit"}
"""Directions of the effect of a claim on harms that says of none: whoever denies it has found one."""
_MOST_EXACT = 18
"""Dependent lines up to which the heaviest set is found exactly; above, the heaviest are taken first."""


class Bound(NamedTuple):
    """Rating that binds a line: what a review says of the evidence on a claim, of which the line is a part."""

    review: str
    most: float
    """The most that all lines of a side that it binds come to."""


class Covered(NamedTuple):
    """Studies that a review may rest on though it is not known to: its list is unknown, or shorter than stated."""

    until: str
    designs: frozenset[str]


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
    is_evidence: bool
    """True if it is more than somebody's word: of a tier above opinion."""
    base: float
    """The base score, by the rules of `kg.arguments.rules`."""
    studies: frozenset[str]
    """The studies that it derives from (through reviews too); of somebody's word the voice."""
    covers: Covered | None
    """Of a review, the studies that it may rest on beside the known ones."""
    is_review: bool
    designs: frozenset[str]
    """Kinds of the study that it is from; none for a review, and for somebody's word."""
    date: str
    excluded_because: str
    """Reason that it carries nothing: `RETRACTED`, `SUPERSEDED`, `LOST` (its review has lost what it rested on),
    `POOLED` (a review lists its study and does not take this side), `OWN_DOUBT` (of a study that itself affirms or
    denies the claim); else empty."""
    flags: tuple[str, ...]
    """The interests (their IRIs) behind it: of its speakers in what they speak about, of anybody in its evidence."""
    rules: tuple[str, ...]
    """Names of the rules that made it weigh otherwise than its kind of evidence."""
    bound: Bound | None
    small: bool
    """True for a trial that is imprecise."""
    own_report: bool
    """True for what a study reports of its own conduct."""
    rests: frozenset[str]
    """The studies and sources that it directly rests on."""
    marks: tuple[str, ...]
    """Of `PREPRINT`, `SILENT`, `POOLS_RETRACTED` and the values of `CAVEATS`: what a reader must know of it."""


Body = tuple[EvidenceLine, float]
"""A line and its weight; weights are added."""


@dataclass(frozen=True)
class Lines:
    """Lines of a store, with an index of those that bear on each."""

    facts: Facts
    lines: tuple[EvidenceLine, ...]

    @property
    def tables(self) -> Tables:
        """The tables of the store."""
        return self.facts.tables

    @property
    def policy(self) -> Policy:
        """The policy by which the lines have their scores."""
        return self.facts.policy

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
        # What is said to a study or a source is said to every line that rests on it.
        evidence = self.at.keys() - found.keys() - set(self.tables.claims)
        for line in self.lines if evidence else ():
            for node in line.rests & evidence:
                found[node].append(line)
        return dict(found)

    @cached_property
    def hits(self) -> dict[str, tuple[EvidenceLine, ...]]:
        """Index by name of a line -> the lines that attack, support or qualify it, the strongest first."""
        found: defaultdict[str, list[EvidenceLine]] = defaultdict(list)
        for target, lines in self.at.items():
            for receiver in self._receivers.get(target, ()):
                found[receiver.name] += [line for line in lines if self._bears(line, receiver)]
        return {name: tuple(sorted(lines, key=_strongest_first)) for name, lines in found.items()}

    def _bears(self, line: EvidenceLine, receiver: EvidenceLine) -> bool:
        """Return True if a line bears on another: on any that it targets, and through a study on its results.

        What is held against a study is not held against whoever says the same, nor one limit that the study reports of
        itself against the next.
        """
        if line.name == receiver.name or line.target in (receiver.node, *receiver.premises):
            return line.name != receiver.name
        said = {claim for premise in line.premises for claim in (premise, *self.tables.all(premise, "asserts"))}
        is_own = line.own_report and receiver.own_report and line.rests & receiver.rests
        return receiver.target not in said and not is_own

    def around(self, claim: str) -> tuple[EvidenceLine, ...]:
        """Return the lines toward `claim`, and all that bear on these lines, however far."""
        direct = [line.name for line in self.at.get(claim, ())]
        found = reached(direct, lambda name: [line.name for line in self.hits.get(name, ())])
        return tuple(self.by_name[name] for name in sorted(found))

    def without(self, names: frozenset[str]) -> Lines:
        """Return the lines except those called `names`."""
        return Lines(self.facts, tuple(line for line in self.lines if line.name not in names))


def build(tables: Tables, policy: Policy, retracted: frozenset[str] = frozenset()) -> Lines:
    """Return the lines of a store; the sources and studies `retracted` are taken as retracted."""
    facts = Facts(tables, policy, retracted)
    return Lines(facts, tuple(sorted(_Builder(facts).lines(), key=lambda x: x.name)))


def _strongest_first(line: EvidenceLine) -> tuple[int, float, str]:
    return -line.tier.rank, -line.base, line.name


class _Builder:
    """Builder of lines: the rule of a dispute says which there are, `kg.arguments.rules` what they weigh."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._tables = facts.tables
        self._targets = facts.tables.inverse("target")

    def lines(self) -> Iterator[EvidenceLine]:
        """Yield the lines of arguments, then those of bare assertions."""
        tables = self._tables
        for argument, targets in tables.table("target").items():
            group = group_of_argument(tables, argument)
            if group is None or group not in (*SIDES, LIMIT):
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
                    yield self._drawn((assertion,), claim, "", group)._replace(name=name)

    def _argued(self, argument: str, target: str, side: Group, name: str) -> Iterator[EvidenceLine]:
        """Yield a line for each body of evidence among the premises; one that is itself a target stays alone."""
        groups: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        drawn: dict[str, EvidenceLine] = {}
        for premise in self._tables.all(argument, "premise"):
            if stance_of(self._tables, premise) not in REMARKS:
                line = drawn[premise] = self._drawn((premise,), target, argument, side)
                alone = premise if premise in self._targets else ""
                weight = line.tier.rank, line.base, line.small, line.bound, line.excluded_because
                groups[line.studies, *weight, alone].append(premise)
        for group in groups.values():
            part = name if len(groups) == 1 else f"{name} {group[0]}"
            line = drawn[group[0]] if len(group) == 1 else self._drawn(tuple(group), target, argument, side)
            yield line._replace(name=part)

    def _drawn(self, premises: tuple[str, ...], target: str, argument: str, side: Group) -> EvidenceLine:
        facts, first = self._facts, premises[0]
        case = Case(facts, first, target, argument, side, stated_tier(facts, first))
        piece = weighed(case)
        reviews = facts.reviews(first) if piece.is_evidence else []
        return EvidenceLine(
            name=argument or first,
            node=argument or first,
            premises=premises,
            target=target,
            side=side,
            tier=piece.tier,
            is_evidence=piece.is_evidence,
            base=piece.base,
            studies=self._studies(case, piece),
            covers=self._covers(reviews),
            is_review=bool(reviews),
            designs=frozenset() if reviews or not piece.is_evidence else frozenset(case.designs() or case.kinds()),
            date=facts.date(first),
            excluded_because=self._excluded_because(case, piece),
            flags=self._flags(premises, target),
            rules=piece.rules,
            bound=self._bound(piece),
            small=piece.small,
            own_report=piece.own_report,
            rests=facts.rests(first).union(*map(facts.rests, premises[1:])),
            marks=self._marks(first, target, side),
        )

    def _bound(self, piece: WeighedPremise) -> Bound | None:
        if piece.binding is None:
            return None
        share = self._facts.share(piece.binding)
        return Bound(piece.binding.review, share * self._facts.policy.review.score)

    def _studies(self, case: Case, piece: WeighedPremise) -> frozenset[str]:
        """Return what makes a line one with others: its studies, and of somebody's word the voice.

        A reanalysis is one with the study whose data it has; what it says of how that was done is a witness of its own.
        """
        facts, tables, premise = self._facts, self._tables, case.premise
        said = premise in tables.table("asserts")
        nodes = facts.traced(premise) + facts.told(premise) if said else facts.traces(premise) or [premise]
        studies = frozenset[str]().union(*map(facts.reach, nodes))
        if facts.kind(case.claim) != METHODOLOGICAL:
            studies = frozenset(reached(studies, lambda study: tables.all(study, "reanalysisOf")))
        if not said or piece.is_evidence:
            return studies
        agent = tables.one(premise, "agent")
        return studies | {facts.voice(agent) if agent else premise}

    def _covers(self, reviews: list[str]) -> Covered | None:
        facts = self._facts
        unlisted = [review for review in reviews if facts.is_open(review)]
        if not unlisted:
            return None
        kinds = {kind for review in unlisted for study in facts.pooled(review) for kind in facts.designs(study)}
        return Covered(max(map(facts.until, unlisted)), frozenset(kinds or {TRIAL}))

    def _excluded_because(self, case: Case, piece: WeighedPremise) -> str:
        facts, premise = self._facts, case.premise
        nodes = [*facts.sources(premise), *facts.traces(premise)]
        if (gone := facts.fate(premise)) and not (
            gone == SUPERSEDED and self._is_kept_harm(case.target, case.side, nodes)
        ):
            return gone
        reviews = facts.reviews(premise)
        if any(facts.lost(review) for review in reviews) and not facts.is_without(premise):
            if piece.is_evidence and max(map(facts.lost, reviews)) > self._most_lost:
                return LOST
            if any(facts.is_redone(case.target, review) for review in reviews):
                return LOST
        if case.target not in facts.claims or not piece.is_evidence:
            return ""
        origins = facts.origins(premise)
        if case.side is DOUBT:
            return OWN_DOUBT if facts.taking(case.target).intersection(origins) else ""
        if case.side is LIMIT:  # a review takes sides, and may well leave a limit to its studies
            return ""
        taken = facts.taken(case.target)
        known = [taken[study] for study in origins if study in taken]
        return POOLED if known and len(known) == len(origins) and not any(case.side in each for each in known) else ""

    @property
    def _most_lost(self) -> float:
        return self._facts.policy.figures.nothing_above

    def _is_kept_harm(self, target: str, side: Group, nodes: list[str]) -> bool:
        """Return True if a harm is found, or one limited, and what supersedes the sources says nothing of it."""
        facts = self._facts
        reassures = not _REASSURING.isdisjoint(self._tables.all(target, "effectDirection"))
        if facts.kind(target) != HARM or side == (FOR if reassures else AGAINST) or side is DOUBT:
            return False
        papers = [paper for node in nodes for paper in (node, *facts.papers(node))]
        return not any(facts.speaks(new, target) for paper in papers for new in facts.successors.get(paper, ()))

    def _marks(self, premise: str, target: str, side: Group) -> tuple[str, ...]:
        facts = self._facts
        nodes = [*facts.sources(premise), *facts.traces(premise)]
        found = [PREPRINT] if facts.is_preprint(premise) else []
        found += facts.caveats(nodes)
        silent = facts.fate(premise) == SUPERSEDED and self._is_kept_harm(target, side, nodes)
        found += [SILENT] if silent else []
        lost = any(map(facts.lost, facts.reviews(premise))) and not facts.is_without(premise)
        return (*found, *([POOLS_RETRACTED] if lost else []))

    def _flags(self, premises: tuple[str, ...], target: str) -> tuple[str, ...]:
        return tuple(sorted(set[str]().union(*(interests_behind(self._tables, each, [target]) for each in premises))))


def heaviest(bodies: Iterable[Body]) -> list[Body]:
    """Return the independent lines that weigh most together."""
    ordered = sorted(bodies, key=lambda body: (-body[1], body[0].name))
    if len(ordered) < 2:
        return ordered
    distinct: dict[object, Body] = {}
    covering = any(body[0].covers for body in ordered)
    for body in ordered:
        line = body[0]
        kind = (line.covers, line.is_review, line.designs, line.date) if covering else ()
        distinct.setdefault((line.studies, kind), body)
    return [body for part in _parts(list(distinct.values()), covering) for body in _best(part)]


def dependent(one: EvidenceLine, other: EvidenceLine) -> bool:
    """Return True if the two may rest on the same evidence."""
    return bool(one.studies & other.studies) or _may_include(one, other) or _may_include(other, one)


def _may_include(review: EvidenceLine, line: EvidenceLine) -> bool:
    if review.covers is None:
        return False
    known = line.is_review or (line.designs & review.covers.designs)
    return bool(known) and (line.is_review or up_to(line.date, review.covers.until))


def _parts(bodies: list[Body], covering: bool) -> list[list[Body]]:
    """Return the bodies in groups without dependence between them, the order within each kept."""
    home: dict[object, int] = {}
    parts: dict[int, list[Body]] = {}
    for number, body in enumerate(bodies):
        joined = {home[tie] for tie in _ties(body[0], covering) if tie in home}
        # The smaller parts move into the largest, so that a body moves a few times at most.
        largest = max(joined, key=lambda part: (len(parts[part]), part), default=number)
        moved = [other for part in sorted(joined - {largest}) for other in parts.pop(part)]
        parts.setdefault(largest, []).extend([*moved, body])
        home.update((tie, largest) for other in [*moved, body] for tie in _ties(other[0], covering))
    return [sorted(part, key=lambda body: (-body[1], body[0].name)) for part in parts.values()]


def _ties(line: EvidenceLine, covering: bool) -> list[object]:
    """Return the keys that a line shares with its dependents: its studies, and one for what a review may include."""
    return [*line.studies, *([True] if covering and (line.is_review or line.designs) else [])]


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
