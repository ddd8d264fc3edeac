"""`kg show` and `kg view`."""

from __future__ import annotations

import click

from kg.cli.options import put_out, reading, reading_options


@click.command(short_help="Show a claim and what answers it, in the terminal.")
@click.argument("claim")
@reading_options
def show(claim: str, store: str | None, data: tuple[str, ...]) -> None:
    """Show what is said for a claim, against it and to limit it: in which words, by whom, in which source.

    \b
    kg show relieves
    kg show relieves --data data/massage-low-back-pain
    """
    import shutil

    with reading(store, data) as graph:
        click.echo(graph.show(claim, width=min(shutil.get_terminal_size().columns, 110)), nl=False)


@click.command(short_help="Draw a claim's page, or the graph, as HTML.")
@click.argument("claim", required=False)
@reading_options
@click.option("--as", "kind", type=click.Choice(["page", "graph"]), default="page", show_default=True)
@click.option("--around", metavar="ID", help="With --as graph: only what is near this node.")
@click.option("--hops", type=click.IntRange(1, 10), default=1, show_default=True, help="With --around: how near.")
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to; - is standard output.")
def view(
    claim: str | None,
    store: str | None,
    data: tuple[str, ...],
    kind: str,
    around: str | None,
    hops: int,
    output: str,
) -> None:
    """Draw a claim's page, or the graph of all claims or of a part: one HTML file that needs no network.

    \b
    kg view relieves -o relieves.html
    kg view --as graph -o graph.html
    kg view --as graph --around surgeons --hops 2 -o surgeons.html
    kg view relieves --as graph -o around-relieves.html
    """
    if kind == "page" and (around or hops != 1):
        raise click.UsageError("--around and --hops go with --as graph")
    with reading(store, data) as graph:
        put_out(str(graph.view(claim, kind=kind, around=around, hops=hops)), output)
