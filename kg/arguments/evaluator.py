"""Evaluator of a store's claims under one policy: standings, explanations and changes, as values, as text and as RDF.

Written standings are an `hc:Assessment` each, in a graph of its own, with inputs, policy and time (PROV-O).  The graph
is replaced as a whole, so that no assessment of older data is left.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.arguments import explain, past, policy, report, standing, words
from kg.arguments.lines import SIDES, Lines, build
from kg.errors import NotFoundError, UsageError
from kg.files import sha256
from kg.model.labels import not_a_claim, preferred
from kg.model.reading import read_tables, tables_around
from kg.model.vocabulary import words_of
from kg.namespaces import ASSESSMENTS, BASE, HC, PROV, RDFS
from kg.store.terms import IRI, TYPE, Literal, Quad, Term, hc, typed
from kg.version import __version__

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.arguments.explain import Change, Explanation
    from kg.arguments.facts import Rating
    from kg.arguments.policy import Policy
    from kg.arguments.standing import Standing
    from kg.model.graph import Tables
    from kg.store import Store

_FEW = 30
"""Claims whose neighbourhoods are read by look-ups; for more the store is read once from end to end."""
_GRAPH = IRI(ASSESSMENTS)
_SOFTWARE = IRI(BASE + "software/health-claims-kg-" + __version__)
_RUN = IRI(BASE + "assessment/run")
_SENTENCE = hc("sentence")
_RUNS = (_RUN, _SOFTWARE)


def parameters(used: Policy) -> Literal:
    """Return in words what assessments were made by, beside their semantics."""
    return Literal(
        f"policy {used.name} (SHA-256 {used.digest[:16]}), a line stands at {used.min_retained:g} of its base"
    )


def _standing(written: Sequence[Quad], claims: set[str], how: set[tuple[IRI, Term]]) -> dict[str, Term]:
    """Return claim -> its assessment, for those of this version of the program that were made as `how` has it.

    One without a sentence is left out: it was made before standings had one.
    """
    stated: defaultdict[Term, set[tuple[IRI, Term]]] = defaultdict(set)
    for quad in written:
        stated[quad.subject].add((quad.predicate, quad.object))  # type: ignore[index,arg-type]
    by_us = how | {(IRI(PROV + "wasAttributedTo"), _SOFTWARE)}
    return {
        value.value: node
        for node, of in stated.items()
        if by_us <= of and any(name == _SENTENCE for name, _ in of)
        for name, value in of
        if name == hc("assesses") and value.value in claims
    }


def assessment_quads(
    standings: Iterable[Standing], used: Policy, at: datetime, said: Callable[[Standing], str]
) -> Iterator[Quad]:
    """Yield the statements of assessments; the same ones for the same standings and time.

    `said` gives the sentence of a standing.
    """
    when = typed(at.astimezone(UTC).isoformat(timespec="seconds"), "dateTime")
    how = parameters(used)
    yield Quad(_RUN, TYPE, IRI(PROV + "Activity"), _GRAPH)
    yield Quad(_RUN, IRI(RDFS + "label"), Literal("Computing the standings of the claims", language="en"), _GRAPH)
    yield Quad(_RUN, IRI(PROV + "endedAtTime"), when, _GRAPH)
    yield Quad(_RUN, IRI(PROV + "wasAssociatedWith"), _SOFTWARE, _GRAPH)
    yield Quad(_SOFTWARE, TYPE, IRI(PROV + "SoftwareAgent"), _GRAPH)
    for each in standings:
        node = IRI(f"{BASE}assessment/{sha256(each.claim.encode())[:16]}")
        yield Quad(node, _SENTENCE, Literal(said(each), language="en"), _GRAPH)
        for predicate, value in _statements(each, how, when):
            yield Quad(node, predicate, value, _GRAPH)


def _statements(found: Standing, how: Literal, when: Literal) -> Iterator[tuple[IRI, Term]]:
    yield TYPE, hc("Assessment")
    yield TYPE, IRI(PROV + "Entity")
    yield hc("assesses"), IRI(found.claim)
    yield hc("state"), hc(found.state.capitalize())
    for side in SIDES:
        yield hc(f"strength{side.capitalize()}"), _decimal(found.strengths[side])
        if tier := found.tiers[side]:
            yield hc(f"tier{side.capitalize()}"), Literal(tier.label, language="en")
    if found.certainty:
        yield hc("certainty"), hc(found.certainty.title().replace(" ", ""))
    yield hc("robust"), typed(str(not found.weighing_matters).lower(), "boolean")
    yield hc("semantics"), Literal(found.semantics)
    yield hc("parameters"), how
    yield IRI(PROV + "generatedAtTime"), when
    yield IRI(PROV + "wasGeneratedBy"), _RUN
    yield IRI(PROV + "wasAttributedTo"), _SOFTWARE
    carrying = {each.line.node for each in found.undefeated(*SIDES)}
    for node in sorted(carrying):
        yield IRI(PROV + "wasDerivedFrom"), IRI(node)


def _decimal(value: float) -> Literal:
    return typed(f"{value:.6f}", "decimal")


class Evaluator:
    """Evaluator of the claims of one store; the policy's file is read once, and of the store what is asked for.

    Raises UnreadableError if the policy cannot be read, DataError if it is not one; the methods raise NotFoundError
    for an id that does not exist, UsageError for an unknown semantics, NotConvergedError where a cycle does not settle.
    """

    def __init__(
        self,
        store: Store,
        policy_file: str | os.PathLike[str] | None = None,
        semantics: str = standing.DEFAULT,
        as_of: str | None = None,
    ) -> None:
        self.store = store
        self.as_of = None if as_of is None else past.known_date(as_of)
        self.policy = policy.read(policy_file)
        self.semantics = standing.known(semantics)
        self._read: dict[tuple[IRI, ...], Evaluator] = {}
        """Evaluators of the neighbourhoods that were read."""

    @cached_property
    def tables(self) -> Tables:
        """Part of the store that standings need, read once; for a few claims only what bears on these."""
        return self._as_of(read_tables(self.store))

    def _as_of(self, tables: Tables) -> Tables:
        return past.as_of(tables, self.as_of) if self.as_of else tables

    @cached_property
    def lines(self) -> Lines:
        """Lines of the store."""
        return build(self.tables, self.policy)

    @cached_property
    def names(self) -> report.Names:
        """Names of the nodes."""
        return report.Names(self.store, self.tables)

    def standings(self, claims: Iterable[str] = (), topic: str | None = None) -> list[Standing]:
        """Return the standing of the named claims, of those about a topic, or of all, in the order of their IRIs."""
        near = self._near(claims)
        return standing.conclude(standing.weigh(near.lines, near.semantics), near.chosen(claims, topic))

    def chosen(self, claims: Iterable[str] = (), topic: str | None = None) -> list[str]:
        """Return the IRIs of the named claims, of those about a topic, or of all."""
        named = [self._claim(name) for name in claims]
        if topic is None:
            return named or list(self.tables.claims)
        wanted = self.store.resolve(topic).value
        return [claim for claim in named or self.tables.claims if wanted in self.tables.topics(claim)]

    def explain(self, claim: str) -> Explanation:
        """Return the standing of a claim with the contribution of each line."""
        near = self._near([claim])
        found = explain.explain(near.lines, near._claim(claim), near.semantics)
        return replace(found, text=near.text(found))

    def what_if(
        self,
        claims: Iterable[str] = (),
        *,
        without: Iterable[str] = (),
        retract: Iterable[str] = (),
        ignore_interested: bool = False,
    ) -> list[Change]:
        """Return the standings as they are and as they would be; see `kg.arguments.explain.what_if`."""
        near = self._near(claims)
        changes = explain.what_if(
            near.tables,
            near.policy,
            near.chosen(claims),
            without=[self.store.resolve(name).value for name in without],
            retract=[self._retractable(name) for name in retract],
            ignore_interested=ignore_interested,
            semantics=self.semantics,
        )
        return [replace(each, text=near.text(each)) for each in changes]

    def _retractable(self, name: str) -> str:
        """Return the source or study called `name`; raise UsageError for a node of another kind."""
        node = self.store.resolve(name)
        kinds = {quad.object for quad in self.store.about(node) if quad.predicate == TYPE}
        if kinds.isdisjoint((hc("Source"), hc("Study"))):
            raise UsageError(f"'{name}' is no source or study, and nothing else is retracted; name one of these")
        return node.value

    def changes_since(self, older: Evaluator, claims: Sequence[str] = (), topic: str | None = None) -> list[Change]:
        """Return the claims that stand otherwise here than for `older`, whose store may lack those that are named."""
        after = self.standings(claims, topic)
        try:
            before = older.standings(claims, topic)
        except NotFoundError:
            before = [each for each in older.standings() if each.claim in {standing.claim for standing in after}]
        older.records(before)  # their texts are read at once
        changes = explain.difference(before, after)
        return [replace(each, text=(self if each.after else older).text(each)) for each in changes]

    def write(self) -> int:
        """Store the standing of every claim as an assessment and return their number.

        Assessments that stand, made in the same way and not reached by a change since, are left as they are.
        Raises StoreInUseError while another process writes.
        """
        used = parameters(self.policy)
        with self.store.writing() as writer:
            written = list(writer.quads(ASSESSMENTS))
            claims = {claim.value for claim, _ in writer.stating(TYPE, hc("Claim"))}
            claims -= {other.value for other, _ in writer.stating(hc("canonicalClaim"))}
            how: set[tuple[IRI, Term]] = {(hc("parameters"), used), (hc("semantics"), Literal(self.semantics))}
            kept = _standing(written, claims, how) if writer.changes() is not None else {}
            missing = sorted(claims - kept.keys())
            standings = self.standings(missing) if missing else []
            said = self._near(missing).said
            made = set(assessment_quads(standings, self.policy, datetime.now(UTC), said))
            stays = {*kept.values(), *(() if missing else _RUNS)}
            gone = [quad for quad in written if quad.subject not in stays]
            writer.amend(ASSESSMENTS, gone, made if missing else ())
        return len(claims)

    def sentence(self, found: Standing) -> str:
        """Return a standing in words for a reader."""
        return self._near([found.claim]).said(found)

    def said(self, found: Standing) -> str:
        """Return a standing in words, from the tables that this evaluator has read."""
        year = int(self.as_of[:4]) if self.as_of else datetime.now(UTC).year
        return words.sentence(found, self.lines.facts, self.names, year)

    def text(self, found: Explanation | Change, width: int = 100) -> str:
        """Return an explanation, or a change, as text for a terminal."""
        if isinstance(found, explain.Change):
            return report.change(found, self._near([found.claim]).names, self.policy)
        near = self._near([found.standing.claim])
        return report.explanation(found, near.names, self.policy, self.sentence(found.standing), width)

    def page(self, claims: Iterable[str] = (), topic: str | None = None) -> str:
        """Return the explanations of claims as Markdown."""
        found = [explain.explain(self.lines, claim, self.semantics) for claim in self.chosen(claims, topic)]
        return report.page([(each, self.sentence(each.standing)) for each in found], self.names, self.policy)

    def records(self, standings: Sequence[Standing]) -> list[dict[str, Any]]:
        """Return standings as plain values, for JSON and CSV."""
        if len(standings) > _FEW:
            texts: defaultdict[str, list[Term]] = defaultdict(list)
            for row in self.store.select(f"SELECT ?claim ?text {{ ?claim a <{HC}Claim> ; <{HC}text> ?text }}"):
                texts[row["claim"].value].append(row["text"])
            self.names.know({claim: text for claim, found in texts.items() if (text := preferred(found))})
        near = self._near(each.claim for each in standings)
        return [near._values(each) for each in standings]

    def _near(self, claims: Iterable[str]) -> Evaluator:
        """Return an evaluator that has read what bears on the named claims; this one where it has read everything."""
        named = sorted({self.store.resolve(name) for name in claims}, key=str)
        if not named or len(named) > _FEW or "tables" in vars(self):
            return self
        key = tuple(named)
        if key not in self._read:
            near = self._read[key] = copy(self)
            near.tables = self._as_of(tables_around(self.store, named))
        return self._read[key]

    def _values(self, each: Standing) -> dict[str, Any]:
        names = self.names
        return {
            "claim": each.claim,
            "id": names.id(each.claim),
            "text": names.of(each.claim),
            "state": each.state,
            "sentence": self.said(each),
            "words": report.sentence(each, self.policy),
            **{str(side): round(strength, 6) for side, strength in each.strengths.items()},
            **{f"tier_{side}": tier.label if tier else None for side, tier in each.tiers.items()},
            "certainty": [self._rating(rating) for rating in each.ratings],
            "rests_on": report.rests_on(each, names),
            "because": each.because or None,
            "weighing_matters": each.weighing_matters,
            "states": dict(each.states),
            "doubts": [names.line(doubt.line) for doubt in each.doubts],
            "limits": [names.line(line) for line in each.limits],
            "remarks": [names.remark(remark) for remark in each.remarks],
            "flags": [names.interest(flag) for flag in each.flags],
            "marks": sorted({mark for x in each.undefeated(*SIDES) for mark in x.line.marks}),
        }

    def _rating(self, rating: Rating) -> dict[str, Any]:
        return {
            "levels": list(reversed(rating.levels)),
            "by": self.names.of(rating.review),
            "year": rating.year or None,
            "reasons": [words_of(hc(reason)) for reason in rating.reasons],
            "of_broader_claim": rating.broader,
            "withheld": rating.withheld,
        }

    def _claim(self, name: str) -> str:
        iri = self.store.resolve(name).value
        if iri not in self.tables.claims:
            raise not_a_claim(self.store, IRI(iri))
        return iri
