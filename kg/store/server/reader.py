"""Reader of a store on a SPARQL 1.1 server: the same look-ups and queries, over HTTP.

The server holds the same graphs under the same names as a store in a folder, so whoever asks it without `kg` finds
them too.  Which graphs are the data is what the catalog says: each query names them to the server.

A `Dialect` keeps literals as they were written.  Virtuoso 7.2.5 turns durations into numbers, some of them wrong
("PT12S" into 12.12), and writes a boolean in JSON as 1 or 0.  Where it would, a duration has a datatype of ours on the
server, which says how it was written.
"""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from kg.errors import QueryError, UnreadableError, UsageError
from kg.namespaces import BASE, DERIVED, GRAPH, PREFIXES, SYSTEM_GRAPHS, XSD
from kg.store import catalog
from kg.store.base import Store
from kg.store.server.client import SOLUTIONS, TRIPLES, Client, CutError
from kg.store.syntax import serialize
from kg.store.terms import IRI, Literal, Quad, bind, check_results, in_graph, solutions, triples, truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from rdflib import Dataset as RdflibDataset

    from kg.store.catalog import GraphRecord
    from kg.store.syntax import Syntax
    from kg.store.terms import Row, Term, Triple

_WRITTEN = BASE + "as-written#"
_TRUTH = {"1": "true", "0": "false"}
_BOOLEAN = (XSD + "boolean").encode()


class Dialect(NamedTuple):
    """Conversion of literals that one product needs."""

    shielded: tuple[str, ...] = ()
    """Datatypes of XSD, by local name, whose literals the product does not keep."""
    numbers_for_truth: bool = False

    def outward(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield `quads` as they are to be sent."""
        kept = {XSD + name: IRI(_WRITTEN + name) for name in self.shielded}
        for quad in quads:
            value = quad.object
            if isinstance(value, Literal) and (datatype := kept.get(value.datatype.value)):
                literal = Literal(value.value, datatype=datatype)
                yield Quad(quad.subject, quad.predicate, literal, quad.graph_name)
            else:
                yield quad

    def inward(self, document: bytes) -> bytes:
        """Return a document of triples or of solutions as it was meant."""
        if self.shielded:
            document = document.replace(_WRITTEN.encode(), XSD.encode())
        if self.numbers_for_truth and _BOOLEAN in document and document.lstrip().startswith(b"{"):
            return _with_truth(document)
        return document


def dialect(product: str) -> Dialect:
    """Return the dialect of a server by what it calls itself."""
    if re.match("Virtuoso", product):
        return Dialect(("duration", "dayTimeDuration", "yearMonthDuration"), numbers_for_truth=True)
    return Dialect()


def _with_truth(document: bytes) -> bytes:
    parsed: dict[str, Any] = json.loads(document)
    for row in parsed.get("results", {}).get("bindings", []):
        for term in row.values():
            if term.get("datatype") == XSD + "boolean":
                term["value"] = _TRUTH.get(term["value"], term["value"])
    return json.dumps(parsed, ensure_ascii=False).encode()


FRESH = 5.0
"""Seconds for which the catalog is taken to be what it was when it was read."""
_OLD_CATALOG = GRAPH + "catalogue"
"""Name of the catalog in stores of format 1."""

BATCH = 200
"""Nodes that one request asks about."""
_SUSPECT = 1_000
"""Triples below which no server is thought to cut."""
_PLENTY = 200_001
"""Rows that are asked for to find out where a server cuts."""
_FORM = re.compile(r"(?:PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>|#[^\n]*\n|\s)*([A-Za-z]+)", re.IGNORECASE)
_KINDS = {"SELECT": ("solutions", SOLUTIONS), "ASK": ("boolean", SOLUTIONS)}


class ServerReader(Store):
    """Reader of a store on a SPARQL 1.1 server; `location` is the server's address for queries.

    See `kg.store.server.client.Client` for the addresses of the rest, the credentials and the limits.
    """

    def __init__(
        self, location: str, environment: Mapping[str, str] = os.environ, client: Client | None = None
    ) -> None:
        self.client = client or Client(location, environment)
        self.location = self.client.location
        self.cautions: list[str] = []
        """Warnings of the writes so far, a sentence each."""
        self._catalog: tuple[GraphRecord, ...] | None = None
        self._read_at = float("-inf")
        self._state_number = 0
        self._most: int | None = None

    @property
    def dialect(self) -> Dialect:
        """Conversion of literals that the server needs."""
        return dialect(self.client.product)

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def snapshot(self) -> AbstractContextManager[str]:
        """Raise UsageError: a server has no files here."""
        raise UsageError(f"{self.location} has no files here; this is for a store in a folder")

    def evaluator(self) -> ServerReader:
        """Return the store itself: the server evaluates queries."""
        return self

    def graphs(self) -> tuple[GraphRecord, ...]:
        """Return the catalog: the data graphs in the order of their IRIs.

        Raises UnreadableError if the server holds a store of an older format.
        """
        if self._catalog is None or time.monotonic() - self._read_at > FRESH:
            rows = self.rows(catalog.RECORDS, (), SYSTEM_GRAPHS)
            with self._explained():
                records = tuple(sorted(map(catalog.from_row, rows)))
            if not records:
                self.refuse_older_format()
            if self._catalog != records:
                self._state_number += 1
            self._catalog, self._read_at = records, time.monotonic()
        return self._catalog

    def text_index(self) -> None:
        """Return None: a server keeps no index of ours; words are found by queries (`kg.search`)."""

    def forget(self) -> None:
        """Drop the catalog that was read: something was written."""
        self._catalog = None

    def refuse_older_format(self) -> None:
        """Raise UnreadableError if the server holds a store of format 1, whose catalog has another name."""
        query = f"SELECT ?s WHERE {{ GRAPH <{_OLD_CATALOG}> {{ ?s ?p ?o }} }} LIMIT 1"
        if self.rows(query, (), [_OLD_CATALOG]):
            raise UnreadableError(
                f"{self.location}: the store cannot be used: it has the older format 1, and this kg has format "
                f"{catalog.FORMAT}; load its files again into an empty server"
            )

    def state(self) -> object:
        """Return a number that grows when the catalog is found to be another one."""
        self.graphs()
        return self._state_number

    def select(self, query: str, **bindings: Term) -> list[Row]:
        return self.rows(bind(query, bindings), *self._dataset())

    def ask(self, query: str, **bindings: Term) -> bool:
        document = self._document(bind(query, bindings), SOLUTIONS, *self._dataset())
        with self._explained():
            return truth(document)

    def construct(self, query: str, **bindings: Term) -> list[Triple]:
        return self.triples(bind(query, bindings), *self._dataset())

    def evaluate(self, query: str, *, graphs: list[str] | None, timeout: float) -> tuple[str, bytes]:
        """Return the kind of a query's answer, "solutions", "boolean" or "triples", and the document.

        `graphs` are the default graph, None if the query names its own; `timeout` is in seconds.  The document is in
        SPARQL 1.1 JSON or N-Triples.

        Raises QueryError, with the server's words, if it refuses the query or takes too long over it.
        """
        kind, accept = _KINDS.get(_form(query), ("triples", TRIPLES))
        default, named = (graphs, self._dataset()[1]) if graphs is not None else ((), ())
        text = _declared(query, self.prefixes())
        document = self.client.query(text, accept, default, named, timeout)
        if kind == "triples":
            self._refuse_cut(document)
        with self._explained("N-Triples" if kind == "triples" else "SPARQL results"):
            check_results(document, kind)
        return kind, self.dialect.inward(document)

    def within(self, seconds: float) -> AbstractContextManager[None]:
        """Give all that is asked in the block so many seconds together."""
        return self.client.within(seconds)

    def rows(self, query: str, default: Iterable[str], named: Iterable[str]) -> list[Row]:
        """Return the solutions of a SELECT query over a dataset."""
        document = self._document(query, SOLUTIONS, default, named)
        with self._explained():
            return solutions(document)[1]

    def triples(self, query: str, default: Iterable[str], named: Iterable[str]) -> list[Triple]:
        """Return the triples of a CONSTRUCT query over a dataset."""
        return self._parsed(self._document(query, TRIPLES, default, named))

    def quads(self, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph, or of all of the store.

        Raises UnreadableError if the server hands out less than it says it holds.
        """
        for name in [graph.value] if graph else self._dataset()[1]:
            triples = self.held(name)
            if len(triples) != (count := self.count(name)):
                raise UnreadableError(
                    f"{self.location}: the server hands out {len(triples):,} of the {count:,} triples of <{name}>; "
                    "raise its limit (in Virtuoso ResultSetMaxRows)"
                )
            yield from (in_graph(triple, IRI(name)) for triple in triples)

    def dump(self, graph: IRI, output: IO[bytes], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
        output.write(serialize(self.quads(graph), syntax.media_type, prefixes))

    def held(self, graph: str) -> list[Triple]:
        """Return what the server hands out of a named graph."""
        return self._parsed(self.dialect.inward(self.client.graph(graph)))

    def about(self, node: IRI, graph: IRI | None = None) -> Iterator[Quad]:
        yield from self._having("subject", [node], "?predicate", graph)

    def pointing(self, node: IRI, predicate: IRI | None = None, graph: IRI | None = None) -> Iterator[Quad]:
        yield from self._having("object", [node], str(predicate or "?predicate"), graph)

    def about_many(self, nodes: Iterable[IRI]) -> Iterator[Quad]:
        for batch in _batches(nodes):
            yield from self._having("subject", batch, "?predicate")

    def pointing_many(self, nodes: Iterable[IRI], predicate: IRI | None = None) -> Iterator[Quad]:
        for batch in _batches(nodes):
            yield from self._having("object", batch, str(predicate or "?predicate"))

    def _having(self, place: str, nodes: list[IRI], predicate: str, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads that have one of `nodes` in a place, "subject" or "object"; in halves if that is cut."""
        values = f"VALUES ?{place} {{ {' '.join(map(str, nodes))} }}"
        query = f"SELECT * WHERE {{ {values} GRAPH ?graph {{ ?subject {predicate} ?object }} }}"
        named = [graph.value] if graph else self._dataset()[1]
        try:
            found = self.rows(query, (), named)
        except UnreadableError as error:
            if not isinstance(error.__cause__, CutError) or len(nodes) == 1:
                raise
            for half in (nodes[: len(nodes) // 2], nodes[len(nodes) // 2 :]):
                yield from self._having(place, half, predicate, graph)
            return
        known = None if predicate.startswith("?") else IRI(predicate[1:-1])
        with self._explained():
            quads = [Quad(row["subject"], known or row["predicate"], row["object"], row["graph"]) for row in found]  # type: ignore[arg-type]
        yield from quads

    def contains(self, node: IRI) -> bool:
        named = self._dataset()[1]
        patterns = (f"{node} ?p ?o", f"?s ?p {node}")
        queries = (f"SELECT ?graph WHERE {{ GRAPH ?graph {{ {pattern} }} }} LIMIT 1" for pattern in patterns)
        return any(self.rows(query, (), named) for query in queries)

    def count(self, graph: str) -> int:
        rows = self.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", (), [graph])
        with self._explained():
            return int(rows[0]["n"].value)

    def rdflib(self) -> RdflibDataset:
        """Raise UsageError: rdflib would fetch triple by triple."""
        raise UsageError(f"{self.location} is a server; give its address to rdflib's own SPARQLStore")

    def default_graphs(self) -> list[IRI]:
        return [*map(IRI, self._dataset()[0])]

    def _dataset(self) -> tuple[list[str], list[str]]:
        """Return the names of the graphs that are the default graph, and of all that a query may name."""
        data = [entry.graph for entry in self.graphs()]
        return [*data, DERIVED], [*data, *SYSTEM_GRAPHS]

    def _document(self, query: str, accept: str, default: Iterable[str], named: Iterable[str]) -> bytes:
        """Return the answer to a query of our own, whose refusal is no fault of the person who asks."""
        try:
            document = self.client.query(_declared(query, PREFIXES), accept, default, named)
        except QueryError as error:
            raise UnreadableError(f"{self.location}: {error}") from error
        return self.dialect.inward(document)

    def _refuse_cut(self, document: bytes) -> None:
        """Refuse triples that Virtuoso may have cut: it says so of rows only, so rows are asked for till it does."""
        found = document.count(b"\n")
        if found < _SUSPECT or not self.client.product.startswith("Virtuoso"):
            return
        if self._most is None:
            query = f"SELECT (1 AS ?x) WHERE {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {_PLENTY}"
            try:
                self.client.query(query, SOLUTIONS, *self._dataset())
                self._most = _PLENTY
            except CutError as error:
                self._most = error.rows
        if found >= self._most:
            raise CutError(self._most)

    def _parsed(self, document: bytes) -> list[Triple]:
        with self._explained("N-Triples"):
            return triples(document)

    @contextmanager
    def _explained(self, form: str = "SPARQL results") -> Iterator[None]:
        """Name the server whose answer cannot be read, or has not what was asked for."""
        try:
            yield
        except (SyntaxError, ValueError, LookupError, TypeError) as error:
            raise UnreadableError(f"{self.location}: the server's answer is not whole {form}: {error}") from error


def _declared(query: str, prefixes: Mapping[str, str]) -> str:
    """Return `query` with the prefixes that it uses declared: a server does not know ours."""
    used = (name for name in prefixes if re.search(rf"(?<![\w.-]){re.escape(name)}:", query))
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in used) + query


def _batches(nodes: Iterable[IRI]) -> Iterator[list[IRI]]:
    """Yield `nodes` without repetitions, in lists of at most `BATCH`."""
    waiting = iter(dict.fromkeys(nodes))
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _form(query: str) -> str:
    found = _FORM.match(query)
    return found[1].upper() if found else ""
