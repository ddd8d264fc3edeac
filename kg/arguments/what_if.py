"""Changes of standings: without some statements, with a source retracted, or between two versions of the data.

Nothing is written: the standing is computed again over the lines that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.lines import Lines, build
from kg.arguments.standing import DEFAULT, Standing, conclude, weigh
from kg.display import html_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.arguments.policy import Policy
    from kg.model.tables import Tables


class Change(NamedTuple):
    """Standing of one claim before and after; None where there is no such claim."""

    claim: str
    before: Standing | None
    after: Standing | None
    text: str = ""
    """The change in words, where an evaluator made it."""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text.rstrip()

    def _repr_html_(self) -> str:
        return html_lines(self.text)

    @property
    def changed(self) -> bool:
        """True if the state, a strength or a tier is another one."""
        return _figures(self.before) != _figures(self.after)


def what_if(
    tables: Tables,
    policy: Policy,
    claims: Iterable[str],
    *,
    without: Iterable[str] = (),
    retract: Iterable[str] = (),
    ignore_interested: bool = False,
    semantics: str = DEFAULT,
) -> list[Change]:
    """Return the standing of each claim as it is, and as it would be.

    `without` are nodes that would not have been stated (assertions, arguments, speakers, findings; a source or a study
    takes with it what rests on it), `retract` sources or studies that would carry nothing, and `ignore_interested`
    leaves aside every line whose speaker has a stated interest in what it is about.
    """
    gone, claims = set(without), sorted(set(claims))
    before = conclude(weigh(build(tables, policy), semantics), claims)
    lines = build(tables.without(gone), policy, frozenset(gone | set(retract)))
    if ignore_interested:
        lines = uninterested(lines)
    after = conclude(weigh(lines, semantics), claims)
    return [Change(claim, old, new) for claim, old, new in zip(claims, before, after, strict=True)]


def uninterested(lines: Lines) -> Lines:
    """Return the lines of which no speaker has a stated interest in what they are about."""
    return lines.without(frozenset(line.name for line in lines.lines if line.flags))


def difference(before: Iterable[Standing], after: Iterable[Standing]) -> list[Change]:
    """Return the claims that stand otherwise in one version of the data than in another, in the order of their IRIs."""
    old, new = ({standing.claim: standing for standing in standings} for standings in (before, after))
    changes = (Change(claim, old.get(claim), new.get(claim)) for claim in sorted(old.keys() | new.keys()))
    return [change for change in changes if change.changed]


def _figures(standing: Standing | None) -> tuple[object, ...] | None:
    if standing is None:
        return None
    strengths = tuple(round(strength, 6) for strength in standing.strengths.values())
    return standing.state, strengths, tuple(standing.tiers.values())
