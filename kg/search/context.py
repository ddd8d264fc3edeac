"""Who says what was found: the claim that a quote is about, and the stances that people take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.labels import labels
from kg.search.hits import Voice
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.search.hits import Hit
    from kg.store import Store
    from kg.store.terms import Row, Term

_QUOTES = """
SELECT DISTINCT ?found ?node ?claim ?claim_text ?agent ?name ?stance ?title WHERE {{
  VALUES ?found {{ {nodes} }}
  ?quote oa:hasSelector ?found . ?node hc:quote ?quote
  OPTIONAL {{ ?quote oa:hasSource/dcterms:title ?title }}
  OPTIONAL {{
    ?node hc:asserts ?claim ; hc:agent ?agent ; hc:stance ?stance
    OPTIONAL {{ ?claim hc:text ?claim_text }}
    OPTIONAL {{ ?agent hc:name ?name }}
  }}
}} ORDER BY ?found ?node ?claim_text ?name ?agent ?title
"""
_CLAIMS = """
SELECT DISTINCT ?found ?agent ?name ?stance WHERE {{
  VALUES ?found {{ {nodes} }}
  ?assertion hc:asserts ?found ; hc:agent ?agent ; hc:stance ?stance
  OPTIONAL {{ ?agent hc:name ?name }}
}} ORDER BY ?found ?name ?agent ?stance
"""


def in_context(store: Store, hits: Sequence[Hit]) -> list[Hit]:
    """Return `hits` with what the data say around them; a quote that nothing has stays as it is."""
    quotes = _by_node(store, _QUOTES, (hit.node for hit in hits if hit.kind == "quote"))
    claims = _by_node(store, _CLAIMS, (hit.node for hit in hits if hit.kind == "claim"))
    rows = [row for found in (quotes, claims) for group in found.values() for row in group]
    stances = {stance for row in rows if isinstance(stance := row.get("stance"), IRI)}
    words = labels(store, sorted(stances, key=str))
    return [
        _quote(hit, quotes[hit.node], words)
        if hit.node in quotes
        else hit._replace(voices=_voices(claims.get(hit.node, ()), words))
        for hit in hits
    ]


def _by_node(store: Store, query: str, nodes: Iterable[str]) -> dict[str, list[Row]]:
    values = " ".join(str(IRI(node)) for node in nodes)
    found: dict[str, list[Row]] = {}
    for row in store.select(query.format(nodes=values)) if values else ():
        found.setdefault(row["found"].value, []).append(row)
    return found


def _quote(hit: Hit, rows: list[Row], words: Mapping[IRI, str]) -> Hit:
    first = rows[0]
    claim, text, title = (first[name].value if name in first else "" for name in ("claim", "claim_text", "title"))
    same = [row for row in rows if row["node"] == first["node"]]
    return hit._replace(
        node=first["node"].value, claim=claim, claim_text=text, source=title, voices=_voices(same, words)
    )


def _voices(rows: Iterable[Row], words: Mapping[IRI, str]) -> tuple[Voice, ...]:
    """Return who speaks, each with a stance once, as the rows have them."""
    voices: dict[tuple[Term, Term], Voice] = {}
    for row in rows:
        if agent := row.get("agent"):
            stance = row["stance"]
            said = words.get(stance, stance.value) if isinstance(stance, IRI) else stance.value
            voices.setdefault((agent, stance), Voice(row.get("name", agent).value, said))
    return tuple(voices.values())
