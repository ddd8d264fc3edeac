"""Keys of a mapping, compiled: what the stance, the source, a quote and the rest make of one row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.dispute import SECOND_HAND
from kg.model.identifiers import Identifier, cited, cochrane, identifier, plain_number, several
from kg.model.ids import claim_id, digest, label_id, publication_id
from kg.model.records import (
    AgentRecord,
    ArgumentRecord,
    ClaimRecord,
    QuoteRecord,
    SourceRecord,
    StudyRecord,
    TopicRecord,
)
from kg.model.statements import SOURCE_TYPES
from kg.readers.suggestions import did_you_mean, listed, repaired, shown
from kg.readers.tables.dates import date, why_none
from kg.readers.tables.rows import NOTHING, CellPath, Value, many, one, same
from kg.readers.tables.verdicts import CLAIM_ONLY, STANCES, known, meant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.readers.tables.rows import Parts
    from kg.readers.tables.summary import Findings
    from kg.store.terms import Literal

DIRECTIONS = ("supports", "opposes", "qualifies")
SCOPE = ("population", "intervention", "comparator", "outcome")
ROLES = ("about", *SCOPE)
ROLE_KINDS = {
    "population": "population",
    "intervention": "intervention",
    "comparator": "intervention",
    "outcome": "outcome",
}
NAMES = ("doi", "pmid", "pmcid", "url", "identifier")
"""In the order in which they name a source."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LEVELS = re.compile(r"very\W*low|low|moderate|high")
_AROUND_LEVELS = re.compile(r"certainty|quality|confidence|evidence|grade|of|to|or|and|\W|_")
_COUNT = re.compile(r"(?:n\s*=\s*)?(\d{1,3}(?:[,.\u2009\u00a0 ]\d{3})+|\d+)(?:\.0+)?(?: [^\W\d]+)?", re.IGNORECASE)
_YES, _NO = frozenset(("yes", "true", "1", "y", "x", "hedged")), frozenset(("no", "false", "0", "n", "none"))
_VOICES = frozenset(("expert opinion", "anecdote"))
"""Kinds of evidence that are somebody's word, from no study."""
_UNPUBLISHED = SECOND_HAND | {"BlogPost", "Micropost", "NewsReport", "MagazineArticle", "Comment", "Dataset"}
"""Kinds of sources that publish no study of their own."""
_OWN_WORDS = frozenset(("", *STANCES, CLAIM_ONLY))
_WHAT = {"identifier": "identifier or web address", "url": "web address"}


class TableRow(NamedTuple):
    """A row that is being read: its parts, and where what is wrong with it is noted."""

    line: int | None
    parts: Parts
    findings: Findings

    def note(self, severity: str, rule: str, message: str) -> None:
        """Note a problem in this row."""
        if self.line is None:
            message = f"record {self.findings.rows:,}: {message}"
        self.findings.add(severity, rule, message, self.line)


# ------------------------------------------------------------------------------------------------- keys of the mapping


class ConceptKey(NamedTuple):
    """A word that stands for a concept of a scheme; another one is noted and left out."""

    scheme: str
    value: Value = NOTHING
    column: str = ""
    key: tuple[str, ...] = ()

    def of(self, row: TableRow) -> str:
        """Return the preferred label of the concept, or ""."""
        if self.value is NOTHING or not (cell := self.value.of(row.parts)):
            return ""
        if isinstance(cell, str):
            return self.meaning(cell, row)
        order = list((self.value.words or {}).values())
        found = [word for each in cell if each and (word := meant(self.scheme, each))]
        return min(found, key=lambda word: order.index(word) if word in order else len(order), default="")

    def meaning(self, word: str, row: TableRow) -> str:
        """Return the preferred label of what a word means, or "" with a note."""
        found = meant(self.scheme, word)
        if found is None:
            choices = list(known(self.scheme).values())
            advice = did_you_mean(word, choices) or f"; there are {listed(choices, 'and')}"
            message = f"{shown(word)} in {self.column} is no {' '.join(self.key)} that kg knows{advice}; left out"
            row.note("warning", f"unknown-{self.key[-1]}", f"{message} (words: in the mapping translates it)")
        return found or ""


class ConceptsKey(NamedTuple):
    """Words that stand for concepts of a scheme: several in a cell, or a range of certainty."""

    each: ConceptKey

    def of(self, row: TableRow) -> tuple[str, ...]:
        """Return the preferred labels of the concepts, in the order in which they stand."""
        if self.each.value is NOTHING:
            return ()
        found: list[str] = []
        for word in many(self.each.value.of(row.parts)):
            if self.each.scheme == "Certainty" and (levels := _levels(word)):
                found += levels
            elif label := self.each.meaning(word, row):
                found.append(label)
        return tuple(dict.fromkeys(found))


def _levels(word: str) -> list[str]:
    """Return the levels of certainty in words for one or for a range: "low to very low", "moderate-quality"."""
    plain = same(word)
    if _AROUND_LEVELS.sub("", _LEVELS.sub("", plain)):
        return []
    return ["very low" if level.startswith("very") else level for level in _LEVELS.findall(plain)]


class CountKey(NamedTuple):
    """A whole number: 401, "1,204", "n = 45"."""

    value: Value = NOTHING
    column: str = ""
    key: str = ""

    def of(self, row: TableRow) -> int | None:
        """Return the number; what is none is noted and left out."""
        if self.value is NOTHING or not (written := one(self.value.of(row.parts))):
            return None
        if found := _COUNT.fullmatch(written.strip()):
            return int(re.sub(r"\D", "", found[1]))
        message = f"{shown(written)} in {self.column} is no whole number; left out"
        row.note("warning", f"{self.key}-not-understood", message)
        return None


class HedgeKey(NamedTuple):
    """The words of a hedge, or yes or no."""

    value: Value = NOTHING

    def of(self, row: TableRow) -> str:
        """Return the words, "" where nothing is hedged."""
        words = "" if self.value is NOTHING else " ".join(one(self.value.of(row.parts)).split())
        return "hedged" if same(words) in _YES else "" if same(words) in _NO else words


class DateKey(NamedTuple):
    """A date as a person wrote it."""

    value: Value = NOTHING
    column: str = ""
    order: str | None = None

    def of(self, row: TableRow) -> Literal | None:
        """Return the date, None for what is none or could be two."""
        if self.value is NOTHING or not (written := one(self.value.of(row.parts))):
            return None
        found = date(written, self.order)
        if found is None:
            message = f"{shown(written)} in {self.column} {why_none(written, self.order)}; left out"
            row.note("warning", "date-not-understood", message)
        return found


class LanguageKey(NamedTuple):
    """The language of the texts of a row, where a column has it."""

    value: Value = NOTHING
    column: str = ""

    def of(self, row: TableRow) -> str:
        """Return the tag of the language, "" for the language of the table; what is no language is noted."""
        if self.value is NOTHING or not (word := one(self.value.of(row.parts))):
            return ""
        tag = repaired("language", word) or word
        if _LANGUAGE.fullmatch(tag):
            return tag
        message = (
            f"{shown(word)} in {self.column} is no language: write en or pt-BR, or translate it with words:; left out"
        )
        row.note("warning", "language-not-understood", message)
        return ""


class AgentKey(NamedTuple):
    """Speaker."""

    name: Value
    kind: ConceptKey

    def of(self, row: TableRow) -> AgentRecord | None:
        """Return the agent, None if the row names none."""
        name = one(self.name.of(row.parts))
        if name in ("", "None"):  # None is what Python writes for nothing
            return None
        name = " ".join(name.split())
        return AgentRecord(id=label_id("agent", name), name=name, kind=self.kind.of(row))


class Verdict(NamedTuple):
    """Meaning of a verdict word."""

    stance: str
    agent: AgentKey | None = None
    """The agent for this word alone."""


class StanceKey(NamedTuple):
    """The verdict of a row."""

    value: Value = NOTHING
    column: str = ""
    words: Mapping[str, Verdict] = {}
    otherwise: Verdict | None = Verdict(CLAIM_ONLY)

    patterns: tuple[tuple[re.Pattern[str], Verdict], ...] = ()
    """For words that are not among `words`; the first that is found in the word as it is compared counts."""

    def words_of(self, row: TableRow) -> str:
        """Return the verdict's own words, "" where they are those of the model, or for all rows."""
        words = one(self.value.of(row.parts)) if self.value.cells else ""
        return "" if same(words) in _OWN_WORDS else words

    def of(self, row: TableRow) -> Verdict | None:
        """Return the verdict; None, and a violation, for a word that the mapping does not have."""
        word = one(self.value.of(row.parts))
        found = self.words.get(same(word))
        if found is None:
            fitting = (verdict for pattern, verdict in self.patterns if pattern.search(same(word)))
            found = next(fitting, self.otherwise)
        if found is None:
            place = f"column {self.column}"
            advice = did_you_mean(word, list(self.words))
            said = (
                f"{shown(word)} in {place} is no verdict word of the mapping{advice}" if word else f"{place} is empty"
            )
            way_out = "add it to stance: {words: …}, or state otherwise: skip or a stance"
            row.note("violation", "unknown-verdict", f"{said}; {way_out}")
        return found


class NamesKey(NamedTuple):
    """Identifiers of a source in one column."""

    kind: str
    """doi, pmid, pmcid, url, or identifier for any of them."""
    value: Value
    column: str

    def of(self, row: TableRow) -> Iterator[Identifier]:
        """Yield the identifiers; what is none is noted and left out."""
        found: list[Identifier] = []
        parts = many(self.value.of(row.parts))
        for written in parts:
            names = several(written, "" if self.kind == "identifier" else self.kind)
            found += names
            if not names:
                message = f"{shown(written)} in {self.column} is no {_WHAT.get(self.kind, self.kind.upper())}; left out"
                row.note("warning", f"{self.kind}-not-understood", message)
        yield from _of_one(tuple(dict.fromkeys(found)), f"{shown('; '.join(parts))} in {self.column}", row)


def _of_one(names: tuple[Identifier, ...], where: str, row: TableRow) -> tuple[Identifier, ...]:
    """Return the first identifier of each kind; one publication has no two of a kind."""
    if any(found.repaired for found in names):
        row.note("warning", "iri-repaired", f"{where} has signs that no address has; encoded")
    if "10.1002" not in where and any(found.is_first_review for found in names):
        row.note("info", "version-not-named", f"{where} names no version of the review, and is taken for the first")
    taken = tuple({found.kind: found for found in reversed(names)}.values())
    if len(taken) < len(names):
        row.note("warning", "identifiers-differ", f"{where} names more than one publication; the first is taken")
    return tuple(reversed(taken))


class NamedSource(NamedTuple):
    """A source, what it is called in a sentence, and what the table knows it by."""

    record: SourceRecord
    called: str
    key: str = ""
    work: str = ""
    """Work that it is a version of, as the table names that."""


class SourceKey(NamedTuple):
    """Source of a row; of one that names none it is the table itself."""

    table: NamedSource
    anything: Value | None = None
    """A title, an identifier or an address, whichever it is."""
    texts: tuple[tuple[str, Value], ...] = ()
    """Field of a source -> its text."""
    names: tuple[NamesKey, ...] = ()
    id: Value = NOTHING
    versions_of: Value = NOTHING
    type: ConceptKey = ConceptKey("SourceType")
    status: ConceptKey = ConceptKey("SourceStatus")
    date: DateKey = DateKey()
    retracted: DateKey = DateKey()
    reasons: ConceptsKey = ConceptsKey(ConceptKey("RetractionReason"))
    is_stated: bool = True
    """True if the mapping says where the source is named."""

    def lacking(self, row: TableRow) -> NamedSource:
        """Return the source of a row that names none."""
        if self.is_stated:
            row.note("warning", "source-empty", "the row names no source; the table itself stands as the source")
        return self.table

    def named(self, row: TableRow) -> NamedSource | None:
        """Return the source that a row names, None if it names none."""
        if not self.is_stated:
            return None
        if self.anything:
            written = one(self.anything.of(row.parts))
            if not written:
                return None
            if names := several(written):
                return source_of(_of_one(names, shown(written), row), "")
            if plain_number(written.split(maxsplit=1)[0].rstrip(";,|")).isdecimal() and several(written, "pmid"):
                message = f"{shown(written)} is digits alone, and is taken for the name of a source; "
                row.note("warning", "source-in-digits", message + "if it is a PubMed id, write source: {pmid: …}")
            names = cited(written)
            if names and (names[0].kind != "doi" or names[0].value not in written):
                message = f"{names[0].words} is read from {shown(written)}, and taken for its identifier"
                row.note("info", "identifier-read", message)
            return source_of(names, "", title=written)
        names = tuple(found for name in self.names for found in name.of(row))
        texts = {name: " ".join(one(value.of(row.parts)).split()) for name, value in self.texts}
        known_by = one(self.id.of(row.parts))
        if not texts.get("title") and not names and not known_by:
            return None
        kind, dated, status = self.type.of(row), self.date.of(row), self.status.of(row)
        day = dated.value if dated is not None else ""
        found = source_of(names, known_by, **texts, type=kind, date=day, status=status)
        found = found._replace(work=same(one(self.versions_of.of(row.parts))))
        retracted, reasons = self.retracted.of(row), self.reasons.of(row)
        if retracted is None and not reasons:
            return found
        since = retracted.value if retracted is not None else ""
        return found._replace(record=found.record._replace(retraction_date=since, retraction_reason=reasons))


def source_of(names: tuple[Identifier, ...], key: str, *, title: str = "", **fields: str) -> NamedSource:
    """Return a source by its strongest identifier, else by what the table knows it by, else by its title."""
    ids = (publication_id(**{name.kind: name.value}) for name in names if name.kind != "url")
    short_id = next(filter(None, ids), "")
    if not short_id and (names or key):
        short_id = label_id("source", key or names[0].value, folded=False)
    grouped: dict[str, Any] = {}
    for name in names:
        grouped[name.kind] = (*grouped.get(name.kind, ()), name.value)
    called = title or (names[0].words if names else key)
    return NamedSource(
        SourceRecord(id=short_id or label_id("source", title), title=title, **fields, **grouped), called, key
    )


class Traced(NamedTuple):
    """Study that an assertion is traced to."""

    study: StudyRecord
    paper: SourceRecord
    """The source that reports the study."""


class TraceKey(NamedTuple):
    """Evidence of a row: its kind, the study that it is from, and the source that publishes that."""

    evidence: ConceptKey
    design: ConceptKey
    participants: CountKey = CountKey(key="participants")
    origin: SourceKey | None = None
    """Source key of what a row is traced to, where the mapping has it."""

    def of(self, row: TableRow, source: NamedSource, quotes: bool, speaks: bool) -> tuple[str, Traced | None]:
        """Return the kind of evidence, and what a row is traced to.

        That is what it names; or else the study that its source publishes: if this has an identifier of publications,
        is quoted, and itself `speaks`.
        """
        design, people = self.design.of(row), self.participants.of(row)
        named = self.origin.named(row) if self.origin else None
        paper = (named or source).record
        kind = self.evidence.of(row) or design or implied(paper)
        is_own = speaks and quotes and bool(paper.doi or paper.pmid or paper.pmcid)
        is_voice = kind in _VOICES or SOURCE_TYPES.get(paper.type) in _UNPUBLISHED
        if not kind or is_voice or not (is_own or (named and speaks)):
            return kind, None
        label = (named or source).called
        return kind, Traced(StudyRecord(f"study-{paper.id}", label, design or kind, people), paper)


def implied(source: SourceRecord) -> str:
    """Return the kind of evidence that a source is by its type or its number: a Cochrane review is a review."""
    is_review = source.type == "systematic review" or any(map(cochrane, source.doi))
    return "systematic review" if is_review else ""


class QuotesKey(NamedTuple):
    """The words that are quoted."""

    value: Value = NOTHING
    at: CellPath | None = None
    """Numbers of the items of a list that are quoted."""
    counted_from: int = 0
    prefix: Value = NOTHING
    suffix: Value = NOTHING
    start: Value = NOTHING
    end: Value = NOTHING
    is_bare: bool = True
    """True if nothing but the words is named."""

    def of(self, row: TableRow, source: str) -> tuple[QuoteRecord, ...]:
        """Return the quotes of a row."""
        items = self.value.of(row.parts)
        found = self._picked(row, items, self.at.of(row.parts)) if self.at else many(items)
        if self.is_bare or not found:
            return tuple(QuoteRecord(source, words) for words in found)
        around = one(self.prefix.of(row.parts)), one(self.suffix.of(row.parts))
        span = _span(row, one(self.start.of(row.parts)), one(self.end.of(row.parts)))
        return tuple(QuoteRecord(source, words, *around, span if len(found) == 1 else None) for words in found)

    def _picked(self, row: TableRow, items: str | list[str], numbers: str | list[str]) -> list[str]:
        found = []
        for number in many(numbers):
            n = int(number) - self.counted_from if number.isdecimal() else -1
            if isinstance(items, list) and 0 <= n < len(items):
                found.append(items[n])
            else:
                row.note("warning", "quote-not-found", f"there is no item {shown(number)} to quote; left out")
        return [words for words in dict.fromkeys(found) if words]


def _span(row: TableRow, start: str, end: str) -> tuple[int, int] | None:
    if start.isdecimal() and end.isdecimal() and int(start) < int(end):
        return int(start), int(end)
    if start or end:
        message = f"{shown(start)} to {shown(end)} is no place of a quote; the words stand without it"
        row.note("warning", "place-not-understood", message)
    return None


class TopicsKey(NamedTuple):
    """The topics that a claim names in one of its fields."""

    role: str
    value: Value
    kind: str = ""
    match: CellPath | None = None

    def of(self, row: TableRow) -> Iterator[tuple[str, TopicRecord]]:
        """Yield the topics of a row, each with the field."""
        labels = many(self.value.of(row.parts))
        same_as = one(self.match.of(row.parts)) if self.match and len(labels) == 1 else ""
        found = identifier(same_as, "url") if same_as else None
        for written in labels:
            label = " ".join(written.split())
            yield (
                self.role,
                TopicRecord(
                    id=label_id("topic", label), label=label, kind=self.kind, matches=found.value if found else ""
                ),
            )


class ArgumentKey(NamedTuple):
    """Argument of a row about a second claim."""

    direction: Value
    target: Value
    directness: ConceptKey

    def of(self, row: TableRow, premise: str, namespace: str) -> tuple[ArgumentRecord, ClaimRecord] | None:
        """Return the argument from `premise` and the claim that it is about; None if the row has none."""
        word, text = one(self.direction.of(row.parts)), " ".join(one(self.target.of(row.parts)).split())
        if not word or not text:
            return None
        if word not in DIRECTIONS:
            advice = "words: of argument: direction says which of supports, opposes and qualifies it means"
            row.note("violation", "unknown-direction", f"{shown(word)} is no direction of an argument; {advice}")
            return None
        target = ClaimRecord(id=claim_id(text), text=text)
        name = digest(namespace + premise, word, namespace + target.id)
        directness = self.directness.of(row)
        argument = ArgumentRecord(
            id=f"argument-{name}", premises=premise, target=target.id, direction=word, directness=directness
        )
        return argument, target
