"""The id of a claim that is known by its words alone: equal text and scope, equal claim, whoever makes it."""

from __future__ import annotations

import re
import unicodedata

from kg.files import sha256

_SPACES = re.compile(r"\s+")


def claim_id(text: str, *scope: str) -> str:
    """Return the short id of the claim that `text` states of a scope (population, intervention …, as short ids).

    Letter case, kinds of spaces and of quotation marks, and a full stop at the end make no difference.
    """
    return "claim-" + sha256("\x1f".join([normal(text), *scope]).encode())[:12]


def normal(text: str) -> str:
    """Return `text` as it is compared: NFKC, case folded, one space between words, no full stop at the end."""
    words = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().translate(_QUOTES)
    return words.rstrip(" .").casefold()


_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e", '"') | dict.fromkeys("\u2018\u2019\u201a", "'"))
