"""`kg show` and `kg view`: claims as a person reads them, in the terminal and as pages."""

from __future__ import annotations

from typing import Any

import click

from kg.cli.options import put_out, reading, reading_options
from kg.cli.query import text_of


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


@click.command(short_help="Draw a claim's page, or the graph, matrix, text, timeline or table, as HTML.")
@click.argument("claim", required=False)
@reading_options
@click.option(
    "--as",
    "kind",
    type=click.Choice(["page", "graph", "matrix", "reading", "timeline", "table"]),
    default="page",
    show_default=True,
)
@click.option("--around", metavar="ID", help="With --as graph: only what is near this node.")
@click.option("--hops", type=click.IntRange(1, 10), help="With --around: how near.  [default: 1]")
@click.option("--query", metavar="TEXT|FILE.rq|-", help="With --as graph: what this CONSTRUCT gives.")
@click.option("--source", metavar="ID", help="With --as reading: the source to read, where several have a text.")
@click.option("--rows", metavar="WHAT", help="With --as matrix: what the rows are.  [default: outcome]")
@click.option("--columns", metavar="WHAT", help="With --as matrix: what the columns are.  [default: intervention]")
@click.option("--full", is_flag=True, default=None, help="With --as page: all notes and figures of a large dispute.")
@click.option("-o", "--output", metavar="FILE", required=True, help="Where to; - is standard output.")
def view(claim: str | None, store: str | None, data: tuple[str, ...], output: str, **options: Any) -> None:
    """Draw a claim's page, or all claims as a graph, matrix, timeline or table, or an article with its quotes.

    One HTML file that needs no network.  With CLAIM, the views of many claims show it and those that bear on it.

    \b
    kg view relieves -o relieves.html
    kg view relieves --full -o relieves-full.html
    kg view --as graph --around surgeons --hops 2 -o surgeons.html
    kg view --as graph --query 'CONSTRUCT WHERE { ?a hc:supports ?b }' -o supports.html
    kg view --as matrix --rows claim --columns source -o matrix.html
    kg view --as reading --source article -o article.html
    kg view relieves --as timeline -o when.html
    kg view --as table -o table.html

    Rows and columns: outcome, intervention, comparator, population, topic, kind, claim, source, speaker.
    """
    _refuse_other_formats(output)
    if options["query"]:
        options["query"] = text_of(options["query"])
    with reading(store, data) as graph:
        drawn = graph.view(claim, **options)
        put_out(str(drawn), output)
    for remark in drawn.remarks:
        click.echo(f"warning: {remark}", err=True)


def _refuse_other_formats(output: str) -> None:
    """Raise UsageError for a name that promises another format than HTML; one without a suffix promises none."""
    from pathlib import Path

    from kg.errors import UsageError

    suffix = Path(output).suffix
    if suffix.lower() not in ("", ".html", ".htm"):
        raise UsageError(f"{output}: a view is HTML, not '{suffix}'; name the file .html (kg export has other formats)")
