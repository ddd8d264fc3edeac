"""One RDF dataset: what every store answers, wherever it lies.

The default graph of every query is the union of the data graphs and the derived graph; the catalogue, the ontology and
assessments are in graphs of their own.  Queries given here are the program's own: a query from a person or from the
network goes to `kg.query`, which evaluates it in another process.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from kg.errors import UnreadableError
from kg.namespaces import UNION
from kg.store.local import oxigraph
from kg.store.terms import IRI, Quad, Row, Term, Triple, bind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    import pyoxigraph as ox
    from rdflib import Dataset as RdflibDataset

    from kg.store.catalog import GraphEntry
    from kg.store.local.text_index import TextIndex
    from kg.store.local.writer import Writer
    from kg.store.syntax import Syntax

_Pattern = tuple[IRI | None, IRI | None, IRI | None, IRI | None]
"""Subject, predicate, object and graph of quads; None for any."""
_UNION = IRI(UNION)


class Dataset:
    """A store that can be read in this process; the subclasses say where it lies and how it is written."""

    location: str
    """As the user named it, for messages: a folder, `:memory:`, or what a caller who filled it from files sets."""
    _index: tuple[object, TextIndex] | None = None
    """The index of words of the state that it belongs to."""
    _ledger: tuple[object, tuple[GraphEntry, ...]] | None = None
    """The ledger of the state that it was read from: every query needs it."""

    def state(self) -> object:
        """Return what changes whenever anything of the dataset may have changed: a snapshot is of one state."""
        return self._state()

    def _state(self) -> object:
        raise NotImplementedError

    def _reader(self) -> ox.Store:
        raise NotImplementedError

    def writing(self) -> AbstractContextManager[Writer]:
        """Open a transaction: all of it becomes visible at the end of the block, or nothing after an error.

        Raises StoreInUseError when another process is writing, UnreadableError when the place cannot be written.
        """
        raise NotImplementedError

    def snapshot(self) -> AbstractContextManager[str]:
        """Open a folder with the state as it is now, which another process may read and nobody changes."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back what the store holds open."""

    def graphs(self) -> tuple[GraphEntry, ...]:
        """Return the ledger: the data graphs in the order of their IRIs."""
        state = self.state()
        if self._ledger is None or self._ledger[0] != state:
            with self._whole():
                self._ledger = (state, oxigraph.entries(self._reader()))
        return self._ledger[1]

    def text_index(self) -> TextIndex | None:
        """Return the index of the words of the state as it is now; None where only queries can find words."""
        state = self.state()
        if self._index is None or self._index[0] != state:
            self._index = (state, self._indexed())
        return self._index[1]

    def _indexed(self) -> TextIndex:
        from kg.store.local import text_index

        return text_index.in_memory(self._reader(), (entry.graph for entry in self.graphs()))

    def prefixes(self) -> dict[str, str]:
        """Return the prefix table with a prefix for each dataset of the store."""
        return oxigraph.prefixes(self.graphs())

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Return the solutions of a SELECT query; `bindings` fill its parameters (`kg.store.terms.bind`)."""
        with self._whole():
            return oxigraph.rows(self._evaluate(query, bindings))

    def ask(self, query: str, **bindings: Term) -> bool:
        """Return the answer to an ASK query."""
        with self._whole():
            return bool(self._evaluate(query, bindings))

    def construct(self, query: str, **bindings: Term) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""
        with self._whole():
            return list(cast("ox.QueryTriples", self._evaluate(query, bindings)))

    def quads(self, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph, or of all graphs."""
        with self._whole():
            yield from self._reader().quads_for_pattern(None, None, None, graph)

    def dump(self, graph: IRI, output: IO[bytes], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
        """Write the triples of one named graph, in the order of the store, in a syntax without named graphs."""
        with self._whole():
            self._reader().dump(output, syntax.format, from_graph=graph, prefixes=dict(prefixes))

    def about(self, node: IRI, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads whose subject is `node`, in one named graph or in all graphs."""
        yield from self._matching([(node, None, None, graph)])

    def pointing(self, node: IRI, predicate: IRI | None = None, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads whose object is `node`, with one predicate or with any, in one named graph or in all."""
        yield from self._matching([(None, predicate, node, graph)])

    def about_many(self, nodes: Iterable[IRI]) -> Iterator[Quad]:
        """Yield the quads, of all graphs, whose subject is one of `nodes`, in no order."""
        yield from self._matching((node, None, None, None) for node in dict.fromkeys(nodes))

    def pointing_many(self, nodes: Iterable[IRI], predicate: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads, of all graphs, whose object is one of `nodes`, in no order."""
        yield from self._matching((None, predicate, node, None) for node in dict.fromkeys(nodes))

    def _matching(self, patterns: Iterable[_Pattern]) -> Iterator[Quad]:
        """Yield the quads of each pattern; where it names no graph, without those that the union repeats."""
        with self._whole():
            reader = self._reader()
            for pattern in patterns:
                found = reader.quads_for_pattern(*pattern)
                yield from found if pattern[3] else (quad for quad in found if quad.graph_name != _UNION)

    def default_graphs(self) -> list[IRI]:
        """Return the named graphs whose union is the default graph: the data graphs, then the derived graph."""
        return oxigraph.default_graphs(self._reader(), self.graphs())

    def contains(self, node: IRI) -> bool:
        """Say whether anything is stated of `node`, or with it as object."""
        reader = self._reader()
        patterns = ((node, None, None), (None, None, node))
        return any(next(reader.quads_for_pattern(*pattern), None) is not None for pattern in patterns)

    def resolve(self, name: str) -> IRI:
        """Return the node that a short id, a CURIE or an IRI names.

        Raises NotFoundError, with the nearest ids, if nothing is stated of it or a short id fits several datasets.
        """
        from kg.store.resolve import resolve

        return resolve(self, name)

    def resolve_graph(self, name: str) -> IRI:
        """Return the named graph that an IRI, a CURIE, or the end of one (`claims.yaml`, `derived`) names.

        Raises NotFoundError, with the graphs that there are, if none or several fit.
        """
        from kg.store.resolve import resolve_graph

        return resolve_graph(self, name)

    def count(self, graph: str) -> int:
        """Return how many triples a named graph holds."""
        with self._whole():
            return oxigraph.count(self._reader(), graph)

    def miscounted(self) -> list[str]:
        """Return the named graphs that do not hold what the ledger says, a sentence each."""
        faults = []
        for entry in self.graphs():
            count = self.count(entry.graph)
            if count != entry.triples:
                faults.append(f"<{entry.graph}> has {count:,} triples and not {entry.triples:,}")
        return faults

    def rdflib(self) -> RdflibDataset:
        """Return an rdflib Dataset over the same store; its default graph is the union of all named graphs."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset as RdflibDataset

        dataset = RdflibDataset(store=OxigraphStore(store=self._reader()), default_union=True)
        for prefix, namespace in self.prefixes().items():
            dataset.bind(prefix, namespace, override=True, replace=True)
        return dataset

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Oxigraph raises RuntimeError when it comes upon a damaged block of a file, which may be in mid-reading."""
        try:
            yield
        except (RuntimeError, OSError) as error:
            raise UnreadableError(
                f"{self.location}: the store is damaged: {error}; restore it from a backup"
            ) from error

    def _evaluate(self, query: str, bindings: dict[str, Term]) -> object:
        return oxigraph.evaluate(self._reader(), bind(query, bindings), self.graphs())
