"""Standings of one claim from what bears on it: the same as from the whole store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import kg
from kg.arguments import lines, policy
from kg.arguments.evaluator import Evaluator
from kg.arguments.standing import conclude, weigh
from kg.model.reading import read_tables, tables_around
from kg.store.terms import IRI
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import KnowledgeGraph
    from kg.store import Store


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """300 generated claims in 12 files: chains of arguments, denials as premises, hot claims and cold ones."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from world import write

    folder = tmp_path_factory.mktemp("world")
    write(folder / "data", 300, 12)
    graph = kg.open(folder / "store")
    graph.load(folder / "data")
    return graph


def test_the_standing_of_each_claim_is_that_of_the_whole(world: KnowledgeGraph, seed: KnowledgeGraph) -> None:
    for graph in (world, seed):
        for found in Evaluator(graph.store).standings():
            assert standing_near(graph.store, found.claim) == found


def standing_near(store: Store, claim: str) -> object:
    near = tables_around(store, [IRI(claim)])
    return conclude(weigh(lines.build(near, policy.read(None))), [claim])[0]


@pytest.mark.parametrize("claim", ["relieves", "lasts", "costs", "raises-endorphins"])
def test_explanations_and_changes_are_those_of_the_whole(seed: KnowledgeGraph, claim: str) -> None:
    near, whole = Evaluator(seed.store), Evaluator(seed.store)
    whole.tables = read_tables(seed.store)
    assert near.explain(claim).text == whole.explain(claim).text
    for change in ({"without": ["amta"]}, {"retract": ["furlan-2015"]}, {"ignore_interested": True}):
        assert near.what_if([claim], **change) == whole.what_if([claim], **change)
    assert near.records(near.standings([claim])) == whole.records(whole.standings([claim]))
    assert "tables" not in vars(near)


def test_what_is_read_for_a_claim_does_not_grow_with_the_store(world: KnowledgeGraph, tmp_path: Path) -> None:
    small = kg.open(tmp_path / "small")
    small.load(ROOT / "data" / "massage-low-back-pain")
    with kg.open(tmp_path / "large") as large:
        large.load(ROOT / "data" / "massage-low-back-pain", *(record.path for record in world.store.graphs()))
        claim = large.store.resolve("massage-low-back-pain:relieves")
        assert tables_around(large.store, [claim]).claims == tables_around(small.store, [claim]).claims


def test_a_node_that_is_no_claim_has_no_standing(seed: KnowledgeGraph) -> None:
    with pytest.raises(kg.NotFoundError, match="'amta' is no claim"):
        Evaluator(seed.store).explain("amta")
