"""Measure what commands cost beside more and more claims, which they are not about.

Run from benchmarks/run.py, or by itself with the sizes: `python benchmarks/growth.py 1000 10000 100000 1000000`.
The store holds the seed dataset and generated claims (benchmarks/world.py) in 30 files; a figure is the median CPU of
`RUNS` processes, the worker's included.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import world
from process import Cost, cost

SEED = Path(__file__).parents[1] / "data" / "massage-low-back-pain"
KG = str(Path(sys.executable).with_name("kg"))
SIZES = (1_000, 10_000, 100_000)
FILES = 30
RUNS = 3
COMMANDS = (
    "show relieves",
    "explain relieves",
    "standing relieves",
    "what-if relieves --without amta",
    "search massage",
    "query counterclaims-to-agent -p agent=amta",
    "query counterclaims-to-claim -p claim=relieves",
    "query limits-of-claim -p claim=relieves",
    "query evidence-for-claim -p claim=relieves",
    "query trace-to-study -p assertion=trial-function",
    "query claims-about-topic -p topic=massage",
    "query contested-claims",
)
NEAR = COMMANDS[:-1]
"""Commands about one claim or agent, or whose answer is short whatever the store holds."""


def loaded(folder: Path, claims: int) -> str:
    """Load the seed and `claims` generated claims into a store, and return its folder."""
    store = str(folder / f"store-{claims}")
    data = [str(SEED)]
    if claims:
        world.write(folder / f"world-{claims}", claims, FILES)
        data.append(str(folder / f"world-{claims}"))
    cost([KG, "load", *data, "--store", store])
    return store


def measured(command: str, store: str) -> Cost:
    """Return the median cost of a command."""
    name, *words = command.split()
    costs = [cost([KG, name, *words, "--store", store]) for _ in range(RUNS)]
    return Cost(statistics.median(each.cpu for each in costs), max(each.memory for each in costs))


def table(sizes: tuple[int, ...]) -> bool:
    """Print the table; return False if a command about one node costs more than its limit beside the largest store."""
    good = True
    print(f"| `kg …` | seed alone | {' | '.join(f'beside {size:,} claims' for size in sizes)} | peak memory |")
    print(f"|---|--:|{'--:|' * len(sizes)}--:|")
    with tempfile.TemporaryDirectory() as folder:
        stores = [loaded(Path(folder), size) for size in (0, *sizes)]
        for command in COMMANDS:
            alone, *beside = (measured(command, store) for store in stores)
            is_over = command in NEAR and beside[-1].cpu > 2 * alone.cpu + 0.05
            good &= not is_over
            figures = [f"{each.cpu:.2f} s" for each in (alone, *beside)]
            figures[-1] += " **over**" if is_over else ""
            print(f"| `{command}` | {' | '.join(figures)} | {beside[-1].memory:.0f} MiB |", flush=True)
    print("\nLimit for all but the last: twice the CPU on the seed alone, and 50 ms.")
    return good


if __name__ == "__main__":
    sys.exit(not table(tuple(map(int, sys.argv[1:])) or SIZES))
