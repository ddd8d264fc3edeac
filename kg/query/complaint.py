"""What is wrong with a query in one sentence: Oxigraph's list of all tokens that might have come helps nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.query import guard

if TYPE_CHECKING:
    from collections.abc import Collection

_SHOWN = 40
"""Characters of a query that a message shows on either side of what is wrong."""


def explained(complaint: str, query: str, prefixes: Collection[str]) -> str:
    """Return a sentence for Oxigraph's `complaint` about `query`, for which `prefixes` were declared."""
    place = re.match(r"error at (\d+):(\d+): expected", complaint)
    if not place:
        return f"the query cannot be answered: {complaint}"
    if unknown := guard.prefixes(query).difference(prefixes):
        return f"the query uses a prefix that is not declared: {', '.join(sorted(unknown))}; declare it with PREFIX"
    line, column = int(place[1]), int(place[2])
    text = "".join(query.splitlines()[line - 1 : line])
    before, after = _end_of(text[: column - 1].strip()), text[column - 1 :].strip()[:_SHOWN] or "its end"
    return f"the query is not valid SPARQL at line {line}, column {column}: between '{before}' and '{after}'"


def _end_of(text: str) -> str:
    return text if len(text) <= _SHOWN else f"… {text[-_SHOWN:].partition(' ')[2]}"
