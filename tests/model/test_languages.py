"""Answers over data with names in several languages: one row for one thing."""

from __future__ import annotations

import csv
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
