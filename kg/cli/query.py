"""Commands that ask a store: `kg query` and `kg questions`, `kg search` and `kg list`, and `kg sources`."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import (
    WIDE,
    Seconds,
    as_asked,
    draw,
    language_option,
    listing_options,
    on_terminal,
    output_option,
    parameters,
    params_option,
    put_out,
    question_names,
    reading,
    reading_options,
    safe_csv_option,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from kg import Answer, Hit, KnowledgeGraph, Pair, TableCell

_MOST_READ = 500
"""Rows that a terminal shows at once, unless a page was asked for; a table of more takes long to draw."""
FORMATS = ["table", "csv", "tsv", "json", "jsonl", "xml", "markdown", "ttl", "nt"]


@click.command(short_help="Ask SPARQL, or a question by its name.")
@click.argument("text", metavar="TEXT|FILE.rq|NAME|-", shell_complete=question_names)
@reading_options
@params_option
@click.option("--format", "form", type=click.Choice(FORMATS), help="[a table on a terminal, else CSV or Turtle]")
@click.option("--timeout", type=Seconds(), default=10, show_default=True, help="Seconds.")
@click.option("--max-rows", metavar="N", type=click.IntRange(1), help="Write the first N rows or triples at most.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Only a page of N rows.")
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Begin the page after the first N rows.")
@click.option("--allow-service", metavar="URL", multiple=True, help="Let SERVICE <URL> ask there; can be given again.")
@language_option
@click.option("--exit-status", is_flag=True, help="End with status 1 if the answer to ASK is no.")
@safe_csv_option
@output_option
def query(
    text: str,
    store: str | None,
    data: tuple[str, ...],
    params: tuple[str, ...],
    form: str | None,
    timeout: float,
    max_rows: int | None,
    limit: int | None,
    offset: int,
    allow_service: tuple[str, ...],
    language: str,
    exit_status: bool,
    output: str | None,
) -> None:
    """Ask a SPARQL 1.1 query (SELECT, ASK, CONSTRUCT, DESCRIBE), or one of `kg questions` by its name.

    Prefixes are declared already. A parameter stands in a query as VALUES ?name { UNDEF } and is bound with -p.

    \b
    kg query counterclaims-to-agent -p agent=amta
    kg query contested-claims --limit 50
    kg query 'SELECT ?text WHERE { ?claim a hc:Claim ; hc:text ?text }' --format csv
    echo 'ASK { ?claim hc:kind hc:Harm }' | kg query -
    """
    import kg
    from kg.errors import QueryError

    with reading(store, data) as graph:
        sparql = text_of(text)
        is_read = form is None and on_terminal(output)
        if is_read and "{" not in sparql and not (limit or max_rows or offset):
            limit = _MOST_READ  # a question by its name; no query of one's own is without a bracket
        answer = graph.query(
            sparql,
            parameters(params),
            timeout=timeout,
            max_rows=max_rows,
            allow_service=allow_service,
            language=language,
            limit=limit,
            offset=offset,
        )
        if is_read and isinstance(answer, kg.Rows) and len(answer) > _MOST_READ and not (limit or max_rows):
            answer, limit = answer.page(0, _MOST_READ), _MOST_READ
        put_out(_answer_written(answer, form, graph, as_table=is_read), output)
        for remark in graph.unused_terms(sparql):
            click.echo(f"kg: {remark}", err=True)
    if limit and not answer.complete:
        click.echo(f"kg: … more: --limit {limit} --offset {offset + limit}", err=True)
    elif not answer.complete:
        raise QueryError(f"stopped after {max_rows:,} of the rows or triples; there are more (--max-rows {max_rows})")
    if exit_status:
        if not isinstance(answer, kg.Truth):
            raise kg.UsageError("--exit-status is for ASK, whose answer is yes or no")
        sys.exit(0 if answer else 1)


def _answer_written(answer: Answer, form: str | None, graph: KnowledgeGraph, *, as_table: bool) -> bytes | str:
    from kg.export import results

    form = form or ("table" if as_table else results.default_format(answer))
    if form == "table":
        return _answer_table(answer, graph)
    document = results.write(answer, form, graph.prefixes)
    return as_asked(document.decode()).encode() if form == "csv" else document


def _answer_table(answer: Answer, graph: KnowledgeGraph) -> str:
    """Return rows as a table as wide as the terminal, yes and no as a word; UsageError for a graph."""
    import kg
    from kg.display import counted
    from kg.export import results

    if not isinstance(answer, kg.Rows):
        return results.write(answer, results.default_format(answer), graph.prefixes).decode()
    nodes = {cell.text for row in answer.cells() for cell in row if cell.is_iri}
    names, called = graph.labels(nodes), graph.ids(nodes)
    rows = []
    for row in answer.cells():
        said = {cell.text for cell in row if not cell.is_iri}
        labels_here = {iri: label for iri, label in names.items() if label not in said}
        rows.append([_node_cell(cell, labels_here, called) for cell in row])
    drawn = draw(answer.columns, rows, show_lines=len(answer.columns) > 1, wide=WIDE)
    return drawn + f"{counted(len(answer), 'row')}\n"


def _node_cell(cell: TableCell, names: Mapping[str, str], called: Mapping[str, str]) -> Text:
    from rich.text import Text

    if not cell.is_iri:
        return Text(cell.text)
    name = called[cell.text]
    return Text.assemble(names[cell.text], "\n", (name, "dim")) if cell.text in names else Text(name)


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
    rows = ((question.name, ", ".join(question.params), question.words) for question in listed)
    click.echo(draw(("name", "parameters", "words"), rows, wide=WIDE), nl=False)


def text_of(argument: str) -> str:
    """Return the query that an argument means: standard input, the text of an .rq file, else itself."""
    from pathlib import Path

    from kg.errors import UnreadableError, UsageError
    from kg.files import read_text

    if argument == "-":
        try:
            return sys.stdin.read()
        except UnicodeDecodeError as error:
            raise UnreadableError("standard input: not UTF-8 text; a query is") from error
    is_name = not any(character in argument for character in "{\n")
    if is_name and argument.endswith(".ru"):
        raise UsageError(f"{argument}: an update is not answered; kg load and kg drop change a store, and ask with .rq")
    return read_text(Path(argument)) if is_name and argument.endswith((".rq", ".sparql")) else argument


KINDS = ["claim", "quote", "source", "topic", "agent", "study", "finding", "remark"]
LISTED = ["claims", "sources", "agents", "topics", "assertions", "arguments", "studies"]


class Kind(click.Choice):  # type: ignore[type-arg]
    """Type of an argument that is a kind of record, in the singular or the plural."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the form that the command knows."""
        forms = {other: kind for kind in self.choices for other in (kind, _other_number(str(kind)))}
        return super().convert(forms.get(str(value).casefold(), value), param, ctx)


def _other_number(noun: str) -> str:
    """Return the plural of a singular, and the other way round."""
    if noun.endswith(("y", "ies")):
        return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") else f"{noun}s"


_MOST_VOICES = 3


@click.command(short_help="Find claims, quotes and sources by their words.")
@click.argument("words", nargs=-1, required=True)
@reading_options
@click.option("--kind", "kinds", type=Kind(KINDS), multiple=True, help="Only this; can be given again.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="The most that is shown.")
@listing_options
def search(
    words: tuple[str, ...],
    store: str | None,
    data: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int,
    form: str | None,
    output: str | None,
) -> None:
    """Find what all WORDS occur in, the best first: claims, quotes, sources, and who and what they are about.

    Endings, accents and letter case do not matter: "relieve" finds "relieves". A phrase stands in double quotes inside
    single ones; begin* means every word that begins so.

    \b
    kg search massage sleep
    kg search '"low back pain" relie*' --kind claim
    kg search surgeons --format json
    """
    said = " ".join(words)
    with reading(store, data) as graph:
        hits = graph.search(said, kinds=kinds, limit=limit)
        form = form or ("table" if on_terminal(output) else "csv")
        if not hits:
            click.echo(f"kg: nothing found{_advice(graph.near_words(said), said)}", err=True)
        if hits or form != "table":
            put_out(_hits_written(hits, form, graph), output)


def _advice(near: dict[str, list[str]], said: str) -> str:
    """Return what to try: other words for those that occur nowhere, or fewer of them."""
    if not near:
        return "; try fewer words, or begin*" if len(said.split()) > 1 else ""
    missing = (
        f'"{word}" does not occur' + (f" (there is {', '.join(others)})" if others else "")
        for word, others in near.items()
    )
    return f": {'; '.join(missing)}"


def _hits_written(hits: Sequence[Hit], form: str, graph: KnowledgeGraph) -> str:
    names = graph.ids([node for hit in hits for node in (hit.node, hit.claim) if node])
    if form == "table":
        return _hits_table(hits, names)
    return written([_record(hit, names) for hit in hits], _HIT_COLUMNS, form)


def _hits_table(hits: Sequence[Hit], names: dict[str, str]) -> str:
    from rich.text import Text

    rows = []
    for hit in hits:
        words = Text(hit.snippet)
        for start, end in hit.marks:
            words.stylize("bold", start, end)
        # What was found in something else than its name (an author, a full text) is named too.
        beside = hit.text if hit.kind != "quote" and hit.snippet.strip("…") not in hit.text else hit.claim_text
        if beside:
            words.append(f"\n{beside}", style="dim")
        rows.append((hit.kind, names[hit.node], words, _voices(hit)))
    return draw(("kind", "id", "words", "who"), rows, wide=WIDE)


def _voices(hit: Hit) -> str:
    said = [str(voice) for voice in hit.voices]
    more = f"\nand {len(said) - _MOST_VOICES} more" if len(said) > _MOST_VOICES else ""
    return "\n".join(said[:_MOST_VOICES]) + more


_HIT_COLUMNS = ("kind", "id", "snippet", "voices", "claim", "claim_text", "source", "text", "score", "node")


def _record(hit: Hit, names: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "id": names[hit.node],
        "snippet": hit.snippet,
        "marks": hit.marks,
        "voices": [str(voice) for voice in hit.voices],
        "claim": names.get(hit.claim, ""),
        "claim_text": hit.claim_text,
        "source": hit.source,
        "text": hit.text,
        "score": round(hit.score, 6),
        "node": hit.node,
    }


@click.command("list", short_help="List claims, sources, agents ... with their ids.")
@click.argument("kind", type=Kind(LISTED), default="claims")
@reading_options
@language_option
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only so many, the first by their IRIs.")
@click.option("--after", metavar="ID", help="Only what comes after this one: the last of a page before.")
@listing_options
def list_(
    kind: str,
    store: str | None,
    data: tuple[str, ...],
    language: str,
    limit: int | None,
    after: str | None,
    form: str | None,
    output: str | None,
) -> None:
    """List what there is of a kind, claims if none is named: the id that other commands take, and what it is called.

    \b
    kg list
    kg list agents
    kg list claims --limit 50 --after relieves
    kg list arguments --format json
    """
    with reading(store, data) as graph:
        found = graph.list(kind, language=language, limit=limit and limit + 1, after=after)
        things = found[:limit]
        if len(found) > len(things):
            click.echo(f"kg: … more: --after {shlex.quote(things[-1].id)}", err=True)
        form = form or ("table" if on_terminal(output) else "csv")
        if form == "table":
            put_out(draw(("id", "label"), ((thing.id, thing.label) for thing in things)), output)
            return
        records = [{"id": thing.id, "label": thing.label, "node": thing.node} for thing in things]
        put_out(written(records, ("id", "label") if form == "csv" else ("id", "label", "node"), form), output)


_PAIR_COLUMNS = ("one", "other", "likeness", "reason")


@click.group(short_help="Look at the sources as a body: likely duplicates, and which are the same.")
def sources() -> None:
    """Look at the sources of a store as a body, and say which are the same, and which are not.

    \b
    kg sources duplicates
    kg sources same ann:leaflet bob:blog
    """


@sources.command(short_help="Propose likely duplicates, each with the reason.")
@reading_options
@listing_options
def duplicates(store: str | None, data: tuple[str, ...], form: str | None, output: str | None) -> None:
    """Propose sources that may be one, the likeliest first, each pair with the reason. Nothing is merged.

    Sources with the same DOI, PMID or PMCID are joined when they are loaded; they are listed only where their records
    say different things. Versions of one Cochrane review are two sources and not listed.

    That two are one, or are not, is written down with kg sources same and kg sources different; then they are not
    proposed any more.

    \b
    kg sources duplicates
    kg sources duplicates --data library.ris --data library.nbib --format json
    """
    with reading(store, data) as graph:
        pairs = graph.duplicates()
        form = form or ("table" if on_terminal(output) else "csv")
        if not pairs:
            click.echo("kg: no likely duplicates found", err=True)
        if pairs or form != "table":
            put_out(_pairs_written(pairs, form, graph), output)
        if pairs and form == "table":
            click.echo("kg: to decide on a pair: kg sources same, kg sources different", err=True)


def _pairs_written(pairs: Sequence[Pair], form: str, graph: KnowledgeGraph) -> str:
    names = graph.ids([node for pair in pairs for node in (pair.one, pair.other)])
    if form == "table":
        return _pairs_table(pairs, names, graph)
    records = [{**pair._asdict(), "one": names[pair.one], "other": names[pair.other]} for pair in pairs]
    return written(records, _PAIR_COLUMNS, form)


def _pairs_table(pairs: Sequence[Pair], names: dict[str, str], graph: KnowledgeGraph) -> str:
    from rich.text import Text

    from kg.display import counted

    titles = graph.labels([node for pair in pairs for node in (pair.one, pair.other)])
    rows: list[list[str | Text]] = []
    for pair in pairs:
        cells = [Text.assemble(titles.get(node, ""), "\n", (names[node], "dim")) for node in (pair.one, pair.other)]
        rows.append([*cells, f"{pair.likeness:.3f}", pair.reason])
    return (
        draw(_PAIR_COLUMNS, rows, show_lines=True, wide=WIDE) + f"{counted(len(pairs), 'pair')}; nothing was merged\n"
    )
