"""The same commands, questions and answers on an Oxigraph server and on Virtuoso as in memory and on disk."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import kg
from kg.arguments.evaluator import Evaluator
from kg.derivation import derive
from kg.errors import NotFoundError, QueryError, StoreInUseError, UnreadableError, UsageError
from kg.export import results
from kg.graph import KnowledgeGraph
from kg.namespaces import ASSESSMENTS, CATALOG, DERIVED, HC, PRISM, UNION
from kg.query import Answer, Question, questions
from kg.query.questions import bound
from kg.store import GraphRecord, MemoryStore
from kg.store.server import ServerStore
from kg.store.server.client import IndeterminateError
from kg.store.server.conformance import CIRCLE, NODE, PROBES, conformance_warnings
from kg.store.server.transaction import NOTE, STAGE, ServerWriter, writing
from kg.store.terms import IRI, Literal, Quad, hc, iri, solutions, typed
from tests.conftest import ROOT, SEED
from tests.drift.test_drift import HEAD, THEIRS
from tests.query.test_questions import ANSWERS
from tests.support import servers
from tests.support.servers import LOGIN, MOST_ROWS, free_port

GRAPH = "https://example.org/graph"
A, P = IRI("https://example.org/a"), IRI("https://example.org/p")


def opened(address: str) -> KnowledgeGraph:
    """Return a graph on a server, with the password that Virtuoso wants."""
    graph = KnowledgeGraph()
    graph.store = ServerStore(address, LOGIN if address.endswith("/sparql") else {})
    return graph


@pytest.fixture(scope="session", params=["oxigraph", "virtuoso"])
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def loaded(address: str) -> Iterator[KnowledgeGraph]:
    """The seed dataset on a server; tests that change it put it back."""
    with opened(address) as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
        yield graph


@pytest.fixture
def drifting(tmp_path: Path) -> Path:
    """A file with a broader intervention and outcome, a dropped hedge, and a bound that became a figure."""
    text = HEAD.replace("@prefix : <https://example.org/id/>", "@prefix : <https://w3id.org/health-claims/id/made-up/>")
    file = tmp_path / "made-up.ttl"
    file.write_text(f"""{text}{THEIRS} ; hc:hedged "may be"@en .
    :bold a hc:Assertion ; hc:source :news ; hc:stance hc:Affirms ; hc:asserts :broad .
    :bold hc:tracedTo :paper ; hc:finding :told .
    :broad a hc:Claim ; hc:text "Painkillers help against pain"@en ; hc:intervention :painkillers ; hc:outcome :pain .
    :result hc:value 50 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion ; hc:bound hc:AtLeast .
    :told a hc:Finding ; hc:outcome :headache ; hc:value 50 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion .
    :study hc:finding :pains . :bold hc:finding :near .
    :pains a hc:Finding ; hc:outcome :pain ; hc:value 33.3 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion .
    :near a hc:Finding ; hc:outcome :pain ; hc:value 33 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion .
    :near hc:bound hc:About .
    """)
    return file


@pytest.fixture
def store(loaded: KnowledgeGraph) -> ServerStore:
    assert isinstance(loaded.store, ServerStore)
    loaded.store.cautions.clear()
    return loaded.store


def entry(graph: str = GRAPH) -> GraphRecord:
    return GraphRecord(
        graph, "extra", GRAPH + "/", "/extra.nt", "application/n-triples", "0" * 64, 0, "2026-01-01T00:00:00Z", "1"
    )


def ask(graph: KnowledgeGraph, text: str, params: dict[str, str]) -> Answer:
    store = graph.store
    assert isinstance(store, ServerStore)
    graphs = [name.value for name in store.default_graphs()]
    return Answer.of(*store.evaluate(bound(store, text, params), graphs=graphs, timeout=60))


def rows(answer: Answer, prefixes: dict[str, str]) -> list[list[str]]:
    """Return the rows of an answer in an order of their own: servers sort texts by rules of their own."""
    return sorted(csv.reader(io.StringIO(results.write(answer, "csv", prefixes).decode())))


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.name)
def test_a_question_has_its_expected_answer_on_a_server(asked: Question, loaded: KnowledgeGraph) -> None:
    expected = sorted(csv.reader(io.StringIO((ANSWERS / f"{asked.name}.csv").read_text())))
    assert rows(ask(loaded, asked.text, asked.example), loaded.store.prefixes()) == expected


@pytest.mark.parametrize("asked", [each for each in questions() if each.params], ids=lambda asked: asked.name)
def test_a_question_without_its_parameters_has_the_answer_of_the_disk(
    asked: Question, loaded: KnowledgeGraph, seed: KnowledgeGraph
) -> None:
    prefixes = seed.store.prefixes()
    assert rows(ask(loaded, asked.text, {}), prefixes) == rows(seed.query(asked.name), prefixes)


def test_the_data_show_the_same_drifts_on_a_server(loaded: KnowledgeGraph, seed: KnowledgeGraph) -> None:
    assert loaded.drift() == seed.drift()
    assert loaded.drift("ninds-spending") == seed.drift("ninds-spending")
    assert rows(loaded.query("drifts"), seed.store.prefixes()) == rows(seed.query("drifts"), seed.store.prefixes())


def test_drifts_that_the_seed_does_not_have_are_found_on_a_server(loaded: KnowledgeGraph, drifting: Path) -> None:
    with kg.open() as local:
        local.load(SEED)
        local.load(drifting)
        loaded.load(drifting)
        try:
            assert loaded.drift() == local.drift()
            kinds = {each.kind_words for each in local.drift("made-up:news")}
            assert kinds == {"figure changed", "hedge dropped", "scope widened"}
            assert loaded.drift("made-up:news") == local.drift("made-up:news")
        finally:
            loaded.drop(drifting.name)


RELATED = """
:a a hc:Claim ; hc:text "Naps help"@en ; hc:contraryTo :f .
:b a hc:Claim ; hc:text "naps help"@en ; hc:broaderClaim :e .
:c a hc:Claim ; hc:text "Naps help!"@en . :c hc:differentClaimFrom :a . :d a hc:Claim ; hc:text "Naps do help"@en .
:d hc:sameClaimAs :b . :e a hc:Claim ; hc:text "Sleep helps"@en ; hc:broaderClaim :b . :f a hc:Claim ; hc:text "No"@en .
:g a hc:Claim ; hc:text "No"@en ; hc:population :old . :h a hc:Claim ; hc:text "No"@en ; hc:population :young .
:gone hc:broaderClaim :f . :a hc:sameClaimAs :b . :a hc:differentClaimFrom :d .
:p a hc:Source ; prism:doi "10.1000/x" . :q a hc:Source ; prism:doi "10.1000/x" ; hc:differentSourceFrom :r .
:t hc:sameSourceAs :q . :t a hc:Source ; hc:differentSourceFrom :q .
:r a hc:Source ; prism:doi "10.1000/x" . :s a hc:Source ; prism:doi "10.1000/x" .
"""
LINTS = ("broader-in-a-circle", "narrower-not-loaded", "one-and-not-one", "same-words")


def test_what_people_say_of_claims_and_sources_holds_on_a_server_as_in_memory(
    loaded: KnowledgeGraph, tmp_path: Path
) -> None:
    prefixes = {"": "https://w3id.org/health-claims/id/made-up/", "hc": HC, "prism": PRISM}
    file = tmp_path / "related.ttl"
    file.write_text("".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes.items()) + RELATED)
    found = []
    with kg.open() as local:
        local.load(SEED)
        loaded.load(file)
        local.load(file)
        try:
            for graph in (local, loaded):
                lints = {name: (ROOT / "ontology" / "lints" / f"{name}.rq").read_text() for name in LINTS}
                told = {name: [str(row["node"]) for row in graph.store.select(text)] for name, text in lints.items()}
                found.append(({quad.triple for quad in graph.store.quads(IRI(DERIVED))}, told))
        finally:
            loaded.drop(file.name)
    assert found[0] == found[1]
    assert "t" in {node.rstrip(">").rpartition("/")[2] for node in found[0][1]["one-and-not-one"]}
    assert all(found[0][1].values()), found[0][1]


def test_every_statement_of_the_data_is_on_the_server_as_it_is_on_disk(
    loaded: KnowledgeGraph, seed: KnowledgeGraph
) -> None:
    other = (CATALOG, ASSESSMENTS, UNION)
    assert {quad for quad in loaded.store.quads() if quad.graph_name.value not in other} == {
        quad for quad in seed.store.quads() if quad.graph_name.value not in other
    }


@pytest.mark.parametrize("again", [False, True], ids=["what changed", "all anew"])
def test_what_follows_from_addresses_and_titles_follows_on_a_server(
    loaded: KnowledgeGraph, tmp_path: Path, again: bool
) -> None:
    dois = ("10.1002/14651858.CD000001", "10.1002/14651858.CD000001.pub2", "10.1000/honey")
    sources = {f"at{n}": {"title": doi, "url": f"https://doi.org/{doi}"} for n, doi in enumerate(dois)}
    sources |= {f"of{n}": {"title": doi, "doi": doi.upper()} for n, doi in enumerate(dois)}
    sources["post"] = {"title": "On CD000001", "url": "https://blog.example.org/10.1000/honey/", "type": "blog post"}
    whole = {each: {"type": "journal article"} | source for each, source in sources.items()}
    file = tmp_path / "addresses.yaml"
    file.write_text(json.dumps({"claim-file": 1, "sources": whole}))
    with kg.open() as local:
        local.load(SEED)
        for graph in (local, loaded):
            graph.load(file)
            if again:
                with graph.store.writing() as writer:
                    derive(writer, again=True)
        try:
            found, expected = (set(graph.store.quads(IRI(DERIVED))) for graph in (loaded, local))
            assert found == expected
            ours = {quad.predicate for quad in expected if tmp_path.name.replace("_", "-") in str(quad.subject)}
            assert {hc("mentions"), hc("supersedes"), hc("sameSourceAs"), hc("identifierKey")} <= ours
        finally:
            loaded.drop(file.name)


@pytest.mark.parametrize("batch", [20, 5_000], ids=["in batches", "in answers that Virtuoso cuts"])
def test_what_is_stated_of_nodes_and_points_at_them_is_looked_up_as_on_disk(
    store: ServerStore, seed: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr("kg.store.server.reader.BATCH", batch)
    graphs = {entry.graph for entry in seed.store.graphs()}
    nodes = [row["node"] for row in seed.store.select("SELECT DISTINCT ?node { ?node a [] }")]
    claim, about = seed.store.resolve("relieves"), iri("hc:asserts")
    lookups = [
        lambda store: store.about(claim),
        lambda store: store.about(claim, IRI(min(graphs))),
        lambda store: store.pointing(claim),
        lambda store: store.pointing(claim, about),
        lambda store: store.pointing(claim, about, IRI(max(graphs))),
        lambda store: store.about_many([*nodes, *nodes]),
        lambda store: store.pointing_many(nodes),
        lambda store: store.pointing_many(nodes, about),
    ]
    for number, lookup in enumerate(lookups):
        here, there = (
            sorted(str(quad) for quad in lookup(one) if quad.graph_name.value in graphs) for one in (seed.store, store)
        )
        assert here == there, number
        assert here or number in (1, 4), number
    assert [*store.about_many([])] == []


def test_a_claim_is_shown_weighed_and_found_as_on_disk(loaded: KnowledgeGraph, seed: KnowledgeGraph) -> None:
    assert loaded.show("relieves") == seed.show("relieves")
    assert loaded.standing("relieves") == seed.standing("relieves")
    assert loaded.stats() == seed.stats()
    assert loaded.export(format="nt") == seed.export(format="nt")
    with pytest.raises(NotFoundError, match="nearest: relieves"):
        loaded.store.resolve("releives")


def test_claims_that_are_likely_the_same_are_proposed_as_on_disk(loaded: KnowledgeGraph, tmp_path: Path) -> None:
    file = tmp_path / "made-up.ttl"
    file.write_text("""@prefix : <https://w3id.org/health-claims/id/made-up/> .
    @prefix hc: <https://w3id.org/health-claims/ontology#> .
    :eased a hc:Claim ; hc:text "Massage eases low back pain"@en ; hc:outcome :pain .
    :denied a hc:Claim ; hc:text "Massage does not relieve low back pain"@en .
    """)
    with kg.open() as local:
        local.load(SEED, file)
        loaded.load(file)
        try:
            assert {each.relation for each in local.claim_duplicates("relieves")} == {"same", "contrary"}
            assert loaded.claim_duplicates("relieves") == local.claim_duplicates("relieves")
            assert loaded.claim_duplicates() == local.claim_duplicates()
        finally:
            loaded.drop("made-up.ttl")


def test_a_load_says_nothing_was_changed_and_replaces_what_was_there(
    loaded: KnowledgeGraph, store: ServerStore
) -> None:
    before = set(store.quads(store.resolve_graph("claims.yaml")))
    again = loaded.load(SEED)
    assert [entry.triples for entry in again.replaced] == [entry.triples for entry in again.entries]
    assert set(store.quads(store.resolve_graph("claims.yaml"))) == before
    assert store.miscounted() == []
    assert not any("otherwise" in caution or "hands out" in caution for caution in store.cautions)
    Evaluator(store).write()


def test_literals_come_back_as_they_are_kept_on_disk(store: ServerStore) -> None:
    durations = [
        ("PT12S", "dayTimeDuration"),
        ("P1DT1S", "duration"),
        ("P12345D", "dayTimeDuration"),
        ("P14M", "yearMonthDuration"),
    ]
    values = [typed(*each) for each in durations]
    values += [
        typed("true", "boolean"),
        typed("0", "boolean"),
        typed("2001", "gYear"),
        typed("-4.50", "decimal"),
        typed("1e-3", "double"),
    ]
    values += [
        Literal('a\n"b"\\ é 😀'),
        Literal("x", language="en-GB"),
        Literal(""),
        Literal("P1D"),
        Literal("^^<x> " * 2000),
    ]
    quads = [Quad(A, IRI(f"{P.value}{number}"), value, IRI(GRAPH)) for number, value in enumerate(values)]
    local = MemoryStore()
    for each in (store, local):
        with each.writing() as writer:
            assert writer.put(entry(), quads).triples == len(values)
    assert {*store.quads(IRI(GRAPH))} == {*local.quads(IRI(GRAPH))}
    asked = "SELECT ?property ?value WHERE { <https://example.org/a> ?property ?value }"
    assert {str(row) for row in store.select(asked)} == {str(row) for row in local.select(asked)}
    with store.writing() as writer:
        writer.drop(GRAPH)
    assert list(store.quads(IRI(GRAPH))) == []


def test_more_than_one_batch_arrives_whole_and_once(store: ServerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.server.transaction.BATCH", 10)
    quads = [Quad(A, P, Literal(str(number % 25)), IRI(GRAPH)) for number in range(35)]
    with store.writing() as writer:
        assert writer.put(entry(), quads).triples == 25
        assert not any(each.graph == GRAPH for each in ServerStore(store.location, LOGIN).graphs())
    assert store.miscounted() == []
    with store.writing() as writer:
        writer.add([Quad(A, P, Literal("more"), IRI(GRAPH))])
        assert writer.count(GRAPH) == len(list(writer.quads(GRAPH))) == 26
        assert writer.holds(Quad(A, P, Literal("more"), IRI(GRAPH)))
        writer.drop(GRAPH)


def graph_names(store: ServerStore) -> set[str]:
    found = store.client.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "application/sparql-results+json")
    return {row["g"].value for row in solutions(found)[1]}


def hidden(store: ServerStore) -> set[str]:
    """Return the graphs that are not visible yet."""
    return {name for name in graph_names(store) if name.startswith(STAGE)}


def test_after_an_error_the_store_is_what_it_was_and_nothing_is_left(store: ServerStore) -> None:
    def fails() -> None:
        with store.writing() as writer:
            writer.put(entry(), [Quad(A, P, A, IRI(GRAPH))])
            writer.drop(store.graphs()[0].graph)
            raise ValueError("stop")

    before, names = set(store.quads()), graph_names(store)
    with pytest.raises(ValueError, match="stop"):
        fails()
    assert set(store.quads()) == before
    assert graph_names(store) == names


def test_only_one_process_writes_and_the_other_is_told_who(store: ServerStore) -> None:
    other = ServerStore(store.location, LOGIN if store.location.endswith("/sparql") else {})
    told = pytest.raises(StoreInUseError, match=rf"in use by process {os.getpid()} on .* since 20")
    with store.writing(), told, other.writing():
        pass
    with other.writing():
        pass


def test_the_note_of_a_writer_that_was_killed_is_taken_away_after_a_while(
    store: ServerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = writing(store)
    killed.__enter__()
    monkeypatch.setattr("kg.store.server.transaction.FORGOTTEN", timedelta(0))
    with store.writing():
        assert any("did not end" in caution for caution in store.cautions)
    with pytest.raises(StoreInUseError, match="another process has written meanwhile"):
        killed.__exit__(None, None, None)


def test_unlocking_lifts_the_lock_of_a_writer_that_was_killed_and_stops_one_that_was_not(store: ServerStore) -> None:
    killed = writing(store)
    killed.__enter__()
    with pytest.raises(StoreInUseError, match="if it was killed, kg unlock lifts its lock"), store.writing():
        pass
    (holder,) = store.unlock()
    assert holder.startswith(f"process {os.getpid()} on ")
    assert store.unlock() == []
    with pytest.raises(StoreInUseError, match="another process has written meanwhile"):
        killed.__exit__(None, None, None)
    with store.writing():
        pass


def test_what_a_killed_writer_left_is_swept_by_the_next(store: ServerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.server.transaction._SWEPT", 2)
    names = graph_names(store)
    killed = ServerWriter(store)
    killed.begin()
    for number in range(5):
        killed.put(entry(f"{GRAPH}{number}"), [Quad(A, P, A, IRI(GRAPH))])
    assert len(hidden(store)) == 5
    monkeypatch.setattr("kg.store.server.transaction.FORGOTTEN", timedelta(0))
    with store.writing():
        assert not hidden(store)
    assert graph_names(store) == names


def test_what_was_sent_and_then_dropped_goes_with_the_commit(store: ServerStore) -> None:
    names = graph_names(store)
    with store.writing() as writer:
        writer.put(entry(), [Quad(A, P, A, IRI(GRAPH))])
        writer.drop(GRAPH)
    assert graph_names(store) == names


def test_a_mistyped_address_does_not_lock_the_server(oxigraph: str) -> None:
    mistyped = ServerStore(oxigraph.removesuffix("query"), {})
    with pytest.raises(UnreadableError, match=r"give the address for queries, such as http://\S+/query"):
        mistyped.writing().__enter__()
    with ServerStore(oxigraph, {}).writing():
        pass


def test_a_note_that_could_not_be_read_back_is_taken_away(store: ServerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: ServerWriter) -> set[Quad]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ServerWriter, "_read_catalog", fails)
        with pytest.raises(KeyboardInterrupt):
            store.writing().__enter__()
    assert NOTE not in graph_names(store)


@pytest.fixture
def loading(oxigraph: str, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in the middle of loading many statements."""
    big = tmp_path / "big.nt"
    big.write_text("".join(f"{A} {P} <https://example.org/{number}> .\n" for number in range(60_000)))
    # Where the tests run in the background of a shell, a child ignores Ctrl-C unless it says otherwise.
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from kg.cli import main; main()"
    command = [sys.executable, "-c", program, "load", str(big), "--store", oxigraph]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        store = ServerStore(oxigraph, {})
        while process.poll() is None and not hidden(store):
            time.sleep(0.01)
        yield process
        process.kill()


def test_an_interrupted_load_leaves_nothing_on_the_server(oxigraph: str, loading: subprocess.Popen[bytes]) -> None:
    loading.send_signal(signal.SIGINT)
    assert loading.wait() != 0
    store = ServerStore(oxigraph, {})
    assert not hidden(store)
    with store.writing():
        pass


def test_what_a_killed_load_left_is_gone_after_the_next(
    oxigraph: str, loading: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.kill()
    assert loading.wait() == -signal.SIGKILL
    store = ServerStore(oxigraph, {})
    with pytest.raises(StoreInUseError, match=f"in use by process {loading.pid} "), store.writing():
        pass
    monkeypatch.setattr("kg.store.server.transaction.FORGOTTEN", timedelta(0))
    with opened(oxigraph) as graph:
        graph.load(SEED)
        Evaluator(graph.store).write()
    assert not hidden(store)


def test_a_change_of_the_catalog_by_somebody_else_is_not_written_over(store: ServerStore) -> None:
    writer = ServerWriter(store)
    writer.begin()
    writer.put(entry(), [Quad(A, P, A, IRI(GRAPH))])
    store.client.add(CATALOG, f"{A} {P} {A} .\n".encode())
    with pytest.raises(StoreInUseError, match="another process has written meanwhile"):
        writer.close()
    writer.abandon()
    store.client.update(f"DELETE DATA {{ GRAPH <{CATALOG}> {{ {A} {P} {A} }} }}")
    assert GRAPH not in {each.graph for each in store.graphs()}


def test_oxigraph_publishes_all_or_nothing(oxigraph: str) -> None:
    """The last request fails at its first part, because somebody removed what it was to publish."""
    with opened(oxigraph) as graph:
        store = graph.store
        assert isinstance(store, ServerStore)
        before = set(store.quads())
        writer = ServerWriter(store)
        writer.begin()
        writer.drop(ASSESSMENTS)
        writer.put(entry(), [Quad(A, P, A, IRI(GRAPH))])
        store.client.update(f"DROP GRAPH <{writer._staged[GRAPH]}>")
        with pytest.raises(UnreadableError):
            writer.close()
        writer.abandon()
        assert set(store.quads()) == before


def test_a_commit_whose_answer_was_lost_is_looked_for(store: ServerStore, monkeypatch: pytest.MonkeyPatch) -> None:
    update = store.client.update

    def lost(text: str) -> None:
        update(text)
        if "MOVE" in text:
            raise IndeterminateError("no answer")

    monkeypatch.setattr(store.client, "update", lost)
    with store.writing() as writer:
        writer.put(entry(), [Quad(A, P, A, IRI(GRAPH))])
    assert GRAPH in {each.graph for each in store.graphs()}
    with store.writing() as writer:
        writer.drop(GRAPH)


def test_a_commit_that_may_not_have_arrived_is_indeterminate(
    store: ServerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = store.client.update

    def lost(text: str) -> None:
        if "MOVE" in text:
            raise IndeterminateError("no answer")
        update(text)

    monkeypatch.setattr(store.client, "update", lost)
    with pytest.raises(IndeterminateError), store.writing() as writer:
        writer.put(entry(), [Quad(A, P, A, IRI(GRAPH))])
    assert GRAPH not in {each.graph for each in store.graphs()}
    for name in (NOTE, writer._staged[GRAPH]):
        update(f"DROP SILENT GRAPH <{name}>")


def test_where_a_server_deviates_is_found(store: ServerStore) -> None:
    """For a path with +, Virtuoso 7.2.5 gives 2 nodes of a circle of 3, and 3 rows where two ways lead to 2 nodes."""
    found = conformance_warnings(store, GRAPH, f"{GRAPH}-too")
    assert not {GRAPH, f"{GRAPH}-too"} & graph_names(store)
    if store.client.product.startswith("Oxigraph"):
        assert found == [probe.sentence for probe in PROBES if probe.twice]
    else:
        assert found[1:] == [probe.sentence for probe in PROBES]
        assert "part by part" in found[0]


def test_the_way_round_the_circle_that_the_page_gives_is_right(store: ServerStore) -> None:
    store.client.add(GRAPH, CIRCLE.encode())
    query = f"SELECT DISTINCT ?x WHERE {{ <{NODE}a> <{NODE}next>/<{NODE}next>* ?x }}"
    assert len(store.rows(query, [GRAPH], [GRAPH])) == 3
    store.client.update(f"DROP SILENT GRAPH <{GRAPH}>")


def test_a_refused_query_is_one_sentence(store: ServerStore) -> None:
    with pytest.raises(QueryError, match="the server refuses the query") as caught:
        store.evaluate("SELECT * WHERE { ?s ?p }", graphs=[], timeout=10)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("# a\nPREFIX x: <a:b>\nASK { ?s a hc:Claim }", "boolean"),
        ("construct where { ?s a hc:Claim }", "triples"),
        ("DESCRIBE id:x", "triples"),
    ],
)
def test_each_kind_of_query_has_its_kind_of_document(store: ServerStore, query: str, kind: str) -> None:
    found, document = store.evaluate(query, graphs=[graph.value for graph in store.default_graphs()], timeout=10)
    assert found == kind
    assert Answer.of(found, document) is not None


def test_what_virtuoso_cuts_is_refused_and_the_load_says_so(virtuoso: str) -> None:
    quads = [Quad(A, P, Literal(str(number)), IRI(GRAPH)) for number in range(2 * MOST_ROWS)]
    with opened(virtuoso) as graph:
        store = graph.store
        assert isinstance(store, ServerStore)
        with store.writing() as writer:
            assert writer.put(entry(), quads).triples == 2 * MOST_ROWS
        assert any("hands out 5,001 of the 10,000 triples" in caution for caution in store.cautions)
        with pytest.raises(UnreadableError, match="hands out 5,001 of the 10,000"):
            list(store.quads(IRI(GRAPH)))
        for query in ("SELECT * WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
            with pytest.raises(QueryError, match="cuts answers after 5,000 rows"):
                store.evaluate(query, graphs=[GRAPH], timeout=60)
        with store.writing() as writer:
            writer.drop(GRAPH)


def test_a_wrong_password_is_said_and_not_shown(virtuoso: str) -> None:
    store = ServerStore(virtuoso, {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "correct-horse"})
    with pytest.raises(UnreadableError, match="other credentials") as caught, store.writing():
        pass
    assert "correct-horse" not in str(caught.value)


def test_a_store_on_a_server_has_no_files(store: ServerStore) -> None:
    for refused in (store.snapshot, store.rdflib):
        with pytest.raises(UsageError):
            refused()


def run(*words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *words]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_STORE")}
    return subprocess.run(
        command, cwd=ROOT, env=kept | environment | {"COLUMNS": "100"}, capture_output=True, text=True, check=False
    )


def test_a_server_with_a_store_of_the_older_format_is_refused(tmp_path: Path) -> None:
    with servers.oxigraph(tmp_path) as address:
        store = ServerStore(address, {})
        store.client.add("https://w3id.org/health-claims/graph/catalogue", f"{A} {P} {A} .\n".encode())
        before = store.client.query("SELECT * { GRAPH ?g { ?s ?p ?o } }", "application/sparql-results+json")
        with pytest.raises(
            UnreadableError, match="older format 1, and this kg has format 2; load its files again into"
        ):
            store.graphs()
        with pytest.raises(UnreadableError, match="older format 1"), store.writing():
            pass
        after = store.client.query("SELECT * { GRAPH ?g { ?s ?p ?o } }", "application/sparql-results+json")
        assert after == before
        store.close()


def test_the_commands_work_with_the_address_of_a_server(address: str, loaded: KnowledgeGraph) -> None:
    login = {"KG_STORE": address, **(LOGIN if address.endswith("/sparql") else {})}
    done = run("load", str(SEED), environment=login)
    assert done.returncode == 0, done.stderr
    assert ("part by part" in done.stderr) == address.endswith("/sparql")
    done = run("show", "relieves", environment=login)
    assert done.stdout == loaded.show("relieves")
    done = run("backup", "nowhere", environment=login)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    Evaluator(loaded.store).write()


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    done = run("stats", environment={"KG_STORE": f"http://127.0.0.1:{free_port()}/query"})
    assert done.returncode == 3
    assert "the server cannot be reached" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_disk_and_memory_are_opened_as_before(tmp_path) -> None:
    assert isinstance(kg.open().store, MemoryStore)
    assert kg.open(tmp_path / "http:").store.location.endswith("http:")
