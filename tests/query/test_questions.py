"""Each competency question answers on the seed dataset what tests/answers/ says.

An answer that changes on purpose is written anew with:  python -m tests.query.test_questions
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from kg.export import results
from kg.graph import KnowledgeGraph
from kg.query import Question, question, questions

ANSWERS = Path(__file__).parents[1] / "answers"
REQUIRED = {
    "counterclaims-to-agent", "counterclaims-to-claim", "who-says-what", "contested-claims", "unsupported-claims",
    "untraced-assertions", "interested-parties", "evidence-for-claim", "limits-of-claim", "anonymous-speakers",
    "same-study-twice", "article-against-literature", "findings", "timeline",
}  # fmt: skip


def answer(graph: KnowledgeGraph, asked: Question) -> bytes:
    return results.write(graph.query(asked.name, asked.example), "csv", graph.store.prefixes())


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_a_question_has_its_expected_answer(asked: Question, seed: KnowledgeGraph) -> None:
    assert answer(seed, asked).decode() == (ANSWERS / f"{asked.name}.csv").read_bytes().decode()


OF_OTHER_DATA = {"resting-on-retracted"}
"""Asked of data with a retraction, in tests/arguments/test_retracted_dispute.py: the seed dataset has none."""


@pytest.mark.parametrize("asked", [x for x in questions() if x.name not in OF_OTHER_DATA], ids=lambda asked: asked.name)
def test_a_question_answers_from_the_seed_dataset(asked: Question, seed: KnowledgeGraph) -> None:
    assert len(list(seed.query(asked.name))) > 0
    assert asked.params.keys() == asked.example.keys()


def test_the_required_questions_are_there_and_no_answer_is_without_its_question() -> None:
    names = {asked.name for asked in questions()}
    assert names >= REQUIRED
    assert len(names) >= 20
    assert {path.stem for path in ANSWERS.glob("*.csv")} == names


def test_what_is_held_against_the_amta_is_the_surgeons_view_with_kind_and_words(seed: KnowledgeGraph) -> None:
    answered = seed.query("counterclaims-to-agent", {"agent": "amta"})
    assert answered.columns == ("finding", "kind", "counterclaim", "who", "words", "through", "directness", "tier")
    rows = list(answered)
    surgeons = [row for row in rows if "neurosurgeons" in str(row["who"])]
    assert {"qualifies", "undercuts"} <= {row["kind"] for row in surgeons}
    assert {row["words"] for row in surgeons} >= {
        "the benefits are short term in relation to increase in function and pain relief",
    }
    assert any("massage only helps relieve pain associated with muscle tissue" in str(row["words"]) for row in surgeons)
    assert "American Massage Therapy Association" not in {row["who"] for row in rows}


def test_bound_and_unbound_give_the_same_rows_for_the_example(seed: KnowledgeGraph) -> None:
    asked = question("counterclaims-to-claim")
    bound = [tuple(row.values()) for row in seed.query(asked.name, asked.example)]
    unbound = [tuple(row.values()) for row in seed.query(asked.name)]
    assert set(bound) <= set(unbound)


if __name__ == "__main__":
    ANSWERS.mkdir(exist_ok=True)
    with kg.open() as opened:
        opened.load(Path(__file__).parents[2] / "data" / "massage-low-back-pain")
        Evaluator(opened.store).write()
        for each in questions():
            (ANSWERS / f"{each.name}.csv").write_bytes(answer(opened, each))
