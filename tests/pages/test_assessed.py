"""Pages say first how a claim stands, in the sentence of `kg standing`; figures and the way to reasons after."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

import kg
from kg.arguments.evaluator import Evaluator
from kg.graph import KnowledgeGraph
from kg.pages.base.assessed import STATES, assessed, stands
from kg.pages.graph import network
from kg.pages.overview.dataset_columns import columns
from kg.pages.overview.page import overview_page
from tests.support.browsing import go, quiet_tab, show

SEED = Path(__file__).parents[2] / "data" / "massage-low-back-pain"


def sentence(graph: KnowledgeGraph, claim: str) -> str:
    return str(graph.evaluator().records(graph.standing(claim))[0]["sentence"])


def test_a_standing_that_was_written_is_read_as_it_was_computed(seed: KnowledgeGraph) -> None:
    for computed in seed.standing():
        read = assessed(seed.store, seed.store.resolve(computed.claim))
        assert read is not None
        assert (read.state, read.robust) == (computed.state, not computed.weighing_matters)
        strengths = read.strength_for, read.strength_against, read.strength_doubt
        assert list(map(float, strengths)) == pytest.approx([*computed.strengths.values()], abs=0.005)
        labels = [tier and tier.label for tier in computed.tiers.values()]
        assert [read.tier_for, read.tier_against, read.tier_doubt] == labels


def test_the_sentence_is_written_with_the_standing(seed: KnowledgeGraph) -> None:
    for record in seed.evaluator().records(seed.standing()):
        read = assessed(seed.store, seed.store.resolve(record["claim"]))
        assert read is not None
        assert read.sentence == record["sentence"]


def test_the_page_says_first_how_the_claim_stands_and_then_counts(seed: KnowledgeGraph) -> None:
    page = str(seed.view("relieves"))
    said = f'<p class="stands">{escape(sentence(seed, "relieves"))}</p>'
    assert page.index(said) < page.index('class="tally"')
    for words in (
        "<dt>for</dt><dd>0.28, by systematic review</dd>",
        "<dt>against</dt><dd>0.00</dd>",
        "<dt>doubt</dt><dd>0.03, by collective, anonymous or unsourced voice</dd>",
        "American Massage Therapy Association",
        "kg explain massage-low-back-pain:relieves",
    ):
        assert words in page, words


def test_graph_and_table_say_the_same_sentence(seed: KnowledgeGraph) -> None:
    node = dict(network(seed.store).nodes)[str(seed.store.resolve("relieves").value)]
    assert (node["state"], node["standing"]) == ("supported", sentence(seed, "relieves"))
    voice = "collective, anonymous or unsourced voice"
    figures = f"for 0.28, by systematic review; against 0.00; doubt 0.03, by {voice}"
    assert ["Standing in figures", figures] in node["facts"]
    assert ["Reasons", "kg explain massage-low-back-pain:relieves"] in node["facts"]
    assert f"{escape(sentence(seed, 'relieves'))}<small>{figures}</small>" in str(seed.view(kind="table"))


def test_the_panel_of_a_claim_begins_with_its_sentence(seed: KnowledgeGraph, browser: Browser, tmp_path: Path) -> None:
    for html in (str(seed.view(kind="graph")), overview_page(columns(seed.store))):
        with quiet_tab(browser) as tab:
            show(tab, tmp_path, html)
            go(tab, f"{(tmp_path / 'page.html').as_uri()}#relieves")
            assert tab.locator(".graph-panel .stands").inner_text() == sentence(seed, "relieves")


def test_no_page_shows_a_bare_state(seed: KnowledgeGraph, browser: Browser, tmp_path: Path) -> None:
    pages = [str(seed.view(*claim, kind=kind)) for claim, kind in (
        (["relieves"], "page"), (["raises-endorphins"], "page"), ([], "table"), ([], "graph"))]  # fmt: skip
    for html in [*pages, overview_page(columns(seed.store))]:
        with quiet_tab(browser) as tab:
            show(tab, tmp_path, html)
            texts = "[...document.querySelectorAll('main *, option')].map(each => each.textContent.trim())"
            assert [text for text in tab.evaluate(texts) if text.lower() in STATES] == []


def test_filters_by_standing_go_by_the_states_and_say_them_in_words(
    seed: KnowledgeGraph, browser: Browser, tmp_path: Path
) -> None:
    for prefix, html in (("g", str(seed.view(kind="graph"))), ("o", overview_page(columns(seed.store)))):
        with quiet_tab(browser) as tab:
            show(tab, tmp_path, html)
            options = tab.locator(f"#{prefix}_standing option").evaluate_all("all => all.map(x => [x.value, x.text])")
            assert dict(options[1:]) == STATES


def test_what_nobody_doubts_has_no_figure_of_doubt(seed: KnowledgeGraph) -> None:
    read = assessed(seed.store, seed.store.resolve("costs"))
    assert read is not None
    assert list(read.figures) == ["for", "against"]


def test_without_a_written_standing_a_claims_own_page_computes_it_and_a_page_of_many_shows_none() -> None:
    with kg.open() as graph:
        graph.load(SEED)
        claim = graph.store.resolve("relieves")
        assert assessed(graph.store, claim) is None
        computed, without = stands(graph.store, claim), str(graph.view(kind="table"))
        assert f'<p class="stands">{escape(sentence(graph, "relieves"))}</p>' in str(graph.view("relieves"))
        Evaluator(graph.store).write()
        assert stands(graph.store, claim) == computed
        assert 'class="state"' not in without
        assert 'class="state"' in str(graph.view(kind="table"))


def test_an_assessment_without_a_sentence_is_made_anew() -> None:
    with kg.open() as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
        with graph.store.writing() as writer:
            graph_of = "https://w3id.org/health-claims/graph/assessments"
            writer.amend(graph_of, [quad for quad in writer.quads(graph_of) if "sentence" in str(quad.predicate)], [])
        read = assessed(graph.store, graph.store.resolve("relieves"))
        assert read is not None
        assert read.sentence == "What counts is for it."
        Evaluator(graph.store).write()
        read = assessed(graph.store, graph.store.resolve("relieves"))
        assert read is not None
        assert read.sentence == sentence(graph, "relieves")


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
        page.locator(".standing summary").click()
        assert page.locator(".standing dl").is_visible()
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.close()
