"""TextIndex of the words that a store holds (SQLite FTS5), so that a claim is found without going through all texts.

Beside the words are the nodes in the order of their IRIs (`kg.store.local.node_index`).

The rows of the index know the named graph that they are from.  A transaction replaces the rows of the graphs that it
changed, in a copy of the file beside the tables of its own generation: index and data become visible together.
"""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from kg.errors import UnreadableError
from kg.namespaces import HC, PREFIXES, local_name
from kg.store.local import node_index
from kg.store.terms import IRI, TYPE, iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

MARKS = ("\x02", "\x03")
"""Characters around a found word in SQLite's snippets; no text of the index has them."""
_BELOW = """
SELECT DISTINCT ?class {{
  ?class (rdfs:subClassOf|owl:equivalentClass|^owl:equivalentClass)+ {0}
  FILTER(?class != {0} && isIRI(?class))
}}
"""
_SPACES = dict.fromkeys(map(ord, ("\x00", *MARKS)), " ")
_SNIPPET_WORDS = 24
"""The most words of a snippet; FTS5 takes 64 at most."""


class IndexedKind(NamedTuple):
    """A kind of thing that is found by its words: the properties whose text is indexed, as CURIEs."""

    name: str
    text: str
    """Property of its text or name."""
    more: tuple[str, ...] = ()
    """Properties of its other short texts; count less."""
    body: str = ""
    """Property of its full text; counts least."""
    type: str = ""
    """The class it must have in the same graph, or one that the data put below it; where the property does not tell."""
    by_id: bool = False
    """True if it is found by the words of its id too: people know an agent or a source by it."""


KINDS = (
    IndexedKind("claim", "hc:text"),
    IndexedKind("quote", "oa:exact"),
    IndexedKind(
        "source",
        "dcterms:title",
        ("dc:creator", "prism:publicationName", "dc:publisher", "dcterms:date", "prism:doi", "fabio:hasPubMedId"),
        "schema:text",
        "hc:Source",
        by_id=True,
    ),
    IndexedKind("topic", "skos:prefLabel", ("skos:altLabel", "skos:definition"), type="hc:Topic", by_id=True),
    IndexedKind("agent", "hc:name", by_id=True),
    IndexedKind("study", "rdfs:label", ("hc:registration",), type="hc:Study", by_id=True),
    IndexedKind("finding", "rdfs:label", ("hc:measure",), type="hc:Finding"),
    IndexedKind("remark", "hc:note", type="hc:Assertion"),
)

_SCHEMA = """
CREATE TABLE subclasses (class TEXT, subclass TEXT);
CREATE TABLE graphs (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE entries (id INTEGER PRIMARY KEY, graph INTEGER, kind TEXT, node TEXT);
CREATE INDEX entries_of_graph ON entries (graph);
CREATE VIRTUAL TABLE words USING fts5 (text, more, body, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, 'row');
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(10.0, 3.0, 1.0)');
"""
_FOUND = """
SELECT words.rowid, -rank, entries.kind, entries.node FROM words JOIN entries ON entries.id = words.rowid
WHERE words MATCH ? {condition} ORDER BY rank, entries.node, words.rowid LIMIT ?
"""
_SPARE = 4
"""Rows that are looked at for one node that is wanted, and factor by which there are more when they were too few."""
_SHOWN = "SELECT text, snippet(words, -1, ?, ?, '…', ?) FROM words WHERE words MATCH ? AND rowid = ?"


class Word(NamedTuple):
    """Word or unbroken phrase that must occur, in any of its forms; or the start of one."""

    text: str
    is_start: bool = False


class Match(NamedTuple):
    """A node whose words were found; `snippet` has the characters `MARKS` around each found word."""

    node: str
    """IRI."""
    kind: str
    text: str
    snippet: str
    score: float
    """BM25 of SQLite, the higher the better; comparable within one search only."""


class _Row(NamedTuple):
    """A row in which the words occur."""

    number: int
    score: float
    kind: str
    node: str


class TextIndex:
    """The words of one state of a store."""

    def __init__(self, connection: sqlite3.Connection, location: str) -> None:
        self._connection = connection
        # Whoever searches in another thread meanwhile holds the index, and with it the file, open.
        weakref.finalize(self, connection.close)
        self._location = location

    def find(self, words: Sequence[Word], kinds: Iterable[str] = (), limit: int = 20) -> list[Match]:
        """Return the best matches in which all of `words` occur, each node once, the best first, then by IRI."""
        expression = _expression(words)
        with self._whole():
            best = self._best(expression, tuple(kinds), limit)
            # Rows of one node that are as good as each other: the order of loading must not show.
            return [min(self._match(row, expression) for row in rows) for rows in best]

    def _best(self, expression: str, kinds: tuple[str, ...], limit: int) -> list[list[_Row]]:
        """Return the best rows of the best `limit` nodes: several graphs may speak of one."""
        condition = f"AND entries.kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
        most = limit
        while True:
            most *= _SPARE
            query = _FOUND.format(condition=condition)
            rows = [_Row(*row) for row in self._connection.execute(query, (expression, *kinds, most))]
            best: dict[str, list[_Row]] = {}
            for row in rows:
                same = best.setdefault(row.node, [])
                if not same or same[0].score == row.score:
                    same.append(row)
            if len(best) > limit or len(rows) < most:
                return list(best.values())[:limit]

    def _match(self, row: _Row, expression: str) -> Match:
        shown = self._connection.execute(_SHOWN, (*MARKS, _SNIPPET_WORDS, expression, row.number))
        text, snippet = shown.fetchone()
        return Match(row.node, row.kind, text, snippet, row.score)

    def sharing(self, words: Iterable[Word], kind: str, limit: int) -> list[str]:
        """Return the nodes of a kind in which any of `words` occurs: those with the rarest and the most of them."""
        expression = " OR ".join(_expression([word]) for word in words)
        query = _FOUND.format(condition="AND entries.kind = ?")
        with self._whole():
            rows = self._connection.execute(query, (expression, kind, limit)) if expression else ()
            return list(dict.fromkeys(node for _, _, _, node in rows))

    def occurs(self, word: Word) -> bool:
        """Return True if anything is found by `word`."""
        return bool(self.find([word], limit=1))

    def stems(self) -> list[str]:
        """Return the stems of all words, sorted."""
        with self._whole():
            return [term for (term,) in self._connection.execute("SELECT term FROM vocabulary ORDER BY term")]

    def nodes(self, name: str, after: str = "") -> Iterator[str] | None:
        """Return the nodes of `hc:name` that are stated to be one after the node `after`, each once, by IRI.

        None from a store that was written before nodes were indexed.
        """
        with self._whole():
            is_there = name in node_index.CLASSES and node_index.is_there(self._connection)
        return self._each(node_index.after(self._connection, name, after)) if is_there else None

    def _each(self, found: Iterator[str]) -> Iterator[str]:
        with self._whole():
            yield from found

    def near(self, name: str, namespaces: Sequence[str]) -> set[str] | None:
        """Return nodes among which those with a name like `name` are; None as `nodes`."""
        with self._whole():
            is_there = node_index.is_there(self._connection)
            return node_index.near(self._connection, name, namespaces) if is_there else None

    def rows(self) -> list[tuple[str, ...]]:
        """Return all that is indexed, sorted: graph, kind, node, and the three texts; graph, class and node."""
        query = """SELECT name, kind, node, text, more, body FROM entries
                   JOIN graphs ON graphs.id = graph JOIN words ON words.rowid = entries.id"""
        with self._whole():
            return sorted([*self._connection.execute(query), *node_index.rows(self._connection)])

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise UnreadableError(
                f"{self._location}: the index of words is damaged: {error}; restore the store from a backup"
            ) from error


def opened(path: Path) -> TextIndex:
    """Return the index in a file that nobody changes; UnreadableError, at the first search, if it is damaged."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    return TextIndex(connection, str(path.parent.parent))


def in_memory(store: ox.Store, graphs: Iterable[str]) -> TextIndex:
    """Return an index of `graphs` that no file holds."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    below = _subclasses(store)
    _make(connection, below)
    _put(connection, store, graphs, below)
    return TextIndex(connection, ":memory:")


def refresh(path: Path, store: ox.Store, changed: Iterable[str], graphs: Iterable[str]) -> None:
    """Update the index at `path` to the words of `graphs`, of which only `changed` differ from what it held.

    The file is replaced by another one: it may be a link to that of an older generation.  UnreadableError if it cannot
    be written.
    """
    now, below = set(graphs), _subclasses(store)
    indexed = _indexed(path, below) if path.exists() else set()
    kept = (indexed & now) - set(changed)
    if path.exists() and kept == indexed == now:
        return
    new = path.with_suffix(".new")
    if kept:
        shutil.copyfile(path, new)
    connection = sqlite3.connect(new)
    try:
        # A transaction that fails takes the whole file with it.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
        if kept:
            _drop(connection, indexed - kept)
        else:
            _make(connection, below)
        _put(connection, store, now - kept, below)
    except sqlite3.Error as error:  # a full disk; an SQLite without FTS5
        raise UnreadableError(f"{path.parent.parent}: the index of words cannot be written: {error}") from error
    finally:
        connection.close()
    new.replace(path)


def _make(connection: sqlite3.Connection, below: Iterable[tuple[str, str]]) -> None:
    connection.executescript(_SCHEMA + node_index.SCHEMA)
    with connection:
        connection.executemany("INSERT INTO subclasses VALUES (?, ?)", sorted(below))


def _subclasses(store: ox.Store) -> set[tuple[str, str]]:
    """Return the class of a kind, and each class that the data put below it: a file says so for the others too."""
    found = set[tuple[str, str]]()
    for cls in dict.fromkeys(iri(kind.type) for kind in KINDS if kind.type):
        answer = store.query(_BELOW.format(cls), prefixes=PREFIXES, use_default_graph_as_union=True)
        found.update((cls.value, solution[0].value) for solution in cast("ox.QuerySolutions", answer))
    return found


def _indexed(path: Path, below: set[tuple[str, str]]) -> set[str]:
    """Return the graphs that the index at `path` has as they would be indexed now; none of an older kind of index."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        names = {name for (name,) in connection.execute("SELECT name FROM graphs")}
        is_new = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'subclasses'").fetchone()
        known = connection.execute("SELECT * FROM subclasses").fetchall() if is_new else []
        return names if node_index.is_there(connection) and {*known} == below else set()  # rebuilt
    except sqlite3.DatabaseError:
        return set()  # rebuilt
    finally:
        connection.close()


def _drop(connection: sqlite3.Connection, graphs: Iterable[str]) -> None:
    with connection:
        for graph in sorted(graphs):
            for (number,) in connection.execute("SELECT id FROM graphs WHERE name = ?", (graph,)).fetchall():
                connection.execute(
                    "DELETE FROM words WHERE rowid IN (SELECT id FROM entries WHERE graph = ?)", (number,)
                )
                connection.execute("DELETE FROM entries WHERE graph = ?", (number,))
                node_index.drop(connection, number)
                connection.execute("DELETE FROM graphs WHERE id = ?", (number,))


def _put(
    connection: sqlite3.Connection, store: ox.Store, graphs: Iterable[str], below: Iterable[tuple[str, str]]
) -> None:
    with connection:
        for graph in sorted(graphs):
            number = connection.execute("INSERT INTO graphs (name) VALUES (?)", (graph,)).lastrowid
            first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM entries").fetchone()[0]
            nodes = node_index.put(connection, store, IRI(graph), number)
            for cls, subclass in below:
                members = store.quads_for_pattern(None, TYPE, IRI(subclass), IRI(graph))
                nodes.setdefault(cls.removeprefix(HC), []).extend(
                    quad.subject.value for quad in members if isinstance(quad.subject, IRI)
                )
            for row, (kind, node, *texts) in enumerate(_rows(store, IRI(graph), nodes), first):
                connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?)", (row, number, kind, node))
                connection.execute("INSERT INTO words (rowid, text, more, body) VALUES (?, ?, ?, ?)", (row, *texts))


def _rows(store: ox.Store, graph: IRI, nodes: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield kind, node and texts of what one graph states; `nodes` has class -> the nodes of it, or below, there."""
    for kind in KINDS:
        cls = iri(kind.type) if kind.type else None
        stated = set(nodes.get(cls.value.removeprefix(HC), ())) if cls else set()
        for node, _, text, _ in store.quads_for_pattern(None, iri(kind.text), None, graph):
            if not isinstance(node, IRI) or not isinstance(text, ox.Literal):
                continue
            if cls and node.value not in stated:
                continue
            more, body = (_said(store, node, names, graph) for names in (kind.more, (kind.body,)))
            told = "; ".join(filter(None, (local_name(node.value) if kind.by_id else "", more)))
            yield kind.name, node.value, text.value.translate(_SPACES), told, body


def _said(store: ox.Store, node: IRI, properties: Sequence[str], graph: IRI) -> str:
    """Return the literals that `node` has for `properties`, in one text."""
    found = (
        quad.object.value
        for name in filter(None, properties)
        for quad in store.quads_for_pattern(node, iri(name), None, graph)
        if isinstance(quad.object, ox.Literal)
    )
    return "; ".join(sorted(found)).translate(_SPACES)


def _expression(words: Iterable[Word]) -> str:
    """Return an FTS5 query in which all words stand as strings, so that none of them is taken as an operator."""
    return " ".join('"' + word.text.translate(_SPACES).replace('"', '""') + '"' + "*" * word.is_start for word in words)
