"""Big RDF files say the same as small ones, in bounded memory."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from kg import files as packed
from kg import readers
from kg.errors import DataError, UnreadableError
from kg.load import load
from kg.namespaces import DERIVED
from kg.readers import rdf
from kg.store import open_store

HEAD = "@prefix : <http://e/> . @prefix hc: <https://w3id.org/health-claims/ontology#> .\n"
PLAIN = HEAD + ':a hc:text "Tea calms"@en ; :p :b .'
TEXTS = {
    "plain.ttl": PLAIN,
    "brackets-in-a-text.ttl": HEAD + ':a hc:text "Tea [green] (a cup) calms" .',
    "blank.ttl": HEAD + ':a :p [ :q "1" ; :r [ :q "2" ] ] , ( 1 2 ) .',
    "old-schema.ttl": '<http://e/a> <http://schema.org/text> "x" ; a <http://schema.org/Claim> .',
    "illegal-iri.ttl": "<http://e/a b> <http://e/p> <http://e/c > .",
    "illegal-iri-and-blank.nt": "_:x <http://e/p> <http://e/a b> .\n_:x <http://e/p> <http://e/c> .",
    "marked.ttl": "\ufeff" + PLAIN,
    "graphs.trig": HEAD + ":a :p 1 . :g { :a :p 2 . :b :p _:c } _:h { :a :p 3 }",
    "graphs.nq": '<http://e/a> <http://e/p> "1" <http://e/g> .\n<http://e/a> <http://e/p> "2" <http://e/h> .',
    "derived.trig": f"<{DERIVED}> {{ <http://e/a> <http://e/p> 1 }} <http://e/g> {{ <http://e/a> <http://e/p> 2 }}",
    "micropublication.ttl": "<http://e/c> a <http://purl.org/mp/Claim> ; <http://purl.org/mp/statement> 'tea calms' .",
}


@pytest.fixture(params=[0, rdf.HELD], ids=["streamed", "held"])
def way(request, monkeypatch):
    """Let every file be streamed, or held."""
    monkeypatch.setattr(rdf, "HELD", request.param)
    return request.param


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def loaded(path: Path, *, strict: bool = False):
    store = open_store(":memory:")
    return store, load(store, [path], strict=strict)


@pytest.mark.parametrize("name", TEXTS)
def test_a_big_file_says_the_same_as_a_small_one(tmp_path, monkeypatch, name):
    path = written(tmp_path, name, TEXTS[name])
    held, said = loaded(path)
    monkeypatch.setattr(rdf, "HELD", 0)
    streamed, said_too = loaded(path)
    # the mappings mint the same names; the catalog differs by the moment
    assert [set(store.quads(graph)) for store in (held,) for graph in store.default_graphs()] == [
        set(streamed.quads(graph)) for graph in held.default_graphs()
    ]
    assert [entry._replace(loaded_at="") for entry in said.entries] == [
        entry._replace(loaded_at="") for entry in said_too.entries
    ]
    assert said.warnings == said_too.warnings
    assert streamed.miscounted() == []


@pytest.mark.parametrize("name", ["plain.ttl", "brackets-in-a-text.ttl", "graphs.nq"])
def test_a_file_that_needs_no_change_goes_straight_into_the_store(tmp_path, monkeypatch, name):
    monkeypatch.setattr(rdf, "HELD", 0)
    assert readers.read(written(tmp_path, name, TEXTS[name])).document is not None


@pytest.mark.parametrize("name", ["blank.ttl", "old-schema.ttl", "graphs.trig", "derived.trig"])
def test_a_file_that_needs_a_change_does_not(tmp_path, monkeypatch, name):
    monkeypatch.setattr(rdf, "HELD", 0)
    assert readers.read(written(tmp_path, name, TEXTS[name])).document is None


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_compressed_file_is_read_as_what_is_in_it(tmp_path, way, suffix):
    store, done = loaded(written(tmp_path, f"tea.ttl{suffix}", pack(suffix, PLAIN.encode())))
    assert done.entries[0].triples == 2
    assert done.entries[0].graph.endswith(f"tea.ttl{suffix}")
    assert store.ask('ASK { ?claim hc:text "Tea calms"@en }')


def pack(suffix: str, content: bytes) -> bytes:
    if suffix == ".gz":
        return gzip.compress(content, mtime=0)
    try:
        from compression import zstd
    except ImportError:
        from backports import zstd
    return zstd.compress(content)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
@pytest.mark.parametrize("spoil", [lambda packed: packed[:-6], lambda packed: b"junk" + packed], ids=["cut", "junk"])
def test_a_cut_or_damaged_compressed_file_is_one_sentence(tmp_path, way, suffix, spoil):
    path = written(tmp_path, f"tea.ttl{suffix}", spoil(pack(suffix, PLAIN.encode() * 50)))
    with pytest.raises(UnreadableError, match="the compressed file is cut or damaged; pack it again"):
        loaded(path)


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_compressed_file_that_would_fill_the_disk_is_refused(tmp_path, way, monkeypatch, suffix):
    monkeypatch.setattr(packed, "FREE", 1000)
    path = written(tmp_path, f"bomb.ttl{suffix}", pack(suffix, b"# nothing\n" * 1_000_000))
    with pytest.raises(UnreadableError, match="unpacks to more than 200 times its size"):
        loaded(path)


@pytest.mark.parametrize(("name", "rule"), [("illegal-iri.ttl", "iri-repaired"), ("marked.ttl", "byte-order-mark")])
def test_what_was_repaired_is_a_warning_and_strict_refuses_it(tmp_path, way, name, rule):
    path = written(tmp_path, name, TEXTS[name])
    assert [problem.rule for problem in loaded(path)[1].warnings] == [rule]
    with pytest.raises(DataError):
        loaded(path, strict=True)


def test_strict_leaves_the_store_as_it_was(tmp_path, way):
    store = open_store(tmp_path / "store")
    load(store, [written(tmp_path, "tea.ttl", PLAIN)])
    with pytest.raises(DataError):
        load(store, [written(tmp_path, "bad.ttl", TEXTS["illegal-iri.ttl"])], strict=True)
    assert [entry.graph.rpartition("/")[2] for entry in store.graphs()] == ["tea.ttl"]


def test_an_error_of_syntax_is_named_with_line_and_column_and_nothing_is_loaded(tmp_path, way):
    store = open_store(tmp_path / "store")
    path = written(tmp_path, "bad.ttl", PLAIN + "\n:a :p :q .\n:a :p ;; oops\n")
    with pytest.raises(UnreadableError, match=r"bad\.ttl:4:\d+: not readable as Turtle"):
        load(store, [path])
    assert store.graphs() == ()


def test_a_file_that_says_nothing_is_said_to(tmp_path, way):
    (warning,) = loaded(written(tmp_path, "empty.ttl", "# nothing\n"))[1].warnings
    assert warning.message == "the file says nothing"


def test_a_file_replaced_by_one_that_says_nothing_is_gone(tmp_path, way):
    store = open_store(":memory:")
    load(store, [written(tmp_path, "tea.ttl", PLAIN)])
    load(store, [written(tmp_path, "tea.ttl", "# nothing\n")])
    assert sum(entry.triples for entry in store.graphs()) == 0


def test_whoever_watches_is_told_how_far_a_file_is_read(tmp_path, way):
    path = written(tmp_path, "tea.ttl", PLAIN)
    told = []
    with packed.watched(lambda *said: told.append(said)):
        loaded(path)
    assert told[-1] == (path, len(PLAIN), len(PLAIN))
