"""Coverage of texts: every sentence is quoted by an assertion, set aside, or a gap."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.errors import Place, Problem
from kg.model.quotes import coverage
from kg.validate.quotes import line_of, place_in
from kg.validate.report import Coverage, Result, Rule, make_result

if TYPE_CHECKING:
    from kg.model.quotes import Span
    from kg.validate.locations import Nodes
    from kg.validate.quotes import QuotedTexts

_GAP = "sentence-not-covered"
RULES = (
    Rule(_GAP, "warning", "Each sentence of a source's text is quoted by an assertion, or set aside with a reason."),
)


def check(texts: QuotedTexts, nodes: Nodes) -> tuple[tuple[Coverage, ...], list[Result]]:
    """Return the coverage of each source with a text, by IRI, and a warning for each sentence that is a gap."""
    quoted: dict[str, list[Span]] = defaultdict(list)
    set_aside: dict[str, list[Span]] = defaultdict(list)
    for quote in texts.checkable():
        if span := place_in(texts.texts[quote.source], quote):
            (quoted if quote.is_asserted else set_aside)[quote.source].append(span)
    covered, gaps = [], []
    for source, text in sorted(texts.texts.items()):
        by_assertions = coverage(text, quoted[source])
        in_all = coverage(text, [*quoted[source], *set_aside[source]])
        by_reasons = in_all.covered - by_assertions.covered
        covered.append(Coverage(source, nodes.name(source), in_all.sentences, by_assertions.covered, by_reasons))
        gaps += [_gap(source, text, span, nodes) for span in in_all.gaps]
    return tuple(covered), gaps


def _gap(source: str, text: str, span: Span, nodes: Nodes) -> Result:
    sentence = " ".join(text[span.start : span.end].split())
    message = f'{nodes.name(source)}: neither quoted nor set aside: "{sentence}"'
    return make_result(Problem("warning", _GAP, message, _place(source, text, span, nodes), source))


def _place(source: str, text: str, span: Span, nodes: Nodes) -> Place | None:
    """Return the place in the file of the text, or else where the source is said to have it."""
    if source not in nodes.text_files:
        return nodes.place(source, "text")
    column = span.start - text.rfind("\n", 0, span.start)
    return Place(nodes.text_files[source], line_of(text, span), column)
