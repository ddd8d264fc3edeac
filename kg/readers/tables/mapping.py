"""A mapping file: which column of a table states what, checked, with the place of each of its words."""

from __future__ import annotations

import codecs
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator

from kg.errors import DataError, Problem, UsageError
from kg.files import read_text, shipped
from kg.readers.claim_files.yaml import parse
from kg.readers.suggestions import did_you_mean, listed
from kg.readers.tables.complaints import complaints

if TYPE_CHECKING:
    from kg.readers.claim_files.yaml import Document, Way

SCHEMA = Path(__file__).with_name("schema.json")


class MappingFile(NamedTuple):
    """A checked mapping file."""

    path: Path
    value: dict[str, Any]
    document: Document

    def problem(self, rule: str, message: str, way: Way) -> Problem:
        """Return a violation at the value at `way`."""
        return Problem("violation", rule, message, self.document.place(way))


def load(path: Path) -> MappingFile:
    """Read a mapping file, or by its name one that ships with `kg`.

    Raises DataError with all that is wrong with it, by place; UnreadableError for what is not YAML; UsageError for a
    name that is neither a file nor a mapping of ours.
    """
    found = find(path)
    document = parse(str(found), read_text(found), "mapping file")
    problems = [*document.problems, *_faults(document)]
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.place or ()))
    return MappingFile(found, document.value, document)


def find(path: Path) -> Path:
    """Return the file of a mapping: `path` itself, or for a bare name (`pubmedqa`) the one that ships with `kg`."""
    ours = ours_by_name()
    if path.exists() or path.suffix or len(path.parts) != 1:
        return path
    if path.name not in ours:
        advice = did_you_mean(path.name, ours) or f"; those of kg are {listed(sorted(ours), 'and')}"
        raise UsageError(f"{path}: no such mapping file{advice}")
    return ours[path.name]


def ours_by_name() -> dict[str, Path]:
    """Return the mappings that ship with `kg`, by name."""
    return {file.stem: file for file in sorted(shipped("ontology").glob("mappings/tables/*.yaml"))}


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of mapping files."""
    return dict(json.loads(read_text(SCHEMA)))


def _faults(document: Document) -> list[Problem]:
    if not isinstance(document.value, dict) or "mapping-file" not in document.value:
        message = "no mapping file: its first line is mapping-file: 1 (kg map FILE proposes a whole one)"
        return [Problem("violation", "not-a-mapping-file", message, document.place(()))]
    errors = Draft202012Validator(schema()).iter_errors(document.value)
    found = [fault for error in errors for fault in complaints(error)]
    if not found:
        found = list(_beyond_the_schema(document.value))
    return [
        Problem("violation", rule, message, document.key_place(way) if at_key else document.place(way))
        for rule, message, way, at_key in dict.fromkeys(found)
    ]


def _beyond_the_schema(value: dict[str, Any], way: Way = ()) -> list[tuple[str, str, Way, bool]]:
    """What a schema can hardly say: one of column and text, an encoding that Python knows."""
    found: list[tuple[str, str, Way, bool]] = []
    name = str(way[-1]) if way else ""
    if _is_value(name, value) and ("column" in value) == ("text" in value):
        found.append(("column-or-text", f"{name} needs either column or text, and not both", way, True))
    if "encoding" in value and not _is_encoding(value["encoding"]):
        message = f'"{value["encoding"]}" is no encoding that is known; common ones are utf-8, windows-1252 and utf-16'
        found.append(("unknown-encoding", message, (*way, "encoding"), False))
    for key, inner in value.items():
        if isinstance(inner, dict) and key not in ("words", "replace", "where", "on"):
            found += _beyond_the_schema(inner, (*way, key))
    return found


def _is_value(name: str, value: dict[str, Any]) -> bool:
    if name in ("", "table", "join", "argument"):
        return False
    return name not in ("source", "agent") or bool({"column", "text"} & set(value))


def _is_encoding(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False
