"""Worker process in which queries are evaluated: they may be slow, eat memory or crash, and take nothing with them.

It holds one snapshot open, read-only, and answers request after request.  The status is decided before the first byte:
an answer is complete, or says that it is not, or there is none.

A sandbox is a second wall behind the guard: Linux lets a process give up a system call for good (seccomp,
https://docs.kernel.org/userspace-api/seccomp_filter.html); on other systems and processors the guard stands alone.
"""

from __future__ import annotations

import errno
import os
import re
import struct
import sys
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from kg import worker as child
from kg.errors import KgError, QueryError, UnreadableError, UsageError
from kg.namespaces import SYSTEM_GRAPHS
from kg.query import MAX_ROWS, NETWORK, guard
from kg.query.pages import Paging, is_open, page
from kg.query.questions import bound
from kg.query.result import ResultBuffer
from kg.store.local.manifest import INDEX, missing_or_cut
from kg.store.local.oxigraph import EmbeddedStore
from kg.worker import Message

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.store.base import Writer
    from kg.store.local.text_index import TextIndex

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_NO_NEW_PRIVS = 22, 2, 38
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
"""Offsets of the system call's number and of the kind of processor in what the filter looks at."""


class _Machine(NamedTuple):
    """A processor as the kernel knows it: its number, and that of the system call `socket`."""

    architecture: int
    socket: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41), "aarch64": _Machine(0xC00000B7, 198)}


def give_up_network() -> bool:
    """Give up new sockets, for this process and what it starts; return True if the system could do that."""
    machine = _MACHINES.get(os.uname().machine)
    if sys.platform != "linux" or machine is None:
        return False
    import ctypes

    code = _filter(machine)
    content = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(content)))
    system = ctypes.CDLL(None)
    nothing = ctypes.c_ulong(0)
    failed = system.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), nothing, nothing, nothing)
    failed = failed or system.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), program)
    return not failed


def _filter(machine: _Machine) -> bytes:
    """Return the program that answers `socket` with EACCES, and lets the rest pass."""
    steps = [  # what to do, how many steps to leap if equal and if not, with which value
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 0, 2, machine.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_IF_EQUAL, 1, 0, machine.socket),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


_GROWTH = 128 << 20
"""Bytes of address space by which a worker may grow; after the query that took more, it gives way to a new one."""
_SHOWN = 40
"""Characters of a query that a message shows on either side of what is wrong."""


class Snapshot(EmbeddedStore):
    """One state of a store, in a folder that nobody changes."""

    def __init__(self, folder: str, location: str) -> None:
        self.folder, self.location = folder, location
        if faults := missing_or_cut(Path(folder)):
            raise UnreadableError(f"{location}: the store is damaged: {faults[0]}; restore it from a backup")
        with self._damage_explained():
            self._store = ox.Store.read_only(folder)

    def state(self) -> object:
        """Return the folder: its state never changes."""
        return self.folder

    def snapshot(self) -> AbstractContextManager[str]:
        """Open the folder."""
        return nullcontext(self.folder)

    def writing(self) -> AbstractContextManager[Writer]:
        """Raise UsageError: nobody changes a snapshot."""
        raise UsageError(f"{self.location}: a query's worker writes nothing")

    def _reader(self) -> ox.Store:
        return self._store

    def _indexed(self) -> TextIndex:
        from kg.store.local import text_index

        file = Path(self.folder) / INDEX
        return text_index.opened(file) if file.exists() else super()._indexed()

    @cached_property
    def known(self) -> dict[str, str]:
        """The prefixes that need no declaration."""
        return self.prefixes()

    @cached_property
    def named(self) -> set[str]:
        """The graphs that FROM may name: all that hold something, and those of ours that may be empty."""
        ours = (*SYSTEM_GRAPHS, *(record.graph for record in self.graphs()))
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
    query: str
    params: dict[str, str]
    timeout: float
    memory: int
    max_rows: int
    services: list[str]
    by_nodes: bool = False
    """True if only the first rows are wanted, of whole nodes; see `kg.query.pages`."""


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
                snapshot = Snapshot(request.folder, request.location)
                most = child.memory() + _GROWTH
            answer = evaluate(snapshot, request)
        except KgError as error:
            answer = Message({"error": type(error).__name__, "words": str(error)})
        except MemoryError:  # the store could not be opened
            words = "the query may take too little memory for the store to be opened; give it more"
            answer = Message({"error": QueryError.__name__, "words": words})
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
    query = bound(snapshot, request.query, request.params)
    if query != request.query:
        guard.check(query, request.services)
    _refuse_unknown_graphs(snapshot, query)
    paging = Paging.of(query) if request.by_nodes else None
    try:
        if paging and is_open(paging):
            document, complete = page(paging, partial(_document, snapshot), request.max_rows)
            return Message({"kind": "solutions", "complete": complete, "by_nodes": True}, document)
        buffer = _evaluated(snapshot, query, request.max_rows)
    except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError) as error:
        raise QueryError(_explained(str(error) or type(error).__name__, query, snapshot.known)) from error
    return Message({"kind": buffer.kind, "complete": buffer.complete}, bytes(buffer.content))


def _evaluated(snapshot: Snapshot, query: str, rows: int) -> ResultBuffer:
    answer = snapshot.evaluate(query)
    if isinstance(answer, ox.QueryTriples):
        buffer = ResultBuffer("triples", rows)
        return buffer.filled(lambda: answer.serialize(_file(buffer), format=ox.RdfFormat.N_TRIPLES))
    buffer = ResultBuffer("boolean" if isinstance(answer, ox.QueryBoolean) else "solutions", rows)
    return buffer.filled(lambda: answer.serialize(_file(buffer), format=ox.QueryResultsFormat.JSON))


def _document(snapshot: Snapshot, query: str) -> bytes:
    """Return the rows of a query in SPARQL 1.1 JSON."""
    return bytes(_evaluated(snapshot, query, MAX_ROWS).content)


def _file(buffer: ResultBuffer) -> IO[bytes]:
    return cast("IO[bytes]", buffer)  # it has what Oxigraph asks of a file


def _refuse_unknown_graphs(snapshot: Snapshot, query: str) -> None:
    for graph in guard.graphs(query, snapshot.known):
        if graph not in snapshot.named:
            raise QueryError(
                f"the store has no graph <{graph}>; FROM fetches nothing, and chooses among those that kg stats lists"
            )


def _explained(complaint: str, query: str, prefixes: Collection[str]) -> str:
    """Return a sentence for Oxigraph's `complaint` about `query`, for which `prefixes` were declared.

    Its list of all tokens that might have come helps nobody.
    """
    place = re.match(r"error at (\d+):(\d+): expected", complaint)
    if not place:
        return f"the query cannot be answered: {complaint}"
    if unknown := guard.prefixes(query).difference(prefixes):
        return f"the query uses a prefix that is not declared: {', '.join(sorted(unknown))}; declare it with PREFIX"
    line, column = int(place[1]), int(place[2])
    text = "".join(query.splitlines()[line - 1 : line])
    before, after = _end_of(text[: column - 1].strip()), text[column - 1 :].strip()[:_SHOWN] or "its end"
    return f"the query is not valid SPARQL at line {line}, column {column}: between '{before}' and '{after}'"


def _end_of(text: str) -> str:
    return text if len(text) <= _SHOWN else f"… {text[-_SHOWN:].partition(' ')[2]}"


if __name__ == "__main__":
    sys.exit(main())
