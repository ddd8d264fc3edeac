"""SPARQL and competency questions, answered in rows, triples, or yes and no, by a process that can be killed.

A store has one worker, started by the first query, replaced when it fails, ended with the store.
"""

from __future__ import annotations

import os
import threading
import time
import weakref
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from kg import errors
from kg.errors import QueryError, UnreadableError, UsageError
from kg.query import guard
from kg.query.pages import Paging
from kg.query.questions import Question, bound, is_question, question, questions, texts
from kg.query.result import Answer, ResultBuffer, Rows, Triples, Truth, in_order_of
from kg.store.terms import convert_results
from kg.worker import Child, Message, checked_seconds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.store import Store
    from kg.store.base import QueryEvaluator

__all__ = ["Answer", "Question", "Rows", "Triples", "Truth", "query", "question", "questions", "release"]

NETWORK = "--network"
"""Argument of a worker that may open connections."""


class Worker:
    """A process that answers the queries of one store, one after the other, and the snapshot that it reads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._parent = os.getpid()
        self._child: Child | None = None
        self._network = False
        self._snapshot = ExitStack()
        self._folder = ""
        self._state: object = None
        self._last: weakref.finalize[Any, Any] | None = None

    def ask(self, store: Store, request: dict[str, Any], timeout: float, way_out: str = "ask for less") -> Message:
        """Return the worker's answer; `timeout` in seconds is for all of it, waiting for one's turn included.

        `way_out` is what the message proposes if that was not enough.

        Raises QueryError if there is none in time, or the worker breaks down; UnreadableError if that is because files
        of the store are damaged.
        """
        deadline = time.monotonic() + timeout
        if not self._turn.acquire(timeout=timeout):
            raise QueryError(f"other queries of this store took longer than {timeout:g} s; try again")
        try:
            return self._asked(store, request, timeout, deadline)
        except TimeoutError as error:
            raise QueryError(
                f"the query took longer than {timeout:g} s; {way_out}, or give it more with --timeout"
            ) from error
        except ChildProcessError as error:
            if faults := store.damage():
                raise UnreadableError(
                    f"{store.location}: the store is damaged: {faults[0]}; restore it from a backup"
                ) from error
            raise QueryError(
                "the query brought its process down (too much memory, or nested too deep); the store is whole"
            ) from error
        finally:
            self._turn.release()

    def end(self) -> None:
        """End the process and give the snapshot back; the next query starts another one."""
        if self._parent != os.getpid():  # forked: both are the parent's
            return
        if self._child:
            self._child.end()
            self._child = None
        self._forget()

    def _forget(self) -> None:
        """Give the snapshot back."""
        self._snapshot.close()
        self._folder = ""
        if self._last:
            self._last.detach()

    def _asked(self, store: Store, request: dict[str, Any], timeout: float, deadline: float) -> Message:
        self._follow(store)
        network = bool(request["services"])
        if self._child and not (self._child.usable and network == self._network):
            self._child.end()
            self._child = None
        if self._child is None:
            self._child, self._network = Child("kg.query.worker", *([NETWORK] if network else [])), network
        head = request | {"folder": self._folder, "location": store.location, "timeout": timeout}
        answer = self._child.ask(Message(head), deadline)
        if answer.head.pop("last"):
            self._child.usable = False
        return answer

    def _follow(self, store: Store) -> None:
        """Take a snapshot of the store if it has changed since the last one.

        The state is looked at before: if the store changes meanwhile, the next query takes another one.
        """
        state = store.state()
        if self._folder and state == self._state:
            return
        self._forget()
        self._folder = self._snapshot.enter_context(store.snapshot())
        self._state = state
        # Made after the snapshot, so that at the end of the program it comes before what the snapshot leaves to its.
        self._last = weakref.finalize(store, self.end)


_WORKERS: weakref.WeakKeyDictionary[Store, Worker] = weakref.WeakKeyDictionary()


def worker_of(store: Store) -> Worker:
    """Return the worker of `store`."""
    return _WORKERS.setdefault(store, Worker())


def release(store: Store) -> None:
    """End the worker of `store`, if it has one."""
    if ended := _WORKERS.pop(store, None):
        ended.end()


if hasattr(os, "register_at_fork"):  # not where processes do not fork
    os.register_at_fork(after_in_child=_WORKERS.clear)


TIMEOUT = 10.0
"""Seconds that a query may take."""
MEMORY = 4 << 30
"""Bytes of address space that a query may take."""
MAX_ROWS = 1_000_000
"""Rows or triples that an answer may have."""


def query(
    store: Store,
    text: str,
    params: Mapping[str, str] | None = None,
    *,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    max_rows: int | None = None,
    allow_service: Collection[str] = (),
    is_page: bool = False,
) -> Answer:
    """Answer a SPARQL 1.1 query, or the competency question whose name `text` is.

    `params` gives values to the query's parameters (`VALUES ?name { UNDEF }`): short ids, CURIEs, IRIs, `"text"` or
    numbers.  The prefixes of the table and of each dataset are declared.  A store has one worker, which stays until
    the store is closed; queries of several threads take turns.

    `timeout` is in seconds, `memory` in bytes.  With `max_rows` an answer that has more rows or triples is cut after
    that many, and its `complete` is False; without, one that has more than `MAX_ROWS` is an error.  `allow_service`
    has the addresses that the query may ask with SERVICE, written in it as `<address>`; without, it may ask none.
    With `is_page` a question that says of which nodes it speaks (`kg.query.pages`) is asked only for the first of them,
    until there are `max_rows`: the answer has the rows of whole nodes, so that it may have some more (`by_nodes`).

    Raises QueryError for a query that is not valid, is refused or goes over a limit, NotFoundError for a question or
    an id that does not exist, UsageError for a parameter that the query does not have.
    """
    timeout = checked_seconds(timeout)
    if not isinstance(text, str):
        raise UsageError(f"a query is a text, and not {text!r}")
    if max_rows is not None and not isinstance(max_rows, int):
        raise UsageError(f"the most rows are a whole number, and not {max_rows!r}")
    if max_rows is not None and max_rows < 1:
        raise UsageError(f"an answer cannot be cut after {max_rows} rows; let through 1 or more")
    sparql = question(text).text if is_question(text) else text
    guard.check(sparql, allow_service)
    is_paged = is_question(text) and Paging.of(sparql) is not None
    values, rows = texts(params or {}), max_rows or MAX_ROWS
    if evaluator := store.evaluator():
        with evaluator.within(timeout):
            if (put_in := bound(store, sparql, values)) != sparql:
                guard.check(put_in, allow_service)
            head, document = _evaluated(evaluator, store, put_in, timeout, rows)
    else:
        request = {"query": sparql, "params": values, "memory": memory, "max_rows": rows, "services": [*allow_service]}
        request["by_nodes"] = is_paged and is_page
        way_out = "ask for its first rows with --limit 50" if is_paged and not is_page else "ask for less"
        head, document = worker_of(store).ask(store, request, timeout, way_out)
    if "error" in head:
        raise getattr(errors, head["error"])(head["words"])
    if max_rows is None and not head["complete"]:
        raise QueryError(f"the answer has more than {MAX_ROWS:,} rows; add LIMIT, or take the first with --max-rows")
    if head["kind"] == "solutions":
        document = in_order_of(guard.all_variables(sparql), document)
    answer = Answer.of(head["kind"], document, complete=head["complete"])
    answer.by_nodes = head.get("by_nodes", False)
    return answer


def _evaluated(evaluator: QueryEvaluator, store: Store, query: str, timeout: float, rows: int) -> Message:
    """Return a server's answer in the form of a worker's: its kind, whether it is complete, and the document."""
    graphs = None if guard.names_graphs(query) else [graph.value for graph in store.default_graphs()]
    kind, content = evaluator.evaluate(query, graphs=graphs, timeout=timeout)
    buffer = ResultBuffer(kind, rows)
    # Oxigraph writes the document again, so that its rows are told apart as those of a worker.
    buffer.filled(lambda: buffer.write(convert_results(content, "json") if kind == "solutions" else content))
    return Message({"kind": kind, "complete": buffer.complete}, bytes(buffer.content))
