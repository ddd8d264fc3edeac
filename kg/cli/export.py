"""`kg export`: RDF and citations as files that other programs read."""

from __future__ import annotations

import sys

import click

from kg.cli.options import parameters, params_option, reading, reading_options
from kg.export import CITATIONS, RDF


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
