"""Quotes: a passage is found where it stands, and only there; near misses are proposed; coverage counts sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.files import read_text, shipped
from kg.model.quotes import Span, closest, context, coverage, locate, sentences

ARTICLE = read_text(shipped("data") / "massage-low-back-pain" / "article.txt")
TWICE = "massage therapy is a legitimate aid for lower back pain relief"

texts = st.text(st.sampled_from("ab .!?\n\tÄ“”\u2019\u00a0é1)•(DrNo"), max_size=80) | st.text(max_size=40)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, Span]:
    """A text, and a passage of it that begins and ends with a character that is not white space."""
    text = draw(texts)
    solid = [n for n, character in enumerate(text) if not character.isspace()]
    assume(solid)
    start = draw(st.sampled_from(solid))
    end = draw(st.sampled_from([n for n in solid if n >= start]))
    return text, Span(start, end + 1)


@given(cuts())
def test_a_quote_cut_out_of_a_text_is_found_where_it_was_cut(cut: tuple[str, Span]) -> None:
    text, span = cut
    assert span in locate(text, text[slice(*span)])


@given(cuts())
def test_everything_before_and_after_leaves_one_place(cut: tuple[str, Span]) -> None:
    text, span = cut
    assert locate(text, text[slice(*span)], text[: span.start], text[span.end :]) == (span,)


@given(cuts(), st.sampled_from([" ", "\n", "\t ", "\u00a0\n"]))
def test_one_white_space_is_as_good_as_another(cut: tuple[str, Span], blank: str) -> None:
    text, span = cut
    assert span in locate(text, blank.join(text[slice(*span)].split()))


@given(cuts())
def test_what_is_found_differs_from_the_quote_in_white_space_only(cut: tuple[str, Span]) -> None:
    text, span = cut
    exact = text[slice(*span)]
    assert all(text[slice(*found)].split() == exact.split() for found in locate(text, exact))


@given(texts)
def test_each_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentences(text)
    inside = [n for span in spans for n in range(*span)]
    assert len(inside) == len(set(inside))
    assert {n for n, character in enumerate(text) if not character.isspace()} <= set(inside)
    assert list(spans) == sorted(spans)


@given(texts, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80))))
def test_coverage_is_between_nothing_and_all(text: str, pairs: list[tuple[int, int]]) -> None:
    found = coverage(text, [Span(*pair) for pair in pairs])
    assert 0 <= found.share <= 1
    assert 0 <= found.characters <= 1
    assert found.sentences - found.covered == len(found.gaps)


@given(texts)
def test_a_text_quoted_whole_has_no_gaps(text: str) -> None:
    assert coverage(text, [Span(0, len(text))]).gaps == ()
    assert coverage(text, []).gaps == sentences(text)


def test_a_passage_that_occurs_twice_is_found_twice() -> None:
    found = locate(ARTICLE, TWICE)
    assert len(found) == 2
    assert {ARTICLE[slice(*span)] for span in found} == {TWICE}


def test_a_suffix_tells_two_places_apart() -> None:
    first, second = locate(ARTICLE, TWICE)
    rest = "and an effect adjunct to lower back treatments."
    assert locate(ARTICLE, TWICE, suffix=f"{rest} Low back pain is said") == (first,)
    assert locate(ARTICLE, TWICE, suffix=f"{rest} The research") == (second,)
    assert locate(ARTICLE, TWICE, suffix="and no adjunct") == ()


def test_overlapping_places_are_all_found() -> None:
    assert locate("ana anana", "ana") == (Span(0, 3), Span(4, 7), Span(6, 9))


@pytest.mark.parametrize("exact", ["", "  ", "\n"])
def test_an_empty_quote_is_nowhere(exact: str) -> None:
    assert locate(ARTICLE, exact) == ()
    assert closest(ARTICLE, exact) is None


def test_a_straight_quotation_mark_is_not_a_typographic_one_but_near_it() -> None:
    exact = '"can it relieve your low back pain."'
    assert locate(ARTICLE, exact) == ()
    near = closest(ARTICLE, exact)
    assert near is not None
    assert ARTICLE[slice(*near.span)] == "“can it relieve your low back pain.”"
    assert 90 < near.similarity < 100


def test_the_closest_passage_has_whole_words() -> None:
    near = closest(ARTICLE, "massage stimulate tissues localy")
    assert near is not None
    assert ARTICLE[slice(*near.span)] == "massage stimulates tissue locally"


def test_the_closest_passage_of_a_long_text_is_found_quickly() -> None:
    begun = time.process_time()
    near = closest("Nothing to see here. " * 20_000 + ARTICLE, "recent reviews have not supported the uses of massages")
    assert near is not None
    assert near.similarity > 90
    assert time.process_time() - begun < 5  # it takes 0.3 s


def test_the_context_of_a_passage_is_on_one_line() -> None:
    span = locate(ARTICLE, TWICE)[1]
    assert context(ARTICLE, span) == ("found in 2001 that", "and an effect adjunct to")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Cherkin spoke. He left.", ["Dr. Cherkin spoke.", "He left."]),
        ("Cherkin, D.C and associates. Annals.", ["Cherkin, D.C and associates.", "Annals."]),
        ("See e.g. Smith et al. 2003 on this. End.", ["See e.g. Smith et al. 2003 on this.", "End."]),
        ("It cost 3.50 dollars. Cheap.", ["It cost 3.50 dollars.", "Cheap."]),
        ("A line\nthat goes on. Next.", ["A line\nthat goes on.", "Next."]),
        ("Heading\n\nText follows.", ["Heading", "Text follows."]),
        ("These include:\n1) sleep;\n2) rest. More.", ["These include:", "1) sleep;", "2) rest.", "More."]),
        ("  • One, N. (2011). Title.\n  • Two", ["• One, N. (2011).", "Title.", "• Two"]),
        ("He said “it works.” Not everyone agrees.", ["He said “it works.”", "Not everyone agrees."]),
        ("The U.S. Government agreed. Yes.", ["The U.S. Government agreed.", "Yes."]),
        ("See No. 5 for that. Say no. Then go.", ["See No. 5 for that.", "Say no.", "Then go."]),
        ("Wait ... what? so it goes.", ["Wait ... what? so it goes."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(text)] == expected


def test_the_article_has_the_sentences_that_a_reader_counts() -> None:
    found = [ARTICLE[slice(*span)] for span in sentences(ARTICLE)]
    assert found[0] == "Couldn't find what you looking for?"
    assert "Dr. Daniel Cherkin, an epidemiologist over the study, said that the study was credible." in found
    assert "3) increased endorphin levels." in found
    assert len(found) == 48


def test_gaps_are_the_sentences_that_nobody_quoted() -> None:
    text = "One is quoted. Two is not. Three is, in part."
    found = coverage(text, [*locate(text, "One is quoted."), *locate(text, "in part")])
    assert [text[slice(*gap)] for gap in found.gaps] == ["Two is not."]
    assert (found.sentences, found.covered) == (3, 2)
    assert found.share == pytest.approx(2 / 3)
