"""Deriving again what a change reaches: after any sequence of loads and drops a store holds what a fresh load gives."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import world
from kg.derivation.near import KEYS
from kg.derivation.rules import rules
from kg.load import drop, load
from kg.namespaces import CATALOG, DERIVED, ID, ONTOLOGY
from kg.store import MemoryStore
from kg.store.local.folder import LocalStore
from kg.store.local.writer import EmbeddedWriter
from kg.store.terms import IRI, Quad, hc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import Store

HEAD = """@prefix e: <https://w3id.org/health-claims/id/e/> .
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix fabio: <http://purl.org/spar/fabio/> .
@prefix prism: <http://prismstandard.org/namespaces/basic/2.0/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
_COCHRANE = "10.1002/14651858"
DOIS = (
    *('"10.1000/a"', '"10.1000/A"', '"10.1000/b"@en'),
    *(f'"{_COCHRANE}.{end}"' for end in ("CD001929", "cd001929.pub2", "CD001929.PUB3")),
)
WORDS = ('"Massage helps."@en', '"massage  helps"', '"Massage helps?"', '"Massage harms"', '"Massage hilft"@de')
TITLES = (
    '"Massage for low back pain"@en',
    '"Massage for low back pain: an update"@en',
    '"Yoga and the neck, a trial"@en',
    '"A comment on CD001929.pub3 and NCT00000001"@en',
)
ADDRESSES = (
    f"https://www.cochranelibrary.com/cdsr/doi/{_COCHRANE}.CD001929.pub2/full",
    "https://doi.org/10.1000/a",
    "https://pubmed.ncbi.nlm.nih.gov/2/",
    "https://example.org/on/CD001929/massage",
    "https://clinicaltrials.gov/study/NCT00000001",
)
STANCES = ("Affirms", "Affirms", "Denies", "Doubts", "NoEvidence", "Inconclusive")
TARGETS = (("claim", 6), ("argument", 9), ("said", 9), ("study", 5), ("source", 5))
PREMISES = ("claim", "said", "said", "finding", "study")


def statements(chance: random.Random) -> Iterator[str]:
    """Yield statements of a small world in which everything meets everything."""

    def any_of(kind: str, number: int) -> str:
        return f"e:{kind}{chance.randrange(number)}"

    for n in range(6):
        yield f"e:claim{n} a {chance.choice(['hc:Claim', 'hc:Claim', 'hc:Claim', 'e:HerbalClaim', 'hc:Counterclaim'])}"
        yield f"e:claim{n} hc:text {chance.choice(WORDS)}"
        if chance.random() < 0.4:
            yield f"e:claim{n} hc:population {any_of('adults', 3)}"
        if chance.random() < 0.2:
            yield f"e:claim{n} hc:{chance.choice(['sameClaimAs', 'differentClaimFrom'])} {any_of('claim', 6)}"
        if chance.random() < 0.3:
            yield f"e:claim{n} hc:about e:topic{n}"
        if chance.random() < 0.3:
            yield f"e:claim{n} hc:{chance.choice(['broaderClaim', 'contraryTo'])} {any_of('claim', 6)}"
    for n in range(3):
        yield f'e:adults{n} skos:prefLabel "{chance.choice(["Adults", "adults", "Children"])}"@en'
    for n in range(9):
        yield f"e:said{n} a hc:Assertion"
        for _ in range(chance.choice([1, 1, 2])):
            yield f"e:said{n} hc:asserts {any_of('claim', 6)}"
        yield f"e:said{n} hc:stance hc:{chance.choice(STANCES)}"
        yield f"e:said{n} hc:source {any_of('source', 5)}"
        yield f"e:said{n} hc:agent {any_of('agent', 3)}"
        yield f"e:said{n} hc:tracedTo {chance.choice([any_of('source', 5), any_of('study', 5)])}"
    for n in range(9):
        yield f"e:argument{n} a hc:Argument"
        for _ in range(chance.choice([1, 1, 2])):
            targets = [any_of(kind, most) for kind, most in TARGETS]
            yield f"e:argument{n} hc:target {chance.choice(targets)}"
            yield f"e:argument{n} hc:premise {any_of(chance.choice(PREMISES), 5)}"
        yield f"e:argument{n} hc:direction hc:{chance.choice(['Supports', 'Opposes', 'Opposes', 'Qualifies'])}"
    for n in range(5):
        yield f"e:source{n} a hc:Source"
        yield f"e:source{n} hc:reports {any_of('study', 5)}"
        yield f"e:study{n} a hc:Study ; hc:finding {any_of('finding', 5)}"
        yield f"e:source{n} prism:doi {chance.choice(DOIS)}"
        yield f'e:source{n} fabio:hasPubMedId "{chance.randrange(3)}"'
        yield f"e:source{n} dcterms:title {chance.choice(TITLES)}"
        yield f"e:source{n} a fabio:{chance.choice(['JournalArticle', 'BlogPost'])}"
        yield f"e:source{n} schema:url <{chance.choice(ADDRESSES)}>"
        yield f'e:study{n} hc:registration "{chance.choice(["NCT00000001", "nct 00000001", "NCT2"])}"'
    yield "e:HerbalClaim rdfs:subClassOf hc:Claim"
    yield f"e:Thing owl:equivalentClass {chance.choice(['hc:Source', 'e:HerbalClaim'])}"
    # What is derived, somebody may state too.
    for name in ("opposes", "undercuts", "qualifies", "counters", "supports", "counteredBy"):
        yield f"{any_of('claim', 6)} hc:{name} {any_of('claim', 6)}"
    yield f"{any_of('claim', 6)} a hc:Counterclaim"
    yield f"{any_of('claim', 6)} hc:affirmedBy {any_of('agent', 3)}"
    yield f"{any_of('claim', 6)} hc:forCount 1 ; hc:lineFor {any_of('said', 9)}"
    yield f"{any_of('source', 5)} hc:claimCount 1 ; hc:sameSourceAs {any_of('source', 5)}"
    yield f"{any_of('source', 5)} hc:supersedes {any_of('source', 5)}"
    yield f"{any_of('source', 5)} hc:differentSourceFrom {any_of('source', 5)}"
    yield f'{any_of("source", 5)} hc:identifierKey "doi:10.1000/a"'


def write(file: Path, chance: random.Random) -> None:
    """Write a file with some statements of the world, a part of each node's."""
    part = chance.choice([0.1, 0.3, 0.7])
    kept = [line for line in statements(chance) if chance.random() < part]
    file.write_text(HEAD + "".join(f"{line} .\n" for line in kept or ["e:claim0 a hc:Claim"]))


def derived(store: Store) -> list[str]:
    return sorted(str(quad.triple) for quad in store.quads(IRI(DERIVED)))


def state(store: Store) -> dict[str, object]:
    """Return what a store holds and finds: the data graphs, the default graph, sizes, the words of the index."""
    index = store.text_index()
    assert index
    graphs = {record.graph: sorted(map(str, store.quads(IRI(record.graph)))) for record in store.graphs()}
    default = sorted({str(quad.triple) for graph in store.default_graphs() for quad in store.quads(graph)})
    size = store.select(f"SELECT ?n {{ GRAPH <{CATALOG}> {{ <{DERIVED}> void:triples ?n }} }}")
    return {"graphs": graphs, "default": default, "words": index.rows(), "size": [row["n"].value for row in size]}


def changed(store: Store, folder: Path, chance: random.Random, files: int) -> None:
    """Load, replace or drop some files."""
    there = sorted(folder.glob("*.ttl"))
    if len(there) > 1 and chance.random() < 0.3:
        gone = chance.sample(there, chance.choice([1, 1, min(2, len(there) - 1)]))
        drop(store, [file.name for file in gone])
        for file in gone:
            file.unlink()
        return
    chosen = [folder / f"{n}.ttl" for n in chance.sample(range(files), chance.choice([1, 1, 2]))]
    for file in chosen:
        write(file, chance)
    load(store, chosen)


@pytest.mark.parametrize(("seed", "files"), [(seed, files) for seed in range(6) for files in (2, 4, 12)])
def test_any_sequence_of_loads_and_drops_ends_where_a_fresh_load_does(tmp_path: Path, seed: int, files: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "e"
    folder.mkdir()
    store = MemoryStore()
    for step in range(10):
        changed(store, folder, chance, files)
        fresh = MemoryStore()
        load(fresh, sorted(folder.glob("*.ttl")))
        assert derived(store) == derived(fresh), f"step {step}"
    assert state(store) == state(fresh)
    assert state(store)["size"] == [str(len(derived(store)))]


def test_a_store_on_disk_is_changed_as_one_in_memory_is(tmp_path: Path) -> None:
    chance = random.Random(7)
    folder = tmp_path / "e"
    folder.mkdir()
    store = LocalStore(tmp_path / "store")
    for _ in range(5):
        changed(store, folder, chance, 12)
    fresh = MemoryStore()
    load(fresh, sorted(folder.glob("*.ttl")))
    assert state(store) == state(fresh)


def test_what_older_rules_derived_goes_with_the_next_load(tmp_path: Path) -> None:
    chance = random.Random(3)
    folder = tmp_path / "e"
    folder.mkdir()
    for name in ("0.ttl", "1.ttl"):
        write(folder / name, chance)
    fresh = MemoryStore()
    load(fresh, sorted(folder.glob("*.ttl")))
    older = MemoryStore()
    load(older, sorted(folder.glob("*.ttl")))
    nodes = IRI(DERIVED), IRI(ONTOLOGY)
    noted = [quad for node in nodes for quad in older.about(node, IRI(CATALOG))]
    for quad in noted:  # an older version noted neither its rules nor how many triples follow
        older._store.remove(quad)
    older._store.add(Quad(IRI(ID + "e/claim0"), hc("opposes"), IRI(ID + "e/gone"), IRI(DERIVED)))
    load(older, [folder / "0.ttl"])
    assert noted
    assert state(older) == state(fresh)


def test_every_property_that_a_rule_derives_has_a_key() -> None:
    heads = [rule.text.partition("CONSTRUCT {")[2].partition("}")[0] for rule in rules() if rule.over != "stated"]
    written = {name for head in heads for name in re.findall(r"hc:([a-z]\w+)", head)}
    relations = {name for rule in rules() for name in re.findall(r"hc:[A-Z]\w+ hc:([a-z]\w+)\)", rule.text)}
    assert {"counters", "affirmedBy", "undercuts", "supersedes"} <= written | relations
    assert {hc(name) for name in written | relations} <= KEYS.keys()


def test_a_small_load_reads_little_of_a_large_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(claims: int) -> int:
        folder = tmp_path / str(claims)
        world.write(folder, claims, 12)
        store = MemoryStore()
        load(store, [folder])
        small = tmp_path / "e" / "one.ttl"
        small.parent.mkdir(exist_ok=True)
        small.write_text(
            HEAD + "e:claim0 a hc:Claim . e:said0 a hc:Assertion ; hc:asserts e:claim0 ; hc:stance hc:Denies .\n"
        )
        count = 0
        matching = EmbeddedWriter._matching

        def counted(self: EmbeddedWriter, patterns: Any) -> Any:
            nonlocal count
            for quad in matching(self, patterns):
                count += 1
                yield quad

        monkeypatch.setattr(EmbeddedWriter, "_matching", counted)
        monkeypatch.setattr(EmbeddedWriter, "stating", None)  # what reads a whole store
        load(store, [small])
        monkeypatch.undo()
        return count

    assert 0 < looked_up(1_000) == looked_up(100)
