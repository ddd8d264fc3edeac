"""Interests behind a line: the speaker's own, and those of anybody in the evidence that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg.model.cards import dispute
from kg.model.reading import around
from tests.support.samples import NAMESPACE, assertion, claim, node, store_of

if TYPE_CHECKING:
    from pathlib import Path

_TRIAL = """
:fund a hc:Agent ; hc:name "Pillow Fund"@en ; hc:agentKind hc:Organisation .
:trial a hc:Study ; rdfs:label "Pillow trial"@en ; hc:design hc:RandomisedTrial .
:review a hc:Study ; rdfs:label "Pillow review"@en ; hc:design hc:SystematicReview ; hc:includesStudy :trial .
:paper a hc:Source ; dcterms:title "Pillows, a trial"@en ; hc:reports :trial .
"""
_FUNDING = ":stake a hc:Interest ; hc:interestOf :fund ; hc:interestIn :{what} ; hc:interestKind hc:Funding .\n"
_CITES = {
    "the study": assertion("a", "c", extra="; hc:tracedTo :trial"),
    "a paper on it": assertion("a", "c", extra="; hc:tracedTo :paper"),
    "a review that includes it": assertion("a", "c", extra="; hc:tracedTo :review"),
}


def opened(folder: Path, *turtle: str) -> kg.KnowledgeGraph:
    graph = kg.open(":memory:")
    graph.store = store_of(folder, "".join([claim("c"), *turtle]))
    return graph


@pytest.mark.parametrize("cites", _CITES)
def test_who_funded_a_study_has_an_interest_in_each_line_that_rests_on_it(tmp_path: Path, cites: str) -> None:
    graph = opened(tmp_path, _TRIAL, _FUNDING.format(what="trial"), _CITES[cites])
    claimed = NAMESPACE + "c"
    assert "[interest in its evidence]" in graph.show(claimed)
    assert "interest of Pillow Fund in Pillow trial: funding" in graph.show(claimed)
    assert "  - Pillow Fund (funding)" in graph.explain(claimed).text
    assert "Interest of Pillow Fund in Pillow trial: funding." in str(graph.view(claimed))
    assert graph.what_if(claimed, ignore_interested=True).after.state == "unsupported"


@pytest.mark.parametrize(("what", "flagged"), [("paper", True), ("c", False), ("other", False)])
def test_a_stake_flags_what_rests_on_it_and_not_what_others_say_of_the_matter(
    tmp_path: Path, what: str, flagged: bool
) -> None:
    other = ":other a hc:Study .\n"
    graph = opened(tmp_path, _TRIAL, other, _FUNDING.format(what=what), _CITES["the study"])
    assert bool(graph.standing(NAMESPACE + "c")[0].flags) is flagged
    assert bool(dispute(graph.store, node("c")).pro[0].premises[0].interests) is flagged


def test_a_newspaper_that_tells_of_a_study_brings_no_interest_into_it(tmp_path: Path) -> None:
    paper = ':daily a hc:Source, fabio:NewspaperArticle ; dcterms:title "Daily" ; hc:reports :trial .\n'
    graph = opened(tmp_path, _TRIAL, paper, _FUNDING.format(what="daily"), _CITES["the study"])
    assert graph.standing(NAMESPACE + "c")[0].flags == ()


def test_a_speaker_has_an_interest_in_a_claim_that_is_the_matter_itself(tmp_path: Path) -> None:
    stake = ":stake a hc:Interest ; hc:interestOf :a-agent ; hc:interestIn :c ; hc:interestKind hc:Product .\n"
    graph = opened(tmp_path, assertion("a", "c"), stake)
    assert graph.standing(NAMESPACE + "c")[0].flags == (NAMESPACE + "stake",)
    assert "has an interest" in graph.show(NAMESPACE + "c")


def test_a_speaker_shares_the_interests_of_the_organisation_that_they_are_part_of(tmp_path: Path) -> None:
    topic = ":c hc:about :pillows . :pillows a hc:Topic . :a-agent dcterms:isPartOf :fund .\n"
    graph = opened(tmp_path, _TRIAL, topic, assertion("a", "c"), _FUNDING.format(what="pillows"))
    assert graph.standing(NAMESPACE + "c")[0].flags == (NAMESPACE + "stake",)
    assert "interest of Pillow Fund in pillows: funding" in graph.show(NAMESPACE + "c")


def test_a_study_that_nobody_has_an_interest_in_brings_none_from_elsewhere(tmp_path: Path) -> None:
    graph = opened(tmp_path, _TRIAL, _CITES["a review that includes it"])
    assert not around(graph.store, node("c")).members("Interest")
