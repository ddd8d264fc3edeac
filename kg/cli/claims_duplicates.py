"""Command that proposes claims that are likely the same: `kg claims duplicates`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    WIDE,
    draw,
    ids_of,
    listing_options,
    on_terminal,
    put_out,
    reading,
    reading_options,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from kg import KnowledgeGraph, Proposal

_COLUMNS = ("first", "second", "relation", "score", "reasons")


@click.command("duplicates", short_help="Propose claims that are likely the same, or contrary.")
@click.argument("claim", required=False, shell_complete=ids_of("claims"))
@reading_options
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True, help="The most pairs.")
@listing_options
def claim_duplicates(
    claim: str | None, store: str | None, data: tuple[str, ...], limit: int, form: str | None, output: str | None
) -> None:
    """Propose pairs of claims that are likely the same, or contrary, the likeliest first, each with the reasons.

    Of all claims, or of CLAIM. A score from 0.95 means that nothing differs but question and statement, inflection and
    the order of words. Nothing is merged. Pairs of which somebody has said how they are related do not come.

    \b
    kg claims duplicates
    kg claims duplicates relieves --limit 5
    kg claims duplicates --format json
    """
    with reading(store, data) as graph:
        found = graph.claim_duplicates(claim, limit=limit + 1)
        shown = found[:limit]
        form = form or ("table" if on_terminal(output) else "csv")
        if not shown:
            click.echo("kg: no claims found that are likely the same, or contrary", err=True)
        if shown or form != "table":
            put_out(_written(shown, form, graph), output)
        if len(found) > limit:
            click.echo(f"kg: … more: --limit {2 * limit}", err=True)


def _written(found: Sequence[Proposal], form: str, graph: KnowledgeGraph) -> str:
    from kg.display import counted

    nodes = [node for each in found for node in (each.first, each.second)]
    names = graph.ids(nodes)
    if form == "table":
        rows = _rows(found, names, graph.labels(nodes))
        return draw(_COLUMNS, rows, show_lines=True, wide=WIDE) + f"{counted(len(found), 'pair')}; nothing was merged\n"
    records = [
        {
            "first": names[each.first],
            "second": names[each.second],
            "relation": each.relation,
            "score": each.score,
            "reasons": list(each.reasons),
        }
        for each in found
    ]
    return written(records, _COLUMNS, form)


def _rows(found: Sequence[Proposal], names: dict[str, str], texts: dict[str, str]) -> list[list[str | Text]]:
    from rich.text import Text

    return [
        [
            *(Text.assemble(texts.get(node, ""), "\n", (names[node], "dim")) for node in (each.first, each.second)),
            each.relation,
            f"{each.score:.3f}",
            "; ".join(each.reasons),
        ]
        for each in found
    ]
