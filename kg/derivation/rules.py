"""Rules of `ontology/rules/` and the rule of a dispute, applied to the statements of a writer or of a neighbourhood."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.derivation.addresses import address_keys
from kg.derivation.claims import text_statements, word_keys
from kg.files import read_text, shipped
from kg.model.dispute import lines
from kg.model.vocabulary import DERIVED as DERIVED_PROPERTIES
from kg.model.vocabulary import Group
from kg.namespaces import DERIVED, local_name
from kg.store import MemoryStore
from kg.store.terms import IRI, Literal, Quad, hc, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.model.graph import Tables
    from kg.store import Writer
    from kg.store.terms import Node

GRAPH = IRI(DERIVED)
COUNTERCLAIM = hc("Counterclaim")
_HEADER = re.compile(r"^# over: (\w+)$", re.MULTILINE)


class DerivationRule(NamedTuple):
    """Rule of `ontology/rules/`, a CONSTRUCT query."""

    text: str
    over: str
    """Statements that it reads: "stated", the data alone, for what the other rules are to see; "derived", what the
    rules before it derive; "", the data and what rules over the stated data derive."""


@cache
def rules() -> tuple[DerivationRule, ...]:
    """Return the rules in the order of their names, in which they are applied."""
    texts = [read_text(file) for file in sorted(shipped("ontology").glob("rules/*.rq"))]
    return tuple(DerivationRule(text, header[1] if (header := _HEADER.search(text)) else "") for text in texts)


def apply_rules(
    data: Writer, graphs: Iterable[str] | None = None, others: Collection[Node] = frozenset()
) -> Iterator[Quad]:
    """Yield what the rules derive from `graphs` of `data`, or from all of it; the same quad may come twice.

    Nothing is derived of the nodes `others`, claims for which another one is told.

    Of that only what later rules read is kept in memory.
    """
    later = [rule.text for rule in rules() if rule.over == "derived"]

    @cache
    def is_read(predicate: IRI) -> bool:
        return any(f"hc:{local_name(predicate.value)} " in text.partition("WHERE")[2] for text in later)

    with MemoryStore().writing() as derived:
        for rule in (rule for rule in rules() if rule.over != "stated"):
            kept: list[Quad] = []
            source = derived if rule.over == "derived" else data
            for triple in source.construct(rule.text, None if source is derived else graphs):
                quad = in_graph(triple, GRAPH)
                if quad.subject in others or quad.object in others:
                    continue
                yield quad
                if is_read(quad.predicate):
                    kept.append(quad)
            derived.add(kept)


def first(data: Writer, graphs: Iterable[str] | None = None) -> set[Quad]:
    """Return what rules derive from what is stated in `graphs` of `data`, or in all of its data graphs."""
    texts = (rule.text for rule in rules() if rule.over == "stated")
    found = {in_graph(triple, GRAPH) for text in texts for triple in data.construct(text, graphs, stated=not graphs)}
    return found.union(word_keys(text_statements(data, graphs)), address_keys(data, graphs))


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
