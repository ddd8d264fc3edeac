"""A report as text for a person, JSON for a program, SARIF for a code host, and Turtle for a SHACL tool."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.validate import sarif, turtle
from kg.validate.report import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.errors import Problem
    from kg.validate.report import Counts, Coverage, Report


def render(report: Report, form: str = "text") -> str:
    """Return `report` in one of `FORMATS`; UsageError names them if `form` is none."""
    if form not in FORMATS:
        raise UsageError(f"no report format '{form}'; there are {', '.join(FORMATS)}")
    return FORMATS[form](report)


def text(report: Report) -> str:
    """Return one line for each problem, as compilers print them, then what was covered and counted."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield from (_problem_line(problem) for problem in report.problems)
    yield from (_coverage_line(coverage) for coverage in report.coverage)
    yield _counts_line(report.counts)
    yield ", ".join(_number(report.number_of(severity), severity) for severity in SEVERITIES)


def _problem_line(problem: Problem) -> str:
    where = f"{problem.place}: " if problem.place else ""
    return printable(f"{where}{problem.severity}: {problem.message} [{problem.rule}]")


def _coverage_line(coverage: Coverage) -> str:
    return printable(
        f"{coverage.label}: {coverage.percent} % of {_number(coverage.sentences, 'sentence')} accounted for "
        f"({coverage.quoted} quoted, {coverage.set_aside} set aside, {coverage.uncovered} without either)"
    )


def _counts_line(counts: Counts | None) -> str:
    if counts is None:
        return "not loaded: shapes, lints and coverage are looked at when the files themselves are in order"
    looked_at = [
        _number(counts.claims, "claim"),
        _number(counts.assertions, "assertion"),
        _number(counts.arguments, "argument"),
        _number(counts.sources, "source"),
        _number(counts.quotes, "quote") + " checked" + _not_checkable(counts.quotes_not_checkable),
    ]
    return ", ".join(looked_at)


def printable(line: str) -> str:
    """Return `line` with what would steer a terminal, or break the line, as an escape."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _not_checkable(count: int) -> str:
    return f" ({count:,} more not checkable: their sources have no text here)" if count else ""


def as_json(report: Report) -> str:
    """Return the report as one JSON object; its shape is in docs/validate.md."""
    content = {
        "conforms": report.conforms,
        "counts": report.counts._asdict() if report.counts else None,
        "coverage": [
            {**coverage._asdict(), "uncovered": coverage.uncovered, "percent": coverage.percent}
            for coverage in report.coverage
        ],
        "problems": [_problem_object(problem) for problem in report.problems],
        "rules": [rule._asdict() for rule in report.rules],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _problem_object(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "node": problem.node,
        "file": place.path if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif.render,
    "ttl": turtle.render,
}
