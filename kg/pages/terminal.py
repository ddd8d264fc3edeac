"""A dispute as plain text for a terminal: what the claim's page says, in the same order and the same words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from kg.model import phrases
from kg.model.premises import together
from kg.namespaces import local_name
from kg.pages.base.palette import RELATIONS
from kg.pages.claim.page import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.cards import Card, Dispute
    from kg.model.nodes import Figure, Interest, Source, Study
    from kg.model.premises import Lead, Premise, Trace
    from kg.store.terms import IRI

_NARROWEST = 40
_MARGIN, _STEP = 2, 4
NOTICE = "Counts of what is recorded as said, not of what is right. No medical advice."


def render(shown: Dispute, width: int = 80, standing: str = "") -> str:
    """Return `shown` as text no wider than `width` columns (40 at least, words wider than a line apart).

    The sentence of its `standing` comes before the counts.
    """
    return "\n".join(line.rstrip() for line in _Terminal(shown, max(width, _NARROWEST), standing).text()) + "\n"


class _Terminal:
    """Writer of a dispute as text: each premise in full where it first stands, as the page does."""

    def __init__(self, shown: Dispute, width: int, standing: str) -> None:
        self._shown = shown
        self._standing = standing
        self._width = width
        self._numbers = {source.iri: number for number, source in enumerate(shown.sources, start=1)}
        self._told: set[IRI] = set()

    def text(self) -> Iterator[str]:
        shown = self._shown
        yield from self._head()
        for key, lines in shown.groups.items():
            if lines:
                words = SECTIONS[key]
                yield from ("", f"{RELATIONS[words.relation].sign} {words.title.upper()}: {len(lines)}")
                yield from self._wrap(words.explanation, 2)
            for line in lines:
                yield ""
                yield from self._line(line, _MARGIN)
        yield from self._uses()
        yield from self._studies()
        yield from self._sources()

    def _head(self) -> Iterator[str]:
        claim = self._shown.claim
        yield from self._wrap(claim.text.value, 0)
        kind = [", ".join(filter(None, (claim.kind, claim.effect)))] if claim.kind or claim.effect else []
        about = [f"about {', '.join(claim.topics)}"] if claim.topics else []
        scope = [f"{name}: {value}" for name, value in claim.scope]
        also = [f"also said as: {' / '.join(text.value for text in claim.also)}"] if claim.also else []
        yield from self._wrap("; ".join([*kind, *about, *scope, *also]), 2)
        for word, claims in claim.related:
            yield from self._wrap(f"{word}: {' / '.join(text.value for _, text in claims)}", 2)
        yield ""
        if self._standing:
            yield from self._wrap(self._standing, 2)
            yield ""
        counts = [
            f"{RELATIONS[SECTIONS[key].relation].sign} {len(lines)} {SECTIONS[key].title.lower()}"
            for key, lines in self._shown.groups.items()
            if lines or key in ("pro", "con")
        ]
        yield from self._wrap("   ".join(counts), 2, keep_spaces=True)
        yield from self._wrap(NOTICE, 2)
        for mention in (*claim.mentions, *claim.decisions):
            yield from self._wrap(mention, 2)

    def _line(self, line: Card, indent: int, parent: IRI | None = None) -> Iterator[str]:
        sign = RELATIONS[line.relation].sign
        directness = " (indirectly)" if line.directness == "indirect" else ""
        argued = f", {line.argued}" if line.argued else ""
        head = f"{sign} {line.word}{directness}{argued}   ({local_name(line.iri.value)})"
        yield from self._wrap(head, indent, keep_spaces=True)
        new = [voice for voice in line.premises if voice.iri not in self._told]
        for voices in together(new):
            yield from self._voices(voices, indent + 2, line.word)
        for voices in together(voice for voice in line.premises if voice not in new):
            yield from self._again(voices, indent + 2)
        for remark in line.remarks:
            yield from self._wrap(remark, indent + 2)
        for target in line.targets:
            if target.kind != "claim" and target.line != parent:
                yield from self._wrap(f"{line.word} {target.what} {target.text}", indent + 2)
        for answer in line.answers:
            yield from self._line(answer, indent + _STEP, line.iri)

    def _voices(self, voices: tuple[Premise, ...], indent: int, word: str) -> Iterator[str]:
        """Write what one speaker says in one source, in one or several sentences; `word` is the verb of the line."""
        marks = "".join(f" [{mark}]" for mark in _marks(voices))
        yield from self._wrap(f"{voices[0].who}{marks}", indent)
        for voice in voices:
            self._told.add(voice.iri)
            if not voice.on_claim or voice.kind != "assertion" or voice.verb not in ("", word):
                yield from self._wrap(_said(voice), indent)
            for quote in voice.quotes:
                yield from self._wrap(f"\u201c{quote.exact.value}\u201d", indent + 2)
            for figure in voice.figures:
                yield from self._wrap(_figure(figure), indent + 2)
            remarks = [
                ("note", voice.note or ""),
                *((f"{drift.word.lower()}, {drift.kind}", drift.reason or "") for drift in voice.drifts),
                *(("lead, not proven", self._lead(lead)) for lead in voice.leads),
            ]
            yield from self._named(remarks, indent + 2)
        yield from self._record(voices[0], indent)

    def _again(self, voices: tuple[Premise, ...], indent: int) -> Iterator[str]:
        yield from self._wrap(f"{voices[0].who} (as above)", indent)
        for voice in voices:
            yield from self._wrap(_said(voice), indent)

    def _record(self, voice: Premise, indent: int) -> Iterator[str]:
        facts = [
            ("in", self._reference(voice.source) if voice.source else ""),
            ("when", voice.date or ""),
            ("evidence", voice.evidence_kind or ""),
            (f"certainty as {voice.certainty_by or 'the source'} states it", voice.rated),
            *(("goes back to", self._trace(trace, voice)) for trace in voice.traces),
            ("read in", "; ".join(voice.read_in)),
            *((f"interest {voice.stake(each)}".rstrip(), _interest(each)) for each in voice.interests),
        ]
        yield from self._named(facts, indent)

    def _named(self, facts: list[tuple[str, str]], indent: int) -> Iterator[str]:
        for name, value in facts:
            if value:
                yield from self._wrap(f"{name}: {value}", indent)

    def _lead(self, lead: Lead) -> str:
        source = self._reference(lead.source) if lead.source else "elsewhere"
        return f"it may come from {source}. {lead.reason or ''}"

    def _trace(self, trace: Trace, voice: Premise) -> str:
        paper = trace.source if trace.source != voice.source or not trace.studies else None
        steps = [self._reference(paper)] if paper else []
        return " > ".join([*steps, *map(_study, trace.studies)])

    def _reference(self, source: Source) -> str:
        status = f" [{source.status}]" if source.status else ""
        return f"{source.short} [{self._numbers[source.iri]}]{status}"

    def _uses(self) -> Iterator[str]:
        if self._shown.uses:
            yield from ("", "WHAT THIS CLAIM ANSWERS")
        for use in self._shown.uses:
            end = f" for: {use.conclusion.text.value}" if use.conclusion else ""
            yield from self._wrap(f"{RELATIONS[use.relation].sign} {use.word}: {use.target.text}{end}", 2)

    def _studies(self) -> Iterator[str]:
        if self._shown.studies:
            yield from ("", "STUDIES")
        for study in self._shown.studies:
            yield from self._wrap(_study(study), 2)
            for figure in study.figures:
                yield from self._wrap(_figure(figure), 4)

    def _sources(self) -> Iterator[str]:
        if self._shown.sources:
            yield from ("", "SOURCES")
        for number, source in enumerate(self._shown.sources, start=1):
            parts = (source.creator, source.title.value, source.container, source.date)
            links = " ".join(text for text, _ in source.links)
            status = f" [{', '.join(filter(None, (source.status, source.retraction)))}]" if source.status else ""
            cited = " ".join(phrases.sentence(part) for part in parts if part)
            yield from self._wrap(f"[{number}] {cited}{status} {links}", 2)

    def _wrap(self, text: str, indent: int, keep_spaces: bool = False) -> Iterator[str]:
        """Yield `text` in lines, without the control characters by which it could drive the terminal."""
        plain = "".join(letter if letter.isprintable() else " " for letter in text)
        if not keep_spaces:
            plain = " ".join(plain.split())
        start = " " * min(indent, self._width // 2)
        yield from textwrap.wrap(
            plain,
            self._width,
            initial_indent=start,
            subsequent_indent=start + "  ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _marks(voices: tuple[Premise, ...]) -> Iterator[str]:
    first = voices[0]
    speaker = first.agent
    marks = (
        ("anonymous", speaker and speaker.is_anonymous),
        *((mark, True) for mark in first.interest_marks),
        *((f"hedged: \u201c{voice.hedged}\u201d", voice.hedged) for voice in voices),
        ("untraced", first.is_untraced),
        ("not quoted", first.kind == "assertion" and not any(voice.quotes for voice in voices)),
        (f"source {first.source.status}" if first.source else "", first.source and first.source.status),
    )
    return (mark for mark, holds in marks if holds)


def _said(premise: Premise) -> str:
    """Return what a premise says, in one sentence: the text of its claim, after the stance unless it affirms that."""
    return ": ".join(filter(None, (premise.verb, premise.text.value)))


def _interest(interest: Interest) -> str:
    return ": ".join([interest.kind, *(f"\u201c{quote.exact.value}\u201d" for quote in interest.quotes)])


def _figure(figure: Figure) -> str:
    details = f"({'; '.join(figure.details)})" if figure.details else ""
    return " ".join(filter(None, (figure.label, figure.estimate, details)))


def _study(study: Study) -> str:
    about = (
        study.design,
        f"n = {study.participants}" if study.participants else None,
        phrases.count(len(study.figures), "figure") if study.figures else None,
    )
    known = ", ".join(filter(None, about))
    return f"{study.label} ({known})" if known else study.label
