"""Shapes held against parts of a dataset: the same report as of the whole, and no part grows with the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.namespaces import HC
from kg.validate import batches, shapes, validate
from tests.support.tea import SOUND, loaded

if TYPE_CHECKING:
    from pathlib import Path

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
:e1 a hc:Assessment ; hc:state 1 .
:b1 a hc:RiskOfBiasJudgement ; hc:biasDomain hc:Low ; hc:judgedBy :c1 .
"""


UNBOUNDED = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix own: <https://example.org/shapes#> .
own:Any a sh:NodeShape ; sh:targetClass hc:Topic ; sh:property [ sh:path %s ; sh:maxCount 100 ] .
"""


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
    store, _ = loaded(tmp_path, "".join(f":t{number} a hc:Topic .\n" for number in range(7)))
    monkeypatch.setattr(batches, "SIZE", 3)
    plan = batches.ShapesPlan([("class", HC + "Topic", [HC + "Topic"])], [[]], [[]])
    assert [len(part.nodes) for part in batches.parts(store, plan)] == [3, 3, 1]
