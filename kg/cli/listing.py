"""`kg list`: the ids that other commands take, which nobody knows by heart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import listing_options, on_terminal, put_out, reading, reading_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg import Listed

KINDS = ["claims", "sources", "agents", "topics", "assertions", "arguments", "studies"]


@click.command("list", short_help="List claims, sources, agents ... with their ids.")
@click.argument("kind", type=click.Choice(KINDS), default="claims")
@reading_options
@listing_options
def list_(kind: str, store: str | None, data: tuple[str, ...], form: str | None, output: str | None) -> None:
    """List what there is of a kind, claims if none is named: the id that other commands take, and what it is called.

    \b
    kg list
    kg list agents
    kg list arguments --format json
    """
    from kg.cli.records import write

    with reading(store, data) as graph:
        things = graph.list(kind)
        form = form or ("table" if on_terminal(output) else "csv")
        if form == "table":
            put_out(_table(things), output)
            return
        records = [{"id": thing.id, "label": thing.label, "node": thing.node} for thing in things]
        put_out(write(records, ("id", "label") if form == "csv" else ("id", "label", "node"), form), output)


def _table(things: Sequence[Listed]) -> str:
    from rich.text import Text

    from kg.cli.tables import draw, ruled

    drawn = ruled(("id", "label"))
    for thing in things:
        drawn.add_row(Text(thing.id), Text(thing.label))
    return draw(drawn)
