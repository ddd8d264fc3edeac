"""The causes for which `kg` stops, each with a sentence and an exit code.

Every module raises one of these; `kg.cli` alone turns it into a message and an exit status.  A message names the
thing and the way out.  The exit codes are documented in docs/exit-codes.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 1_000_000
"""Seconds of the longest deadline: eleven days; the system's clocks do not know all numbers."""


class Place(NamedTuple):
    """Place in a file; line and column count from 1, as editors do."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part is not None)


class Problem(NamedTuple):
    """One thing that is wrong, or worth a look, in somebody's data.

    `severity` is "violation", "warning" or "info"; `rule` is the stable id of the check (a SHACL shape's local name,
    or a word such as `quote-not-found`); `node` is the IRI it is about, where there is one.
    """

    severity: str
    rule: str
    message: str
    place: Place | None = None
    node: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class KgError(Exception):
    """Base of all that `kg` raises on purpose; `str()` is one sentence for a person."""

    exit_code = 2


class DataError(KgError):
    """The data has problems; nothing of it was written."""

    exit_code = 1

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(KgError):
    """The call itself is wrong: an option, a parameter, a format."""

    exit_code = 2


class UnreadableError(KgError):
    """An input cannot be read (a missing file too), or the store is not available."""

    exit_code = 3


class QueryError(KgError):
    """A query is not valid SPARQL, is refused, or went over a limit."""

    exit_code = 4


class NotFoundError(KgError):
    """No such claim, question, graph or id."""

    exit_code = 5


class StoreInUseError(KgError):
    """Another process is writing to the store."""

    exit_code = 6
