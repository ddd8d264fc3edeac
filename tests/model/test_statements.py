"""Records become quads by one table, which has every field of every record."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

import pytest

from kg.model.records import (
    ArmRecord,
    AssertionRecord,
    ClaimRecord,
    FindingRecord,
    QuoteRecord,
    Record,
    SourceRecord,
    TopicRecord,
)
from kg.model.statements import TABLE, Statements
from kg.namespaces import expand
from kg.readers.claim_files.fields import SECTIONS
from kg.store.terms import IRI, Literal

TO = Statements(IRI("http://e/graph"), "http://e/id/", "de")


def stated(record: Record) -> set[tuple[str, str, str]]:
    return {(quad.subject.value[12:], quad.predicate.value, str(quad.object)) for quad in TO.of(record)}


def statement(subject: str, name: str, value: str) -> tuple[str, str, str]:
    return subject, expand(name), str(IRI(expand(value) or f"http://e/id/{value}"))


def test_the_table_has_every_record_and_every_field_that_states_something() -> None:
    assert set(TABLE) == set(get_args(Record))
    for record, (_, fields) in TABLE.items():
        assert set(record._fields) - set(fields) <= {"id", "printed"}, record
        assert set(fields) <= set(record._fields), record


def test_every_key_of_a_claim_file_fills_a_field() -> None:
    for section in SECTIONS.values():
        names = {field.name for field in section.fields.values()} | ({section.outer} if section.outer else set())
        assert names <= set(section.record._fields), section.kind


def test_what_a_record_does_not_say_is_not_stated() -> None:
    assert stated(ClaimRecord(id="x")) == {statement("x", "rdf:type", "hc:Claim")}


def test_a_nought_is_said() -> None:
    found = {name: value for _, name, value in stated(FindingRecord(id="x", value=Decimal("0.0"), n=0))}
    assert found[expand("hc:value")].startswith('"0.0"')
    assert found[expand("hc:n")].startswith('"0"')


def test_words_of_the_curator_are_in_their_language_and_those_of_a_source_in_its_own() -> None:
    def titles(printed: str | None) -> list[object]:
        record = SourceRecord(id="s", title="Titre", note="Notiz", printed=printed)
        return [quad.object for quad in TO.of(record)][1:]

    assert titles("fr") == [Literal("Titre", language="fr"), Literal("Notiz", language="de")]
    assert titles("") == [Literal("Titre"), Literal("Notiz", language="de")]
    assert titles(None) == [Literal("Titre", language="de"), Literal("Notiz", language="de")]


def test_a_part_is_stated_of_what_it_is_a_part_of() -> None:
    assert statement("study", "hc:arm", "arm") in stated(ArmRecord(id="arm", study="study"))


def test_several_ids_are_several_statements() -> None:
    found = stated(TopicRecord(id="t", broader=("a", "b"), matches="http://e/id/same"))
    assert found == {
        statement("t", "rdf:type", "hc:Topic"),
        statement("t", "skos:broader", "a"),
        statement("t", "skos:broader", "b"),
        statement("t", "skos:exactMatch", "same"),
    }


@pytest.mark.parametrize("span", [None, (3, 8)])
def test_quotes_are_numbered_from_the_second_on_and_have_a_position_where_it_is_known(span) -> None:
    quotes = (QuoteRecord("s", "one", span=span), QuoteRecord("s", "two", "before", language="en"))
    found = stated(AssertionRecord(id="a", quotes=quotes))
    assert statement("a", "hc:quote", "a.quote") in found
    assert statement("a", "hc:quote", "a.quote-2") in found
    assert ("a.quote-2.text", expand("oa:prefix"), '"before"@en') in found
    assert ("a.quote.text", expand("oa:exact"), '"one"@de') in found
    assert any(subject == "a.quote.position" for subject, _, _ in found) == (span is not None)
