"""The words of a table for stances, kinds of evidence and the like, and the words of the model that they mean."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.files import read_text, shipped
from kg.readers.claim_files import schema
from kg.readers.claim_files.suggestions import preferred
from kg.readers.tables.columns import same

if TYPE_CHECKING:
    from collections.abc import Mapping

CLAIM_ONLY, SKIP = "claim only", "skip"
STANCES = ("affirms", "denies", "doubts", "no evidence")

_VERDICTS = {
    "affirms": "yes, supports, support, confirms, agree, agrees, ja, bestätigt, oui, confirmé, sí, si, confirmado, "
    "confermato",
    "denies": "no, refutes, refute, denied, rejects, contradicts, contradict, contradicted, disagree, disagrees, nein, "
    "widerlegt, non, réfuté, desmentido, smentito",
    "doubts": "maybe, unclear, uncertain, doubtful, partly, not supported, unsure, unklar, vielleicht, teils, "
    "incertain, peut-être, dudoso, quizás, forse",
    "no evidence": "nei, notenoughinfo, not enough info, not enough information, insufficient, keine belege",
}
"""What `kg map` takes the words of a verdict column for, until a person has looked: beside those of fact checkers."""
_RATINGS = "claim-reviews-1-verdicts.rq"
"""The mapping whose table has the words of fact checkers: a word means the same in a table and in a ClaimReview."""
_RATING = re.compile(r'\("([^"]+)" hc:([A-Z]\w+)\)')
_AROUND = " *!.\"'«»"


class Meaning(NamedTuple):
    """What a verdict word means."""

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
        return {same(word): Meaning(word) for word in (*STANCES, CLAIM_ONLY)}
    return {
        same(word): Meaning(meaning["stance"], meaning.get("agent")) if isinstance(meaning, dict) else Meaning(meaning)
        for word, meaning in words.items()
    }


def likely(word: str) -> str | None:
    """Return the stance that a verdict word or a fact checker's rating probably means; None if there is no telling."""
    found = _likely().get(same(word).replace("_", " ").strip(_AROUND))
    return found or meant("Stance", word)


@cache
def _likely() -> dict[str, str]:
    own = {same(word): stance for stance, words in _VERDICTS.items() for word in words.split(", ")}
    return own | {same(word): stance for word, stance in ratings().items()}


@cache
def ratings() -> dict[str, str]:
    """Return word -> stance for the words of fact checkers' ratings, as ClaimReviews are read."""
    table = read_text(shipped("ontology") / "mappings" / _RATINGS)
    return {word: re.sub("(?<=[a-z])(?=[A-Z])", " ", stance).lower() for word, stance in _RATING.findall(table)}
