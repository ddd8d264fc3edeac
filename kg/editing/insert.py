"""A record is put into the text of a claim file as lines of its own: every byte that stood there stays."""

from __future__ import annotations

import datetime
import re
import sys
from io import StringIO
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from kg.readers.claim_files.fields import NESTED, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.readers.claim_files.yaml import Document

_WIDTH = 120
_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029]|$)")
"""A line as YAML 1.1 and the reader count them."""
_LOOSE = re.compile(r"\s*(?:$|\.\.\.)|#")
"""The start of a line that belongs to what follows: a blank one, or a comment from the first column on."""
_NUMERAL = re.compile(r"[-+.\deE]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORDER = [name for name in SECTIONS if name not in NESTED]


def inserted(text: str, document: Document, section: str, short_id: str, values: Mapping[str, Any]) -> str:
    """Return `text`, which `document` was read from, with a new record at the end of `section`.

    Without an id it is an item of a list, on one line.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [line for line in _LINE.findall(text) if line]
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline
    starts = {name: document.keys[name,].line or 1 for name in document.value}
    new = (
        _lines(short_id, values, _indentation(document, section))
        if short_id
        else [_item(values, lines, document, section)]
    )
    if section in starts:
        at = _end(lines, starts, section)
    else:
        before = [name for name in _ORDER[: _ORDER.index(section)] if name in starts]
        at = _end(lines, starts, max(before, key=starts.__getitem__) if before else None)
        new = ["", f"{section}:", *new]
    return "".join([*lines[:at], *(line + newline for line in new), *lines[at:]])


def _end(lines: list[str], starts: Mapping[str, int], section: str | None) -> int:
    """Return how many lines there are up to the end of a section, or of the file."""
    following = [line for line in starts.values() if section and line > starts[section]]
    at = min(following) - 1 if following else len(lines)
    while at and _LOOSE.match(lines[at - 1]):
        at -= 1
    return at


def _indentation(document: Document, section: str) -> int:
    """Return how far the records of a section are indented, or those of the file's other sections."""
    for name in (section, *document.value):
        records = document.value.get(name)
        for record in records if isinstance(records, dict) else ():
            place = document.keys[name, record]
            if place.column and place.line != document.keys[name,].line:
                return place.column - 1
    return 2


def _lines(short_id: str, values: Mapping[str, Any], indentation: int) -> list[str]:
    yaml = YAML()
    yaml.width = _WIDTH - indentation
    yaml.allow_unicode = True
    buffer = StringIO()
    yaml.dump({short_id: CommentedMap({key: _written(value) for key, value in values.items()})}, buffer)
    return [" " * indentation + line if line else "" for line in buffer.getvalue().rstrip("\n").split("\n")]


def _item(values: Mapping[str, Any], lines: list[str], document: Document, section: str) -> str:
    """Return the line of a new item, indented as the first of the list is."""
    place = document.place((section, 0)) if document.value.get(section) else None
    first = lines[place.line - 1] if place and place.line else "  "
    yaml = YAML()
    yaml.width = sys.maxsize
    yaml.allow_unicode = True
    buffer = StringIO()
    yaml.dump(_written(dict(values)), buffer)
    return f"{first[: len(first) - len(first.lstrip(' '))]}- {buffer.getvalue().strip()}"


def _written(value: Any) -> Any:
    """Return a value as it is to be written: a list on one line, text that looks like a number in quotation marks."""
    if isinstance(value, list):
        items = CommentedSeq(map(_written, value))
        # Passages are long; each gets a line of its own.
        if not any(isinstance(item, dict) or len(str(item)) > _WIDTH // 2 for item in value):
            items.fa.set_flow_style()
        return items
    if isinstance(value, dict):
        mapping = CommentedMap({key: _written(item) for key, item in value.items()})
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, str) and _DAY.fullmatch(value):
        return _day(value)
    return DoubleQuotedScalarString(value) if isinstance(value, str) and _NUMERAL.fullmatch(value) else value


def _day(written: str) -> Any:
    try:
        return datetime.date.fromisoformat(written)  # written without quotation marks; claim files read it as text
    except ValueError:
        return DoubleQuotedScalarString(written)
