"""The words of a table for stances, kinds of evidence and the like, and the words of the model that they mean."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from kg.readers.alignments import stance_of_words
from kg.readers.claim_files import schema
from kg.readers.suggestions import preferred
from kg.readers.tables.rows import same

if TYPE_CHECKING:
    from collections.abc import Mapping

CLAIM_ONLY, SKIP = "claim only", "skip"
STANCES = ("affirms", "denies", "doubts", "inconclusive", "no evidence")

_AROUND = " *!.\"'«»“”„\u2018\u2019"


class Meaning(NamedTuple):
    """Meaning of a verdict word, as a mapping states it."""

    stance: str
    """One of STANCES, `claim only` or `skip`."""
    agent: Any = None
    """The agent of the mapping for this word alone."""


@cache
def known(scheme: str) -> dict[str, str]:
    """Return word -> preferred label, for each label of a concept scheme ("EvidenceKind")."""
    return {same(label): label for label in schema.schema()["$defs"][scheme]["enum"]}


@lru_cache(maxsize=4096)
def meant(scheme: str, word: str) -> str | None:
    """Return the preferred label that a word means: "RCT" is "randomised trial"; None if it means none."""
    labels = known(scheme)
    return labels.get(same(word)) or preferred(word, labels.values())


def verdicts(words: Mapping[str, Any] | None) -> dict[str, Meaning]:
    """Return word -> verdict; without a table of words these are the model's own: affirms, denies and so on."""
    if words is None:
        return {word: Meaning(word) for word in (*STANCES, CLAIM_ONLY)}
    return {
        word: Meaning(meaning["stance"], meaning.get("agent")) if isinstance(meaning, dict) else Meaning(meaning)
        for word, meaning in words.items()
    }


def likely(word: str) -> str | None:
    """Return the stance that a verdict word or a fact checker's rating probably means; None if there is no telling."""
    written = " ".join(normalize("NFKC", word).lower().replace("_", " ").split()).strip(_AROUND)
    return stance_of_words(written, "columns", "ratings") or meant("Stance", word)
