"""RowMapping: a mapping compiled for the columns of one table, which makes records of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.identifiers import Identifier, identifier
from kg.model.ids import claim_id, digest, label_id, publication_id
from kg.model.records import (
    AgentRecord,
    ArgumentRecord,
    AssertionRecord,
    ClaimRecord,
    QuoteRecord,
    SourceRecord,
    TopicRecord,
)
from kg.readers.claim_files.wording import did_you_mean, listed, shown
from kg.readers.tables.columns import NOTHING, Cell, Condition, Value, many, one, same
from kg.readers.tables.dates import date, why_none
from kg.readers.tables.verdicts import CLAIM_ONLY, SKIP, known, meant, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.readers.tables.columns import Columns, Parts
    from kg.readers.tables.summary import Findings
    from kg.store.terms import Literal

DIRECTIONS = ("supports", "opposes", "qualifies")
_SCOPE = ("population", "intervention", "comparator", "outcome")
_ROLES = ("about", *_SCOPE)
_ROLE_KINDS = {
    "population": "population",
    "intervention": "intervention",
    "comparator": "intervention",
    "outcome": "outcome",
}
_NAMES = ("doi", "pmid", "pmcid", "url", "identifier")
"""In the order in which they name a source."""
_WHAT = {"identifier": "identifier or web address", "url": "web address"}


class MappedRow(NamedTuple):
    """Records that one row makes."""

    line: int | None
    claim: ClaimRecord
    topics: tuple[tuple[str, TopicRecord], ...]
    """Each with the field of the claim that names it."""
    assertion: AssertionRecord | None = None
    """None where the row states the claim alone."""
    key: str = ""
    """What the table names the row by, if anything does."""
    agent: AgentRecord | None = None
    is_named: bool = False
    """Whether the table names the agent."""
    source: SourceRecord | None = None
    source_key: str = ""
    """What the table knows the source by, if anything does."""
    argument: ArgumentRecord | None = None
    target: ClaimRecord | None = None
    """The claim that the argument is about."""


class Row(NamedTuple):
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


class Concept(NamedTuple):
    """A word that stands for a concept of a scheme; another one is noted and left out."""

    scheme: str
    value: Value = NOTHING
    column: str = ""
    key: tuple[str, ...] = ()

    def of(self, row: Row) -> str:
        """Return the preferred label of the concept, or ""."""
        if self.value is NOTHING or not (word := one(self.value.of(row.parts))):
            return ""
        found = meant(self.scheme, word)
        if found is None:
            choices = list(known(self.scheme).values())
            advice = did_you_mean(word, choices) or f"; there are {listed(choices, 'and')}"
            message = f"{shown(word)} in {self.column} is no {' '.join(self.key)} that kg knows{advice}"
            way_out = "left out (words: in the mapping translates it)"
            row.note("warning", f"unknown-{self.key[-1]}", f"{message}; {way_out}")
        return found or ""


class Dated(NamedTuple):
    """A date as a person wrote it."""

    value: Value = NOTHING
    column: str = ""
    order: str | None = None

    def of(self, row: Row) -> Literal | None:
        """Return the date, None for what is none or could be two."""
        if self.value is NOTHING or not (written := one(self.value.of(row.parts))):
            return None
        found = date(written, self.order)
        if found is None:
            message = f"{shown(written)} in {self.column} {why_none(written, self.order)}; left out"
            row.note("warning", "date-not-understood", message)
        return found


class Agent(NamedTuple):
    """Who says it."""

    name: Value
    kind: Concept

    def of(self, row: Row) -> AgentRecord | None:
        """Return the agent, None if the row names none."""
        if not (name := one(self.name.of(row.parts))):
            return None
        return AgentRecord(id=label_id("agent", name), name=name, kind=self.kind.of(row))


class Verdict(NamedTuple):
    """What a verdict word means."""

    stance: str
    agent: Agent | None = None
    """The agent for this word alone."""


class Stance(NamedTuple):
    """The verdict of a row."""

    value: Value = NOTHING
    column: str = ""
    words: Mapping[str, Verdict] = {}
    otherwise: Verdict | None = Verdict(CLAIM_ONLY)

    def of(self, row: Row) -> Verdict | None:
        """Return the verdict; None, and a violation, for a word that the mapping does not have."""
        word = one(self.value.of(row.parts))
        found = self.words.get(same(word), self.otherwise)
        if found is None:
            place = f"column {self.column}"
            advice = did_you_mean(word, list(self.words))
            said = (
                f"{shown(word)} in {place} is no verdict word of the mapping{advice}" if word else f"{place} is empty"
            )
            way_out = "add it to stance: {words: …}, or state otherwise: skip or a stance"
            row.note("violation", "unknown-verdict", f"{said}; {way_out}")
        return found


class Names(NamedTuple):
    """Identifiers of a source in one column."""

    kind: str
    """doi, pmid, pmcid, url, or identifier for any of them."""
    value: Value
    column: str

    def of(self, row: Row) -> Iterator[Identifier]:
        """Yield the identifiers; what is none is noted and left out."""
        for written in many(self.value.of(row.parts)):
            found = identifier(written, "" if self.kind == "identifier" else self.kind)
            if found is None:
                message = f"{shown(written)} in {self.column} is no {_WHAT.get(self.kind, self.kind.upper())}; left out"
                row.note("warning", f"{self.kind}-not-understood", message)
                continue
            if found.repaired:
                row.note("warning", "iri-repaired", f"{shown(written)} has signs that no address has; encoded")
            yield found


class Named(NamedTuple):
    """A source, what it is called in a sentence, and what the table knows it by."""

    record: SourceRecord
    called: str
    key: str = ""


class Source(NamedTuple):
    """Where it is said; the table itself is the source of a row that names none."""

    table: Named
    anything: Value | None = None
    """A title, an identifier or an address, whichever it is."""
    texts: tuple[tuple[str, Value], ...] = ()
    """Field of a source -> its text."""
    names: tuple[Names, ...] = ()
    id: Value = NOTHING
    type: Concept = Concept("SourceType")
    status: Concept = Concept("SourceStatus")
    date: Dated = Dated()
    is_stated: bool = True
    """Whether the mapping says where the source is named."""

    def of(self, row: Row) -> Named:
        """Return the source of a row."""
        if not self.is_stated:
            return self.table
        if self.anything:
            written = one(self.anything.of(row.parts))
            found = identifier(written)
            if not written:
                return self._sourceless(row)
            return _source((found,), "") if found else _source((), "", title=written)
        names = tuple(found for name in self.names for found in name.of(row))
        texts = {name: one(value.of(row.parts)) for name, value in self.texts}
        known_by = one(self.id.of(row.parts))
        if not texts.get("title") and not names and not known_by:
            return self._sourceless(row)
        kind, dated, status = self.type.of(row), self.date.of(row), self.status.of(row)
        day = dated.value if dated is not None else ""
        return _source(names, known_by, **texts, type=kind, date=day, status=status)

    def _sourceless(self, row: Row) -> Named:
        row.note("warning", "source-empty", "the row names no source; the table itself stands as the source")
        return self.table


def _source(names: tuple[Identifier, ...], key: str, *, title: str = "", **fields: str) -> Named:
    """Return a source by its strongest identifier, else by what the table knows it by, else by its title."""
    ids = (publication_id(**{name.kind: name.value}) for name in names if name.kind != "url")
    short_id = next(filter(None, ids), "")
    if not short_id and (names or key):
        short_id = label_id("source", key or names[0].value, folded=False)
    grouped: dict[str, Any] = {}
    for name in names:
        grouped[name.kind] = (*grouped.get(name.kind, ()), name.value)
    called = title or (_in_words(names[0]) if names else key)
    return Named(SourceRecord(id=short_id or label_id("source", title), title=title, **fields, **grouped), called, key)


def _in_words(name: Identifier) -> str:
    return f"{name.kind.upper()} {name.value}" if name.kind in ("doi", "pmid") else name.value


class Quotes(NamedTuple):
    """The words that are quoted."""

    value: Value = NOTHING
    at: Cell | None = None
    """Numbers of the items of a list that are quoted."""
    counted_from: int = 0
    prefix: Value = NOTHING
    suffix: Value = NOTHING
    start: Value = NOTHING
    end: Value = NOTHING
    is_bare: bool = True
    """Whether nothing but the words is named."""

    def of(self, row: Row, source: str) -> tuple[QuoteRecord, ...]:
        """Return the quotes of a row."""
        items = self.value.of(row.parts)
        found = self._picked(row, items, self.at.of(row.parts)) if self.at else many(items)
        if self.is_bare or not found:
            return tuple(QuoteRecord(source, words) for words in found)
        around = one(self.prefix.of(row.parts)), one(self.suffix.of(row.parts))
        span = _span(row, one(self.start.of(row.parts)), one(self.end.of(row.parts)))
        return tuple(QuoteRecord(source, words, *around, span if len(found) == 1 else None) for words in found)

    def _picked(self, row: Row, items: str | list[str], numbers: str | list[str]) -> list[str]:
        found = []
        for number in many(numbers):
            n = int(number) - self.counted_from if number.isdecimal() else -1
            if isinstance(items, list) and 0 <= n < len(items):
                found.append(items[n])
            else:
                row.note("warning", "quote-not-found", f"there is no item {shown(number)} to quote; left out")
        return [words for words in dict.fromkeys(found) if words]


def _span(row: Row, start: str, end: str) -> tuple[int, int] | None:
    if start.isdecimal() and end.isdecimal() and int(start) < int(end):
        return int(start), int(end)
    if start or end:
        message = f"{shown(start)} to {shown(end)} is no place of a quote; the words stand without it"
        row.note("warning", "place-not-understood", message)
    return None


class Topics(NamedTuple):
    """The topics that a claim names in one of its fields."""

    role: str
    value: Value
    kind: str = ""
    match: Cell | None = None

    def of(self, row: Row) -> Iterator[tuple[str, TopicRecord]]:
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


class Argument(NamedTuple):
    """What a row says of a second claim."""

    direction: Value
    target: Value
    directness: Concept

    def of(self, row: Row, premise: str, namespace: str) -> tuple[ArgumentRecord, ClaimRecord] | None:
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


# -------------------------------------------------------------------------------------------------------------- mapping


@dataclass(frozen=True)
class RowMapping:
    """A mapping compiled for the columns of a table, or of one of its repeated groups of columns."""

    namespace: str
    where: tuple[Condition, ...]
    claim: Value
    claim_may_lack: bool
    claim_kind: Concept
    stance: Stance
    agent: Agent | None
    source: Source
    id: Value
    evidence: Concept
    certainty: Concept
    date: Dated
    quotes: Quotes
    topics: tuple[Topics, ...]
    argument: Argument | None
    remark: Value
    repeated: tuple[Cell, ...]
    """The cells of the group of columns that is repeated."""

    def of(self, line: int | None, parts: Parts, findings: Findings) -> MappedRow | None:
        """Return the records of a row, None if it is left out or its claim or verdict is not understood."""
        row = Row(line, parts, findings)
        if not all(condition.holds(parts) for condition in self.where):
            findings.tally["left out"] += 1
            return None
        text = " ".join(one(self.claim.of(parts)).split())
        verdict = self.stance.of(row)
        if verdict is None or verdict.stance == SKIP or not text:
            self._leave_out(row, text, verdict)
            return None
        findings.tally[verdict.stance] += 1
        mapped = self._claim(row, text)
        if verdict.stance != CLAIM_ONLY:
            mapped = self._assertion(row, verdict, mapped)
        premise = mapped.assertion.id if mapped.assertion else mapped.claim.id
        found = self.argument.of(row, premise, self.namespace) if self.argument else None
        return mapped._replace(argument=found[0], target=found[1]) if found else mapped

    def is_empty(self, parts: Parts) -> bool:
        """Return True if a repeated group of columns has nothing in this row."""
        return bool(self.repeated) and not any(cell.of(parts) for cell in self.repeated)

    def _leave_out(self, row: Row, text: str, verdict: Verdict | None) -> None:
        if not text and verdict is not None and verdict.stance != SKIP and not self.claim_may_lack:
            way_out = "write it, delete the row, or state claim: {otherwise: skip}"
            row.note("violation", "claim-empty", f"the row has no claim; {way_out}")
        row.findings.tally["left out"] += 1

    def _claim(self, row: Row, text: str) -> MappedRow:
        """Return the claim and its topics; the scope is part of what the claim is."""
        topics = tuple(found for topics in self.topics for found in topics.of(row))
        if not topics:
            return MappedRow(row.line, ClaimRecord(id=claim_id(text), text=text, kind=self.claim_kind.of(row)), ())
        ids: dict[str, tuple[str, ...]] = {}
        for role, topic in topics:
            ids[role] = (*ids.get(role, ()), topic.id)
        scope = ["+".join(sorted(ids[role])) if role in ids else "" for role in _SCOPE]
        short_id = claim_id(text, *scope) if any(scope) else claim_id(text)
        claim = ClaimRecord(id=short_id, text=text, kind=self.claim_kind.of(row), **ids)  # type: ignore[arg-type]
        return MappedRow(row.line, claim, topics)

    def _assertion(self, row: Row, verdict: Verdict, mapped: MappedRow) -> MappedRow:
        key = one(self.id.of(row.parts))
        by = verdict.agent or self.agent
        named = by.of(row) if by else None
        source = self.source.of(row)
        evidence, certainty, when = self.evidence.of(row), self.certainty.of(row), self.date.of(row)
        quotes = self.quotes.of(row, source.record.id)
        remark = one(self.remark.of(row.parts))
        if key:
            short_id = label_id("assertion", key, folded=False)
        else:  # known by what it says: said twice in the same words, it is one assertion
            said = (
                verdict.stance,
                named.name if named else "",
                source.record.id,
                evidence,
                certainty,
                str(when),
                remark,
            )
            words = (str(part) for quote in quotes for part in quote[1:5])
            short_id = f"assertion-{digest(mapped.claim.id, *said, *words)}"
        agent = named or _anonymous(source.called)
        assertion = AssertionRecord(
            id=short_id,
            claim=mapped.claim.id,
            agent=agent.id,
            stance=verdict.stance,
            source=source.record.id,
            quotes=quotes,
            date=when.value if when is not None else "",
            evidence=evidence,
            certainty=certainty,
            note=remark,
        )
        return mapped._replace(
            assertion=assertion,
            key=key,
            agent=agent,
            is_named=named is not None,
            source=source.record,
            source_key=source.key,
        )


def _anonymous(source: str) -> AgentRecord:
    name = f"An unnamed voice in {source}"
    return AgentRecord(id=label_id("agent", name), name=name, kind="anonymous")


# ------------------------------------------------------------------------------------------------------------ compiling


def compiled(value: dict[str, Any], columns: Columns, path: Path, namespace: str) -> RowMapping:
    """Return the mapping `value` for a table at `path`; a column that is not there is noted in `columns`."""
    return _Compiler(columns, path, namespace).mapping(value)


class _Compiler:
    def __init__(self, columns: Columns, path: Path, namespace: str) -> None:
        self._columns, self._path, self._namespace = columns, path, namespace

    def mapping(self, value: dict[str, Any]) -> RowMapping:
        claim = value["claim"] if isinstance(value["claim"], dict) else {"column": value["claim"]}
        return RowMapping(
            namespace=self._namespace,
            where=self._columns.chosen(value.get("where", {}), ("where",)),
            claim=self._columns.value(claim, ("claim",)),
            claim_may_lack="otherwise" in claim,
            claim_kind=self._concept("ClaimKind", claim, "claim", "kind"),
            stance=self._stance(value.get("stance")),
            agent=self._agent(value.get("agent"), "agent"),
            source=self._source(value.get("source")),
            id=self._value(value, "id"),
            evidence=self._concept("EvidenceKind", value, "evidence"),
            certainty=self._concept("Certainty", value, "certainty"),
            date=self._dated(value, "date"),
            quotes=self._quotes(value.get("quote")),
            topics=tuple(self._topics(role, value[role]) for role in _ROLES if role in value),
            argument=self._argument(value.get("argument")),
            remark=self._value(value, "remark"),
            repeated=tuple(self._columns.starred),
        )

    def _value(self, spec: dict[str, Any], *way: str) -> Value:
        """Return the value of the key at the end of a way, which `spec` may have."""
        return self._columns.value(spec[way[-1]], way) if way[-1] in spec else NOTHING

    def _concept(self, scheme: str, spec: dict[str, Any], *way: str) -> Concept:
        """A `text` without cells is checked in the same way as a word of a column."""
        if spec.get(way[-1]) is None:
            return Concept(scheme)
        return Concept(scheme, self._value(spec, *way), _named(spec[way[-1]]), way)

    def _dated(self, spec: dict[str, Any], *way: str) -> Dated:
        written = spec.get(way[-1])
        if written is None:
            return Dated()
        order = written.get("order") if isinstance(written, dict) else None
        return Dated(self._value(spec, *way), _named(written), order)

    def _agent(self, spec: Any, *way: str) -> Agent | None:
        if spec is None:
            return None
        spec = spec if isinstance(spec, dict) else {"name": spec}
        return Agent(self._value(spec, *way, "name"), self._concept("AgentKind", spec, *way, "kind"))

    def _stance(self, spec: Any) -> Stance:
        if spec is None:
            return Stance()
        spec = spec if isinstance(spec, dict) else {"column": spec}
        value = self._columns.value({key: spec[key] for key in spec if key != "words"}, ("stance",))
        words = {
            word: Verdict(meaning.stance, self._agent(meaning.agent, "stance", "words"))
            for word, meaning in verdicts(spec.get("words")).items()
        }
        return Stance(value, _named(spec), words, Verdict(spec["otherwise"]) if "otherwise" in spec else None)

    def _source(self, spec: Any) -> Source:
        table = _source((), "", title=self._path.name, type="data set")
        if spec is None:
            return Source(table, is_stated=False)
        if isinstance(spec, str):
            return Source(table, self._columns.value(spec, ("source",)))
        keys = [key for key in ("title", "authors", "container", "publisher") if key in spec]
        return Source(
            table,
            texts=tuple((key, self._value(spec, "source", key)) for key in keys),
            names=tuple(
                Names(key, self._value(spec, "source", key), _named(spec[key])) for key in _NAMES if key in spec
            ),
            id=self._value(spec, "source", "id"),
            type=self._concept("SourceType", spec, "source", "type"),
            status=self._concept("SourceStatus", spec, "source", "status"),
            date=self._dated(spec, "source", "date"),
        )

    def _quotes(self, spec: Any) -> Quotes:
        if spec is None:
            return Quotes()
        value = self._columns.value(spec, ("quote",))
        if isinstance(spec, str):
            return Quotes(value)
        at = self._columns.cell(spec["at"], ("quote", "at")) if "at" in spec else None
        prefix, suffix, start, end = (self._value(spec, "quote", key) for key in ("prefix", "suffix", "start", "end"))
        return Quotes(value, at, spec.get("counted-from", 0), prefix, suffix, start, end, is_bare=False)

    def _topics(self, role: str, spec: Any) -> Topics:
        full = spec if isinstance(spec, dict) else {}
        match = self._columns.cell(full["match"], (role, "match")) if "match" in full else None
        return Topics(role, self._columns.value(spec, (role,)), full.get("kind", _ROLE_KINDS.get(role, "")), match)

    def _argument(self, spec: dict[str, Any] | None) -> Argument | None:
        if spec is None:
            return None
        direction, target = (self._value(spec, "argument", key) for key in ("direction", "target"))
        return Argument(direction, target, self._concept("Directness", spec, "argument", "directness"))


def _named(spec: Any) -> str:
    """Return how a message calls what a key of the mapping names."""
    if isinstance(spec, str):
        return f'"{spec}"'
    if "text" in spec:
        return f"the text {shown(spec['text'])}"
    names = spec["column"] if isinstance(spec["column"], list) else [spec["column"]]
    return listed([f'"{name}"' for name in names])
