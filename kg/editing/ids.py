"""Ids for new records, from what they say: short, and not taken."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

from kg.model.ids import short_id

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

_MOST_WORDS = 5
_SMALL = {
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "for",
    "from",
    "in",
    "is",
    "it",
    "of",
    "on",
    "or",
    "the",
    "to",
}
_PARTS = {
    "assertion": ("agent", "claim"),
    "argument": ("from", "supports", "opposes", "qualifies"),
    "interest": ("of", "in"),
    "drift": ("in", "kind"),
}
"""Fields from which the id of a record that joins others is made; the id of the rest is made of its words."""
_WORDS = ("text", "title", "label", "name", "reason")
_NAME_ENDS = re.compile(r"[,;&]| and | et al")


def proposed(kind: str, values: Mapping[str, Any], taken: Container[str]) -> str:
    """Return an id for a record of `kind` with these `values` that is not in `taken`."""
    if kind in _PARTS:
        name = "-".join(_first(values[key]) for key in _PARTS[kind] if key in values)
    else:
        name = _author_and_year(values) if kind == "source" and "authors" in values else _from_words(kind, values)
    name = short_id(name) or kind
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _from_words(kind: str, values: Mapping[str, Any]) -> str:
    # The text of a source is a file's name.
    said = next((_first(values[key]) for key in _WORDS if key in values and (kind, key) != ("source", "text")), "")
    words = short_id(said).split("-")
    telling = [word for word in words if word not in _SMALL] or words
    return "-".join(telling[:_MOST_WORDS])


def _author_and_year(values: Mapping[str, Any]) -> str:
    """Return the first author's surname, taken to be the longest word of the name, and the year."""
    words = short_id(_NAME_ENDS.split(str(values["authors"]))[0]).split("-")
    return "-".join([max(words, key=len), str(values.get("date", ""))[:4]])
