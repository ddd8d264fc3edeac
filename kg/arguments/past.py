"""Tables as of a date: what had been published by then, in the versions that were current."""

from __future__ import annotations

import re
from datetime import date as day
from typing import TYPE_CHECKING

from kg.arguments.origins import up_to
from kg.errors import UsageError
from kg.model.graph import NAMES, Tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def known_date(date: str) -> str:
    """Return `date` if it is one (2011, 2011-12 or 2011-12-31); else raise UsageError."""
    if not _DATE.fullmatch(date) or not _is_day(date):
        raise UsageError(f"'{date}' is no date; write it as 2011-12-31, 2011-12 or 2011")
    return date


def _is_day(date: str) -> bool:
    """Return True if there is such a day, or such a month or year."""
    try:
        return bool(day.fromisoformat(date + "0001-01-01"[len(date) :]))
    except ValueError:
        return False


def as_of(tables: Tables, date: str) -> Tables:
    """Return the tables as they would have been on a date.

    A source without a date is as old as the newest that it cites; one of which neither is known is left out, and so is
    what was said in it.  What was retracted later is not retracted, and what superseded it later does not.
    """
    dates = _dates(tables)
    late = {source for source in _sources(tables) if not dates.get(source) or not up_to(dates[source], date)}
    unborn = {study for study in _studies(tables) if _is_unpublished(tables, study, late)}
    gone = {x for x in tables.table("asserts") if _is_late(tables, x, late, date)}
    gone |= {finding for study in unborn for finding in tables.all(study, "finding")} | late | unborn
    kept = {name: _without(tables.table(name), gone) for name in NAMES}
    kept["sourceStatus"] = {
        source: [status for status in statuses if status != "Retracted" or _was_retracted(tables, source, date)]
        for source, statuses in kept["sourceStatus"].items()
    }
    kept["supersedes"] = {new: olds for new, olds in kept["supersedes"].items() if new not in late}
    return Tables(tables.claims, kept)


def _sources(tables: Tables) -> set[str]:
    typed = {node for node, classes in tables.table("class").items() if "Source" in classes}
    said = {source for sources in tables.table("source").values() for source in sources}
    return typed | said | tables.table("reports").keys() | tables.table("reportsOn").keys()


def _studies(tables: Tables) -> set[str]:
    return {study for name in ("reports", "reportsOn") for study in tables.inverse(name)}


def _dates(tables: Tables) -> dict[str, str]:
    stated = {node: max(dates) for node, dates in tables.table("date").items()}
    cited = {
        source: max((stated[each] for each in cites if each in stated), default="")
        for source, cites in tables.table("cites").items()
    }
    return {**cited, **stated}


def _is_late(tables: Tables, assertion: str, late: set[str], date: str) -> bool:
    """Return True for an assertion of a later day, or all of whose sources are later."""
    sources, said = tables.all(assertion, "source"), tables.one(assertion, "date")
    if said and not (sources and up_to(said, date)):
        return not up_to(said, date)
    return all(source in late for source in sources)


def _is_unpublished(tables: Tables, study: str, late: set[str]) -> bool:
    sources = [source for name in ("reports", "reportsOn") for source in tables.inverse(name).get(study, ())]
    return all(source in late for source in sources)


def _was_retracted(tables: Tables, source: str, date: str) -> bool:
    when = tables.one(source, "retractionDate")
    return when is None or up_to(when, date)


def _without(table: Mapping[str, list[str]], gone: set[str]) -> dict[str, list[str]]:
    return {node: [x for x in values if x not in gone] for node, values in table.items() if node not in gone}
