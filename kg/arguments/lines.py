"""From a store to lines: what speaks for a claim, against it or about its evidence, each with its tier and its roots.

A line is an affirming, denying or doubting assertion, or what one body of evidence contributes to an argument: its
premises that rest on the same studies make one line, premises that rest on different studies make several.  An
assertion that is already a premise of an argument on its claim is not counted again, and "no evidence" is no line.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.arguments.policy import Policy, Tier
    from kg.model.tables import Tables

SIDES = FOR, AGAINST, DOUBT = "for", "against", "doubt"
LIMIT = "limit"
OPPOSING = (AGAINST, DOUBT)
"""Sides that lower the strength of their target; a doubt does so too, but is never listed as being against it."""
_DIRECTIONS = {"Supports": FOR, "Opposes": AGAINST, "Qualifies": LIMIT}
_STANCES = {"Affirms": FOR, "Denies": AGAINST, "Doubts": DOUBT}
_ANONYMOUS = {"Anonymous", "Collective"}

RETRACTED, SUPERSEDED = "retracted", "superseded"

_SECOND_HAND = {"NewspaperArticle", "WebPage", "PressRelease", "ExperimentalProtocol", "PositionPaper"}
"""What reports of a study but does not publish its results: it does not uphold a study whose paper is retracted."""
_REVIEW = "systematic review"


class Root(NamedTuple):
    """What a premise rests on."""

    tier: Tier
    studies: frozenset[str]
    """The studies that it goes back to (through reviews too); where there is none, who says it, or the node itself."""
    excluded_because: str
    """Why it carries nothing: retracted, superseded; else empty."""
    stance: str
    """`Affirms`, `Denies`, `Doubts`, `NoEvidence`; empty where it is no assertion."""


class Line(NamedTuple):
    """One thing said toward a claim, an argument or an assertion."""

    name: str
    """Unique, and the same for the same data: the IRI of `node`, with the first premise where it makes several."""
    node: str
    """The argument, or the bare assertion."""
    premises: tuple[str, ...]
    target: str
    side: str
    """`FOR` or `AGAINST` its target, a `DOUBT` of it, or a `LIMIT`."""
    tier: Tier
    base: float
    """The base score: the tier's score, less where its own source states a lower certainty."""
    studies: frozenset[str]
    unlisted: bool
    """Whether it is a review of which no included study is known, so that it may overlap with any other review."""
    excluded_because: str
    flags: tuple[str, ...]
    """The interests (their IRIs) of its speakers in what they speak about."""


@dataclass(frozen=True)
class Lines:
    """All lines of a store, and who hits whom."""

    record: Tables
    policy: Policy
    lines: tuple[Line, ...]

    @cached_property
    def by_name(self) -> dict[str, Line]:
        """Name -> line."""
        return {line.name: line for line in self.lines}

    @cached_property
    def at(self) -> dict[str, list[Line]]:
        """Claim, argument or assertion -> the lines toward it."""
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.target].append(line)
        return dict(found)

    @cached_property
    def _receivers(self) -> dict[str, list[Line]]:
        """Argument or assertion -> the lines that fall if it falls."""
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.node].append(line)
            if len(line.premises) == 1 and line.premises[0] != line.node:
                found[line.premises[0]].append(line)
        return dict(found)

    @cached_property
    def hits(self) -> dict[str, tuple[Line, ...]]:
        """Name of a line -> the lines that attack, support or qualify it, the strongest first."""
        found: defaultdict[str, list[Line]] = defaultdict(list)
        for target, lines in self.at.items():
            for receiver in self._receivers.get(target, ()):
                found[receiver.name] += [line for line in lines if line.name != receiver.name]
        return {name: tuple(sorted(lines, key=_strongest_first)) for name, lines in found.items()}

    def around(self, claim: str) -> tuple[Line, ...]:
        """Return the lines toward `claim`, and all that bear on these lines, however far."""
        found, waiting = dict[str, Line](), list(self.at.get(claim, ()))
        while waiting:
            line = waiting.pop()
            if line.name not in found:
                found[line.name] = line
                waiting += self.hits.get(line.name, ())
        return tuple(found[name] for name in sorted(found))

    def without(self, names: frozenset[str]) -> Lines:
        """Return the lines but those called `names`."""
        return Lines(self.record, self.policy, tuple(line for line in self.lines if line.name not in names))


def build(record: Tables, policy: Policy, retracted: frozenset[str] = frozenset()) -> Lines:
    """Return the lines of what a store states; `retracted` are sources and studies to be taken as retracted."""
    return Lines(record, policy, tuple(sorted(_Builder(record, policy, retracted).lines(), key=lambda x: x.name)))


def _strongest_first(line: Line) -> tuple[int, float, str]:
    return -line.tier.rank, -line.base, line.name


class _Builder:
    """Goes through arguments and assertions once."""

    def __init__(self, record: Tables, policy: Policy, retracted: frozenset[str]) -> None:
        self._record = record
        self._policy = policy
        marked = record.table("sourceStatus").items()
        self._retracted = retracted | {source for source, status in marked if "Retracted" in status}
        superseded = {old for olds in record.table("supersedes").values() for old in olds}
        self._superseded = superseded
        self._roots: dict[str, Root] = {}
        self._studies: dict[str, frozenset[str]] = {}
        self._targets = record.inverse("target")
        self._interests = record.inverse("interestOf")

    def lines(self) -> Iterator[Line]:
        """Yield the lines of arguments, then those of bare assertions."""
        record, counted = self._record, set[tuple[str, str]]()
        for argument in record.table("target"):
            target, side = record.one(argument, "target"), _DIRECTIONS.get(record.one(argument, "direction") or "")
            if target and side:
                premises = record.all(argument, "premise")
                if side != LIMIT:
                    counted |= {(premise, target) for premise in premises}
                yield from self._argued(argument, premises, target, side)
        for assertion in record.table("asserts"):
            claim, side = record.one(assertion, "asserts"), _STANCES.get(record.one(assertion, "stance") or "")
            if claim and side and (assertion, claim) not in counted:
                yield self._line(assertion, (assertion,), claim, side, assertion)

    def _argued(self, argument: str, premises: list[str], target: str, side: str) -> Iterator[Line]:
        """Yield a line for each body of evidence among the premises; one that is itself a target stays alone."""
        groups: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
        for premise in premises:
            root = self._root(premise)
            if root.stance != "NoEvidence":
                alone = premise if premise in self._targets else ""
                doubt = root.stance == "Doubts"
                share = self._share(premise, target)
                groups[root.studies, root.tier.rank, root.excluded_because, doubt, share, alone].append(premise)
        for group in groups.values():
            name = argument if len(groups) == 1 else f"{argument} {group[0]}"
            yield self._line(argument, tuple(group), target, side, name)

    def _line(self, node: str, premises: tuple[str, ...], target: str, side: str, name: str) -> Line:
        root = self._root(premises[0])
        review = root.tier == self._policy.tier(_REVIEW)
        return Line(
            name=name,
            node=node,
            premises=premises,
            target=target,
            side=DOUBT if side == AGAINST and root.stance == "Doubts" else side,
            tier=root.tier,
            base=root.tier.score * self._share(premises[0], target),
            studies=root.studies,
            unlisted=review and not any(self._record.all(study, "includesStudy") for study in root.studies),
            excluded_because=root.excluded_because,
            flags=self._flags(premises, target),
        )

    def _share(self, premise: str, target: str) -> float:
        """Return the share for the lowest certainty that the premise, or its study on the same claim, states."""
        shares = [self._policy.share(word) for word in self._record.all(premise, "certainty")]
        for origin in self._origins(premise):
            shares += self._by_origin.get((target, origin), ())
        return min(shares, default=1.0)

    @cached_property
    def _by_origin(self) -> dict[tuple[str, str], list[float]]:
        """(Claim, study) -> the shares for the certainty that the study states of the evidence on the claim."""
        record, found = self._record, defaultdict[tuple[str, str], list[float]](list)
        for premise, words in record.table("certainty").items():
            targets = {*record.all(premise, "asserts")}
            for argument in record.inverse("premise").get(premise, ()):
                targets |= set(record.all(argument, "target"))
            for origin in self._origins(premise):
                for target in targets:
                    found[target, origin] += map(self._policy.share, words)
        return dict(found)

    def _origins(self, premise: str) -> list[str]:
        """Return the studies that a premise is directly from, or else its source."""
        record = self._record
        nodes = record.all(premise, "tracedTo") or record.inverse("finding").get(premise, [])
        studies = [study for node in nodes for study in record.all(node, "reports") or [node]]
        return studies or record.all(premise, "source")

    def _root(self, premise: str) -> Root:
        if premise not in self._roots:
            said = premise in self._record.table("asserts")
            self._roots[premise] = self._of_assertion(premise) if said else self._of_evidence(premise)
        return self._roots[premise]

    def _of_assertion(self, assertion: str) -> Root:
        """An assertion's tier is its evidence kind if traced, and not above the design that it is traced to."""
        record, policy = self._record, self._policy
        agent = record.one(assertion, "agent")
        traces = record.all(assertion, "tracedTo")
        studies = frozenset[str]().union(*map(self._reach, traces)) if traces else frozenset({agent or assertion})
        stated = policy.tier(record.one(assertion, "evidenceKind") or "")
        tier = min([stated, *self._designs(traces)]) if stated and traces else None
        if tier is None or tier.rank <= policy.untraced.rank:
            named = traces or (agent and record.one(agent, "agentKind") not in _ANONYMOUS)
            tier = min(tier or policy.untraced, policy.untraced if named else policy.anonymous)
        excluded = self._excluded_because([*record.all(assertion, "source"), *traces])
        return Root(tier, studies, excluded, record.one(assertion, "stance") or "")

    def _of_evidence(self, node: str) -> Root:
        """A finding has the design of its study; a study, a source or another node what is stated of it."""
        record, policy = self._record, self._policy
        holders = record.inverse("finding").get(node)
        if holders and (said := [holder for holder in holders if holder in record.table("asserts")]):
            return self._root(said[0])._replace(stance="")
        nodes = holders or [node]
        stated = [tier for kind in record.all(node, "evidenceKind") if (tier := policy.tier(kind))]
        tier = min([*stated, *self._designs(nodes)], default=policy.anonymous)
        return Root(tier, frozenset().union(*map(self._reach, nodes)), self._excluded_because(nodes), "")

    def _designs(self, nodes: list[str]) -> list[Tier]:
        """Return the tiers of the studies that `nodes` are or report; the best for a source that reports several."""
        found = []
        for node in nodes:
            designs = [kind for study in [node, *self._record.all(node, "reports")] for kind in self._design(study)]
            found += [max(tiers)] if (tiers := [t for kind in designs if (t := self._policy.tier(kind))]) else []
        return [max(found)] if found else []

    def _design(self, study: str) -> list[str]:
        return self._record.all(study, "design")

    def _reach(self, node: str) -> frozenset[str]:
        """Return the studies that a study, or a source, goes back to: itself, and what a review includes."""
        if node not in self._studies:
            records = [node, *self._record.all(node, "sameSourceAs")]
            start = [study for record in records for study in self._record.all(record, "reports") or [record]]
            found, waiting = set[str](), list(start)
            while waiting:
                study = waiting.pop()
                if study not in found:
                    found.add(study)
                    waiting += self._record.all(study, "includesStudy") + self._record.all(study, "sameStudyAs")
            self._studies[node] = frozenset(found)
        return self._studies[node]

    def _excluded_because(self, nodes: list[str]) -> str:
        """Return why what rests on `nodes` carries nothing: one of them is retracted, or has a successor."""
        record = self._record
        for node in nodes:
            papers = [paper for paper in record.inverse("reports").get(node, []) if self._publishes(paper)]
            for status, marked in ((RETRACTED, self._retracted), (SUPERSEDED, self._superseded)):
                if node in marked or (papers and all(paper in marked for paper in papers)):
                    return status
        return ""

    def _publishes(self, source: str) -> bool:
        """Say whether a source that reports a study is one in which its results stand."""
        return not _SECOND_HAND & set(self._record.all(source, "genre"))

    def _flags(self, premises: tuple[str, ...], target: str) -> tuple[str, ...]:
        """Return the interests of the speakers of `premises`, in the topics of what they speak about."""
        if not self._interests:
            return ()
        record, found = self._record, set[str]()
        for premise in premises:
            if not any(agent in self._interests for agent in self._memberships(premise)):
                continue
            claims = [target, *record.all(premise, "asserts")]
            topics = {topic for claim in claims for topic in record.topics(claim)}
            for agent in self._memberships(premise):
                for interest in self._interests.get(agent, ()):
                    if topics & set(record.all(interest, "interestIn")):
                        found.add(interest)
        return tuple(sorted(found))

    def _memberships(self, premise: str) -> Iterator[str]:
        """Yield who says `premise`, and what they are part of."""
        waiting, seen = list(self._record.all(premise, "agent")), set[str]()
        while waiting:
            agent = waiting.pop()
            if agent not in seen:
                seen.add(agent)
                yield agent
                waiting += self._record.all(agent, "isPartOf")
