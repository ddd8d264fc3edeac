"""Choice of what a close-up shows of a neighbourhood at first: as much as a reader takes in, the rest folded away.

On each side those stay that are answered, then in turn one of each relation, so that no kind of answer is folded whole.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from kg.pages.graph.network import ARGUES, PRO, STANCES, argues

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

SIDE = 5
"""Boxes on each side of the middle."""
ROW = 4
"""Boxes of each kind above and below it."""
FEW = 16
"""A neighbourhood of no more boxes is not folded."""
_ORDER = (*ARGUES, *STANCES)


def folded(part: nx.MultiDiGraph[str], centre: str) -> set[str]:
    """Return the nodes of the neighbourhood `part` of `centre` that its close-up leaves out at first."""
    if sum(data["kind"] != "argument" for _, data in part.nodes(data=True)) <= FEW:
        return set()
    sides: dict[bool, dict[str, list[str]]] = {True: {}, False: {}}
    for start, _, data in part.in_edges(centre, data=True):
        if argues(part, start, data["kind"]):
            pile = sides[data["kind"] in PRO].setdefault(data["kind"], [])
            pile += [start] if start not in pile else []
    kept = {centre}
    for piles in sides.values():
        kept |= _first(part, piles)
    kept |= _rows(part, centre, kept)
    return set(part) - _with_ends(part, kept)


def _first(part: nx.MultiDiGraph[str], piles: dict[str, list[str]]) -> set[str]:
    """Return the first boxes of a side, with what is said to them or leads to them."""
    ranked = [sorted(piles[kind], key=lambda node: (-_weight(part, node), node)) for kind in _ORDER if kind in piles]
    kept: set[str] = set()
    for node in filter(None, chain.from_iterable(zip_longest(*ranked))):
        own = [node, *(start for start in _answers(part, node))][: 1 + SIDE // 2]
        if kept and sum(part.nodes[each]["kind"] != "argument" for each in kept | set(own)) > SIDE:
            continue
        kept |= set(own)
    return kept


def _weight(part: nx.MultiDiGraph[str], node: str) -> int:
    return len(_answers(part, node))


def _answers(part: nx.MultiDiGraph[str], node: str) -> list[str]:
    """Return what bears on a node; of an argument its premise comes first."""
    ends = part.in_edges(node, data=True)
    found = {start: data["kind"] for start, _, data in ends if argues(part, start, data["kind"])}
    return sorted(found, key=lambda start: (found[start] == "undercuts", start))


def _rows(part: nx.MultiDiGraph[str], centre: str, kept: set[str]) -> set[str]:
    """Return the first few of each kind of what else is linked to the middle: speakers, sources, what it bears on."""
    near = sorted({*part.predecessors(centre), *part.successors(centre)} - kept)
    bearing = {start for start, _, data in part.in_edges(centre, data=True) if argues(part, start, data["kind"])}
    rows: dict[str, list[str]] = {}
    for node in near:
        if node not in bearing:
            rows.setdefault(part.nodes[node]["kind"], []).append(node)
    return {node for row in rows.values() for node in row[:ROW]}


def _with_ends(part: nx.MultiDiGraph[str], kept: Iterable[str]) -> set[str]:
    """Return the nodes with the ends of those that are inferences: a line must lead from something to something."""
    found = set(kept)
    for node in sorted(found):
        if part.nodes[node]["kind"] == "argument":
            found |= set(part.successors(node)) | set(_answers(part, node)[:2])
    return found
