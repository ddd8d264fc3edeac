"""Measure `kg` against peers in one run, as ratios, and print the tables of docs/performance.md.

The two sides of a ratio run in turn, A B A B, so that a machine that drifts slows both; the median of the ratios is
what counts.  Exit status 1 if a ratio is over its limit.  `python benchmarks/run.py stores search` runs only these.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = {
    "commands": "Whole commands",
    "stores": "Loading, exporting and asking",
    "servers": "Beside servers",
    "queries": "The warm worker",
    "search": "Search by words",
    "tables": "Tables by a mapping",
    "strength": "Strengths of arguments",
    "standings": "Standings",
    "growth": "Beside more claims",
    "graphs": "Graphs in a browser",
}
"""Program that prints a table and exits with 1 if a limit is not kept -> its heading."""


def main() -> int:
    """Print the tables of all parts, or of those that are named."""
    wanted = sys.argv[1:] or list(PARTS)
    over = []
    for part in wanted:
        print(f"## {PARTS[part]}\n", flush=True)
        # Each in a process of its own: the peak memory of a child counts from that of its parent (getrusage(2)).
        if subprocess.run([sys.executable, Path(__file__).with_name(f"{part}.py")]).returncode:
            over.append(part)
        print(flush=True)
    if over:
        print(f"over a limit: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
