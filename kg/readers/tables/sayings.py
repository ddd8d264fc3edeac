"""What one row of a table says: who takes which stance on which claim, where, in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.readers.claim_files.wording import did_you_mean, listed, shown
from kg.readers.tables.columns import many, one, same
from kg.readers.tables.dates import date, why_none
from kg.readers.tables.identifiers import identifier
from kg.readers.tables.verdicts import CLAIM_ONLY, SKIP, Verdict, known, meant, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.readers.tables.columns import Columns, Getter, Parts
    from kg.readers.tables.identifiers import Identifier
    from kg.readers.tables.summary import Findings
    from kg.store.terms import Literal


class Claim(NamedTuple):
    """A claim; `topics` are its scope and what it is about."""

    text: str
    kind: str
    topics: tuple[Topic, ...]


class Topic(NamedTuple):
    """A topic, and the property of the claim that names it."""

    role: str
    label: str
    kind: str
    match: str


class Agent(NamedTuple):
    """Who says something."""

    name: str
    kind: str


class Source(NamedTuple):
    """Where something is said."""

    title: str
    identifiers: tuple[Identifier, ...]
    type: str = ""
    date: Literal | None = None
    authors: str = ""
    container: str = ""
    publisher: str = ""
    status: str = ""
    id: str = ""
    """What the table knows it by."""

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        if self.title or not self.identifiers:
            return self.title or self.id
        first = self.identifiers[0]
        return f"{first.kind.upper()} {first.value}" if first.kind in ("doi", "pmid") else first.value


class Quote(NamedTuple):
    """The words of a source, and where they stand in it."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    span: tuple[int, int] | None = None


class Argument(NamedTuple):
    """What the row says of a second claim."""

    direction: str
    target: str
    directness: str


class Said(NamedTuple):
    """That somebody takes a stance on a claim."""

    stance: str
    id: str
    """What names the row, if anything does."""
    agent: Agent | None
    source: Source
    evidence: str
    certainty: str
    date: Literal | None
    quotes: tuple[Quote, ...]
    remark: str


class Saying(NamedTuple):
    """What a row says."""

    line: int | None
    claim: Claim
    said: Said | None
    """None where the row states the claim alone."""
    argument: Argument | None


_ROLES = ("about", "population", "intervention", "comparator", "outcome")
_ROLE_KINDS = {
    "population": "population",
    "intervention": "intervention",
    "comparator": "intervention",
    "outcome": "outcome",
}
_NAMES = ("doi", "pmid", "pmcid", "url", "identifier")
"""In the order in which they name a source."""
_WHAT = {"identifier": "identifier or web address", "url": "web address"}


def _nothing(parts: Parts) -> str:
    """Get the cell of a key that the mapping does not have."""
    return ""


class Sayings:
    """Reads rows by a mapping; what is not understood is noted in `findings`."""

    def __init__(self, value: dict[str, Any], columns: Columns, path: Path, findings: Findings) -> None:
        self._findings, self._path = findings, path
        self._line: int | None = None
        self._columns = columns
        self._chosen = columns.chosen(value.get("where", {}), ("where",))
        claim = value["claim"] if isinstance(value["claim"], dict) else {"column": value["claim"]}
        self._claim = columns.value(claim, ("claim",))
        self._claim_may_lack = "otherwise" in claim
        self._claim_kind = self._concept("ClaimKind", claim.get("kind"), ("claim", "kind"))
        self._verdict = self._verdicts(value.get("stance"))
        self._agent = self._agents(value.get("agent"), ("agent",))
        self._source = self._sources(value.get("source"))
        self._id = self._get(value, "id")
        self._evidence = self._concept("EvidenceKind", value.get("evidence"), ("evidence",))
        self._certainty = self._concept("Certainty", value.get("certainty"), ("certainty",))
        self._date = self._dates(value.get("date"), ("date",))
        self._quotes = self._quoted(value.get("quote"))
        self._topics = [self._topic(role, value[role]) for role in _ROLES if role in value]
        self._argument = self._arguments(value.get("argument"))
        self._remark = self._get(value, "remark")

    def of(self, line: int | None, parts: Parts) -> Saying | None:
        """Return what a row says, None if it is left out or its claim or verdict is not understood."""
        self._line = line
        if not self._chosen(parts):
            self._findings.tally["left out"] += 1
            return None
        text = " ".join(one(self._claim(parts)).split())
        verdict = self._verdict(parts)
        if verdict is None or verdict.stance == SKIP or not text:
            self._leave_out(text, verdict)
            return None
        self._findings.tally[verdict.stance] += 1
        topics = tuple(topic for get in self._topics for topic in get(parts))
        claim = Claim(text, self._claim_kind(parts), topics)
        said = None if verdict.stance == CLAIM_ONLY else self._said(verdict, parts)
        return Saying(line, claim, said, self._argument(parts))

    def _said(self, verdict: Verdict, parts: Parts) -> Said:
        return Said(
            verdict.stance,
            one(self._id(parts)),
            verdict.agent(parts) if verdict.agent else self._agent(parts),
            self._source(parts),
            self._evidence(parts),
            self._certainty(parts),
            self._date(parts),
            tuple(self._quotes(parts)),
            one(self._remark(parts)),
        )

    def is_empty(self, parts: Parts) -> bool:
        """Say whether a repeated group of columns has nothing in this row."""
        starred = self._columns.starred
        return bool(starred) and not any(get(parts) for get in starred)

    def _leave_out(self, text: str, verdict: Verdict | None) -> None:
        if not text and verdict is not None and verdict.stance != SKIP and not self._claim_may_lack:
            way_out = "write it, delete the row, or state claim: {otherwise: skip}"
            self._note("violation", "claim-empty", f"the row has no claim; {way_out}")
        self._findings.tally["left out"] += 1

    def _note(self, severity: str, rule: str, message: str) -> None:
        if self._line is None:
            message = f"record {self._findings.rows:,}: {message}"
        self._findings.add(severity, rule, message, self._line)

    def _get(self, value: dict[str, Any], key: str, way: tuple[str, ...] = ()) -> Getter:
        return self._columns.value(value[key], (*way, key)) if key in value else _nothing

    def _verdicts(self, spec: Any) -> Callable[[Parts], Verdict | None]:
        if spec is None:
            return lambda parts: Verdict(CLAIM_ONLY)
        spec = spec if isinstance(spec, dict) else {"column": spec}
        get = self._columns.value({key: spec[key] for key in spec if key != "words"}, ("stance",))
        words = {
            word: Verdict(verdict.stance, verdict.agent and self._agents(verdict.agent, ("stance", "words")))
            for word, verdict in verdicts(spec.get("words")).items()
        }
        otherwise = Verdict(spec["otherwise"]) if "otherwise" in spec else None

        def verdict(parts: Parts) -> Verdict | None:
            word = one(get(parts))
            found = words.get(same(word), otherwise)
            if found is None:
                self._unknown_verdict(word, spec, list(words))
            return found

        return verdict

    def _unknown_verdict(self, word: str, spec: dict[str, Any], words: list[str]) -> None:
        place = f"column {_named(spec)}"
        if word:
            advice = did_you_mean(word, words)
            message = f"{shown(word)} in {place} is no verdict word of the mapping{advice}"
        else:
            message = f"{place} is empty"
        way_out = "add it to stance: {words: …}, or state otherwise: skip or a stance"
        self._note("violation", "unknown-verdict", f"{message}; {way_out}")

    def _concept(self, scheme: str, spec: Any, way: tuple[str, ...]) -> Callable[[Parts], str]:
        """A word that is none of the scheme is noted and left out; `text` without cells is checked the same way."""
        if spec is None:
            return _nothing
        get = self._columns.value(spec, way)

        def word_of(parts: Parts) -> str:
            word = one(get(parts))
            if not word:
                return ""
            found = meant(scheme, word)
            if found is None:
                choices = list(known(scheme).values())
                advice = did_you_mean(word, choices) or f"; there are {listed(choices, 'and')}"
                message = f"{shown(word)} in {_named(spec)} is no {' '.join(way)} that kg knows{advice}"
                way_out = "left out (words: in the mapping translates it)"
                self._note("warning", f"unknown-{way[-1]}", f"{message}; {way_out}")
            return found or ""

        return word_of

    def _agents(self, spec: Any, way: tuple[str, ...]) -> Callable[[Parts], Agent | None]:
        if spec is None:
            return lambda parts: None
        spec = spec if isinstance(spec, dict) else {"name": spec}
        name = self._columns.value(spec["name"], (*way, "name"))
        kind = self._concept("AgentKind", spec.get("kind"), (*way, "kind"))
        return lambda parts: Agent(found, kind(parts)) if (found := one(name(parts))) else None

    def _dates(self, spec: Any, way: tuple[str, ...]) -> Callable[[Parts], Literal | None]:
        if spec is None:
            return lambda parts: None
        get = self._columns.value(spec, way)
        order = spec.get("order") if isinstance(spec, dict) else None

        def date_of(parts: Parts) -> Literal | None:
            written = one(get(parts))
            found = date(written, order) if written else None
            if written and found is None:
                message = f"{shown(written)} in {_named(spec)} {why_none(written, order)}; left out"
                self._note("warning", "date-not-understood", message)
            return found

        return date_of

    def _sources(self, spec: Any) -> Callable[[Parts], Source]:
        """The table itself is the source of what names none."""
        table = Source(self._path.name, (), "data set")
        if spec is None:
            return lambda parts: table
        if isinstance(spec, str):
            get = self._columns.value(spec, ("source",))
            return lambda parts: self._source_of(one(get(parts))) or self._sourceless(table)
        way = ("source",)
        plain = {key: self._get(spec, key, way) for key in ("title", "authors", "container", "publisher", "id")}
        names = [(key, self._columns.value(spec[key], (*way, key)), spec[key]) for key in _NAMES if key in spec]
        kind = self._concept("SourceType", spec.get("type"), (*way, "type"))
        status = self._concept("SourceStatus", spec.get("status"), (*way, "status"))
        dated = self._dates(spec.get("date"), (*way, "date"))

        def source(parts: Parts) -> Source:
            found = tuple(self._identifiers(parts, names))
            title = one(plain["title"](parts))
            known_by = one(plain["id"](parts))
            if not title and not found and not known_by:
                return self._sourceless(table)
            authors, container, publisher = (one(plain[key](parts)) for key in ("authors", "container", "publisher"))
            return Source(
                title, found, kind(parts), dated(parts), authors, container, publisher, status(parts), known_by
            )

        return source

    def _source_of(self, written: str) -> Source | None:
        found = identifier(written)
        return Source("", (found,)) if found else Source(written, ()) if written else None

    def _sourceless(self, table: Source) -> Source:
        self._note("warning", "source-empty", "the row names no source; the table itself stands as the source")
        return table

    def _identifiers(self, parts: Parts, names: list[tuple[str, Getter, Any]]) -> Iterator[Identifier]:
        for key, get, spec in names:
            for written in many(get(parts)):
                found = identifier(written, "" if key == "identifier" else key)
                if found is None:
                    message = f"{shown(written)} in {_named(spec)} is no {_WHAT.get(key, key.upper())}; left out"
                    self._note("warning", f"{key}-not-understood", message)
                    continue
                if found.repaired:
                    self._note("warning", "iri-repaired", f"{shown(written)} has signs that no address has; encoded")
                yield found

    def _quoted(self, spec: Any) -> Callable[[Parts], Iterator[Quote]]:
        if spec is None:
            return lambda parts: iter(())
        get = self._columns.value(spec, ("quote",))
        if isinstance(spec, str):
            return lambda parts: (Quote(words) for words in many(get(parts)))
        at = self._columns.cell(spec["at"], ("quote", "at")) if "at" in spec else None
        prefix, suffix, start, end = (self._get(spec, key, ("quote",)) for key in ("prefix", "suffix", "start", "end"))
        first = spec.get("counted-from", 0)

        def quotes(parts: Parts) -> Iterator[Quote]:
            found = self._picked(get(parts), at(parts), first) if at else many(get(parts))
            around = one(prefix(parts)), one(suffix(parts))
            span = self._span(one(start(parts)), one(end(parts)))
            return (Quote(words, *around, span if len(found) == 1 else None) for words in found)

        return quotes

    def _picked(self, items: str | list[str], numbers: str | list[str], first: int) -> list[str]:
        found = []
        for number in many(numbers):
            n = int(number) - first if number.isdecimal() else -1
            if isinstance(items, list) and 0 <= n < len(items):
                found.append(items[n])
            else:
                self._note("warning", "quote-not-found", f"there is no item {shown(number)} to quote; left out")
        return [words for words in dict.fromkeys(found) if words]

    def _span(self, start: str, end: str) -> tuple[int, int] | None:
        if start.isdecimal() and end.isdecimal() and int(start) < int(end):
            return int(start), int(end)
        if start or end:
            message = f"{shown(start)} to {shown(end)} is no place of a quote; the words stand without it"
            self._note("warning", "place-not-understood", message)
        return None

    def _topic(self, role: str, spec: Any) -> Callable[[Parts], Iterator[Topic]]:
        get = self._columns.value(spec, (role,))
        full = spec if isinstance(spec, dict) else {}
        kind = full.get("kind", _ROLE_KINDS.get(role, ""))
        match = self._columns.cell(full["match"], (role, "match")) if "match" in full else _nothing

        def topics(parts: Parts) -> Iterator[Topic]:
            labels = many(get(parts))
            same_as = one(match(parts)) if len(labels) == 1 else ""
            found = identifier(same_as, "url") if same_as else None
            return (Topic(role, " ".join(label.split()), kind, found.value if found else "") for label in labels)

        return topics

    def _arguments(self, spec: dict[str, Any] | None) -> Callable[[Parts], Argument | None]:
        if spec is None:
            return lambda parts: None
        direction = self._get(spec, "direction", ("argument",))
        target = self._get(spec, "target", ("argument",))
        directness = self._concept("Directness", spec.get("directness"), ("argument", "directness"))

        def argument(parts: Parts) -> Argument | None:
            word, other = one(direction(parts)), " ".join(one(target(parts)).split())
            if not word or not other:
                return None
            if word not in ("supports", "opposes", "qualifies"):
                advice = "words: of argument: direction says which of supports, opposes and qualifies it means"
                self._note("violation", "unknown-direction", f"{shown(word)} is no direction of an argument; {advice}")
                return None
            return Argument(word, other, directness(parts))

        return argument


def _named(spec: Any) -> str:
    """Return how a message calls what a key of the mapping names."""
    if isinstance(spec, str):
        return f'"{spec}"'
    if "text" in spec:
        return f"the text {shown(spec['text'])}"
    names = spec["column"] if isinstance(spec["column"], list) else [spec["column"]]
    return listed([f'"{name}"' for name in names])
