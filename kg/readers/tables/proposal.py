"""A first mapping for a table, guessed from the names of its columns and what is in them; a person looks it over."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import UnreadableError
from kg.model.identifiers import identifier, several
from kg.model.ids import short_id
from kg.readers.encodings import called, encoding
from kg.readers.tables.dates import date, is_ambiguous
from kg.readers.tables.files import KEY, format_of, opened
from kg.readers.tables.rows import follow, is_nothing, many, text
from kg.readers.tables.sheets import stated_sheet
from kg.readers.tables.summary import Findings
from kg.readers.tables.verdicts import known, likely, meant

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
    "review-author checked-by verified-by reviewed-by rated-by assessed-by judged-by fact-checker factchecker checker "
    "reviewer rater publisher organisation organization outlet"
)
"""Words in the name of a column that has who gave the verdict."""

HINTS = {
    "claim": "claim claim-reviewed claim-text statement assertion hypothesis question "
    "proposition sentence behauptung aussage affirmation "
    "afirmacion affermazione enonce",
    "stance": "verdict stance label rating truth-rating textual-rating rating-name rating-alternate "
    "decision answer role judgement judgment conclusion urteil bewertung "
    "veredicto verdetto avis giudizio",
    "claimant": "claimant speaker claimed-by said-by stated-by spoken-by claim-author "
    "work-author originator appearance-author",
    "agent": f"{_GIVERS} agent author authors who person autor autorin auteur autore wer",
    "source.title": "title source paper article publication study journal headline titel quelle titre titulo "
    "titolo fuente fonte",
    "source.container": "journal book newspaper magazine zeitschrift revue revista rivista",
    "source.doi": "doi",
    "source.pmid": "pmid pubmed",
    "source.pmcid": "pmcid pmc",
    "source.url": "url link address homepage website",
    "source.status": "status source-status publication-status retraction-status retracted",
    "source.retraction-date": "retraction-date retracted-on retracted-date of-retraction",
    "source.retraction-reason": "retraction-reason retraction-reasons for-retraction",
    "traced-to": "traced-to original-source original-doi original-pmid primary-source primary-study "
    "cited-source cited-study cited-paper cited-doi cited-pmid underlying-study based-on",
    "date": "date year published datum jahr annee fecha ano anno data",
    "evidence": "evidence design method study-type studientyp studiendesign evidenz diseno tipo-de-estudio devis",
    "design": "design study-design trial-design study-type",
    "participants": "participants patients subjects people sample sample-size enrolled randomised randomized analysed",
    "certainty": "certainty grade quality confidence",
    "hedged": "hedged hedge hedging hedge-words",
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
_KNOWN = {word for hints in HINTS.values() for word in hints.split()}
_OF_CLAIMS = {"author", "date", "id", "url", "link", "source", "published", "by", "type", "language", "rating"}
_TRIES = 5
_HEADERS = 5
"""First lines in which the names of the columns are looked for."""
_LONGEST_NAME = 40


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


def proposal(path: Path, try_out: Callable[[Path, str, int], Findings]) -> str:
    """Return a mapping file for a table, as YAML with a comment where somebody should look.

    Raises UnreadableError for a file that cannot be read or is empty, UsageError for no table by its name.
    """
    how, findings = _how(path), Findings(path)
    with opened(path, how, findings) as table:
        rows = [row for _, row in islice(table.rows, ROWS)]
        columns = _by_name(table.columns, rows) if table.columns is not None else _by_path(rows)
    how["sheets"] = "".join(f"# {each.message}\n" for each in findings.problems if each.rule == "sheets-not-read")
    chosen = _chosen(columns)
    for _ in range(_TRIES):
        text = _written(path, how, chosen, columns, has_rows=bool(rows))
        refused = _refused(try_out(path, text, ROWS)) if chosen.get("claim") else set()
        if not refused:
            return text
        if "id-twice" in refused:
            chosen.pop("id", None)
        if "claim-empty" in refused:
            how["skip"] = True
        if "cells" in refused:
            how["short-rows"] = "fill"
        if "unknown-verdict" in refused:
            how["otherwise"] = True
    return f"# Not all rows can be loaded as they are ({', '.join(sorted(refused))}): --dry-run names them.\n{text}"


def _written(
    path: Path, how: dict[str, Any], chosen: dict[str, Column], columns: Sequence[Column], *, has_rows: bool
) -> str:
    lines = [*_head(path, how), *(_body(chosen, how) if has_rows else [_NO_ROWS])]
    mapped = [column for key, column in chosen.items() if key != "claimant"]
    rest = [" ".join(column.name.split()) for column in columns if column not in mapped]
    if rest:
        lines += ["", f"# Not mapped: {', '.join(rest)}"]
    return str(how["sheets"]) + "\n".join(lines) + "\n"


def _how(path: Path) -> dict[str, Any]:
    """Return how a table is read: by the line, of the first few, that has most names of columns that are known."""
    if format_of(path, {}) not in ("csv", "tsv", "xlsx"):
        return {}
    best, most = 1, 1
    for line in range(1, _HEADERS + 1):
        try:
            with opened(path, {"header": line}, Findings(path)) as table:
                names = [Column(name, Counter(), 0, 0) for name in table.columns or ()]
        except UnreadableError:
            if line == 1:
                raise
            break
        # Merged cells of a heading over several columns give one name to all of them, told apart by numbers.
        titles = {_NUMBERED.sub("", name.name): name.words for name in names if len(name.name) < _LONGEST_NAME}
        known = sum(bool(words & _KNOWN) for words in titles.values())
        if known > most or line == 1:
            best, most = line, max(known, 1)
    return {"header": best} if best > 1 else {}


_NUMBERED = re.compile(r" \(\d+\)$")


def _refused(findings: Findings) -> set[str]:
    """Return the rules for which `load` would refuse a table."""
    return {rule for severity, rule in findings.kinds if severity == "violation"}


def _by_name(names: Sequence[str], rows: Sequence[list[str]]) -> list[Column]:
    cells = [["" if is_nothing(row[n]) else row[n].strip() for row in rows if n < len(row)] for n in range(len(names))]
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
    if "evidence" not in chosen and "design" in chosen:
        chosen["evidence"] = chosen.pop("design")
    if "traced-to" in chosen and not any(key.startswith("source.") for key in chosen):
        traced = chosen.pop("traced-to")
        chosen[max(("source.doi", "source.pmid", "source.pmcid"), key=lambda key: _score(key, traced))] = traced
    if "claim" not in chosen and not _is_reference_list(chosen):
        free = [column for column in columns if column not in chosen.values() and column.filled]
        if free:
            chosen["claim"] = max(free, key=lambda column: column.length)
    if not {"stance", "agent"} & chosen.keys() and "claimant" in chosen:
        chosen["agent"] = chosen.pop("claimant")
    _tell_apart(chosen, columns)
    return chosen


def _is_reference_list(chosen: dict[str, Column]) -> bool:
    """Return True if a table has works and nobody's verdicts; who wrote these is no agent, then."""
    works = {"source.container", "source.doi", "source.pmid", "source.pmcid"} & chosen.keys()
    if "stance" in chosen or "source.title" not in chosen or not (works or "agent" in chosen):
        return False
    if "agent" in chosen and not chosen["agent"].words & set(_GIVERS.split()):
        chosen["source.authors"] = chosen.pop("agent")
    return bool(works)


def _tell_apart(chosen: dict[str, Column], columns: Sequence[Column]) -> None:
    """Let a table of ratings not have its "author", who made the claim, as agent, but the "source" that rates many."""
    agent = chosen.get("agent")
    if not agent or "stance" not in chosen or "rating" not in chosen["stance"].words:
        return
    if agent.last_words & {"author", "authors", "person", "who"} and not agent.words & set(_GIVERS.split()):
        giver = next(
            (column for column in columns if "source" in column.last_words and column.length < _SENTENCE), None
        )
        chosen["claimant"] = chosen.pop("agent")
        if giver and len(giver.values) < giver.filled:
            chosen["agent"] = giver
            if chosen.get("source.title") is giver:
                del chosen["source.title"]


def _score(key: str, column: Column) -> float:
    """Return how well a column suits: up to 1 for its name, up to 1 for what is in it; 0 where that speaks against."""
    if not column.filled:
        return 0
    hints = set(HINTS[key].split())
    hint = 1.0 if column.last_words & hints else 0.8 if column.words & hints else 0.0
    if key == "claim" and not column.last_words & hints and column.last_words & _OF_CLAIMS:
        return 0  # who made the claim, and when, is no claim
    if key == "date" and column.words & {"claim-date", "work-date"}:
        return 0  # when it was claimed is not when it was judged
    content = _CONTENT[key](column) if key in _CONTENT else 0.5
    if key in ("source.doi", "source.pmid", "source.pmcid") and column.words & set(HINTS["traced-to"].split()):
        content *= 0.9  # what it goes back to, where another column has the source
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


def _evidence_kinds(column: Column) -> float:
    """Preference of a column of kinds of evidence to one of designs, where there are both."""
    found = max(column.share(lambda cell: meant("EvidenceKind", cell)), 0.3 * (len(column.values) <= _MOST_WORDS))
    return found * (0.99 if column.words & set(HINTS["design"].split()) else 1)


def _is_date(cell: str) -> bool:
    return len(cell) < 30 and bool(date(cell) or is_ambiguous(cell))


def _is_count(cell: str) -> bool:
    return cell.replace(",", "").isdecimal()


_OF_STUDIES = ("doi", "pmid", "pmcid")
_CONTENT: dict[str, Callable[[Column], float]] = {
    "claim": _sentences,
    "quote": _sentences,
    "source.title": lambda column: (
        0.3 if column.words & set(HINTS["source.container"].split()) or len(column.values) < column.filled else 0.5
    ),
    "stance": _verdicts,
    "agent": _givers,
    "id": _unique,
    "source.doi": lambda column: column.share(lambda cell: identifier(cell, "doi")),
    "source.pmid": lambda column: column.share(
        lambda cell: identifier(cell, "pmid") and (not cell.isdecimal() or "pmid" in column.words or column.name == KEY)
    ),
    "source.pmcid": lambda column: column.share(lambda cell: identifier(cell, "pmcid")),
    "source.url": lambda column: (
        column.share(lambda cell: identifier(cell, "url"))
        * (0.5 if column.words & {"source", "author", "publisher"} else 1)
    ),
    "date": lambda column: column.share(_is_date),
    "source.status": lambda column: column.share(lambda cell: meant("SourceStatus", cell)),
    "source.retraction-date": lambda column: column.share(_is_date),
    "source.retraction-reason": lambda column: column.share(lambda cell: meant("RetractionReason", cell)),
    "traced-to": lambda column: column.share(lambda cell: any(identifier(cell, kind) for kind in _OF_STUDIES)),
    "population": lambda column: 0.5 * (column.share(_is_count) < 0.5),
    "participants": lambda column: column.share(_is_count),
    "design": lambda column: column.share(lambda cell: meant("EvidenceKind", cell)),
    "evidence": _evidence_kinds,
    "certainty": lambda column: column.share(lambda cell: meant("Certainty", cell)),
}
"""Field of a mapping -> share of a column that is of that kind, from 0 to 1."""


def _head(path: Path, how: dict[str, Any]) -> Iterator[str]:
    yield f"# Proposed by kg map for {path.name}; look it over, then: kg load {path.name} --mapping THIS --dry-run"
    yield "mapping-file: 1"
    if sheet := stated_sheet():
        how = {**how, "sheet": sheet}
    if stated := [
        f"{key}: {how[key] if key == 'header' else _plain(how[key])}"
        for key in ("sheet", "header", "short-rows")
        if key in how
    ]:
        yield f"table: {{{', '.join(stated)}}}"
    if format_of(path, {}) != "xlsx":
        found = encoding(path)
        if found.guess:
            words = f": {found.words}" if found.words else ""
            yield f"# table: {{encoding: {called(found.name)}}}  # a guess{words}; state it if the letters are right"


_COLUMNS = (
    *("design", "participants", "certainty", "hedged", "quote"),
    *("population", "intervention", "comparator", "outcome", "about"),
)
"""Fields that take a column as it is."""
_NO_ROWS = "claim: …  # the table has no rows to guess from: name the column that has the claims"


def _body(chosen: dict[str, Column], how: dict[str, Any]) -> Iterator[str]:
    if "id" in chosen:
        yield f"id: {_plain(chosen['id'].name)}"
    if "claim" in chosen:
        name = _plain(chosen["claim"].name)
        skipped = f"claim: {{column: {name}, otherwise: skip}}  # some rows have none"
        yield skipped if "skip" in how else f"claim: {name}"
    elif "source.title" in chosen:
        yield "# A list of references, it seems, which claims nothing.  To have the sources, export it as RIS, nbib,"
        yield "# BibTeX or CSL-JSON and load that; to have claims, add a column of them and name it here."
        yield "claim: …"
    else:
        yield "claim: …  # every column is taken for something else: name the one that has the sentences"
    yield from _stance(chosen.get("stance"), how)
    if "agent" in chosen:
        yield f"agent: {_plain(chosen['agent'].name)}"
    elif "claimant" in chosen:
        claimant = _plain(chosen["claimant"].name)
        yield f"# agent: who gave this verdict? Not the {claimant}: name a column, or agent: {{name: {{text: NAME}}}}"
    yield from _source(chosen)
    if "evidence" in chosen:
        yield from _evidence(chosen["evidence"])
    if "traced-to" in chosen:
        yield f"traced-to: {{identifier: {_plain(chosen['traced-to'].name)}}}  # what it goes back to"
    for key in _COLUMNS:
        if key in chosen:
            yield f"{key}: {_plain(chosen[key].name)}"
    if "remark" in chosen:
        yield f"remark: {_plain(chosen['remark'].name)}"


def _evidence(column: Column) -> Iterator[str]:
    """Yield the column of the evidence, with each word in it that is not known."""
    yield f"evidence: {_plain(column.name)}"
    unknown = sorted((word, count) for word, count in column.values.items() if not meant("EvidenceKind", word))
    if unknown:
        way_out = f"{{column: {_plain(column.name)}, words: {{THIS: ONE OF THESE}}}}"
        yield f"# Not known, and left out; {way_out} says what is meant:"
        yield f"# {', '.join(known('EvidenceKind').values())}"
    for word, count in unknown[:_MOST_WORDS]:
        yield f"#   {_plain(word)}: …  # {_rows(count)}"


def _stance(column: Column | None, how: dict[str, Any]) -> Iterator[str]:
    if column is None:
        yield "# stance: no column has verdicts, so the rows state claims and nobody's stance on them"
        return
    yield "stance:"
    yield f"  column: {_plain(column.name)}"
    yield "  words:"
    for word, count in sorted(column.values.items(), key=lambda entry: (-entry[1], entry[0])):
        stance = likely(word)
        doubt = "" if stance else "; not known here: affirms, denies, doubts, inconclusive, no evidence or skip?"
        yield f"    {_plain(word)}: {stance or 'claim only'}  # {_rows(count)}{doubt}"
    if column.filled < column.total:
        yield f'    "": claim only  # {_rows(column.total - column.filled)}'
    if "otherwise" in how:
        yield "  otherwise: claim only"


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _source(chosen: dict[str, Column]) -> Iterator[str]:
    found = {key.partition(".")[2]: column for key, column in chosen.items() if key.startswith("source.")}
    dated = chosen.get("date")
    if list(found) == ["title"] and found["title"].share(several):
        yield f"source: {_plain(found.pop('title').name)}  # titles and identifiers"
    elif found:
        yield "source:"
        for key, column in found.items():
            yield f"  {key}: {_date(column) if key == 'retraction-date' else _plain(column.name)}"
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
