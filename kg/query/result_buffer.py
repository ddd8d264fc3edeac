"""ResultBuffer: the document of an answer while it is written, which is cut after a number of rows, and says so."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 256 << 20
"""Bytes of an answer."""


class _Rows(NamedTuple):
    """Marks by which the rows of a document are told apart."""

    mark: bytes
    """End of each row, which may stand in a string too; its first byte belongs to the row."""
    token: re.Pattern[bytes]
    """A string that must not be looked into, or the mark."""
    last: int
    """Number of rows that the document has beyond its marks."""
    end: bytes
    """Bytes that complete a document that was cut after a row."""


_JSON = _Rows(b"},{", re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|\},\{', re.DOTALL), 1, b"]}}")
_ROWS = {
    "solutions": _JSON,
    "boolean": _JSON,
    "triples": _Rows(b"\n", re.compile(rb"\n"), 0, b""),
}


class _FullError(Exception):
    """The document has as many rows as it may have, and there are more."""


class ResultBuffer:
    """Buffer that Oxigraph writes an answer to: SPARQL 1.1 JSON ("solutions", "boolean") or N-Triples ("triples")."""

    def __init__(self, kind: str, rows: int) -> None:
        self.kind, self.complete, self.content = kind, True, bytearray()
        self._most, self._marks, self._rows = rows, 0, _ROWS[kind]

    def filled(self, write: Callable[[], object]) -> ResultBuffer:
        """Let `write` fill this buffer, and return it."""
        with suppress(_FullError):
            write()
        return self

    def write(self, piece: bytes) -> int:
        """Take what comes next; QueryError when the document becomes too long."""
        if not self.complete:  # what Oxigraph still had in its buffer
            return len(piece)
        seam = max(0, len(self.content) - len(self._rows.mark) + 1)
        self.content += piece
        if len(self.content) > MAX_BYTES:
            self.complete = False
            raise QueryError(f"the answer has more than {MAX_BYTES >> 20} MiB; ask for less, or add LIMIT to the query")
        self._marks += self.content.count(self._rows.mark, seam)
        self._cut_if_full()
        return len(piece)

    def flush(self) -> None:
        """Do nothing: a file has this method."""

    def _cut_if_full(self) -> None:
        """Cut the document after its last row, if there is another; marks within strings are only looked at then."""
        allowed = self._most - self._rows.last
        if self._marks <= allowed:
            return
        ends = [found.start() + 1 for found in self._rows.token.finditer(self.content) if found[0] == self._rows.mark]
        self._marks = len(ends)
        if len(ends) > allowed:
            self.content[ends[self._most - 1] :] = self._rows.end
            self.complete = False
            raise _FullError
