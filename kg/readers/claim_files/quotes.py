"""Quoted passages found in the full texts that lie beside a claim file; what is not found, or found twice, is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Problem, UnreadableError
from kg.model.quotes import Span, closest, context, difference, inside, locate
from kg.model.records import QuoteRecord
from kg.readers.claim_files.fields import PASSAGES, QUOTING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.yaml import Document, Way

MAX_CHARACTERS = 5_000_000
"""Of a full text."""
_MOST_PLACES = 3
_MOST_TOLD_APART = 100
"""Places of a quote among which the words around it are searched for those that only one has."""
_AROUND = 1000
"""Characters around a quote of which its prefix or suffix is proposed."""
_ALIKE = 90
"""Per cent from which on two passages may look the same, so that the characters that differ are named."""


class Passage(NamedTuple):
    """A quote and where it stands in the claim file."""

    quote: QuoteRecord
    way: Way


class SourceTexts:
    """The full texts of a folder's sources."""

    def __init__(self, folder: Folder, directory: Path) -> None:
        self._folder, self._directory = folder, directory

    def name(self, source: str) -> str | None:
        """Return the name of the file with the full text of `source`, or None if it has none."""
        entry = self._folder.entry(source)
        name = entry.values.get("text") if entry and entry.kind == "source" else None
        return name if isinstance(name, str) else None

    def text(self, name: str) -> str:
        """Return the text of a file beside the claim file; UnreadableError says why there is none."""
        path = self._directory / name
        if not path.resolve().is_relative_to(self._directory.resolve()):
            raise UnreadableError(f"{name} is outside the folder of the claim file; put it beside the claim file")
        if not path.is_file():
            raise UnreadableError(f"there is no file {name} beside the claim file")
        text = self._folder.index.text(path)
        if len(text) > MAX_CHARACTERS:
            raise UnreadableError(f"{name} is longer than {MAX_CHARACTERS:,} characters; keep what is quoted")
        return text

    def files(self, found: Iterable[Written]) -> dict[str, Path]:
        """Return the files with the texts of those sources that are among the records, by IRI."""
        named = {record.id: name for record in found if record.kind == "source" and (name := self.name(record.id))}
        return {self._folder.iri(short_id): self._directory / name for short_id, name in named.items()}


def missing_texts(found: Iterable[Written], texts: SourceTexts, document: Document) -> Iterator[Problem]:
    """Yield a problem for each source whose text file is not there or cannot be read."""
    for record in found:
        if record.kind == "source" and "text" in record.values:
            try:
                texts.text(record.values["text"])
            except UnreadableError as error:
                place = document.place((*record.path, "text"))
                yield Problem("violation", "text-missing", f"text of {record}: {error}", place)


def passages(record: Written, default: str | None) -> Iterator[Passage]:
    """Yield the passages of a record in the order in which they are written."""
    key = next((key for key in PASSAGES if key in record.values), None)
    if record.kind not in QUOTING or key is None:
        return
    source = record.values.get("source", default)
    written = record.values[key]
    for n, quote in enumerate(written if isinstance(written, list) else [written]):
        way = (*record.path, key, n) if isinstance(written, list) else (*record.path, key)
        words = quote if isinstance(quote, dict) else {"exact": quote}
        if isinstance(source, str) and "exact" in words:
            yield Passage(QuoteRecord(source, words["exact"], words.get("prefix", ""), words.get("suffix", "")), way)


def find(passage: Passage, texts: SourceTexts, document: Document) -> tuple[Passage, Problem | None]:
    """Return the passage with its span where it stands exactly once, and what is wrong if it does not."""
    quote, place = passage.quote, document.place(passage.way)
    name = texts.name(quote.source)
    if name is None:
        message = f"quote cannot be checked: source {quote.source} has no text"
        return passage, Problem("warning", "quote-unchecked", message, place)
    try:
        text = texts.text(name)
    except UnreadableError:
        return passage, None
    spans = locate(text, quote.exact, quote.prefix, quote.suffix)
    if len(spans) == 1:
        return passage._replace(quote=quote._replace(exact=text[slice(*spans[0])], span=spans[0])), None
    rule, message = _not_once(text, name, quote, spans)
    return passage, Problem("violation", rule, message, place)


def _not_once(text: str, name: str, quote: QuoteRecord, spans: tuple[Span, ...]) -> tuple[str, str]:
    if spans:
        choices = _choices(text, quote, spans)
        return "quote-ambiguous", f"quote found {len(spans)} times in {name}; say which: {choices}"
    elsewhere = locate(text, quote.exact)
    if elsewhere:
        before, after = context(text, elsewhere[0])
        said = f'the words around it are "{before} [ ] {after}"'
        return "quote-context", f"quote found in {name}, but not with this prefix and suffix; {said}"
    if any(dots in quote.exact for dots in ("...", "…")):
        return "quote-not-found", f"quote not found in {name}: it leaves words out; write a list of unbroken passages"
    if whole := inside(text, quote.exact):
        words = " ".join(text[slice(*whole)].split())
        return "quote-not-found", f'quote not found in {name}: it stands only inside longer words or numbers: "{words}"'
    near = closest(text, quote.exact)
    if near is None:
        return "quote-not-found", f"quote not found in {name}, which is empty"
    passage = text[slice(*near.span)]
    words, told = " ".join(passage.split()), difference(passage, quote.exact)
    said = f"; {told}" if told and near.similarity >= _ALIKE else ""
    return "quote-not-found", f'quote not found in {name}; closest ({near.similarity:.0f} %): "{words}"{said}'


def _choices(text: str, quote: QuoteRecord, spans: tuple[Span, ...]) -> str:
    said = []
    for span in spans[:_MOST_PLACES]:
        line = text.count("\n", 0, span.start) + 1
        said.append(f"{_telling(text, quote, span, len(spans) <= _MOST_TOLD_APART)} (line {line})")
    return "; ".join(said) + ("; …" if len(spans) > _MOST_PLACES else "")


def _telling(text: str, quote: QuoteRecord, span: Span, is_told_apart: bool) -> str:
    """Return the shortest prefix or suffix, in words, that leaves only `span`."""
    before = text[max(0, span.start - _AROUND) : span.start].split()
    after = text[span.end : span.end + _AROUND].split()
    for count in range(1, 41 if is_told_apart else 1):
        suffix, prefix = " ".join(after[:count]), " ".join(before[-count:])
        if locate(text, quote.exact, quote.prefix, suffix) == (span,):
            return f'suffix: "{suffix}"'
        if locate(text, quote.exact, prefix, quote.suffix) == (span,):
            return f'prefix: "{prefix}"'
    left, right = context(text, span)
    return f'"{left} [ ] {right}"'
