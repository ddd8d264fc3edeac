"""The overview of a large dataset: its columns, the places of its blocks, and the page in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.pages.graph.page
from kg.model.cards import dispute as page_of
from kg.pages.base.assessed import STATES
from kg.pages.base.choice import choose
from kg.pages.graph import graph_page
from kg.pages.options import GraphOptions
from kg.pages.overview.dataset_columns import KINDS, SHARES, columns
from kg.pages.overview.page import MOST_ROWS, overview_page
from kg.pages.overview.treemap import CELL, WIDE, blocks
from tests.support.browsing import assert_legible, colours, go, quiet_tab, unguarded, until
from tests.support.browsing import says as said_in
from tests.support.hash_seeds import outputs
from tests.support.samples import DISPUTE, PAYLOADS, argument, assertion, claim, everything, node, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"
SURGEONS = "the benefits are short term in relation to increase in function and pain relief"


def test_the_shares_of_each_claim_are_the_numbers_of_its_page(seed):
    found = columns(seed.store)
    relations = {
        "pro": "supports",
        "con": "opposes",
        "doubts": "doubts",
        "evidence": "undercuts",
        "limits": "qualifies",
        "silent": "no evidence",
    }
    for at, key in enumerate(found.claims["key"]):
        groups = page_of(seed.store, seed.store.resolve(key)).groups
        counts = {relations.get(name, name): len(lines) for name, lines in groups.items()}
        assert {share: found.claims[share][at] for share in SHARES} == {share: counts[share] for share in SHARES}, key


def test_an_undercut_lands_on_the_line_that_it_answers(tmp_path):
    found = columns(store_of(tmp_path, DISPUTE))
    lines = found.lines
    (undercut,) = (at for at, kind in enumerate(lines["kind"]) if KINDS[kind] == "undercuts")
    answered = lines["on"][undercut]
    assert found.claims["key"][lines["by"][answered]] == "trial"
    assert found.claims["key"][lines["to"][undercut]] == "c"


def test_what_is_supported_stands_before_what_is_answered(tmp_path):
    turtle = "".join(map(claim, ("agreed", "contested", "refuted", "silent")))
    turtle += assertion("one", "agreed") + assertion("two", "contested") + assertion("three", "contested", "Denies")
    found = columns(store_of(tmp_path, turtle + assertion("four", "refuted", "Denies")))
    (topic,) = {group.name for group in found.topics if group.size == 1} - {"contested", "refuted", "silent"}
    assert topic == "agreed"
    one = "".join(f":{name} hc:about :topic .\n" for name in ("agreed", "contested", "refuted", "silent"))
    found = columns(store_of(tmp_path, turtle + one + assertion("four", "refuted", "Denies")))
    assert found.claims["key"] == ["agreed", "contested", "refuted", "silent"]


def test_arguments_in_a_circle_end_nowhere_and_are_no_endless_loop(tmp_path):
    turtle = claim("c") + argument("one", "c", "Opposes", "two") + argument("two", "c", "Opposes", "one")
    assert columns(store_of(tmp_path, turtle)).lines["to"] == [-1, -1]


def test_topics_stand_in_the_order_in_which_a_person_looks_for_them(tmp_path):
    turtle = "".join(
        claim(f"c{at}") + f':c{at} hc:about :t{at} . :t{at} skos:prefLabel "topic {at}" .' for at in (10, 9)
    )
    assert [topic.name for topic in columns(store_of(tmp_path, turtle)).topics] == ["topic 9", "topic 10"]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=60))
def test_no_two_blocks_overlap(sizes):
    found = blocks(sizes, [f"topic {at}" for at in range(len(sizes))])
    boxes = [
        (x, y - found.head, x + -(-size // found.rows) * CELL, y + found.rows)
        for size, (x, y) in zip(sizes, found.corners, strict=True)
    ]
    for at, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:at]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_many_blocks_fill_about_a_screen():
    found = blocks([7] * 3000, ["topic"] * 3000)
    assert WIDE / 1.3 < found.width / found.height < WIDE * 1.3


def test_a_large_dataset_starts_with_its_topics(tmp_path, monkeypatch):
    monkeypatch.setattr(kg.pages.graph.page, "MOST_CLAIMS", 2)
    assert 'id="o_map"' in graph_page(store_of(tmp_path, DISPUTE))
    assert 'id="g_canvas"' in graph_page(store_of(tmp_path, DISPUTE), node("c"))


def test_a_dataset_without_claims_has_a_page(tmp_path):
    assert "<h1>" in overview_page(columns(store_of(tmp_path, ':x rdfs:label "nothing of ours" .')))


def test_beyond_some_thousand_claims_the_table_is_one_of_topics(tmp_path):
    turtle = "".join(claim(f"c{at}", f"Claim {at}") for at in range(MOST_ROWS + 1))
    html = overview_page(columns(store_of(tmp_path, turtle)))
    assert html.count("<tr") == 2
    assert "The table sums up first words" in html


def test_claims_without_a_topic_stand_under_their_first_word_which_is_called_no_topic(tmp_path):
    turtle = claim("c", "R-citalopram inhibits it") + claim("d", "(R-citalopram) does not") + claim("e", "Tea calms")
    found = columns(store_of(tmp_path, turtle))
    assert [(group.name, group.size) for group in found.topics] == [("r-citalopram", 2), ("tea", 1)]
    html = overview_page(found)
    assert "3 claims and 2 first words" in html
    assert "The data state no topics" in html
    assert not re.search("topics</option>|Topic</th>", html)
    some = columns(store_of(tmp_path, turtle + ':e hc:about :t . :t skos:prefLabel "tea" .'))
    assert "3 claims, 1 topic and 1 first word" in overview_page(some)


def test_a_thing_without_a_title_is_called_by_its_address(tmp_path):
    turtle = claim("c") + assertion("s", "c", extra="; hc:source <https://blog.example/c>")
    store = store_of(tmp_path, turtle + "<https://blog.example/c> a hc:Source .")
    assert "blog.example/c" in columns(store).names


def test_the_overview_is_the_same_to_the_byte_whatever_the_hash_seed():
    script = (
        "import hashlib, kg; from kg.pages.overview.page import overview_page;"
        "from kg.pages.overview.dataset_columns import columns;"
        f"graph = kg.open(':memory:'); graph.load({str(SEED)!r});"
        "print(hashlib.sha256(overview_page(columns(graph.store)).encode()).hexdigest())"
    )
    assert len(outputs("-c", script)) == 1


@pytest.fixture(scope="module")
def address(seed, tmp_path_factory) -> str:
    """The address of the overview of the seed dataset."""
    file = tmp_path_factory.mktemp("overview") / "seed.html"
    file.write_text(overview_page(columns(seed.store)), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with quiet_tab(browser, reduced_motion="reduce") as page:
        yield page


def says(tab: Page, text: str, part: str = "#o_details") -> None:
    said_in(tab, text, part)


def test_the_map_is_painted_and_its_words_are_legible_and_apart(tab, address):
    go(tab, address)
    until(tab, "graphDrawn().labels.length > 3")
    labels = tab.evaluate("graphDrawn().labels")
    assert_legible(labels)
    assert colours(tab) > 20


def test_zoomed_in_each_cell_bears_its_words_and_none_overlap(tab, address):
    go(tab, address)
    tab.select_option("#o_topic", "adverse effects")
    says(tab, "Massage has few adverse effects")
    until(tab, "graphDrawn().labels.some(({ text }) => text.startsWith('Massage has few'))")
    assert_legible(tab.evaluate("graphDrawn().labels"))


def test_find_suggests_and_unfolds_a_claim(tab, address):
    go(tab, address)
    tab.fill("#o_find", "short term")
    tab.wait_for_selector("#o_names option", state="attached")
    tab.fill("#o_find", "The benefits of massage for low back pain, in function and in pain relief, are short term")
    tab.press("#o_find", "Enter")
    says(tab, SURGEONS)
    assert tab.url.endswith("#short-term")
    assert tab.locator("#o_closeup svg a").count() > 3
    assert tab.evaluate("document.activeElement.id") == "o_panel"


def test_find_says_when_nothing_is_called_so(tab, address):
    go(tab, address)
    tab.fill("#o_find", "zinc lozenges")
    tab.press("#o_find", "Enter")
    says(tab, "zinc lozenges", "#o_status")


def test_what_is_for_a_claim_stands_left_of_it_and_what_answers_it_right(tab, address):
    go(tab, address + "#relieves")
    middle, left, right = tab.evaluate(
        """() => { const box = (a) => { const { x, width } = a.getBoundingClientRect(); return x + width / 2; };
        const links = [...document.querySelectorAll("#o_closeup [aria-label]")].filter((a) => a.tagName !== "svg");
        const of = (word) => links.filter((a) => a.getAttribute("aria-label").startsWith(word)).map(box);
        return [of("Massage relieves low back pain")[0], Math.max(...of("supports")), Math.min(...of("doubts"))]; }"""
    )
    assert left < middle < right


def test_what_does_not_fit_is_folded_and_unfolds(tab, address):
    go(tab, address + "#relieves")
    few = tab.locator("#o_closeup svg g[role=img], #o_closeup svg a").count()
    tab.locator("#o_closeup a", has_text="more").first.press("Enter")
    tab.wait_for_url("**open=1")
    until(tab, f"document.querySelectorAll('#o_closeup svg g[role=img], #o_closeup svg a').length > {few}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", "insomnia"),
        ("relation", "undercuts"),
        ("stance", "doubts"),
        ("standing", "contested"),
        ("who", "Orthopedic and neurosurgeons"),
    ],
)
def test_a_filter_is_part_of_the_address_and_kept(tab, address, field, value):
    go(tab, address)
    if field == "who":
        tab.fill("#o_who", value)
        tab.press("#o_who", "Enter")
    else:
        tab.select_option(f"#o_{field}", value)
    says(tab, f"of {tab.evaluate('document.querySelectorAll(`#o_table tbody tr`).length')} claims")
    assert f"{field}=" in tab.url
    go(tab, tab.url)
    assert tab.input_value(f"#o_{field}") == value
    says(tab, STATES.get(value, value))


def test_years_filter_by_when_it_was_said(tab, address):
    go(tab, address + "#&since=2017&until=2017")
    says(tab, "since 2017, until 2017")


def test_the_path_between_two_claims_has_an_address(tab, address):
    go(tab, address + "#muscle-only")
    tab.fill("#o_details .path input", "Massage relieves low back pain")
    tab.press("#o_details .path input", "Enter")
    says(tab, "between two claims")
    assert "to=relieves" in tab.url
    assert tab.locator("#o_details ol li").count() >= 2


def test_what_the_address_names_and_the_data_have_not_is_left_out_and_said(tab, address):
    go(tab, address + "#nonsense&topic=zzz&round=1")
    for words in ("nonsense", "topic zzz", "round"):
        says(tab, f"“{words}”", "#o_status:visible")


def test_the_arrow_keys_reach_every_claim_and_enter_opens_it(tab, address):
    go(tab, address)
    tab.focus("#o_map")
    count = tab.evaluate("document.querySelectorAll('#o_table tbody tr').length")
    said = tab.evaluate(
        """count => { const said = new Set();
        for (let at = 0; at < count; at += 1) {
          document.getElementById("o_map").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
          said.add(document.getElementById("o_hover").textContent);
        }
        return said.size; }""",
        count,
    )
    assert said == count
    tab.keyboard.press("Home")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#o_closeup svg")
    tab.go_back()
    tab.wait_for_selector("#o_map")
    tab.focus("#o_map")
    tab.keyboard.press("Escape")
    tab.wait_for_selector("#o_start:visible")


@pytest.mark.parametrize(("key", "kind"), [("", "svg"), ("", "png"), ("#relieves", "svg"), ("#relieves", "png")])
def test_the_picture_is_saved(tab, address, key, kind):
    go(tab, address + key)
    with tab.expect_download() as waiting:
        tab.click(f"#o_{kind}")
    content = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.endswith(f".{kind}")
    assert content.startswith(b"\x89PNG" if kind == "png" else b"<svg")
    assert len(content) > 3000


@pytest.mark.parametrize(
    ("key", "width", "scheme"),
    [("", 1440, "light"), ("", 390, "dark"), ("#relieves", 1440, "dark"), ("#relieves", 390, "light")],
)
def test_axe_finds_no_violation(tab, address, key, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=scheme)
    go(tab, unguarded(address) + key)
    tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(tab, options=options)
    assert results.violations_count == 0, results.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_the_table_says_it_all(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert "Massage relieves low back pain" in page.locator("#o_table").inner_text()
    assert page.locator("#o_bar").is_hidden()
    context.close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_the_data_runs(browser, tmp_path, payload):
    hits: list[str] = []
    page = browser.new_page()
    page.expose_function("hit", lambda: hits.append("hit"))
    page.on("dialog", lambda dialog: hits.append(dialog.message))
    file = tmp_path / "page.html"
    found = columns(store_of(tmp_path, everything(lambda field: payload)))
    file.write_text(overview_page(found), encoding="utf-8")
    go(page, file.as_uri())
    for key in found.claims["key"]:
        page.evaluate("key => { location.hash = key }", key)
        page.wait_for_selector("#o_closeup svg")
        page.evaluate("key => { location.hash = key + '&show=map' }", key)
        page.wait_for_selector("#o_map")
        names = page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))")
        assert not [name for name in names if name.startswith("on")]
        assert page.locator("iframe, object, embed, base, form[action], math, img, b[onclick]").count() == 0
        links = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
        assert all(link.startswith(("#", "https://", "data:,")) for link in links)
    drawn = page.evaluate("graphMapNow.svg()")
    page.evaluate(
        "svg => { document.body.append(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement) }", drawn
    )
    assert page.locator("parsererror").count() == 0
    assert hits == []
    page.close()


def test_an_argument_on_a_study_lands_on_every_statement_that_rests_on_it(tmp_path):
    turtle = (
        claim("c") + claim("d") + claim("flawed") + ":trial a hc:Study . :paper a hc:Source ; hc:reports :trial .\n"
    )
    turtle += assertion("one", "c", extra="; hc:tracedTo :trial") + assertion("two", "d", extra="; hc:source :paper")
    turtle += assertion("no", "c", "Denies", "; hc:tracedTo :trial") + argument("g", "flawed", "Opposes", "trial")
    store = store_of(tmp_path, turtle)
    for found in (columns(store), columns(store, choose(store, None, GraphOptions(limit=2)))):
        lines, keys = found.lines, found.claims["key"]
        ends = {keys[end] for end in lines["to"]}
        assert ends == {"c", "d"} & set(keys), "a denial that rests on it gains by it"
        assert [found.said["claim"][-2 - on] for on in lines["on"]] == lines["to"]
        for at, key in enumerate(keys):
            assert lines["to"].count(at) == found.claims["undercuts"][at], key
