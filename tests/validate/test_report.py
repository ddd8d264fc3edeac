"""The report of a validation: its order, its exit code, and the same problems as text, JSON, SARIF and SHACL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kg.errors import Place, Problem, UsageError
from kg.store.syntax import parse
from kg.store.terms import BlankNode
from kg.validate import Report, Rule, render, validate
from kg.validate.report import make_result
from tests.support.hash_seeds import outputs
from tests.support.tea import SET_ASIDE, SOUND, loaded, with_place, words

if TYPE_CHECKING:
    from pathlib import Path


# --- the report -----------------------------------------------------------------------------------------------------


def test_each_severity_has_its_exit_code() -> None:
    def report(severity: str) -> Report:
        return Report.of_problems([Problem(severity, "a-rule", "Something.")])

    codes = {
        severity: (report(severity).exit_code(), report(severity).exit_code(strict=True))
        for severity in ("violation", "warning", "info")
    }
    assert codes == {"violation": (1, 1), "warning": (0, 1), "info": (0, 0)}
    assert Report.of_problems([]).exit_code(strict=True) == 0


def test_problems_are_ordered_by_place_and_those_without_one_come_last() -> None:
    problems = [
        Problem("violation", "z", "No place."),
        Problem("info", "b", "Later.", Place("a.yaml", 10, 3)),
        Problem("warning", "b", "Same place, milder.", Place("a.yaml", 9, 3)),
        Problem("violation", "c", "Same place, graver.", Place("a.yaml", 9, 3)),
        Problem("violation", "c", "Same place, graver.", Place("a.yaml", 9, 3)),
    ]
    messages = [problem.message for problem in Report.of_problems(problems).problems]
    assert messages == ["Same place, graver.", "Same place, milder.", "Later.", "No place."]


# --- formats --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Violations and warnings, with and without a line."""
    turtle = SOUND + SET_ASIDE + words(":author-good.quote", "Tea is bad") + ":c a hc:Claim ; hc:about :nothing ."
    store, (reading,) = loaded(tmp_path_factory.mktemp("formats"), turtle)
    places = {
        "author-good quote": Place("data/tea time/claims.yaml", 12, 5),
        "c": Place("data/tea time/claims.yaml", 3),
    }
    return validate(store, [with_place(reading, places)])


def test_text_has_a_line_for_each_problem_and_a_summary(report: Report) -> None:
    lines = render(report).splitlines()
    assert lines[0].startswith("data/tea time/claims.yaml:3: violation: c: ")
    (quote,) = [line for line in lines if line.endswith("[quote-not-found]")]
    assert quote.startswith(
        "data/tea time/claims.yaml:12:5: violation: author-good: quote not found in page; closest ("
    )
    assert lines[-3] == "page: 20 % of 5 sentences accounted for (0 quoted, 1 set aside, 4 without either)"
    assert lines[-2] == "2 claims, 1 assertion, 0 arguments, 1 source, 2 quotes checked"
    numbers = [report.number_of(severity) for severity in ("violation", "warning", "info")]
    assert lines[-1] == f"{numbers[0]} violations, {numbers[1]} warnings, 1 info"
    assert len(lines) == sum(numbers) + 3


def test_text_from_data_cannot_steer_a_terminal_or_fake_a_line() -> None:
    text = render(Report.of_problems([Problem("warning", "r", "red \x1b[31m\nfake.yaml:1:1: violation: all gone")]))
    assert "\x1b" not in text
    assert len(text.splitlines()) == 3
    assert r"red \x1b[31m\nfake" in text


def test_json_has_the_documented_shape(report: Report) -> None:
    content = json.loads(render(report, "json"))
    assert list(content) == ["conforms", "checked", "counts", "coverage", "problems", "rules"]
    assert content["conforms"] is False
    assert content["counts"]["quotes"] == 2
    assert content["coverage"][0] == {
        "source": "https://w3id.org/health-claims/id/tea/page",
        "label": "page",
        "sentences": 5,
        "quoted": 0,
        "set_aside": 1,
        "uncovered": 4,
        "percent": 20,
    }
    assert {frozenset(problem) for problem in content["problems"]} == {
        frozenset({"severity", "rule", "message", "node", "file", "line", "column"})
    }
    assert {rule["id"] for rule in content["rules"]} >= {problem["rule"] for problem in content["problems"]}
    assert all(rule["help"] for rule in content["rules"])


def test_sarif_has_what_its_schema_requires(report: Report) -> None:
    """The required properties of SARIF 2.1.0: 3.13 log, 3.14 run, 3.19 tool component, 3.27 result, 3.49 rule."""
    log = json.loads(render(report, "sarif"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
    assert len(run["results"]) == len(report.problems)
    for result, problem in zip(run["results"], report.problems, strict=True):
        assert result["message"]["text"] == problem.message
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.rule
        assert result["level"] == {"violation": "error", "warning": "warning", "info": "note"}[problem.severity]
    (quote,) = [result for result in run["results"] if result["ruleId"] == "quote-not-found"]
    assert quote["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data/tea%20time/claims.yaml"},
        "region": {"startLine": 12, "startColumn": 5},
    }


def test_sarif_names_an_absolute_path_by_a_file_uri(tmp_path: Path) -> None:
    report = Report.of_problems([Problem("info", "r", "Words.", Place(str(tmp_path / "a b.yaml"), 1))])
    (run,) = json.loads(render(report, "sarif"))["runs"]
    uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == (tmp_path / "a b.yaml").as_uri()


def test_turtle_is_a_shacl_report_without_blank_nodes(report: Report) -> None:
    quads = parse(render(report, "ttl").encode(), "text/turtle")
    assert not any(isinstance(term, BlankNode) for quad in quads for term in quad)
    by_predicate: dict[str, list[str]] = {}
    for quad in quads:
        by_predicate.setdefault(quad.predicate.value.rpartition("#")[2], []).append(quad.object.value)
    assert by_predicate["conforms"] == ["false"]
    for required in ("result", "focusNode", "resultSeverity", "sourceConstraintComponent", "resultMessage"):
        assert len(by_predicate[required]) == len(report.problems), required
    assert "https://w3id.org/health-claims/shapes#Claim-about" in by_predicate["sourceShape"]
    assert "https://w3id.org/health-claims/ontology#about" in by_predicate["resultPath"]
    assert "https://w3id.org/health-claims/id/tea/nothing" in by_predicate["value"]


def test_an_empty_report_can_be_written_in_every_format() -> None:
    empty = Report.of_problems([])
    assert "sh:conforms true" in render(empty, "ttl")
    assert json.loads(render(empty, "json"))["problems"] == []
    assert json.loads(render(empty, "sarif"))["runs"][0]["results"] == []
    assert render(empty).endswith("0 violations, 0 warnings, 0 infos\n")


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="no report format 'html'; there are text, json, sarif, ttl"):
        render(Report.of_problems([]), "html")


def test_a_reports_rules_include_those_of_problems_from_elsewhere() -> None:
    report = Report.of((make_result(Problem("info", "odd", "Words.")),), (), None, [], {})
    assert report.rules == (Rule("odd", "info", ""),)


RENDER_ALL = """
import sys
from kg.load import put, read_all
from kg.store import MemoryStore
from kg.validate import FORMATS, render, validate
store, readings = MemoryStore(), read_all(sys.argv[1:])
put(store, readings)
report = validate(store, readings)
sys.stdout.write("".join(render(report, form) for form in FORMATS))
"""


def test_the_same_data_give_the_same_bytes_under_any_hash_seed(tmp_path: Path) -> None:
    turtle = SOUND + SET_ASIDE + words(":author-good.quote", "Tea is bad") + ":c a hc:Claim ; hc:about :no, :nought ."
    _, (reading,) = loaded(tmp_path, turtle)

    (rendered,) = outputs("-c", RENDER_ALL, str(reading.path))
    assert b"Claim-about" in rendered
