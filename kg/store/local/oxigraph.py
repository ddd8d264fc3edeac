"""What is asked of an Oxigraph store in this process, by readers and writers alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kg.namespaces import DERIVED, PREFIXES, UNION
from kg.store import catalog
from kg.store.terms import IRI, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from kg.store.catalog import GraphEntry

FEW = 8
"""Data graphs that a query may go over as they lie."""


def entries(store: ox.Store) -> tuple[GraphEntry, ...]:
    """Return the ledger."""
    return tuple(catalog.from_row(row) for row in rows(store.query(catalog.ENTRIES, prefixes=PREFIXES)))


def count(store: ox.Store, graph: str) -> int:
    """Return how many triples a named graph holds."""
    counted = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", default_graph=[IRI(graph)])
    return int(rows(counted)[0]["n"].value)


def rows(answer: object) -> list[Row]:
    """Return the solutions of a SELECT query."""
    solutions = cast("ox.QuerySolutions", answer)
    names = [variable.value for variable in solutions.variables]
    found = [{name: term for name in names if (term := solution[name]) is not None} for solution in solutions]
    return cast("list[Row]", found)


def prefixes(entries: Iterable[GraphEntry]) -> dict[str, str]:
    """Return the table, with the names of datasets where these are legal prefixes; the table's own stay as they are."""
    datasets = {entry.dataset: entry.namespace for entry in entries if entry.dataset[:1].isalpha()}
    return datasets | PREFIXES


def default_graphs(store: ox.Store, entries: Iterable[GraphEntry]) -> list[IRI]:
    """Return the named graphs whose union is the default graph: the data graphs, or their union, and what is derived.

    The default graph is a merge (SPARQL 1.1, 13.2): a triple that two files state is there once.  Oxigraph gives it
    twice, and looks each pattern up in one graph after the other, in a time that grows with the square of their number.
    So the writer keeps the union in a graph of its own, where two graphs share a triple or there are more than FEW.
    """
    data = [IRI(UNION)] if is_united(store) else [IRI(entry.graph) for entry in entries]
    return [*data, IRI(DERIVED)]


def is_united(store: ox.Store) -> bool:
    """Say whether the union of the data graphs lies in a graph of its own."""
    return next(store.quads_for_pattern(None, None, None, IRI(UNION)), None) is not None


def evaluate(store: ox.Store, query: str, entries: Iterable[GraphEntry]) -> object:
    """Return Oxigraph's answer to a query over the default graph."""
    entries = tuple(entries)
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*default_graphs(store, entries)]
    return store.query(query, prefixes=prefixes(entries), default_graph=graphs)
