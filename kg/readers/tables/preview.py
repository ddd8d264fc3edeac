"""What a row says, in words for a person who tries a mapping out."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.records import AssertionRecord, QuoteRecord, SourceRecord
    from kg.readers.tables.row_mapping import MappedRow

_WIDTH = 110
_INDENT = 16


def described(path: str, row: MappedRow) -> str:
    """Return the records of a row as a block: its place, then a line for each thing that is stated."""
    place = f"{path}:{row.line}" if row.line else path
    return "\n".join([place, *(_line(name, words) for name, words in _stated(row) if words), ""])


def _line(name: str, words: str) -> str:
    indent = " " * _INDENT
    start = f"  {name}".ljust(_INDENT)
    return textwrap.fill(words, _WIDTH, initial_indent=start, subsequent_indent=indent, max_lines=3, placeholder=" …")


def _stated(row: MappedRow) -> Iterator[tuple[str, str]]:
    yield "claim", row.claim.text
    yield "kind", row.claim.kind
    if row.assertion:
        yield from _asserted(row, row.assertion)
    else:
        yield "stance", "none: the row states the claim alone"
    for role, topic in row.topics:
        yield role, f"{topic.label} ({topic.kind})" if topic.kind else topic.label
    if row.argument and row.target:
        yield row.argument.direction, row.target.text


def _asserted(row: MappedRow, assertion: AssertionRecord) -> Iterator[tuple[str, str]]:
    yield "stance", f"{_agent(row)} {_STANCES.get(assertion.stance, assertion.stance)}"
    yield "source", _source(row.source, row.source_key) if row.source else ""
    yield "evidence", assertion.evidence
    yield "certainty", assertion.certainty
    yield "date", assertion.date
    for quote in assertion.quotes:
        yield "quote", _quote(quote)
    yield "remark", str(assertion.note)


def _agent(row: MappedRow) -> str:
    if row.agent is None or not row.is_named:
        return "an unnamed voice in the source"
    return f"{row.agent.name} ({row.agent.kind})" if row.agent.kind else row.agent.name


_STANCES = {
    "affirms": "affirms the claim",
    "denies": "denies the claim",
    "doubts": "doubts the claim",
    "no evidence": "says that there is no evidence for the claim",
}


def _source(source: SourceRecord, key: str) -> str:
    names = [f"{kind} {name}" for kind in ("doi", "pmid", "pmcid", "url") for name in getattr(source, kind)]
    return "; ".join(filter(None, [source.title or key, source.type, source.date, *names]))


def _quote(quote: QuoteRecord) -> str:
    place = f" (characters {quote.span[0]:,} to {quote.span[1]:,})" if quote.span else ""
    return f"“{quote.exact}”{place}"
