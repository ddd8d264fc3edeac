"""What must hold of how a claim stands, whatever is said of it: tried on disputes that hypothesis makes up."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.arguments.past import as_of
from kg.arguments.standing import SEMANTICS, Standing, standings
from kg.model import dispute
from kg.model.graph import NAMES, Tables
from kg.model.vocabulary import Group
from tests.support.bodies import Item, items, standing, tables
from tests.support.disputes import DEFAULT, REVIEWS, Said, disputes, outcome, record, stand

SIDE = {"Affirms": Group.FOR, "Denies": Group.AGAINST, "Doubts": Group.DOUBT}
VOICES = [tier for tier in DEFAULT.tiers if tier.rank <= DEFAULT.untraced.rank]
STATE = {
    (False, False): "unsupported",
    (False, True): "opposed",
    (True, False): "supported",
    (True, True): "contested",
}
"""Something stands for the claim, something stands against it -> its state."""


def appraises(each: Said) -> bool:
    """Return True for a review that doubts: so it takes no side for the studies that it lists."""
    return each.stance == "Doubts" and each.kind == "SystematicReview"


def doubtless(found: Standing) -> tuple[object, ...]:
    """Return all of a standing that doubts do not bear on."""
    pro, con = (found.strengths[side] for side in (Group.FOR, Group.AGAINST))
    return found.state, dict(found.states), pro, con, found.tier_for, found.tier_against, found.weighing_matters


@settings(max_examples=150, deadline=None)
@given(disputes(), st.randoms(use_true_random=False), st.sampled_from(SEMANTICS))
def test_the_order_of_the_data_does_not_matter(said: list[Said], chance: object, semantics: str) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (stand(*each, semantics=semantics, **REVIEWS) for each in (said, shuffled))
    assert outcome(one) == outcome(other)
    assert one.states == other.states


@settings(max_examples=150, deadline=None)
@given(disputes(), st.data(), st.sampled_from(SEMANTICS))
def test_a_duplicate_of_a_study_changes_nothing(said: list[Said], data: st.DataObject, semantics: str) -> None:
    hit = {each.hits for each in said}
    free = [each for each in said if not each.hits and each.kind and each.name not in hit]
    if not free:
        return
    double = data.draw(st.sampled_from(free))._replace(name="double", agent="another agent")
    before, after = (stand(*each, semantics=semantics, **REVIEWS) for each in (said, [*said, double]))
    assert outcome(before) == outcome(after)


@settings(max_examples=200, deadline=None)
@given(disputes(), st.data(), st.sampled_from(SEMANTICS))
def test_retracting_an_item_never_strengthens_its_side(said: list[Said], data: st.DataObject, semantics: str) -> None:
    item = data.draw(st.sampled_from(said))
    before = stand(*said, semantics=semantics, **REVIEWS)
    after = stand(*said, semantics=semantics, sourceStatus={f"s-{item.name}": ["Retracted"]}, **REVIEWS)
    stance = next(other.stance for other in said if other.name == item.hits) if item.hits else item.stance
    gains = {side: after.strengths[side] - before.strengths[side] for side in SIDE.values()}
    gain = gains.pop(SIDE[stance])
    assert gain >= -1e-9 if item.hits else gain <= 1e-9, "what is held against a line pulls the other way"
    # Each side is weighed by itself; but what voices say counts while there is no evidence on the other side.
    changed = [side for side, other in gains.items() if abs(other) > 1e-9]
    assert all({before.tiers[side], after.tiers[side]}.intersection(VOICES) for side in changed)


@settings(max_examples=100, deadline=None)
@given(disputes(st.sampled_from(["Denies", "Doubts"])), st.sampled_from(SEMANTICS))
def test_a_claim_with_only_opposing_lines_is_never_supported(said: list[Said], semantics: str) -> None:
    assert stand(*said, semantics=semantics).state in ("opposed", "unsupported")


@settings(max_examples=200, deadline=None)
@given(disputes(), disputes(st.just("Doubts")), st.booleans(), st.sampled_from(SEMANTICS))
def test_a_doubt_of_a_claim_changes_neither_its_state_nor_what_is_for_and_against_it(
    said: list[Said], doubts: list[Said], argued: bool, semantics: str
) -> None:
    added = [each._replace(name=f"x{each.name}", hits=each.hits and f"x{each.hits}") for each in doubts]
    added = [each._replace(study="t3") if appraises(each) else each for each in added]
    before, after = (record(*items, **REVIEWS) for items in (said, [*said, *added]))
    premises = sorted(each.name for each in added if not each.hits)
    argument = {"premise": premises, "target": ["c"], "direction": ["Opposes"]} if argued else {}
    more = {name: {"x-argument": values} for name, values in argument.items()}
    joined = Tables(["c"], {name: {**after.table(name), **more.get(name, {})} for name in NAMES})
    one, other = (standings(tables, DEFAULT, ["c"], semantics)[0] for tables in (before, joined))
    assert doubtless(one) == doubtless(other)
    assert other.strength_doubt >= one.strength_doubt - 1e-9
    assert len(other.doubts) > len(one.doubts)


@settings(max_examples=150, deadline=None)
@given(disputes(), st.sampled_from(SEMANTICS))
def test_the_state_is_that_of_the_lines_for_and_against_alone(said: list[Said], semantics: str) -> None:
    said = [each._replace(study="t3") if appraises(each) else each for each in said]
    whole = stand(*said, semantics=semantics, **REVIEWS)
    doubts = {each.name for each in said if each.stance == "Doubts"}
    rest = [each for each in said if not {each.name, each.hits} & doubts]
    assert doubtless(whole) == doubtless(stand(*rest, semantics=semantics, **REVIEWS))
    sides = tuple(bool(whole.undefeated(side)) for side in (Group.FOR, Group.AGAINST))
    assert whole.state == STATE[sides]


def test_a_doubting_argument_about_a_line_lowers_that_line_as_one_against_it_does() -> None:
    about = {"premise": {"g": ["x"]}, "target": {"g": ["a"]}, "direction": {"g": ["Opposes"]}}
    asserts = {"a": ["c"], "x": ["other"]}
    doubted, denied = (
        stand(Said("a"), Said("x", stance), **about, asserts=asserts) for stance in ("Doubts", "Affirms")
    )
    assert outcome(doubted) == outcome(denied) < outcome(stand(Said("a")))
    assert (doubted.state, doubted.strength_doubt) == ("supported", 0)


@settings(max_examples=150, deadline=None)
@given(disputes(), st.sampled_from(SEMANTICS))
def test_no_side_weighs_more_than_the_ceiling_of_its_highest_tier(said: list[Said], semantics: str) -> None:
    found = stand(*said, semantics=semantics)
    for side, strength in found.strengths.items():
        tier = found.tiers[side]
        assert strength <= (tier.ceiling if tier else 0.0)
        higher = [each.score for each in DEFAULT.tiers if tier and each.rank > tier.rank]
        assert all(strength < score for score in higher)


@settings(max_examples=100, deadline=None)
@given(disputes(), disputes(), st.sampled_from(SEMANTICS))
def test_a_claim_stands_on_its_own_whatever_is_said_of_others(
    said: list[Said], others: list[Said], semantics: str
) -> None:
    alone = record(*said)
    moved = [Said(f"x{each.name}", each.stance, each.kind, each.study, hits=each.hits and f"x{each.hits}")
             for each in others]  # fmt: skip
    other = record(*moved)
    tables = {name: {**alone.table(name), **other.table(name)} for name in NAMES}
    tables["asserts"] |= {each.name: ["other claim"] for each in moved if not each.hits}
    (one,) = standings(alone, DEFAULT, ["c"], semantics)
    (two,) = standings(Tables(["c", "other claim"], tables), DEFAULT, ["c"], semantics)
    assert outcome(one) == outcome(two)


@settings(max_examples=150, deadline=None)
@given(disputes(st.sampled_from(["Affirms", "Denies", "Doubts", "NoEvidence"])), st.data())
def test_the_lines_of_a_standing_are_those_of_the_dispute_each_on_its_side(
    said: list[Said], data: st.DataObject
) -> None:
    tables: dict[str, dict[str, list[str]]] = {"premise": {}, "target": {}, "direction": {}}
    names = st.lists(st.sampled_from([each.name for each in said]), max_size=3, unique=True)
    for number in range(data.draw(st.integers(0, 4))):
        tables["premise"][f"g{number}"] = sorted(data.draw(names))
        tables["target"][f"g{number}"] = ["c"]
        tables["direction"][f"g{number}"] = [data.draw(st.sampled_from(["Supports", "Opposes", "Qualifies"]))]
    stated = record(*said)
    joined = Tables(["c"], {name: {**stated.table(name), **tables.get(name, {})} for name in NAMES})
    found = standings(joined, DEFAULT, ["c"])[0]
    sides = {Group.FOR: found.lines_for, Group.AGAINST: found.lines_against, Group.DOUBT: found.doubts}
    for group, weighed in sides.items():
        shown = {node for line in dispute.lines(joined, "c") if line.group is group for node in line.nodes}
        assert {each.line.node for each in weighed} == shown


# ------------------------------------------------------------- overlapping reviews, ratings, updates and retractions
SIDES = {"Affirms": Group.FOR, "Denies": Group.AGAINST, "Doubts": Group.DOUBT}


def lists(item: Item) -> bool:
    """Return True for a paper that binds, lists or supersedes others."""
    return bool(item.certainty or item.lists or item.updates)


@settings(max_examples=200, deadline=None)
@given(items(), st.randoms(use_true_random=False))
def test_the_order_of_reviews_and_their_studies_does_not_matter(found: list[Item], chance: Random) -> None:
    shuffled = [item._replace(lists=tuple(reversed(item.lists))) for item in found]
    chance.shuffle(shuffled)
    assert outcome(standing(found)) == outcome(standing(shuffled))


@settings(max_examples=300, deadline=None)
@given(items(), st.data())
def test_retracting_a_pooled_study_never_strengthens_a_side(found: list[Item], data: st.DataObject) -> None:
    pooled = {study for item in found for study in item.lists}
    studies = [item for item in found if item.study in pooled]
    if not studies:
        return
    gone = data.draw(st.sampled_from(studies))
    before, after = standing(found), standing(found, (gone.name,))
    for side in (Group.FOR, Group.AGAINST):
        if not {before.tiers[side], after.tiers[side]}.intersection(VOICES):
            assert after.strengths[side] <= before.strengths[side] + 1e-9


@settings(max_examples=300, deadline=None)
@given(items(), st.data())
def test_retracting_what_neither_binds_nor_lists_never_strengthens_its_side(
    found: list[Item], data: st.DataObject
) -> None:
    free = [item for item in found if not lists(item) and item.stance in SIDES]
    if not free:
        return
    gone = data.draw(st.sampled_from(free))
    before, after = standing(found), standing(found, (gone.name,))
    assert after.strengths[SIDES[gone.stance]] <= before.strengths[SIDES[gone.stance]] + 1e-9


@settings(max_examples=300, deadline=None)
@given(items(), st.data())
def test_adding_what_brings_no_rating_and_no_list_never_lowers_its_side(found: list[Item], data: st.DataObject) -> None:
    free = [item for item in found if not lists(item) and item.stance in SIDES]
    if not free:
        return
    added = data.draw(st.sampled_from(free))
    # What it says is added; its study was known, for a review that lists it is of its design.
    (before,) = standings(tables(found).without([f"a-{added.name}"]), DEFAULT, ["c"])
    after = standing(found)
    assert after.strengths[SIDES[added.stance]] >= before.strengths[SIDES[added.stance]] - 1e-9


@settings(max_examples=200, deadline=None)
@given(items())
def test_no_doubt_makes_a_claim_contested_or_opposed(found: list[Item]) -> None:
    with_doubts = standing(found)
    without = standing([item for item in found if item.stance != "Doubts"])
    # A review that doubts takes no side for the studies that it lists, and can make a claim unsupported.
    sides = [{side for side in (Group.FOR, Group.AGAINST) if each.undefeated(side)} for each in (with_doubts, without)]
    voices = {each.line.side for each in with_doubts.lines if not each.line.is_evidence}
    assert sides[0] <= sides[1] | voices


@settings(max_examples=200, deadline=None)
@given(items(), st.sampled_from(SEMANTICS))
def test_no_number_of_papers_crosses_into_the_next_tier(found: list[Item], semantics: str) -> None:
    stood = standing(found, semantics=semantics)
    for side, strength in stood.strengths.items():
        tier = stood.tiers[side]
        higher = [each.score for each in DEFAULT.tiers if tier and each.rank > tier.rank]
        assert all(strength < score for score in higher)
        bound = [each.line.bound for each in stood.undefeated(side) if each.line.is_evidence]
        if bound and all(bound):
            assert strength <= max(0.18, *(each.most for each in bound if each)) + 1e-9


@settings(max_examples=200, deadline=None)
@given(items(), st.sampled_from([2003, 2006, 2009, 2012]))
def test_as_of_a_date_is_as_if_the_rest_had_not_been_published(found: list[Item], year: int) -> None:
    early = [item for item in found if item.year <= year]
    (then,) = standings(as_of(tables(found), str(year)), DEFAULT, ["c"])
    assert outcome(then) == outcome(standing([item._replace(lists=known(item, found, year)) for item in early]))


def known(item: Item, found: list[Item], year: int) -> tuple[str, ...]:
    later = {other.study for other in found if other.year > year}
    return tuple(study for study in item.lists if study not in later)
