"""Shapes held against parts of a dataset: the same report as of the whole, and no part grows with the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import worker
from kg.errors import QueryError
from kg.namespaces import HC
from kg.validate import batches, shapes, validate
from tests.support.tea import SOUND, loaded

if TYPE_CHECKING:
    from pathlib import Path

    from kg.worker import Message

FAULTY = """
:mine rdfs:subClassOf hc:Claim . :c1 a :mine ; hc:text "x", "y"@en, "z"@en ; hc:about :none, :tea .
:t1 a hc:Topic ; skos:prefLabel "a"@en, "b"@en ; hc:topicKind hc:Claim .
:f1 a hc:Finding ; hc:lower 3.0 ; hc:value 2 ; hc:upper 1 ; hc:n "2 people"^^xsd:integer ; hc:comparator :c1 .
:a1 a hc:Argument, hc:Assertion ; hc:target :f1 ; hc:premise :c1, :nothing ;
  hc:quote :q1, "words", :t1 ; hc:date "soon" .
:q1 a oa:SpecificResource ; oa:hasSource :c1 ; oa:hasSelector :s1, :s2, "s3" .
:s1 oa:exact "a" ; oa:start -1 . :s2 oa:exact "b" ; oa:end 1.5 .
:i1 a hc:Interest ; hc:interestIn :t1, :f1 . :l1 a hc:Lead . :d1 a hc:Drift ; hc:driftFrom :c1 .
:y1 a hc:Study, hc:Source ; hc:reports :t1 ; hc:supersedes :none .
:g1 a hc:Agent ; hc:name "n"@en, "m"@en . :r1 a hc:Arm ; hc:n -1 . :x1 a hc:SetAside .
:n1 a hc:Decision ; hc:decidedOn "soon" .
:e1 a hc:Assessment ; hc:state 1 .
:b1 a hc:RiskOfBiasJudgement ; hc:biasDomain hc:Low ; hc:judgedBy :c1 .
"""


UNBOUNDED = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix own: <https://example.org/shapes#> .
own:Any a sh:NodeShape ; sh:targetClass hc:Topic ; sh:property [ sh:path %s ; sh:maxCount 100 ] .
"""


def topics(count: int) -> str:
    return "".join(f":t{number} a hc:Topic .\n" for number in range(count))


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_the_report_of_parts_is_that_of_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    store, _ = loaded(tmp_path, SOUND + "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + FAULTY)
    unbounded = tmp_path / "unbounded.ttl"
    unbounded.write_text(UNBOUNDED % "[ sh:inversePath hc:about ]")
    monkeypatch.setattr(shapes, "parts", None)
    whole = validate(store, more_shapes=[unbounded])
    monkeypatch.undo()
    monkeypatch.setattr(batches, "SIZE", size)
    monkeypatch.setattr(shapes, "whole", None)
    assert validate(store).results == whole.results
    broken = {problem.rule.partition("-")[0] for problem in whole.problems if problem.severity == "violation"}
    named = {file.stem.replace("-", "") for file in shapes.shipped_shapes()} - {"parts"}
    assert named - {name.lower() for name in broken} == set()


def test_a_part_does_not_grow_with_the_lines_of_its_claims_nor_with_the_store(tmp_path: Path) -> None:
    sizes = []
    for count in (50, 500):
        said = "".join(
            f":a{number} a hc:Assertion ; hc:asserts :good ; hc:agent :author ; hc:stance hc:Affirms .\n"
            for number in range(count)
        )
        store, _ = loaded(tmp_path, SOUND + said)
        plan = batches.ShapesPlan([("class", HC + "Claim", [HC + "Claim"])], [[HC + "text", HC + "about"]], [[]])
        sizes.append([len(part.triples) for part in batches.parts(store, plan)])
    assert sizes[0] == sizes[1]


def test_nodes_come_in_parts_of_one_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = loaded(tmp_path, topics(7))
    monkeypatch.setattr(batches, "SIZE", 3)
    plan = batches.ShapesPlan([("class", HC + "Topic", [HC + "Topic"])], [[]], [[]])
    assert [len(part.nodes) for part in batches.parts(store, plan)] == [3, 3, 1]


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that each request to the shapes is given; the one about the shapes themselves comes first."""
    seconds = []

    class Watched(worker.Child):
        def ask(self, request: Message, deadline: float) -> Message:
            seconds.append(request.head["seconds"])
            return super().ask(request, deadline)

    monkeypatch.setattr(worker, "Child", Watched)
    monkeypatch.setattr(batches, "SIZE", 3)
    monkeypatch.setattr(shapes, "SIZE", 3)
    return seconds


def test_the_time_that_shapes_may_take_grows_with_what_is_checked(tmp_path: Path, allowed: list[float]) -> None:
    for count in (1, 50):
        store, _ = loaded(tmp_path, topics(count))
        before = len(allowed)
        validate(store)
        assert allowed[before:] == pytest.approx([shapes.DEADLINE] * (2 + (count - 1) // 3), rel=0.01)


def test_the_time_grows_with_the_nodes_too_where_shapes_see_all_of_them_at_once(
    tmp_path: Path, allowed: list[float]
) -> None:
    store, _ = loaded(tmp_path, topics(50))
    unbounded = tmp_path / "unbounded.ttl"
    unbounded.write_text(UNBOUNDED % "[ sh:inversePath hc:about ]")
    validate(store, more_shapes=[unbounded])
    assert allowed == pytest.approx([shapes.DEADLINE, 17 * shapes.DEADLINE], rel=0.01)


def test_a_deadline_that_is_given_holds_for_all_parts_together(tmp_path: Path, allowed: list[float]) -> None:
    store, _ = loaded(tmp_path, topics(50))
    validate(store, deadline=100)
    assert allowed == sorted(allowed, reverse=True)
    assert allowed[-1] < allowed[0] <= 100


def test_shapes_that_take_too_long_say_how_far_they_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _ = loaded(tmp_path, topics(7))
    asked = []

    class Slow(worker.Child):
        def ask(self, request: Message, deadline: float) -> Message:
            asked.append(request)
            if len(asked) > 3:
                raise TimeoutError
            return super().ask(request, deadline)

    monkeypatch.setattr(worker, "Child", Slow)
    monkeypatch.setattr(batches, "SIZE", 3)
    with pytest.raises(QueryError, match=r"longer than 60 s for 1 node and were stopped after 6 nodes; allow more"):
        validate(store)
