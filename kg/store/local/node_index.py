"""Index of the nodes of each class in the order of their IRIs, beside the index of words: pages of lists, near ids.

The nodes of one class in one graph are a part, of which the common beginning of their IRIs is written once.  A graph
that goes takes its parts with it; a page merges the parts of a class, as far as it goes.
"""

from __future__ import annotations

from heapq import merge
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple, cast

import pyoxigraph as ox

from kg.namespaces import local_name
from kg.store.terms import IRI, hc

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

CLASSES = (
    "Claim", "Source", "Agent", "Topic", "Assertion", "Argument", "Study",
    "Finding", "Arm", "Drift", "Interest", "Lead", "SetAside", "Counterclaim",
)  # fmt: skip
"""Local names of the classes whose nodes are indexed."""
SCHEMA = """
CREATE TABLE parts (id INTEGER PRIMARY KEY, graph INTEGER, class TEXT, start TEXT, size INTEGER);
CREATE INDEX parts_of_class ON parts (class);
CREATE INDEX parts_of_graph ON parts (graph);
CREATE TABLE nodes (part INTEGER, rest TEXT, PRIMARY KEY (part, rest)) WITHOUT ROWID;
"""
_MOST_PARTS = 400
"""Parts in which ids are looked for that are near another, and so many ids at most in all of them:"""
_MOST_NEAR = 16_000
_LAST = "\U0010ffff"


class _Part(NamedTuple):
    """The nodes of one class in one graph."""

    id: int
    start: str
    size: int


def put(connection: sqlite3.Connection, store: ox.Store, graph: IRI, number: int | None) -> dict[str, list[str]]:
    """Index the nodes of a graph, whose id in the index is `number`; return class -> its nodes, sorted."""
    found = {name: nodes for name in CLASSES if (nodes := _nodes(store, graph, name))}
    for name, nodes in found.items():
        start = _common(nodes[0], nodes[-1])
        row = (number, name, start, len(nodes))
        part = connection.execute("INSERT INTO parts (graph, class, start, size) VALUES (?, ?, ?, ?)", row).lastrowid
        connection.executemany("INSERT INTO nodes VALUES (?, ?)", ((part, node[len(start) :]) for node in nodes))
    return found


def _nodes(store: ox.Store, graph: IRI, name: str) -> list[str]:
    # A document of results comes several times as quickly as its values in Python.
    answer = cast("ox.QuerySolutions", store.query(f"SELECT ?node {{ ?node a {hc(name)} }}", default_graph=graph))
    document = answer.serialize(format=ox.QueryResultsFormat.TSV) or b""
    return sorted(line[1:-1] for line in document.decode().split("\n")[1:] if line.startswith("<"))


def drop(connection: sqlite3.Connection, number: int) -> None:
    """Take the nodes of a graph out of the index."""
    connection.execute("DELETE FROM nodes WHERE part IN (SELECT id FROM parts WHERE graph = ?)", (number,))
    connection.execute("DELETE FROM parts WHERE graph = ?", (number,))


def is_there(connection: sqlite3.Connection) -> bool:
    """Return False for an index of a time before nodes were in it."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'nodes'").fetchone())


def rows(connection: sqlite3.Connection) -> Iterator[tuple[str, ...]]:
    """Yield graph, class and IRI of all that is indexed."""
    yield from connection.execute(
        """SELECT name, class, start || rest FROM nodes
           JOIN parts ON parts.id = part JOIN graphs ON graphs.id = graph"""
    )


def after(connection: sqlite3.Connection, name: str, node: str) -> Iterator[str]:
    """Yield the nodes of a class that come after `node`, each once, in the order of their IRIs."""
    parts = connection.execute("SELECT id, start, size FROM parts WHERE class = ?", (name,)).fetchall()
    merged = merge(*(_from(connection, _Part(*part), node) for part in parts))
    return (each for each, _ in groupby(merged) if each > node)


def _from(connection: sqlite3.Connection, part: _Part, node: str) -> Iterator[str]:
    found = connection.execute(
        "SELECT rest FROM nodes WHERE part = ? AND rest >= ? ORDER BY rest", (part.id, _place(part, node))
    )
    return (part.start + rest for (rest,) in found)


def _place(part: _Part, node: str) -> str:
    """Return where `node` would stand in a part, as the rest of an IRI there."""
    if node.startswith(part.start):
        return node[len(part.start) :]
    return "" if node < part.start else _LAST


def near(connection: sqlite3.Connection, name: str, namespaces: Sequence[str]) -> set[str]:
    """Return nodes among which those are whose local name is like `name`: of few all, of many what begins like it.

    What is read has a bound, however many nodes there are: small parts as a whole, and of the others those beside the
    place where `name` would stand in each of `namespaces`.
    """
    every = [_Part(*row) for row in connection.execute("SELECT id, start, size FROM parts")]
    fitting = sorted(every, key=lambda part: (-len(_common(_local_start(part.start), name)), part.size))
    found, left = set[str](), _MOST_NEAR
    parts = sorted(fitting[:_MOST_PARTS], key=lambda part: part.size)
    for number, part in enumerate(parts):
        share = left // (len(parts) - number)
        here = [space for space in namespaces if space.startswith(part.start)][: share // 2]
        places = [_place(part, space + name) for space in here or [part.start.removesuffix(_local_start(part.start))]]
        beside = {node for place in places for node in _beside(connection, part, place, share // (2 * len(places)))}
        found |= set(_from(connection, part, "")) if part.size <= share else beside
        left -= min(part.size, share)
    return found


def _local_start(iri: str) -> str:
    """Return what follows the last slash or hash of a beginning of IRIs."""
    return "" if iri.endswith(("/", "#")) else local_name(iri)


def _common(one: str, other: str) -> str:
    """Return how both begin."""
    return "".join(here for here, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _beside(connection: sqlite3.Connection, part: _Part, place: str, most: int) -> Iterable[str]:
    """Return the `most` nodes of a part before a place, and the `most` from there on."""
    for condition in ("< ? ORDER BY rest DESC", ">= ? ORDER BY rest"):
        query = f"SELECT rest FROM nodes WHERE part = ? AND rest {condition} LIMIT ?"  # noqa: S608 -- ours
        yield from (part.start + rest for (rest,) in connection.execute(query, (part.id, place, most)))
