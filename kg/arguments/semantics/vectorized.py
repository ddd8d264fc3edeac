"""Vectorized implementation of the semantics: each update is one sparse matrix product over all edges.

The arguments are reordered so that those without parents, which never change, come first; the others are rows of
sparse matrices (CSR).  Without cycles the rest is ordered by level, each level is calculated once from those before
it, and the result is exact.  With cycles the whole is iterated.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kg.arguments.semantics.reference import MOST

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.arguments.semantics.framework import Framework

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Positions = NDArray[np.signedinteger[Any]]
Matrix = csr_array[np.float64, tuple[int, int]]

THIN = 32  # levels of fewer arguments than this, on average, cost more in arrays than in plain Python
DEEP = 20_000  # levels beyond which thin ones are not even counted
BLOCK = 1 << 14  # arguments updated at a time: what fits the processor's cache


class EdgeRows(NamedTuple):
    """Edges into the arguments `low` to `high`, one row each; `signed` is support minus attack."""

    low: int
    high: int
    attack: Matrix
    support: Matrix
    signed: Matrix


def _in_blocks(part: Callable[[slice], Floats], like: Floats) -> Floats:
    """Return an array of the shape of `like`, calculated a block of rows at a time."""
    if like.size <= BLOCK:
        return part(slice(None))
    result, height = np.empty_like(like), max(1, BLOCK * len(like) // like.size)
    for low in range(0, len(like), height):
        own = slice(low, low + height)
        result[own] = part(own)
    return result


def _times(matrix: Matrix, carried: Floats) -> Floats:
    return np.asarray(matrix @ carried, dtype=np.float64)


def _unchanged(strengths: Floats) -> Floats:
    return strengths


def _log_of_rest(strengths: Floats) -> Floats:
    """Return log(1 - s): a product over edges becomes a sum; a parent of strength 1 carries minus infinity."""
    with np.errstate(divide="ignore"):
        return _in_blocks(lambda own: np.log(1 - strengths[own]), strengths)


def _energy(rows: EdgeRows, carried: Floats) -> Floats:
    return _times(rows.signed, carried)


def _net_support(rows: EdgeRows, carried: Floats) -> Floats:
    """Return the aggregated support minus the aggregated attack, each 1 - product(1 - s)."""
    attack, support = _times(rows.attack, carried), _times(rows.support, carried)
    return _in_blocks(lambda own: np.exp(attack[own]) - np.exp(support[own]), attack)


def _attack(rows: EdgeRows, carried: Floats) -> Floats:
    return _times(rows.attack, carried)


def _moved(base: Floats, influence: Floats, impact: Floats) -> Floats:
    """Return the base score moved by `impact` of the way to 1 where the influence is positive, else to 0."""
    impact *= np.where(influence >= 0, 1 - base, -base)
    impact += base
    return impact


def _quadratic(base: Floats, energy: Floats) -> Floats:
    impact = energy * energy
    impact /= 1 + impact
    return _moved(base, energy, impact)


def _linear(base: Floats, net: Floats) -> Floats:
    return _moved(base, net, np.abs(net))


def _euler(base: Floats, energy: Floats) -> Floats:
    grown = np.exp(np.minimum(energy, MOST))
    share = grown + base
    grown *= base
    grown += 1
    share /= grown
    share *= base
    return np.minimum(share, 1.0, out=share)


def _inverse(base: Floats, attack: Floats) -> Floats:
    return 1 / (1 + attack)


class UpdateRule(NamedTuple):
    """Semantics in arrays: the value that an edge carries, the sum over edges, and how it moves the base score."""

    carry: Callable[[Floats], Floats]
    aggregate: Callable[[EdgeRows, Floats], Floats]
    settle: Callable[[Floats, Floats], Floats]


RULES = {
    "quadratic-energy": UpdateRule(_unchanged, _energy, _quadratic),
    "df-quad": UpdateRule(_log_of_rest, _net_support, _linear),
    "euler": UpdateRule(_unchanged, _energy, _euler),
    "categoriser": UpdateRule(_unchanged, _attack, _inverse),
}


class Settled(NamedTuple):
    """Strengths (n, or n by k), the number of updates, and by how much each argument last moved."""

    values: Floats
    iterations: int
    moved: Floats
    method: str


class VectorizedFramework:
    """A framework as arrays, in the order of `positions` (indices into the framework's names)."""

    def __init__(self, base: Floats, attack: tuple[Positions, Positions], support: tuple[Positions, Positions]) -> None:
        self.size = len(base)
        sources, targets = (np.concatenate(ends) for ends in zip(attack, support, strict=True))
        level, self.shape = levels(self.size, sources, targets)
        self.positions = np.argsort(level, kind="stable")
        place = np.empty(self.size, dtype=np.int32)
        place[self.positions] = np.arange(self.size, dtype=np.int32)
        self.base = base[self.positions]
        self.bounds = np.searchsorted(level[self.positions], np.arange(int(level.max(initial=0)) + 2))
        self.leaves = int(self.bounds[1])
        self.attack, self.support = (
            self._matrix(place[sources], place[targets]) for sources, targets in (attack, support)
        )

    @property
    def thin(self) -> bool:
        """True if plain Python is faster, provided that there is no cycle."""
        return self.shape == "deep" or (self.shape == "levels" and THIN * len(self.bounds) > self.size)

    @classmethod
    def of(cls, framework: Framework) -> VectorizedFramework:
        """Return the arrays of `framework`."""
        base = np.fromiter(map(framework.base.__getitem__, framework.names), dtype=np.float64, count=len(framework))
        attack, support = (
            (
                np.frombuffer(ends[0], dtype=np.int32).astype(np.intp),
                np.frombuffer(ends[1], dtype=np.int32).astype(np.intp),
            )
            for ends in (framework.attack_ends, framework.support_ends)
        )
        return cls(base, attack, support)

    def _matrix(self, sources: Positions, targets: Positions) -> Matrix:
        """Return the edges as rows, of the arguments that have parents."""
        ones = np.ones(len(sources))
        shape = (self.size - self.leaves, self.size)
        return csr_array((ones, (targets - self.leaves, sources)), shape=shape)

    @cached_property
    def rows(self) -> EdgeRows:
        """All edges, for an update of every argument that has parents."""
        return EdgeRows(self.leaves, self.size, self.attack, self.support, csr_array(self.support - self.attack))

    @cached_property
    def levels(self) -> tuple[EdgeRows, ...]:
        """The edges into each level, those nearest to the arguments without parents first."""
        cuts = [int(bound) - self.leaves for bound in self.bounds[1:]]
        return tuple(
            EdgeRows(low + self.leaves, high + self.leaves, *(_cut(matrix, low, high) for matrix in self.rows[2:]))
            for low, high in pairwise(cuts)
        )

    def settle(self, semantics: str, alive: Flags | None, tolerance: float, rounds: int, steps: int) -> Settled:
        """Return the strengths by the first way that works: by level, by iteration, by continuous dynamics.

        What does not settle by iteration follows the dynamics with the connected part that it belongs to, and the
        other parts keep what they have: a part that oscillates has no say in one that it has no edge to.
        """
        if self.shape == "levels":
            values = self.exact(semantics, alive)
            return Settled(values, 1, np.zeros_like(values), "exact")
        found = self.discrete(semantics, alive, tolerance, rounds if self.shape == "cyclic" else self.size + 1)
        restless = found.moved > tolerance
        if not restless.any():
            return found
        if alive is not None:
            left = restless.any(axis=0)
            rest = self.continuous(semantics, alive[:, left], tolerance, steps)
            found.values[:, left], found.moved[:, left] = rest.values, rest.moved
        else:
            island = self.islands()
            kept = np.flatnonzero(np.isin(island, island[restless]))
            part = self.part(kept)
            rest = part.continuous(semantics, None, tolerance, steps)
            found.values[kept], found.moved[kept] = part.restore(rest.values), part.restore(rest.moved)
        return Settled(found.values, found.iterations + rest.iterations, found.moved, "continuous")

    def restore(self, values: Floats) -> Floats:
        """Return `values` in the order of the framework's names."""
        restored = np.empty_like(values)
        restored[self.positions] = values
        return restored

    def exact(self, semantics: str, alive: Flags | None = None) -> Floats:
        """Return the strengths of an acyclic framework, each level calculated once from those before it.

        With `alive` (n by k), k variants at once: in each, the arguments that are not alive do not exist.
        """
        rule = RULES[semantics]
        base = self._base(alive)
        values = self.start(semantics, alive)
        carried = rule.carry(values).copy()
        for rows in self.levels:
            own = slice(rows.low, rows.high)
            values[own] = rule.settle(base[own], rule.aggregate(rows, carried))
            if alive is not None:
                values[own] *= alive[own]
            carried[own] = rule.carry(values[own])
        return values

    def discrete(self, semantics: str, alive: Flags | None, tolerance: float, most: int) -> Settled:
        """Return the strengths by iterating from the base scores until no argument moves by more than `tolerance`."""
        values = self.start(semantics, alive)
        base, own = self._base(alive), slice(self.leaves, None)
        before = values.copy()
        for iteration in range(1, most + 1):  # noqa: B007
            before, values = values, before
            values[own] = self.update(semantics, base, before, alive)
            if _farthest(values, before) <= tolerance:
                break
        moved = np.abs(values - before)
        return Settled(values, iteration, moved, "discrete")

    def update(self, semantics: str, base: Floats, values: Floats, alive: Flags | None) -> Floats:
        """Return the next strengths of the arguments that have parents."""
        rule = RULES[semantics]
        influence = rule.aggregate(self.rows, rule.carry(values))
        own_base = base[self.leaves :]
        new = _in_blocks(lambda own: rule.settle(own_base[own], influence[own]), influence)
        if alive is not None:
            new *= alive[self.leaves :]
        return new

    def continuous(self, semantics: str, alive: Flags | None, tolerance: float, most: int) -> Settled:
        """Return the strengths by following ds/dt = update(s) - s until it rests (Potyka 2018, Definition 2).

        Steps of third order with an error estimate (Bogacki & Shampine 1989), which is held to a small share of the
        speed, so that the system can come to rest.
        """
        values = self.start(semantics, alive)
        base, own = self._base(alive), slice(self.leaves, None)
        state = values[own]

        def speed(at: Floats) -> Floats:
            values[own] = np.clip(at, 0.0, 1.0)
            return self.update(semantics, base, values, alive) - values[own]

        step, first, iteration = 0.25, speed(state.copy()), 0
        state = values[own].copy()
        while iteration < most:
            iteration += 1
            fastest = float(np.abs(first).max(initial=0.0))
            if fastest <= tolerance:
                break
            second = speed(state + step / 2 * first)
            third = speed(state + 3 / 4 * step * second)
            new = np.clip(state + step / 9 * (2 * first + 3 * second + 4 * third), 0.0, 1.0)
            fourth = speed(new)
            error = step / 72 * float(np.abs(-5 * first + 6 * second + 8 * third - 9 * fourth).max())
            allowed = min(1e-7, 1e-2 * fastest)
            if error <= allowed:
                state, first = new, fourth
            step = min(1.5, step * min(4.0, max(0.2, 0.9 * (allowed / max(error, 1e-300)) ** (1 / 3))))
        values[own] = state
        moved = np.zeros_like(values)
        moved[own] = np.abs(first)
        return Settled(values, iteration, moved, "continuous")

    def part(self, kept: Positions) -> VectorizedFramework:
        """Return the arrays of the arguments at the places `kept` (ascending) and of the edges between them."""
        place = np.full(self.size, -1, dtype=np.int32)
        place[kept] = np.arange(len(kept))

        def ends(matrix: Matrix) -> tuple[Positions, Positions]:
            edges = matrix.tocoo()
            sources, targets = place[edges.col], place[edges.row + self.leaves]
            inside = (sources >= 0) & (targets >= 0)
            return sources[inside], targets[inside]

        return VectorizedFramework(self.base[kept], ends(self.attack), ends(self.support))

    def islands(self) -> NDArray[np.int32]:
        """Return for each argument the number of the connected part that it belongs to."""
        edges = (self.attack + self.support).tocoo()
        square = csr_array((edges.data, (edges.row + self.leaves, edges.col)), shape=(self.size, self.size))
        return np.asarray(connected_components(square, directed=False)[1], dtype=np.int32)

    def start(self, semantics: str, alive: Flags | None) -> Floats:
        """Return the strengths from which a calculation begins, and at which arguments without parents stay."""
        base = self._base(alive)
        return (
            (np.ones_like(base) if alive is None else alive.astype(np.float64))
            if semantics == "categoriser"
            else base.copy()
        )

    def _base(self, alive: Flags | None) -> Floats:
        return self.base if alive is None else self.base[:, None] * alive


def _farthest(values: Floats, before: Floats) -> float:
    """Return the largest difference of two arrays, found a block of rows at a time."""
    height = max(1, BLOCK * len(values) // max(1, values.size))
    blocks = (slice(low, low + height) for low in range(0, len(values), height))
    return max((float(np.abs(values[own] - before[own]).max()) for own in blocks), default=0.0)


Shape = Literal["levels", "deep", "cyclic"]


def levels(size: int, sources: Positions, targets: Positions) -> tuple[Positions, Shape]:
    """Return for each argument its level: 0 without parents, else one more than the highest of its parents'.

    With a cycle ("cyclic"), or where the levels are many and narrow ("deep"), every argument with parents is on
    level 1.
    """
    children = csr_array((np.ones(len(sources), dtype=np.int8), (sources, targets)), shape=(size, size))
    begin, ends = children.indptr, children.indices
    waiting = np.bincount(ends, minlength=size)
    flat = (waiting > 0).astype(np.int32)
    level = np.zeros(size, dtype=np.int32)
    front: Positions = np.flatnonzero(waiting == 0)
    depth = done = 0
    while len(front):
        level[front] = depth
        done += len(front)
        depth += 1
        if depth > DEEP and done < THIN * depth:
            return flat, "deep"
        front = _freed(waiting, ends[_ranges(begin[front], begin[front + 1])])
    return (level, "levels") if done == size else (flat, "cyclic")


def _freed(waiting: Positions, hit: Positions) -> Positions:
    """Count each of `hit` off in `waiting`, and return those for which none is left."""
    if len(hit) > len(waiting) // 16:
        times = np.bincount(hit, minlength=len(waiting))
        waiting -= times
        return np.flatnonzero((waiting == 0) & (times > 0))
    places, times = np.unique(hit, return_counts=True)
    waiting[places] -= times
    freed: Positions = places[waiting[places] == 0]
    return freed


def _ranges(low: Positions, high: Positions) -> Positions:
    """Return the numbers low[0] to high[0] - 1, low[1] to high[1] - 1 and so on, in one array."""
    counts = high - low
    before = np.cumsum(counts) - counts
    return np.repeat(low - before, counts) + np.arange(int(counts.sum()))


def _cut(matrix: Matrix, low: int, high: int) -> Matrix:
    """Return the rows `low` to `high`, sharing the memory of their edges."""
    begin = matrix.indptr[low : high + 1]
    edges = slice(begin[0], begin[-1])
    return csr_array((matrix.data[edges], matrix.indices[edges], begin - begin[0]), shape=(high - low, matrix.shape[1]))


def vectorized(framework: Framework) -> VectorizedFramework:
    """Return `framework` as sparse matrices; they are made once and kept with it."""
    kept = vars(framework)
    if "vectorized" not in kept:
        kept["vectorized"] = VectorizedFramework.of(framework)
    arrays: VectorizedFramework = kept["vectorized"]
    return arrays
