"""Answers as tables for a terminal, with labels in the place of IRIs."""

from __future__ import annotations

import sys
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.export import results
from kg.model.labels import labels
from kg.namespaces import shrink
from kg.query import Rows
from kg.query.result import native
from kg.store.terms import IRI, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.query import Answer, Question
    from kg.store import Store


def table(answer: Answer, store: Store) -> str:
    """Return rows as a table as wide as the terminal, yes and no as a word; UsageError for a graph."""
    if not isinstance(answer, Rows):
        form = results.default_format(answer)
        if form == "ttl":
            return results.write(answer, form, store.prefixes()).decode()
        return results.write(answer, "csv", {}).decode()
    names = labels(store, {term for row in answer.solutions for term in row.values() if isinstance(term, IRI)})
    prefixes = store.prefixes()
    drawn = ruled(answer.columns, show_lines=len(answer.columns) > 1)
    for row in answer.solutions:
        said = {term.value for term in row.values() if not isinstance(term, IRI)}
        labels_here = {term: label for term, label in names.items() if label not in said}
        drawn.add_row(*(_cell(row.get(column), labels_here, prefixes) for column in answer.columns))
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


def _cell(term: Term | None, names: Mapping[IRI, str], prefixes: dict[str, str]) -> Text:
    if term is None:
        return Text("")
    if not isinstance(term, IRI):
        return Text(str(native(term)))
    curie = shrink(term.value, prefixes)
    return Text.assemble(names[term], "\n", (curie, "dim")) if term in names else Text(curie)


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
