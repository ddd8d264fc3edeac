"""Nanopublications: the suite of their community, read, stated in our words, and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import UnreadableError
from kg.validate import shapes
from kg.validate.report import know

NP = "http://www.nanopub.org/nschema#"

FAULTS = {
    "plain/assertion_graph_uri_not_matching.trig": "the graph of its assertion, <http://purl.org/nanopub/1601763780/as",
    "plain/emptya.trig": "nanopub-validator-example/assertion>, is empty or missing",
    "plain/emptyinfo.trig": "example/pubinfo>, is empty or missing",
    "plain/emptyprov.trig": "example/provenance>, is empty or missing",
    "plain/extragraph.trig": "its file has a graph that is part of no nanopublication",
    "plain/graphs_uris_equal.trig": "is another of its graphs too",
    "plain/illtyped_datatypes_in_assertion.trig": 'says "1757-02-31" and calls it xsd:date',
    "plain/noinfolink.trig": "its publication info does not speak of the nanopublication",
    "plain/noprovlink.trig": "its provenance does not speak of its assertion",
    "plain/provenance_graph_uri_not_matching.trig": "the graph of its provenance, <http://purl.org/nanopub/1601763780/",
    "plain/pubinfo_graph_uri_not_matching.trig": "the graph of its publication info, <http://purl.org/nanopub/16017",
    "plain/valid_invalid1.trig": "names no graph of its assertion",
    "trusty/trusty2.trig": "is not named as part of it",
}
BEYOND = {
    "trusty/trusty1.trig": "its content is not that of the hash in its IRI",
    "signed/simple1-invalid-rsa.trig": "its signature is not that of its content",
    "signed/simple1-invalid-dsa.trig": "its signature is not that of its content",
    "signed/RA6T-YLqLnYd5XfnqR9PaGUjCzudvHdYjcG4GvOc7fdpA-all-LF.trig": "its line ends are not those that were signed",
}
"""What only a check of hashes and signatures finds, which is not made."""

SAID = f"""
SELECT ?text ?stance ?name ?source WHERE {{
  ?assertion a hc:Assertion ; hc:asserts/hc:text ?text ; hc:stance ?stance .
  ?assertion hc:agent/hc:name ?name ; hc:source ?source .
  ?source <{NP}hasAssertion> ?assertion .
}} ORDER BY ?text
"""


def suite(shared: Path, folder: str) -> list[Path]:
    files = sorted((shared / "data" / "nanopub-testsuite" / folder).rglob("*"))
    return [file for file in files if file.suffix in (".trig", ".nq", ".xml")]


def faults(file: Path) -> list[str]:
    """Return what the lints of nanopublications find in one file."""
    queries = [shapes.read_lint(lint) for lint in shapes.shipped_lints() if lint.stem.startswith("nanopublication")]
    with kg.open() as graph:
        graph.load(file)
        nodes = know(graph.store, [])
        return [str(result.problem) for lint in queries for result in shapes.check_lint(graph.store, nodes, lint)]


def test_all_that_are_valid_load_and_have_no_fault(shared: Path) -> None:
    files = suite(shared, "valid")
    assert [len([file for file in files if file.suffix == suffix]) for suffix in (".trig", ".nq", ".xml")] == [89, 1, 1]
    found = {file.name: faults(file) for file in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_what_the_valid_ones_say_in_our_words_has_no_violations(shared: Path) -> None:
    with kg.open() as graph:
        twice = "example4.trig"  # the same nanopublication as example3.trig
        graph.load(*(file for file in suite(shared, "valid/trusty") if file.name != twice))
        report = graph.validate()
    assert [str(problem) for problem in report.problems if problem.severity == "violation"] == []
    assert report.counts is not None
    assert report.counts.assertions == 8


def test_each_that_is_not_valid_is_reported_with_its_fault(shared: Path) -> None:
    folder = shared / "data" / "nanopub-testsuite" / "invalid"
    found = {file.relative_to(folder).as_posix(): faults(file) for file in suite(shared, "invalid")}
    assert found.keys() == {*FAULTS, *BEYOND}
    assert [name for name, fault in FAULTS.items() if not any(fault in line for line in found[name])] == []
    assert [name for name in BEYOND if found[name]] == []


def nanopublication(assertion: str, provenance: str = "", info: str = "") -> str:
    return f"""
    @prefix : <http://example.org/n1#> . @prefix ex: <http://example.org/> . @prefix np: <{NP}> .
    @prefix pav: <http://purl.org/pav/> . @prefix prov: <http://www.w3.org/ns/prov#> .
    @prefix npx: <http://purl.org/nanopub/x/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    :head {{ : a np:Nanopublication ; np:hasAssertion :a ; np:hasProvenance :p ; np:hasPublicationInfo :i . }}
    :a {{ {assertion} }}
    :p {{ :a prov:wasDerivedFrom <http://example.org/paper> . {provenance} }}
    :i {{ : dcterms:created "2020-01-02T03:04:05Z"^^xsd:dateTime . {info} }}
    """


def said(folder: Path, content: str) -> list[dict[str, object]]:
    (folder / "n.trig").write_text(content, encoding="utf-8")
    with kg.open() as graph:
        graph.load(folder / "n.trig")
        assert [str(problem) for problem in graph.validate().problems if problem.severity == "violation"] == []
        return [dict(row) for row in graph.query(SAID)]


AFFIRMS = "https://w3id.org/health-claims/ontology#Affirms"


def test_its_authors_affirm_in_it_what_it_asserts(tmp_path: Path) -> None:
    info = '<https://orcid.org/0000-0001-0000-0000> foaf:name "Ann Author" .'
    text = nanopublication(
        "ex:mosquito ex:canTransmit ex:malaria .",
        ":a prov:wasAttributedTo <https://orcid.org/0000-0001-0000-0000> .",
        info,
    )
    (row,) = said(tmp_path, text)
    assert row == {
        "text": "mosquito can transmit malaria",
        "stance": AFFIRMS,
        "name": "Ann Author",
        "source": "http://example.org/n1#",
    }


@pytest.mark.parametrize(
    ("assertion", "words"),
    [
        (":a npx:asSentence <http://purl.org/aida/Tea+calms%2C+it+seems.> .", "Tea calms, it seems."),
        ('ex:s ex:p ex:o . :a rdfs:label "Tea calms"@en .', "Tea calms"),
        ('ex:tea rdfs:label "Green tea" . ex:tea ex:calms ex:people .', "Green tea calms people"),
    ],
)
def test_the_claim_has_the_words_of_the_authors_where_there_are_any(tmp_path: Path, assertion: str, words: str) -> None:
    (row,) = said(tmp_path, nanopublication(assertion))
    assert str(row["text"]).startswith(words)


@pytest.mark.parametrize(
    "assertion",
    [
        "ex:a ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:d . ex:d ex:p ex:e .",
        ': npx:includesElement <http://example.org/n2> . :a a npx:IndexAssertion ; rdfs:label "An index" .',
        ':a a <https://w3id.org/np/o/ntemplate/AssertionTemplate> ; rdfs:label "A template" .',
    ],
)
def test_a_big_assertion_an_index_and_a_template_are_a_source_without_a_claim(tmp_path: Path, assertion: str) -> None:
    assert said(tmp_path, nanopublication(assertion)) == []


def test_several_authors_are_one_collective_whose_members_are_known(tmp_path: Path) -> None:
    (tmp_path / "n.trig").write_text(nanopublication("ex:a ex:p ex:b .", "", ": pav:authoredBy ex:jim , ex:ann ."))
    with kg.open() as graph:
        graph.load(tmp_path / "n.trig")
        (row,) = graph.query(
            "SELECT ?name ?kind { ?a a hc:Assertion ; hc:agent ?c . ?c hc:name ?name ; hc:agentKind ?kind }"
        )
        members = [
            row["m"]
            for row in graph.query("SELECT ?m { ?m dcterms:isPartOf ?c . ?c hc:agentKind hc:Collective } ORDER BY ?m")
        ]
    assert (row["name"], row["kind"]) == ("ann, jim", "https://w3id.org/health-claims/ontology#Collective")
    assert members == ["http://example.org/ann", "http://example.org/jim"]


def test_its_graphs_stay_as_they_are_and_go_with_what_was_made_of_them(tmp_path: Path) -> None:
    file = tmp_path / "n.trig"
    file.write_text(nanopublication("ex:a ex:p ex:b ."))
    with kg.open() as graph:
        graph.load(file)
        assert graph.query(
            "ASK { GRAPH <http://example.org/n1#a> { <http://example.org/a> ?p <http://example.org/b> } }"
        )
        file.write_text("<http://example.org/a> <http://example.org/p> <http://example.org/b> .")
        graph.load(file)
        assert not graph.query("ASK { ?claim a hc:Claim }")


def test_trix_is_the_same_as_trig(shared: Path) -> None:
    folder = shared / "data" / "nanopub-testsuite" / "valid" / "plain"
    found = []
    for name in ("simple1.trig", "simple1.xml"):
        with kg.open() as graph:
            graph.load(folder / name)
            found.append([dict(row) for row in graph.query(SAID)])
    assert found[0] == found[1] != []


TRIX = '<TriX xmlns="http://www.w3.org/2004/03/trix/trix-1/"><graph>{}</graph></TriX>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (TRIX.format("<triple><uri>http://e/a</uri></triple>"), "a.xml:1: a triple of this graph is none: "),
        (
            TRIX.format("<triple><uri>a b</uri><uri>http://e/p</uri><id>x</id></triple>"),
            "a.xml:1: a triple of this graph",
        ),
        (TRIX.format("<triple><uri>http://e/a</uri>")[:-12], "a.xml:1: broken XML at column "),
        ("<!DOCTYPE t [<!ENTITY a 'b'>]>" + TRIX.format("&a;"), "a.xml:1: this XML declares entities"),
    ],
)
def test_trix_that_cannot_be_read_is_one_sentence_with_its_place(tmp_path: Path, content: str, sentence: str) -> None:
    (tmp_path / "a.xml").write_text(content)
    with kg.open() as graph:
        with pytest.raises(UnreadableError) as refusal:
            graph.load(tmp_path / "a.xml")
        assert str(refusal.value).startswith(f"{tmp_path}/{sentence}")
        assert graph.store.graphs() == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"@prefix np: <http://www.nanopub.org/nschema#> . <http://e/n> {", "a.trig:1"),
        (b'<http://e/a> <http://e/p> "caf\xe9" .', "a.trig:1"),
    ],
)
def test_trig_that_is_cut_or_in_another_encoding_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.trig").write_bytes(content)
    with kg.open() as graph:
        with pytest.raises(UnreadableError) as refusal:
            graph.load(tmp_path / "a.trig")
        assert str(refusal.value).startswith(f"{tmp_path}/{sentence}")
        assert refusal.value.exit_code == 3
        assert graph.store.graphs() == ()


@pytest.mark.parametrize(
    ("assertion", "words"),
    [
        ('ex:said rdfs:label "Warm milk helps people sleep."@en .', ["Warm milk helps people sleep."]),
        ('ex:said a ex:Sentence ; rdfs:comment "Warm milk helps people sleep"@en .', ["Warm milk helps people sleep"]),
        ('ex:milk rdfs:label "Warm milk" ; a ex:Drink .', []),
        ("ex:milk a ex:Drink .", []),
        ('ex:milk a ex:Drink ; rdfs:label "Warm milk" ; ex:calms ex:people .', ["Warm milk calms people"]),
    ],
)
def test_labels_and_types_are_no_claims_but_a_sentence_alone_is_one(
    tmp_path: Path, assertion: str, words: list[str]
) -> None:
    assert [row["text"] for row in said(tmp_path, nanopublication(assertion))] == words


def test_its_graphs_are_told_by_what_the_head_says_and_not_by_a_slash(tmp_path: Path) -> None:
    text = nanopublication("ex:milk ex:calms ex:people .")
    text = text.replace("<http://example.org/n1#>", "<http://example.org/n1>").replace(
        ":head { : a", ":head { <http://example.org/n1/> a"
    )
    text = text.replace(":i { : dcterms", ":i { <http://example.org/n1/> dcterms")
    (row,) = said(tmp_path, text)
    assert row["source"] == "http://example.org/n1/"


def test_one_claim_in_other_letters_is_one(tmp_path: Path) -> None:
    spellings = ["Café calms people", "Cafe\u0301 calms people", "CAFÉ CALMS PEOPLE.", "Café  calms\u00a0people"]
    for number, words in enumerate(spellings):
        text = nanopublication(f'ex:s ex:p ex:o . :a rdfs:label "{words}" .').replace("/n1#", f"/n{number}#")
        (tmp_path / f"{number}.trig").write_text(text, encoding="utf-8")
    with kg.open() as graph:
        graph.load(tmp_path)
        assert len(graph.claims) == 1
        assert len(graph.query("SELECT ?a { ?a a hc:Assertion }")) == 4
