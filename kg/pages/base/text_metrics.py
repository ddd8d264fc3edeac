"""Line breaking of a text that is to fit a box, without a browser: by the widths of the letters of three typefaces.

Those are Helvetica's, which Arial and Liberation Sans share, and for titles Palatino's bold, which is wider than that
of Times and Liberation Serif.  What else a browser may have is brought to these widths by base.css (`size-adjust`);
`_SLACK` is kept for what is wider there.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_SLACK = 1.04


class Face(NamedTuple):
    """A typeface as it is measured."""

    widths: Mapping[str, float]
    """By letter, in parts of the font size."""
    other: float
    """The width of a letter that is not among them."""


def _face(other: float, letters: Mapping[int, str]) -> Face:
    """Return a face of which `letters` gives the letters of each width, in thousandths of the font size."""
    return Face({letter: width / 1000 for width, group in letters.items() for letter in group}, other)


# Helvetica and Helvetica-Bold as in Adobe's metrics, Palatino-Bold as in its metric twin P052.
SANS = _face(
    0.62,
    {
        222: "ijl'\u2019\u2018",
        278: " ,.:;!|/tfI[]\\",
        333: "r()-`{}\u201c\u201d\u2010",
        389: '*"',
        500: "ckszvxyJ^",
        556: "abdeghnopquL0123456789?$#_\u2013",
        584: "+=<>~\u2212",
        611: "FTZ",
        667: "ABEKPSVXY&",
        722: "CDHNRUw",
        778: "GOQ",
        833: "mM",
        889: "%",
        944: "W",
        1015: "@\u2014\u2026",
    },
)
BOLD = _face(
    0.67,
    {
        278: " ,./I\\ijl'|\u2019\u2018",
        333: "!()-:;[]`ft\u2010",
        389: "*r{}",
        500: 'z"\u201c\u201d',
        556: "acesvxyk0123456789J#$_\u2013",
        584: "+=<>~^\u2212",
        611: "FLTZbdghnopqu?",
        667: "EPSVXY",
        722: "ABCDHKNRU&",
        778: "GOQw",
        833: "M",
        889: "m%",
        944: "W",
        1000: "@\u2014\u2026",
    },
)
TITLE = _face(
    0.67,
    {
        250: " ,.:;'",
        278: "!\u2019\u2018",
        333: "()-[]`/{}ijlt\u2010",
        402: 'IJfr"',
        444: "cs*?",
        500: "aexz0123456789#$_\u201c\u201d\u2013",
        556: "Fgovy",
        611: "ELPSbdhknpqu+=<>~^|\\\u2212",
        667: "BTXYZ",
        722: "CR",
        778: "AKUV@",
        833: "DGHNOQw&",
        889: "m%",
        1000: "MW\u2014\u2026",
    },
)


def width(text: str, size: float, face: Face = SANS) -> float:
    """Return how wide `text` is at a font size, in the unit of the size; rather too wide than too narrow."""
    return sum(_letter(letter, face) for letter in text) * size * _SLACK


def wrap(text: str, room: float, size: float, most: int, face: Face = SANS) -> list[str]:
    """Return `text` in at most `most` lines, each at most `room` wide; an ellipsis ends the last if it goes on.

    A word that is wider than a line is broken.
    """
    lines: list[str] = []
    line = ""
    for word in _words(" ".join(text.split()), room, size, face):
        longer = f"{line} {word}" if line else word
        if width(longer, size, face) <= room:
            line = longer
            continue
        lines.append(line)
        line = word
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = " ".join(lines[most - 1 :])
    while last and width(last + "\u2026", size, face) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;:.(") + "\u2026"]


def _words(text: str, room: float, size: float, face: Face) -> list[str]:
    words = []
    for word in text.split(" "):
        part = ""
        for letter in word:
            if part and width(part + letter, size, face) > room:
                words.append(part)
                part = ""
            part += letter
        words.append(part)
    return words


def _letter(letter: str, face: Face) -> float:
    known = face.widths.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    # An accent makes no letter wider.
    return face.widths.get(unicodedata.normalize("NFD", letter)[0], face.other)
