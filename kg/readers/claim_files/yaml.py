"""The YAML of a claim file as plain values, with the place of each in the file.

Only what a person needs for data is read: mappings, lists, text and numbers.  Anchors, aliases, tags and a second
document are refused, so that a small file cannot unfold into a large one.  Plain words are read by the core schema
of YAML 1.2.2 (section 10.3), but `yes` and `no` are text and a date stays text; decimals stay exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from ruamel.yaml.tokens import ScalarToken

from kg.errors import Place, Problem, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.readers.schema_messages import Fault

Way = tuple[str | int, ...]
"""The way from the top of a file to a value: ("assertions", "amta-relieves", "stance")."""

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 12

_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,30}")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]{1,30}|[0-9]{1,30}(?:\.[0-9]{0,30})?)(?:[eE][-+]?[0-9]{1,2})?")

_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that are not printable in YAML (1.2.2, production 1)."""


class Document(NamedTuple):
    """One claim file: its values (a mapping of text keys, lists, text, numbers) and where each key and value stands."""

    path: str
    value: Any
    keys: Mapping[Way, Place]
    values: Mapping[Way, Place]
    problems: tuple[Problem, ...]

    def place(self, path: Way) -> Place:
        """Return where the value at `path` stands, or the nearest thing around it."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path) or Place(self.path, 1, 1)

    def key_place(self, path: Way) -> Place:
        """Return where the key of the value at `path` stands (for an item of a list: the item)."""
        return self.keys.get(path) or self.place(path)

    def problem(self, fault: Fault) -> Problem:
        """Return the violation that a fault of the schema is, at its place."""
        place = self.key_place(fault.way) if fault.at_key else self.place(fault.way)
        return Problem("violation", fault.rule, fault.message, place)


def parse(path: str, text: str, what: str = "claim file") -> Document:
    """Return the document that `text` holds; `path` names it in places, and `what` says in messages what it is.

    Raises UnreadableError, with the place and one sentence, where `text` is not YAML of this kind.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"{path}: longer than {MAX_CHARACTERS:,} characters; split it into several {what}s")
    return _Builder(path, text, what).document()


class _Builder:
    """Builds values from YAML events; it keeps what has been read so far, and is used once."""

    def __init__(self, path: str, text: str, what: str) -> None:
        self.path, self.what = path, what
        self.keys: dict[Way, Place] = {}
        self.values: dict[Way, Place] = {}
        self.problems: list[Problem] = []
        self.events = self._checked(text)

    def document(self) -> Document:
        value = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if self.values:
                    raise self._refusal(event, f'a second document begins with "---"; a {self.what} is one document')
                value = self._value(next(self.events), ())
            if isinstance(event, StreamEndEvent):
                break
        return Document(self.path, value, self.keys, self.values, tuple(self.problems))

    def _checked(self, text: str) -> Iterator[Any]:
        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as error:
            raise UnreadableError(_sentence(self.path, text, error)) from error
        except YAMLError as error:
            found = _CONTROL.search(text)
            line = text.count("\n", 0, found.start()) + 1 if found else None
            sentence = "not valid YAML: a control character, which nobody can see; delete it"
            raise UnreadableError(f"{Place(self.path, line)}: {sentence}") from error

    def _value(self, event: Any, path: Way) -> Any:
        if isinstance(event, AliasEvent):
            sentence = f'"*{event.anchor}" is an alias, and {self.what}s have none; write it out, or put it in quotes'
            raise self._refusal(event, sentence)
        if event.tag and not event.tag.startswith("tag:yaml.org,2002:str"):
            raise self._refusal(event, f'the tag "{event.tag}": {self.what}s have no tags; leave it out')
        if len(path) > MAX_DEPTH:
            raise self._refusal(event, f"nested more than {MAX_DEPTH} deep, deeper than any part of a {self.what}")
        self.values[path] = self._place(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path)
        if _HALF.search(event.value):
            raise self._refusal(event, r"a text has half a character (such as \ud83d alone); correct it")
        return _scalar(event)

    def _mapping(self, path: Way) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                raise self._refusal(event, "a list or mapping stands where a key is wanted; a key is a word")
            key, place = str(event.value), self._place(event)
            if key in found:
                self._repeated(key, self.keys[(*path, key)], place)
                _Builder._skip(self, next(self.events), path)
                continue
            self.keys[(*path, key)] = place
            found[key] = self._value(next(self.events), (*path, key))
        return found

    def _sequence(self, path: Way) -> list[Any]:
        found: list[Any] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self._value(event, (*path, len(found))))
        return found

    def _skip(self, event: Any, path: Way) -> None:
        """Read past the value of a repeated key without letting it take the place of the first."""
        keys, values = dict(self.keys), dict(self.values)
        self._value(event, path)
        self.keys, self.values = keys, values

    def _repeated(self, key: str, first: Place, second: Place) -> None:
        message = f'"{key}" stands here a second time, after line {first.line}; keep one, or give this one another name'
        self.problems.append(Problem("violation", "duplicate-key", message, second))

    def _place(self, event: Any) -> Place:
        return Place(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refusal(self, event: Any, sentence: str) -> UnreadableError:
        return UnreadableError(f"{self._place(event)}: {sentence}")


_HALF = re.compile("[\ud800-\udfff]")


def _scalar(event: ScalarEvent) -> str | int | Decimal | bool | None:
    text = str(event.value)
    if event.style is not None or event.tag:
        return text
    if text in _WORDS:
        return _WORDS[text]  # type: ignore[no-any-return]
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text


_OPEN = "a quotation mark is opened and never closed"
_COLON = 'a colon and a space inside plain text; put the whole text in "quotes"'
_COLON_IN_BRACKETS = f"{_COLON}, or a comma before the next key"
_AFTER = "text after a closing quotation mark or bracket; quote it all"

_CAUSES = (
    (r"'\t' that cannot start", "a tab stands where YAML wants spaces; indent with spaces"),
    ("cannot start any token", "plain text cannot begin with this character; put the text in quotes"),
    ("mapping values are not allowed here", _COLON),
    ("unexpected end of stream", _OPEN),
    ("could not find expected ':'", "a key without its colon, or a text that goes on without being indented"),
    ("expected <block end>, but found '<scalar>'", _AFTER),
    ("sequence entries are not allowed here", "a list begins on the line of its key; put each - on a line of its own"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("expected ',' or ']'", "a list in [ ] lacks its comma or its closing bracket"),
    ("expected ',' or '}'", "a mapping in { } lacks its comma or its closing brace"),
    ("unknown escape character", "a backslash in double quotes means something else in YAML; use single quotes"),
)
"""Message of the YAML library -> its meaning for the person who typed the line."""

_KEY_ON_ITS_LINE = re.compile(r"\n[ \t]*(?:- +)?[\w-]+:(?=\s)")
_COLON_IN_PLAIN = re.compile(r"(?:^|[{\[,])\s*(?:- +)?[\w-]+: +[^\s\"'{\[,][^\"{}\[\],]*$")
"""A key, its colon, and plain text without a bracket or comma, up to a second colon."""
_MAY_FOLLOW_A_QUOTE = (" ", "\n", "\r", ",", "]", "}", ":", "")


def _sentence(path: str, text: str, error: MarkedYAMLError) -> str:
    """Return the place of the slip for which `error` was raised in `text`, and what it is; `path` names the text."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return f"{Place(path)}: not valid YAML: {_cause(error)}"
    if (opened := _never_closed(text, mark.index)) is not None:
        mark, cause = opened, _OPEN
    elif "quoted scalar" in str(error.context) and error.context_mark is not None:
        mark, cause = error.context_mark, _cause(error)
    else:
        cause = _in_brackets(text, mark, error) or _cause(error)
    return f"{Place(path, mark.line + 1, mark.column + 1)}: not valid YAML: {cause}"


def _said(error: MarkedYAMLError) -> str:
    return " ".join(str(error.problem or error.context or error).split())


def _cause(error: MarkedYAMLError) -> str:
    said = _said(error)
    return next((cause for sign, cause in _CAUSES if sign in said), said)


def _in_brackets(text: str, mark: Any, error: MarkedYAMLError) -> str | None:
    """Return what is wrong where a comma or closing bracket is wanted, if it can be told."""
    said = _said(error)
    if "expected ',' or " not in said:
        return None
    before = text[: mark.index]
    if said.endswith("':'") and _COLON_IN_PLAIN.search(before.rpartition("\n")[2]):
        return _COLON_IN_BRACKETS
    return _AFTER if said.endswith("'<scalar>'") and before.rstrip(" ")[-1:] in ("'", '"') else None


def _never_closed(text: str, end: int) -> Any | None:
    """Return the mark of the quotation mark that somebody forgot to close before `end`, or None.

    Such a text goes on to the next quotation mark of the file, over lines that begin with a key, and what follows it
    there is the text that the mark was meant to open.
    """
    quoted = [token for token in _scalars(text) if token.style in ("'", '"') and token.end_mark.index <= end]
    for token in reversed(quoted):
        start, stop = token.start_mark.index, token.end_mark.index
        follows = text[stop : stop + 1]
        if follows not in _MAY_FOLLOW_A_QUOTE and _KEY_ON_ITS_LINE.search(text[start:stop]):
            return token.start_mark
    return None


def _scalars(text: str) -> Iterator[Any]:
    """Yield the scalars of `text` as far as it can be read."""
    try:
        yield from (token for token in YAML(typ="safe", pure=True).scan(text) if isinstance(token, ScalarToken))
    except YAMLError:
        return
