"""The drawing of a dispute: what stands where, and that nothing overlaps."""

from __future__ import annotations

import itertools

import pytest

from kg.model.cards import dispute
from kg.pages.base.html import anchor
from kg.pages.claim.diagram import MIDDLE, diagram
from tests.support.samples import argument, assertion, claim, node, store_of


@pytest.fixture
def draw(tmp_path):
    """Return the picture of the dispute around :c in some Turtle."""

    def drawn(*turtle: str):
        shown = dispute(store_of(tmp_path, "".join([claim("c"), claim("p"), *turtle])), node("c"))
        return diagram(shown, lambda iri: anchor(iri.value))

    return drawn


def boxes(picture) -> dict[str, object]:
    return {box.key.removeprefix("x-"): box for box in picture.boxes}


def overlaps(picture) -> list[tuple[str, str]]:
    """Return the pairs of boxes that lie over each other."""
    return [
        (one.key, other.key)
        for one, other in itertools.combinations(picture.boxes, 2)
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    ]


def test_for_is_left_of_the_claim_and_against_right_of_it(draw):
    placed = boxes(draw(assertion("a", "c"), assertion("b", "c", "Denies")))
    assert placed["a"].x + placed["a"].width < placed["claim"].x
    assert placed["b"].x > placed["claim"].x + MIDDLE


def test_what_challenges_the_evidence_stands_outside_it_and_ends_there(draw):
    shown = draw(assertion("a", "c"), argument("u", "p", "Opposes", "a"))
    placed = boxes(shown)
    assert placed["u"].x + placed["u"].width < placed["a"].x
    (edge,) = [edge for edge in shown.edges if edge.relation == "undercuts"]
    x, y = (float(part) for part in edge.path.split()[-2:])
    assert x == pytest.approx(placed["a"].x, abs=5)
    assert placed["a"].y < y < placed["a"].y + placed["a"].height


def test_limits_stand_under_the_claim(draw):
    placed = boxes(draw(argument("q", "p", "Qualifies", "c")))
    assert placed["q"].y > placed["claim"].y + placed["claim"].height


def test_no_two_boxes_lie_over_each_other(seed):
    for name in ("relieves", "lasts", "costs", "short-term", "improves-motion"):
        shown = diagram(dispute(seed.store, seed.store.resolve(name)), lambda iri: anchor(iri.value))
        assert overlaps(shown) == []
        assert all(box.x >= 0 and box.x + box.width <= shown.width for box in shown.boxes)
        assert all(box.y >= 0 and box.y + box.height <= shown.height for box in shown.boxes)


def test_every_line_of_text_lies_inside_its_box(seed):
    shown = diagram(dispute(seed.store, seed.store.resolve("relieves")), lambda iri: anchor(iri.value))
    for box in shown.boxes:
        for words in box.words:
            assert box.y < words.y <= box.y + box.height


def test_above_twelve_a_side_the_rest_is_counted(draw):
    shown = draw(*(assertion(f"a{at:02}", "c") for at in range(14)))
    assert len(shown.boxes) == 1 + 12 + 1
    assert boxes(shown)["pro"].lines == (("and 2 more, in the list below", "meta"),)


def test_what_is_not_drawn_is_counted_everywhere(draw):
    turtle = assertion("a", "c") + argument("g", "p", "Opposes", "c") + claim("q")
    for at in range(14):
        turtle += claim(f"p{at:02}") + argument(f"u{at:02}", f"p{at:02}", "Opposes", "a")
        turtle += argument(f"q{at:02}", f"p{at:02}", "Qualifies", "c") + argument(
            f"r{at:02}", f"p{at:02}", "Opposes", "g"
        )
        turtle += assertion(f"s{at:02}", "c", "NoEvidence") + argument(f"v{at:02}", f"p{at:02}", "Opposes", "u00")
    shown = draw(turtle)
    rest = [box for box in shown.boxes if box.lines[0][0] == "and 2 more, in the list below"]
    assert sorted(box.key for box in rest) == ["evidence", "limits", "silent", "x-g", "x-u00"]
    assert overlaps(shown) == []
