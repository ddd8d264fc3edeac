"""Literals and concepts of what a person writes: "10 weeks", "2011-07", "randomised trial"."""

from __future__ import annotations

import re
from datetime import date as calendar_date
from decimal import Decimal
from functools import lru_cache

from kg.namespaces import HC
from kg.store.terms import IRI, Literal, typed

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DURATION = re.compile(r"(\d+) (minute|hour|day|week|month|year)s?")
_ISO_MONTHS = re.compile(r"P(?=\d)(\d+Y)?(\d+M)?")
_ISO_DAYS = re.compile(r"P(?=\d|T)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?")

_UNITS = {
    "minute": ("PT{}M", 1, "dayTimeDuration"),
    "hour": ("PT{}H", 1, "dayTimeDuration"),
    "day": ("P{}D", 1, "dayTimeDuration"),
    "week": ("P{}D", 7, "dayTimeDuration"),
    "month": ("P{}M", 1, "yearMonthDuration"),
    "year": ("P{}Y", 1, "yearMonthDuration"),
}
"""XSD durations have no weeks, and only days-and-time or years-and-months can be ordered (XSD 1.1 part 2, 3.4.26)."""


def tagged(text: str, language: str) -> Literal:
    """Return a text with its language tag, or without one if the language is ""."""
    return Literal(text, language=language) if language else Literal(text)


def duration(written: str) -> Literal | None:
    """Return the literal of "10 weeks", "6 months", "1 year" or an ISO duration; None if it is none of these."""
    if match := _DURATION.fullmatch(written.strip()):
        form, factor, datatype = _UNITS[match[2]]
        return typed(form.format(int(match[1]) * factor), datatype)
    if _ISO_MONTHS.fullmatch(written):
        return typed(written, "yearMonthDuration")
    return typed(written, "dayTimeDuration") if _ISO_DAYS.fullmatch(written) else None


def date(written: str | int) -> Literal | None:
    """Return the literal of 2011 (gYear), 2011-07 (gYearMonth) or 2011-07-05 (date); None if there is no such day."""
    match = _DATE.fullmatch(str(written))
    if not match:
        return None
    year, month, day = match.groups()
    try:
        calendar_date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return typed(match[0], "date" if day else "gYearMonth" if month else "gYear")


def decimal(written: int | Decimal) -> Literal:
    """Return an xsd:decimal, which has no exponent; digits after the point stay as written."""
    return typed(format(Decimal(written), "f"), "decimal")


def integer(written: int | Decimal) -> Literal:
    """Return an xsd:integer."""
    return typed(str(int(written)), "integer")


@lru_cache(maxsize=1024)
def concept(word: str) -> IRI:
    """Return the concept that a word of the schema means: "randomised trial" is hc:RandomisedTrial."""
    return IRI(HC + "".join(part.capitalize() for part in re.split(r"[\s-]+", word)))
