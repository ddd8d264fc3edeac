"""What must hold of how a claim stands, whatever is said of it: tried on disputes that hypothesis makes up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.arguments.standing import SEMANTICS, standings
from kg.model import dispute
from kg.model.tables import NAMES, Tables
from kg.model.vocabulary import Group
from tests.support.disputes import DEFAULT, REVIEWS, Said, disputes, outcome, record, stand


def pull(said: list[Said], each: Said) -> str:
    """Return the side to which an item pulls: what is held against a line for a claim pulls against the claim."""
    stance = next(other.stance for other in said if other.name == each.hits) if each.hits else each.stance
    return "for" if (stance == "Affirms") != bool(each.hits) else "against"


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
    if pull(said, item) == "for":
        assert after.strength_for <= before.strength_for + 1e-9
        assert after.strength_against >= before.strength_against - 1e-9
    else:
        assert after.strength_against <= before.strength_against + 1e-9
        assert after.strength_for >= before.strength_for - 1e-9


@settings(max_examples=100, deadline=None)
@given(disputes(st.sampled_from(["Denies", "Doubts"])), st.sampled_from(SEMANTICS))
def test_a_claim_with_only_opposing_lines_is_never_supported(said: list[Said], semantics: str) -> None:
    assert stand(*said, semantics=semantics).state in ("opposed", "unsupported")


@settings(max_examples=150, deadline=None)
@given(disputes(), st.sampled_from(SEMANTICS))
def test_no_side_weighs_more_than_the_ceiling_of_its_highest_tier(said: list[Said], semantics: str) -> None:
    found = stand(*said, semantics=semantics)
    for strength, tier in ((found.strength_for, found.tier_for), (found.strength_against, found.tier_against)):
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
    names = ("asserts", "stance", "evidenceKind", "tracedTo", "source", "agent", "premise", "target", "direction")
    tables = {name: {**alone.table(name), **other.table(name)} for name in names}
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
