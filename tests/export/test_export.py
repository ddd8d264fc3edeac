"""Export: the same bytes on every run, on every machine, whatever the order of loading."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError, QueryError, UsageError
from kg.export import rdf, results
from kg.graph import KnowledgeGraph
from kg.model.vocabulary import DERIVED
from kg.namespaces import HC
from kg.store.syntax import parse
from kg.store.terms import Literal, typed
from kg.store.written import as_kept
from tests.support.hash_seeds import outputs

ROOT = Path(__file__).parents[2]
SEED = ROOT / "data" / "massage-low-back-pain"
FORMATS = {"ttl": "text/turtle", "trig": "application/trig", "nt": "application/n-triples", "nq": "application/n-quads"}


@pytest.mark.parametrize("form", [*FORMATS, "jsonld"])
def test_two_exports_are_the_same_bytes(seed: KnowledgeGraph, form: str) -> None:
    assert seed.export(format=form) == seed.export(format=form)


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_exported_is_what_is_in_the_store(seed: KnowledgeGraph, form: str) -> None:
    parsed = parse(seed.export(format=form), FORMATS[form])
    store = seed.store
    stated = {quad.triple for graph in store.default_graphs() for quad in store.quads(graph)}
    names = [HC + name for names in DERIVED.values() for name in names]
    counted = {triple for triple in stated if triple.predicate.value.endswith("Count")}
    tallies = counted | {triple for triple in stated if triple.predicate.value in names}
    assert tallies
    assert {as_kept(quad).triple for quad in parsed} == (stated if form in ("trig", "nq") else stated - tallies)


def test_the_order_of_loading_does_not_show() -> None:
    files = sorted(SEED.glob("*.yaml"))
    exports = set()
    for files_in_order in itertools.permutations(files):
        with kg.open() as graph:
            for file in files_in_order:
                graph.load(file)
            exports.add(graph.export(format="trig"))
    assert len(exports) == 1


def test_the_hash_seed_does_not_show(seed: KnowledgeGraph) -> None:
    assert outputs("-m", "kg", "export", "--data", str(SEED), "--format", "trig") == {seed.export(format="trig")}


def test_turtle_has_our_prefixes_and_only_those_that_it_uses(seed: KnowledgeGraph) -> None:
    turtle = seed.export().decode()
    assert "@prefix hc: <https://w3id.org/health-claims/ontology#> ." in turtle
    assert "@prefix massage-low-back-pain:" in turtle
    assert "@prefix aif:" not in turtle
    assert "massage-low-back-pain:amta a hc:Agent ;" in turtle
    assert "_:" not in turtle.replace("hc:_", "")


def test_a_graph_is_named_by_its_file_a_curie_or_its_iri(seed: KnowledgeGraph) -> None:
    by_name = seed.export(graph="claims.yaml")
    assert by_name == seed.export(graph="graph:massage-low-back-pain/claims.yaml")
    assert by_name == seed.export(graph="https://w3id.org/health-claims/graph/massage-low-back-pain/claims.yaml")
    assert by_name != seed.export(graph="primary-sources.yaml")


def test_the_catalog_is_exported_only_when_named(seed: KnowledgeGraph) -> None:
    assert b"void:triples" not in seed.export()
    assert b"void:triples" in seed.export(graph="catalog")
    assert b"owl:Class" in seed.export(graph="ontology")


def test_a_topic_holds_its_claims_and_who_made_them_and_less_than_everything(seed: KnowledgeGraph) -> None:
    part = parse(seed.export(format="nt", topic="sleep"), "application/n-triples")
    whole = parse(seed.export(format="nt"), "application/n-triples")
    assert {quad.triple for quad in part} < {quad.triple for quad in whole}
    types = {quad.object.value.rpartition("#")[2] for quad in part if quad.predicate.value.endswith("#type")}
    assert {"Claim", "Assertion", "Agent", "Source"} <= types


def test_a_construct_query_can_be_exported(seed: KnowledgeGraph) -> None:
    turtle = seed.export(query="CONSTRUCT { ?a hc:counters ?b } WHERE { ?a hc:counters ?b }")
    assert b"hc:counters" in turtle


def test_export_to_a_file_takes_the_format_from_its_name(seed: KnowledgeGraph, tmp_path: Path) -> None:
    assert seed.export(tmp_path / "all.trig") == b""
    assert (tmp_path / "all.trig").read_bytes() == seed.export(format="trig")


def test_an_export_loads_again_with_the_same_graphs(seed: KnowledgeGraph, tmp_path: Path) -> None:
    seed.export(tmp_path / "all.trig")
    with kg.open() as graph:
        graph.load(tmp_path / "all.trig")
        assert graph.export(format="nt") == seed.export(format="nt")
        names = {entry.graph for entry in graph.store.graphs()}
        assert names == {entry.graph for entry in seed.store.graphs()}


def test_bad_choices_are_one_sentence_each(seed: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no format 'docx' to export"):
        seed.export(tmp_path / "x.docx")
    with pytest.raises(UsageError, match="one of a graph, a topic or a query"):
        seed.export(graph="claims.yaml", topic="sleep")
    with pytest.raises(NotFoundError, match=r"no graph 'nothing'; there are massage-low-back-pain/claims\.yaml"):
        seed.export(graph="nothing")
    with pytest.raises(UsageError, match="only a CONSTRUCT or DESCRIBE"):
        seed.export(query="SELECT * WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError):
        seed.export(query="CONSTRUCT { ?s")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("form", "begins"), [("ris", b"TY  - "), ("bib", b"@"), ("csl", b"[")])
def test_the_sources_are_exported_as_citations(seed: KnowledgeGraph, tmp_path: Path, form: str, begins: bytes) -> None:
    seed.export(tmp_path / f"sources.{form}")
    content = (tmp_path / f"sources.{form}").read_bytes()
    assert content.startswith(begins)
    assert b"Cherkin" in content
    assert content == seed.export(format=form)
    with pytest.raises(UsageError, match="holds the sources of a store, all of them"):
        seed.export(format=form, topic="sleep")


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_in_parts_on_the_disk_is_the_same(seed: KnowledgeGraph, monkeypatch, form: str) -> None:
    whole = seed.export(format=form)
    monkeypatch.setattr(rdf, "HELD", 500)
    assert seed.export(format=form) == whole


def test_texts_with_what_turtle_uses_itself_come_back_unharmed(tmp_path: Path) -> None:
    texts = [
        "a , b",
        'a " , "b" ;\n\tc .\n',
        "back\\slash , ",
        " ;",
        ".",
        "\u2028 \x01 \x85",
        "^^x:y",
        "@en",
        "a hc:b , c",
    ]
    path = tmp_path / "odd.nt"
    lines = (
        [Literal(text) for text in texts] + [Literal(text, language="en") for text in texts] + [typed("5", "integer")]
    )
    path.write_text("".join(f"<http://e/a,b;c> <http://e/p> {term} .\n" for term in lines))
    with kg.open() as graph:
        graph.load(path)
        for form, media_type in FORMATS.items():
            parsed = parse(graph.export(format=form, graph="odd.nt"), media_type)
            assert {quad.object for quad in parsed} == set(lines), form


def test_rows_are_written_in_every_form(seed: KnowledgeGraph) -> None:
    rows = seed.query('SELECT ?a ?b ?n WHERE { VALUES (?a ?b ?n) { ("x|y" <http://e/z> 3) ("ü" UNDEF 4) } }')
    written = {
        form: results.write(rows, form, {}).decode() for form in ("csv", "tsv", "json", "jsonl", "xml", "markdown")
    }
    assert written["csv"] == "a,b,n\r\nx|y,http://e/z,3\r\nü,,4\r\n"
    assert written["tsv"].startswith("?a\t?b\t?n\n")
    assert written["jsonl"].splitlines()[0] == '{"a": "x|y", "b": "http://e/z", "n": 3}'
    assert written["markdown"].splitlines()[2] == "| x\\|y | http://e/z | 3 |"
    assert written["xml"].startswith("<?xml")
    assert '"bindings"' in written["json"]


def test_a_form_that_cannot_hold_an_answer_says_so(seed: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="gives rows, which ttl cannot hold"):
        results.write(seed.query("SELECT * WHERE { ?s ?p ?o } LIMIT 1"), "ttl", {})
    with pytest.raises(UsageError, match="gives a graph, which csv cannot hold"):
        results.write(seed.query("CONSTRUCT WHERE { ?s ?p ?o }"), "csv", {})
