"""What is retracted, and what pools it, is marked on every page that names it, with date and reason where stated."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.model.cards import dispute as page_of
from kg.pages.base.retractions import Retraction, retractions
from kg.pages.graph import network
from tests.support.samples import claim, node, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import KnowledgeGraph

DISPUTE = Path(__file__).parents[1] / "examples" / "valid" / "retracted-trial"
DETAILS = "1 February 2023, misconduct"


@pytest.fixture(scope="module")
def dispute() -> Iterator[KnowledgeGraph]:
    with kg.open() as graph:
        graph.load(DISPUTE)
        yield graph


def marks(graph: KnowledgeGraph, *names: str) -> dict[str, str]:
    found = retractions(graph.store, map(graph.store.resolve, names))
    return {node.value.rpartition("/")[2]: str(mark) for node, mark in found.items()}


def test_a_retracted_source_its_study_and_the_reviews_that_pool_it_are_marked(dispute: KnowledgeGraph) -> None:
    names = (
        "orlo-2018",
        "orlo-trial",
        "cold-2019",
        "cold-review",
        "tea-2020",
        "brandt-2017",
        "cold-2023",
        "courier-2018",
    )
    retracted, pools = f"retracted ({DETAILS})", f"pools a retracted study ({DETAILS})"
    assert marks(dispute, *names) == {
        "orlo-2018": retracted,
        "orlo-trial": retracted,
        "cold-2019": pools,
        "cold-review": pools,
        "tea-2020": pools,
    }


def test_a_notice_on_another_record_and_a_review_of_reviews_are_followed(tmp_path: Path) -> None:
    store = store_of(
        tmp_path,
        claim("c", "Naps help") + ":notice a hc:Source ; hc:sourceStatus hc:Retracted ; hc:sameSourceAs :paper .\n"
        ":paper a hc:Source ; hc:reports :trial . :trial a hc:Study .\n"
        ":review a hc:Study ; hc:includesStudy :trial . :umbrella a hc:Study ; hc:includesStudy :review, :umbrella .\n"
        ":printed a hc:Source ; hc:reports :umbrella . :other a hc:Source .\n",
    )
    found = retractions(store, map(node, ("paper", "review", "printed", "other")))
    pools = Retraction("pools a retracted study", "")
    assert found == {node("paper"): Retraction("retracted", ""), node("review"): pools, node("printed"): pools}


def test_without_a_retraction_nothing_is_asked_of_the_nodes(tmp_path: Path) -> None:
    store = store_of(tmp_path, claim("c", "Naps help"))
    assert retractions(store, [node("c")]) == {}


@pytest.mark.parametrize("full", [True, False])
def test_the_claim_page_says_it_with_date_and_reason(dispute: KnowledgeGraph, full: bool) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", str(dispute.view("shortens", full=full))).split())
    assert f"retracted ({DETAILS})" in page
    assert f"pools a retracted study ({DETAILS})" in page


def test_pages_of_many_claims_say_it_wherever_they_name_it(dispute: KnowledgeGraph) -> None:
    table = str(dispute.view(kind="table"))
    assert "Willow tea for colds (pools a retracted study)" in table
    assert "Willow tea for the common cold, a randomised trial (retracted)" in table
    timeline = str(dispute.view(kind="timeline"))
    assert f'<span class="badge warn">pools a retracted study, {DETAILS}</span>' in timeline
    assert f'<span class="badge warn">retracted, {DETAILS}</span>' in timeline
    drawn = dict(network(dispute.store).nodes)
    for name, said in (("tea-2020", "pools a retracted study"), ("orlo-trial", "retracted")):
        assert ["Retraction", f"{said} ({DETAILS})"] in drawn[str(dispute.store.resolve(name).value)]["facts"]


def test_what_challenges_a_study_is_drawn_and_told_at_every_line_that_rests_on_it(dispute: KnowledgeGraph) -> None:
    shown = page_of(dispute.store, dispute.store.resolve("shortens"))
    (hale,) = [card for card in shown.evidence if card.iri.value.endswith("hale-on-orlo")]
    assert {end.line.value.rpartition("/")[2] for end in hale.targets if end.line} == {
        "orlo-shortens",
        "courier-shortens",
    }
    assert "Orlo trial, 600 adults (Orlo and colleagues)" in str(dispute.view("shortens"))
    prevents = page_of(dispute.store, dispute.store.resolve("prevents")).evidence[0]
    assert [end.text for end in prevents.targets] == ["Orlo trial, 600 adults"], "one line: no need to say whose"
