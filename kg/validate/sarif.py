"""A report in SARIF 2.1.0 (OASIS, 2020), so that a code host shows each problem beside its line."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from kg.errors import Place
    from kg.validate.report import Report, Result, Rule

_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_DOCUMENTATION = "https://w3id.org/health-claims/ontology"


def render(report: Report) -> str:
    """Return `report` as a SARIF log with one run."""
    index = {rule.id: number for number, rule in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "kg validate",
                "informationUri": _DOCUMENTATION,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, index) for result in report.results],
        "properties": {
            "counts": report.counts._asdict() if report.counts else None,
            "coverage": {coverage.label: coverage.percent for coverage in report.coverage},
        },
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.help or rule.id},
        "help": {"text": rule.help or rule.id},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(result: Result, index: dict[str, int]) -> dict[str, Any]:
    problem = result.problem
    location: dict[str, Any] = {}
    if problem.place:
        location["physicalLocation"] = _physical(problem.place)
    if problem.node:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.node}]
    return {
        "ruleId": problem.rule,
        "ruleIndex": index[problem.rule],
        "level": _LEVELS[problem.severity],
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
