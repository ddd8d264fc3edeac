"""Bring files into a store: one file is one source, wholly there or not at all, replaced as a whole.

After each load the shortcuts of `ontology/rules/` are derived anew, over all sources, in the same transaction.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg import readers
from kg.errors import DataError, Problem, UnreadableError, UsageError
from kg.files import read_bytes, read_text, sha256, shipped
from kg.namespaces import ASSESSMENTS, CATALOGUE, DERIVED, ONTOLOGY, SCHEMA, SYSTEM_GRAPHS
from kg.store import GraphEntry
from kg.store.rdf_io import RDF_SUFFIXES, parse
from kg.store.terms import IRI, Literal, Quad, in_graph
from kg.version import __version__

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    from kg.readers import Reading
    from kg.store import Dataset, Writer


class Loaded(NamedTuple):
    """What one load did."""

    entries: tuple[GraphEntry, ...]
    """The ledger entries of the graphs that were written."""
    replaced: tuple[GraphEntry, ...]
    """The ledger entries that stood before, of these graphs and of the same files."""
    warnings: tuple[Problem, ...]
    derived: int
    """How many shortcuts hold now."""


def load(store: Dataset, paths: Iterable[str | os.PathLike[str]]) -> Loaded:
    """Read `paths` (files, or folders of files), check them, and put each into a named graph of its own.

    Raises DataError with all problems if a claim file has any (nothing is written), UnreadableError for a missing
    file or broken RDF, StoreInUseError while another process writes.
    """
    return put(store, read_all(paths))


def put(store: Dataset, readings: Sequence[Reading]) -> Loaded:
    """Put what was read into the store; raises as `load` does."""
    violations = [problem for reading in readings for problem in reading.problems if problem.severity == "violation"]
    if violations:
        raise DataError(violations)
    warnings = tuple(problem for reading in readings for problem in reading.problems)
    graphs = [graph for reading in readings for graph in _by_graph(reading)]
    _refuse_clashes(graphs)
    with store.writing() as writer:
        replaced = tuple(_outdated(writer, {entry.graph for entry, _ in graphs}, {entry.path for entry, _ in graphs}))
        for entry in replaced:
            writer.drop(entry.graph)
        for entry, quads in graphs:
            writer.put(entry, quads)
        _put_ontology(writer)
        # A standing that was computed from other data is none: it is to be computed anew.
        writer.fill(ASSESSMENTS, [])
        derived = derive(writer)
    return Loaded(tuple(entry for entry, _ in graphs), replaced, warnings, derived)


def read_all(paths: Iterable[str | os.PathLike[str]]) -> list[Reading]:
    """Read files, and for a folder the claim files and RDF files that lie in it; see `kg.readers.read`."""
    files = [file for path in paths for file in _files(Path(path))]
    if not files:
        raise UsageError("nothing to load: name at least one file or folder")
    return [readers.read(file) for file in dict.fromkeys(files)]


def drop(store: Dataset, names: Iterable[str]) -> Loaded:
    """Remove named graphs and derive the shortcuts anew, in one transaction.

    Raises NotFoundError for a graph that is not in the ledger, UsageError for one that the program keeps itself.
    """
    graphs = {store.resolve_graph(name).value for name in names}
    if kept := graphs & set(SYSTEM_GRAPHS):
        raise UsageError(f"<{min(kept)}> is kept by kg itself; drop the graphs that it is made from")
    with store.writing() as writer:
        dropped = tuple(entry for entry in writer.entries() if entry.graph in graphs)
        for entry in dropped:
            writer.drop(entry.graph)
        writer.fill(ASSESSMENTS, [])
        return Loaded((), dropped, (), derive(writer))


def sources(store: Dataset) -> list[Reading]:
    """Read again the files that the store was loaded from, as far as they are still there and unchanged."""
    hashes = {Path(entry.path): entry.sha256 for entry in store.graphs()}
    return [
        readers.read(path) for path, digest in hashes.items() if path.is_file() and sha256(read_bytes(path)) == digest
    ]


def derive(writer: Writer) -> int:
    """Let the derived graph hold what the rules of `ontology/rules/`, in the order of their names, derive now."""
    graph = IRI(DERIVED)
    writer.fill(DERIVED, [])
    derived: set[Quad] = set()
    for rule in sorted(shipped("ontology").glob("rules/*.rq")):
        quads = [in_graph(triple, graph) for triple in writer.construct(read_text(rule))]
        writer.add(quads)
        derived.update(quads)
    return len(derived)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    # What is in an .xml file only its content tells; such a file is loaded when it is named.
    suffixes = RDF_SUFFIXES.keys() - {".xml"}
    found = [file for file in sorted(path.iterdir()) if readers.is_claim_file(file) or file.suffix in suffixes]
    if not found:
        raise UnreadableError(f"{path}: no claim file and no RDF file in this folder; name the file itself")
    return found


def _by_graph(reading: Reading) -> Iterator[tuple[GraphEntry, Sequence[Quad]]]:
    graphs: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in reading.quads:
        graphs[str(quad.graph_name)[1:-1]].append(quad)
    path = reading.path.resolve()
    digest = sha256(read_bytes(path))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for graph, quads in sorted(graphs.items()):
        yield (
            GraphEntry(
                graph=graph,
                dataset=reading.dataset,
                namespace=reading.namespace,
                path=str(path),
                media_type=reading.format,
                sha256=digest,
                triples=len(set(quads)),
                loaded_at=now,
                version=__version__,
            ),
            quads,
        )


def _refuse_clashes(graphs: Iterable[tuple[GraphEntry, Sequence[Quad]]]) -> None:
    paths: dict[str, str] = {}
    for entry, _ in graphs:
        if paths.setdefault(entry.graph, entry.path) != entry.path:
            message = (
                f"{entry.path} and {paths[entry.graph]} are both the graph {entry.graph}; load one of them, or rename"
            )
            raise DataError([Problem("violation", "graph-twice", message)])


def _outdated(writer: Writer, graphs: set[str], paths: set[str]) -> Iterator[GraphEntry]:
    return (entry for entry in writer.entries() if entry.graph in graphs or entry.path in paths)


def _put_ontology(writer: Writer) -> None:
    """Let the ontology graph hold the ontology that this version of `kg` ships."""
    graph = IRI(ONTOLOGY)
    files = sorted(path for path in shipped("ontology").rglob("*.ttl") if path.parent.name != "shapes")
    contents = [read_bytes(path) for path in files]
    digest = Quad(graph, IRI(SCHEMA + "sha256"), Literal(sha256(b"".join(contents))), IRI(CATALOGUE))
    if writer.holds(digest):
        return
    writer.drop(ONTOLOGY)
    quads = (quad for content in contents for quad in parse(content, "text/turtle"))
    writer.fill(ONTOLOGY, [in_graph(quad, graph) for quad in quads])
    writer.add([digest])
