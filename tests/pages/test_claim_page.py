"""The page of a claim: whole without network and script, accessible, and safe whatever the data say."""

from __future__ import annotations

import json
import tarfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from kg.model.cards import dispute
from kg.pages.claim.indirect import indirect_lines
from kg.pages.claim.page import BRIEF, claim_page, render
from kg.pages.options import ClaimPageOptions
from kg.store.syntax import parse
from kg.store.terms import IRI
from tests.support.browsing import quiet_tab, show, violations
from tests.support.hash_seeds import outputs
from tests.support.samples import PAYLOADS, argument, assertion, claim, everything, node, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"
_CLAIMS = "SELECT ?claim { ?claim a hc:Claim }"


@pytest.fixture(scope="module")
def seed_page(seed, tmp_path_factory) -> Path:
    """The page of the seed's most disputed claim, as a file."""
    file = tmp_path_factory.mktemp("page") / "relieves.html"
    file.write_text(claim_page(seed.store, seed.store.resolve("relieves")), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def full_page(seed, tmp_path_factory) -> Path:
    """The same with all that is known."""
    file = tmp_path_factory.mktemp("page") / "relieves-full.html"
    file.write_text(
        claim_page(seed.store, seed.store.resolve("relieves"), ClaimPageOptions(full=True)), encoding="utf-8"
    )
    return file


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    with quiet_tab(browser) as page:
        yield page


def test_the_page_needs_no_network_and_has_no_errors(tab, seed_page):
    tab.goto(seed_page.as_uri())
    assert tab.title().startswith("Massage relieves low back pain")
    assert tab.locator("h1").count() == 1
    assert tab.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_any_part_of_a_page(tab, tmp_path, everything_page, width, scheme):
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=scheme)
    show(tab, tmp_path, everything_page)
    assert violations(tab) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_large_dispute(tab, seed_page, full_page, scheme):
    tab.emulate_media(color_scheme=scheme)
    for file in (seed_page, full_page):
        tab.goto(file.as_uri())
        assert violations(tab) == []


@pytest.mark.parametrize("which", ["seed_page", "full_page"])
def test_everything_can_be_read_without_a_script(browser, request, which, seed):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(request.getfixturevalue(which).as_uri())
    shown = dispute(seed.store, seed.store.resolve("relieves"))
    text = page.content()
    assert page.locator("article.card").count() == len(list(shown.lines()))
    assert "massage therapy is a legitimate aid for lower back pain relief" in text
    assert page.locator("svg a.box").first.is_visible()
    context.close()


def test_the_table_holds_every_line(tab, full_page, seed):
    tab.goto(full_page.as_uri())
    shown = dispute(seed.store, seed.store.resolve("relieves"))
    assert tab.locator(".twin tr[class]").count() == len(list(shown.lines()))
    assert tab.locator(".twin td a").count() == len(list(shown.lines()))


def test_on_a_narrow_screen_the_table_stands_in_for_the_drawing(browser, seed_page, full_page):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(full_page.as_uri())
    page.locator(".twin td a").first.wait_for(state="visible")
    assert not page.locator("svg a.box").first.is_visible()
    page.goto(seed_page.as_uri())
    assert not page.locator("#glance").is_visible()
    assert page.locator("article.card").first.is_visible()
    page.close()


def test_a_large_dispute_is_told_in_brief_and_says_how_to_see_all(seed, seed_page, full_page):
    brief, full = (file.read_text(encoding="utf-8") for file in (seed_page, full_page))
    assert "The 34 lines are told in brief" in brief
    assert "kg view massage-low-back-pain:relieves --full -o FILE" in brief
    assert "told in brief" not in full
    shown = dispute(seed.store, seed.store.resolve("relieves"))
    voices = {voice.iri: voice for line in shown.lines() for voice in line.premises}.values()
    quotes = {quote.exact.value for voice in voices for quote in voice.quotes}
    assert len(quotes) > 10
    for words in (*quotes, "interest: trade association", "untraced", "anonymous", "mixed several figures"):
        assert escape(words) in brief
    assert "Lead, not proven" in full
    assert "Lead, not proven" not in brief
    assert "told in brief" not in claim_page(seed.store, seed.store.resolve("costs"))


@pytest.mark.parametrize("brief", [BRIEF, 0])
def test_each_speaker_of_a_line_has_marks_of_their_own(tab, tmp_path, monkeypatch, brief):
    monkeypatch.setattr("kg.pages.claim.page.BRIEF", brief)
    turtle = (
        claim("c")
        + "".join(claim(name) + assertion(name[0], name, extra=f"; hc:source :s-{name}") for name in ("all", "bad"))
        + ":s-all a hc:Source . :s-bad a hc:Source ; hc:sourceStatus hc:Retracted .\n"
        + ":interest a hc:Interest ; hc:interestOf :b-agent .\n"
        + argument("both", ":a, :b", "Supports", "c")
    )
    show(tab, tmp_path, claim_page(store_of(tmp_path, turtle), node("c")))
    names, marks = tab.locator(".card h3"), tab.locator(".card .badges")
    found = dict(zip(names.all_inner_texts(), marks.all_inner_texts(), strict=True))
    assert "interest" in found["b speaker"]
    assert "source retracted" in found["b speaker"]
    assert "interest" not in found["a speaker"]
    assert "retracted" not in found["a speaker"]


def test_a_finding_told_in_brief_names_the_paper_that_reports_its_study(tab, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.pages.claim.page.BRIEF", 0)
    show(tab, tmp_path, claim_page(store_of(tmp_path, everything(lambda field: f"the {field}")), node("c")))
    assert tab.locator("#x-g-answer .in").inner_text() == "the design; from the creator [2], n = 401"


def test_no_space_is_spent_on_what_a_page_does_not_use(seed_page):
    html = seed_page.read_text(encoding="utf-8")
    assert html.count("<style>") == 1
    sheet = html[html.index("<style>") : html.index("</style>")]
    # Of other pages: identifiers, jumps, counts.
    assert not any(name in sheet for name in (".kg-id", ".jump", ".counts", "--topic", "/*", "  "))


@pytest.mark.parametrize("claim_id", ["relieves", "lasts", "costs"])
def test_320_pixels_are_wide_enough(tab, seed, tmp_path, claim_id):
    tab.set_viewport_size({"width": 320, "height": 640})
    show(tab, tmp_path, claim_page(seed.store, seed.store.resolve(claim_id)))
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_long_words_do_not_widen_the_page(tab, tmp_path):
    tab.set_viewport_size({"width": 320, "height": 640})
    show(tab, tmp_path, claim_page(store_of(tmp_path, everything(lambda field: field[0] * 300)), node("c")))
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_tab_leads_to_the_content_and_every_box_of_the_map_can_be_reached(tab, seed_page):
    tab.goto(seed_page.as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    keys = tab.evaluate("[...document.querySelectorAll('svg a.box')].map(box => box.getAttribute('href'))")
    focused = "document.activeElement.matches('svg a') && document.activeElement.getAttribute('href')"
    reached = []
    for _ in range(len(keys) + 30):
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate(focused))
    assert set(keys) <= set(reached)


@pytest.mark.parametrize("which", ["seed_page", "full_page"])
def test_every_link_within_the_page_leads_somewhere(tab, request, which):
    tab.goto(request.getfixturevalue(which).as_uri())
    hrefs = tab.evaluate("[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href'))")
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert {href.removeprefix("#") for href in hrefs} <= set(ids)
    assert len(ids) == len(set(ids))


def test_enter_on_a_box_goes_to_its_card(tab, seed_page):
    tab.goto(seed_page.as_uri())
    box = tab.locator("svg a.box").nth(3)
    box.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_function("hash => location.hash === hash", arg=box.get_attribute("href"))
    assert tab.locator(f"[id='{(box.get_attribute('href') or '')[1:]}']").is_visible()


def test_a_link_to_a_folded_card_unfolds_it(tab, tmp_path):
    turtle = claim("c") + "".join(assertion(f"a{at:02}", "c") for at in range(15))
    file = tmp_path / "page.html"
    file.write_text(claim_page(store_of(tmp_path, turtle), node("c")), encoding="utf-8")
    tab.goto(file.as_uri())
    assert tab.locator("svg a.box.supports").count() == 13
    assert tab.get_by_text("and 3 more, in the list below").count() == 1
    assert tab.locator("article.card").count() == 15
    assert not tab.locator("#x-a14").is_visible()
    tab.goto(file.as_uri() + "#x-a14")
    tab.wait_for_function("document.getElementById('x-a14').checkVisibility()")


@pytest.mark.parametrize("brief", [BRIEF, 0])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_the_data_runs_as_a_script(browser, tmp_path, monkeypatch, payload, brief):
    """F18: one payload in every text field at once; the sample says which fields there are."""
    monkeypatch.setattr("kg.pages.claim.page.BRIEF", brief)
    page = browser.new_page()
    hits: list[str] = []
    page.expose_function("hit", lambda: hits.append("hit"))
    page.on("dialog", lambda dialog: hits.append(dialog.message))
    show(page, tmp_path, claim_page(store_of(tmp_path, everything(lambda field: payload)), node("c")))
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    for link in page.locator("svg a.box").all():
        link.focus()
    assert page.locator("script").count() == 1
    assert page.locator("iframe, object, embed, base, form, math, img").count() == 0
    attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))")
    assert not [name for name in attributes if name.startswith("on") or name == "style"]
    addresses = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
    ours = ("#", "https://", "data:,", "data:application/gzip;base64,")
    assert all(address.startswith(ours) for address in addresses)
    assert hits == []
    page.close()


def test_every_text_of_the_data_is_on_the_page(everything_page):
    fields: list[str] = []
    everything(lambda field: fields.append(field) or field)
    # A prefix only tells two places of the same words apart.
    assert [field for field in fields if f"«{field}»" not in everything_page] == ["prefix"]


@pytest.fixture(scope="module")
def everything_page(tmp_path_factory) -> str:
    """The page of a dispute in which every field says its own name."""
    store = store_of(tmp_path_factory.mktemp("all"), everything(lambda field: f"«{field}»"))
    return claim_page(store, node("c"))


def test_the_parts_of_a_source_stand_apart(tab, tmp_path):
    store = store_of(tmp_path, everything(lambda field: "Cups a day?" if field == "paper-title" else field))
    show(tab, tmp_path, claim_page(store, node("c")))
    (paper,) = [text for text in tab.locator(".sources > li").all_inner_texts() if text.startswith("creator")]
    said = "creator. Cups a day? journal volume(issue):pages, publisher. source-date. Journal article."
    said += " superseded by a later version"
    assert " ".join(paper.split()).startswith(f"{said} Replaced by newer-title. doi:doi PMID pmid pmcid")


def test_a_quote_with_marks_of_its_own_gets_no_second_pair(tmp_path):
    store = store_of(tmp_path, everything(lambda field: "\u201cOh,\u201d" if field == "quote" else field))
    html = claim_page(store, node("c"))
    # The style sheet adds the marks; the drawing has them in its text.
    assert '<blockquote lang="de">Oh,</blockquote>' in html
    assert "\u201cOh,\u201d" in html
    assert "\u201c\u201c" not in html


@pytest.mark.parametrize("name", ["adjunct", "relieves"])
def test_no_heading_of_the_map_lies_over_another_or_over_a_box(tab, tmp_path, seed, name):
    show(tab, tmp_path, claim_page(seed.store, seed.store.resolve(name)))
    script = """parts => parts.map(part => { const r = part.getBoundingClientRect();
        return [part.textContent, r.left, r.top, r.right, r.bottom]; })"""
    headings = tab.locator(".drawing svg > text").evaluate_all(script)
    everywhere = [*headings, *tab.locator("svg a.box rect").evaluate_all(script)]
    assert len(headings) >= 3
    for at, (_, left, top, right, bottom) in enumerate(headings):
        for _, x, y, x_end, y_end in everywhere[at + 1 :]:
            assert x >= right or x_end <= left or y >= bottom or y_end <= top


def test_words_in_another_language_say_so(everything_page):
    assert '<blockquote lang="de">«quote»</blockquote>' in everything_page
    assert '<h3 lang="fr">«agent»</h3>' in everything_page


def test_a_lead_is_called_a_lead_and_an_outdated_source_is_marked(everything_page):
    assert "Lead, not proven:" in everything_page
    assert "source retracted" in everything_page
    assert "goes back to a source superseded by a later version" in everything_page
    assert "anonymous" in everything_page


def test_an_address_that_is_not_http_is_text(everything_page):
    assert "<span>javascript:alert(1)</span>" in everything_page
    assert 'href="javascript:' not in everything_page


@pytest.mark.parametrize(("form", "start"), [("BibTeX", "@"), ("RIS", "TY  - "), ("CSL-JSON", "[\n {")])
def test_a_click_on_a_format_copies_one_citation(browser, seed_page, full_page, form, start):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()

    def copied(place: Locator) -> str:
        page.evaluate("document.getElementById('status').textContent = ''")
        place.get_by_role("button", name=form).click()
        page.wait_for_function("form => document.getElementById('status').textContent === `${form} copied`", arg=form)
        return str(page.evaluate("navigator.clipboard.readText()"))

    page.goto(full_page.as_uri())
    first, last = (copied(page.locator(".sources > li").nth(at)) for at in (0, -1))
    own = copied(page.locator("#reuse"))
    page.goto(seed_page.as_uri())
    assert page.locator(".sources button").count() == 0
    assert copied(page.locator("#reuse")) == own
    assert all(text.startswith(start) for text in (first, last, own))
    assert "The effectiveness of massage therapy" in first
    assert "Effectiveness of massage therapy for subacute" in last
    assert "Massage relieves low back pain: who says what" in own
    assert "\n\n" not in first + last + own
    assert form != "RIS" or first.endswith("\nER  - ")
    context.close()


def test_without_a_script_everything_is_in_one_archive(browser, full_page, seed):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(full_page.as_uri())
    with page.expect_download() as download:
        page.get_by_role("link", name="one archive").click()
    assert download.value.suggested_filename == "claim.tar.gz"
    with tarfile.open(download.value.path()) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar}  # type: ignore[union-attr]
    assert list(files) == ["claim.ttl", "claim.jsonld", "citations.ris", "citations.bib", "citations.json"]
    assert seed.store.resolve("relieves") in {quad.subject for quad in parse(files["claim.ttl"], ".ttl")}
    sources = len(dispute(seed.store, seed.store.resolve("relieves")).sources)
    assert len(json.loads(files["citations.json"])) == files["citations.bib"].count(b"\n@") + 1 == sources + 1
    context.close()


@pytest.mark.parametrize("which", ["seed_page", "full_page"])
def test_the_claim_can_be_taken_away_as_turtle_and_as_json_ld(tab, request, which, seed):
    tab.goto(request.getfixturevalue(which).as_uri())
    found = {}
    for name, suffix in (("Turtle", "ttl"), ("JSON-LD", "jsonld")):
        with tab.expect_download() as download:
            tab.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == f"claim.{suffix}"
        quads = parse(download.value.path().read_bytes(), f".{suffix}")
        found[name] = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    stated = {(quad.subject, quad.predicate, quad.object) for quad in seed.store.quads()}
    assert found["Turtle"] == found["JSON-LD"] <= stated
    claim_node = seed.store.resolve("relieves")
    assert {quad[0] for quad in found["Turtle"]} >= {claim_node, seed.store.resolve("surgeons-limit-relief")}
    quotes = {quad for quad in found["Turtle"] if quad[1].value.endswith("#quote")}
    assert bool(quotes) == (which == "full_page")


def test_a_page_of_the_seed_is_at_most_61_kb(tmp_path):
    with kg.open(tmp_path / "kg-store") as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
        claims = [IRI(found["claim"]) for found in graph.query(_CLAIMS)]
        sizes = {iri.value.rpartition("/")[2]: len(claim_page(graph.store, iri).encode()) for iri in claims}
    assert {name: size for name, size in sizes.items() if size > 61_000} == {}
    assert sorted(sizes.values())[len(sizes) // 2] < 30_000


def test_what_bears_on_the_claim_through_another_is_on_the_side_that_the_path_leads_to(tmp_path):
    turtle = "".join(claim(name, f"text {name}") for name in ("c", "p", "o", "b", "a", "l", "e"))
    turtle += argument("g1", "p", "Supports", "c") + argument("g2", "o", "Opposes", "c")
    turtle += argument("g3", "b", "Opposes", "p") + argument("g4", "a", "Opposes", "o")
    turtle += (
        argument("g5", "l", "Qualifies", "p")
        + argument("g6", "e", "Opposes", "b")
        + argument("g7", "c", "Supports", "p")
    )
    shown = indirect_lines(store_of(tmp_path, turtle), node("c"))
    assert {each.path[0].text.value: (each.relation, len(each.path)) for each in shown} == {
        "text b": ("opposes", 2),
        "text a": ("supports", 2),
        "text l": ("qualifies", 2),
        "text e": ("supports", 3),
    }
    html = claim_page(store_of(tmp_path, turtle), node("c"))
    assert "For, indirectly: 2 claims" in html
    assert "On a limit, or on a challenge to evidence: 1 claim" in html


def test_a_certainty_that_no_reviewer_stated_is_not_shown(seed):
    assert "certainty of the evidence" not in claim_page(seed.store, seed.store.resolve("costs"))
    stated = [found for found in seed.standing() if found.certainty]
    pages = [claim_page(seed.store, seed.store.resolve(found.claim)) for found in stated]
    assert stated
    assert all("certainty of the evidence" in page for page in pages)


def test_the_page_gives_no_verdict_and_no_advice(everything_page, seed_page):
    for html in (everything_page, seed_page.read_text(encoding="utf-8")):
        assert "This is no medical advice." in html
        body = html[html.index("<body") :].lower()
        assert not any(word in body for word in (" is true", " is false", "debunked", "proven wrong", "you should"))


def test_a_claim_that_nobody_speaks_of_has_a_page(tab, tmp_path):
    show(tab, tmp_path, claim_page(store_of(tmp_path, claim("c", "Alone")), node("c")))
    assert tab.locator("section p.empty").all_inner_texts() == ["Nothing is recorded here."] * 2


def test_other_claims_are_linked_where_they_have_pages(tmp_path):
    turtle = claim("c") + claim("p", "Premise") + assertion("a", "p") + argument("g", "a", "Supports", "c")
    shown = dispute(store_of(tmp_path, turtle), node("c"))
    html = render(shown, lambda iri: f"{iri.value.rpartition('/')[2]}.html")
    assert '<a href="p.html">Premise</a>' in html
    assert "href" not in render(shown, lambda _: "javascript:x").split("Premise")[1][:10]


def test_two_nodes_with_one_short_id_have_cards_of_their_own(tmp_path):
    other = "<https://elsewhere.example/id/a> a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms ; hc:agent :x .\n"
    html = claim_page(store_of(tmp_path, claim("c") + assertion("a", "c") + other), node("c"))
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_same_data_gives_the_same_bytes():
    (page,) = outputs("-m", "kg", "view", "relieves", "--data", str(SEED), "-o", "-")
    assert len(page) > 10_000
