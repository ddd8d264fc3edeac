"""`kg search` and `kg list`: the ids that other commands take, by words or all of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import listing_options, on_terminal, put_out, reading, reading_options, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg import Hit, KnowledgeGraph, Listed

KINDS = ["claim", "quote", "source", "topic", "agent", "study", "finding"]
LISTED = ["claims", "sources", "agents", "topics", "assertions", "arguments", "studies"]
_MOST_VOICES = 3


@click.command(short_help="Find claims, quotes and sources by their words.")
@click.argument("words", nargs=-1, required=True)
@reading_options
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, help="Only this; can be given again.")
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
            put_out(_written(hits, form, graph), output)


def _advice(near: dict[str, list[str]], said: str) -> str:
    """Return what to try: other words for those that occur nowhere, or fewer of them."""
    if not near:
        return "; try fewer words, or begin*" if len(said.split()) > 1 else ""
    missing = (
        f'"{word}" does not occur' + (f" (there is {', '.join(others)})" if others else "")
        for word, others in near.items()
    )
    return f": {'; '.join(missing)}"


def _written(hits: Sequence[Hit], form: str, graph: KnowledgeGraph) -> str:
    names = graph.ids([node for hit in hits for node in (hit.node, hit.claim) if node])
    if form == "table":
        return _table(hits, names)
    return written([_record(hit, names) for hit in hits], _COLUMNS, form)


def _table(hits: Sequence[Hit], names: dict[str, str]) -> str:
    from rich.text import Text

    from kg.cli.tables import draw, ruled

    drawn = ruled(("kind", "id", "words", "who"))
    for hit in hits:
        words = Text(hit.snippet)
        for start, end in hit.marks:
            words.stylize("bold", start, end)
        # What was found in something else than its name (an author, a full text) is named too.
        beside = hit.text if hit.kind != "quote" and hit.snippet.strip("…") not in hit.text else hit.claim_text
        if beside:
            words.append(f"\n{beside}", style="dim")
        drawn.add_row(hit.kind, Text(names[hit.node]), words, Text(_voices(hit)))
    return draw(drawn)


def _voices(hit: Hit) -> str:
    said = [str(voice) for voice in hit.voices]
    more = f"\nand {len(said) - _MOST_VOICES} more" if len(said) > _MOST_VOICES else ""
    return "\n".join(said[:_MOST_VOICES]) + more


_COLUMNS = ("kind", "id", "snippet", "voices", "claim", "claim_text", "source", "text", "score", "node")


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
@click.argument("kind", type=click.Choice(LISTED), default="claims")
@reading_options
@listing_options
def list_(kind: str, store: str | None, data: tuple[str, ...], form: str | None, output: str | None) -> None:
    """List what there is of a kind, claims if none is named: the id that other commands take, and what it is called.

    \b
    kg list
    kg list agents
    kg list arguments --format json
    """
    with reading(store, data) as graph:
        things = graph.list(kind)
        form = form or ("table" if on_terminal(output) else "csv")
        if form == "table":
            put_out(_listed(things), output)
            return
        records = [{"id": thing.id, "label": thing.label, "node": thing.node} for thing in things]
        put_out(written(records, ("id", "label") if form == "csv" else ("id", "label", "node"), form), output)


def _listed(things: Sequence[Listed]) -> str:
    from rich.text import Text

    from kg.cli.tables import draw, ruled

    drawn = ruled(("id", "label"))
    for thing in things:
        drawn.add_row(Text(thing.id), Text(thing.label))
    return draw(drawn)
