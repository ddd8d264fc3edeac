"""Derivation of what follows from the data, by the rules of `ontology/rules/` and the rule of a dispute.

Of a store that is changed a little only what the change reaches is derived again (`kg.derivation.near`): the same rules
are applied to the neighbourhood of the changed statements, and give what they would give over the whole store.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.derivation.near import derive_near, is_about_classes
from kg.derivation.rules import COUNTERCLAIM, GRAPH, KEY, apply_rules, first, line_quads
from kg.derivation.standings import let_go
from kg.model.graph import DISPUTE, Tables
from kg.namespaces import DERIVED
from kg.store.terms import IRI, TYPE, Quad, hc, in_graph

if TYPE_CHECKING:
    from kg.store import Writer

_FIRST = f"""
CONSTRUCT {{ ?node a ?class . ?node {KEY} ?key }}
WHERE {{ {{ ?node a ?class FILTER(?class != {COUNTERCLAIM}) }} UNION {{ ?node {KEY} ?key }} }}
"""
"""Query for all that rules over the stated data derived."""


def derive(writer: Writer, *, again: bool = False) -> int:
    """Return the number of derived triples, after making the derived graph hold what follows from the data now.

    Written standings that what changed may reach are let go.  With `again` all is derived anew, as after a change of
    the rules.
    """
    changes = None if again else writer.changes()
    if changes is not None and not is_about_classes(changes):
        number, changed = derive_near(writer, changes)
        let_go(writer, changed)
        return number
    let_go(writer, None)
    if again:
        writer.drop(DERIVED)
    new = chain(_derive_first(writer), apply_rules(writer), line_quads(_tables(writer)))
    return writer.fill(DERIVED, writer.unstated(new))


def _derive_first(writer: Writer) -> set[Quad]:
    """Return what rules derive from what is stated, once all other rules can see it."""
    new = set(writer.unstated(first(writer)))
    old = {in_graph(triple, GRAPH) for triple in writer.construct(_FIRST, [DERIVED])}
    if old - new:
        writer.drop(DERIVED)
    if old != new:
        writer.add(new)
    return new


def _tables(writer: Writer) -> Tables:
    asked = [(TYPE, hc("Claim")), *((IRI(name), None) for name in DISPUTE)]
    return Tables.of(
        (node, predicate.value, value) for predicate, cls in asked for node, value in writer.stating(predicate, cls)
    )
