"""Breaks a text into lines that fit a box, without a browser: by the widths of Helvetica's and Arial's letters.

The fonts of the map are metric-compatible with these (Helvetica, Arial, Liberation Sans); a reader whose browser has
another gets a little less or more room at the right edge, for which `_SLACK` is kept.
"""

from __future__ import annotations

import unicodedata

_SLACK = 1.04
_BOLD = 1.07
# Widths in thousandths of the font size (Adobe's Helvetica metrics), by groups of letters of the same width.
_WIDTHS = {
    letter: width / 1000
    for width, letters in (
        (222, "ijl'"),
        (278, " ,.:;!|/tfI[]\\\u2019\u2018"),
        (333, "r()-`\u201c\u201d\u2010"),
        (355, '"'),
        (500, "ckszvxyJ"),
        (556, "abdeghnopquL0123456789?$\u2013"),
        (584, "+=<>~\u2212"),
        (611, "FTZ"),
        (667, "ABEKPSVXY&"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (833, "mM"),
        (889, "%"),
        (944, "W"),
        (1000, "\u2014\u2026"),
    )
    for letter in letters
}


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide `text` is at a font size, in the unit of the size; rather too wide than too narrow."""
    return sum(map(_letter, text)) * size * _SLACK * (_BOLD if bold else 1)


def wrap(text: str, room: float, size: float, most: int, bold: bool = False) -> list[str]:
    """Return `text` in at most `most` lines, each at most `room` wide; an ellipsis ends the last if it goes on.

    A word that is wider than a line is broken.
    """
    lines: list[str] = []
    line = ""
    for word in _words(" ".join(text.split()), room, size, bold):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        lines.append(line)
        line = word
    lines.append(line)
    if len(lines) <= most:
        return lines
    last = " ".join(lines[most - 1 :])
    while last and width(last + "\u2026", size, bold) > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip(" ,;:.(") + "\u2026"]


def _words(text: str, room: float, size: float, bold: bool) -> list[str]:
    words = []
    for word in text.split(" "):
        part = ""
        for letter in word:
            if part and width(part + letter, size, bold) > room:
                words.append(part)
                part = ""
            part += letter
        words.append(part)
    return words


def _letter(letter: str) -> float:
    known = _WIDTHS.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.62
