"""How large the box of a node is, and which words stand in it: decided here, so that no box ever grows on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.pages.base.text_metrics import BOLD, SANS, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPE = {"head": 11.0, "text": 15.0, "foot": 11.5}
"""Type sizes in the unit of the picture (a CSS pixel at scale 1)."""
LINE = {"head": 15.0, "text": 18.0, "foot": 14.0, "tally": 20.0}
"""Line heights; the tally counts what is said for and against a claim."""
PAD = 11.0
GAP = 5.0
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
    return Box(width, height + (GAP if foot else 0) + (LINE["tally"] if tally else 0), **parts)
