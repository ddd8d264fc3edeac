"""A name for each blank node that depends only on what is said about it, and not on its label in the file.

Nodes are told apart by what is said about them, then by what is said about their neighbours, and so on (colour
refinement: Hogan, Canonical Forms for Isomorphic and Equivalent RDF Graphs, 2017, algorithm 1).  Of nodes that stay
alike, one is singled out and the rest told apart from it; if they are few, each is tried and the least result taken,
else the first in the file is it, which makes no difference where alike nodes can be swapped, as they nearly always
can.  RDFC-1.0 tries all orders however many there are: nine blank nodes that all refer to each other take it half a
minute, a list of two thousand equal items longer than anybody waits.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.files import sha256
from kg.store.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.terms import Quad

SEARCHED = 6
"""Up to so many nodes that stay alike, all choices are tried."""


def names(quads: Iterable[Quad]) -> dict[BlankNode, str]:
    """Return a name of 64 hexadecimal digits for each blank node of `quads`; no two are the same."""
    found: dict[BlankNode, str] = {}
    copies: Counter[str] = Counter()
    for part in _components(quads):
        partition = _Partition(part)
        partition.refine(set(partition.mentions))
        partition = _told_apart(partition)
        whole = partition.certificate()
        copies[whole] += 1
        for node, colour in partition.colours.items():
            found[node] = sha256(f"{whole} {copies[whole]} {colour}".encode())
    return found


def blank_nodes(quad: Quad) -> list[BlankNode]:
    """Return the blank nodes of `quad`, from the subject to the name of its graph."""
    return [term for term in quad if isinstance(term, BlankNode)]


def _components(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Yield the quads of blank nodes that are connected by blank nodes, in the order of the file."""
    mentions: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in set(blank_nodes(quad)):
            mentions[node].append(quad)
    reached: set[BlankNode] = set()
    for first in mentions:
        if first in reached:
            continue
        reached.add(first)
        waiting = [first]
        found: dict[Quad, None] = {}
        while waiting:
            for quad in mentions[waiting.pop()]:
                found[quad] = None
                fresh = set(blank_nodes(quad)) - reached
                reached |= fresh
                waiting += fresh
        yield list(found)


def _told_apart(partition: _Partition) -> _Partition:
    alike = {colour: members for colour, members in partition.members.items() if len(members) > 1}
    if not alike:
        return partition
    if sum(map(len, alike.values())) > SEARCHED:
        partition.single_out()
        return partition
    colour = min(alike)
    return min((_told_apart(partition.with_one(node)) for node in alike[colour]), key=_Partition.certificate)


class _Partition:
    """The blank nodes of some quads in classes of those that look alike; a class is a colour."""

    def __init__(self, quads: list[Quad]) -> None:
        self.quads = quads
        self.mentions: dict[BlankNode, list[Quad]] = defaultdict(list)
        self.neighbours: dict[BlankNode, set[BlankNode]] = defaultdict(set)
        for quad in quads:
            nodes = set(blank_nodes(quad))
            for node in nodes:
                self.mentions[node].append(quad)
                self.neighbours[node] |= nodes - {node}
        self.colours = dict.fromkeys(self.mentions, "")
        self.members: dict[str, set[BlankNode]] = defaultdict(set)
        looks = {node: self._look(node) for node in self.mentions}
        for node, look in looks.items():
            self._paint(node, look)

    def with_one(self, node: BlankNode) -> _Partition:
        """Return a copy in which `node` is told apart from those of its class."""
        copy = object.__new__(_Partition)
        copy.quads, copy.mentions, copy.neighbours = self.quads, self.mentions, self.neighbours
        copy.colours = dict(self.colours)
        copy.members = defaultdict(set, {colour: set(members) for colour, members in self.members.items()})
        copy._single_out(node)
        return copy

    def refine(self, touched: set[BlankNode]) -> set[str]:
        """Split classes by how their members look, as long as a split changes the look of others.

        Return the colours that are new.
        """
        new: set[str] = set()
        while touched:
            by_colour: dict[str, list[BlankNode]] = defaultdict(list)
            for node in touched:
                by_colour[self.colours[node]].append(node)
            changed: dict[BlankNode, str] = {}
            for colour, nodes in by_colour.items():
                changed |= self._split(colour, nodes)
            for node, colour in changed.items():
                self._paint(node, colour)
            new |= set(changed.values())
            touched = {neighbour for node in changed for neighbour in self.neighbours[node]}
        return new

    def single_out(self) -> None:
        """Tell all nodes apart: in each class in turn the first in the file, and whom that tells apart."""
        order = {node: n for n, node in enumerate(self.mentions)}
        alike = [colour for colour, members in self.members.items() if len(members) > 1]
        heapq.heapify(alike)
        while alike:
            members = self.members.get(heapq.heappop(alike), set())
            for node in sorted(members, key=order.__getitem__):
                if node in members and len(members) > 1:
                    for colour in self._single_out(node):
                        heapq.heappush(alike, colour)

    def certificate(self) -> str:
        """Return a hash of what is said, with the colours of nodes in place of their labels."""
        return self._hash(self.quads, None)

    def _single_out(self, node: BlankNode) -> list[str]:
        """Tell a node apart, and return the colours that are new and of several nodes."""
        colour = self.colours[node]
        self._paint(node, sha256(f"{colour} {len(self.members[colour])}".encode()))
        return [new for new in self.refine(self.neighbours[node]) if len(self.members.get(new, ())) > 1]

    def _split(self, colour: str, nodes: list[BlankNode]) -> dict[BlankNode, str]:
        if len(self.members[colour]) == 1:
            return {}
        looks: dict[str, list[BlankNode]] = defaultdict(list)
        for node in nodes:
            looks[self._look(node)].append(node)
        if len(nodes) == len(self.members[colour]):
            # One part keeps the colour, the largest, so that few neighbours need another look.
            del looks[max(looks, key=lambda look: (len(looks[look]), look))]
        return {node: sha256(f"{colour} {look}".encode()) for look, part in looks.items() for node in part}

    def _look(self, node: BlankNode) -> str:
        return self._hash(self.mentions[node], node)

    def _hash(self, quads: list[Quad], this: BlankNode | None) -> str:
        said = sorted(" ".join(self._said(term, this) for term in quad) for quad in quads)
        return sha256("\n".join(said).encode())

    def _said(self, term: object, this: BlankNode | None) -> str:
        if isinstance(term, BlankNode):
            return "_:this" if term == this else f"_:{self.colours[term]}"
        return str(term)

    def _paint(self, node: BlankNode, colour: str) -> None:
        old = self.members[self.colours[node]]
        old.discard(node)
        if not old:
            del self.members[self.colours[node]]
        self.colours[node] = colour
        self.members[colour].add(node)
