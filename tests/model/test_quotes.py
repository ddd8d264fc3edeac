"""Quotes: a passage is found where it stands, and only there; near misses are proposed; coverage counts sentences."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.files import read_text, shipped
from kg.model.quotes import Span, closest, context, coverage, difference, inside, locate, negation, sentences

ARTICLE = read_text(shipped("data") / "massage-low-back-pain" / "article.txt")
TWICE = "massage therapy is a legitimate aid for lower back pain relief"

texts = st.text(st.sampled_from("ab .!?\n\tÄ“”\u2019\u00a0é1)•(DrNo"), max_size=80)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, Span]:
    """A text, and a passage of it of whole words."""
    words = draw(texts).split()
    assume(words)
    start = draw(st.integers(0, len(words) - 1))
    end = draw(st.integers(start + 1, len(words)))
    before, passage, after = (" ".join(part) for part in (words[:start], words[start:end], words[end:]))
    text = " ".join(part for part in (before, passage, after) if part)
    begin = len(before) + bool(before)
    return text, Span(begin, begin + len(passage))


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
    assert locate("na na na", "na na") == (Span(0, 5), Span(3, 8))


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


@pytest.mark.parametrize(
    ("text", "exact", "whole"),
    [
        ("Unhelpful habits are ineffective in sleep.", "effective in sleep", "ineffective in sleep"),
        ("It fell by 25 % in a year.", "5 %", "25 %"),
        ("It fell by 2.5 % in a year.", "5 %", "2.5 %"),
        ("It rose by 5.2 points.", "rose by 5", "rose by 5.2"),
        ("It changed by \u22125 %.", "5 %", "\u22125 %"),
        ("It can't help.", "It can", "It can't"),
        ("Лекарство неэффективно.", "эффективно", "неэффективно"),
        ("Das ist unwirksam.", "wirksam", "unwirksam"),
        ("είναι αναποτελεσματικό.", "αποτελεσματικό", "αναποτελεσματικό"),
        ("n\u0303o x\u0323\u0303 y", "x\u0323", "x\u0323\u0303"),
    ],
)
def test_a_quote_is_not_found_inside_a_word_or_number(text: str, exact: str, whole: str) -> None:
    assert locate(text, exact) == ()
    found = inside(text, exact)
    assert found is not None
    assert text[slice(*found)] == whole


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("我们认为该药物有效。", "药物有效"),
        ("L'efficacité est prouvée.", "efficacité"),
        ("A fall of 5 % (n=25).", "5 %"),
        ("A fall of 3-5 % was seen.", "5 %"),
        ("A well-known remedy", "known remedy"),
        ("(tea)", "tea"),
        ("ยานี้ได้ผลดี", "ได้ผล"),
    ],
)
def test_a_quote_is_found_at_the_boundaries_that_its_script_has(text: str, exact: str) -> None:
    (span,) = locate(text, exact)
    assert text[slice(*span)] == exact


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        (unicodedata.normalize("NFD", "Die Fußbäder für Müller"), "Fußbäder für"),
        ("Die Fußbäder für Müller", unicodedata.normalize("NFD", "Fußbäder für")),
        (unicodedata.normalize("NFD", "약은 효과가 있다"), "효과가"),
        ("The e\ufb00ect was signi\ufb01cant in \ufb02uid intake.", "effect was significant in fluid intake"),
        ("Patients re\u00adport\u00aded less.", "reported less"),
        ("Patients re\u00ad\nported less.", "reported less"),
        ("A well\u2010known and double\u2011blind test.", "well-known and double-blind"),
        ("Foot baths were associ-\nated with a well-\nknown effect.", "associated with a well-known effect"),
        ("Foot baths were associ-\nated with sleep.", "associ- ated with"),
        ("one\u200b two", "one two"),
    ],
)
def test_letters_that_are_only_set_otherwise_are_the_same(text: str, exact: str) -> None:
    (span,) = locate(text, exact)
    words = unicodedata.normalize("NFKC", text[slice(*span)]).replace("\u00ad", "").replace("\u200b", "")
    assert words[0] == unicodedata.normalize("NFKC", exact)[0]
    assert words[-1] == unicodedata.normalize("NFKC", exact)[-1]
    assert locate(text, text[slice(*span)]) == (span,)
    assert locate(text, exact, text[: span.start], text[span.end :]) == (span,)


def test_characters_that_look_alike_are_named() -> None:
    assert difference("an \u0430spirin", "an aspirin") == (
        "the text has \u0430 (U+0430 cyrillic small letter a), the quote a (U+0061 latin small letter a)"
    )
    assert difference("it works", "it works") == ""


@pytest.mark.parametrize(
    ("text", "exact", "word"),
    [
        ("It is not true that tea helps.", "tea helps", "not"),
        ("There is no evidence at all that tea helps.", "tea helps", "no"),
        ("It doesn\u2019t show that tea helps.", "tea helps", "doesn't"),
        ("Es ist nicht bewiesen, dass Tee hilft.", "Tee hilft", "nicht"),
        ("This non-effective drug", "effective drug", "non-"),
        ("He found no evidence. Tea helps.", "Tea helps", ""),
        ("It does not hurt, but tea helps.", "tea helps", ""),
        ("We found that tea helps.", "tea helps", ""),
        ("Tea helps.", "Tea helps", ""),
    ],
)
def test_a_word_before_a_quote_that_denies_it_is_named(text: str, exact: str, word: str) -> None:
    language = "de" if text.startswith("Es ") else "en"
    assert negation(text, locate(text, exact)[0], language) == word


@pytest.mark.parametrize(
    ("text", "exact", "language", "word"),
    [
        ("Vemos que no inverno o chá ajuda.", "o chá ajuda", "pt-BR", ""),
        ("Vemos que o chá não ajuda a dormir.", "ajuda a dormir", "pt", "não"),
        ("Vemos que el té no ayuda a dormir.", "ayuda a dormir", "es", "no"),
        ("Das ist der Tee, der die Sinne stärkt.", "die Sinne stärkt", "de", ""),
        ("Il a fait un pas vers le sommeil profond.", "le sommeil profond", "en", ""),
        ("Vemos que no inverno o chá ajuda.", "o chá ajuda", "", ""),
        ("We did not see that tea helps.", "tea helps", "", "not"),
        ("Vemos que no inverno o chá ajuda.", "o chá ajuda", "eo", ""),
    ],
)
def test_the_words_that_deny_are_those_of_the_language(text: str, exact: str, language: str, word: str) -> None:
    assert negation(text, locate(text, exact)[0], language) == word


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("word " * 20_000, "word " * 20_000 + "x"),
        ("a" * 100_000, "a" * 100_001),
        ("tea helps sleep " * 290_000, "tea helps slumber"),
        ("tea helps sleep " * 290_000, "tea helps sleep"),
        ("a" * 4_500_000, "a" * 2_000),
    ],
    ids=["repeated word", "repeated letter", "three words", "many places", "one word"],
)
def test_a_search_is_linear_in_a_long_text(text: str, exact: str) -> None:
    begun = time.process_time()
    if not locate(text, exact):
        inside(text, exact)
        closest(text, exact)
    assert time.process_time() - begun < 10
