"""CPU of the questions about one node: beside 4,000 generated claims as beside 300; and of all drifts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from kg.arguments.evaluator import Evaluator
from kg.drift import drifts
from kg.query import Question, questions
from kg.query.questions import bound
from tests.support.generated import beside_seed

if TYPE_CHECKING:
    from kg.store import Store

OFTEN = 7


@pytest.fixture(scope="module")
def few_and_many(tmp_path_factory: pytest.TempPathFactory) -> list[Store]:
    """The seed dataset beside 300 generated claims, and beside 4,000, with the standing of each."""
    stores = []
    for claims in (300, 4_000):
        graph = beside_seed(tmp_path_factory.mktemp("data"), claims)
        Evaluator(graph.store).write()
        stores.append(graph.store)
    return stores


def named(value: str) -> str:
    """Return the value of a parameter as a store of several datasets knows it."""
    return value if ":" in value else f"massage-low-back-pain:{value}"


@pytest.mark.parametrize("asked", [each for each in questions() if each.params], ids=lambda asked: asked.name)
def test_a_question_about_one_node_costs_what_it_answers(asked: Question, few_and_many: list[Store]) -> None:
    values = {name: named(value) for name, value in asked.example.items()}
    took, rows = [float("inf")] * 2, [0, 0]
    for _ in range(OFTEN):
        for number, store in enumerate(few_and_many):
            query = bound(store, asked.text, values)
            start = time.process_time()
            rows[number] = len(store.select(query))
            took[number] = min(took[number], time.process_time() - start)
    assert rows[0] > 0
    assert took[1] <= 2 * took[0] * rows[1] / rows[0], "13 times the claims, and no more to be read for a row"


def test_the_drifts_of_a_store_grow_with_it_and_no_faster(few_and_many: list[Store]) -> None:
    took = []
    for store in few_and_many:
        start = time.process_time()
        assert len(drifts(store)) > 30
        took.append(time.process_time() - start)
    assert took[1] <= 30 * took[0], "13 times the claims"
