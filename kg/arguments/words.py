"""Sentence of a standing, for a reader: what found it, how sure its authors are, who doubts it, and what to know of it.

The words are data (`ontology/policy/words.yaml`); here is which of them apply.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kg.arguments.lines import AGAINST, DOUBT, FOR, LOST, POOLED, POOLS_RETRACTED, PREPRINT, SIDES, SILENT
from kg.arguments.origins import CAVEATS, EFFICACY, HARM, REVIEWS, SUPERSEDED, TRIAL
from kg.arguments.rules import stated_tier
from kg.arguments.standing import CONTESTED, OPPOSED, SUPPORTED, UNSUPPORTED
from kg.files import read_text, shipped
from kg.model.phrases import sentence_list
from kg.model.vocabulary import INCONCLUSIVE, NO_EVIDENCE, Group
from kg.readers.claim_files import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.arguments.facts import Facts, Rating
    from kg.arguments.lines import EvidenceLine
    from kg.arguments.policy import Tier
    from kg.arguments.report import Names
    from kg.arguments.standing import Standing

_MOST_ASIDES = 2
_MOST_NAMES = 2
_TESTED = (EFFICACY, "Mechanism", "Economic")
"""Kinds of claims that a trial can test, beside harms."""
_OLD = 10
"""Years after which a review is called old."""


@cache
def words() -> dict[str, Any]:
    """Return the words that ship with `kg`."""
    file = shipped("ontology") / "policy" / "words.yaml"
    return cast("dict[str, Any]", yaml.parse(str(file), read_text(file)).value)


def sentence(standing: Standing, facts: Facts, names: Names, year: int) -> str:
    """Return a standing in words, as of a year."""
    return _Speaker(standing, facts, names, year).said()


class _Making(NamedTuple):
    """Side of a claim, as the sentence speaks of it."""

    lines: tuple[EvidenceLine, ...]
    level: str
    """One of review, trial, study, voice."""
    tier: Tier | None


class _Speaker:
    """Speaker of one standing."""

    def __init__(self, standing: Standing, facts: Facts, names: Names, year: int) -> None:
        self._standing = standing
        self._facts = facts
        self._names = names
        self._year = year
        self._words = words()
        self._sides = {side: self._making(side) for side in SIDES}
        stronger = max((FOR, AGAINST), key=lambda side: (standing.strengths[side], side == FOR))
        self._main = self._sides[stronger]

    def said(self) -> str:
        """Return the parts of the sentence, put together."""
        opening, doubt = self._opening(), self._doubt()
        head, rest = [opening] if opening else [], list[str]()
        certainty = self._certainty() if self._main.level != "voice" else ""
        for part in filter(None, (certainty, doubt)):
            joined = part.startswith(("and ", "but ")) and head
            if part == certainty and head:
                head.append(f"{',' if joined else ';'} {part}")
            elif joined:
                head.append(f", {part}")
            else:
                rest.append(part)
        rest += [*self._remarks(), *list(self._asides())[:_MOST_ASIDES]]
        return " ".join(f"{_capital(part)}." for part in ("".join(head), *rest) if part)

    # ------------------------------------------------------------------------------------------------------- opening
    def _making(self, side: Group) -> _Making:
        standing = self._standing
        tier = standing.tiers[side]
        return _Making(standing.independent[side], self._level(tier), tier)

    def _level(self, tier: Tier | None) -> str:
        policy = self._facts.policy
        trial = policy.tier(TRIAL)
        if tier is None or tier.rank <= policy.untraced.rank:
            return "voice"
        if tier == policy.review:
            return "review"
        return "trial" if tier == trial else "study"

    def _template(self, state: str, key: str) -> str:
        found = [self._words["openings"].get(state, {})]
        tables, claim = self._facts.tables, self._standing.claim
        special = ["no difference"] if "NoDifference" in tables.all(claim, "effectDirection") else []
        special += [self._facts.kind(claim).lower()]
        special += ["own report"] if self._main.lines and all(line.own_report for line in self._main.lines) else []
        found += [self._words["kinds"][kind].get(state, {}) for kind in special if kind in self._words["kinds"]]
        return next((str(of[key]) for of in reversed(found) if key in of), "")

    def _opening(self) -> str:
        state, main = self._standing.state, self._main
        if state == UNSUPPORTED:
            return self._why_unsupported()
        if state == CONTESTED:
            return self._disputed()
        text = self._filled(self._template(state, main.level), main)
        if main.level == "study" and "{by}" in self._template(state, main.level):
            kinds = {kind for line in main.lines for premise in line.premises for kind in self._kinds(premise)}
            if self._facts.kind(self._standing.claim) == HARM and kinds == {"CaseSeries"}:
                return text + str(self._words["no rarity"])
            tried = any(TRIAL in each.line.designs for each in self._standing.lines)
            if state == SUPPORTED and not tried and self._facts.kind(self._standing.claim) in _TESTED:
                return text + str(self._words["untested"])
        return text

    def _kinds(self, premise: str) -> list[str]:
        """Return the kinds of evidence of a premise; of a review, the kinds of what it reviews."""
        facts = self._facts
        found = facts.tables.all(premise, "evidenceKind")
        found = found or [kind for study in facts.origins(premise) for kind in facts.designs(study)]
        pooled = [
            x for review in facts.reviews(premise) for study in facts.pooled(review) for x in facts.designs(study)
        ]
        return [kind for kind in found if kind not in REVIEWS] or pooled or found

    def _disputed(self) -> str:
        pro, con = self._sides[FOR], self._sides[AGAINST]
        bound = [{line.bound.review if line.bound else "" for line in side.lines} for side in (pro, con)]
        if bound[0] == bound[1] and "" not in bound[0]:
            return self._filled(self._template(CONTESTED, "same"), pro)
        if pro.tier == con.tier or pro.level == con.level == "voice":
            return self._template(CONTESTED, pro.level)
        higher = FOR if pro.tier and con.tier and pro.tier > con.tier else AGAINST
        first, second = (pro, con) if higher == FOR else (con, pro)
        template = self._template(CONTESTED, str(higher))
        return template.format(higher=self._by(first), lower=self._by(second))

    def _why_unsupported(self) -> str:
        standing, facts = self._standing, self._facts
        reason = standing.because
        if reason == SUPERSEDED:
            return self._superseded()
        if reason == "retracted":
            gone = [x.line for x in standing.lines if x.line.excluded_because]
            if any(line.excluded_because == LOST for line in gone):
                return self._template(reason, "lost")
            return self._template(reason, self._level(max(line.tier for line in gone)).replace("voice", "study"))
        tiers = [stated_tier(facts, remark) for remark in standing.remarks]
        tiers += [facts.policy.review] if any(x.line.excluded_because == POOLED for x in standing.lines) else []
        return self._template(reason, self._level(max(tiers, default=None)))

    def _superseded(self) -> str:
        facts, claim = self._facts, self._standing.claim
        line = max(
            (x.line for x in self._standing.lines if x.line.excluded_because == SUPERSEDED),
            key=lambda line: (line.tier, line.date),
        )
        nodes = {*line.rests, *(paper for node in line.rests for paper in facts.papers(node))}
        newer = sorted((facts.dated(new), new) for node in nodes for new in facts.successors.get(node, ()))
        date, update = newer[-1]
        what = {"review": "a review", "trial": "a trial"}.get(self._level(line.tier), "a source")
        key = "other" if claim in facts.claims_of(update) else "silent"
        years = (f" of {when[:4]}" if when else "" for when in (line.date, date))
        return self._template(SUPERSEDED, key).format(source=what, **dict(zip(("year", "update"), years, strict=True)))

    def _filled(self, template: str, side: _Making) -> str:
        forms = template.split("|")
        several = len(side.lines) > 1 or self._by(side) in self._words["by"]["case reports"]  # which are several
        form = forms[-1] if several else forms[0]
        premises = [line.premises[0] for line in side.lines]
        return form.format(by=self._by(side), who=self._who(premises), counted=self._people(side.lines, "counted"))

    def _by(self, side: _Making) -> str:
        """Return what found it: "a review of 25 trials", "two trials"."""
        forms, number = self._words["by"], len(side.lines)
        if side.level == "voice":
            return self._who([line.premises[0] for line in side.lines])
        if side.level == "review":
            reviews = {review for line in side.lines for review in self._reviews(line)}
            if len(reviews) == 1 or not reviews:
                of = self._size(min(reviews)) if reviews else ""
                return str(forms["review"][0]).format(of=of, when=self._hedge(side.lines))
            return str(forms["review"][1]).format(n=self._number(len(reviews)))
        one, many = forms[side.level if side.level == "trial" else self._sort(side)]
        return str(one if number == 1 else many).format(n=self._number(number))

    def _sort(self, side: _Making) -> str:
        kinds = {kind for line in side.lines for premise in line.premises for kind in self._kinds(premise)}
        if kinds == {"CaseSeries"} and any(line.is_review for line in side.lines):
            return "case reports"
        if kinds == {"Guideline"}:
            return "guideline"
        mechanism, comparison = (self._facts.policy.tier(kind) for kind in ("MechanisticStudy", "CohortStudy"))
        return {mechanism: "mechanism", comparison: "comparison"}.get(side.tier, "weaker")

    def _reviews(self, line: EvidenceLine) -> list[str]:
        found = [review for premise in line.premises for review in self._facts.reviews(premise)]
        return [line.bound.review] if line.bound else found

    def _size(self, review: str) -> str:
        facts = self._facts
        stated = facts.number(review, "numberOfStudies")
        kinds = {kind for study in facts.pooled(review) for kind in facts.designs(study)}
        words = ("trial", "trials") if kinds == {TRIAL} else ("study", "studies")
        number = "one" if stated == 1 else int(stated or 0)
        return str(self._words["by"]["size"]).format(n=number, studies=words[stated != 1]) if stated else ""

    def _hedge(self, lines: Sequence[EvidenceLine]) -> str:
        premises = [premise for line in lines for premise in line.premises]
        hedges = [(hedge, premise) for premise in premises if (hedge := self._facts.tables.one(premise, "hedged"))]
        if not hedges or len(lines) > 1 or lines[0].bound:
            return ""
        year = self._facts.date(hedges[0][1])[:4]
        return str(self._words["by"]["hedge"]).format(word=hedges[0][0], year=year).replace(", )", ")")

    def _people(self, lines: Sequence[EvidenceLine], key: str = "people") -> str:
        origins = {study for line in lines for premise in line.premises for study in self._facts.origins(premise)}
        people = self._facts.people(min(origins)) if len(origins) == 1 else None
        return str(self._words[key]).format(n=f"{people:,.0f}") if people else ""

    def _number(self, number: int) -> str:
        known = self._words["numbers"]
        return str(known[number]) if number < len(known) else str(number)

    def _who(self, premises: Iterable[str]) -> str:
        """Return who speaks: "A", "A and B", "A and 3 others"."""
        found = list(dict.fromkeys(self._speaker(premise) for premise in premises))
        if len(found) > _MOST_NAMES:
            found = [found[0], f"{self._number(len(found) - 1)} others"]
        return sentence_list(found)

    def _speaker(self, premise: str) -> str:
        if self._facts.tables.one(premise, "agent"):
            name = str(self._names.speaker(premise))
        else:
            name = str(self._names.of(self._facts.origins(premise)[0]))
        first, _, rest = name.partition(" ")
        return f"{first.lower()} {rest}" if first in ("The", "A", "An") else name

    # ---------------------------------------------------------------------------------------- certainty, doubt, remarks
    def _certainty(self) -> str:
        standing, said = self._standing, self._words["certainty"]
        if standing.state == UNSUPPORTED:
            return ""
        own = [x for x in standing.ratings if not x.broader]
        shown = [rating for rating in own if not rating.withheld]
        reviews = {review for line in self._main.lines for review in self._reviews(line)}
        mine = [rating for rating in own if rating.review in reviews]
        if len({rating.levels[0] for rating in shown}) > 1:
            return str(said["differs"]).format(all=", ".join(f"{_levels(x)} ({x.year})" for x in shown))
        if mine and mine[0].withheld:
            return str(said["withheld"]).format(year=mine[0].year)
        if mine:
            key = mine[0].levels[0] if len(mine[0].levels) == 1 else "range"
            key = key if key != "range" or "very low" in mine[0].levels else mine[0].levels[0]
            return _rated(str(said[key]), mine[0])
        if shown:
            return _rated(str(said["earlier"]), shown[0])
        if broader := [rating for rating in standing.ratings if rating.broader and not rating.withheld]:
            return _rated(str(said["broader"]), broader[0])
        rated = self._facts.kind(standing.claim) in (*_TESTED, HARM)
        unrated = {"review": "none review", "trial": "none study"}.get(self._main.level)
        return str(said[unrated]) if unrated and rated and not own else ""

    def _doubt(self) -> str:
        standing, doubts = self._standing, self._sides[DOUBT]
        if not doubts.lines:
            return ""
        if standing.state == UNSUPPORTED:
            key = "nothing"
        elif doubts.level == "voice":
            key = "voices" if self._main.level == "voice" else "voice"
        else:
            most = max(standing.strength_for, standing.strength_against)
            key = "stronger" if standing.strength_doubt >= most else "weaker"
        premises = [each.line.premises[0] for each in standing.undefeated(DOUBT)]
        return self._of_many(str(self._words["doubt"][key]), premises)

    def _of_many(self, template: str, premises: Iterable[str]) -> str:
        premises = list(premises)
        forms = template.split("|")
        tables = self._facts.tables
        kinds = {kind for x in premises for agent in tables.all(x, "agent") for kind in tables.all(agent, "agentKind")}
        several = "Collective" in kinds or len({self._speaker(premise) for premise in premises}) > 1
        return forms[-1 if several else 0].format(who=self._who(premises))

    def _remarks(self) -> Iterator[str]:
        tables, looked = self._facts.tables, self._standing.because.startswith("looked")
        for stance, key in ((NO_EVIDENCE, "no evidence"), (INCONCLUSIVE, "inconclusive")):
            of = [x for x in self._standing.remarks if tables.one(x, "stance") == stance]
            if of and not (looked and stance == INCONCLUSIVE):
                yield self._of_many(str(self._words["remarks"][key]), of)

    # -------------------------------------------------------------------------------------------------------- asides
    def _asides(self) -> Iterator[str]:
        standing, said = self._standing, self._words["asides"]
        lines, level = self._main.lines, self._main.level
        counted = [each.line for each in standing.undefeated(FOR, AGAINST)]
        marks = {mark for line in counted for mark in line.marks}
        if standing.questioned:
            yield str(said["questioned"])
        if POOLS_RETRACTED in marks:
            yield str(said["pools retracted"])
        if SILENT in marks:
            year = max(line.date[:4] for line in counted if SILENT in line.marks)
            yield str(said["silent"]).format(year=year)
        yield from (str(said[mark]) for mark in CAVEATS.values() if mark in marks)
        if any(each.line.excluded_because == POOLED for each in standing.lines):
            yield str(said["pooled"])
        beside = [x.line.premises[0] for x in standing.lines if x.line.name in standing.beside]
        if beside and standing.state in (SUPPORTED, OPPOSED):
            yield self._of_many(str(said["beside"]), beside)
        if counted and all(line.flags for line in counted):
            yield str(said["interest"])
        if level == "trial" and len(lines) == 1 and standing.state in (SUPPORTED, OPPOSED):
            yield str(said["one trial"]).format(people=self._people(lines))
        yield from self._lesser_asides(lines, level, said)

    def _lesser_asides(self, lines: tuple[EvidenceLine, ...], level: str, said: dict[str, str]) -> Iterator[str]:
        standing = self._standing
        if lines and all(PREPRINT in line.marks for line in lines):
            yield said["preprint"]
        if lines and any(line.small and not self._people([line]) for line in lines):
            yield said["unsized"]
        if lines and level != "voice" and all("R3" in line.rules for line in lines):
            yield said["indirect"]
        if standing.limits:
            yield said["limits"].format(n=len(standing.limits))
        if standing.weighing_matters:
            yield said["weighing"]
        years = [self._facts.published(review)[:4] for line in lines for review in self._reviews(line)]
        newest = max(years, default="")
        if level == "review" and newest.isdigit() and self._year - int(newest) > _OLD:
            yield said["old"].format(year=newest)


def _levels(rating: Rating) -> str:
    return " to ".join(reversed(rating.levels))


def _rated(template: str, rating: Rating) -> str:
    """Return a rating in words; the lowest level of a range comes last ("low to very low")."""
    text = template.format(year=rating.year, range=_levels(rating))
    return text.replace(" ()", "").replace("(, ", "(")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
