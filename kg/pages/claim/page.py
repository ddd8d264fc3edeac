"""The page of one claim: one HTML file in which everything can be read without a script and without a network."""

from __future__ import annotations

from collections import Counter
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import phrases
from kg.model.cards import dispute
from kg.model.premises import together
from kg.namespaces import shrink
from kg.pages.base.assessed import stands
from kg.pages.base.downloads import downloads
from kg.pages.base.drift_marks import TITLE, drift_marks
from kg.pages.base.html import anchor, asset, page
from kg.pages.base.retractions import retractions
from kg.pages.claim.diagram import FOLD, diagram, doing, say, speakers, stance_word
from kg.pages.claim.indirect import indirect_lines
from kg.pages.options import ClaimPageOptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.model.cards import Card, Dispute
    from kg.model.premises import Premise
    from kg.pages.base.assessed import Assessed
    from kg.pages.base.downloads import Downloads
    from kg.pages.base.drift_marks import DriftMark
    from kg.pages.base.retractions import Retraction
    from kg.pages.claim.indirect import IndirectLine
    from kg.store import Store
    from kg.store.terms import IRI


class CardSection(NamedTuple):
    """A group of cards."""

    key: str
    """Its fragment; `diagram` leads to "pro" and "con"."""
    title: str
    explanation: str
    relation: str
    lines: tuple[Card, ...]


class SectionWords(NamedTuple):
    """Words of a group of lines: its title and explanation, and whose colour and sign it has."""

    title: str
    explanation: str
    relation: str


SECTIONS = {
    "pro": SectionWords("For", "Says that the claim holds, or is held to show it.", "supports"),
    "con": SectionWords("Against", "Denies the claim, or is held against it.", "opposes"),
    "doubts": SectionWords(
        "Doubting",
        "Says that the evidence does not carry the claim. To doubt a claim is not to deny it.",
        "doubts",
    ),
    "limits": SectionWords(
        "Limiting",
        "Says for whom, for how long or against what the claim holds. A limit is no denial.",
        "qualifies",
    ),
    "silent": SectionWords(
        "Finds no evidence",
        "Says that there is no evidence for the claim. That leaves it without support; it is not evidence against it.",
        "no evidence",
    ),
    "inconclusive": SectionWords(
        "Inconclusive",
        "Looked, and what was found fits both the claim and its contrary. That speaks neither for it nor against it.",
        "inconclusive",
    ),
    "evidence": SectionWords(
        "On the evidence",
        "Challenges or backs the evidence that is given for the claim. It bears on that evidence, not on the claim.",
        "undercuts",
    ),
}
_FURTHER = (
    (("supports",), "For, indirectly", ""),
    (("opposes",), "Against, indirectly", ""),
    (("qualifies", "undercuts"), "On a limit, or on a challenge to evidence", "On neither side of the claim itself."),
)
_ALWAYS = ("pro", "con")
BRIEF = 12
"""With more lines than this, answers included, a page is brief if nobody asks for all."""
_LEGEND = {
    "supports": "affirms, supports or backs",
    "opposes": "denies or opposes",
    "doubts": "doubts",
    "undercuts": "challenges or answers",
    "qualifies": "limits",
    "no evidence": "finds no evidence",
    "inconclusive": "cannot tell",
}
_TOOLS: dict[str, Any] = {
    "legend_words": _LEGEND,
    "fold": FOLD,
    "drift_title": TITLE,
    "say": say,
    "doing": doing,
    "speakers": speakers,
    "stance_word": stance_word,
    "count": phrases.count,
    "sentence": phrases.sentence,
    "sentence_list": phrases.sentence_list,
    "shorten": phrases.shorten,
    "together": together,
}
"""Words and functions of the templates."""


def claim_page(
    store: Store,
    claim: IRI,
    options: ClaimPageOptions = ClaimPageOptions(),
    link: Callable[[IRI], str | None] = lambda _: None,
) -> str:
    """Return the page of `claim` as HTML, self-contained.

    `link` gives the address of another claim's page, where there is one.  Of a large dispute (more than `BRIEF` lines)
    the page tells who says what, in which words and on what evidence; a full one also the notes, studies and figures.
    Raises NotFoundError if the store has no such claim.
    """
    shown = dispute(store, claim)
    is_brief = not options.full and sum(1 for _ in shown.lines()) > BRIEF
    command = f"kg view {shrink(claim.value, store.prefixes())} --full -o FILE" if is_brief else None
    voices = (voice for line in shown.lines() for voice in line.premises)
    said = {voice.iri: voice.drifts for voice in voices if voice.kind == "assertion"}
    return render(
        shown,
        link,
        stands(store, claim),
        indirect_lines(store, claim),
        downloads(store, shown, is_brief),
        command,
        drift_marks(store, said),
        retractions(store, [each.iri for each in (*shown.sources, *shown.studies)]),
    )


def render(
    shown: Dispute,
    link: Callable[[IRI], str | None] = lambda _: None,
    standing: Assessed | None = None,
    further: tuple[IndirectLine, ...] = (),
    taken: Downloads | None = None,
    brief: str | None = None,
    drifts: Mapping[IRI, tuple[DriftMark, ...]] = MappingProxyType({}),
    retracted: Mapping[IRI, Retraction] = MappingProxyType({}),
) -> str:
    """Return the page of a dispute as HTML; same input, same bytes.

    `standing` is what was computed, `further` what bears on the claim through others, `taken` what may be taken away.
    `brief` leaves out what is not needed to follow the dispute, and is the command that shows all; `drifts` are those
    of its assertions, `retracted` the marks of its sources and studies.
    """
    anchors = _anchors(shown)
    numbers = {source.iri: number for number, source in enumerate(shown.sources, start=1)}
    lines = list(shown.lines())
    homes = _homes(lines)

    def split(line: Card) -> tuple[list[Premise], list[Premise]]:
        """Return the voices that the page shows first in this line, and those that it has shown."""
        new = [voice for voice in line.premises if homes[voice.iri] == line.iri]
        return new, [voice for voice in line.premises if voice not in new]

    return page(
        "claim/page.html",
        title=f"{shown.claim.text} \u2013 who says what",
        description=f"Who says what about \u201c{shown.claim.text}\u201d, on what evidence, and what answers it.",
        page_class="claim-page",
        slim=True,
        styles=(asset("base/frame.css"), asset("claim/page.css")),
        scripts=(asset("claim/page.js"),),
        dispute=shown,
        drifts=drifts,
        drifts_of=partial(_drifts_of, drifts),
        retracted=retracted,
        pooling=partial(_pooling, retracted),
        standing=standing,
        interested=_interested(shown),
        further=_further(further),
        downloads=taken,
        claim=shown.claim,
        sections=_sections(shown),
        lines=lines,
        brief=brief,
        diagram=diagram(shown, lambda iri: anchors[iri], bool(brief)),
        facing=_balanced(shown),
        anchors=anchors,
        numbers=numbers,
        homes=homes,
        link=link,
        split=split,
        **_TOOLS,
    )


def _drifts_of(drifts: Mapping[IRI, tuple[DriftMark, ...]], voices: Iterable[Premise]) -> Iterable[DriftMark]:
    """Return the drifts of voices, each kind once."""
    return {drift.said: drift for voice in voices for drift in drifts.get(voice.iri, ())}.values()


def _pooling(retracted: Mapping[IRI, Retraction], voices: Iterable[Premise]) -> Iterable[str]:
    """Return the marks of what voices stand in or go back to, which the status of a source does not say."""
    found = (
        mark
        for voice in voices
        for node in (voice.source, *(end for trace in voice.traces for end in (trace.source, *trace.studies)))
        if node and (mark := retracted.get(node.iri))
        if (getattr(node, "status", None) or "superseded").startswith("superseded")
        if mark.said != "retracted" or not (voice.source and "retracted" in (voice.source.status or ""))
    )
    return dict.fromkeys(str(mark) for mark in found)


def _further(found: tuple[IndirectLine, ...]) -> list[tuple[str, str, list[IndirectLine]]]:
    """Return title, explanation and claims of each group of what is further away, where it has any."""
    groups = [
        (title, explanation, [each for each in found if each.relation in relations])
        for relations, title, explanation in _FURTHER
    ]
    return [group for group in groups if group[2]]


def _interested(shown: Dispute) -> list[str]:
    """Return who has an interest behind a line for or against the claim, each once, in the order of the page."""
    voices = (voice for line in [*shown.pro, *shown.con, *shown.doubts] for voice in line.premises)
    return list(dict.fromkeys(interest.holder for voice in voices for interest in voice.interests))


def _sections(shown: Dispute) -> tuple[CardSection, ...]:
    shown_groups = ((key, lines) for key, lines in shown.groups.items() if lines or key in _ALWAYS)
    return tuple(CardSection(key, *SECTIONS[key], lines) for key, lines in shown_groups)


def _balanced(shown: Dispute) -> bool:
    """Return True if for and against can face each other in two columns without leaving one of them bare."""
    fewer, more = sorted((len(shown.pro), len(shown.con)))
    return 0 < more <= 2 * fewer + 1


def _homes(lines: Iterable[Card]) -> dict[IRI, IRI]:
    """Return for each voice the line in which the page shows it in full: the first."""
    homes: dict[IRI, IRI] = {}
    for line in lines:
        for voice in line.premises:
            homes.setdefault(voice.iri, line.iri)
    return homes


def _anchors(shown: Dispute) -> dict[IRI, str]:
    """Return a fragment id for every line, argument, voice and source of the page, no two alike."""
    iris: dict[IRI, None] = {}
    for line in shown.lines():
        iris.update(dict.fromkeys((line.iri, *line.also, *(voice.iri for voice in line.premises))))
    iris.update(dict.fromkeys(study.iri for study in shown.studies))
    iris.update(dict.fromkeys(source.iri for source in shown.sources))
    wanted = {iri: anchor(iri.value) for iri in iris}
    taken = Counter(wanted.values())
    # The same short id in two datasets: what is asked for is then the whole IRI.
    return {iri: key if taken[key] == 1 else anchor(iri.value + "#!") for iri, key in wanted.items()}
