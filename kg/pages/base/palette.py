"""Looks of relations and kinds of nodes: one colour, one sign, one dash and one word, the same in every view.

Use: `RELATIONS["opposes"].sign` (also .word, .ink, .tint, .dark_ink, .dark_tint, .dash, .dash_array), `KINDS["study"]`.
In CSS (html.page puts `css()` in front of every page): var(--opposes) for text, lines and signs, var(--opposes-tint)
for areas; var(--study) likewise; var(--paper), --ink, --soft, --faint, --rule, --link, --focus.  They turn with the
colour scheme.  var(--opposes-sign) is the sign as a string, var(--opposes-dash) the dash.  A name with spaces has
hyphens there: "no evidence" is var(--no-evidence).

Okabe and Ito's colours (Color Universal Design, 2008) are told apart with any colour vision; `fill` is theirs, `ink` is
the same hue darkened until it reads as text and as a thin line on white (WCAG 2.2: 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.model.vocabulary import NO_DIRECTION, NO_STANCE, words_of
from kg.namespaces import HC
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Collection

PAPER, DARK_PAPER = "#ffffff", "#16181b"


class RelationStyle(NamedTuple):
    """Look of one way in which one thing that is said bears on another."""

    name: str
    word: str
    """As a verb with the speaker before it and the target after it."""
    sign: str
    fill: str
    """Okabe and Ito's colour: for areas, never for text."""
    ink: str
    """For text, signs and lines on white: at least 4.5 : 1."""
    tint: str
    """A pale area on which `ink` and black text both read."""
    dark_ink: str
    dark_tint: str
    dash: tuple[int, ...]
    """Lengths of strokes and gaps; empty for an unbroken line."""

    @property
    def dash_array(self) -> str:
        """The dash as SVG's `stroke-dasharray`: "9 4", or "none"."""
        return " ".join(map(str, self.dash)) or "none"


RELATIONS: dict[str, RelationStyle] = {
    relation.name: relation
    for relation in (
        RelationStyle("supports", "supports", "+", "#0072B2", "#0072B2", "#eaf3f9", "#6cbcf0", "#14283a", ()),
        RelationStyle(
            "opposes", "opposes", "\N{MINUS SIGN}", "#D55E00", "#B34700", "#fbefe7", "#ff9a5c", "#38220f", (9, 4)
        ),
        RelationStyle("doubts", "doubts", "?", "#F0E442", "#6B6000", "#fbf9df", "#ddd25c", "#2b2a12", (6, 3)),
        RelationStyle(
            "undercuts",
            "challenges",
            "\N{MULTIPLICATION SIGN}",
            "#CC79A7",
            "#7D3C98",
            "#f6eef8",
            "#d9a3ec",
            "#2f1f37",
            (2, 4),
        ),
        RelationStyle("qualifies", "limits", "~", "#E69F00", "#755700", "#faf4e2", "#e8bd4a", "#2e2710", (9, 3, 2, 3)),
        RelationStyle(
            "no evidence",
            "finds no evidence for",
            "\N{WHITE CIRCLE}",
            "#999999",
            "#595959",
            "#f2f2f2",
            "#b4b8bd",
            "#25282c",
            (1, 5),
        ),
        RelationStyle(
            "inconclusive",
            "cannot tell of",
            "\N{ALMOST EQUAL TO}",
            "#56B4E9",
            "#3D6378",
            "#eef4f7",
            "#9cc3d8",
            "#1d2a31",
            (1, 3, 1, 7),
        ),
        RelationStyle(
            "unstated",
            "bears on",
            "\N{HORIZONTAL ELLIPSIS}",
            "#999999",
            "#4d4d4d",
            "#f7f7f5",
            "#c2c2bd",
            "#232527",
            (3, 7),
        ),
    )
}

TALLIED = {
    "supports": "for",
    "opposes": "against",
    "doubts": "doubting",
    "qualifies": "limiting",
    "no evidence": "finding no evidence",
    "inconclusive": "inconclusive",
    "undercuts": "on the evidence",
}
"""Relation -> name of a count of its lines, in the order in which counts stand."""
SAYING = ("affirms", "denies", "doubts", "no evidence", "inconclusive", "stance not stated")
"""Relations of an assertion to its claim."""
STANCES = {
    "affirms": "supports",
    "denies": "opposes",
    "doubts": "doubts",
    **{remark: remark for remark in ("no evidence", "inconclusive")},
}
"""The relation whose sign and colour a stance has."""


class Look(NamedTuple):
    """Look and words of one relation of the graph."""

    colour: str
    """Name of its colour in the page's CSS."""
    sign: str
    dash: tuple[int, ...]
    word: str
    """As a verb between its start and its end."""
    inverse: str
    """The same, read from its end."""


# RelationStyle -> verb, the same read from the other end, and the colour's relation; none for records of who and where.
_WORDS = {
    "supports": ("supports", "is supported by", "supports"),
    "opposes": ("opposes", "is opposed by", "opposes"),
    "undercuts": ("challenges", "is challenged by", "undercuts"),
    "qualifies": ("limits", "is limited by", "qualifies"),
    "affirms": ("affirms", "is affirmed by", STANCES["affirms"]),
    "denies": ("denies", "is denied by", STANCES["denies"]),
    "doubts": ("doubts", "is doubted by", STANCES["doubts"]),
    "no evidence": ("finds no evidence for", "is found without evidence by", STANCES["no evidence"]),
    "inconclusive": ("looks and cannot tell of", "is left open by", STANCES["inconclusive"]),
    "stance not stated": (NO_STANCE, "has something said of it by", "unstated"),
    "direction not stated": (NO_DIRECTION, "is borne on by", "unstated"),
    "says": ("says", "is said by", ""),
    "stated in": ("is stated in", "states", ""),
    "traced to": ("goes back to", "is the origin of", ""),
    "lead": ("may go back to", "may be the origin of", ""),
    "drift": ("differs from", "is changed in", ""),
    "reports": ("reports", "is reported in", ""),
    "reports on": ("tells of", "is told of in", ""),
    "cites": ("cites", "is cited by", ""),
    "includes": ("includes", "is included in", ""),
    "supersedes": ("replaces", "is replaced by", ""),
    "interest": ("has an interest in", "is an interest of", ""),
    "linked": ("is linked to", "is linked to", ""),
}
_RECORD_DASHES = {"lead": (2, 5), "drift": (2, 5)}


def _look(kind: str, verb: str, inverse: str, style: str) -> Look:
    if not style:
        return Look("edge", "", _RECORD_DASHES.get(kind, ()), verb, inverse)
    relation = RELATIONS[style]
    return Look(relation.name.replace(" ", "-"), relation.sign, relation.dash, verb, inverse)


LOOKS = {kind: _look(kind, *words) for kind, words in _WORDS.items()}
"""Each relation of the graph: stances, directions, then records of who said it, where, and what it derives from."""


def relation_of(stance: str) -> str:
    """Return the relation whose sign and colour a stance has: "unstated" for one that is not stated, or not of ours."""
    return STANCES.get(stance, "unstated")


def verb_of(stance: str) -> str:
    """Return what somebody with a stance does to a claim; one that is not stated, or not of ours, leaves that open."""
    return LOOKS[stance if stance in STANCES else "stance not stated"].word


def stance_relation(stated: str) -> str:
    """Return the relation of an assertion to its claim, by the IRI of its stance, if that is of ours."""
    return _known(stated, STANCES) or "stance not stated"


def direction_relation(stated: str, on_inference: bool) -> str:
    """Return the relation of an argument to its target, by the IRI of its direction.

    `on_inference` if the target is an argument or an assertion: what opposes that undercuts it.
    """
    relation = _known(stated, ("supports", "opposes", "qualifies")) or "direction not stated"
    return "undercuts" if relation == "opposes" and on_inference else relation


def _known(concept: str, words: Collection[str]) -> str:
    word = words_of(IRI(concept)) if concept.startswith(HC) else ""
    return word if word in words else ""


class NodeStyle(NamedTuple):
    """Look of one kind of node."""

    name: str
    word: str
    ink: str
    tint: str
    dark_ink: str
    dark_tint: str


KINDS: dict[str, NodeStyle] = {
    kind.name: kind
    for kind in (
        NodeStyle("claim", "claim", "#16181b", "#ffffff", "#f1f1ee", "#1f2226"),
        NodeStyle("source", "source", "#595959", "#f4f4f4", "#b4b8bd", "#25282c"),
        NodeStyle("agent", "who says it", "#3b4a6b", "#eef1f7", "#a9bbe4", "#1f2635"),
        NodeStyle("study", "study", "#00785A", "#e8f5f1", "#4fd0ab", "#12302a"),
        NodeStyle("finding", "finding", "#00785A", "#e8f5f1", "#4fd0ab", "#12302a"),
        NodeStyle("topic", "topic", "#4d4d4d", "#f7f7f5", "#c2c2bd", "#232527"),
    )
}

_BASE = {
    "paper": (PAPER, DARK_PAPER),
    "ink": ("#16181b", "#ecebe7"),
    "soft": ("#555a60", "#b3b5b8"),
    "faint": ("#f6f5f1", "#1e2125"),
    "rule": ("#d9d7d0", "#3a3e44"),
    "edge": ("#85837b", "#83888f"),
    "link": ("#0b5394", "#8ec5ff"),
    "focus": ("#b34700", "#ffb067"),
}


def css() -> str:
    """Return colours of both schemes, signs (--opposes-sign) and dashes (--opposes-dash) as CSS custom properties."""
    colours = dict(_BASE)
    marks: list[RelationStyle | NodeStyle] = [*RELATIONS.values(), *KINDS.values()]
    for mark in marks:
        name = mark.name.replace(" ", "-")
        colours[name] = (mark.ink, mark.dark_ink)
        colours[f"{name}-tint"] = (mark.tint, mark.dark_tint)
    light = ";".join(f"--{name}:{pair[0]}" for name, pair in colours.items())
    for relation in RELATIONS.values():
        name = relation.name.replace(" ", "-")
        light += f';--{name}-sign:"{relation.sign}";--{name}-dash:{relation.dash_array}'
    dark = ";".join(f"--{name}:{pair[1]}" for name, pair in colours.items())
    # Paper is white whatever the screen was.
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
