"""Contributions: how much each player of a set game, or each argument of a framework, adds to a result.

`exact_shares` and `sampled_shares` are the Shapley values of any set game.  `removal` and `shapley` apply them to the
strength of one argument; only arguments from which a path leads to it are calculated, all others contribute exactly 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from kg.arguments.semantics.framework import NotConvergedError
from kg.arguments.semantics.strength import ROUNDS, SEMANTICS, STEPS, TOLERANCE, known

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from kg.arguments.semantics.framework import Framework

EXACT = 12  # other arguments up to which all 2^n coalitions are calculated
SAMPLES = 1_000  # orders drawn above that
CELLS = 4_000_000  # strengths held at a time

Coalition = int
"""A set of players: bit i is set where player i is in."""
Game = Callable[[Sequence[Coalition]], Sequence[Sequence[float]]]
"""A set game: coalitions -> the results of each, the same number of results for every coalition."""


class Share(NamedTuple):
    """A player's Shapley value in each result of a game, with the standard errors (0 where exact)."""

    values: tuple[float, ...]
    errors: tuple[float, ...]


def exact_shares(game: Game, players: int) -> list[Share]:
    """Return the Shapley value of each player, from the results of all 2^`players` coalitions.

    References
    ----------
    Shapley 1953, "A value for n-person games".

    """
    orders = [math.factorial(size) * math.factorial(players - size - 1) for size in range(players)]
    weights = [count / math.factorial(players) for count in orders]
    results = list(zip(*game(range(1 << players)), strict=True))
    shares = []
    for player in range(players):
        joins = [(code, weights[code.bit_count()]) for code in range(1 << players) if not code >> player & 1]
        values = (math.fsum(w * (found[code | 1 << player] - found[code]) for code, w in joins) for found in results)
        shares.append(Share(tuple(values), (0.0,) * len(results)))
    return shares


def sampled_shares(game: Game, orders: Iterable[Sequence[int]], batch: int = 1) -> list[Share]:
    """Return the mean gain of each player over `orders` (at least 2), and its standard error.

    Each order is a permutation of all players; the coalitions of `batch` orders are valued in one call of `game`.

    References
    ----------
    Castro, Gómez, Tejada 2009, "Polynomial calculation of the Shapley value based on sampling".

    """
    gains: dict[int, list[list[float]]] = {}
    waiting = iter(orders)
    while group := list(islice(waiting, batch)):
        growing = [list(accumulate((1 << player for player in order), or_, initial=0)) for order in group]
        results = iter(game([coalition for coalitions in growing for coalition in coalitions]))
        for order in group:
            before = next(results)
            for player in order:
                after = next(results)
                gains.setdefault(player, []).append([new - old for new, old in zip(after, before, strict=True)])
                before = after
    return [_mean(gains[player]) for player in sorted(gains)]


def _mean(gained: list[list[float]]) -> Share:
    count, columns = len(gained), list(zip(*gained, strict=True))
    means = tuple(math.fsum(column) / count for column in columns)
    spreads = (math.fsum((x - mean) ** 2 for x in column) for column, mean in zip(columns, means, strict=True))
    return Share(means, tuple(math.sqrt(spread / (count - 1) / count) for spread in spreads))


@dataclass(frozen=True)
class Contributions(Mapping[str, float]):
    """A mapping from each other argument to what it adds to (or, below 0, takes from) the strength of `node`.

    `errors` are the standard errors, all 0 where `exact`; `samples` counts the coalitions calculated where exact,
    else the orders drawn.
    """

    node: str
    semantics: str
    values_by_name: Mapping[str, float]
    errors: Mapping[str, float] = field(default_factory=dict)
    exact: bool = True
    samples: int = 0

    def __getitem__(self, name: str) -> float:
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


def removal(framework: Framework, node: str, semantics: str = "quadratic-energy") -> Contributions:
    """Return by how much the strength of `node` would fall if each other argument were not there.

    Parameters
    ----------
    framework : Framework
        Any shape.
    node : str
        The argument whose strength is explained.
    semantics : str
        A key of `kg.arguments.SEMANTICS`.

    Returns
    -------
    Contributions
        For each other argument x: strength of `node` in the framework, minus that in the framework without x.

    Raises
    ------
    FrameworkError
        There is no argument `node`.
    UsageError
        There is no such semantics.
    NotConvergedError
        The framework, or the framework without one of its arguments, does not settle.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> found = removal(Framework(base={"a": 0.5, "b": 0.5}, attacks={("b", "a")}), "a")
    >>> round(found["b"], 3)
    -0.1

    References
    ----------
    Kampik, Potyka, Yin, Čyras, Toni 2024, "Contribution functions for quantitative bipolar argumentation graphs",
    IJAR 173: removal-based contribution.

    """
    game = _StrengthGame(framework, node, semantics)
    everyone = (1 << len(game.others)) - 1
    (whole,), *without = game([everyone, *(everyone ^ 1 << player for player in range(len(game.others)))])
    shares = [Share((whole - left,), (0.0,)) for (left,) in without]
    return _contributions(framework, game, shares)


def shapley(
    framework: Framework, node: str, semantics: str = "quadratic-energy", *, samples: int = SAMPLES, seed: int = 0
) -> Contributions:
    """Return each other argument's fair share in what the others together do to the strength of `node`.

    The share is the mean, over all orders in which the other arguments may come in, of the change of strength when
    the argument comes in; the shares add up to the strength of `node` minus its strength when alone.  Exact where at
    most 12 arguments have a path to `node`; else the mean over `samples` random orders, with the standard error.

    Parameters
    ----------
    framework, node, semantics
        As in `removal`.
    samples : int
        Orders to draw where the calculation is not exact, at least 2.
    seed : int
        Of the generator: the same seed gives the same numbers.

    Returns
    -------
    Contributions
        With `exact`, `samples` and the standard error of each.

    Raises
    ------
    FrameworkError, UsageError, NotConvergedError
        As in `removal`.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> found = shapley(Framework(base={"a": 0.5, "b": 0.5}, attacks={("b", "a")}), "a")
    >>> round(found["b"], 3), found.exact
    (-0.1, True)

    References
    ----------
    Shapley 1953, "A value for n-person games".  Kampik et al. 2024, IJAR 173: Shapley-based contribution.
    Castro, Gómez, Tejada 2009, "Polynomial calculation of the Shapley value based on sampling": the sampling.

    """
    game = _StrengthGame(framework, node, semantics)
    count, samples = len(game.others), max(2, samples)
    if count <= EXACT:
        return _contributions(framework, game, exact_shares(game, count), samples=1 << count)
    batch = max(1, CELLS // ((count + 1) * (count + 1)))
    shares = sampled_shares(game, _orders(count, samples, batch, seed), batch)
    return _contributions(framework, game, shares, exact=False, samples=samples)


class _StrengthGame:
    """The set game whose players are the arguments with a path to `node`, and whose result is its strength."""

    def __init__(self, framework: Framework, node: str, semantics: str) -> None:
        self.node, self.semantics = node, known(semantics)
        self.others = sorted(framework.ancestors(node))
        self._near = framework.only([node, *self.others])

    def __call__(self, coalitions: Sequence[Coalition]) -> list[list[float]]:
        import numpy as np

        size = max(1, (len(self.others) + 7) // 8)
        packed = b"".join(coalition.to_bytes(size, "little") for coalition in coalitions)
        bits = np.frombuffer(packed, dtype=np.uint8).reshape(-1, size)
        alive = np.ones((len(self._near), len(coalitions)), dtype=np.bool_)
        rows = [self._near.index[other] for other in self.others]
        alive[rows] = np.unpackbits(bits, axis=1, count=len(rows), bitorder="little").T
        return [[strength] for strength in self._strengths(alive).tolist()]

    def _strengths(self, alive: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the strength of the node in each variant, a column of `alive` (arguments by variants) each."""
        import numpy as np

        from kg.arguments.semantics.vectorized import vectorized

        arrays = vectorized(self._near)
        here = arrays.positions.tolist().index(self._near.index[self.node])
        width = max(1, CELLS // len(self._near))
        found = []
        for first in range(0, alive.shape[1], width):
            variants = alive[arrays.positions, first : first + width]
            result = arrays.settle(self.semantics, variants, TOLERANCE, ROUNDS, STEPS)
            if (result.moved > TOLERANCE).any():
                raise NotConvergedError(
                    f'what contributes to "{self.node}" cannot be said: with some arguments taken away, the strengths '
                    f"do not settle under {SEMANTICS[self.semantics]}; break a cycle, or take another semantics"
                )
            found.append(result.values[here])
        return np.concatenate(found)


def _contributions(
    framework: Framework, game: _StrengthGame, shares: Sequence[Share], *, exact: bool = True, samples: int = 0
) -> Contributions:
    names = [name for name in framework.names if name != game.node]
    found = dict(zip(game.others, shares, strict=True))
    nothing = Share((0.0,), (0.0,))
    return Contributions(
        game.node,
        game.semantics,
        {name: found.get(name, nothing).values[0] for name in names},
        {name: found.get(name, nothing).errors[0] for name in names},
        exact,
        samples,
    )


def _orders(count: int, samples: int, batch: int, seed: int) -> Iterator[list[int]]:
    """Yield `samples` random orders of the numbers below `count`, drawn `batch` at a time."""
    import numpy as np

    generator = np.random.default_rng(seed)
    for first in range(0, samples, batch):
        drawn = generator.random((count, min(batch, samples - first))).argsort(axis=0)
        yield from drawn.T.tolist()
