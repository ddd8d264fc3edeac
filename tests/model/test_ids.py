"""The id of a claim that is known by its words: equal text and scope, equal claim."""

from __future__ import annotations

import pytest

from kg.model.ids import claim_id


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
    assert all(len(each) == len("claim-") + 12 for each in ids)
