"""In which encoding a table is written: as its mapping states, by its byte order mark, UTF-8, or the likeliest."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.files.compressed import CHUNK, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from kg.readers.tables.summary import Findings

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
"""What spreadsheets and older programs write."""
_SAMPLE = 64 * 1024


def encoding(path: Path, stated: str | None, findings: Findings) -> str:
    """Return the encoding of a text file; one that is guessed is a warning, which names it.

    Raises UnreadableError for an empty file, and for one that is not text.
    """
    with unpacked(path) as stream:
        start = stream.read(_SAMPLE)
        if not start.strip(b" \t\r\n\xef\xbb\xbf"):
            raise UnreadableError(f"{path}: the file is empty; a table has rows, and mostly a line of column names")
        if stated:
            return "utf-8-sig" if codecs.lookup(stated).name == "utf-8" else stated
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        if b"\0" in start:
            return _wide(path, start)
        decoder = codecs.getincrementaldecoder("utf-8")()
        line, chunk = 1, start
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                around = chunk[max(0, error.start - _SAMPLE) : error.start + _SAMPLE]
                return _guessed(path, start + around, line, findings)
            line += chunk.count(b"\n")
            chunk = stream.read(CHUNK)
    return "utf-8"


def _wide(path: Path, start: bytes) -> str:
    """UTF-16 without a mark has a zero byte in each character of plain English."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[offset::2].count(0) > len(start) // 4:
            return name
    raise UnreadableError(f"{path}: not text but binary (it has zero bytes); save it as CSV in UTF-8, or as .xlsx")


def _guessed(path: Path, sample: bytes, line: int, findings: Findings) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is None:
        way_out = "state it in the mapping, table: {encoding: windows-1252}, or save the file as UTF-8"
        raise UnreadableError(f"{path}:{line}: not UTF-8 text, and its encoding cannot be guessed; {way_out}")
    message = f"not UTF-8: read as {best.encoding}, which is a guess; state table: {{encoding: …}} in the mapping"
    findings.add("warning", "encoding-guessed", message, line)
    return best.encoding
