"""Options and output that several commands share, and the store that they name."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from kg.cli.terminal import Drawn, clean
from kg.errors import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rich.console import Console
    from rich.text import Text

    from kg.graph import KnowledgeGraph

DEFAULT_STORE = "kg-store"
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?")


class Seconds(click.FloatRange):
    """Type of an option that is a time: above 0, and a number that the system's clocks know."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=LONGEST)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number of seconds; a usage error for nan, which is in no range and out of none."""
        seconds = super().convert(value, param, ctx)
        if isnan(seconds):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return seconds


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--store`."""
    return click.option(
        "--store",
        metavar="FOLDER|URL",
        help="The store: a folder, :memory:, or the address of a SPARQL server.  [KG_STORE, else ./kg-store]",
    )(command)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--store` and `--data`, for commands that read."""
    data = click.option(
        "--data",
        metavar="FILE",
        multiple=True,
        help="Read this file or folder instead of a store, in memory; can be given again.",
    )
    return store_option(data(command))


def params_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-p name=value`."""
    return click.option(
        "-p",
        "--param",
        "params",
        metavar="NAME=VALUE",
        multiple=True,
        help='A parameter: a short id, a CURIE, an IRI, a number or "text"; can be given again.',
    )(command)


def parameters(assignments: tuple[str, ...]) -> dict[str, str]:
    """Return name -> value of `-p name=value` options; UsageError for one without a name or a value."""
    from kg.errors import UsageError

    values: dict[str, str] = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not (name.isidentifier() and equals and value):
            raise UsageError(f"'{assignment}' is not a parameter; write -p name=value, as in -p agent=amta")
        if name in values:
            raise UsageError(f"the parameter '{name}' is given twice")
        values[name] = value
    return values


def listing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--format`, `--safe-csv` and `--output`, for commands that give a list of records (`written`)."""
    forms = click.Choice(["table", "csv", "json", "jsonl"])
    form = click.option("--format", "form", type=forms, help="[a table on a terminal, else CSV]")
    return form(safe_csv_option(output_option(command)))


def safe_csv_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--safe-csv`, which `as_asked` looks up."""
    words = "In CSV, write ' before a cell that a spreadsheet would take for a formula."

    def keep(context: click.Context, _: click.Parameter, value: bool) -> None:
        context.meta[_SAFE] = value

    return click.option("--safe-csv", is_flag=True, expose_value=False, callback=keep, help=words)(command)


_SAFE = "kg.safe-csv"


def as_asked(document: str) -> str:
    """Return a CSV document, with `--safe-csv` as one in which no cell is a formula; numbers stay."""
    import csv
    from io import StringIO

    from kg.display import inert

    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(_SAFE):
        return document
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(StringIO(document, newline="")):
        writer.writerow([cell if _NUMBER.fullmatch(cell) else inert(cell) for cell in row])
    return out.getvalue()


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--language`."""
    words = "Of names in several languages, the one in this: en, de, pt-BR.  [English, then any]"
    return click.option("--language", metavar="TAG", default="", help=words)(command)


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `-o FILE`."""
    return click.option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")(command)


def on_terminal(output: str | None) -> bool:
    """Return True if a result goes to a person's terminal, and not to a file or a pipe."""
    return not output and sys.stdout.isatty()


@contextmanager
def reading(store: str | None, data: tuple[str, ...]) -> Iterator[KnowledgeGraph]:
    """Open what a reading command reads: the files of `--data`, else the store.

    Where no store was named and none is there, it is the seed dataset that ships with `kg`, and standard error says so.
    """
    import kg
    from kg.errors import UnreadableError, UsageError
    from kg.worker import memory_limited

    if store and data:
        raise UsageError("--store and --data exclude each other: read a store, or files")
    named = store or os.environ.get("KG_STORE")
    called = "the files of --data"
    location = named or DEFAULT_STORE
    if not data and not kg.KnowledgeGraph.is_there(location):
        if named:
            raise UnreadableError(f"no store in {location}; make one with: kg load PATH --store {location}")
        from kg.files import shipped

        click.echo(
            f"kg: no store in ./{location}: reading the seed dataset that ships with kg (kg load PATH makes a store)",
            err=True,
        )
        data = (str(shipped("data") / "massage-low-back-pain"),)
        called = "the seed dataset that ships with kg"
    with memory_limited(), kg.open(":memory:" if data else location) as graph:
        if data:
            graph.load(*data)
            graph.location = called
        yield graph


def writing(store: str | None) -> KnowledgeGraph:
    """Open the store that a writing command writes to; it need not exist.

    What a server does not promise, or keeps otherwise than it was sent, is said on standard error at the end.
    """
    import kg
    from kg.worker import memory_limited

    click.get_current_context().with_resource(memory_limited())
    graph = kg.open(store or os.environ.get("KG_STORE") or DEFAULT_STORE)
    click.get_current_context().call_on_close(lambda: _say(graph))
    return graph


def _say(graph: KnowledgeGraph) -> None:
    for caution in graph.cautions:
        click.echo(f"warning: {caution}", err=True)


def put_out(content: bytes | str, path: str | None) -> None:
    """Write a result to `path`, or to standard output if it is "-" or not given."""
    if path in (None, "-"):
        click.echo(content, nl=False)
        return
    from pathlib import Path

    from kg.files import atomic_write

    assert path is not None
    atomic_write(Path(path), content.encode() if isinstance(content, str) else content)
    click.echo(f"wrote {path}", err=True)


def ids_of(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Return what completes the ids of a kind of record, of the store that the command line names."""

    def complete(context: click.Context, _: click.Parameter, start: str) -> list[str]:
        import kg

        location = context.params.get("store") or os.environ.get("KG_STORE") or DEFAULT_STORE
        try:
            if not kg.KnowledgeGraph.is_there(location):
                return []
            with kg.open(location) as graph:
                return _beginning((each.id for each in graph.list(kind)), start)
        except kg.KgError:
            return []

    return complete


def question_names(_: click.Context, __: click.Parameter, start: str) -> list[str]:
    """Return the names of questions that begin with `start`."""
    import kg

    return _beginning(kg.open().questions, start)


def _beginning(names: Iterable[str], start: str) -> list[str]:
    return [name for name in names if name.startswith(start)]


WIDE = 100
"""Columns of a terminal below which a table that does not fit is written as records."""
_ANY = 1_000_000


def draw(
    columns: Iterable[str],
    rows: Iterable[Iterable[str | Text]],
    *,
    numbers: Iterable[str] = (),
    show_lines: bool = False,
    wide: int = 0,
) -> Drawn:
    """Return a table with columns of words, then of numbers; what is too long is folded and never cut.

    On a terminal with fewer than `wide` columns, if it does not fit, and on any on which a cell would be narrower than
    a word of it, each row is a record instead: a line for each cell, after the name of its column.

    Colours are only where a terminal shows them; what reads like markup or drives a terminal in a text is a text.
    """
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(show_lines=show_lines, header_style="bold")
    names = [*columns, *numbers]
    for column in columns:
        drawn.add_column(column, overflow="fold", no_wrap=column in _UNBROKEN)
    for column in numbers:
        drawn.add_column(column, overflow="fold", justify="right")
    cells = [[cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows]
    for texts in cells:
        for text in texts:
            text.plain = clean(text.plain)
        drawn.add_row(*texts)
    buffer, console = StringIO(), Console(file=sys.stdout)
    plain = Console(file=buffer, width=console.width, force_terminal=console.is_terminal, highlight=False)
    fits = plain.measure(drawn, options=plain.options.update(max_width=_ANY))
    if fits.minimum > console.width or (console.width < wide and fits.maximum > console.width):
        _print_records(plain, names, cells)
    else:
        plain.print(drawn)
    return Drawn(buffer.getvalue())


_UNBROKEN = ("name", "id")
"""Columns whose cells are typed into other commands."""


def _print_records(console: Console, names: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    """Print each row as lines `name: text`, what is longer under its beginning, with an empty line after each."""
    from rich.text import Text

    for row in rows:
        for name, cell in zip(names, row, strict=True):
            for number, line in enumerate(cell.split("\n", allow_blank=True) if cell.plain else ()):
                said = line if number else Text.assemble((f"{name}: ", "bold"), line)
                width = _ANY if name in _UNBROKEN else console.width - 2
                for part, piece in enumerate(said.wrap(console, width, overflow="fold")):
                    console.print("  " * bool(number or part), piece, sep="", soft_wrap=True)
        console.print()


def written(records: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> str:
    """Return `records` in the form csv (a list is one text, joined by "; "; None is empty), json or jsonl."""
    import csv
    import json
    from io import StringIO

    if form == "json":
        return json.dumps(records, ensure_ascii=False, indent=1) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(record[column]) for column in columns] for record in records)
    return as_asked(out.getvalue())


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(value)
    return "" if value is None else str(value)
