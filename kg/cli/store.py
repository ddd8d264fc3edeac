"""`kg drop`, `kg stats`, `kg verify`, `kg backup` and `kg restore`: commands that look after a store."""

from __future__ import annotations

import sys

import click

from kg.cli.options import reading, reading_options, store_option, writing


@click.command(short_help="Remove named graphs from a store.")
@click.argument("graphs", metavar="GRAPH...", nargs=-1, required=True)
@store_option
def drop(graphs: tuple[str, ...], store: str | None) -> None:
    """Remove named graphs, with their records; derived triples are derived again. All of them, or none.

    A graph is named by its IRI, its CURIE or its file's name.

    \b
    kg drop claims.yaml
    """
    with writing(store) as graph:
        dropped = graph.drop(*graphs)
    for entry in dropped.replaced:
        click.echo(f"dropped <{entry.graph}>: {entry.triples:,} triples from {entry.path}", err=True)
    click.echo(f"{dropped.derived:,} derived triples now", err=True)


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
    """Let the store hold what a backup holds, whatever it holds now, damaged or not.

    \b
    kg restore backups/monday
    """
    with writing(store) as graph:
        graph.restore(folder)
        click.echo(f"restored {graph.location} from {folder}", err=True)
