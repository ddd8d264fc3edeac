"""What a query answers: rows, triples, or yes and no."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.namespaces import XSD
from kg.store import results_io
from kg.store.terms import Literal, Row, Term, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Value = str | int | float | bool | Decimal | None

_NATIVE: dict[str, Callable[[str], Value]] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "boolean": "true".__eq__,
}


class Answer:
    """Base of the three kinds of answers; `document` is the result as it came, in a W3C form."""

    document: bytes

    @staticmethod
    def parse(message: bytes) -> Answer:
        """Return the answer that a worker's message holds: a line with its kind, then the document."""
        kind, _, document = message.partition(b"\n")
        return _KINDS[kind](document)


@dataclass(frozen=True)
class Rows(Answer):
    """The solutions of a SELECT query.  Iterating gives a dict a row: column -> str, int, Decimal, bool or None."""

    document: bytes = field(repr=False)
    columns: tuple[str, ...]
    terms: list[Row]
    """The same as RDF terms; a variable that is not bound is absent."""

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return len(self.terms)

    def __getitem__(self, number: int) -> dict[str, Value]:
        return {column: native(self.terms[number].get(column)) for column in self.columns}


@dataclass(frozen=True)
class Triples(Answer):
    """The graph of a CONSTRUCT or DESCRIBE query."""

    document: bytes = field(repr=False)
    triples: list[Triple]

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)


@dataclass(frozen=True)
class Truth(Answer):
    """The answer to an ASK query."""

    document: bytes = field(repr=False)
    value: bool

    def __bool__(self) -> bool:
        return self.value


def native(term: Term | None) -> Value:
    """Return the Python value of a term: the text of an IRI or literal, a number where its datatype is one of XSD's."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value
    return _NATIVE.get(term.datatype.value, str)(term.value)


_KINDS: dict[bytes, Callable[[bytes], Answer]] = {
    b"solutions": lambda document: Rows(document, *results_io.solutions(document)),
    b"triples": lambda document: Triples(document, results_io.triples(document)),
    b"boolean": lambda document: Truth(document, results_io.boolean(document)),
}
