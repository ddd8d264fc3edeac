"""Pages say at a statement what became of it on the way: what is stated and what the data show, each once."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from kg.model.premises import Drift
from kg.model.vocabulary import of_scheme
from kg.pages.base.drift_marks import TITLE, DriftMark, drift_marks
from kg.store.terms import IRI
from tests.support.browsing import quiet_tab, show, violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from kg.graph import KnowledgeGraph

OUTLINED = "[...document.querySelectorAll('.quoted.drifted[data-n]')].map(each => each.getAttribute('data-n'))"


def test_every_drift_that_the_data_show_is_told_at_its_statement(seed: KnowledgeGraph) -> None:
    for drift in seed.drift("third-better"):
        (said,) = drift_marks(seed.store, {IRI(drift.assertion): ()}).values()
        assert drift.reason in [mark.reason for mark in said]
    page = str(seed.view("third-better", full=True))
    assert page.count(TITLE) == 1
    for drift in seed.drift("third-better"):
        assert drift.is_stated or f"</strong> {escape(drift.reason)}" in page, drift.reason


def test_what_it_is_compared_with_is_named_in_words(seed: KnowledgeGraph) -> None:
    spending = seed.store.resolve("ninds-spending")
    origins = {mark.said: mark.origins for mark in drift_marks(seed.store, {spending: ()})[spending]}
    said = "Americans spend at least 50 billion dollars each year on low back pain"
    assert origins["said otherwise where it comes from"] == said
    function = seed.store.resolve("trial-function")
    compared = {mark.said: mark.origins for mark in drift_marks(seed.store, {function: ()})[function]}
    assert compared["left out: compared with what"].endswith("; and 4 more")


def test_a_drift_that_is_stated_and_shown_is_told_once_in_the_words_of_the_dataset(seed: KnowledgeGraph) -> None:
    third = seed.store.resolve("trial-third")
    stated = Drift("time point dropped", "the release", "Ten weeks are left out.")
    (said,) = drift_marks(seed.store, {third: [stated]}).values()
    times = [mark for mark in said if mark.said == "left out: when it was measured"]
    assert times == [DriftMark("left out: when it was measured", "Ten weeks are left out.", "the release", False)]


def test_what_goes_by_a_lead_is_possible_and_never_told_in_place_of_what_is_shown(seed: KnowledgeGraph) -> None:
    third = seed.store.resolve("trial-third")
    by_lead = [
        Drift(kind, "the release", "As the release has it.", True) for kind in ("time point dropped", "mixed up")
    ]
    (said,) = drift_marks(seed.store, {third: by_lead}).values()
    assert [mark.said for mark in said if mark.is_possible] == ["possibly mixed up"], "last, with the name it has"
    assert said[-1].is_possible
    assert "As the release has it." not in [mark.reason for mark in said[:-1]]


def test_every_kind_of_the_ontology_has_words_for_a_reader(seed: KnowledgeGraph) -> None:
    third = seed.store.resolve("trial-third")
    for kind in of_scheme("DriftKind").values():
        said = drift_marks(seed.store, {third: [Drift(kind.label, None, None)]})[third]
        assert kind.label not in [mark.said for mark in said]


def test_a_brief_page_names_each_kind_once_for_a_speaker(seed: KnowledgeGraph) -> None:
    page = str(seed.view("relieves"))
    assert page.count('<li class="note">left out: compared with what') == 1


def test_the_reading_view_marks_the_sentence_and_says_why_beside_it(
    seed: KnowledgeGraph, browser: Browser, tmp_path: Path
) -> None:
    with quiet_tab(browser, viewport={"width": 390, "height": 900}) as tab:
        show(tab, tmp_path, str(seed.view(kind="reading", source="article")))
        marked = {number for joined in tab.evaluate(OUTLINED) for number in joined.split(", ")}
        cards = tab.locator(".card:has(.drift)")
        beside = cards.evaluate_all("all => all.map(each => each.querySelector('.nr').textContent)")
        assert marked >= set(beside)
        assert len(beside) == len({each.assertion for each in seed.drift("article")} | stated_in(seed, "article"))
        (third,) = [text for text in cards.all_inner_texts() if "third-better" in text]
        assert "Made broader: more people than were studied. The study was of people aged 20 to 65" in third
        assert violations(tab) == []


def stated_in(graph: KnowledgeGraph, source: str) -> set[str]:
    query = f"SELECT ?said {{ ?drift hc:driftOf ?said . ?said hc:source {graph.store.resolve(source)} }}"
    return {str(row["said"]) for row in graph.query(query)}
