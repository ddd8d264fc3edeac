"""The one way a page is made: what is escaped, which addresses may be followed, which colours read."""

from __future__ import annotations

import base64
import hashlib
import html
import re

import pytest
from jinja2 import UndefinedError

from kg.model.labels import Text
from kg.model.vocabulary import of_scheme, words_of
from kg.namespaces import HC
from kg.pages.base import palette
from kg.pages.base.html import anchor, asset, compact, data_block, environment, fitting, lang, nearby, page, web
from kg.store.terms import IRI


@pytest.mark.parametrize("address", ["https://doi.org/10.1/2", "http://example.org/a?b=c#d"])
def test_http_addresses_may_be_followed(address):
    assert web(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//example.org/x",
        "https:",
        "https:///x",
        "http://[",
        "file:///etc/passwd",
        "mailto:a@example.org",
        "https://example.org/\u202e",
        "relative.html",
        "",
        None,
    ],
)
def test_other_addresses_may_not(address):
    assert web(address) is None


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("a.html", "a.html"),
        ("b/a.html#x-b", "b/a.html#x-b"),
        ("javascript:x", None),
        ("//a/b", None),
        ("/a", None),
    ],
)
def test_our_own_pages_are_reached_by_plain_relative_paths(address, result):
    assert nearby(address) == result


def test_a_fragment_is_made_of_a_plain_short_id_or_of_a_digest():
    assert anchor("https://example.org/id/rdq-10-weeks") == "x-rdq-10-weeks"
    assert re.fullmatch(r"x-[0-9a-f]{12}", anchor("https://example.org/id/x' onload='hit()"))


def test_a_text_says_its_language_unless_it_is_english_or_no_language_at_all():
    assert lang(Text("Rücken", "de")) == ' lang="de"'
    assert [lang(text) for text in (Text("back", "en-GB"), Text("back"), Text("x", '"><script>'))] == ["", "", ""]


def test_data_in_a_page_cannot_end_its_block():
    block = data_block("data", {"text": "</script><!-- \u2028 &amp;"})
    assert "<" not in block.removeprefix('<script type="application/json" id="data">').removesuffix("</script>")
    assert "\\u003c/script\\u003e" in block


def test_only_the_scripts_and_styles_that_were_given_may_run():
    text = page("base/base.html", title="T", styles=("a { color: red }\r\n",), scripts=("let a = '</script>';",))
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1])
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    for tag, inline in re.findall(r"<(script|style)>(.*?)</\1>", text, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in re.search(rf"{tag}-src ([^;]*)", policy)[1]
    assert text.count("</script>") == 1


def test_a_page_without_scripts_allows_none():
    assert "script-src &#39;none&#39;" in page("base/base.html", title="T")


def test_the_title_is_escaped():
    assert "<title>&lt;b&gt;</title>" in page("base/base.html", title="<b>")


def test_a_name_that_a_template_lacks_is_an_error():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_no_style_sheet_or_script_of_ours_fetches_anything():
    for name in ("base/base.css", "claim/page.css", "claim/page.js"):
        assert not re.search(r"url\(|@import|fetch\(|https?:", asset(name))


@pytest.mark.parametrize("mark", [*palette.RELATIONS.values(), *palette.KINDS.values()], ids=lambda mark: mark.name)
def test_every_colour_reads_as_text_on_paper_and_on_its_tint(mark):
    pairs = (
        (mark.ink, palette.PAPER),
        (mark.ink, mark.tint),
        (mark.dark_ink, palette.DARK_PAPER),
        (mark.dark_ink, mark.dark_tint),
    )
    assert all(palette.contrast(one, other) >= 4.5 for one, other in pairs)


def test_no_two_relations_share_a_sign_a_dash_a_colour_or_a_word():
    relations = palette.RELATIONS.values()
    for names in zip(*((r.sign, r.dash, r.ink, r.word) for r in relations), strict=True):
        assert len(set(names)) == len(relations)


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("/* a */\n/* b */ a { color: red; }\n", "a{color:red}"),
        ("a :hover, b > c { margin: 0 calc(1px + 2px) }", "a :hover,b>c{margin:0 calc(1px + 2px)}"),
        ('a::before { content: " /* } ; */ "; }', 'a::before{content:" /* } ; */ "}'),
        ('a { content: "\\" , b"; }', 'a{content:"\\" , b"}'),
        ("@media (max-width: 9rem) { a { top: 0; } }", "@media (max-width:9rem){a{top:0}}"),
    ],
)
def test_only_comments_and_spare_spaces_go(css, small):
    assert compact(css) == small


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{top:0}.b{top:1px}p{top:2px}", ".a{top:0}p{top:2px}"),
        (".b,.a .c,.a{top:0}", ".a{top:0}"),
        ("@media print{.b{top:0}}@media screen{.a{top:0}}", "@media screen{.a{top:0}}"),
        (":is(.a,.b),.b:not(.a){top:0}", ":is(.a,.b){top:0}"),
        (".a:not(.b)[href$='.b']{top:0}", ".a:not(.b)[href$='.b']{top:0}"),
        ("p{top:0}p>em{top:1px}p,.a em{top:2px}:root em:hover{top:3px}", "p{top:0}p{top:2px}"),
        (":root{--x:1px;--y:2px}.a{top:var(--x)}", ".a{top:1px}"),
    ],
)
def test_a_rule_stays_if_it_can_match_something_on_the_page(css, left):
    assert fitting(css, {"a", "p"}) == left


@pytest.mark.parametrize("scheme", ["Stance", "Direction"])
def test_the_words_of_stances_and_directions_are_those_of_the_ontology(scheme):
    for concept in of_scheme(scheme).values():
        relation = words_of(IRI(HC + concept.name))
        assert palette.LOOKS[relation].word == concept.verb
        assert relation in palette.STANCES or relation in palette.RELATIONS


def test_a_variable_that_is_read_once_gives_way_to_its_value():
    css = compact(":root { --a: red; --b: 1px; --c: 2px; --d: 3px } @media print { :root { --d: 0 } }")
    css += compact("p { color: var(--a); top: var(--b); left: var(--b); right: var(--d); margin: var(--c, 0) }")
    assert fitting(css, {"p"}) == (
        ":root{--b:1px;--c:2px;--d:3px}@media print{:root{--d:0}}"
        "p{color:red;top:var(--b);left:var(--b);right:var(--d);margin:var(--c,0)}"
    )
