"""Answers as tables for a terminal, with labels in the place of IRIs."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

import kg
from kg.display import counted
from kg.export import results
from kg.namespaces import shrink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg import Answer, KnowledgeGraph, TableCell


def table(answer: Answer, graph: KnowledgeGraph) -> str:
    """Return rows as a table as wide as the terminal, yes and no as a word; UsageError for a graph."""
    if not isinstance(answer, kg.Rows):
        return results.write(answer, results.default_format(answer), graph.prefixes).decode()
    names = graph.labels({cell.text for row in answer.cells() for cell in row if cell.is_iri})
    prefixes = graph.prefixes
    rows = []
    for row in answer.cells():
        said = {cell.text for cell in row if not cell.is_iri}
        labels_here = {iri: label for iri, label in names.items() if label not in said}
        rows.append([_cell(cell, labels_here, prefixes) for cell in row])
    drawn = draw(answer.columns, rows, show_lines=len(answer.columns) > 1)
    return f"{drawn}{counted(len(answer), 'row')}\n"


def _cell(cell: TableCell, names: Mapping[str, str], prefixes: dict[str, str]) -> Text:
    if not cell.is_iri:
        return Text(cell.text)
    curie = shrink(cell.text, prefixes)
    return Text.assemble(names[cell.text], "\n", (curie, "dim")) if cell.text in names else Text(curie)


def draw(
    columns: Iterable[str],
    rows: Iterable[Iterable[str | Text]],
    *,
    numbers: Iterable[str] = (),
    show_lines: bool = False,
) -> str:
    """Return a table with columns of words, then of numbers; what is too long is folded and never cut.

    Colours are only where a terminal shows them, and what reads like markup in a text is a text.
    """
    drawn = Table(show_lines=show_lines, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold", no_wrap=column == "name")
    for column in numbers:
        drawn.add_column(column, overflow="fold", justify="right")
    for row in rows:
        drawn.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in row))
    buffer = StringIO()
    console = Console(file=sys.stdout)
    Console(file=buffer, width=console.width, force_terminal=console.is_terminal, highlight=False).print(drawn)
    return buffer.getvalue()
