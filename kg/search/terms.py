"""What a person types to search, as words and phrases that must all occur."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.store.local.text_index import Word

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 32
"""Words and phrases of one search."""

_PART = re.compile(r'"(?P<phrase>[^"]*)"?(?P<star>\*?)|(?P<word>[^\s"]+)')
_LETTER = re.compile(r"[^\W_]")


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
