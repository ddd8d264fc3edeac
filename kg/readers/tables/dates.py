"""Dates as people write them, in seven languages; a year stays a year, and what can be read in two ways is not read."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model.literals import date as literal_date

if TYPE_CHECKING:
    from kg.store.terms import Literal

_MONTHS = """
january jan januar jaenner janvier janv enero ene gennaio gen janeiro januari
february feb februar feber fevrier fevr febrero febbraio fevereiro fev februari
march mar maerz mrz mars marzo marco maart
april apr avril avr abril abr aprile
may mai mayo maggio mag maio mei
june jun juni juin junio giugno giu junho
july jul juli juillet juil julio luglio lug julho
august aug aout agosto ago augustus
september sep sept septembre septiembre setiembre settembre set setembro
october oct oktober okt octobre octubre ottobre ott outubro
november nov novembre noviembre novembro
december dec dezember dez decembre diciembre dic dicembre dezembro
"""
"""English, German, French, Spanish, Italian, Portuguese and Dutch, a month a line, without accents."""
MONTHS = {word: n for n, line in enumerate(_MONTHS.split("\n")[1:-1], 1) for word in line.split()}

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[AaPp][Mm])?)?"
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?" + _TIME)
_GERMAN = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})" + _TIME)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})" + _TIME)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
_YEAR_AS_NUMBER = re.compile(r"^([12]\d{3})\.0+$")
_MONTH_YEAR = re.compile(r"(\d{1,2})/(\d{4})")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_FILLING = {"de", "del", "of", "di", "le", "den", "the", "st", "nd", "rd", "th", "er"}


@lru_cache(maxsize=65536)
def date(written: str, order: str | None = None) -> Literal | None:
    """Return xsd:date, xsd:gYearMonth or xsd:gYear for a date as written; None if it is none or may be two.

    05/07/2011 is told by `order` ("day first", "month first"); without it only if one of the two is above 12.
    """
    text = _YEAR_AS_NUMBER.sub(r"\1", written.strip())
    if match := _ISO.fullmatch(text):
        return _literal(*match.groups())
    if match := _GERMAN.fullmatch(text):
        return _literal(match[3], match[2], match[1])
    if match := _SLASHED.fullmatch(text) or _DIGITS.fullmatch(text):
        return _either(match[1], match[2], match[3], order)
    if match := _MONTH_YEAR.fullmatch(text):
        return _literal(match[2], match[1])
    return _in_words(text)


def month(word: str) -> int:
    """Return the number of the month that a word names, 0 if it names none."""
    return MONTHS.get(_without_accents(word), 0)


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ä", "ae"))
    return plain.encode("ascii", "ignore").decode()


def is_ambiguous(written: str) -> bool:
    """Return True if a date could be read with the day or with the month first."""
    return date(written) is None and date(written, "day first") is not None and date(written, "month first") is not None


def why_none(written: str, order: str | None = None) -> str:
    """Return what is wrong with what `date` does not read, and the way out."""
    if order is None and is_ambiguous(written):
        return "has the day or the month first: state order: day first or month first in the mapping"
    if order is not None and (found := date(written)) is not None:
        return f"is no date with the {order}, as order in the mapping says: write {found.value}, or take order out"
    return "is no date that can be read: write it as 2011-07-05, 2011-07 or 2011"


def _either(first: str, second: str, year: str, order: str | None) -> Literal | None:
    day_first, month_first = _literal(year, second, first), _literal(year, first, second)
    if order:
        return day_first if order == "day first" else month_first
    if day_first and month_first and first != second:
        return None
    return day_first or month_first


def _in_words(text: str) -> Literal | None:
    """Read "7 July 2011", "July 7th, 2011", "5 juillet 2011", "1er mars 2011", "Juli 2011"."""
    words = [word for word in _WORDS.findall(_without_accents(text)) if word not in _FILLING]
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    days = [word for word in words if re.fullmatch(r"\d{1,2}", word)]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return None
    return _literal(years[0], str(months[0]), *days)


def _literal(year: str, month: str | None = None, day: str | None = None) -> Literal | None:
    return literal_date("-".join([year, *(part.zfill(2) for part in (month, day) if part)]))
