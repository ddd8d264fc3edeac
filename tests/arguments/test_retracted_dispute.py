"""An invented dispute in which a retraction travels: through two reviews, a letter, a reanalysis and a null trial."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from kg.arguments.lines import LOST, POOLS_RETRACTED
from kg.arguments.standing import Standing
from kg.readers.claim_files.yaml import parse

DISPUTE = Path(__file__).parents[1] / "examples" / "valid" / "retracted-trial" / "claims.yaml"


def dispute(folder: Path, without: tuple[str, ...] = (), *, retracted: bool = True) -> dict[str, tuple[Standing, str]]:
    """Return claim -> its standing and sentence, without some assertions and the arguments from them."""
    found: dict[str, Any] = json.loads(json.dumps(parse("claims.yaml", DISPUTE.read_text(), "claim file").value))
    if not retracted:
        paper = found["sources"]["orlo-2018"]
        found["sources"]["orlo-2018"] = {key: paper[key] for key in ("type", "title", "date", "reports")}
    for name in without:
        del found["assertions"][name]
    found["arguments"] = {key: each for key, each in found["arguments"].items() if each["from"] not in without}
    path = folder / "claims.yaml"
    path.write_text(json.dumps(found))
    with kg.open() as graph:
        graph.load(path)
        evaluator = Evaluator(graph.store, as_of="2024")
        return {each.claim.rpartition("/")[2]: (each, evaluator.sentence(each)) for each in evaluator.standings()}


def excluded(found: Standing) -> dict[str, str]:
    return {x.line.node.rpartition("/")[2]: x.line.excluded_because for x in found.lines if x.line.excluded_because}


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Standing, str]]:
    return dispute(tmp_path_factory.mktemp("dispute"))


@pytest.mark.parametrize(
    ("claim", "state", "strengths"),
    [
        ("eases", "supported", (0.67, 0, 0)),
        ("prevents", "unsupported", (0, 0, 0.12)),
        ("shortens", "contested", (0.23, 0.23, 0)),
        ("made-up", "supported", (0.40, 0, 0)),
    ],
)
def test_each_claim_of_the_dispute_stands_as_a_methodologist_expects(
    today: dict[str, tuple[Standing, str]], claim: str, state: str, strengths: tuple[float, float, float]
) -> None:
    found, _ = today[claim]
    assert found.state == state
    assert (found.strength_for, found.strength_against, found.strength_doubt) == pytest.approx(strengths, abs=0.005)


def test_a_review_that_lost_most_of_its_people_carries_nothing(today: dict[str, tuple[Standing, str]]) -> None:
    found, said = today["prevents"]
    assert found.because == "retracted"
    assert excluded(found) == {"cold-prevents": LOST, "orlo-prevents": "retracted"}
    assert said.startswith("The review that found this has lost the trials it rested on.")


def test_a_review_that_lost_a_fiftieth_keeps_nearly_all_and_its_certainty_binds_unshown(
    today: dict[str, tuple[Standing, str]],
) -> None:
    found, said = today["eases"]
    assert found.strength_for == pytest.approx(0.8 * 0.85 * 0.98)
    assert [rating.withheld for rating in found.ratings] == [True]
    assert {mark for each in found.lines for mark in each.line.marks} == {POOLS_RETRACTED}
    assert "probably right" not in said


def test_without_the_trial_a_review_cannot_tell_which_is_a_remark(today: dict[str, tuple[Standing, str]]) -> None:
    found, said = today["shortens"]
    assert said.startswith("Trials disagree; a review rates the evidence as of very low certainty (2023).")
    assert "Cold Review Group looked and could not tell" in said
    assert (found.ratings[0].levels, found.ratings[0].withheld) == (("very low",), False)


def test_a_letter_questions_the_trial_and_defeats_it_once_it_is_confirmed(tmp_path: Path) -> None:
    reviews = ("cold-prevents",)
    found, said = dispute(tmp_path, (*reviews, "ives-made-up"), retracted=False)["prevents"]
    assert found.state == "supported"
    assert found.strength_for >= 0.65 / 2
    assert "data are questioned" in said
    confirmed, _ = dispute(tmp_path, reviews, retracted=False)["prevents"]
    assert confirmed.state == "unsupported"


def test_what_rests_on_the_retracted_trial_is_found_through_reviews_and_warned_of() -> None:
    with kg.open() as graph:
        graph.load(DISPUTE)
        nodes = [str(row["node"]).rpartition("/")[2] for row in graph.query("resting-on-retracted")]
        warned = [each for each in graph.validate().problems if each.rule == "pools-retracted"]
    resting = ["cold-prevents", "cold-shortens", "orlo-prevents", "orlo-shortens", "tea-eases"]
    assert sorted(nodes) == resting
    assert len(warned) == len(resting)
