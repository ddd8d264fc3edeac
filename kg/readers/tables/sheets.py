"""Spreadsheets (.xlsx), read row by row; what a file made to do harm would unfold is refused before it is."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from kg.errors import UnreadableError
from kg.files import CHUNK, FREE, MOST_UNPACKED
from kg.files import opened as opened_file
from kg.readers.suggestions import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WHOLE = 256 * 2**20
"""Bytes of the texts of a spreadsheet, which are read as a whole."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_LONGEST_TAG = 1000
_WIDEST = 256
"""Columns of merged cells; more are those of a title over all."""
_STATED: ContextVar[str | None] = ContextVar("sheet", default=None)
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ParseError, expat.ExpatError),
    *(LookupError, ValueError, TypeError, AttributeError, AssertionError),
)
"""Errors that openpyxl and the libraries below it raise for a file that is no workbook."""


@contextmanager
def stated(sheet: str | None) -> Iterator[None]:
    """Read this sheet of the spreadsheets in the block."""
    token = _STATED.set(sheet)
    try:
        yield
    finally:
        _STATED.reset(token)


def stated_sheet() -> str | None:
    """Return the sheet that is read in this block, if one is stated."""
    return _STATED.get()


@contextmanager
def opened(path: Path, sheet: str | None) -> Iterator[tuple[Iterator[tuple[int, list[str]]], list[str]]]:
    """Open a sheet, the first if none is named; yield its rows, and the names of the sheets that are not read.

    Each row has its number and its cells as text; cells that are merged have all the text of the first of them.

    Raises UnreadableError for what is no spreadsheet, is cut, declares a DOCTYPE, or unpacks to far more than its size.
    """
    from openpyxl import load_workbook

    with opened_file(path) as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a table does not need: styles, validations
        try:
            _refuse_bombs(path, stream)
            book = load_workbook(stream, read_only=True, data_only=True)
        except _DAMAGE as error:
            raise _damaged(path) from error
        try:
            chosen = _sheet(path, book, _STATED.get() or sheet)
            others = [other.title for other in book.worksheets if other is not chosen and _has_rows(other)]
            yield _filled(_rows(path, chosen), _merged(book, chosen)), [] if _STATED.get() else others
        finally:
            book.close()


def _sheet(path: Path, book: Any, name: str | None) -> Any:
    names = [found.title for found in book.worksheets]
    if name is not None and name not in names:
        advice = did_you_mean(name, names) or f"; it has {listed(names, 'and')}"
        raise UnreadableError(f'{path}: no sheet "{name}"{advice}')
    if not names:
        raise UnreadableError(f"{path}: a spreadsheet without a sheet of cells")
    return book[name or names[0]]


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what the file says of its size need not hold
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [_cell(value) for value in row]
    except _DAMAGE as error:
        raise _damaged(path) from error


def _has_rows(sheet: Any) -> bool:
    sheet.reset_dimensions()
    return any(any(value is not None for value in row) for row in islice(sheet.iter_rows(values_only=True), 2))


def _merged(book: Any, sheet: Any) -> list[tuple[int, int, int, int]]:
    """Return the first and last row, and the first and last column from 0, of the cells that are merged."""
    from openpyxl.utils.cell import range_boundaries

    found: list[tuple[int, int, int, int]] = []
    with book._archive.open(sheet._worksheet_path) as content:  # openpyxl leaves them out where it reads row by row
        before = b""
        while chunk := content.read(CHUNK):
            before += chunk
            for match in _MERGED.finditer(before):
                left, top, right, bottom = (side or 0 for side in range_boundaries(match[1].decode()))
                if right - left < _WIDEST:
                    found.append((top, bottom, left - 1, right - 1))
            before = before[-_LONGEST_TAG:].rpartition(b">")[2]
    return sorted(found)


def _filled(
    rows: Iterator[tuple[int, list[str]]], merged: list[tuple[int, int, int, int]]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the text of the first of merged cells in all of them."""
    waiting, active = merged[::-1], list[tuple[int, int, int, str]]()
    for number, row in rows:
        active = [area for area in active if area[0] >= number]
        while waiting and waiting[-1][0] <= number:
            _, bottom, left, right = waiting.pop()
            active.append((bottom, left, right, row[left] if left < len(row) else ""))
        for _, left, right, text in active:
            row += [""] * (right + 1 - len(row)) if text else []
            row[left : right + 1] = [text] * (right + 1 - left) if text else row[left : right + 1]
        yield number, row


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _damaged(path: Path) -> UnreadableError:
    return UnreadableError(f"{path}: not readable as an .xlsx spreadsheet: it is cut, damaged or of another kind")


def _refuse_bombs(path: Path, stream: Any) -> None:
    with zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > FREE + MOST_UNPACKED * path.stat().st_size:
            way_out = "save the table as CSV if you trust it"
            raise UnreadableError(f"{path}: unpacks to more than {MOST_UNPACKED} times its size; {way_out}")
        if any(member.filename.endswith("sharedStrings.xml") and member.file_size > WHOLE for member in members):
            raise UnreadableError(f"{path}: more than {WHOLE // 2**20} MiB of texts; save the table as CSV")
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as content:
                    _refuse_doctype(path, content)


def _refuse_doctype(path: Path, content: Any) -> None:
    """Entities of a DOCTYPE can unfold a small file into gigabytes; spreadsheets have none."""
    parser = expat.ParserCreate()
    seen: list[str] = []
    parser.StartDoctypeDeclHandler = lambda *_: seen.append("doctype")
    parser.StartElementHandler = lambda *_: seen.append("element")
    while not seen and (chunk := content.read(CHUNK // 16)):
        try:
            parser.Parse(chunk)
        except expat.ExpatError:
            break  # entities are met after their DOCTYPE; other faults are the reader's to tell
    if "doctype" in seen:
        raise UnreadableError(f"{path}: a DOCTYPE inside the spreadsheet is not read; save the table as CSV")
