"""Standing of a claim: its undefeated lines for and against and its doubts, kept apart, and never a verdict.

A claim has a strength for, a strength against and a strength of doubt, each over the lines that stand, and one of four
states, which the doubts do not touch.  The rules are in docs/standing.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.lines import AGAINST, DOUBT, FOR, LIMIT, OPPOSING, SIDES, EvidenceLine, Lines, build, heaviest
from kg.arguments.semantics.framework import Framework
from kg.errors import UsageError
from kg.model.dispute import lines as dispute_lines
from kg.model.vocabulary import NO_EVIDENCE, Group
from kg.namespaces import shrink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.arguments.policy import Policy, Tier
    from kg.model.graph import Tables

DEFAULT = "quadratic-energy"
REFERENCE_SEMANTICS = ("quadratic-energy", "df-quad", "grounded")
"""A claim with the same state under all of these is robust."""
SEMANTICS = (*REFERENCE_SEMANTICS, "euler")

SUPPORTED, OPPOSED, CONTESTED, UNSUPPORTED = "supported", "opposed", "contested", "unsupported"
STATES = (SUPPORTED, CONTESTED, OPPOSED, UNSUPPORTED)

_CERTAINTIES = {"VeryLow": "very low", "Low": "low", "Moderate": "moderate", "High": "high"}
"""GRADE's four, from the lowest."""
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
    certainty: str | None
    """GRADE's word for the body of evidence, where somebody assessed it: "very low", "low", "moderate", "high"."""
    certainty_by: tuple[str, ...]
    """Assertions that state this certainty."""
    lines_for: tuple[Weighed, ...]
    """Lines for the claim, the strongest first; with defeated and excluded ones, as in the next two."""
    lines_against: tuple[Weighed, ...]
    """Denials and opposing arguments."""
    doubts: tuple[Weighed, ...]
    """Lines that say that the evidence does not carry the claim: no refutation."""
    limits: tuple[EvidenceLine, ...]
    remarks: tuple[str, ...]
    """Assertions that there is no evidence: neither for nor against."""

    @property
    def strengths(self) -> dict[Group, float]:
        """Return side -> its strength."""
        return dict(zip(SIDES, (self.strength_for, self.strength_against, self.strength_doubt), strict=True))

    @property
    def tiers(self) -> dict[Group, Tier | None]:
        """Return side -> the highest tier of its undefeated lines."""
        return dict(zip(SIDES, (self.tier_for, self.tier_against, self.tier_doubt), strict=True))

    @property
    def robust(self) -> bool:
        """True if the state is the same under all of `REFERENCE_SEMANTICS`."""
        return len({self.states[name] for name in REFERENCE_SEMANTICS}) == 1

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

    def undefeated(self, *sides: str) -> tuple[Weighed, ...]:
        """Return the undefeated lines of `sides`."""
        return tuple(each for each in self.lines if each.line.side in sides and each.stands[self.semantics])


class Weights(NamedTuple):
    """Strengths of all lines, and the names of the defeated ones."""

    lines: Lines
    semantics: str
    strengths: Mapping[str, float]
    """Name of a line that another bears on -> its strength; any other line has its base score."""
    fallen: Mapping[str, frozenset[str]]
    """Semantics -> the names of the lines that are defeated under it."""

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
    return Weights(lines, semantics, strengths, fallen)


def conclude(weights: Weights, claims: Iterable[str] | None = None) -> list[Standing]:
    """Return the standing of each of `claims`, of all where none are named, in the order of their IRIs."""
    chosen = weights.lines.tables.claims if claims is None else sorted(set(claims))
    return [_standing(weights, claim) for claim in chosen]


def accrued(lines: Iterable[Weighed]) -> float:
    """Return the strength of one side's lines together, from 0 to 1.

    Within a tier, 1 - product(1 - strength) over the heaviest set of lines of which no two rest on the same study,
    and at most the tier's ceiling; then the greatest over the tiers, so that lines of a lower tier add nothing.
    """
    tiers: defaultdict[int, list[Weighed]] = defaultdict(list)
    for each in lines:
        tiers[each.line.tier.rank].append(each)
    return max((min(_together(group), group[0].line.tier.ceiling) for group in tiers.values()), default=0.0)


def _framework(lines: Lines, semantics: str, counting: bool) -> Framework:
    """Return the framework of lines, one edge a body of evidence; with `counting`, only from the target's tier up."""
    attacks, supports = set[tuple[str, str]](), set[tuple[str, str]]()
    nodes = dict[str, float]()
    for name, hits in lines.hits.items():
        target = lines.by_name[name]
        least = target.tier.rank if counting else 0
        for pairs, sides in ((supports, (FOR,)), (attacks, OPPOSING)) if not target.excluded_because else ():
            bearing = [x for x in hits if x.side in sides and not x.excluded_because and x.tier.rank >= least]
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
    return frozenset(n for n, value in strengths.items() if value < keeps * framework.base[n] - _ROUNDING)


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
    lines, tables = weights.lines, weights.lines.tables
    toward = lines.at.get(claim, ())
    weighed = sorted(
        (weights.of(line) for line in toward if line.side != LIMIT), key=lambda each: (-each.strength, each.line.name)
    )
    sides = {side: tuple(each for each in weighed if each.line.side == side) for side in SIDES}
    standing = {side: [each for each in found if each.stands[weights.semantics]] for side, found in sides.items()}
    limits = [line for line in toward if line.side == LIMIT and not line.excluded_because]
    for each in sides[FOR]:
        limits += [hit for hit in lines.hits.get(each.line.name, ()) if hit.side == LIMIT and not hit.excluded_because]
    certainty, certainty_by = _certainty(lines, claim, [*(each.line for each in weighed), *limits])
    remarks = [x for x in tables.inverse("asserts").get(claim, ()) if tables.one(x, "stance") == NO_EVIDENCE]
    remarks += [p for line in dispute_lines(tables, claim) if line.group is Group.NO_EVIDENCE for p in line.premises]
    return Standing(
        claim=claim,
        semantics=weights.semantics,
        state=state_of(weighed, weights.semantics),
        states={name: state_of(weighed, name) for name in weights.fallen},
        strength_for=accrued(standing[FOR]),
        strength_against=accrued(standing[AGAINST]),
        strength_doubt=accrued(standing[DOUBT]),
        tier_for=_highest(standing[FOR]),
        tier_against=_highest(standing[AGAINST]),
        tier_doubt=_highest(standing[DOUBT]),
        certainty=certainty,
        certainty_by=certainty_by,
        lines_for=sides[FOR],
        lines_against=sides[AGAINST],
        doubts=sides[DOUBT],
        limits=tuple({line.name: line for line in sorted(limits, key=lambda x: (-x.tier.rank, x.name))}.values()),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _highest(lines: Iterable[Weighed]) -> Tier | None:
    return max((each.line.tier for each in lines), default=None)


def state_of(lines: Iterable[Weighed], semantics: str) -> str:
    """Return the state of a claim with these lines, by those for it and against it; the doubts do not matter."""
    sides = {each.line.side for each in lines if each.stands[semantics]}
    if FOR in sides:
        return CONTESTED if AGAINST in sides else SUPPORTED
    return OPPOSED if AGAINST in sides else UNSUPPORTED


def _certainty(lines: Lines, claim: str, about: Iterable[EvidenceLine]) -> tuple[str | None, tuple[str, ...]]:
    """Return the certainty that those of the highest tier state of the evidence; the lowest where they differ."""
    tables, found = lines.tables, list[tuple[int, int, str]]()
    if not tables.table("certainty"):
        return None, ()
    said = chain.from_iterable(line.premises for line in about if not line.excluded_because)
    for assertion in dict.fromkeys(said):
        stated = tables.one(assertion, "certainty")
        tier = lines.policy.tier(tables.one(assertion, "evidenceKind") or "")
        if stated in _CERTAINTIES and tier:
            found.append((-tier.rank, list(_CERTAINTIES).index(stated), assertion))
    if not found:
        return None, ()
    best = min(found)
    by = sorted(assertion for rank, level, assertion in found if (rank, level) == best[:2])
    return list(_CERTAINTIES.values())[best[1]], tuple(by)


def _together(group: list[Weighed]) -> float:
    """Return 1 - product(1 - strength) over the independent lines of one tier that weigh most."""
    if len(group) == 1:
        return group[0].strength
    # Logarithms, so that the greatest product has the greatest sum.
    weights = sorted(weight for _, weight in heaviest((x.line, _weight(x.strength, "df-quad")) for x in group))
    return -math.expm1(-math.fsum(weights))
