"""The store: whole states only, in memory and on disk."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotFoundError, StoreInUseError, UnreadableError
from kg.namespaces import CATALOG, DERIVED
from kg.store import GraphRecord, LocalStore, MemoryStore, Store, open_store
from kg.store.terms import IRI, Literal, Quad, bind, hc, iri

NAMESPACE = "https://w3id.org/health-claims/id/tests/"
SPAWN = multiprocessing.get_context("spawn")
AT_LENGTH = "KG_KILLS" in os.environ
"""Whether what needs several processes is tried many times; see docs/store.md."""


def entry(name: str = "a.ttl", triples: int = 1, dataset: str = "tests") -> GraphRecord:
    namespace = NAMESPACE.replace("tests", dataset)
    return GraphRecord(
        f"https://w3id.org/health-claims/graph/{dataset}/{name}", dataset, namespace, f"/data/{name}", "text/turtle",
        "0" * 64, triples, "2026-01-01T00:00:00Z", "0.1.0",
    )  # fmt: skip


def quad(subject: str, text: str, graph: str) -> Quad:
    return Quad(IRI(NAMESPACE + subject), hc("text"), Literal(text, language="en"), IRI(graph))


@pytest.fixture(params=["memory", "folder"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else LocalStore(tmp_path / "store")


def put(store: Store, name: str = "a.ttl", *texts: str) -> GraphRecord:
    record = entry(name, len(texts))
    with store.writing() as writer:
        writer.put(record, [quad(f"{name[0]}-{number}", text, record.graph) for number, text in enumerate(texts)])
    return record


def texts(store: Store) -> list[str]:
    return sorted(row["text"].value for row in store.select("SELECT ?text WHERE { ?node hc:text ?text }"))


def test_what_was_put_is_found_with_its_record(store: Store) -> None:
    record = put(store, "a.ttl", "one", "two")
    assert texts(store) == ["one", "two"]
    assert store.graphs() == (record,)


def test_putting_a_graph_again_replaces_it_whole(store: Store) -> None:
    put(store, "a.ttl", "one", "two")
    put(store, "a.ttl", "three")
    assert texts(store) == ["three"]
    assert len(store.graphs()) == 1
    assert sum(1 for _ in store.quads(IRI(CATALOG))) == sum(1 for _ in _entry_quads())


def _entry_quads() -> list[Quad]:
    from kg.store.catalog import to_quads

    return list(to_quads(entry()))


def test_an_error_in_a_transaction_leaves_the_old_state(store: Store) -> None:
    put(store, "a.ttl", "one")
    with pytest.raises(ZeroDivisionError), store.writing() as writer:
        writer.put(entry("b.ttl", 1 // 0), [quad("b", "two", entry("b.ttl").graph)])
    with pytest.raises(ZeroDivisionError), store.writing() as writer:
        writer.put(entry("a.ttl"), (quad("b", str(1 // number), entry("a.ttl").graph) for number in (1, 0)))
    assert texts(store) == ["one"]
    assert [record.path for record in store.graphs()] == ["/data/a.ttl"]


def test_the_default_graph_is_data_and_derived_but_not_the_catalog(store: Store) -> None:
    put(store, "a.ttl", "one")
    with store.writing() as writer:
        writer.fill(DERIVED, [quad("a-0", "derived", DERIVED)])
    assert texts(store) == ["derived", "one"]
    assert not store.ask("ASK { ?graph void:triples ?count }")
    assert store.ask("ASK { GRAPH graph:catalog { ?graph void:triples ?count } }")


def test_dropping_a_graph_takes_its_record_with_it(store: Store) -> None:
    record = put(store, "a.ttl", "one")
    with store.writing() as writer:
        writer.drop(record.graph)
    assert texts(store) == []
    assert store.graphs() == ()


def test_a_dataset_that_is_loaded_has_its_prefix(store: Store) -> None:
    put(store, "a.ttl", "one")
    assert store.ask("ASK { tests:a-0 hc:text ?text }")


def test_names_resolve_as_short_id_curie_and_iri(store: Store) -> None:
    put(store, "a.ttl", "one")
    node = IRI(NAMESPACE + "a-0")
    for name in ("a-0", "tests:a-0", "id:tests/a-0", NAMESPACE + "a-0", f"<{NAMESPACE}a-0>"):
        assert store.resolve(name) == node


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    store = MemoryStore()
    record = entry()
    with store.writing() as writer:
        writer.put(record, [Quad(IRI(NAMESPACE + "surgeons"), iri("rdf:type"), hc("Agent"), IRI(record.graph))])
    with pytest.raises(NotFoundError, match=r"no 'surgons' in :memory:; nearest: surgeons"):
        store.resolve("surgons")
    with pytest.raises(NotFoundError, match="no 'a b"):
        store.resolve("a b<>")


def test_a_short_id_that_two_datasets_have_must_be_told_apart() -> None:
    store = MemoryStore()
    with store.writing() as writer:
        for record in (entry(), entry(dataset="others")):
            writer.put(record, [Quad(IRI(record.namespace + "same"), hc("text"), Literal("x"), IRI(record.graph))])
    with pytest.raises(NotFoundError, match="others:same, tests:same"):
        store.resolve("same")


def test_a_parameter_is_bound_as_a_term() -> None:
    assert bind("VALUES ?x { UNDEF }", {"x": Literal('a" } x')}) == 'VALUES ?x { "a\\" } x" }'
    with pytest.raises(KeyError):
        bind("SELECT *", {"x": Literal("a")})


@given(st.text())
def test_no_text_escapes_from_its_parameter(text: str) -> None:
    store = MemoryStore()
    query = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
    assert store.select(query, x=Literal(text)) == [{"x": Literal(text)}]


def test_a_folder_keeps_what_was_written(tmp_path: Path) -> None:
    put(open_store(tmp_path / "store"), "a.ttl", "one")
    assert texts(open_store(tmp_path / "store")) == ["one"]


def test_opening_a_folder_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    assert texts(open_store(tmp_path / "store")) == []
    assert not (tmp_path / "store").exists()


def test_a_folder_with_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UnreadableError, match="not a kg store"):
        open_store(tmp_path)


def test_a_file_in_the_place_of_a_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("mine")
    with pytest.raises(UnreadableError, match="not a kg store"):
        open_store(tmp_path / "store")


def test_a_reader_keeps_its_state_while_a_writer_publishes_the_next(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    put(store, "a.ttl", "one")
    with store.snapshot() as folder:
        put(open_store(tmp_path / "store"), "a.ttl", "two")
        assert list(Path(folder).iterdir())
        assert texts(store) == ["two"]


def test_generations_that_nobody_reads_are_swept(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    for text in ("one", "two", "three"):
        put(store, "a.ttl", text)
    assert [path.name for path in (tmp_path / "store").glob("[0-9]*") if path.is_dir()] == ["000003"]


def test_a_second_writer_is_told_who_holds_the_store(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    in_use = pytest.raises(StoreInUseError, match=rf"in use by process {os.getpid()}")
    with store.writing(), in_use, open_store(tmp_path / "store").writing():
        pass


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnreadableError, match="cannot be"), LocalStore(tmp_path / "file" / "store").writing():
        pass


def test_a_damaged_store_is_reported_and_not_read_as_empty(tmp_path: Path) -> None:
    put(open_store(tmp_path / "store"), "a.ttl", "one")
    (tmp_path / "store" / "000001" / "CURRENT").write_text("nonsense")
    with pytest.raises(UnreadableError, match="the store is damaged: 000001/CURRENT has 8 bytes"):
        texts(open_store(tmp_path / "store"))
    with pytest.raises(UnreadableError, match="the store is damaged"):
        put(open_store(tmp_path / "store"), "a.ttl", "two")


def test_a_store_that_lost_its_file_current_is_damaged_and_not_empty(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    put(store, "a.ttl", "one")
    store.backup(tmp_path / "backup")
    for spoil in (Path.unlink, lambda file: file.write_text("?")):
        spoil(tmp_path / "store" / "current")
        with pytest.raises(UnreadableError, match="the store is damaged: its file `current`"):
            texts(open_store(tmp_path / "store"))
        with pytest.raises(UnreadableError, match="the store is damaged"):
            put(open_store(tmp_path / "store"), "a.ttl", "two")
        open_store(tmp_path / "store").restore(tmp_path / "backup")
        assert texts(open_store(tmp_path / "store")) == ["one"]


def test_a_store_whose_first_write_failed_is_empty(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_store(tmp_path / "store").writing():
        _ = 1 // 0
    (tmp_path / "store" / ".000001.json.a1b2c3d_").write_text("")
    assert texts(open_store(tmp_path / "store")) == []
    put(open_store(tmp_path / "store"), "a.ttl", "one")
    assert texts(open_store(tmp_path / "store")) == ["one"]
    assert not (tmp_path / "store" / ".000001.json.a1b2c3d_").exists()


def test_the_next_write_sweeps_whatever_a_killed_one_left(tmp_path: Path) -> None:
    put(open_store(tmp_path), "a.ttl", "one")
    left = ("000000.json", "000000.lock", "000002.lock", "000003.lock", ".current.k3x_81aa", ".000002.json.k3x_81aa")
    for name in (*left, ".000002.checked.k3x_81aa"):
        (tmp_path / name).write_text("")
    for name in ("000002", "000002.fresh"):
        (tmp_path / name).mkdir()
    put(open_store(tmp_path), "a.ttl", "two")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"kg-store.txt", "lock", "current", "000002", "000002.json", "000002.checked", "000002.lock"}


def test_what_lies_in_a_store_and_is_not_ours_stays_there(tmp_path: Path) -> None:
    put(open_store(tmp_path / "store"), "a.ttl", "one")
    open_store(tmp_path / "store").backup(tmp_path / "backup")
    mine = ("202401/photo.jpg", "000002/photo.jpg", "000003.fresh/photo.jpg", ".current.swp")
    for name in mine:
        (tmp_path / "store" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "store" / name).write_text(name)
    put(open_store(tmp_path / "store"), "b.ttl", "two")
    open_store(tmp_path / "store").restore(tmp_path / "backup")
    (tmp_path / "store" / "current").write_text("?")
    open_store(tmp_path / "store").restore(tmp_path / "backup")
    assert texts(open_store(tmp_path / "store")) == ["one"]
    assert [(tmp_path / "store" / name).read_text() for name in mine] == list(mine)


def _count_up(folder: Path, times: int) -> None:
    store = open_store(folder)
    for _ in range(times):
        while True:
            try:
                with store.writing() as writer:
                    (number,) = texts(store)
                    graph = entry("a.ttl").graph
                    writer.put(entry("a.ttl"), [quad("a-0", str(int(number) + 1), graph)])
                break
            except StoreInUseError:
                time.sleep(0.01)


def test_no_update_of_several_writers_is_lost(tmp_path: Path) -> None:
    put(open_store(tmp_path / "store"), "a.ttl", "0")
    times = 200 if AT_LENGTH else 5
    writers = [SPAWN.Process(target=_count_up, args=(tmp_path / "store", times)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert texts(open_store(tmp_path / "store")) == [str(4 * times)]


def _write_states(folder: Path, states: int) -> None:
    for number in range(states):
        put(open_store(folder), "a.ttl", *_state(number))


def _state(number: int) -> list[str]:
    return [f"{number} {place}" for place in range(number % 7 + 1)]


def test_each_answer_beside_a_writer_is_that_of_one_finished_state(tmp_path: Path) -> None:
    put(open_store(tmp_path / "store"), "a.ttl", *_state(0))
    states = 500 if AT_LENGTH else 20
    writer = SPAWN.Process(target=_write_states, args=(tmp_path / "store", states))
    writer.start()
    store, last = open_store(tmp_path / "store"), 0
    while writer.is_alive():
        answer = texts(store)
        number = int(answer[0].split()[0])
        assert answer == _state(number)
        assert number >= last
        last = number
    assert writer.exitcode == 0
    assert texts(store) == _state(states - 1)


def test_of_two_commands_that_write_at_once_each_is_done_or_told_that_the_store_is_in_use(tmp_path: Path) -> None:
    for number in range(50 if AT_LENGTH else 5):
        files = [tmp_path / f"{number}-{letter}.nt" for letter in "ab"]
        for file in files:
            file.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n")
        command = [sys.executable, "-m", "kg", "load", "--store", tmp_path / "store"]
        both = [subprocess.Popen([*command, file], stderr=subprocess.PIPE, text=True) for file in files]
        said = {
            file.name: (process.communicate()[1], process.returncode) for file, process in zip(files, both, strict=True)
        }
        there = {Path(record.path).name for record in open_store(tmp_path / "store").graphs()}
        for name, (words, status) in said.items():
            assert status == (0 if name in there else 6), words
            assert status == 0 or "is in use by" in words


def test_rdflib_sees_the_same_store(store: Store) -> None:
    put(store, "a.ttl", "one")
    dataset = store.rdflib()
    assert any(str(literal) == "one" for literal in dataset.objects())
    assert dict(dataset.namespaces())["hc"]
