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
        assert (float(read.strength_for), float(read.strength_against)) == pytest.approx(
            (computed.strength_for, computed.strength_against), abs=0.005
        )


def test_the_page_shows_state_strengths_limits_flags_and_the_way_to_the_reasons(seed: KnowledgeGraph) -> None:
    page = str(seed.view("relieves"))
    for words in (
        "Standing, as computed: contested",
        "0.80, by systematic review",
        "0.28, by systematic review",
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


def test_without_a_written_standing_the_page_shows_none(tmp_path: Path) -> None:
    with kg.open() as graph:
        graph.load(SEED)
        assert assessed(graph.store, graph.store.resolve("relieves")) is None
        assert "Standing, as computed" not in str(graph.view("relieves"))


def test_loading_again_takes_the_standings_with_it(tmp_path: Path) -> None:
    with kg.open() as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
        assert assessed(graph.store, graph.store.resolve("relieves")) is not None
        graph.load(SEED)
        assert assessed(graph.store, graph.store.resolve("relieves")) is None


def test_a_page_with_its_standing_has_no_barrier(seed: KnowledgeGraph, browser: Browser, tmp_path: Path) -> None:
    seed.view("costs").save(tmp_path / "costs.html")
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(f"file://{tmp_path}/costs.html")
        assert page.locator(".standing").is_visible()
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()
