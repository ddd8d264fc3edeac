"""The matrix of claims (an evidence gap map): what is said about each pairing, such as outcome and intervention.

A cell counts the lines that are recorded for, against and to limit its claims; a cell without claims is a gap: nothing
is recorded there, which is not to say that nothing is known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.pages.base.choice import choose, in_order
from kg.pages.base.palette import TALLIED
from kg.pages.base.summaries import Survey, called, sheet, some
from kg.pages.options import MatrixOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.model.graph import Graph
    from kg.pages.base.summaries import ClaimSummary, LineSummary
    from kg.store import Store
    from kg.store.terms import IRI

MOST = 20_000
"""Cells beyond which nobody reads a matrix: then the fullest rows and columns come, MOST_LABELS of each."""
MOST_LABELS = 100
_NOT_STATED = ""


class Dimension(NamedTuple):
    """Something by which lines are sorted into rows or columns."""

    plural: str
    values: Callable[[Survey, ClaimSummary, LineSummary | None], list[str]]
    """Labels of one line of a claim (None: the claim has none)."""


def _of_claim(name: str) -> Callable[[Survey, ClaimSummary, LineSummary | None], list[str]]:
    return lambda survey, entry, line: _labels(survey.facts, entry.claim.iri, name)


def _labels(facts: Graph, claim: IRI, name: str) -> list[str]:
    return sorted({label for node in facts.all(claim, name) if (label := facts.label(node))})


def _claim(survey: Survey, entry: ClaimSummary, line: LineSummary | None) -> list[str]:
    return [entry.claim.text.value]


def _sources(survey: Survey, entry: ClaimSummary, line: LineSummary | None) -> list[str]:
    return [called(source) for source in survey.sources([line])] if line else []


def _speakers(survey: Survey, entry: ClaimSummary, line: LineSummary | None) -> list[str]:
    return survey.speakers([line]) if line else []


DIMENSIONS = {
    "outcome": Dimension("outcomes", _of_claim("outcome")),
    "intervention": Dimension("interventions", _of_claim("intervention")),
    "comparator": Dimension("comparators", _of_claim("comparator")),
    "population": Dimension("populations", _of_claim("population")),
    "topic": Dimension("topics", _of_claim("about")),
    "kind": Dimension("kinds of claim", _of_claim("kind")),
    "claim": Dimension("claims", _claim),
    "source": Dimension("sources", _sources),
    "speaker": Dimension("speakers", _speakers),
}
"""Axes: classes that can be rows or columns."""


class CellClaim(NamedTuple):
    """A claim in a cell, with those of its lines that belong there."""

    entry: ClaimSummary
    tally: dict[str, int]
    who: list[str]
    sources: list[str]


class Cell(NamedTuple):
    """One pairing."""

    key: str
    """Its fragment."""
    row: str
    column: str
    claims: tuple[CellClaim, ...]
    tallies: dict[str, dict[str, int]]
    """Direction of the effect (empty where none is stated) -> tally of its claims: opposite claims are not added up."""

    @property
    def tally(self) -> dict[str, int]:
        """Number of lines of each relation, whatever the effects of their claims."""
        return in_order(sum(map(Counter, self.tallies.values()), Counter[str]()))


class Grid(NamedTuple):
    """The matrix: labels of rows and columns, fullest first, "not stated" last; a cell that is missing is a gap."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    size: tuple[int, int]
    """Numbers of rows and columns that there are, with those that are left out."""

    @property
    def gaps(self) -> int:
        """Return how many pairings of stated labels have no claim."""
        stated = product(filter(None, self.rows), filter(None, self.columns))
        return sum(pair not in self.cells for pair in stated)


def matrix_page(
    store: Store,
    claim: IRI | None = None,
    options: MatrixOptions = MatrixOptions(),
    link: Callable[[IRI], str | None] = lambda _: None,
    remark: Callable[[str], None] = lambda _: None,
) -> str:
    """Return the matrix of all claims as HTML, or of `claim` and those that bear on it: one file, offline.

    Rows and columns are two of DIMENSIONS.  `link` gives the address of a claim's page, where there is one.
    `remark` is told if claims are left out.

    Raises UsageError for a dimension that there is not, or for one that is both; NotFoundError for a claim that is not.
    """
    rows, columns = options.rows, options.columns
    unknown = [name for name in (rows, columns) if name not in DIMENSIONS]
    if unknown:
        raise UsageError(f"no rows or columns '{unknown[0]}': there are {', '.join(DIMENSIONS)}")
    if rows == columns:
        raise UsageError(f"rows and columns are both '{rows}': take two of {', '.join(DIMENSIONS)}")
    survey = Survey(store, choose(store, claim, options, remark))
    found = grid(survey, rows, columns)
    return sheet(
        "matrix",
        survey,
        link,
        title=f"{DIMENSIONS[rows].plural.capitalize()} and {DIMENSIONS[columns].plural}: where claims are, and gaps",
        description="How much is recorded for, against and to limit the claims of each pairing; empty cells are gaps.",
        grid=found,
        row_name=rows,
        column_name=columns,
        left_out=_left_out(found, DIMENSIONS[rows].plural, DIMENSIONS[columns].plural),
        row_plural=DIMENSIONS[rows].plural,
        column_plural=DIMENSIONS[columns].plural,
        tallied=TALLIED,
    )


def _left_out(found: Grid, rows: str, columns: str) -> str:
    """Return a sentence on the rows and columns that are left out, or an empty text."""
    shown = ((found.rows, found.size[0], rows), (found.columns, found.size[1], columns))
    parts = [f"the {len(labels):,} fullest of {size:,} {name}" for labels, size, name in shown if len(labels) < size]
    return f"Shown are {' and '.join(parts)}." if parts else ""


def grid(survey: Survey, rows: str, columns: str) -> Grid:
    """Return the matrix of the claims in `survey`."""
    lines: defaultdict[tuple[str, str], dict[IRI, list[LineSummary]]] = defaultdict(dict)
    sizes: dict[str, Counter[str]] = {rows: Counter(), columns: Counter()}
    entries = {entry.claim.iri: entry for entry in survey.entries}
    for entry, line, row, column in _placed(survey, rows, columns):
        of_claim = lines[row, column].setdefault(entry.claim.iri, [])
        of_claim += [line] if line else []
        sizes[rows][row] += 1
        sizes[columns][column] += 1
    row_labels, column_labels = _fullest_first(sizes[rows]), _fullest_first(sizes[columns])
    size = (len(row_labels), len(column_labels))
    if size[0] * size[1] > MOST:
        row_labels, column_labels = row_labels[:MOST_LABELS], column_labels[:MOST_LABELS]
    cells = {}
    for at, pair in enumerate(product(row_labels, column_labels), start=1):
        if pair in lines:
            claims = tuple(_cell_claim(survey, entries[iri], found) for iri, found in lines[pair].items())
            cells[pair] = Cell(f"cell-{at}", *pair, claims, _tallies(claims))
    return Grid(row_labels, column_labels, cells, size)


def _tallies(claims: Iterable[CellClaim]) -> dict[str, dict[str, int]]:
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in claims:
        totals[each.entry.claim.effect or ""].update(each.tally)
    return {effect: in_order(totals[effect]) for effect in sorted(totals, key=lambda effect: (not effect, effect))}


def _placed(survey: Survey, rows: str, columns: str) -> Iterator[tuple[ClaimSummary, LineSummary | None, str, str]]:
    """Yield each line of each claim with each row and column that it belongs to."""
    for entry in survey.entries:
        for line in entry.lines or (None,):
            in_rows = DIMENSIONS[rows].values(survey, entry, line) or [_NOT_STATED]
            in_columns = DIMENSIONS[columns].values(survey, entry, line) or [_NOT_STATED]
            for row, column in product(in_rows, in_columns):
                yield entry, line, row, column


def _fullest_first(sizes: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(sizes, key=lambda label: (label == _NOT_STATED, -sizes[label], label)))


def _cell_claim(survey: Survey, entry: ClaimSummary, lines: list[LineSummary]) -> CellClaim:
    return CellClaim(
        entry,
        in_order(Counter(line.relation for line in lines)),
        some(survey.speakers(lines)),
        some([called(source) for source in survey.sources(lines)]),
    )
