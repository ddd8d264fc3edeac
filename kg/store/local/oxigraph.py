"""EmbeddedStore: the base of stores whose Oxigraph database is read in this process, and its query helpers."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from kg.errors import UnreadableError
from kg.namespaces import DERIVED, UNION
from kg.store import catalog
from kg.store.base import Store
from kg.store.local.manifest import check_memory
from kg.store.terms import IRI, bind, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyoxigraph as ox
    from rdflib import Dataset as RdflibDataset

    from kg.store.catalog import GraphRecord
    from kg.store.local.text_index import TextIndex
    from kg.store.syntax import Syntax
    from kg.store.terms import Quad, Row, Term, Triple

FEW = 8
"""Data graphs that a query may go over in place."""

_Pattern = tuple[IRI | None, IRI | None, IRI | None, IRI | None]
"""Subject, predicate, object and graph of quads; None for any."""
_UNION = IRI(UNION)


class EmbeddedStore(Store):
    """Base of stores whose database this process reads; subclasses say where it lies and how it is written."""

    _index: tuple[object, TextIndex] | None = None
    """The index of words of the state that it belongs to."""
    _catalog: tuple[object, tuple[GraphRecord, ...]] | None = None
    """The catalog of the state that it was read from: every query needs it."""

    def _reader(self) -> ox.Store:
        raise NotImplementedError

    def close(self) -> None:
        """Give back what the store holds open."""

    def graphs(self) -> tuple[GraphRecord, ...]:
        state = self.state()
        if self._catalog is None or self._catalog[0] != state:
            with self._damage_explained():
                self._catalog = (state, catalog.records(self._reader()))
        return self._catalog[1]

    def default_graphs(self) -> list[IRI]:
        """Return the data graphs, or their union where it has a graph of its own, then the derived graph."""
        return default_graphs(self._reader(), self.graphs())

    def count(self, graph: str) -> int:
        with self._damage_explained():
            return count(self._reader(), graph)

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Return the solutions of a SELECT query."""
        with self._damage_explained():
            return rows(self._evaluate(query, bindings))

    def ask(self, query: str, **bindings: Term) -> bool:
        with self._damage_explained():
            return bool(self._evaluate(query, bindings))

    def construct(self, query: str, **bindings: Term) -> list[Triple]:
        with self._damage_explained():
            return list(cast("ox.QueryTriples", self._evaluate(query, bindings)))

    def evaluator(self) -> None:
        """Return None: a worker process answers over a snapshot."""

    def text_index(self) -> TextIndex:
        state = self.state()
        if self._index is None or self._index[0] != state:
            self._index = (state, self._indexed())
        return self._index[1]

    def rdflib(self) -> RdflibDataset:
        from oxrdflib import OxigraphStore
        from rdflib import Dataset as RdflibDataset

        dataset = RdflibDataset(store=OxigraphStore(store=self._reader()), default_union=True)
        for prefix, namespace in self.prefixes().items():
            dataset.bind(prefix, namespace, override=True, replace=True)
        return dataset

    def quads(self, graph: IRI | None = None) -> Iterator[Quad]:
        with self._damage_explained():
            yield from self._reader().quads_for_pattern(None, None, None, graph)

    def dump(self, graph: IRI, output: IO[bytes], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
        with self._damage_explained():
            self._reader().dump(output, syntax.format, from_graph=graph, prefixes=dict(prefixes))

    def about(self, node: IRI, graph: IRI | None = None) -> Iterator[Quad]:
        yield from self._matching([(node, None, None, graph)])

    def pointing(self, node: IRI, predicate: IRI | None = None, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads whose object is `node`."""
        yield from self._matching([(None, predicate, node, graph)])

    def about_many(self, nodes: Iterable[IRI]) -> Iterator[Quad]:
        yield from self._matching((node, None, None, None) for node in dict.fromkeys(nodes))

    def pointing_many(self, nodes: Iterable[IRI], predicate: IRI | None = None) -> Iterator[Quad]:
        yield from self._matching((None, predicate, node, None) for node in dict.fromkeys(nodes))

    def contains(self, node: IRI) -> bool:
        reader = self._reader()
        patterns = ((node, None, None), (None, None, node))
        return any(next(reader.quads_for_pattern(*pattern), None) is not None for pattern in patterns)

    def _matching(self, patterns: Iterable[_Pattern]) -> Iterator[Quad]:
        """Yield the quads of each pattern; where it names no graph, those of `default_graphs` and the system's graphs.

        So where the union is kept, its quads come and not those of the data graphs that it repeats.
        """
        with self._damage_explained():
            reader, records = self._reader(), self.graphs()
            repeated = {IRI(record.graph) for record in records} if is_united(reader) else set[IRI]()
            for pattern in patterns:
                found = reader.quads_for_pattern(*pattern)
                yield from found if pattern[3] else (quad for quad in found if quad.graph_name not in repeated)

    def _indexed(self) -> TextIndex:
        from kg.store.local import text_index

        return text_index.in_memory(self._reader(), (record.graph for record in self.graphs()))

    def _evaluate(self, query: str, bindings: dict[str, Term]) -> object:
        reader, records = self._reader(), self.graphs()
        graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [*default_graphs(reader, records)]
        return reader.query(bind(query, bindings), prefixes=catalog.prefixes(records), default_graph=graphs)

    @contextmanager
    def _damage_explained(self) -> Iterator[None]:
        """Oxigraph raises RuntimeError when it comes upon a damaged block of a file, which may be in mid-reading."""
        try:
            yield
        except (RuntimeError, OSError) as error:
            check_memory(error)
            raise UnreadableError(
                f"{self.location}: the store is damaged: {error}; restore it from a backup"
            ) from error


def count(store: ox.Store, graph: str) -> int:
    """Return how many triples a named graph holds."""
    counted = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", default_graph=[IRI(graph)])
    return int(rows(counted)[0]["n"].value)


def default_graphs(store: ox.Store, records: Iterable[GraphRecord]) -> list[IRI]:
    """Return the named graphs whose union is the default graph: the data graphs, or their union, and what is derived.

    The default graph is a merge (SPARQL 1.1, 13.2): a triple that two files state is there once.  Oxigraph gives it
    twice, and looks each pattern up in one graph after the other, in a time that grows with the square of their number.
    So the writer keeps the union in a graph of its own, where two graphs share a triple or there are more than FEW.
    """
    data = [_UNION] if is_united(store) else [IRI(record.graph) for record in records]
    return [*data, IRI(DERIVED)]


def is_united(store: ox.Store) -> bool:
    """Return True if the union of the data graphs lies in a graph of its own."""
    return next(store.quads_for_pattern(None, None, None, _UNION), None) is not None
