"""Written standings after a change: those that it may reach go, and all that stand are what a fresh store has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.namespaces import ASSESSMENTS, PROV
from kg.store.terms import IRI
from tests.support.samples import argument, assertion, claim

PREFIXES = """
@prefix : <https://example.org/id/> .
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""
TIMES = {PROV + "generatedAtTime", PROV + "endedAtTime"}


def written(graph):
    """Return the statements of all assessments but their times."""
    quads = graph.store.quads(IRI(ASSESSMENTS))
    return {str(quad) for quad in quads if quad.predicate.value not in TIMES}


def assessed(graph):
    """Return the ids of the claims that have an assessment."""
    quads = graph.store.quads(IRI(ASSESSMENTS))
    return {quad.object.value.rpartition("/")[2] for quad in quads if quad.predicate.value.endswith("#assesses")}


def file_of(folder, name, turtle):
    """Write a Turtle file and return its path."""
    file = folder / f"{name}.ttl"
    file.write_text(PREFIXES + turtle, encoding="utf-8")
    return file


TWO = claim("c") + claim("d") + assertion("a", "c") + assertion("b", "d")


def test_a_load_lets_go_of_the_standings_that_it_reaches_and_of_no_other(tmp_path):
    with kg.open() as graph:
        graph.load(file_of(tmp_path, "one", TWO))
        graph.evaluator().write()
        assert assessed(graph) == {"c", "d"}
        graph.load(file_of(tmp_path, "two", assertion("e", "c", "Denies")))
        assert assessed(graph) == {"d"}
        graph.evaluator().write()
        assert assessed(graph) == {"c", "d"}


def test_files_that_did_not_change_let_go_of_none(tmp_path):
    with kg.open() as graph:
        graph.load(file_of(tmp_path, "one", TWO))
        graph.evaluator().write()
        graph.load(tmp_path / "one.ttl")
        assert assessed(graph) == {"c", "d"}


def test_a_standing_that_stands_keeps_the_time_at_which_it_was_computed(tmp_path):
    def times(graph):
        quads = graph.store.quads(IRI(ASSESSMENTS))
        return {quad.subject.value: quad.object.value for quad in quads if quad.predicate.value in TIMES}

    with kg.open() as graph:
        graph.load(file_of(tmp_path, "one", TWO))
        graph.evaluator().write()
        before = times(graph)
        graph.evaluator().write()
        assert times(graph) == before


def test_another_policy_computes_all_anew(tmp_path):
    shipped = Path(kg.__file__).parents[1] / "ontology" / "policy" / "default.yaml"
    other = tmp_path / "other.yaml"
    other.write_text(shipped.read_text(encoding="utf-8").replace("min_retained: 0.5", "min_retained: 0.4"))
    with kg.open() as graph:
        graph.load(file_of(tmp_path, "one", TWO))
        graph.evaluator().write()
        before = written(graph)
        graph.evaluator(other).write()
        assert not before & {quad for quad in written(graph) if "parameters" in quad}


NAMES = ("c0", "c1", "c2")
ASSERTIONS = ("a0", "a1", "a2")
ARGUMENTS = ("g0", "g1", "g2")


@st.composite
def parts(draw):
    """Return the text of a small file: claims, who says what of them, what answers it, on which evidence."""
    lines = [claim(name) for name in draw(st.sets(st.sampled_from(NAMES)))]
    for name in draw(st.sets(st.sampled_from(ASSERTIONS))):
        stance = draw(st.sampled_from(("Affirms", "Denies", "Doubts", "Inconclusive")))
        extra = draw(
            st.sampled_from(("", "; hc:tracedTo :t0", "; hc:source :s0", "; hc:source :s1 ; hc:certainty hc:Low"))
        )
        kind = draw(
            st.sampled_from(("", "; hc:evidenceKind hc:SystematicReview", "; hc:evidenceKind hc:RandomisedTrial"))
        )
        lines.append(assertion(name, draw(st.sampled_from(NAMES)), stance, ";".join(["", extra, kind])))
    for name in draw(st.sets(st.sampled_from(ARGUMENTS))):
        premise = draw(st.sampled_from((*ASSERTIONS, *NAMES, "f0")))
        target = draw(st.sampled_from((*NAMES, *ASSERTIONS, *ARGUMENTS, "t0", "s0")))
        direction = draw(st.sampled_from(("Supports", "Opposes", "Undercuts", "Qualifies")))
        lines.append(argument(name, premise, direction, target))
    records = (
        ":s0 a hc:Source ; dcterms:date '2001' ; hc:reports :t0 .\n",
        ":s1 a hc:Source ; dcterms:date '2011' ; hc:reports :t1 ; hc:supersedes :s0 .\n",
        ":s0 hc:sourceStatus hc:Retracted .\n",
        ":t0 a hc:Study ; hc:design hc:RandomisedTrial ; hc:participants 200 ; hc:finding :f0 . :f0 a hc:Finding .\n",
        ":t1 a hc:Study ; hc:design hc:SystematicReview ; hc:includesStudy :t0 .\n",
        ":i a hc:Interest ; hc:interestOf :a0-agent ; hc:interestIn :t0 .\n",
    )
    return "".join(lines) + "".join(draw(st.sets(st.sampled_from(records))))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(("one", "two", "three")), parts() | st.none()), min_size=2, max_size=5))
def test_after_any_changes_the_standings_are_those_of_a_fresh_store(tmp_path, steps):
    folder = tmp_path / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    texts = {}
    with kg.open() as graph:
        graph.load(file_of(folder, "base", "".join(map(claim, NAMES))))
        graph.evaluator().write()
        for name, text in steps:
            if text is None:
                if texts.pop(name, ""):  # an empty file has no graph
                    graph.drop(f"{name}.ttl")
                (folder / f"{name}.ttl").unlink(missing_ok=True)
            else:
                texts[name] = text
                graph.load(file_of(folder, name, text))
            kept = written(graph)
            graph.evaluator().write()
            assert kept <= written(graph) | {quad for quad in kept if "assessment/run" in quad.split(" ")[0]}
            with kg.open() as fresh:
                fresh.load(*sorted(folder.glob("*.ttl")))
                fresh.evaluator().write()
                assert written(graph) == written(fresh)


@pytest.mark.parametrize("text", ["", claim("other")])
def test_a_claim_that_is_gone_has_no_standing(tmp_path, text):
    with kg.open() as graph:
        graph.load(file_of(tmp_path, "one", TWO))
        graph.evaluator().write()
        graph.load(file_of(tmp_path, "one", claim("d") + assertion("b", "d") + text))
        graph.evaluator().write()
        assert assessed(graph) == {"d", *({"other"} if text else ())}
