"""A report in SHACL's own vocabulary (SHACL, clause 3.6), without blank nodes, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.files import sha256
from kg.namespaces import BASE, SH
from kg.store.syntax import serialize
from kg.store.terms import IRI, TYPE, DefaultGraph, Literal, Quad, Term, typed

if TYPE_CHECKING:
    from kg.validate.report import Report, Result

_VALIDATION = BASE + "validation/"
_SEVERITIES = {"violation": "Violation", "warning": "Warning", "info": "Info"}


def render(report: Report) -> str:
    """Return an `sh:ValidationReport` in Turtle.

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
        ("resultSeverity", IRI(SH + _SEVERITIES[problem.severity])),
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
