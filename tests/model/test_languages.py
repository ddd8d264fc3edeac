"""Answers over data with names in several languages: one row for one thing."""

from __future__ import annotations

import csv
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kg
from kg.cli.query import list_, query
from tests.support.samples import NAMESPACE, assertion, store_of

if TYPE_CHECKING:
    from pathlib import Path

_CLAIM = ':c a hc:Claim ; hc:about :naps ; hc:text "Schlaf hilft."@de, "Naps help."@en, "La sieste aide."@fr .\n'
_TOPIC = ':naps a hc:Topic ; skos:prefLabel "naps"@en, "Nickerchen"@de .\n'
_QUOTE = ":a hc:quote :a.quote . :a.quote oa:hasSelector :w . :w oa:exact {} .\n"


@pytest.fixture
def graph(tmp_path: Path) -> kg.KnowledgeGraph:
    opened = kg.open(":memory:")
    opened.store = store_of(tmp_path, _CLAIM + _TOPIC + assertion("a", "c") + assertion("b", "c", "Denies"))
    return opened


def rows(answer: object) -> list[dict[str, object]]:
    assert isinstance(answer, kg.Rows)
    return answer.to_dicts()


@pytest.mark.parametrize(("language", "text"), [("", "Naps help."), ("de", "Schlaf hilft."), ("pt", "Naps help.")])
def test_a_claim_with_texts_in_several_languages_is_one_row_in_a_question(graph, language: str, text: str) -> None:
    found = rows(graph.query("contested-claims", language=language))
    assert [(row["text"], row["for"], row["against"]) for row in found] == [(text, 1, 1)]
    found = rows(graph.query("who-says-what", language=language))
    assert sorted((row["who"], row["text"]) for row in found) == [("a speaker", text), ("b speaker", text)]
    found = rows(graph.query("claims-about-topic", {"topic": NAMESPACE + "naps"}, language=language))
    assert [row["text"] for row in found] == [text]


def test_a_list_has_each_claim_once_by_the_name_in_the_language_asked_for(graph) -> None:
    assert [each.label for each in graph.list()] == ["Naps help."]
    assert [each.label for each in graph.list("topics", language="de")] == ["Nickerchen"]
    assert next(each.label for each in graph.list("assertions", language="fr")).endswith("affirms La sieste aide.")
    assert [each["text"] for each in graph.evaluator().records(graph.standing())] == ["Naps help."]


def test_two_quotes_in_two_languages_are_two_rows(tmp_path: Path) -> None:
    opened = kg.open(":memory:")
    quotes = _QUOTE.format('"sleep well"@en') + _QUOTE.format('"schlaf gut"@de')
    opened.store = store_of(tmp_path, _CLAIM + assertion("a", "c") + quotes)
    found = rows(opened.query("who-says-what"))
    assert sorted(str(row["words"]) for row in found) == ["schlaf gut", "sleep well"]


def test_two_speakers_with_names_in_two_languages_stay_two(tmp_path: Path) -> None:
    opened = kg.open(":memory:")
    other = (
        ':b a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms ; hc:agent :x . :x a hc:Agent ; hc:name "Rat"@de .\n'
    )
    opened.store = store_of(tmp_path, _CLAIM + assertion("a", "c") + other)
    assert sorted(str(row["who"]) for row in rows(opened.query("who-says-what"))) == ["Rat", "a speaker"]


def test_a_query_of_ones_own_has_all_rows_unless_a_language_is_named(graph) -> None:
    text = "SELECT ?text { ?claim a hc:Claim ; hc:text ?text }"
    assert len(rows(graph.query(text))) == 3
    assert rows(graph.query(text, language="fr")) == [{"text": "La sieste aide."}]


def test_the_command_line_takes_the_language(tmp_path: Path) -> None:
    store_of(tmp_path, _CLAIM + _TOPIC)
    data = ["--data", str(tmp_path / "sample.ttl"), "--language", "de", "--format", "csv"]
    listed = CliRunner().invoke(list_, ["claims", *data], catch_exceptions=False).stdout
    assert [row["label"] for row in csv.DictReader(StringIO(listed))] == ["Schlaf hilft."]
    about = ["claims-about-topic", "-p", f"topic={NAMESPACE}naps"]
    asked = CliRunner().invoke(query, [*about, *data], catch_exceptions=False).stdout
    assert [row["text"] for row in csv.DictReader(StringIO(asked))] == ["Schlaf hilft."]


def pages(graph: kg.KnowledgeGraph, asked: str, limit: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    is_last = False
    while not is_last:
        page = graph.query(asked, limit=limit, offset=len(found))
        assert isinstance(page, kg.Rows)
        assert len(page) <= limit
        found += page.to_dicts()
        is_last = page.complete
    return found


@pytest.mark.parametrize("asked", ["contested-claims", "who-says-what", "leads", "sources-by-claims"])
def test_the_pages_of_an_answer_are_together_the_answer(seed: kg.KnowledgeGraph, asked: str) -> None:
    whole = rows(seed.query(asked))
    assert len(whole) > 3
    for limit in (len(whole) // 3, len(whole) - 1, len(whole), len(whole) + 1):
        assert pages(seed, asked, limit) == whole


def test_the_end_of_a_page_parts_no_claim_from_its_name_in_the_language_that_is_preferred(tmp_path: Path) -> None:
    opened = kg.open(":memory:")
    claims = "".join(
        f':{name} a hc:Claim ; hc:text "A {name} hilft."@de, "Z {name} helps."@en .\n' for name in ("c", "d", "e")
    )
    opened.store = store_of(tmp_path, claims)
    asked = "SELECT ?claim ?text { ?claim hc:text ?text } ORDER BY ?text"
    whole = rows(opened.query(asked, language="en"))
    assert [row["text"] for row in whole] == ["Z c helps.", "Z d helps.", "Z e helps."]
    for limit in (1, 2, 3):
        page = opened.query(asked, language="en", limit=limit)
        assert rows(page) == whole[:limit]
        assert page.complete == (limit == 3)
    assert rows(opened.query(asked, language="en", limit=1, offset=2)) == whole[2:]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"offset": 3}, "a page of rows has a limit of 1 or more"),
        ({"limit": 0}, "a page of rows has a limit of 1 or more"),
        ({"limit": "5"}, "a page of rows has a limit of 1 or more"),
        ({"limit": 5, "max_rows": 5}, "--limit and --max-rows exclude each other"),
    ],
)
def test_what_is_no_page_is_refused(seed: kg.KnowledgeGraph, given: dict[str, object], message: str) -> None:
    with pytest.raises(kg.UsageError, match=message):
        seed.query("contested-claims", **given)
    with pytest.raises(kg.UsageError, match="only the rows of SELECT have pages"):
        seed.query("ASK { ?s ?p ?o }", limit=1)


def test_a_page_says_how_to_get_the_next_and_a_terminal_shows_a_page_at_once(
    seed_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["who-says-what", "--store", str(seed_store)]
    whole = CliRunner().invoke(query, asked)
    page = CliRunner().invoke(query, [*asked, "--limit", "5", "--offset", "5"])
    begun = list(csv.reader(StringIO(page.stdout)))[1:]
    assert begun == list(csv.reader(StringIO(whole.stdout)))[6:11]
    assert (page.exit_code, page.stderr) == (0, "kg: … more: --limit 5 --offset 10\n")
    assert whole.stderr == ""
    module = import_module("kg.cli.query")
    monkeypatch.setattr(module, "on_terminal", lambda _: True)
    monkeypatch.setattr(module, "_MOST_READ", 4)
    shown = CliRunner().invoke(query, asked)
    assert shown.stdout.endswith("4 rows\n")
    assert shown.stderr == "kg: … more: --limit 4 --offset 4\n"


@pytest.mark.parametrize("many", [40, 160])
def test_the_language_of_each_of_many_rows_is_chosen_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    opened = kg.open(":memory:")
    said = "".join(assertion(f"s{n}", "c") + f':s{n} hc:note "{n}"@en .\n' for n in range(many))
    opened.store = store_of(tmp_path, _CLAIM + said)
    compared = []
    order = import_module("kg.model.languages").language_order
    monkeypatch.setattr(
        "kg.model.languages.language_order", lambda text, wanted: compared.append(text) or order(text, wanted)
    )
    found = rows(
        opened.query("SELECT ?text ?note { ?s hc:asserts ?c ; hc:note ?note . ?c hc:text ?text }", language="en")
    )
    assert len(found) == many
    assert len(compared) <= 4 * many
