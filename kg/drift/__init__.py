"""Drift that the data show: what became of a statement on its way from the study to the sentence.

The rules are SPARQL files of `ontology/drift/`; each finds drifts of one kind over the trace of an assertion, with the
reason as a sentence.  What a source does not say is known only of one whose text is held.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import NotFoundError
from kg.model.vocabulary import concepts
from kg.namespaces import HC
from kg.query.rules import findings, rules, select
from kg.store.resolve import ids
from kg.store.terms import IRI, TYPE, hc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.store import Store

_POSSIBLE = HC + "Possible"
_STATED = """
SELECT DISTINCT ?assertion ?kind WHERE {
  VALUES ?assertion { UNDEF }
  ?drift hc:driftOf ?assertion ; hc:driftKind ?kind .
}
"""
_SAID = """
SELECT DISTINCT ?assertion WHERE {{
  {{ ?assertion hc:source {0} }} UNION {{ ?assertion hc:asserts {0} }} UNION {{ ?assertion hc:agent {0} }}
  UNION {{ ?assertion hc:tracedTo/hc:reports? {0} }} UNION {{ {0} hc:asserts ?claim BIND({0} AS ?assertion) }}
}}
"""
_SPEAKING = set(map(hc, ("Agent", "Assertion", "Claim", "Source", "Study")))


class ComputedDrift(NamedTuple):
    """Change that the data show between an assertion and what it goes back to."""

    assertion: str
    """The assertion, by its IRI, as are `kind` and `origins`."""
    kind: str
    origins: tuple[str, ...]
    """Nodes that it differs from: findings, studies, assertions or interests, in the order of their IRIs."""
    is_possible: bool
    """True if it goes by a lead, and not by a trace."""
    reason: str
    """A sentence."""
    is_stated: bool
    """True if a drift of this kind is stated of the assertion, too."""

    @property
    def certainty(self) -> str:
        """The word "certain" or "possible"."""
        return "possible" if self.is_possible else "certain"

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return concepts()[self.kind].label


def drifts(store: Store, among: Collection[str] | None = None) -> list[ComputedDrift]:
    """Return what the rules find, one for each assertion and kind; of the assertions `among` alone if they are given.

    What is both certain and possible is certain.
    """
    stated = {(row["assertion"].value, row["kind"].value) for row in select(store, _STATED, among)}
    found: defaultdict[tuple[str, str], list[tuple[bool, str, str]]] = defaultdict(list)
    for row in findings(store, "drift", among):
        entry = (row["certainty"].value == _POSSIBLE, row["from"].value, row["why"].value)
        found[row["assertion"].value, row["kind"].value].append(entry)
    return [_drift(*pair, sorted(entries), is_stated=pair in stated) for pair, entries in sorted(found.items())]


def _drift(assertion: str, kind: str, entries: list[tuple[bool, str, str]], *, is_stated: bool) -> ComputedDrift:
    is_possible, _, reason = entries[0]
    origins = dict.fromkeys(origin for possible, origin, _ in entries if possible == is_possible)
    return ComputedDrift(assertion, kind, tuple(origins), is_possible, reason, is_stated)


def drifts_of(store: Store, node: IRI) -> list[ComputedDrift]:
    """Return the drifts of what is said in a source, of a claim, by an agent, or goes back to a study; or of one.

    Raises NotFoundError for a node of another kind.
    """
    said = {row["assertion"].value for row in store.select(_SAID.format(node))}
    if not said and _SPEAKING.isdisjoint(quad.object for quad in store.about(node) if quad.predicate == TYPE):
        name = ids(store, [node.value])[node.value]
        raise NotFoundError(f"nothing is said in or of '{name}'; name a source, a claim, a study or an agent")
    return drifts(store, said)


def records(store: Store, found: Iterable[ComputedDrift]) -> list[dict[str, Any]]:
    """Return drifts as JSON has them: ids as a person types them, kinds in words."""
    found = list(found)
    names = ids(store, {node for each in found for node in (each.assertion, *each.origins)})
    return [
        {
            "assertion": names[each.assertion],
            "kind": each.kind_words,
            "from": [names[origin] for origin in each.origins],
            "certainty": each.certainty,
            "reason": each.reason,
            "stated": each.is_stated,
        }
        for each in found
    ]


_KIND = re.compile(r"BIND\(hc:(\w+) AS \?kind\)")
_DRIFTING = """
SELECT DISTINCT ?assertion ?kind ?drift WHERE {
  VALUES ?drift { UNDEF }
  ?drift hc:driftOf ?assertion ; hc:driftKind ?kind .
}
"""


def differences(
    store: Store, among: Collection[str] | None = None
) -> tuple[list[ComputedDrift], list[tuple[str, str]]]:
    """Return the computed drifts that nobody states, and the stated ones (with their kinds) that the rules do not find.

    Of the assertions and stated drifts `among` alone if they are given.  A drift of a kind that no rule finds, such as
    a changed attribution, is not among the second.
    """
    known = {HC + kind for rule in rules("drift") for kind in _KIND.findall(rule)}
    rows = [row for row in select(store, _DRIFTING, among, "drift") if row["kind"].value in known]
    found = drifts(store, None if among is None else {*among, *(row["assertion"].value for row in rows)})
    shown = {(each.assertion, each.kind) for each in found}
    unstated = [each for each in found if not each.is_stated and (among is None or each.assertion in among)]
    stated = {
        (row["drift"].value, row["kind"].value)
        for row in rows
        if (row["assertion"].value, row["kind"].value) not in shown
    }
    return unstated, sorted(stated)
