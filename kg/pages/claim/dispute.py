"""The dispute around one claim: what is said for it, against it and to limit it, by whom, and what answers that.

Sides are read off the arguments and stances, as stated; nothing is weighed here.  For: assertions that affirm the
claim, arguments that support it.  Against: assertions that deny or doubt it, arguments that oppose it.  Limiting: what
qualifies it, or qualifies an argument or assertion for it.  "No evidence" is neither.  What opposes or supports an
argument or assertion for the claim is about the evidence, and lands there; what is said to anything else answers it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.pages.base import formatting, notes
from kg.pages.base.facts import Facts, around, words_of
from kg.pages.claim.voices import NO_LEVEL, Voice, read_voice, who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Store
    from kg.store.terms import IRI

_DEEPEST = 6
"""Levels of answers to answers; beyond, a page would be all indentation."""
_SIDES = {"affirms": "pro", "denies": "con", "doubts": "con", "no evidence": "silent"}
_DIRECTIONS = {"supports": "pro", "opposes": "con", "qualifies": "limit"}
_RELATIONS = {"pro": "supports", "con": "opposes", "limit": "qualifies", "silent": "no evidence"}
_STANCE_WORDS = {"affirms": "affirms", "denies": "denies", "doubts": "doubts", "no evidence": "finds no evidence for"}
_DIRECT_WORDS = {"supports": "supports", "opposes": "opposes", "qualifies": "limits"}
_ON_EVIDENCE = {
    "supports": ("supports", "backs"),
    "opposes": ("undercuts", "challenges"),
    "qualifies": ("qualifies", "limits"),
}


class Target(NamedTuple):
    """What a line is about: the claim, an argument (the step from evidence to claim) or an assertion."""

    iri: IRI
    kind: str
    text: str
    line: IRI | None
    """The line of the page that it belongs to; None for the claim."""


@dataclass(frozen=True)
class Line:
    """One thing said toward the claim or toward another line: an argument with its premises, or a bare assertion."""

    iri: IRI
    also: tuple[IRI, ...]
    """Other arguments with the same premises to the same end, shown with it."""
    relation: str
    """A key of `palette.RELATIONS`."""
    word: str
    """What it does to its target: affirms, doubts, supports, limits, challenges, backs, answers."""
    voices: tuple[Voice, ...]
    targets: tuple[Target, ...]
    answers: tuple[Line, ...]
    directness: str | None
    remarks: tuple[str, ...]


class Use(NamedTuple):
    """Where the claim itself is used: what its assertions are held for or against."""

    iri: IRI
    relation: str
    word: str
    target: Target
    conclusion: notes.Proposition | None
    """The claim at the end, where the target is an argument or an assertion."""


@dataclass(frozen=True)
class Dispute:
    """Everything a reader may want to know of who says what about one claim."""

    claim: notes.Proposition
    pro: tuple[Line, ...]
    con: tuple[Line, ...]
    limits: tuple[Line, ...]
    silent: tuple[Line, ...]
    """Who finds no evidence: neither for nor against."""
    evidence: tuple[Line, ...]
    """What challenges or backs the evidence for the claim; challenges first."""
    uses: tuple[Use, ...]
    studies: tuple[notes.StudyNote, ...]
    """Every study that something goes back to, in the order in which the page names them."""
    sources: tuple[notes.SourceNote, ...]
    """Every source named, likewise."""

    @property
    def groups(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Return the groups of lines with their names, in the order of the page."""
        return (
            ("pro", self.pro),
            ("con", self.con),
            ("limits", self.limits),
            ("silent", self.silent),
            ("evidence", self.evidence),
        )

    def lines(self) -> Iterator[Line]:
        """Yield every line, each before its answers, in the order of the page."""
        for _, lines in self.groups:
            yield from _with_answers(lines)


def dispute(store: Store, claim: IRI) -> Dispute:
    """Return the dispute around `claim` as `store` states it.

    Raises NotFoundError if the store has no such claim.
    """
    return _Reading(around(store, claim), claim).dispute()


class Said(NamedTuple):
    """One line of a dispute in short: what bears on the claim or on the evidence for it, and what it rests on."""

    iri: IRI
    relation: str
    """Its group, as a key of `palette.RELATIONS`; "undercuts" is what is on the evidence, challenge or backing."""
    word: str
    premises: tuple[IRI, ...]


def said(facts: Facts, claim: IRI) -> tuple[Said, ...]:
    """Return the lines that bear on `claim` or on the evidence for it, without the answers to them, group by group."""
    sides, evidence = _Reading(facts, claim).sides()
    groups = [(_RELATIONS[side], drafts) for side, drafts in sides.items()] + [("undercuts", evidence)]
    return tuple(
        Said(draft.nodes[0], relation, draft.word, draft.premises) for relation, drafts in groups for draft in drafts
    )


def tally(facts: Facts, claim: IRI) -> dict[str, int]:
    """Return how many lines each group of `claim`'s dispute has, by relation; a group without lines is left out.

    "undercuts" counts what is on the evidence, be it a challenge or backing; answers to answers count nowhere.
    """
    return dict(Counter(line.relation for line in said(facts, claim)))


@dataclass
class _Draft:
    """A line in the making."""

    side: str
    relation: str
    word: str
    premises: tuple[IRI, ...]
    nodes: list[IRI] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    answers: list[_Draft] = field(default_factory=list)


class _Reading:
    """Puts each argument in its one place."""

    def __init__(self, facts: Facts, claim: IRI) -> None:
        self._facts = facts
        self._claim = claim
        self._placed: set[IRI] = set()
        self._voices: dict[IRI, Voice] = {}

    def sides(self) -> tuple[dict[str, list[_Draft]], list[_Draft]]:
        """Return what bears on the claim, by side, and what is on the evidence for it."""
        sides = self._direct()
        evidence: list[_Draft] = []
        for draft in list(sides["pro"]):
            for hit in self._hits(draft, friendly=True):
                self._merge(sides["limit"] if hit.relation == "qualifies" else evidence, hit)
        return sides, evidence

    def dispute(self) -> Dispute:
        sides, evidence = self.sides()
        for draft in [*sides["con"], *sides["limit"], *sides["silent"], *evidence]:
            self._answer(draft)
        pro, con, limits, silent, about = (
            self._finish(drafts) for drafts in (sides["pro"], sides["con"], sides["limit"], sides["silent"], evidence)
        )
        about = tuple(sorted(about, key=lambda line: line.relation != "undercuts"))
        voices = [voice for line in _with_answers((*pro, *con, *limits, *silent, *about)) for voice in line.voices]
        studies = _studies(voices)
        claim = notes.proposition(self._facts, self._claim)
        return Dispute(claim, pro, con, limits, silent, about, self._uses(), studies, _sources(voices, studies))

    def _direct(self) -> dict[str, list[_Draft]]:
        """Return what bears on the claim itself, by side."""
        facts, sides = self._facts, {side: list[_Draft]() for side in _RELATIONS}
        target = Target(self._claim, "claim", facts.label(self._claim) or "", None)
        arguments = facts.pointing("target", self._claim)
        premises = {premise for argument in arguments for premise in facts.nodes(argument, "premise")}
        for argument in arguments:
            direction = facts.code(argument, "direction")
            if side := _DIRECTIONS.get(direction):
                word = self._stance_word(argument) or _DIRECT_WORDS[direction]
                self._merge(sides[side], self._draft(side, direction, word, argument, target))
        for assertion in facts.pointing("asserts", self._claim):
            stance = facts.code(assertion, "stance")
            if assertion not in premises and (side := _SIDES.get(stance)):
                self._merge(sides[side], self._draft(side, _RELATIONS[side], _STANCE_WORDS[stance], assertion, target))
        return sides

    def _stance_word(self, argument: IRI) -> str | None:
        """Return "doubts" or "denies" for an argument that rests on nothing else than such assertions of the claim."""
        facts = self._facts
        premises = facts.nodes(argument, "premise")
        if not premises or any(facts.node(premise, "asserts") != self._claim for premise in premises):
            return None
        stances = {facts.code(premise, "stance") for premise in premises}
        return stances.pop() if len(stances) == 1 and stances <= {"affirms", "doubts", "denies"} else None

    def _draft(self, side: str, relation: str, word: str, node: IRI, target: Target) -> _Draft:
        self._placed.add(node)
        premises = self._facts.nodes(node, "premise") or (node,)
        return _Draft(side, relation, word, premises, [node], [target])

    @staticmethod
    def _merge(drafts: list[_Draft], new: _Draft) -> None:
        """Add `new`, or its target to the draft that says the same."""
        for draft in drafts:
            if (draft.relation, draft.word, draft.premises) == (new.relation, new.word, new.premises):
                draft.nodes += new.nodes
                draft.targets += [target for target in new.targets if target not in draft.targets]
                return
        drafts.append(new)

    def _hits(self, draft: _Draft, friendly: bool) -> Iterator[_Draft]:
        """Yield what is said to the arguments and assertions of `draft`; `friendly` if they speak for the claim."""
        facts = self._facts
        handles = dict.fromkeys((*draft.nodes, *(p for p in draft.premises if facts.is_a(p, "Assertion"))))
        for handle in handles:
            target = self._target(handle, draft.nodes[0])
            for argument in facts.pointing("target", handle):
                direction = facts.code(argument, "direction")
                if argument in self._placed or direction not in _DIRECTIONS:
                    continue
                relation, word = _ON_EVIDENCE[direction]
                if direction == "opposes" and not friendly:
                    word = "answers"
                side = "pro" if friendly == (direction == "supports") else "con"
                yield self._draft(side, relation, word, argument, target)

    def _answer(self, draft: _Draft, depth: int = 1) -> None:
        for hit in self._hits(draft, friendly=draft.side == "pro"):
            self._merge(draft.answers, hit)
        for answer in draft.answers:
            if depth < _DEEPEST:
                self._answer(answer, depth + 1)
            else:
                # The list grows as it is gone through: the rest of a long exchange stands on one level.
                draft.answers += self._hits(answer, friendly=answer.side == "pro")

    def _target(self, node: IRI, line: IRI | None) -> Target:
        """Return how a card names the argument or assertion it is about."""
        facts = self._facts
        if facts.is_a(node, "Claim"):
            return Target(node, "claim", facts.label(node) or "", line)
        if facts.is_a(node, "Assertion"):
            return Target(node, "assertion", f"{who(facts, node)}: {self._saying(node)}", line)
        premises = facts.nodes(node, "premise")
        speakers = formatting.sentence_list(list(dict.fromkeys(who(facts, premise) for premise in premises)))
        more = f" (and {len(premises) - 1} more)" if len(premises) > 1 else ""
        text = f"{speakers}: {self._saying(premises[0])}{more}" if premises else words_of(node)
        return Target(node, "argument", text, line)

    def _saying(self, node: IRI) -> str:
        return self._facts.label(self._facts.node(node, "asserts") or node) or ""

    def _finish(self, drafts: Iterable[_Draft]) -> tuple[Line, ...]:
        """Return the lines of `drafts`, in the order in which they are shown."""
        lines = [self._line(draft) for draft in drafts]
        return tuple(sorted(lines, key=lambda line: (_rank(line), [v.text.value for v in line.voices], line.iri.value)))

    def _line(self, draft: _Draft) -> Line:
        facts = self._facts
        remarks = [text for node in draft.nodes if node not in draft.premises and (text := facts.word(node, "note"))]
        return Line(
            draft.nodes[0],
            tuple(draft.nodes[1:]),
            draft.relation,
            draft.word,
            tuple(self._voice(premise) for premise in draft.premises),
            tuple(draft.targets),
            self._finish(draft.answers),
            facts.concept(draft.nodes[0], "directness"),
            tuple(dict.fromkeys(remarks)),
        )

    def _voice(self, node: IRI) -> Voice:
        if node not in self._voices:
            self._voices[node] = read_voice(self._facts, node, self._claim)
        return self._voices[node]

    def _uses(self) -> tuple[Use, ...]:
        """Return what the claim, or an assertion that affirms it, is held for or against."""
        facts = self._facts
        affirming = [a for a in facts.pointing("asserts", self._claim) if facts.code(a, "stance") == "affirms"]
        found: dict[tuple[str, IRI], Use] = {}
        for premise in (self._claim, *affirming):
            for argument in facts.pointing("premise", premise):
                direction = facts.code(argument, "direction")
                target = facts.node(argument, "target")
                if direction not in _DIRECTIONS or target in (None, self._claim) or argument in self._placed:
                    continue
                found.setdefault((direction, target), self._use(argument, direction, target))
        uses = found.values()
        return tuple(sorted(uses, key=lambda use: (use.target.kind != "claim", use.relation, use.target.text)))

    def _use(self, argument: IRI, direction: str, node: IRI) -> Use:
        facts, target = self._facts, self._target(node, None)
        if target.kind == "claim":
            return Use(argument, direction, _DIRECT_WORDS[direction], target, None)
        end = facts.node(node, "asserts") or facts.node(node, "target")
        conclusion = notes.proposition(facts, end) if end and facts.is_a(end, "Claim") else None
        relation, word = _ON_EVIDENCE[direction]
        return Use(argument, relation, word, target, conclusion)


def _rank(line: Line) -> tuple[int, str]:
    return min((voice.rank for voice in line.voices), default=(NO_LEVEL, ""))


def _with_answers(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _with_answers(line.answers)


def _studies(voices: Iterable[Voice]) -> tuple[notes.StudyNote, ...]:
    found = {study.iri: study for voice in voices for trace in voice.traces for study in trace.studies}
    return tuple(found.values())


def _sources(voices: Iterable[Voice], studies: Iterable[notes.StudyNote]) -> tuple[notes.SourceNote, ...]:
    named: list[notes.SourceNote | None] = []
    for voice in voices:
        named.append(voice.source)
        named += [trace.source for trace in voice.traces]
        named += [lead.source for lead in voice.leads]
        named += [interest.source for interest in (voice.speaker.interests if voice.speaker else ())]
    named += [paper for study in studies for paper in study.reported_in]
    return tuple({source.iri: source for source in named if source}.values())
