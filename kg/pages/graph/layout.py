"""Places and sizes of the boxes of the graph: computed once, here, so that each opening shows the same picture.

A dispute is drawn as a map: the claim that most bears upon in the middle, what supports it to the left, what answers it
to the right, and what bears on those farther out.  An argument that is itself answered is a joint in the gap between
two columns; what answers it stands in the column of its premise.  Boxes never overlap: each column is a stack.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.pages.base.text_metrics import BOLD, SANS, wrap
from kg.pages.graph.network import ARGUES, PRO, STANCES, argues, relations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import networkx as nx


TYPE = {"head": 11.0, "text": 15.0, "foot": 11.5}
"""Type sizes in the unit of the picture (a CSS pixel at scale 1)."""
LINE = {"head": 15.0, "text": 18.0, "foot": 14.0, "tally": 20.0}
"""Line heights; the tally counts what is said for and against a claim."""
PAD = 11.0
FOOT_GAP = 5.0
"""Between the text of a box and its foot."""
JOINT = 26.0
"""Diameter of the circle of an argument."""
_WIDTH = {
    "claim": 244.0,
    "statement": 228.0,
    "study": 228.0,
    "agent": 180.0,
    "source": 228.0,
    "interest": 180.0,
    "thing": 180.0,
}
_MOST_LINES = {"head": 1, "text": 7, "foot": 2}


class Box(NamedTuple):
    """A node as it is drawn: its size, and the lines inside."""

    width: float
    height: float
    head: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


COLUMN = 350.0
"""Distance of the middles of two columns: a box, and the gap where lines, their signs and joints lie."""
GAP = 24.0
"""Free space between two boxes of a column."""
BLOCK = 80.0
"""Free space between two maps, or between a map and a row."""
_ASPECT = 1.45
_TWO_DEEP = 6
"""A stack of more leaves than this is set two deep, so that a map becomes no tower."""
_ORDER = {kind: at for at, kind in enumerate((*STANCES, *ARGUES))}


class Point(NamedTuple):
    """The middle of a box."""

    x: float
    y: float


Places = dict[str, Point]
_Neighbours = list[tuple[str, str]]


class Tree:
    """One map as it grows: which node hangs on which, and in which column it stands (0 is the middle)."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.column: dict[str, float] = {root: 0.0}
        self.children: dict[str, list[str]] = defaultdict(list)

    def hang(self, node: str, on: str, side: float, joint: bool) -> None:
        """Hang `node` on another one, farther out; a joint stands half way to the next column."""
        at = self.column[on]
        self.column[node] = at + side * (0.5 if joint or at % 1 else 1.0)
        self.children[on].append(node)


def box(node: Mapping[str, Any], head: str, foot: str = "", tally: bool = False) -> Box:
    """Return the box of a node: above its text what it is, below it who says it and room for a line of counts."""
    if node["kind"] == "argument":
        return Box(JOINT, JOINT)
    width = _WIDTH[node["kind"]]
    texts = {"head": head, "text": node["text"], "foot": foot}
    parts = {
        name: tuple(wrap(text, width - 2 * PAD, TYPE[name], _MOST_LINES[name], BOLD if name == "head" else SANS))
        for name, text in texts.items()
        if text
    }
    height = 2 * PAD + sum(LINE[name] * len(part) for name, part in parts.items())
    return Box(width, height + (FOOT_GAP if foot else 0) + (LINE["tally"] if tally else 0), **parts)


def overview(graph: nx.MultiDiGraph[str], boxes: Mapping[str, Box]) -> Places:
    """Return the place of every node of a whole dataset.

    The maps of the disputes fill the middle, the largest first; below them stand the claims that nothing answers; who
    says it stands in lanes on the left, studies and sources in lanes on the right.
    """
    trees = forest(graph, set(graph))
    disputes = [tree for tree in trees if graph.nodes[tree.root]["disputed"]]
    places = _packed([_drawn(tree, boxes) for tree in disputes], boxes)
    agreed = [_drawn(tree, boxes) for tree in trees if tree not in disputes]
    _below(places, _packed(agreed, boxes, max(_size(places, boxes)[0], 4 * COLUMN) if disputes else None), boxes)
    width = max(_size(places, boxes)[0], 4 * COLUMN)
    rest = [node for node in graph if node not in places]
    loose = sorted((node for node in rest if graph.nodes[node]["kind"] == "claim"), key=_by_topic(graph))
    _below(places, _rows(loose, boxes, width), boxes)
    height = _size(places, boxes)[1]
    for kinds, side in ((("agent", "interest"), -1), (("study", "source"), 1)):
        for kind in kinds:
            lane = [node for node in rest if graph.nodes[node]["kind"] == kind]
            _beside(places, _lane(graph, lane, places, boxes, height), boxes, side)
    _below(places, _rows(sorted(node for node in graph if node not in places), boxes, width), boxes)
    return places


def closeup(graph: nx.MultiDiGraph[str], boxes: Mapping[str, Box], centre: Sequence[str]) -> Places:
    """Return the places of a neighbourhood.

    Its centre is in the middle with what is said for it on the left and what answers it on the right; above stands what
    it bears on itself, below who says it and where.
    """
    first, *more = centre
    free = _arguing(graph, set(graph))
    places = _drawn(_grow(graph, Tree(first), free, _incoming), boxes)
    _above(places, _targets(graph, boxes, first, free), boxes)
    width = max(_size(places, boxes)[0], 3 * COLUMN)
    _below(places, _rows([node for node in more if node not in places], boxes, width), boxes)
    others = forest(graph, set(graph) - set(places))
    _below(places, _packed([_drawn(tree, boxes) for tree in others], boxes), boxes)
    for kinds in (("claim", "statement", "argument"), ("agent", "interest"), ("study",), ("source",), ("thing",)):
        row = sorted(node for node in graph if node not in places and graph.nodes[node]["kind"] in kinds)
        _below(places, _rows(row, boxes, max(width, COLUMN * len(row) ** 0.5)), boxes)
    x, y = places[first]
    return {node: Point(place.x - x, place.y - y) for node, place in places.items()}


def contents(graph: nx.MultiDiGraph[str], boxes: Mapping[str, Box]) -> Places:
    """Return the places of claims alone, those that bear on each other beside each other, the rest in rows below."""
    trees = forest(graph, set(graph))
    places = _packed([_drawn(tree, boxes) for tree in trees], boxes)
    width = max(_size(places, boxes)[0], 4 * COLUMN)
    _below(places, _rows([node for node in graph if node not in places], boxes, width), boxes)
    return places


def forest(graph: nx.MultiDiGraph[str], nodes: set[str]) -> list[Tree]:
    """Return the maps of the disputes among `nodes`, the largest first.

    A map takes in all that bears on its middle, directly or not; what a map's node itself bears on hangs on that node,
    unless it is much argued over and so the middle of a map of its own.
    """
    free = _arguing(graph, nodes)
    trees: list[Tree] = []
    ranked = sorted(free, key=lambda node: (-_weight(graph, node, free), node))
    for root in ranked:
        if root in free and _weight(graph, root, free) > 1:
            trees.append(_grow(graph, Tree(root), free, _incoming))
    for tree in trees:
        _grow(graph, tree, free, _either)
    while free:
        root = next(node for node in ranked if node in free)
        trees.append(_grow(graph, _grow(graph, Tree(root), free, _incoming), free, _either))
    return sorted(trees, key=lambda tree: (-len(tree.column), tree.root))


def _arguing(graph: nx.MultiDiGraph[str], nodes: set[str]) -> set[str]:
    """Return the nodes that an argument, or a statement other than a plain affirmation, starts from or bears on."""
    ends = set()
    for start, end, kind in relations(graph):
        if start in nodes and end in nodes and argues(graph, start, kind):
            ends |= {start, end}
    return ends


def _incoming(graph: nx.MultiDiGraph[str], node: str) -> _Neighbours:
    """Return what bears on `node` with the relation, supporters first."""
    found = {
        (start, str(data["kind"]))
        for start, _, data in graph.in_edges(node, data=True)
        if argues(graph, start, data["kind"])
    }
    return sorted(found, key=lambda each: (each[1] not in PRO, _ORDER[each[1]], each[0]))


def _outgoing(graph: nx.MultiDiGraph[str], node: str) -> _Neighbours:
    found = {
        (end, str(data["kind"]))
        for _, end, data in graph.out_edges(node, data=True)
        if argues(graph, node, data["kind"])
    }
    return sorted(found, key=lambda each: (_ORDER[each[1]], each[0]))


def _either(graph: nx.MultiDiGraph[str], node: str) -> _Neighbours:
    return _incoming(graph, node) + _outgoing(graph, node)


def _weight(graph: nx.MultiDiGraph[str], node: str, free: set[str]) -> int:
    """Return how many free nodes bear on a claim or on the arguments for and against it."""
    if graph.nodes[node]["kind"] != "claim":
        return 0
    direct = {start for start, _ in _incoming(graph, node)}
    joints = {start for start in direct if graph.nodes[start]["kind"] != "claim"}
    onward = {start for joint in joints for start, _ in _incoming(graph, joint)}
    return len((direct | onward) & free)


def _grow(
    graph: nx.MultiDiGraph[str],
    tree: Tree,
    free: set[str],
    neighbours: Callable[[nx.MultiDiGraph[str], str], _Neighbours],
) -> Tree:
    """Hang on `tree` every free node that `neighbours` leads to, the nearest first; they are free no more."""
    free -= set(tree.column)
    queue = list(tree.column)
    while queue:
        node, *queue = queue
        for other, kind in neighbours(graph, node):
            if other not in free:
                continue
            free.remove(other)
            at = tree.column[node]
            side = (-1.0 if kind in PRO else 1.0) if at == 0 else at / abs(at)
            tree.hang(other, node, side, graph.nodes[other]["kind"] == "argument" and at % 1 == 0)
            queue.append(other)
    return tree


def _drawn(tree: Tree, boxes: Mapping[str, Box]) -> Places:
    """Return the places of one map, its middle at 0, 0."""
    places: Places = {tree.root: Point(0, 0)}
    for side in (-1, 1):
        branches = [child for child in tree.children[tree.root] if tree.column[child] * side > 0]
        places |= _stacked(tree, branches, boxes)
    return {node: Point(place.x * COLUMN, place.y) for node, place in places.items()}


def _stacked(tree: Tree, branches: Sequence[str], boxes: Mapping[str, Box]) -> Places:
    """Return the places (column and height) of branches under each other, centred on height 0.

    Each branch moves up as far as its boxes let it, column by column (after Reingold and Tilford 1981).
    """
    chain: Places = {}
    while len(branches) == 1:  # stands at the height of what it is followed by, however long the chain
        chain[branches[0]] = Point(tree.column[branches[0]], 0)
        branches = tree.children[branches[0]]
    leaves = [branch for branch in branches if not tree.children[branch]]
    blocks = []
    for branch in branches:
        if tree.children[branch] or len(leaves) <= _TWO_DEEP:
            own = _stacked(tree, tree.children[branch], boxes)
            blocks.append((own | {branch: Point(tree.column[branch], 0)}, branch))
    if len(leaves) > _TWO_DEEP:
        blocks.append((_two_deep(tree, leaves, boxes), leaves[0]))
    places: Places = {}
    bottoms: dict[float, float] = {}
    for own, _ in blocks:
        tops = _edges_of(own, boxes, -1)
        down = max((bottoms[column] + GAP - tops[column] for column in tops if column in bottoms), default=0.0)
        if places and not set(tops) & set(bottoms):
            down = max(bottoms.values())
        places |= {node: Point(place.x, place.y + down) for node, place in own.items()}
        bottoms |= {column: bottom + down for column, bottom in _edges_of(own, boxes, 1).items()}
    if not places:
        return chain
    nearest = min(abs(place.x) for place in places.values())
    levels = [place.y for place in places.values() if abs(place.x) == nearest]
    middle = (min(levels) + max(levels)) / 2
    return {node: Point(place.x, place.y - middle) for node, place in places.items()} | chain


def _two_deep(tree: Tree, leaves: Sequence[str], boxes: Mapping[str, Box]) -> Places:
    """Return leaves in two columns, set off like bricks: the line from an outer box passes between two inner ones."""
    ranked = sorted(leaves, key=lambda leaf: -boxes[leaf].height)
    inner = [leaf for leaf in leaves if leaf in ranked[: (len(leaves) + 1) // 2]]
    outer = [leaf for leaf in leaves if leaf not in inner]
    column = tree.column[leaves[0]]
    beyond = column + (1 if column > 0 else -1)
    places: Places = {}
    level = lowest = 0.0
    for at, leaf in enumerate(inner):
        places[leaf] = Point(column, level + boxes[leaf].height / 2)
        level += boxes[leaf].height
        if at < len(outer):
            half = boxes[outer[at]].height / 2
            middle = max(level + GAP / 2, lowest + half) if at else level + GAP / 2
            places[outer[at]] = Point(beyond, middle)
            lowest = middle + half + GAP
            level = 2 * middle - level
        else:
            level += GAP
    return places


def _edges_of(places: Places, boxes: Mapping[str, Box], side: int) -> dict[float, float]:
    """Return the top (-1) or the bottom (1) of what stands in each column."""
    found: dict[float, float] = {}
    for node, place in places.items():
        edge = place.y + side * boxes[node].height / 2
        found[place.x] = max(found.get(place.x, edge) * side, edge * side) * side
    return found


def _targets(graph: nx.MultiDiGraph[str], boxes: Mapping[str, Box], node: str, free: set[str]) -> Places:
    """Return a row of what `node` bears on; below each the joints on the way, beside it what else lands on these."""
    row: list[str] = []
    joints: dict[str, str] = {}
    for end, _ in _outgoing(graph, node):
        joint = graph.nodes[end]["kind"] == "argument"
        targets = [target for target, _ in _outgoing(graph, end)] if joint else [end]
        row += targets + ([start for start, _ in _incoming(graph, end)] if joint else [])
        joints |= dict.fromkeys([end] if joint else [], (targets or [end])[0])
    joints = {each: each for each in row if graph.nodes[each]["kind"] == "argument"} | joints
    row = [end for end in dict.fromkeys(row) if end in free and end not in joints]
    places = _rows(row, boxes, 5 * COLUMN)
    bottom = max((places[end].y + boxes[end].height / 2 for end in row), default=0.0)
    left = min((place.x for place in places.values()), default=0.0)
    under = sorted((places[end].x if end in places else left, joint) for joint, end in joints.items() if joint in free)
    x = left - COLUMN
    for wanted, joint in under:
        x = max(wanted, x + 2 * GAP)
        places[joint] = Point(x, bottom + 2 * GAP)
    free -= set(places)
    return places


def _packed(maps: Sequence[Places], boxes: Mapping[str, Box], width: float | None = None) -> Places:
    """Return maps beside and under each other: at most `width` wide, or so that the whole has a screen's shape."""
    if not maps:
        return {}
    sizes = [_size(one, boxes) for one in maps]
    widest = max(width for width, _ in sizes)
    fair = (sum(width * height for width, height in sizes) * _ASPECT) ** 0.5
    limits = [max(width, widest)] if width else [max(widest, round(fair * factor)) for factor in (1, 1.2, 1.4, 1.7)]
    return min((_shelved(maps, boxes, limit) for limit in limits), key=lambda one: _cost(_size(one, boxes)))


def _cost(size: tuple[float, float]) -> float:
    width, height = size
    return max(width / _ASPECT, height)


def _shelved(maps: Sequence[Places], boxes: Mapping[str, Box], limit: float) -> Places:
    """Return each map at the highest place where it fits, below those before it ("bottom left", by the skyline)."""
    places: Places = {}
    end_of_all = limit + BLOCK
    skyline = [(0.0, 0.0)]  # from this x on, free below this y
    for one in maps:
        left, top, right, bottom = _extent(one, boxes)
        width, height = right - left + BLOCK, bottom - top + BLOCK
        spans = list(pairwise([*skyline, (end_of_all, 0.0)]))
        fits = [
            (max(y for (start, y), (end, _) in spans if start < x + width and end > x), x)
            for x, _ in skyline
            if x + width <= end_of_all
        ]
        y, x = min(fits)
        places |= {node: Point(place.x - left + x, place.y - top + y) for node, place in one.items()}
        beyond = [(x + width, level) for (start, level), (end, _) in spans if start <= x + width < end]
        skyline = sorted([each for each in skyline if each[0] < x or each[0] > x + width] + [(x, y + height), *beyond])
    return places


def _rows(nodes: Sequence[str], boxes: Mapping[str, Box], width: float) -> Places:
    """Return boxes in rows no wider than `width`, each row centred, its boxes level at the top."""
    rows: list[list[str]] = []
    for node in nodes:
        if rows and sum(boxes[each].width + GAP for each in rows[-1]) + boxes[node].width <= width:
            rows[-1].append(node)
        else:
            rows.append([node])
    places: Places = {}
    y = 0.0
    for row in rows:
        x = -sum(boxes[node].width + GAP for node in row) / 2 + GAP / 2
        for node in row:
            places[node] = Point(x + boxes[node].width / 2, y + boxes[node].height / 2)
            x += boxes[node].width + GAP
        y += max(boxes[node].height for node in row) + GAP
    return places


def _lane(
    graph: nx.MultiDiGraph[str], nodes: Sequence[str], placed: Places, boxes: Mapping[str, Box], height: float
) -> Places:
    """Return boxes in columns no taller than `height`, each near the height of what it is linked to."""
    linked = {node: {*graph.successors(node), *graph.predecessors(node)} & set(placed) for node in nodes}
    middle = {node: sum(sorted(placed[end].y for end in ends)) / max(len(ends), 1) for node, ends in linked.items()}
    columns: list[list[str]] = []
    for node in sorted(nodes, key=lambda each: (middle[each], each)):
        if columns and sum(boxes[each].height + GAP for each in columns[-1]) + boxes[node].height <= height:
            columns[-1].append(node)
        else:
            columns.append([node])
    places: Places = {}
    for at, column in enumerate(columns):
        y = -sum(boxes[node].height + GAP for node in column) / 2
        for node in column:
            places[node] = Point(at * (COLUMN * 0.75), y + boxes[node].height / 2)
            y += boxes[node].height + GAP
    return places


def _by_topic(graph: nx.MultiDiGraph[str]) -> Callable[[str], tuple[str, str]]:
    return lambda node: (" ".join(graph.nodes[node]["topics"]), node)


def _above(places: Places, block: Places, boxes: Mapping[str, Box]) -> None:
    """Put a block above what is placed already, in its middle."""
    _attach(places, block, boxes, 0, -1)


def _below(places: Places, block: Places, boxes: Mapping[str, Box]) -> None:
    """Put a block under what is placed already, in its middle."""
    _attach(places, block, boxes, 0, 1)


def _beside(places: Places, block: Places, boxes: Mapping[str, Box], side: int) -> None:
    """Put a block to the left (-1) or the right (1) of what is placed already, in its middle."""
    _attach(places, block, boxes, side, 0)


def _attach(places: Places, block: Places, boxes: Mapping[str, Box], across: int, down: int) -> None:
    if not block:
        return
    left, top, right, bottom = _extent(places, boxes) if places else (0.0, -BLOCK, 0.0, -BLOCK)
    block_left, block_top, block_right, block_bottom = _extent(block, boxes)
    level, middle = (top + bottom - block_top - block_bottom) / 2, (left + right - block_left - block_right) / 2
    x = {-1: left - BLOCK - block_right, 0: middle, 1: right + BLOCK - block_left}
    y = {-1: top - BLOCK - block_bottom, 0: level, 1: bottom + BLOCK - block_top}
    for node, place in block.items():
        places[node] = Point(place.x + x[across], place.y + y[down])


def _size(places: Places, boxes: Mapping[str, Box]) -> tuple[float, float]:
    left, top, right, bottom = _extent(places, boxes)
    return right - left, bottom - top


def _extent(places: Places, boxes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is placed."""
    corners = [(place, boxes[node].width / 2, boxes[node].height / 2) for node, place in places.items()]
    return (
        min((place.x - half for place, half, _ in corners), default=0.0),
        min((place.y - half for place, _, half in corners), default=0.0),
        max((place.x + half for place, half, _ in corners), default=0.0),
        max((place.y + half for place, _, half in corners), default=0.0),
    )
