"""Argumentation framework: arguments with base scores, attacks and supports, checked once for every semantics.

Knows nothing of RDF, and imports no array library: the edges are kept as indices that NumPy reads without copying.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Edge = tuple[str, str]


class FrameworkError(UsageError, ValueError):
    """Fault of a framework: a base score outside 0 to 1, or an edge to an unknown argument."""


class NotConvergedError(KgError):
    """The strengths of a cyclic framework settle neither by iteration nor in continuous time."""

    exit_code = 1


class TooManyError(KgError):
    """There are more extensions than anybody can read, or finding them takes too long."""

    exit_code = 1


@dataclass(frozen=True)
class Framework:
    """A quantitative bipolar argumentation framework; frozen, and any cycle is legal, a self-attack too.

    Whether an argument's target is a claim or another argument makes no difference: each is a node.  A pair may
    stand in both relations; the sums and products of the semantics are defined for it.

    Parameters
    ----------
    base : mapping of str to float
        The base score of each argument, 0 to 1 inclusive; its keys are the arguments.
    attacks, supports : iterables of (str, str)
        Pairs (from, to).

    Raises
    ------
    FrameworkError
        A base score is not a number from 0 to 1, or an edge starts or ends at an argument without a base score.

    Examples
    --------
    >>> f = Framework(base={"a": 0.5, "b": 0.5}, attacks={("b", "a")})
    >>> f.names
    ('a', 'b')

    References
    ----------
    Potyka 2018, "Continuous dynamical systems for weighted bipolar argumentation", KR, Definition 1.
    Baroni, Rago, Toni 2019, "From fine-grained properties to broad principles for gradual argumentation", IJAR.

    """

    base: Mapping[str, float]
    attacks: frozenset[Edge] = frozenset()
    supports: frozenset[Edge] = frozenset()
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    index: Mapping[str, int] = field(init=False, repr=False, compare=False)
    attack_ends: tuple[array[int], array[int]] = field(init=False, repr=False, compare=False)
    support_ends: tuple[array[int], array[int]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        base = {name: _score(name, score) for name, score in self.base.items()}
        # Sorted, so that neither the order of the input nor the hash seed decides the last digit of a sum.
        names = tuple(sorted(base))
        index = {name: position for position, name in enumerate(names)}
        attacks, supports = (_pairs(edges) for edges in (self.attacks, self.supports))
        values = {
            "base": MappingProxyType(base),
            "attacks": attacks,
            "supports": supports,
            "names": names,
            "index": MappingProxyType(index),
            "attack_ends": _ends("attack", attacks, index),
            "support_ends": _ends("support", supports, index),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.index

    def parents(self) -> tuple[list[list[int]], list[list[int]]]:
        """Return, for each position in `names`, the positions of its attackers and of its supporters, sorted."""
        return self._lists(self.attack_ends), self._lists(self.support_ends)

    def _lists(self, ends: tuple[array[int], array[int]]) -> list[list[int]]:
        lists: list[list[int]] = [[] for _ in self.names]
        for source, target in zip(*ends, strict=True):
            lists[target].append(source)
        for sources in lists:
            sources.sort()
        return lists

    def without(self, names: Iterable[str]) -> Framework:
        """Return the framework without the arguments `names` and without the edges at them."""
        return self.only(self.base.keys() - self._known(names))

    def only(self, names: Iterable[str]) -> Framework:
        """Return the framework of the arguments `names` and of the edges between them."""
        kept = self._known(names)
        return Framework(
            base={name: self.base[name] for name in kept},
            attacks=frozenset(edge for edge in self.attacks if kept.issuperset(edge)),
            supports=frozenset(edge for edge in self.supports if kept.issuperset(edge)),
        )

    def ancestors(self, name: str) -> frozenset[str]:
        """Return the other arguments from which a path of attacks and supports leads to `name`."""
        self._known([name])
        attackers, supporters = self.parents()
        start = self.index[name]
        seen, waiting = {start}, [start]
        while waiting:
            at = waiting.pop()
            new = {source for source in chain(attackers[at], supporters[at]) if source not in seen}
            seen |= new
            waiting.extend(new)
        return frozenset(self.names[position] for position in seen - {start})

    def _known(self, names: Iterable[str]) -> set[str]:
        found = set(names)
        if unknown := sorted(found - self.base.keys()):
            raise FrameworkError(f'the framework has no argument "{unknown[0]}"')
        return found


def _score(name: object, score: object) -> float:
    """Return a base score as a float from 0 to 1."""
    if not isinstance(name, str):
        raise FrameworkError(f"the name of an argument is a text, not {name!r}")
    try:
        value = float(score)  # type: ignore[arg-type]  # whatever is not a number is said below
    except (TypeError, ValueError):
        value = float("nan")
    if not 0 <= value <= 1:
        raise FrameworkError(f'the base score of "{name}" is {score!r}; give a number from 0 to 1')
    return value


def _pairs(edges: Iterable[Edge]) -> frozenset[Edge]:
    try:
        pairs = edges if isinstance(edges, frozenset) else frozenset(edges)
    except TypeError:
        raise FrameworkError('edges are pairs of names, as in {("from", "to")}') from None
    if odd := [kind for kind in set(map(type, pairs)) if not issubclass(kind, tuple)]:
        raise FrameworkError(f'an edge is a pair of names, as in ("from", "to"), not of type {odd[0].__name__}')
    return pairs


def _ends(kind: str, edges: frozenset[Edge], index: Mapping[str, int]) -> tuple[array[int], array[int]]:
    """Return the positions of the sources and of the targets of `edges`."""
    try:
        return array("i", [index[source] for source, _ in edges]), array("i", [index[target] for _, target in edges])
    except (KeyError, TypeError, ValueError):
        raise FrameworkError(_fault(kind, edges, index)) from None


def _fault(kind: str, edges: frozenset[Edge], index: Mapping[str, int]) -> str:
    """Return what is wrong with the first of `edges` that is no pair of known names."""
    for edge in sorted(edges, key=repr):
        if len(edge) != 2:
            return f'an edge is a pair of names, as in ("from", "to"), not {edge!r}'
        if unknown := [end for end in edge if end not in index]:
            return f'the {kind} {edge!r} names "{unknown[0]}", which has no base score; give it one in base'
    raise AssertionError("only called where an edge is at fault")
