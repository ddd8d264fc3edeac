"""Sentence of a standing, for a reader: what found it, how sure its authors are, who doubts it, and what to know of it.

The words are data (`ontology/policy/words.yaml`); here is which of them apply.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kg.arguments.lines import AGAINST, DOUBT, FOR, LOST, POOLED, POOLS_RETRACTED, PREPRINT, SIDES, SILENT
from kg.arguments.origins import CAVEATS, EFFICACY, HARM, RETRACTED, REVIEWS, SUPERSEDED, TRIAL
from kg.arguments.rules import stated_tier
from kg.arguments.standing import CONTESTED, LOOKED_FOR, OPPOSED, SUPPORTED, UNSUPPORTED
from kg.files import read_text, shipped
from kg.model.phrases import sentence_list, superseded
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
_KINDS = {TRIAL: "trial", "Guideline": "guideline", "Census": "census", "RandomSampleSurvey": "random sample"}
"""Kind of evidence -> its noun; of another kind the tier has one."""
_TIERS = {TRIAL: "trial", "CohortStudy": "comparison", "MechanisticStudy": "mechanism"}
"""Kind of evidence -> the noun of its tier."""
_TESTED = (EFFICACY, "Mechanism", "Economic")
"""Kinds of claims that a trial can test, beside harms."""
_UMBRELLA = "UmbrellaReview"
_ARTICLES = ("the", "a", "an")
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
    """One of review, trial, study, voice: by the tier of the lines themselves, whatever rating binds them."""
    tier: Tier | None
    nouns: dict[str, list[EvidenceLine]]
    """Noun -> the lines that are one, by their designs: a cohort is no trial, however much it weighs."""
    reviews: tuple[str, ...]
    """Reviews that the lines themselves are from."""

    @property
    def premises(self) -> list[str]:
        """The first premise of each line."""
        return [line.premises[0] for line in self.lines]


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
        lines = self._standing.makers(side)
        tier = max((line.tier for line in lines), default=None)
        reviews = dict.fromkeys(review for line in lines for review in self._reviews(line))
        return _Making(lines, self._level(tier), tier, self._nouns(lines), tuple(reviews))

    def _nouns(self, lines: Iterable[EvidenceLine]) -> dict[str, list[EvidenceLine]]:
        found: dict[str, list[EvidenceLine]] = {}
        for line in lines:
            found.setdefault(self._noun(line), []).append(line)
        return found

    def _noun(self, line: EvidenceLine) -> str:
        """Return what a line is, as a key of the words."""
        facts, policy = self._facts, self._facts.policy
        if not line.is_evidence:
            return "voice"
        kinds = {kind for premise in line.premises for kind in self._kinds(premise)}
        if kinds == {"CaseSeries"} and (line.is_review or facts.kind(self._standing.claim) == HARM):
            return "case reports"
        if line.is_review:
            return "review"
        kinds |= {kind for premise in line.premises for x in facts.origins(premise) for kind in facts.designs(x)}
        tiers = {kind: tier for kind in kinds - REVIEWS if (tier := policy.tier(kind)) and tier.rank <= line.tier.rank}
        tier = max(tiers.values(), default=line.tier)
        best = [kind for kind in tiers if tiers[kind] == tier]
        named = _KINDS.get(best[0]) if len(best) == 1 else None
        nouns = {policy.tier(kind): noun for kind, noun in _TIERS.items()}
        return named or nouns.get(tier, "weaker")

    def _level(self, tier: Tier | None) -> str:
        policy = self._facts.policy
        trial = policy.tier(TRIAL)
        if tier is None or tier.rank <= policy.untraced.rank:
            return "voice"
        if tier == policy.review:
            return "review"
        return "trial" if tier == trial else "study"

    def _template(self, state: str, key: str) -> str:
        tables, claim, kind = self._facts.tables, self._standing.claim, self._facts.kind(self._standing.claim)
        special = [kind.lower()]
        if "NoDifference" in tables.all(claim, "effectDirection"):
            special.insert(kind == HARM, "no difference")
        special += ["own report"] if self._main.lines and all(line.own_report for line in self._main.lines) else []
        found = [self._words["openings"].get(state, {})]
        found += [self._words["kinds"].get(kind, {}).get(state, {}) for kind in special]
        return next((str(of.get(key, of.get("any"))) for of in reversed(found) if key in of or "any" in of), "")

    def _opening(self) -> str:
        state, main = self._standing.state, self._main
        if state == UNSUPPORTED:
            return self._why_unsupported()
        if state == CONTESTED:
            return self._disputed()
        template, kind = self._template(state, main.level), self._facts.kind(self._standing.claim)
        text = self._filled(template, main)
        if main.level == "study" and "{by}" in template:
            if kind == HARM and [*main.nouns] == ["case reports"]:
                return text + str(self._words["no rarity"])
            if state == SUPPORTED and kind in _TESTED and not self._is_tested():
                return text + str(self._words["untested"])
        return text

    def _is_tested(self) -> bool:
        """Return True if a trial has tested the claim, or may be in a review of it whose list is unknown."""
        standing, facts = self._standing, self._facts
        premises = {premise for each in standing.lines for premise in each.line.premises}
        premises |= {*standing.remarks, *(rating.by for rating in standing.ratings if not rating.broader)}
        studies = {study for premise in premises for study in facts.origins(premise)}
        kinds = {kind for premise in premises for kind in facts.tables.all(premise, "evidenceKind")}
        pooled = [facts.pooled(study) for study in studies if facts.is_review(study)]
        kinds |= {kind for study in studies.union(*pooled) for kind in facts.designs(study)}
        return TRIAL in kinds or not all(pooled)

    def _kinds(self, premise: str) -> list[str]:
        """Return the kinds of evidence of a premise; of a review, the kinds of what it reviews."""
        facts = self._facts
        found = facts.tables.all(premise, "evidenceKind")
        found = found or [kind for study in facts.origins(premise) for kind in facts.designs(study)]
        pooled = [
            x for review in facts.reviews(premise) for study in facts.pooled(review) for x in facts.designs(study)
        ]
        return [kind for kind in found if kind not in REVIEWS] or pooled or found

    def _is_same(self) -> bool:
        """Return True if the same studies speak on both sides."""
        pro, con = (frozenset[str]().union(*(x.studies for x in self._sides[side].lines)) for side in (FOR, AGAINST))
        return self._main.level != "voice" and pro == con

    def _disputed(self) -> str:
        pro, con = self._sides[FOR], self._sides[AGAINST]
        first, second, key = pro, con, "for"
        if (con.tier, self._standing.strength_against) > (pro.tier, self._standing.strength_for):
            first, second, key = con, pro, "against"
        template = self._template(CONTESTED, key)
        if pro.level == con.level == "voice":
            template = self._template(CONTESTED, "voice")
        elif self._is_same():
            template = self._template(CONTESTED, "same")
        elif pro.tier == con.tier and [*pro.nouns] == [*con.nouns]:
            template = self._template(CONTESTED, min(pro.nouns)) or self._template(CONTESTED, pro.level)
        higher, lower = self._by(first.nouns), self._by(second.nouns)
        return template.format(
            by=higher, higher=higher, lower=lower, pro=self._who(pro.premises), con=self._who(con.premises)
        )

    def _why_unsupported(self) -> str:
        standing, facts = self._standing, self._facts
        reason = standing.because
        if reason == SUPERSEDED:
            return self._superseded()
        if reason == RETRACTED:
            gone = [x.line for x in standing.lines if x.line.excluded_because in (RETRACTED, LOST)]
            line = max(gone, key=lambda line: (line.excluded_because == LOST, line.tier, line.name))
            noun = "lost" if line.excluded_because == LOST else self._noun(line)
            template = self._template(reason, noun) or self._template(reason, "study")
            return template.format(found=self._words["found"][line.side])
        tiers = [stated_tier(facts, remark) for remark in standing.remarks]
        if reason == LOOKED_FOR and not self._is_looked_for():
            return ""  # that a review does not say what its study found is said as an aside
        level = self._level(max(tiers, default=None))
        return _form(self._template(reason, level), sum(self._level(tier) == level for tier in tiers))

    def _is_looked_for(self) -> bool:
        """Return True if somebody who could show it says that there is no evidence, or that it cannot tell."""
        return any(self._level(stated_tier(self._facts, remark)) != "voice" for remark in self._standing.remarks)

    def _superseded(self) -> str:
        facts, claim = self._facts, self._standing.claim
        gone = [x.line for x in self._standing.lines if x.line.excluded_because == SUPERSEDED]
        line = max(gone, key=lambda line: (line.side != DOUBT, line.tier, line.date))
        date, update = facts.update(line.rests)
        what = {"review": "a review", "trial": "a trial"}.get(self._noun(line), "a source")
        key = "other" if claim in facts.claims_of(update) else "silent"
        years = (f" of {when[:4]}" if when else "" for when in (line.date, date))
        year, update = years
        found = self._words["found so"][line.side]
        return self._template(SUPERSEDED, key).format(
            source=what, found=found, year=year, update=update, gone=superseded(date)
        )

    def _filled(self, template: str, side: _Making) -> str:
        several = len(side.lines) > 1 or "case reports" in side.nouns  # which are several
        form = _form(template, 1 + several)
        return form.format(
            by=self._by(side.nouns), who=self._who(side.premises), counted=self._people(side.lines, "counted")
        )

    def _by(self, nouns: dict[str, list[EvidenceLine]]) -> str:
        """Return what found it: "a review of 25 trials", "two trials", "a review of one trial and one trial"."""
        return sentence_list([self._called(noun, lines) for noun, lines in nouns.items()])

    def _called(self, noun: str, lines: Sequence[EvidenceLine]) -> str:
        if noun == "voice":
            return self._who(line.premises[0] for line in lines)
        one, many = self._words["by"][noun]
        if noun != "review":
            return str(one if len(lines) == 1 else many).format(n=self._number(len(lines)))
        reviews = {review for line in lines for review in self._reviews(line)}
        if len(reviews) == 1:
            return str(one).format(of=self._size(min(reviews)), when=self._hedge(lines))
        return str(many).format(n=self._number(len(reviews)))

    def _reviews(self, line: EvidenceLine) -> list[str]:
        return [review for premise in line.premises for review in self._facts.reviews(premise)]

    def _size(self, review: str) -> str:
        facts = self._facts
        stated, parts = facts.number(review, "numberOfStudies"), facts.tables.all(review, "includesStudy")
        kinds = {kind for study in facts.pooled(review) for kind in facts.designs(study)}
        key = "trials" if kinds == {TRIAL} else "studies"
        if any(map(facts.is_review, parts)) or (_UMBRELLA in facts.designs(review) and not kinds):
            key = "reviews" if all(map(facts.is_review, parts)) else "studies"
        one, many = self._words["by"][key]
        number = "one" if stated == 1 else int(stated or 0)
        return str(self._words["by"]["size"]).format(n=number, studies=one if stated == 1 else many) if stated else ""

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
        one, _, many = str(self._words[key]).partition("|")
        return (one if people == 1 else many).format(n=f"{people:,.0f}") if people else ""

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
        agent = self._facts.tables.one(premise, "agent")
        name = str(self._names.speaker(premise) if agent else self._names.of(self._facts.origins(premise)[0]))
        if agent and "Person" in self._facts.tables.all(agent, "agentKind"):
            return name  # which may begin with the letter A
        first, _, rest = name.partition(" ")
        return f"{first.lower()} {rest}" if first.lower() in _ARTICLES else name

    # ---------------------------------------------------------------------------------------- certainty, doubt, remarks
    def _certainty(self) -> str:
        standing, said = self._standing, self._words["certainty"]
        if standing.state == UNSUPPORTED:
            return ""
        own = [x for x in standing.ratings if not x.broader]
        shown = [rating for rating in own if not rating.withheld]
        main = self._main
        if len({rating.levels[0] for rating in shown}) > 1:
            return str(said["differs"]).format(all=", ".join(f"{_levels(x)} ({x.year})" for x in shown))
        mine = [rating for rating in own if rating.review in main.reviews]
        if mine and [*main.nouns] == ["review"] and len(main.reviews) == 1 and self._is_one_sided():
            if mine[0].withheld:
                return str(said["withheld"]).format(year=mine[0].year)
            key = mine[0].levels[0] if len(mine[0].levels) == 1 else "range"
            key = key if key != "range" or "very low" in mine[0].levels else mine[0].levels[0]
            return _rated(str(said[key]), mine[0])
        binding = {line.bound.review for line in main.lines if line.bound}
        if others := [rating for rating in own if rating.review in binding] or mine:
            key = "others withheld" if others[0].withheld else "others"
            return _rated(str(said[key]), others[0], self._rater(others[0]))
        if shown:
            return _rated(str(said["earlier"]), shown[0])
        if broader := [rating for rating in standing.ratings if rating.broader and not rating.withheld]:
            return _rated(str(said["broader"]), broader[0])
        rated = self._facts.kind(standing.claim) in (*_TESTED, HARM)
        unrated = "none review" if "review" in main.nouns else "none study" if main.level == "trial" else ""
        return str(said[unrated]) if unrated and rated and not own else ""

    def _is_one_sided(self) -> bool:
        """Return True if "its authors" can be those of one review only."""
        return self._standing.state != CONTESTED or self._is_same()

    def _rater(self, rating: Rating) -> str:
        """Return how to speak of a review that rates, beside those that the sentence has spoken of."""
        sides = [self._sides[side] for side in (FOR, AGAINST)]
        spoken = {review for side in sides for review in side.reviews}
        key = "another" if spoken else "a"
        if rating.review in spoken:
            key = "one of them" if len(spoken) > 1 else "the"
        return str(self._words["rater"][key])

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
        who = self._who(premises)
        # Whether "critics" are several no record tells, and the past tense need not.
        untold = "Anonymous" in kinds and who.partition(" ")[0] not in _ARTICLES
        return forms[min(1 if several else 2 * untold, len(forms) - 1)].format(who=who)

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
        if questioned := [line for line in counted if line.name in standing.questioned]:
            yield self._of_lines(str(said["questioned"]), questioned)
        if POOLS_RETRACTED in marks:
            yield self._of_lines(str(said["pools retracted"]), [x for x in counted if POOLS_RETRACTED in x.marks])
        if SILENT in marks:
            year, side = max((line.date[:4], line.side) for line in counted if SILENT in line.marks)
            yield str(said["silent"]).format(year=year, found=self._words["found so"][side])
        yield from (str(said[mark]) for mark in CAVEATS.values() if mark in marks)
        if pooled := [each.line for each in standing.lines if each.line.excluded_because == POOLED]:
            yield self._of_pooled(pooled, said)
        beside = [x.line.premises[0] for x in standing.lines if x.line.name in standing.beside]
        if beside and standing.state in (SUPPORTED, OPPOSED):
            yield self._of_many(str(said["beside"]), beside)
        if counted and all(line.flags for line in counted):
            yield str(said["interest"])
        if [*self._main.nouns] == ["trial"] and len(lines) == 1 and standing.state in (SUPPORTED, OPPOSED):
            yield str(said["one trial"]).format(people=self._people(lines))
        yield from self._lesser_asides(lines, level, said)

    def _lesser_asides(self, lines: tuple[EvidenceLine, ...], level: str, said: dict[str, str]) -> Iterator[str]:
        standing = self._standing
        if lines and all(PREPRINT in line.marks for line in lines):
            yield self._of_lines(said["preprint"], lines)
        if lines and any(line.small and not self._people([line]) for line in lines):
            yield said["unsized"]
        both = [line for side in (FOR, AGAINST) for line in self._sides[side].lines]
        if lines and level != "voice" and all("R3" in line.rules for line in both):
            yield said["indirect"]
        if standing.limits:
            yield said["limits"].format(n=len(standing.limits))
        if standing.weighing_matters:
            yield said["weighing"]
        reviews = {review for side in (FOR, AGAINST) for review in self._sides[side].reviews}
        newest = max((self._facts.published(review)[:4] for review in reviews), default="")
        if "review" in self._main.nouns and newest.isdigit() and self._year - int(newest) > _OLD:
            yield _form(said["old"], len(reviews)).format(year=newest)

    def _of_lines(self, template: str, lines: Sequence[EvidenceLine]) -> str:
        """Return what is said of lines: of "it" where the sentence is about that one alone, else with their names."""
        alone = self._standing.state in (SUPPORTED, OPPOSED) and [x.name for x in self._main.lines] == [lines[0].name]
        what = dict.fromkeys(map(self._names.origin, lines))
        return _form(template, 1 if alone and len(lines) == 1 else 2).format(what=sentence_list([*what]))

    def _of_pooled(self, pooled: list[EvidenceLine], said: dict[str, str]) -> str:
        """Return what is said of studies that a review lists without taking their side."""
        standing, main = self._standing, self._main
        listing = {study for review in main.reviews for study in self._facts.listed(review)}
        own = all(listing & line.studies and line.side != main.lines[0].side for line in pooled)
        own = own and len(main.reviews) == 1 and standing.state != CONTESTED
        key = (
            "pooled"
            if own or (standing.because == LOOKED_FOR and self._is_looked_for())
            else f"pooled {pooled[0].side}"
        )
        nouns = self._nouns([line for line in pooled if line.side == pooled[0].side])
        _, many = self._words["by"].get(f"{min(nouns)}s" if len(nouns) == 1 else "", self._words["by"]["studies"])
        return said[key].format(n=self._number(sum(map(len, nouns.values()))), studies=many)


def _form(template: str, number: int) -> str:
    """Return that of the forms of a template that is for a number of things."""
    forms = template.split("|")
    return forms[0 if number == 1 else -1]


def _levels(rating: Rating) -> str:
    return " to ".join(reversed(rating.levels))


def _rated(template: str, rating: Rating, rater: str = "") -> str:
    """Return a rating in words; the lowest level of a range comes last ("low to very low")."""
    text = template.format(year=rating.year, range=_levels(rating), rater=rater)
    return text.replace(" ()", "").replace("(, ", "(")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
