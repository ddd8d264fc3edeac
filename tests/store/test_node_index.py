"""Nodes of a class in the order of their IRIs: pages of lists, and the ids that are near a mistaken one."""

from __future__ import annotations

import random
import sqlite3
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rapidfuzz import process

import kg
from kg.cli import cli
from kg.namespaces import local_name
from kg.query.worker import Snapshot
from kg.store.local import manifest, node_index, text_index
from tests.conftest import SEED

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = """@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://w3id.org/health-claims/id/many/> .
"""
_ONE = "".join(f':claim-{number} a hc:Claim ; hc:text "Naps help {number}" .\n' for number in range(30))
_OTHER = """:claim-3 a hc:Claim ; hc:text "Naps help 3" .
:claim-7-and-more a hc:Claim .
<https://example.org/claim> a hc:Claim ; hc:text "Elsewhere" .
:Guess rdfs:subClassOf hc:Claim .
:claim-12-guess a :Guess ; hc:text "Guessed" .
"""


@pytest.fixture
def many(tmp_path: Path) -> kg.KnowledgeGraph:
    """A store of two files; both speak of one claim, one claim has no words, and one a class of the file's own."""
    for name, turtle in (("one", _ONE), ("other", _OTHER)):
        (tmp_path / f"{name}.ttl").write_text(_HEAD + turtle)
    graph = kg.open(tmp_path / "store")
    graph.load(tmp_path / "one.ttl", tmp_path / "other.ttl")
    return graph


def paged(graph: kg.KnowledgeGraph, limit: int) -> list[str]:
    pages: list[str] = []
    while page := graph.list(limit=limit, after=pages[-1] if pages else None):
        pages += [each.node for each in page]
    return pages


@pytest.mark.parametrize("limit", [1, 4, 33])
def test_the_pages_of_a_list_are_together_the_list(many: kg.KnowledgeGraph, limit: int) -> None:
    whole = [each.node for each in many.list()]
    assert len(whole) == 33
    assert paged(many, limit) == whole == sorted(whole)


def test_a_store_of_a_time_before_is_paged_too_and_gets_its_nodes_with_the_next_write(
    many: kg.KnowledgeGraph, tmp_path: Path
) -> None:
    many.close()
    file = next((tmp_path / "store").glob("*/search.sqlite"))
    with sqlite3.connect(file) as connection:
        connection.executescript("DROP TABLE nodes; DROP TABLE parts")
    connection.close()
    manifest.write(file.parent)
    old = kg.open(tmp_path / "store")
    assert old.store.text_index().nodes("Claim") is None
    assert paged(old, 4) == [each.node for each in old.list()]
    with pytest.raises(kg.NotFoundError, match="nearest: claim-7-and-more"):
        old.explain("claim-7-and-mre")
    old.drop("other.ttl")
    assert [*old.store.text_index().nodes("Claim")] == [each.node for each in old.list()]


def test_what_goes_with_a_file_is_on_no_page_any_more(many: kg.KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text(_HEAD + ":claim-91 a hc:Claim .")
    many.load(tmp_path / "other.ttl")
    assert [each.id for each in many.list(limit=9, after="claim-8")] == ["claim-9", "claim-91"]
    many.drop("one.ttl")
    assert [each.id for each in many.list(limit=9)] == ["claim-91"]


def test_a_page_says_how_to_get_the_next_and_the_last_says_nothing(many: kg.KnowledgeGraph) -> None:
    listed = [CliRunner().invoke(cli, ["list", "--store", many.location, "--limit", str(size)]) for size in (4, 33)]
    assert [done.stderr for done in listed] == ["kg: … more: --after claim-10\n", ""]
    assert [len(done.stdout.splitlines()) for done in listed] == [5, 34]


def test_of_few_nodes_the_nearest_ids_are_those_of_a_comparison_with_all() -> None:
    graph = kg.open()
    graph.load(SEED)
    nodes = {row["node"].value for row in graph.store.select("SELECT DISTINCT ?node { ?node a ?class }")}
    names = sorted({name for node in nodes if "." not in (name := local_name(node))})
    chance = random.Random(7)
    for right in chance.sample(names, 40):
        at = chance.randrange(len(right))
        wrong = right[:at] + chance.choice(["", "x", right[at] * 2]) + right[at + 1 :]
        if wrong in names:
            continue
        near = ", ".join(name for name, _, _ in process.extract(wrong, names, limit=3, score_cutoff=65))
        with pytest.raises(kg.NotFoundError) as caught:
            graph.store.resolve(wrong)
        assert str(caught.value).partition("; nearest: ")[2] == near


def test_a_node_of_a_class_of_its_own_is_near_too(many: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.NotFoundError, match="nearest: claim-12-guess"):
        many.explain("claim-12-gess")


def test_among_many_nodes_an_id_is_near_those_that_begin_like_it(
    many: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node_index, "_MOST_NEAR", 12)
    index = many.store.text_index()
    assert index
    found = index.near("claim-27x", ["https://w3id.org/health-claims/id/many/"])
    assert found is not None
    assert len(found) <= 12
    assert "https://w3id.org/health-claims/id/many/claim-27" in found


def test_the_process_that_answers_queries_reads_the_index_of_the_store(
    many: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_index, "in_memory", None)
    with many.store.snapshot() as folder, pytest.raises(kg.NotFoundError, match="nearest: claim-7-and-more"):
        Snapshot(folder, "here").resolve("claim-7-and-mre")
