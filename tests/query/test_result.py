"""Answers as Python values: rows that slice, rdflib's terms, data frames, and what a notebook shows."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest
import rdflib
from rdflib import URIRef

import kg
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.namespaces import HC
from kg.query import Answer, Rows, Triples

TEA = "https://w3id.org/health-claims/id/tea/"
TEXTS = "SELECT ?claim ?text { ?claim hc:text ?text } ORDER BY ?claim"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    file = tmp_path_factory.mktemp("result") / "tea" / "a.ttl"
    file.parent.mkdir()
    file.write_text(f"""
        @prefix : <{TEA}> .
        @prefix hc: <{HC}> .
        :one a hc:Claim ; hc:text "Tea calms"@en .
        :three a hc:Claim ; hc:text "Tea <b>harms</b>"@en .
        :two a hc:Claim ; hc:text "Tea tastes" .
        :found a hc:Finding ; hc:value 2.5 ; hc:n 7 .
    """)
    with kg.open() as opened:
        opened.load(file)
        yield opened


def rows(graph: KnowledgeGraph, text: str = TEXTS) -> Rows:
    answer = graph.query(text)
    assert isinstance(answer, Rows)
    return answer


def triples(graph: KnowledgeGraph, text: str = "CONSTRUCT { ?claim hc:text ?text } WHERE { ?claim hc:text ?text }"):
    answer = graph.query(text)
    assert isinstance(answer, Triples)
    return answer


def test_rows_are_a_sequence_that_slices_and_counts_from_the_end(graph: KnowledgeGraph) -> None:
    found = rows(graph)
    assert found.columns == ("claim", "text")
    assert [row["text"] for row in found[0:2]] == ["Tea calms", "Tea <b>harms</b>"]
    assert found[-1] == {"claim": TEA + "two", "text": "Tea tastes"}
    assert found[::-1][0] == found[-1]
    assert found.to_dicts() == list(found) == found[:]
    assert found[-1] in found
    with pytest.raises(IndexError):
        found[3]


def test_terms_are_those_of_rdflib(graph: KnowledgeGraph) -> None:
    first, _, last = rows(graph).terms
    assert first == {"claim": URIRef(TEA + "one"), "text": rdflib.Literal("Tea calms", lang="en")}
    assert last["text"] == rdflib.Literal("Tea tastes")
    (numbers,) = rows(graph, "SELECT ?value ?n ?none { ?f hc:value ?value ; hc:n ?n }").terms
    assert numbers == {"value": rdflib.Literal(Decimal("2.5")), "n": rdflib.Literal(7)}
    (blank,) = rows(graph, "SELECT (BNODE() AS ?b) {}").terms
    assert isinstance(blank["b"], rdflib.BNode)


def test_triples_are_those_of_rdflib_and_make_a_graph_of_rdflib(graph: KnowledgeGraph) -> None:
    found = triples(graph)
    assert (URIRef(TEA + "one"), URIRef(HC + "text"), rdflib.Literal("Tea calms", lang="en")) in list(found)
    made = found.to_rdflib()
    assert set(made) == set(found)
    assert 'hc:text "Tea tastes"' in made.serialize(format="turtle")


def test_rows_become_a_data_frame_of_pandas_or_of_polars(
    graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = rows(graph, "SELECT ?text ?n { { ?c hc:text ?text } UNION { ?f hc:n ?n } } ORDER BY ?text")
    frame = found.to_dataframe()
    assert type(frame).__module__.startswith("pandas")
    assert (list(frame.columns), len(frame), frame["n"].iloc[0]) == (["text", "n"], 4, 7)
    monkeypatch.setitem(sys.modules, "pandas", None)
    frame = found.to_dataframe()
    assert type(frame).__module__.startswith("polars")
    assert frame["n"].to_list() == [7, None, None, None]
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(UsageError, match="pip install pandas"):
        found.to_dataframe()


def test_the_repr_of_rows_is_an_aligned_table_with_their_number(graph: KnowledgeGraph) -> None:
    assert repr(rows(graph)).splitlines() == [
        "claim         text",
        "id:tea/one    Tea calms",
        "id:tea/three  Tea <b>harms</b>",
        "id:tea/two    Tea tastes",
        "3 rows",
    ]
    many = rows(graph, f"SELECT ?n {{ VALUES ?n {{ {' '.join(map(str, range(12)))} }} }}")
    assert repr(many).splitlines()[-2:] == ["9", "the first 10 of 12 rows"]
    assert repr(graph.query(TEXTS, max_rows=1)).endswith("\n1 row; there are more")
    assert repr(rows(graph, "SELECT ?x { ?x hc:text 'none' }")) == "x\n0 rows"


def test_a_notebook_is_shown_escaped_tables(graph: KnowledgeGraph) -> None:
    shown = rows(graph)._repr_html_()
    assert "<td>Tea &lt;b&gt;harms&lt;/b&gt;</td>" in shown
    assert "<p>3 rows</p>" in shown
    assert "<td>hc:text</td>" in triples(graph)._repr_html_()
    assert repr(triples(graph)).endswith("\n3 triples")


def test_yes_and_no_are_words(graph: KnowledgeGraph) -> None:
    yes, no = graph.query("ASK { ?c a hc:Claim }"), graph.query("ASK { ?c a hc:Source }")
    assert isinstance(yes, Answer)
    assert (repr(yes), repr(no)) == ("yes", "no")
