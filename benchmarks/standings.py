"""Measure the standings of a large dataset end to end, and what share is reading and what is computing.

Run from benchmarks/run.py, or by itself with a number of claims: `python benchmarks/standings.py 10000`.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import claims

from kg.arguments import lines as build
from kg.arguments import policy, standing
from kg.model.reading import read_tables
from kg.store import LocalStore


def table(size: int = 100_000) -> bool:
    """Print the CPU time of each step over `size` generated claims in a store on disk, and its share; no limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(Path(folder) / "store")
        with store.writing() as writer:
            writer.put(claims.entry(0), claims.quads(size))
        triples = sum(1 for _ in store.quads())
        rules = policy.read()
        marks = [time.process_time()]
        read = read_tables(store)
        marks.append(time.process_time())
        lines = build.build(read, rules)
        marks.append(time.process_time())
        weights = standing.weigh(lines)
        marks.append(time.process_time())
        judged = standing.conclude(weights)
        marks.append(time.process_time())
        store.close()
    total = marks[-1] - marks[0]
    print(f"| {len(judged):,} claims, {triples:,} triples | CPU | share |\n|---|--:|--:|")
    steps = ("reading the store", "building the lines", "strengths, three semantics", "standings")
    for name, start, end in zip(steps, marks, marks[1:], strict=False):
        print(f"| {name} | {end - start:.1f} s | {100 * (end - start) / total:.0f} % |")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| all | {total:.1f} s | peak memory {memory:,.0f} MiB |", flush=True)
    return True


if __name__ == "__main__":
    table(*map(int, sys.argv[1:2]))
