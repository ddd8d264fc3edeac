"""Other vocabularies stated in ours, beside their own words; and the slips of real files, repaired and counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import kg
from kg.knowledge_graph import KnowledgeGraph

SIDES = """
SELECT ?claim ?for ?against WHERE {
  ?claim a hc:Claim .
  BIND(EXISTS { ?argument hc:target ?claim ; hc:direction hc:Supports } AS ?for)
  BIND(EXISTS { ?argument hc:target ?claim ; hc:direction hc:Opposes } AS ?against)
}
"""


@pytest.fixture(scope="module")
def dikb(shared: Path) -> KnowledgeGraph:
    graph = kg.open()
    graph.load(shared / "data" / "dikb-mp" / "initial-dikb-mp-oa.xml")
    return graph


def test_the_claims_of_dikb_have_the_sides_that_its_authors_gave_them(dikb: KnowledgeGraph) -> None:
    sides = Counter((row["for"], row["against"]) for row in dikb.query(SIDES))
    assert sides == {(True, False): 216, (False, True): 52, (True, True): 112, (False, False): 30}


def test_the_standings_of_dikb_follow_its_sides(dikb: KnowledgeGraph) -> None:
    states = Counter(standing.state for standing in dikb.standing())
    assert states == {"supported": 216, "opposed": 52, "contested": 112, "unsupported": 30}


def test_each_support_and_each_challenge_of_a_claim_is_an_argument(dikb: KnowledgeGraph) -> None:
    rows = dikb.query("SELECT ?way (COUNT(*) AS ?n) { ?argument a hc:Argument ; hc:direction ?way } GROUP BY ?way")
    assert {str(row["way"]).rpartition("#")[2]: row["n"] for row in rows} == {"Supports": 683, "Opposes": 250}


def test_the_triples_of_the_file_are_kept(dikb: KnowledgeGraph) -> None:
    assert list(dikb.query("SELECT (COUNT(*) AS ?n) { ?a <http://purl.org/mp/supports> ?b }")) == [{"n": 922}]


def test_dikb_has_no_violations(dikb: KnowledgeGraph) -> None:
    assert dikb.validate().number_of("violation") == 0


MICROPUBLICATION = """
@prefix mp: <http://purl.org/mp/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <http://e/> .
:c a mp:Claim ; rdfs:label "tea_calms" .
:paper a mp:Reference ; mp:supports :c . :study a mp:Data ; mp:challenges :c .
"""


def test_a_micropublication_reads_as_claim_argument_source_and_finding(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(MICROPUBLICATION)
    with kg.open() as graph:
        graph.load(tmp_path / "a.ttl")
        assert list(graph.query("SELECT ?text { ?c a hc:Claim ; hc:text ?text }")) == [{"text": "tea calms"}]
        assert graph.query("ASK { ?a hc:premise <http://e/paper> ; hc:target <http://e/c> ; hc:direction hc:Supports }")
        assert graph.query("ASK { ?a hc:premise <http://e/study> ; hc:target <http://e/c> ; hc:direction hc:Opposes }")
        assert graph.query("ASK { <http://e/paper> a hc:Source . <http://e/study> a hc:Finding }")


def test_a_file_in_our_own_words_is_mapped_by_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://e/c> a <https://w3id.org/health-claims/ontology#Claim> .")
    with kg.open() as graph:
        assert graph.load(tmp_path / "a.ttl").entries[0].triples == 1


def test_an_illegal_iri_is_repaired_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://e/a b> <http://e/p> <http://e/c > .")
    with kg.open() as graph:
        (warning,) = graph.load(tmp_path / "a.ttl").warnings
        assert warning.message == "2 IRIs were not legal and were repaired, the first of them <http://e/a b>"
        assert graph.query("ASK { <http://e/a%20b> <http://e/p> <http://e/c> }")
