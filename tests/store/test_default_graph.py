"""The default graph of every kind of store is the union of its data graphs and the derived graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.load import drop, load
from kg.namespaces import DERIVED, UNION
from kg.store import MemoryStore, open_store
from kg.store.local import oxigraph
from kg.store.terms import IRI

FILES = oxigraph.FEW + 4
"""More than are read as they lie."""
HEAD = "@prefix hc: <https://w3id.org/health-claims/ontology#> . @prefix : <http://e/> .\n"
TEXTS = [":a hc:text 'tea calms' .", ":a hc:text 'tea calms' ; a hc:Claim .", ":b a hc:Claim ."]


def file(folder: Path, number: int, text: int) -> Path:
    path = folder / f"{number}.ttl"
    path.write_text(HEAD + TEXTS[text] + f" :n{number} hc:text '{number}' .")
    return path


def united(store) -> set:
    return {quad.triple for quad in store.quads(IRI(UNION))}


def stated(store) -> set:
    return {quad.triple for entry in store.graphs() for quad in store.quads(IRI(entry.graph))}


@pytest.mark.parametrize("location", [":memory:", "store"])
def test_a_store_of_many_graphs_answers_from_their_union(tmp_path, location):
    store = open_store(location if location == ":memory:" else tmp_path / location)
    load(store, [file(tmp_path, number, number % 3) for number in range(FILES)])
    assert store.default_graphs() == [IRI(UNION), IRI(DERIVED)]
    assert united(store) == stated(store)
    assert len(store.select("SELECT ?claim { ?claim a hc:Claim }")) == 2
    drop(store, [f"{number}.ttl" for number in range(FILES - 1)])
    assert united(store) == set()
    assert store.default_graphs() == [IRI(store.graphs()[0].graph), IRI(DERIVED)]


def test_a_triple_that_two_files_state_counts_once(tmp_path):
    with kg.open() as graph:
        graph.load(file(tmp_path, 1, 0), file(tmp_path, 2, 0))
        assert list(graph.query("SELECT (COUNT(*) AS ?n) { <http://e/a> hc:text ?text }")) == [{"n": 1}]


changes = st.lists(
    st.tuples(st.sets(st.integers(0, FILES - 1), min_size=1, max_size=6), st.sampled_from([0, 1, 2, None])), max_size=6
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_the_union_follows_every_load_and_drop(tmp_path, made):
    store = MemoryStore()
    load(store, [file(tmp_path, number, 0) for number in range(FILES)])
    for numbers, text in made:
        there = {entry.graph.rpartition("/")[2] for entry in store.graphs()}
        if text is not None:
            load(store, [file(tmp_path, number, text) for number in sorted(numbers)])
        elif names := sorted(there & {f"{number}.ttl" for number in numbers}):
            drop(store, names)
        found = store.select("SELECT ?s ?p ?o { ?s ?p ?o FILTER(?p = hc:text || ?o = hc:Claim) }")
        assert len(found) == len({tuple(sorted(row.items())) for row in found}) == len(stated(store))
        assert united(store) in (set(), stated(store))


def test_an_export_with_graphs_has_those_of_the_files_and_not_the_union(tmp_path):
    with kg.open() as graph:
        graph.load(*(file(tmp_path, number, 0) for number in range(FILES)))
        assert UNION.encode() not in graph.export(format="nq")
        assert graph.export(format="nq").count(b"tea calms") == FILES
        assert graph.export(format="nt").count(b"tea calms") == 1
        assert list(graph.query("SELECT (COUNT(*) AS ?n) { :a hc:text ?text }".replace(":a", "<http://e/a>"))) == [
            {"n": 1}
        ]


def test_files_that_share_nothing_are_read_as_they_lie(tmp_path):
    with kg.open() as graph:
        graph.load(file(tmp_path, 1, 0), file(tmp_path, 2, 2))
        assert united(graph.store) == set()
        graph.load(file(tmp_path, 3, 0))
        assert united(graph.store) == stated(graph.store)


def test_a_derived_triple_that_a_file_states_counts_once(tmp_path):
    path = tmp_path / "again.ttl"
    with kg.open() as graph:
        graph.load(Path(__file__).parents[2] / "data" / "massage-low-back-pain" / "claims.yaml")
        stated = graph.query("SELECT (COUNT(*) AS ?n) { ?one hc:opposes ?other }")[0]["n"]
        graph.export(path)
        graph.load(path)
        assert graph.query("SELECT (COUNT(*) AS ?n) { ?one hc:opposes ?other }")[0]["n"] == stated
