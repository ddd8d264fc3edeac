"""Loading: one source, one named graph, wholly there or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg import __version__
from kg.errors import DataError, UnreadableError
from kg.files import sha256
from kg.load import load, sources
from kg.namespaces import DERIVED
from kg.store import MemoryStore
from kg.store.terms import IRI

HC = "https://w3id.org/health-claims/ontology#"
SEED = Path(__file__).parents[1] / "data" / "massage-low-back-pain"
ONE = "https://w3id.org/health-claims/id/t/one"
TURTLE = "@prefix : <https://w3id.org/health-claims/id/t/> . @prefix hc: <https://w3id.org/health-claims/ontology#> .\n"


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def texts(store: MemoryStore) -> set[str]:
    return {row["text"].value for row in store.select("SELECT ?text { ?claim hc:text ?text }")}


def test_a_file_becomes_a_graph_with_its_provenance(tmp_path: Path) -> None:
    path = write(tmp_path / "t", "a.ttl", TURTLE + ':one a hc:Claim ; hc:text "one"@en .')
    store = MemoryStore()
    load(store, [path])
    (entry,) = store.graphs()
    assert entry.graph == "https://w3id.org/health-claims/graph/t/a.ttl"
    assert entry.path == str(path)
    assert entry.sha256 == sha256(path.read_bytes())
    assert (entry.triples, entry.version, entry.dataset) == (2, __version__, "t")
    assert store.ask("ASK { GRAPH <https://w3id.org/health-claims/graph/t/a.ttl> { ?claim hc:text 'one'@en } }")


def test_loading_a_changed_file_replaces_all_of_it(tmp_path: Path) -> None:
    store = MemoryStore()
    load(store, [write(tmp_path / "t", "a.ttl", TURTLE + ':one hc:text "one"@en . :two hc:text "two"@en .')])
    done = load(store, [write(tmp_path / "t", "a.ttl", TURTLE + ':one hc:text "ONE"@en .')])
    assert texts(store) == {"ONE"}
    assert len(done.replaced) == len(store.graphs()) == 1


def test_a_graph_that_a_new_version_of_a_file_no_longer_names_is_gone(tmp_path: Path) -> None:
    store = MemoryStore()
    graphs = "<http://e/g1> {{ :one hc:text '{0}'@en }} <http://e/{1}> {{ :two hc:text 'two'@en }}"
    prefixes = TURTLE
    load(store, [write(tmp_path / "t", "a.trig", prefixes + graphs.format("one", "g2"))])
    assert {entry.graph for entry in store.graphs()} == {"http://e/g1", "http://e/g2"}
    load(store, [write(tmp_path / "t", "a.trig", prefixes + graphs.format("ONE", "g3"))])
    assert {entry.graph for entry in store.graphs()} == {"http://e/g1", "http://e/g3"}
    assert texts(store) == {"ONE", "two"}


def test_if_one_file_is_bad_none_is_written(tmp_path: Path) -> None:
    store = MemoryStore()
    good = write(tmp_path / "t", "a.ttl", TURTLE + ':one hc:text "one"@en .')
    with pytest.raises(UnreadableError, match=r"b\.ttl:1:"):
        load(store, [good, write(tmp_path / "t", "b.ttl", "<http://e/s> <http://e/p>")])
    assert list(store.quads()) == []


def test_two_files_of_one_name_in_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    files = [
        write(folder, "a.ttl", TURTLE + ':one hc:text "one"@en .') for folder in (tmp_path / "t", tmp_path / "x" / "t")
    ]
    with pytest.raises(DataError, match="are both the graph"):
        load(MemoryStore(), files)


def test_a_folder_stands_for_its_files_and_an_empty_one_says_so(tmp_path: Path) -> None:
    write(tmp_path / "t", "a.ttl", TURTLE + ':one hc:text "one"@en .')
    write(tmp_path / "t", "b.nt", '<http://e/s> <https://w3id.org/health-claims/ontology#text> "two" .')
    write(tmp_path / "t", "notes.txt", "not data")
    store = MemoryStore()
    load(store, [tmp_path / "t"])
    assert texts(store) == {"one", "two"}
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableError, match="no claim file, no RDF file and no bibliography in this folder"):
        load(store, [tmp_path / "empty"])


def test_derived_triples_go_into_a_graph_of_their_own_and_follow_the_data(tmp_path: Path) -> None:
    path = write(
        tmp_path / "t", "a.ttl",
        TURTLE
        + ":g a hc:Argument ; hc:premise :one ; hc:target :two ; hc:direction hc:Opposes ."
        + ":one a hc:Claim . :two a hc:Claim .",
    )  # fmt: skip
    store = MemoryStore()
    assert load(store, [path]).derived == 6
    assert store.ask(
        "ASK { GRAPH graph:derived { ?one hc:opposes ?two . ?two hc:counteredBy ?one . ?one a hc:Counterclaim } }"
    )
    path.write_text(TURTLE + ":one a hc:Claim .")
    assert load(store, [path]).derived == 0
    assert list(store.quads(IRI(DERIVED))) == []


def test_the_ontology_is_in_a_graph_of_its_own_and_not_in_the_default_graph(tmp_path: Path) -> None:
    store = MemoryStore()
    load(store, [write(tmp_path / "t", "a.ttl", TURTLE + ":one a hc:Claim .")])
    assert store.ask("ASK { GRAPH graph:ontology { hc:Claim a owl:Class . hc:Affirms a hc:Stance } }")
    assert not store.ask("ASK { hc:Claim a owl:Class }")


def test_sources_are_read_again_only_while_they_are_unchanged(tmp_path: Path) -> None:
    store = MemoryStore()
    path = write(tmp_path / "t", "a.ttl", TURTLE + ":one a hc:Claim .")
    load(store, [path])
    assert [reading.path for reading in sources(store)] == [path]
    path.write_text(TURTLE)
    assert sources(store) == []


def test_all_rdf_syntaxes_give_the_same_graph(tmp_path: Path) -> None:
    documents = {
        "a.ttl": TURTLE + ':one hc:text "one"@en .',
        "a.trig": TURTLE + '{ :one hc:text "one"@en }',
        "a.nt": f'<{ONE}> <{HC}text> "one"@en .',
        "a.nq": f'<{ONE}> <{HC}text> "one"@en .',
        "a.jsonld": f'{{"@id": "{ONE}", "{HC}text": {{"@value": "one", "@language": "en"}}}}',
        "a.rdf": f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:hc="{HC}">
            <rdf:Description rdf:about="{ONE}"><hc:text xml:lang="en">one</hc:text></rdf:Description></rdf:RDF>""",
    }
    exports = set()
    for name, text in documents.items():
        with kg.open() as graph:
            graph.load(write(tmp_path / "t", name, text))
            exports.add(graph.export(format="nt"))
    assert len(exports) == 1


def test_a_file_does_not_replace_one_of_the_same_name_in_another_folder(tmp_path: Path) -> None:
    store = MemoryStore()
    for person in ("ann", "bob"):
        (tmp_path / person / "claims").mkdir(parents=True)
    ann = write(tmp_path / "ann" / "claims", "a.ttl", TURTLE + ":one a hc:Claim .")
    bob = write(tmp_path / "bob" / "claims", "a.ttl", TURTLE + ":one a hc:Claim .")
    load(store, [ann])
    with pytest.raises(DataError, match=r"would replace .*ann/claims/a\.ttl in the graph"):
        load(store, [bob])
    assert [entry.path for entry in store.graphs()] == [str(ann)]
    ann.unlink()  # a folder that was moved
    load(store, [bob])
    assert [entry.path for entry in store.graphs()] == [str(bob)]


def test_after_much_was_derived_the_tables_are_merged_and_hold_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def loaded(name: str) -> tuple[list[Path], bytes]:
        with kg.open(tmp_path / name) as graph:
            graph.load(SEED)
            assert graph.verify() == []
            return [*(tmp_path / name / "000001").glob("*.sst")], graph.export(format="nq")

    monkeypatch.setattr("kg.store.local.writer.MANY", 5)  # every addition makes tables
    plain_files, content = loaded("plain")
    monkeypatch.setattr("kg.store.local.folder.MANY", 5)
    merged_files, merged_content = loaded("merged")
    assert merged_content == content
    assert len(merged_files) < len(plain_files)


HERBS = f"""@prefix hc: <{HC}> . @prefix h: <http://herbs.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
h:mint a h:LeafClaim ; hc:text "Mint eases cramps"@en ; hc:kind hc:Efficacy .
h:no-mint a hc:Counterclaim ; hc:text "Mint does nothing"@en ; hc:kind hc:Efficacy .
h:says a h:Saying ; hc:asserts h:mint ; hc:stance hc:Affirms ; hc:agent h:mia ; hc:source h:leaflet .
h:denies a hc:Assertion ; hc:asserts h:mint ; hc:stance hc:Denies ; hc:agent h:mia ; hc:source h:leaflet .
h:mia a h:Herbalist ; hc:name "Mia" . h:leaflet a h:Leaflet ; <http://purl.org/dc/terms/title> "On herbs" ."""
CLASSES = f"""@prefix hc: <{HC}> . @prefix h: <http://herbs.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
h:LeafClaim rdfs:subClassOf h:HerbalClaim .
h:HerbalClaim rdfs:subClassOf hc:Claim . h:Leaflet owl:equivalentClass hc:Source .
hc:Assertion owl:equivalentClass h:Saying . h:Herbalist rdfs:subClassOf hc:Agent ."""


@pytest.mark.parametrize("order", ["together", "classes first", "claims first"])
def test_a_member_of_a_subclass_is_what_it_is_a_subclass_of(tmp_path: Path, order: str) -> None:
    herbs, classes = tmp_path / "herbs.ttl", tmp_path / "classes.ttl"
    herbs.write_text(HERBS)
    classes.write_text(CLASSES)
    with kg.open() as graph:
        for paths in {"together": [[herbs, classes]], "classes first": [[classes], [herbs]]}.get(
            order, [[herbs], [classes]]
        ):
            graph.load(*paths)
        mint = "http://herbs.example/mint"
        assert [listed.node for listed in graph.list("claims")] == [mint, "http://herbs.example/no-mint"]
        assert [listed.label for listed in graph.list("agents")] == ["Mia"]
        assert [listed.label for listed in graph.list("sources")] == ["On herbs"]
        assert graph.claims[mint].text == "Mint eases cramps"
        assert "+ affirms" in graph.show(mint)
        assert [standing.state for standing in graph.standing(mint)] == ["contested"]
        assert "Mint eases cramps" in graph.view(mint).html
        assert graph.search("mint", kinds=["claim"])[0].node.startswith("http://herbs.example/")
        assert [row["claim"] for row in graph.query("contested-claims")] == [mint]
        assert graph.validate().counts.claims == 2
        assert graph.validate(herbs, classes).counts.claims == 2
        classes.write_text(CLASSES.replace("h:LeafClaim rdfs:subClassOf h:HerbalClaim .", ""))
        graph.load(classes)
        assert [listed.label for listed in graph.list("claims")] == ["Mint does nothing"]
        graph.drop("classes.ttl")
        assert graph.list("agents") == []


def test_a_prefix_that_two_files_have_for_two_namespaces_is_said(tmp_path: Path) -> None:
    for name in ("one", "two"):
        text = f"@prefix my: <https://e.org/{name}/> .\nmy:a my:b my:c .\n"
        (tmp_path / f"{name}.ttl").write_text(text)
    with kg.open() as graph:
        graph.load(tmp_path / "one.ttl")
        assert graph.prefixes["my"] == "https://e.org/one/"
        said = [problem for problem in graph.load(tmp_path / "two.ttl").warnings if problem.rule == "prefix-taken"]
        assert [problem.place.path for problem in said] == [str(tmp_path / "two.ttl")]
        assert "its prefix my: is <https://e.org/one/> in this store" in said[0].message
        assert graph.prefixes["my"] == "https://e.org/one/"
        assert not [problem for problem in graph.load(tmp_path / "one.ttl").warnings if problem.rule == "prefix-taken"]
