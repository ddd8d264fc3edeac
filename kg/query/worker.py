"""The process in which queries are evaluated: they may be slow, eat memory or crash, and take nothing with them.

It holds one snapshot open, read-only, and answers request after request.  The status is decided before the first byte:
an answer is complete, or says that it is not, or there is none.
"""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from typing import IO, NamedTuple, cast

import pyoxigraph as ox

from kg import worker as child
from kg.errors import KgError, QueryError, UnreadableError
from kg.namespaces import SYSTEM_GRAPHS
from kg.query import guard
from kg.query.complaint import explained
from kg.query.parameters import bound
from kg.query.pool import NETWORK
from kg.query.result_buffer import Document
from kg.query.sandbox import give_up_network
from kg.store import Dataset
from kg.store.local.manifest import missing_or_cut
from kg.worker import Message

_GROWTH = 128 << 20
"""Bytes of address space by which a worker may grow; after the query that took more, it gives way to a new one."""


class Snapshot(Dataset):
    """One state of a store, in a folder that nobody changes."""

    def __init__(self, folder: str, location: str, *, has_manifest: bool) -> None:
        self.folder, self.location = folder, location
        if has_manifest and (faults := missing_or_cut(Path(folder))):
            raise UnreadableError(f"{location}: the store is damaged: {faults[0]}; restore it from a backup")
        with self._whole():
            self._store = ox.Store.read_only(folder)

    def _state(self) -> object:
        return self.folder

    def _reader(self) -> ox.Store:
        return self._store

    @cached_property
    def known(self) -> dict[str, str]:
        """The prefixes that need no declaration."""
        return self.prefixes()

    @cached_property
    def named(self) -> set[str]:
        """The graphs that FROM may name: all that hold something, and those of ours that may be empty."""
        ours = (*SYSTEM_GRAPHS, *(entry.graph for entry in self.graphs()))
        return {*ours, *(graph.value for graph in self._store.named_graphs())}

    @cached_property
    def _defaults(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        return [*self.default_graphs()]

    def evaluate(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return Oxigraph's answer, over the default graph unless the query names its own with FROM."""
        graphs = None if guard.names_graphs(query) else self._defaults
        return self._store.query(query, prefixes=self.known, default_graph=graphs)


class Request(NamedTuple):
    """One query with its parameters and limits, and the snapshot that it is for."""

    folder: str
    location: str
    has_manifest: bool
    query: str
    params: dict[str, str]
    timeout: float
    memory: int
    max_rows: int
    services: list[str]


def main() -> int:
    """Answer requests until there are no more, or until this process has become too large for its limits."""
    if NETWORK not in sys.argv:
        give_up_network()
    snapshot: Snapshot | None = None
    most = 0
    for message in child.requests():
        request = Request(**message.head)
        child.limit_time(request.timeout)
        child.limit_memory(request.memory)
        try:
            if snapshot is None or snapshot.folder != request.folder:
                snapshot = None  # the old one is closed first
                snapshot = Snapshot(request.folder, request.location, has_manifest=request.has_manifest)
                most = child.memory() + _GROWTH
            answer = evaluate(snapshot, request)
        except KgError as error:
            answer = Message({"error": type(error).__name__, "words": str(error)})
        grown = child.memory() > most
        child.limit_time(0)
        child.answer(answer._replace(head=answer.head | {"last": grown}))
        if grown:
            break
    return 0


def evaluate(snapshot: Snapshot, request: Request) -> Message:
    """Return the answer to a query: its kind, whether it is complete, and the document.

    Raises QueryError for a query that is not valid or goes over a limit, and what `parameters.bound` raises.
    """
    query = request.query
    if request.params:
        query = bound(snapshot, query, request.params)
        guard.check(query, request.services)
    _refuse_unknown_graphs(snapshot, query)
    try:
        document = _evaluated(snapshot, query, request.max_rows)
    except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError) as error:
        raise QueryError(explained(str(error) or type(error).__name__, query, snapshot.known)) from error
    return Message({"kind": document.kind, "complete": document.complete}, bytes(document.content))


def _evaluated(snapshot: Snapshot, query: str, rows: int) -> Document:
    answer = snapshot.evaluate(query)
    if isinstance(answer, ox.QueryTriples):
        document = Document("triples", rows)
        return document.written(lambda: answer.serialize(_file(document), format=ox.RdfFormat.N_TRIPLES))
    document = Document("boolean" if isinstance(answer, ox.QueryBoolean) else "solutions", rows)
    return document.written(lambda: answer.serialize(_file(document), format=ox.QueryResultsFormat.JSON))


def _file(document: Document) -> IO[bytes]:
    return cast("IO[bytes]", document)  # it has what Oxigraph asks of a file


def _refuse_unknown_graphs(snapshot: Snapshot, query: str) -> None:
    for graph in guard.graphs(query, snapshot.known):
        if graph not in snapshot.named:
            raise QueryError(
                f"the store has no graph <{graph}>; FROM fetches nothing, and chooses among those that kg stats lists"
            )


if __name__ == "__main__":
    sys.exit(main())
