"""Search for claims, quotes and sources by the words in them, the best first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.search import remote
from kg.search.hits import Hit, Voice, hit, in_context
from kg.store.local.text_index import KINDS, MARKS, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Store
    from kg.store.local.text_index import TextIndex

__all__ = ["KIND_NAMES", "LIMIT", "MOST", "Hit", "Voice", "near_words", "search", "terms"]

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
    `KIND_NAMES`; all if there are none.  A server is asked by a query instead: see `kg.search.remote`.

    Raises UsageError for a kind that there is not, for a limit below 1 and for words without a letter.
    """
    wanted, asked = tuple(kinds), terms(words)
    if unknown := [kind for kind in wanted if kind not in KIND_NAMES]:
        raise UsageError(f"'{unknown[0]}' cannot be searched for; there are {', '.join(KIND_NAMES)}")
    if limit < 1:
        raise UsageError("a limit is a whole number above 0")
    index = store.text_index()
    if index is None:
        return in_context(store, remote.found(store, asked, wanted, limit))
    return in_context(store, [hit(match) for match in index.find(asked, wanted, limit)])


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
    found = list(dict.fromkeys(_terms(text)))
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
