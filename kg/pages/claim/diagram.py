"""The dispute drawn: for on the left, the claim in the middle, against on the right, as one SVG that needs no script.

What challenges or backs the evidence stands outside its evidence, and its line ends there, not at the claim.  Limits
stand under the claim; a limit on one piece of evidence ends at that piece.  The layout is computed here, from the
order of the lines alone, so that the same data gives the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kg.model import phrases
from kg.pages.base import text_metrics
from kg.pages.base.palette import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.model.cards import Card, Dispute
    from kg.model.premises import Premise
    from kg.store.terms import IRI

FOLD = 12
"""More lines than this on a side are not drawn: the picture says how many, and the cards below hold them."""

WIDTH, MIDDLE, GUTTER, GAP, INDENT, MARGIN, TOP = 212.0, 236.0, 44.0, 16.0, 20.0, 14.0, 40.0
"""Of a box, of the claim; between columns, between boxes; of an answer; around the picture, and above the boxes."""
_PAD, _LEAD, _CLAIM_LEAD = 12.0, 16.5, 21.0
_INSET = 14.0
"""Between either side of a box and its text: what a sign on the border covers (page.css: 9), and a space."""
_WORD, _TEXT, _CLAIM_TEXT = 12.0, 13.0, 16.5
"""The type sizes of page.css."""
_DEEPEST = 2
_LOWEST = 120.0
_BESIDE = 8.0
"""Between the lines of two relations that run beside each other."""
_CROWD = 5
"""With more lines than this on a side, boxes say less and share one line to the claim."""


class Words(NamedTuple):
    """One line of text in a box; `style` is a class of the style sheet."""

    text: str
    x: float
    y: float
    style: str


@dataclass(frozen=True)
class DiagramBox:
    """The claim, one line of the dispute, or the number of those that are not drawn."""

    key: str
    """The fragment of its card."""
    relation: str
    sign: str
    lines: tuple[tuple[str, str], ...]
    """Pairs of text and style, one for each line of text."""
    width: float
    height: float
    x: float = 0
    y: float = 0
    badge: str = "left"
    """The side on which its own line begins."""

    @property
    def inset(self) -> float:
        """Return how far right of its left border its texts begin."""
        return _INSET

    @property
    def is_usual(self) -> bool:
        """Return True if it is as wide as most, which page.css then says for all of them."""
        return self.width == WIDTH

    @property
    def badge_at(self) -> tuple[float, float]:
        """Return the centre of the sign, on the border where the line to the target begins."""
        return self.x + (self.width if self.badge == "right" else 0), self.y + self.height / 2

    @property
    def words(self) -> tuple[Words, ...]:
        """Return the lines of text with their places."""
        placed, y, lead = [], self.y + _PAD, _LEAD
        for text, style in self.lines:
            lead = _CLAIM_LEAD if style == "claim" else _LEAD
            placed.append(Words(text, self.x + self.inset, y + lead * 0.76, style))
            y += lead
        return tuple(placed)


class Edge(NamedTuple):
    """A drawn line from what is said to what it bears on; `ends` says whether an arrowhead is there."""

    relation: str
    path: str
    ends: bool


class Heading(NamedTuple):
    """The name of a column or of a part of one, or the remark that it is empty; `style` as in `Words`."""

    text: str
    x: float
    y: float
    style: str


class Diagram(NamedTuple):
    """All that the template draws."""

    width: float
    height: float
    columns: int
    boxes: tuple[DiagramBox, ...]
    edges: tuple[Edge, ...]
    headings: tuple[Heading, ...]
    relations: tuple[str, ...]
    """Those that occur, for the legend."""


def diagram(dispute: Dispute, anchor: Callable[[IRI], str], brief: bool = False) -> Diagram:
    """Return the drawing of `dispute`; `anchor` gives the fragment of a line's card.

    `brief` boxes say who and on what evidence, and leave what is said to the cards.
    """
    return _Drawing(dispute, anchor, brief).diagram()


def stance_word(voice: Premise, word: str = "") -> str:
    """Return the verb of a voice that does not affirm its claim, unless its line says that already in its `word`."""
    return "" if voice.verb == word else voice.verb


def say(voice: Premise, word: str = "") -> str:
    """Return in one sentence what a voice says: its stance and its claim, or its words on the page's own claim.

    `word` is what its line does; it is not said twice.
    """
    stance = stance_word(voice, word)
    if voice.on_claim and voice.kind == "assertion":
        quoted = f"\u201c{voice.quotes[0].exact}\u201d" if voice.quotes else ""
        return ": ".join(filter(None, (stance and f"{stance} this claim", quoted))) or "this claim"
    return f"{stance}: {voice.text}" if stance else voice.text.value


def doing(line: Card) -> str:
    """Return what a line does and on what it rests: "supports, randomised trial"."""
    kinds = [voice.evidence_kind for voice in line.premises if voice.evidence_kind]
    untraced = ["untraced"] if any(voice.is_untraced for voice in line.premises) else []
    return ", ".join([line.word, *dict.fromkeys(kinds), *untraced])


def speakers(line: Card) -> str:
    """Return who says what a line rests on, each once; after "from" where they do not argue with it themselves."""
    names = phrases.sentence_list(list(dict.fromkeys(voice.who for voice in line.premises)))
    return f"from {names}" if line.argued else names


class _Drawing:
    """Drawing in the making: boxes placed column by column, then joined."""

    def __init__(self, dispute: Dispute, anchor: Callable[[IRI], str], brief: bool) -> None:
        self._dispute = dispute
        self._anchor = anchor
        self._claim = dispute.claim.iri
        self._boxes: dict[IRI | str, DiagramBox] = {}
        """By their line or claim, or by a word of ours for those that count the rest."""
        self._side_links: list[tuple[IRI, IRI]] = []
        self._under_links: list[tuple[IRI, IRI]] = []
        self._headings: list[Heading] = []
        sides = (dispute.pro, (*dispute.con, *dispute.doubts), dispute.evidence, dispute.limits)
        crowded = max(map(len, sides)) > _CROWD
        self._most = (1, 0) if brief else (1, 3) if crowded else (2, 5)
        """Lines of text for who says it, and for what is said."""

    def diagram(self) -> Diagram:
        d = self._dispute
        pro, con, doubts = d.pro[:FOLD], d.con[:FOLD], d.doubts[:FOLD]
        about = _by_target(d.evidence[:FOLD], pro)
        answers = {line.iri: line.answers for line in (*con, *doubts) if line.answers}
        x_pro = MARGIN + (WIDTH + GUTTER if d.evidence else 0)
        x_claim = x_pro + WIDTH + GUTTER
        x_con = x_claim + MIDDLE + GUTTER
        x_answers = x_con + WIDTH + GUTTER

        bottoms = [
            self._column("pro", d.pro, x_pro, "right"),
            self._against(x_con),
            self._beside(pro, about, MARGIN, "right"),
            self._beside((*con, *doubts), answers, x_answers, "left"),
        ]
        left_out = [line for line in d.evidence if line.iri not in self._boxes]
        bottoms[2] = self._rest("evidence", "evidence", left_out, MARGIN, bottoms[2] + GAP, WIDTH)
        bottoms.append(self._middle(x_claim, max(bottoms)))
        self._side_links += [(line.iri, self._claim) for line in (*pro, *con, *doubts)]
        self._link_targets((*d.evidence, *d.limits))
        columns = (("On the evidence", MARGIN, d.evidence), ("Answers", x_answers, answers))
        for text, x, drawn in columns:
            tops = [box.y for box in self._boxes.values() if box.x == x]
            if drawn and tops:
                self._headings.append(Heading(text, x, min(tops) - 16, "heading"))
        for text, x, lines in (("For", x_pro, pro), ("Against", x_con, con)):
            self._headings.append(Heading(text, x, TOP - 16, "heading"))
            if not lines:
                self._headings.append(Heading("Nothing is recorded here.", x, TOP + 14, "nothing"))
        boxes = tuple(self._boxes.values())
        return Diagram(
            round((x_answers + WIDTH if answers else x_con + WIDTH) + MARGIN),
            round(max(bottoms) + MARGIN),
            3 + bool(d.evidence) + bool(answers),
            boxes,
            tuple(self._edges()),
            tuple(self._headings),
            tuple(name for name in RELATIONS if any(box.relation == name for box in boxes)),
        )

    def _against(self, x: float) -> float:
        """Place the lines against the claim, under them those that doubt it; return where they end."""
        y = self._column("con", self._dispute.con, x, "left")
        if not self._dispute.doubts:
            return y
        y = max(y, TOP + 20) + 34
        self._headings.append(Heading("Doubting", x, y - 9, "heading"))
        return self._column("doubts", self._dispute.doubts, x, "left", y)

    def _column(self, name: str, lines: Sequence[Card], x: float, badge: str, y: float = TOP) -> float:
        """Place lines for, against or in doubt of the claim one under the other; return where they end."""
        for line in lines[:FOLD]:
            self._boxes[line.iri] = replace(self._box(line, WIDTH, badge), x=x, y=y)
            y += self._boxes[line.iri].height + GAP
        return self._rest(name, name, lines[FOLD:], x, y, WIDTH)

    def _beside(self, lines: Sequence[Card], said: Mapping[IRI, Sequence[Card]], x: float, badge: str) -> float:
        """Place outside of each line what is said of it, as near to it as there is room; return where that ends."""
        free = TOP
        for line in lines:
            placed, end = self._stack(line, said.get(line.iri, ()), x, free, badge)
            if not placed:
                continue
            middle = self._boxes[line.iri].y + self._boxes[line.iri].height / 2
            down = max(0.0, middle - (free + end) / 2)
            self._shift(placed, down)
            free = end + down + GAP
        return free - GAP

    def _stack(
        self, about: Card, lines: Sequence[Card], x: float, y: float, badge: str
    ) -> tuple[list[IRI | str], float]:
        """Place what is said of a line, each with its answers beneath it; return the boxes and where they end."""
        placed: list[IRI | str] = []
        for line in lines[:FOLD]:
            if line.iri in self._boxes:
                continue
            self._boxes[line.iri] = replace(self._box(line, WIDTH, badge), x=x, y=y)
            self._side_links.append((line.iri, about.iri))
            below, y = self._beneath(line, WIDTH)
            placed += [line.iri, *below]
            y += GAP
        if lines[FOLD:]:
            placed.append(key := f"rest of {about.iri.value}")
            y = self._rest(key, self._anchor(about.iri), lines[FOLD:], x, y, WIDTH) + GAP
        return placed, y - GAP

    def _beneath(self, line: Card, width: float, depth: int = 1) -> tuple[list[IRI | str], float]:
        """Place what answers `line` under its box, set in; return the boxes and where they end."""
        parent = self._boxes[line.iri]
        placed: list[IRI | str] = []
        shown = line.answers[:FOLD] if depth <= _DEEPEST else ()
        y = parent.y + parent.height
        for answer in shown:
            self._boxes[answer.iri] = replace(self._box(answer, width - INDENT, "left"), x=parent.x + INDENT, y=y + GAP)
            self._under_links.append((answer.iri, line.iri))
            below, y = self._beneath(answer, width - INDENT, depth + 1)
            placed += [answer.iri, *below]
        if left_out := line.answers[len(shown) :]:
            placed.append(key := f"rest of {line.iri.value}")
            y = self._rest(key, self._anchor(line.iri), left_out, parent.x + INDENT, y + GAP, width - INDENT)
        return placed, y

    def _rest(self, key: str, fragment: str, lines: Sequence[Card], x: float, y: float, width: float) -> float:
        """Place a box that says how many lines are not drawn, if any; return where the column ends."""
        if not lines:
            return y - GAP
        text, relation = f"and {len(lines)} more, in the list below", lines[0].relation
        self._boxes[key] = DiagramBox(fragment, relation, "", ((text, "meta"),), width, 40, x, y)
        return y + 40

    def _middle(self, x: float, sides_end: float) -> float:
        """Place the claim, under it its limits and who finds no evidence or cannot tell; return where they end."""
        d, headings = self._dispute, list[Heading]()
        self._boxes[self._claim] = replace(_claim_box(d), x=x, y=TOP)
        placed: list[IRI | str] = [self._claim]
        width, y = MIDDLE - INDENT, TOP + self._boxes[self._claim].height
        limits = sorted(d.limits, key=lambda line: all(target.iri != self._claim for target in line.targets))
        remarks = (("silent", "Finds no evidence", d.silent), ("inconclusive", "Inconclusive", d.inconclusive))
        for section, name, lines in (("limits", "Limits", tuple(limits)), *remarks):
            if not lines:
                continue
            y += 34
            headings.append(Heading(name, x + INDENT, y - 9, "heading"))
            for line in lines[:FOLD]:
                self._boxes[line.iri] = replace(self._box(line, width, "left"), x=x + INDENT, y=y)
                below, y = self._beneath(line, width)
                placed += [line.iri, *below]
                if any(target.iri == self._claim for target in line.targets) and line.relation == "qualifies":
                    self._under_links.append((line.iri, self._claim))
                y += GAP
            if lines[FOLD:]:
                placed.append(section)
            y = self._rest(section, section, lines[FOLD:], x + INDENT, y, width)
        down = min(max(0.0, (sides_end - y) / 2), _LOWEST)
        self._shift(placed, down)
        self._headings += [heading._replace(y=heading.y + down) for heading in headings]
        self._headings.append(Heading("The claim", x, TOP - 16 + down, "heading"))
        return y + down

    def _link_targets(self, lines: Iterable[Card]) -> None:
        """Join lines to every piece of evidence that they are about; the first may be joined already."""
        for line in lines:
            for target in line.targets:
                link = (line.iri, target.line)
                if target.line in self._boxes and line.iri in self._boxes and link not in self._side_links:
                    self._side_links.append((line.iri, target.line))

    def _shift(self, keys: Iterable[IRI | str], by: float) -> None:
        for key in keys:
            self._boxes[key] = replace(self._boxes[key], y=self._boxes[key].y + by)

    def _box(self, line: Card, width: float, badge: str) -> DiagramBox:
        relation, room = RELATIONS[line.relation], width - 2 * _INSET
        lines = [(text, "word") for text in text_metrics.wrap(doing(line), room, _WORD, 2, text_metrics.BOLD)]
        who = text_metrics.wrap(speakers(line), room, _TEXT, self._most[0], text_metrics.BOLD)
        lines += [(text, "who") for text in who]
        for voice in line.premises[:1]:
            # A stance is said also where there is no room for more.
            if most := self._most[1] or (1 if stance_word(voice, line.word) else 0):
                lines += [(text, "say") for text in text_metrics.wrap(say(voice, line.word), room, _TEXT, most)]
        if len(line.premises) > 1 and self._most[1]:
            lines.append((f"and {phrases.count(len(line.premises) - 1, 'more statement')}", "meta"))
        height = 2 * _PAD + len(lines) * _LEAD - 4
        key = self._anchor(line.iri)
        return DiagramBox(key, line.relation, relation.sign, tuple(lines), width, height, badge=badge)

    def _edges(self) -> Iterable[Edge]:
        yield from self._side_edges()
        yield from self._under_edges()

    def _side_edges(self) -> Iterable[Edge]:
        """Yield the lines between columns, spread over the side of their target in the order of their beginnings."""
        arriving: dict[tuple[IRI, bool], list[IRI]] = defaultdict(list)
        for start, end in self._side_links:
            from_left = self._boxes[start].x < self._boxes[end].x
            arriving[end, from_left].append(start)
        for (end, from_left), starts in arriving.items():
            target = self._boxes[end]
            if end == self._claim and len(starts) > _CROWD:
                yield from self._bus(starts, target, from_left)
                continue
            x_end = target.x - 4 if from_left else target.x + target.width + 4
            # Where its own line leaves, keep clear of the sign.
            top, room = (0.62, 0.38) if target.sign and (target.badge == "left") == from_left else (0.0, 1.0)
            for at, start in enumerate(sorted(starts, key=lambda iri: self._boxes[iri].badge_at[1]), start=1):
                box = self._boxes[start]
                x, y = (box.x + box.width if from_left else box.x), box.badge_at[1]
                y_end = target.y + target.height * (top + room * at / (len(starts) + 1))
                bend = (x + x_end) / 2
                path = f"M{_n(x)} {_n(y)}C{_n(bend)} {_n(y)} {_n(bend)} {_n(y_end)} {_n(x_end)} {_n(y_end)}"
                yield Edge(box.relation, path, ends=True)

    def _bus(self, starts: Sequence[IRI], target: DiagramBox, from_left: bool) -> Iterable[Edge]:
        """Yield a line to the claim for each relation, which its boxes join: side by side they would be a smear."""
        boxes = sorted((self._boxes[start] for start in starts), key=lambda box: box.y)
        away = -1 if from_left else 1
        edge = target.x + (0 if from_left else target.width)
        for at, relation in enumerate(dict.fromkeys(box.relation for box in boxes)):
            joined = [box for box in boxes if box.relation == relation]
            rail = edge + away * (GUTTER / 2 - _BESIDE * at)
            y_end = target.y + target.height / 2 + 2 * _BESIDE * at
            ends = [*(box.badge_at[1] for box in joined), y_end]
            yield Edge(relation, f"M{_n(rail)} {_n(min(ends))}V{_n(max(ends))}", ends=False)
            for box in joined:
                yield Edge(relation, f"M{_n(box.badge_at[0])} {_n(box.badge_at[1])}H{_n(rail)}", ends=False)
            yield Edge(relation, f"M{_n(rail)} {_n(y_end)}H{_n(edge + away * 4)}", ends=True)

    def _under_edges(self) -> Iterable[Edge]:
        """Yield the lines up to the box above; those of one relation share a trunk, each relation has its own."""
        reached: dict[tuple[IRI, str], float] = {}
        trunks: dict[IRI, list[str]] = defaultdict(list)
        for start, end in self._under_links:
            box, above = self._boxes[start], self._boxes[end]
            if box.relation not in trunks[end]:
                trunks[end].append(box.relation)
            trunk = box.x - INDENT + 6 + 6 * trunks[end].index(box.relation)
            key = (end, box.relation)
            top, first = reached.get(key, above.y + above.height + 4), key not in reached
            y = box.badge_at[1]
            yield Edge(box.relation, f"M{_n(box.x)} {_n(y)}H{_n(trunk)}V{_n(top)}", ends=first)
            reached[key] = y


def _by_target(evidence: Iterable[Card], pro: Sequence[Card]) -> dict[IRI, list[Card]]:
    """Return the lines on the evidence by the drawn line that they are (first) about."""
    drawn = {line.iri for line in pro}
    beside: dict[IRI, list[Card]] = defaultdict(list)
    for line in evidence:
        home = next((target.line for target in line.targets if target.line in drawn), None)
        if home:
            beside[home].append(line)
    return dict(beside)


def _claim_box(dispute: Dispute) -> DiagramBox:
    claim = dispute.claim
    texts = text_metrics.wrap(claim.text.value, MIDDLE - 2 * _INSET, _CLAIM_TEXT, 9, text_metrics.TITLE)
    height = 2 * _PAD + len(texts) * _CLAIM_LEAD
    return DiagramBox("claim", "claim", "", tuple((text, "claim") for text in texts), MIDDLE, height)


def _n(value: float) -> str:
    """Return a coordinate in whole units: no eye sees less."""
    return str(round(value))
