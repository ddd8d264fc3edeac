"""EmbeddedWriter: the changes of one transaction to an Oxigraph database of this process."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.namespaces import CATALOG, PREFIXES, SYSTEM_GRAPHS, UNION, VOID
from kg.store import catalog
from kg.store.base import Writer
from kg.store.local import oxigraph
from kg.store.terms import IRI, Node, Quad, Term, Triple, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from kg.store.catalog import GraphRecord
    from kg.store.syntax import RdfFile
    from kg.store.terms import Functions

MANY = 20_000
"""Quads from which new tables are the quickest way in, and a new database the quickest way out."""
_NOTED, _PART = 200_000, 8
"""The most triples that change, and their part of the store, up to which it pays to derive only what they reach."""
_SIZE = IRI(VOID + "triples")


class EmbeddedWriter(Writer):
    """The changes of one transaction to a database of this process.

    What a load brings is written at once, what is derived as it is derived, the catalog at the end.  RocksDB begins to
    rewrite its tables, larger, after a few additions; a writer does it once where it pays (`_settle`).
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._changed: set[str] = set()
        self._recorded: dict[str, GraphRecord] = {}
        self._filled = 0
        """Triples of graphs that the program filled."""
        self._to_unite = False
        self._gone, self._come = set[Triple](), set[Triple]()
        """Triples that data graphs lost and got."""
        self._is_much = False
        """True if these are too many to go by."""

    @cached_property
    def _known(self) -> dict[str, GraphRecord]:
        return {record.graph: record for record in catalog.records(self._store)}

    def records(self) -> tuple[GraphRecord, ...]:
        return tuple(self._known[graph] for graph in sorted(self._known))

    def put(self, record: GraphRecord, quads: Iterable[Quad]) -> GraphRecord:
        self.drop(record.graph)
        self.add(quads)
        return self.enter(record)

    def load(self, file: RdfFile) -> None:
        """Add the quads of a file as they are; what is in no named graph goes to the graph of the file.

        They go straight from the file into new tables, without Python values in between.  Raises as `RdfFile.quads`.
        """
        graph = None if file.syntax.has_graphs else IRI(file.graph)
        with file.opened() as stream, file.explained():
            self._store.bulk_load(stream, file.syntax.format, base_iri=file.graph, to_graph=graph)

    def enter_all(self, records: Iterable[GraphRecord]) -> list[GraphRecord]:
        counted = [record._replace(triples=self.count(record.graph)) for record in records]
        names = [record.graph for record in counted]
        self._changed.update(names)
        self._recorded |= dict(zip(names, counted, strict=True))
        self._known.update(self._recorded)
        self._note(names, self._come)
        if oxigraph.is_united(self._store):
            self._unite(names)
        elif self._have_common(set(names)):
            self._unite(self._data_graphs())
        return counted

    def count(self, graph: str) -> int:
        return oxigraph.count(self._store, graph)

    def fill(self, graph: str, quads: Iterable[Quad]) -> int:
        if self._size(graph):
            self._bring_to(graph, set(quads))
        else:
            self.add(quads)
        size = self.count(graph)
        self._put_size(graph, size)
        self._filled += size
        return size

    def amend(self, graph: str, gone: Collection[Quad], come: Collection[Quad]) -> int:
        for quad in gone:
            self._store.remove(quad)
        self.add(come)
        size = self._size(graph) + len(come) - len(gone)
        self._put_size(graph, size)
        return size

    def add(self, quads: Iterable[Quad]) -> None:
        quads = iter(quads)
        first = list(islice(quads, MANY))
        if first:
            add = self._store.extend if len(first) < MANY else self._store.bulk_extend
            add(chain(first, quads))

    def quads(self, graph: str) -> Iterator[Quad]:
        return self._store.quads_for_pattern(None, None, None, IRI(graph))

    def holds(self, quad: Quad) -> bool:
        return quad in self._store

    def unstated(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        # In the default graph a triple is there once.
        data = self._default_graphs()[:-1]

        @cache
        def is_used(predicate: IRI) -> bool:
            return any(next(self._store.quads_for_pattern(None, predicate, None, name), None) for name in data)

        for quad in quads:
            if not (is_used(quad.predicate) and any(in_graph(quad, name) in self._store for name in data)):
                yield quad

    def drop(self, *graphs: str) -> None:
        self._changed.update(graphs)
        self._note(graphs, self._gone)
        is_united = oxigraph.is_united(self._store)
        for graph in graphs:
            self._recorded.pop(graph, None)
            self._known.pop(graph, None)
            gone = list(self.quads(graph)) if is_united else []
            self._store.remove_graph(IRI(graph))
            for quad in gone:
                self._leave_union(quad)
            for node in (IRI(graph), catalog.file_of(graph)):
                for quad in list(self._store.quads_for_pattern(node, None, None, IRI(CATALOG))):
                    self._store.remove(quad)

    def changes(self) -> set[Triple] | None:
        return None if self._is_much else self._gone ^ self._come

    def about_many(self, nodes: Iterable[Node]) -> Iterator[Quad]:
        return self._matching((node, None, None) for node in nodes)

    def pointing_many(self, values: Iterable[Term], predicate: IRI) -> Iterator[Quad]:
        return self._matching((None, predicate, value) for value in values)

    def construct(
        self,
        query: str,
        graphs: Iterable[str] | None = None,
        *,
        stated: bool = False,
        functions: Functions | None = None,
    ) -> Iterator[Triple]:
        names = self._default_graphs() if graphs is None else [IRI(graph) for graph in graphs]
        names = names[:-1] if stated else names
        if len(names) <= oxigraph.FEW + 1:
            answer = self._store.query(query, prefixes=PREFIXES, default_graph=[*names], custom_functions=functions)
            return cast("Iterator[Triple]", answer)
        copy = ox.Store()
        copy.bulk_extend(quad for name in names for quad in self.quads(name.value))
        answer = copy.query(query, prefixes=PREFIXES, use_default_graph_as_union=True, custom_functions=functions)
        return cast("Iterator[Triple]", answer)

    def stating(self, predicate: IRI, value: IRI | None = None) -> Iterator[tuple[IRI, Term]]:
        # Solutions of a query come twice as quickly as its triples, and sooner than the quads of a pattern.
        query = f"SELECT ?node ?value {{ {f'VALUES ?value {{ {value} }}' if value else ''} ?node {predicate} ?value }}"
        answer = self._store.query(query, default_graph=[*self._default_graphs()])
        return ((node, found) for node, found in cast("Iterator[tuple[IRI, Term]]", answer))

    def index(self, file: Path) -> None:
        """Bring the index of words in `file` in step with what the transaction changed."""
        from kg.store.local import text_index

        text_index.refresh(file, self._store, self._changed, (record.graph for record in self.records()))

    def finish(self) -> None:
        """Write what comes at the end."""
        if len(self._data_graphs()) < 2:
            self._store.remove_graph(IRI(UNION))
        self._store.extend([quad for record in self._recorded.values() for quad in catalog.to_quads(record)])

    def close(self) -> None:
        """Bring the changes to the disk and close the database; the writer is of no more use."""
        self.finish()
        self._settle()
        self._store.flush()
        del self._store

    def _settle(self) -> None:
        """Bring what was written into the shape in which it is read best."""

    def abandon(self) -> None:
        """Close the database as it is: an error's traceback would keep the writer, and with it the database, open."""
        self.__dict__.pop("_store", None)

    def _note(self, graphs: Iterable[str], noted: set[Triple]) -> None:
        """Add the triples of data graphs to `noted`."""
        data = [graph for graph in graphs if graph not in SYSTEM_GRAPHS and graph in self._known]
        most = min(_NOTED, max(MANY, sum(record.triples for record in self._known.values()) // _PART))
        self._is_much |= len(noted) + sum(self._known[graph].triples for graph in data) > most
        if not self._is_much:
            noted.update(quad.triple for graph in data for quad in self.quads(graph))

    def _size(self, graph: str) -> int:
        """Return how many triples a graph that was filled has, as noted when it was."""
        noted = self._store.quads_for_pattern(IRI(graph), _SIZE, None, IRI(CATALOG))
        return max((int(quad.object.value) for quad in noted), default=0)  # type: ignore[union-attr]

    def _put_size(self, graph: str, size: int) -> None:
        for quad in list(self._store.quads_for_pattern(IRI(graph), _SIZE, None, IRI(CATALOG))):
            self._store.remove(quad)
        self._store.add(Quad(IRI(graph), _SIZE, typed(str(size), "integer"), IRI(CATALOG)))

    def _matching(self, patterns: Iterable[tuple[Node | None, IRI | None, Term | None]]) -> Iterator[Quad]:
        graphs = set(self._default_graphs())
        for pattern in patterns:
            yield from (quad for quad in self._store.quads_for_pattern(*pattern, None) if quad.graph_name in graphs)

    def _default_graphs(self) -> list[IRI]:
        """Return the graphs of the default graph; where these are too many and not united, unite them."""
        data = self._data_graphs()
        if not oxigraph.is_united(self._store) and (len(data) > oxigraph.FEW or (self._to_unite and len(data) > 1)):
            self._unite(data)
        return oxigraph.default_graphs(self._store, self.records())

    def _data_graphs(self) -> list[str]:
        return [record.graph for record in self.records()]

    def _have_common(self, new: set[str]) -> bool:
        """Return True if a triple stands in one of the graphs `new` and in another data graph."""
        records = {record.graph: record.triples for record in self.records()}
        if len(records) > oxigraph.FEW:
            return True
        old = records.keys() - new
        # With one new graph either side will do: the smaller is gone through.
        is_less = sum(records[graph] for graph in old) < sum(records[graph] for graph in new)
        fewer = old if len(new) == 1 and is_less else new
        return any(
            other.graph_name.value in records and other.graph_name != quad.graph_name  # type: ignore[union-attr]
            for graph in sorted(fewer)
            for quad in self.quads(graph)
            for other in self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        )

    def _unite(self, graphs: Iterable[str]) -> None:
        self.add(in_graph(quad, IRI(UNION)) for graph in graphs for quad in self.quads(graph))

    def _leave_union(self, quad: Quad) -> None:
        """Take a triple that a graph lost out of the union, unless another data graph has it."""
        others = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(other.graph_name.value in SYSTEM_GRAPHS for other in others):  # type: ignore[union-attr]
            self._store.remove(in_graph(quad, IRI(UNION)))

    def _bring_to(self, graph: str, quads: set[Quad]) -> None:
        """Change a graph to what it is to hold: mostly that is what it holds, and removing is slow."""
        there = set(self.quads(graph))
        for quad in there - quads:
            self._store.remove(quad)
        self.add(quads - there)
