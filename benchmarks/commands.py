"""Measure whole commands on the seed dataset, from their start to their end, beside what Python takes to import."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from process import Cost, cost

ROOT = Path(__file__).parents[1]
KG = str(Path(sys.executable).with_name("kg"))
RUNS = 15
"""Pairs of runs a case."""


class Case(NamedTuple):
    """A command of ours beside a peer's; `limit` is the highest ratio of CPU time that we accept."""

    name: str
    ours: list[str]
    peer: list[str]
    peer_name: str
    limit: float


def measure(case: Case, runs: int) -> tuple[float, Cost, Cost]:
    """Return the median of the ratios of CPU time, and the median costs of ours and of the peer."""
    cost(case.ours), cost(case.peer)  # a first run each fills the caches, and does not count
    pairs = [(cost(case.ours), cost(case.peer)) for _ in range(runs)]
    ratio = statistics.median(ours.cpu / peer.cpu for ours, peer in pairs)
    ours, peer = (Cost(*map(statistics.median, zip(*side, strict=True))) for side in zip(*pairs, strict=True))
    return ratio, ours, peer


def cases(store: str) -> list[Case]:
    """Return what is measured, on the seed dataset in `store`."""

    def python(code: str) -> list[str]:
        return [sys.executable, "-c", code]

    question = [KG, "query", "counterclaims-to-agent", "-p", "agent=amta", "--store", store]
    return [
        Case("kg --help", [KG, "--help"], python("import click"), 'python -c "import click"', 1.5),
        Case("kg query NAME", question, python("import rdflib"), 'python -c "import rdflib"', 4.0),
    ]


def table() -> bool:
    """Print the table; return whether all limits are kept."""
    good = True
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "kg-store")
        load = [KG, "load", str(ROOT / "data" / "massage-low-back-pain"), "--store", store]
        subprocess.run(load, check=True, capture_output=True)
        print("| what | beside | CPU ratio | limit | CPU | peer's CPU | peak memory | peer's |")
        print("|---|---|---|---|---|---|---|---|")
        for case in cases(store):
            ratio, ours, peer = measure(case, RUNS)
            good &= ratio <= case.limit
            print(
                f"| `{case.name}` | `{case.peer_name}` | {ratio:.2f} | {case.limit:g} "
                f"| {ours.cpu:.3f} s | {peer.cpu:.3f} s | {ours.memory:.0f} MiB | {peer.memory:.0f} MiB |",
                flush=True,
            )
    print(f"\n{RUNS} pairs of runs each, medians; processes with their children; Python {sys.version.split()[0]}.")
    return good


if __name__ == "__main__":
    sys.exit(not table())
