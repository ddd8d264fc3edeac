"""The timeline: who said what when, year by year; what has no date stands apart, and no date is guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.model import nodes, phrases
from kg.model.labels import NOT_NAMED
from kg.namespaces import DCTERMS
from kg.pages.base.choice import choose
from kg.pages.base.palette import RELATIONS, relation_of
from kg.pages.base.summaries import Survey, sheet
from kg.pages.options import TimelineOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.model.phrases import Day
    from kg.store import Store
    from kg.store.terms import IRI

_SAID = {
    "affirms": "affirmed",
    "denies": "denied",
    "doubts": "doubted",
    "no evidence": "found no evidence for",
    "inconclusive": "looked and could not tell of",
}
_TALLIED = {
    "supports": "affirming",
    "opposes": "denying",
    "doubts": "doubting",
    "no evidence": "finding no evidence",
    "inconclusive": "inconclusive",
    "unstated": "stance not stated",
}
_WIDE, _NARROW = 1200, 400
"""Widths of the chart in SVG units, which are about pixels: for a desk and for a phone."""
_HIGHEST, _UNIT, _WIDEST_BAR = 220, 14, 26
"""The heights of the highest bar, and of one statement where there is room; the width of a bar."""
_TICKS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_TICK_WIDTH = 70
_MOST_STATEMENTS, _MOST_A_YEAR = 5000, 100
"""Statements of a page up to which all are listed; beyond, so many of each year."""


class Statement(NamedTuple):
    """Somebody's stance on a claim."""

    iri: IRI
    relation: str
    word: str
    who: str
    claim: nodes.Proposition
    is_own_date: bool
    """True if the date is stated of the statement itself, and not taken from its source."""


class Occasion(NamedTuple):
    """Statements of one source at one date."""

    when: Day | None
    source: nodes.Source | None
    statements: tuple[Statement, ...]


class Year(NamedTuple):
    """A year with what was said in it."""

    number: int
    occasions: tuple[Occasion, ...]
    tallies: dict[str, dict[str, int]]
    """Direction of the effect (empty where none is stated) -> tally of its claims: opposite claims are not added up."""
    more: int = 0
    """Number of statements that are counted and not listed."""

    @property
    def number_said(self) -> int:
        """Number of statements, whatever the effects of their claims."""
        return sum(sum(tally.values()) for tally in self.tallies.values())


class Bar(NamedTuple):
    """A part of a year's bar in the chart, in SVG units from the top left."""

    relation: str
    x: float
    y: float
    width: float
    height: float
    has_sign: bool
    """True if there is room for it."""


class Chart(NamedTuple):
    """Years from left to right, a bar for each with a statement a step."""

    width: int
    height: float
    base: float
    bars: tuple[tuple[Year, tuple[Bar, ...]], ...]
    ticks: tuple[tuple[float, int], ...]


def timeline_page(
    store: Store,
    claim: IRI | None = None,
    options: TimelineOptions = TimelineOptions(),
    link: Callable[[IRI], str | None] = lambda _: None,
    remark: Callable[[str], None] = lambda _: None,
) -> str:
    """Return the timeline of all that is said as HTML, or of `claim` and the claims that bear on it: one file, offline.

    A statement has the date that is stated of it, else that of its source.  `link` gives the address of a claim's page,
    where there is one.
    `remark` is told if claims are left out.

    Raises NotFoundError if there is no such claim.
    """
    survey = Survey(store, choose(store, claim, options, remark))
    found = occasions(survey)
    dated = years(found)
    number = sum(len(occasion.statements) for occasion in found)
    undated = Year(0, tuple(occasion for occasion in found if occasion.when is None), {})
    undated = undated._replace(tallies=_tallies(undated.occasions))
    return sheet(
        "timeline",
        survey,
        link,
        title=f"Timeline of {survey.title}",
        description="Who said what when: statements by year, with their stance, their source and the claim.",
        years=dated if number <= _MOST_STATEMENTS else list(map(_in_part, dated)),
        undated=undated if number <= _MOST_STATEMENTS else _in_part(undated),
        number=number,
        strips=[(effect, [chart(dated, width, effect) for width in (_WIDE, _NARROW)]) for effect in _effects(dated)],
        undated_lines=_lines(survey) if not found else "",
        tallied=_TALLIED,
        has_unstated=any("unstated" in tally for year in dated for tally in year.tallies.values()),
    )


def occasions(survey: Survey) -> list[Occasion]:
    """Return what is said of the claims in `survey`, by date and source; what has no date comes last."""
    facts = survey.facts
    claims = {entry.claim.iri: entry.claim for entry in survey.entries}
    found: defaultdict[tuple[Day | None, IRI | None], list[Statement]] = defaultdict(list)
    for assertion in facts.members("Assertion"):
        claim = claims.get(node) if (node := facts.node(assertion, "asserts")) else None
        source = facts.node(assertion, "source")
        own = phrases.day(facts.word(assertion, "date") or "")
        when = own or phrases.day((facts.word(source, DCTERMS + "date", "date") or "") if source else "")
        if claim:
            found[when, source].append(_statement(survey, assertion, claim, own is not None))
    return sorted(
        (
            Occasion(when, survey.source(source) if source else None, tuple(sorted(said, key=_order)))
            for (when, source), said in found.items()
        ),
        key=lambda each: (each.when is None, each.when or (), each.source.short if each.source else "\uffff"),
    )


def _in_part(year: Year) -> Year:
    """Return a year with the first of its statements."""
    occasions, room = [], _MOST_A_YEAR
    for occasion in year.occasions:
        if room > 0:
            occasions.append(occasion._replace(statements=occasion.statements[:room]))
            room -= len(occasion.statements)
    listed = sum(len(occasion.statements) for occasion in occasions)
    return year._replace(occasions=tuple(occasions), more=year.number_said - listed)


def _lines(survey: Survey) -> str:
    """Return what bears on the claims where no assertion does: arguments and their sources; an empty text for none."""
    lines = {line.iri: line for entry in survey.entries for line in entry.lines}
    if not lines:
        return ""
    sources = survey.sources(lines.values())
    found = phrases.count(len(lines), "argument"), phrases.count(len(sources), "source")
    return " from ".join(found if sources else found[:1])


def years(found: Iterable[Occasion]) -> tuple[Year, ...]:
    """Return the years in which something was said, in order."""
    by_year: defaultdict[int, list[Occasion]] = defaultdict(list)
    for occasion in found:
        if occasion.when:
            by_year[occasion.when.year].append(occasion)
    return tuple(Year(number, tuple(said), _tallies(said)) for number, said in sorted(by_year.items()))


def chart(dated: tuple[Year, ...], across: int = _WIDE, effect: str = "") -> Chart:
    """Return where the bars of the years stand, true to scale from the first year to the last, `across` units wide.

    Only what is said of claims with the direction of `effect` counts; the scale is one for all directions.
    """
    first, last = dated[0].number, dated[-1].number
    step = across / (last - first + 1)
    width = min(_WIDEST_BAR, step * 0.86)
    unit = min(_UNIT, _HIGHEST / max(sum(tally.values()) for year in dated for tally in year.tallies.values()))
    base = max(sum(year.tallies.get(effect, {}).values()) for year in dated) * unit + 4
    middles = [(year, (year.number - first + 0.5) * step) for year in dated if effect in year.tallies]
    bars = tuple((year, _bars(year.tallies[effect], x - width / 2, base, width, unit)) for year, x in middles)
    spacing = next((each for each in _TICKS if step * each >= _TICK_WIDTH), _TICKS[-1])
    marked = [number for number in range(first, last + 1) if number % spacing == 0] or [first]
    ticks = tuple((round((number - first + 0.5) * step, 1), number) for number in marked)
    return Chart(across, round(base + 26, 1), round(base, 1), bars, ticks)


def _bars(tally: dict[str, int], x: float, base: float, width: float, unit: float) -> tuple[Bar, ...]:
    bars, top = [], base
    for relation, number in tally.items():
        height = number * unit
        top -= height
        roomy = height >= 12 and width >= 8
        bars.append(Bar(relation, round(x, 1), round(top, 1), round(width, 1), round(height - 1, 1), roomy))
    return tuple(bars)


def _statement(survey: Survey, assertion: IRI, claim: nodes.Proposition, is_own_date: bool) -> Statement:
    facts = survey.facts
    stance = facts.code(assertion, "stance")
    agent = facts.node(assertion, "agent")
    return Statement(
        assertion,
        relation_of(stance),
        _SAID.get(stance, "said something of"),
        nodes.agent(facts, agent).name.value if agent else NOT_NAMED,
        claim,
        is_own_date,
    )


def _order(statement: Statement) -> tuple[int, str, str, str]:
    rank = list(RELATIONS).index(statement.relation)
    return rank, statement.who, statement.claim.text.value, statement.iri.value


def _tallies(said: Iterable[Occasion]) -> dict[str, dict[str, int]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for statement in (statement for occasion in said for statement in occasion.statements):
        counts[statement.claim.effect or ""][statement.relation] += 1
    return {
        effect: {relation: counts[effect][relation] for relation in _TALLIED if counts[effect][relation]}
        for effect in sorted(counts, key=_unstated_last)
    }


def _effects(dated: Iterable[Year]) -> list[str]:
    return sorted({effect for year in dated for effect in year.tallies}, key=_unstated_last)


def _unstated_last(effect: str) -> tuple[bool, str]:
    return not effect, effect
