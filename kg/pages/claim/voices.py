"""What a line of a dispute rests on: who says what, in which source and words, and what it goes back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.pages.base import formatting, notes
from kg.pages.base.facts import Facts, Text, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.terms import IRI

NO_LEVEL = 9
"""Ranks after every OCEBM level."""
KINDS = ("Finding", "Study", "Source", "Claim")


class Trace(NamedTuple):
    """What an assertion goes back to: a paper with the studies that it reports, or a study (then without a paper)."""

    source: notes.SourceNote | None
    studies: tuple[notes.StudyNote, ...]


class Lead(NamedTuple):
    """Where an assertion may come from: likely, not proven."""

    source: notes.SourceNote | None
    reason: str | None


class Drift(NamedTuple):
    """What changed between an assertion and what it goes back to."""

    kind: str
    origin: str | None
    reason: str | None


@dataclass(frozen=True)
class Voice:
    """One thing that is said, found or written, as a line rests on it."""

    iri: IRI
    kind: str
    """assertion, claim, finding, study or source."""
    text: Text
    """What it says, in one sentence."""
    on_claim: bool
    """Whether it says this of the page's own claim."""
    stance: str | None
    claim: notes.Proposition | None
    speaker: notes.Speaker | None
    source: notes.SourceNote | None
    quotes: tuple[notes.Quote, ...]
    date: str | None
    evidence_kind: str | None
    certainty: str | None
    traces: tuple[Trace, ...]
    figures: tuple[notes.Figure, ...]
    leads: tuple[Lead, ...]
    drifts: tuple[Drift, ...]
    read_in: tuple[str, ...]
    note: str | None
    rank: tuple[int, str]
    """OCEBM level of the evidence if traced (else 9) and date: the order of the cards."""

    @property
    def is_untraced(self) -> bool:
        """Whether it is an assertion of which nobody has shown where it comes from."""
        return self.kind == "assertion" and not self.traces

    @property
    def who(self) -> str:
        """Return the speaker, or else what stands for one."""
        return self.speaker.name.value if self.speaker else self.kind


def who(facts: Facts, premise: IRI) -> str:
    """Return who stands behind a premise: its speaker, or lacking one what it is, such as "study"."""
    if agent := facts.node(premise, "agent"):
        return notes.speaker(facts, agent).name.value
    return next((kind.lower() for kind in KINDS if facts.is_a(premise, kind)), "premise")


def together(voices: Iterable[Voice]) -> tuple[tuple[Voice, ...], ...]:
    """Return `voices` in groups with one speaker, source and provenance, which a card then states once."""
    groups: dict[object, list[Voice]] = {}
    for voice in voices:
        origins = tuple(step.iri for trace in voice.traces for step in (trace.source, *trace.studies) if step)
        speaker, source = voice.speaker and voice.speaker.iri, voice.source and voice.source.iri
        key = (voice.kind, speaker, source, voice.date, voice.evidence_kind, voice.certainty, origins, voice.read_in)
        groups.setdefault(key, []).append(voice)
    return tuple(map(tuple, groups.values()))


def read_voice(facts: Facts, node: IRI, claim: IRI) -> Voice:
    """Return what `node`, a premise or a bare assertion, says; `claim` is the one that the page is about."""
    is_assertion = facts.is_a(node, "Assertion")
    asserted = facts.node(node, "asserts") if is_assertion else node if facts.is_a(node, "Claim") else None
    kind = "assertion" if is_assertion else next((k.lower() for k in KINDS if facts.is_a(node, k)), "claim")
    source = node if kind == "source" else facts.node(node, "source") if is_assertion else None
    agent, date = facts.node(node, "agent"), facts.word(node, "date")
    traces = _traces(facts, node, kind)
    evidence = facts.node(node, "evidenceKind") or _design(facts, node, kind)
    stated = facts.text(asserted or node, "text") or Text(facts.label(asserted or node) or words_of(node))
    return Voice(
        iri=node,
        kind=kind,
        text=stated,
        on_claim=asserted == claim,
        stance=facts.concept(node, "stance"),
        claim=notes.proposition(facts, asserted) if asserted else None,
        speaker=notes.speaker(facts, agent) if agent else None,
        source=notes.source(facts, source) if source else None,
        quotes=notes.quotes(facts, node),
        date=formatting.date(date) if date else None,
        evidence_kind=facts.label(evidence),
        certainty=facts.concept(node, "certainty"),
        traces=traces,
        figures=tuple(notes.figure(facts, each) for each in _figures(facts, node, kind)),
        leads=tuple(_leads(facts, node)),
        drifts=tuple(_drifts(facts, node)),
        read_in=tuple(value.value for value in facts.all(node, "readIn")),
        note=facts.word(node, "note"),
        rank=((facts.level(evidence) or NO_LEVEL) if traces else NO_LEVEL, date or "9999"),
    )


def _traces(facts: Facts, node: IRI, kind: str) -> tuple[Trace, ...]:
    """Return what `node` goes back to: papers with the studies they report, then studies of which no paper is named."""
    origins = facts.nodes(node, "tracedTo") if kind == "assertion" else _owners(facts, node, kind)
    papers = [
        Trace(notes.source(facts, origin), _reported(facts, origin))
        for origin in origins
        if not facts.is_a(origin, "Study")
    ]
    named = {study.iri for paper in papers for study in paper.studies}
    studies = [origin for origin in origins if facts.is_a(origin, "Study") and origin not in named]
    return (*papers, *(Trace(None, (notes.study(facts, origin),)) for origin in studies))


def _owners(facts: Facts, node: IRI, kind: str) -> tuple[IRI, ...]:
    """Return the study of a finding, a study itself, or a source itself."""
    if kind == "finding":
        return tuple(owner for owner in facts.pointing("finding", node) if facts.is_a(owner, "Study"))
    return (node,) if kind in ("study", "source") else ()


def _reported(facts: Facts, source: IRI) -> tuple[notes.StudyNote, ...]:
    return tuple(notes.study(facts, study) for study in facts.nodes(source, "reports"))


def _figures(facts: Facts, node: IRI, kind: str) -> tuple[IRI, ...]:
    return (node,) if kind == "finding" else facts.nodes(node, "finding") if kind == "assertion" else ()


def _design(facts: Facts, node: IRI, kind: str) -> IRI | None:
    owners = _owners(facts, node, kind)
    return next((design for owner in owners if (design := facts.node(owner, "design"))), None)


def _leads(facts: Facts, node: IRI) -> Iterator[Lead]:
    for lead in facts.pointing("leadFor", node):
        source = facts.node(lead, "source")
        yield Lead(notes.source(facts, source) if source else None, facts.word(lead, "reason"))


def _drifts(facts: Facts, node: IRI) -> Iterator[Drift]:
    for drift in facts.pointing("driftOf", node):
        origin = facts.node(drift, "driftFrom")
        yield Drift(facts.concept(drift, "driftKind") or "changed", _origin(facts, origin), facts.word(drift, "reason"))


def _origin(facts: Facts, node: IRI | None) -> str | None:
    if node is None:
        return None
    return facts.label(facts.node(node, "asserts") or node)
