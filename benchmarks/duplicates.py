"""Measure how well proposals of claims that are the same, or contrary, agree with labelled pairs: tests/duplicates/.

Run as `python -m benchmarks.duplicates`, with the data of ../shared beside the project.  The labelled pairs are in
parts: kg was tuned on all but the last, `blind`, which was first measured after the rules were fixed.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.world import World
from kg.search.same.candidates import Candidates
from kg.search.same.form import form_of
from kg.search.same.score import BY_FORM, CONTRARY, SAME, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.search.same.form import ClaimForm

ROOT = Path(__file__).parents[1]
LABELLED = ROOT / "tests" / "duplicates"
HALVES = ("tuned", "seen", "fresh", "blind")
GENERATED = 10_000
FIRST = 5
"""Candidates of a claim among which the one that says the same is looked for."""
TARGETS = {
    "by form: precision": (">=", 0.98),
    "by form: contrary pairs": ("<=", 0.01),
    "same: precision": (">=", 0.7),
    "same: recall": (">=", 0.5),
    "same: contrary pairs": ("<=", 0.03),
    "same: among the first five": (">=", 0.8),
    "contrary: recognised": (">=", 0.75),
}
OTHER = "other"


class Pair(NamedTuple):
    """Two claims and how they are related: same, contrary or other."""

    relation: str
    first: str
    second: str
    language: str = "en"


def labelled(half: str, shared: Path) -> list[Pair]:
    """Return the labelled pairs of a half; `shared` is the folder of real data."""
    same = (Pair(SAME, row["first"], row["second"], row["language"]) for row in _rows("same", half))
    return [*same, *_contrary(half, shared / "data" / "check-covid"), *_other(half, shared / "data")]


def _rows(name: str, half: str) -> list[dict[str, str]]:
    lines = (LABELLED / f"{name}-{half}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _contrary(half: str, folder: Path) -> Iterator[Pair]:
    claims: dict[str, dict[str, str]] = {}
    for line in (folder / "Check-COVID_all.json").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        claims.setdefault(record["id"].rpartition("_")[0], {}).setdefault(record["label"], record["claim"].strip())
    for row in _rows("check-covid", half):
        yield Pair(CONTRARY, claims[row["id"]]["SUPPORT"], claims[row["id"]]["REFUTE"])


def _other(half: str, data: Path) -> Iterator[Pair]:
    with (data / "evidence-inference" / "prompts_merged.csv").open(encoding="utf-8", newline="") as opened:
        prompts = {
            row["PromptID"]: {name: text.strip() for name, text in row.items()} for row in csv.DictReader(opened)
        }
    for row in _rows("evidence-inference", half):
        first, second = (prompts[row[name]] for name in ("first", "second"))
        yield Pair(OTHER, *(_sentence(prompt) for prompt in (first, second)))


def _sentence(prompt: dict[str, str]) -> str:
    return f"{prompt['Intervention']} changes {prompt['Outcome']}, compared with {prompt['Comparator']}"


def figures(pairs: list[Pair]) -> dict[str, float]:
    """Return the figures of `TARGETS` that need no other claims, and what else is told of the pairs."""
    judged = [
        (pair.relation, judge(form_of(pair.first, pair.language), form_of(pair.second, pair.language)))
        for pair in pairs
    ]
    count = {relation: sum(pair.relation == relation for pair in pairs) for relation in (SAME, CONTRARY, OTHER)}
    called = [(relation, found) for relation, found in judged if found.relation == SAME]
    by_form = [relation for relation, found in called if found.score >= BY_FORM]
    same = [relation for relation, _ in called]
    contrary = [relation for relation, found in judged if found.relation == CONTRARY]
    return {
        "by form: precision": by_form.count(SAME) / len(by_form),
        "by form: recall": by_form.count(SAME) / count[SAME],
        "by form: contrary pairs": by_form.count(CONTRARY) / count[CONTRARY],
        "same: precision": same.count(SAME) / len(same),
        "same: recall": same.count(SAME) / count[SAME],
        "same: contrary pairs": same.count(CONTRARY) / count[CONTRARY],
        "same: other pairs": same.count(OTHER) / count[OTHER],
        "contrary: recognised": contrary.count(CONTRARY) / count[CONTRARY],
        "contrary: same pairs": contrary.count(SAME) / count[SAME],
        "contrary: other pairs": contrary.count(OTHER) / count[OTHER],
    }


def generated(many: int) -> list[str]:
    """Return the texts of generated claims."""
    lines = World(many).records(0, many)
    return [found[1] for line in lines if (found := re.search(r'hc:text "(.*?)"@en', line))]


class Pool:
    """All labelled claims, and generated ones beside them."""

    def __init__(self, pairs: list[Pair], beside: list[str]) -> None:
        texts = {text: pair.language for pair in pairs for text in (pair.first, pair.second)}
        texts |= dict.fromkeys(beside, "en")
        self._texts = list(texts)
        self._place = {text: place for place, text in enumerate(self._texts)}
        self._forms: list[ClaimForm] = [form_of(text, language) for text, language in texts.items()]
        self._candidates = Candidates(self._forms)

    def first(self, text: str) -> list[str]:
        """Return the first candidates of a claim."""
        own = self._place[text]
        judged = ((-judge(self._forms[own], self._forms[other]).score, other) for other in self._candidates.of(own))
        return [self._texts[other] for _, other in sorted(judged)[:FIRST]]

    def share(self, pairs: list[Pair]) -> float:
        """Return for how many of the claims that have a claim that says the same it is among the first."""
        same = [pair for pair in pairs if pair.relation == SAME]
        found = [pair.second in self.first(pair.first) for pair in same]
        return sum([*found, *(pair.first in self.first(pair.second) for pair in same)]) / (2 * len(same))


def measured(shared: Path) -> dict[str, dict[str, float]]:
    """Return half -> its figures, those among all labelled claims and the generated ones too."""
    halves = {half: labelled(half, shared) for half in HALVES}
    pool = Pool([pair for pairs in halves.values() for pair in pairs], generated(GENERATED))
    return {half: figures(pairs) | {"same: among the first five": pool.share(pairs)} for half, pairs in halves.items()}


def table(shared: Path) -> bool:
    """Print the figures of all parts beside the targets; return if all keep them."""
    found = measured(shared)
    print("| " + " | ".join(["what", "target", *HALVES]) + f" |\n|---|--:|{'--:|' * len(HALVES)}")
    for name in sorted(found[HALVES[0]]):
        target = f"{TARGETS[name][0]} {TARGETS[name][1]}" if name in TARGETS else ""
        print(f"| {name} | {target} | " + " | ".join(f"{found[half][name]:.3f}" for half in HALVES) + " |")
    return all(is_kept(name, found[half][name]) for half in HALVES for name in TARGETS)


def is_kept(name: str, figure: float) -> bool:
    """Return True if a figure keeps its target."""
    sign, target = TARGETS[name]
    return figure >= target if sign == ">=" else figure <= target


if __name__ == "__main__":
    sys.exit(0 if table(ROOT.parent / "shared") else 1)
