"""Suggestions for messages: the nearest right thing to a wrong one, and lists, articles and quotation."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.files import read_bytes, read_text, shipped
from kg.model.ids import short_id
from kg.namespaces import SKOS
from kg.store.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.store.terms import Quad

ALIKE = 65
"""Least similarity, in percent, at which a word counts as a slip of another."""

_STEM, _ENDING = 3, 3
"""Letters that forms of one word share at least, and have besides at most."""


def a(noun: str) -> str:
    """Return `noun` with its article: "an agent", "a claim"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def listed(words: Sequence[str], last: str = "or") -> str:
    """Return "x", "x or y", "x, y or z"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def is_pattern(word: str) -> bool:
    """Return True if a word of a mapping is a regular expression between slashes: /^no (good|clear) evidence/."""
    return len(word) > 2 and word[0] == word[-1] == "/"


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
    """Return True if `word` begins `choice` (cohort, cohort study), or both are forms of one verb (deny, denies)."""
    from rapidfuzz.distance import Prefix

    common = Prefix.similarity(word, choice)
    rest = 0 if common == len(word) else max(len(word), len(choice)) - common
    return common >= _STEM and rest <= _ENDING


def did_you_mean(word: Any, choices: Iterable[str]) -> str:
    """Return '; did you mean "x"?', or nothing if no choice is near."""
    found = nearest(word, choices)
    return f'; did you mean "{found}"?' if found else ""


_DAY_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d", "%d.%m.%Y", "%Y-%m-%d")
_MONTH_FORMS = ("%B %Y", "%b %Y", "%Y/%m", "%m/%Y", "%Y-%m")
_UNITS = {"min": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "m": "month", "y": "year"}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def repaired(title: str, value: str) -> str | None:
    """Return the right form of `value` for what the schema calls `title`, or None if there is no telling."""
    repair = _REPAIRS.get(title)
    meant = repair(value.strip()) if repair else None
    return meant if meant != value else None


def preferred(word: str, words: Iterable[str]) -> str | None:
    """Return which of `words` the concept schemes prefer to `word` (a skos:altLabel), or None."""
    wanted = " ".join(word.lower().split())
    return next((label for label in _alternatives().get(wanted, ()) if label in set(words)), None)


@cache
def _alternatives() -> dict[str, tuple[str, ...]]:
    from ruamel.yaml import YAML

    from kg.store.syntax import parse

    files = sorted(shipped("ontology").glob("concepts/*.ttl"))
    quads = [quad for file in files for quad in parse(read_bytes(file), ".ttl", name=str(file))]
    labels = {quad.subject: _label(quad) for quad in quads if quad.predicate.value == SKOS + "prefLabel"}
    found: dict[str, tuple[str, ...]] = {}
    for quad in quads:
        if quad.predicate.value == SKOS + "altLabel" and quad.subject in labels:
            other = _label(quad).lower()
            found[other] = (*found.get(other, ()), labels[quad.subject])
    words_of_verdicts = YAML(typ="safe").load(read_text(shipped("ontology") / "concepts" / "verdict-words.yaml"))
    for label, words in words_of_verdicts["evidence"].items():
        found |= {word: (*found.get(word, ()), label) for word in words}
    return found


def _label(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else ""


def _found(pattern: str) -> Callable[[str], str | None]:
    def search(value: str) -> str | None:
        match = re.search(pattern, value)
        return match[0].rstrip(".,;") if match else None

    return search


def _id(value: str) -> str | None:
    return short_id(value) or None


def _pmcid(value: str) -> str | None:
    match = re.search(r"\d{4,}", value)
    return f"PMC{match[0]}" if match else None


def _date(value: str) -> str | None:
    for forms, written in ((_DAY_FORMS, "%Y-%m-%d"), (_MONTH_FORMS, "%Y-%m")):
        for form in forms:
            try:
                return datetime.strptime(value, form).strftime(written)
            except ValueError:
                continue
    return None


def _duration(value: str) -> str | None:
    match = re.fullmatch(r"(\d+|[a-z]+)[\s-]*([a-z]+)\.?", value.lower())
    if not match:
        return None
    number = str(_NUMBERS.index(match[1]) + 1) if match[1] in _NUMBERS else match[1]
    unit = next((unit for start, unit in _UNITS.items() if match[2].startswith(start)), None)
    if unit is None or not number.isdigit():
        return None
    return f"{number} {unit}" if number == "1" else f"{number} {unit}s"


def _address(value: str) -> str | None:
    return f"https://{value}" if re.fullmatch(r"[\w.-]+\.[a-z]{2,}(/\S*)?", value) else None


def _language(value: str) -> str | None:
    names = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "chinese": "zh"}
    return names.get(value.lower(), value.lower().replace("_", "-"))


_REPAIRS: dict[str, Callable[[str], str | None]] = {
    "id": _id,
    "date": _date,
    "duration": _duration,
    "address": _address,
    "language": _language,
    "DOI": _found(r"10\.\d{4,9}/\S+"),
    "PMID": _found(r"\d{5,9}"),
    "PMCID": _pmcid,
    "MeSH id": _found(r"[CD]\d{6,9}"),
    "Wikidata id": _found(r"Q[1-9]\d*"),
    "SNOMED CT id": _found(r"\d{6,18}"),
}
"""Title in the schema -> what makes the right form of a wrong one."""
