"""Loading of files into a store: one file is one source, loaded and replaced atomically.

What follows from the data is derived again after each load (`kg.derivation`), in the same transaction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg import readers
from kg.derivation import derive
from kg.derivation.rules import rules
from kg.errors import DataError, KgError, Place, Problem, UnreadableError, UsageError
from kg.files import as_paths, file_sha256, read_bytes, read_start, sha256, shipped
from kg.model.vocabulary import DERIVED as DERIVED_PROPERTIES
from kg.namespaces import CATALOG, DCTERMS, GRAPH, ID, ONTOLOGY, SCHEMA, SYSTEM_GRAPHS, shrink
from kg.readers import graph_name
from kg.readers.alignments import FUNCTIONS
from kg.readers.detect import BIBLIOGRAPHIES, RDF, reader_of, suffix_of
from kg.readers.encodings import stated, stated_encoding
from kg.readers.normalize import home
from kg.readers.tables import sheets
from kg.store import GraphRecord
from kg.store.catalog import declaration, passed_over
from kg.store.syntax import parse
from kg.store.terms import IRI, Literal, Quad, in_graph
from kg.store.written import Forms
from kg.validate.batches import narrowed
from kg.version import __version__

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.files import Paths
    from kg.readers import ParsedFile
    from kg.store import Store, Writer
    from kg.store.syntax import RdfFile

_DERIVED_NAMES = [*(names.line for names in DERIVED_PROPERTIES.values()), "counteredBy"]
_LINES = re.compile(rf"(?:hc:|ontology#)(?:{'|'.join(_DERIVED_NAMES)})\b".encode())
"""Properties that kg alone states: a file that has one is an export."""
_SECTION = re.compile(rb"^(?:claims|assertions|arguments) *:", re.MULTILINE)
"""Beginning of a section that only claim files have."""
_DECIDING = re.compile(rb"^decision-file *:", re.MULTILINE)
_TABLES = (".csv", ".tsv", ".tab", ".xlsx")
"""Endings by which a table is known before it is opened."""
_BIBLIOGRAPHIES = "kg.readers.bibliographies"
_LOADED_IF_NAMED = {_BIBLIOGRAPHIES: "a bibliography", "kg.readers.argument_maps": "an argument map"}
"""Readers of files that lie in a folder beside what is loaded with it -> what these files are."""
_LOOKED_AT = 4 << 20
"""Bytes of a file that are looked at."""

REPAIRS = ("iri-repaired", "byte-order-mark")
"""Rules of warnings that something was repaired, which `strict` refuses."""


class Loaded(NamedTuple):
    """Outcome of one load."""

    entries: tuple[GraphRecord, ...]
    """The records of the graphs that were written."""
    replaced: tuple[GraphRecord, ...]
    """The records that stood before, of these graphs and of the same files."""
    warnings: tuple[Problem, ...]
    derived: int
    """Number of derived triples now."""
    pruned: tuple[GraphRecord, ...] = ()
    """The records of graphs that went because their files are no longer there."""


def load(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    *,
    mapping: Paths = (),
    strict: bool = False,
    prune: bool = False,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Loaded:
    """Read `paths` (files, or folders of files), check them, and put each into a named graph of its own.

    Tables are read by the mapping file `mapping`, or by several, once.  What can be repaired is repaired, with a
    warning, unless `strict`.
    With `prune`, graphs go whose files were loaded from one of the folders and are no longer there.
    Text files that state none themselves are read in `encoding`, if it is given, and of spreadsheets the `sheet`.

    Raises DataError with all problems if a file has any (nothing is written), UnreadableError for a missing file or
    broken RDF, StoreInUseError while another process writes.
    """
    named = [Path(path) for path in paths]
    folders = {path.resolve() for path in named if path.is_dir()}
    if prune and not folders:
        raise UsageError("what is no longer there is looked for in folders: name one with --prune")
    with stated(encoding), sheets.stated(sheet):
        readings = read_all(named, mapping)
        loaded = put(store, readings, strict=strict, prune=folders if prune else ())
    taken = {path.resolve() for path in (*named, *(reading.path for reading in readings))}
    known = {Path(entry.path) for entry in store.graphs()} - taken
    emptied = {path for path in known if path.parent in folders and _is_other_yaml(path)}
    return loaded._replace(warnings=(*loaded.warnings, *_left_out(folders, taken | (known - emptied), emptied)))


def put(store: Store, readings: Sequence[ParsedFile], *, strict: bool = False, prune: Collection[Path] = ()) -> Loaded:
    """Put what was read into the store, and let graphs go whose files were in the folders `prune`; raises as `load`."""
    _refuse(problem for reading in readings for problem in reading.problems if problem.severity == "violation")
    readings, shared = _told_apart(store, readings)
    planned = [(reading, list(_entries(reading))) for reading in readings]
    entries = [entry for _, planned_entries in planned for entry in planned_entries]
    _refuse_clashes(entries)
    with store.writing() as writer:
        _refuse_others(writer, entries)
        paths = {str(reading.path.resolve()) for reading in readings}
        replaced = tuple(_outdated(writer, {entry.graph for entry in entries}, paths))
        pruned = tuple(record for record in gone(writer.records()) if Path(record.path).parent in prune)
        writer.drop(*(entry.graph for entry in (*replaced, *pruned)))
        written = [entry for reading, new in planned for entry in _write(writer, reading, new)]
        warnings = [*(problem for reading in readings for problem in reading.problems), *shared]
        if strict:
            _refuse(problem for problem in warnings if problem.rule in REPAIRS)
        is_new = _put_ontology(writer)
        derived = derive(writer, again=is_new)
        records = writer.records()
        warnings += [*_nothing_said(readings, written), *_passed_over(records, paths), *gone_files(records)]
    return Loaded(tuple(written), replaced, tuple(warnings), derived, pruned)


def _told_apart(store: Store, readings: Sequence[ParsedFile]) -> tuple[list[ParsedFile], list[Problem]]:
    """Return the readings with two ids for two titles that bibliographies of one folder give one identifier."""
    kept: dict[int, ParsedFile] = {}
    problems: list[Problem] = []
    titles: dict[IRI, dict[str, str]] = {}
    # By the names of the files, so that the order in which they are named makes no difference.
    for number, reading in sorted(enumerate(readings), key=lambda one: one[1].path):
        if reading.format in BIBLIOGRAPHIES.values():
            from kg.readers.bibliographies import told_apart

            nodes = [IRI(node) for node in reading.places]
            own = {str(reading.path.resolve()), *(str(other.path.resolve()) for other in readings)}
            beside = [record for record in store.graphs() if record.namespace == reading.namespace]
            graphs = [IRI(record.graph) for record in beside if record.path not in own]
            stated = (quad for graph in graphs for node in nodes for quad in store.about(node, graph))
            known = [quad for quad in stated if quad.predicate.value == DCTERMS + "title"]
            reading, found = told_apart(reading, titles, known)
            problems += found
        kept[number] = reading
    return [kept[number] for number in range(len(readings))], problems


def read_all(paths: Iterable[str | os.PathLike[str]], mapping: Paths = ()) -> list[ParsedFile]:
    """Read files, and for a folder the claim files and RDF files that lie in it; see `kg.readers.read`."""
    files = [file for path in paths for file in _files(Path(path))]
    if not files:
        raise UsageError("nothing to load: name at least one file or folder")
    by = as_paths(mapping)
    return list(readers.read_files((file, by) for file in dict.fromkeys(files)))


def drop(store: Store, names: Iterable[str]) -> Loaded:
    """Remove named graphs and derive again what follows from the rest, in one transaction.

    Raises NotFoundError for a graph that is not in the catalog, UsageError for one that the program keeps itself.
    """
    graphs = {store.resolve_graph(name).value for name in names}
    if kept := graphs & set(SYSTEM_GRAPHS):
        raise UsageError(f"<{min(kept)}> is kept by kg itself; drop the graphs that it is made from")
    with store.writing() as writer:
        dropped = tuple(entry for entry in writer.records() if entry.graph in graphs)
        writer.drop(*(entry.graph for entry in dropped))
        return Loaded((), dropped, (), derive(writer, again=_put_ontology(writer)))


_SAYING = (
    "SELECT DISTINCT ?graph WHERE {\n  VALUES ?node { UNDEF }\n  GRAPH ?graph { ?node ?property ?value }\n}",
    "SELECT DISTINCT ?graph WHERE {\n  VALUES ?node { UNDEF }\n  GRAPH ?graph { ?owner hc:quote ?node }\n}",
)


class LoadedPart(NamedTuple):
    """Part of a store that some of its files describe."""

    paths: tuple[str, ...]
    """Files, by the paths of the catalog."""
    nodes: frozenset[str]
    """IRIs of the nodes that they describe."""
    graphs: frozenset[str]
    """Named graphs that say something of these nodes, or have them as quotes."""


def loaded_part(store: Store, paths: Iterable[str | os.PathLike[str]]) -> LoadedPart:
    """Return what the store has from `paths`, files or folders of files.

    Raises UsageError for a file that the store was not loaded from, or that was edited since.
    """
    known = defaultdict[str, list[GraphRecord]](list)
    for entry in store.graphs():
        known[entry.path].append(entry)
    files = dict.fromkeys(file for path in paths for file in _files(Path(path)))
    for file in files:
        entries = known.get(str(file.resolve()))
        if not entries:
            raise UsageError(f"{file} is not in the store; load it first, or check it alone, without --store or --all")
        if not file.is_file() or file_sha256(file) != entries[0].sha256:
            raise UsageError(f"{file} is not what was loaded from it; load it again first")
    named = tuple(str(file.resolve()) for file in files)
    stated = (quad for path in named for entry in known[path] for quad in store.quads(IRI(entry.graph)))
    nodes = {quad.subject for quad in stated if isinstance(quad.subject, IRI)}
    names = frozenset(node.value for node in nodes)
    asked = (query for text in _SAYING for query in narrowed(text, names))
    graphs = frozenset(row["graph"].value for query in asked for row in store.select(query))
    return LoadedPart(named, names, graphs)


def sources(store: Store, graphs: Collection[str] | None = None) -> list[ParsedFile]:
    """Read again the files that the store was loaded from, as far as they are still there and unchanged.

    With `graphs`, those of these named graphs alone.
    """
    known = {Path(entry.path): entry for entry in store.graphs() if graphs is None or entry.graph in graphs}
    ways: defaultdict[tuple[str, str], list[tuple[Path, tuple[Path, ...]]]] = defaultdict(list)
    for path, entry in known.items():
        mapping = as_paths(entry.mapping.splitlines())
        if path.is_file() and file_sha256(path) == entry.sha256 and all(file.is_file() for file in mapping):
            ways[entry.encoding, entry.sheet].append((path, mapping))
    found: list[ParsedFile] = []
    for (encoding, sheet), files in ways.items():
        with stated(encoding or None), sheets.stated(sheet or None):
            found += readers.read_files(files)
    return found


def gone(records: Iterable[GraphRecord]) -> list[GraphRecord]:
    """Return the records of graphs whose file was renamed or removed: its folder is there, and it is not."""
    return [record for record in records if not Path(record.path).exists() and Path(record.path).parent.is_dir()]


def gone_files(records: Iterable[GraphRecord]) -> list[Problem]:
    """Return a warning for each graph that still says what a file said which is no longer there."""
    return [
        Problem(
            "warning",
            "file-gone",
            f"the store still has what the file said ({record.triples:,} triples), and the file is no longer there;"
            f" kg drop {shrink(record.graph)}, or kg load --prune with its folder",
            Place(record.path),
        )
        for record in gone(records)
    ]


def edited_files(records: Iterable[GraphRecord]) -> list[Problem]:
    """Return a warning for each file that says something else now than the store has from it."""
    loaded = {record.path: record.sha256 for record in records}
    return [
        Problem("warning", "file-edited", "the store has what the file said before; load it again", Place(path))
        for path, digest in loaded.items()
        if Path(path).is_file() and file_sha256(Path(path)) != digest
    ]


def _files(path: Path) -> list[Path]:
    try:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found = [file for file in inside if _is_loaded(file)] if path.is_dir() else inside
        found = found or [file for file in inside if _reader(file) == _BIBLIOGRAPHIES]
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not found:
        raise UnreadableError(
            f"{path}: no claim file, no RDF file and no bibliography in this folder; {_why_none(path)}"
        )
    for file in found:
        # The graph and the catalog are named by them, in Unicode.
        if not _is_text(str(file.resolve())):
            raise UnreadableError(f"{file}: its name, or that of a folder above it, is not UTF-8; rename it")
    return found


def _why_none(folder: Path) -> str:
    """Return what lies in a folder of which nothing is loaded, and what to do."""
    files = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
    for file in files:
        if file.is_symlink() and not file.exists():
            return f"{file.name} is a link to {file.readlink()}, which is not there"
        if suffix_of(file) in (".yaml", ".yml") and file.is_file():
            return (
                f"{file.name} is no claim file, which begins with the line claim-file: 1; add it,"
                f" or if this is a table: kg map {file}"
            )
    return "it is empty" if not files else f"name the file itself, such as {files[0]}"


def _is_loaded(file: Path) -> bool:
    """Return True if a file is loaded with its folder.

    What is in an .xml file only its content tells; such a file is loaded when it is named.  A pipe is nothing to read.
    """
    is_rdf = suffix_of(file) in set(RDF) - {".xml"} and (file.is_file() or file.is_symlink())
    return (is_rdf and not _is_export(file)) or readers.is_written_by_hand(file)


def _is_export(file: Path) -> bool:
    """Return True if a file in RDF states what kg alone derives, and so was written by kg export."""
    return file.is_file() and bool(_LINES.search(read_start(file, _LOOKED_AT)))


def _is_other_yaml(path: Path) -> bool:
    """Return True for a file of YAML that is there and begins as neither a claim file nor a decision file."""
    return suffix_of(path) in (".yaml", ".yml") and path.is_file() and not readers.is_written_by_hand(path)


def _left_out(folders: Iterable[Path], taken: Collection[Path], emptied: Collection[Path]) -> Iterator[Problem]:
    """Yield a warning for each file of a folder that looks as if it were to be loaded with it, and is not.

    Of those `emptied` the store has what they said before.
    """
    for file in (file for folder in folders for file in sorted(folder.iterdir()) if file.resolve() not in taken):
        reason = ""
        if file.is_symlink() and not file.exists():
            reason = f"it is a link to {file.readlink()}, which is not there"
        elif suffix_of(file) in RDF and file.is_file() and _is_export(file):
            reason = "it is an export of kg; name the file itself to load it"
        elif file.resolve() in emptied:
            reason = (
                "it begins with no claim-file: 1 or decision-file: 1 any more, and the store has what it said before"
            )
            reason += "; write that line, or take it out with kg drop"
        elif _is_of_decisions(file):
            reason = "it does not begin with the line decision-file: 1; add it"
        elif suffix_of(file) in (".yaml", ".yml") and file.is_file() and _SECTION.search(read_start(file, _LOOKED_AT)):
            reason = "" if readers.is_written_by_hand(file) else "it does not begin with the line claim-file: 1; add it"
        elif suffix_of(file) in _TABLES and file.is_file():
            reason = "a table is loaded if it is named, with a mapping (kg map proposes one)"
        elif what := _LOADED_IF_NAMED.get(_reader(file)):
            reason = f"beside claim files or RDF {what} is loaded if it is named"
        if reason:
            yield Problem("warning", "left-out", f"left out: {reason}", Place(str(file)))


def _is_of_decisions(file: Path) -> bool:
    """Return True for a file that was meant to be one of decisions, by its name or a key, and does not begin as one."""
    named = file.stem.lower() == "decisions"
    return _is_other_yaml(file) and (named or bool(_DECIDING.search(read_start(file, _LOOKED_AT))))


def _reader(file: Path) -> str:
    """Return the module that reads a file, "" if there is none."""
    try:
        return reader_of(file) if file.is_file() else ""
    except KgError:
        return ""


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _entries(reading: ParsedFile) -> Iterator[GraphRecord]:
    """Yield the records of the graphs that a file fills; how many triples each has is counted when it is."""
    path = reading.path.resolve()
    digest = reading.sha256 or file_sha256(path)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for graph in reading.graph_names():
        dataset = home(graph, reading.dataset, reading.datasets)
        yield GraphRecord(
            graph=graph,
            dataset=dataset,
            namespace=f"{ID}{dataset}/" if reading.datasets else reading.namespace,
            path=str(path),
            media_type=reading.format,
            sha256=digest,
            triples=0,
            loaded_at=now,
            version=__version__,
            mapping="\n".join(str(file.resolve()) for file in reading.read_by),
            encoding=stated_encoding() or "",
            sheet=(sheets.stated_sheet() or "") if reading.read_by else "",
            declared=declaration(reading.prefixes, reading.datasets),
        )


def _write(writer: Writer, reading: ParsedFile, entries: Sequence[GraphRecord]) -> list[GraphRecord]:
    """Fill the graphs of one file: with what it says, and with what that says in our words."""
    graphs = [entry.graph for entry in entries]
    if reading.document is None:
        _add_noting(writer, reading)
    else:
        _load_as_it_is(writer, reading, reading.document)
    mapped = graph_name(reading.path, reading.dataset)
    for mapping in reading.mappings:
        made = writer.construct(mapping, sorted({*graphs, mapped}), functions=FUNCTIONS)
        # Of an export the graph that a mapping filled is one of the file's: what it holds is not said once more.
        exported = [IRI(graph) for graph in graphs if graph.startswith(GRAPH) and graph != mapped]
        writer.add(
            [
                in_graph(triple, IRI(mapped))
                for triple in made
                if not any(writer.holds(in_graph(triple, graph)) for graph in exported)
            ]
        )
    if reading.mappings and mapped not in graphs and writer.count(mapped):
        entries = [*entries, entries[0]._replace(graph=mapped)]
    return writer.enter_all(entries)


def _load_as_it_is(writer: Writer, reading: ParsedFile, document: RdfFile) -> None:
    """Load a document straight into tables; where it needs repair after all, quad by quad."""
    try:
        writer.load(document)
    except UnreadableError:
        _add_noting(writer, reading)


def _add_noting(writer: Writer, reading: ParsedFile) -> None:
    """Add what a file says, and note of the values that the store keeps in another form how they were written."""
    forms = Forms()
    writer.add(forms.noting(reading.quads))
    writer.add(forms.noted(reading.quads))


def _refuse(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise DataError(found)


def _refuse_clashes(entries: Iterable[GraphRecord]) -> None:
    paths: dict[str, str] = {}
    for entry in entries:
        if paths.setdefault(entry.graph, entry.path) != entry.path:
            message = (
                f"{entry.path} and {paths[entry.graph]} are both the graph {entry.graph}; load one of them, or rename"
            )
            raise DataError([Problem("violation", "graph-twice", message)])


def _refuse_others(writer: Writer, entries: Iterable[GraphRecord]) -> None:
    """Raise DataError for a graph that another file fills, which is still there: it would be gone without a word."""
    known = {entry.graph: entry.path for entry in writer.records()}
    for entry in entries:
        other = known.get(entry.graph, entry.path)
        if other != entry.path and Path(other).is_file():
            message = (
                f"{entry.path} would replace {other} in the graph {entry.graph}; rename its folder or file,"
                f" or remove the other first: kg drop {entry.graph}"
            )
            raise DataError([Problem("violation", "graph-of-another-file", message)])


def _nothing_said(readings: Iterable[ParsedFile], written: Iterable[GraphRecord]) -> Iterator[Problem]:
    filled = {entry.path for entry in written if entry.triples}
    for reading in readings:
        if str(reading.path.resolve()) not in filled:
            yield Problem("warning", "nothing-said", "the file says nothing", Place(str(reading.path)))


def _passed_over(records: Iterable[GraphRecord], paths: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each prefix of the files that were loaded which means something else in the store."""
    for path, prefix, space in sorted({(record.path, prefix, space) for record, prefix, space in passed_over(records)}):
        if path in paths:
            message = f"its prefix {prefix}: is <{space}> in this store; write IRIs in full in queries"
            yield Problem("warning", "prefix-taken", message, Place(path))


def _outdated(writer: Writer, graphs: set[str], paths: set[str]) -> Iterator[GraphRecord]:
    return (entry for entry in writer.records() if entry.graph in graphs or entry.path in paths)


def _put_ontology(writer: Writer) -> bool:
    """Bring the ontology graph to the ontology that this version of `kg` ships; return False if it, and the rules, are.

    The version counts among the rules: that of a dispute is in Python.
    """
    graph = IRI(ONTOLOGY)
    files = sorted(path for path in shipped("ontology").rglob("*.ttl") if path.parent.name != "shapes")
    contents = [read_bytes(path) for path in files]
    known = [*contents, *(rule.text.encode() for rule in rules()), __version__.encode()]
    digest = Quad(graph, IRI(SCHEMA + "sha256"), Literal(sha256(b"".join(known))), IRI(CATALOG))
    if writer.holds(digest):
        return False
    writer.drop(ONTOLOGY)
    quads = (quad for content in contents for quad in parse(content, "text/turtle"))
    writer.fill(ONTOLOGY, [in_graph(quad, graph) for quad in quads])
    writer.add([digest])
    return True
