"""Facts about the evidence behind claims, as the rules of a standing ask for them: reviews, ratings, sides.

A *review* is one by its design or its genre.  It *lists* the studies that it includes, and those that the version which
it updates included.  A *rating* is the certainty that a review states for a claim; a review with one is an appraisal.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.origins import REVIEWS, Origins, once, up_to
from kg.model.dispute import SECOND_HAND, group_of_argument, stance_of
from kg.model.vocabulary import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDARY = {"Guideline", "ClinicalGuideline", "PositionPaper", "PolicyDocument"}
"""Kinds of evidence and genres of what rests on reviews: even later, they bring nothing that these have not seen."""
LEVELS = {"VeryLow": "very low", "Low": "low", "Moderate": "moderate", "High": "high"}
"""GRADE's four, from the lowest."""


class Rating(NamedTuple):
    """Certainty of the evidence on a claim, as one review states it."""

    review: str
    """The review (a study, or a source without one) that rates."""
    levels: tuple[str, ...]
    """One of GRADE's words, or several for a range, the lowest first."""
    date: str
    until: str
    """Until when the review searched, or else its date."""
    by: str
    """The assertion that states it."""
    reasons: tuple[str, ...]
    broader: bool = False
    """True if it is that of a broader claim, to which this one is put forward."""
    withheld: bool = False
    """True if the review pools a study that has since been retracted: it binds, and is not shown as a rating."""

    @property
    def year(self) -> str:
        """Year of the rating, or nothing."""
        return self.date[:4]


class Facts(Origins):
    """Facts about the nodes of a store, each found once."""

    # ------------------------------------------------------------------------------------------------------- reviews
    @once
    def is_review(self, node: str) -> bool:
        """Return True if a study, or a source, is a review by its design or genre."""
        genres = self.tables.all(node, "genre")
        return bool(REVIEWS.intersection([*self.designs(node), *genres]))

    @once
    def reviews(self, premise: str) -> list[str]:
        """Return the reviews that a premise is directly from; of one of unknown design, the premise says that it is."""
        said = bool(REVIEWS.intersection(self.tables.all(premise, "evidenceKind")))
        return [x for x in self.origins(premise) if self.is_review(x) or (said and not self.designs(x))]

    @once
    def pooled(self, review: str) -> frozenset[str]:
        """Return the studies, reviews left out, that a review puts together."""
        left_out = self._left_out(review)
        return frozenset(x for x in self.reach(review) - {review} if not self.is_review(x) and x not in left_out)

    @once
    def listed(self, review: str) -> frozenset[str]:
        """Return the studies that a review, or what it updates, includes or excludes."""
        return self.reach(review) | self._left_out(review)

    @once
    def _left_out(self, review: str) -> set[str]:
        return {x for node in (review, *self.papers(review)) for x in self.tables.all(node, "excludesStudy")}

    def size(self, review: str) -> int:
        """Return how many studies a review has: as stated, or as listed."""
        return int(self.number(review, "numberOfStudies") or len(self.pooled(review)))

    def is_open(self, review: str) -> bool:
        """Return True for a review that may rest on more studies than are listed."""
        return len(self.pooled(review)) < max(self.size(review), 1)

    @once
    def lost(self, review: str) -> float:
        """Return the share of a review's participants (or studies) that are in studies since retracted."""
        pooled = self.pooled(review)
        gone = [study for study in pooled if self.is_retracted(study)]
        if not gone:
            return 0.0
        counts, whole = [self.people(study) for study in gone], self.people(review)
        people = [count for count in counts if count is not None]
        if whole and len(people) == len(gone):
            return min(1.0, sum(people) / whole)
        return len(gone) / max(self.size(review), len(pooled))

    def is_without(self, premise: str) -> bool:
        """Return True if a premise is a result from which the retracted studies of its review are left out."""
        tables, gone = self.tables, set[str]()
        for finding in (premise, *tables.all(premise, "finding")):
            gone |= {study for node in tables.all(finding, "without") for study in self.studies(node) or [node]}
        pooled = [study for review in self.reviews(premise) for study in self.pooled(review)]
        return bool(gone) and all(study in gone for study in pooled if self.is_retracted(study))

    # ------------------------------------------------------------------------------------------------------- ratings
    def _rated(self) -> Iterator[tuple[str, Rating, bool]]:
        """Yield claim, rating, and whether it binds: a rating that only limits the claim is shown and does not."""
        tables = self.tables
        for assertion, codes in tables.table("certainty").items():
            levels = tuple(LEVELS[code] for code in LEVELS if code in codes)
            targets = dict.fromkeys(tables.all(assertion, "asserts"), True)
            for argument in tables.inverse("premise").get(assertion, ()):
                binds = group_of_argument(tables, argument) is not Group.LIMIT
                targets |= {target: binds or targets.get(target, False) for target in tables.all(argument, "target")}
            raters = tables.all(assertion, "certaintyBy")
            rated_by = [x for rater in raters for x in self.studies(rater) or [rater] if self.is_review(x)]
            reviews = rated_by if raters else self.reviews(assertion)
            for review in reviews if levels and self.is_rating(assertion) else ():
                date = self.published(review) or self.date(assertion)
                reasons = tuple(tables.all(assertion, "certaintyReason"))
                withheld = self.lost(review) > 0 and not self.is_without(assertion)
                until = self.until(review) or date
                stated = Rating(review, levels, date, until, assertion, reasons, withheld=withheld)
                yield from ((target, stated, binds) for target, binds in targets.items())

    def is_rating(self, assertion: str) -> bool:
        """Return True if the certainty of an assertion is its study's own word, and not what the press makes of it."""
        tables = self.tables
        told = tables.all(assertion, "certaintyBy") or not self._is_echo(assertion)
        return bool(tables.all(assertion, "certainty") and told)

    @cached_property
    def _ratings(self) -> dict[str, list[tuple[Rating, bool]]]:
        found: defaultdict[str, list[tuple[Rating, bool]]] = defaultdict(list)
        for claim, rating, binds in self._rated():
            found[claim].append((rating, binds))
        return dict(found)

    def share(self, rating: Rating) -> float:
        """Return the share for a rating: of a range the lower end, and the lowest of all after a loss of a tenth."""
        share = self.policy.share(rating.levels[0])
        if rating.withheld and self.lost(rating.review) >= self.policy.figures.very_low_from:
            return min(share, self.policy.share("very low"))
        return share

    @once
    def ratings(self, claim: str) -> list[Rating]:
        """Return the ratings of the evidence on a claim by current reviews, one each, the latest first."""
        return self._chosen(claim, binding=False)

    def ratings_shown(self, claim: str, kept: frozenset[str] = frozenset()) -> list[Rating]:
        """Return the ratings of the evidence on a claim, then those on the claims for which it is put forward.

        The reviews `kept` are superseded, by what says nothing of the claim, so that their ratings of it are the last.
        """
        found = self._chosen(claim, binding=False, kept=kept) if kept else self.ratings(claim)
        known = {rating.review for rating in found}
        for other in self._broader(claim):
            for rating in self.ratings(other):
                if rating.review not in known:
                    known.add(rating.review)
                    found = [*found, rating._replace(broader=True)]
        return found

    def _broader(self, claim: str) -> list[str]:
        """Return the claims that assertions of this one are held to support."""
        tables, found = self.tables, dict[str, None]()
        for assertion in tables.inverse("asserts").get(claim, ()):
            for use in tables.inverse("premise").get(assertion, ()):
                if group_of_argument(tables, use) is Group.FOR:
                    found |= {x: None for x in tables.all(use, "target") if x in self.claims and x != claim}
        return sorted(found)

    @once
    def appraisals(self, claim: str) -> list[Rating]:
        """Return those of the ratings that bind lines."""
        return self._chosen(claim, binding=True)

    def _chosen(self, claim: str, binding: bool, kept: frozenset[str] = frozenset()) -> list[Rating]:
        """Return a rating for each review: the lowest for the claim's outcome, or else of all, with their range."""
        outcomes = set(self.tables.all(claim, "outcome"))
        found: defaultdict[str, list[tuple[bool, bool, float, Rating]]] = defaultdict(list)
        for rating, binds in self._ratings.get(claim, ()):
            if (binds or not binding) and (rating.review in kept or self.is_current(rating.review)):
                its = {x for other in self.tables.all(rating.by, "asserts") for x in self.tables.all(other, "outcome")}
                found[rating.review].append((rating.withheld, not its & outcomes, self.share(rating), rating))
        chosen = []
        for of in found.values():
            *kind, _, lowest = min(of)
            levels = {level for *its, _, rating in of if its == kind for level in rating.levels}
            chosen.append(lowest._replace(levels=tuple(word for word in LEVELS.values() if word in levels)))
        return sorted(chosen, key=lambda x: (x.date, x.review), reverse=True)

    def has_seen(self, rating: Rating, premise: str) -> bool:
        """Return True if a review has seen a line: its study is listed, or it is not later, undated, or secondary."""
        origins, date = self.origins(premise), self.date(premise)
        if rating.review in origins or self.listed(rating.review).intersection(origins):
            return True
        return not date or (bool(rating.until) and up_to(date, rating.until)) or self._is_secondary(premise)

    def _is_secondary(self, premise: str) -> bool:
        kinds = {*self.tables.all(premise, "evidenceKind")}
        for node in (*self.sources(premise), *self.origins(premise)):
            kinds |= {*self.tables.all(node, "genre"), *self.designs(node)}
        return bool(kinds & _SECONDARY)

    def binding(self, claim: str, premise: str) -> Rating | None:
        """Return the latest rating of a claim by a review that has seen a premise; of one year, the lowest."""
        best: Rating | None = None
        for rating in self.appraisals(claim):
            if best and rating.year != best.year:
                break
            lower = best is None or self.share(rating) < self.share(best)
            best = rating if lower and self.has_seen(rating, premise) else best
        return best

    @cached_property
    def certain(self) -> dict[tuple[str, str], float]:
        """Index (study, claim) -> the lowest share for the certainty that the study itself states of it."""
        found: dict[tuple[str, str], float] = {}
        for assertion, words in self.tables.table("certainty").items():
            share = min(map(self.policy.share, words))
            for key in self._at_first_hand(assertion):
                found[key] = min(share, found.get(key, 1.0))
        return found

    @cached_property
    def hedging(self) -> set[tuple[str, str]]:
        """Pairs (study, claim) of which the study itself speaks with a hedge."""
        return {key for assertion in self.tables.table("hedged") for key in self._at_first_hand(assertion)}

    def _at_first_hand(self, assertion: str) -> Iterator[tuple[str, str]]:
        for origin in () if self._is_echo(assertion) else self.origins(assertion):
            yield from ((origin, claim) for claim in self.tables.all(assertion, "asserts"))

    def _is_echo(self, assertion: str) -> bool:
        return any(SECOND_HAND & set(self.tables.all(source, "genre")) for source in self.sources(assertion))

    # --------------------------------------------------------------------------------------------------------- sides
    @once
    def taken(self, claim: str) -> dict[str, set[Group]]:
        """Return study -> the sides of a claim that the current reviews which list it take; without one, no side."""
        sides: defaultdict[str, set[Group]] = defaultdict(set)
        for premise, group in self._said_of(claim):
            for review in self.reviews(premise):
                if self.is_current(review):
                    sides[review].add(group)
        found: defaultdict[str, set[Group]] = defaultdict(set)
        for review, groups in sides.items():
            for study in self.reach(review) - {review, *self.studies(review)} - self._left_out(review):
                # A remark or a doubt is of single studies; a review has looked as well, and may have found.
                if not self.is_review(study) or groups & {Group.FOR, Group.AGAINST}:
                    found[study] |= groups
        return dict(found)

    @once
    def taking(self, claim: str) -> set[str]:
        """Return the studies that themselves, not through a review, affirm or deny a claim."""
        sides = (Group.FOR, Group.AGAINST)
        return {study for premise, group in self._said_of(claim) if group in sides for study in self.origins(premise)}

    def is_redone(self, claim: str, review: str) -> bool:
        """Return True if a review states a result on a claim without the studies that have been retracted."""
        said = self._said_of(claim)
        return any(review in self.origins(premise) and self.is_without(premise) for premise, _ in said)

    def _said_of(self, claim: str) -> Iterator[tuple[str, Group]]:
        tables = self.tables
        groups = {"Affirms": Group.FOR, "Denies": Group.AGAINST, "Doubts": Group.DOUBT}
        for assertion in tables.inverse("asserts").get(claim, ()):
            yield assertion, groups.get(stance_of(tables, assertion), Group.NO_EVIDENCE)
        for argument in tables.inverse("target").get(claim, ()):
            group = group_of_argument(tables, argument)
            if group and group is not Group.LIMIT:
                yield from ((premise, group) for premise in tables.all(argument, "premise"))
