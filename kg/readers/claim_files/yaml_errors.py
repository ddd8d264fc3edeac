"""What is wrong with a text that is not YAML, for the person who typed it: where it began, and what to write instead.

A YAML reader stops where it cannot go on, which may be pages below the slip, and says what it wanted there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import ScalarToken

from kg.errors import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

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
"""What the YAML library says, and what it means for the person who typed the line."""

_KEY_ON_ITS_LINE = re.compile(r"\n[ \t]*(?:- +)?[\w-]+:(?=\s)")
_COLON_IN_PLAIN = re.compile(r"(?:^|[{\[,])\s*(?:- +)?[\w-]+: +[^\s\"'{\[,][^\"{}\[\],]*$")
"""A key, its colon, and plain text without a bracket or comma, up to a second colon."""
_MAY_FOLLOW_A_QUOTE = (" ", "\n", "\r", ",", "]", "}", ":", "")


def sentence(path: str, text: str, error: MarkedYAMLError) -> str:
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
