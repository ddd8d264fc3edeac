"""Searching by words: what is found, in which order, with what around it, and the same where there is no index."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import UsageError
from kg.model.labels import KINDS
from kg.search import KIND_NAMES, MOST, Voice, near_words, search, terms
from kg.store import MemoryStore
from kg.store.local.text_index import Word

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

ROOT = Path(__file__).parents[2]
COFFEE = ROOT / "tests" / "examples" / "valid" / "coffee-and-sleep"


class WithoutIndex(MemoryStore):
    """A store that is asked by queries only, as a server is."""

    def text_index(self) -> None:
        return None


def run(*arguments: object, store: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments), "--store", str(store)]
    return subprocess.run(
        command, cwd=cwd, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False, timeout=120
    )


def ids(graph: KnowledgeGraph, words: str, *kinds: str) -> list[str]:
    return [hit.node.rpartition("/")[2] for hit in graph.search(words, kinds=kinds)]


def test_all_words_must_occur_in_any_of_their_forms(seed: KnowledgeGraph) -> None:
    assert ids(seed, "massages improve sleeping", "claim") == ["improves-sleep"]
    assert ids(seed, "massage sleep zebra") == []


def test_a_phrase_must_occur_unbroken_and_a_star_stands_for_any_end(seed: KnowledgeGraph) -> None:
    assert "relieves" in ids(seed, '"relieves low back pain"', "claim")
    assert ids(seed, '"pain low"') == []
    assert set(ids(seed, "epidemiol*")) == {"article-cherkin-role", "cherkin-role", "article"}


def test_the_words_of_an_id_a_source_and_its_author_are_found(seed: KnowledgeGraph) -> None:
    assert ids(seed, "surgeons", "agent") == ["surgeons"]
    assert "field-2007" in ids(seed, "Field sleep disturbance", "source")


def test_a_quote_is_found_with_its_claim_its_source_and_who_said_it(seed: KnowledgeGraph) -> None:
    hit = seed.search("epidemiologist", kinds=["quote"])[0]
    assert hit.node.endswith("/article-cherkin-role")
    assert hit.claim.endswith("/cherkin-role")
    assert hit.claim_text == "Daniel Cherkin was an epidemiologist over the trial"
    assert hit.source == "Massage for low back pain (web article without a title)"
    assert hit.voices == (Voice("The article", "affirms"),)


def test_a_claim_is_found_with_who_affirms_and_who_doubts_it(seed: KnowledgeGraph) -> None:
    hit = next(hit for hit in seed.search("relieves low back pain") if hit.node.endswith("/relieves"))
    assert Voice("American Massage Therapy Association", "affirms") in hit.voices
    assert Voice("Recent reviews", "doubts") in hit.voices


def test_the_marks_stand_around_the_found_words(seed: KnowledgeGraph) -> None:
    hit = seed.search("improve sleep", kinds=["claim"])[0]
    assert hit.marked(lambda word: f"<{word}>") == "Massage <improves> <sleep>"


def test_the_answer_is_the_same_each_time_and_its_start_does_not_depend_on_the_limit(seed: KnowledgeGraph) -> None:
    many = seed.search("pain", limit=100)
    assert seed.search("pain", limit=100) == many
    assert seed.search("pain", limit=7) == many[:7]
    assert [hit.score for hit in many] == sorted((hit.score for hit in many), reverse=True)


def test_a_word_that_occurs_nowhere_is_answered_with_the_nearest(seed: KnowledgeGraph) -> None:
    assert near_words(seed.store, "masage relieves slep qqqqq") == {
        "masage": ["massage"],
        "slep": ["sleep"],
        "qqqqq": [],
    }


@pytest.mark.parametrize("words", ["", "  ", "!!", '""', "*", "* - ("])
def test_words_without_a_letter_are_refused(seed: KnowledgeGraph, words: str) -> None:
    with pytest.raises(UsageError, match="nothing to search for"):
        seed.search(words)


def test_what_cannot_be_searched_is_refused_in_a_sentence(seed: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="'claims' cannot be searched for; there are claim, quote"):
        seed.search("pain", kinds=["claims"])
    with pytest.raises(UsageError, match="a limit is a whole number above 0"):
        seed.search("pain", limit=0)
    with pytest.raises(UsageError, match=f"{MOST + 1} words are too many"):
        seed.search(" ".join(f"w{number}" for number in range(MOST + 1)))


def test_words_phrases_and_stars_are_told_apart() -> None:
    assert terms('back "low back" relie* "open') == [
        Word("back"), Word("low back"), Word("relie", is_start=True), Word("open")
    ]  # fmt: skip
    assert terms('a"b c"d a') == [Word("a"), Word("b c"), Word("d")]


@given(words=st.text(max_size=40) | st.text(alphabet='ab"*()-:^+{}\x00 ANDORNOTNEAR', max_size=40))
def test_no_text_is_taken_for_the_syntax_of_the_index(seed: KnowledgeGraph, words: str) -> None:
    try:
        asked = terms(words)
    except UsageError:
        return
    index = seed.store.text_index()
    assert index
    index.find(asked)


def test_where_there_is_no_index_queries_find_the_same_claim_with_the_same_around_it(seed: KnowledgeGraph) -> None:
    with kg.open(":memory:") as graph:
        graph.load(COFFEE)
        store = WithoutIndex()
        from kg.load import load

        load(store, [COFFEE])
        for words in ('"keeps people awake"', "tracker survey", "Marlow"):
            by_query = {hit.node: hit for hit in search(store, words)}
            by_index = {hit.node: hit for hit in graph.search(words)}
            assert by_query.keys() <= by_index.keys()
            for node, hit in by_query.items():
                assert hit.voices == by_index[node].voices
                assert hit.claim_text == by_index[node].claim_text
        hit = search(store, "EVENING awake", kinds=["claim"], limit=1)[0]
        assert hit.marked(str.upper) == "Coffee in the EVENING keeps people AWAKE"
        assert near_words(store, "masage") == {}
        assert search(store, 'a"; DROP ALL \\ }', kinds=["claim"]) == []


def test_each_kind_is_listed_with_ids_that_other_commands_take(seed: KnowledgeGraph) -> None:
    for kind in KINDS:
        things = seed.list(kind)
        assert things
        assert all(thing.label for thing in things)
        assert [thing.node for thing in things] == sorted(thing.node for thing in things)
        assert seed.store.resolve(things[0].id).value == things[0].node
    assert "American Massage Therapy Association affirms Massage relieves low back pain" in [
        thing.label for thing in seed.list("assertions")
    ]
    with pytest.raises(UsageError, match="'people' cannot be listed; there are claims"):
        seed.list("people")


def test_of_two_datasets_the_ids_say_which(tmp_path: Path) -> None:
    with kg.open(":memory:") as graph:
        graph.load(COFFEE, ROOT / "data" / "massage-low-back-pain")
        claims = [thing.id for thing in graph.list()]
        assert "coffee-and-sleep:keeps-awake" in claims
        assert all(graph.store.resolve(name) for name in claims)


def test_the_command_line_prints_what_is_found_and_says_what_is_not(seed_store: Path, tmp_path: Path) -> None:
    done = run("search", "massage", "improves", "sleep", "--kind", "claim", store=seed_store, cwd=tmp_path)
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["kind"], row["id"]) for row in rows] == [("claim", "improves-sleep")]
    lines = run("search", "massage improves sleep", "--format", "jsonl", store=seed_store, cwd=tmp_path).stdout
    assert json.loads(lines.splitlines()[0])["id"] == "improves-sleep"
    drawn = run("search", '"low back pain"', "--format", "table", store=seed_store, cwd=tmp_path).stdout
    assert "relieves" in drawn
    nothing = run("search", "masage", store=seed_store, cwd=tmp_path)
    assert (nothing.returncode, nothing.stdout.count("\n")) == (0, 1)
    assert nothing.stderr == 'kg: nothing found: "masage" does not occur (there is massage)\n'
    apart = run("search", "surgeons insomnia", store=seed_store, cwd=tmp_path)
    assert apart.stderr == "kg: nothing found; try fewer words, or begin*\n"
    assert run("search", "!!", store=seed_store, cwd=tmp_path).returncode == 2


def test_the_command_line_lists_one_a_line(seed_store: Path, tmp_path: Path) -> None:
    done = run("list", "agents", store=seed_store, cwd=tmp_path)
    assert "amta,American Massage Therapy Association" in done.stdout.splitlines()
    assert "amta " in run("list", "agents", "--format", "table", store=seed_store, cwd=tmp_path).stdout
    first = json.loads(run("list", "--format", "json", store=seed_store, cwd=tmp_path).stdout)[0]
    assert first.keys() == {"id", "label", "node"}


def test_the_command_line_offers_the_kinds_that_there_are() -> None:
    from kg.cli.query import KINDS as FOUND
    from kg.cli.query import LISTED

    assert tuple(FOUND) == KIND_NAMES
    assert tuple(LISTED) == KINDS


def test_the_own_words_of_a_verdict_in_a_table_are_found(tmp_path: Path) -> None:
    table, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    table.write_text("Claim,Verdict,Who\nPlums strengthen bones,Largely unproven so far,Ann\n")
    mapping.write_text(
        "mapping-file: 1\nclaim: Claim\nagent: Who\nstance: {column: Verdict, words: {/unproven/: no evidence}}\n"
    )
    with kg.open(tmp_path / "store") as graph:
        graph.load(table, mapping=mapping)
        (hit,) = graph.search("unproven")
        assert (hit.kind, hit.text) == ("remark", 'rated "Largely unproven so far"')
