"""Words for messages: lists, articles, quotation, and the nearest right thing to a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALIKE = 65
"""From how many percent on a word counts as a slip of another."""

_STEM, _ENDING = 3, 3
"""How many letters words share at least, and have besides at most, that are forms of one word."""


def a(noun: str) -> str:
    """Return `noun` with its article: "an agent", "a claim"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def listed(words: Sequence[str], last: str = "or") -> str:
    """Return "x", "x or y", "x, y or z"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def shown(value: Any, width: int = 60) -> str:
    """Return a value as a person would quote it, cut when long."""
    text = " ".join(str(value).split())
    return f'"{text}"' if len(text) <= width else f'"{text[: width - 1]}…"'


def nearest(word: Any, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` is most likely a slip of, or None if it is like none of them."""
    from rapidfuzz import fuzz, process

    wanted = str(word).strip()
    words = sorted(choices)
    found = process.extractOne(wanted, words, scorer=fuzz.ratio, processor=str.lower, score_cutoff=ALIKE)
    if found:
        return found[0]
    begun = [choice for choice in words if _is_same_stem(wanted.lower(), choice.lower())]
    return begun[0] if len(begun) == 1 else None


def _is_same_stem(word: str, choice: str) -> bool:
    """Say whether `word` begins `choice` (cohort, cohort study), or both are forms of one verb (deny, denies)."""
    from rapidfuzz.distance import Prefix

    common = Prefix.similarity(word, choice)
    rest = 0 if common == len(word) else max(len(word), len(choice)) - common
    return common >= _STEM and rest <= _ENDING


def did_you_mean(word: Any, choices: Iterable[str]) -> str:
    """Return '; did you mean "x"?', or nothing if no choice is near."""
    found = nearest(word, choices)
    return f'; did you mean "{found}"?' if found else ""
