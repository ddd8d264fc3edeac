"""The id of a claim that is known by its words: equal text and scope, equal claim."""

from __future__ import annotations

import re
import unicodedata

import pytest

from kg.model.ids import claim_id, label_id, same_words


@pytest.mark.parametrize(
    "other",
    [
        "massage relieves back pain",
        "Massage  relieves\nback pain.",
        "Massage relieves back pain .",
        "\uff2dassage relieves back pain",
    ],
)
def test_a_claim_that_is_written_a_little_differently_is_the_same_claim(other):
    assert claim_id(other) == claim_id("Massage relieves back pain")


def test_a_claim_of_another_scope_or_with_other_words_is_another():
    ids = {
        claim_id("Massage relieves back pain"),
        claim_id("Massage relieves back pain", "adults"),
        claim_id("Massage relieves back pain", "", "adults"),
        claim_id("Massage relieves neck pain"),
    }
    assert len(ids) == 4


def test_the_id_of_a_claim_is_its_words():
    assert claim_id("Onion socks draw out a cold.") == "claim-onion-socks-draw-out-a-cold"
    assert re.fullmatch(
        r"claim-onion-socks-draw-out-a-cold-[0-9a-f]{12}", claim_id("Onion socks draw out a cold", "adults")
    )
    assert re.fullmatch(r"claim-[0-9a-f]{12}", claim_id("洋葱可以治感冒"))
    long = claim_id("A spoon of cod-liver oil every morning from October to March keeps the whole family free of colds")
    assert re.fullmatch(r"claim-a-spoon-of-cod-liver-oil-every-morning-[0-9a-f]{12}", long)


def test_claims_that_only_signs_tell_apart_are_two():
    signs = ["Zinc halves colds", "Zinc halves colds?", "Zinc, halves colds", "Zinc-halves colds", "Žinc halves colds"]
    assert len({claim_id(text) for text in signs}) == len(signs)


def test_an_id_made_from_a_label_can_be_read():
    assert label_id("topic", "Back pain.") == "topic-back-pain"
    assert re.fullmatch(r"topic-cafe-creme-[0-9a-f]{8}", label_id("topic", "Café crème"))
    long = label_id("topic", "Sleeping on the left side in people who are pregnant")
    assert long == "topic-sleeping-on-the-left-side-in-people-who-are-pregnant"


@pytest.mark.parametrize(
    "text", ["Müsli senkt den Blutdruck", "Straßenlärm stört den Schlaf", "Ǆem helps", "Low-fat food helps"]
)
def test_one_sentence_has_one_id_however_its_letters_are_written(text):
    forms = {text, text.upper(), text + ".", *(unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKD"))}
    assert len({claim_id(form) for form in forms}) == 1
    assert len({label_id("topic", form) for form in forms}) == 1


def test_an_exponent_is_not_the_end_of_a_number() -> None:
    assert claim_id("10\u2079 CFU help") != claim_id("109 CFU help")
    assert claim_id("10\u207b\u00b2 mg help") != claim_id("10-2 mg help")
    assert claim_id("10\u2079 CFU help") == claim_id("10^9 CFU help")
    assert claim_id("20 kg/m\u00b2 is healthy") == claim_id("20 kg/m2 is healthy")


def test_how_an_accent_is_written_makes_no_other_claim_of_what_a_table_names() -> None:
    assert label_id("claim", "e\u0301", folded=False) == label_id("claim", "\u00e9", folded=False)
    assert label_id("claim", "E", folded=False) != label_id("claim", "e", folded=False)


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200d", "\u200f", "\u2060", "\ufeff"])
def test_a_sign_that_nobody_sees_makes_no_other_claim(unseen: str) -> None:
    text = f"{unseen}Massage re{unseen}lieves back pain{unseen}."
    assert claim_id(text) == claim_id("Massage relieves back pain")
    assert same_words(text) == same_words("Massage relieves back pain")
