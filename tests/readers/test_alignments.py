"""Other vocabularies stated in ours, beside their own words; and the slips of real files, repaired and counted."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import kg
from kg.graph import KnowledgeGraph

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


CITATION = ":x cito:hasCitingEntity :p ; cito:hasCitedEntity :c ;"
PREFIXES = """
@prefix cito: <http://purl.org/spar/cito/> . @prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix s: <http://purl.obolibrary.org/obo/SEPIO_> .
@prefix : <http://e/> .
"""
ARGUMENTS = """
SELECT ?premise ?direction ?target WHERE {
  ?argument a hc:Argument ; hc:premise ?premise ; hc:direction ?direction ; hc:target ?target
} ORDER BY ?premise
"""


def stated(folder: Path, turtle: str, query: str) -> list[tuple[str, ...]]:
    """Return the rows of `query` over a file, without the namespaces; what is stated has no violations."""
    (folder / "a.ttl").write_text(PREFIXES + turtle)
    with kg.open() as graph:
        graph.load(folder / "a.ttl")
        assert [str(problem) for problem in graph.validate().problems if problem.severity == "violation"] == []
        return [tuple(re.sub(r"^.*[/#]", "", str(value)) for value in row.values()) for row in graph.query(query)]


@pytest.mark.parametrize(
    ("statement", "cites"),
    [
        (":a cito:disputes :b", [("a", "b")]),
        (":a cito:obtainsSupportFrom :b", [("a", "b")]),
        (":a cito:givesSupportTo :b", [("b", "a")]),
        (":a cito:isCitedBy :b", [("b", "a")]),
        (":a cito:sharesAuthorWith :b", []),
        (":c a cito:Citation ; cito:hasCitingEntity :a ; cito:hasCitedEntity :b", [("a", "b")]),
    ],
)
def test_a_citation_between_documents_cites_and_argues_nothing(
    tmp_path: Path, statement: str, cites: list[tuple[str, str]]
) -> None:
    assert stated(tmp_path, f"{statement} .", "SELECT ?a ?b { ?a hc:cites ?b }") == cites
    assert stated(tmp_path, f"{statement} .", ARGUMENTS) == []


@pytest.mark.parametrize(
    ("statement", "direction"),
    [
        (":p cito:supports :c", "Supports"),
        (":c cito:isSupportedBy :p", "Supports"),
        (":c cito:obtainsSupportFrom :p", "Supports"),
        (":p cito:givesSupportTo :c", "Supports"),
        (":c cito:citesAsEvidence :p", "Supports"),
        (":p cito:refutes :c", "Opposes"),
        (":p cito:critiques :c", "Opposes"),
        (":p cito:qualifies :c", "Qualifies"),
        (f"{CITATION} cito:hasCitationCharacterization cito:disputes", "Opposes"),
    ],
)
def test_a_citation_of_a_claim_is_an_argument_from_the_end_that_gives_it(
    tmp_path: Path, statement: str, direction: str
) -> None:
    claim = ':c a hc:Claim ; hc:text "Tea calms"@en .'
    assert stated(tmp_path, f"{claim} {statement} .", ARGUMENTS) == [("p", direction, "c")]


@pytest.mark.parametrize("statement", [":p cito:discusses :c", ":c cito:supports :p", ":p cito:obtainsSupportFrom :c"])
def test_a_citation_that_says_nothing_of_the_claim_is_no_argument(tmp_path: Path, statement: str) -> None:
    claim = ':c a hc:Claim ; hc:text "Tea calms"@en .'
    assert stated(tmp_path, f"{claim} {statement} .", ARGUMENTS) == []


SEPIO = """
:p a s:0000000 ; rdfs:label "Tea calms"@en .
:a a s:0000001 ; s:0000030 :p ; s:0000130 :ann ; s:0000108 :paper ; s:0000006 :l1 , :l2 , :l3 , :l4 .
:ann rdfs:label "Ann" .
:l1 s:0000183 s:0000403 ; s:0000084 :f1 . :f1 rdfs:label "they slept longer" .
:l2 s:0000183 s:0000404 ; s:0000124 :paper2 .
:l3 s:0000183 s:0000405 ; s:0000084 :f3 .
:l4 s:0000084 :f4 .
:p s:0000008 :l5 . :l5 s:0000084 :f5 .
:b s:0000030 :p ; s:0000197 :uncertain .
:c s:0000030 :p .
"""


def test_a_line_of_evidence_is_an_argument_if_it_has_a_direction(tmp_path: Path) -> None:
    assert stated(tmp_path, SEPIO, ARGUMENTS) == [
        ("f1", "Supports", "p"),
        ("f5", "Opposes", "p"),
        ("paper2", "Opposes", "p"),
    ]


def test_who_asserts_a_proposition_affirms_it_unless_another_conclusion_is_stated(tmp_path: Path) -> None:
    query = """
        SELECT ?a ?stance ?name ?kind { ?a hc:stance ?stance ; hc:agent ?b . ?b hc:name ?name
        OPTIONAL { ?b hc:agentKind ?kind } } ORDER BY ?a
    """
    assert stated(tmp_path, SEPIO, query) == [
        ("a", "Affirms", "Ann", "None"),
        ("c", "Affirms", "not named in the record", "Anonymous"),
    ]


def test_each_mapping_says_what_it_maps_and_for_which_namespace() -> None:
    files = sorted((Path(__file__).parents[2] / "ontology" / "mappings").glob("*.rq"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    for file, text in zip(files, texts, strict=True):
        assert re.match(r"# .*\.\n# for: http", text), file.name
