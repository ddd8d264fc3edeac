"""Derived triples: what follows from the data graphs, by the rules of `ontology/rules/` and the rule of a dispute."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from kg.files import read_text, shipped
from kg.model.dispute import ORDER, lines
from kg.model.tables import DISPUTE, Tables
from kg.model.vocabulary import DERIVED as PROPERTIES
from kg.namespaces import DERIVED, HC
from kg.store import MemoryStore
from kg.store.terms import IRI, Quad, hc, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import Writer

_GRAPH = IRI(DERIVED)
_HEADER = re.compile(r"^# over: (\w+)$", re.MULTILINE)
"""Line of a rule's first comment that says what it reads: `derived`, what the rules before it derive, or the data."""
_STATEMENTS = f"""CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  {{ VALUES ?property {{ {" ".join(f"<{name}>" for name in DISPUTE)} }} ?node ?property ?value }}
  UNION {{ BIND(rdf:type AS ?property) BIND(<{HC}Claim> AS ?value) ?node a ?value }}
}}"""


def derive(writer: Writer) -> int:
    """Return the number of derived triples, after making the derived graph hold what follows from the data now.

    The rules are applied in the order of their names.  The lines of each claim, and how many there are of each group,
    come from `kg.model.dispute`, the one rule of who is for a claim and who is against it.
    """
    with MemoryStore().writing() as derived:
        for rule in sorted(shipped("ontology").glob("rules/*.rq")):
            text = read_text(rule)
            over = _HEADER.search(text)
            source = derived if over and over[1] == "derived" else writer
            derived.add(in_graph(triple, _GRAPH) for triple in source.construct(text))
        # All at once: each addition to a store on disk is a file more, and a reason to compact.
        new = list(writer.unstated(chain(derived.quads(DERIVED), _lines(writer))))
    writer.fill(DERIVED, new)
    return len(new)


def _lines(writer: Writer) -> Iterator[Quad]:
    """Yield the links from each claim to its lines, and its tallies."""
    triples = writer.construct(_STATEMENTS)
    tables = Tables.of((triple.subject, triple.predicate.value, triple.object) for triple in triples)
    links = {group: (hc(names.line), hc(names.tally)) for group, names in PROPERTIES.items()}
    for claim in tables.claims:
        node, found = IRI(claim), lines(tables, claim)
        for group in ORDER:
            members = [line for line in found if line.group is group]
            link, tally = links[group]
            for line in members:
                yield Quad(node, link, IRI(line.node), _GRAPH)
            if members:
                yield Quad(node, tally, typed(str(len(members)), "integer"), _GRAPH)
