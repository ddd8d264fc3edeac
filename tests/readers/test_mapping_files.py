"""Mapping files: what is wrong with one is said in a sentence with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kg.errors import DataError, UnreadableError, UsageError
from kg.readers.tables import mapping

GOOD = "mapping-file: 1\nclaim: Claim\n"


def faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "m.yaml"
    path.write_text(text)
    with pytest.raises(DataError) as error:
        mapping.load(path)
    return [str(problem).removeprefix(f"{path}:") for problem in error.value.problems]


def test_the_schema_is_a_schema_and_every_keyword_of_it_has_a_sentence():
    Draft202012Validator.check_schema(mapping.schema())
    keywords = set(_keywords(mapping.schema()))
    plain = {"$schema", "$id", "$defs", "$ref", "title", "description", "properties", "items"}
    assert keywords - plain == set(mapping.MappingMessages({}).sentences())


def _keywords(part: Any, is_schema: bool = True) -> list[str]:
    if not isinstance(part, dict):
        return [word for item in part for word in _keywords(item)] if isinstance(part, list) else []
    names = list(part) if is_schema else []
    for key, inner in part.items():
        if isinstance(inner, dict | list) and key not in ("enum", "required"):
            names += _keywords(inner, not (is_schema and key in ("properties", "$defs")))
    return names


def test_every_key_has_a_description_and_is_in_the_docs():
    schema = mapping.schema()
    page = (Path(__file__).parents[2] / "docs" / "import.md").read_text()
    definitions = schema["$defs"]
    for key, part in {**schema["properties"], **definitions["table"]["properties"]}.items():
        assert f"`{key}`" in page, key
        assert "description" in part or "$ref" in part or "enum" in part, key


@pytest.mark.parametrize("path", sorted(mapping.ours_by_name().values()), ids=lambda path: path.stem)
def test_the_mappings_that_ship_are_sound_and_found_by_name(path):
    assert mapping.load(Path(path.stem)).path == path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "claim: Claim\n",
            "1:1: no mapping file: its first line is mapping-file: 1 (kg map FILE proposes a whole one)",
        ),
        ("- a\n", "1:1: no mapping file: its first line is mapping-file: 1 (kg map FILE proposes a whole one)"),
        ("mapping-file: 1\n", "1:1: the mapping has no claim; add it: the sentence that is claimed"),
        (
            "mapping-file: 2\nclaim: c\n",
            "1:15: mapping-file: 2 is a version of the format that this kg does not know; it reads 1",
        ),
        (GOOD + "stanse: V\n", '3:1: a mapping file has no key "stanse"; did you mean "stance"?'),
        (
            GOOD + "stance: {column: V, words: {yes: affirmed}}\n",
            '3:34: "affirmed" is no word for yes of words of stance; did you mean "affirms"?',
        ),
        (GOOD + "stance: {words: {yes: affirms}}\n", "3:1: stance needs either column or text, and not both"),
        (GOOD + "quote: {column: a, text: b}\n", "3:1: quote needs either column or text, and not both"),
        (GOOD + "quote: 3\n", "3:8: quote must be a column's name or a mapping of keys"),
        (GOOD + "agent:\n", "3:1: agent is empty: write its value"),
        (GOOD + "agent: {kind: k}\n", "3:1: agent has no name; add it: a column's name"),
        (
            GOOD + "table: {encoding: martian}\n",
            '3:19: "martian" is no encoding that is known; common ones are utf-8, windows-1252 and utf-16',
        ),
        (
            GOOD + "table: {delimiter: ';;'}\n",
            '3:20: ";;" cannot be delimiter of table; write one sign, a tab as "\\t"',
        ),
        (GOOD + "table: {header: 0}\n", "3:17: header of table must be at least 1"),
        (
            GOOD + "join: {file: a, as: b}\n",
            "3:1: join has no on; add it: column here, and the column there with the same value",
        ),
        (
            GOOD + "join: {file: a, as: b, on: {a: b}, optional: perhaps}\n",
            '3:46: optional of join must be true or false, not "perhaps"',
        ),
        (GOOD + "repeat: []\n", "3:1: repeat is empty: write its value, or leave the key out"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_a_sentence_with_its_place(tmp_path, text, said):
    assert faults(tmp_path, text) == [said]


def test_a_key_that_stands_twice_and_a_broken_file_are_told(tmp_path):
    assert "stands here a second time" in faults(tmp_path, GOOD + "claim: Other\n")[0]
    path = tmp_path / "m.yaml"
    path.write_text("mapping-file: 1\nclaim: [\n")
    with pytest.raises(UnreadableError, match=r"m.yaml:"):
        mapping.load(path)
    path.write_text("mapping-file: &a 1\nclaim: *a\n")
    with pytest.raises(UnreadableError, match="mapping files have none"):
        mapping.load(path)


def test_a_name_that_is_no_mapping_of_ours_names_the_nearest(tmp_path):
    with pytest.raises(UsageError, match='did you mean "pubmedqa"'):
        mapping.load(Path("pubmed-qa"))
    with pytest.raises(UnreadableError, match=r"no-such\.yaml"):
        mapping.load(tmp_path / "no-such.yaml")


def test_the_schema_is_written_as_json(tmp_path):
    assert json.loads(mapping.SCHEMA.read_text()) == mapping.schema()
