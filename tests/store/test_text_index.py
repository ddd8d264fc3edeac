"""The index of words is in step with the data, whatever was loaded, replaced and dropped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.load import drop, load
from kg.store import GraphRecord, LocalStore, MemoryStore
from kg.store.local.text_index import Word
from kg.store.terms import IRI, TYPE, Literal, Quad, hc, iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Store

NAMESPACE = "https://w3id.org/health-claims/id/t/"


def entry(graph: str) -> GraphRecord:
    return GraphRecord(graph, "t", NAMESPACE, f"/{graph}", "text/turtle", "0" * 64, 0, "2026-01-01T00:00:00Z", "0")


def quads(graph: str, texts: list[str]) -> Iterator[Quad]:
    for number, text in enumerate(texts):
        yield Quad(IRI(f"{NAMESPACE}claim-{number}"), hc("text"), Literal(text), IRI(graph))
        source = IRI(f"{NAMESPACE}source-{number}")
        yield Quad(source, TYPE, hc("Source"), IRI(graph))
        yield Quad(source, iri("dcterms:title"), Literal(f"On {text}"), IRI(graph))
        yield Quad(source, iri("dc:creator"), Literal("Özgür Müller"), IRI(graph))


def put(store: Store, graph: str, texts: list[str]) -> None:
    with store.writing() as writer:
        writer.put(entry(graph), quads(graph, texts))


def indexed(store: Store) -> list[tuple[str, ...]]:
    index = store.text_index()
    assert index
    return index.rows()


def anew(store: Store) -> list[tuple[str, ...]]:
    """Return what an index holds that is made of all that the store holds now."""
    fresh = MemoryStore()
    for held in store.graphs():
        with fresh.writing() as writer:
            writer.put(held, list(store.quads(IRI(held.graph))))
    return indexed(fresh)


def found(store: Store, *words: str) -> list[str]:
    index = store.text_index()
    assert index
    return [match.node.removeprefix(NAMESPACE) for match in index.find([Word(word) for word in words])]


GRAPHS = [f"https://w3id.org/health-claims/graph/t/{name}" for name in "abc"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(GRAPHS),
        st.none()
        | st.lists(st.sampled_from(["massage", "sleep \x00 \x02", "back pain", "“quoted” 'words'"]), max_size=3),
    ),
    max_size=5,
)


@settings(max_examples=8, deadline=None)
@given(steps=STEPS)
def test_after_any_loads_and_drops_the_index_is_what_it_would_be_made_anew(
    steps: list[tuple[str, list[str] | None]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = LocalStore(tmp_path_factory.mktemp("store"))
    for graph, texts in steps:
        if texts is None:
            with store.writing() as writer:
                writer.drop(graph)
        else:
            put(store, graph, texts)
    assert indexed(store) == anew(store)
    assert store.damage() == []
    store.close()


def test_an_error_in_a_transaction_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    for store in (LocalStore(tmp_path / "store"), MemoryStore()):
        put(store, GRAPHS[0], ["massage"])
        with pytest.raises(ZeroDivisionError), store.writing() as writer:
            writer.enter(writer.put(entry(GRAPHS[1]), quads(GRAPHS[1], ["sleep"]))._replace(path=str(1 / 0)))
        assert found(store, "massage") == ["claim-0", "source-0"]
        assert found(store, "sleep") == []


def test_a_reader_searches_the_state_that_it_reads_while_another_is_written(tmp_path: Path) -> None:
    reader, writer = LocalStore(tmp_path), LocalStore(tmp_path)
    put(writer, GRAPHS[0], ["massage"])
    index = reader.text_index()
    assert index
    put(writer, GRAPHS[0], ["sleep"])
    assert [match.kind for match in index.find([Word("massage")])] == ["claim", "source"]
    assert found(reader, "massage") == []
    assert found(reader, "sleep") == ["claim-0", "source-0"]


def test_a_transaction_that_changes_no_text_shares_the_file_with_the_generation_before(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    put(store, GRAPHS[0], ["massage"])
    assert store.text_index()
    with store.snapshot() as folder:
        before = (Path(folder) / "search.sqlite").stat().st_ino
        with store.writing() as writer:
            writer.add([Quad(hc("a"), hc("b"), hc("c"), IRI("https://w3id.org/health-claims/graph/assessments"))])
    with store.snapshot() as folder:
        assert (Path(folder) / "search.sqlite").stat().st_ino == before


def test_the_index_belongs_to_the_backup_and_damage_to_it_is_named(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "store")
    put(store, GRAPHS[0], ["massage"])
    store.backup(tmp_path / "backup")
    assert found(LocalStore(tmp_path / "backup"), "massage") == ["claim-0", "source-0"]
    file = tmp_path / "store" / "000001" / "search.sqlite"
    content = bytearray(file.read_bytes())
    content[100:] = b"\x00" * (len(content) - 100)
    file.write_bytes(content)
    assert store.damage() == ["000001/search.sqlite is damaged"]
    with pytest.raises(UnreadableError, match=r"the store is damaged: 000001/search.sqlite.*backup"):
        found(LocalStore(tmp_path / "store"), "massage")
    store.restore(tmp_path / "backup")
    assert found(store, "massage") == ["claim-0", "source-0"]


def test_one_node_that_several_graphs_speak_of_is_found_once_whatever_was_loaded_first() -> None:
    answers = []
    for order in (GRAPHS, GRAPHS[::-1]):
        store = MemoryStore()
        for graph in order:
            put(store, graph, [f"massage {graph[-1]}"])
        index = store.text_index()
        assert index
        answers.append([tuple(match) for match in index.find([Word("massage")], kinds=["claim"], limit=1)])
    assert answers[0] == answers[1]
    assert [match[2] for match in answers[0]] == ["massage a"]


def test_all_nodes_are_found_however_many_rows_one_of_them_has() -> None:
    store = MemoryStore()
    names = [f"https://w3id.org/health-claims/graph/t/g{number}" for number in range(12)]
    for name in names:
        put(store, name, ["massage"])
    put(store, GRAPHS[0], ["nothing", "a massage of the whole back in the evening"])
    index = store.text_index()
    assert index
    nodes = [match.node.removeprefix(NAMESPACE) for match in index.find([Word("massage")], ["claim"], limit=2)]
    assert nodes == ["claim-0", "claim-1"]


def test_accents_endings_and_letter_case_do_not_matter() -> None:
    store = MemoryStore()
    put(store, GRAPHS[0], ["Massage relieves Rückenschmerzen"])
    assert found(store, "RELIEVE", "ruckenschmerzen", "massages") == ["claim-0", "source-0"]
    assert found(store, "muller", "özgür") == ["source-0"]


def test_what_has_no_class_of_its_own_is_not_taken_for_a_source() -> None:
    store = MemoryStore()
    with store.writing() as writer:
        title = Quad(IRI(NAMESPACE + "thing"), iri("dcterms:title"), Literal("massage"), IRI(GRAPHS[0]))
        writer.put(entry(GRAPHS[0]), [title])
    assert found(store, "massage") == []


def test_sources_of_a_class_of_the_data_are_found_in_whatever_order_the_files_come(tmp_path: Path) -> None:
    head = "@prefix hc: <https://w3id.org/health-claims/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> . "
    named = '<urn:s> a <urn:Paper> ; dcterms:title "On naps" .'
    below = "<urn:Paper> <http://www.w3.org/2002/07/owl#equivalentClass> hc:Source ."
    texts = {"named": named, "below": below, "typed": "<urn:s> a hc:Source ."}
    files = {name: tmp_path / f"{name}.ttl" for name in texts}
    for name, file in files.items():
        file.write_text(head + texts[name])
    store = LocalStore(tmp_path / "store")
    for name, is_found in (("named", False), ("below", True), ("typed", True)):
        load(store, [files[name]])
        assert bool(found(store, "naps")) is is_found, name
        assert indexed(store) == anew(store)
    drop(store, ["below.ttl"])
    assert indexed(store) == anew(store)
    assert not found(store, "naps")
