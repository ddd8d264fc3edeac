"""The reading view: an article as it stands, its quotes highlighted, and beside them the claims and what answers them.

The text is lossless: the texts of its blocks, joined, are the text of the source, character by character.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import NotFoundError, UsageError
from kg.model import nodes
from kg.model.labels import Text
from kg.model.premises import interests, marks_of, stated_drifts
from kg.model.quotes import Span, locate
from kg.namespaces import OA, SCHEMA, local_name
from kg.pages.base.choice import said_in
from kg.pages.base.drift_marks import TITLE, DriftMark, drift_marks
from kg.pages.base.palette import TALLIED, relation_of, verb_of
from kg.pages.base.summaries import Survey, sheet
from kg.pages.options import AnnotatedOptions
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.pages.base.summaries import Brief, ClaimSummary, LineSummary
    from kg.store import Store

_TEXTS = f"SELECT ?source ?text WHERE {{ ?source <{SCHEMA}text> ?text }} ORDER BY ?source ?text"
_BY_LINE = re.compile(r"(.*?)(\s*\n\s*\n\s*|\n|\Z)", re.DOTALL)
_BY_BLANK_LINE = re.compile(r"(.*?)(\s*\n\s*\n\s*|\Z)", re.DOTALL)
_LONG_LINE = 120
"""Characters: a text with longer lines was not wrapped, so each of its lines is a paragraph."""
_ANSWERS = ("opposes", "doubts", "undercuts", "qualifies", "no evidence", "inconclusive")
SHOWN = 3
"""Number of answers to a claim before the rest is folded."""


class QuotedPassage(NamedTuple):
    """A stretch of the text that an assertion quotes, or that was set aside."""

    span: Span
    card: int
    """The number of its card; 0 for a passage set aside."""


class MarginAnswer(NamedTuple):
    """Something said against a claim of the article, to limit it, or on the evidence for it."""

    relation: str
    word: str
    argued: str
    premises: tuple[Brief, ...]
    card: int
    """The card of this article where it is quoted; 0 if it is from elsewhere."""


class MarginCard(NamedTuple):
    """An assertion of the article, as told in the margin."""

    number: int
    relation: str
    word: str
    agent: nodes.Agent | None
    is_untraced: bool
    claim: nodes.Proposition
    id: str
    tally: dict[str, int]
    marks: tuple[str, ...]
    """Whose interests there are."""
    drifts: tuple[DriftMark, ...]
    answers: tuple[MarginAnswer, ...]


class Aside(NamedTuple):
    """A passage that carries no claim."""

    words: str
    reason: str


class Piece(NamedTuple):
    """Part of a block, of which every character is quoted by the same assertions."""

    text: str
    cards: tuple[int, ...]
    """The assertions that quote it, the shortest passage first."""
    begins: tuple[int, ...]
    """Those whose passage begins here."""
    is_set_aside: bool


class Block(NamedTuple):
    """A paragraph, heading or item, with the space after it, and the cards of what begins in it."""

    pieces: tuple[Piece, ...]
    gap: str
    cards: tuple[MarginCard, ...]
    asides: tuple[Aside, ...]


class Article(NamedTuple):
    """A source with a text, cut into blocks, and what it says that cannot be placed in it."""

    source: nodes.Source
    language: Text
    blocks: tuple[Block, ...]
    unplaced: tuple[MarginCard, ...]
    number: int
    """Number of the assertions that are placed."""

    def cards(self) -> Iterator[MarginCard]:
        """Yield the cards, those that are not placed first."""
        yield from self.unplaced
        for block in self.blocks:
            yield from block.cards


def annotated_page(
    store: Store,
    claim: IRI | None = None,
    options: AnnotatedOptions = AnnotatedOptions(),
    link: Callable[[IRI], str | None] = lambda _: None,
) -> str:
    """Return the only source with a text, or the one named, as HTML with its quotes highlighted: one file, offline.

    With `claim`, only quotes that speak of it or of claims that bear on it.  `link` gives the address of a claim's
    page, where there is one.

    Raises NotFoundError if no source has a text, or not the one named; UsageError if several have and none is named.
    """
    node, text = _text(store, store.resolve(options.source) if options.source else None)
    survey = Survey(store, said_in(store, node, claim))
    article = read(store, survey, node, text)
    return sheet(
        "annotated",
        survey,
        link,
        title=f"{article.source.title}, read closely",
        description="The article with every quote highlighted, and beside it what is claimed and what answers it.",
        article=article,
        marks=_marks(article),
        drifted={card.number for card in article.cards() if card.drifts},
        drift_title=TITLE,
        shown=SHOWN,
        tallied=TALLIED,
    )


def read(store: Store, survey: Survey, source: IRI, text: Literal) -> Article:
    """Return the article `source` with the text `text`, and what the claims in `survey`, of `store`, make of it."""
    facts, words = survey.facts, text.value
    said = [node for node in facts.pointing("source", source) if facts.is_a(node, "Assertion")]
    entries = {entry.claim.iri: entry for entry in survey.entries}
    spans = {node: _spans(survey, node, words) for node in said if facts.node(node, "asserts") in entries}
    order = sorted(spans, key=lambda node: (spans[node][:1] or [Span(len(words), 0)], node.value))
    numbers = {node: number for number, node in enumerate(order, start=1)}
    drifts = drift_marks(store, {node: stated_drifts(facts, node) for node in order})
    cards = {number: _card(survey, node, entries, numbers, drifts.get(node, ())) for node, number in numbers.items()}
    asides = [
        (span, Aside(words[slice(*span)], facts.word(node, "reason") or "no reason is given"))
        for node in facts.members("SetAside")
        for span in _spans(survey, node, words, source)
    ]
    passages = [QuotedPassage(span, numbers[node]) for node in order for span in spans[node]]
    passages += [QuotedPassage(span, 0) for span, _ in asides]
    return Article(
        survey.source(source),
        Text("", text.language),
        tuple(blocks(words, passages, cards, asides)),
        tuple(cards[numbers[node]] for node in order if not spans[node]),
        sum(bool(found) for found in spans.values()),
    )


def _marks(article: Article) -> dict[int, str]:
    """Return the CSS class of each card's relation, by its number."""
    return {card.number: card.relation.replace(" ", "-") for card in article.cards()}


def _text(store: Store, source: IRI | None) -> tuple[IRI, Literal]:
    texts: dict[IRI, Literal] = {}
    for row in store.select(_TEXTS):
        node, text = row["source"], row["text"]
        if isinstance(node, IRI) and isinstance(text, Literal):
            texts.setdefault(node, text)
    if source is not None:
        if source not in texts:
            raise NotFoundError(f"'{local_name(source.value)}' has no text in {store.location}; {_having(texts)}")
        return source, texts[source]
    if len(texts) != 1:
        raise (UsageError if texts else NotFoundError)(f"which source is to be read? {_having(texts)}")
    return next(iter(texts.items()))


def _having(texts: Mapping[IRI, Literal]) -> str:
    if not texts:
        return "no source has a text (`text:` in a claim file)"
    names = sorted(local_name(node.value) for node in texts)
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return f"say --source with one that has a text: {', '.join(names[:10])}{more}"


def _spans(survey: Survey, node: IRI, text: str, source: IRI | None = None) -> list[Span]:
    """Return where in `text` the passages that `node` quotes stand, in order; those that are not found are left out.

    With `source`, only passages of that source.
    """
    facts, found = survey.facts, set[Span]()
    for quote in facts.nodes(node, "quote"):
        if source and source not in facts.nodes(quote, OA + "hasSource"):
            continue
        selectors = facts.nodes(quote, OA + "hasSelector")
        stated = [place for each in selectors if (place := _stated(survey, each))]
        for selector in selectors:
            if exact := facts.word(selector, OA + "exact"):
                around = (facts.word(selector, OA + "prefix") or "", facts.word(selector, OA + "suffix") or "")
                places = locate(text, exact, *around)
                found.update([place for place in places if place in stated] or places[:1])
    return sorted(found)


def _stated(survey: Survey, selector: IRI) -> Span | None:
    """Return the place that a text position selector states."""
    start, end = (survey.facts.word(selector, OA + name) or "" for name in ("start", "end"))
    return Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def _card(
    survey: Survey,
    assertion: IRI,
    entries: Mapping[IRI, ClaimSummary],
    numbers: Mapping[IRI, int],
    drifts: tuple[DriftMark, ...],
) -> MarginCard:
    facts = survey.facts
    entry = entries[facts.nodes(assertion, "asserts")[0]]
    stance = facts.code(assertion, "stance")
    agent = facts.node(assertion, "agent")
    speaker = nodes.agent(facts, agent) if agent else None
    answers = [line for line in _answering(entry, stance) if line.premises != (assertion,)]
    return MarginCard(
        numbers[assertion],
        relation_of(stance),
        verb_of(stance),
        speaker,
        not facts.all(assertion, "tracedTo"),
        entry.claim,
        entry.id,
        entry.tally,
        marks_of(interests(facts, assertion, entry.claim.iri), speaker),
        drifts,
        tuple(_answer(survey, line, numbers) for line in answers),
    )


def _answering(entry: ClaimSummary, stance: str) -> Iterator[LineSummary]:
    """Yield the lines on a claim that answer a stance on it: whoever denies it is answered by what speaks for it."""
    if relation_of(stance) in ("opposes", "doubts", "no evidence", "inconclusive"):
        yield from (line for line in entry.lines if line.relation == "supports" or line.word == "backs")
        return
    for relation in _ANSWERS:
        yield from (line for line in entry.lines if line.relation == relation and line.word != "backs")


def _answer(survey: Survey, line: LineSummary, numbers: Mapping[IRI, int]) -> MarginAnswer:
    card = next((numbers[premise] for premise in line.premises if premise in numbers), 0)
    return MarginAnswer(line.relation, line.word, line.argued, tuple(map(survey.brief, line.premises)), card)


def blocks(
    text: str, passages: Iterable[QuotedPassage], cards: Mapping[int, MarginCard], asides: Iterable[tuple[Span, Aside]]
) -> Iterator[Block]:
    """Yield the text block by block; a card stands with the block in which its first passage begins."""
    ordered = sorted(passages, key=lambda each: (each.span.end - each.span.start, each.span, each.card))
    first: dict[int, int] = {}
    for passage in ordered:
        first[passage.card] = min(passage.span.start, first.get(passage.card, len(text)))
    is_wrapped = max(map(len, text.split("\n"))) <= _LONG_LINE
    pattern, start = _BY_BLANK_LINE if is_wrapped else _BY_LINE, 0
    while start < len(text):
        match = pattern.match(text, start)
        assert match is not None
        end, stop = match.end(1), match.end()
        here = [number for number, begins in sorted(first.items()) if number and start <= begins < stop]
        yield Block(
            tuple(_pieces(text, Span(start, end), ordered)),
            text[end:stop],
            tuple(cards[number] for number in here),
            tuple(aside for span, aside in sorted(asides) if start <= span.start < stop),
        )
        start = stop


def _pieces(text: str, block: Span, passages: Iterable[QuotedPassage]) -> Iterator[Piece]:
    """Yield the parts of a block between one beginning or end of a passage and the next."""
    near = [each for each in passages if each.span.start < block.end and each.span.end > block.start]
    ends = {at for each in near for at in each.span if block.start < at < block.end}
    cuts = sorted({block.start, block.end} | ends)
    for start, end in pairwise(cuts):
        over = [each for each in near if each.span.start <= start and each.span.end >= end]
        quoted = dict.fromkeys(each.card for each in over if each.card)
        begins = dict.fromkeys(each.card for each in over if each.card and each.span.start == start)
        yield Piece(text[start:end], tuple(quoted), tuple(sorted(begins)), any(not each.card for each in over))
