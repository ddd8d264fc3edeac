"""What some files of a store touch: the same report as of everything, for their nodes."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import UsageError
from kg.validate import batches, quotes, render, shapes
from tests.cli.test_cli import run
from tests.project.test_ontology import FAULTS
from tests.project.test_ontology import SOUND as NIGHT
from tests.support.tea import PREFIXES, SOUND, TEXT, words
from tests.validate.test_batches import FAULTY

if TYPE_CHECKING:
    from pathlib import Path

    from kg.validate import Result

HEAD = PREFIXES + "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
QUOTED = (
    f':leaf a hc:Source ; schema:text """{TEXT}"""@en .\n'
    + words(":x1.quote", "Tea is bad", source=":leaf")
    + words(":x2.quote", "Tea calms the nerves.", source=":leaf")
    + words(":x3.quote", "Tea calms the nerves.", source=":leaf", more='; oa:prefix "never so "')
    + words(":x4.quote", "Tea is good", source=":leaf", position="3 14")
    + words(":x5.quote", "Milk is", source=":leaf")
    + ':milk a hc:Source ; schema:text "Milk is white. It is not so that milk helps."@en .\n'
    + ":a7 a hc:Assertion ; hc:quote :x7.quote .\n"
    + ":a8 a hc:Assertion ; hc:asserts :c ; hc:evidenceKind hc:CohortStudy .\n"
    + words(":x7.quote", "milk helps", source=":milk")
)
BESIDE = """
:beside-c# a hc:Claim ; hc:kind hc:Harm . :beside-s# a hc:Study, hc:Source ; hc:sourceStatus hc:Retracted .
:beside-o# a hc:Argument ; hc:target :beside-c# ; hc:premise :beside-s# ; hc:direction hc:Opposes .
:beside-d# a hc:Assertion ; hc:quote :beside-q# .
:beside-q# a oa:SpecificResource ; oa:hasSource :beside-s# ; oa:hasSelector :beside-w# .
"""
STATEMENTS = [
    f"{statement} .\n"
    for statement in "\n".join(
        [SOUND, NIGHT, FAULTY, QUOTED, *(statement for _, statement in FAULTS.values()), ""]
    ).split(" .\n")
    if statement.strip()
]


def write(folder: Path, name: str, statements: list[str]) -> Path:
    file = folder / "tea" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(HEAD + "".join(statements))
    return file


def about(results: tuple[Result, ...], nodes: frozenset[str]) -> list[Result]:
    return [result for result in results if result.problem.node in nodes]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_report_of_what_files_touch_is_that_of_everything_for_their_nodes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(batches, "_ASKED", 7)
    chance = random.Random(seed)
    places = [chance.randrange(3) for _ in STATEMENTS]
    graph, found = kg.open(), set[str]()
    for edit in range(2):
        files = [
            write(
                tmp_path,
                f"{number}.ttl",
                [
                    statement
                    for statement, place in zip(STATEMENTS, places, strict=True)
                    if place == number and not (edit and chance.random() < 0.2)
                ],
            )
            for number in range(3)
        ]
        graph.load(*files)
        everything = graph.validate()
        for named in ([files[edit]], files[1:]):
            report = graph.validate(*named, in_store=True)
            assert report.touched is not None
            assert list(report.results) == about(everything.results, report.touched.nodes)
            assert set(report.coverage) == {
                covered for covered in everything.coverage if covered.source in report.touched.nodes
            }
            found |= {problem.rule for problem in report.problems}
    assert {file.stem for file in shapes.shipped_lints()} - found == set()
    assert {rule.id for rule in quotes.RULES} - found == set()
    named_shapes = {file.stem.replace("-", "") for file in shapes.shipped_shapes()} - {"parts"}
    assert named_shapes - {name.partition("-")[0].lower() for name in found} == set()


def test_what_a_file_touches_is_found_without_reading_the_rest_of_the_store(tmp_path: Path) -> None:
    file, costs = write(tmp_path, "claims.ttl", STATEMENTS), []
    for count in (10, 3000):
        rest = "".join(BESIDE.replace("#", str(number)) for number in range(count))
        graph = kg.open()
        graph.load(file, write(tmp_path, "rest.ttl", [rest]))
        begun = time.process_time()
        graph.validate(file, in_store=True)
        costs.append(time.process_time() - begun)
    assert costs[1] < 2 * costs[0]


def test_every_lint_can_be_asked_of_some_nodes_alone() -> None:
    for file in shapes.shipped_lints():
        first, *more = batches.narrowed(file.read_text(), {"http://e/a"})
        assert "<http://e/a>" in first, file.stem
        assert not more


def test_a_file_that_the_store_has_not_as_it_is_names_the_way_out(tmp_path: Path) -> None:
    file = write(tmp_path, "claims.ttl", [SOUND])
    graph = kg.open()
    with pytest.raises(UsageError, match="is not in the store; load it first, or check it alone, without --store"):
        graph.validate(file, in_store=True)
    graph.load(file)
    file.write_text(file.read_text() + ":tea skos:prefLabel 'Tea'@de .")
    with pytest.raises(UsageError, match="is not what was loaded from it; load it again first"):
        graph.validate(file, in_store=True)


def test_the_report_says_what_was_checked_in_every_format(tmp_path: Path) -> None:
    first = write(tmp_path, "first.ttl", [SOUND])
    second = write(tmp_path, "second.ttl", [":c a hc:Claim ; hc:about :tea . :x hc:asserts :c ."])
    graph = kg.open()
    graph.load(first, second)
    report = graph.validate(second, in_store=True)
    assert f"checked: 2 nodes of {second}, in the light of the whole store\n" in render(report)
    checked = {"files": [str(second)], "nodes": 2}
    assert json.loads(render(report, "json"))["checked"] == checked
    assert json.loads(render(report, "sarif"))["runs"][0]["properties"]["checked"] == checked
    assert json.loads(render(graph.validate(), "json"))["checked"] is None
    assert not [problem for problem in report.problems if problem.rule == "Claim-about"]


def test_files_are_checked_in_the_light_of_a_store_that_is_named(tmp_path: Path) -> None:
    first = write(tmp_path, "first.ttl", [SOUND])
    second = write(tmp_path, "second.ttl", [":c a hc:Claim ; hc:text 'Tea'@en ; hc:about :tea ."])
    store = str(tmp_path / "store")
    run("load", str(first), str(second), "--store", store, cwd=tmp_path)
    assert "Claim-about" in run("validate", str(second), cwd=tmp_path).stdout
    assert "Claim-about" not in run("validate", str(second), "--store", store, cwd=tmp_path).stdout


def test_all_is_everything_in_the_store_whatever_files_are_named_and_the_report_says_so(tmp_path: Path) -> None:
    first = write(tmp_path, "first.ttl", [SOUND])
    second = write(tmp_path, "second.ttl", [":c a hc:Claim ; hc:text 'Tea'@en ; hc:about :tea , :none ."])
    third = write(tmp_path, "third.ttl", [":d a hc:Claim ; hc:text 'Leaf'@en ; hc:about :none ."])
    store = str(tmp_path / "store")
    run("load", first, second, third, "--store", store, cwd=tmp_path)
    everything = run("validate", "--store", store, cwd=tmp_path).stdout
    assert f"\nchecked: everything in {store}\n" in everything
    assert "tea/third.ttl: violation" in everything
    assert run("validate", second, "--all", "--store", store, cwd=tmp_path).stdout == everything
    assert run("validate", "--all", cwd=tmp_path, KG_STORE=store).stdout == everything
    assert "third.ttl" not in run("validate", second, "--store", store, cwd=tmp_path).stdout
    assert "checked:" not in run("validate", second, cwd=tmp_path).stdout
    second.write_text(second.read_text() + ":c hc:text 'Thee'@de .")
    edited = run("validate", second, "--all", "--store", store, cwd=tmp_path)
    assert (edited.returncode, edited.stderr) == (
        2,
        f"kg: {second} is not what was loaded from it; load it again first\n",
    )


def test_a_report_of_a_store_names_the_files_that_were_edited_since(tmp_path: Path) -> None:
    first, second = write(tmp_path, "first.ttl", [SOUND]), write(tmp_path, "second.ttl", [":c a hc:Claim ."])
    graph = kg.open()
    graph.load(first, second)
    assert "file-edited" not in {problem.rule for problem in graph.validate().problems}
    second.write_text(second.read_text() + ":c hc:about :tea .")
    (edited,) = [problem for problem in graph.validate().problems if problem.rule == "file-edited"]
    assert edited.place is not None
    assert (edited.place.path, edited.severity) == (str(second), "warning")


def test_a_query_is_narrowed_in_the_lines_that_say_so() -> None:
    query = "SELECT * {\n  VALUES ?node { UNDEF }\n  ?node ?p ?o\n}"
    assert list(batches.narrowed(query, None)) == ["SELECT * {\n  ?node ?p ?o\n}"]
    (asked,) = batches.narrowed(query, {"http://e/b", "http://e/a"})
    assert asked == "SELECT * {\n  VALUES ?node { <http://e/a> <http://e/b> }\n  ?node ?p ?o\n}"
    assert list(batches.narrowed("SELECT * {}", ["http://e/a"])) == ["SELECT * {}"]
