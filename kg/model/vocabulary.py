"""Concepts and groups of lines, as `ontology/` defines them: stances, directions, kinds, each with its words.

A stance and a direction name the tally that they count in (`hc:countedIn`), so that the ontology, and no table beside
it, says what is for a claim and what is against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.files import read_bytes, shipped
from kg.namespaces import HC, RDF, SKOS, local_name
from kg.store.syntax import parse
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.terms import Term

SUPPORTS, OPPOSES, QUALIFIES = "Supports", "Opposes", "Qualifies"
"""Directions of an argument, by the local names of their concepts."""
AFFIRMS, DENIES, DOUBTS, NO_EVIDENCE, INCONCLUSIVE = "Affirms", "Denies", "Doubts", "NoEvidence", "Inconclusive"
"""Stances of an assertion, likewise."""
REMARKS = frozenset({NO_EVIDENCE, INCONCLUSIVE})
"""Stances that are neither for a claim nor against it."""
NO_STANCE, NO_DIRECTION = "says something of", "bears on"
"""Verbs of an assertion without a stance, and of an argument without a direction: neither for nor against."""
SCOPE = ("population", "intervention", "comparator", "outcome")
"""Properties that say for whom, by what, against what and on what a claim holds (PICO); `timeFrame` says when."""


class Group(StrEnum):
    """Part of a dispute that a line belongs to; the value is what a reader calls it."""

    FOR = "for"
    AGAINST = "against"
    DOUBT = "doubt"
    LIMIT = "limit"
    NO_EVIDENCE = "no evidence"
    INCONCLUSIVE = "inconclusive"
    CHALLENGE = "challenge"
    """On the evidence for the claim, against it: it undercuts."""
    BACKING = "backing"
    """On the evidence for the claim, for it."""


class Derived(NamedTuple):
    """Local names of the properties that `load` derives for a group: claim to line, and how many lines."""

    line: str
    tally: str


DERIVED: Mapping[Group, Derived] = {
    Group.FOR: Derived("lineFor", "forCount"),
    Group.AGAINST: Derived("lineAgainst", "againstCount"),
    Group.DOUBT: Derived("lineOfDoubt", "doubtCount"),
    Group.LIMIT: Derived("limitingLine", "limitCount"),
    Group.NO_EVIDENCE: Derived("lineOfNoEvidence", "noEvidenceCount"),
    Group.INCONCLUSIVE: Derived("foundInconclusive", "inconclusiveCount"),
    Group.CHALLENGE: Derived("challengingLine", "undercutCount"),
    Group.BACKING: Derived("backingLine", "backingCount"),
}


RELATIONS: Mapping[Group, str] = {
    Group.FOR: "supports",
    Group.AGAINST: "opposes",
    Group.DOUBT: "doubts",
    Group.LIMIT: "qualifies",
    Group.NO_EVIDENCE: "no evidence",
    Group.INCONCLUSIVE: "inconclusive",
    Group.CHALLENGE: "undercuts",
    Group.BACKING: "supports",
}
"""Relation of a line to its target, by its group: what its colour and sign show, and what filters and addresses say."""


class Concept(NamedTuple):
    """Concept of the ontology, with its words in English."""

    name: str
    """Local name: "NoEvidence"."""
    schemes: tuple[str, ...]
    """Local names of its classes beside skos:Concept: ("Stance",)."""
    label: str
    verb: str
    """Verb between its subject and its object; empty for a concept that is no act."""
    group: Group | None
    """Group in which a stance on a claim, or an argument of this direction toward it, counts."""
    level: int | None
    """OCEBM 2011 level of an evidence kind, 1 (strongest) to 5."""


@cache
def concepts() -> Mapping[str, Concept]:
    """Return IRI -> concept, for all concepts of the ontology that ships with `kg`."""
    stated: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(shipped("ontology").glob("concepts/*.ttl")):
        for quad in parse(read_bytes(file), "text/turtle"):
            if isinstance(quad.subject, IRI) and isinstance(quad.object, IRI | Literal):
                stated[quad.subject.value][quad.predicate.value].append(quad.object)
    return {iri: _concept(iri, of) for iri, of in stated.items() if IRI(SKOS + "Concept") in of[RDF + "type"]}


@cache
def of_scheme(scheme: str) -> Mapping[str, Concept]:
    """Return local name -> concept of one class of concepts: `of_scheme("Stance")["Affirms"]`."""
    return {concept.name: concept for concept in concepts().values() if scheme in concept.schemes}


@cache
def verbs() -> Mapping[str, str]:
    """Return local name of a stance or direction -> its verb: "NoEvidence" -> "finds no evidence for"."""
    return {concept.name: concept.verb for concept in concepts().values() if concept.verb}


@cache
def group_of(name: str) -> Group | None:
    """Return the group in which the stance or direction called `name` counts; None for any other word."""
    concept = concepts().get(HC + name)
    return concept.group if concept else None


def words_of(node: IRI) -> str:
    """Return the words in the local name of `node`: "RandomisedTrial" -> "randomised trial"."""
    local = local_name(node.value)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower() if local[:1].isupper() else local


def _concept(iri: str, stated: Mapping[str, list[Term]]) -> Concept:
    def word(name: str) -> str:
        texts = (term.value for term in stated.get(name, ()) if isinstance(term, Literal) and term.language == "en")
        return min(texts, default="")

    tallies = [local_name(term.value) for term in stated.get(HC + "countedIn", ())]
    groups = [group for group, derived in DERIVED.items() if derived.tally in tallies]
    levels = [int(term.value) for term in stated.get(HC + "ocebmLevel", ())]
    classes = (term.value for term in stated[RDF + "type"])
    return Concept(
        name=local_name(iri),
        schemes=tuple(sorted(local_name(each) for each in classes if each.startswith(HC))),
        label=word(SKOS + "prefLabel"),
        verb=word(HC + "verb"),
        group=next(iter(groups), None),
        level=min(levels, default=None),
    )
