"""What a source hedges, rates or takes back is shown beside it, and nobody is shown to argue who does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.model.cards import dispute
from kg.pages import view
from kg.pages.terminal import render
from tests.support.samples import argument, assertion, claim, node, store_of

ARGUED = {
    "": "from",
    "hc:Curator": "our reading, from",
    ":other-agent": "as other speaker argues, from",
    ":said-agent": "",
}
"""Who argues so -> how that is said before the premise, whose speaker is somebody else."""
RECORDS = """
:trial a hc:Study ; rdfs:label "Nap trial"@en ; hc:numberOfStudies 3 ; hc:reanalysisOf :first ;
  hc:riskOfBias :bias ; hc:finding :half .
:bias a hc:RiskOfBiasJudgement ; hc:biasDomain hc:Overall ; hc:biasJudgement hc:HighRisk ; hc:biasTool "RoB 2" ;
  hc:judgedBy :a-agent .
:first a hc:Study ; rdfs:label "First look"@en .
:half a hc:Finding ; rdfs:label "Half slept better"@en ; hc:value 50 ; hc:unit "percent" ; hc:bound hc:AtLeast ;
  hc:threshold "an hour more"@en ; hc:population :old ; hc:prespecified false ; hc:without :first .
:old a hc:Topic ; skos:prefLabel "people over 70"@en .
:paper a hc:Source ; dcterms:title "Naps"@en ; hc:reports :trial ; hc:sourceStatus hc:PartiallyRetracted ;
  hc:retractionDate "2012-05"^^xsd:gYearMonth ; hc:retractionReason hc:Misconduct .
:review a hc:Source ; dcterms:title "Naps reviewed"@en .
:drift a hc:Drift ; hc:driftOf :a ; hc:driftFrom :paper ; hc:driftKind hc:HedgeDropped ;
  hc:driftCertainty hc:Possible ; hc:reason "It was not so sure"@en .
"""
EXTRA = (
    '; hc:source :paper ; hc:tracedTo :trial ; hc:hedged "may"@en ; hc:certainty hc:VeryLow, hc:Low '
    "; hc:certaintyReason hc:Imprecision, hc:RiskOfBias ; hc:certaintyBy :review"
)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace(" ,", ",")


@pytest.mark.parametrize("arguer", ARGUED)
def test_nobody_is_said_to_argue_who_only_speaks_in_the_premise(tmp_path: Path, arguer: str) -> None:
    turtle = claim("c", "Naps help") + claim("p", "Naps harm") + assertion("said", "p") + assertion("other", "p")
    turtle += argument("g", ":said", "Opposes", "c") + (f":g hc:arguedBy {arguer} .\n" if arguer else "")
    store = store_of(tmp_path, turtle)
    (card,) = dispute(store, node("c")).con
    assert card.argued == ARGUED[arguer]
    words = f"opposes, {card.argued}" if card.argued else "opposes"
    page = plain(str(view(store, node("c").value)))
    assert f"{words} said speaker" in page
    assert f"{words}   (g)" in render(dispute(store, node("c")), 200)
    assert repr(card).startswith(f"<{words} said speaker" if card.argued else "<said speaker opposes")


def test_who_takes_a_stance_on_the_claim_itself_says_so_whoever_argues(tmp_path: Path) -> None:
    turtle = claim("c", "Naps help") + assertion("said", "c", "Denies") + argument("g", ":said", "Opposes", "c")
    (card,) = dispute(store_of(tmp_path, turtle), node("c")).con
    assert (card.word, card.argued) == ("denies", "")


@pytest.mark.parametrize(
    "words",
    [
        "hedged: “may”",
        "low to very low, for imprecision and risk of bias",
        "certainty as Naps reviewed states it",
        "at least 50 %",
        "an hour more; in people over 70; not planned beforehand; without First look",
    ],
)
def test_the_page_and_the_terminal_show_what_is_stated(words: str, tmp_path: Path) -> None:
    turtle = claim("c", "Naps help") + assertion("a", "c", extra=EXTRA) + RECORDS
    turtle += argument("g", ":half", "Supports", "c")
    store = store_of(tmp_path, turtle)
    assert words in plain(str(view(store, node("c").value)))
    assert words in " ".join(render(dispute(store, node("c")), 400).split())


def test_a_drift_that_goes_by_a_lead_is_told_as_possible(tmp_path: Path) -> None:
    store = store_of(tmp_path, claim("c", "Naps help") + assertion("a", "c", extra=EXTRA) + RECORDS)
    page = plain(str(view(store, node("c").value)))
    assert "Possibly left out: how sure it is. It was not so sure Compared with: Naps." in page
    assert "possibly changed on the way, hedge dropped: It was not so sure" in render(dispute(store, node("c")), 400)


def test_the_records_of_studies_and_sources_say_what_became_of_them(tmp_path: Path) -> None:
    store = store_of(tmp_path, claim("c", "Naps help") + assertion("a", "c", extra=EXTRA) + RECORDS)
    page = plain(str(view(store, node("c").value)))
    assert "Risk of bias overall: high risk (RoB 2; a speaker)" in page
    assert "Reanalysis of First look" in page
    assert "Studies included 3" in page
    assert "partially retracted (May 2012, misconduct)" in page
    assert "partially retracted, May 2012, misconduct" in render(dispute(store, node("c")), 400)
