"""Labelled pairs of claims: what is proposed agrees with them, on the part that kg was tuned on and on the others."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from benchmarks import duplicates

FIGURES = {
    "tuned": {"same: recall": 0.98, "same: among the first five": 0.98, "contrary: recognised": 0.94},
    "seen": {"same: recall": 0.98, "same: among the first five": 0.98, "contrary: recognised": 0.89},
    "fresh": {"same: recall": 0.96, "same: among the first five": 0.98, "contrary: recognised": 0.69},
    "blind": {"same: recall": 0.4, "same: among the first five": 0.82, "contrary: recognised": 0.68},
}
"""Figures that `python -m benchmarks.duplicates` prints, rounded down."""


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[str, dict[str, float]]:
    return duplicates.measured(shared)


@pytest.mark.parametrize("half", ["tuned", "seen"])
@pytest.mark.parametrize("name", duplicates.TARGETS)
def test_a_target_is_kept_where_the_rules_were_tuned_and_seen(
    measured: dict[str, dict[str, float]], half: str, name: str
) -> None:
    assert duplicates.is_kept(name, measured[half][name]), measured[half][name]


@pytest.mark.parametrize("half", duplicates.HALVES)
def test_no_figure_is_worse_than_the_benchmark_prints(measured: dict[str, dict[str, float]], half: str) -> None:
    assert {name: measured[half][name] for name, figure in FIGURES[half].items() if measured[half][name] < figure} == {}


def test_each_half_has_pairs_of_all_three_sorts_and_no_pair_is_in_two(shared: Path) -> None:
    halves = [duplicates.labelled(half, shared) for half in duplicates.HALVES]
    assert not any(set(one) & set(other) for one, other in combinations(halves, 2))
    for pairs in halves:
        sorts = [pair.relation for pair in pairs]
        assert [sorts.count(relation) for relation in ("same", "contrary", "other")] == [50, 75, 50]
