"""Standings of one claim from what bears on it: the same as from the whole store."""

from __future__ import annotations

import sys
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.arguments import lines, policy
from kg.arguments.evaluator import Evaluator
from kg.arguments.standing import conclude, weigh
from kg.model.reading import read_tables, tables_around
from kg.store.terms import IRI
from tests.conftest import ROOT
from tests.support.cases import REVIEW, TRIAL, paper, written

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


@pytest.fixture(scope="module", params=[1, 2, 3])
def entangled(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> KnowledgeGraph:
    """40 claims on the same 20 trials and 12 reviews: with ratings, updates, retractions, and arguments on studies."""
    chance = Random(request.param)
    trials = [f"t{number}" for number in range(20)]
    reviews = [f"r{number}" for number in range(12)]
    records = [trial(name, chance) for name in trials]
    for number, name in enumerate(reviews):
        source = {"supersedes": f"s-r{number - 1}"} if number % 4 == 3 else {}
        lists = {"includes": chance.sample([*trials, *reviews[:number]], 4), "excludes": chance.choice(trials)}
        records.append(paper(name, REVIEW, 2005 + number, 3000, kind="systematic review", source=source, study=lists))
    claims: dict[str, Any] = {}
    said: dict[str, Any] = {}
    arguments: dict[str, Any] = {}
    for number in range(40):
        claim = f"c{number}"
        claims[claim] = {"text": claim, "kind": chance.choice(["efficacy", "harm"]), "about": "willow"}
        claims[claim] |= {"intervention": "willow", "outcome": chance.choice(["pain", "sleep"])}
        for name in chance.sample([*trials, *reviews], 4):
            rated = {"certainty": chance.choice(["low", "very low", "moderate"])} if name in reviews else {}
            stance = chance.choice(["affirms", "affirms", "denies", "doubts", "inconclusive"])
            words = {"agent": f"a-{name}", "source": f"s-{name}", "traced-to": name, "read": "in full"}
            kind = REVIEW if name in reviews else TRIAL
            said[f"{claim}-{name}"] = {"claim": claim, "stance": stance, "evidence": kind, **words, **rated}
    for number in range(30):
        targets = [*claims, *said, *trials[:3], *(f"s-{name}" for name in reviews[:2])]
        way = chance.choice(["supports", "opposes", "qualifies"])
        premise = {"from": chance.choice(list(said)), way: chance.choice(targets), "directness": "indirect"}
        arguments[f"g{number}"] = premise
    for each in records:
        del each["assertions"]
    topics = {name: {"label": name, "kind": "outcome"} for name in ("pain", "sleep")}
    more = {"topics": topics, "claims": claims, "assertions": said, "arguments": arguments}
    folder = tmp_path_factory.mktemp("entangled")
    graph = kg.open(folder / "store")
    graph.load(written(folder, *records, more))
    return graph


def trial(name: str, chance: Random) -> Any:
    status = chance.choice(["current", "current", "current", "retracted", "preprint"])
    people = chance.choice([40, 300, None])
    again = {"reanalysis-of": "t0"} if name == "t19" else {}
    return paper(name, TRIAL, chance.randrange(1998, 2020), people, source={"status": status}, study=again)


def test_standings_of_entangled_claims_are_those_of_the_whole(entangled: KnowledgeGraph) -> None:
    found = Evaluator(entangled.store).standings()
    assert len({each.state for each in found}) == 4
    assert any(rating.withheld for each in found for rating in each.ratings)
    for each in found:
        assert standing_near(entangled.store, each.claim) == each


def test_a_sentence_is_that_of_the_whole_and_so_is_the_past(entangled: KnowledgeGraph, seed: KnowledgeGraph) -> None:
    for graph in (entangled, seed):
        for as_of in (None, "2012-06"):
            whole = Evaluator(graph.store, as_of=as_of)
            for each in whole.standings()[:25]:
                near = Evaluator(graph.store, as_of=as_of)
                assert near.standings([each.claim]) == [each]
                assert near.sentence(each) == whole.sentence(each)


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
