"""Options of each page: one frozen dataclass a page, read by `kg.pages.view` and by the options of `kg view`.

A field's `metadata` has the option's documentation ("help") and what the command line calls its value ("metavar").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def _option(default: Any, help: str, metavar: str | None = None, **more: object) -> Any:
    return field(default=default, metadata={"help": help, "metavar": metavar, **more})


@dataclass(frozen=True, repr=False, eq=False, match_args=False)
class ClaimPageOptions:
    """Options of a claim's page."""

    full: bool = _option(False, "all notes and figures of a large dispute.")


@dataclass(frozen=True, repr=False, eq=False, match_args=False, kw_only=True)
class ChoiceOptions:
    """Options of every page of many claims: which of them, the most disputed first."""

    topic: str | None = _option(None, "only claims about this topic and narrower ones.", "ID")
    limit: int = _option(1000, "at most so many claims, the most disputed.  [default: 1000]", "N", between=(1, None))


@dataclass(frozen=True, repr=False, eq=False, match_args=False)
class GraphOptions(ChoiceOptions):
    """Options of the graph: what is near a node, or what a query constructs; not both.  Without either, everything."""

    around: str | None = _option(None, "only what is near this node.", "ID")
    hops: int = _option(1, "with --around, how near.  [default: 1]", between=(1, 10))
    query: str | None = _option(None, "what this CONSTRUCT gives.", "TEXT|FILE.rq|-")


@dataclass(frozen=True, repr=False, eq=False, match_args=False)
class MatrixOptions(ChoiceOptions):
    """Options of the matrix: two of outcome, intervention, comparator, population, topic, kind, claim, source, speaker.

    Usually there are more outcomes than interventions, and pages are upright.
    """

    rows: str = _option("outcome", "what the rows are.  [default: outcome]", "WHAT")
    columns: str = _option("intervention", "what the columns are.  [default: intervention]", "WHAT")


@dataclass(frozen=True, repr=False, eq=False, match_args=False)
class AnnotatedOptions:
    """Options of the reading view."""

    source: str | None = _option(None, "the source to read, where several have a text.", "ID")


@dataclass(frozen=True, repr=False, eq=False, match_args=False)
class TimelineOptions(ChoiceOptions):
    """Options of the timeline: those of every page of many claims."""


@dataclass(frozen=True, repr=False, eq=False, match_args=False)
class TableOptions(ChoiceOptions):
    """Options of the table: those of every page of many claims."""


PageOptions = ClaimPageOptions | GraphOptions | MatrixOptions | AnnotatedOptions | TimelineOptions | TableOptions
