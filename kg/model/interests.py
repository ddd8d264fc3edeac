"""Interests behind a premise: of its speakers in the matter, and of anybody in the evidence that it rests on.

One rule for standings, pages and the terminal.  Who funded a study has an interest in it whoever cites it, so that
everything that rests on the study is flagged: what cites it, what cites a paper on it, and a review that includes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.graph import reached

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.graph import Tables

SECOND_HAND = {"NewspaperArticle", "WebPage", "PressRelease", "ExperimentalProtocol", "PositionPaper"}
"""Kinds of sources that report on a study without publishing its results."""


def interests_behind(tables: Tables, premise: str, targets: Iterable[str]) -> set[str]:
    """Return the interests (their IRIs) behind `premise`, which bears on `targets` and on what it asserts."""
    in_what = tables.inverse("interestIn")
    if not in_what:
        return set()
    found = {interest for node in evidence(tables, premise) & in_what.keys() for interest in in_what[node]}
    speakers = reached(tables.all(premise, "agent"), lambda agent: tables.all(agent, "isPartOf"))
    own = {interest for speaker in speakers for interest in tables.inverse("interestOf").get(speaker, ())}
    if own:
        claims = {*targets, *tables.all(premise, "asserts")}
        subjects = claims.union(*map(tables.topics, claims))
        found |= {interest for interest in own if subjects.intersection(tables.all(interest, "interestIn"))}
    return found


def evidence(tables: Tables, premise: str) -> set[str]:
    """Return the sources and studies that a premise rests on: itself if it is one, with all that a review includes."""
    origins = tables.all(premise, "tracedTo") or tables.inverse("finding").get(premise) or [premise]
    sources = {*origins, *tables.all(premise, "source")}
    sources = reached(sources, lambda node: tables.all(node, "sameSourceAs"))
    studies = {study for node in sources for study in tables.all(node, "reports")} | set(origins)
    papers = {paper for study in studies for paper in tables.inverse("reports").get(study, ())}
    first_hand = {paper for paper in papers if not SECOND_HAND & set(tables.all(paper, "genre"))}
    included = reached(studies, lambda one: tables.all(one, "includesStudy") + tables.all(one, "sameStudyAs"))
    return sources | first_hand | included
