"""Queries to a store on a server: it evaluates them itself, and what can be checked of them is checked here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.query import guard
from kg.query.parameters import bound
from kg.query.result_buffer import Document
from kg.store import results
from kg.worker import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.store.server.store import EndpointStore


def ask(
    store: EndpointStore, query: str, params: Mapping[str, str], *, timeout: float, rows: int, services: Collection[str]
) -> Message:
    """Return the server's answer in the form of a worker's: its kind, whether it is complete, and the document."""
    if params:
        query = bound(store, query, params)
        guard.check(query, services)
    graphs = None if guard.names_graphs(query) else [graph.value for graph in store.default_graphs()]
    kind, content = store.evaluate(query, graphs=graphs, timeout=timeout)
    document = Document(kind, rows)
    # Oxigraph writes the document again, so that its rows are told apart as those of a worker.
    document.written(lambda: document.write(results.convert(content, "json") if kind == "solutions" else content))
    return Message({"kind": kind, "complete": document.complete}, bytes(document.content))
