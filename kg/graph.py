"""Facade of the library: one knowledge graph, with the same words as the command line."""

from __future__ import annotations

import os
import sys
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from kg.display import counted, html_table
from kg.errors import KgError, NotFoundError, Problem, UnreadableError
from kg.namespaces import DERIVED, shrink
from kg.store import is_address, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType

    import networkx as nx
    from rdflib import Dataset as RdflibDataset

    from kg.arguments.evaluator import Evaluator
    from kg.arguments.explain import Change, Explanation
    from kg.arguments.standing import Standing
    from kg.drift import ComputedDrift
    from kg.files import Paths
    from kg.handles import Claim, Collection, Questions, Readings, Topic
    from kg.load import Loaded
    from kg.model.labels import Listed
    from kg.model.nodes import Agent, Source, Study
    from kg.pages import Page
    from kg.query import Answer
    from kg.readers.tables import Preview
    from kg.search import Hit
    from kg.search.duplicates import Pair
    from kg.search.same import Proposal
    from kg.validate import Report

_MOST_CALLED = 5
_KINDS = ("claims", "sources", "agents", "topics", "studies")


class KnowledgeGraph:
    """Claims, who makes them and what answers them, in one store.  Usable in a `with` block."""

    def __init__(self, store: str | os.PathLike[str] = ":memory:") -> None:
        self.store = open_store(store)

    @staticmethod
    def is_there(location: str | os.PathLike[str]) -> bool:
        """Return True if there is a store to read at `location`; an address and `:memory:` are taken at their word."""
        return location == ":memory:" or is_address(location) or Path(location).exists()

    @property
    def location(self) -> str:
        """Location of the store for messages, as it was named; one filled from files may be given another name."""
        return self.store.location

    @location.setter
    def location(self, name: str) -> None:
        self.store.location = name

    @property
    def prefixes(self) -> dict[str, str]:
        """Prefixes that queries need not declare -> their namespaces, a prefix of each dataset among them."""
        return self.store.prefixes()

    @property
    def cautions(self) -> Sequence[str]:
        """Remarks on what a server did not promise or keep, a sentence each; none for other stores."""
        return tuple(self.store.cautions)

    @cached_property
    def _readings(self) -> Readings:
        from kg.handles import Readings

        return Readings(self.store)

    @cached_property
    def claims(self) -> Collection[Claim]:
        """Claims by short id, CURIE or IRI: `graph.claims["lasts"].text`."""
        return self._collection("claims")

    @cached_property
    def sources(self) -> Collection[Source]:
        """Sources by short id, CURIE or IRI."""
        return self._collection("sources")

    @cached_property
    def agents(self) -> Collection[Agent]:
        """Agents, who make claims, by short id, CURIE or IRI."""
        return self._collection("agents")

    @cached_property
    def topics(self) -> Collection[Topic]:
        """Topics by short id, CURIE or IRI; each has the claims about it."""
        return self._collection("topics")

    @cached_property
    def studies(self) -> Collection[Study]:
        """Studies by short id, CURIE or IRI."""
        return self._collection("studies")

    def _collection(self, kind: str) -> Collection[Any]:
        from kg.handles import collection

        return collection(self._readings, kind)

    @property
    def questions(self) -> Questions:
        """Competency questions by name; `query` answers them."""
        from kg.handles import Questions

        return Questions()

    def __repr__(self) -> str:
        try:
            graphs = self.store.graphs()
        except KgError as error:
            return f"<KnowledgeGraph {self.location!r}: {error}>"
        triples = sum(entry.triples for entry in graphs)
        return f"<KnowledgeGraph {self.location!r}: {counted(triples, 'triple')} in {counted(len(graphs), 'graph')}>"

    def _repr_html_(self) -> str:
        counts = [(kind, f"{len(getattr(self, kind)):,}") for kind in _KINDS]
        return html_table(("kind", "count"), counts, repr(self)[1:-1])

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back what the store holds open, and end the process that answered its queries."""
        if queries := sys.modules.get("kg.query"):  # whoever asked nothing does not pay for its import
            queries.release(self.store)
        self.store.close()

    def load(
        self,
        *paths: str | os.PathLike[str],
        mapping: Paths = (),
        strict: bool = False,
        prune: bool = False,
        encoding: str | None = None,
        sheet: str | None = None,
    ) -> Loaded:
        """Load claim files and RDF, and tables by mapping files, one named graph a file; see `kg.load.load`."""
        from kg.load import load

        return load(self.store, paths, mapping=mapping, strict=strict, prune=prune, encoding=encoding, sheet=sheet)

    @staticmethod
    def propose_mapping(path: str | os.PathLike[str], encoding: str | None = None, sheet: str | None = None) -> str:
        """Return a mapping file for a table, guessed from its columns and their values; see `kg.readers.tables`."""
        from kg.readers import encodings, tables

        with encodings.stated(encoding), tables.sheets.stated(sheet):
            return tables.propose(Path(path))

    @staticmethod
    def preview(
        path: str | os.PathLike[str],
        mapping: Paths,
        encoding: str | None = None,
        sheet: str | None = None,
    ) -> Preview:
        """Return what `load` would make of a table by a mapping file; nothing is written."""
        from kg.arguments import policy
        from kg.arguments.rules import tier_of_row
        from kg.readers import encodings, tables

        tier = partial(tier_of_row, policy.read())
        with encodings.stated(encoding), tables.sheets.stated(sheet):
            return tables.preview(Path(path), mapping, tier=tier)

    def drop(self, *graphs: str) -> Loaded:
        """Remove named graphs (by IRI, CURIE or file name); see `kg.load.drop`."""
        from kg.load import drop

        return drop(self.store, graphs)

    def stats(self) -> dict[str, int]:
        """Return what -> count: the triples of each data graph and of the derived graph, the nodes of each class."""
        counts = {shrink(entry.graph): entry.triples for entry in self.store.graphs()}
        counts[shrink(DERIVED)] = self.store.count(DERIVED)
        rows = self.store.select(
            "SELECT ?class (COUNT(DISTINCT ?node) AS ?n) { ?node a ?class } GROUP BY ?class ORDER BY ?class"
        )
        counts |= {shrink(row["class"].value): int(row["n"].value) for row in rows}
        told = self.store.select("SELECT (COUNT(DISTINCT ?node) AS ?n) { ?node hc:canonicalClaim ?first }")
        if others := int(told[0]["n"].value):
            counts["hc:Claim"] -= others
        return counts

    def gone_files(self) -> Sequence[Problem]:
        """Return a warning for each graph whose file was renamed or removed; see `kg.load.gone_files`."""
        from kg.load import gone_files

        return gone_files(self.store.graphs())

    def unlock(self) -> Sequence[str]:
        """Lift the lock of a writer that was killed; return who held it.  See `kg.store.Store.unlock`."""
        return self.store.unlock()

    def verify(self) -> list[str]:
        """Return what is wrong with a store, a sentence each: its files by SHA-256 if it has any, graphs by counts.

        Raises UnreadableError if there is no store.
        """
        if not self.store.exists():
            raise UnreadableError(f"no store in {self.location}; make one with: kg load PATH --store {self.location}")
        return self.store.damage() or self.store.miscounted()

    def backup(self, folder: str | os.PathLike[str]) -> None:
        """Copy a store on disk, as it is now, to a new folder; see `kg.store.Store.backup`."""
        self.store.backup(folder)

    def restore(self, folder: str | os.PathLike[str]) -> None:
        """Replace what a store on disk holds by a backup; see `kg.store.Store.restore`."""
        self.store.restore(folder)

    def validate(
        self,
        *paths: str | os.PathLike[str],
        timeout: float | None = None,
        in_store: bool = False,
        everything: bool = False,
    ) -> Report:
        """Check files (without loading them into this store), or without `paths` what the store holds.

        With `in_store`, what the store has from `paths`, in the light of all that it holds; with `everything`, all
        that it holds, once it is sure that `paths` are in it as they are now.  The shapes may take `timeout` seconds.

        See `kg.validate.validate`.  A file with violations of its own (a dangling id, a quote that is not found) is
        reported for these alone: what it states is not complete.
        """
        from kg.load import edited_files, gone_files, loaded_part, put, read_all, sources
        from kg.store import MemoryStore
        from kg.validate import Report, Touched, validate
        from kg.worker import checked_seconds

        deadline = None if timeout is None else checked_seconds(timeout)
        part = loaded_part(self.store, paths) if paths and (in_store or everything) else None
        if everything or not paths:
            records = self.store.graphs()
            stale = [*gone_files(records), *edited_files(records)]
            return validate(self.store, sources(self.store), deadline=deadline, problems=stale)._replace(
                store=self.location
            )
        if part:
            touched = Touched(part.paths, part.nodes)
            return validate(self.store, sources(self.store, part.graphs), deadline=deadline, touched=touched)
        readings = read_all(paths)
        problems = [problem for reading in readings for problem in reading.problems]
        if any(problem.severity == "violation" for problem in problems):
            return Report.of_problems(problems)
        store = MemoryStore()
        put(store, readings)
        return validate(store, readings, deadline=deadline)

    def query(
        self,
        text: str,
        params: Mapping[str, str] | None = None,
        /,
        *,
        timeout: float | None = None,
        max_rows: int | None = None,
        allow_service: Sequence[str] = (),
        language: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> Answer:
        """Return the answer to a SPARQL query, or to a competency question by its name; see `kg.query.query`.

        `params` are the values of its parameters: `graph.query("counterclaims-to-agent", {"agent": "amta"})`.  In the
        answer to a question, what has names in several languages is one row: by the name in `language` if there is one,
        else as every view prefers.  A query of one's own has one row then too if `language` is given.

        With `limit`, the rows of one page: those after the first `offset`, of which `complete` says if they are the
        last.  No other answer than rows has pages (UsageError).
        """
        from kg.model.languages import paged
        from kg.query import TIMEOUT, query
        from kg.query.questions import is_question

        seconds = TIMEOUT if timeout is None else timeout

        def asked(most: int | None) -> Answer:
            return query(
                self.store,
                text,
                params,
                timeout=seconds,
                max_rows=most,
                allow_service=allow_service,
                is_page=limit is not None and most is not None,
            )

        is_merged = bool(language) or (isinstance(text, str) and is_question(text))
        return paged(self.store, asked, language if is_merged else None, max_rows=max_rows, limit=limit, offset=offset)

    def unused_terms(self, query: str) -> Sequence[str]:
        """Return a sentence for each class or property that a query names and no data has; see `kg.query.questions`."""
        from kg.query.questions import unused_terms

        return tuple(unused_terms(self.store, query))

    def ids(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return IRI -> what a person types for it: a short id where the store has one dataset, else a CURIE."""
        from kg.store.resolve import ids

        return ids(self.store, nodes)

    def labels(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return IRI -> text, name, title or label, for those of `nodes` that have one."""
        from kg.model.labels import labels
        from kg.store.terms import IRI

        return {node.value: label for node, label in labels(self.store, map(IRI, nodes)).items()}

    def near_words(self, words: str) -> dict[str, list[str]]:
        """Return, for each of `words` that occurs nowhere, words that do; see `kg.search.near_words`."""
        from kg.search import near_words

        return near_words(self.store, words)

    def search(self, words: str, /, *, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """Return the claims, quotes, sources and others in which all words occur; see `kg.search.search`."""
        from kg.search import search

        return search(self.store, words, kinds=kinds, limit=limit)

    def export(
        self,
        path: str | os.PathLike[str] | IO[bytes] | None = None,
        *,
        format: str | None = None,
        graph: str | None = None,
        topic: str | None = None,
        query: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return RDF, or write it to a path or an open file (and return b""), however big it is.

        The format is Turtle, or the path's extension, unless named; `ris`, `bib` and `csl` write the sources alone.

        See `kg.export.results.export` for what can be chosen and what is raised.
        """
        import io

        from kg.export import check_format
        from kg.export.results import export
        from kg.files import atomic_open

        form = check_format(format or (Path(path).suffix[1:] if isinstance(path, str | os.PathLike) else "ttl"))
        what = {"graph": graph, "topic": topic, "text": query, "params": params}
        if isinstance(path, str | os.PathLike):
            with atomic_open(Path(path)) as output:
                export(output, self.store, form, **what)
            return b""
        output = io.BytesIO() if path is None else path
        export(output, self.store, form, **what)
        return output.getvalue() if isinstance(output, io.BytesIO) and path is None else b""

    def claims_called(self, name: str) -> Sequence[str]:
        """Return `name` if it is the id of a node, else the ids of claims that have these words, the best first.

        Raises NotFoundError if there is neither.
        """
        from kg.model.ids import normal

        try:
            self.store.resolve(name)
        except NotFoundError:
            is_words = name.isprintable() and any(map(str.isalnum, name)) and (":" not in name or " " in name)
            hits = self.search(name, kinds=["claim"], limit=_MOST_CALLED) if is_words else []
            if not hits:
                raise
            named = self.ids(hit.node for hit in hits)
            return [named[hit.node] for hit in sorted(hits, key=lambda hit: normal(hit.text) != normal(name))]
        return [name]

    def show(self, claim: str, width: int = 100) -> str:
        """Return a claim as text: what is said for it, against it and to limit it, in which words, by whom."""
        from kg.model.cards import dispute
        from kg.pages.base.assessed import stands
        from kg.pages.terminal import render

        node = self.store.resolve(claim)
        shown, standing = dispute(self.store, node), stands(self.store, node)
        return render(shown, width, standing.sentence if standing else "")

    def standing(
        self,
        *claims: str,
        topic: str | None = None,
        policy: str | os.PathLike[str] | None = None,
        semantics: str = "quadratic-energy",
        as_of: str | None = None,
    ) -> list[Standing]:
        """Return the standing of claims, of those about a topic, or of all; see `kg.arguments.evaluator.Evaluator`."""
        return self.evaluator(policy, semantics, as_of).standings(claims, topic)

    def explain(
        self, claim: str, *, policy: str | os.PathLike[str] | None = None, semantics: str = "quadratic-energy"
    ) -> Explanation:
        """Return why a claim stands as it does: its lines, and what each contributes."""
        return self.evaluator(policy, semantics).explain(claim)

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
        evaluator = self.evaluator(policy, semantics)
        return evaluator.what_if([claim], without=without, retract=retract, ignore_interested=ignore_interested)[0]

    def drift(self, name: str | None = None) -> list[ComputedDrift]:
        """Return the drifts that the data show: all, or those in a source, of a claim or an assertion; see `kg.drift`.

        They may also be those of what an agent says, or of what goes back to a study.
        """
        from kg.drift import drifts, drifts_of

        return drifts(self.store) if name is None else drifts_of(self.store, self.store.resolve(name))

    def drift_records(self, found: Iterable[ComputedDrift]) -> Sequence[dict[str, Any]]:
        """Return drifts with ids as a person types them and kinds in words, for JSON."""
        from kg.drift import records

        return records(self.store, found)

    def evaluator(
        self,
        policy: str | os.PathLike[str] | None = None,
        semantics: str = "quadratic-energy",
        as_of: str | None = None,
    ) -> Evaluator:
        """Return what weighs the claims by a policy, for many questions; see `kg.arguments.evaluator.Evaluator`."""
        from kg.arguments.evaluator import Evaluator

        if policy is None and as_of is None:
            return self._readings.evaluator(semantics)
        return Evaluator(self.store, policy, semantics, as_of)

    def view(self, claim: str | None = None, *, kind: str = "page", **options: Any) -> Page:
        """Return a page as HTML: of a claim, or kind= "graph", "matrix", "reading", "timeline" or "table".

        See `kg.pages.view` for the options of each kind, and for what is raised.
        """
        from kg.pages import view

        return view(self.store, claim, kind=kind, **options)

    def to_networkx(self, around: str | None = None, *, hops: int = 1) -> nx.MultiDiGraph[str]:
        """Return claims, arguments, sources and agents as a networkx graph, or what is near the node `around`.

        See `kg.pages.graph.network.network` for the kinds and attributes of nodes and edges.
        """
        from kg.pages.graph.network import network

        return network(self.store, around, hops)

    @property
    def dataset(self) -> RdflibDataset:
        """An rdflib Dataset over the same store; a store on disk is seen as it is now, and read-only."""
        return self.store.rdflib()

    def claim_duplicates(self, claim: str | None = None, *, limit: int | None = None) -> Sequence[Proposal]:
        """Return the claims that are likely the same, or contrary, the likeliest pair first; see `kg.search.same`."""
        from kg.search.same import proposals

        return proposals(self.store, claim, limit)

    # The last of the class: below it, `list` in an annotation would mean this method.
    def duplicates(self) -> Sequence[Pair]:
        """Return the sources that may be one, the likeliest first, with the reasons; see `kg.search.duplicates`."""
        from kg.search.duplicates import duplicates

        return duplicates(self.store)

    def list(
        self, kind: str = "claims", *, language: str = "", limit: int | None = None, after: str | None = None
    ) -> list[Listed]:
        """Return the claims, or another kind, each with its id and what it is called; see `kg.model.labels.listing`."""
        from kg.model.labels import listing

        return listing(self.store, kind, language, limit=limit, after=after)
