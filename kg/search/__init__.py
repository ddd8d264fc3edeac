"""Search for claims, quotes and sources by the words in them, the best first, each hit with its context.

A store on a server is asked by plain SPARQL 1.1, which goes through all texts of a kind.  No stems and no accents: a
word is found as it is written, in either letter case, in the middle of another word too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.model.labels import NOT_NAMED, labels, preferred, unstated_label
from kg.store.local.text_index import KINDS, MARKS, Word
from kg.store.resolve import told_for
from kg.store.terms import IRI, Literal, iri

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kg.store import Store
    from kg.store.local.text_index import IndexedKind, Match, TextIndex
    from kg.store.terms import Row, Term

__all__ = ["KIND_NAMES", "LIMIT", "MOST", "Hit", "Voice", "near_words", "search", "terms"]

# Each OPTIONAL is one pattern, and a path stays a path as an alternative with itself: of any other Oxigraph makes a
# hash join with the whole store.
_QUOTES = """
SELECT DISTINCT ?found ?node ?claim ?claim_text ?agent ?name ?stance ?title WHERE {{
  VALUES ?found {{ {nodes} }}
  ?quote oa:hasSelector ?found . ?node hc:quote ?quote
  OPTIONAL {{ ?quote (oa:hasSource/dcterms:title)|(oa:hasSource/dcterms:title) ?title }}
  OPTIONAL {{ ?node hc:asserts ?claim }}
  OPTIONAL {{ ?node (hc:asserts/hc:text)|(hc:asserts/hc:text) ?claim_text }}
  OPTIONAL {{ ?node hc:agent ?agent }}
  OPTIONAL {{ ?node (hc:agent/hc:name)|(hc:agent/hc:name) ?name }}
  OPTIONAL {{ ?node hc:stance ?stance }}
}} ORDER BY ?found ?node ?claim_text ?name ?agent ?title
"""
_STANCES = """
SELECT DISTINCT ?found ?agent ?name ?stance WHERE {{
  VALUES ?found {{ {nodes} }}
  ?assertion hc:asserts ?found ; hc:stance ?stance
  OPTIONAL {{ ?assertion hc:agent ?agent }}
  OPTIONAL {{ ?assertion (hc:agent/hc:name)|(hc:agent/hc:name) ?name }}
}} ORDER BY ?found ?name ?agent ?stance
"""

Span = tuple[int, int]
"""Start and end of a part of a text, in characters."""


class Voice(NamedTuple):
    """Speaker and stance, in words: A. Marlow, affirms."""

    agent: str
    stance: str

    def __str__(self) -> str:
        return f"{self.agent}: {self.stance}"


class Hit(NamedTuple):
    """One thing that was found."""

    node: str
    """IRI; of a quote that of the assertion that it is the words of."""
    kind: str
    """claim, quote, source, topic, agent, study, finding or remark."""
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
    """Speaker who takes a stance on the claim; of a quote, whose words it is."""

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
    claims = _by_node(store, _STANCES, (hit.node for hit in hits if hit.kind == "claim"))
    rows = [row for found in (quotes, claims) for group in found.values() for row in group]
    stances = {stance for row in rows if isinstance(stance := row.get("stance"), IRI)}
    words = labels(store, sorted(stances, key=str))
    return [
        _quote(store, hit, quotes[hit.node], words)
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


def _quote(store: Store, hit: Hit, rows: list[Row], words: Mapping[IRI, str]) -> Hit:
    first = rows[0]
    same = [row for row in rows if row["node"] == first["node"]]
    claims = [row["claim"] for row in same if "claim" in row]
    claim = told_for(store, claims[0]).value if claims and isinstance(claims[0], IRI) else ""
    text, title = (preferred(row[name] for row in same if name in row) or "" for name in ("claim_text", "title"))
    return hit._replace(
        node=first["node"].value, claim=claim, claim_text=text, source=title, voices=_voices(same, words)
    )


def _voices(rows: Iterable[Row], words: Mapping[IRI, str]) -> tuple[Voice, ...]:
    """Return who speaks, each with a stance once, as the rows have them."""
    names: dict[tuple[Term | None, Term], list[Term]] = {}
    for row in rows:
        if "stance" in row:
            names.setdefault((row.get("agent"), row["stance"]), []).extend([row["name"]] if "name" in row else ())
    return tuple(_voice(agent, stance, found, words) for (agent, stance), found in names.items())


def _voice(agent: Term | None, stance: Term, names: list[Term], words: Mapping[IRI, str]) -> Voice:
    unnamed = unstated_label(agent) if isinstance(agent, IRI) else NOT_NAMED
    said = words.get(stance, stance.value) if isinstance(stance, IRI) else stance.value
    return Voice(str(preferred(names) or unnamed), said)


LIMIT = 20
"""Hits that are returned unless told otherwise."""
KIND_NAMES = tuple(kind.name for kind in KINDS)

_ALIKE = 70
"""Percent of equal letters from which a word counts as a slip of another."""
_MOST_NEAR = 3
MOST = 32
"""Words and phrases of one search."""

_PART = re.compile(r'"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^\s"]+)')
_LETTER = re.compile(r"[^\W_]")


def search(store: Store, words: str, *, kinds: Iterable[str] = (), limit: int = LIMIT) -> list[Hit]:
    """Return the best `limit` hits in which all words occur, the best first, equals by IRI; each node once.

    "A phrase" in quotation marks must occur unbroken, and begin* means whatever begins so.  Words are compared by
    their English stems, without accents and letter case (unicode61 and Porter of SQLite FTS5).  `kinds` of
    `KIND_NAMES`; all if there are none.  A server is asked by a query instead.

    Raises UsageError for a kind that there is not, for a limit below 1 and for words without a letter.
    """
    wanted, asked = tuple(kinds), terms(words)
    if unknown := [kind for kind in wanted if kind not in KIND_NAMES]:
        raise UsageError(f"'{unknown[0]}' cannot be searched for; there are {', '.join(KIND_NAMES)}")
    if not isinstance(limit, int) or limit < 1:
        raise UsageError("a limit is a whole number above 0")
    index = store.text_index()
    if index is None:
        return in_context(store, _told(store, found_on_server(store, asked, wanted, limit)))
    return in_context(store, _told(store, [hit(match) for match in index.find(asked, wanted, limit)]))


def _told(store: Store, hits: Iterable[Hit]) -> list[Hit]:
    """Return hits in which claims that are one are found once, as the claim that is told for all."""
    found: dict[str, Hit] = {}
    for each in hits:
        node = told_for(store, IRI(each.node)).value if each.kind == "claim" else each.node
        found.setdefault(node, each._replace(node=node))
    return list(found.values())


def near_words(store: Store, words: str) -> dict[str, list[str]]:
    """Return, for each word that occurs nowhere, words that do and look like it; nothing for a server."""
    index = store.text_index()
    if index is None:
        return {}
    missing = [word.text for word in terms(words) if not index.occurs(word)]
    stems = index.stems() if missing else []
    return {word: list(_near(index, stems, word)) for word in missing}


def _near(index: TextIndex, stems: list[str], word: str) -> Iterator[str]:
    from rapidfuzz import fuzz, process

    near = process.extract(word.casefold(), stems, scorer=fuzz.ratio, limit=_MOST_NEAR, score_cutoff=_ALIKE)
    for stem, _, _ in near:
        # The index knows stems ("massag"); a person is shown a form that occurs.
        for match in index.find([Word(stem)], limit=1):
            yield re.split("|".join(MARKS), match.snippet)[1]


def terms(text: str) -> list[Word]:
    """Return what must occur: words, "unbroken phrases", and what begin* means.

    Raises UsageError if there is no letter or digit in `text`, or more than `MOST` words.
    """
    found = list(dict.fromkeys(_terms(text))) if isinstance(text, str) else []
    if not found:
        raise UsageError("nothing to search for: give a word, several words, or a phrase in quotation marks")
    if len(found) > MOST:
        raise UsageError(f"{len(found)} words are too many to search for; give at most {MOST}")
    return found


def _terms(text: str) -> Iterator[Word]:
    for part in _PART.finditer(text):
        phrase, word = part["phrase"], part["word"]
        is_start = part["star"] == "*" if word is None else word.endswith("*")
        said = phrase if word is None else word.rstrip("*")
        if _LETTER.search(said):
            yield Word(said, is_start)


_FOUND = """
SELECT DISTINCT ?node ?text WHERE {{
  {type} ?node {property} ?text FILTER({condition})
}} ORDER BY STRLEN(STR(?text)) ?node LIMIT {limit}
"""
_WIDTH = 160
"""Characters of a snippet."""


def found_on_server(store: Store, words: Sequence[Word], kinds: Collection[str], limit: int) -> list[Hit]:
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
