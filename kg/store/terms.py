"""RDF terms for the rest of `kg`, and the answers of queries in them: the only door through which pyoxigraph's come in.

`IRI`, `Literal`, `Triple` and `Quad` are pyoxigraph's frozen, hashable values; `term.value` is the text of any of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad, Triple
from pyoxigraph import NamedNode as IRI  # noqa: N814 -- the field's word, RDF 1.1 Concepts 3.2

from kg.namespaces import HC, RDF, XSD, expand

if TYPE_CHECKING:
    from collections.abc import Mapping

Node = IRI | BlankNode
Term = Node | Literal
_SLOT = r"VALUES\s*(?:[?$]{name}\s*\{{\s*UNDEF\s*\}}|\(\s*[?$]{name}\s*\)\s*\{{\s*\(\s*UNDEF\s*\)\s*\}})"
Functions = dict[IRI, Callable[..., IRI | BlankNode | Literal | Triple | None]]
"""IRI of a function that a query calls -> the function."""
Row = dict[str, Term]
"""One solution of a SELECT query; a variable that is not bound is absent."""

TYPE = IRI(RDF + "type")

__all__ = [
    "IRI",
    "TYPE",
    "BlankNode",
    "DefaultGraph",
    "Functions",
    "Literal",
    "Node",
    "Quad",
    "Row",
    "Term",
    "Triple",
    "bind",
    "convert_results",
    "hc",
    "in_graph",
    "iri",
    "rows",
    "solutions",
    "triples",
    "truth",
    "typed",
]


def iri(name: str) -> IRI:
    """Return the term for a CURIE of the prefix table or an absolute IRI; ValueError if it is not a legal IRI."""
    return IRI(expand(name) or name)


def hc(local: str) -> IRI:
    """Return the term `hc:local` of our own ontology."""
    return IRI(HC + local)


def in_graph(triple: Triple | Quad, graph: IRI | DefaultGraph) -> Quad:
    """Return the statement of `triple` in `graph`."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def typed(value: str, datatype: str) -> Literal:
    """Return a literal with an XSD datatype: `typed("2001", "gYear")`."""
    return Literal(value, datatype=IRI(XSD + datatype))


def bind(query: str, bindings: Mapping[str, Term]) -> str:
    """Return `query` with its parameters bound, as terms: each stands in the text as `VALUES ?name { UNDEF }`.

    Spaces, letter case, `$name` and `VALUES (?name) { (UNDEF) }` make no difference.

    The line makes a question with parameters a plain SPARQL 1.1 query that runs anywhere (unbound, it answers for
    all).  What is put in is the N-Triples form of a checked term, never a person's text.

    Raises KeyError with the name of a parameter that the query does not have, and with those that it has.
    """
    written = query
    for name, term in bindings.items():
        bound = f"VALUES ?{name} {{ {term} }}".replace("\\", r"\\")
        query, count = re.subn(_SLOT.format(name=re.escape(name)), bound, query, flags=re.IGNORECASE)
        if not count:
            found = re.findall(_SLOT.format(name=r"(\w+)"), written, flags=re.IGNORECASE)
            raise KeyError(name, sorted({one or other for one, other in found}))
    return query


RESULT_FORMATS = {
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
    """Return the variables and the solutions of a SPARQL 1.1 JSON results document; ValueError if it has none."""
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    if isinstance(parsed, ox.QueryBoolean):
        raise ValueError("yes or no, where rows were asked for")
    return tuple(variable.value for variable in parsed.variables), rows(parsed)


def truth(document: bytes) -> bool:
    """Return what a SPARQL 1.1 JSON results document answers to an ASK query; ValueError if it has rows."""
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    if not isinstance(parsed, ox.QueryBoolean):
        raise ValueError("rows, where yes or no was asked for")
    return bool(parsed)


def check_results(document: bytes, kind: str) -> None:
    """Raise ValueError or SyntaxError if a document is not an answer of `kind`: "solutions", "boolean", "triples"."""
    {"solutions": solutions, "boolean": truth, "triples": triples}[kind](document)


def triples(document: bytes) -> list[Triple]:
    """Return the triples of an N-Triples document."""
    return [quad.triple for quad in ox.parse(document, format=ox.RdfFormat.N_TRIPLES)]


def convert_results(document: bytes, form: str) -> bytes:
    """Return a SPARQL 1.1 JSON results document in another of `RESULT_FORMATS`."""
    parsed = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    return cast("bytes", parsed.serialize(format=RESULT_FORMATS[form]))
