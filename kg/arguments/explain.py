"""Why a claim stands as it does: what each line contributes, by taking it away and by Shapley's fair share.

The value that is shared out is a claim's strength for and its strength against, as `kg.arguments.standing` defines
them, so that the rules (one line per study, the ceiling of a tier) are part of what is explained.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from kg.arguments.lines import AGAINST, FOR, LIMIT, Lines
from kg.arguments.standing import DEFAULT, Standing, Weighed, accrued, conclude, state_of, weigh

EXACT = 12
"""Lines up to which every subset of them is calculated."""
ORDERS = 400
"""Random orders drawn above that."""


class SideStrengths(NamedTuple):
    """What something adds to the strength for and to the strength against; below 0 it takes away."""

    pro: float
    con: float


class Contribution(NamedTuple):
    """What one line contributes."""

    weighed: Weighed
    direct: bool
    """Whether it is toward the claim itself, and not toward another line."""
    removal: SideStrengths
    """The strengths with all lines, less those without this one."""
    share: SideStrengths
    """Its Shapley value: the mean change, over all orders in which the lines may come in."""
    state: str
    """The state without this line."""
    error: SideStrengths
    """The standard error of the share; 0 where it is exact."""


@dataclass(frozen=True)
class Explanation:
    """A standing, and what each line that carries anything contributes to it."""

    standing: Standing
    lines: Lines
    contributions: tuple[Contribution, ...]
    exact: bool
    orders: int
    """How many orders were drawn; 0 where exact."""


def explain(lines: Lines, claim: str, semantics: str = DEFAULT, seed: int = 0) -> Explanation:
    """Return the explanation of the standing of `claim`: exact for up to 12 lines, sampled above.

    Raises as `kg.arguments.standing.weigh` does.

    References: Shapley 1953; Kampik, Potyka, Yin, Čyras, Toni 2024 (removal and Shapley contributions); Castro,
    Gómez, Tejada 2009 (sampling).
    """
    near = Lines(lines.record, lines.policy, lines.around(claim))
    weights = weigh(near, semantics)
    (standing,) = conclude(weights, [claim])
    players = [line for line in near.lines if line.side != LIMIT and not line.excluded_because]
    game = _Game(near, claim, semantics)
    everyone = frozenset(line.name for line in players)
    whole = game.value(everyone)
    exact = len(players) <= EXACT
    shares = _exact(game, sorted(everyone)) if exact else _sampled(game, sorted(everyone), seed)
    found = []
    for line in players:
        without = game.value(everyone - {line.name})
        removal = SideStrengths(whole.pro - without.pro, whole.con - without.con)
        share, error = shares[line.name]
        state = game.state(everyone - {line.name})
        found.append(Contribution(weights.of(line), line.target == claim, removal, share, state, error))
    found.sort(key=_rank)
    return Explanation(standing, near, tuple(found), exact, 0 if exact else ORDERS)


def _rank(found: Contribution) -> tuple[bool, bool, float, str]:
    line, share = found.weighed.line, found.share
    return not found.direct, line.side != FOR, -round(abs(share.pro) + abs(share.con), 9), line.name


class _Game:
    """The strengths for any set of lines, cached by connected part."""

    def __init__(self, lines: Lines, claim: str, semantics: str) -> None:
        self._lines = lines
        self._claim = claim
        self._semantics = semantics
        self._parts = _connected(lines)
        self._part_of = {name: number for number, part in enumerate(self._parts) for name in part}
        self._weighed: dict[frozenset[str], dict[str, Weighed]] = {}
        self._direct = [line for line in lines.at.get(claim, ()) if line.side != LIMIT and not line.excluded_because]
        self._values: dict[frozenset[str], SideStrengths] = {}

    def value(self, names: frozenset[str]) -> SideStrengths:
        """Return the strengths where only the lines `names` have been said."""
        if names not in self._values:
            standing = [each for each in self._toward(names) if each.stands[self._semantics]]
            self._values[names] = SideStrengths(
                accrued(each for each in standing if each.line.side == FOR),
                accrued(each for each in standing if each.line.side == AGAINST),
            )
        return self._values[names]

    def state(self, names: frozenset[str]) -> str:
        """Return the state where only the lines `names` have been said."""
        weighed = self._toward(names)
        return state_of({s: [x for x in weighed if x.line.side == s] for s in (FOR, AGAINST)}, self._semantics)

    def _toward(self, names: frozenset[str]) -> list[Weighed]:
        direct = (line for line in self._direct if line.name in names)
        return [self._of(names & self._parts[self._part_of[line.name]])[line.name] for line in direct]

    def _of(self, names: frozenset[str]) -> dict[str, Weighed]:
        if names not in self._weighed:
            kept = tuple(self._lines.by_name[name] for name in sorted(names))
            part = Lines(self._lines.record, self._lines.policy, kept)
            weights = weigh(part, self._semantics, reference_semantics=())
            self._weighed[names] = {line.name: weights.of(line) for line in kept}
        return self._weighed[names]


def _connected(lines: Lines) -> list[frozenset[str]]:
    """Return the lines in groups of which none bears on another."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    for name, hits in lines.hits.items():
        for hit in hits:
            near[name].add(hit.name)
            near[hit.name].add(name)
    parts, seen = [], set[str]()
    for line in lines.lines:
        part, waiting = set[str](), [line.name]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                part.add(name)
                waiting += sorted(near[name])
        if part:
            parts.append(frozenset(part))
    return parts


def _exact(game: _Game, names: list[str]) -> dict[str, tuple[SideStrengths, SideStrengths]]:
    """Return the Shapley value of each name, over all subsets."""
    count = len(names)
    subsets = [frozenset(name for bit, name in enumerate(names) if code >> bit & 1) for code in range(1 << count)]
    weight = [math.factorial(k) * math.factorial(count - k - 1) / math.factorial(count) for k in range(count)]
    found = {}
    for bit, name in enumerate(names):
        pro = con = 0.0
        for code, subset in enumerate(subsets):
            if not code >> bit & 1:
                before, after = game.value(subset), game.value(subsets[code | 1 << bit])
                pro += weight[len(subset)] * (after.pro - before.pro)
                con += weight[len(subset)] * (after.con - before.con)
        found[name] = (SideStrengths(pro, con), SideStrengths(0.0, 0.0))
    return found


def _sampled(game: _Game, names: list[str], seed: int) -> dict[str, tuple[SideStrengths, SideStrengths]]:
    """Return the mean change over random orders, and its standard error."""
    chance = random.Random(seed)  # noqa: S311 -- for sampling; the same seed gives the same numbers
    gains: dict[str, list[SideStrengths]] = {name: [] for name in names}
    for _ in range(ORDERS):
        order = chance.sample(names, len(names))
        inside, before = frozenset[str](), SideStrengths(0.0, 0.0)
        for name in order:
            inside |= {name}
            after = game.value(inside)
            gains[name].append(SideStrengths(after.pro - before.pro, after.con - before.con))
            before = after
    return {name: _mean(gained) for name, gained in gains.items()}


def _mean(gained: list[SideStrengths]) -> tuple[SideStrengths, SideStrengths]:
    means, errors = zip(*(_moments([each[side] for each in gained]) for side in (0, 1)), strict=True)
    return SideStrengths(*means), SideStrengths(*errors)


def _moments(values: list[float]) -> tuple[float, float]:
    mean = math.fsum(values) / len(values)
    spread = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(spread / len(values))
