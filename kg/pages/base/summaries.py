"""Every claim with what is said of it, counted as its own page counts it: what the views of many claims draw on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import NotFoundError
from kg.namespaces import local_name, shrink
from kg.pages.base import notes
from kg.pages.base.assessed import all_assessed
from kg.pages.base.facts import Text, everything
from kg.pages.base.palette import TALLIED
from kg.pages.claim.dispute import said
from kg.pages.claim.voices import who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.pages.base.assessed import Assessed
    from kg.pages.base.facts import Facts
    from kg.pages.claim.dispute import Said
    from kg.store import Store
    from kg.store.terms import IRI

STANCE_WORDS = {"no evidence": "finds no evidence for"}
"""The verb of a stance, where it is not its own name."""


class Brief(NamedTuple):
    """What a line rests on, in short: who says what, where."""

    who: str
    text: Text
    source: notes.SourceNote | None


class Entry(NamedTuple):
    """A claim, and each line that bears on it or on the evidence for it."""

    claim: notes.Proposition
    id: str
    """What a person types: the short id."""
    lines: tuple[Said, ...]
    standing: Assessed | None

    @property
    def tally(self) -> dict[str, int]:
        """Return how many lines there are, by relation, in the order of TALLIED."""
        return in_order(Counter(line.relation for line in self.lines))


class Survey:
    """The claims of a store, in the order of their texts, read once.

    With `claim`, only that claim and those that bear on it or on what is said of it.
    Raises NotFoundError if the store has no such claim.
    """

    def __init__(self, store: Store, claim: IRI | None = None) -> None:
        self.facts = everything(store)
        chosen: Iterable[IRI] = self.facts.members("Claim")
        if claim is not None:
            if claim not in chosen:
                raise NotFoundError(f"no claim <{claim.value}> in {store.location}; give the id of a claim")
            chosen = _bearing(self.facts, claim)
        self.focus = notes.proposition(self.facts, claim) if claim is not None else None
        standings = all_assessed(store)
        self._sources: dict[IRI, notes.SourceNote] = {}
        self._prefixes = store.prefixes()
        entries = [
            Entry(
                notes.proposition(self.facts, each),
                local_name(each.value),
                said(self.facts, each),
                standings.get(each.value),
            )
            for each in chosen
        ]
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.claim.text.value, entry.claim.iri.value)))

    @property
    def title(self) -> str:
        """Return what the view is of: all claims, or one and those that bear on it."""
        return f"\u201c{self.focus.text}\u201d" if self.focus else "the claims"

    def source(self, node: IRI) -> notes.SourceNote:
        """Return a source, put together once."""
        if node not in self._sources:
            self._sources[node] = notes.source(self.facts, node)
        return self._sources[node]

    def curie(self, node: IRI) -> str:
        """Return the CURIE of a node."""
        return shrink(node.value, self._prefixes)

    def brief(self, premise: IRI) -> Brief:
        """Return what a premise says, who says it, and where."""
        facts = self.facts
        asserted = facts.node(premise, "asserts") or premise
        text = facts.text(asserted, "text") or Text(facts.label(asserted) or "")
        return Brief(who(facts, premise), text, next(map(self.source, self.origins(premise)), None))

    def origins(self, premise: IRI) -> tuple[IRI, ...]:
        """Return the sources that a premise stands in: of an assertion its own, of a finding those of its study."""
        facts = self.facts
        if facts.is_a(premise, "Source"):
            return (premise,)
        if stated := facts.nodes(premise, "source"):
            return stated
        owners = [node for node in facts.pointing("finding", premise) if facts.is_a(node, "Study")]
        studies = [premise] if facts.is_a(premise, "Study") else owners
        return tuple(dict.fromkeys(paper for study in studies for paper in facts.pointing("reports", study)))

    def speakers(self, lines: Iterable[Said]) -> list[str]:
        """Return who says something in `lines`, each name once, in the order of the lines."""
        agents = (self.facts.node(premise, "agent") for premise in _premises(lines))
        return list(dict.fromkeys(notes.speaker(self.facts, agent).name.value for agent in agents if agent))

    def sources(self, lines: Iterable[Said]) -> list[notes.SourceNote]:
        """Return the sources of `lines`, each once, in the order of the lines."""
        found = dict.fromkeys(origin for premise in _premises(lines) for origin in self.origins(premise))
        return [self.source(node) for node in found]


def in_order(counts: Counter[str]) -> dict[str, int]:
    """Return those `counts` that are not zero, in the order of TALLIED."""
    return {relation: counts[relation] for relation in TALLIED if counts[relation]}


def _premises(lines: Iterable[Said]) -> Iterator[IRI]:
    return (premise for line in lines for premise in line.premises)


def _bearing(facts: Facts, claim: IRI) -> list[IRI]:
    """Return `claim`, and the claims put forward for or against it, or toward what is said of it."""
    found: dict[IRI, None] = {claim: None}
    waiting = [claim, *facts.pointing("asserts", claim)]
    seen: set[IRI] = set()
    while waiting:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        for argument in facts.pointing("target", node):
            premises = facts.nodes(argument, "premise")
            claims = [facts.node(premise, "asserts") or premise for premise in premises]
            found.update(dict.fromkeys(each for each in claims if facts.is_a(each, "Claim")))
            waiting += [argument, *(premise for premise in premises if facts.is_a(premise, "Assertion"))]
    return list(found)
