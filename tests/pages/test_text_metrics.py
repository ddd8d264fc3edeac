"""Lines of text fit their boxes: by the widths that we reckon with, and in a browser with only one family of fonts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.pages.base import text_metrics
from kg.pages.base.html import page
from kg.pages.claim.page import claim_page
from kg.pages.options import ClaimPageOptions
from kg.store.terms import IRI
from tests.support.browsing import quiet_tab, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

_FONTS = {
    family: sorted({file.parent for file in Path("/usr/share/fonts").rglob(f"{name}*.ttf")})
    for family, name in (("DejaVu", "DejaVuSerif"), ("Liberation", "LiberationSerif"), ("Noto", "NotoSerif-"))
}
"""The folders of each family that this machine has."""
_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir>
<include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>
"""
_STYLES = {
    "400 13px var(--sans)": (13, text_metrics.SANS),
    "700 12px var(--sans)": (12, text_metrics.BOLD),
    "600 16.5px var(--serif)": (16.5, text_metrics.TITLE),
}
_TEXTS = (
    "The quick brown fox jumps over 13 lazy dogs (95 % CI \u22124.0 to \u22121.8) \u201c\u00c5ngstr\u00f6m\u201d",
    "Massage is better than sham treatment for pain and function in low back pain",
    "National Institutes of Health: who says so?",
)
_OUTSIDE = """() => [...document.querySelectorAll(".drawing .box")].flatMap(box => {
  const frame = box.querySelector("rect").getBBox(), sign = box.querySelector("use");
  const right = frame.x + frame.width, below = frame.y + frame.height;
  const signLeft = sign && +sign.getAttribute("x") > 0 ? +sign.getAttribute("x") - 9 : right;
  return [...box.querySelectorAll("text")].map(text => [text.textContent, text.getBBox()])
    .filter(([, at]) => at.x < frame.x || at.x + at.width > signLeft || at.y < frame.y || at.y + at.height > below)
    .map(([words]) => words)
})"""
"""The texts that are not wholly in their boxes, or that reach where the sign on the right border is."""


@pytest.fixture(scope="module", params=[family for family in _FONTS if _FONTS[family] or family == "DejaVu"])
def poor_browser(request, tmp_path_factory, start_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """A Chromium on a machine with one family of fonts."""
    if not _FONTS[request.param]:
        pytest.skip("no DejaVu fonts on this machine (make test installs them where apt-get runs as root)")
    home = tmp_path_factory.mktemp("fonts")
    folders = "".join(f"<dir>{folder}</dir>" for folder in _FONTS[request.param])
    file = home / "fonts.conf"
    file.write_text(_CONFIGURATION.format(folders=folders, cache=home / "cache"))
    chromium = start_browser(env={**os.environ, "FONTCONFIG_FILE": str(file)})
    yield chromium
    chromium.close()


def test_a_text_is_broken_into_lines_that_fit():
    text = "Massage is better than sham treatment for pain and function in low back pain"
    lines = text_metrics.wrap(text, 180, 13, 9)
    assert " ".join(lines) == text
    assert all(text_metrics.width(line, 13) <= 180 for line in lines)


def test_a_text_too_long_for_its_box_ends_in_an_ellipsis():
    lines = text_metrics.wrap("word " * 100, 180, 13, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("\u2026")
    assert text_metrics.width(lines[-1], 13) <= 180


def test_a_word_wider_than_a_line_is_broken():
    assert all(text_metrics.width(line, 13) <= 100 for line in text_metrics.wrap("x" * 100, 100, 13, 20))


def test_an_accent_makes_no_letter_wider():
    assert text_metrics.width("\u00c5ngstr\u00f6m", 13) == text_metrics.width("A\u030angstrom", 13)


@pytest.mark.parametrize("style", _STYLES)
def test_letters_are_at_least_as_wide_as_the_browser_draws_them(poor_browser, tmp_path, style):
    size, face = _STYLES[style]
    with quiet_tab(poor_browser) as tab:
        show(tab, tmp_path, page("base/base.html", title="T", styles=(f"h1 {{ font: {style}; white-space: pre }}",)))
        for text in _TEXTS:
            drawn = tab.evaluate(
                """text => { const heading = document.createElement("h1"), words = document.createElement("span");
                heading.append(words); words.textContent = text; document.body.append(heading);
                return words.getBoundingClientRect().width }""",
                text,
            )
            assert drawn <= text_metrics.width(text, size, face) <= drawn * 1.25


def test_every_text_of_a_map_is_drawn_inside_its_box(poor_browser, tmp_path, seed):
    claims = [IRI(found["claim"]) for found in seed.query("SELECT ?claim { ?claim a hc:Claim } ORDER BY ?claim")][::8]
    relieves = seed.store.resolve("relieves")
    pages = [claim_page(seed.store, claim) for claim in (relieves, *claims)]
    pages.append(claim_page(seed.store, relieves, ClaimPageOptions(full=True)))
    with quiet_tab(poor_browser) as tab:
        for html in pages:
            show(tab, tmp_path, html)
            assert tab.evaluate(_OUTSIDE) == []
