"""Quotes and the texts that they come from: where a quote stands, what is nearest to it, what nobody has quoted.

Positions are in code points, as those of a Web Annotation text position selector are (Web Annotation Data Model,
4.2.5).  A run of white space equals any other, since line breaks are the page's, not the author's; every other
character must be the same, typographic quotation marks too.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Span(NamedTuple):
    """A passage: text[start:end]."""

    start: int
    end: int


class Near(NamedTuple):
    """The passage that is most like a quote, and how like it is: 0 (not at all) to 100 (the same)."""

    span: Span
    similarity: float


class TextCoverage(NamedTuple):
    """How much of a text has been quoted."""

    sentences: int
    covered: int
    """Sentences of which at least one character is quoted."""
    gaps: tuple[Span, ...]
    """The sentences of which nothing is quoted, in order."""
    characters: float
    """The share of characters, white space aside, that is quoted: 0 to 1."""

    @property
    def share(self) -> float:
        """The share of sentences that is covered: 0 to 1; 1 for a text without any."""
        return self.covered / self.sentences if self.sentences else 1.0


def locate(text: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """Return every place where `exact` stands in `text`, right after `prefix` and right before `suffix`, in order."""
    if not exact.split():
        return ()
    pattern = _pattern(exact, prefix, suffix)
    found: dict[Span, None] = {}
    match = pattern.search(text)
    while match:
        found[Span(*match.span("exact"))] = None
        match = pattern.search(text, match.start() + 1)
    return tuple(found)


def closest(text: str, exact: str) -> Near | None:
    """Return the passage of `text`, in whole words, that is most like `exact`; None if either is empty."""
    from rapidfuzz import fuzz

    wanted = " ".join(exact.split())
    if not wanted or not text.strip():
        return None
    alignment = fuzz.partial_ratio_alignment(wanted, _blanked(text))
    if alignment is None:
        return None
    start, end = _whole_words(text, alignment.dest_start, alignment.dest_end)
    if not wanted[0].isalnum() and start > 0 and _is_mark(text[start - 1]):
        start -= 1
    if not wanted[-1].isalnum() and end < len(text) and _is_mark(text[end]):
        end += 1
    span = Span(start, end)
    return Near(span, fuzz.ratio(wanted, " ".join(text[span.start : span.end].split())))


def context(text: str, span: Span, width: int = 30) -> tuple[str, str]:
    """Return the words before and after a passage, about `width` characters each, on one line."""
    before = text[max(0, span.start - width) : span.start]
    after = text[span.end : span.end + width]
    if span.start > width:
        before = before.partition(" ")[2] or before
    if span.end + width < len(text):
        after = after.rpartition(" ")[0] or after
    return " ".join(before.split()), " ".join(after.split())


@lru_cache(maxsize=32)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of an English text in order; headings and the items of a list are sentences of their own.

    Every character that is not white space is in exactly one of them.  A full stop ends no sentence in a title or
    an initial ("Dr. D.C Cherkin", "e.g. pain") or inside a number; a line break ends one only before a blank line or
    an item of a list.
    """
    return tuple(sentence for block in _blocks(text) for sentence in _split(text, block))


def coverage(text: str, spans: Iterable[Span]) -> TextCoverage:
    """Return how much of `text` the passages `spans` cover."""
    quoted = bytearray(len(text))
    for start, end in spans:
        quoted[start:end] = b"\1" * len(quoted[start:end])
    for blank in re.finditer(r"\s", text):
        quoted[blank.start()] = 0
    parts = sentences(text)
    gaps = tuple(span for span in parts if not any(quoted[span.start : span.end]))
    characters = sum(not character.isspace() for character in text)
    return TextCoverage(len(parts), len(parts) - len(gaps), gaps, sum(quoted) / characters if characters else 1.0)


def _pattern(exact: str, prefix: str, suffix: str) -> re.Pattern[str]:
    before, middle, after = (r"\s+".join(map(re.escape, part.split())) for part in (prefix, exact, suffix))
    before = before + r"\s*" if before else ""
    after = r"(?=\s*" + after + ")" if after else ""
    return re.compile(f"{before}(?P<exact>{middle}){after}")


def _blanked(text: str) -> str:
    """Return `text` with each white space character a space, so that positions stay what they are."""
    return re.sub(r"\s", " ", text)


def _is_mark(character: str) -> bool:
    return not (character.isalnum() or character.isspace())


def _whole_words(text: str, start: int, end: int) -> Span:
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return _trimmed(text, start, end)


_BLOCK_END = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[•‣◦·*\u2013\u2014-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s)")
_ITEM = re.compile(r"\s*(?:[•‣◦·*\u2013\u2014-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+")
_STOP = re.compile(r"[.!?…]+[\"'”\u2019»)\]]*(?=\s)")
_BEGINNING = re.compile(r"\s+[\"'“\u2018«(\[]*[^\Wa-z_]")
_NO_END = re.compile(
    r"(?:^|[\s(\[“\u2018\"'])(?:(?:Drs?|Mrs?|Ms|Prof|St|Rev|Hon|Gov|Gen|Col|Capt|Sgt|Lt|Jr|Sr|vs|viz|cf|ca|approx|Fig|Figs"
    r"|Eq|Vol|vol|pp|p|Ed|Eds|ed|eds|Dept|Univ|Assoc|e\.g|i\.e|et al|a\.m|p\.m)|(?:[A-Z]\.)*[A-Z])\.$"
)
_NUMBERED = re.compile(r"(?:^|\s)[Nn]os?\.$")


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for end in _BLOCK_END.finditer(text):
        yield Span(start, end.start())
        start = end.end()
    yield Span(start, len(text))


def _split(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    item = _ITEM.match(text, block.start, block.end)
    for stop in _STOP.finditer(text, item.end() if item else block.start, block.end):
        if _ends(text, start, stop, block.end):
            yield _trimmed(text, start, stop.end())
            start = stop.end()
    if text[start : block.end].strip():
        yield _trimmed(text, start, block.end)


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    if not text[stop.end() : end].strip():
        return False
    if stop[0] == ".":
        said = text[max(start, stop.end() - 12) : stop.end()]
        if _NO_END.search(said) or (_NUMBERED.search(said) and text[stop.end() :].lstrip()[:1].isdigit()):
            return False
    return bool(_BEGINNING.match(text, stop.end(), end))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
