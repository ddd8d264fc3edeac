"""Drifts found in the neighbourhood of an assertion: those of the whole store, for what the neighbourhood costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random
from typing import TYPE_CHECKING

import pytest

import kg
from benchmarks import world
from kg import drift
from kg.query.near import neighbourhood
from kg.store.terms import IRI
from tests.conftest import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.drift import ComputedDrift
    from kg.graph import KnowledgeGraph
    from kg.store import Store

HEAD = """@prefix e: <https://w3id.org/health-claims/id/e/> .
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
KINDS = ("RandomisedTrial", "SystematicReview", "CohortStudy", "Survey")


def statements(chance: Random) -> Iterator[str]:
    """Yield statements of a small world in which sources, studies and figures differ in all that a drift is told by."""

    def one(kind: str, most: int = 3) -> str:
        return f"e:{kind}{chance.randrange(most)}"

    def figure(name: str, details: float) -> Iterator[str]:
        yield f"e:{name} a hc:Finding ; hc:effectMeasure hc:Percentage ; hc:outcome {one('topic')}"
        yield f'e:{name} hc:unit "percent" ; hc:value {chance.choice(["33.0", "20.0"])}'
        yield f"e:{name} hc:bound hc:{chance.choice(['AtLeast', 'Exactly'])} ; hc:arm {one('arm')}"
        if chance.random() < details:
            yield f"e:{name} hc:comparator {one('topic')}"
        if chance.random() < details:
            yield f'e:{name} hc:timePoint "P{chance.choice("1359")}W"^^xsd:duration'
        if chance.random() < details:
            yield f"e:{name} hc:threshold {chance.choice(WORDS)}"

    for n in range(5):
        yield f"e:topic{n} a hc:Topic ; skos:broader {one('topic')}"
        yield f"e:arm{n} a hc:Arm ; hc:intervention {one('topic')}"
        yield f'e:source{n} a hc:Source ; hc:cites {one("source")} ; dcterms:date "20{chance.randrange(10, 20)}"'
        yield f'e:source{n} schema:text "Words."'
        if chance.random() < 0.2:
            yield f'e:newer{n} a hc:Source ; hc:supersedes e:source{n} ; dcterms:date "20{chance.randrange(10, 20)}"'
        if chance.random() < 0.2:
            yield f"e:source{n} hc:sourceStatus hc:Retracted"
        if chance.random() < 0.2:
            yield f'e:source{n} hc:retractionDate "20{chance.randrange(10, 20)}"'
        yield f"e:source{n} hc:reports {one('study')}"
        yield f"e:source{n} hc:reportsOn {one('study')}"
        yield f"e:study{n} a hc:Study ; hc:design hc:{chance.choice(KINDS)} ; hc:population {one('topic')}"
        yield f"e:study{n} hc:finding e:result{n} , {one('result')} ; hc:arm {one('arm')}"
        yield from figure(f"result{n}", 0.8)
        yield f'e:claim{n} a hc:Claim ; hc:text "Claim {n}" ; hc:outcome {one("topic")}'
        yield f"e:claim{n} hc:population {one('topic')} ; hc:intervention {one('topic')} ; hc:about {one('topic')}"
        if chance.random() < 0.2:
            yield f"e:claim{n} hc:comparator {one('topic')}"
        if chance.random() < 0.2:
            yield f'e:claim{n} hc:timeFrame "P{chance.choice("1359")}W"^^xsd:duration'
        yield f"e:claim{n} hc:kind hc:{chance.choice(['Methodological', 'Efficacy'])}"
        yield f"e:agent{n} a hc:Agent"
        yield f"e:interest{n} a hc:Interest ; hc:interestOf {one('agent')} ; hc:interestKind hc:Authorship"
        yield f"e:interest{n} hc:interestIn {one(chance.choice(['study', 'source', 'topic']))}"
        yield f"e:lead{n} a hc:Lead ; hc:leadFor {one('said', 8)} ; hc:source {one('source')}"
    for n in range(8):
        yield f"e:said{n} a hc:Assertion ; hc:asserts {one('claim')} ; hc:source {one('source')}"
        yield f"e:said{n} hc:agent {one('agent')}"
        yield f"e:said{n} hc:stance hc:{chance.choice(['Affirms', 'Affirms', 'Denies', 'Doubts', 'NoEvidence'])}"
        yield f"e:said{n} hc:tracedTo {one(chance.choice(['study', 'source']))}"
        yield f"e:said{n} hc:finding e:told{n}"
        yield from figure(f"told{n}", 0.3)
        yield f"e:said{n} hc:evidenceKind hc:{chance.choice(KINDS)}"
        if chance.random() < 0.3:
            yield f"e:said{n} hc:certainty hc:{chance.choice(['Low', 'High'])}"
        if chance.random() < 0.3:
            yield f'e:said{n} hc:hedged "may"@en'
        yield f"e:argument{n} a hc:Argument ; hc:premise {one('said', 8)} ; hc:target {one('claim')}"
        yield f"e:argument{n} hc:direction hc:{chance.choice(['Supports', 'Opposes'])}"


WORDS = ('"much better"@en', '"better"@en')


def by_assertion(found: list[ComputedDrift]) -> dict[str, list[ComputedDrift]]:
    of: dict[str, list[ComputedDrift]] = defaultdict(list)
    for each in found:
        of[each.assertion].append(each)
    return of


def compared(store: Store) -> Counter[str]:
    """Compare the drifts of each assertion with those of the whole store; return how many of each kind there are."""
    whole = by_assertion(drift.drifts(store))
    for row in store.select("SELECT ?said { ?said a hc:Assertion }"):
        said = row["said"].value
        assert drift.drifts(store, [said]) == whole.get(said, []), said
    return Counter(each.kind_words for found in whole.values() for each in found)


def test_the_drifts_of_each_assertion_of_the_seed_are_those_of_the_whole(seed: KnowledgeGraph) -> None:
    assert compared(seed.store).total() > 20


@pytest.mark.slow
def test_the_drifts_of_each_assertion_of_random_worlds_are_those_of_the_whole(tmp_path: Path) -> None:
    kinds = Counter[str]()
    for seed in range(40):
        chance = Random(seed)
        file = tmp_path / f"{seed}" / "e" / "one.ttl"
        file.parent.mkdir(parents=True)
        file.write_text(HEAD + "".join(f"{line} .\n" for line in statements(chance) if chance.random() < 0.92))
        graph = kg.open(":memory:")
        graph.load(file)
        kinds += compared(graph.store)
    assert len(kinds) >= 11, kinds


def test_what_is_read_for_an_assertion_does_not_grow_with_the_store(tmp_path: Path, seed: KnowledgeGraph) -> None:
    world.write(tmp_path / "data", 300, 12)
    beside = kg.open(":memory:")
    beside.load(tmp_path / "data")
    beside.load(SEED)
    said = IRI("https://w3id.org/health-claims/id/massage-low-back-pain/trial-third")
    sizes = {sum(1 for _ in neighbourhood(graph.store, [said]).quads()) for graph in (seed, beside)}
    assert len(sizes) == 1
