"""Tables, read by a mapping file that says which column states what: a data set is a mapping file, never code.

The mapping file is described in docs/import.md, its shape in kg/readers/tables/schema.json.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import DataError
from kg.namespaces import ID
from kg.readers import Reading, dataset_name, graph_name
from kg.readers.tables import mapping as mapping_files
from kg.readers.tables.columns import Columns
from kg.readers.tables.preview import described
from kg.readers.tables.rows import opened_rows
from kg.readers.tables.sayings import Saying, Sayings
from kg.readers.tables.sources import MEDIA_TYPES, format_of
from kg.readers.tables.statements import Statements
from kg.readers.tables.summary import Findings
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem
    from kg.readers.tables.mapping import Mapping
    from kg.readers.tables.rows import Rows
    from kg.store.terms import Quad

__all__ = ["Preview", "described", "preview", "propose", "read"]


class Preview(NamedTuple):
    """Trial of a mapping: the first sayings of a table, and the counts and problems of all of it."""

    sayings: tuple[Saying, ...]
    findings: Findings

    @property
    def rows(self) -> list[str]:
        """The first sayings as texts, each with the place of its row."""
        return [described(self.findings.path, saying) for saying in self.sayings]

    @property
    def problems(self) -> list[Problem]:
        """What was not understood, by place."""
        return self.findings.finish()[:-1]

    @property
    def is_refused(self) -> bool:
        """Whether a load would refuse the table."""
        return any(severity == "violation" for severity, _ in self.findings.kinds)

    def __str__(self) -> str:
        kinds = [f"{count:,} {rule} ({severity})" for (severity, rule), count in sorted(self.findings.kinds.items())]
        return f"{self.findings.path}: {self.findings}\nnot understood: {', '.join(kinds) or 'nothing'}"


@dataclass(frozen=True)
class Quads:
    """The quads of a table, read anew each time; what is not understood is noted in `problems`."""

    path: Path
    mapping: Mapping
    graph: str
    namespace: str
    problems: list[Problem] = field(repr=False)

    def __iter__(self) -> Iterator[Quad]:
        """Yield the quads row by row; raise DataError at the end if a row is not to be loaded."""
        findings = Findings(self.path)
        self.problems.clear()
        language = self.mapping.value.get("language", "en")
        statements = Statements(IRI(self.graph), self.namespace, language, findings)
        for saying in sayings(self.path, self.mapping, findings):
            yield from statements.of(saying)
        self.problems[:] = findings.finish()
        findings.refuse()


def read(path: Path, mapping: Path) -> Reading:
    """Read a table by a mapping file, or by the name of one that ships with `kg`.

    The rows are gone through when the quads are: then DataError tells of what cannot be loaded, by line, and
    UnreadableError of a file that is cut or in another encoding.  Raises DataError here for what is wrong with the
    mapping, or a column that the table does not have; UnreadableError for a file that cannot be read or is empty.
    """
    checked = mapping_files.load(mapping)
    dataset = dataset_name(path)
    graph, namespace = graph_name(path, dataset), f"{ID}{dataset}/"
    media_type = MEDIA_TYPES[format_of(path, checked.value.get("table", {}))]
    _check(path, checked)
    problems: list[Problem] = []
    quads = Quads(path, checked, graph, namespace, problems)
    return Reading(path, media_type, dataset, namespace, quads, problems, graphs=(graph,), mapping=checked.path)


def preview(path: Path, mapping: Path, count: int = 3) -> Preview:
    """Return what the first `count` rows say by a mapping, and what was found in all of them; raises as `read`."""
    checked = mapping_files.load(mapping)
    findings = Findings(path)
    statements = Statements(IRI(graph_name(path, "preview")), ID, checked.value.get("language", "en"), findings)
    found = sayings(path, checked, findings)
    first = tuple(islice(found, count))
    for saying in (*first, *found):
        for _ in statements.of(saying):  # ids that are given twice show only where they are made
            pass
    return Preview(first, findings)


def propose(path: Path) -> str:
    """Return a mapping file for a table, guessed from its columns and their values; see `proposal.proposal`."""
    from kg.readers.tables.proposal import proposal

    return proposal(path)


def sayings(path: Path, mapping: Mapping, findings: Findings) -> Iterator[Saying]:
    """Yield what the rows of a table say, in their order; raises as `read`."""
    with opened_rows(path, mapping, findings) as opened:
        readers = _readers(path, mapping, findings, opened)
        for line, parts in opened.rows:
            for reader in readers:
                if len(readers) > 1 and reader.is_empty(parts):
                    continue
                if (saying := reader.of(line, parts)) is not None:
                    yield saying


def _check(path: Path, mapping: Mapping) -> None:
    """Raise DataError for a column that is not there, before anything is written."""
    findings = Findings(path)
    with opened_rows(path, mapping, findings) as opened:
        _readers(path, mapping, findings, opened)


def _readers(path: Path, mapping: Mapping, findings: Findings, opened: Rows) -> list[Sayings]:
    """Return a reader for the rows, or one for each repeated group of columns."""
    stars = [str(star) for star in mapping.value["repeat"]] if "repeat" in mapping.value else [None]
    columns = [Columns(mapping, opened.parts, star) for star in stars]
    readers = [Sayings(mapping.value, each, path, findings) for each in columns]
    if problems := [problem for each in columns for problem in each.problems]:
        raise DataError(list(dict.fromkeys(problems)))
    return readers
