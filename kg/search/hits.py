"""Hits of a search, each with its context: whose words they are, and who takes which stance on a claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.model.labels import labels
from kg.store.local.text_index import MARKS
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.store import Store
    from kg.store.local.text_index import Match
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

Span = tuple[int, int]
"""Start and end of a part of a text, in characters."""


class Voice(NamedTuple):
    """Who takes which stance, in words: A. Marlow, affirms."""

    agent: str
    stance: str

    def __str__(self) -> str:
        return f"{self.agent}: {self.stance}"


class Hit(NamedTuple):
    """One thing that was found."""

    node: str
    """IRI; of a quote that of the assertion that it is the words of."""
    kind: str
    """claim, quote, source, topic, agent, study or finding."""
    text: str
    snippet: str
    """The part of its texts in which the words occur, cut with "…"."""
    marks: tuple[Span, ...]
    """Spans of these words in the snippet."""
    score: float
    """The higher the better; comparable within one search only."""
    claim: str = ""
    """Of a quote: the IRI of the claim that its assertion is about."""
    claim_text: str = ""
    source: str = ""
    """Of a quote: the title of the source that it is from."""
    voices: tuple[Voice, ...] = ()
    """Who takes a stance on the claim; of a quote, whose words it is."""

    def marked(self, mark: Callable[[str], str]) -> str:
        """Return the snippet with each found word as `mark` makes it."""
        said, end = [], 0
        for start, stop in self.marks:
            said += [self.snippet[end:start], mark(self.snippet[start:stop])]
            end = stop
        return "".join([*said, self.snippet[end:]])


def hit(match: Match) -> Hit:
    """Return the hit of a match, without its context."""
    pieces = re.split("|".join(MARKS), match.snippet)
    marks, position = [], 0
    for number, piece in enumerate(pieces):
        if number % 2:
            marks.append((position, position + len(piece)))
        position += len(piece)
    return Hit(match.node, match.kind, match.text, "".join(pieces), tuple(marks), match.score)


def spans(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Return where any of `words` stands in `text`, whatever its letter case."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return tuple(found.span() for found in re.finditer(wanted, text, re.IGNORECASE))


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
