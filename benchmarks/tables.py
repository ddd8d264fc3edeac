"""Loading a table by a mapping, beside loading the same triples from N-Quads, in CPU time."""

from __future__ import annotations

import csv
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from kg.readers import tables

KG = [sys.executable, "-m", "kg"]
ROWS = 100_000
LIMIT = 3.0
MAPPING = """\
mapping-file: 1
claim: Claim
stance:
  column: Verdict
  words: {yes: affirms, no: denies, maybe: doubts}
agent: Who
source: {title: Paper, pmid: PMID, date: Date}
quote: Quote
evidence: Design
about: Topic
"""


def table(rows: int = ROWS, runs: int = 3) -> bool:
    """Print the row of the table of docs/performance.md; return whether the ratio is within its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        mapping = folder / "mapping.yaml"
        mapping.write_text(MAPPING)
        made = _made(folder / "claims.csv", rows)
        plain = folder / "claims.nq"
        with plain.open("w", encoding="utf-8") as file:
            count = sum(bool(file.write(f"{quad} .\n")) for quad in tables.read(made, mapping).quads)
        pairs = [(_load(folder, made, "--mapping", str(mapping)), _load(folder, plain)) for _ in range(runs)]
    ratio = statistics.median(ours / peer for ours, peer in pairs)
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    print("| what | beside | CPU ratio | limit | CPU | peer's CPU |")
    print("|---|---|---|---|---|---|")
    name = f"a table of {rows:,} rows ({count:,} triples)"
    print(f"| {name} | the same as N-Quads | {ratio:.2f} | {LIMIT:g} | {ours:.1f} s | {peer:.1f} s |", flush=True)
    return ratio <= LIMIT


def _made(path: Path, rows: int) -> Path:
    """Write a table like those of fact checks: some claims, agents and papers come again and again."""
    chance = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Claim", "Verdict", "Who", "Paper", "PMID", "Date", "Quote", "Design", "Topic"])
        for n in range(rows):
            claim, paper = chance.randrange(rows), chance.randrange(1 + rows // 5)
            writer.writerow(
                [
                    f"Treatment {claim % 997} helps people with condition {claim}",
                    chance.choice(["yes", "yes", "no", "maybe"]),
                    f"Team {chance.randrange(1 + rows // 20)}",
                    f"A trial of treatment {paper % 997}",
                    10_000_000 + paper,
                    f"{chance.randrange(1990, 2025)}-{chance.randrange(1, 13):02}",
                    f"In group {n} we found that it helped {chance.randrange(100)} of 100",
                    chance.choice(["RCT", "cohort study", "systematic review"]),
                    f"condition {claim % 499}",
                ]
            )
    return path


def _load(folder: Path, *arguments: str | Path) -> float:
    """Load into a new store; return the CPU seconds of the whole process."""
    with tempfile.TemporaryDirectory(dir=folder) as store:
        command = [*KG, "load", *map(str, arguments), "--store", f"{store}/kg-store"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    sys.exit(0 if table() else 1)
