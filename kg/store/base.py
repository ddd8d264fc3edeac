"""Store and Writer: the protocols of everything that holds graphs, and of a transaction that changes it.

The default graph of every query is the union of the data graphs and the derived graph; the catalog, the ontology and
assessments are in graphs of their own.  Queries given to a store are the program's own: a query from a person or from
the network goes to `kg.query`.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Protocol

from kg.errors import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from rdflib import Dataset as RdflibDataset

    from kg.store.catalog import GraphRecord
    from kg.store.local.text_index import TextIndex
    from kg.store.syntax import RdfFile, Syntax
    from kg.store.terms import IRI, Functions, Node, Quad, Row, Term, Triple


class Store(Protocol):
    """Named graphs with a catalog, wherever they lie: in memory, in a folder on disk, on a SPARQL server."""

    location: str
    """As the user named it, for messages: a folder, `:memory:`, an address, or what a caller who filled it sets."""
    cautions: Sequence[str] = ()
    """Warnings of the writes so far, a sentence each."""

    def state(self) -> object:
        """Return what changes whenever anything of the store may have changed: a snapshot is of one state."""

    def close(self) -> None:
        """Give back what the store holds open."""

    # ------------------------------------------------------------------------------------------------- the catalog

    def graphs(self) -> tuple[GraphRecord, ...]:
        """Return the catalog: the data graphs in the order of their IRIs."""

    def prefixes(self) -> dict[str, str]:
        """Return the prefix table with a prefix for each dataset of the store."""
        from kg.store.catalog import prefixes

        return prefixes(self.graphs())

    def default_graphs(self) -> list[IRI]:
        """Return the named graphs whose union is the default graph: the data graphs, then the derived graph."""

    def count(self, graph: str) -> int:
        """Return how many triples a named graph holds."""

    def miscounted(self) -> list[str]:
        """Return the named graphs that do not hold what the catalog says, a sentence each."""
        counted = ((record, self.count(record.graph)) for record in self.graphs())
        return [
            f"<{record.graph}> has {count:,} triples and not {record.triples:,}"
            for record, count in counted
            if count != record.triples
        ]

    # --------------------------------------------------------------------------------------------------- queries

    def select(self, query: str, **bindings: Term) -> list[Row]:
        """Return the solutions of a SELECT query; `bindings` fill its parameters (`kg.store.terms.bind`)."""

    def ask(self, query: str, **bindings: Term) -> bool:
        """Return the answer to an ASK query."""

    def construct(self, query: str, **bindings: Term) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query."""

    def evaluator(self) -> QueryEvaluator | None:
        """Return what evaluates a person's queries; None where a worker process does it, over a `snapshot`."""

    def snapshot(self) -> AbstractContextManager[str]:
        """Open a folder with the state as it is now, which another process may read and nobody changes.

        Raises UsageError where there is an `evaluator`.
        """

    def text_index(self) -> TextIndex | None:
        """Return the index of the words of the state as it is now; None where only queries can find words."""

    def rdflib(self) -> RdflibDataset:
        """Return an rdflib Dataset over the same store; its default graph is the union of all named graphs.

        Raises UsageError for a server.
        """

    # ----------------------------------------------------------------------------------------- look-ups by indexes

    def quads(self, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads of one named graph, or of all graphs."""

    def dump(self, graph: IRI, output: IO[bytes], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
        """Write the triples of one named graph, in the order of the store, in a syntax without named graphs."""

    def about(self, node: IRI, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads whose subject is `node`, in one named graph, or as `about_many` does."""

    def pointing(self, node: IRI, predicate: IRI | None = None, graph: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads whose object is `node`, of one predicate or any, in one named graph, or as `about_many`."""

    def about_many(self, nodes: Iterable[IRI]) -> Iterator[Quad]:
        """Yield the quads of `default_graphs` and the system's graphs whose subject is one of `nodes`, in no order."""

    def pointing_many(self, nodes: Iterable[IRI], predicate: IRI | None = None) -> Iterator[Quad]:
        """Yield the quads of `default_graphs` and the system's graphs whose object is one of `nodes`, in no order."""

    def contains(self, node: IRI) -> bool:
        """Return True if anything is stated of `node`, or with it as object."""

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

    # --------------------------------------------------------------------------------------------------- changes

    def writing(self) -> AbstractContextManager[Writer]:
        """Open a transaction: all of it becomes visible at the end of the block, or nothing after an error.

        Raises StoreInUseError when another process is writing, UnreadableError when the place cannot be written.
        """

    def unlock(self) -> list[str]:
        """Lift the lock of a writer that was killed; return who held it, a sentence each.

        A store in a folder needs none: the system lifts the lock with the process.  Whoever was not killed after all
        finds at its end that its lock is gone, and leaves the store as it was.
        """
        return []

    # ----------------------------------------------------------------------------------------- the files on disk

    def exists(self) -> bool:
        """Return False if nothing was ever written to a folder."""
        return True

    def damage(self) -> list[str]:
        """Return what is wrong with the files of the store, a sentence each; nothing where it has no files."""
        return []

    def backup(self, folder: str | os.PathLike[str]) -> None:
        """Copy the state as it is now to a new folder, which is itself a store; the writer may go on meanwhile.

        Raises UsageError if there is anything at `folder`, or the store has no files; UnreadableError if it is damaged.
        """
        raise _without_files(self.location)

    def restore(self, folder: str | os.PathLike[str]) -> None:
        """Replace what the store holds by a backup, whatever it holds now, damaged or not.

        Raises UnreadableError if there is no store at `folder`, or a damaged one: nothing is changed then.  UsageError
        if the store has no files.
        """
        raise _without_files(self.location)


class QueryEvaluator(Protocol):
    """Evaluator of queries that is not a process of ours: a server."""

    def evaluate(self, query: str, *, graphs: list[str] | None, timeout: float) -> tuple[str, bytes]:
        """Return the kind of a query's answer, "solutions", "boolean" or "triples", and the document.

        `graphs` are the default graph, None if the query names its own; `timeout` is in seconds.  The document is in
        SPARQL 1.1 JSON or N-Triples.

        Raises QueryError, with the server's words, if it refuses the query or takes too long over it.
        """

    def within(self, seconds: float) -> AbstractContextManager[None]:
        """Give all that is asked in the block so many seconds together; QueryError when they are over."""


class Writer(Protocol):
    """The changes of one transaction; they become visible together, when the `with store.writing()` block ends."""

    def records(self) -> tuple[GraphRecord, ...]:
        """Return the catalog as the transaction sees it."""

    def put(self, record: GraphRecord, quads: Iterable[Quad]) -> GraphRecord:
        """Replace the named graph of `record` by `quads`; return the record, which says how many."""

    def load(self, file: RdfFile) -> None:
        """Add the quads of a file as they are; what is in no named graph goes to the graph of the file.

        Raises as `RdfFile.quads`.
        """

    def enter(self, record: GraphRecord) -> GraphRecord:
        """Write a graph into the catalog with the triples that it holds now, and return its record."""
        return self.enter_all([record])[0]

    def enter_all(self, records: Iterable[GraphRecord]) -> list[GraphRecord]:
        """Write graphs into the catalog with the triples that each holds now, and return their records."""

    def count(self, graph: str) -> int:
        """Return how many triples a named graph holds."""

    def fill(self, graph: str, quads: Iterable[Quad]) -> int:
        """Replace `graph` by `quads`, without a record, and return how many: for graphs that the program derives."""

    def amend(self, graph: str, gone: Collection[Quad], come: Collection[Quad]) -> int:
        """Take quads of a graph that was filled away, add others to it, and return how many triples it has then."""
        return self.fill(graph, {*self.quads(graph)}.difference(gone).union(come))

    def add(self, quads: Iterable[Quad]) -> None:
        """Add `quads` to the graphs that they name."""

    def quads(self, graph: str) -> Iterator[Quad]:
        """Yield the quads of a named graph."""

    def holds(self, quad: Quad) -> bool:
        """Return True if `quad` is stated."""

    def unstated(self, quads: Iterable[Quad]) -> Iterable[Quad]:
        """Return those of `quads` whose triple no data graph states, where that can be told at once; else all."""

    def drop(self, *graphs: str) -> None:
        """Remove named graphs and their records; nothing happens with one that is not there."""

    def changes(self) -> set[Triple] | None:
        """Return the triples that came into data graphs or went; None if they are too many to go by, or not known."""
        return None

    def about_many(self, nodes: Iterable[Node]) -> Iterator[Quad]:
        """Yield the quads of the default graph whose subject is one of `nodes`; only where `changes` says something."""
        raise _without_changes()

    def pointing_many(self, values: Iterable[Term], predicate: IRI) -> Iterator[Quad]:
        """Yield the quads of the default graph that have one of `values` for a property; as `about_many`."""
        raise _without_changes()

    def construct(
        self,
        query: str,
        graphs: Iterable[str] | None = None,
        *,
        stated: bool = False,
        functions: Functions | None = None,
    ) -> Iterator[Triple]:
        """Yield what a rule derives from `graphs`, or from the data graphs and, unless `stated`, what was derived.

        `functions` are those that the rule calls beside SPARQL's, by their IRIs.
        """

    def stating(self, predicate: IRI, value: IRI | None = None) -> Iterator[tuple[IRI, Term]]:
        """Yield the nodes with a property in the data graphs, each with a value of it: any, or `value`."""


def _without_changes() -> UsageError:
    return UsageError("this kind of store does not say what changes")


def _without_files(location: str) -> UsageError:
    return UsageError(f"{location} has no files here; this is for a store in a folder")
