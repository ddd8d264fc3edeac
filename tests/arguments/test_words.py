"""The sentence of a standing: opening, certainty, doubt, remarks, and at most two asides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from tests.support.cases import COHORT, REVIEW, paper, told, voice, written

Records = Callable[[], list[Any]]
OTHER = {"claims": {"other": {"text": "Willow tea is bitter", "kind": "efficacy", "about": "willow"}}}


def review(name: str = "review", date: int = 2015, certainty: Any = None, n: int = 0, **more: Any) -> Any:
    study = ({"number-of-studies": n} if n else {}) | more.pop("study", {})
    return paper(name, REVIEW, date, 3000, kind="systematic review", certainty=certainty, study=study, **more)


OPENINGS: dict[str, Records] = {
    "A review of 7 studies found this; nobody has rated how sure this is.": lambda: [review(n=7)],
    "Two reviews found this; nobody has rated": lambda: [
        *(paper(name, date=2001, claim="other") for name in ("a", "b")),
        *(review(f"r-{name}", study={"includes": [name], "participants": 900}) for name in ("a", "b")),
        OTHER,
    ],
    "One trial found this; no review has rated it. It rests on one trial of 500 people.": lambda: [paper("a")],
    "Two trials found this; no review has rated it.": lambda: [paper("a"), paper("b")],
    "One study that compares groups points to this; no trial has tested it.": lambda: [paper("a", COHORT)],
    "Two weaker studies point to this; no trial has tested it.": lambda: [
        paper(name, "case series") for name in ("a", "b")
    ],
    "Said by Fan, without evidence.": lambda: [voice("fan")],
    "A review of 7 studies found that this is not so;": lambda: [review(n=7, stance="denies")],
    "One trial found that this is not so;": lambda: [paper("a", stance="denies")],
    "One study that compares groups points against this.": lambda: [paper("a", COHORT, stance="denies")],
    "Denied by Critic, without evidence.": lambda: [voice("critic", "denies")],
    "Trials disagree;": lambda: [paper("a"), paper("b", stance="denies")],
    "Reviews disagree;": lambda: [review("a"), review("b", stance="denies")],
    "People disagree; nobody shows evidence.": lambda: [voice("fan"), voice("critic", "denies")],
    "Disputed: a review found this; one trial found otherwise;": lambda: [review(), paper("a", stance="denies")],
    "Disputed: a review found that this is not so; one trial found that it is;": lambda: [
        review(stance="denies"),
        paper("a"),
    ],
    "A review looked for this and could not tell.": lambda: [review(stance="inconclusive")],
    "A trial looked for this and could not tell.": lambda: [paper("a", stance="inconclusive")],
    "No evidence is recorded here, either way.": lambda: [OTHER],
    "The trial that found this was retracted.": lambda: [paper("a", source={"status": "retracted"})],
    "The review that found this has lost the trials it rested on.": lambda: [
        OTHER,
        paper("a", people=2000, source={"status": "retracted"}, claim="other"),
        review(study={"includes": ["a"]}),
    ],
}
CERTAINTIES: dict[str, Records] = {
    "A review found this, and its authors are confident (2015).": lambda: [review(certainty="high")],
    "found this, and its authors think this probably right (2015).": lambda: [review(certainty="moderate")],
    "found this, and its authors say that the truth may well differ (2015).": lambda: [review(certainty="low")],
    "found this, but its authors call the evidence very uncertain (2015).": lambda: [review(certainty="very low")],
    "but its authors call the evidence uncertain to very uncertain (2015, low to very low).": lambda: [
        review(certainty=["low", "very low"])
    ],
    "; reviewers differ on how sure this is: moderate (2018), very low (2015).": lambda: [
        review(certainty="very low"),
        review("later", 2018, "moderate"),
    ],
    "One trial found this; a review of what there was before rates that as of very low certainty (2015).": lambda: [
        review(certainty="very low"),
        paper("a", date=2019),
    ],
    "; its rating of 2015 was made with a study since retracted. It pools a study that was retracted.": lambda: [
        OTHER,
        paper("a", people=100, source={"status": "retracted"}, claim="other"),
        review(certainty="moderate", study={"includes": ["a"]}),
    ],
}
DOUBTS: dict[str, Records] = {
    "500 people.": lambda: [paper("a")],
    "Gazette doubts it, without evidence.": lambda: [paper("a"), voice("gazette", "doubts")],
    "Team b doubt that the evidence carries it.": lambda: [paper("a"), paper("b", "case series", stance="doubts")],
    ", and it is more doubted than backed: Team b.": lambda: [voice("fan"), paper("b", stance="doubts")],
    "Said by Fan, without evidence, and Gazette doubts it.": lambda: [voice("fan"), voice("gazette", "doubts")],
    "Gazette doubts that anything shows it.": lambda: [voice("gazette", "doubts")],
}
ASIDES: dict[str, Records] = {
    "One of its own trials found otherwise.": lambda: [
        review(study={"includes": ["a"]}),
        paper("a", stance="denies"),
    ],
    "Blogger says otherwise, without evidence. It rests on one trial of 500 people.": lambda: [
        paper("a"),
        voice("blogger", "denies"),
    ],
    "It rests on one trial of 500 people. It is not peer-reviewed.": lambda: [
        paper("a", source={"type": "preprint", "status": "preprint"})
    ],
    "It rests on one trial. How many took part is not stated.": lambda: [paper("a", people=None)],
    "The review is of 2005, older than ten years.": lambda: [review(date=2005)],
    "Team a looked and could not tell.": lambda: [paper("a", stance="inconclusive"), paper("b", date=2018)],
}


def again(name: str, stance: str, **more: Any) -> Any:
    """Return a second assertion from a paper."""
    said = {"claim": "works", "agent": f"a-{name}", "stance": stance, "source": f"s-{name}", "read": "in full"}
    return {"assertions": {f"{name}-{stance}": said | {"traced-to": name} | more}}


def many(design: str, review_design: str = REVIEW) -> list[Any]:
    """Return the records of a review of two studies of a design."""
    of = [paper(name, design, 2001, claim="other") for name in ("a", "b")]
    study = {"includes": ["a", "b"], "participants": 1000, "number-of-studies": 2}
    return [*of, OTHER, paper("r", review_design, 2012, 1000, kind="systematic review", study=study)]


RATED: dict[str, Records] = {
    "One trial found this; a review rates the evidence as of low certainty (2015).": lambda: [
        review(stance="inconclusive", certainty="low"),
        paper("a"),
    ],
    "One guideline points to this; a review rates the evidence as of low certainty (2015).": lambda: [
        review(stance="inconclusive", certainty="low"),
        paper("g", "guideline", 2018, kind="guideline"),
    ],
    "Disputed: a review found that this is not so; one trial found that it is; "
    "the review rates the evidence as of high certainty (2015).": lambda: [
        review(stance="denies", certainty="high"),
        paper("a"),
    ],
    "Reviews disagree; one of them rates the evidence as of high certainty (2015).": lambda: [
        review(stance="denies", certainty="high", n=9),
        review("b", 2010, n=7),
    ],
    "A review of 7 studies found this; another review rates the evidence as of moderate certainty (2015)": lambda: [
        review(stance="doubts", certainty="moderate", n=9),
        review("b", 2010, n=7),
    ],
    "Trials disagree; a review rates the evidence as of very low certainty (2015).": lambda: [
        review(stance="inconclusive", certainty="very low"),
        paper("a"),
        paper("b", stance="denies"),
    ],
    "Disputed: a review found this in part, and in part otherwise, and its authors are confident (2015).": lambda: [
        review(certainty="high"),
        again("review", "denies", evidence=REVIEW, certainty="high"),
    ],
}


@pytest.mark.parametrize("words", RATED)
def test_a_review_is_said_to_have_found_what_it_says_and_to_have_rated_the_rest(words: str, tmp_path: Path) -> None:
    assert told(tmp_path, *RATED[words]()).startswith(words)


def test_a_side_rests_on_its_own_studies_and_not_on_the_review_that_rates_them(tmp_path: Path) -> None:
    file = written(tmp_path, review(stance="denies", certainty="high"), paper("a"))
    with kg.open() as graph:
        graph.load(file)
        evaluator = Evaluator(graph.store)
        (found,) = evaluator.records(evaluator.standings(["works"]))
    assert found["rests_on"] == {"for": ["a"], "against": ["review"]}
    assert found["tier_for"] == "systematic review", "which rates it"


NOUNS: dict[str, tuple[Records, dict[str, Any]]] = {
    "One study that compares groups found this; no review has rated it.": (
        lambda: [paper("a", COHORT, people=40000)],
        {"kind": "harm", "intervention": None},
    ),
    "Disputed: a census found that this is not so; one weaker study found that it is.": (
        lambda: [paper("a", "census", stance="denies"), paper("b", "survey")],
        {"kind": "prevalence"},
    ),
    "A review of 2 studies points to this; no trial has tested it; nobody has rated": (lambda: many(COHORT), {}),
    "A review of 2 trials found this;": (lambda: many("randomised trial"), {}),
    "A review of 2 reviews found this;": (lambda: many(REVIEW, "umbrella review"), {}),
    "Case reports point to this; they cannot show how rare.": (
        lambda: [paper("a", "case series", kind="journal article")],
        {"kind": "harm"},
    ),
    "One trial found a difference;": (
        lambda: [paper("a", stance="denies")],
        {"kind": "harm", "effect": "no difference"},
    ),
    "Disputed: a review found no difference; one trial found one;": (
        lambda: [review(), paper("a", stance="denies")],
        {"effect": "no difference"},
    ),
    "Recommended by Fan; not listed by Critic.": (
        lambda: [voice("fan"), voice("critic", "denies")],
        {"kind": "advice"},
    ),
    "Defined so by Fan; denied by Critic.": (
        lambda: [voice("fan"), voice("critic", "denies")],
        {"kind": "definition"},
    ),
}


@pytest.mark.parametrize("words", NOUNS)
def test_studies_are_named_by_what_they_are_however_much_they_weigh(words: str, tmp_path: Path) -> None:
    records, claim = NOUNS[words]
    assert told(tmp_path, *records(), **claim).startswith(words)


def test_that_no_trial_tested_it_is_not_said_beside_a_trial_that_could_not_tell(tmp_path: Path) -> None:
    said = told(tmp_path, paper("a", COHORT), paper("b", stance="inconclusive"))
    assert said == "One study that compares groups points to this. Team b looked and could not tell."
    of_a_trial = paper("a", evidence="economic evaluation")
    assert told(tmp_path, of_a_trial) == "One weaker study points to this."


def test_a_study_that_says_both_is_no_disagreement_of_studies(tmp_path: Path) -> None:
    said = told(tmp_path, paper("a"), again("a", "denies", evidence="randomised trial"))
    assert said.startswith("Disputed: one trial found this in part, and in part otherwise;")


def test_a_harm_that_is_kept_has_the_rating_of_its_superseded_review(tmp_path: Path) -> None:
    newer = review("new", 2015, claim="other", source={"supersedes": "s-old"})
    said = told(tmp_path, review("old", 2013, "moderate"), newer, OTHER, kind="harm")
    assert said.startswith("A review found this, and its authors think this probably right (2013). Last found in 2013;")


def test_what_is_said_of_one_study_among_several_names_it(tmp_path: Path) -> None:
    preprint = {"type": "preprint", "status": "preprint"}
    disputed = told(tmp_path, paper("a"), paper("b", stance="denies", source=preprint))
    assert disputed == "Trials disagree; no review has rated it."
    disputed = told(tmp_path, paper("a", people=200), paper("b", stance="denies", source=preprint), paper("c"))
    assert "It is not" not in disputed
    both = told(tmp_path, paper("a", source=preprint), paper("b", source=preprint))
    assert both.endswith("Not peer-reviewed: a and b.")


def test_a_listed_trial_found_otherwise_only_if_the_review_did_find_something(tmp_path: Path) -> None:
    both = (review(stance="doubts", study={"includes": ["a"]}), paper("a"), paper("b", date=2018))
    said = told(tmp_path, *both)
    assert "One of a review's trials found this, but not the review itself." in said


def test_names_and_numbers_agree_with_their_verbs(tmp_path: Path) -> None:
    unnamed = voice("kritiker", "doubts", kind="anonymous")
    assert "Kritiker doubted it, without evidence." in told(tmp_path, paper("a"), unnamed)
    hoffer = voice("hoffer")
    hoffer["agents"]["a-hoffer"]["name"] = "A Hoffer"
    assert told(tmp_path, hoffer) == "Said by A Hoffer, without evidence."
    assert "It rests on one trial of one person." in told(tmp_path, paper("a", people=1))


def test_an_explanation_marks_a_preprint_and_keeps_what_cannot_tell_from_no_evidence(tmp_path: Path) -> None:
    preprint = paper("a", source={"type": "preprint", "status": "preprint"})
    file = written(tmp_path, preprint, voice("critic", "no evidence"), paper("b", stance="inconclusive"))
    with kg.open() as graph:
        graph.load(file)
        evaluator = Evaluator(graph.store)
        text = evaluator.text(evaluator.explain("works"))
        (record,) = evaluator.records(evaluator.standings(["works"]))
    assert "Not peer-reviewed." in text
    remarks = text.partition("Remarks that there is no evidence")[2]
    none, cannot = remarks.split("Remarks that what was found cannot tell")
    assert "Critic (finds no evidence): Willow tea" in none
    assert "Team b (looks and cannot tell): Willow tea" in cannot
    assert record["marks"] == ["preprint"]


def test_a_reanalysis_questions_the_data_of_the_study_that_it_names(tmp_path: Path) -> None:
    check = paper("check", "case series", 2015, claim="other", kind="blog post", study={"reanalysis-of": "a"})
    attack = {"arguments": {"attack": {"from": "check-says", "opposes": "a", "directness": "direct"}}}
    records = (paper("a", people=5000), OTHER, check, attack)
    assert "Its data are questioned." in told(tmp_path, *records)
    assert "The data of a are questioned." in told(tmp_path, *records, paper("b", stance="denies"))


GONE: dict[str, Records] = {
    "The trial that found that this is not so was retracted.": lambda: [
        paper("a", stance="denies", source={"status": "retracted"})
    ],
    "Found not to be so by a review of 2008; its update of 2015 does not say.": lambda: [
        review("old", 2008, stance="denies"),
        review("new", 2015, claim="other", source={"supersedes": "s-old"}),
        OTHER,
    ],
    "A study looked for this and could not tell.": lambda: [paper("a", COHORT, stance="inconclusive")],
    "Studies looked and could not tell.": lambda: [
        paper("a", COHORT, stance="inconclusive"),
        paper("b", COHORT, stance="inconclusive"),
    ],
    "Team r doubt that anything shows it. One of a review's trials found this, but not the review itself.": lambda: [
        paper("a", date=2001),
        paper("r", REVIEW, 2012, kind="systematic review", stance="doubts", study={"includes": ["a"]}),
    ],
}


@pytest.mark.parametrize("words", GONE)
def test_of_what_does_not_stand_it_is_said_what_it_had_found(words: str, tmp_path: Path) -> None:
    assert told(tmp_path, *GONE[words]()).startswith(words)


@pytest.mark.parametrize("words", OPENINGS)
def test_the_opening_says_what_found_it(words: str, tmp_path: Path) -> None:
    assert told(tmp_path, *OPENINGS[words]()).startswith(words)


@pytest.mark.parametrize("words", [*CERTAINTIES, *DOUBTS, *ASIDES])
def test_then_it_says_how_sure_that_is_who_doubts_it_and_what_to_know(words: str, tmp_path: Path) -> None:
    assert words in told(tmp_path, *({**CERTAINTIES, **DOUBTS, **ASIDES}[words]()))


def test_what_a_claim_is_of_has_words_of_its_own(tmp_path: Path) -> None:
    assert told(tmp_path, voice("fan"), kind="advice") == "Recommended by Fan."
    assert told(tmp_path, voice("fan"), kind="definition") == "Defined so by Fan."
    assert told(tmp_path, paper("a", "survey"), kind="prevalence") == "Counted by Team a."
    assert told(tmp_path, review(), effect="no difference").startswith("A review found no difference;")
    denied = paper("a", stance="denies")
    assert told(tmp_path, denied, kind="harm").startswith("One trial did not find it (500 people);")


def test_no_sentence_has_more_than_two_asides(tmp_path: Path) -> None:
    interest = {"interests": {"i": {"of": "a-a", "in": "willow", "kind": "funding", "source": "s-a"}}}
    limit = {"arguments": {"limit": {"from": "critic-says", "qualifies": "works", "directness": "direct"}}}
    said = told(tmp_path, paper("a"), interest, voice("critic", "denies"), limit)
    assert said == (
        "One trial found this; no review has rated it. Critic says otherwise, without evidence. "
        "Everyone behind it has an interest in it."
    )
