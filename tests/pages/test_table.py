"""The table of claims: its counts, sorting and filtering, and the CSV inside."""

from __future__ import annotations

import csv
import io
import time

import pytest

import kg
from kg.pages.base.summaries import Survey, tally
from kg.pages.table.page import table_page
from tests.support.browsing import quiet_tab, show
from tests.support.samples import argument, assertion, claim, store_of


@pytest.fixture
def disputed(tmp_path):
    """A store of three claims, of which one is disputed."""
    turtle = claim("first", "Rest helps") + claim("second", "Äpfel heilen") + claim("third", "=SUM(1)")
    turtle += assertion("a", "first") + assertion("b", "first", "Denies") + assertion("c", "second", "NoEvidence")
    return store_of(tmp_path, turtle + assertion("d", "third") + argument("g", "d", "Opposes", "first"))


def test_the_counts_are_those_of_the_claims_own_page(seed):
    survey = Survey(seed.store)
    assert len(survey.entries) == 104
    for entry in survey.entries:
        assert entry.tally == tally(survey.facts, entry.claim.iri)


def test_a_click_on_a_head_sorts_and_says_so(browser, tmp_path, disputed):
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, table_page(disputed))
        firsts = "[...document.querySelectorAll('#claims tbody .claim-text')].map(each => each.textContent)"
        assert tab.evaluate(firsts) == ["=SUM(1)", "Rest helps", "Äpfel heilen"]
        tab.get_by_role("button", name="Against").click()
        assert tab.evaluate(firsts)[0] == "Rest helps"
        assert tab.locator("#claims [aria-sort]").all_inner_texts() == ["Against"]
        assert tab.locator("#claims [aria-sort]").get_attribute("aria-sort") == "descending"
        tab.get_by_role("button", name="Claim").click()
        assert tab.evaluate(firsts) == ["=SUM(1)", "Äpfel heilen", "Rest helps"]
        tab.get_by_role("button", name="Claim").press("Enter")
        assert tab.evaluate(firsts) == ["Rest helps", "Äpfel heilen", "=SUM(1)"]


def test_the_filter_keeps_the_rows_with_all_words_and_says_how_many(browser, tmp_path, disputed):
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, table_page(disputed))
        tab.get_by_label("Filter").fill("SPEAKER helps")
        assert tab.locator("#claims tbody tr:visible").count() == 1
        assert tab.locator("#matching").inner_text() == "1 of 3"
        tab.get_by_label("Filter").fill("")
        assert tab.locator("#claims tbody tr:visible").count() == 3


def test_without_a_script_every_claim_is_there_and_no_tool_that_needs_one(browser, tmp_path, seed):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, tmp_path, table_page(seed.store))
    assert page.locator("#claims tbody tr").count() == 104
    assert not page.get_by_label("Filter").is_visible()
    context.close()


def test_the_download_is_csv_that_no_spreadsheet_takes_for_a_formula(browser, tmp_path, disputed):
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, table_page(disputed))
        with tab.expect_download() as download:
            tab.get_by_role("link", name="Download as CSV").click()
        assert download.value.suggested_filename == "claims.csv"
        rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8"))))
    assert [row["Claim"] for row in rows] == ["'=SUM(1)", "Rest helps", "Äpfel heilen"]
    assert (rows[1]["For"], rows[1]["Against"], rows[2]["Finding no evidence"]) == ("1", "2", "1")
    assert rows[1]["Who"] == "a speaker; d speaker; b speaker"


def test_a_standing_has_a_column_where_one_was_written(seed, disputed):
    assert "Disputed: " in table_page(seed.store)
    assert ">Standing<" in table_page(seed.store)
    assert ">Standing<" not in table_page(disputed)


def test_ten_times_the_claims_take_about_ten_times_as_long(tmp_path):
    """The ratio is of CPU time in one run; a table that asked the store for each claim would take far longer."""

    def seconds(number: int) -> float:
        folder = tmp_path / str(number)
        folder.mkdir()
        store = store_of(folder, "".join(claim(f"c{at}") + assertion(f"a{at}", f"c{at}") for at in range(number)))
        begun = time.process_time()
        assert table_page(store).count("<tr>") == number + 1
        return time.process_time() - begun

    seconds(20)
    assert seconds(1000) < 40 * seconds(100)


def test_claims_of_two_datasets_with_one_short_id_are_told_apart(tmp_path):
    for dataset in ("one", "two"):
        (tmp_path / dataset).mkdir()
        (tmp_path / dataset / "c.ttl").write_text(
            f"""@prefix hc: <https://w3id.org/health-claims/ontology#> .
<https://e.org/{dataset}/naps> a hc:Claim ; hc:text "Naps help in {dataset}" ."""
        )
    with kg.open() as graph:
        graph.load(tmp_path / "one", tmp_path / "two")
        names = graph.ids(claim.iri for claim in graph.claims.values())
        assert len(set(names.values())) == 2
        page = str(graph.view(kind="table"))
    assert all(f">{name}<" in page for name in names.values())
