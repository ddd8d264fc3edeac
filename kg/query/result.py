"""Answers to queries (rows, triples, or yes and no), and the buffer that their documents are written to."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast, overload

from kg.display import ShownTable, total
from kg.errors import QueryError, UsageError
from kg.namespaces import PREFIXES, XSD, shrink
from kg.store.terms import IRI, Literal, Row, Term, Triple, solutions, triples, truth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import rdflib

Value = str | int | float | bool | Decimal | None
"""Cell of a row: the value of a number or a truth value, the text of any other literal or IRI, None if not bound."""

_NATIVE: dict[str, Callable[[str], Value]] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "boolean": "true".__eq__,
}


class TableCell(NamedTuple):
    """Cell of a table: the text of a term, or nothing, and whether it is an IRI."""

    text: str
    is_iri: bool


class Answer:
    """Base of the three kinds of answers; the document is parsed when something of it is asked for."""

    def __init__(self, document: bytes, *, complete: bool = True) -> None:
        self.document = document
        """The result as it came, in a W3C format."""
        self.complete = complete
        """False if there is more: `max_rows` cut it, or it is a page."""
        self.by_nodes = False
        """True if what there is more of is about other nodes."""

    @staticmethod
    def of(kind: str, document: bytes, *, complete: bool = True) -> Answer:
        """Return the answer of a `kind`: "solutions" or "boolean" in SPARQL 1.1 JSON, "triples" in N-Triples."""
        return _KINDS[kind](document, complete=complete)


class Rows(Answer, ShownTable, Sequence["dict[str, Value]"]):
    """Solutions of a SELECT query: a sequence of dicts, column -> str, int, float, Decimal, bool or None."""

    @cached_property
    def _solutions(self) -> tuple[tuple[str, ...], list[Row]]:
        return solutions(self.document)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the variables."""
        return self._solutions[0]

    @property
    def solutions(self) -> list[Row]:
        """The rows in the store's terms; a variable that is not bound is absent."""
        return self._solutions[1]

    @property
    def terms(self) -> list[dict[str, rdflib.term.Identifier]]:
        """The rows in rdflib's terms (URIRef, Literal, BNode); a variable that is not bound is absent."""
        return [{name: to_rdflib(term) for name, term in row.items()} for row in self.solutions]

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return all rows as dicts."""
        return list(self)

    def to_dataframe(self) -> Any:
        """Return the rows as a pandas DataFrame, or a polars DataFrame where only that is installed.

        Raises UsageError where neither is.
        """
        cells = {column: [native(row.get(column)) for row in self.solutions] for column in self.columns}
        if pandas := _installed("pandas"):
            return pandas.DataFrame(cells, columns=list(self.columns))
        if polars := _installed("polars"):
            return polars.DataFrame(cells, strict=False)
        raise UsageError("a data frame needs pandas or polars: pip install pandas")

    def __len__(self) -> int:
        return len(self.solutions)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> dict[str, Value] | Rows:
        if isinstance(index, slice):
            document = json.loads(self.document)
            document["results"]["bindings"] = document["results"]["bindings"][index]
            return Rows(json.dumps(document, ensure_ascii=False).encode(), complete=self.complete)
        if not isinstance(index, int):
            raise UsageError(f"a row is found by its number, as in rows[0], and not by {index!r}")
        return self._plain(self.solutions[index])

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Rows | list) else NotImplemented

    __hash__ = Answer.__hash__

    def _plain(self, row: Row) -> dict[str, Value]:
        return {column: native(row.get(column)) for column in self.columns}

    def page(self, offset: int, limit: int) -> Rows:
        """Return `limit` rows after the first `offset`; `complete` says whether they are the last."""
        page = self[offset : offset + limit]
        page.complete = self.complete and len(self) <= offset + limit
        return page

    def cells(self) -> Iterator[list[TableCell]]:
        """Yield the rows as texts for a table."""
        return ([_cell(row.get(column)) for column in self.columns] for row in self.solutions)

    def _shown(self) -> tuple[Sequence[str], Iterable[list[str]], str]:
        rows = (list(map(_short, row)) for row in self.cells())
        return self.columns, rows, total(len(self), "row", complete=self.complete)


class Triples(Answer, ShownTable):
    """Graph of a CONSTRUCT or DESCRIBE query; iterating gives rdflib's triples."""

    @cached_property
    def triples(self) -> list[Triple]:
        """The triples in the store's terms, in the order in which they came."""
        return triples(self.document)

    def __iter__(self) -> Iterator[tuple[rdflib.term.Identifier, rdflib.term.Identifier, rdflib.term.Identifier]]:
        return (tuple(map(to_rdflib, _spo(triple))) for triple in self.triples)  # type: ignore[misc]

    def __len__(self) -> int:
        return len(self.triples)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the triples as an rdflib Graph, with the prefixes of the project bound."""
        import rdflib

        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace)
        for triple in self:
            graph.add(cast("Any", triple))
        return graph

    def _shown(self) -> tuple[Sequence[str], Iterable[list[str]], str]:
        rows = ([_short(_cell(term)) for term in _spo(triple)] for triple in self.triples)
        return _SPO, rows, total(len(self), "triple", complete=self.complete)


class Truth(Answer):
    """Answer to an ASK query; true or false where Python asks for a truth value."""

    @cached_property
    def value(self) -> bool:
        """True if the answer is yes."""
        return truth(self.document)

    def __bool__(self) -> bool:
        return self.value

    def __repr__(self) -> str:
        return "yes" if self.value else "no"

    def _repr_html_(self) -> str:
        return f"<p>{self!r}</p>"


def native(term: Term | None) -> Value:
    """Return the Python value of a term: the text of an IRI or literal, a number where its datatype is one of XSD's."""
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value
    return _NATIVE.get(term.datatype.value, str)(term.value)


def to_rdflib(term: Term) -> rdflib.term.Identifier:
    """Return rdflib's form of a term; a plain text has no datatype, as from rdflib's parsers."""
    import rdflib

    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if not isinstance(term, Literal):
        return rdflib.BNode(term.value)
    datatype = None if term.language or term.datatype.value == XSD + "string" else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _installed(name: str) -> Any:
    """Return the module `name`, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def _cell(term: Term | None) -> TableCell:
    return TableCell("" if term is None else str(native(term)), isinstance(term, IRI))


def _short(cell: TableCell) -> str:
    return shrink(cell.text) if cell.is_iri else cell.text


def _spo(triple: Triple) -> tuple[Term, Term, Term]:
    return cast("tuple[Term, Term, Term]", (triple.subject, triple.predicate, triple.object))


_SPO = ("subject", "predicate", "object")
_KINDS: Mapping[str, type[Answer]] = {"solutions": Rows, "triples": Triples, "boolean": Truth}


_COLUMNS = re.compile(rb'\A\{"head":\{"vars":(\[[^\]]*\])')


def in_order_of(names: Sequence[str], document: bytes) -> bytes:
    """Return a SPARQL 1.1 JSON document of Oxigraph with its columns in the order of `names`, those that it has."""
    head = _COLUMNS.match(document) if names else None
    if head is None:
        return document
    columns = sorted(json.loads(head[1]), key=lambda name: names.index(name) if name in names else len(names))
    return document[: head.start(1)] + json.dumps(columns).encode() + document[head.end(1) :]


MAX_BYTES = 256 << 20
"""Bytes of an answer."""


class _RowMarks(NamedTuple):
    """Marks by which the rows of a document are told apart."""

    mark: bytes
    """End of each row, which may stand in a string too; its first byte belongs to the row."""
    token: re.Pattern[bytes]
    """A string that must not be looked into, or the mark."""
    last: int
    """Number of rows that the document has beyond its marks."""
    end: bytes
    """Bytes that complete a document that was cut after a row."""


_JSON = _RowMarks(b"},{", re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|\},\{', re.DOTALL), 1, b"]}}")
_ROW_MARKS = {
    "solutions": _JSON,
    "boolean": _JSON,
    "triples": _RowMarks(b"\n", re.compile(rb"\n"), 0, b""),
}


class _FullError(Exception):
    """The document has as many rows as it may have, and there are more."""


class ResultBuffer:
    """Buffer that Oxigraph writes an answer to: SPARQL 1.1 JSON ("solutions", "boolean") or N-Triples ("triples")."""

    def __init__(self, kind: str, rows: int) -> None:
        self.kind, self.complete, self.content = kind, True, bytearray()
        self._most, self._marks, self._rows = rows, 0, _ROW_MARKS[kind]

    def filled(self, write: Callable[[], object]) -> ResultBuffer:
        """Return this buffer, once `write` has filled it."""
        with suppress(_FullError):
            write()
        return self

    def write(self, piece: bytes) -> int:
        """Take what comes next; QueryError when the document becomes too long."""
        if not self.complete:  # what Oxigraph still had in its buffer
            return len(piece)
        seam = max(0, len(self.content) - len(self._rows.mark) + 1)
        self.content += piece
        if len(self.content) > MAX_BYTES:
            self.complete = False
            raise QueryError(f"the answer has more than {MAX_BYTES >> 20} MiB; ask for less, or add LIMIT to the query")
        self._marks += self.content.count(self._rows.mark, seam)
        self._cut_if_full()
        return len(piece)

    def flush(self) -> None:
        """Do nothing: a file has this method."""

    def _cut_if_full(self) -> None:
        """Cut the document after its last row, if there is another; marks within strings are only looked at then."""
        allowed = self._most - self._rows.last
        if self._marks <= allowed:
            return
        ends = [found.start() + 1 for found in self._rows.token.finditer(self.content) if found[0] == self._rows.mark]
        self._marks = len(ends)
        if len(ends) > allowed:
            self.content[ends[self._most - 1] :] = self._rows.end
            self.complete = False
            raise _FullError
