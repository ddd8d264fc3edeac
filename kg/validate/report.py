"""Results of a validation, with the names and places of the nodes that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.display import counted
from kg.errors import Place
from kg.namespaces import ID, PREFIXES, SHAPES
from kg.store.resolve import id_of, only_namespace
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.errors import Problem
    from kg.readers import ParsedFile
    from kg.store import Store
    from kg.store.terms import Term

SEVERITIES = ("violation", "warning", "info")
"""Gravest first."""


class Rule(NamedTuple):
    """One check, whether or not anything broke it."""

    id: str
    """Stable: a SHACL shape's local name, a lint's file name, or a word such as `quote-not-found`."""
    severity: str
    help: str
    """Demand of the rule, in a sentence."""


class Result(NamedTuple):
    """One problem, with what SHACL's report vocabulary asks for beside it (SHACL, clause 3.6.2)."""

    problem: Problem
    component: str
    """IRI of the kind of constraint: SHACL's own, or `hcsh:` and the rule for the other checks."""
    shape: str | None = None
    path: str | None = None
    value: Term | None = None
    """The offending term."""


class Coverage(NamedTuple):
    """Number of sentences of a source's text that the data account for."""

    source: str
    """IRI."""
    label: str
    """Short id."""
    sentences: int
    quoted: int
    """With at least one quote of an assertion."""
    set_aside: int
    """Without such a quote, but set aside with a reason."""

    @property
    def uncovered(self) -> int:
        """Sentences with neither."""
        return self.sentences - self.quoted - self.set_aside

    @property
    def percent(self) -> int:
        """Quoted or set aside, of all; rounded down, so that 100 means all."""
        return 100 if not self.sentences else 100 * (self.quoted + self.set_aside) // self.sentences


class Counts(NamedTuple):
    """Numbers of records that were looked at."""

    claims: int
    assertions: int
    arguments: int
    sources: int
    quotes: int
    """Quotes held against their source's text."""
    quotes_not_checkable: int
    """Quotes whose source has no text in the dataset."""


class Touched(NamedTuple):
    """Part of a store that some of its files touch: the nodes that they describe, with all that it says of these."""

    files: tuple[str, ...]
    """Paths of the files, as the catalog has them."""
    nodes: frozenset[str]
    """IRIs."""


class Report(NamedTuple):
    """All that one validation says; equal data give equal reports."""

    results: tuple[Result, ...]
    """By place, severity, rule and node."""
    coverage: tuple[Coverage, ...]
    """One for each source with a text, by IRI."""
    counts: Counts | None
    """None if the files' own violations stopped everything else."""
    rules: tuple[Rule, ...]
    """Every check that ran, by id."""
    prefixes: dict[str, str]
    """Of the validated store, for the names in messages and Turtle."""
    touched: Touched | None = None
    """Part that was checked; None if that was everything."""
    store: str | None = None
    """Store of which everything was checked; None for files, or a part of a store."""

    @classmethod
    def of(
        cls,
        results: Iterable[Result],
        coverage: tuple[Coverage, ...],
        counts: Counts | None,
        rules: Iterable[Rule],
        prefixes: dict[str, str],
        touched: Touched | None = None,
    ) -> Report:
        """Return the report with its results and rules in order, and a rule for every result."""
        ordered = in_order(results)
        known = {problem.rule: Rule(problem.rule, problem.severity, "") for problem, *_ in ordered}
        known |= {rule.id: rule for rule in rules}
        return cls(ordered, coverage, counts, tuple(known[name] for name in sorted(known)), prefixes, touched)

    @classmethod
    def of_problems(cls, problems: Iterable[Problem]) -> Report:
        """Return a report of these problems alone: of files that cannot be loaded, so that nothing else was checked."""
        return cls.of(map(make_result, problems), (), None, (), PREFIXES)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems alone, in the same order."""
        return tuple(result.problem for result in self.results)

    def __repr__(self) -> str:
        counts = ", ".join(counted(self.number_of(severity), severity) for severity in SEVERITIES)
        first = f"; first: {self.problems[0]}" if self.results else ""
        return f"<Report: {counts}{first}>"

    @property
    def conforms(self) -> bool:
        """No violation; warnings may be there."""
        return not self.number_of("violation")

    def number_of(self, severity: str) -> int:
        """Return how many problems have this severity."""
        return sum(result.problem.severity == severity for result in self.results)

    def exit_code(self, strict: bool = False) -> int:
        """Return 0 when there is no violation, else 1; `strict` counts warnings too (docs/exit-codes.md)."""
        return int(not self.conforms or (strict and self.number_of("warning") > 0))


def make_result(problem: Problem) -> Result:
    """Return the result of a check that is no SHACL shape: its rule is its kind of constraint."""
    return Result(problem, SHAPES + problem.rule)


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return `results` without repetitions, by place (those without one last), severity, rule, node and message."""
    return tuple(sorted(set(results), key=_order))


def _order(result: Result) -> tuple[object, ...]:
    problem = result.problem
    place = problem.place
    where = (False, place.path, place.line or 0, place.column or 0) if place else (True, "", 0, 0)
    what = (SEVERITIES.index(problem.severity), problem.rule, problem.node or "", problem.message)
    return (*where, *what, result.path or "", str(result.value), result.component, result.shape or "")


class Nodes(NamedTuple):
    """Names and places of a dataset's nodes."""

    prefixes: dict[str, str]
    namespace: str | None
    """Of the individuals of the store's dataset; None if it holds several, whose short ids may be the same."""
    places: Mapping[str, Place]
    """By IRI, or by IRI, a space and a key of the node's record: `.../id/x/relieves text`."""
    text_files: Mapping[str, str]
    """Source, by IRI -> path of the file with its text."""

    def name(self, iri: str) -> str:
        """Return the short id of an individual of the one dataset, else the CURIE, else the IRI."""
        return id_of(iri, self.prefixes, self.namespace)

    def place(self, iri: str, *keys: str) -> Place | None:
        """Return where `iri` stands: the first of its `keys` that is known, itself, or what it is part of."""
        return next((self.places[name] for name in _from_narrow_to_wide(iri, keys) if name in self.places), None)


def know(store: Store, readings: Iterable[ParsedFile]) -> Nodes:
    """Return the names and places of `store`, as far as `readings` hold the files that it was loaded from."""
    places: dict[str, Place] = {}
    text_files: dict[str, str] = {}
    for reading in readings:
        places = dict(reading.places or _whole_file(reading)) | places
        text_files = {iri: str(file) for iri, file in reading.text_files.items()} | text_files
    # A report is read beside the files: what prefix one of them has for others' nodes says nothing there.
    prefixes = {name: space for name, space in store.prefixes().items() if name in PREFIXES or space.startswith(ID)}
    return Nodes(prefixes, only_namespace(store), places, text_files)


def _whole_file(reading: ParsedFile) -> dict[str, Place]:
    """Return the file as the place of all that it says: for formats whose reader knows no lines."""
    return {quad.subject.value: Place(str(reading.path)) for quad in reading.quads if isinstance(quad.subject, IRI)}


def _from_narrow_to_wide(iri: str, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the names under which a place may be known: sub-nodes are called by a dot (`relieves.quote.text`)."""
    yield from (f"{iri} {key}" for key in keys)
    yield iri
    base, slash, local = iri.rpartition("/")
    while "." in local:
        local, _, part = local.rpartition(".")
        yield f"{base}{slash}{local} {part}"
        yield f"{base}{slash}{local}"
