"""What each line contributes to a standing, and what would change it.

The page docs/standings.md, where a standing changes on purpose, is rebuilt by:  python -m tests.arguments.test_explain
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.arguments import explain as explaining
from kg.arguments import policy
from kg.arguments.evaluator import Evaluator
from kg.arguments.explain import Explanation, difference, explain, what_if
from kg.arguments.lines import build
from kg.arguments.standing import SEMANTICS
from kg.cli.standing import explain as explain_command
from kg.cli.standing import what_if as what_if_command
from kg.errors import NotFoundError, UsageError
from kg.graph import KnowledgeGraph
from tests.support.disputes import REVIEWS, Said, disputes, record

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"
DEFAULT = policy.read()


def explained(*said: Said, semantics: str = "quadratic-energy", **more: dict[str, list[str]]) -> Explanation:
    return explain(build(record(*said, **more), DEFAULT), "c", semantics)


def shares(found: Explanation) -> dict[str, tuple[float, ...]]:
    return {each.weighed.line.name: tuple(round(value, 9) for value in each.share) for each in found.contributions}


# -------------------------------------------------------------------------------------------------------- contribution
def test_a_single_line_contributes_all_that_there_is() -> None:
    (only,) = explained(Said("a")).contributions
    assert (only.removal, only.share) == ((0.65, 0, 0), (0.65, 0, 0))
    assert only.state == "unsupported"


def test_two_tellings_of_one_study_share_what_the_study_contributes() -> None:
    found = explained(Said("a", study="t1"), Said("b", study="t1"))
    assert shares(found) == {"a": (0.325, 0, 0), "b": (0.325, 0, 0)}
    assert all(each.removal.pro == 0 for each in found.contributions), "the other one is still there"


def test_a_doubt_contributes_to_the_doubt_alone_and_what_challenges_it_takes_from_that() -> None:
    found = explained(Said("a"), Said("d", "Doubts"), Said("o", kind="", hits="d"))
    by_name = {each.weighed.line.name: each for each in found.contributions}
    assert by_name["d"].share[:2] == by_name["d"].removal[:2] == (0, 0)
    assert by_name["d"].removal.doubt == found.standing.strength_doubt < 0.65
    assert by_name["d"].state == "supported", "its removal changes no state"
    assert by_name["hit-o"].share[:2] == (0, 0)
    assert by_name["hit-o"].share.doubt < 0
    assert list(by_name) == ["a", "d", "hit-o"], "in the order of the sides"


def test_an_attacker_takes_away_from_the_side_that_it_attacks() -> None:
    found = explained(Said("a"), Said("o", kind="", hits="a"))
    by_name = {each.weighed.line.name: each for each in found.contributions}
    assert by_name["hit-o"].share.pro < 0
    assert not by_name["hit-o"].direct
    assert by_name["hit-o"].removal.pro < 0


@settings(max_examples=40, deadline=None)
@given(disputes(), st.sampled_from(SEMANTICS))
def test_the_exact_shares_add_up_to_the_strengths(said: list[Said], semantics: str) -> None:
    found = explained(*said, semantics=semantics, **REVIEWS)
    assert found.exact
    for side, strength in found.standing.strengths.items():
        assert sum(each.share.of(side) for each in found.contributions) == pytest.approx(strength)


def test_sampled_shares_agree_with_exact_ones_within_the_stated_error(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [Said(f"a{n}", ("Denies", "Affirms", "Doubts")[n % 3], study=f"t{n % 4}") for n in range(8)]
    said += [Said("o", kind="", hits="a1"), Said("h", kind="RandomisedTrial", hits="a3")]
    exact = explained(*said)
    monkeypatch.setattr(explaining, "EXACT", 2)
    sampled = explained(*said)
    assert (exact.exact, sampled.exact, sampled.orders) == (True, False, explaining.ORDERS)
    for one, other in zip(
        *(sorted(found.contributions, key=lambda x: x.weighed.line.name) for found in (exact, sampled)), strict=True
    ):
        for mine, its, error in zip(one.share, other.share, other.error, strict=True):
            assert its == pytest.approx(mine, abs=5 * max(error, 1e-9))
    assert shares(sampled) == shares(explained(*said)), "the same seed gives the same numbers"


# ---------------------------------------------------------------------------------------------------------- in words
def test_the_explanation_of_the_cost_claim_names_lines_tiers_figures_and_the_remark(seed: KnowledgeGraph) -> None:
    evaluator = Evaluator(seed.store)
    said = " ".join(evaluator.text(evaluator.explain("costs")).split())
    for part in (
        "A review of 3 trials (“may”, 2003) found this; nobody has rated how sure this is.",
        "The article says that there is no evidence.",
        "Supported, by systematic review.",
        "What is for it rests on 1 independent line: Review of acupuncture, massage and spinal manipulation",
        "The way of weighing does not matter",
        "Cherkin, Sherman, Deyo and Shekelle (review of 2003): Massage reduces health-care costs",
        "Without it this side would weigh 0.390 and not 0.480.",
        "[base 0.480 (hedged), strength 0.480; removal +0.090, Shapley +0.285]",
        "What speaks against it: nothing.",
        "The article (finds no evidence): Massage reduces health-care costs",
        "it is no medical advice",
    ):
        assert part in said


def test_an_explanation_of_many_lines_states_its_error_and_what_cannot_defeat(seed: KnowledgeGraph) -> None:
    evaluator = Evaluator(seed.store)
    said = " ".join(evaluator.text(evaluator.explain("relieves")).split())
    assert "of a lower tier, which cannot defeat it" in said
    assert "standard error at most 0.0" in said
    assert "Carries nothing: its source is superseded by the version of 2015." in said
    assert "American Massage Therapy Association (trade association)" in said
    assert (
        "Certainty of the evidence: low to very low, as assessed by Cochrane review of massage for low back pain"
        in said
    )
    against, doubts = said.index("What speaks against it: nothing."), said.index("What doubts it (a doubt is no refut")
    assert against < doubts < said.index("Recent reviews (doubts): Massage relieves low back pain")
    assert "Strength: for 0.280, against 0.000, doubt 0.029, each from 0 to 1" in said


def test_what_holds_of_many_lines_is_said_once(seed: KnowledgeGraph) -> None:
    evaluator = Evaluator(seed.store)
    said = " ".join(evaluator.text(evaluator.explain("relieves")).split())
    assert said.count("would carry this side just as far") == 1
    assert re.search(r"Without any one of \d+ lines here the others would carry this side just as far\.", said)


PAGE = ROOT / "docs" / "standings.md"
HEAD = """# The standing of each claim of the seed dataset

Written by `python -m tests.arguments.test_explain` from the data; [how a claim stands](standing.md) has the rules and
how to read the figures. In brackets: base score and strength of a line from 0 to 1, what its side would lose without it
(removal), and its fair share (Shapley). It says what has been said and on what evidence; it is no medical advice.

"""


def test_the_page_with_the_standing_of_each_claim_is_as_the_data_has_it(seed: KnowledgeGraph) -> None:
    assert PAGE.read_text() == HEAD + Evaluator(seed.store).page()


# ----------------------------------------------------------------------------------------------------------- what if
def states(*said: Said, **what: object) -> tuple[str, str]:
    (change,) = what_if(record(*said), DEFAULT, ["c"], **what)  # type: ignore[arg-type]
    assert change.before
    assert change.after
    return change.before.state, change.after.state


def test_without_a_statement_a_speaker_an_argument_or_a_study_a_claim_may_stand_otherwise() -> None:
    said = Said("a"), Said("b", "Denies")
    assert states(*said, without=["b"]) == ("contested", "supported")
    assert states(*said, without=["agent-a"]) == ("contested", "opposed")
    assert states(*said, without=["study-a"]) == ("contested", "opposed")
    attacked = Said("a"), Said("h", hits="a")
    assert states(*attacked, without=["hit-h"], semantics="grounded") == ("unsupported", "supported")


def test_a_retraction_takes_what_rests_on_the_source_and_nothing_else() -> None:
    assert states(Said("a"), Said("b", "Denies"), retract=["s-a"]) == ("contested", "opposed")
    assert states(Said("a"), retract=["s-b"]) == ("supported", "supported")


def test_a_doubt_that_goes_is_a_change_though_the_state_stays() -> None:
    (change,) = what_if(record(Said("a"), Said("d", "Doubts")), DEFAULT, ["c"], without=["d"])
    assert change.before
    assert change.after
    assert change.changed
    assert change.before.state == change.after.state == "supported"
    assert (change.before.strength_doubt, change.after.strength_doubt) == (0.65, 0)


def test_the_interested_are_left_aside_only_when_asked(seed: KnowledgeGraph) -> None:
    evaluator = Evaluator(seed.store)
    (change,) = evaluator.what_if(["relaxes-muscles"], ignore_interested=True)
    assert change.before
    assert change.after
    assert (change.before.state, change.after.state) == ("supported", "unsupported")
    assert change.before.flags
    assert not change.after.flags


def test_a_difference_names_claims_that_came_went_or_stand_otherwise() -> None:
    with kg.open() as older, kg.open() as newer:
        older.load(SEED / "claims.yaml")
        newer.load(SEED)
        before, after = (Evaluator(graph.store).standings() for graph in (older, newer))
    changes = {change.claim.rpartition("/")[2]: change for change in difference(before, after)}
    assert changes["costs"].before
    assert changes["costs"].before.state == "unsupported"
    assert changes["lasts-six-months"].before is None
    assert "weigh" not in changes
    assert difference(after, after) == []


# --------------------------------------------------------------------------------------------------- the command line
def test_the_commands_print_an_explanation_and_a_change(seed_store: Path) -> None:
    said = CliRunner().invoke(explain_command, ["costs", "--store", str(seed_store)]).output
    assert said.startswith("Massage reduces health-care costs\n")
    done = CliRunner().invoke(what_if_command, ["costs", "--retract", "cherkin-2003", "--store", str(seed_store)])
    assert "  before: supported, by systematic review (for 0.480, against 0.000)\n" in done.output
    assert "  after:  supported, by randomised trial (for 0.390, against 0.000)\n" in done.output


@pytest.mark.parametrize("name", ["relieves", "cherkin", "trial-third"])
def test_only_a_source_or_a_study_can_be_retracted(seed_store: Path, name: str) -> None:
    done = CliRunner().invoke(what_if_command, ["costs", "--retract", name, "--store", str(seed_store)])
    assert isinstance(done.exception, UsageError)
    assert f"'{name}' is no source or study" in str(done.exception)


def test_a_what_if_without_a_condition_or_with_an_unknown_id_is_said(seed_store: Path) -> None:
    done = CliRunner().invoke(what_if_command, ["costs", "--store", str(seed_store)])
    assert isinstance(done.exception, UsageError)
    done = CliRunner().invoke(what_if_command, ["costs", "--without", "nobody", "--store", str(seed_store)])
    assert isinstance(done.exception, NotFoundError)


if __name__ == "__main__":
    with kg.open() as opened:
        opened.load(SEED)
        PAGE.write_text(HEAD + Evaluator(opened.store).page())
