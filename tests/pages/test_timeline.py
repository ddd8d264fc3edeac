"""The timeline: which date a statement has, and a chart that is true to scale."""

from __future__ import annotations

import pytest

from kg.pages.base.summaries import Survey
from kg.pages.timeline.page import chart, occasions, timeline_page, years
from tests.support.browsing import show
from tests.support.samples import argument, assertion, claim, store_of

_SOURCES = """
:old a hc:Source ; dcterms:title "Old"@en ; dcterms:date "1999"^^xsd:gYear .
:new a hc:Source ; dcterms:title "New"@en ; dcterms:date "2011-07-05"^^xsd:date .
:month a hc:Source ; dcterms:title "Month"@en ; dcterms:date "2011-02"^^xsd:gYearMonth .
:bare a hc:Source ; dcterms:title "Bare"@en .
"""


@pytest.fixture
def store(tmp_path):
    turtle = claim("c", "Rest helps") + _SOURCES
    turtle += assertion("s1", "c", extra="; hc:source :new") + assertion("s2", "c", "Denies", "; hc:source :month")
    turtle += assertion("s3", "c", extra='; hc:source :new ; hc:date "2001"^^xsd:gYear')
    turtle += assertion("s4", "c", "NoEvidence", "; hc:source :old") + assertion("s5", "c", extra="; hc:source :bare")
    return store_of(tmp_path, turtle + assertion("s6", "c", extra='; hc:source :bare ; hc:date "once"'))


def test_a_statement_has_its_own_date_else_that_of_its_source(store):
    found = [(str(each.when or "undated"), [one.who for one in each.statements]) for each in occasions(Survey(store))]
    assert found == [
        ("1999", ["s4 speaker"]),
        ("2001", ["s3 speaker"]),
        ("February 2011", ["s2 speaker"]),
        ("5 July 2011", ["s1 speaker"]),
        ("undated", ["s5 speaker", "s6 speaker"]),
    ]


def test_every_statement_of_the_seed_is_there_once(seed):
    survey = Survey(seed.store)
    found = [one.iri for each in occasions(survey) for one in each.statements]
    assert sorted(map(str, found)) == sorted(map(str, survey.facts.members("Assertion")))


def test_a_year_counts_its_statements_by_stance(store):
    dated = years(occasions(Survey(store)))
    assert [(year.number, year.tallies[""]) for year in dated] == [
        (1999, {"no evidence": 1}),
        (2001, {"supports": 1}),
        (2011, {"supports": 1, "opposes": 1}),
    ]


def test_the_chart_is_true_to_scale(store):
    drawn = chart(years(occasions(Survey(store))))
    first, second, third = (bars[0].x for _, bars in drawn.bars)
    assert (third - first) / (second - first) == pytest.approx(6, rel=0.01)
    heights = [sum(bar.height + 1 for bar in bars) for _, bars in drawn.bars]
    assert heights[2] == pytest.approx(2 * heights[0], rel=0.02)


def test_centuries_of_years_still_have_readable_ticks(tmp_path):
    turtle = claim("c")
    for at, year in enumerate((1024, 1524, 2024)):
        turtle += assertion(f"s{at}", "c", extra=f'; hc:date "{year}"^^xsd:gYear')
    drawn = chart(years(occasions(Survey(store_of(tmp_path, turtle)))))
    assert 3 <= len(drawn.ticks) <= 18


def test_it_reads_without_a_script_with_the_undated_apart(browser, tmp_path, store):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, tmp_path, timeline_page(store))
    assert page.locator(".year h2").all_inner_texts() == ["1999", "2001", "2011", "No date"]
    assert page.locator("#undated li .who").all_inner_texts() == ["s5 speaker", "s6 speaker"]
    said = page.locator("#y2011 .occasion").first.inner_text().split()
    assert " ".join(said) == "February 2011 Month \N{MINUS SIGN} s2 speaker denied: Rest helps"
    assert "date stated of the statement" in page.locator("#y2001").inner_text()
    page.locator("svg.wide a").last.click()
    assert page.url.endswith("#y2011")
    context.close()


def test_arguments_without_assertions_are_named_and_not_called_nothing(tmp_path):
    turtle = claim("c") + _SOURCES + argument("x", "old", "Opposes", "c") + argument("y", "new", "Supports", "c")
    page = timeline_page(store_of(tmp_path, turtle))
    assert "No assertion is recorded" in page
    assert "2 arguments from 2 sources" in page
    assert "Nobody is recorded" not in page


def test_opposite_effects_are_never_added_up(tmp_path):
    turtle = claim("helps") + ":helps hc:effectDirection hc:Benefit .\n" + claim("equal") + claim("vague")
    turtle += ":equal hc:effectDirection hc:NoDifference .\n"
    dated = '; hc:date "2001"^^xsd:gYear'
    for name, said, stance in (("a", "helps", "Affirms"), ("b", "equal", "Affirms"), ("d", "equal", "Denies")):
        turtle += assertion(name, said, stance, dated)
    store = store_of(tmp_path, turtle + assertion("e", "vague", extra=dated))
    (year,) = years(occasions(Survey(store)))
    assert list(year.tallies.items()) == [
        ("benefit", {"supports": 1}),
        ("no difference", {"supports": 1, "opposes": 1}),
        ("", {"supports": 1}),
    ]
    assert year.number_said == 4
    heights = {
        effect: sum(bar.height + 1 for bar in chart((year,), effect=effect).bars[0][1]) for effect in year.tallies
    }
    assert heights["no difference"] == 2 * heights["benefit"] == 2 * heights[""]
    page = timeline_page(store)
    assert "claims of a benefit</h3>" in page
    assert "claims of no difference</h3>" in page
    assert "effect not stated</h3>" in page


def test_where_no_effect_is_stated_the_chart_is_one_and_says_nothing_of_effects(store):
    assert "effect not stated" not in timeline_page(store)
