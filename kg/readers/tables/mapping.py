"""A mapping file: which column of a table states what, checked, with the place of each of its words."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator

from kg.errors import DataError, Problem, UsageError
from kg.files import read_text, shipped
from kg.model.vocabulary import SCOPE
from kg.readers.claim_files.yaml import parse
from kg.readers.encodings import is_known
from kg.readers.schema_messages import Fault, SchemaMessages
from kg.readers.suggestions import did_you_mean, is_pattern, listed, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.readers.claim_files.yaml import Document
    from kg.readers.schema_messages import Failure, Way

SCHEMA = Path(__file__).with_name("schema.json")


class MappingFile(NamedTuple):
    """A checked mapping file."""

    path: Path
    value: dict[str, Any]
    document: Document
    entry: int | None = None
    """Number of the item of `also` that this is."""

    @property
    def entries(self) -> list[MappingFile]:
        """The mappings of a row: this one, and those of `also`, which say something of the same claim."""
        shared = {key: value for key, value in self.value.items() if key in _SHARED}
        others = self.value.get("also", ())
        return [self, *(self._replace(value=shared | other, entry=n) for n, other in enumerate(others))]

    def problem(self, rule: str, message: str, way: Way) -> Problem:
        """Return a violation at the value at `way`."""
        if self.entry is not None and way[0] in self.document.value["also"][self.entry]:
            way = ("also", self.entry, *way)
        return Problem("violation", rule, message, self.document.place(way))


def load(path: Path) -> MappingFile:
    """Read a mapping file, or by its name one that ships with `kg`.

    Raises DataError with all that is wrong with it, by place; UnreadableError for what is not YAML; UsageError for a
    name that is neither a file nor a mapping of ours.
    """
    found = find(path)
    return checked(found, read_text(found))


def load_all(paths: Iterable[Path]) -> list[MappingFile]:
    """Return the mappings of a row by several mapping files; raises as `load`.

    DataError tells too of files that do not read the table in the same way: it is gone through once.
    """
    first, *others = files = [load(path) for path in paths]
    problems = [
        other.problem("tables-differ", f"{key} is not as in {first.path}; both read the table once, in one way", (key,))
        for other in others
        for key in _OF_TABLES
        if other.value.get(key) != first.value.get(key)
    ]
    if problems:
        raise DataError(problems)
    return [entry for file in files for entry in file.entries]


_OF_TABLES = ("table", "join", "each")
_SHARED = (*_OF_TABLES, "repeat", "language", "where", "claim", "about", *SCOPE)
"""Keys of a mapping that hold in the items of `also`, too."""


def checked(found: Path, text: str) -> MappingFile:
    """Return the mapping file that has this text; raises as `load`."""
    document = parse(str(found), text, "mapping file")
    problems = [*document.problems, *_problems(document)]
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


class MappingMessages(SchemaMessages):
    """Sentences about what the schema of mapping files refuses."""

    file = "a mapping file"
    begins = "the mapping has no {key}; add it: {meaning}"
    version = "{key}: {value} is a version of the format that this kg does not know; it reads 1"

    def sentences(self) -> dict[str, Callable[[Failure], Iterator[Fault]]]:
        """Return those of all formats, and of the keyword that only this schema has."""
        return super().sentences() | {"minProperties": self.too_little}

    def name(self, way: Way) -> str:
        """Return what the value at `way` is called in a sentence; in `also` as at the top."""
        if way[:1] == ("also",) and len(way) > 1:
            return super().name(way[2:]) if len(way) > 2 else f"item {int(way[1]) + 1} of also"
        return super().name(way)

    def wrong_word(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a word means nothing where it stands."""
        words = [str(word) for word in failure.wanted]
        advice = did_you_mean(failure.value, words) or f"; write {listed(words)}"
        message = f"{shown(failure.value)} is no word for {self.name(failure.way)}{advice}"
        yield Fault("wrong-word", failure.way, message)

    def is_of_shape(self, failure: Failure) -> bool:
        """Return True if a failure says that another shape, or another word, was meant."""
        return failure.keyword in ("type", "enum")

    def no_shape(self, failure: Failure, shapes: list[Failure]) -> Iterator[Fault]:
        """Yield that a word is none of those that are allowed, or that a value is neither a column nor a mapping."""
        words = [shape for shape in shapes if shape.keyword == "enum"]
        if words and isinstance(failure.value, str):
            yield from self.of(words[0])
            return
        message = f"{self.name(failure.way)} must be a column's name or a mapping of keys"
        yield Fault("wrong-type", failure.way, message)

    def pattern(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a text does not have its form."""
        said = _FORMS.get(str(failure.way[-1]), "write a name that begins with a letter")
        message = f"{shown(failure.value)} cannot be {self.name(failure.way)}; {said}"
        yield Fault("malformed", failure.way, message)

    def too_little(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a text, a list or a mapping is empty."""
        yield Fault("empty", failure.way, f"{self.empty(failure)}, or leave the key out", at_key=True)

    def limit(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a number is too small."""
        yield Fault("out-of-range", failure.way, f"{self.name(failure.way)} must be at least {failure.wanted}")


_FORMS = {"language": "write it as en or pt-BR", "delimiter": 'write one sign, a tab as "\\t"'}


def _problems(document: Document) -> list[Problem]:
    if not isinstance(document.value, dict) or "mapping-file" not in document.value:
        message = "no mapping file: its first line is mapping-file: 1 (kg map FILE proposes a whole one)"
        return [Problem("violation", "not-a-mapping-file", message, document.place(()))]
    errors = Draft202012Validator(schema()).iter_errors(document.value)
    found = MappingMessages(schema()["$defs"]).faults(errors) or list(_beyond_the_schema(document.value))
    return [document.problem(fault) for fault in found]


def _beyond_the_schema(value: dict[str, Any], way: Way = ()) -> Iterator[Fault]:
    """Yield what a schema can hardly say: one of column and text, an encoding that Python knows."""
    name = str(way[-1]) if way and way[:-1] != ("also",) else ""
    if not name and "claim" not in value and not _lists_sources(value):
        yield Fault("missing-key", way, "the mapping has no claim; add it: the sentence that is claimed")
    for n, entry in enumerate(value.get("also", ()) if not way else ()):
        claim = {"claim": ""} if "claim" in value else {}
        yield from _beyond_the_schema(claim | entry, ("also", n))
    if _is_value(name, value) and ("column" in value) == ("text" in value):
        yield Fault("column-or-text", way, f"{name} needs either column or text, and not both", at_key=True)
    if "encoding" in value and not is_known(value["encoding"]):
        message = f'"{value["encoding"]}" is no encoding that is known; common ones are utf-8, windows-1252 and utf-16'
        yield Fault("unknown-encoding", (*way, "encoding"), message)
    if isinstance(value.get("words"), dict):
        yield from _broken_patterns(filter(is_pattern, value["words"]), (*way, "words"), slice(1, -1))
    if way == ("join",) and "part" in value:
        faults = _broken_patterns([value["part"]], way)
        yield from (fault._replace(way=("join", "part"), at_key=False) for fault in faults)
    for key, inner in value.items():
        if isinstance(inner, dict) and key not in ("words", "replace", "where", "on"):
            yield from _beyond_the_schema(inner, (*way, key))


def _lists_sources(value: dict[str, Any]) -> bool:
    """Return True if a mapping without a claim says nothing that would be said of one."""
    return isinstance(value.get("source"), dict) and not value.keys() - _OF_SOURCES


_OF_SOURCES = {"mapping-file", "note", "also", "language", "table", "join", "each", "repeat", "where", "source"}


def _broken_patterns(words: Iterable[str], way: Way, inner: slice = slice(None)) -> Iterator[Fault]:
    for word in words:
        try:
            re.compile(word[inner])
        except re.error as error:
            advice = "" if inner == slice(None) else "; a word that has slashes is written without"
            message = f"{shown(word)} is no regular expression: {error.msg}{advice}"
            yield Fault("malformed", (*way, word), message, at_key=True)


def _is_value(name: str, value: dict[str, Any]) -> bool:
    if name in ("", "table", "join", "argument"):
        return False
    return name not in ("source", "traced-to", "agent") or bool({"column", "text"} & set(value))
