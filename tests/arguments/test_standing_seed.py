"""Standings of the seed dataset, as a methodologist expects them: worked by hand, to two decimals."""

from __future__ import annotations

import pytest

from kg.arguments.evaluator import Evaluator
from kg.arguments.standing import Standing
from kg.graph import KnowledgeGraph

EXPECTED = {
    "relieves": ("supported", 0.28, 0, "systematic-review"),
    "lasts": ("contested", 0.28, 0.28, "systematic-review"),
    "short-term": ("contested", 0.28, 0.23, "systematic-review"),
    "relieves-acute": ("supported", 0.28, 0, "systematic-review"),
    "better-short-term": ("supported", 0.28, 0, "systematic-review"),
    "no-long-term-gain": ("supported", 0.28, 0, "systematic-review"),
    "costs": ("supported", 0.48, 0, "systematic-review"),
    "relieves-insomnia": ("supported", 0.48, 0, "systematic-review"),
    "setting-helps": ("supported", 0.27, 0, "observational-study"),
    "improves-sleep": ("supported", 0.63, 0, "randomised-trial"),
    "improves-motion": ("supported", 0.63, 0, "randomised-trial"),
    "eases-depression": ("supported", 0.63, 0, "randomised-trial"),
    "eases-anxiety": ("supported", 0.63, 0, "randomised-trial"),
    "raises-endorphins": ("contested", 0.30, 0.39, "weaker-study"),
    "harms-rare": ("supported", 0.30, 0, "weaker-study"),
    "few-harms": ("supported", 0.48, 0, "systematic-review"),
    "unblinded": ("supported", 0.65, 0, "randomised-trial"),
    "usual-care-only": ("supported", 0.65, 0, "randomised-trial"),
    "excludes-structural": ("supported", 0.65, 0, "randomised-trial"),
    "spending": ("supported", 0.12, 0, "opinion"),
    "first-disability": ("supported", 0.12, 0, "opinion"),
    "third-better": ("supported", 0.30, 0, "weaker-study"),
    "better-function": ("supported", 0.80, 0, "systematic-review"),
    "fewer-symptoms": ("supported", 0.65, 0, "randomised-trial"),
    "structural-better": ("opposed", 0, 0.65, None),
    "better-than-sham": ("unsupported", 0, 0, None),
    "improves-circulation": ("opposed", 0, 0.23, None),
    "aids-recovery": ("supported", 0.12, 0, "opinion"),
}
"""Claim -> state, strength for, strength against, tier of what is for it."""
SENTENCES = {
    "relieves": "A review of 25 trials found this, but its authors call the evidence uncertain to "
    "very uncertain (2015, low to very low). Recent reviews doubt it, without evidence.",
    "costs": "A review of 3 trials (“may”, 2003) found this; nobody has rated how sure this is. "
    "The article says that there is no evidence.",
    "harms-rare": "Case reports point to this; they cannot show how rare.",
    "improves-circulation": "Small laboratory studies point against this. "
    "American Massage Therapy Association says otherwise, without evidence.",
    "better-than-sham": "Found by a review of 2008; its update of 2015 does not say.",
    "aids-recovery": "Said by American Massage Therapy Association, without evidence, "
    "and it is more doubted than backed: Hinds and colleagues.",
    "improves-sleep": "Two trials found this; no review has rated it.",
    "structural-better": "One trial found that this is not so; no review has rated it. "
    "It rests on one trial of 401 people.",
    "unblinded": "As the study itself reports. It rests on one trial of 401 people.",
    "no-long-term-gain": "A review of 25 trials found no difference, but its authors call the evidence uncertain to "
    "very uncertain (2015, low to very low).",
    "package-only": "Recommended by National Institute for Health and Care Excellence.",
    "chronic-definition": "Defined so by the article.",
    "progressive": "Said by the article, without evidence.",
}
"""Claim -> the beginning of its sentence."""


@pytest.fixture(scope="module")
def found(seed: KnowledgeGraph) -> dict[str, tuple[Standing, str]]:
    evaluator = Evaluator(seed.store)
    return {each.claim.rpartition("/")[2]: (each, evaluator.sentence(each)) for each in evaluator.standings()}


@pytest.mark.parametrize("claim", EXPECTED)
def test_a_claim_stands_as_a_methodologist_expects(claim: str, found: dict[str, tuple[Standing, str]]) -> None:
    standing, _ = found[claim]
    tier = standing.tier_for.name if standing.tier_for else None
    strengths = round(standing.strength_for, 2), round(standing.strength_against, 2)
    assert (standing.state, *strengths, tier) == EXPECTED[claim]


def test_doubts_and_reasons_are_as_expected(found: dict[str, tuple[Standing, str]]) -> None:
    assert round(found["relieves"][0].strength_doubt, 2) == 0.03
    assert found["aids-recovery"][0].strength_doubt == 0.2
    assert found["better-than-sham"][0].because == "superseded"
    assert found["relieves"][0].certainty == found["lasts"][0].certainty == "very low"


@pytest.mark.parametrize("claim", SENTENCES)
def test_a_reader_is_told_in_a_sentence(claim: str, found: dict[str, tuple[Standing, str]]) -> None:
    assert found[claim][1].startswith(SENTENCES[claim])


def test_an_assertion_weighs_the_same_wherever_it_is_used(found: dict[str, tuple[Standing, str]]) -> None:
    review = "https://w3id.org/health-claims/id/massage-low-back-pain/furlan-2015-long"
    lines = [each.line for standing, _ in found.values() for each in standing.lines]
    uses = {line.base for line in lines if line.premises == (review,)}
    assert [round(base, 2) for base in uses] == [0.28]
