"""Decision files: the YAML in which people write which claims, and which sources, are the same, and which are not.

Its shape is in decisions.json beside this module; `kg.editing.decide` writes a line of it.
"""

from __future__ import annotations

import datetime
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator

from kg.errors import Problem
from kg.files import read_text
from kg.model.ids import digest
from kg.model.literals import date
from kg.model.records import DecisionRecord
from kg.model.statements import Statements
from kg.readers.claim_files.index import is_iri
from kg.readers.schema_messages import Fault, SchemaMessages
from kg.readers.suggestions import a, listed, repaired, shown
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.yaml import Document, Way
    from kg.readers.schema_messages import Failure

FILE = Path(__file__).with_name("decisions.json")
NAME = "decisions.yaml"
"""Name of the file in which decisions are written."""
MARK = "decision-file"
"""First key of such a file."""
VERDICTS = {
    "claims": {"same": "hc:sameClaimAs", "different": "hc:differentClaimFrom"},
    "sources": {"same": "hc:sameSourceAs", "different": "hc:differentSourceFrom", "superseded": "hc:supersedes"},
}
"""Section -> what can be decided there -> the property that it states."""
SUPERSEDED = "superseded"
"""The one of which the order counts: what is superseded, and by what."""


class WrittenDecision(NamedTuple):
    """A decision as it stands in the file."""

    section: str
    verdict: str
    ids: tuple[str, str]
    way: Way
    values: dict[str, Any]

    def record(self, to: Statements) -> DecisionRecord:
        """Return the record, whose id is made from the pair."""
        pair = sorted(to.node(short_id).value for short_id in self.ids)
        # Where the order says nothing, to the first by its IRI, as what is derived does.
        one, other = self.ids[::-1] if self.verdict == SUPERSEDED else pair[::-1]
        stated = (one, VERDICTS[self.section][self.verdict], other)
        details = {key: self.values.get(key) or "" for key in ("who", "when", "why")}
        return DecisionRecord(f"decision-{digest(*pair, length=12)}", stated, **details)


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of decision files."""
    return dict(json.loads(read_text(FILE)))


def is_decisions(document: Document) -> bool:
    """Return True if a document begins as a decision file does."""
    return isinstance(document.value, dict) and next(iter(document.value), None) == MARK


def check(document: Document, folder: Folder) -> tuple[list[WrittenDecision], list[Problem]]:
    """Return the decisions of a file, those of the right shape, and what is wrong with it."""
    to = Statements(IRI(folder.iri("")), folder.iri(""), "en")
    faults = _DecisionMessages(schema()["$defs"]).faults(Draft202012Validator(schema()).iter_errors(document.value))
    problems = [document.problem(each) for each in faults]
    bad = {each.way[:2] for each in faults}
    found = [each for each in _written(document) if each.way not in bad]
    illegal = [each for each in found if not all(map(_is_legal, each.ids))]
    for each in illegal:
        iri = next(short_id for short_id in each.ids if not _is_legal(short_id))
        message = f"{shown(iri)} in {_named(each.way)} is no IRI; copy it from kg list {each.section}"
        problems.append(Problem("violation", "malformed-id", message, document.place(each.way)))
    found = [each for each in found if each not in illegal]
    taken: dict[frozenset[IRI], WrittenDecision] = {}
    for each in found:
        problems += _dangling(each, document, folder)
        problems += _dated(each, document)
        pair = frozenset(map(to.node, each.ids))
        first = taken.setdefault(pair, each)
        if len(pair) == 1:
            message = f"{each.verdict} of {_named(each.way)} names {shown(each.ids[0])} twice; it takes two"
            problems.append(Problem("violation", "names-itself", message, document.place(each.way)))
        elif first is not each:
            ids = listed([shown(short_id) for short_id in each.ids], "and")
            line = document.place(first.way).line
            what = "the same" if first.verdict == "same" else first.verdict
            message = f"{ids} are decided to be {what} in line {line} already; keep one of the two lines"
            problems.append(Problem("violation", "decided-twice", message, document.place(each.way)))
    return found, problems


def _is_legal(short_id: str) -> bool:
    return "/" not in short_id or is_iri(short_id)


def _written(document: Document) -> Iterator[WrittenDecision]:
    for section, verdicts in VERDICTS.items():
        items = document.value.get(section)
        for number, values in enumerate(items if isinstance(items, list) else ()):
            named = [key for key in verdicts if isinstance(values, dict) and key in values]
            ids = values[named[0]] if len(named) == 1 else None
            if isinstance(ids, list) and len(ids) == 2 and all(isinstance(each, str) for each in ids):
                yield WrittenDecision(section, named[0], (ids[0], ids[1]), (section, number), values)


def _dangling(decision: WrittenDecision, document: Document, folder: Folder) -> Iterator[Problem]:
    for number, short_id in enumerate(decision.ids):
        if missing := folder.missing(short_id, (decision.section.removesuffix("s"),)):
            message = missing.of(f"{decision.verdict} of {_named(decision.way)}")
            place = document.place((*decision.way, decision.verdict, number))
            yield Problem("violation", missing.rule, message, place)


def _dated(decision: WrittenDecision, document: Document) -> Iterator[Problem]:
    written = decision.values.get("when")
    if not isinstance(written, str):
        return
    place = document.place((*decision.way, "when"))
    if date(written) is None:
        yield Problem(
            "violation", "malformed-date", f"when of {_named(decision.way)}: there is no day {shown(written)}", place
        )
    elif written > (datetime.date.today() + datetime.timedelta(days=1)).isoformat():  # it is tomorrow somewhere
        message = f"when of {_named(decision.way)} is {written}, which is still to come; write the day of the decision"
        yield Problem("violation", "date-to-come", message, place)


def _named(way: Way) -> str:
    return f"decision {int(way[1]) + 1} on {way[0]}" if len(way) > 1 else str(way[0])


class _DecisionMessages(SchemaMessages):
    """Sentences about what the schema of decision files refuses."""

    begins = "a decision file begins with decision-file: 1, the version of its format"

    def sentences(self) -> dict[str, Callable[[Failure], Iterator[Fault]]]:
        return super().sentences() | {"oneOf": self.verdict, "maxItems": self.pair, "minItems": self.pair}

    def name(self, way: Way) -> str:
        if len(way) < 2:
            return super().name(way)
        return f"{way[2]} of {_named(way)}" if len(way) > 2 else _named(way)

    def verdict(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a decision says nothing, or several things."""
        known = [branch["required"][0] for branch in failure.wanted]
        named = [key for key in known if key in failure.value]
        if named or not any(key not in failure.part["properties"] for key in failure.value):
            says = f"says {listed(named, 'and')}: keep one" if named else f"decides nothing: add {listed(known)}"
            message = f"{self.name(failure.way)} {says}, with the two ids in [ ]"
            yield Fault("one-verdict", failure.way, message, drop=False)

    def pair(self, failure: Failure) -> Iterator[Fault]:
        """Yield that not two are named."""
        message = (
            f"{self.name(failure.way)} names {len(failure.value)}, and a decision is on two; write a line for each pair"
        )
        yield Fault("no-pair", failure.way, message)

    def pattern(self, failure: Failure) -> Iterator[Fault]:
        title = str(failure.part["title"])
        meant = repaired(title, str(failure.value))
        advice = failure.part["patternErrorMessage"] + (f'; did you mean "{meant}"?' if meant else "")
        message = f"{shown(failure.value)} in {self.name(failure.way)} is not {a(title)}: {advice}"
        yield Fault(f"malformed-{title}", failure.way, message)
