"""Tables for people: aligned text for `repr`, escaped HTML for notebooks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN = 10
"""Rows of a table that a `repr` shows."""
_WIDEST = 48
"""Characters of a cell; what is longer ends with "…"."""


class ShownText:
    """Base of what is shown as its own `text`: printed, in a prompt and in a notebook."""

    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text.rstrip()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text)}</pre>"


class ShownTable(ABC):
    """Base of what is shown as a table: the names of its columns, its rows, and the last line."""

    @abstractmethod
    def _shown(self) -> tuple[Sequence[str], Iterable[Sequence[object]], str]:
        """Return columns, rows and last line."""

    def __repr__(self) -> str:
        return text_table(*self._shown())

    def _repr_html_(self) -> str:
        return html_table(*self._shown())


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Characters that at the start of a cell make a spreadsheet take it for a formula (OWASP, CSV injection)."""


def inert(cell: str) -> str:
    """Return `cell` with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def counted(number: int, noun: str, many: str = "") -> str:
    """Return "1 row" or "1,200 rows"."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def text_table(columns: Sequence[str], rows: Iterable[Sequence[object]], total: str) -> str:
    """Return the first rows under the names of their columns, aligned; the last line is `total`, such as "13 rows"."""
    cells = [list(columns), *([_cut(str(value)) for value in row] for row in islice(rows, SHOWN))]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], *lines[1:], total])


def html_table(columns: Sequence[str], rows: Iterable[Sequence[object]], total: str) -> str:
    """Return the first rows as an HTML table, escaped, with `total` below it."""
    head = "".join(f"<th scope='col'>{escape(column)}</th>" for column in columns)
    body = "".join(_row(row) for row in islice(rows, SHOWN))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(total)}</p>"


def total(number: int, noun: str, many: str = "", *, complete: bool = True) -> str:
    """Return the last line of a table: how many there are, how many of them it shows, and whether that is all."""
    shown = f"the first {SHOWN} of " if number > SHOWN else ""
    return f"{shown}{counted(number, noun, many)}{'' if complete else '; there are more'}"


def _row(row: Sequence[object]) -> str:
    return f"<tr>{''.join(f'<td>{escape(str(value))}</td>' for value in row)}</tr>"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
