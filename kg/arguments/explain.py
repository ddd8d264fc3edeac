"""Explanation of a standing, the contribution of each line; and changes of standings."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.lines import LIMIT, SIDES, Lines, build
from kg.arguments.semantics.shapley import EXACT, exact_shares, sampled_shares
from kg.arguments.standing import DEFAULT, Standing, Weighed, conclude, counting, side_made, state_of, weigh
from kg.display import ShownText
from kg.model.graph import Tables, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.arguments.policy import Policy
    from kg.arguments.semantics.shapley import Coalition, Share
    from kg.model.vocabulary import Group

ORDERS = 400
"""Random orders drawn where there are more than `EXACT` lines."""


class SideStrengths(NamedTuple):
    """Strengths for (`pro`), against (`con`) and of doubt of a claim, in the order of `SIDES`, or changes of them."""

    pro: float
    con: float
    doubt: float

    def of(self, side: Group) -> float:
        """Return the strength of one side."""
        return self[SIDES.index(side)]


class Contribution(NamedTuple):
    """Contribution of one line to a standing."""

    weighed: Weighed
    direct: bool
    """True if its target is the claim itself, and not another line."""
    removal: SideStrengths
    """Strengths with all lines, less those without this one."""
    share: SideStrengths
    """Shapley value: the mean change, over all orders in which the lines may come in."""
    state: str
    """State of the claim without this line."""
    error: SideStrengths
    """Standard error of the share; 0 where it is exact."""


@dataclass(frozen=True, repr=False)
class Explanation(ShownText):
    """Standing, with the contribution of each line that is not excluded."""

    standing: Standing
    lines: Lines
    contributions: tuple[Contribution, ...]
    exact: bool
    orders: int
    """Number of orders drawn; 0 where exact."""
    text: str = field(default="", compare=False)
    """The explanation in words, where an evaluator made it."""


def explain(lines: Lines, claim: str, semantics: str = DEFAULT, seed: int = 0) -> Explanation:
    """Return the explanation of the standing of `claim`: exact for up to 12 lines, sampled above.

    Raises as `kg.arguments.standing.weigh` does.

    References: Shapley 1953; Kampik, Potyka, Yin, Čyras, Toni 2024 (removal and Shapley contributions); Castro,
    Gómez, Tejada 2009 (sampling).
    """
    near = Lines(lines.facts, lines.around(claim))
    weights = weigh(near, semantics)
    (standing,) = conclude(weights, [claim])
    game = _LineGame(near, claim, semantics)
    exact = len(game.players) <= EXACT
    found = []
    for player, share in enumerate(_shares(game, exact, seed)):
        line = near.by_name[game.players[player]]
        without = game.everyone ^ 1 << player
        removal = [whole - left for whole, left in zip(game.value(game.everyone), game.value(without), strict=True)]
        found.append(
            Contribution(
                weighed=weights.of(line),
                direct=line.target == claim,
                removal=SideStrengths(*removal),
                share=SideStrengths(*share.values),
                state=game.state(without),
                error=SideStrengths(*share.errors),
            )
        )
    return Explanation(standing, near, tuple(sorted(found, key=_rank)), exact, 0 if exact else ORDERS)


def _shares(game: _LineGame, exact: bool, seed: int) -> list[Share]:
    count = len(game.players)
    if exact:
        return exact_shares(game, count)
    chance = random.Random(seed)  # noqa: S311 -- for sampling; the same seed gives the same numbers
    return sampled_shares(game, (chance.sample(range(count), count) for _ in range(ORDERS)))


def _rank(found: Contribution) -> tuple[bool, int, float, str]:
    line, share = found.weighed.line, found.share
    return not found.direct, SIDES.index(line.side), -round(sum(map(abs, share)), 9), line.name


class _LineGame:
    """Set game whose players are the lines near a claim, and whose results are its strengths on each side.

    A line's strength depends only on the lines that it is connected with, so that strengths are cached by part.
    """

    def __init__(self, lines: Lines, claim: str, semantics: str) -> None:
        self._lines = lines
        self._semantics = semantics
        self.players = sorted(line.name for line in lines.lines if line.side != LIMIT and not line.excluded_because)
        self.everyone: Coalition = (1 << len(self.players)) - 1
        self._part_of = _connected(lines)
        self._direct = [line.name for line in lines.at.get(claim, ()) if line.name in set(self.players)]
        self._weighed: dict[frozenset[str], dict[str, Weighed]] = {}
        self._values: dict[Coalition, SideStrengths] = {}

    def __call__(self, coalitions: Sequence[Coalition]) -> list[SideStrengths]:
        return [self.value(coalition) for coalition in coalitions]

    def value(self, coalition: Coalition) -> SideStrengths:
        """Return the strengths where only the lines of `coalition` have been said."""
        if coalition not in self._values:
            counted = counting(self._toward(coalition), self._semantics)
            sides = (side_made(counted, side, self._lines.policy).strength for side in SIDES)
            self._values[coalition] = SideStrengths(*sides)
        return self._values[coalition]

    def state(self, coalition: Coalition) -> str:
        """Return the state where only the lines of `coalition` have been said."""
        return state_of(self._toward(coalition), self._semantics)

    def _toward(self, coalition: Coalition) -> list[Weighed]:
        names = frozenset(name for bit, name in enumerate(self.players) if coalition >> bit & 1)
        return [self._of(names & self._part_of[name])[name] for name in self._direct if name in names]

    def _of(self, names: frozenset[str]) -> dict[str, Weighed]:
        if names not in self._weighed:
            kept = tuple(self._lines.by_name[name] for name in sorted(names))
            part = Lines(self._lines.facts, kept)
            weights = weigh(part, self._semantics, reference_semantics=())
            self._weighed[names] = {line.name: weights.of(line) for line in kept}
        return self._weighed[names]


def _connected(lines: Lines) -> dict[str, frozenset[str]]:
    """Return line -> its group, with groups of which none bears on another."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for name, hits in lines.hits.items():
        for hit in hits:
            near[name].add(hit.name)
            near[hit.name].add(name)
    parts: dict[str, frozenset[str]] = {}
    for line in lines.lines:
        if line.name not in parts:
            part = frozenset(reached([line.name], near.__getitem__))
            parts |= dict.fromkeys(part, part)
    return parts


@dataclass(frozen=True, repr=False)
class Change(ShownText):
    """Standing of one claim before and after; None where there is no such claim."""

    claim: str
    before: Standing | None
    after: Standing | None
    text: str = ""
    """The change in words, where an evaluator made it."""

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
