"""Reference implementation of the semantics: plain Python, one argument at a time, exact for acyclic frameworks.

The vectorized implementation (`kg.arguments.semantics.vectorized`) is tested against it.  It is also the faster one
where a framework is small, or one long chain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kg.arguments.semantics.framework import Framework

Update = Callable[[float, Sequence[float], Sequence[float]], float]


def quadratic_energy(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """Return the strength at which an argument rests under its parents' strengths (Potyka 2018, Definition 2)."""
    energy = sum(supporters) - sum(attackers)
    impact = energy * energy / (1 + energy * energy)
    return base + (1 - base) * impact if energy >= 0 else base - base * impact


def df_quad(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """Return the strength under discontinuity-free aggregation (Rago et al. 2016, Definitions 1 to 3)."""
    attack = 1 - math.prod(1 - strength for strength in attackers)
    support = 1 - math.prod(1 - strength for strength in supporters)
    if attack >= support:
        return base - base * (attack - support)
    return base + (1 - base) * (support - attack)


def euler(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """Return the strength under the Euler-based semantics (Amgoud & Ben-Naim 2018, Definition 12)."""
    grown = math.exp(min(sum(supporters) - sum(attackers), MOST))
    # The paper's 1 - (1 - w²) / (1 + w exp(E)), written so that without energy it is w to the last digit.
    return min(1.0, base * ((grown + base) / (1 + base * grown)))


def categoriser(base: float, attackers: Sequence[float], supporters: Sequence[float]) -> float:
    """Return the h-categoriser of an argument: attacks only, every base score 1 (Besnard & Hunter 2001)."""
    return 1 / (1 + sum(attackers))


MOST = 700.0  # beyond it exp() overflows, and the strength is 1 to the last digit long before

UPDATES: dict[str, Update] = {
    "quadratic-energy": quadratic_energy,
    "df-quad": df_quad,
    "euler": euler,
    "categoriser": categoriser,
}


class Order(NamedTuple):
    """An order of calculation: each position after its parents; `depth` is the longest path, in arguments."""

    positions: list[int]
    depth: int


def order(attackers: list[list[int]], supporters: list[list[int]]) -> Order | None:
    """Return the topological order, or None where there is a cycle."""
    waiting = [len(a) + len(s) for a, s in zip(attackers, supporters, strict=True)]
    children: list[list[int]] = [[] for _ in waiting]
    for parents in (attackers, supporters):
        for target, sources in enumerate(parents):
            for source in sources:
                children[source].append(target)
    level = [position for position, count in enumerate(waiting) if not count]
    positions, depth = [], 0
    while level:
        positions += level
        depth += 1
        ready = []
        for source in level:
            for target in children[source]:
                waiting[target] -= 1
                if not waiting[target]:
                    ready.append(target)
        level = ready
    return Order(positions, depth) if len(positions) == len(waiting) else None


def evaluate(framework: Framework, semantics: str) -> list[float] | None:
    """Return the exact strengths in the order of `framework.names`, or None where there is a cycle."""
    attackers, supporters = framework.parents()
    found = order(attackers, supporters)
    if found is None:
        return None
    update = UPDATES[semantics]
    strengths = [0.0] * len(framework)
    base = [framework.base[name] for name in framework.names]
    for at in found.positions:
        strengths[at] = update(base[at], [strengths[x] for x in attackers[at]], [strengths[x] for x in supporters[at]])
    return strengths


def iterate(framework: Framework, semantics: str, tolerance: float = 1e-12, most: int = 1000) -> dict[str, float]:
    """Return the strengths by plain fixed-point iteration over dictionaries: slow, and easy to check by eye.

    All arguments change at once, beginning from the base scores, until none moves by more than `tolerance`, or after
    `most` rounds.
    """
    update = UPDATES[semantics]
    attackers: dict[str, list[str]] = {name: [] for name in framework.names}
    supporters: dict[str, list[str]] = {name: [] for name in framework.names}
    for edges, parents in ((framework.attacks, attackers), (framework.supports, supporters)):
        for source, target in sorted(edges):
            parents[target].append(source)
    strengths = start(framework, semantics)
    for _ in range(most):
        previous = strengths
        strengths = {
            name: update(base, [previous[x] for x in attackers[name]], [previous[x] for x in supporters[name]])
            for name, base in framework.base.items()
        }
        if all(abs(strengths[name] - previous[name]) <= tolerance for name in strengths):
            break
    return strengths


def start(framework: Framework, semantics: str) -> dict[str, float]:
    """Return the strengths from which an iteration begins: the base scores, or 1 where the semantics has none."""
    return dict.fromkeys(framework.base, 1.0) if semantics == "categoriser" else dict(framework.base)
