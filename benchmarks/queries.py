"""Measure what the worker adds to a query once it is warm, against the same query on the same snapshot in this process.

Run by itself (`python benchmarks/queries.py`) or from benchmarks/run.py.  Both sides evaluate and serialise; the two
run in turn, and the medians of the times and of their differences count.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

import kg
from kg.query import query

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store import Store

ROOT = Path(__file__).parents[1]
LIMIT = 1.0  # milliseconds that the worker may add to a query
ROUNDS = 300
QUERIES = {
    "yes or no": "ASK { ?claim a hc:Claim }",
    "five rows": "SELECT ?text { ?claim a hc:Claim ; hc:text ?text } LIMIT 5",
    "a text each for all claims": "SELECT ?text { ?claim a hc:Claim ; hc:text ?text }",
}


class Line(NamedTuple):
    """One row of the table, in milliseconds; `added` is the median of the differences."""

    name: str
    raw: float
    ours: float
    added: float


def milliseconds(action: Callable[[], object]) -> float:
    """Return the time of one call by the clock: most of it is waiting for the other process."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def measure(store: Store, snapshot: ox.Store, name: str, rounds: int = ROUNDS) -> Line:
    """Return what one of `QUERIES` takes in this process and in the worker."""
    text = QUERIES[name]
    prefixes, graphs = store.prefixes(), [*store.default_graphs()]

    def raw() -> object:
        answer = snapshot.query(text, prefixes=prefixes, default_graph=graphs)
        return answer.serialize(format=ox.QueryResultsFormat.JSON)

    def ours() -> object:
        return query(store, text).document

    raw(), ours()  # a first run each starts the worker and fills the caches, and does not count
    pairs = [(milliseconds(raw), milliseconds(ours)) for _ in range(rounds)]
    sides = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Line(name, *sides, statistics.median(ours - raw for raw, ours in pairs))


def table() -> bool:
    """Print the table; return whether no query got slower by more than `LIMIT`."""
    with tempfile.TemporaryDirectory() as folder, kg.open(Path(folder) / "kg-store") as graph:
        graph.load(ROOT / "data" / "massage-low-back-pain")
        with graph.store.snapshot() as snapshot:
            lines = [measure(graph.store, ox.Store.read_only(snapshot), name) for name in QUERIES]
    print("| query | in this process | in the warm worker | added | limit |")
    print("|---|---|---|---|---|")
    for line in lines:
        print(f"| {line.name} | {line.raw:.2f} ms | {line.ours:.2f} ms | {line.added:.2f} ms | {LIMIT:g} ms |")
    print(f"\n{ROUNDS} pairs of runs each, medians.")
    return all(line.added <= LIMIT for line in lines)


if __name__ == "__main__":
    raise SystemExit(0 if table() else 1)
