"""A first mapping for a table, guessed from the names of its columns and what is in them; a person looks it over."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.identifiers import identifier
from kg.model.ids import short_id
from kg.readers.encodings import called, encoding
from kg.readers.tables.dates import date, is_ambiguous
from kg.readers.tables.files import KEY, format_of, opened
from kg.readers.tables.rows import follow, many, text
from kg.readers.tables.summary import Findings
from kg.readers.tables.verdicts import likely, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

ROWS = 10_000
"""Rows that are looked at."""
_DEPTH = 4
_MOST_WORDS = 20
"""A column with more different words than these holds no verdicts."""
_SENTENCE = 25
"""Characters from which on, in the mean, a column holds sentences."""

_GIVERS = (
    "checked-by verified-by reviewed-by rated-by assessed-by judged-by fact-checker factchecker checker reviewer rater "
    "publisher organisation organization outlet"
)
"""Words in the name of a column that has who gave the verdict."""

HINTS = {
    "claim": "claim statement assertion hypothesis question proposition sentence behauptung aussage affirmation "
    "afirmacion affermazione enonce",
    "stance": "verdict stance label rating decision answer role judgement judgment conclusion urteil bewertung "
    "veredicto verdetto avis giudizio",
    "claimant": "claimant speaker claimed-by said-by stated-by spoken-by claim-author",
    "agent": f"{_GIVERS} agent author authors who person autor autorin auteur autore wer",
    "source.title": "title source paper article publication study journal titel quelle titre titulo "
    "titolo fuente fonte",
    "source.doi": "doi",
    "source.pmid": "pmid pubmed",
    "source.pmcid": "pmcid pmc",
    "source.url": "url link address homepage website",
    "date": "date year published datum jahr annee fecha ano anno data",
    "evidence": "evidence design method studientyp evidenz",
    "certainty": "certainty grade quality confidence",
    "quote": "quote quotation excerpt passage annotation rationale zitat cita extrait citazione",
    "population": "population patients participants",
    "intervention": "intervention treatment exposure therapy drug",
    "comparator": "comparator comparison control",
    "outcome": "outcome endpoint",
    "about": "topic topics condition disease mesh meshes keywords subject thema",
    "id": "id key nr number identifier",
    "remark": "note notes remark comment comments bemerkung",
}
"""Field of a mapping -> words in the name of a column that speak for it, two that stand together with a hyphen; in the
order in which they are tried."""


class Column(NamedTuple):
    """A column, and what is in it."""

    name: str
    values: Counter[str]
    filled: int
    total: int

    @property
    def words(self) -> set[str]:
        """The words in its name, and each two that stand together, with a hyphen."""
        words = self._in_order()
        return {*words, *map("-".join, pairwise(words))}

    @property
    def last_words(self) -> set[str]:
        """Field of the column by its name: a reviewer's verdict is a verdict, a reviewer's name a reviewer."""
        words = [word for word in self._in_order() if word not in ("name", "names")]
        return {"-".join(words[-1:]), "-".join(words[-2:])}

    def _in_order(self) -> list[str]:
        spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.name.rpartition(".")[2])
        return short_id(spaced).split("-")

    @property
    def length(self) -> float:
        """The mean number of characters of a filled cell."""
        return sum(len(value) * n for value, n in self.values.items()) / max(1, self.filled)

    def share(self, test: Callable[[str], object]) -> float:
        """Return the share of filled cells of which `test` holds."""
        return sum(n for value, n in self.values.items() if test(value)) / max(1, self.filled)


def proposal(path: Path) -> str:
    """Return a mapping file for a table, as YAML with a comment where somebody should look.

    Raises UnreadableError for a file that cannot be read or is empty, UsageError for no table by its name.
    """
    findings = Findings(path)
    with opened(path, {}, findings) as table:
        rows = [row for _, row in islice(table.rows, ROWS)]
        columns = _by_name(table.columns, rows) if table.columns is not None else _by_path(rows)
    chosen = _chosen(columns)
    lines = [*_head(path), *(_body(chosen) if rows else [_NO_ROWS])]
    mapped = [column for key, column in chosen.items() if key != "claimant"]
    rest = [column.name for column in columns if column not in mapped]
    if rest:
        lines += ["", f"# Not mapped: {', '.join(rest)}"]
    return "\n".join(lines) + "\n"


def _by_name(names: Sequence[str], rows: Sequence[list[str]]) -> list[Column]:
    cells = [[row[n].strip() for row in rows if n < len(row)] for n in range(len(names))]
    return [_column(name, of_one) for name, of_one in zip(names, cells, strict=True) if name]


def _by_path(records: Sequence[Any]) -> list[Column]:
    paths = list(dict.fromkeys(path for record in records[:100] for path in _paths(record)))
    cells = [[text(follow(record, path)) for record in records] for path in paths]
    return [
        _column(".".join(path), [value for cell in of_one for value in many(cell)], len(records))
        for path, of_one in zip(paths, cells, strict=True)
    ]


def _paths(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the ways to the texts in a record; those in a list of mappings have one way together."""
    if isinstance(value, dict) and len(path) < _DEPTH:
        for key, inner in value.items():
            yield from _paths(inner, (*path, str(key)))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from _paths(item, path)
    elif path:
        yield path


def _column(name: str, cells: Iterable[str], total: int | None = None) -> Column:
    found = list(cells)
    values = Counter(cell for cell in found if cell)
    return Column(name, values, values.total(), len(found) if total is None else total)


def _chosen(columns: Sequence[Column]) -> dict[str, Column]:
    """Return what is mapped -> its column; each column is taken once, by what suits it best."""
    scores = [
        (score, -n, -order, key, column)
        for n, key in enumerate(HINTS)
        for order, column in enumerate(columns)
        if (score := _score(key, column)) > 0
    ]
    chosen: dict[str, Column] = {}
    for _, _, _, key, column in sorted(scores, key=lambda entry: entry[:3], reverse=True):
        if key not in chosen and column not in chosen.values():
            chosen[key] = column
    if "claim" not in chosen:
        free = [column for column in columns if column not in chosen.values() and column.filled]
        if free:
            chosen["claim"] = max(free, key=lambda column: column.length)
    if not {"stance", "agent"} & chosen.keys() and "claimant" in chosen:
        chosen["agent"] = chosen.pop("claimant")
    return chosen


def _score(key: str, column: Column) -> float:
    """Return how well a column suits: up to 1 for its name, up to 1 for what is in it; 0 where that speaks against."""
    if not column.filled:
        return 0
    hint = 1.0 if column.words & set(HINTS[key].split()) else 0.0
    content = _CONTENT[key](column) if key in _CONTENT else 0.5
    alone = key in ("stance", "source.doi", "source.pmid", "source.url", "date")
    return (hint + content) if content and (hint or (alone and content > 0.8)) else 0


def _verdicts(column: Column) -> float:
    if len(column.values) > _MOST_WORDS or max(map(len, column.values)) > 60:
        return 0
    known = column.share(likely)
    return max(known, 0.3)


def _unique(column: Column) -> float:
    return 1.0 if len(column.values) == column.filled == column.total and column.length < 60 else 0


def _sentences(column: Column) -> float:
    return 1.0 if column.length >= _SENTENCE and len(column.values) > 1 else 0.1


def _givers(column: Column) -> float:
    """Preference of the column of whoever gave a verdict to any other; a link or a note of theirs is neither."""
    if column.last_words & set(_GIVERS.split()):
        return 1.0
    return 0.5 if column.last_words & set(HINTS["agent"].split()) or not column.words & set(_GIVERS.split()) else 0


_CONTENT: dict[str, Callable[[Column], float]] = {
    "claim": _sentences,
    "quote": _sentences,
    "stance": _verdicts,
    "agent": _givers,
    "id": _unique,
    "source.doi": lambda column: column.share(lambda cell: identifier(cell, "doi")),
    "source.pmid": lambda column: column.share(
        lambda cell: identifier(cell, "pmid") and (not cell.isdecimal() or "pmid" in column.words or column.name == KEY)
    ),
    "source.pmcid": lambda column: column.share(lambda cell: identifier(cell, "pmcid")),
    "source.url": lambda column: column.share(lambda cell: identifier(cell, "url")),
    "date": lambda column: column.share(lambda cell: len(cell) < 30 and (date(cell) or is_ambiguous(cell))),
    "evidence": lambda column: column.share(lambda cell: meant("EvidenceKind", cell)),
    "certainty": lambda column: column.share(lambda cell: meant("Certainty", cell)),
}
"""Field of a mapping -> share of a column that is of that kind, from 0 to 1."""


def _head(path: Path) -> Iterator[str]:
    yield f"# Proposed by kg map for {path.name}; look it over, then: kg load {path.name} --mapping THIS --dry-run"
    yield "mapping-file: 1"
    if format_of(path, {}) != "xlsx":
        found = encoding(path)
        if found.guess:
            words = f": {found.words}" if found.words else ""
            yield f"# table: {{encoding: {called(found.name)}}}  # a guess{words}; state it if the letters are right"


_NO_ROWS = "claim: …  # the table has no rows to guess from: name the column that has the claims"


def _body(chosen: dict[str, Column]) -> Iterator[str]:
    for key in ("id", "claim"):
        if key in chosen:
            yield f"{key}: {_plain(chosen[key].name)}"
    if "claim" not in chosen:
        yield "claim: …  # every column is taken for something else: name the one that has the sentences"
    yield from _stance(chosen.get("stance"))
    if "agent" in chosen:
        yield f"agent: {_plain(chosen['agent'].name)}"
    elif "claimant" in chosen:
        claimant = _plain(chosen["claimant"].name)
        yield f"# agent: who gave this verdict? Not the {claimant}: name a column, or agent: {{name: {{text: NAME}}}}"
    yield from _source(chosen)
    for key in ("evidence", "certainty", "quote", "population", "intervention", "comparator", "outcome", "about"):
        if key in chosen:
            yield f"{key}: {_plain(chosen[key].name)}"
    if "remark" in chosen:
        yield f"remark: {_plain(chosen['remark'].name)}"


def _stance(column: Column | None) -> Iterator[str]:
    if column is None:
        yield "# stance: no column has verdicts, so the rows state claims and nobody's stance on them"
        return
    yield "stance:"
    yield f"  column: {_plain(column.name)}"
    yield "  words:"
    for word, count in sorted(column.values.items(), key=lambda entry: (-entry[1], entry[0])):
        stance = likely(word)
        doubt = "" if stance else "; not known here: affirms, denies, doubts, no evidence or skip?"
        yield f"    {_plain(word)}: {stance or 'claim only'}  # {_rows(count)}{doubt}"
    if column.filled < column.total:
        yield f'    "": claim only  # {_rows(column.total - column.filled)}'


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _source(chosen: dict[str, Column]) -> Iterator[str]:
    found = {key.partition(".")[2]: column for key, column in chosen.items() if key.startswith("source.")}
    dated = chosen.get("date")
    if found:
        yield "source:"
        for key, column in found.items():
            yield f"  {key}: {_plain(column.name)}"
    else:
        yield "# source: no column names one, so the table itself stands as the source"
    if dated:
        indent = "  " if found else ""
        yield f"{indent}date: {_date(dated)}"


def _date(column: Column) -> str:
    orders = [_only(column, *order) for order in (_ORDERS, _ORDERS[::-1])]
    if all(orders):
        clash = f"{_plain(orders[0])} has the day first, {_plain(orders[1])} the month first"
        return f"{_plain(column.name)}  # no order fits all: {clash}; what can be read in both ways is left out"
    if not column.share(is_ambiguous):
        return _plain(column.name)
    months = column.share(lambda cell: date(cell, "month first"))
    order = "month first" if months > column.share(lambda cell: date(cell, "day first")) else "day first"
    return f"{{column: {_plain(column.name)}, order: {order}}}  # a guess: 05/07/2011 can be read in two ways"


_ORDERS = ("day first", "month first")


def _only(column: Column, order: str, other: str) -> str:
    """Return the first date that can be read in one order and not in the other, "" if there is none."""
    return next((cell for cell in column.values if date(cell, order) and not date(cell, other)), "")


_SAFE = re.compile(r"[^\W\d_](?:[\w ./()%+-]*[\w.)%+])?")


def _plain(word: str) -> str:
    """Return a word as YAML, in quotation marks where it needs them."""
    is_word = _SAFE.fullmatch(word) and word.lower() not in ("null", "true", "false")
    return word if is_word else json.dumps(word, ensure_ascii=False)
