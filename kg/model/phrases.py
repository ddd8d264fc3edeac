"""Figures, dates and durations of the data in the words of a page: "2.9 points (95 % CI -4.0 to -1.8), at 10 weeks"."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MINUS = "\N{MINUS SIGN}"
_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_MARKS = (("\u201c", "\u201d"), ('"', '"'), ("\u201e", "\u201c"))
"""Quotation marks around a whole text, opening and closing, that read like those a view adds."""
_DOUBLE = ("\u201c", "\u201d", '"')
_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*|Z|[+-]\d\d:\d\d)?")


def number(lexical: str, decimals: int = 0) -> str:
    """Return an xsd:decimal or integer as people write it: a real minus sign, thousands apart, `decimals` at least."""
    text = lexical.strip().removeprefix("+")
    if re.fullmatch(r"-?\d{5,}", text):
        text = f"{int(text):,}"
    missing = decimals - _decimals(text)
    if missing > 0 and re.fullmatch(r"-?\d+(\.\d*)?", text):
        text += ("" if "." in text else ".") + "0" * missing
    return text.replace("-", _MINUS, 1) if text.startswith("-") else text


def _decimals(lexical: str) -> int:
    return len(lexical.partition(".")[2])


def duration(lexical: str) -> str:
    """Return an xsd:duration in words: "P70D" -> "10 weeks", "P6M" -> "6 months"; other text as it is."""
    match = _DURATION.fullmatch(lexical.strip())
    if not match or not any(match.groups()[1:]):
        return lexical
    parts = {unit: match[at] for at, unit in enumerate(_UNITS, start=2) if match[at]}
    days = parts.get("day", "")
    if days.isdigit() and int(days) >= 14 and int(days) % 7 == 0 and "week" not in parts:
        parts = {
            ("week" if unit == "day" else unit): str(int(days) // 7) if unit == "day" else count
            for unit, count in parts.items()
        }
    words = [f"{count} {unit}{'' if count == '1' else 's'}" for unit, count in parts.items()]
    return ("minus " if match[1] else "") + sentence_list(words)


class Day(NamedTuple):
    """A date as precise as the data say: a year, a month of it, or a day."""

    year: int
    month: int = 0
    """1 to 12, or 0 where only the year is known."""
    day: int = 0

    def __str__(self) -> str:
        year = f"{'-' if self.year < 0 else ''}{abs(self.year):04}"
        words = (str(self.day) if self.day else "", _MONTHS[self.month - 1] if self.month else "", year)
        return " ".join(filter(None, words))


def day(lexical: str) -> Day | None:
    """Return the date that an xsd:date, gYearMonth or gYear (or a dateTime) means; None for other text."""
    match = _DATE.fullmatch(lexical.strip())
    if not match:
        return None
    year, month, day_of_month = (int(part or 0) for part in match.groups())
    return Day(year, month, day_of_month) if 0 <= month <= 12 and day_of_month <= 31 else None


def date(lexical: str) -> str:
    """Return an xsd:date, gYearMonth or gYear in words: "2011-07-05" -> "5 July 2011"; other text as it is."""
    found = day(lexical)
    return str(found) if found else lexical


def estimate(value: str | None, unit: str | None, lower: str | None, upper: str | None, level: str | None) -> str:
    """Return a figure with its interval: "-2.9 points (95 % CI -4.0 to -1.8)"; empty if there is no value."""
    if value is None:
        return ""
    sign = "%" if unit and unit.lower() in ("percent", "per cent", "%") else unit
    # A store writes -4.0 as -4; beside -2.9 and -1.8 it is -4.0 again.
    decimals = max(_decimals(each) for each in (value, lower or "", upper or ""))
    interval = ""
    if lower is not None and upper is not None:
        named = f"{number(level)} % CI" if level else "CI"
        interval = f" ({named} {number(lower, decimals)} to {number(upper, decimals)})"
    return number(value, decimals) + (f" {sign}" if sign else "") + interval


def sentence_list(parts: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def superseded(date: str | None) -> str:
    """Return what has become of a source whose newest successor has a date: "superseded by the version of 2015"."""
    return f"superseded by the version of {date[:4]}" if date else "superseded by a later version"


def count(number_of: int, singular: str, plural: str | None = None) -> str:
    """Return "1 line", "3 lines"."""
    return f"{number_of} {singular if number_of == 1 else plural or singular + 's'}"


def sentence(text: str) -> str:
    """Return `text` with a full stop at its end, unless it ends a sentence already."""
    return text if text.rstrip(" \u201d\u2019\"')")[-1:] in (".", "?", "!", "\N{HORIZONTAL ELLIPSIS}") else f"{text}."


def between_marks(text: str) -> str:
    """Return `text` as it stands between the quotation marks that a view puts around it.

    A pair of its own around the whole is left away, lest it be doubled; where only a part has marks and they meet the
    outer ones, double marks become single: `"A," he said` gives `'A,' he said`.
    """
    words = text.strip()
    for opening, closing in _MARKS:
        inner = words[1:-1]
        if len(words) > 2 and words[0] == opening and words[-1] == closing and not {opening, closing} & set(inner):
            return inner.strip()
    if words[:1] in _DOUBLE or words[-1:] in _DOUBLE:
        text = re.sub(r'"([^"]*)"', "\u2018\\1\u2019", text)
        return text.replace("\u201c", "\u2018").replace("\u201d", "\u2019")
    return text


def shorten(text: str, length: int) -> str:
    """Return `text`, cut at a word with an ellipsis if it is longer than `length` characters."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "\N{HORIZONTAL ELLIPSIS}"


_NAME = re.compile(r"(?P<family>[^\W\d_][\w'\u2019. -]*?) (?P<given>[^\W\d_]{1,3})(?: (?P<suffix>Jr|Sr|2nd|3rd))?")
_AND = re.compile(r" (?:and|&|und|et|y) ")
_INSTITUTION = re.compile(r" (?:and|&) ")
"""A word that no family name has, but many an institution."""
_AND_MORE = re.compile(r"[,;]?\s*(?:et al\.?|and others)$")


class Name(NamedTuple):
    """An author: a family name with initials, or only a name as printed."""

    family: str
    given: str | None = None
    suffix: str | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, self))


def authors(text: str) -> tuple[tuple[Name, ...], bool]:
    """Return the authors of a printed list, and whether it ends in "et al.".

    Semicolons always tell names apart, commas where one of the names has initials ("Cherkin DC, Sherman KJ", the style
    of PubMed), "and" between two that have them; any other wording is one name as it stands: nothing is guessed.
    """
    names = _AND_MORE.sub("", text.strip())
    has_more = names != text.strip()
    if "; " in names:
        return tuple(_name(part.strip()) for part in names.split(";") if part.strip()), has_more
    found = tuple(chain.from_iterable(_joined(part.strip()) for part in names.split(",") if part.strip()))
    if any(name.given for name in found):
        return found, has_more
    return ((Name(names),) if names else ()), has_more


def printed(names: Sequence[str]) -> str:
    """Return a list of authors as one text, from which `authors` tells them apart again."""
    with_commas = ", ".join(names)
    told = [str(name) for name in authors(with_commas)[0]]
    if told == [name for name in names if not _AND_MORE.fullmatch(name)] or len(names) < 2:
        return with_commas
    return "; ".join(names)


def _joined(part: str) -> tuple[Name, ...]:
    """Return the names of a part without a comma: several where each that an "and" joins has initials."""
    several = tuple(map(_name, _AND.split(re.sub(r"^(?:and|&) ", "", part))))
    return several if all(name.given for name in several) else (_name(part),)


def _name(part: str) -> Name:
    found = None if _INSTITUTION.search(part) else _NAME.fullmatch(part)
    return Name(found["family"], found["given"], found["suffix"]) if found and found["given"].isupper() else Name(part)
