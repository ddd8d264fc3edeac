"""Standing of a claim: its undefeated lines for and against and its doubts, kept apart, and never a verdict.

A claim has a strength for, a strength against and a strength of doubt, each over the lines that stand, and one of four
states, which the doubts do not touch.  The rules are in docs/standing.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.lines import (
    AGAINST,
    DOUBT,
    FOR,
    LIMIT,
    LOST,
    OPPOSING,
    POOLED,
    PREPRINT,
    SIDES,
    SILENT,
    EvidenceLine,
    Lines,
    build,
    dependent,
    heaviest,
)
from kg.arguments.origins import RETRACTED, SUPERSEDED
from kg.arguments.rules import stated_tier
from kg.arguments.semantics.framework import Framework
from kg.errors import UsageError
from kg.model.dispute import lines as dispute_lines
from kg.model.vocabulary import REMARKS, Group
from kg.namespaces import shrink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.arguments.facts import Rating
    from kg.arguments.lines import Body
    from kg.arguments.policy import Policy, Tier
    from kg.model.graph import Tables

DEFAULT = "quadratic-energy"
REFERENCE_SEMANTICS = ("quadratic-energy", "df-quad", "grounded")
"""Ways of weighing under which the states of a claim are compared."""
SEMANTICS = (*REFERENCE_SEMANTICS, "euler")

SUPPORTED, OPPOSED, CONTESTED, UNSUPPORTED = "supported", "opposed", "contested", "unsupported"
STATES = (SUPPORTED, CONTESTED, OPPOSED, UNSUPPORTED)

NEVER_STUDIED, LOOKED_FOR, DOUBTED = "never studied", "looked for, not shown", "doubted"
REANALYSED, DEFEATED = "reanalysed, not upheld", "defeated"
"""Reasons why a claim is unsupported, beside `SUPERSEDED` and `RETRACTED`."""
_ROUNDING = 1e-9
_NEARLY_ONE = 1 - 1e-12


class Weighed(NamedTuple):
    """Line with its strength, and whether it is undefeated."""

    line: EvidenceLine
    strength: float
    """Strength from 0 to 1, under the chosen semantics; 0 for an excluded line."""
    stands: Mapping[str, bool]
    """Semantics -> True if the line is undefeated under it."""


@dataclass(frozen=True, repr=False)
class Standing:
    """Standing of a claim: state, strengths, tiers, and the lines behind them."""

    claim: str
    semantics: str
    state: str
    """State by the lines for and against alone: a doubt never makes a claim contested or opposed."""
    states: Mapping[str, str]
    """Semantics -> the state under it."""
    strength_for: float
    """Strength of the undefeated lines for the claim, from 0 to 1."""
    strength_against: float
    """Strength of the undefeated denials and oppositions, from 0 to 1."""
    strength_doubt: float
    """Strength of the undefeated doubts, from 0 to 1."""
    tier_for: Tier | None
    """Highest tier of an undefeated line for the claim."""
    tier_against: Tier | None
    """Highest tier of an undefeated denial or opposition."""
    tier_doubt: Tier | None
    """Highest tier of an undefeated doubt."""
    because: str
    """Of an unsupported claim the reason, such as `NEVER_STUDIED`; else empty."""
    ratings: tuple[Rating, ...]
    """Current reviews' ratings of the evidence, the latest first, then those of the evidence on broader claims."""
    lines_for: tuple[Weighed, ...]
    """Lines for the claim, the strongest first; with defeated and excluded ones, as in the next two."""
    lines_against: tuple[Weighed, ...]
    """Denials and opposing arguments."""
    doubts: tuple[Weighed, ...]
    """Lines that say that the evidence does not carry the claim: no refutation."""
    limits: tuple[EvidenceLine, ...]
    remarks: tuple[str, ...]
    """Assertions that there is no evidence, or that what there is cannot tell: neither for nor against."""
    beside: frozenset[str]
    """Names of the undefeated voices that do not count, because evidence alone makes the state."""
    questioned: frozenset[str]
    """Names of the lines whose data a reanalysis questions that does not defeat them."""
    independent: Mapping[Group, tuple[EvidenceLine, ...]]
    """Side -> the lines of the tier that makes its strength, of which no two depend on one another."""

    @property
    def strengths(self) -> dict[Group, float]:
        """Return side -> its strength."""
        return dict(zip(SIDES, (self.strength_for, self.strength_against, self.strength_doubt), strict=True))

    @property
    def tiers(self) -> dict[Group, Tier | None]:
        """Return side -> the highest tier of its undefeated lines."""
        return dict(zip(SIDES, (self.tier_for, self.tier_against, self.tier_doubt), strict=True))

    @property
    def weighing_matters(self) -> bool:
        """True if the state is not the same under all of `REFERENCE_SEMANTICS`."""
        return len({self.states[name] for name in REFERENCE_SEMANTICS}) > 1

    @property
    def certainty(self) -> str | None:
        """GRADE's word for the body of evidence, as the latest review rates it; of a range the lower end."""
        return next((x.levels[0] for x in self.ratings if not x.withheld and not x.broader), None)

    @property
    def lines(self) -> tuple[Weighed, ...]:
        """Return the lines for the claim, those against it, and the doubts."""
        return self.lines_for + self.lines_against + self.doubts

    @property
    def flags(self) -> tuple[str, ...]:
        """Return the interests behind the undefeated lines."""
        flags = {flag for each in self.undefeated(*SIDES) for flag in each.line.flags}
        return tuple(sorted(flags))

    def __repr__(self) -> str:
        named = [
            (side, tier.label if tier else "nothing") for side, tier in self.tiers.items() if tier or side != DOUBT
        ]
        sides = ", ".join(f"{side} {self.strengths[side]:.3f} ({tier})" for side, tier in named)
        return f"<Standing of {shrink(self.claim)}: {self.state}, {sides}>"

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self)[1:-1])}</p>"

    def makers(self, side: Group) -> tuple[EvidenceLine, ...]:
        """Return the lines that make the strength of a side; of those that a review binds, its own where it has one."""
        lines = self.independent[side]
        review = lines[0].bound.review if lines and lines[0].bound else None
        own = [x.line for x in self.undefeated(side) if x.line.is_review and review in x.line.rests and x.line.bound]
        return (min(own, key=lambda line: (line not in lines, -line.base, line.name)),) if own else lines

    def undefeated(self, *sides: str) -> tuple[Weighed, ...]:
        """Return the undefeated lines of `sides` that count."""
        return tuple(
            each
            for each in self.lines
            if each.line.side in sides and each.stands[self.semantics] and each.line.name not in self.beside
        )


class Made(NamedTuple):
    """Strength of one side, and what makes it."""

    strength: float
    tier: Tier | None
    lines: tuple[EvidenceLine, ...]
    """Lines of this tier that do not depend on one another, the weightiest first."""


class Weights(NamedTuple):
    """Strengths of all lines, and the names of the defeated ones."""

    lines: Lines
    semantics: str
    strengths: Mapping[str, float]
    """Name of a line that another bears on -> its strength; any other line has its base score."""
    fallen: Mapping[str, frozenset[str]]
    """Semantics -> the names of the lines that are defeated under it."""
    questioned: frozenset[str]

    def of(self, line: EvidenceLine) -> Weighed:
        """Return `line` with its strength, and whether it is undefeated."""
        stands = {name: not line.excluded_because and line.name not in fallen for name, fallen in self.fallen.items()}
        strength = 0.0 if line.excluded_because else self.strengths.get(line.name, line.base)
        return Weighed(line, strength, stands)


def standings(
    tables: Tables, policy: Policy, claims: Iterable[str] | None = None, semantics: str = DEFAULT
) -> list[Standing]:
    """Return the standing of each claim, in the order of their IRIs.

    Raises UsageError for an unknown semantics, NotConvergedError where the strengths of a cycle do not settle.
    """
    return conclude(weigh(build(tables, policy), semantics), claims)


def known(semantics: str) -> str:
    """Return `semantics` if it is one of `SEMANTICS`; else raise UsageError."""
    if semantics not in SEMANTICS:
        raise UsageError(f"no semantics '{semantics}'; there are {', '.join(SEMANTICS)}")
    return semantics


def weigh(lines: Lines, semantics: str = DEFAULT, reference_semantics: Iterable[str] = REFERENCE_SEMANTICS) -> Weights:
    """Return the strengths under `semantics`, and the lines defeated under it and each of `reference_semantics`."""
    known(semantics)
    fallen = {name: _fallen(lines, name) for name in dict.fromkeys([semantics, *reference_semantics])}
    raw = _evaluate(_framework(lines, semantics, counting=False), semantics)
    strengths = {}
    for name, strength in raw.items():
        line = lines.by_name[name]
        # Weaker attacks do not defeat, so that together they cannot take more than a defeat would.
        floor = 0.0 if name in fallen[semantics] else line.base * lines.policy.min_retained
        strengths[name] = min(max(strength, floor), line.tier.ceiling)
    questioned = frozenset(name for hit, name in _reanalyses(lines) if hit.name not in fallen[semantics])
    return Weights(lines, semantics, strengths, fallen, questioned - fallen[semantics])


def conclude(weights: Weights, claims: Iterable[str] | None = None) -> list[Standing]:
    """Return the standing of each of `claims`, of all where none are named, in the order of their IRIs."""
    chosen = weights.lines.tables.claims if claims is None else sorted(set(claims))
    return [_standing(weights, claim) for claim in chosen]


def counting(lines: Iterable[Weighed], semantics: str) -> list[Weighed]:
    """Return the undefeated lines that make a state: where evidence stands for or against, no side of voices alone."""
    found = [each for each in lines if each.stands[semantics]]
    evident = {each.line.side for each in found if each.line.is_evidence} & {FOR, AGAINST}
    return [each for each in found if not evident or each.line.side in (*evident, DOUBT)]


def side_made(lines: Iterable[Weighed], side: Group, policy: Policy) -> Made:
    """Return the strength of one side's lines together, with the tier and the lines that make it.

    Within a tier, 1 - product(1 - strength) over the heaviest set of lines of which no two rest on the same study,
    and at most the tier's ceiling; then the greatest over the tiers, so that lines of a lower tier add nothing.  Lines
    that one rating binds come together to no more than it allows, and have the tier of the review that rates.
    """
    bodies: defaultdict[tuple[str, int], list[Weighed]] = defaultdict(list)
    for each in lines:
        if each.line.side is side:
            bodies[each.line.bound.review if each.line.bound else "", each.line.tier.rank].append(each)
    found: list[tuple[bool, Made]] = []
    for group in bodies.values():
        line, (together, chosen) = group[0].line, _together(group)
        strength = min(together, line.tier.ceiling, line.bound.most if line.bound else 1.0)
        found.append((line.is_evidence, Made(strength, policy.review if line.bound else line.tier, chosen)))
    if not found:
        return Made(0.0, None, ())
    best = max((made for evident, made in found if evident), default=None, key=_by_strength)
    best = best or max((made for _, made in found), key=_by_strength)
    return best._replace(strength=max(made.strength for _, made in found))


def _by_strength(made: Made) -> tuple[float, int]:
    # To nine digits, so that of two tiers that make the same strength the higher does.
    return round(made.strength, 9), made.tier.rank if made.tier else -1


def _framework(lines: Lines, semantics: str, counting: bool) -> Framework:
    """Return the framework of lines, one edge a body of evidence; with `counting`, only from the target's tier up."""
    attacks, supports = set[tuple[str, str]](), set[tuple[str, str]]()
    nodes = dict[str, float]()
    for name, hits in lines.hits.items():
        target = lines.by_name[name]
        least = target.tier.rank if counting else 0
        for pairs, sides in ((supports, (FOR,)), (attacks, OPPOSING)) if not target.excluded_because else ():
            bearing = [x for x in hits if x.side in sides and not x.excluded_because and x.tier.rank >= least]
            if counting and sides is OPPOSING:
                bearing = [hit for hit in bearing if _may_defeat(lines, hit, target)]
            for hit, _ in heaviest([(hit, _weight(hit.base, semantics)) for hit in bearing]):
                pairs.add((hit.name, name))
                nodes[hit.name], nodes[name] = hit.base, target.base
    return Framework(base=nodes, attacks=frozenset(attacks), supports=frozenset(supports))


def _weight(strength: float, semantics: str) -> float:
    """Return the weight that adds up when lines accrue: the strength, or a logarithm where strengths are multiplied."""
    return -math.log1p(-min(strength, _NEARLY_ONE)) if semantics == "df-quad" else strength


def _fallen(lines: Lines, semantics: str) -> frozenset[str]:
    """Return the lines that are not accepted, or that keep less than the policy's share of their base score."""
    framework = _framework(lines, semantics, counting=True)
    strengths = _evaluate(framework, semantics)
    keeps = lines.policy.min_retained
    fallen = {n for n, value in strengths.items() if value < keeps * framework.base[n] - _ROUNDING}
    return frozenset(fallen | {name for hit, name in _reanalyses(lines, sound=True) if hit.name not in fallen})


def _may_defeat(lines: Lines, hit: EvidenceLine, target: EvidenceLine) -> bool:
    """Return True if an attack may defeat: no preprint, no study's own report of its limits, and no reanalysis.

    A reanalysis has a rule of its own, see `_reanalyses`.
    """
    own = hit.own_report and bool(hit.rests & target.rests)
    return not own and PREPRINT not in hit.marks and not lines.facts.is_reanalysis(hit.premises, target.rests)


def _reanalyses(lines: Lines, sound: bool = False) -> Iterator[tuple[EvidenceLine, str]]:
    """Yield each line that rests on a reanalysis, with the name of the line that rests on the study reanalysed.

    If `sound`, only those that defeat: from something that can be looked at, by somebody without an interest in it,
    and peer-reviewed or confirmed by a second group.
    """
    facts = lines.facts
    if not facts.has_reanalyses:
        return
    for name, hits in lines.hits.items():
        target = lines.by_name[name]
        found = [x for x in hits if x.side in OPPOSING and not x.excluded_because]
        found = [hit for hit in found if facts.is_reanalysis(hit.premises, target.rests)]
        for hit in found:
            backing = [x for x in lines.hits.get(hit.name, ()) if x.side == FOR and x.is_evidence]
            able = [x for x in (*found, *backing) if x.is_evidence and not x.flags]
            groups = {facts.speaker(premise) for each in able for premise in each.premises}
            checked = len(groups) > 1 or any(map(facts.is_refereed, hit.premises))
            if not sound or (checked and hit.is_evidence and not hit.flags and PREPRINT not in hit.marks):
                yield hit, name


def _evaluate(framework: Framework, semantics: str) -> Mapping[str, float]:
    """Return name -> strength; under the grounded extension the base score of what is accepted, and 0."""
    from kg.arguments import df_quad, euler, grounded, quadratic_energy

    if not len(framework):
        return {}
    if semantics == "grounded":
        accepted = grounded(framework)
        return {name: score if name in accepted else 0.0 for name, score in framework.base.items()}
    gradual: dict[str, Callable[[Framework], Mapping[str, float]]] = {
        "quadratic-energy": quadratic_energy,
        "df-quad": df_quad,
        "euler": euler,
    }
    return gradual[semantics](framework)


def _standing(weights: Weights, claim: str) -> Standing:
    lines, tables, semantics = weights.lines, weights.lines.tables, weights.semantics
    toward = lines.at.get(claim, ())
    weighed = sorted(
        (weights.of(line) for line in toward if line.side != LIMIT), key=lambda each: (-each.strength, each.line.name)
    )
    sides = {side: tuple(each for each in weighed if each.line.side == side) for side in SIDES}
    counted = counting(weighed, semantics)
    pro, con, doubt = made = [side_made(counted, side, lines.policy) for side in SIDES]
    names = {each.line.name for each in counted}
    remarks = [x for x in tables.inverse("asserts").get(claim, ()) if tables.one(x, "stance") in REMARKS]
    silent = (Group.NO_EVIDENCE, Group.INCONCLUSIVE)
    remarks += [p for line in dispute_lines(tables, claim) if line.group in silent for p in line.premises]
    kept = frozenset[str]().union(*(line.rests for line in toward if SILENT in line.marks))
    state = state_of(weighed, semantics)
    return Standing(
        claim=claim,
        semantics=semantics,
        state=state,
        states={name: state_of(weighed, name) for name in weights.fallen},
        strength_for=pro.strength,
        strength_against=con.strength,
        strength_doubt=doubt.strength,
        tier_for=pro.tier,
        tier_against=con.tier,
        tier_doubt=doubt.tier,
        because=_because(weights, weighed, remarks, bool(doubt.tier)) if state == UNSUPPORTED else "",
        ratings=tuple(lines.facts.ratings_shown(claim, kept)),
        lines_for=sides[FOR],
        lines_against=sides[AGAINST],
        doubts=sides[DOUBT],
        limits=_limits(lines, toward, sides[FOR]),
        remarks=tuple(dict.fromkeys(remarks)),
        beside=frozenset(x.line.name for x in weighed if x.stands[semantics] and x.line.name not in names),
        questioned=weights.questioned.intersection(each.line.name for each in weighed if each.stands[semantics]),
        independent={side: each.lines for side, each in zip(SIDES, made, strict=True)},
    )


def _limits(lines: Lines, toward: Iterable[EvidenceLine], pro: Iterable[Weighed]) -> tuple[EvidenceLine, ...]:
    found = [line for line in toward if line.side == LIMIT and not line.excluded_because]
    for each in pro:
        hits = lines.hits.get(each.line.name, ())
        found += [hit for hit in hits if hit.side == LIMIT and not hit.excluded_because]
    return tuple({line.name: line for line in sorted(found, key=lambda x: (-x.tier.rank, x.name))}.values())


def _because(weights: Weights, weighed: Iterable[Weighed], remarks: Iterable[str], doubted: bool) -> str:
    """Return why nothing stands for a claim or against it."""
    weighed, lines = list(weighed), weights.lines
    reasons = {each.line.excluded_because for each in weighed}
    policy = lines.policy
    looked = any(stated_tier(lines.facts, remark).rank > policy.untraced.rank for remark in remarks)
    if looked or POOLED in reasons:
        return DOUBTED if doubted and not looked else LOOKED_FOR
    evidence = [x.line for x in weighed if x.line.is_evidence and x.line.side != DOUBT]
    if fallen := {line.name for line in evidence if not line.excluded_because}:
        gone = weights.fallen[weights.semantics]
        sound = {name for hit, name in _reanalyses(lines, sound=True) if hit.name not in gone}
        return REANALYSED if fallen & sound else DEFEATED
    for reason, others in ((SUPERSEDED, {SUPERSEDED}), (RETRACTED, {RETRACTED, LOST})):
        if reasons & others:
            return reason
    return DOUBTED if doubted else NEVER_STUDIED


def state_of(lines: Iterable[Weighed], semantics: str) -> str:
    """Return the state of a claim with these lines, by those for it and against it; the doubts do not matter."""
    sides = {each.line.side for each in counting(lines, semantics)}
    if FOR in sides:
        return CONTESTED if AGAINST in sides else SUPPORTED
    return OPPOSED if AGAINST in sides else UNSUPPORTED


def _together(group: list[Weighed]) -> tuple[float, tuple[EvidenceLine, ...]]:
    """Return 1 - product(1 - strength) over the independent lines of one tier that weigh most, and these lines.

    Imprecise trials come together to one precise one at most, so that it is also tried to take the precise ones first.
    """
    if len(group) == 1:
        return group[0].strength, (group[0].line,)
    precise = [each for each in group if not each.line.small]
    tried = [_heaviest(group)]
    if precise and len(precise) < len(group):
        first = _heaviest(precise)
        taken = [line for line, _ in first]
        rest = [each for each in group if each.line.small and not any(dependent(each.line, line) for line in taken)]
        tried += [first + _heaviest(rest)]
    strength, number = max((_accrued(chosen), -number) for number, chosen in enumerate(tried))
    return strength, tuple(line for line, _ in tried[-number])


def _heaviest(group: Iterable[Weighed]) -> list[Body]:
    # Logarithms, so that the greatest product has the greatest sum.
    return heaviest((each.line, _weight(each.strength, "df-quad")) for each in group)


def _accrued(chosen: list[Body]) -> float:
    small = math.fsum(sorted(weight for line, weight in chosen if line.small))
    whole = math.fsum(sorted(weight for line, weight in chosen if not line.small))
    most = _weight(chosen[0][0].tier.score, "df-quad")
    return -math.expm1(-(whole + min(small, most)))
