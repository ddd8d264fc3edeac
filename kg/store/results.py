"""SPARQL results: Oxigraph's answers and the W3C's documents to terms, and from one form of document to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from kg.store.terms import Row, Triple

FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
"""The forms of SELECT and ASK results that the W3C defines, by the name of our option."""


def rows(answer: object) -> list[Row]:
    """Return the solutions of a SELECT query that Oxigraph answered."""
    solutions = cast("ox.QuerySolutions", answer)
    names = [variable.value for variable in solutions.variables]
    found = [{name: term for name in names if (term := solution[name]) is not None} for solution in solutions]
    return cast("list[Row]", found)


def solutions(document: bytes) -> tuple[tuple[str, ...], list[Row]]:
    """Return the variables and the solutions of a SPARQL 1.1 JSON results document."""
    parsed = cast("ox.QuerySolutions", ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON))
    return tuple(variable.value for variable in parsed.variables), rows(parsed)


def boolean(document: bytes) -> bool:
    """Return what a SPARQL 1.1 JSON results document answers to an ASK query."""
    return bool(ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON))


def triples(document: bytes) -> list[Triple]:
    """Return the triples of an N-Triples document."""
    return [quad.triple for quad in ox.parse(document, format=ox.RdfFormat.N_TRIPLES)]


def convert(document: bytes, form: str) -> bytes:
    """Return a SPARQL 1.1 JSON results document in another of `FORMATS`."""
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    return cast("bytes", parsed.serialize(format=FORMATS[form]))
