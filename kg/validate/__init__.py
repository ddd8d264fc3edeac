"""Validation of a dataset: shapes, quotes, lints and coverage, each problem with file and line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg import drift
from kg.errors import Problem
from kg.model.vocabulary import concepts
from kg.namespaces import ID, dataset_curie
from kg.store.terms import IRI, TYPE
from kg.validate import quotes, shapes
from kg.validate.batches import narrowed
from kg.validate.formats import FORMATS, render
from kg.validate.report import Counts, Coverage, Report, Result, Rule, Touched, know, make_result

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.readers import ParsedFile
    from kg.store import Store
    from kg.validate.quotes import QuotedTexts
    from kg.validate.report import Nodes

__all__ = [
    "ABSENT",
    "DEADLINE",
    "DRIFT_RULES",
    "FORMATS",
    "Counts",
    "Coverage",
    "Report",
    "Result",
    "Rule",
    "Touched",
    "render",
    "validate",
]

DEADLINE = shapes.DEADLINE

_UNSTATED = Rule("drift-unstated", "warning", "A drift that the data show should be stated, with a person's reason.")
_NOT_SHOWN = Rule(
    "drift-not-shown",
    "warning",
    "A stated drift should show in the data: in the trace of its assertion, and in the findings of the study.",
)
DRIFT_RULES = (_UNSTATED, _NOT_SHOWN)

ABSENT = Rule("dataset-not-loaded", "warning", "What is named of another dataset should be loaded too.")
_OF_DECISION = ("Decision-one", "Decision-other")
_DECIDED = ("Claim-same-as", "Claim-different-from")

_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?node) AS ?count) WHERE {
  VALUES ?node { UNDEF }
  ?node a ?class
  FILTER(?class IN (hc:Claim, hc:Assertion, hc:Argument, hc:Source))
} GROUP BY ?class
"""


def validate(
    store: Store,
    readings: Iterable[ParsedFile] = (),
    *,
    more_shapes: Sequence[Path] = (),
    deadline: float | None = None,
    problems: Iterable[Problem] = (),
    touched: Touched | None = None,
) -> Report:
    """Return what is wrong in the data and derived graphs of `store`.

    `readings` are of the files that the store was loaded from: without them a problem has a node but no file and line;
    what they warn of is in the report too, as are `problems` that were found otherwise.
    `more_shapes` are SHACL files (Turtle) beside those of ontology/shapes;
    `deadline` is in seconds and covers all shapes; it is `DEADLINE` for each part of the data if none is given.
    If something is `touched`, the report is about its nodes alone, and says of each what a report of everything says.

    Raises QueryError when the shapes take longer, UnreadableError when shapes or lints cannot be used.
    """
    readings = tuple(readings)
    nodes = know(store, readings)
    among = touched and touched.nodes
    files = [*shapes.shipped_shapes(), *more_shapes]
    shaped, shape_rules = shapes.check_shapes(store, nodes, files, deadline, among)
    by_shapes = _told_of_absent(store, nodes, shaped)
    texts = quotes.read(store, among)
    covered, gaps = quotes.check_coverage(texts, nodes)
    queries = [shapes.read_lint(file) for file in shapes.shipped_lints()]
    by_lints = [result for lint in queries for result in shapes.check_lint(store, nodes, lint, among)]
    told = (reading for reading in readings if touched is None or str(reading.path) in touched.files)
    read = (problem for reading in told for problem in reading.problems)
    by_readers = [make_result(problem) for problem in (*read, *problems)]
    checked = [*quotes.check_quotes(texts, nodes), *gaps, *by_lints, *_drifts(store, nodes, among)]
    results = [*by_shapes, *checked, *by_readers]
    rules = [*shape_rules, *quotes.RULES, *(lint.rule for lint in queries), *DRIFT_RULES, ABSENT]
    return Report.of(results, covered, _counts(store, texts, among), rules, store.prefixes(), touched)


def _told_of_absent(store: Store, nodes: Nodes, results: Iterable[Result]) -> Iterator[Result]:
    """Yield the results; one on a node of a dataset that is not loaded says so, and is a warning: it may come later."""
    here = tuple({space for record in store.graphs() for space in record.namespaces})
    told = set[str]()
    for result in sorted(results, key=lambda each: each.problem.rule not in _OF_DECISION):
        problem, value = result.problem, result.value
        if not isinstance(value, IRI) or not value.value.startswith(ID):
            yield result
            continue
        if problem.rule in _DECIDED and value.value in told:
            continue  # a decision states a link between claims too: one sentence is enough
        if problem.rule in _OF_DECISION:
            told.add(value.value)
        if not value.value.startswith(here):
            name = dataset_curie(value.value)
            words = f"the dataset of {name} is not loaded; load its folder too, or correct the id"
            message = f"{nodes.name(problem.node or '')}: {words}"
            yield make_result(Problem(ABSENT.severity, ABSENT.id, message, problem.place, problem.node))
        elif problem.rule not in _OF_DECISION or not _is_seen_by_reader(store, problem.node or "", value):
            yield result


def _is_seen_by_reader(store: Store, decision: str, value: IRI) -> bool:
    """Return True if the store says nothing of what a file decides on which is of its own folder.

    The file is checked without the claim files beside it then, and its reader has looked into them.
    """
    is_own = value.value.startswith(decision.rpartition("/")[0] + "/")
    return is_own and not any(quad.predicate == TYPE for quad in store.about(value))


def _drifts(store: Store, nodes: Nodes, among: Collection[str] | None) -> Iterator[Result]:
    """Yield a warning for each drift that the data show and nobody states, and for each stated one that they do not."""
    unstated, unshown = drift.differences(store, among)
    found = [
        (each.assertion, _UNSTATED, f"{each.kind_words} ({each.certainty}), and no drift states it: {each.reason}")
        for each in unstated
    ]
    found += [
        (node, _NOT_SHOWN, f"{concepts()[kind].label} is stated, and the data do not show it") for node, kind in unshown
    ]
    for node, rule, words in found:
        message = f"{nodes.name(node)}: {words}"
        yield make_result(Problem(rule.severity, rule.id, message, nodes.place(node), node))


def _counts(store: Store, texts: QuotedTexts, among: Collection[str] | None) -> Counts:
    counts = Counter[str]()
    for query in narrowed(_COUNTS, among):
        counts.update({row["class"].value.rpartition("#")[2]: int(row["count"].value) for row in store.select(query)})
    in_texts = {quote.node for quote in texts.checkable() if texts.are_about(quote.node)}
    return Counts(
        claims=counts["Claim"],
        assertions=counts["Assertion"],
        arguments=counts["Argument"],
        sources=counts["Source"],
        quotes=len(in_texts),
        quotes_not_checkable=len({quote.node for quote in texts.quotes if texts.are_about(quote.node)} - in_texts),
    )
