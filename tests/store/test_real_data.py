"""Published data sets beside the seed dataset in one store: each keeps its own, and none changes another."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from kg.namespaces import CATALOG, ONTOLOGY
from kg.query import Question, questions
from tests.conftest import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 60
TABLES = {
    "pubmedqa": "pubmedqa/ori_pqal.json",
    "check-covid": "check-covid/Check-COVID_all.json",
    "evidence-inference": "evidence-inference/prompts_merged.csv",
    "dikb-table": "dikb-mp/processed-dikb-ddis.tsv",
}
"""Mapping -> the table of a data set."""
DATASETS = {
    "": "massage-low-back-pain/",
    "rdf": "dikb-mp/initial",
    "dikb-table": "dikb-mp/processed",
    **{name: f"{name}/" for name in ("pubmedqa", "check-covid", "evidence-inference")},
}
"""What the names of the graphs of each begin with."""
RANKINGS = ("contested-claims", "sources-by-claims", "coverage-by-source", "who-says-what", "findings", "timeline")


def first_rows(table: Path, folder: Path) -> Path:
    """Write the first rows of a table into a folder, beside the other tables that it is joined with, and return it."""
    file = folder / table.parent.name / table.name
    shutil.copytree(table.parent, file.parent)
    file.parent.chmod(0o755)
    file.unlink()
    text = table.read_text(encoding="utf-8-sig")
    if table.suffix == ".json":
        try:
            file.write_text(json.dumps(dict([*json.loads(text).items()][:ROWS])))
        except json.JSONDecodeError:  # a document a line
            file.write_text("".join(text.splitlines(keepends=True)[:ROWS]))
        return file
    csv.field_size_limit(sys.maxsize)
    delimiter = "\t" if table.suffix == ".tsv" else ","
    with file.open("w", encoding="utf-8", newline="") as output:
        rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
        csv.writer(output, delimiter=delimiter).writerows(row for row, _ in zip(rows, range(ROWS), strict=False))
    return file


@pytest.fixture(scope="module")
def files(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The seed dataset, DIKB as RDF, and the first rows of each table by its mapping."""
    folder = tmp_path_factory.mktemp("real")
    tables = {mapping: first_rows(shared / "data" / name, folder) for mapping, name in TABLES.items()}
    return {"": SEED, "rdf": shared / "data" / "dikb-mp" / "initial-dikb-mp-oa.xml", **tables}


def add(graph: kg.KnowledgeGraph, mapping: str, file: Path) -> None:
    graph.load(file, mapping=mapping if mapping in TABLES else None)


def loaded(files: dict[str, Path]) -> kg.KnowledgeGraph:
    graph = kg.open()
    for mapping, file in files.items():
        add(graph, mapping, file)
    return graph


def statements(graph: kg.KnowledgeGraph) -> dict[str, list[str]]:
    """Return the sorted quads of each graph; the catalog has the time of the load."""
    found: dict[str, list[str]] = {}
    for quad in graph.store.quads():
        found.setdefault(quad.graph_name.value, []).append(str(quad))
    return {name: sorted(quads) for name, quads in found.items() if name not in (CATALOG, ONTOLOGY)}


@pytest.fixture(scope="module")
def together(files: dict[str, Path]) -> Iterator[kg.KnowledgeGraph]:
    """All of them in one store, with their standings."""
    with loaded(files) as graph:
        Evaluator(graph.store).write()
        yield graph


def test_commands_answer_of_each_data_set(together: kg.KnowledgeGraph) -> None:
    assert len(together.store.graphs()) == 5 + 2
    assert together.search("massage")
    assert together.search("covid")
    claims = together.list("claims")
    by_dataset = {claim.node.rpartition("/")[0]: claim.id for claim in claims}
    assert len(by_dataset) >= len(TABLES) + 1
    for claim in by_dataset.values():
        assert [each.state for each in together.standing(claim)]
        assert str(together.explain(claim))
        assert together.show(claim)


@pytest.mark.parametrize("asked", RANKINGS)
def test_a_ranking_answers_over_all_data_sets(together: kg.KnowledgeGraph, asked: str) -> None:
    whole = list(together.query(asked, timeout=60))
    assert len(whole) > 10
    assert list(together.query(asked, limit=10, timeout=60)) == whole[:10]


@pytest.mark.parametrize("asked", [each for each in questions() if each.params], ids=lambda asked: asked.name)
def test_a_question_about_one_node_answers_no_less_than_beside_nothing(
    together: kg.KnowledgeGraph, seed: kg.KnowledgeGraph, asked: Question
) -> None:
    def answered(graph: kg.KnowledgeGraph, prefix: str) -> int:
        values = {name: value if ":" in value else prefix + value for name, value in asked.example.items()}
        return len(list(graph.query(asked.name, values)))

    assert answered(together, "massage-low-back-pain:") >= answered(seed, "") > 0


def test_a_data_set_that_is_dropped_and_loaded_again_changes_no_other(files: dict[str, Path]) -> None:
    with loaded(files) as graph:
        whole = statements(graph)
        for mapping in files:
            before = {record.graph for record in graph.store.graphs()}
            gone = {each for each in before if each.partition("/graph/")[2].startswith(DATASETS[mapping])}
            graph.drop(*gone)
            after = statements(graph)
            assert {name: after.get(name) for name in before - gone} == {name: whole[name] for name in before - gone}
            assert gone
            assert not gone & after.keys()
            add(graph, mapping, files[mapping])
            assert statements(graph) == whole


def test_what_is_left_of_data_sets_is_what_a_fresh_load_of_it_has(files: dict[str, Path]) -> None:
    kept = {mapping: file for mapping, file in files.items() if mapping not in ("dikb-table", "check-covid")}
    with loaded(files) as graph, loaded(kept) as fresh:
        graph.drop(*{record.graph for record in graph.store.graphs()} - {each.graph for each in fresh.store.graphs()})
        assert statements(graph) == statements(fresh)
