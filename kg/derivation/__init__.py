"""Derivation of what follows from the data, by the rules of `ontology/rules/` and the rule of a dispute.

Of a store that is changed a little only what the change reaches is derived again (`kg.derivation.near`): the same rules
are applied to the neighbourhood of the changed statements, and give what they would give over the whole store.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.files import read_text, shipped
from kg.model.dispute import lines
from kg.model.graph import DISPUTE, Tables
from kg.model.vocabulary import DERIVED as DERIVED_PROPERTIES
from kg.model.vocabulary import Group
from kg.namespaces import DERIVED
from kg.store import MemoryStore
from kg.store.terms import IRI, TYPE, Literal, Quad, hc, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Writer

GRAPH = IRI(DERIVED)
KEY = hc("identifierKey")
COUNTERCLAIM = hc("Counterclaim")
_HEADER = re.compile(r"^# over: (\w+)$", re.MULTILINE)
_FIRST = f"""
CONSTRUCT {{ ?node a ?class . ?node {KEY} ?key }}
WHERE {{ {{ ?node a ?class FILTER(?class != {COUNTERCLAIM}) }} UNION {{ ?node {KEY} ?key }} }}
"""
"""What rules over the stated data derive."""


class Rule(NamedTuple):
    """Rule of `ontology/rules/`, a CONSTRUCT query."""

    text: str
    over: str
    """Statements that it reads: "stated", the data alone, for what the other rules are to see; "derived", what the
    rules before it derive; "", the data and what rules over the stated data derive."""


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order of their names, in which they are applied."""
    texts = [read_text(file) for file in sorted(shipped("ontology").glob("rules/*.rq"))]
    return tuple(Rule(text, header[1] if (header := _HEADER.search(text)) else "") for text in texts)


def derive(writer: Writer, *, again: bool = False) -> int:
    """Return the number of derived triples, after making the derived graph hold what follows from the data now.

    With `again` all is derived anew, as after a change of the rules.
    """
    changes = None if again else writer.changes()
    if changes is not None:
        from kg.derivation.near import derive_near

        return derive_near(writer, changes)
    with MemoryStore().writing() as derived:
        derived.add(_derive_first(writer))
        apply_rules(writer, derived)
        # All at once: each addition to a store on disk is a file more, and a reason to compact.
        new = list(writer.unstated(chain(derived.quads(DERIVED), line_quads(_tables(writer)))))
    writer.fill(DERIVED, new)
    return len(new)


def apply_rules(data: Writer, derived: Writer, graphs: Iterable[str] | None = None) -> None:
    """Add to `derived` what the rules derive from `graphs` of `data`, or from all of it."""
    for rule in rules():
        if rule.over == "derived":
            derived.add([in_graph(triple, GRAPH) for triple in derived.construct(rule.text)])
        elif rule.over != "stated":
            derived.add(in_graph(triple, GRAPH) for triple in data.construct(rule.text, graphs))


def first(data: Writer, graphs: Iterable[str] | None = None) -> set[Quad]:
    """Return what rules derive from what is stated in `graphs` of `data`, or in all of its data graphs."""
    texts = (rule.text for rule in rules() if rule.over == "stated")
    return {in_graph(triple, GRAPH) for text in texts for triple in data.construct(text, graphs, stated=not graphs)}


def line_quads(tables: Tables, claims: Iterable[str] | None = None) -> Iterator[Quad]:
    """Yield the links from each claim of `tables`, or from `claims`, to its lines, and its tallies."""
    links = {group: (hc(names.line), hc(names.tally)) for group, names in DERIVED_PROPERTIES.items()}
    numbers: dict[int, Literal] = {}
    for claim in tables.claims if claims is None else claims:
        node, counts = IRI(claim), Counter[Group]()
        for line in lines(tables, claim):
            counts[line.group] += 1
            yield Quad(node, links[line.group][0], IRI(line.node), GRAPH)
        for group, count in counts.items():
            if count not in numbers:
                numbers[count] = typed(str(count), "integer")
            yield Quad(node, links[group][1], numbers[count], GRAPH)


def _derive_first(writer: Writer) -> set[Quad]:
    """Return what rules derive from what is stated, once all other rules can see it."""
    new = first(writer)
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
