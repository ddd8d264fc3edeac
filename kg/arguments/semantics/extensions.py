"""Extensions of an argumentation framework: sets of arguments that can be accepted together (supports play no part).

The grounded extension takes one pass over the attacks; the others are searched for, with a bound.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal

from kg.arguments.semantics.framework import TooManyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.arguments.semantics.framework import Framework

Label = Literal["accepted", "rejected", "undecided"]
Extensions = frozenset[frozenset[str]]

LIMIT = 10_000  # extensions returned
WORK = 20_000_000  # choices tried in search of them, times the arguments looked at for each: seconds

MANY = "there are more than {} extensions; ask for the grounded one, or for those of a part"

OPEN, IN, NOT, OUT = range(4)  # undecided yet; accepted; not accepted; attacked by an accepted one


def grounded(framework: Framework) -> frozenset[str]:
    """Return the grounded extension: the arguments that a sceptic accepts.

    An argument is accepted when all that attack it are attacked by accepted ones; there is always one such least
    set, and it may be empty.  Linear in the number of attacks.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> f = Framework(base={"a": 1, "b": 1, "c": 1}, attacks={("a", "b"), ("b", "c")})
    >>> sorted(grounded(f))
    ['a', 'c']

    References
    ----------
    Dung 1995, "On the acceptability of arguments", Artificial Intelligence 77, Definition 20.

    """
    return frozenset(name for name, label in labels(framework).items() if label == "accepted")


def labels(framework: Framework) -> dict[str, Label]:
    """Return the label of each argument: accepted by the grounded extension, attacked by it ("rejected"), or neither.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> labels(Framework(base={"a": 1, "b": 1, "c": 1}, attacks={("a", "b"), ("c", "c")}))
    {'a': 'accepted', 'b': 'rejected', 'c': 'undecided'}

    References
    ----------
    Caminada 2006, "On the issue of reinstatement in argumentation", JELIA: labellings.

    """
    attackers, targets = _neighbours(framework)
    threats = [len(sources) for sources in attackers]
    found: list[Label] = ["undecided"] * len(threats)
    waiting = [position for position, count in enumerate(threats) if not count]
    while waiting:
        accepted = waiting.pop()
        found[accepted] = "accepted"
        for rejected in targets[accepted]:
            if found[rejected] == "rejected":
                continue
            found[rejected] = "rejected"
            for freed in targets[rejected]:
                threats[freed] -= 1
                if not threats[freed] and found[freed] == "undecided":
                    waiting.append(freed)
    return dict(zip(framework.names, found, strict=True))


def complete(framework: Framework, *, limit: int = LIMIT) -> Extensions:
    """Return the complete extensions: the conflict-free sets that accept exactly what they defend.

    Parameters
    ----------
    framework : Framework
        Its attacks count; base scores and supports do not.
    limit : int
        The most extensions to return.

    Raises
    ------
    TooManyError
        There are more than `limit`, or the search for them takes too long.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> f = Framework(base={"a": 1, "b": 1}, attacks={("a", "b"), ("b", "a")})
    >>> sorted(map(sorted, complete(f)))
    [[], ['a'], ['b']]

    References
    ----------
    Dung 1995, Definition 23.

    """
    return _joined(framework, limit, stable_only=False, largest_only=False)


def preferred(framework: Framework, *, limit: int = LIMIT) -> Extensions:
    """Return the preferred extensions: the largest complete ones.  Raises as `complete`.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> f = Framework(base={"a": 1, "b": 1}, attacks={("a", "b"), ("b", "a")})
    >>> sorted(map(sorted, preferred(f)))
    [['a'], ['b']]

    References
    ----------
    Dung 1995, Definition 7.

    """
    return _joined(framework, limit, stable_only=False, largest_only=True)


def stable(framework: Framework, *, limit: int = LIMIT) -> Extensions:
    """Return the stable extensions: those that attack all that they do not accept; there may be none.

    Raises as `complete`.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> stable(Framework(base={"a": 1}, attacks={("a", "a")}))
    frozenset()

    References
    ----------
    Dung 1995, Definition 13.

    """
    return _joined(framework, limit, stable_only=True, largest_only=False)


def _neighbours(framework: Framework) -> tuple[list[list[int]], list[list[int]]]:
    """Return for each position the positions of those that attack it, and of those that it attacks."""
    attackers = framework.parents()[0]
    targets: list[list[int]] = [[] for _ in attackers]
    for target, sources in enumerate(attackers):
        for source in sources:
            targets[source].append(target)
    return attackers, targets


def _joined(framework: Framework, limit: int, *, stable_only: bool, largest_only: bool) -> Extensions:
    """Return the unions of one extension of each connected part of what the grounded extension leaves undecided."""
    decided = labels(framework)
    accepted = frozenset(name for name, label in decided.items() if label == "accepted")
    attackers, targets = _neighbours(framework)
    left = [framework.index[name] for name, label in decided.items() if label == "undecided"]
    count, choices = 1, []
    for part in _parts(left, attackers, targets):
        found = list(_Search(part, attackers, targets, stable_only, limit).extensions())
        if largest_only:
            found = _largest(found)
        count *= len(found)
        if count > limit:
            raise TooManyError(MANY.format(limit))
        choices.append(found)
    return frozenset(
        accepted.union(*([framework.names[at] for at in one] for one in chosen)) for chosen in product(*choices)
    )


def _largest(found: list[frozenset[int]]) -> list[frozenset[int]]:
    """Return those that are part of no other."""
    largest: list[frozenset[int]] = []
    for one in sorted(found, key=len, reverse=True):
        if not any(one < other for other in largest):
            largest.append(one)
    return largest


def _parts(left: list[int], attackers: list[list[int]], targets: list[list[int]]) -> Iterator[list[int]]:
    """Yield the connected parts of the positions `left`, each sorted."""
    remaining = set(left)
    for start in left:
        if start not in remaining:
            continue
        remaining.discard(start)
        part, waiting = [], [start]
        while waiting:
            at = waiting.pop()
            part.append(at)
            near = remaining.intersection(attackers[at]) | remaining.intersection(targets[at])
            remaining -= near
            waiting.extend(near)
        yield sorted(part)


class _ConflictError(Exception):
    """Sign that the choices made so far lead to no extension."""


class _Search:
    """Search for the complete (or stable) extensions of one connected part, by choosing and propagating.

    A node is OPEN, IN, OUT (attacked by one that is IN) or NOT (not IN, and not yet seen to be OUT).  What attacks an
    IN node must fall: become OUT; in a stable extension, so must all that is not IN.  A node all of whose attackers
    are OUT must be IN.
    """

    def __init__(
        self, part: list[int], attackers: list[list[int]], targets: list[list[int]], stable_only: bool, limit: int
    ) -> None:
        place = {at: number for number, at in enumerate(part)}
        self.part, self.limit = part, limit
        self.attackers = [[place[x] for x in attackers[at] if x in place] for at in part]
        self.targets = [[place[x] for x in targets[at] if x in place] for at in part]
        self.state = bytearray(len(part))
        self.must_fall = bytearray([stable_only] * len(part))

    def extensions(self) -> Iterator[frozenset[int]]:
        """Yield each extension once, as positions in the framework."""
        order = sorted(range(len(self.part)), key=lambda at: -len(self.targets[at]) - len(self.attackers[at]))
        waiting: list[tuple[bytearray, bytearray]] = [(self.state, self.must_fall)]
        found = steps = 0
        while waiting:
            self.state, self.must_fall = waiting.pop()
            at = next((at for at in order if self.state[at] == OPEN), None)
            if at is None:
                if NOT in self.state and self._unfallen():
                    continue
                found += 1
                if found > self.limit:
                    raise TooManyError(MANY.format(self.limit))
                yield frozenset(self.part[at] for at, state in enumerate(self.state) if state == IN)
                continue
            steps += 1
            if steps * len(order) > WORK:
                raise TooManyError(
                    f"the search for the extensions of {len(order)} arguments in one tangle takes too long; "
                    "ask for the grounded one, or for those of a part"
                )
            kept = self.state, self.must_fall
            for choice in (NOT, IN):
                self.state, self.must_fall = kept[0].copy(), kept[1].copy()
                try:
                    self._propagate([(at, choice)])
                except _ConflictError:
                    continue
                waiting.append((self.state, self.must_fall))

    def _unfallen(self) -> bool:
        return any(must and state != OUT for must, state in zip(self.must_fall, self.state, strict=True))

    def _propagate(self, waiting: list[tuple[int, int]]) -> None:
        """Set states, and propagate their consequences."""
        while waiting:
            at, state = waiting.pop()
            before = self.state[at]
            if before == state or (before == OUT and state == NOT):
                continue
            if before == IN or (before != OPEN and state == IN):
                raise _ConflictError
            self.state[at] = state
            if state == IN:
                waiting += [(target, OUT) for target in self.targets[at]]
                waiting += [(attacker, NOT) for attacker in self.attackers[at]]
                for attacker in self.attackers[at]:
                    self.must_fall[attacker] = 1
                    waiting += self._felled(attacker)
                continue
            for near in (at, *self.targets[at]):
                waiting += self._felled(near)
                waiting += self._freed(near)

    def _felled(self, at: int) -> list[tuple[int, int]]:
        """Return the one node that must be IN for `at` to be OUT, if there is only one left."""
        if self.state[at] != NOT or not self.must_fall[at]:
            return []
        able = [attacker for attacker in self.attackers[at] if self.state[attacker] in (OPEN, IN)]
        if not able:
            raise _ConflictError
        return [(able[0], IN)] if len(able) == 1 else []

    def _freed(self, at: int) -> list[tuple[int, int]]:
        """Return `at` as IN, if all that attack it are OUT."""
        if all(self.state[attacker] == OUT for attacker in self.attackers[at]):
            return [(at, IN)]
        return []
