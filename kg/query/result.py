"""Answers of a query: rows, triples, or yes and no."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from kg.namespaces import XSD
from kg.store import results
from kg.store.terms import Literal, Row, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Value = str | int | float | bool | Decimal | None

_NATIVE: dict[str, Callable[[str], Value]] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "boolean": "true".__eq__,
}


class Answer:
    """Base of the three kinds of answers; the document is looked into when something of it is asked for."""

    def __init__(self, document: bytes, *, complete: bool = True) -> None:
        self.document = document
        """The result as it came, in a W3C form."""
        self.complete = complete
        """False if there is more than `max_rows` let through."""

    @staticmethod
    def of(kind: str, document: bytes, *, complete: bool = True) -> Answer:
        """Return the answer of a `kind`: "solutions" or "boolean" in SPARQL 1.1 JSON, "triples" in N-Triples."""
        return _KINDS[kind](document, complete=complete)


class Rows(Answer):
    """The solutions of a SELECT query.  Iterating gives a dict a row: column -> str, int, Decimal, bool or None."""

    @cached_property
    def _solutions(self) -> tuple[tuple[str, ...], list[Row]]:
        return results.solutions(self.document)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the variables."""
        return self._solutions[0]

    @property
    def terms(self) -> list[Row]:
        """The rows as RDF terms; a variable that is not bound is absent."""
        return self._solutions[1]

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, number: int) -> dict[str, Value]:
        return {column: native(self.terms[number].get(column)) for column in self.columns}


class Triples(Answer):
    """The graph of a CONSTRUCT or DESCRIBE query."""

    @cached_property
    def triples(self) -> list[Triple]:
        """The statements, in the order in which they came."""
        return results.triples(self.document)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)


class Truth(Answer):
    """The answer to an ASK query."""

    @cached_property
    def value(self) -> bool:
        """True if the answer is yes."""
        return results.boolean(self.document)

    def __bool__(self) -> bool:
        return self.value


def native(term: Term | None) -> Value:
    """Return the Python value of a term: the text of an IRI or literal, a number where its datatype is one of XSD's."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value
    return _NATIVE.get(term.datatype.value, str)(term.value)


_KINDS: Mapping[str, type[Answer]] = {"solutions": Rows, "triples": Triples, "boolean": Truth}
