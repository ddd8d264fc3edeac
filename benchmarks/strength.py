"""Measure the strengths of a large framework against one sparse sweep, and against plain dictionaries.

Run by itself (`python -m benchmarks.strength`, or with a number of edges) or from benchmarks/run.py.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.arguments import SEMANTICS, Framework, strengths
from kg.arguments.semantics.reference import iterate
from kg.arguments.semantics.vectorized import vectorized

if TYPE_CHECKING:
    from collections.abc import Callable

SWEEPS = 5.0  # an update of all strengths may take this many sparse sweeps
FASTER = 50.0  # and must be this many times faster than over dictionaries
MEMORY = 1024.0  # MiB, peak, with the framework itself


class Line(NamedTuple):
    """One row of the table: seconds, and the two ratios."""

    name: str
    updates: int
    update: float
    sweeps: float
    faster: float


def framework(edges: int, arguments: int, *, cyclic: bool, seed: int = 0) -> Framework:
    """Return a random framework; base scores and edges come from a seeded generator."""
    generator = np.random.default_rng(seed)
    ends = generator.integers(0, arguments, size=(2, edges + edges // 10))
    ends = ends[:, ends[0] != ends[1]] if cyclic else np.sort(ends[:, ends[0] != ends[1]], axis=0)
    ends = np.unique(ends, axis=1)
    ends = generator.permutation(ends, axis=1)[:, :edges]
    names = [f"argument-{number:07}" for number in range(arguments)]
    pairs = [(names[source], names[target]) for source, target in ends.T.tolist()]
    half = len(pairs) // 2
    base = dict(zip(names, generator.uniform(0.05, 0.95, arguments).tolist(), strict=True))
    return Framework(base=base, attacks=frozenset(pairs[:half]), supports=frozenset(pairs[half:]))


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the shortest CPU time of `runs` calls."""
    times = []
    for _ in range(runs):
        before = time.process_time()
        action()
        times.append(time.process_time() - before)
    return min(times)


def measure(given: Framework, semantics: str, shape: str) -> Line:
    """Return the cost of one semantics: from the framework to converged strengths by name.

    An update is one of all arguments.  Without cycles each argument is calculated once, after its parents; what that
    replaces is one update for each level, and by this the cost is divided.
    """
    found = strengths(given, semantics)
    if not found.converged:
        raise SystemExit(f"{semantics} did not converge on {shape}")
    arrays = vectorized(given)
    vector = np.ones(len(given))
    once = seconds(lambda: [arrays.rows.signed @ vector for _ in range(20)]) / 20
    whole = seconds(lambda: strengths(given, semantics))
    updates = len(arrays.levels) if found.method == "exact" else found.iterations
    two, one = (seconds(lambda most=most: iterate(given, semantics, most=most), 1) for most in (2, 1))
    plain = two - one
    return Line(f"{semantics}, {shape}", updates, whole / updates, whole / updates / once, plain * updates / whole)


def table(edges: int = 1_000_000) -> bool:
    """Print what each semantics costs on `edges` edges, and return whether all are within their limits."""
    heads = f"{edges:,} edges", "updates", "ms each", f"sparse sweeps each (limit {SWEEPS:g})"
    print(f"| {' | '.join(heads)} | times faster than dictionaries (at least {FASTER:g}) |")
    print("|---|--:|--:|--:|--:|")
    good = True
    for cyclic in (True, False):
        given = framework(edges, edges // 5, cyclic=cyclic)
        for semantics in list(SEMANTICS)[:3]:
            line = measure(given, semantics, "with cycles" if cyclic else "acyclic")
            good &= line.sweeps <= SWEEPS and line.faster >= FASTER
            costs = f"{line.update * 1000:.2f} | {line.sweeps:.1f} | {line.faster:.0f}"
            print(f"| {line.name} | {line.updates} | {costs} |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory, the dictionaries compared with included: {memory:.0f} MiB (limit {MEMORY:g}).")
    return good and memory <= MEMORY


if __name__ == "__main__":
    raise SystemExit(0 if table(*map(int, sys.argv[1:2])) else 1)
