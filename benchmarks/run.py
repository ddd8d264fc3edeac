"""Measure `kg` against peers in one run, as ratios of CPU time, and print the table of docs/performance.md.

The two sides of a ratio run in turn, A B A B, so that a machine that drifts slows both; the median of the ratios is
what counts.  Exit status 1 if a ratio is over its limit.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import standings
import strength

ROOT = Path(__file__).parents[1]
KG = str(Path(sys.executable).with_name("kg"))


class Cost(NamedTuple):
    """What one whole process took, its children included: CPU seconds, and peak resident memory in MiB."""

    cpu: float
    memory: float


class Case(NamedTuple):
    """A command of ours beside a peer's; `limit` is the highest ratio of CPU time that we accept."""

    name: str
    ours: list[str]
    peer: list[str]
    peer_name: str
    limit: float


def cost(command: list[str]) -> Cost:
    """Run `command` to its end and return what it cost."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


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


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=15, help="pairs of runs a case (default: 15)")
    runs = options.parse_args().runs
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "kg-store")
        subprocess.run(
            [KG, "load", str(ROOT / "data" / "massage-low-back-pain"), "--store", store],
            check=True,
            capture_output=True,
        )
        print("| what | beside | CPU ratio | limit | CPU | peer's CPU | peak memory | peer's |")
        print("|---|---|---|---|---|---|---|---|")
        for case in cases(store):
            ratio, ours, peer = measure(case, runs)
            over += ratio > case.limit
            print(
                f"| `{case.name}` | `{case.peer_name}` | {ratio:.2f} | {case.limit:g} "
                f"| {ours.cpu:.3f} s | {peer.cpu:.3f} s | {ours.memory:.0f} MiB | {peer.memory:.0f} MiB |",
                flush=True,
            )
    print(f"\n{runs} pairs of runs each, medians; processes with their children; Python {sys.version.split()[0]}.\n")
    good = strength.table() and not over
    print()
    standings.table()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
