"""Validation of a dataset: shapes, quotes, lints and coverage, each problem with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.validate import quotes, shapes
from kg.validate.formats import FORMATS, render
from kg.validate.report import Counts, Coverage, Report, Result, Rule, know, make_result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kg.errors import Problem
    from kg.readers import ParsedFile
    from kg.store import Store
    from kg.validate.quotes import QuotedTexts

__all__ = ["DEADLINE", "FORMATS", "Counts", "Coverage", "Report", "Result", "Rule", "render", "validate"]

DEADLINE = 60.0
"""Seconds that the shapes may take."""

_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?node) AS ?count) WHERE {
  VALUES ?class { hc:Claim hc:Assertion hc:Argument hc:Source } ?node a ?class
} GROUP BY ?class
"""


def validate(
    store: Store,
    readings: Iterable[ParsedFile] = (),
    *,
    more_shapes: Sequence[Path] = (),
    deadline: float = DEADLINE,
    problems: Iterable[Problem] = (),
) -> Report:
    """Return what is wrong in the data and derived graphs of `store`.

    `readings` are of the files that the store was loaded from: without them a problem has a node but no file and line;
    what they warn of is in the report too, as are `problems` that were found otherwise.
    `more_shapes` are SHACL files (Turtle) beside those of ontology/shapes;
    `deadline` is in seconds and covers all shapes.

    Raises QueryError when the shapes take longer, UnreadableError when shapes or lints cannot be used.
    """
    readings = tuple(readings)
    nodes = know(store, readings)
    by_shapes, shape_rules = shapes.check_shapes(store, nodes, [*shapes.shipped_shapes(), *more_shapes], deadline)
    texts = quotes.read(store)
    covered, gaps = quotes.check_coverage(texts, nodes)
    queries = [shapes.read_lint(file) for file in shapes.shipped_lints()]
    by_lints = [result for lint in queries for result in shapes.check_lint(store, nodes, lint)]
    read = (problem for reading in readings for problem in reading.problems)
    by_readers = [make_result(problem) for problem in (*read, *problems)]
    results = [*by_shapes, *quotes.check_quotes(texts, nodes), *gaps, *by_lints, *by_readers]
    rules = [*shape_rules, *quotes.RULES, *(lint.rule for lint in queries)]
    return Report.of(results, covered, _counts(store, texts), rules, store.prefixes())


def _counts(store: Store, texts: QuotedTexts) -> Counts:
    counts = {row["class"].value.rpartition("#")[2]: int(row["count"].value) for row in store.select(_COUNTS)}
    in_texts = {quote.node for quote in texts.checkable()}
    return Counts(
        claims=counts.get("Claim", 0),
        assertions=counts.get("Assertion", 0),
        arguments=counts.get("Argument", 0),
        sources=counts.get("Source", 0),
        quotes=len(in_texts),
        quotes_not_checkable=len({quote.node for quote in texts.quotes} - in_texts),
    )
