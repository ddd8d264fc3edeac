"""What each argument contributes to the strength of one: by taking it away, and by Shapley's fair share.

Only arguments from which a path leads to the one in question are calculated; all others contribute exactly 0.
Arguments are not cut out of the framework one at a time: many variants are swept at once, each with a mask.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.arguments.semantics.framework import NotConvergedError
from kg.arguments.semantics.strength import ROUNDS, SEMANTICS, STEPS, TOLERANCE, known

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.arguments.semantics.framework import Framework

EXACT = 12  # other arguments up to which all 2^n coalitions are calculated
SAMPLES = 1_000  # orders drawn above that
CELLS = 4_000_000  # strengths held at a time


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
    import numpy as np

    near, others = _relevant(framework, node, semantics)
    alive = np.ones((len(near), len(others) + 1), dtype=np.bool_)
    for column, other in enumerate(others, start=1):
        alive[near.index[other], column] = False
    found = _strengths(near, node, semantics, alive)
    return _contributions(framework, node, semantics, dict(zip(others, (found[0] - found[1:]).tolist(), strict=True)))


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
    near, others = _relevant(framework, node, semantics)
    if len(others) <= EXACT:
        shares = _shares(near, node, semantics, others)
        return _contributions(framework, node, semantics, shares, samples=1 << len(others))
    means, errors = _sampled(near, node, semantics, others, max(2, samples), seed)
    return _contributions(framework, node, semantics, means, errors, samples=max(2, samples))


def _relevant(framework: Framework, node: str, semantics: str) -> tuple[Framework, list[str]]:
    """Return the part of the framework that bears on `node`, and its other arguments."""
    known(semantics)
    others = sorted(framework.ancestors(node))
    return framework.only([node, *others]), others


def _contributions(
    framework: Framework,
    node: str,
    semantics: str,
    found: Mapping[str, float],
    errors: Mapping[str, float] | None = None,
    samples: int = 0,
) -> Contributions:
    names = [name for name in framework.names if name != node]
    return Contributions(
        node,
        semantics,
        {name: found.get(name, 0.0) for name in names},
        {name: (errors or {}).get(name, 0.0) for name in names},
        errors is None,
        samples,
    )


def _strengths(near: Framework, node: str, semantics: str, alive: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the strength of `node` in each variant, a column of `alive` (arguments by variants) each."""
    import numpy as np

    arrays = near.vectorized
    here = arrays.positions.tolist().index(near.index[node])
    width = max(1, CELLS // max(1, len(near)))
    found = []
    for first in range(0, alive.shape[1], width):
        result = arrays.settle(semantics, alive[arrays.positions, first : first + width], TOLERANCE, ROUNDS, STEPS)
        if (result.moved > TOLERANCE).any():
            raise NotConvergedError(
                f'what contributes to "{node}" cannot be said: with some arguments taken away, the strengths do not '
                f"settle under {SEMANTICS[semantics]}; break a cycle, or take another semantics"
            )
        found.append(result.values[here])
    return np.concatenate(found)


def _shares(near: Framework, node: str, semantics: str, others: list[str]) -> dict[str, float]:
    """Return the exact Shapley values, from the strengths of all coalitions of `others`."""
    import numpy as np

    count = len(others)
    coalitions = np.arange(1 << count)
    alive = np.ones((len(near), len(coalitions)), dtype=np.bool_)
    for bit, other in enumerate(others):
        alive[near.index[other]] = coalitions >> bit & 1
    found = _strengths(near, node, semantics, alive)
    sizes = alive.sum(axis=0) - 1
    orders = [math.factorial(size) * math.factorial(count - size - 1) for size in range(count)]
    weights = np.array(orders, dtype=np.float64) / math.factorial(count)
    shares = {}
    for bit, other in enumerate(others):
        outside = coalitions[coalitions >> bit & 1 == 0]
        gains = found[outside | 1 << bit] - found[outside]
        shares[other] = float(weights[sizes[outside]] @ gains)
    return shares


def _sampled(
    near: Framework, node: str, semantics: str, others: list[str], samples: int, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the mean gains over random orders, and their standard errors."""
    import numpy as np

    generator = np.random.default_rng(seed)
    count = len(others)
    rows = np.array([near.index[other] for other in others])
    steps = np.arange(count + 1)
    group = max(1, CELLS // (len(near) * len(steps)))
    gains = np.empty((samples, count))
    for first in range(0, samples, group):
        # rank[other, sample]: as the how-manieth the other comes in; variant s of a sample has the first s of them.
        rank = generator.random((count, min(group, samples - first))).argsort(axis=0).argsort(axis=0)
        alive = np.ones((len(near), rank.shape[1], len(steps)), dtype=np.bool_)
        alive[rows] = rank[:, :, None] < steps
        found = _strengths(near, node, semantics, alive.reshape(len(near), -1)).reshape(-1, len(steps))
        gains[first : first + group] = np.take_along_axis(np.diff(found, axis=1), rank.T, axis=1)
    errors = gains.std(axis=0, ddof=1) / math.sqrt(samples)
    return dict(zip(others, gains.mean(axis=0).tolist(), strict=True)), dict(zip(others, errors.tolist(), strict=True))
