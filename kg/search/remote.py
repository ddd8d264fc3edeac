"""Search of a store on a server by plain SPARQL 1.1, which goes through all texts of a kind.

No stems and no accents: a word is found as it is written, in either letter case, in the middle of another word too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.search.hits import Hit, spans
from kg.store.local.text_index import KINDS
from kg.store.terms import Literal, iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kg.store import Store
    from kg.store.local.text_index import IndexedKind, Word

_FOUND = """
SELECT DISTINCT ?node ?text WHERE {{
  {type} ?node {property} ?text FILTER({condition})
}} ORDER BY STRLEN(STR(?text)) ?node LIMIT {limit}
"""
_WIDTH = 160
"""Characters of a snippet."""


def found(store: Store, words: Sequence[Word], kinds: Collection[str], limit: int) -> list[Hit]:
    """Return what has all of `words` in its main text, the shortest text first: there they are most of it."""
    hits = [hit for kind in KINDS if not kinds or kind.name in kinds for hit in _of_kind(store, kind, words, limit)]
    return sorted({hit.node: hit for hit in hits}.values(), key=lambda hit: (-hit.score, hit.node))[:limit]


def _of_kind(store: Store, kind: IndexedKind, words: Sequence[Word], limit: int) -> Iterator[Hit]:
    condition = " && ".join(f"CONTAINS(LCASE(STR(?text)), {Literal(word.text.lower())})" for word in words)
    query = _FOUND.format(
        type=f"?node a {iri(kind.type)} ." if kind.type else "",
        property=iri(kind.text),
        condition=condition,
        limit=limit,
    )
    said = [word.text for word in words]
    for row in store.select(query):
        text = row["text"].value
        snippet = _cut(text, said)
        marks = spans(snippet, said)
        score = sum(end - start for start, end in spans(text, said)) / len(text)
        yield Hit(row["node"].value, kind.name, text, snippet, marks, score)


def _cut(text: str, words: Sequence[str]) -> str:
    if len(text) <= _WIDTH:
        return text
    start = max(0, min((span[0] for span in spans(text, words)), default=0) - _WIDTH // 4)
    before, after = "…" * (start > 0), "…" * (start + _WIDTH < len(text))
    return f"{before}{text[start : start + _WIDTH]}{after}"
