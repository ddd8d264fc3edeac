"""Lists of what a store holds, by kind: the id and the label of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.model.labels import labels
from kg.store.resolve import ids
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import Store
    from kg.store.terms import Row

_LABEL = "SELECT ?node ?label WHERE {{ ?node a {cls} OPTIONAL {{ ?node {property} ?label }} }} ORDER BY ?node ?label"
_ASSERTIONS = """
SELECT ?node ?first ?concept ?second WHERE {
  ?node a hc:Assertion
  OPTIONAL { ?node hc:agent/hc:name ?first }
  OPTIONAL { ?node hc:stance ?concept }
  OPTIONAL { ?node hc:asserts/hc:text ?second }
} ORDER BY ?node ?first ?second
"""
_ARGUMENTS = """
SELECT ?node ?first ?concept ?second WHERE {
  ?node a hc:Argument
  OPTIONAL { ?node hc:premise ?first }
  OPTIONAL { ?node hc:direction ?concept }
  OPTIONAL { ?node hc:target ?second }
} ORDER BY ?node ?first ?second
"""
_QUERIES = {
    "claims": _LABEL.format(cls="hc:Claim", property="hc:text"),
    "sources": _LABEL.format(cls="hc:Source", property="dcterms:title"),
    "agents": _LABEL.format(cls="hc:Agent", property="hc:name"),
    "topics": _LABEL.format(cls="hc:Topic", property="skos:prefLabel"),
    "assertions": _ASSERTIONS,
    "arguments": _ARGUMENTS,
    "studies": _LABEL.format(cls="hc:Study", property="rdfs:label"),
}
KINDS = tuple(_QUERIES)


class Listed(NamedTuple):
    """Node of a store."""

    node: str
    """IRI."""
    id: str
    """Id that a person types for it: see `kg.store.resolve.id_of`."""
    label: str


def listing(store: Store, kind: str = "claims") -> list[Listed]:
    """Return all things of a kind, one of `KINDS`, by IRI; UsageError for another word."""
    if kind not in _QUERIES:
        raise UsageError(f"'{kind}' cannot be listed; there are {', '.join(KINDS)}")
    first_rows: dict[str, Row] = {}
    for row in store.select(_QUERIES[kind]):
        if isinstance(row["node"], IRI):
            first_rows.setdefault(row["node"].value, row)
    linked = {term for row in first_rows.values() for term in row.values() if isinstance(term, IRI)}
    names = ids(store, sorted(first_rows.keys() | {term.value for term in linked}))
    concepts = labels(store, linked & {row["concept"] for row in first_rows.values() if "concept" in row})
    words = names | {node.value: label for node, label in concepts.items()}
    return [Listed(node, names[node], _label(row, words)) for node, row in first_rows.items()]


def _label(row: Row, words: Mapping[str, str]) -> str:
    terms = (row[name] for name in ("label", "first", "concept", "second") if name in row)
    return " ".join(words.get(term.value, term.value) for term in terms)
