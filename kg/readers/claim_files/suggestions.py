"""What somebody probably meant who wrote an id, a number or a date in another form than the one asked for."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from kg.files import read_bytes, shipped
from kg.model.ids import short_id
from kg.namespaces import SKOS
from kg.store.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.store.terms import Quad

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
    from kg.store.syntax import parse

    files = sorted(shipped("ontology").glob("concepts/*.ttl"))
    quads = [quad for file in files for quad in parse(read_bytes(file), ".ttl", name=str(file))]
    labels = {quad.subject: _words(quad) for quad in quads if quad.predicate.value == SKOS + "prefLabel"}
    found: dict[str, tuple[str, ...]] = {}
    for quad in quads:
        if quad.predicate.value == SKOS + "altLabel" and quad.subject in labels:
            other = _words(quad).lower()
            found[other] = (*found.get(other, ()), labels[quad.subject])
    return found


def _words(quad: Quad) -> str:
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
