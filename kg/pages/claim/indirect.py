"""Claims that bear on a claim through other claims: the side is computed along the path, and nothing is weighed.

What supports a claim is on that claim's side, what opposes it on the other: who opposes what opposes the page's claim
is for it, indirectly.  A path over a limit or over a challenge to evidence is on neither side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.model.labels import Text
from kg.model.vocabulary import words_of
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Store

_STEPS = """SELECT DISTINCT ?from ?relation ?to ?text WHERE {
  VALUES ?to { UNDEF }
  VALUES (?property ?relation) {
    (hc:supports "supports") (hc:opposes "opposes") (hc:undercuts "undercuts") (hc:qualifies "qualifies")
  }
  ?from ?property ?to .
  OPTIONAL { ?from hc:text ?text }
} ORDER BY ?to ?from ?relation ?text"""
_OTHER_SIDE = {"supports": "opposes", "opposes": "supports"}
WORDS = {
    "supports": "supports",
    "opposes": "opposes",
    "undercuts": "challenges the evidence for",
    "qualifies": "limits",
}
DEEPEST = 4
"""Steps beyond which a path says little."""


class Step(NamedTuple):
    """One claim on the way, and what it does to the next."""

    claim: IRI
    text: Text
    relation: str
    word: str


class IndirectLine(NamedTuple):
    """A claim that bears on the page's claim through others."""

    relation: str
    """The side: "supports" or "opposes"; "qualifies" or "undercuts" where the path leads over one of these."""
    path: tuple[Step, ...]
    """The steps from that claim to the last one before the page's."""


def indirect_lines(store: Store, claim: IRI) -> tuple[IndirectLine, ...]:
    """Return the claims that are two to DEEPEST steps from `claim`, each by its shortest path to each side.

    What bears on the claim directly is left out, and so is the claim itself.
    """
    first = [IndirectLine(step.relation, (step,)) for _, step in _steps(store, [claim])]
    near = {each.path[0].claim for each in first} | {claim}
    seen = {(each.path[0].claim, each.relation) for each in first}
    found: list[IndirectLine] = []
    frontier = first
    for _ in range(1, DEEPEST):
        reached: list[IndirectLine] = []
        behind: dict[IRI, list[IndirectLine]] = {}
        for each in frontier:
            behind.setdefault(each.path[0].claim, []).append(each)
        for target, step in _steps(store, behind):
            for each in behind[target]:
                longer = IndirectLine(_side(step.relation, each.relation), (step, *each.path))
                if step.claim not in near and (step.claim, longer.relation) not in seen:
                    seen.add((step.claim, longer.relation))
                    reached.append(longer)
        found += reached
        frontier = reached
    return tuple(found)


def _side(step: str, onward: str) -> str:
    """Return the side of what does `step` to a claim that is on the side `onward`."""
    if onward not in _OTHER_SIDE or step == "supports":
        return onward
    return _OTHER_SIDE[onward] if step == "opposes" else step


def _steps(store: Store, targets: Iterable[IRI]) -> list[tuple[IRI, Step]]:
    """Return what bears directly on `targets`, with its target, in one order."""
    wanted = sorted(set(targets), key=str)
    found: dict[tuple[IRI, IRI, str], Step] = {}
    for row in store.select(among(_STEPS, "to", wanted)) if wanted else ():
        start, end, stated = row["from"], row["to"], row.get("text")
        if isinstance(start, IRI) and isinstance(end, IRI):
            relation = row["relation"].value
            text = Text(stated.value, stated.language) if isinstance(stated, Literal) else Text(words_of(start))
            found.setdefault((end, start, relation), Step(start, text, relation, WORDS[relation]))
    return [(end, step) for (end, _, _), step in found.items()]


def among(query: str, name: str, nodes: Iterable[IRI]) -> str:
    """Return `query` with its one parameter bound to several terms (`kg.store.terms.bind` takes one)."""
    return query.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {' '.join(map(str, nodes))} }}")
