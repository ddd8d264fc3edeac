"""Labelled pairs of claims: what is proposed agrees with them, on the half that kg was tuned on and on the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import duplicates

FIGURES = {
    "tuned": {"same: recall": 0.94, "same: among the first five": 0.99, "contrary: recognised": 0.88},
    "measured": {"same: recall": 0.9, "same: among the first five": 0.94, "contrary: recognised": 0.8},
}
"""Figures that `python -m benchmarks.duplicates` prints, beside the targets that both halves keep."""


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[str, dict[str, float]]:
    return duplicates.measured(shared)


@pytest.mark.parametrize("half", duplicates.HALVES)
@pytest.mark.parametrize("name", duplicates.TARGETS)
def test_a_target_is_kept_on_the_tuned_half_and_on_the_measured_half(
    measured: dict[str, dict[str, float]], half: str, name: str
) -> None:
    assert duplicates.is_kept(name, measured[half][name]), measured[half][name]


@pytest.mark.parametrize("half", duplicates.HALVES)
def test_no_figure_is_worse_than_the_benchmark_prints(measured: dict[str, dict[str, float]], half: str) -> None:
    assert {name: measured[half][name] for name, figure in FIGURES[half].items() if measured[half][name] < figure} == {}


def test_each_half_has_pairs_of_all_three_sorts_and_no_pair_is_in_both(shared: Path) -> None:
    halves = [duplicates.labelled(half, shared) for half in duplicates.HALVES]
    assert not set(halves[0]) & set(halves[1])
    for pairs in halves:
        sorts = [pair.relation for pair in pairs]
        assert [sorts.count(relation) for relation in ("same", "contrary", "other")] == [50, 75, 50]
