"""RowMapping: a mapping compiled for the columns of one table, which makes records of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.ids import claim_id, digest, label_id
from kg.model.records import (
    AgentRecord,
    AssertionRecord,
    ClaimRecord,
)
from kg.readers.suggestions import is_pattern, listed, shown
from kg.readers.tables.keys import (
    NAMES,
    ROLE_KINDS,
    ROLES,
    SCOPE,
    AgentKey,
    ArgumentKey,
    ConceptKey,
    ConceptsKey,
    CountKey,
    DateKey,
    HedgeKey,
    LanguageKey,
    NamesKey,
    QuotesKey,
    SourceKey,
    StanceKey,
    TableRow,
    TopicsKey,
    TraceKey,
    Verdict,
    source_of,
)
from kg.readers.tables.rows import NOTHING, CellPath, Condition, Value, many, one, same
from kg.readers.tables.summary import SOURCE_ONLY, MappedRow
from kg.readers.tables.verdicts import CLAIM_ONLY, SKIP, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.model.records import TopicRecord
    from kg.readers.tables.rows import Columns, Parts
    from kg.readers.tables.summary import Findings


# -------------------------------------------------------------------------------------------------------------- mapping


_SHORT_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_CURIE = re.compile(r"[a-z0-9][a-z0-9-]*:[a-z0-9][a-z0-9-]*")


class ClaimKey(NamedTuple):
    """The claim of a row: its words, what names it, and the claims that it is said to be one with, or not."""

    text: Value = NOTHING
    kind: ConceptKey = ConceptKey("ClaimKind")
    id: Value = NOTHING
    same_as: Value = NOTHING
    different_from: Value = NOTHING
    may_lack: bool = False
    """True if rows without a claim are left out."""

    def of(self, row: TableRow, text: str, topics: Iterable[tuple[str, TopicRecord]]) -> tuple[ClaimRecord, str]:
        """Return the claim, and what the table knows it by; without that, the scope is part of what the claim is."""
        ids: dict[str, tuple[str, ...]] = {}
        for role, topic in topics:
            ids[role] = (*ids.get(role, ()), topic.id)
        scope = ["+".join(sorted(ids[role])) if role in ids else "" for role in SCOPE] if ids else []
        key = one(self.id.of(row.parts))
        if self.id is not NOTHING and not key:
            row.note("warning", "claim-id-empty", "the row does not name its claim; the words of the claim name it")
        own = label_id("claim", key, folded=False) if key else claim_id(text, *scope)
        claim = ClaimRecord(
            id=own,
            text=text,
            kind=self.kind.of(row),
            same_as=tuple(self._others(row, self.same_as, "same-as", own, key)),
            different_from=tuple(self._others(row, self.different_from, "different-from", own, key)),
            **ids,  # type: ignore[arg-type]
        )
        return claim, key

    def _others(self, row: TableRow, value: Value, name: str, own: str, key: str) -> Iterator[str]:
        """Yield the ids of the claims that a row names, each as its table does, or by its CURIE or its id.

        A row that names its own claim `own` says nothing of it by that.  What begins as `key`, by which the table knows
        that one, names one of the table, though it looks like a CURIE.
        """
        prefix = f"{key.partition(':')[0]}:" if _CURIE.fullmatch(key) else None
        for written in many(value.of(row.parts)):
            if prefix and written.startswith(prefix):
                other = label_id("claim", written, folded=False)
            elif _CURIE.fullmatch(written) or (self.id is NOTHING and _SHORT_ID.fullmatch(written)):
                other = written
            else:
                other = label_id("claim", written, folded=False) if self.id is not NOTHING else ""
            if other == own:
                row.note("warning", "names-itself", f"{name} names the claim of the row itself; left out")
            elif other:
                yield other
            else:
                message = f"{shown(written)} names no claim; write its id, of another folder its CURIE; left out"
                row.note("warning", f"{name}-not-understood", message)


@dataclass(frozen=True)
class RowMapping:
    """A mapping compiled for the columns of a table, or of one of its repeated groups of columns."""

    namespace: str
    where: tuple[Condition, ...]
    claim: ClaimKey
    stance: StanceKey
    agent: AgentKey | None
    source: SourceKey
    id: Value
    trace: TraceKey
    certainty: ConceptsKey
    hedged: HedgeKey
    date: DateKey
    quotes: QuotesKey
    topics: tuple[TopicsKey, ...]
    argument: ArgumentKey | None
    remark: Value
    language: LanguageKey
    repeated: tuple[CellPath, ...]
    """The cells of the group of columns that is repeated."""

    def of(self, line: int | None, parts: Parts, findings: Findings) -> MappedRow | None:
        """Return the records of a row, None if it is left out or its claim or verdict is not understood."""
        row = TableRow(line, parts, findings)
        if not all(condition.holds(parts) for condition in self.where):
            findings.tally["left out"] += 1
            return None
        if self.claim.text is NOTHING:
            return self._source_alone(row)
        texts = self.claim.text.of(parts)
        text = " ".join(one(texts).split())
        if len(many(texts)) > 1:
            message = f"the claim {shown(text)} is joined of {len(many(texts))} values; for a row each, each: COLUMN"
            row.note("warning", "claim-joined", message)
        verdict = self.stance.of(row)
        if verdict is None or verdict.stance == SKIP or not text:
            self._leave_out(row, text, verdict)
            return None
        findings.tally[verdict.stance] += 1
        topics = tuple(found for topics in self.topics for found in topics.of(row))
        claim, key = self.claim.of(row, text, topics)
        mapped = self._assertion(row, verdict, claim, MappedRow(row.line, claim, topics, claim_key=key))
        premise = mapped.assertion.id if mapped.assertion else claim.id
        found = self.argument.of(row, premise, self.namespace) if self.argument else None
        mapped = mapped._replace(language=self.language.of(row))
        return mapped._replace(argument=found[0], target=found[1]) if found else mapped

    def _source_alone(self, row: TableRow) -> MappedRow | None:
        """Return the source that a row of a list of sources names; one that is to state a status and does not, none."""
        named = self.source.named(row)
        if named is None or (self.source.status.value is not NOTHING and not named.record.status):
            row.findings.tally["left out"] += 1
            return None
        row.findings.tally[SOURCE_ONLY] += 1
        language = self.language.of(row)
        return MappedRow(row.line, source=named.record, source_key=named.key, source_work=named.work, language=language)

    @property
    def _said(self) -> tuple[Value, ...]:
        """Values that say something of a claim although the row has no stance and names nobody."""
        return self.quotes.value, self.date.value, self.trace.evidence.value, self.remark

    def is_empty(self, parts: Parts) -> bool:
        """Return True if a repeated group of columns has nothing in this row."""
        return bool(self.repeated) and not any(cell.of(parts) for cell in self.repeated)

    def _leave_out(self, row: TableRow, text: str, verdict: Verdict | None) -> None:
        if not text and verdict is not None and verdict.stance != SKIP and not self.claim.may_lack:
            way_out = "write it, delete the row, or state claim: {otherwise: skip}"
            row.note("violation", "claim-empty", f"the row has no claim; {way_out}")
        row.findings.tally["left out"] += 1

    def _assertion(self, row: TableRow, verdict: Verdict, claim: ClaimRecord, mapped: MappedRow) -> MappedRow:
        """Add who says what of the claim, and where; without a stance where the row states the claim alone."""
        key = one(self.id.of(row.parts))
        by = verdict.agent or self.agent
        named = by.of(row) if by else None
        is_alone = verdict.stance == CLAIM_ONLY
        source = self.source.named(row)
        if is_alone and not (named or source or any(one(value.of(row.parts)) for value in self._said)):
            return mapped
        source = source or self.source.lacking(row)
        stance = "" if is_alone else verdict.stance
        quotes = self.quotes.of(row, source.record.id)
        evidence, traced = self.trace.of(row, source, bool(quotes), bool(stance))
        if verdict.agent:  # who says so has not done the study
            evidence, traced = "", None
        certainty, when, hedge = self.certainty.of(row), self.date.of(row), self.hedged.of(row)
        remark, words = one(self.remark.of(row.parts)), self.stance.words_of(row)
        if key:
            short_id = label_id("assertion", key, folded=False)
        else:  # known by what it says: said twice in the same words, it is one assertion
            said = (
                stance,
                named.name if named else "",
                source.record.id,
                evidence,
                ", ".join(certainty),
                str(when),
                remark,
                *filter(None, [hedge, traced and traced.study.id]),
            )
            quoted = (str(part) for quote in quotes for part in quote[1:5])
            short_id = f"assertion-{digest(claim.id, *said, *quoted)}"
        is_own = traced is not None and traced.paper.id == source.record.id
        agent = named or (_authors(source.called) if is_own else _anonymous(source.called))
        assertion = AssertionRecord(
            id=short_id,
            claim=claim.id,
            agent=agent.id,
            stance=stance,
            source=source.record.id,
            quotes=quotes,
            date=when.value if when is not None else "",
            evidence=evidence,
            certainty=certainty,
            hedged=hedge,
            traced_to=traced.study.id if traced else "",
            note=tuple(filter(None, [remark, words and f'rated "{words}"'])),
        )
        return mapped._replace(
            assertion=assertion,
            key=key,
            agent=agent,
            is_named=named is not None or is_own,
            source=source.record,
            source_key=source.key,
            source_work=source.work,
            study=traced.study if traced else None,
            paper=traced.paper if traced else None,
        )


def _authors(source: str) -> AgentRecord:
    name = f"The authors of {source}"
    return AgentRecord(id=label_id("agent", name), name=name, kind="collective")


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
        claim = value.get("claim", {})
        claim = claim if isinstance(claim, dict) else {"column": claim}
        return RowMapping(
            namespace=self._namespace,
            where=self._columns.chosen(value.get("where", {}), ("where",)),
            claim=self._claim(claim),
            stance=self._stance(value.get("stance")),
            agent=self._agent(value.get("agent"), "agent"),
            source=self._source(value.get("source")),
            id=self._value(value, "id"),
            trace=self._trace(value),
            certainty=ConceptsKey(self._concept("Certainty", value, "certainty")),
            hedged=HedgeKey(self._value(value, "hedged")),
            date=self._dated(value, "date"),
            quotes=self._quotes(value.get("quote")),
            topics=tuple(self._topics(role, value[role]) for role in ROLES if role in value),
            argument=self._argument(value.get("argument")),
            remark=self._value(value, "remark"),
            language=self._language(value.get("language")),
            repeated=tuple(self._columns.starred),
        )

    def _claim(self, spec: dict[str, Any]) -> ClaimKey:
        if not spec:
            return ClaimKey()
        text, kind = self._columns.value(spec, ("claim",)), self._concept("ClaimKind", spec, "claim", "kind")
        key, same_as, other = (self._value(spec, "claim", name) for name in ("id", "same-as", "different-from"))
        return ClaimKey(text, kind, key, same_as, other, may_lack="otherwise" in spec)

    def _value(self, spec: dict[str, Any], *way: str) -> Value:
        """Return the value of the key at the end of a way, which `spec` may have."""
        return self._columns.value(spec[way[-1]], way) if way[-1] in spec else NOTHING

    def _concept(self, scheme: str, spec: dict[str, Any], *way: str) -> ConceptKey:
        """A `text` without cells is checked in the same way as a word of a column."""
        if spec.get(way[-1]) is None:
            return ConceptKey(scheme)
        return ConceptKey(scheme, self._value(spec, *way), _named(spec[way[-1]]), way)

    def _language(self, spec: Any) -> LanguageKey:
        if spec is None:
            return LanguageKey()
        value = Value(fixed=(spec,)) if isinstance(spec, str) else self._columns.value(spec, ("language",))
        return LanguageKey(value, _named(spec))

    def _dated(self, spec: dict[str, Any], *way: str) -> DateKey:
        written = spec.get(way[-1])
        if written is None:
            return DateKey()
        order = written.get("order") if isinstance(written, dict) else None
        return DateKey(self._value(spec, *way), _named(written), order)

    def _agent(self, spec: Any, *way: str) -> AgentKey | None:
        if spec is None:
            return None
        spec = spec if isinstance(spec, dict) else {"name": spec}
        return AgentKey(self._value(spec, *way, "name"), self._concept("AgentKind", spec, *way, "kind"))

    def _stance(self, spec: Any) -> StanceKey:
        if spec is None:
            return StanceKey()
        spec = spec if isinstance(spec, dict) else {"column": spec}
        value = self._columns.value(spec, ("stance",))._replace(words=None)
        found = {
            word: Verdict(meaning.stance, self._agent(meaning.agent, "stance", "words"))
            for word, meaning in verdicts(spec.get("words")).items()
        }
        words = {same(word): verdict for word, verdict in found.items() if not is_pattern(word)}
        patterns = tuple(
            (re.compile(word[1:-1], re.IGNORECASE), verdict) for word, verdict in found.items() if is_pattern(word)
        )
        otherwise = Verdict(spec["otherwise"]) if "otherwise" in spec else None
        return StanceKey(value, _named(spec), words, otherwise, patterns)

    def _source(self, spec: Any, way: str = "source") -> SourceKey:
        table = source_of((), "", title=self._path.name, type="data set")
        if spec is None:
            return SourceKey(table, is_stated=False)
        if isinstance(spec, str):
            return SourceKey(table, self._columns.value(spec, (way,)))
        keys = [key for key in ("title", "authors", "container", "publisher") if key in spec]
        return SourceKey(
            table,
            texts=tuple((key, self._value(spec, way, key)) for key in keys),
            names=tuple(NamesKey(key, self._value(spec, way, key), _named(spec[key])) for key in NAMES if key in spec),
            id=self._value(spec, way, "id"),
            versions_of=self._value(spec, way, "versions-of"),
            type=self._concept("SourceType", spec, way, "type"),
            status=self._concept("SourceStatus", spec, way, "status"),
            date=self._dated(spec, way, "date"),
            retracted=self._dated(spec, way, "retraction-date"),
            reasons=ConceptsKey(self._concept("RetractionReason", spec, way, "retraction-reason")),
        )

    def _trace(self, value: dict[str, Any]) -> TraceKey:
        people = CountKey(key="participants")
        if "participants" in value:
            people = CountKey(self._value(value, "participants"), _named(value["participants"]), "participants")
        origin = self._source(value["traced-to"], "traced-to") if "traced-to" in value else None
        kind, design = (self._concept("EvidenceKind", value, key) for key in ("evidence", "design"))
        return TraceKey(kind, design, people, origin)

    def _quotes(self, spec: Any) -> QuotesKey:
        if spec is None:
            return QuotesKey()
        value = self._columns.value(spec, ("quote",))
        if isinstance(spec, str):
            return QuotesKey(value)
        at = self._columns.cell(spec["at"], ("quote", "at")) if "at" in spec else None
        prefix, suffix, start, end = (self._value(spec, "quote", key) for key in ("prefix", "suffix", "start", "end"))
        return QuotesKey(value, at, spec.get("counted-from", 0), prefix, suffix, start, end, is_bare=False)

    def _topics(self, role: str, spec: Any) -> TopicsKey:
        full = spec if isinstance(spec, dict) else {}
        match = self._columns.cell(full["match"], (role, "match")) if "match" in full else None
        return TopicsKey(role, self._columns.value(spec, (role,)), full.get("kind", ROLE_KINDS.get(role, "")), match)

    def _argument(self, spec: dict[str, Any] | None) -> ArgumentKey | None:
        if spec is None:
            return None
        direction, target = (self._value(spec, "argument", key) for key in ("direction", "target"))
        return ArgumentKey(direction, target, self._concept("Directness", spec, "argument", "directness"))


def _named(spec: Any) -> str:
    """Return how a message calls what a key of the mapping names."""
    if isinstance(spec, str):
        return f'"{spec}"'
    if "text" in spec:
        return f"the text {shown(spec['text'])}"
    names = spec["column"] if isinstance(spec["column"], list) else [spec["column"]]
    return listed([f'"{name}"' for name in names])
