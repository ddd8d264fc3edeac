"""Quotes compared with their texts (Web Annotation Data Model, 4.2.4 and 4.2.5), and coverage of the texts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Place, Problem
from kg.model.phrases import sentence_list
from kg.model.quotes import Span, closest, context, coverage, difference, inside, locate, negation
from kg.namespaces import OA
from kg.store.terms import IRI, Literal
from kg.validate.batches import narrowed
from kg.validate.report import Coverage, Result, Rule, make_result

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.store import Store
    from kg.store.terms import Row, Term
    from kg.validate.report import Nodes

_GAP = "sentence-not-covered"
RULES = (
    Rule("quote-ambiguous", "violation", "A quote that stands in its source more than once has a prefix or a suffix."),
    Rule("quote-in-other-source", "violation", "A quote stands in the source that it names, not in another one."),
    Rule("quote-not-found", "violation", "A quote stands in its source, whole words and letter by letter."),
    Rule("quote-context", "violation", "The prefix and the suffix of a quote are what stands around it."),
    Rule("quote-position", "violation", "The start and end of a quote, in characters, are where its words stand."),
    Rule("quote-negated", "warning", "The words before a quote do not deny it, unless the quote has them too."),
    Rule(_GAP, "warning", "Each sentence of a source's text is quoted by an assertion, or set aside with a reason."),
)

_QUOTES = """
SELECT DISTINCT ?node ?source ?owner ?assertion ?exact ?prefix ?suffix ?start ?end WHERE {
  VALUES ?source { UNDEF }
  ?node a oa:SpecificResource ; oa:hasSource ?source ; oa:hasSelector ?words .
  ?words oa:exact ?exact .
  OPTIONAL {
    VALUES ?source { UNDEF } ?node oa:hasSource ?source ; oa:hasSelector ?words .
    ?words oa:prefix ?prefix
  }
  OPTIONAL {
    VALUES ?source { UNDEF } ?node oa:hasSource ?source ; oa:hasSelector ?words .
    ?words oa:suffix ?suffix
  }
  OPTIONAL {
    VALUES ?source { UNDEF } ?node oa:hasSource ?source .
    ?node oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end
  }
  OPTIONAL {
    VALUES ?source { UNDEF } ?node oa:hasSource ?source .
    ?owner hc:quote ?node
    OPTIONAL {
      VALUES ?source { UNDEF } ?node oa:hasSource ?source . ?owner hc:quote ?node .
      ?owner a hc:Assertion BIND(?owner AS ?assertion)
    }
  }
}
"""
_TEXTS = """
SELECT ?source ?text WHERE { ?source schema:text ?text FILTER EXISTS { ?source a hc:Source } } ORDER BY ?source ?text
"""
_HAS_SOURCE = IRI(OA + "hasSource")
_LONG = 200
"""Characters of a passage that a message shows."""
_MOST_LINES = 10
_ALIKE = 90
"""Per cent from which on two passages may look the same, so that the characters that differ are named."""


class CheckedQuote(NamedTuple):
    """A passage of `source` in its own words, and who quotes it."""

    node: str
    source: str
    owner: str
    """IRI of what has the quote; the node itself if nothing has it."""
    is_asserted: bool
    """True if an assertion has it (and not, for example, a passage set aside)."""
    exact: str
    prefix: str
    suffix: str
    position: Span | None


class QuotedTexts(NamedTuple):
    """The quotes of a dataset, and the texts of those of its sources that have one here, by IRI."""

    texts: dict[str, str]
    languages: dict[str, str]
    """Source -> the language of its text, where it is known."""
    quotes: tuple[CheckedQuote, ...]
    """Those that are looked at, with all others of their sources' texts."""
    among: Collection[str] | None = None
    """Nodes, quotes and sources among them, that a report is wanted of; None for all."""

    def are_about(self, node: str) -> bool:
        """Return True if a report of `node` is wanted."""
        return self.among is None or node in self.among

    def checkable(self) -> tuple[CheckedQuote, ...]:
        """Return the quotes whose source has a text."""
        return tuple(quote for quote in self.quotes if quote.source in self.texts)


def read(store: Store, among: Collection[str] | None = None) -> QuotedTexts:
    """Return the texts and quotes of `store`; of two texts of one source, the first in the alphabet.

    With `among`, the quotes are those among these nodes, and all of the sources with a text that these are or quote.
    """
    found: dict[str, Term] = {}
    for row in store.select(_TEXTS):
        found.setdefault(row["source"].value, row["text"])
    texts = {source: text.value for source, text in found.items()}
    languages = {source: text.language or "" for source, text in found.items() if isinstance(text, Literal)}
    queries = [*narrowed(_QUOTES, _covered(store, texts, among), "source")]
    if among is not None:
        queries += narrowed(_QUOTES.replace("VALUES ?source", "VALUES ?node"), among)
    quotes = {_quote(row) for query in queries for row in store.select(query)}
    return QuotedTexts(texts, languages, tuple(sorted(quotes, key=repr)), among)


def _covered(store: Store, texts: Collection[str], among: Collection[str] | None) -> set[str] | None:
    """Return the sources of which all quotes are read: those with a text, since their quotes cover it together."""
    if among is None:
        return None
    quoted = (quad.object for quad in store.about_many(map(IRI, sorted(among))) if quad.predicate == _HAS_SOURCE)
    return {*among, *(source.value for source in quoted if isinstance(source, IRI))} & set(texts)


def _quote(row: Row) -> CheckedQuote:
    value = {name: term.value for name, term in row.items()}
    node = value["node"]
    return CheckedQuote(
        node,
        value["source"],
        value.get("owner", node),
        "assertion" in value,
        value["exact"],
        value.get("prefix", ""),
        value.get("suffix", ""),
        _span(value.get("start", ""), value.get("end", "")),
    )


def _span(start: str, end: str) -> Span | None:
    return Span(int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def place_in(text: str, quote: CheckedQuote) -> Span | None:
    """Return where in `text` the quote stands; None if it does not, or if it may be one of several places."""
    found = locate(text, quote.exact, quote.prefix, quote.suffix)
    if len(found) == 1:
        return found[0]
    return quote.position if quote.position in found else None


def check_quotes(texts: QuotedTexts, nodes: Nodes) -> list[Result]:
    """Return what is wrong with the quotes whose source has a text."""
    return [
        result for quote in texts.checkable() if texts.are_about(quote.node) for result in _check(quote, texts, nodes)
    ]


def _check(quote: CheckedQuote, texts: QuotedTexts, nodes: Nodes) -> Iterator[Result]:
    if not (fault := _fault(quote, texts, nodes)):
        return
    rule, sentence = fault
    part = quote.node.rpartition(".")[2]
    place = nodes.places.get(quote.node) or nodes.place(quote.owner, part, "quote", "passage")
    message = f"{nodes.name(quote.owner)}: {sentence}"
    severity = next(known.severity for known in RULES if known.id == rule)
    yield make_result(Problem(severity, rule, message, place, quote.node))


def _fault(quote: CheckedQuote, texts: QuotedTexts, nodes: Nodes) -> tuple[str, str] | None:
    """Return the rule that the quote breaks, with a sentence; None if it stands where it says."""
    text, source = texts.texts[quote.source], nodes.name(quote.source)
    found = locate(text, quote.exact, quote.prefix, quote.suffix)
    if not found:
        return _absence(quote, texts.texts, nodes)
    if quote.position and quote.position not in found:
        said, stands = (f"{span.start} to {span.end}" for span in (quote.position, found[0]))
        return "quote-position", f"the position says characters {said} of {source}, the words stand at {stands}"
    if len(found) > 1 and not quote.position:
        lines = [str(line_of(text, span)) for span in found[:_MOST_LINES]]
        where = sentence_list(lines) if len(found) <= _MOST_LINES else f"{', '.join(lines)} …"
        before, _ = context(text, found[0])
        return "quote-ambiguous", (
            f"quote stands {len(found)} times in {source} (lines {where}); say which one is meant "
            f"with a prefix or a suffix (before the first one stands {_shown(before)})"
        )
    place = quote.position or found[0]
    if quote.is_asserted and (word := negation(text, place, texts.languages.get(quote.source, ""))):
        before, _ = context(text, place)
        return "quote-negated", (
            f'"{word}" stands before the quote in {source}: {_shown(f"{before} …")}; '
            "quote it too if it denies what is quoted"
        )
    return None


def _absence(quote: CheckedQuote, texts: dict[str, str], nodes: Nodes) -> tuple[str, str]:
    text, source = texts[quote.source], nodes.name(quote.source)
    if elsewhere := locate(text, quote.exact):
        before, after = context(text, elsewhere[0])
        return "quote-context", (
            f"quote stands in {source}, but not between its prefix and suffix; "
            f"there it stands between {_shown(before)} and {_shown(after)}"
        )
    others = [nodes.name(iri) for iri, other in sorted(texts.items()) if locate(other, quote.exact)]
    if others:
        return "quote-in-other-source", f"quote not found in {source}, it stands in {sentence_list(others)}"
    if whole := inside(text, quote.exact):
        said = f"it stands only inside longer words or numbers: {_shown(text[slice(*whole)])}"
        return "quote-not-found", f"quote not found in {source}: {said}"
    near = closest(text, quote.exact)
    if near is None:
        return "quote-not-found", f"quote not found in {source}: {_shown(quote.exact)}"
    passage = text[slice(*near.span)]
    told = difference(passage, quote.exact) if near.similarity >= _ALIKE else ""
    said = f"closest ({near.similarity:.0f} %, line {line_of(text, near.span)}): {_shown(passage)}"
    return "quote-not-found", f"quote not found in {source}; {said}{told and f'; {told}'}"


def line_of(text: str, span: Span) -> int:
    """Return the line of `text` on which a passage begins, from 1."""
    return text.count("\n", 0, span.start) + 1


def _shown(passage: str) -> str:
    words = " ".join(passage.split())
    return f'"{words}"' if len(words) <= _LONG else f'"{words[:_LONG].rstrip()} …"'


def check_coverage(texts: QuotedTexts, nodes: Nodes) -> tuple[tuple[Coverage, ...], list[Result]]:
    """Return the coverage of each source with a text, by IRI, and a warning for each sentence that is a gap."""
    quoted: dict[str, list[Span]] = defaultdict(list)
    set_aside: dict[str, list[Span]] = defaultdict(list)
    for quote in texts.checkable():
        if span := place_in(texts.texts[quote.source], quote):
            (quoted if quote.is_asserted else set_aside)[quote.source].append(span)
    covered, gaps = [], []
    for source, text in sorted(texts.texts.items()):
        if not texts.are_about(source):
            continue
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
