"""What came of going through a table: how many rows said what, and what was not understood, by place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.errors import DataError, Place, Problem

if TYPE_CHECKING:
    from pathlib import Path

LISTED = 20
"""Problems of one kind that are listed; more are counted."""

WORDS = ("affirms", "denies", "doubts", "no evidence", "claim only", "left out")


class Findings:
    """The problems and the counts of one pass through a table."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.problems: list[Problem] = []
        self.tally: Counter[str] = Counter()
        """Of the rows: a stance, `claim only` or `left out`."""
        self.rows = 0
        """Of the table itself."""
        self.kinds: Counter[tuple[str, str]] = Counter()
        """Of the problems: severity and rule."""

    def add(self, severity: str, rule: str, message: str, line: int | None) -> None:
        """Note a problem in the row that begins on `line`."""
        self.kinds[severity, rule] += 1
        if self.kinds[severity, rule] <= LISTED:
            self.problems.append(Problem(severity, rule, message, Place(self.path, line)))

    def finish(self) -> list[Problem]:
        """Return the problems, with a line for those that are counted only, and one for what was read."""
        more = [
            Problem(severity, rule, f"{count - LISTED:,} more of this kind ({rule}) are not listed", Place(self.path))
            for (severity, rule), count in self.kinds.items()
            if count > LISTED
        ]
        return [*self.problems, *more, Problem("info", "table-read", str(self), Place(self.path))]

    def refuse(self) -> None:
        """Raise DataError if any problem is a violation."""
        if found := [problem for problem in self.finish() if problem.severity == "violation"]:
            raise DataError(found)

    def __str__(self) -> str:
        counts = ", ".join(f"{self.tally[word]:,} {word}" for word in WORDS if self.tally[word])
        total = self.tally.total()
        more = f" ({total:,} with what is joined or repeated)" if total > self.rows else ""
        return f"{self.rows:,} rows{more}: {counts or 'nothing said'}"
