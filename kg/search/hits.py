"""What a search finds, with what a reader needs to see what it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.store.local.text_index import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.store.local.text_index import Match

Span = tuple[int, int]
"""Where something begins and ends, in characters."""


class Voice(NamedTuple):
    """Who takes which stance, in words: A. Marlow, affirms."""

    agent: str
    stance: str

    def __str__(self) -> str:
        return f"{self.agent}: {self.stance}"


class Hit(NamedTuple):
    """One thing that was found."""

    node: str
    """IRI; of a quote that of the assertion that it is the words of."""
    kind: str
    """claim, quote, source, topic, agent, study or finding."""
    text: str
    snippet: str
    """The part of its texts in which the words occur, cut with "…"."""
    marks: tuple[Span, ...]
    """Where in the snippet they stand."""
    score: float
    """The higher the better; comparable within one search only."""
    claim: str = ""
    """Of a quote: the IRI of the claim that its assertion is about."""
    claim_text: str = ""
    source: str = ""
    """Of a quote: the title of the source that it is from."""
    voices: tuple[Voice, ...] = ()
    """Who takes a stance on the claim; of a quote, whose words it is."""

    def marked(self, mark: Callable[[str], str]) -> str:
        """Return the snippet with each found word as `mark` makes it."""
        said, end = [], 0
        for start, stop in self.marks:
            said += [self.snippet[end:start], mark(self.snippet[start:stop])]
            end = stop
        return "".join([*said, self.snippet[end:]])


def hit(match: Match) -> Hit:
    """Return the hit of a match, without its context."""
    pieces = re.split("|".join(MARKS), match.snippet)
    marks, position = [], 0
    for number, piece in enumerate(pieces):
        if number % 2:
            marks.append((position, position + len(piece)))
        position += len(piece)
    return Hit(match.node, match.kind, match.text, "".join(pieces), tuple(marks), match.score)


def spans(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Return where any of `words` stands in `text`, whatever its letter case."""
    wanted = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return tuple(found.span() for found in re.finditer(wanted, text, re.IGNORECASE))
