"""Which lines are independent: of those that rest on the same evidence, only one may count.

Two lines are dependent if a study is behind both, or if they are two reviews and the studies of one are not known.  Of
dependent lines the strongest counts; where reviews overlap only in part, the set of independent lines that weighs most,
so that no line that is taken away can make the rest weigh more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.arguments.build import Line

Body = tuple["Line", float]
"""A line and its weight; weights are added."""

_MOST_EXACT = 18
"""Dependent lines up to which the heaviest set is found exactly; above, the heaviest are taken first."""


def heaviest(bodies: Iterable[Body]) -> list[Body]:
    """Return the independent lines that weigh most together."""
    ordered = sorted(bodies, key=lambda body: (-body[1], body[0].name))
    if len(ordered) < 2:
        return ordered
    distinct: dict[object, Body] = {}
    for body in ordered:
        distinct.setdefault((body[0].studies, body[0].unlisted and body[0].tier.rank), body)
    return [body for part in _parts(list(distinct.values())) for body in _best(part)]


def dependent(one: Line, other: Line) -> bool:
    """Say whether the two may rest on the same evidence."""
    if one.studies & other.studies:
        return True
    return one.tier.rank == other.tier.rank and (one.unlisted or other.unlisted)


def _parts(bodies: list[Body]) -> list[list[Body]]:
    """Return the bodies in groups without dependence between them, the order within each kept."""
    parts: list[list[Body]] = []
    for body in bodies:
        apart = [part for part in parts if not any(dependent(body[0], other[0]) for other in part)]
        joined = [other for part in parts if part not in apart for other in part]
        parts = [*apart, [*joined, body]]
    return [sorted(part, key=lambda body: (-body[1], body[0].name)) for part in parts]


def _best(bodies: list[Body]) -> list[Body]:
    """Return the heaviest independent set, by trying with and without the heaviest body."""
    if len(bodies) < 2:
        return bodies
    first, rest = bodies[0], bodies[1:]
    free = [body for body in rest if not dependent(first[0], body[0])]
    if len(bodies) > _MOST_EXACT or len(free) == len(rest):
        return [first, *_best(free)]
    with_first, without = [first, *_best(free)], _best(rest)
    return with_first if _sum(with_first) >= _sum(without) else without


def _sum(bodies: list[Body]) -> float:
    return sum(weight for _, weight in bodies)
