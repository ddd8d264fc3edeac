"""Pages of questions: they are parts of the whole answer, and cost what they show."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import kg
from kg.query import questions
from kg.query.pages import Paging
from tests.support.generated import beside_seed

PAGED = [asked.name for asked in questions() if Paging.of(asked.text)]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> kg.KnowledgeGraph:
    """The seed dataset beside 600 generated claims."""
    return beside_seed(tmp_path_factory.mktemp("many"), 600)


@pytest.mark.parametrize("asked", PAGED)
def test_the_pages_of_a_question_are_the_parts_of_its_answer(asked: str, many: kg.KnowledgeGraph) -> None:
    whole = list(many.query(asked, timeout=60))
    assert len(whole) > 50
    for offset, limit in ((0, 1), (0, 20), (35, 12), (len(whole) - 3, 5)):
        page = many.query(asked, limit=limit, offset=offset, timeout=60)
        assert list(page) == whole[offset : offset + limit]
        assert page.complete == (offset + limit >= len(whole))


@pytest.mark.parametrize("asked", PAGED)
def test_a_page_of_the_seed_is_a_part_of_its_answer(asked: str, seed: kg.KnowledgeGraph) -> None:
    whole = list(seed.query(asked))
    assert [row for at in range(0, len(whole), 7) for row in seed.query(asked, limit=7, offset=at)] == whole


def test_the_node_of_a_page_is_no_parameter_where_a_question_has_none(seed: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.UsageError, match="the query has no parameter 'agent'"):
        seed.query("who-says-what", {"agent": "amta"})


def test_a_name_in_two_languages_is_one_row_of_a_page_too(tmp_path: Path) -> None:
    file = tmp_path / "said.ttl"
    said = "".join(
        f'<urn:c{n}> a hc:Claim ; hc:text "A {n} hilft."@de, "Z {n} helps."@en . '
        f"<urn:s{n}> a hc:Assertion ; hc:asserts <urn:c{n}> ; hc:stance hc:Affirms ; hc:agent <urn:a{n % 2}> . "
        for n in range(6)
    )
    agents = "".join(f'<urn:a{n}> a hc:Agent ; hc:name "Niemand {n}"@de, "Somebody {n}"@en . ' for n in range(2))
    file.write_text(f"@prefix hc: <https://w3id.org/health-claims/ontology#> . {said}{agents}")
    with kg.open() as graph:
        graph.load(file)
        whole = list(graph.query("who-says-what"))
        assert len(whole) == 6
        assert [row for at in range(6) for row in graph.query("who-says-what", limit=1, offset=at)] == whole


def test_the_first_rows_of_a_question_take_a_part_of_the_time_of_all(many: kg.KnowledgeGraph) -> None:
    def took(limit: int | None) -> float:
        times = []
        for _ in range(3):
            start = time.perf_counter()
            many.query("who-says-what", limit=limit, timeout=60)
            times.append(time.perf_counter() - start)
        return min(times)

    took(1)
    assert took(5) < took(None) / 4


def test_a_question_that_takes_too_long_says_how_to_ask_for_its_first_rows(many: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.QueryError, match="ask for its first rows with --limit 50, or give it more with --timeout"):
        many.query("who-says-what", timeout=0.01)


ODD = """@prefix hc: <https://w3id.org/health-claims/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:s1> a hc:Source ; dcterms:title "Naps", "Naps, again" .
<urn:s2> a hc:Source ; dcterms:title "Naps" ; dcterms:date "2001" .
<urn:s3> a hc:Source ; dcterms:title "Naps"@en ; dcterms:date "2001"@en .
<urn:s4> a hc:Source ; dcterms:title "Yawns", "Ein Gähnen"@de .
<urn:s5> a hc:Source .
<urn:t1> a hc:Study ; hc:finding <urn:f1> . <urn:f1> a hc:Finding ; rdfs:label "of no name" ; hc:value 1 .
<urn:t2> a hc:Study ; rdfs:label "a study" ; hc:finding <urn:f2> . <urn:f2> a hc:Finding ; rdfs:label "of one" .
<urn:f3> a hc:Finding ; rdfs:label "of nothing" .
"""
"""Sources and figures with two titles, a title with a language and one without, a date with a language, or no name."""


@pytest.mark.parametrize("asked", ["coverage-by-source", "sources-and-status", "timeline", "findings"])
def test_pages_lose_no_row_and_have_none_twice_where_names_are_odd(asked: str, tmp_path: Path) -> None:
    file = tmp_path / "odd.ttl"
    file.write_text(ODD, encoding="utf-8")
    with kg.open() as graph:
        graph.load(file)
        whole = list(graph.query(asked))
        assert len(whole) > 1
        assert [row for at in range(len(whole)) for row in graph.query(asked, limit=1, offset=at)] == whole
        assert graph.query(asked, limit=len(whole)).complete
