"""How a relation of the graph is drawn and called, the same in the picture of boxes and in the overview."""

from __future__ import annotations

from typing import NamedTuple

from kg.pages.base.palette import RELATIONS as LOOKS
from kg.pages.base.palette import STANCES
from kg.pages.graph.details import INVERSE, VERBS

RELATIONS = tuple(VERBS)
# Records of who and where are grey lines.
_RECORD_DASHES = {"lead": (2, 5), "drift": (2, 5)}


class Look(NamedTuple):
    """How a relation is drawn: the name of its colour in the page's CSS, its sign, its dash and its words."""

    colour: str
    sign: str
    dash: tuple[int, ...]
    word: str
    inverse: str


def look(kind: str) -> Look:
    """Return how a relation is drawn."""
    known = LOOKS.get(STANCES.get(kind, kind))
    words = VERBS[kind], INVERSE[kind]
    if known is None:
        return Look("edge", "", _RECORD_DASHES.get(kind, ()), *words)
    return Look(known.name.replace(" ", "-"), known.sign, known.dash, *words)
