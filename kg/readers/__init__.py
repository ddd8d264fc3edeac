"""Files of many kinds become quads, with every problem and the place of every node."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kg.errors import DataError, Place, Problem, UnreadableError
from kg.files import read_start, unpacked
from kg.model.ids import short_id
from kg.namespaces import BASE
from kg.readers.detect import START, reader_of
from kg.store.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.model.records import Record
    from kg.model.statements import Statements
    from kg.store.syntax import RdfFile
    from kg.store.terms import Quad

_START = rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:#[^\n]*|---[ \t\r]*|%YAML[^\n]*)?\n)*"
_MARK = re.compile(_START + rb"claim-file[ \t]*:")
_OURS = re.compile(_START + rb"(?:claim|decision)-file[ \t]*:")


@dataclass(frozen=True)
class ParsedFile:
    """Quads and problems of one file, with the places of its records."""

    path: Path
    format: str
    """The media type of what was read."""
    dataset: str
    """The folder's name, which is also the prefix of its CURIEs."""
    namespace: str
    """Namespace of the dataset's individuals."""
    quads: Iterable[Quad]
    """Can be gone through again and again: a tuple, or for a big file something that reads it anew each time, and may
    raise KgError on the way.  Empty if a problem is a violation."""
    problems: Sequence[Problem] = ()
    """In the order of their places; of a big file it is complete once `quads` has been gone through."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Places of a node's record (by IRI), and of a key of it (by IRI, space, key)."""
    mappings: tuple[str, ...] = ()
    """CONSTRUCT queries to be applied to what the file says: what another vocabulary says, in ours."""
    graphs: tuple[str, ...] = ()
    """The named graphs of `quads`; those that are held tell it themselves."""
    read_by: tuple[Path, ...] = ()
    """The mapping files by which a table was read."""
    sha256: str = ""
    """Of the bytes that were read; empty where the file was not read as a whole."""
    text_files: Mapping[str, Path] = field(default_factory=dict)
    """Source, by IRI -> the file beside this one that has its text."""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    """Those that the file declares -> their namespaces."""
    datasets: Collection[str] = ()
    """Names of the datasets whose individuals an RDF file describes, which an export of several has."""
    document: RdfFile | None = None
    """The same as `quads` for the store's own fast loader, where a file can be loaded as it is."""

    def graph_names(self) -> list[str]:
        """Return the IRIs of the named graphs that the file fills."""
        return list(self.graphs) or sorted({str(quad.graph_name)[1:-1] for quad in self.quads})


@dataclass(frozen=True)
class RecordQuads:
    """Quads of a file's records, which are read anew each time they are gone through."""

    records: Callable[[], Iterator[Record | Problem]]
    statements: Statements
    problems: list[Problem] = field(default_factory=list, repr=False)
    """Those of the last time."""

    def __iter__(self) -> Iterator[Quad]:
        """Yield the quads; DataError in the end, which undoes what was written, tells of violations."""
        yield from self._stated()
        if violations := [problem for problem in self.problems if problem.severity == "violation"]:
            raise DataError(violations)

    def held(self) -> tuple[Quad, ...]:
        """Return all quads, whatever the problems."""
        return in_order(self._stated())

    def _stated(self) -> Iterator[Quad]:
        self.problems.clear()
        for found in self.records():
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                yield from self.statements.of(found)


def read(path: Path, *mapping: Path) -> ParsedFile:
    """Read one file by its kind (`kg.readers.detect`), or a table by mapping files.

    Problems of the data are in the ParsedFile.  Raises UnreadableError for a missing file or broken syntax, UsageError
    for a kind that no reader knows.
    """
    return next(read_files([(path, mapping)]))


def read_files(files: Iterable[tuple[Path, Sequence[Path]]]) -> Iterator[ParsedFile]:
    """Yield what `read` returns for each file and its mappings; the claim files of a folder are parsed once for all."""
    indexes: dict[Path, Any] = {}
    for path, mapping in files:
        if mapping:
            yield import_module(_TABLES).read(path, *mapping)
        elif (name := reader_of(path)) == _CLAIM_FILES:
            module = import_module(name)
            if path.parent not in indexes:
                indexes[path.parent] = module.Index(path.parent)
            yield module.read(path, index=indexes[path.parent])
        else:
            yield import_module(name).read(path)


_CLAIM_FILES, _TABLES = "kg.readers.claim_files", "kg.readers.tables"


def is_claim_file(path: Path) -> bool:
    """Return True if `path` is a YAML file whose first key is `claim-file`; UnreadableError if it cannot be read."""
    return _may_be_claim_file(path) and bool(_MARK.match(read_start(path, START)))


def is_written_by_hand(path: Path) -> bool:
    """Return True if `path` is a claim file or a decision file; UnreadableError if it cannot be read."""
    return _may_be_claim_file(path) and bool(_OURS.match(read_start(path, START)))


def claim_file_content(path: Path) -> bytes | None:
    """Return the bytes of a claim file, None for any other file; UnreadableError if it cannot be read."""
    if not _may_be_claim_file(path):
        return None
    with unpacked(path) as stream:
        start = stream.read(START)
        return start + stream.read() if _MARK.match(start) else None


def _may_be_claim_file(path: Path) -> bool:
    return path.suffix.lower() in (".yaml", ".yml") and path.is_file()


def dataset_name(path: Path) -> str:
    """Return the dataset that a file belongs to by default: the name of its folder, as a short id.

    It is lower-cased and its accents are folded ("ücafé" gives "ucafe"); other characters become hyphens.
    """
    return short_id(path.resolve().parent.name) or "data"


def graph_name(path: Path, dataset: str, base: str = BASE) -> str:
    """Return the IRI of the graph that holds what `path` says: base + "graph/" + dataset + "/" + file name."""
    return f"{base}graph/{dataset}/{quote(path.name)}"


def in_order(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return each quad once, by subject, then by property with types first: no order of the file shows."""
    return tuple(sorted(set(quads), key=_order))


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    return str(quad.subject).strip("<>"), quad.predicate != TYPE, quad.predicate.value, str(quad.object)


def broken(path: Path, line: int | None, message: str) -> UnreadableError:
    """Return the error for what is wrong at a line of a file."""
    return UnreadableError(f"{Place(str(path), line)}: {message}")
