"""Answers as tables for a terminal, with labels in the place of IRIs."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

import kg
from kg.export import results
from kg.namespaces import shrink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg import Answer, KnowledgeGraph, Question, TableCell


def table(answer: Answer, graph: KnowledgeGraph) -> str:
    """Return rows as a table as wide as the terminal, yes and no as a word; UsageError for a graph."""
    if not isinstance(answer, kg.Rows):
        return results.write(answer, results.default_format(answer), graph.prefixes).decode()
    names = graph.labels({cell.text for row in answer.cells() for cell in row if cell.is_iri})
    prefixes = graph.prefixes
    drawn = ruled(answer.columns, show_lines=len(answer.columns) > 1)
    for row in answer.cells():
        said = {cell.text for cell in row if not cell.is_iri}
        labels_here = {iri: label for iri, label in names.items() if label not in said}
        drawn.add_row(*(_cell(cell, labels_here, prefixes) for cell in row))
    rows = "row" if len(answer) == 1 else "rows"
    return f"{draw(drawn)}{len(answer):,} {rows}\n"


def questions_table(questions: Iterable[Question]) -> str:
    """Return the questions as a table: name, parameters, words."""
    drawn = Table(header_style="bold")
    for column in ("name", "parameters", "words"):
        drawn.add_column(column, overflow="fold", no_wrap=column == "name")
    for question in questions:
        drawn.add_row(question.name, ", ".join(question.params), question.words)
    return draw(drawn)


def _cell(cell: TableCell, names: Mapping[str, str], prefixes: dict[str, str]) -> Text:
    if not cell.is_iri:
        return Text(cell.text)
    curie = shrink(cell.text, prefixes)
    return Text.assemble(names[cell.text], "\n", (curie, "dim")) if cell.text in names else Text(curie)


def ruled(columns: Iterable[str], *, numbers: Iterable[str] = (), show_lines: bool = False) -> Table:
    """Return an empty table with columns of words, then of numbers; what is too long is folded and never cut."""
    drawn = Table(show_lines=show_lines, header_style="bold")
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for column in numbers:
        drawn.add_column(column, overflow="fold", justify="right")
    return drawn


def draw(drawn: Table) -> str:
    """Return the drawing, with colours only where a terminal shows them."""
    buffer = StringIO()
    console = Console(file=sys.stdout)
    Console(file=buffer, width=console.width, force_terminal=console.is_terminal, highlight=False).print(drawn)
    return buffer.getvalue()
