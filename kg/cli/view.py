"""Commands that write claims out: `kg show` in the terminal, `kg view` as pages, `kg export` as RDF and citations."""

from __future__ import annotations

import re
import sys
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import ids_of, parameters, params_option, put_out, reading, reading_options
from kg.cli.query import text_of
from kg.errors import UsageError
from kg.export import CITATIONS, RDF
from kg.pages import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable


@click.command(short_help="Show a claim and what answers it, in the terminal.")
@click.argument("claim", metavar="CLAIM|WORDS", shell_complete=ids_of("claims"))
@reading_options
def show(claim: str, store: str | None, data: tuple[str, ...]) -> None:
    """Show what is said for a claim, against it and to limit it: in which words, by whom, in which source.

    A claim is named by its id, or by words of its text: then the best match is shown, and others are named.

    \b
    kg show relieves
    kg show 'massage insomnia'
    kg show relieves --data data/massage-low-back-pain
    """
    import shutil

    with reading(store, data) as graph:
        found, *others = graph.claims_called(claim)
        if found != claim:
            also = f"; also: {', '.join(others)}" if others else ""
            click.echo(f"kg: {found} has these words{also}", err=True)
        click.echo(graph.show(found, width=min(shutil.get_terminal_size().columns, 110)), nl=False)


def _page_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of each kind of page, as its options class documents them; one that several have, once."""
    options = {option.name: option for page in KINDS.values() for option in fields(page.options)}
    for name, option in reversed(options.items()):
        form: dict[str, Any] = {"metavar": option.metadata["metavar"]}
        if isinstance(option.default, bool):
            form = {"is_flag": True}
        elif between := option.metadata.get("between"):
            form = {"type": click.IntRange(*between)}
        holders = [kind for kind, page in KINDS.items() if name in {each.name for each in fields(page.options)}]
        words = f"With --as {', '.join(holders)}: {option.metadata['help']}"
        command = click.option(f"--{name}", default=None, help=words, **form)(command)
    return command


@click.command(short_help="Draw a claim's page, or the graph, matrix, text, timeline or table, as HTML.")
@click.argument("claim", required=False, shell_complete=ids_of("claims"))
@reading_options
@click.option("--as", "kind", type=click.Choice(list(KINDS)), default="page", show_default=True)
@_page_options
@click.option("-o", "--output", metavar="FILE", help="Where to; - is standard output.  [CLAIM.html, or graph.html ...]")
@click.option("--open", "opened", is_flag=True, help="Show the file in the browser.")
def view(
    claim: str | None, store: str | None, data: tuple[str, ...], output: str | None, opened: bool, **options: Any
) -> None:
    """Draw a claim's page, or all claims as a graph, matrix, timeline or table, or an article with its quotes.

    One HTML file that needs no network.  With CLAIM, the views of many claims show it and those that bear on it.

    \b
    kg view relieves --open
    kg view relieves --full -o relieves-full.html
    kg view --as graph --around surgeons --hops 2 -o surgeons.html
    kg view --as graph --query 'CONSTRUCT WHERE { ?a hc:supports ?b }' -o supports.html
    kg view --as matrix --rows claim --columns source -o matrix.html
    kg view --as reading --source article -o article.html
    kg view relieves --as timeline -o when.html
    kg view --as table -o table.html

    Rows and columns: outcome, intervention, comparator, population, topic, kind, claim, source, speaker.
    """
    output = output or f"{_SEPARATORS.split(claim or '')[-1] or options['kind']}.html"
    _refuse_other_formats(output)
    if opened and output == "-":
        raise UsageError("--open shows a file; leave -o - out")
    if options["query"]:
        options["query"] = text_of(options["query"])
    with reading(store, data) as graph:
        drawn = graph.view(claim, **options)
        put_out(str(drawn), output)
    for remark in drawn.remarks:
        click.echo(f"warning: {remark}", err=True)
    if opened:
        import webbrowser
        from pathlib import Path

        if not webbrowser.open(Path(output).resolve().as_uri()):
            click.echo(f"kg: no browser could be started; open {output} yourself", err=True)


_SEPARATORS = re.compile(r"[:/#]")
"""Characters before the last part of a CURIE or an IRI."""


def _refuse_other_formats(output: str) -> None:
    """Raise UsageError for a name that promises another format than HTML; one without a suffix promises none."""
    from pathlib import Path

    suffix = Path(output).suffix
    if suffix.lower() not in ("", ".html", ".htm"):
        raise UsageError(f"{output}: a view is HTML, not '{suffix}'; name the file .html (kg export has other formats)")


@click.command(short_help="Write Turtle and other RDF, or the sources as citations.")
@reading_options
@params_option
@click.option("--graph", metavar="GRAPH", help="One named graph: an IRI, a CURIE or the file's name.")
@click.option("--topic", metavar="TOPIC", help="What is about one topic and its narrower topics.")
@click.option("--query", metavar="TEXT|FILE.rq", help="What a CONSTRUCT or DESCRIBE query gives.")
@click.option("--format", "form", type=click.Choice([*RDF, *CITATIONS]), help="[by the file's extension]")
@click.option("-o", "--output", metavar="FILE", default="-", help="Where to; - is standard output, as Turtle.")
def export(
    store: str | None,
    data: tuple[str, ...],
    params: tuple[str, ...],
    graph: str | None,
    topic: str | None,
    query: str | None,
    form: str | None,
    output: str,
) -> None:
    """Write RDF: everything, or a graph, a topic, or what a query constructs. The same data give the same bytes.

    As ris, bib or csl it writes the sources alone, for reference managers.

    \b
    kg export -o claims.ttl
    kg export --graph claims.yaml -o article.trig
    kg export --topic sleep --format nt -o -
    kg export -o sources.bib
    """
    from kg.cli.query import text_of

    form = form or ("ttl" if output == "-" else output.rpartition(".")[2])
    with reading(store, data) as opened:
        text = text_of(query) if query else None
        to = sys.stdout.buffer if output == "-" else output
        opened.export(to, format=form, graph=graph, topic=topic, query=text, params=parameters(params))
    if output != "-":
        click.echo(f"wrote {output}", err=True)
