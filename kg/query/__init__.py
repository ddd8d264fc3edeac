"""SPARQL and competency questions: from words to rows or triples, in a process that can be killed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg import child
from kg.errors import QueryError, UsageError
from kg.query import guard
from kg.query.answer import Answer, Rows, Triples, Truth
from kg.query.parameters import terms
from kg.query.questions import Question, is_question, question, questions
from kg.store.terms import bind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import Dataset

__all__ = ["Answer", "Question", "Rows", "Triples", "Truth", "query", "question", "questions"]

TIMEOUT = 10.0
"""Seconds that a query may take."""
REFUSED = 4
"""Exit status of a worker whose standard error says what is wrong with the query."""
MEMORY = 4 << 30
"""Bytes of address space that a query may take."""


_SHOWN = 40
"""Characters of a query that a message shows on either side of what is wrong."""


def query(
    store: Dataset,
    text: str,
    params: Mapping[str, str] | None = None,
    *,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
) -> Answer:
    """Answer a SPARQL 1.1 query, or the competency question whose name `text` is.

    `params` gives values to the query's parameters (`VALUES ?name { UNDEF }`): short ids, CURIEs, IRIs, `"text"` or
    numbers.  The prefixes of the table and of each dataset are declared.

    Raises QueryError for a query that is not valid, is refused or goes over a limit, NotFoundError for a question or
    an id that does not exist, UsageError for a parameter that the query does not have.
    """
    if timeout <= 0:
        raise UsageError(f"a query cannot be answered in {timeout:g} s; give a timeout above 0")
    sparql = question(text).text if is_question(text) else text
    guard.check(sparql)
    with store.snapshot() as folder:
        request = {
            "folder": folder,
            "query": _bound(store, sparql, params or {}),
            "prefixes": store.prefixes(),
            "graphs": None if guard.names_graphs(sparql) else [graph.value for graph in store.default_graphs()],
            "memory": memory,
        }
        return Answer.parse(_ask_worker(request, timeout))


def _bound(store: Dataset, sparql: str, params: Mapping[str, str]) -> str:
    try:
        return bind(sparql, terms(store, params))
    except KeyError as error:
        name = error.args[0]
        raise UsageError(
            f"the query has no parameter '{name}'; a parameter is a line VALUES ?{name} {{ UNDEF }} in it"
        ) from error


def _ask_worker(request: Mapping[str, Any], timeout: float) -> bytes:
    try:
        done = child.run("kg.query.worker", request, timeout)
    except TimeoutError as error:
        raise QueryError(
            f"the query took longer than {timeout:g} s; ask for less, or give it more with --timeout"
        ) from error
    if done.status == REFUSED:
        raise QueryError(_explain(done.complaint, request))
    if done.status:
        raise QueryError("the query brought its process down (too much memory, or nested too deep); the store is whole")
    return done.output


def _explain(complaint: str, request: Mapping[str, Any]) -> str:
    """Return one sentence for Oxigraph's complaint, whose list of all tokens that might have come helps nobody."""
    query = str(request["query"])
    place = re.match(r"error at (\d+):(\d+): expected", complaint)
    if not place:
        return f"the query cannot be answered: {complaint}"
    if unknown := guard.prefixes(query) - set(request["prefixes"]):
        return f"the query uses a prefix that is not declared: {', '.join(sorted(unknown))}; declare it with PREFIX"
    line, column = int(place[1]), int(place[2])
    text = "".join(query.splitlines()[line - 1 : line])
    before, after = _end_of(text[: column - 1].strip()), text[column - 1 :].strip()[:_SHOWN] or "its end"
    return f"the query is not valid SPARQL at line {line}, column {column}: between '{before}' and '{after}'"


def _end_of(text: str) -> str:
    return text if len(text) <= _SHOWN else f"… {text[-_SHOWN:].partition(' ')[2]}"
