"""The matrix: what a cell counts, what a gap is, and how the page is read."""

from __future__ import annotations

import re

import pytest

from kg.errors import UsageError
from kg.pages.base.summaries import Survey
from kg.pages.matrix.page import DIMENSIONS, grid, matrix_page
from kg.pages.options import MatrixOptions
from tests.support.browsing import quiet_tab, show
from tests.support.samples import argument, assertion, claim, store_of

TOPICS = "".join(
    f':{name} a hc:Topic ; skos:prefLabel "{name}"@en .\n' for name in ("pain", "sleep", "massage", "rest")
)
_SCOPES = """
:a hc:outcome :pain ; hc:intervention :massage .
:b hc:outcome :pain, :sleep ; hc:intervention :massage .
:c hc:outcome :sleep ; hc:intervention :rest .
"""


@pytest.fixture
def store(tmp_path):
    """Four claims: two on pain and massage, one of them on sleep too, one on sleep and rest, one on nothing stated."""
    turtle = TOPICS + "".join(map(claim, "abcd")) + _SCOPES
    turtle += assertion("s1", "a") + assertion("s2", "a", "Denies") + assertion("s3", "b", "NoEvidence")
    turtle += assertion("s4", "c", extra="; hc:source :paper") + ':paper a hc:Source ; dcterms:title "Paper"@en .\n'
    return store_of(tmp_path, turtle + assertion("s5", "d") + argument("g", "s5", "Qualifies", "a"))


def test_a_cell_counts_the_lines_of_its_claims_by_side(store):
    found = grid(Survey(store), "outcome", "intervention")
    assert found.cells["pain", "massage"].tally == {"supports": 1, "opposes": 1, "qualifies": 1, "no evidence": 1}
    assert [each.entry.claim.text.value for each in found.cells["pain", "massage"].claims] == ["a", "b"]
    assert found.cells["sleep", "rest"].tally == {"supports": 1}


def test_claims_of_opposite_effects_are_not_added_up(tmp_path):
    turtle = TOPICS + "".join(map(claim, "abcd")) + _SCOPES + ":a hc:effectDirection hc:Benefit .\n"
    turtle += ":b hc:effectDirection hc:NoDifference .\n" + assertion("s1", "a") + assertion("s2", "b")
    store = store_of(tmp_path, turtle)
    cell = grid(Survey(store), "outcome", "intervention").cells["pain", "massage"]
    assert cell.tallies == {"benefit": {"supports": 1}, "no difference": {"supports": 1}}
    shown = " ".join(re.sub(r"<[^>]+>", " ", str(matrix_page(store)).partition("<tbody>")[2]).split())
    assert "2 claims benefit + 1 for no difference + 1 for" in shown


def test_a_pairing_without_claims_is_a_gap_and_what_is_not_stated_comes_last(store):
    found = grid(Survey(store), "outcome", "intervention")
    assert found.rows == ("pain", "sleep", "")
    assert found.columns == ("massage", "rest", "")
    assert ("pain", "rest") not in found.cells
    assert found.gaps == 1


def test_by_source_a_cell_has_only_the_lines_of_that_source(store):
    found = grid(Survey(store), "claim", "source")
    assert found.columns == ("Paper", "")
    assert found.cells["c", "Paper"].tally == {"supports": 1}
    assert ("c", "") not in found.cells
    assert found.cells["a", ""].tally == {"supports": 1, "opposes": 1, "qualifies": 1}


@pytest.mark.parametrize("name", DIMENSIONS)
def test_every_dimension_keeps_every_claim_of_the_seed(seed, name):
    survey = Survey(seed.store)
    found = grid(survey, name, "claim" if name != "claim" else "kind")
    shown = {each.entry.claim.iri for cell in found.cells.values() for each in cell.claims}
    assert shown == {entry.claim.iri for entry in survey.entries}


def test_the_totals_over_claims_are_those_of_the_claims(seed):
    survey = Survey(seed.store)
    found = grid(survey, "claim", "speaker")
    pro = sum(entry.tally.get("supports", 0) for entry in survey.entries)
    assert sum(cell.tally.get("supports", 0) for cell in found.cells.values()) >= pro


def test_what_is_no_dimension_or_twice_the_same_is_refused(store):
    with pytest.raises(UsageError, match="there are outcome, intervention"):
        matrix_page(store, options=MatrixOptions(rows="colour"))
    with pytest.raises(UsageError, match="both 'claim'"):
        matrix_page(store, options=MatrixOptions("claim", "claim"))


def test_a_cell_leads_to_its_claims_without_a_script_and_a_gap_says_what_it_is(browser, tmp_path, store):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, tmp_path, matrix_page(store))
    assert set(page.locator("td.gap").all_inner_texts()) == {"nothing recorded"}
    link = page.locator("td a").first
    counted = "2 claims + 1 for \N{MINUS SIGN} 1 against ~ 1 limiting \N{WHITE CIRCLE} 1 finding no evidence"
    assert " ".join(link.inner_text().split()) == counted
    link.click()
    assert page.locator(link.get_attribute("href")).locator("li > p .claim-text").all_inner_texts() == ["a", "b"]
    context.close()


def test_heads_stay_in_sight_while_one_scrolls(browser, tmp_path, seed):
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, matrix_page(seed.store))
        places = tab.locator(".matrix-page .scroll").evaluate(
            """area => {
                area.scrollTo({ top: 500, left: 300, behavior: "instant" });
                const at = area.getBoundingClientRect();
                const head = area.querySelector("thead th").getBoundingClientRect();
                const row = area.querySelector("tbody th").getBoundingClientRect();
                return [area.scrollTop > 100, Math.round(head.top - at.top) <= 4, Math.round(row.left - at.left) <= 1];
            }"""
        )
        assert places == [True, True, True]
