"""Files of tables: CSV and its kin, JSON, JSON Lines, YAML, spreadsheets; row by row where the format allows it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kg.errors import Place, UnreadableError, UsageError
from kg.files import CHUNK, unpacked
from kg.readers import encodings
from kg.readers.detect import suffix_of
from kg.readers.encodings import line_of, not_in
from kg.readers.suggestions import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from kg.readers.tables.summary import Findings

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".xlsx": "xlsx",
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "yaml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEY = "@key"
"""The column with the key of a record, where records stand in a mapping and not in a list."""
WHOLE = 64 * 2**20
"""Bytes of a JSON or YAML file, which is read as a whole, and takes up to some twenty times as much memory."""
_LINE = 2**25
"""Characters of a line."""
_CELL = 10_000_000
"""Characters of a cell."""
_DELIMITERS = ",;\t|"
_SAMPLE = 40
"""Rows by which the delimiter is told."""

Row = tuple[int | None, Any]
"""The line that a row begins on, and the row: a list of cells, or for a table without columns a mapping."""


class Table(NamedTuple):
    """A file that is being read."""

    columns: tuple[str, ...] | None
    """None where each record names its own values."""
    rows: Iterator[Row]


def format_of(path: Path, how: Mapping[str, Any]) -> str:
    """Return the format of a table, as stated, by suffix, or for JSON by its first lines.

    Raises UsageError for a file of no such kind.
    """
    stated = how.get("format") or FORMATS.get(suffix_of(path))
    if stated is None:
        known = listed(sorted(FORMATS), "and")
        raise UsageError(f"{path}: no table by its name; there are {known}, or state table: {{format: csv}}")
    return "jsonl" if stated == "json" and "format" not in how and _is_lines(path) else str(stated)


def opened(path: Path, how: Mapping[str, Any], findings: Findings) -> AbstractContextManager[Table]:
    """Open a table; `how` is the part `table` of a mapping.

    Raises UnreadableError, also while the rows are gone through, for a file that is missing, empty, cut, damaged, in
    another encoding, or made to fill the memory.
    """
    return _OPENERS[format_of(path, how)](path, how, findings)


def _is_lines(path: Path) -> bool:
    with unpacked(path) as stream:
        first, _, rest = stream.read(CHUNK).strip().partition(b"\n")
    if not (first.startswith(b"{") and rest.lstrip().startswith(b"{")):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


@contextmanager
def _text(path: Path, name: str) -> Iterator[io.TextIOWrapper]:
    with unpacked(path) as stream:
        text = io.TextIOWrapper(stream, name, newline="")
        try:
            yield text
        finally:
            text.detach()


def _bounded(path: Path, text: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines; a file without line ends is not read into the memory as a whole."""
    number = 0
    while line := text.readline(_LINE):
        number += 1
        if len(line) == _LINE:
            place = Place(str(path), number)
            raise UnreadableError(f"{place}: a line of {_LINE:,} characters or more; this is no table of rows")
        yield line


def encoding(path: Path, how: Mapping[str, Any], findings: Findings) -> str:
    """Return the encoding of a table; one that is guessed is a warning.  Raises UnreadableError for an empty file."""
    with unpacked(path) as stream:
        if not stream.read(_SAMPLE * 5000).strip(b" \t\r\n\xef\xbb\xbf"):
            raise UnreadableError(f"{path}: the file is empty; a table has rows, and mostly a line of column names")
    found = encodings.encoding(path, how.get("encoding"))
    if found.guess and found.guess.place:
        findings.add("warning", found.guess.rule, found.guess.message, found.guess.place.line)
    return found.name


# ---------------------------------------------------------------------------------------------------- CSV and its kin


@contextmanager
def _delimited(path: Path, how: Mapping[str, Any], findings: Findings) -> Iterator[Table]:
    csv.field_size_limit(max(csv.field_size_limit(), _CELL))
    name = encoding(path, how, findings)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if how.get("quoting") == "none" else csv.QUOTE_MINIMAL
    sign = _stated_sign(path, name)
    delimiter = how.get("delimiter") or sign or _delimiter(path, how, name)
    with _text(path, name) as text:
        skipped = max(header_lines(how)[0] - 1, 1 if sign else 0)
        for _ in range(skipped):
            text.readline()
        reader = csv.reader(_bounded(path, text), delimiter=delimiter, quoting=quoting, strict=True)
        rows = _cells(path, reader, name, skipped)
        columns = _columns(how, rows)
        if not columns:
            raise UnreadableError(f"{path}: no line of column names where it is looked for; state table: {{header: N}}")
        yield Table(columns, rows)


def _stated_sign(path: Path, name: str) -> str:
    """Return the delimiter that Excel's first line states (sep=;), "" if there is none."""
    with _text(path, name) as text:
        try:
            found = _SEP.fullmatch(text.readline(_LINE))
        except UnicodeError:  # somewhere in the first lines; who reads them tells where
            return ""
    return found[1] if found else ""


_SEP = re.compile(r"""\s*["']?sep=(.)["']?[,;\t|]*\s*""", re.IGNORECASE)


def header_lines(how: Mapping[str, Any]) -> list[int]:
    """Return the lines of the names of the columns, 1 if nothing is stated."""
    lines = how.get("header", 1)
    return lines if isinstance(lines, list) else [lines]


def _columns(how: Mapping[str, Any], rows: Iterator[Row]) -> tuple[str, ...]:
    """Return the names of the columns, as they are stated or in the lines of the header, which are passed over.

    In two lines, the upper has groups of columns: "Review" over "Verdict" and "Who" gives "Review Verdict".  A name
    that comes again is told apart by its number: "Note (1)", "Note (2)".
    """
    none: Row = (None, [])
    lines = [next(rows, none)[1] for _ in header_lines(how)] if "header" in how or "columns" not in how else []
    if "columns" in how:
        lines = [how["columns"]]
    groups = lines[:-1]
    for group in groups:
        for n in range(1, len(group)):
            group[n] = group[n].strip() or group[n - 1]
    upper = [[line[n] if n < len(line) else "" for line in groups] for n in range(len(lines[-1]))]
    names = [" ".join(" ".join([*above, name]).split()) for above, name in zip(upper, lines[-1], strict=True)]
    counts, seen = Counter(names), Counter[str]()
    for n, name in enumerate(names):
        seen[name] += 1
        names[n] = f"{name} ({seen[name]})" if name and counts[name] > 1 else name
    return tuple(names)


def _cells(path: Path, reader: Any, name: str, skipped: int) -> Iterator[Row]:
    line = skipped + 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = skipped + reader.line_num + 1
    except UnicodeError as error:
        raise not_in(path, line, name) from error
    except csv.Error as error:
        said = next((words for sign, words in _CSV_ERRORS.items() if sign in str(error)), str(error))
        raise UnreadableError(f"{Place(str(path), line)}: {said}") from error


_CSV_ERRORS = {
    "unexpected end of data": (
        "the file ends inside a quoted cell of the row that begins here: it is cut, or a quotation mark is not closed"
    ),
    "expected after": (
        "text after the closing quotation mark of a cell; double the marks inside it, or if marks are plain signs here "
        "state table: {quoting: none} in the mapping"
    ),
    "field larger": f"a cell of more than {_CELL:,} characters; a quotation mark is probably not closed",
}


def _delimiter(path: Path, how: Mapping[str, Any], name: str) -> str:
    """Return the sign that cuts the first rows into the same number of cells, the more the better."""
    if how.get("format") == "tsv" or (FORMATS.get(suffix_of(path)) == "tsv" and "format" not in how):
        return "\t"
    with _text(path, name) as text:
        try:
            start = text.read(_SAMPLE * 5000)
        except UnicodeError as error:
            raise not_in(path, line_of(error), name) from error
    lines = start.splitlines(keepends=True)[header_lines(how)[0] - 1 :]
    return max(_DELIMITERS, key=lambda sign: _fits(lines, sign))


def _fits(lines: list[str], delimiter: str) -> tuple[bool, int, int]:
    widths = []
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            widths.append(len(row))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        pass
    first = widths[0] if widths else 0
    return first > 1, sum(width == first for width in widths), first


# ----------------------------------------------------------------------------------------------------- JSON and YAML


@contextmanager
def _lines(path: Path, how: Mapping[str, Any], findings: Findings) -> Iterator[Table]:
    name = encoding(path, how, findings)
    with _text(path, name) as text:
        yield Table(None, _records(path, text, name))


def _records(path: Path, text: io.TextIOWrapper, name: str) -> Iterator[Row]:
    line = 0
    try:
        for line, written in enumerate(_bounded(path, text), 1):
            if written.strip():
                yield line, _json(path, written, line)
    except UnicodeError as error:
        raise not_in(path, line + 1, name) from error


@contextmanager
def _document(path: Path, how: Mapping[str, Any], findings: Findings) -> Iterator[Table]:
    name = encoding(path, how, findings)
    value = _json(path, _whole(path, name))
    yield Table(None, ((None, record) for record in _listed(path, value, how.get("records"))))


@contextmanager
def _yaml(path: Path, how: Mapping[str, Any], findings: Findings) -> Iterator[Table]:
    from kg.readers.claim_files.yaml import parse

    name = encoding(path, how, findings)
    document = parse(str(path), _whole(path, name), "table")
    if document.problems:
        raise UnreadableError(str(document.problems[0]))
    records = _listed(path, document.value, how.get("records"))
    way = tuple(how["records"].split(".")) if "records" in how else ()
    rows = ((document.place((*way, record.get(KEY, n))).line, record) for n, record in enumerate(records))
    yield Table(None, rows)


def _whole(path: Path, name: str) -> str:
    content = bytearray()
    with unpacked(path) as stream:
        while chunk := stream.read(CHUNK):
            content += chunk
            if len(content) > WHOLE:
                size = WHOLE // 2**20
                raise UnreadableError(f"{path}: more than {size} MiB in one value; turn it into JSON Lines (.jsonl)")
    try:
        return content.decode(name).replace("\r\n", "\n")
    except UnicodeError as error:
        raise not_in(path, line_of(error), name) from error


def _json(path: Path, text: str, line: int = 0) -> Any:
    """Return a JSON value; numbers stay as they are written."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        place = Place(str(path), line or error.lineno, error.colno)
        ends = "; it is cut" if error.pos >= len(text.rstrip()) or "Unterminated" in error.msg else ""
        raise UnreadableError(f"{place}: not readable as JSON: {error.msg[:1].lower()}{error.msg[1:]}{ends}") from error
    except RecursionError as error:
        raise UnreadableError(f"{Place(str(path), line or None)}: JSON that is nested too deep for a table") from error


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(record, dict) for record in value)


def _listed(path: Path, value: Any, where: str | None) -> list[dict[str, Any]]:
    """Return the records of a JSON or YAML value: a list of mappings, or a mapping of mappings with their keys."""
    for key in where.split(".") if where else ():
        if not isinstance(value, dict) or key not in value:
            advice = did_you_mean(key, value) if isinstance(value, dict) else ""
            raise UnreadableError(f'{path}: nothing at "{where}", where the mapping says that the records are{advice}')
        value = value[key]
    if where is None and isinstance(value, dict) and len(value) == 1:
        # {"data": {"rows": [...], "total": 2}}, as many programs export.
        (only,) = value.values()
        inner = list(only.values()) if isinstance(only, dict) else []
        if sum(_are_records(each) for each in inner) == 1 and not any(isinstance(e, str) and " " in e for e in inner):
            value = next(filter(_are_records, inner))
    if isinstance(value, dict) and value and all(isinstance(record, dict) for record in value.values()):
        return [{KEY: key, **record} for key, record in value.items()]
    if isinstance(value, dict) and where is None:
        lists = [inner for inner in value.values() if isinstance(inner, list) and inner]
        value = lists[0] if len(lists) == 1 else value
    if isinstance(value, list) and all(isinstance(record, dict) for record in value):
        return value
    raise UnreadableError(f"{path}: no list of records; state where it is in the mapping, table: {{records: KEY}}")


# ------------------------------------------------------------------------------------------------------ spreadsheets


@contextmanager
def _spreadsheet(path: Path, how: Mapping[str, Any], findings: Findings) -> Iterator[Table]:
    from kg.readers.tables import sheets

    with sheets.opened(path, how.get("sheet")) as (found, others):
        if others and "sheet" not in how:
            message = f"only the first sheet is read; not {listed(others)}: --sheet NAME"
            findings.add("warning", "sheets-not-read", message, None)
        rows = ((line, row) for line, row in found if line >= header_lines(how)[0] and any(row))
        columns = _columns(how, rows)
        if not columns:
            raise UnreadableError(f"{path}: the sheet is empty; a table has a row of column names")
        width = len(columns)
        filled = ((line, row + [""] * (width - len(row))) for line, row in rows)
        yield Table(columns, filled)


_OPENERS: dict[str, Callable[[Path, Mapping[str, Any], Findings], AbstractContextManager[Table]]] = {
    "csv": _delimited,
    "tsv": _delimited,
    "json": _document,
    "jsonl": _lines,
    "yaml": _yaml,
    "xlsx": _spreadsheet,
}
