"""Which lines are independent: of those that rest on the same evidence, only one may count.

Two lines are dependent if a study is behind both, or if they are two reviews and the studies of one are not known.  Of
dependent lines the strongest counts; where reviews overlap only in part, the set of independent lines that weighs most,
so that no line that is taken away can make the rest weigh more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.arguments.lines import Line

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
    ranks = frozenset(body[0].tier.rank for body in bodies if body[0].unlisted)
    home: dict[object, int] = {}
    parts: dict[int, list[Body]] = {}
    for number, body in enumerate(bodies):
        joined = {home[tie] for tie in _ties(body[0], ranks) if tie in home}
        # The smaller parts move into the largest, so that a body moves a few times at most.
        largest = max(joined, key=lambda part: (len(parts[part]), part), default=number)
        moved = [other for part in sorted(joined - {largest}) for other in parts.pop(part)]
        parts.setdefault(largest, []).extend([*moved, body])
        home.update((tie, largest) for other in [*moved, body] for tie in _ties(other[0], ranks))
    return [sorted(part, key=lambda body: (-body[1], body[0].name)) for part in parts.values()]


def _ties(line: Line, ranks: frozenset[int]) -> list[object]:
    """Return what a line shares with those that depend on it: its studies, and its tier if one there is unlisted."""
    return [*line.studies, *([line.tier.rank] if line.tier.rank in ranks else [])]


def _best(bodies: list[Body]) -> list[Body]:
    """Return the heaviest independent set, by trying with and without the heaviest body."""
    taken: list[Body] = []
    while bodies:
        first, rest = bodies[0], bodies[1:]
        free = [body for body in rest if not dependent(first[0], body[0])]
        if len(bodies) <= _MOST_EXACT and len(free) < len(rest):
            with_first, without = [first, *_best(free)], _best(rest)
            return [*taken, *(with_first if _sum(with_first) >= _sum(without) else without)]
        taken.append(first)
        bodies = free
    return taken


def _sum(bodies: list[Body]) -> float:
    return sum(weight for _, weight in bodies)
