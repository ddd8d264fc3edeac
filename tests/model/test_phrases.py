"""Values in words: durations, dates, figures, lists and quotation marks."""

from __future__ import annotations

import pytest

from kg.model import phrases


@pytest.mark.parametrize(
    ("lexical", "words"),
    [
        ("P70D", "10 weeks"),
        ("P10W", "10 weeks"),
        ("P1D", "1 day"),
        ("P10D", "10 days"),
        ("P6M", "6 months"),
        ("P1Y", "1 year"),
        ("P1Y6M", "1 year and 6 months"),
        ("PT1H", "1 hour"),
        ("in the short term", "in the short term"),
        ("P", "P"),
    ],
)
def test_durations_are_said_in_words(lexical, words):
    assert phrases.duration(lexical) == words


@pytest.mark.parametrize(
    ("lexical", "words"),
    [
        ("2011-07-05", "5 July 2011"),
        ("2011-07", "July 2011"),
        ("2011", "2011"),
        ("2011-07-05T10:00:00Z", "5 July 2011"),
        ("2011-13", "2011-13"),
        ("July 2011", "July 2011"),
    ],
)
def test_dates_are_said_in_words(lexical, words):
    assert phrases.date(lexical) == words


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (("-2.9", "points", "-4.0", "-1.8", "95"), "\u22122.9 points (95 % CI \u22124.0 to \u22121.8)"),
        (("-2.9", "points", "-4", "-1.8", "95"), "\u22122.9 points (95 % CI \u22124.0 to \u22121.8)"),
        (("33", "percent", None, None, None), "33 %"),
        (("50000000000", "US dollars", None, None, None), "50,000,000,000 US dollars"),
        (("0.5", None, "0.1", None, None), "0.5"),
        ((None, "points", None, None, None), ""),
    ],
)
def test_a_figure_stands_with_its_unit_and_interval(figures, words):
    assert phrases.estimate(*figures) == words


def test_lists_and_counts_read_as_sentences():
    assert phrases.sentence_list(["a", "b", "c"]) == "a, b and c"
    assert (phrases.count(1, "line"), phrases.count(2, "line")) == ("1 line", "2 lines")


def test_a_long_text_is_cut_at_a_word():
    assert phrases.shorten("one two three", 9) == "one two…"
    assert phrases.shorten("one two", 9) == "one two"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no marks", "no marks"),
        ("\u201cPeople who drink,\u201d", "People who drink,"),
        ('"People"', "People"),
        ("\u201eLeute\u201c", "Leute"),
        ("\u201cA,\u201d he said, \u201cB.\u201d", "\u2018A,\u2019 he said, \u2018B.\u2019"),
        ('"A," he said', "\u2018A,\u2019 he said"),
        ("he said \u201cA\u201d once", "he said \u201cA\u201d once"),
        ('"', '"'),
        ("\u201c\u201d", "\u2018\u2019"),
    ],
)
def test_the_marks_of_a_quote_are_not_doubled(text, words):
    assert phrases.between_marks(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A title", "A title."),
        ("Five cups a day?", "Five cups a day?"),
        ("Stop!", "Stop!"),
        ("He asked \u201cwhy?\u201d", "He asked \u201cwhy?\u201d"),
        ("A copy (2011)", "A copy (2011)."),
        ("Smith J.", "Smith J."),
        ("A long ti\u2026", "A long ti\u2026"),
    ],
)
def test_a_full_stop_ends_what_has_no_end_of_its_own(text, words):
    assert phrases.sentence(text) == words
