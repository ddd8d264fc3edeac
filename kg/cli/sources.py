"""`kg sources`: the sources of a store as a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import listing_options, on_terminal, put_out, reading, reading_options, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg import KnowledgeGraph, Pair

_COLUMNS = ("one", "other", "likeness", "reason")


@click.group(short_help="Look at the sources as a body: likely duplicates.")
def sources() -> None:
    """Look at the sources of a store as a body.

    \b
    kg sources duplicates
    """


@sources.command(short_help="Propose likely duplicates, each with the reason.")
@reading_options
@listing_options
def duplicates(store: str | None, data: tuple[str, ...], form: str | None, output: str | None) -> None:
    """Propose sources that may be one, the likeliest first, each pair with the reason. Nothing is merged.

    Sources with the same DOI, PMID or PMCID are joined when they are loaded; they are listed only where their records
    say different things. Versions of one Cochrane review are two sources and not listed.

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
            put_out(_written(pairs, form, graph), output)


def _written(pairs: Sequence[Pair], form: str, graph: KnowledgeGraph) -> str:
    names = graph.ids([node for pair in pairs for node in (pair.one, pair.other)])
    if form == "table":
        return _table(pairs, names, graph)
    records = [{**pair._asdict(), "one": names[pair.one], "other": names[pair.other]} for pair in pairs]
    return written(records, _COLUMNS, form)


def _table(pairs: Sequence[Pair], names: dict[str, str], graph: KnowledgeGraph) -> str:
    from rich.text import Text

    from kg.cli.tables import draw, ruled

    titles = graph.labels([node for pair in pairs for node in (pair.one, pair.other)])
    drawn = ruled(_COLUMNS, show_lines=True)
    for pair in pairs:
        cells = [Text.assemble(titles.get(node, ""), "\n", (names[node], "dim")) for node in (pair.one, pair.other)]
        drawn.add_row(*cells, f"{pair.likeness:.3f}", Text(pair.reason))
    found = "pair" if len(pairs) == 1 else "pairs"
    return f"{draw(drawn)}{len(pairs):,} {found}; nothing was merged\n"
