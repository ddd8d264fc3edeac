"""Derivation of what follows from the data, by the rules of `ontology/rules/` and the rule of a dispute.

Of a store that is changed a little only what the change reaches is derived again (`kg.derivation.near`): the same rules
are applied to the neighbourhood of the changed statements, and give what they would give over the whole store.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, cast

from kg.derivation.claims import CANONICAL, COPIED, KEY, same_claims
from kg.derivation.near import derive_near, is_about_classes
from kg.derivation.rules import COUNTERCLAIM, GRAPH, apply_rules, first, line_quads
from kg.derivation.standings import let_go
from kg.model.graph import DISPUTE, GROUNDS, Tables
from kg.namespaces import DERIVED
from kg.store.terms import IRI, TYPE, Quad, hc, in_graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Writer
    from kg.store.terms import Node

_FIRST = f"""
CONSTRUCT {{ ?node a ?class . ?node {KEY} ?key }}
WHERE {{ {{ ?node a ?class FILTER(?class != {COUNTERCLAIM}) }} UNION {{ ?node {KEY} ?key }} }}
"""
"""Query for all that rules over the stated data derived."""
_COPIED = f"""
CONSTRUCT {{ ?node ?property ?value }}
WHERE {{ VALUES ?property {{ {" ".join(sorted(map(str, COPIED)))} }} ?node ?property ?value }}
"""
"""Query for all that follows from claims being one."""


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
    known = _derive_first(writer)
    others: set[Node] = {cast("Node", quad.subject) for quad in known if quad.predicate == CANONICAL}
    found = chain(known, apply_rules(writer, None, others), line_quads(_tables(writer)))
    return writer.fill(DERIVED, writer.unstated(found))


def _derive_first(writer: Writer) -> set[Quad]:
    """Return what all other rules are to see, once they can: of classes, of keys, and of claims that are one."""
    new = set(writer.unstated(first(writer)))
    old = {in_graph(triple, GRAPH) for query in (_FIRST, _COPIED) for triple in writer.construct(query, [DERIVED])}
    if old - new:
        writer.drop(DERIVED)
    if old != new:
        writer.add(new)
    copied = set(writer.unstated(same_claims(writer)))
    writer.add(copied)
    return new | copied


def _tables(writer: Writer) -> Tables:
    """Return what the rule of a dispute reads; of what evidence comes from only where something is said to that."""
    tables = _stating(writer, DISPUTE)
    said = (tables.claim_set, tables.table("asserts"), tables.table("premise"))
    if any(not any(target in part for part in said) for target in tables.inverse("target")):
        return _stating(writer, (*DISPUTE, *GROUNDS))
    return tables


def _stating(writer: Writer, names: Iterable[str]) -> Tables:
    asked = [(TYPE, hc("Claim")), *((IRI(name), None) for name in names)]
    return Tables.of(
        (node, predicate.value, value) for predicate, cls in asked for node, value in writer.stating(predicate, cls)
    )
