"""The sentence of a standing: opening, certainty, doubt, remarks, and at most two asides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.cases import COHORT, REVIEW, paper, told, voice

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
