"""Queries: evaluated in another process, bound by terms, stopped in time."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.cli.options import parameters
from kg.errors import NotFoundError, QueryError, UnreadableError, UsageError
from kg.graph import KnowledgeGraph
from kg.query import Rows, Triples, Truth, query, questions
from kg.query.questions import term
from kg.store.local import manifest
from kg.store.server import ServerStore
from kg.store.terms import Literal, typed

ROOT = Path(__file__).parents[2]
RUNAWAY = f"ASK {{ {' . '.join(f'?a{n} ?b{n} ?c{n}' for n in range(9))} FILTER(?a0 = ?c8) }}"


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


@pytest.fixture(params=["folder", "memory"])
def own(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeGraph]:
    """A graph with one claim, for a test that changes or closes it."""
    file = tmp_path / "tests" / "own.ttl"
    file.parent.mkdir()
    file.write_text("<https://w3id.org/health-claims/id/tests/a> a <https://w3id.org/health-claims/ontology#Claim> .")
    with kg.open(tmp_path / "store" if request.param == "folder" else ":memory:") as opened:
        opened.load(file)
        yield opened


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
    assert list(graph.query(text, {"claim": name})) == [{"text": "Tea calms"}]
    assert len(graph.query(text)) == 2


@pytest.mark.parametrize(
    "slot", ["values ?c{undef}", "VALUES $c { UNDEF }", "VALUES (?c) { (UNDEF) }", "VALUES\n?c {UNDEF}"]
)
def test_spaces_and_letter_case_of_a_parameter_make_no_difference(graph: KnowledgeGraph, slot: str) -> None:
    assert len(graph.query(f"SELECT ?text WHERE {{ {slot} ?c hc:text ?text }}", {"c": "one"})) == 1


def test_a_concept_is_named_by_its_word(graph: KnowledgeGraph) -> None:
    text = "SELECT ?text WHERE { VALUES ?kind { UNDEF } ?claim hc:kind ?kind ; hc:text ?text }"
    assert graph.query(text, {"kind": "harm"})[0] == {"text": "Tea harms"}
    assert graph.query(text, {"kind": "hc:Harm"})[0] == {"text": "Tea harms"}


def test_a_parameter_may_be_called_as_an_option_is(graph: KnowledgeGraph) -> None:
    text = "SELECT ?text WHERE { VALUES ?timeout { UNDEF } VALUES ?limit { UNDEF } ?timeout hc:text ?text }"
    assert list(graph.query(text, {"timeout": "one", "limit": "3"}, timeout=5)) == [{"text": "Tea calms"}]
    with pytest.raises(TypeError):
        graph.query(text, claim="3")  # type: ignore[call-arg]


def test_a_parameter_that_is_no_text_and_a_timeout_of_nothing_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="the parameter 'c' is not a text"):
        graph.query("SELECT ?c WHERE { VALUES ?c { UNDEF } }", {"c": 5})  # type: ignore[dict-item]
    with pytest.raises(UsageError, match="above 0"):
        query(graph.store, "ASK {}", timeout=0)
    with pytest.raises(UsageError, match="given twice"):
        parameters(("a=1", "a=2"))


def test_parameters_are_also_strings_and_numbers(graph: KnowledgeGraph) -> None:
    store = graph.store
    assert term(store, '"Tea \\"x\\""@en') == Literal('Tea "x"', language="en")
    assert term(store, "401") == typed("401", "integer")
    assert term(store, "-2.9") == typed("-2.9", "decimal")
    text = "SELECT ?claim WHERE { VALUES ?text { UNDEF } ?claim hc:text ?text }"
    assert len(graph.query(text, {"text": '"Tea calms"@en'})) == 1


def test_a_parameter_that_the_query_does_not_have_is_named(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="no parameter 'agent'"):
        graph.query("SELECT * WHERE { ?s ?p ?o }", {"agent": "one"})
    text = "SELECT * WHERE { VALUES ?claim { UNDEF } VALUES (?source) { (UNDEF) } ?claim ?p ?source }"
    with pytest.raises(UsageError, match="no parameter 'clam'; it has claim, source"):
        graph.query(text, {"claim": "one", "clam": "nobody"})


@pytest.mark.parametrize(
    ("name", "parameter", "value", "told"),
    [
        ("claims-by-agent", "agent", "sleep", "'sleep' is no agent; it is a topic"),
        ("counterclaims-to-claim", "claim", "amta", "'amta' is no claim; it is an agent"),
        ("claims-about-topic", "topic", "cherkin-2011", "'cherkin-2011' is no topic; it is a source"),
    ],
)
def test_a_question_about_a_thing_of_another_kind_is_no_empty_answer(
    seed: KnowledgeGraph, name: str, parameter: str, value: str, told: str
) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        seed.query(name, {parameter: value})


def test_an_unknown_id_is_answered_with_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match=r"no 'onee' in .*; nearest: one"):
        graph.query("SELECT * WHERE { VALUES ?s { UNDEF } ?s ?p ?o }", {"s": "onee"})


def test_what_only_shares_some_letters_is_not_proposed(seed: KnowledgeGraph) -> None:
    for ask in (lambda: seed.show("prevents-colds"), lambda: seed.query("gaps")):
        with pytest.raises(NotFoundError) as refused:
            ask()
        assert "nearest" not in str(refused.value)


def test_an_unknown_question_is_answered_with_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match="nearest: contested-claims"):
        graph.query("contested-claim")


@pytest.mark.parametrize("assignment", ["agent", "=amta", "agent=", "a b=c"])
def test_a_parameter_is_written_name_equals_value(assignment: str) -> None:
    with pytest.raises(UsageError, match="write -p name=value"):
        parameters((assignment,))


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
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0.3 s"):
        graph.query(RUNAWAY, timeout=0.3)
    assert time.monotonic() - start < 5


def test_a_worker_ends_even_if_the_one_who_asked_was_killed(graph: KnowledgeGraph) -> None:
    script = (
        "import kg, os, signal, sys, threading\n"
        "threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()\n"
        f"kg.open({graph.store.location!r}).query({RUNAWAY!r}, timeout=2)\n"
    )
    asking = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, start_new_session=True)
    assert asking.wait(20) == -signal.SIGKILL
    until(lambda: not _commands(asking.pid))


def _commands(session: int) -> str:
    """Return the commands of the processes of a session."""
    listed = subprocess.run(["ps", "-o", "args=", "-s", str(session)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()


def until(condition: Callable[[], object]) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def children() -> set[str]:
    """Return the workers that this process has."""
    command = ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listed.splitlines() if "kg.query.worker" in line}


def test_a_query_that_wants_too_much_memory_ends_alone(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        query(graph.store, "ASK { ?s ?p ?o }", memory=1 << 20)
    assert graph.query("ASK { ?s ?p ?o }")


def test_a_nest_that_would_end_the_process_ends_the_worker_at_most(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT * WHERE { FILTER(" + "!" * 60_000 + "true) }")
    assert graph.query("ASK { ?s ?p ?o }")


def test_from_chooses_a_graph_of_the_store(graph: KnowledgeGraph) -> None:
    assert graph.query("ASK FROM graph:catalog { ?graph void:triples ?n }")
    assert not graph.query("ASK FROM graph:catalog { ?claim a hc:Claim }")


@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>", "FROM graph:catalog FROM <{}>"])
def test_a_graph_that_is_not_there_is_named(graph: KnowledgeGraph, tmp_path: Path, clause: str) -> None:
    file = tmp_path / "secret.ttl"
    file.write_text("<http://e/s> <http://e/p> <http://e/o> .")
    with pytest.raises(QueryError, match="the store has no graph <file://"):
        graph.query(f"SELECT * {clause.format(file.as_uri())} WHERE {{ ?s ?p ?o }}")
    with pytest.raises(QueryError, match="no graph <http://e/g>"):
        graph.query("PREFIX e: <http://e/> SELECT * FROM e:g WHERE { ?s ?p ?o }")
    assert not graph.query("ASK FROM graph:assessments { ?s ?p ?o }")


def test_an_answer_is_cut_only_on_request_and_says_so(graph: KnowledgeGraph) -> None:
    whole = graph.query("SELECT ?claim { ?claim a hc:Claim }")
    assert (len(whole), whole.complete) == (2, True)
    exact = graph.query("SELECT ?claim { ?claim a hc:Claim }", max_rows=2)
    assert (len(exact), exact.complete) == (2, True)
    cut = graph.query("SELECT ?claim { ?claim a hc:Claim }", max_rows=1)
    assert (len(cut), cut.complete) == (1, False)
    triples = graph.query("CONSTRUCT { ?claim a hc:Claim } WHERE { ?claim a hc:Claim }", max_rows=1)
    assert (len(triples), triples.complete) == (1, False)
    with pytest.raises(UsageError, match="let through 1 or more"):
        graph.query("ASK {}", max_rows=0)


@pytest.mark.parametrize("columns", ["?none", "?text", "?none ?text"])
def test_a_cut_is_between_rows_whatever_a_row_holds(graph: KnowledgeGraph, columns: str) -> None:
    texts = " ".join(rf'"}},{{\"\\{n}"' for n in range(50))
    cut = graph.query(f"SELECT {columns} {{ VALUES ?text {{ {texts} }} }}", max_rows=20)
    assert (len(cut), cut.complete) == (20, False)
    assert [row.get("text") for row in cut] == [f'}},{{"\\{n}' if "text" in columns else None for n in range(20)]


def test_an_answer_without_end_is_an_error(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.query.MAX_ROWS", 1)
    with pytest.raises(QueryError, match="more than 1 rows; add LIMIT"):
        graph.query("SELECT ?claim { ?claim a hc:Claim }")


def test_on_the_command_line_a_cut_answer_is_written_and_ends_with_4(graph: KnowledgeGraph) -> None:
    text = "SELECT ?text { ?claim hc:text ?text } ORDER BY ?text"
    done = kg_query(graph, text, "--max-rows", "1")
    assert (done.returncode, done.stdout) == (4, "text\nTea calms\n")
    assert done.stderr == "kg: stopped after 1 of the rows or triples; there are more (--max-rows 1)\n"
    assert kg_query(graph, text, "--max-rows", "2").returncode == 0


def kg_query(graph: KnowledgeGraph, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "query", *arguments, "--store", graph.store.location]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_ctrl_c_ends_a_query_at_once(graph: KnowledgeGraph) -> None:
    arguments = ["query", RUNAWAY, "--timeout", "600", "--store", graph.store.location]
    asking = subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments], cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    until(lambda: "kg.query.worker" in _commands(asking.pid))
    asking.send_signal(signal.SIGINT)
    _, said = asking.communicate(timeout=20)
    assert (asking.returncode, said.strip()) == (130, "kg: interrupted")
    until(lambda: not _commands(asking.pid))


def test_one_process_answers_until_the_graph_is_closed(own: KnowledgeGraph) -> None:
    before = children()
    assert len(own.query("SELECT ?claim { ?claim a hc:Claim }")) == 1
    (worker,) = children() - before
    assert len(own.query("SELECT ?claim { ?claim a hc:Claim }")) == 1
    assert children() - before == {worker}
    own.close()
    assert children() == before
    assert len(own.query("SELECT ?claim { ?claim a hc:Claim }")) == 1


def test_a_query_sees_what_was_written_before_it(own: KnowledgeGraph, tmp_path: Path) -> None:
    count = "SELECT ?claim { ?claim a hc:Claim }"
    assert len(own.query(count)) == 1
    more = tmp_path / "tests" / "more.ttl"
    more.write_text("<https://w3id.org/health-claims/id/tests/b> a <https://w3id.org/health-claims/ontology#Claim> .")
    own.load(more)
    assert len(own.query(count)) == 2
    if own.store.location != ":memory:":
        with kg.open(own.store.location) as other:
            other.drop("more.ttl")
        assert len(own.query(count)) == 1


def test_a_process_that_broke_down_is_replaced_once(own: KnowledgeGraph) -> None:
    before = children()
    with pytest.raises(QueryError, match="brought its process down"):
        own.query("SELECT * WHERE { FILTER(" + "!" * 60_000 + "true) }")
    assert own.query("ASK {}")
    assert own.query("ASK {}")
    assert len(children() - before) == 1


def test_threads_take_turns(own: KnowledgeGraph) -> None:
    with ThreadPoolExecutor(8) as pool:
        texts = pool.map(lambda n: own.query(f"SELECT ({n} AS ?n) {{}}", timeout=60), range(40))
        assert [row["n"] for answer in texts for row in answer] == list(range(40))


def test_a_fork_has_a_worker_of_its_own(graph: KnowledgeGraph) -> None:
    script = (
        "import kg, os\n"
        f"graph = kg.open({graph.store.location!r})\n"
        "assert graph.query('ASK { ?s ?p ?o }')\n"
        "if not (forked := os.fork()):\n"
        "    assert graph.query('ASK { ?s ?p ?o }')\n"
        "    graph.close()\n"
        "    os._exit(0)\n"
        "assert os.waitpid(forked, 0)[1] == 0\n"
        "assert graph.query('ASK { ?s ?p ?o }')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_server_is_asked_under_the_same_rules(oxigraph: str) -> None:
    store = ServerStore(oxigraph, {})
    cut = query(store, "SELECT ?n { VALUES ?n { 1 2 3 } }", max_rows=2)
    assert isinstance(cut, Rows)
    assert ([row["n"] for row in cut], cut.complete) == ([1, 2], False)
    assert query(store, "CONSTRUCT { hc:a hc:b hc:c } WHERE {}").complete
    with pytest.raises(QueryError, match="SERVICE is refused"):
        query(store, f"SELECT * {{ SERVICE <{oxigraph}> {{ ?s ?p ?o }} }}")
    store.close()


def test_questions_have_words_and_there_are_at_least_twenty() -> None:
    listed = questions()
    assert len(listed) >= 20
    assert all(question.words.endswith("?") for question in listed)


def test_a_folder_for_which_memory_is_wanting_is_not_damaged(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(manifest, "_files", refused)
    with pytest.raises(MemoryError):
        manifest.missing_or_cut(tmp_path)
    with pytest.raises(MemoryError), graph.store._damage_explained():
        raise RuntimeError(f"IO error: {os.strerror(errno.ENOMEM)}")
    with pytest.raises(UnreadableError, match="is damaged"), graph.store._damage_explained():
        raise RuntimeError("Corruption: block checksum mismatch")
