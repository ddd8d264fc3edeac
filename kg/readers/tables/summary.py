"""Summaries of a pass through a table: counts and problems by place, and rows in words for who tries a mapping out."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.display import counted
from kg.errors import DataError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.model.records import (
        AgentRecord,
        ArgumentRecord,
        AssertionRecord,
        ClaimRecord,
        QuoteRecord,
        SourceRecord,
        StudyRecord,
        TopicRecord,
    )

LISTED = 20
"""Problems of one kind that are listed; more are counted."""

_LINES = 10
"""Lines of rows that a sentence names."""

SOURCE_ONLY = "source only"
"""Of a row in a list of sources."""
WORDS = ("affirms", "denies", "doubts", "inconclusive", "no evidence", "claim only", SOURCE_ONLY, "left out")


class MappedRow(NamedTuple):
    """Records that one row makes."""

    line: int | None
    claim: ClaimRecord | None = None
    """None in a list of sources."""
    topics: tuple[tuple[str, TopicRecord], ...] = ()
    """Each with the field of the claim that names it."""
    claim_key: str = ""
    """Column that names the claim, if there is one."""
    assertion: AssertionRecord | None = None
    """None where the row states the claim alone; without a stance where it names who or what says it too."""
    key: str = ""
    """Column that names the row, if there is one."""
    agent: AgentRecord | None = None
    is_named: bool = False
    """True if the table names the agent."""
    source: SourceRecord | None = None
    source_key: str = ""
    """Columns that identify the source, if there are any."""
    source_work: str = ""
    """Work that the source is a version of, if the table says so."""
    language: str = ""
    """Of its texts; empty for that of the table."""
    argument: ArgumentRecord | None = None
    target: ClaimRecord | None = None
    """The claim that the argument is about."""
    study: StudyRecord | None = None
    """The study that the assertion is traced to."""
    paper: SourceRecord | None = None
    """The source that reports it."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of evidence by which the row stands: its own and the design of its study; none of somebody's word."""
        return (self.assertion.evidence, self.study.design) if self.assertion and self.study else ()


class Findings:
    """The problems and the counts of one pass through a table."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.problems: list[Problem] = []
        self.tally: Counter[str] = Counter()
        """Of the rows: a stance, `claim only` or `left out`."""
        self.superseded = 0
        """Number of the sources that have a later version."""
        self.rows = 0
        """Of the table itself."""
        self.kinds: Counter[tuple[str, str]] = Counter()
        """Of the problems: severity and rule."""
        self.standing: Counter[str] = Counter()
        """Of the rows that take a stance: the tier at which they will stand."""
        self._different: Counter[tuple[str, str]] = Counter()
        """Of the problems whose sentences differ."""
        self._lines: dict[tuple[str, str, str], list[int]] = {}
        """Severity, rule and sentence -> the lines of the rows."""

    def add(self, severity: str, rule: str, message: str, line: int | None) -> None:
        """Note a problem in the row that begins on `line`."""
        self.kinds[severity, rule] += 1
        lines = self._lines.get((severity, rule, message))
        if lines is not None and line is not None and severity != "violation":
            lines.append(line)
            return
        self._different[severity, rule] += 1
        if self._different[severity, rule] <= LISTED:
            self.problems.append(Problem(severity, rule, message, Place(self.path, line)))
            self._lines[severity, rule, message] = [line or 0]

    def finish(self) -> list[Problem]:
        """Return the problems, with a line for those that are counted only, and one for what was read."""
        more = [
            Problem(severity, rule, f"{count - LISTED:,} more of this kind ({rule}) are not listed", Place(self.path))
            for (severity, rule), count in self._different.items()
            if count > LISTED
        ]
        return [*map(self._grouped, self.problems), *more, Problem("info", "table-read", str(self), Place(self.path))]

    def _grouped(self, problem: Problem) -> Problem:
        """Return a problem with the lines of the rows that it is in, if there are several."""
        lines = self._lines.get((problem.severity, problem.rule, problem.message), [])
        if len(lines) < 2 or problem.severity == "violation":
            return problem
        where = ", ".join(f"{line:,}" for line in lines[:_LINES]) + (" …" if len(lines) > _LINES else "")
        return problem._replace(message=f"{problem.message} ({len(lines):,} rows: {where})")

    def refuse(self) -> None:
        """Raise DataError if any problem is a violation."""
        if found := [problem for problem in self.finish() if problem.severity == "violation"]:
            raise DataError(found)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.tally[word]:,} {word}" for word in WORDS if self.tally[word])
        total = self.tally.total()
        more = f" ({total:,} with what is joined, repeated or said too)" if total > self.rows else ""
        said = f"{counts or 'nothing said'}{f', {self.superseded:,} superseded' if self.superseded else ''}"
        return f"{counted(self.rows, 'row')}{more}: {said}"


_WIDTH = 110
_INDENT = 16


def by_kinds(row: MappedRow) -> str:
    """Return at which tier a row stands, in the words for kinds of evidence."""
    return row.kinds[0] if row.kinds else "opinion"


def described(path: str, row: MappedRow, tier: Callable[[MappedRow], str] = by_kinds) -> str:
    """Return the records of a row as a block: its place, then a line for each thing that is stated."""
    place = f"{path}:{row.line}" if row.line else path
    stated = [*_stated(row), *_standing(row, tier)]
    return "\n".join([place, *(_line(name, words) for name, words in stated if words), ""])


def _standing(row: MappedRow, tier: Callable[[MappedRow], str]) -> Iterator[tuple[str, str]]:
    if row.study and row.paper:
        people = f"{row.study.participants:,} participants" if row.study.participants is not None else ""
        own = "" if row.source and row.paper.id == row.source.id else f"of {row.study.label}"
        yield "traced to", ", ".join(filter(None, [f"a {row.study.design}", people, own]))
    if row.assertion and row.assertion.stance:
        yield "stands as", tier(row)


def _listed(row: MappedRow) -> Iterator[tuple[str, str]]:
    if row.source:
        since, reasons = row.source.retraction_date, row.source.retraction_reason
        yield "source", _source(row.source, row.source_key)
        yield "version of", row.source_work
        yield "status", row.source.status
        yield "since", since
        yield "reason", ", ".join(reasons)


def _line(name: str, words: str) -> str:
    indent = " " * _INDENT
    start = f"  {name}".ljust(_INDENT)
    return textwrap.fill(words, _WIDTH, initial_indent=start, subsequent_indent=indent, max_lines=3, placeholder=" …")


def _stated(row: MappedRow) -> Iterator[tuple[str, str]]:
    if row.claim is None:
        yield from _listed(row)
        return
    yield "claim", row.claim.text
    yield "id", row.claim.id if row.claim_key else ""
    yield "same as", ", ".join(row.claim.same_as)
    yield "not same as", ", ".join(row.claim.different_from)
    yield "kind", row.claim.kind
    if row.assertion:
        yield from _asserted(row, row.assertion)
    else:
        yield "stance", "none: the row states the claim alone"
    for role, topic in row.topics:
        yield role, f"{topic.label} ({topic.kind})" if topic.kind else topic.label
    if row.argument and row.target:
        yield row.argument.direction, row.target.text


def _asserted(row: MappedRow, assertion: AssertionRecord) -> Iterator[tuple[str, str]]:
    yield "stance", f"{_agent(row)} {_STANCES.get(assertion.stance, assertion.stance)}"
    yield "source", _source(row.source, row.source_key) if row.source else ""
    yield "version of", row.source_work
    yield "evidence", assertion.evidence
    yield "certainty", " to ".join(assertion.certainty)
    yield "hedged", assertion.hedged
    yield "date", assertion.date
    for quote in assertion.quotes:
        yield "quote", _quote(quote)
    yield "remark", "; ".join(assertion.note)


def _agent(row: MappedRow) -> str:
    if row.agent is None or not row.is_named:
        return "an unnamed voice in the source"
    return f"{row.agent.name} ({row.agent.kind})" if row.agent.kind else row.agent.name


_STANCES = {
    "": "says something of the claim; no stance is stated",
    "affirms": "affirms the claim",
    "denies": "denies the claim",
    "doubts": "doubts the claim",
    "inconclusive": "looks and cannot tell of the claim",
    "no evidence": "says that there is no evidence for the claim",
}


def _source(source: SourceRecord, key: str) -> str:
    names = [f"{kind} {name}" for kind in ("doi", "pmid", "pmcid", "url") for name in getattr(source, kind)]
    return "; ".join(filter(None, [source.title or key, source.type, source.date, *names]))


def _quote(quote: QuoteRecord) -> str:
    place = f" (characters {quote.span[0]:,} to {quote.span[1]:,})" if quote.span else ""
    return f"“{quote.exact}”{place}"
