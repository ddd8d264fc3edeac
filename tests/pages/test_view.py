"""Views as a Python user and the command line get them: kinds, options, and the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import NotFoundError, UsageError
from kg.model.cards import dispute
from kg.namespaces import plain_name
from kg.pages import KINDS, Page, view
from kg.pages.terminal import render
from kg.store.terms import Literal
from tests.support.browsing import quiet_tab, show, violations
from tests.support.hash_seeds import outputs
from tests.support.samples import PAYLOADS, assertion, claim, everything, node, store_of

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"
MANY = ("matrix", "reading", "timeline", "table")
"""The views of many claims; the page of a claim and the graph have test files of their own."""


def article(text: str) -> str:
    """Return a text for the article of `samples.everything`, whose quote is in it, and a passage of it set aside."""
    whole = Literal(f"Before.\n\n{text} and after.\n\nSponsored", language="de")
    return f"""
    :article schema:text {whole} .
    :aside a hc:SetAside ; hc:source :article ; hc:reason {Literal(text, language="en")} ; hc:quote :aside.quote .
    :aside.quote a oa:SpecificResource ; oa:hasSource :article ; oa:hasSelector :aside.text .
    :aside.text a oa:TextQuoteSelector ; oa:exact "Sponsored" .
    """


def everything_with(text: str) -> str:
    """Return `samples.everything` with `text` in each field, and an article that holds it."""
    return everything(lambda field: text if field != "prefix" else "") + article(text)


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A store in which every field says its own name."""
    words = everything(lambda field: f"«{field}»" if field != "prefix" else "")
    return store_of(tmp_path_factory.mktemp("named"), words + article("«quote»"))


def test_a_view_is_its_html_and_can_be_saved(seed, tmp_path):
    page = view(seed.store, "relieves")
    page.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == str(page)


def test_a_notebook_shows_a_view_in_a_frame_of_its_own():
    frame = Page('<p title="a">&</p>')._repr_html_()
    assert 'srcdoc="&lt;p title=&quot;a&quot;&gt;&amp;&lt;/p&gt;"' in frame
    assert 'sandbox="allow-scripts allow-downloads"' in frame


def test_a_page_needs_a_claim(seed):
    with pytest.raises(UsageError, match=r"which claim\? .*kg list"):
        view(seed.store)


def test_a_query_that_gives_nothing_to_draw_has_a_page_and_a_remark(seed, tmp_path):
    query = "CONSTRUCT { ?a hc:supports ?b } WHERE { ?a hc:nothing ?b }"
    assert view(seed.store, kind="graph", query=query).remarks == ("the query gives no triples; the page is empty",)
    assert view(seed.store, kind="graph", query="CONSTRUCT WHERE { ?a hc:supports ?b }").remarks == ()
    command = [sys.executable, "-m", "kg", "view", "--as", "graph", "--query", query, "-o", str(tmp_path / "g.html")]
    done = subprocess.run([*command, "--data", str(SEED)], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "warning: the query gives no triples; the page is empty" in done.stderr.splitlines()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://blog.example/c", "blog.example/c"),
        ("http://www.blog.example/c/?page=2", "blog.example/c"),
        ("https://blog.example", "blog.example"),
        ("https://w3id.org/health-claims/id/tea/nyt-2011", "nyt-2011"),
        ("https://my.example/id/tea/nyt-2011", "nyt-2011"),
        ("http://purl.org/spar/fabio/WebPage", "WebPage"),
        ("https://blog.example/c#source", "source"),
        ("urn:isbn:1", "urn:isbn:1"),
    ],
)
def test_what_has_no_title_is_called_by_its_address_or_its_id(address, name):
    assert plain_name(address) == name


def test_a_claims_page_and_the_terminal_call_an_untitled_source_by_its_address(tmp_path):
    turtle = claim("c") + assertion("s", "c", extra="; hc:source <https://blog.example/c>")
    store = store_of(tmp_path, turtle + "<https://blog.example/c> a hc:Source .")
    for kind in ("page", "timeline", "table"):
        assert re.search(r">blog\.example/c\.?<", str(view(store, node("c").value, kind=kind)))
    assert "[1] blog.example/c" in render(dispute(store, node("c")))


def test_an_unknown_kind_of_view_is_refused(seed):
    with pytest.raises(UsageError, match="page, graph, matrix, reading, timeline or table"):
        view(seed.store, "relieves", kind="poster")


def test_an_option_of_another_kind_is_refused(seed):
    with pytest.raises(UsageError, match="source goes with the view 'reading', not with 'table'"):
        view(seed.store, kind="table", source="article")


def test_an_option_that_no_view_has_is_refused_with_those_that_there_are(seed):
    with pytest.raises(UsageError, match="no option 'colour' of a view: there are full, topic, limit, around, hops"):
        view(seed.store, kind="table", colour="red")


def test_the_command_has_an_option_for_each_field_of_the_options_of_a_page():
    named = {parameter.name for parameter in cli.commands["view"].params}
    assert {option.name for page in KINDS.values() for option in fields(page.options)} <= named


def test_a_node_that_is_no_claim_has_no_page(seed):
    with pytest.raises(NotFoundError, match="no claim"):
        view(seed.store, "amta")


@pytest.mark.parametrize("kind", MANY)
def test_a_node_that_is_no_claim_has_no_other_view_either(seed, kind):
    with pytest.raises(NotFoundError, match="no claim"):
        view(seed.store, "amta", kind=kind)


@pytest.mark.parametrize("kind", MANY)
def test_with_a_claim_a_view_shows_that_claim_and_what_bears_on_it(seed, kind):
    html = str(view(seed.store, "costs", kind=kind))
    assert "Massage reduces health-care costs" in html
    assert "Massage relieves low back pain" not in html


@pytest.mark.parametrize("kind", MANY)
def test_a_store_without_claims_has_an_empty_view(tmp_path, kind):
    store = store_of(tmp_path, ':s a hc:Source ; dcterms:title "Title"@en ; schema:text "Text"@en .')
    assert "This is no medical advice." in str(view(store, kind=kind))


@pytest.mark.parametrize("kind", MANY)
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_no_violation_and_nothing_is_fetched_or_said(browser, tmp_path, named, kind, width, scheme):
    with quiet_tab(browser, viewport={"width": width, "height": 844}, color_scheme=scheme) as tab:
        show(tab, tmp_path, str(view(named, kind=kind)))
        assert tab.locator("h1").count() == 1
        assert violations(tab) == []


@pytest.mark.parametrize("kind", MANY)
def test_the_seed_fits_a_phone_and_paper(browser, tmp_path, seed, kind):
    with quiet_tab(browser, viewport={"width": 320, "height": 640}) as tab:
        show(tab, tmp_path, str(view(seed.store, kind=kind)))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
        tab.set_viewport_size({"width": 1050, "height": 750})  # a sheet of A4, broad side down
        tab.emulate_media(media="print")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 1050
        clipped = (
            "[...document.querySelectorAll('main *')].filter(e => getComputedStyle(e).overflowY === 'auto').length"
        )
        assert tab.evaluate(clipped) == 0


@pytest.mark.parametrize("kind", MANY)
def test_tab_reaches_every_link_button_and_scrolling_part(browser, tmp_path, named, kind):
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, str(view(named, kind=kind)))
        tab.evaluate(
            "document.querySelectorAll('a[href]:not([tabindex]), button, input, summary, [tabindex=\"0\"]')"
            ".forEach((each, at) => { if (each.checkVisibility()) each.dataset.stop = at; })"
        )
        stops = tab.evaluate("[...document.querySelectorAll('[data-stop]')].map(each => each.dataset.stop)")
        reached = set()
        for _ in range(len(stops) + 3):
            tab.keyboard.press("Tab")
            reached.add(tab.evaluate("document.activeElement.dataset.stop"))
        assert set(stops) <= reached


@pytest.mark.parametrize("kind", MANY)
def test_every_link_within_a_view_leads_somewhere_and_no_two_places_are_called_the_same(browser, tmp_path, seed, kind):
    with quiet_tab(browser) as tab:
        show(tab, tmp_path, str(view(seed.store, kind=kind)))
        hrefs = tab.evaluate(
            "[...document.querySelectorAll('[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        )
        ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert set(hrefs) <= set(ids)
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_the_data_runs_as_a_script_in_any_view(browser, tmp_path, payload):
    store = store_of(tmp_path, everything_with(payload))
    page = browser.new_page()
    hits: list[str] = []
    page.expose_function("hit", lambda: hits.append("hit"))
    page.on("dialog", lambda dialog: hits.append(dialog.message))
    for kind in MANY:
        show(page, tmp_path, str(view(store, kind=kind)))
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        page.evaluate(
            "document.querySelectorAll('a, td, th').forEach(each => each.dispatchEvent(new Event('mouseover')))"
        )
        assert page.locator("script").count() == (1 if kind == "table" else 0)
        assert page.locator("iframe, object, embed, base, form, math, img").count() == 0
        names = page.evaluate("[...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name))")
        assert not [name for name in names if name.startswith("on") or name == "style"]
        addresses = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
        assert all(address.startswith(("#", "https://", "data:,", "data:text/csv;")) for address in addresses)
    assert hits == []
    page.close()


def test_the_same_data_give_the_same_bytes():
    program = (
        "import hashlib, sys, kg\n"
        "graph = kg.open(':memory:')\n"
        "graph.load(sys.argv[1])\n"
        "for kind in sys.argv[2:]: print(hashlib.sha256(str(graph.view(kind=kind)).encode()).hexdigest())\n"
    )
    (printed,) = outputs("-c", program, str(ROOT / "data" / "massage-low-back-pain"), *MANY)
    assert len(printed.split()) == len(MANY)


def test_the_command_draws_every_kind_of_view(seed_store, tmp_path):
    for kind in KINDS:
        file = tmp_path / f"{kind}.html"
        command = [
            sys.executable,
            "-m",
            "kg",
            "view",
            "costs",
            "--as",
            kind,
            "--store",
            str(seed_store),
            "-o",
            str(file),
        ]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_command_refuses_a_name_of_another_format(seed_store, tmp_path):
    for name in ("costs.docx", "costs.svg"):
        done = CliRunner().invoke(cli, ["view", "costs", "--store", str(seed_store), "-o", str(tmp_path / name)])
        assert isinstance(done.exception, UsageError), done.output
        assert f"a view is HTML, not '{Path(name).suffix}'; name the file .html" in str(done.exception)
        assert not (tmp_path / name).exists()
    assert CliRunner().invoke(cli, ["view", "costs", "--store", str(seed_store), "-o", "-"]).exit_code == 0
