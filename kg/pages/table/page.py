"""The table of claims: every claim on one line with what is said of it, sorted and filtered by a script; CSV inside."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from kg.display import inert
from kg.pages.base.choice import choose
from kg.pages.base.html import asset, download
from kg.pages.base.palette import TALLIED
from kg.pages.base.summaries import Survey, called, sheet, some
from kg.pages.options import TableOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.model.nodes import Proposition
    from kg.store import Store
    from kg.store.terms import IRI

_HEADS = ("Claim", "Standing", "Kind", "About", *(word.capitalize() for word in TALLIED.values()), "Who", "Sources")
_NAMED = 3
"""Speakers or sources that a cell names before the rest is folded."""


class Row(NamedTuple):
    """A line of the table."""

    claim: Proposition
    id: str
    curie: str
    counts: tuple[tuple[str, int], ...]
    """Pairs of relation and number, one for each counted column."""
    standing: str
    """A computed standing as a sentence, or an empty text."""
    sides: str
    """The strengths of a computed standing, in words."""
    who: list[str]
    sources: list[str]


def table_page(
    store: Store,
    claim: IRI | None = None,
    options: TableOptions = TableOptions(),
    link: Callable[[IRI], str | None] = lambda _: None,
    remark: Callable[[str], None] = lambda _: None,
) -> str:
    """Return the table of all claims as HTML, or of `claim` and those that bear on it: one file, offline.

    `link` gives the address of a claim's page, where there is one.
    `remark` is told if claims are left out.

    Raises NotFoundError if there is no such claim.
    """
    survey = Survey(store, choose(store, claim, options, remark))
    rows = _rows(survey)
    return sheet(
        "table",
        survey,
        link,
        title=f"Table of {survey.title}",
        description="Each claim with what is said for it, against it and to limit it, by whom and where.",
        scripts=(asset("table/page.js"),),
        rows=rows,
        heads=_HEADS,
        tallied=TALLIED,
        assessed=any(row.standing for row in rows),
        csv=download("text/csv", as_csv(rows)),
        named=_NAMED,
    )


def as_csv(rows: Iterable[Row]) -> str:
    """Return `rows` as CSV (RFC 4180), one claim a line; several names in one field have "; " between them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("Claim", "Id", *_HEADS[1:]))
    for row in rows:
        counts = [number for _, number in row.counts]
        kind, about = row.claim.kind or "", "; ".join(row.claim.topics)
        words = (row.claim.text.value, row.curie, row.standing, kind, about)
        said = ("; ".join(row.who), "; ".join(row.sources))
        writer.writerow([*map(inert, words), *counts, *map(inert, said)])
    return text.getvalue()


def _rows(survey: Survey) -> list[Row]:
    return [
        Row(
            entry.claim,
            entry.id,
            survey.curie(entry.claim.iri),
            tuple((relation, entry.tally.get(relation, 0)) for relation in TALLIED),
            entry.standing.sentence if entry.standing else "",
            entry.standing.sides() if entry.standing else "",
            some(survey.speakers(entry.lines)),
            some([called(source) for source in survey.sources(entry.lines)]),
        )
        for entry in survey.entries
    ]
