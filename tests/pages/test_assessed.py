"""The claim page shows a standing where one was written: strengths, limits, flags, and the way to the reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

import kg
from kg.arguments.evaluator import Evaluator
from kg.graph import KnowledgeGraph
from kg.pages.base.assessed import assessed
from kg.pages.graph import network

SEED = Path(__file__).parents[2] / "data" / "massage-low-back-pain"


def test_a_standing_that_was_written_is_read_as_it_was_computed(seed: KnowledgeGraph) -> None:
    for computed in seed.standing():
        read = assessed(seed.store, seed.store.resolve(computed.claim))
        assert read is not None
        assert (read.state, read.robust) == (computed.state, computed.robust)
        strengths = read.strength_for, read.strength_against, read.strength_doubt
        assert list(map(float, strengths)) == pytest.approx([*computed.strengths.values()], abs=0.005)
        labels = [tier and tier.label for tier in computed.tiers.values()]
        assert [read.tier_for, read.tier_against, read.tier_doubt] == labels


def test_the_page_shows_state_strengths_limits_flags_and_the_way_to_the_reasons(seed: KnowledgeGraph) -> None:
    page = str(seed.view("relieves"))
    for words in (
        "Standing, as computed: supported, doubted",
        "<dt>for</dt><dd>0.80, by systematic review</dd>",
        "<dt>against</dt><dd>0.00</dd>",
        "<dt>doubt</dt><dd>0.28, by systematic review</dd>",
        '<a href="#limits">6 lines</a>',
        "American Massage Therapy Association",
        "kg explain massage-low-back-pain:relieves",
    ):
        assert words in page, words


def test_the_graph_shows_the_same_standing_with_the_way_to_the_reasons(seed: KnowledgeGraph) -> None:
    node = dict(network(seed.store).nodes)[str(seed.store.resolve("costs").value)]
    assert node["state"] == "supported"
    assert ["Standing, computed", "supported: for 0.80, by systematic review; against 0.00"] in node["facts"]
    assert ["Reasons", "kg explain massage-low-back-pain:costs"] in node["facts"]


DOUBTED = "for 0.80, by systematic review; against 0.00; doubt 0.28, by systematic review"


def test_graph_and_table_say_the_doubt_beside_the_state(seed: KnowledgeGraph) -> None:
    node = dict(network(seed.store).nodes)[str(seed.store.resolve("relieves").value)]
    assert node["state"] == "supported", "filters go by the four states"
    assert ["Standing, computed", f"supported, doubted: {DOUBTED}"] in node["facts"]
    assert f"supported, doubted<br><small>{DOUBTED}</small>" in str(seed.view(kind="table"))


def test_what_nobody_doubts_has_no_word_of_doubt(seed: KnowledgeGraph) -> None:
    read = assessed(seed.store, seed.store.resolve("costs"))
    assert read is not None
    assert (read.words, list(read.figures)) == ("supported", ["for", "against"])


def test_without_a_written_standing_the_page_shows_none(tmp_path: Path) -> None:
    with kg.open() as graph:
        graph.load(SEED)
        assert assessed(graph.store, graph.store.resolve("relieves")) is None
        assert "Standing, as computed" not in str(graph.view("relieves"))


def test_a_page_shows_no_standing_that_later_data_may_change(tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    more.write_text(
        "@prefix hc: <https://w3id.org/health-claims/ontology#> .\n"
        "<https://e.org/denial> a hc:Assertion ; hc:stance hc:Denies ;\n"
        "  hc:asserts <https://w3id.org/health-claims/id/massage-low-back-pain/relieves> .\n"
    )
    with kg.open() as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
        graph.load(SEED)
        assert assessed(graph.store, graph.store.resolve("relieves")) is not None
        graph.load(more)
        assert assessed(graph.store, graph.store.resolve("massage-low-back-pain:relieves")) is None
        assert assessed(graph.store, graph.store.resolve("massage-low-back-pain:costs")) is not None


def test_a_page_with_its_standing_has_no_barrier(seed: KnowledgeGraph, browser: Browser, tmp_path: Path) -> None:
    seed.view("costs").save(tmp_path / "costs.html")
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"file://{tmp_path}/costs.html")
        assert page.locator(".standing").is_visible()
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()
