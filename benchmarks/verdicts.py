"""Agreement of the standings with the labels of two published data sets, loaded with the tiers of their papers.

`python benchmarks/verdicts.py FOLDER` prints the table of docs/standing.md; in FOLDER are `check-covid` and `pubmedqa`.
A claim is compared by the labels of all rows that state it: if they say one thing, its state has to be that, if they
differ, it has to be contested.  At one tier that is so by the rules; what differs is where tiers decide.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path

import kg
from kg.readers import tables

DATA = {
    "Check-COVID": ("check-covid/Check-COVID_all.json", "check-covid"),
    "PubMedQA": ("pubmedqa/ori_pqal.json", "pubmedqa"),
}
STATES = ("supported", "opposed", "contested", "unsupported")


def expected(stances: set[str]) -> str:
    """Return the state that the labels of a claim stand for."""
    sides = stances & {"affirms", "denies"}
    if len(sides) == 2:
        return "contested"
    return {"affirms": "supported", "denies": "opposed"}[sides.pop()] if sides else "unsupported"


def compared(file: Path, mapping: str) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Return (state by the labels, state of the standing) -> claims, and the tier of what carries a claim -> claims."""
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for row in tables.preview(file, Path(mapping), sys.maxsize).mapped:
        if row.claim and row.assertion:
            labels[row.claim.id].add(row.assertion.stance)
    with kg.open() as graph:
        graph.load(file, mapping=mapping)
        standings = graph.standing()
    pairs = Counter((expected(labels[each.claim.rpartition("/")[2]]), each.state) for each in standings)
    carrying = (max(filter(None, (each.tier_for, each.tier_against)), default=None) for each in standings)
    return pairs, Counter(tier.label if tier else "nothing" for tier in carrying)


def main(folder: Path) -> bool:
    """Print the tables; return whether no claim stands for the opposite of its labels."""
    print("| data | labels say | claims | agree | " + " | ".join(STATES) + " |")
    print("|---|---|--:|--:|" + "--:|" * len(STATES))
    found = {name: compared(folder / file, mapping) for name, (file, mapping) in DATA.items()}
    for name, (pairs, _) in found.items():
        for label in STATES:
            row = [pairs[label, state] for state in STATES]
            if total := sum(row):
                agree = f"{100 * pairs[label, label] / total:.1f} %"
                print(f"| {name} | {label} | {total:,} | {agree} | {' | '.join(f'{count:,}' for count in row)} |")
    print("\n| data | claims carried by | claims |\n|---|---|--:|")
    for name, (_, tiers) in found.items():
        for tier, count in tiers.most_common():
            print(f"| {name} | {tier} | {count:,} |")
    opposite = (("supported", "opposed"), ("opposed", "supported"))
    return not any(pairs[pair] for pairs, _ in found.values() for pair in opposite)


if __name__ == "__main__":
    sys.exit(0 if main(Path(sys.argv[1])) else 1)
