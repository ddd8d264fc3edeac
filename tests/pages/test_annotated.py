"""The reading view: its text is lossless, and each quote lies where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError, UsageError
from kg.model.quotes import Span
from kg.pages.annotated.page import QuotedPassage, annotated_page, blocks, read
from kg.pages.base.summaries import Survey
from kg.pages.options import AnnotatedOptions
from kg.store.terms import Literal
from tests.support.browsing import quiet_tab, show
from tests.support.samples import argument, assertion, claim, node, store_of

TEXT = "  Rest helps.\r\nIt works well, and it is cheap.\n\n\n1) No one\tknows why.\n\nAdvertisement"


def quote(assertion_name: str, exact: str, start: int | None = None, source: str = "article") -> str:
    """Return a quote of an assertion as Turtle."""
    name = f"{assertion_name}.quote"
    place, words = "", Literal(exact, language="en")
    if start is not None:
        place = f", :{name}.at . :{name}.at a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(exact)}"
    return (
        f":{assertion_name} hc:quote :{name} . :{name} a oa:SpecificResource ; oa:hasSource :{source} ; "
        f"oa:hasSelector :{name}.text{place} . :{name}.text a oa:TextQuoteSelector ; oa:exact {words} .\n"
    )


@pytest.fixture
def turtle():
    found = f':article a hc:Source ; dcterms:title "An article"@en ; schema:text {Literal(TEXT, language="en")} .\n'
    found += claim("c", "Rest relieves pain") + claim("d", "Rest is cheap") + claim("e", "Rest costs time")
    found += assertion("a1", "c", extra="; hc:source :article") + quote("a1", "It works well, and it is cheap")
    found += assertion("a2", "d", extra="; hc:source :article") + quote("a2", "it is cheap")
    found += assertion("a3", "c", "NoEvidence", "; hc:source :article") + quote("a3", "No one knows why")
    found += assertion("a4", "e", extra="; hc:source :article") + quote("a4", "words that are not there")
    found += assertion("far", "e", extra="; hc:source :elsewhere") + argument("g", "far", "Opposes", "c")
    found += ':elsewhere a hc:Source ; dcterms:title "Elsewhere"@en .\n'
    return found + ":s a hc:SetAside ; hc:reason 'an advertisement'@en .\n" + quote("s", "Advertisement")


@pytest.fixture
def store(tmp_path, turtle):
    return store_of(tmp_path, turtle)


def article(store):
    return read(store, Survey(store), node("article"), Literal(TEXT, language="en"))


def test_the_blocks_joined_are_the_text(store):
    blocks = article(store).blocks
    assert "".join("".join(piece.text for piece in block.pieces) + block.gap for block in blocks) == TEXT
    assert [block.pieces[0].text.strip()[:4] for block in blocks] == ["Rest", "1)", "Adve"]


def test_where_lines_are_long_each_is_a_paragraph(tmp_path):
    text = f"{'Rest helps. ' * 12}\nIt works well, and it is cheap.\n"
    turtle = f":article a hc:Source ; schema:text {Literal(text, language='en')} .\n" + claim("c")
    store = store_of(tmp_path, turtle)
    found = read(store, Survey(store), node("article"), Literal(text))
    assert [block.pieces[0].text[:4] for block in found.blocks] == ["Rest", "It w"]


@given(
    text=st.text(alphabet="ab \n\r\t\u2028ü<&", max_size=60),
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_whatever_overlaps_the_text_is_lossless_and_each_piece_is_quoted_as_a_whole(text, spans):
    found = [Span(*sorted(min(at, len(text)) for at in span)) for span in spans]
    passages = [QuotedPassage(span, number) for number, span in enumerate(found, start=1) if span.start < span.end]

    class Cards(dict):
        def __missing__(self, number):
            return number

    at, seen = 0, {}
    for block in blocks(text, passages, Cards(), []):
        for piece in block.pieces:
            assert text.startswith(piece.text, at)
            over = {each.card for each in passages if each.span.start <= at and at + len(piece.text) <= each.span.end}
            assert set(piece.cards) == (over if piece.text else set(piece.cards))
            at += len(piece.text)
        at += len(block.gap)
        for card in block.cards:
            seen[card] = seen.get(card, 0) + 1
    assert at == len(text)
    assert seen == {passage.card: 1 for passage in passages}


def test_overlapping_quotes_share_the_piece_that_both_hold(store):
    pieces = [(piece.text, piece.cards, piece.begins) for piece in article(store).blocks[0].pieces[1:]]
    assert pieces == [("It works well, and ", (1,), (1,)), ("it is cheap", (2, 1), (2,)), (".", (), ())]


@pytest.mark.parametrize("stance", ["Denies", "Doubts", "Inconclusive", "NoEvidence"])
def test_who_does_not_affirm_a_claim_is_answered_by_what_speaks_for_it_alone(tmp_path, turtle, stance):
    turtle += assertion("a5", "c", stance, "; hc:source :article") + quote("a5", "Rest helps")
    cards = [card for block in article(store_of(tmp_path, turtle)).blocks for card in block.cards]
    (card,) = [card for card in cards if card.number == 1]
    assert [(answer.relation, answer.card) for answer in card.answers] == [("supports", 2)]


def test_a_card_has_the_stance_the_claim_its_tally_and_what_answers_it(store):
    first = article(store).blocks[0].cards[0]
    assert (first.relation, first.word, first.claim.text.value) == ("supports", "affirms", "Rest relieves pain")
    assert first.tally == {"supports": 1, "opposes": 1, "no evidence": 1}
    assert [(each.relation, each.premises[0].who, each.card) for each in first.answers] == [
        ("opposes", "far speaker", 0),
        ("no evidence", "a3 speaker", 3),
    ]


def test_what_was_set_aside_has_its_reason_and_what_is_not_found_is_listed(store):
    found = article(store)
    assert found.blocks[-1].pieces[0].is_set_aside
    assert [aside.reason for aside in found.blocks[-1].asides] == ["an advertisement"]
    assert [card.claim.text.value for card in found.unplaced] == ["Rest costs time"]


def test_a_stated_position_decides_where_words_stand_twice(tmp_path):
    turtle = f":article a hc:Source ; schema:text {Literal('so so so', language='en')} .\n" + claim("c")
    turtle += assertion("a", "c", extra="; hc:source :article") + quote("a", "so", 3)
    store = store_of(tmp_path, turtle)
    found = read(store, Survey(store), node("article"), Literal("so so so"))
    assert [(piece.text, piece.cards) for piece in found.blocks[0].pieces] == [("so ", ()), ("so", (1,)), (" so", ())]


def test_the_page_holds_the_text_character_by_character_without_a_script(browser, tmp_path, store, seed):
    seed_text = next(row["text"].value for row in seed.store.select("SELECT ?text { ?source schema:text ?text }"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for held, text in ((store, TEXT), (seed.store, seed_text)):
        show(page, tmp_path, annotated_page(held))
        assert "".join(page.locator(".reading .text").all_text_contents()) == text
    assert page.locator(".reading .card").count() == 52
    assert page.locator("#unplaced").count() == 0
    context.close()


def test_a_highlight_leads_to_its_card_beside_it_or_below_it(browser, tmp_path, seed):
    with quiet_tab(browser, viewport={"width": 1440, "height": 900}) as tab:
        show(tab, tmp_path, annotated_page(seed.store))
        mark = tab.locator(".quoted").first
        mark.click()
        assert tab.evaluate("location.hash") == mark.get_attribute("href")
        card = tab.locator(mark.get_attribute("href"))
        assert card.bounding_box()["x"] > mark.bounding_box()["x"] + mark.bounding_box()["width"]
        tab.set_viewport_size({"width": 390, "height": 844})
        words = tab.locator(".block", has=card).locator(".words")
        assert card.bounding_box()["y"] >= words.bounding_box()["y"] + words.bounding_box()["height"]


def test_the_source_must_have_a_text_and_be_named_where_several_have(store, tmp_path, turtle):
    with pytest.raises(NotFoundError, match=r"'elsewhere' has no text in :memory:; say --source .* article"):
        annotated_page(store, options=AnnotatedOptions(node("elsewhere").value))
    two = store_of(tmp_path, turtle + ':elsewhere schema:text "Other"@en .')
    with pytest.raises(UsageError, match="article, elsewhere"):
        annotated_page(two)
    assert "Other" in annotated_page(two, options=AnnotatedOptions(node("elsewhere").value))
    with pytest.raises(NotFoundError, match="no source has a text"):
        annotated_page(store_of(tmp_path, claim("c")))
