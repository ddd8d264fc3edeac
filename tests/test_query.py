"""Queries: evaluated in another process, bound by terms, stopped in time."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError, QueryError, UsageError
from kg.knowledge_graph import KnowledgeGraph
from kg.query import Rows, Triples, Truth, query, questions
from kg.query.parameters import parse, term
from kg.store.terms import Literal, typed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("query") / "tests"
    folder.mkdir()
    file = folder / "a.ttl"
    file.write_text("""
        @prefix : <https://w3id.org/health-claims/id/tests/> .
        @prefix hc: <https://w3id.org/health-claims/ontology#> .
        :one a hc:Claim ; hc:text "Tea calms"@en ; hc:kind hc:Efficacy .
        :two a hc:Claim ; hc:text "Tea harms"@en ; hc:kind hc:Harm .
        :f a hc:Finding ; hc:value -2.9 ; hc:n 401 .
    """)
    opened = kg.open(folder / "store")
    opened.load(file)
    return opened


def test_select_gives_rows_of_plain_values(graph: KnowledgeGraph) -> None:
    rows = graph.query("SELECT ?value ?n ?text WHERE { ?f hc:value ?value ; hc:n ?n OPTIONAL { ?f hc:text ?text } }")
    assert isinstance(rows, Rows)
    assert list(rows) == [{"value": Decimal("-2.9"), "n": 401, "text": None}]


def test_ask_gives_truth_and_construct_gives_triples(graph: KnowledgeGraph) -> None:
    truth = graph.query("ASK { ?claim hc:kind hc:Harm }")
    assert isinstance(truth, Truth)
    assert truth
    assert not graph.query("ASK { ?claim hc:kind hc:Economic }")
    constructed = graph.query("CONSTRUCT { ?c a hc:Claim } WHERE { ?c a hc:Claim }")
    assert isinstance(constructed, Triples)
    assert len(constructed) == 2
    assert isinstance(graph.query("DESCRIBE tests:one"), Triples)


@pytest.mark.parametrize("name", ["one", "tests:one", "https://w3id.org/health-claims/id/tests/one"])
def test_a_parameter_takes_short_id_curie_or_iri(graph: KnowledgeGraph, name: str) -> None:
    text = "SELECT ?text WHERE { VALUES ?claim { UNDEF } ?claim hc:text ?text }"
    assert list(graph.query(text, claim=name)) == [{"text": "Tea calms"}]
    assert len(graph.query(text)) == 2


@pytest.mark.parametrize(
    "slot", ["values ?c{undef}", "VALUES $c { UNDEF }", "VALUES (?c) { (UNDEF) }", "VALUES\n?c {UNDEF}"]
)
def test_spaces_and_letter_case_of_a_parameter_make_no_difference(graph: KnowledgeGraph, slot: str) -> None:
    assert len(graph.query(f"SELECT ?text WHERE {{ {slot} ?c hc:text ?text }}", c="one")) == 1


def test_a_concept_is_named_by_its_word(graph: KnowledgeGraph) -> None:
    text = "SELECT ?text WHERE { VALUES ?kind { UNDEF } ?claim hc:kind ?kind ; hc:text ?text }"
    assert graph.query(text, kind="harm")[0] == {"text": "Tea harms"}
    assert graph.query(text, kind="hc:Harm")[0] == {"text": "Tea harms"}


def test_a_parameter_that_is_no_text_and_a_timeout_of_nothing_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="the parameter 'c' is not a text"):
        graph.query("SELECT ?c WHERE { VALUES ?c { UNDEF } }", c=5)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="above 0"):
        query(graph.store, "ASK {}", timeout=0)
    with pytest.raises(UsageError, match="given twice"):
        parse(("a=1", "a=2"))


def test_parameters_are_also_strings_and_numbers(graph: KnowledgeGraph) -> None:
    store = graph.store
    assert term(store, '"Tea \\"x\\""@en') == Literal('Tea "x"', language="en")
    assert term(store, "401") == typed("401", "integer")
    assert term(store, "-2.9") == typed("-2.9", "decimal")
    text = "SELECT ?claim WHERE { VALUES ?text { UNDEF } ?claim hc:text ?text }"
    assert len(graph.query(text, text='"Tea calms"@en')) == 1


def test_a_parameter_that_the_query_does_not_have_is_named(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="no parameter 'agent'"):
        graph.query("SELECT * WHERE { ?s ?p ?o }", agent="one")


def test_an_unknown_id_is_answered_with_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match=r"no 'onee' in .*; nearest: one"):
        graph.query("SELECT * WHERE { VALUES ?s { UNDEF } ?s ?p ?o }", s="onee")


def test_an_unknown_question_is_answered_with_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match="nearest: contested-claims"):
        graph.query("contested-claim")


@pytest.mark.parametrize("assignment", ["agent", "=amta", "agent=", "a b=c"])
def test_a_parameter_is_written_name_equals_value(assignment: str) -> None:
    with pytest.raises(UsageError, match="write -p name=value"):
        parse((assignment,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * WHERE { ?s ?p", "line 1, column 23: between 'SELECT * WHERE { ?s ?p' and 'its end'"),
        ("SELECT *\nWHERE { ?s ?p ?o }}", "line 2, column 20: between 'WHERE { ?s ?p ?o }}' and 'its end'"),
        ("SELECT * WHERE { ?s foo:bar ?o }", "a prefix that is not declared: foo"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE is refused: a query here changes nothing"),
        ("PREFIX a: <http://a/> LOAD <http://127.0.0.1:1/>", "LOAD is refused"),
        ("", "the query is empty"),
    ],
)
def test_a_query_that_is_not_valid_is_told_where(graph: KnowledgeGraph, text: str, said: str) -> None:
    with pytest.raises(QueryError, match=said.replace("?", r"\?").replace("*", r"\*")):
        graph.query(text)


def test_a_runaway_is_stopped_at_its_deadline(graph: KnowledgeGraph) -> None:
    triples = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0.3 s"):
        graph.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {triples} FILTER(?a0 = ?c8) }}", timeout=0.3)
    assert time.monotonic() - start < 5


def test_a_worker_ends_even_if_the_one_who_asked_was_killed(graph: KnowledgeGraph) -> None:
    cartesian = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(9))
    script = (
        "import kg, os, signal, sys, threading\n"
        "threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()\n"
        f"kg.open({graph.store.location!r}).query('ASK {{ {cartesian} FILTER(?a0 = 7) }}', timeout=2)\n"
    )
    asking = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, start_new_session=True)
    assert asking.wait(20) == -signal.SIGKILL
    end = time.monotonic() + 20
    while _running(asking.pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _running(asking.pid)


def _running(session: int) -> bool:
    """Say whether any process of a session is still there."""
    listed = subprocess.run(["ps", "-o", "pid=", "-s", str(session)], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


def test_a_query_that_wants_too_much_memory_ends_alone(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        query(graph.store, "ASK { ?s ?p ?o }", memory=1 << 20)
    assert graph.query("ASK { ?s ?p ?o }")


def test_a_nest_that_would_end_the_process_ends_the_worker_at_most(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT * WHERE { FILTER(" + "!" * 60_000 + "true) }")
    assert graph.query("ASK { ?s ?p ?o }")


def test_from_chooses_a_graph_of_the_store(graph: KnowledgeGraph) -> None:
    assert graph.query("ASK FROM graph:catalogue { ?graph void:triples ?n }")
    assert not graph.query("ASK FROM graph:catalogue { ?claim a hc:Claim }")


def test_from_fetches_nothing(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "secret.ttl").write_text("<http://e/s> <http://e/p> <http://e/o> .")
    assert not list(graph.query(f"SELECT * FROM <file://{tmp_path}/secret.ttl> WHERE {{ ?s ?p ?o }}"))


def test_questions_have_words_and_there_are_at_least_twenty() -> None:
    listed = questions()
    assert len(listed) >= 20
    assert all(question.words.endswith("?") for question in listed)
