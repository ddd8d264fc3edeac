"""Spreadsheets (.xlsx), read row by row; what a file made to do harm would unfold is refused before it is."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from contextlib import contextmanager
from datetime import date, datetime, time
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
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ParseError, expat.ExpatError),
    *(LookupError, ValueError, TypeError, AttributeError, AssertionError),
)
"""Errors that openpyxl and the libraries below it raise for a file that is no workbook."""


@contextmanager
def opened(path: Path, sheet: str | None) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Open a sheet, the first if none is named; yield each row with its number, cells as text.

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
            yield _rows(path, _sheet(path, book, sheet))
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
