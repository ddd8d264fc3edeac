"""Transactions on a SPARQL server: staged in graphs of their own first, then visible with one request.

A SPARQL server has no transaction over several requests.  So a write goes, in batches, to graphs that the catalog
does not name; at the end one update request moves these into their places and replaces the catalog.  Oxigraph carries
out a request atomically.  Virtuoso carries out its parts one after the other: if it is stopped among these, `kg verify`
finds graphs that are not what the catalog says, and loading again fixes it.

Nor has it a lock: a writer leaves a note in a graph of its own, which other writers find.  Who has the note sweeps what
writers that were killed left out of sight.
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import pyoxigraph as ox

from kg.errors import KgError, StoreInUseError, UnreadableError
from kg.namespaces import CATALOG, DERIVED, GRAPH, PREFIXES
from kg.store import catalog
from kg.store.base import Writer
from kg.store.server.client import IndeterminateError
from kg.store.server.conformance import conformance_warnings
from kg.store.syntax import serialize
from kg.store.terms import IRI, DefaultGraph, Literal, Quad, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.catalog import GraphRecord
    from kg.store.server.reader import ServerReader
    from kg.store.syntax import RdfFile
    from kg.store.terms import Functions, Row, Term, Triple

BATCH = 5_000
"""Quads in one request."""
COMPARED = 500_000
"""Triples up to which a graph is read back and compared with what was sent."""
FORGOTTEN = timedelta(hours=1)
"""Time for which a writer's note holds off others if it is not taken away."""

NOTE = GRAPH + "writer"
STAGE = GRAPH + "staged/"
"""Beginning of the names of graphs that are not visible yet."""
_SWEPT = 100
"""Graphs that one request removes."""
_NOTE = f"<{NOTE}>"
_WRITER, _SINCE = f"<{NOTE}#process>", f"<{NOTE}#since>"


@contextmanager
def writing(store: ServerReader) -> Iterator[ServerWriter]:
    """Open a transaction on a server: nothing of it is visible before the end of the block."""
    writer = ServerWriter(store)
    writer.begin()
    try:
        yield writer
        writer.close()
    except BaseException as error:
        writer.abandon(indeterminate=isinstance(error, IndeterminateError))
        raise
    finally:
        store.forget()


def unlock(store: ServerReader) -> list[str]:
    """Take away the notes of all writers; return whose they were, a sentence each."""
    writer = ServerWriter(store)
    found = writer.notes()
    for note in found:
        store.client.update(_removal(str(note["note"])))
    return [f"{note['holder'].value}, since {note['since'].value}" for note in found]


class ServerWriter(Writer):
    """The changes of one transaction, in graphs of their own on the server."""

    def __init__(self, store: ServerReader) -> None:
        self._store = store
        self._client = store.client
        self._token = uuid4().hex
        self._note = f"<{NOTE}#{self._token}>"
        self._staged: dict[str, str | None] = {}
        """The graphs that change -> where what they will hold lies; None for a graph that goes."""
        self._places: list[str] = []
        """All graphs out of sight that this transaction wrote to."""
        self._sent: dict[str, set[int]] = {}
        self._catalog: set[Quad] = set()
        self._before: set[Quad] = set()
        self._copy = ox.Store()
        """Copy of the graphs that rules were asked of, where the server is not to evaluate them."""
        self._copied: set[str] = set()

    def begin(self) -> None:
        """Take the note, sweep what others left, and read the catalog that is changed.

        The address for queries is asked before anything is written: where it is mistyped, nothing is.
        """
        self._store.refuse_older_format()
        self._refuse_others()
        try:
            self._take_note()
            self._sweep()
            self._before = self._read_catalog()
        except BaseException:
            self.abandon()
            raise
        self._catalog = set(self._before)

    def records(self) -> tuple[GraphRecord, ...]:
        database = ox.Store()
        database.extend(self._catalog)
        return catalog.records(database)

    def put(self, record: GraphRecord, quads: Iterable[Quad]) -> GraphRecord:
        self.drop(record.graph)
        self.add(in_graph(quad, IRI(record.graph)) for quad in quads)
        return self.enter(record)

    def load(self, file: RdfFile) -> None:
        own = IRI(file.graph)
        self.add(in_graph(quad, own) if isinstance(quad.graph_name, DefaultGraph) else quad for quad in file.quads())

    def enter(self, record: GraphRecord) -> GraphRecord:
        counted = record._replace(triples=self.count(record.graph))
        self._compare(record.graph, counted.triples)
        self._catalog.update(catalog.to_quads(counted))
        return counted

    def enter_all(self, records: Iterable[GraphRecord]) -> list[GraphRecord]:
        return [self.enter(record) for record in records]

    def count(self, graph: str) -> int:
        place = self._staged.get(graph, graph)
        return self._store.count(place) if place else 0

    def fill(self, graph: str, quads: Iterable[Quad]) -> int:
        new = set(quads)  # read before the graph that it may come from is emptied
        self._staged[graph] = None
        self._sent.pop(graph, None)
        self.add(new)
        return len(new)

    def add(self, quads: Iterable[Quad]) -> None:
        waiting = iter(quads)
        while batch := list(islice(waiting, BATCH)):
            by_graph: dict[str, list[Quad]] = {}
            for quad in batch:
                by_graph.setdefault(quad.graph_name.value, []).append(quad)  # type: ignore[union-attr]
            for graph, found in by_graph.items():
                self._add(graph, found)

    def holds(self, quad: Quad) -> bool:
        graph = quad.graph_name.value  # type: ignore[union-attr]
        if graph == CATALOG:
            return quad in self._catalog
        place = self._staged.get(graph, graph)
        pattern = f"{quad.subject} {quad.predicate} {quad.object}"
        return bool(place and self._store.rows(f"SELECT * WHERE {{ GRAPH ?g {{ {pattern} }} }}", (), [place]))

    def quads(self, graph: str) -> Iterator[Quad]:
        if place := self._staged.get(graph, graph):
            yield from (in_graph(quad, IRI(graph)) for quad in self._store.quads(IRI(place)))

    def unstated(self, quads: Iterable[Quad]) -> Iterable[Quad]:
        """Return `quads`: a server is not asked for each whether a data graph states it too."""
        return quads

    def drop(self, *graphs: str) -> None:
        for graph in graphs:
            self._staged[graph] = None
            self._sent.pop(graph, None)
        gone = {*graphs, *(catalog.file_of(graph).value for graph in graphs)}
        self._catalog = {quad for quad in self._catalog if quad.subject.value not in gone}  # type: ignore[union-attr]

    def construct(
        self,
        query: str,
        graphs: Iterable[str] | None = None,
        *,
        stated: bool = False,
        functions: Functions | None = None,
    ) -> Iterator[Triple]:
        names = [*(record.graph for record in self.records()), DERIVED] if graphs is None else [*graphs]
        names = names[:-1] if stated else names
        places = [place for name in names if (place := self._staged.get(name, name))]
        if self._client.product.startswith("Oxigraph") and not functions:
            return iter(self._store.triples(query, places, places))
        return self._constructed_here(query, places, functions)

    def stating(self, predicate: IRI, value: IRI | None = None) -> Iterator[tuple[IRI, Term]]:
        pattern = f"{{ ?node {predicate} {value or '?value'} }}"
        triples = self.construct(f"CONSTRUCT {pattern} WHERE {pattern}")
        return ((cast("IRI", triple.subject), cast("Term", triple.object)) for triple in triples)

    def _constructed_here(self, query: str, places: list[str], functions: Functions | None) -> Iterator[Triple]:
        """Yield what a rule derives, from a copy: other servers than Oxigraph may understand a rule otherwise."""
        for place in places:
            if place not in self._copied:
                self._copy.bulk_extend(self._store.quads(IRI(place)))
                self._copied.add(place)
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [IRI(place) for place in places]
        return cast(
            "Iterator[Triple]",
            self._copy.query(query, prefixes=PREFIXES, default_graph=graphs, custom_functions=functions),
        )

    def close(self) -> None:
        """Make all changes visible with one request.

        Raises StoreInUseError if another process has changed the catalog, IndeterminateError if the outcome is unknown.
        """
        self._store.cautions += conformance_warnings(self._store, self._fresh(), self._fresh())
        del self._places[-2:]  # These two are gone already: Virtuoso takes a second to drop a graph.
        if not self._noted() or self._read_catalog() != self._before:
            raise StoreInUseError(
                f"{self._store.location}: another process has written meanwhile; nothing of it is visible: run it again"
            )
        try:
            self._client.update(" ;\n".join(self._operations()))
        except IndeterminateError:
            if not self._is_committed():
                raise

    def abandon(self, *, indeterminate: bool = False) -> None:
        """Remove what was sent, as far as the server can be reached; what remains is never visible.

        What the server may be committing at this moment is left to it.
        """
        if indeterminate or self._client.unsettled:
            return
        with suppress(KgError):
            self._remove(self._places)
            self._client.update(_removal(self._note))

    def _add(self, graph: str, quads: list[Quad]) -> None:
        if graph == CATALOG:
            self._catalog.update(quads)
            return
        place = self._place(graph)
        kept = _as_kept(quads)
        if place in self._copied:
            self._copy.extend(in_graph(quad, IRI(place)) for quad in kept)
        self._sent.setdefault(graph, set()).update(hash(str(quad.triple)) for quad in kept)
        document = serialize(self._store.dialect.outward(kept), "application/n-triples")
        try:
            self._client.add(place, document)
        except UnreadableError as error:
            raise UnreadableError(f"{error}; what was sent so far is not visible, the store is what it was") from error

    def _place(self, graph: str) -> str:
        """Return where the changed `graph` is being written, with what it held if it was not emptied."""
        place = self._staged.get(graph, "")
        if place:
            return place
        fresh = self._fresh()
        held = [] if place is None else [in_graph(triple, IRI(graph)) for triple in self._store.held(graph)]
        self._staged[graph] = fresh
        if held:
            self.add(held)
        return fresh

    def _fresh(self) -> str:
        """Return the name of a graph out of sight that nobody has written to."""
        self._places.append(f"{STAGE}{self._token}/{len(self._places)}")
        return self._places[-1]

    def _compare(self, graph: str, counted: int) -> None:
        """Read a graph back, and say if the server does not keep what it was sent."""
        sent, place = self._sent.get(graph, set()), self._staged.get(graph)
        if not sent or not place or len(sent) > COMPARED:
            return
        held = [quad.triple for quad in _as_kept([in_graph(triple, IRI(graph)) for triple in self._store.held(place)])]
        if len(held) != counted:
            self._store.cautions.append(
                f"the server hands out {len(held):,} of the {counted:,} triples of <{graph}>: raise its limit "
                "(in Virtuoso ResultSetMaxRows), or export and validate will stop there"
            )
            return
        if changed := [triple for triple in held if hash(str(triple)) not in sent]:
            lost = len(sent) - len(held)
            self._store.cautions.append(
                f"the server keeps {len(changed):,} of {len(sent):,} triples of <{graph}> otherwise than they were "
                f"sent{f', and {lost:,} less' if lost else ''}, as in {changed[0].object}"
            )

    def _operations(self) -> Iterator[str]:
        """Yield the operations that make the changes visible, the catalog last."""
        for graph, place in self._staged.items():
            yield f"MOVE GRAPH <{place}> TO GRAPH <{graph}>" if place else _dropping(graph)
        moved = {*self._staged.values()}
        yield from (_dropping(place) for place in self._places if place not in moved)
        if self._catalog != self._before:
            yield _dropping(CATALOG)
            lines = "".join(f"{quad.triple} .\n" for quad in sorted(self._catalog, key=str))
            yield f"INSERT DATA {{ GRAPH <{CATALOG}> {{\n{lines}}} }}"
        yield _removal(self._note)

    def _is_committed(self) -> bool:
        """Return True if the last operation of a commit whose answer did not come was carried out."""
        try:
            return not self._noted() and self._read_catalog() == self._catalog
        except KgError:
            return False

    def _read_catalog(self) -> set[Quad]:
        return {in_graph(triple, IRI(CATALOG)) for triple in self._store.held(CATALOG)}

    def _take_note(self) -> None:
        """Leave the note that this process writes, and refuse where somebody else's is.

        Each leaves his note first and looks then, so of two at the same time at most one goes on.
        """
        holder = Literal(f"process {os.getpid()} on {socket.gethostname()}")
        since = typed(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "dateTime")
        self._client.update(f"INSERT DATA {{ GRAPH {_NOTE} {{ {self._note} {_WRITER} {holder} ; {_SINCE} {since} }} }}")
        self._refuse_others()

    def _refuse_others(self) -> None:
        """Refuse while somebody else writes; the note of one who began too long ago is taken away."""
        for note in self._others():
            if datetime.now(UTC) - datetime.fromisoformat(note["since"].value) <= FORGOTTEN:
                raise StoreInUseError(self._in_use(note))
            self._store.cautions.append(f"{note['holder'].value} began to write {note['since'].value} and did not end")
            self._client.update(_removal(str(note["note"])))

    def _sweep(self) -> None:
        """Remove the graphs of writers that ended without doing so: nobody else writes while the note is ours."""
        # Oxigraph keeps a list of its graphs, which an empty pattern goes through.  Virtuoso finds nothing with that.
        pattern = "" if self._client.product.startswith("Oxigraph") else "?s ?p ?o"
        words = f'GRAPH ?graph {{ {pattern} }} FILTER(STRSTARTS(STR(?graph), "{STAGE}"))'
        query = f"SELECT DISTINCT ?graph WHERE {{ {words} }} ORDER BY ?graph LIMIT {_SWEPT}"
        before: list[Row] = []
        try:
            while (rows := self._store.rows(query, (), ())) and rows != before:
                self._remove([row["graph"].value for row in rows])
                before = rows
        except KgError as error:
            self._store.cautions.append(f"what writers that were stopped left behind could not be removed: {error}")

    def _in_use(self, note: Row) -> str:
        minutes = FORGOTTEN.total_seconds() / 60
        return (
            f"the store {self._store.location} is in use by {note['holder'].value} since {note['since'].value}; "
            f"try again when it is done; if it was killed, kg unlock lifts its lock, as {minutes:.0f} minutes do"
        )

    def notes(self) -> list[Row]:
        """Return the notes of all writers: note, holder and since."""
        pattern = f"?note {_WRITER} ?holder ; {_SINCE} ?since"
        return self._store.rows(f"SELECT * WHERE {{ GRAPH {_NOTE} {{ {pattern} }} }} ORDER BY ?note", (), [NOTE])

    def _others(self) -> list[Row]:
        return [note for note in self.notes() if str(note["note"]) != self._note]

    def _noted(self) -> bool:
        return any(str(note["note"]) == self._note for note in self.notes())

    def _remove(self, graphs: list[str]) -> None:
        for start in range(0, len(graphs), _SWEPT):
            self._client.update(" ;\n".join(map(_dropping, graphs[start : start + _SWEPT])))


def _dropping(graph: str) -> str:
    return f"DROP SILENT GRAPH <{graph}>"


def _removal(note: str) -> str:
    return f"DELETE WHERE {{ GRAPH {_NOTE} {{ {note} ?property ?value }} }}"


def _as_kept(quads: list[Quad]) -> list[Quad]:
    """Return `quads` as a store of ours keeps them, which writes numbers and durations its own way ("+1" as "1")."""
    store = ox.Store()
    store.extend(quads)
    return list(store)
