"""Tables, read by a mapping file that says which column states what: a data set is a mapping file, never code.

The mapping file is described in docs/import.md, its shape in kg/readers/tables/schema.json.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import DataError
from kg.files import as_paths
from kg.model.ids import normal
from kg.model.records import SourceRecord
from kg.model.statements import Statements
from kg.namespaces import ID
from kg.readers import ParsedFile, RecordQuads, dataset_name, graph_name
from kg.readers.suggestions import shown
from kg.readers.tables import mapping as mapping_files
from kg.readers.tables import sheets
from kg.readers.tables.files import MEDIA_TYPES, format_of
from kg.readers.tables.row_mapping import compiled
from kg.readers.tables.rows import Columns, opened_rows
from kg.readers.tables.summary import Findings, by_kinds, described
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kg.errors import Problem
    from kg.files import Paths
    from kg.model.records import ClaimRecord, Record
    from kg.readers.tables.mapping import MappingFile
    from kg.readers.tables.row_mapping import RowMapping
    from kg.readers.tables.rows import OpenedRows
    from kg.readers.tables.summary import MappedRow

__all__ = ["Preview", "described", "preview", "propose", "read", "sheets"]


class Preview(NamedTuple):
    """Trial of a mapping: the records of a table's first rows, and the counts and problems of all of it."""

    mapped: tuple[MappedRow, ...]
    findings: Findings
    tier: Callable[[MappedRow], str] = by_kinds

    @property
    def rows(self) -> list[str]:
        """The records of the first rows as texts, each with the place of its row."""
        return [described(self.findings.path, row, self.tier) for row in self.mapped]

    @property
    def problems(self) -> list[Problem]:
        """Values that were not understood, by place."""
        return self.findings.finish()[:-1]

    @property
    def is_refused(self) -> bool:
        """True if a load would refuse the table."""
        return any(severity == "violation" for severity, _ in self.findings.kinds)

    def __str__(self) -> str:
        kinds = [f"{count:,} {rule} ({severity})" for (severity, rule), count in sorted(self.findings.kinds.items())]
        standing = ", ".join(f"{count:,} as {tier}" for tier, count in self.findings.standing.most_common())
        said = f"{self.findings.path}: {self.findings}\nnot understood: {', '.join(kinds) or 'nothing'}"
        return f"{said}\nwill stand: {standing}" if standing else said


def read(path: Path, *mapping: Path) -> ParsedFile:
    """Read a table by a mapping file, or by the name of one that ships with `kg`; by several, what all of them state.

    The rows are gone through when the quads are: then DataError tells of what cannot be loaded, by line, and
    UnreadableError of a file that is cut or in another encoding.  Raises DataError here for what is wrong with the
    mapping, or a column that the table does not have; UnreadableError for a file that cannot be read or is empty.
    """
    checked = mapping_files.load_all(mapping)
    dataset = dataset_name(path)
    graph, namespace = graph_name(path, dataset), f"{ID}{dataset}/"
    media_type = MEDIA_TYPES[format_of(path, checked[0].value.get("table", {}))]
    _check(path, checked)
    language = checked[0].value.get("language", "en")
    to = Statements(IRI(graph), namespace, language if isinstance(language, str) else "en")
    quads = RecordQuads(lambda: records(path, checked, namespace, to), to)
    return ParsedFile(
        path,
        media_type,
        dataset,
        namespace,
        quads,
        quads.problems,
        graphs=(graph,),
        read_by=tuple(dict.fromkeys(file.path for file in checked)),
    )


def preview(path: Path, mapping: Paths, count: int = 3, tier: Callable[[MappedRow], str] = by_kinds) -> Preview:
    """Return the records of the first `count` rows by mappings, and what was found in all rows; raises as `read`.

    `tier` tells at which tier a row will stand.
    """
    checked = mapping_files.load_all(as_paths(mapping))
    findings = Findings(path)
    seen = Described(findings)
    first: list[MappedRow] = []
    for row in mapped_rows(path, checked, findings, ID):
        if len(first) < count:
            first.append(row)
        if row.assertion and row.assertion.stance:
            findings.standing[tier(row)] += 1
        for _ in seen.records(row):  # ids that are given twice show only where records are put together
            pass
    for _ in seen.versions():
        pass
    return Preview(tuple(first), findings, tier)


def try_out(path: Path, text: str, count: int) -> Findings:
    """Return what is found in the first `count` rows by a mapping with this text; raises as `read`."""
    findings = Findings(path)
    seen = Described(findings)
    for row in islice(mapped_rows(path, mapping_files.checked(path, text).entries, findings, ID), count):
        for _ in seen.records(row):
            pass
    return findings


def propose(path: Path) -> str:
    """Return a mapping file for a table, guessed from its columns and their values; see `proposal.proposal`."""
    from kg.readers.tables.proposal import proposal

    return proposal(path, try_out)


def records(path: Path, mapping: Sequence[MappingFile], namespace: str, to: Statements) -> Iterator[Record | Problem]:
    """Yield the records of a table, row by row, and at the end what is wrong with it; raises as `read`.

    `to` writes each before the next is read; it is told the language of each row.
    """
    findings = Findings(path)
    seen = Described(findings)
    language = to.language
    for row in mapped_rows(path, mapping, findings, namespace):
        to.language = row.language or language
        yield from seen.records(row)
        to.language = language
    yield from seen.versions()
    yield from findings.finish()


def mapped_rows(path: Path, mapping: Sequence[MappingFile], findings: Findings, namespace: str) -> Iterator[MappedRow]:
    """Yield the rows of a table in their order as records; raises as `read`."""
    with opened_rows(path, mapping[0], findings) as opened:
        mappings = _compiled(path, mapping, opened, namespace)
        for line, parts in opened.rows:
            for each in mappings:
                if len(mappings) > 1 and each.is_empty(parts):
                    continue
                if (row := each.of(line, parts, findings)) is not None:
                    yield row


class Described:
    """Records of row after row, each of a claim, an agent, a source or a topic where it is first named."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._said: dict[str, int] = {}
        """Id -> a hash of the record."""
        self._titles: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        """Id of a claim that the table names -> its words."""
        self._works: defaultdict[str, dict[str, tuple[str, int | None]]] = defaultdict(dict)
        """Work -> the ids of its versions, each with its date and the line that first says so."""

    def records(self, row: MappedRow) -> Iterator[Record]:
        """Yield the records of a row that were not yielded before."""
        if row.source and row.source_work:
            self._works[row.source_work].setdefault(row.source.id, (row.source.date, row.line))
        if row.claim is None:
            yield from self._new(*filter(None, [row.source]))
            return
        if row.claim_key:
            self._note_other_words(row.claim, row.line)
        yield from self._claim(row.claim)
        yield from self._new(*(topic for _, topic in row.topics))
        if row.assertion and row.agent and row.source:
            self._note_differences(row, row.source)
            yield from self._new(row.source, row.agent)
            if row.study and row.paper:
                yield from self._new(row.paper)
                if self._is_first(row.study):
                    # The source may have been named before by a row that tells of no study.
                    yield from (row.study, SourceRecord(row.paper.id, reports=row.study.id))
            if row.key and not self._is_first(row.assertion):
                message = f'the id "{row.key}" names a row before this one too; an id names one row'
                self._findings.add("violation", "id-twice", message, row.line)
            yield row.assertion
        if row.argument and row.target:
            yield from self._new(row.target)
            yield row.argument

    def versions(self) -> Iterator[SourceRecord]:
        """Yield that each version of a work supersedes those before it that none supersedes yet, by their dates."""
        for work, sources in self._works.items():
            named = f"versions of {shown(work)}"
            for source, (date, line) in sources.items():
                if not date:
                    message = f"the source {source} has no date, and so no place among the {named}"
                    self._findings.add("warning", "version-without-date", message, line)
            latest: list[tuple[str, str]] = []
            for after, new in sorted((date, source) for source, (date, _) in sources.items() if date):
                unclear = [(before, old) for before, old in latest if after.startswith(before)]
                for before, old in unclear[-1:]:
                    dates = f"which of them is later cannot be told by {before} and {after}"
                    message = f"{old} and {new} are {named}, and {dates}; neither supersedes the other"
                    self._findings.add("warning", "versions-of-one-date", message, sources[new][1])
                # Of all that nothing is later than, so that none is left out of the order because another is unclear.
                for _, old in (each for each in latest if each not in unclear):
                    self._findings.superseded += 1
                    yield SourceRecord(id=new, supersedes=old)
                latest = [*unclear, (after, new)]

    def _note_other_words(self, claim: ClaimRecord, line: int | None) -> None:
        first = self._texts.setdefault(claim.id, claim.text)
        if normal(first) != normal(claim.text):
            message = f"{shown(claim.text)} has the id of {shown(first)}, whose words were kept; are they two claims?"
            self._findings.add("warning", "claim-of-two-texts", message, line)

    def _claim(self, claim: ClaimRecord) -> Iterator[ClaimRecord]:
        """Yield a claim; said again of other topics, it is about these too, and keeps its first words."""
        if self._is_first(claim):
            yield claim
        elif (claim.about or claim.same_as or claim.different_from) and self._said[claim.id] != hash(claim):
            yield claim._replace(text="", kind="")

    def _new(self, *found: Record) -> Iterator[Record]:
        return (record for record in found if self._is_first(record))

    def _is_first(self, record: Record) -> bool:
        """Return True if a record is the first of its id, and remember what it says."""
        if record.id in self._said:
            return False
        self._said[record.id] = hash(record)
        return True

    def _note_differences(self, row: MappedRow, source: SourceRecord) -> None:
        first = self._titles.setdefault(source.id, source.title) or source.title
        if source.title and normal(source.title) != normal(first):
            message = f"{shown(source.title)} has the identifier of {shown(first)}, whose title was kept; "
            self._findings.add("warning", "identifier-of-two-titles", message + "are they two publications?", row.line)
            return
        if self._said.get(source.id) not in (None, hash(source)):
            message = f"more or other is said of the source {source.id} than where it is first named; that was kept"
            self._findings.add("info", "source-differs", message, row.line)


def _check(path: Path, mapping: Sequence[MappingFile]) -> None:
    """Raise DataError for a column that is not there, before anything is written."""
    findings = Findings(path)
    with opened_rows(path, mapping[0], findings) as opened:
        _compiled(path, mapping, opened, ID)


def _compiled(path: Path, mapping: Sequence[MappingFile], opened: OpenedRows, namespace: str) -> list[RowMapping]:
    """Return the mappings of the rows, each for each repeated group of columns."""
    mappings: list[RowMapping] = []
    problems: list[Problem] = []
    for each in mapping:
        for star in map(str, each.value["repeat"]) if "repeat" in each.value else [None]:
            columns = Columns(each, opened.parts, star)
            mappings.append(compiled(each.value, columns, path, namespace))
            problems += columns.problems
    if problems:
        raise DataError(list(dict.fromkeys(problems)))
    return mappings
