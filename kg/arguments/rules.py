"""Rules by which a premise weighs what it weighs, as a table in the order in which they are applied.

The score of a premise is that of its tier (first the tier that its kind of evidence has, then `TIER_RULES`), times the
smallest of the shares (`SHARE_RULES`), times the factors (`FACTOR_RULES`).  The numbers are the policy's.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.origins import EFFICACY, METHODOLOGICAL, REVIEWS, TRIAL
from kg.model.dispute import SECOND_HAND
from kg.model.vocabulary import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.arguments.facts import Facts, Rating
    from kg.arguments.policy import Ladder, Policy, Tier
    from kg.readers.tables.summary import MappedRow

_ANONYMOUS = {"Anonymous", "Collective"}
_COMPARATIVE = {"MeanDifference", "StandardisedMeanDifference", "OddsRatio", "RiskRatio"}
_OF_ONE_GROUP = {"Proportion", "Percentage", "Mean", "Count"}
_OPINIONS = {"ExpertOpinion", "Anecdote"}


class Case(NamedTuple):
    """A premise in its use: toward a target, in an argument or as a bare assertion."""

    facts: Facts
    premise: str
    target: str
    argument: str
    """The argument; empty for a bare assertion."""
    side: Group
    tier: Tier

    @property
    def claim(self) -> str:
        """The claim that the premise asserts, or else its target."""
        return self.facts.tables.one(self.premise, "asserts") or self.target

    @property
    def is_evidence(self) -> bool:
        """True if the premise is more than somebody's word."""
        return self.tier.rank > self.facts.policy.untraced.rank

    @property
    def ladder(self) -> Ladder | None:
        """The ladder of the kind of claim, where it has one of its own."""
        tables, claim = self.facts.tables, self.claim
        return self.facts.policy.ladder(self.facts.kind(claim), bool(tables.all(claim, "intervention")))

    def kinds(self) -> list[str]:
        """Return the kinds of evidence that are stated of the premise, where not above the designs of its studies."""
        facts, designs = self.facts, self.designs()
        stated = [kind for kind in facts.tables.all(self.premise, "evidenceKind") if kind not in _OPINIONS]
        most = max(_tiers(facts, designs), default=None)
        kept = [x for x in stated if x in designs or not most or any(tier < most for tier in _tiers(facts, [x]))]
        return kept or designs or stated

    def designs(self) -> list[str]:
        """Return the designs of the studies of the premise."""
        return [kind for study in self.facts.origins(self.premise) for kind in self.facts.designs(study)]

    def findings(self) -> list[str]:
        """Return the figures of the premise: itself if it is one."""
        tables = self.facts.tables
        return [self.premise] if self.premise in tables.inverse("finding") else tables.all(self.premise, "finding")

    def is_of_one_group(self, finding: str) -> bool:
        """Return True if a figure is of one group, and compares it with no other."""
        tables = self.facts.tables
        measures = set(tables.all(finding, "effectMeasure"))
        if tables.all(finding, "comparator") or measures & _COMPARATIVE:
            return False
        return bool(tables.all(finding, "arm") or measures & _OF_ONE_GROUP)

    def size(self) -> float | None:
        """Return how many were analysed: as its figures say, and no more than took part in its study."""
        facts, origins = self.facts, self.facts.origins(self.premise)
        stated = [number for each in self.findings() if (number := facts.number(each, "n")) is not None]
        people = [number for study in origins if (number := facts.people(study)) is not None]
        return min([max(number) for number in (stated, people) if number], default=None)


class WeighedPremise(NamedTuple):
    """A premise as it weighs in its use."""

    tier: Tier
    base: float
    rules: tuple[str, ...]
    """The rules that made it weigh otherwise than its kind of evidence, by their names."""
    binding: Rating | None
    """The rating by which it is bound, toward a claim."""
    small: bool
    """True for a trial that is imprecise."""
    own_report: bool
    is_evidence: bool
    """True if it is more than somebody's word."""


# --------------------------------------------------------------------------------------------------------------- tiers
def stated_tier(facts: Facts, premise: str) -> Tier:
    """Return the tier of the kind of evidence if it is traced, and not above that design; else that of a voice."""
    tables, policy = facts.tables, facts.policy
    if premise not in tables.table("asserts"):
        holders = tables.inverse("finding").get(premise, [])
        if said := [holder for holder in holders if holder in tables.table("asserts")]:
            return stated_tier(facts, said[0])
        stated = [tier for kind in tables.all(premise, "evidenceKind") if (tier := policy.tier(kind))]
        return min([*stated, *_of_designs(facts, holders or [premise])], default=policy.anonymous)
    agent, traces = tables.one(premise, "agent"), facts.traced(premise)
    kind = policy.tier(tables.one(premise, "evidenceKind") or "")
    named = tables.all(premise, "tracedTo") or (agent and tables.one(agent, "agentKind") not in _ANONYMOUS)
    return policy.stated(kind, _of_designs(facts, traces), is_traced=bool(traces), is_named=bool(named))


def tier_of_row(policy: Policy, row: MappedRow) -> str:
    """Return the name of the tier at which a row of a table will stand, by the rule of `stated_tier`."""
    kinds = [tier for kind in row.kinds if (tier := policy.tier(kind))]
    named = row.study is not None or (row.agent is not None and row.agent.kind.title() not in _ANONYMOUS)
    found = policy.stated(kinds[0] if kinds else None, kinds, is_traced=bool(kinds), is_named=named)
    return found.label


def _of_designs(facts: Facts, nodes: Iterable[str]) -> list[Tier]:
    """Return the tier of the studies that `nodes` are or report; the best of several, none where no design is known."""
    found = _tiers(facts, (kind for node in nodes for kind in facts.designs(node)))
    return [max(found)] if found else []


def _tiers(facts: Facts, kinds: Iterable[str]) -> list[Tier]:
    return [tier for kind in kinds if (tier := facts.policy.tier(kind))]


def own_report(case: Case) -> Tier:
    """R8: what a study says at first hand of its own conduct has the study's tier; praise stays opinion."""
    return max([case.tier, *_of_designs(case.facts, sorted(told_of_itself(case)))])


def told_of_itself(case: Case) -> set[str]:
    """Return the studies of whose conduct a premise tells at first hand.

    Where it states a kind of evidence it may be the result of a study of methods, unless it is held against its study.
    """
    facts, tables = case.facts, case.facts.tables
    if facts.kind(case.claim) != METHODOLOGICAL or not tables.all(case.premise, "tracedTo"):
        return set()
    at_first_hand = SECOND_HAND - {"ExperimentalProtocol"}
    own = {
        study
        for source in facts.sources(case.premise)
        if not at_first_hand.intersection(tables.all(source, "genre"))
        for study in tables.all(source, "reports")
    }
    told = own.intersection(facts.origins(case.premise))
    uses = tables.inverse("premise").get(case.premise, ())
    hit = {target for use in uses for target in tables.all(use, "target")}
    hit |= {premise for target in hit for premise in tables.all(target, "premise")}
    return told if not case.is_evidence or any(told & {x, *facts.rests(x)} for x in hit) else set()


def reviewed(case: Case) -> Tier:
    """R10, R11: a review without a stated certainty has the tier of what it reviews; of one study, that study's."""
    facts, policy = case.facts, case.facts.policy
    reviews = facts.reviews(case.premise) if case.is_evidence else []
    if not reviews:
        return case.tier
    if is_rated(case):
        return policy.review
    kinds = [kind for kind in case.kinds() if kind not in REVIEWS]
    kinds = kinds or [kind for review in reviews for kind in facts.designs(review) if kind not in REVIEWS]
    kinds = kinds or [kind for review in reviews for study in facts.pooled(review) for kind in facts.designs(study)]
    counted = Counter(tier for kind in kinds if (tier := policy.tier(kind)))
    if not counted:
        return case.tier
    usual = min(counted, key=lambda tier: (-counted[tier], tier.rank))
    trial = policy.tier(TRIAL)
    if all(_is_of_one(facts, review) for review in reviews):
        return usual
    steps = case.ladder.reviews if case.ladder else {}
    special = [tier for kind in kinds if policy.tier(kind) == usual and (tier := steps.get(kind.lower()))]
    return max([*special, min(case.tier, policy.review if trial and usual.rank >= trial.rank else usual)])


def _is_of_one(facts: Facts, review: str) -> bool:
    pooled = facts.pooled(review)
    stated = facts.number(review, "numberOfStudies")
    whole = facts.people(review)
    return len(pooled) == 1 and (stated == 1 or (whole is not None and [whole] == [facts.people(x) for x in pooled]))


def is_rated(case: Case) -> bool:
    """Return True if the review behind a premise states certainty for it, or for the claim that it is used for."""
    facts, reviews = case.facts, case.facts.reviews(case.premise)
    stated = any((review, case.claim) in facts.certain for review in reviews)
    rating = any(rating.review in reviews for rating in facts.appraisals(case.target))
    return facts.is_rating(case.premise) or stated or rating


def kind_of_claim(case: Case) -> Tier:
    """R11: some kinds of evidence have another tier for some kinds of claim."""
    ladder = case.ladder if case.is_evidence else None
    if not ladder or case.facts.reviews(case.premise):
        return case.tier
    return max((step for kind in case.kinds() if (step := ladder.evidence.get(kind.lower()))), default=case.tier)


def one_arm(case: Case) -> Tier:
    """R7: for an effect, a result of one group, without a comparison, is a weaker study."""
    facts, tables = case.facts, case.facts.tables
    figures = case.findings()
    if not case.is_evidence or not figures or facts.kind(case.claim) != EFFICACY:
        return case.tier
    if figures == [case.premise]:  # figures of one study in one argument are read beside one another
        beside = set(facts.origins(case.premise))
        others = (x for x in tables.all(case.argument, "premise") if x in tables.inverse("finding"))
        figures += [each for each in others if beside.intersection(facts.origins(each))]
        alone = any(map(case.is_of_one_group, figures))
    else:
        alone = all(map(case.is_of_one_group, figures))
    return min(case.tier, facts.policy.figures.one_arm) if alone else case.tier


# -------------------------------------------------------------------------------------------------------------- shares
def appraised(case: Case) -> float:
    """R1: what a review has rated, and what it has seen, keeps at most the share for the certainty; not a doubt."""
    facts, tables = case.facts, case.facts.tables
    own = [facts.policy.share(word) for word in tables.all(case.premise, "certainty")]
    own += [facts.certain.get((origin, case.claim), 1.0) for origin in facts.origins(case.premise)]
    binding = bound_by(case)
    return min([*own, *([facts.share(binding)] if binding else []), _after_retraction(case)])


def bound_by(case: Case) -> Rating | None:
    """Return the rating that binds a premise toward a claim: that of the latest appraisal that has seen it."""
    if not case.is_evidence or case.side not in (Group.FOR, Group.AGAINST):
        return None
    return case.facts.binding(case.target, case.premise)


def _after_retraction(case: Case) -> float:
    facts, figures = case.facts, case.facts.policy.figures
    lost = max(map(facts.lost, facts.reviews(case.premise)), default=0.0)
    few = lost < figures.very_low_from or facts.is_without(case.premise)
    return 1.0 if few else facts.policy.share("very low")


def imprecise(case: Case) -> float:
    """R4: a trial of few or of an unstated number, and a pooled result of stated few; not a doubt."""
    figures, size = case.facts.policy.figures, case.size()
    if not case.is_evidence or case.side is Group.DOUBT:
        return 1.0
    if case.facts.reviews(case.premise):
        stated = [number for each in case.findings() if (number := case.facts.number(each, "n")) is not None]
        return figures.imprecise if stated and max(stated) < figures.few else 1.0
    return figures.imprecise if is_trial(case) and (size is None or size < figures.few) else 1.0


def is_trial(case: Case) -> bool:
    """Return True if a premise is from a randomised trial."""
    return TRIAL in (case.designs() or case.kinds()) and not case.facts.reviews(case.premise)


def hedged(case: Case) -> float:
    """R6: what is said with a hedge, or echoes a hedge of its origin."""
    facts = case.facts
    echo = any((origin, case.claim) in facts.hedging for origin in facts.origins(case.premise))
    return facts.policy.figures.hedged if facts.tables.all(case.premise, "hedged") or echo else 1.0


# ------------------------------------------------------------------------------------------------------------- factors
def indirect(case: Case) -> float:
    """R3: an indirect argument, or an indirect assertion of which no certainty is stated."""
    tables = case.facts.tables
    by_argument = tables.one(case.argument, "directness") == "Indirect"
    by_itself = tables.one(case.premise, "directness") == "Indirect" and not is_rated(case)
    return case.facts.policy.figures.indirect if by_argument or by_itself else 1.0


def retracted_part(case: Case) -> float:
    """A review keeps the share of its participants whose studies have not been retracted."""
    if case.facts.is_without(case.premise):
        return 1.0
    return 1.0 - max(map(case.facts.lost, case.facts.reviews(case.premise)), default=0.0)


TIER_RULES: tuple[tuple[str, Callable[[Case], Tier]], ...] = (
    ("R8", own_report),
    ("R10", reviewed),
    ("R11", kind_of_claim),
    ("R7", one_arm),
)
SHARE_RULES: tuple[tuple[str, Callable[[Case], float]], ...] = (("R1", appraised), ("R4", imprecise), ("R6", hedged))
FACTOR_RULES: tuple[tuple[str, Callable[[Case], float]], ...] = (("R3", indirect), ("retraction", retracted_part))


def weighed(case: Case) -> WeighedPremise:
    """Return a premise as it weighs in its use, by all the rules in their order."""
    used, is_own = [], bool(told_of_itself(case))
    for name, tier_rule in TIER_RULES:
        tier = tier_rule(case)
        used += [name] if tier != case.tier else []
        case = case._replace(tier=tier)
    shares = {name: rule(case) for name, rule in SHARE_RULES}
    factors = {name: rule(case) for name, rule in FACTOR_RULES}
    lowest = min(shares.values())
    base = case.tier.score * lowest * math.prod(factors.values())
    used += [name for name, share in shares.items() if share == lowest < 1]
    used += [name for name, factor in factors.items() if factor < 1]
    small = shares["R4"] < 1 and is_trial(case)
    return WeighedPremise(case.tier, base, tuple(used), bound_by(case), small, is_own, case.is_evidence)
