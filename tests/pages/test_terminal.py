"""A dispute as text for a terminal: nothing is wider than it, and nothing of the data is lost."""

from __future__ import annotations

import pytest

from kg.model.cards import dispute
from kg.pages.claim.page import claim_page
from kg.pages.matrix.page import matrix_page
from kg.pages.terminal import NOTICE, render
from tests.support.samples import everything, node, store_of
from tests.support.tea import SOUND, loaded


@pytest.fixture(scope="module")
def everything_shown(tmp_path_factory):
    """A dispute in which every field says its own name."""
    return dispute(store_of(tmp_path_factory.mktemp("all"), everything(lambda field: f"«{field}»")), node("c"))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_no_line_is_wider_than_the_terminal(seed, width):
    text = render(dispute(seed.store, seed.store.resolve("relieves")), width)
    assert all(len(line) <= width or len(line.split()) == 1 for line in text.splitlines())


@pytest.mark.parametrize(
    "field",
    ["claim", "agent", "critic", "quote", "paper-title", "creator", "date", "evidence-kind", "certainty", "study",
     "lead", "drift", "finding", "doi", "other-claim", "far-claim", "argument-note", "assertion-note", "read-in"],
)  # fmt: skip
def test_what_the_data_says_is_shown(everything_shown, field):
    assert f"«{field}»" in render(everything_shown)


def test_how_the_claim_stands_is_said_before_what_is_counted(seed):
    for text in (seed.show("popular"), seed.claims["popular"].show()):
        assert text.index("Counted by American Massage Therapy Association.") < text.index("Counts of what is recorded")


def test_sides_are_named_with_their_signs_and_counts(everything_shown):
    lines = set(render(everything_shown).splitlines())
    assert f"  {NOTICE}" in lines
    assert (
        lines
        >= {"+ FOR: 1", "\u2212 AGAINST: 1", "~ LIMITING: 1", "○ FINDS NO EVIDENCE: 1", "\u00d7 ON THE EVIDENCE: 2"}
        <= set(lines)
    )
    assert f"  {NOTICE}" in lines


def test_a_lead_is_called_a_lead(everything_shown):
    assert "lead, not proven: it may come from «newer-title»" in render(everything_shown)


def test_control_characters_cannot_drive_the_terminal(tmp_path):
    store = store_of(tmp_path, everything(lambda field: "a\x1b[2Jb\x07\u202ec"))
    text = render(dispute(store, node("c")))
    assert all(letter.isprintable() or letter == "\n" for letter in text)


MARKED = {"quote": "\u201cPeople who drink coffee,\u201d", "paper-title": "Five cups a day?", "source-date": "2024"}


def test_a_quote_with_marks_of_its_own_and_a_title_with_a_question_mark_get_no_second(tmp_path):
    store = store_of(tmp_path, everything(lambda field: MARKED.get(field, field)))
    text = render(dispute(store, node("c")), 200)
    assert "  \u201cPeople who drink coffee,\u201d\n" in text
    assert "\u201c\u201c" not in text
    assert "Five cups a day? " in text
    assert "?." not in text


def test_a_statement_without_a_stance_is_told_and_counted_nowhere(tmp_path):
    """Who says something of a claim, for or against unknown, is on its page and in the matrix, not "nobody"."""
    turtle = (
        SOUND
        + """:odd a hc:Claim ; hc:text "Tea is odd"@en .
        :said a hc:Assertion ; hc:asserts :odd ; hc:agent :author ; hc:source :page .
        :also a hc:Assertion ; hc:asserts :odd ; hc:source :page ."""
    )
    store, _ = loaded(tmp_path, turtle)
    odd = store.resolve("odd")
    said = "The author says something of it in On tea, without a stance."
    text = render(dispute(store, odd))
    assert said in text
    assert "Somebody not named says something of it in On tea, without a stance." in text
    assert "+ 0 for   \u2212 0 against\n" in text
    assert said in claim_page(store, odd)
    matrix = matrix_page(store)
    assert said in matrix
    assert "Nobody is recorded" not in matrix
    assert "No pairing is empty." in matrix
