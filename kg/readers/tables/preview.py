"""What a row says, in words for a person who tries a mapping out."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.readers.tables.sayings import Agent, Quote, Said, Saying, Source

_WIDTH = 110
_INDENT = 16


def described(path: str, saying: Saying) -> str:
    """Return a saying as a block: the place of its row, then a line for each thing that is stated."""
    place = f"{path}:{saying.line}" if saying.line else path
    return "\n".join([place, *(_line(name, words) for name, words in _stated(saying) if words), ""])


def _line(name: str, words: str) -> str:
    indent = " " * _INDENT
    start = f"  {name}".ljust(_INDENT)
    return textwrap.fill(words, _WIDTH, initial_indent=start, subsequent_indent=indent, max_lines=3, placeholder=" …")


def _stated(saying: Saying) -> Iterator[tuple[str, str]]:
    yield "claim", saying.claim.text
    yield "kind", saying.claim.kind
    if saying.said:
        yield from _said(saying.said)
    else:
        yield "stance", "none: the row states the claim alone"
    for topic in saying.claim.topics:
        yield topic.role, f"{topic.label} ({topic.kind})" if topic.kind else topic.label
    if saying.argument:
        yield saying.argument.direction, saying.argument.target


def _said(said: Said) -> Iterator[tuple[str, str]]:
    yield "stance", f"{_named(said.agent)} {_STANCES.get(said.stance, said.stance)}"
    yield "source", _source(said.source)
    yield "evidence", said.evidence
    yield "certainty", said.certainty
    yield "date", said.date.value if said.date is not None else ""
    for quote in said.quotes:
        yield "quote", _quote(quote)
    yield "remark", said.remark


def _named(agent: Agent | None) -> str:
    if agent is None:
        return "an unnamed voice in the source"
    return f"{agent.name} ({agent.kind})" if agent.kind else agent.name


_STANCES = {
    "affirms": "affirms the claim",
    "denies": "denies the claim",
    "doubts": "doubts the claim",
    "no evidence": "says that there is no evidence for the claim",
}


def _source(source: Source) -> str:
    names = [f"{found.kind} {found.value}" for found in source.identifiers]
    date = source.date.value if source.date is not None else ""
    return "; ".join(filter(None, [source.title or source.id, source.type, date, *names]))


def _quote(quote: Quote) -> str:
    place = f" (characters {quote.span[0]:,} to {quote.span[1]:,})" if quote.span else ""
    return f"“{quote.exact}”{place}"
