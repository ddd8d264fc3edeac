"""`kg load` and `kg map`: files become named graphs of a store, tables by a mapping file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option, writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem

_STEPS = 200
"""Moves of the progress bar for a file: a drawing for each block that is read would cost more than reading it."""


@click.command(short_help="Bring claim files, RDF and tables into a store.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--mapping", metavar="FILE", help="Read tables by this mapping file, or the name of one of ours.")
@click.option("--dry-run", is_flag=True, help="Show what the first rows of a table say; write nothing.")
@click.option("--strict", is_flag=True, help="Refuse what would be repaired, such as spaces in an IRI.")
@store_option
def load(paths: tuple[str, ...], mapping: str | None, dry_run: bool, strict: bool, store: str | None) -> None:
    """Bring claim files, RDF (.ttl .trig .nt .nq .jsonld .rdf) and tables into a store, one named graph a file.

    A folder stands for the claim files and RDF files in it. A table (.csv .tsv .json .jsonl .yaml .xlsx) is read by a
    mapping file, which kg map proposes. A file that was loaded before is replaced as a whole. Nothing is written if
    anything is wrong.

    \b
    kg load data/massage-low-back-pain
    kg load my-claims.yaml other.ttl --store work/store
    kg load claims.csv --mapping claims-mapping.yaml --dry-run
    """
    if dry_run:
        _preview(paths, mapping)
        return
    with writing(store) as graph, _progress():
        loaded = graph.load(*paths, mapping=mapping, strict=strict)
    replaced = {entry.graph for entry in loaded.replaced}
    for problem in loaded.warnings:
        click.echo(_said(problem), err=True)
    for entry in loaded.entries:
        word = "replaced" if entry.graph in replaced else "loaded"
        click.echo(f"{word} {entry.path}: {entry.triples:,} triples in <{entry.graph}>", err=True)
    click.echo(f"{loaded.derived:,} derived triples; the store is {graph.location}", err=True)


def _said(problem: Problem) -> str:
    return str(problem) if problem.severity == "info" else f"{problem.severity}: {problem}"


def _preview(paths: tuple[str, ...], mapping: str | None) -> None:
    import kg

    if mapping is None:
        raise kg.UsageError("--dry-run shows what a mapping makes of a table: name it with --mapping")
    previews = [kg.KnowledgeGraph.preview(path, mapping) for path in paths]
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

    with Progress(console=Console(stderr=True), transient=True) as bar:
        drawn: dict[Path, tuple[TaskID, int]] = {}

        def watch(path: Path, read: int, size: int) -> None:
            task, last = drawn.get(path) or (bar.add_task(path.name, total=size), -size)
            if abs(read - last) * _STEPS >= size:
                bar.update(task, completed=read)
                last = read
            drawn[path] = task, last

        with watched(watch):
            yield


@click.command(name="map", short_help="Propose a mapping file for a table.")
@click.argument("path", metavar="FILE")
def map_command(path: str) -> None:
    """Propose a mapping file for a table, guessed from the names of its columns and what is in them.

    Look it over, above all the stance that each verdict word means; then try it out and load the table.

    \b
    kg map claims.csv > claims-mapping.yaml
    kg load claims.csv --mapping claims-mapping.yaml --dry-run
    kg load claims.csv --mapping claims-mapping.yaml
    """
    import kg

    click.echo(kg.KnowledgeGraph.propose_mapping(path), nl=False)
