"""Commands that fill a store and look after it: load, map, validate, drop, stats, verify, backup and restore."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.cli.options import Seconds, output_option, put_out, reading, reading_options, store_option, writing
from kg.cli.terminal import clean, obeyed
from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem

_STEPS = 200
"""Moves of the progress bar for a file: a drawing for each block that is read would cost more than reading it."""
_ENCODING = click.option(
    "--encoding", metavar="NAME", help="Read text files in this encoding.  [default: UTF-8, or a guess that is told]"
)
_SHEET = click.option("--sheet", metavar="NAME", help="Read this sheet of a spreadsheet.  [default: the first]")


@click.command(short_help="Bring claim files, RDF and tables into a store.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--mapping",
    metavar="FILE",
    multiple=True,
    help="Read tables by this mapping file, or the name of one of ours; can be given again.",
)
@click.option("--dry-run", is_flag=True, help="Show what the first rows of a table say; write nothing.")
@click.option("--strict", is_flag=True, help="Refuse what would be repaired, such as spaces in an IRI.")
@click.option("--prune", is_flag=True, help="Drop the graphs of files that are no longer in the folders named.")
@click.option("--format", "form", metavar="EXT", help="What - is, by the ending of such a file: ttl, yaml, csv ...")
@_ENCODING
@_SHEET
@store_option
def load(
    paths: tuple[str, ...],
    mapping: tuple[str, ...],
    dry_run: bool,
    strict: bool,
    prune: bool,
    form: str | None,
    encoding: str | None,
    sheet: str | None,
    store: str | None,
) -> None:
    """Bring claim files, RDF (.ttl .trig .nt .nq .jsonld .rdf) and tables into a store, one named graph a file.

    A folder stands for the claim files and RDF files in it. A table (.csv .tsv .json .jsonl .yaml .xlsx) is read by a
    mapping file, which kg map proposes. A file that was loaded before is replaced as a whole. Nothing is written if
    anything is wrong. PATH - is standard input, of which --format says what it is.

    \b
    kg load data/massage-low-back-pain
    kg load my-claims.yaml other.ttl --store work/store
    kg load claims.csv --mapping claims-mapping.yaml --dry-run
    kg load --prune my-claims
    """
    paths = tuple(_saved(form) if path == "-" else path for path in paths)
    if dry_run:
        _preview(paths, mapping, encoding, sheet)
        return
    from kg.display import counted

    with writing(store) as graph, _progress():
        try:
            loaded = graph.load(*paths, mapping=mapping, strict=strict, prune=prune, encoding=encoding, sheet=sheet)
        except KgError as error:
            error.args = (_unsaid(str(error)),)
            raise
    replaced = {entry.graph for entry in loaded.replaced}
    for problem in loaded.warnings:
        click.echo(_said(problem), err=True)
    for entry in loaded.entries:
        word = "replaced" if entry.graph in replaced else "loaded"
        click.echo(f"{word} {_unsaid(entry.path)}: {counted(entry.triples, 'triple')} in <{entry.graph}>", err=True)
    for entry in loaded.pruned:
        click.echo(f"dropped <{entry.graph}>: {entry.path} is no longer there", err=True)
    click.echo(f"{counted(loaded.derived, 'derived triple')}; the store is {graph.location}", err=True)


_UNSAID = "kg.unsaid"


def _unsaid(text: str) -> str:
    """Return a text without the name of the folder that standard input was saved to, which nobody named."""
    folder = click.get_current_context().meta.get(_UNSAID)
    return text.replace(folder, "") if folder else text


def _saved(form: str | None) -> str:
    """Return a file with what comes on standard input: the readers tell a file by its name, and read it twice."""
    from kg.errors import UsageError
    from kg.files import temporary_folder

    if not form or not form.strip(".").replace(".", "").isalnum():
        raise UsageError("standard input has no name that tells what it is; say it: kg load - --format ttl")
    folder = click.get_current_context().with_resource(temporary_folder()) / "stdin"
    click.get_current_context().meta[_UNSAID] = f"{folder}/"
    folder.mkdir(exist_ok=True)
    file = folder / f"stdin.{form.strip('.')}"
    file.write_bytes(sys.stdin.buffer.read())
    return str(file)


def _said(problem: Problem) -> str:
    return _unsaid(str(problem) if problem.severity == "info" else f"{problem.severity}: {problem}")


def _preview(paths: tuple[str, ...], mapping: tuple[str, ...], encoding: str | None, sheet: str | None) -> None:
    import kg

    if not mapping:
        raise kg.UsageError("--dry-run shows what a mapping makes of a table: name it with --mapping")
    previews = [kg.KnowledgeGraph.preview(path, mapping, encoding, sheet) for path in paths]
    for preview in previews:
        for row in preview.rows:
            click.echo(row)
        click.echo(str(preview))
        for problem in preview.problems:
            click.echo(_said(problem), err=True)
    if any(preview.is_refused for preview in previews):
        click.get_current_context().exit(1)


@contextmanager
def _progress() -> Iterator[None]:
    """Draw a bar for each file that is read, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from kg.files import watched

    with Progress(console=Console(file=obeyed(sys.stderr)), transient=True) as bar:
        drawn: dict[Path, tuple[TaskID, int]] = {}

        def watch(path: Path, read: int, size: int) -> None:
            task, last = drawn.get(path) or (bar.add_task(clean(path.name), total=size), -size)
            if abs(read - last) * _STEPS >= size:
                bar.update(task, completed=read)
                last = read
            drawn[path] = task, last

        with watched(watch):
            yield


@click.command(name="map", short_help="Propose a mapping file for a table.")
@click.argument("path", metavar="FILE")
@_ENCODING
@_SHEET
def map_command(path: str, encoding: str | None, sheet: str | None) -> None:
    """Propose a mapping file for a table, guessed from the names of its columns and what is in them.

    Look it over, above all the stance that each verdict word means; then try it out and load the table.

    \b
    kg map claims.csv > claims-mapping.yaml
    kg load claims.csv --mapping claims-mapping.yaml --dry-run
    kg load claims.csv --mapping claims-mapping.yaml
    """
    import kg

    click.echo(kg.KnowledgeGraph.propose_mapping(path, encoding, sheet), nl=False)


@click.command(short_help="Check shapes, quotes, arguments and coverage.")
@click.argument("paths", metavar="[PATH...]", nargs=-1)
@store_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "ttl"]), default="text", show_default=True
)
@click.option("--all", "everything", is_flag=True, help="Check all that the store holds, not only what PATH touches.")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@click.option("--timeout", type=Seconds(), help="Seconds for all shapes.  [60 for each 2,000 nodes]")
@output_option
def validate(
    paths: tuple[str, ...],
    store: str | None,
    form: str,
    everything: bool,
    strict: bool,
    timeout: float | None,
    output: str | None,
) -> None:
    """Check files, or what a store holds: shapes (SHACL), quotes, arguments, and how much of each text is covered.

    Files are checked alone. With --store, they are checked as the store has them, with all that it says of what they
    describe: nothing else is checked, which is quicker in a big store. Without files, or with --all, everything in the
    store is checked.

    Exit status: 0 no violations, 1 violations (with --strict: or warnings), 3 a file cannot be read.

    \b
    kg validate data/massage-low-back-pain
    kg validate claims.yaml --format sarif -o report.sarif
    kg validate claims.yaml --store work/store
    kg validate --all --store work/store
    """
    import kg
    from kg.validate import render

    with kg.open() if paths and not (store or everything) else reading(store, ()) as graph:
        report = graph.validate(*paths, timeout=timeout, in_store=bool(paths and store), everything=everything)
    put_out(render(report, form), output)
    sys.exit(report.exit_code(strict=strict))


@click.command(short_help="Remove named graphs from a store.")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True)
@store_option
def drop(graphs: tuple[str, ...], store: str | None) -> None:
    """Remove named graphs, with their records; derived triples are derived again. All of them, or none.

    A graph is named by its IRI, its CURIE or its file's name.

    \b
    kg drop claims.yaml
    """
    from kg.display import counted

    with writing(store) as graph:
        dropped = graph.drop(*graphs)
    for entry in dropped.replaced:
        click.echo(f"dropped <{entry.graph}>: {counted(entry.triples, 'triple')} from {entry.path}", err=True)
    click.echo(f"{counted(dropped.derived, 'derived triple')} now", err=True)


@click.command(short_help="Count what a store holds.")
@reading_options
def stats(store: str | None, data: tuple[str, ...]) -> None:
    """Count the triples of each named graph and the nodes of each class; one `what<TAB>count` a line.

    \b
    kg stats
    """
    with reading(store, data) as graph:
        for what, count in graph.stats().items():
            click.echo(f"{what}\t{count}")
        if not data:
            for problem in graph.gone_files():
                click.echo(_said(problem), err=True)


@click.command(short_help="Check that a store is whole.")
@store_option
def verify(store: str | None) -> None:
    """Check every file of a store by its SHA-256, and every named graph by its count in the catalog.

    Exit status: 0 whole, 1 not: what is wrong is said a line each, and a backup can be restored.

    \b
    kg verify
    """
    with writing(store) as graph:
        faults = graph.verify()
        for fault in faults:
            click.echo(f"{graph.location}: {fault}")
        click.echo("not whole; kg restore brings back a backup" if faults else "whole", err=True)
    sys.exit(1 if faults else 0)


@click.command(short_help="Lift the lock of a load that was killed, on a server.")
@store_option
def unlock(store: str | None) -> None:
    """Lift the lock that a writer which was killed left on a SPARQL server. A store in a folder needs this never.

    Be sure that it was killed: one that is still at work is told so at its end, and its changes are lost.

    \b
    kg unlock --store http://localhost:7878/query
    """
    with writing(store) as graph:
        holders = graph.unlock()
    for holder in holders:
        click.echo(f"lifted the lock of {holder}", err=True)
    if not holders:
        click.echo("no lock to lift", err=True)


@click.command(short_help="Copy a store.")
@click.argument("folder")
@store_option
def backup(folder: str, store: str | None) -> None:
    """Copy the store, as it is now, to a new folder, which is a store itself; others may write meanwhile.

    \b
    kg backup backups/monday
    """
    with reading(store, ()) as graph:
        graph.backup(folder)
        click.echo(f"copied {graph.location} to {folder}", err=True)


@click.command(short_help="Bring back a backup.")
@click.argument("folder")
@store_option
def restore(folder: str, store: str | None) -> None:
    """Replace what the store holds by a backup, whatever it holds now, damaged or not.

    \b
    kg restore backups/monday
    """
    with writing(store) as graph:
        graph.restore(folder)
        click.echo(f"restored {graph.location} from {folder}", err=True)
