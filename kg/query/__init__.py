"""SPARQL and competency questions, answered in rows, triples, or yes and no, by a process that can be killed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import errors
from kg.errors import QueryError, UsageError
from kg.query import guard
from kg.query.pool import release, worker
from kg.query.questions import Question, bound, is_question, question, questions, texts
from kg.query.result import Answer, ResultBuffer, Rows, Triples, Truth
from kg.store import results
from kg.worker import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.store import Store
    from kg.store.base import QueryEvaluator

__all__ = ["Answer", "Question", "Rows", "Triples", "Truth", "query", "question", "questions", "release"]

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
) -> Answer:
    """Answer a SPARQL 1.1 query, or the competency question whose name `text` is.

    `params` gives values to the query's parameters (`VALUES ?name { UNDEF }`): short ids, CURIEs, IRIs, `"text"` or
    numbers.  The prefixes of the table and of each dataset are declared.  A store has one worker, which stays until
    the store is closed; queries of several threads take turns.

    `timeout` is in seconds, `memory` in bytes.  With `max_rows` an answer that has more rows or triples is cut after
    that many, and its `complete` is False; without, one that has more than `MAX_ROWS` is an error.  `allow_service`
    has the addresses that the query may ask with SERVICE, written in it as `<address>`; without, it may ask none.

    Raises QueryError for a query that is not valid, is refused or goes over a limit, NotFoundError for a question or
    an id that does not exist, UsageError for a parameter that the query does not have.
    """
    if timeout <= 0:
        raise UsageError(f"a query cannot be answered in {timeout:g} s; give a timeout above 0")
    if max_rows is not None and max_rows < 1:
        raise UsageError(f"an answer cannot be cut after {max_rows} rows; let through 1 or more")
    sparql = question(text).text if is_question(text) else text
    guard.check(sparql, allow_service)
    values, rows = texts(params or {}), max_rows or MAX_ROWS
    if evaluator := store.evaluator():
        if values:
            sparql = bound(store, sparql, values)
            guard.check(sparql, allow_service)
        head, document = _evaluated(evaluator, store, sparql, timeout, rows)
    else:
        request = {"query": sparql, "params": values, "memory": memory, "max_rows": rows, "services": [*allow_service]}
        head, document = worker(store).ask(store, request, timeout)
    if "error" in head:
        raise getattr(errors, head["error"])(head["words"])
    if max_rows is None and not head["complete"]:
        raise QueryError(f"the answer has more than {MAX_ROWS:,} rows; add LIMIT, or take the first with --max-rows")
    return Answer.of(head["kind"], document, complete=head["complete"])


def _evaluated(evaluator: QueryEvaluator, store: Store, query: str, timeout: float, rows: int) -> Message:
    """Return a server's answer in the form of a worker's: its kind, whether it is complete, and the document."""
    graphs = None if guard.names_graphs(query) else [graph.value for graph in store.default_graphs()]
    kind, content = evaluator.evaluate(query, graphs=graphs, timeout=timeout)
    buffer = ResultBuffer(kind, rows)
    # Oxigraph writes the document again, so that its rows are told apart as those of a worker.
    buffer.filled(lambda: buffer.write(results.convert(content, "json") if kind == "solutions" else content))
    return Message({"kind": kind, "complete": buffer.complete}, bytes(buffer.content))
