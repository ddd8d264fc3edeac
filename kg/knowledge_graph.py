"""What a Python user holds: one knowledge graph, with the same words as the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.namespaces import DERIVED, shrink
from kg.store import FolderStore, open_store
from kg.store.terms import IRI

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from rdflib import Dataset as RdflibDataset

    from kg.arguments.explain import Explanation
    from kg.arguments.review import Review
    from kg.arguments.standing import Standing
    from kg.arguments.whatif import Change
    from kg.load import Loaded
    from kg.query import Answer
    from kg.validate import Report
    from kg.views import View


class KnowledgeGraph:
    """Claims, who makes them and what answers them, in one store.  Usable in a `with` block."""

    def __init__(self, store: str | os.PathLike[str] = ":memory:") -> None:
        self.store = open_store(store)

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what the store holds open."""
        self.store.close()

    def load(self, *paths: str | os.PathLike[str]) -> Loaded:
        """Load claim files and RDF, one named graph a file; see `kg.load.load`."""
        from kg.load import load

        return load(self.store, paths)

    def drop(self, *graphs: str) -> Loaded:
        """Remove named graphs (by IRI, CURIE or file name); see `kg.load.drop`."""
        from kg.load import drop

        return drop(self.store, graphs)

    def stats(self) -> dict[str, int]:
        """Return what -> count: the triples of each data graph and of the derived graph, the nodes of each class."""
        counts = {shrink(entry.graph): entry.triples for entry in self.store.graphs()}
        counts[shrink(DERIVED)] = sum(1 for _ in self.store.quads(IRI(DERIVED)))
        rows = self.store.select("SELECT ?class (COUNT(*) AS ?n) { ?node a ?class } GROUP BY ?class ORDER BY ?class")
        return counts | {shrink(row["class"].value): int(row["n"].value) for row in rows}

    def verify(self) -> list[str]:
        """Return what is wrong with a store on disk, a sentence each: files by SHA-256, graphs by counts."""
        return self._folder().damage() or self.store.miscounted()

    def backup(self, folder: str | os.PathLike[str]) -> None:
        """Copy a store on disk, as it is now, to a new folder; see `kg.store.FolderStore.backup`."""
        self._folder().backup(folder)

    def restore(self, folder: str | os.PathLike[str]) -> None:
        """Let a store on disk hold what a backup holds; see `kg.store.FolderStore.restore`."""
        self._folder().restore(folder)

    def _folder(self) -> FolderStore:
        if not isinstance(self.store, FolderStore):
            raise UsageError(f"{self.store.location} has no files; this is for a store in a folder")
        return self.store

    def validate(self, *paths: str | os.PathLike[str]) -> Report:
        """Check files (without loading them into this store), or without `paths` what the store holds.

        See `kg.validate.validate`.  A file with violations of its own (a dangling id, a quote that is not found) is
        reported for these alone: what it states is not complete.
        """
        from kg.load import put, read_all, sources
        from kg.store import MemoryStore
        from kg.validate import Report, validate

        if not paths:
            return validate(self.store, sources(self.store))
        readings = read_all(paths)
        problems = [problem for reading in readings for problem in reading.problems]
        if any(problem.severity == "violation" for problem in problems):
            return Report.of_problems(problems)
        store = MemoryStore()
        put(store, readings)
        return validate(store, readings)

    def query(self, text: str, /, *, timeout: float | None = None, **params: str) -> Answer:
        """Answer SPARQL or a competency question by its name; see `kg.query.query`."""
        from kg.query import TIMEOUT, query

        return query(self.store, text, params, timeout=timeout or TIMEOUT)

    def export(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        format: str | None = None,
        graph: str | None = None,
        topic: str | None = None,
        query: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return RDF, and write it to `path` if one is given; the format is the path's extension unless named.

        See `kg.export.rdf.export` for what can be chosen and what is raised.
        """
        from kg.export.rdf import export
        from kg.files import write_whole

        form = format or (Path(path).suffix.lstrip(".") if path else "ttl")
        content = export(self.store, form, graph=graph, topic=topic, text=query, params=params)
        if path:
            write_whole(Path(path), content)
        return content

    def show(self, claim: str, width: int = 100) -> str:
        """Return a claim as text: what is said for it, against it and to limit it, in which words, by whom."""
        from kg.views.dispute import dispute
        from kg.views.text import render

        return render(dispute(self.store, self.store.resolve(claim)), width)

    def standing(
        self,
        *claims: str,
        topic: str | None = None,
        policy: str | os.PathLike[str] | None = None,
        semantics: str = "quadratic-energy",
    ) -> list[Standing]:
        """Return the standing of claims, of those about a topic, or of all; see `kg.arguments.review.Review`."""
        return self._review(policy, semantics).standings(claims, topic)

    def explain(
        self, claim: str, *, policy: str | os.PathLike[str] | None = None, semantics: str = "quadratic-energy"
    ) -> Explanation:
        """Return why a claim stands as it does: its lines, and what each contributes."""
        return self._review(policy, semantics).explain(claim)

    def what_if(
        self,
        claim: str,
        *,
        without: Sequence[str] = (),
        retract: Sequence[str] = (),
        ignore_interested: bool = False,
        policy: str | os.PathLike[str] | None = None,
        semantics: str = "quadratic-energy",
    ) -> Change:
        """Return how a claim stands, and how it would without some nodes, some sources, or the interested."""
        review = self._review(policy, semantics)
        return review.what_if([claim], without=without, retract=retract, ignore_interested=ignore_interested)[0]

    def _review(self, policy: str | os.PathLike[str] | None, semantics: str) -> Review:
        from kg.arguments.review import Review

        return Review(self.store, policy, semantics)

    def view(self, claim: str | None = None, *, kind: str = "page", around: str | None = None, hops: int = 1) -> View:
        """Return a picture as HTML: the page of a claim, or `kind="graph"`, whole or `around` a node.

        Raises UsageError for a page without a claim, NotFoundError for an id that does not exist.
        """
        from kg.views import view

        return view(self.store, claim, kind=kind, around=around, hops=hops)

    @property
    def dataset(self) -> RdflibDataset:
        """An rdflib Dataset over the same store; a store on disk is seen as it is now, and read-only."""
        return self.store.rdflib()
