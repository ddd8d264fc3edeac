"""Rules of a folder of `ontology/`, SELECT queries, and what they find in a store.

A rule walks paths of any length inside nested NOT EXISTS, which SPARQL servers evaluate wrongly now and then: Virtuoso
lost answers under some of its plans.  So no server is asked a rule: what it holds is fetched, and the rule is asked of
that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.files import read_text, shipped
from kg.query.near import neighbourhood, whole
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.store import Store
    from kg.store.terms import Row

_ASKED = 500
"""Nodes for which a query is asked at once."""
_NEAR = 5_000
"""Assertions up to which their neighbourhood is read, and beyond which the store is asked."""


def rules(folder: str) -> tuple[str, ...]:
    """Return the rules of a folder of `ontology/`, in the order of their names."""
    return tuple(map(read_text, sorted((shipped("ontology") / folder).glob("*.rq"))))


def findings(store: Store, folder: str, among: Collection[str] | None = None) -> Iterator[Row]:
    """Yield what each rule of a folder finds, for the assertions `among` alone if they are given.

    Raises UnreadableError if a server hands out less than it says it holds.
    """
    if among is not None and len(among) <= _NEAR:
        store = neighbourhood(store, map(IRI, among))
    elif store.evaluator():
        store = whole(store)
    # Each rule is a query of its own: all in one would take long to plan.
    for rule in rules(folder):
        yield from select(store, rule, among)


def select(store: Store, query: str, among: Collection[str] | None, name: str = "assertion") -> Iterator[Row]:
    """Yield the rows of a query for some nodes at a time, the values of its parameter `name`, or for all."""
    if among is None:
        yield from store.select(re.sub(rf"^ *VALUES \?{name} \{{ UNDEF \}}\n", "", query, flags=re.MULTILINE))
        return
    nodes = [str(IRI(node)) for node in sorted(among)]
    for start in range(0, len(nodes), _ASKED):
        yield from store.select(query.replace("UNDEF", " ".join(nodes[start : start + _ASKED])))
