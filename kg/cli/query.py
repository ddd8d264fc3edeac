"""`kg query` and `kg questions`: SPARQL, or a question by its name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import on_terminal, output_option, parameters, params_option, put_out, reading, reading_options

if TYPE_CHECKING:
    from kg import Answer, KnowledgeGraph

FORMATS = ["table", "csv", "tsv", "json", "jsonl", "xml", "markdown", "ttl", "nt"]


@click.command(short_help="Ask SPARQL, or a question by its name.")
@click.argument("text", metavar="TEXT|FILE.rq|NAME|-")
@reading_options
@params_option
@click.option("--format", "form", type=click.Choice(FORMATS), help="[a table on a terminal, else CSV or Turtle]")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=10, show_default=True, help="Seconds.")
@click.option("--max-rows", metavar="N", type=click.IntRange(1), help="Write the first N rows or triples at most.")
@click.option("--allow-service", metavar="URL", multiple=True, help="Let SERVICE <URL> ask there; can be given again.")
@output_option
def query(
    text: str,
    store: str | None,
    data: tuple[str, ...],
    params: tuple[str, ...],
    form: str | None,
    timeout: float,
    max_rows: int | None,
    allow_service: tuple[str, ...],
    output: str | None,
) -> None:
    """Ask a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE), or one of `kg questions` by its name.

    Prefixes are declared already. A parameter stands in a query as VALUES ?name { UNDEF } and is bound with -p.

    \b
    kg query counterclaims-to-agent -p agent=amta
    kg query 'SELECT ?text WHERE { ?claim a hc:Claim ; hc:text ?text }' --format csv
    echo 'ASK { ?claim hc:kind hc:Harm }' | kg query -
    """
    from kg.errors import QueryError

    with reading(store, data) as graph:
        answer = graph.query(
            text_of(text),
            parameters(params),
            timeout=timeout,
            max_rows=max_rows,
            allow_service=allow_service,
        )
        put_out(_written(answer, form, graph, as_table=on_terminal(output)), output)
    if not answer.complete:
        raise QueryError(f"stopped at {max_rows:,} rows or triples; there are more (--max-rows {max_rows})")


def _written(answer: Answer, form: str | None, graph: KnowledgeGraph, *, as_table: bool) -> bytes | str:
    from kg.export import results

    form = form or ("table" if as_table else results.default_format(answer))
    if form == "table":
        from kg.cli.tables import table

        return table(answer, graph)
    return results.write(answer, form, graph.prefixes)


@click.command(short_help="List the competency questions.")
def questions() -> None:
    """List the questions that `kg query NAME` answers; in a pipe, one name<TAB>words a line.

    \b
    kg questions
    kg questions | grep evidence
    """
    import kg

    listed = list(kg.open().questions.values())
    if not sys.stdout.isatty():
        for question in listed:
            click.echo(f"{question.name}\t{question.words}")
        return
    from kg.cli.tables import questions_table

    click.echo(questions_table(listed), nl=False)


def text_of(argument: str) -> str:
    """Return the query that an argument means: standard input, the text of an .rq file, else itself."""
    if argument == "-":
        return sys.stdin.read()
    if not argument.endswith((".rq", ".sparql")) or any(character in argument for character in "{\n"):
        return argument
    from pathlib import Path

    from kg.files import read_text

    return read_text(Path(argument))
