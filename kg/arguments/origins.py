"""Origins of the evidence behind claims: studies, papers, dates, speakers; and what has become of them since."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kg.model.dispute import SECOND_HAND, UNPUBLISHED
from kg.model.graph import reached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.arguments.policy import Policy
    from kg.model.graph import Tables

S = TypeVar("S", bound="Origins")
T = TypeVar("T")

RETRACTED, SUPERSEDED = "retracted", "superseded"
CAVEATS = {"PartiallyRetracted": "partially retracted", "WithdrawnByAnAuthor": "withdrawn by an author"}
"""Status of a source that has not been retracted, and carries what it carried -> the mark of what rests on it."""
REVIEWS = frozenset({"SystematicReview", "UmbrellaReview"})
"""Designs and genres of reviews."""
TRIAL = "RandomisedTrial"
HARM, EFFICACY, METHODOLOGICAL = "Harm", "Efficacy", "Methodological"
_REFEREED = {"JournalArticle", "SystematicReview", "ReviewArticle", "ClinicalTrialReport"}
_UMBRELLA = "UmbrellaBody"
"""Kind of agent whose parts speak each for themselves: a state, a university, a federation."""


def up_to(date: str, end: str) -> bool:
    """Return True if `date` is not after `end`, as far as both are stated."""
    length = min(len(date), len(end))
    return date[:length] <= end[:length]


def once(method: Callable[[S, str], T]) -> Callable[[S, str], T]:
    """Return a method of one node that finds its answer once."""

    @wraps(method)
    def found(self: S, node: str) -> T:
        kept = self.kept[method.__name__]
        if node not in kept:
            kept[node] = method(self, node)
        return cast("T", kept[node])

    return found


class Origins:
    """Origins of what is said in a store, each found once."""

    def __init__(self, tables: Tables, policy: Policy, retracted: frozenset[str] = frozenset()) -> None:
        self.tables = tables
        self.policy = policy
        marked = tables.table("sourceStatus").items()
        gone = retracted | {source for source, status in marked if "Retracted" in status}
        self._retracted = gone.union(*map(self._same, gone))
        self.kept: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        """Answers of methods, by the name of the method and the node."""

    # --------------------------------------------------------------------------------------- what a premise rests on
    def sources(self, premise: str) -> list[str]:
        """Return the sources of an assertion."""
        return self.tables.all(premise, "source")

    def traces(self, premise: str) -> list[str]:
        """Return what a premise is traced to; of a figure, the studies and assertions that hold it."""
        return self.tables.all(premise, "tracedTo") or self.tables.inverse("finding").get(premise, [])

    @once
    def origins(self, premise: str) -> tuple[str, ...]:
        """Return the studies that a premise is directly from, or else the sources."""
        tables, found = self.tables, list[str]()
        for node in self.traces(premise):
            if node in tables.table("asserts") and premise not in tables.table("asserts"):
                found += self.origins(node)  # a figure that an assertion states
            else:
                found += self.studies(node) or [node]
        return tuple(dict.fromkeys(found or self.sources(premise) or [premise]))

    def studies(self, source: str) -> list[str]:
        """Return the studies that a source reports, at first hand or second."""
        return self.tables.all(source, "reports") + self.tables.all(source, "reportsOn")

    def papers(self, study: str) -> list[str]:
        """Return the sources that publish a study: what the press says of it upholds no retracted one."""
        tables = self.tables
        found = tables.inverse("reports").get(study, ())
        return [paper for paper in found if not SECOND_HAND & set(tables.all(paper, "genre"))]

    def traced(self, premise: str) -> list[str]:
        """Return those traces of a premise that are a study, or a source that publishes or reports one."""
        return [node for node in self.tables.all(premise, "tracedTo") if self._is_study(node)]

    def _is_study(self, node: str) -> bool:
        if self.studies(node) or "Source" not in self.tables.all(node, "class"):
            return True
        return not UNPUBLISHED.intersection(self.tables.all(node, "genre"))

    def told(self, premise: str) -> list[str]:
        """Return what the sources of an assertion tell of, where it is traced to no study.

        These are studies at second hand, and publications whose identifier is in an address or a title, with their
        other versions: who comments on a review has looked at no evidence of their own.
        """
        tables, sources = self.tables, [*self.sources(premise), *self.tables.all(premise, "tracedTo")]
        named = [each for name in ("reportsOn", "mentions") for source in sources for each in tables.all(source, name)]
        return sorted(reached(named, self._versions)) if named and not self.traced(premise) else []

    def _versions(self, source: str) -> list[str]:
        """Return the versions before and after a source, and its other records."""
        return [*self.tables.all(source, "supersedes"), *self.successors.get(source, ()), *sorted(self._same(source))]

    def rests(self, premise: str) -> frozenset[str]:
        """Return the studies and sources that a premise directly rests on."""
        return frozenset({*self.origins(premise), *self.sources(premise), *self.tables.all(premise, "tracedTo")})

    @once
    def reach(self, node: str) -> frozenset[str]:
        """Return the studies that a study, or a source, derives from: itself, and those that a review includes."""
        same = reached([node], lambda one: self.tables.all(one, "sameSourceAs"))
        start = [study for each in same for study in self.studies(each) or [each]]
        return frozenset(reached(start, self._inside))

    def _inside(self, study: str) -> list[str]:
        tables = self.tables
        older = reached((study, *self.papers(study)), lambda paper: tables.all(paper, "supersedes"))
        before = [each for paper in older for one in self.studies(paper) for each in tables.all(one, "includesStudy")]
        return tables.all(study, "includesStudy") + tables.all(study, "sameStudyAs") + before + self._twins(study)

    def _twins(self, study: str) -> list[str]:
        """Return what other records of the paper of a study call it, where each of them reports one study alone."""
        papers = [paper for paper in self.papers(study) if self.tables.all(paper, "reports") == [study]]
        others = [self.tables.all(same, "reports") for paper in papers for same in sorted(self._same(paper))]
        return [reported[0] for reported in others if len(reported) == 1]

    @once
    def date(self, premise: str) -> str:
        """Return when the evidence of a premise was first published; nothing where that is not known."""
        studies = min(filter(None, map(self.published, self.origins(premise))), default="")
        said = (self.dated(node) for node in (*self.sources(premise), premise))
        return studies or next(filter(None, said), "")

    @once
    def published(self, study: str) -> str:
        """Return when a study, or a source, was first published."""
        papers = self.papers(study) or self.tables.inverse("reportsOn").get(study, [])
        return min(filter(None, map(self.dated, [study, *papers])), default="")

    def until(self, review: str) -> str:
        """Return until when a review searched, or else when it was published."""
        return self.tables.one(review, "searchedUntil") or self.published(review)

    def dated(self, node: str) -> str:
        """Return the date that is stated of a source or an assertion."""
        return self.tables.one(node, "date") or ""

    def designs(self, node: str) -> list[str]:
        """Return the designs of a study, or of those that a source reports."""
        return [kind for study in (node, *self.studies(node)) for kind in self.tables.all(study, "design")]

    def number(self, node: str, name: str) -> float | None:
        """Return a number that is stated of a node."""
        try:
            return float(self.tables.one(node, name) or "")
        except ValueError:
            return None

    def people(self, study: str) -> float | None:
        """Return how many took part in a study: as stated, or the sum of its arms."""
        arms = [self.number(arm, "n") for arm in self.tables.all(study, "arm")]
        whole = sum(arm for arm in arms if arm is not None) if arms and None not in arms else None
        stated = self.number(study, "participants")
        return whole if stated is None else stated

    def is_preprint(self, premise: str) -> bool:
        """Return True if nothing that publishes a premise has been through peer review."""
        sources = self.sources(premise) or [paper for study in self.origins(premise) for paper in self.papers(study)]
        return bool(sources) and all(self._is_preprint(source) for source in sources)

    def _is_preprint(self, source: str) -> bool:
        tables = self.tables
        same = tables.all(source, "sameSourceAs")
        unreviewed = "Preprint" in (*tables.all(source, "sourceStatus"), *tables.all(source, "genre"))
        return unreviewed and not any(_REFEREED.intersection(tables.all(each, "genre")) for each in same)

    def is_refereed(self, premise: str) -> bool:
        """Return True if a source of the premise has been through peer review."""
        genres = {genre for source in self.sources(premise) for genre in self.tables.all(source, "genre")}
        return bool(genres & _REFEREED) and not self.is_preprint(premise)

    @cached_property
    def has_reanalyses(self) -> bool:
        """True if a study of the store reanalyses another."""
        return bool(self.tables.table("reanalysisOf")) or "ForensicReanalysis" in self.tables.inverse("evidenceKind")

    def is_reanalysis(self, premises: Iterable[str], rests: frozenset[str]) -> bool:
        """Return True if premises are from a reanalysis of a study of `rests`."""
        if not self.has_reanalyses:
            return False
        tables = self.tables
        studies = {study for premise in premises for study in self.origins(premise)}
        redone = {other for study in studies for other in tables.all(study, "reanalysisOf")}
        redone |= {other for study in redone for other in tables.all(study, "sameStudyAs")}
        kinds = {kind for premise in premises for kind in tables.all(premise, "evidenceKind")}
        return bool(redone & rests) or "ForensicReanalysis" in kinds

    def speaker(self, premise: str) -> str:
        """Return who speaks a premise: the voice of its agent, or else what it is from."""
        agent = self.tables.one(premise, "agent")
        return self.voice(agent) if agent else min(self.origins(premise))

    def voice(self, agent: str) -> str:
        """Return who speaks when `agent` does: the outermost organisation that it is in, below an umbrella body."""
        found, seen = agent, {agent}
        while parents := [each for each in self.tables.all(found, "isPartOf") if each not in seen]:
            if _UMBRELLA in self.tables.all(parents[0], "agentKind"):
                break
            found = parents[0]
            seen.add(found)
        return found

    # ------------------------------------------------------------------------------------- retraction and succession
    def excluded_because(self, nodes: Iterable[str]) -> str:
        """Return `RETRACTED` or `SUPERSEDED` if one of `nodes` is, so that lines on it carry nothing; else nothing."""
        return next(filter(None, map(self._gone, nodes)), "")

    @once
    def fate(self, premise: str) -> str:
        """Return why lines on a premise carry nothing: for a source or trace of it, or all that it goes back to."""
        origins = {self._gone(node) for node in self.origins(premise)} if self.traces(premise) else set[str]()
        nodes = [*self.sources(premise), *self.traces(premise)]
        return self.excluded_because(nodes) or (origins.pop() if len(origins) == 1 else "")

    @once
    def _gone(self, node: str) -> str:
        papers = self._final(node)
        for status, marked in ((RETRACTED, self._retracted), (SUPERSEDED, self.successors)):
            if node in marked or (papers and all(paper in marked for paper in papers)):
                return status
        return ""

    def _final(self, node: str) -> list[str]:
        """Return the sources that publish a study, or that of a preprint: preprints only where there is no paper."""
        tables = self.tables
        studies = tables.all(node, "reports") if self._is_preprint(node) else [node]
        papers = [paper for study in studies for paper in self.papers(study)]
        if all(map(self._is_preprint, papers)):
            same = reached(studies, self._same_studies)
            papers += [paper for study in sorted(same.difference(studies)) for paper in self.papers(study)]
        return [paper for paper in papers if not self._is_lesser(paper)] or papers

    def _is_lesser(self, source: str) -> bool:
        """Return True if a source publishes a study only until there is a paper, such as a preprint or a blog post."""
        return self._is_preprint(source) or not UNPUBLISHED.isdisjoint(self.tables.all(source, "genre"))

    def _same_studies(self, study: str) -> list[str]:
        """Return the other records of a study."""
        return [*self.tables.all(study, "sameStudyAs"), *self.tables.inverse("sameStudyAs").get(study, ())]

    def update(self, nodes: Iterable[str]) -> tuple[str, str]:
        """Return the date and the IRI of the newest source that supersedes one of `nodes`, or what publishes one."""
        papers = {paper for node in nodes for paper in (node, *self.papers(node))}
        newer = {update for paper in papers for update in self.successors.get(paper, ())}
        return max(((self.dated(update), update) for update in newer), default=("", ""))

    @cached_property
    def successors(self) -> dict[str, list[str]]:
        """Index: source, or another record of it -> those that supersede it."""
        found = dict(self.tables.inverse("supersedes"))
        for old, newer in list(found.items()):
            for same in self._same(old):
                found[same] = sorted({*found.get(same, ()), *newer})
        return found

    def _same(self, source: str) -> set[str]:
        """Return the other records of a source."""
        tables = self.tables
        inverse = tables.inverse("sameSourceAs")
        return reached([source], lambda one: [*tables.all(one, "sameSourceAs"), *inverse.get(one, ())]) - {source}

    def caveats(self, nodes: Iterable[str]) -> list[str]:
        """Return those of the values of `CAVEATS` that hold of sources, or of what publishes studies, among `nodes`."""
        papers = {paper for node in nodes for paper in (node, *self.papers(node))}
        papers = papers.union(*map(self._same, papers))
        statuses = {status for paper in papers for status in self.tables.all(paper, "sourceStatus")}
        return [CAVEATS[status] for status in CAVEATS if status in statuses]

    def is_retracted(self, study: str) -> bool:
        """Return True if a study is retracted, or all that publishes it."""
        return self.excluded_because([study]) == RETRACTED

    @once
    def is_current(self, review: str) -> bool:
        """Return True if a study is neither retracted nor superseded."""
        return not self.excluded_because([review])

    def claims_of(self, source: str) -> set[str]:
        """Return the claims that a source says something of, or is held to bear on."""
        tables = self.tables
        said = tables.inverse("source").get(source, ())
        uses = {use for assertion in said for use in tables.inverse("premise").get(assertion, ())}
        return {x for each in said for x in tables.all(each, "asserts")} | {
            x for use in uses for x in tables.all(use, "target")
        }

    def speaks(self, source: str, claim: str) -> bool:
        """Return True if a source says something of a claim, or of another harm from the same intervention."""
        tables = self.tables
        topics = {*tables.all(claim, "intervention"), *tables.all(claim, "about")}
        found = self.claims_of(source)
        near = (x for x in found if topics.intersection(tables.all(x, "intervention") or tables.all(x, "about")))
        return claim in found or any(self.kind(other) == self.kind(claim) for other in near)

    def kind(self, claim: str) -> str:
        """Return the kind of a claim: "Efficacy"."""
        return self.tables.one(claim, "kind") or ""

    @cached_property
    def claims(self) -> frozenset[str]:
        """The claims of the store."""
        return frozenset(self.tables.claims)
