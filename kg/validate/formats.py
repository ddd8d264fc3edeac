"""A report as text for a person, JSON for a program, SARIF for a code host, and Turtle for a SHACL tool."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.display import counted
from kg.errors import UsageError
from kg.files import sha256
from kg.namespaces import BASE, SH
from kg.store.syntax import serialize
from kg.store.terms import IRI, TYPE, DefaultGraph, Literal, Quad, Term, typed
from kg.validate.report import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.errors import Place, Problem
    from kg.validate.report import Counts, Coverage, Report, Result, Rule, Touched


_SARIF_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DOCUMENTATION = "https://w3id.org/health-claims/ontology"
_VALIDATION = BASE + "validation/"
_SHACL_SEVERITIES = {"violation": "Violation", "warning": "Warning", "info": "Info"}


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
    if report.touched:
        yield _touched_line(report.touched)
    if report.store:
        yield printable(f"checked: everything in {report.store}")
    yield _counts_line(report.counts)
    yield ", ".join(counted(report.number_of(severity), severity) for severity in SEVERITIES)


def _problem_line(problem: Problem) -> str:
    where = f"{problem.place}: " if problem.place else ""
    return printable(f"{where}{problem.severity}: {problem.message} [{problem.rule}]")


def _coverage_line(coverage: Coverage) -> str:
    return printable(
        f"{coverage.label}: {coverage.percent} % of {counted(coverage.sentences, 'sentence')} accounted for "
        f"({coverage.quoted} quoted, {coverage.set_aside} set aside, {coverage.uncovered} without either)"
    )


def _touched_line(touched: Touched) -> str:
    files = ", ".join(touched.files)
    return printable(f"checked: {counted(len(touched.nodes), 'node')} of {files}, in the light of the whole store")


def _checked(report: Report) -> dict[str, object] | None:
    return {"files": report.touched.files, "nodes": len(report.touched.nodes)} if report.touched else None


def _counts_line(counts: Counts | None) -> str:
    if counts is None:
        return "not loaded: shapes, lints and coverage are looked at when the files themselves are in order"
    looked_at = [
        counted(counts.claims, "claim"),
        counted(counts.assertions, "assertion"),
        counted(counts.arguments, "argument"),
        counted(counts.sources, "source"),
        counted(counts.quotes, "quote") + " checked" + _not_checkable(counts.quotes_not_checkable),
    ]
    return ", ".join(looked_at)


def printable(line: str) -> str:
    """Return `line` with what would steer a terminal, or break the line, as an escape."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in line)


def _not_checkable(count: int) -> str:
    return f" ({count:,} more not checkable: their sources have no text here)" if count else ""


def as_json(report: Report) -> str:
    """Return the report as one JSON object; its shape is in docs/validate.md."""
    content = {
        "conforms": report.conforms,
        "checked": _checked(report),
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


def sarif(report: Report) -> str:
    """Return `report` as a SARIF log (SARIF 2.1.0, OASIS 2020) with one run, as code hosts read it."""
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "kg validate",
                "informationUri": _DOCUMENTATION,
                "rules": [_sarif_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(result, index) for result in report.results],
        "properties": {
            "checked": _checked(report),
            "counts": report.counts._asdict() if report.counts else None,
            "coverage": {coverage.label: coverage.percent for coverage in report.coverage},
        },
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.help or rule.id},
        "help": {"text": rule.help or rule.id},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _sarif_result(result: Result, index: dict[str, int]) -> dict[str, Any]:
    problem = result.problem
    location: dict[str, Any] = {}
    if problem.place:
        location["physicalLocation"] = _physical(problem.place)
    if problem.node:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.node}]
    return {
        "ruleId": problem.rule,
        "ruleIndex": index[problem.rule],
        "level": _SARIF_LEVELS[problem.severity],
        "message": {"text": problem.message},
        **({"locations": [location]} if location else {}),
    }


def _physical(place: Place) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    known = {name: number for name, number in region.items() if number is not None}
    return {"artifactLocation": {"uri": _uri(place.path)}, **({"region": known} if known else {})}


def _uri(path: str) -> str:
    """Return a URI reference (RFC 3986): relative as the path is, `file:` if it is absolute."""
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def turtle(report: Report) -> str:
    """Return an `sh:ValidationReport` in Turtle (SHACL, clause 3.6), without blank nodes, in one order.

    A result's IRI comes from what it says, so it stays the same when others come and go.  The problems' files and
    lines are left out: they belong to the machine that validated.
    """
    results = {_minted(statements): statements for statements in map(_statements, report.results)}
    conforms: list[tuple[str, Term]] = [("conforms", typed(str(report.conforms).lower(), "boolean"))]
    whole = [*conforms, *(("result", result) for result in results)]
    quads = _quads(_minted(whole), "ValidationReport", whole)
    for result in sorted(results, key=str):
        quads += _quads(result, "ValidationResult", results[result])
    return serialize(quads, "text/turtle", report.prefixes).decode()


def _statements(result: Result) -> list[tuple[str, Term]]:
    problem = result.problem
    stated = [
        ("focusNode", IRI(problem.node) if problem.node else None),
        ("resultMessage", Literal(problem.message, language="en")),
        ("resultPath", IRI(result.path) if result.path else None),
        ("resultSeverity", IRI(SH + _SHACL_SEVERITIES[problem.severity])),
        ("sourceConstraintComponent", IRI(result.component)),
        ("sourceShape", IRI(result.shape) if result.shape else None),
        ("value", result.value),
    ]
    return [(name, value) for name, value in stated if value is not None]


def _minted(statements: list[tuple[str, Term]]) -> IRI:
    said = "\n".join(sorted(f"{name} {value}" for name, value in statements))
    return IRI(_VALIDATION + sha256(said.encode())[:16])


def _quads(subject: IRI, cls: str, statements: list[tuple[str, Term]]) -> list[Quad]:
    triples = [Quad(subject, IRI(SH + name), value, DefaultGraph()) for name, value in statements]
    return [Quad(subject, TYPE, IRI(SH + cls), DefaultGraph()), *sorted(triples, key=str)]


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "json": as_json,
    "sarif": sarif,
    "ttl": turtle,
}
