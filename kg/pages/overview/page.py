"""The page of a dataset that is too large for a picture of boxes: all claims at once, by topic, each to be unfolded.

The whole dataset is in the page as columns of numbers and texts; the browser draws what is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import phrases
from kg.pages.base.assessed import STATES
from kg.pages.base.html import asset, page
from kg.pages.base.palette import LOOKS, SAYING, TALLIED
from kg.pages.overview.dataset_columns import KINDS, SHARES, DatasetColumns, TopicBlock
from kg.pages.overview.treemap import CELL, TALL, WIDE, blocks

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ROWS = 2000
"""Claims beyond which the table is one of topics."""
_MOST_TOPICS = 40
"""Topics named beside the picture."""


def overview_page(found: DatasetColumns, of: int = 0) -> str:
    """Return the HTML of an overview, of claims chosen from `of` if these are more: one file, offline."""
    listed = len(found.claims["text"]) <= MOST_ROWS
    group = _group(found)
    ranked = sorted(found.topics, key=lambda topic: (-sum(_sums(found, topic)), topic.first))
    return page(
        "overview/page.html",
        title="The claims, and what answers them",
        styles=(asset("graph/page.css"), asset("overview/page.css")),
        scripts=(asset("overview/page.js"),),
        page_class="graph-page",
        description="Who says what, on what evidence, and what answers it: all claims together, to search and unfold.",
        group=group,
        summary=_summary(found, of),
        key=[(LOOKS[share], TALLIED[share]) for share in SHARES],
        topics=[(topic, f"{topic.size:,}", _tally(_sums(found, topic))) for topic in ranked[:_MOST_TOPICS]],
        columns=[TALLIED[share] for share in SHARES],
        rows=list(_rows(found)) if listed else [],
        sums=[] if listed else [(topic, f"{topic.size:,}", _sums(found, topic)) for topic in found.topics],
        omitted=""
        if listed
        else f"The table sums up {group}s; choose one above for its claims, or ask kg query for all in any form.",
        data=_data(found),
    )


def _summary(found: DatasetColumns, of: int) -> str:
    number = len(found.claims["text"])
    omitted = f"The most disputed of {of:,} claims: " if of > number else ""
    counted = (
        (number, "claim"),
        (sum(topic.is_stated for topic in found.topics), "topic"),
        (sum(not topic.is_stated for topic in found.topics), "first word"),
        (len(found.lines["kind"]), "argument"),
        (len(found.said["claim"]), "statement"),
    )
    return omitted + phrases.sentence_list([f"{many:,} {word}{'s' * (many != 1)}" for many, word in counted if many])


def _group(found: DatasetColumns) -> str:
    """Return what the claims are put together by: a "topic", and where the data state none, a "first word"."""
    is_by_word = found.topics and not any(topic.is_stated for topic in found.topics)
    return "first word" if is_by_word else "topic"


def _sums(found: DatasetColumns, topic: TopicBlock) -> list[int]:
    part = slice(topic.first, topic.first + topic.size)
    return [sum(found.claims[share][part]) for share in SHARES]


def _tally(numbers: Iterable[int]) -> list[tuple[Any, str, int]]:
    counted = zip(SHARES, numbers, strict=True)
    return [(LOOKS[share], TALLIED[share], number) for share, number in counted if number]


def _rows(found: DatasetColumns) -> Iterable[dict[str, Any]]:
    """Yield a row of the table for each claim: its topic, its numbers, and what bears on it."""
    bearing: dict[int, list[tuple[Any, str]]] = {}
    lines = found.lines
    for at, (kind, does, to) in enumerate(zip(lines["kind"], lines["does"], lines["to"], strict=True)):
        look = LOOKS[KINDS[kind]]._replace(inverse=LOOKS[KINDS[does]].inverse)
        bearing.setdefault(to, []).append((look, _premise(found, at)))
    for topic in found.topics:
        for at in range(topic.first, topic.first + topic.size):
            yield {
                "key": found.claims["key"][at],
                "text": found.claims["text"][at],
                "topic": topic.name,
                "numbers": [found.claims[share][at] for share in SHARES],
                "lines": bearing.get(at, []),
            }


def _premise(found: DatasetColumns, line: int) -> str:
    """Return what a line puts forward: a claim, a thing, or what somebody says of a claim without affirming it."""
    by, thing, voice = (found.lines[name][line] for name in ("by", "thing", "voice"))
    if by >= 0:
        return str(found.claims["text"][by])
    if voice >= 0:
        verb = LOOKS[SAYING[found.said["stance"][voice]]].word
        return f"{verb}: {found.claims['text'][found.said['claim'][voice]]}"
    return found.names[thing] if thing >= 0 else ""


def _data(found: DatasetColumns) -> dict[str, Any]:
    """Return what the scripts work on; every text in it is data, none is HTML."""
    sizes, names = [topic.size for topic in found.topics], [topic.name for topic in found.topics]
    return {
        "topics": found.topics,
        "claims": found.claims,
        "said": found.said,
        "lines": found.lines,
        "names": found.names,
        "addresses": found.addresses,
        "states": found.states,
        "stateWords": STATES,
        "sentences": found.sentences,
        "places": [blocks(sizes, names, aspect)._asdict() for aspect in (WIDE, TALL)],
        "cell": CELL,
        "shares": SHARES,
        "stances": SAYING,
        "kinds": KINDS,
        "looks": {kind: look._asdict() for kind, look in LOOKS.items()},
        "tallied": TALLIED,
    }
