"""Marks of what has been retracted, and of reviews that pool a study whose paper has been: the badge of all pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.model import phrases
from kg.model.vocabulary import words_of
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model.nodes import Source
    from kg.store import Store

_ANY = "ASK { ?notice hc:sourceStatus hc:Retracted }"
_STEP = "SELECT ?start ?end WHERE {{ VALUES ?start {{ {nodes} }} {pattern} }}"
_SAME = "{ ?start hc:sameSourceAs ?end } UNION { ?end hc:sameSourceAs ?start }"
_NOTICE = """SELECT DISTINCT ?notice ?date ?reason WHERE {{
  VALUES ?notice {{ {nodes} }} ?notice hc:sourceStatus hc:Retracted .
  OPTIONAL {{ ?notice hc:retractionDate ?date }}
  OPTIONAL {{ ?notice hc:retractionReason ?reason }}
}} ORDER BY ?notice ?date ?reason"""
_ASKED = 500
"""Nodes for which a query is asked at once."""


class Retraction(NamedTuple):
    """Mark of a source or a study."""

    said: str
    """One of "retracted" and "pools a retracted study"."""
    details: str
    """Date and reasons, as far as stated: "May 2012, misconduct"."""

    def __str__(self) -> str:
        return f"{self.said} ({self.details})" if self.details else self.said


def retractions(store: Store, nodes: Iterable[IRI]) -> dict[IRI, Retraction]:
    """Return source or study -> its mark, for those of `nodes` that have one.

    A source is retracted by its own status or by that of a record of the same publication, a study by that of a paper
    that reports it; a review pools what it lists, and what the reviews list that it lists.
    """
    wanted = set(nodes)
    if not wanted or not store.ask(_ANY):
        return {}
    own = _through(store, {node: {node} for node in wanted}, "?end hc:reports ?start")
    studies = _through(store, {node: {node} for node in wanted}, "?start hc:reports ?end")
    pooled: dict[IRI, set[IRI]] = {node: set() for node in wanted}
    frontier = studies
    while any(frontier.values()):
        step = _through(store, frontier, "?start hc:includesStudy ?end", keep=False)
        frontier = {node: found - pooled[node] for node, found in step.items()}
        for node, found in frontier.items():
            pooled[node] |= found
    marks: dict[IRI, Retraction] = {}
    papers = _through(store, pooled, "?end hc:reports ?start")
    for said, reached in (("pools a retracted study", papers), ("retracted", own)):
        notices = _through(store, reached, _SAME)
        told = dict(_notices(store, {notice for each in notices.values() for notice in each}))
        for node, each in notices.items():
            if details := [told[notice] for notice in sorted(each, key=str) if notice in told]:
                marks[node] = Retraction(said, next(filter(None, details), ""))
    return marks


def marked(source: Source, marks: Mapping[IRI, Retraction]) -> Source:
    """Return a source with its mark as its status."""
    mark = marks.get(source.iri)
    return replace(source, status=mark.said, retraction=mark.details or None) if mark else source


def _through(store: Store, reached: Mapping[IRI, set[IRI]], pattern: str, *, keep: bool = True) -> dict[IRI, set[IRI]]:
    """Return node -> what `pattern` leads to from what it has reached; with `keep`, and that itself."""
    ends: defaultdict[IRI, set[IRI]] = defaultdict(set)
    for group in _groups({node for found in reached.values() for node in found}):
        for row in store.select(_STEP.format(nodes=group, pattern=pattern)):
            if isinstance(start := row["start"], IRI) and isinstance(end := row["end"], IRI):
                ends[start].add(end)
    return {
        node: (set(found) if keep else set()).union(*(ends[each] for each in found if each in ends))
        for node, found in reached.items()
    }


def _groups(nodes: set[IRI]) -> Iterator[str]:
    ordered = sorted(map(str, nodes))
    for start in range(0, len(ordered), _ASKED):
        yield " ".join(ordered[start : start + _ASKED])


def _notices(store: Store, nodes: set[IRI]) -> Iterator[tuple[IRI, str]]:
    """Yield the nodes that are retracted, with date and reasons."""
    told: defaultdict[IRI, dict[str, None]] = defaultdict(dict)
    for group in _groups(nodes):
        for row in store.select(_NOTICE.format(nodes=group)):
            if isinstance(notice := row["notice"], IRI):
                date, reason = row.get("date"), row.get("reason")
                words = [phrases.date(date.value)] if date else []
                words += [words_of(reason)] if isinstance(reason, IRI) else [reason.value] if reason else []
                told[notice] |= dict.fromkeys(words)
    for notice, each in told.items():
        yield notice, ", ".join(each)
