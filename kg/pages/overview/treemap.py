"""Places of the topics of a large dataset: blocks of cells in lines, like words in a text, by their names.

A cell is a claim.  All blocks are equally high, so their widths compare; the cells of a block are filled column by
column, in the order of `columns`: those that are mostly supported stand on its left, those that are answered on its
right.  The time is linear in the number of topics; nothing is iterated, so the same data give the same picture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL = 1.6
"""The width of a cell, its height being 1: the shape of a box with a few lines of text."""
HEAD, SLIM_HEAD = 1.05, 0.6
"""Height above each block for the name of its topic, and where names are read on zooming in only."""
GAP = 0.7
"""Free space between blocks, across and down."""
WIDE, TALL = 1.45, 0.7
"""The shapes of a desktop's and of a telephone's picture, width by height."""
_NAME = 0.42
"""Width of a letter of a topic's name, at the height that it has where the whole is seen."""


class Blocks(NamedTuple):
    """The picture, in the unit of a cell's height."""

    rows: int
    """Height of each block, in cells."""
    head: float
    """The room above each for its name."""
    named: bool
    """True if every name has room where the whole is seen."""
    corners: list[tuple[float, float]]
    """Left and top of each block."""
    width: float
    height: float


def blocks(sizes: Sequence[int], names: Sequence[str], aspect: float = WIDE) -> Blocks:
    """Return where blocks of so many cells lie, that the whole is about `aspect` times as wide as high.

    A block of few cells is as wide as its name, as far as all names together do not make the cells much smaller.
    """
    if not sizes:
        return Blocks(1, HEAD, True, [], 1, 1)
    rows = max(1, round((sum(sizes) / len(sizes)) ** 0.5))
    widths = [math.ceil(size / rows) * CELL for size in sizes]
    named = len(sizes) <= _NAMED
    head = HEAD if named else SLIM_HEAD
    if named:
        widths = [max(width, len(name) * _NAME) for width, name in zip(widths, names, strict=True)]
    step = rows + head + GAP
    limit = max(max(widths), math.sqrt(sum(width + GAP for width in widths) * step * aspect))
    corners, x, y = [], 0.0, 0.0
    for width in widths:
        if x and x + width > limit:
            x, y = 0.0, y + step
        corners.append((round(x, 2), round(y + head, 2)))
        x += width + GAP
    right = max(x + width for (x, _), width in zip(corners, widths, strict=True))
    return Blocks(rows, head, named, corners, round(right, 2), round(y + step - GAP, 2))


_NAMED = 200
"""Topics beyond which their names are read on zooming in, and claim no room where the whole is seen."""
