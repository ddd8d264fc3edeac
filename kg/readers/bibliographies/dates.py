"""Dates as bibliographies print them, with the precision that they have."""

from __future__ import annotations

import re

from kg.readers.claim_files import values

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_YEAR = re.compile(r"[12]\d{3}")
_DAY = re.compile(r"([12]\d{3})(\d{2})(\d{2})")


def date(printed: str) -> str:
    """Return 2011, 2011-07 or 2011-07-05 for "2011 Jul 5", "Jul 2011", "2011/07//", "20110705"; "" without a year.

    Of a season or a range of months ("2011 Jul-Aug") only the year is known.
    """
    if whole := _DAY.fullmatch(printed.strip()):
        return _real(*whole.groups())
    words = [word for word in re.split(r"[\s/,.\-]+", re.sub(r"(\d)T.*", r"\1", printed)) if word]
    year = next((word for word in words if _YEAR.fullmatch(word)), "")
    if not year:
        return ""
    rest = [word for word in words if word != year]
    months = [word for word in rest if word[:3].lower() in _MONTHS and word.isalpha()]
    if len(months) > 1 or len(rest) > 5:
        return year
    if months:
        days = [word for word in rest if word.isdigit()]
        return _real(year, str(_MONTHS[months[0][:3].lower()]), days[0] if len(days) == 1 else "")
    month, day = ([word if word.isdigit() else "" for word in rest] + ["", ""])[:2]
    return _real(year, month, day if month else "")


def _real(year: str, month: str, day: str) -> str:
    """Return the date as far as the calendar has it."""
    parts = [year, *(f"{int(part):02}" for part in (month, day) if part)]
    while len(parts) > 1 and values.date("-".join(parts)) is None:
        parts.pop()
    return "-".join(parts)
