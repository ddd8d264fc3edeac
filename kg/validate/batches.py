"""Parts of a dataset that are small enough for SHACL in memory: some nodes of a shape, and what it reads of them.

The worker reads the shapes and says which properties they look at (`ShapesPlan`); so each part holds these of its
nodes, and the classes of their values, and nothing else.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kg.derivation.claims import is_copied
from kg.namespaces import ASSESSMENTS, CATALOG, ONTOLOGY
from kg.store.terms import IRI, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.store import Store
    from kg.store.terms import Quad, Term

SIZE = 2_000
"""Nodes of a part."""
_REMEMBERED = 200_000
"""Nodes whose classes are remembered from one part to the next."""
_NARROWING = r"^.*VALUES \?{} {{ UNDEF }}.*\n"
"""Line of a query by which it is asked for some nodes alone."""
_ASKED = 500
"""Nodes for which a query is asked at once."""
_BESIDE = {IRI(CATALOG), IRI(ONTOLOGY), IRI(ASSESSMENTS)}
"""Graphs that are not held against shapes."""


class ShapesPlan(NamedTuple):
    """Nodes that shapes are about, and properties that they read."""

    targets: list[tuple[str, str, list[str]]]
    """`class`, `subjects` or `objects`; the IRI that the shape names; for a class, it and all below it."""
    steps: list[list[str]]
    """Properties of the nodes that are read, then of the values of these."""
    followed: list[list[str]]
    """Those of each step whose values are read further."""


class ShapesPart(NamedTuple):
    """Nodes of one target, and the triples that its shapes read of them in N-Triples."""

    kind: str
    name: str
    nodes: list[str]
    triples: str


def parts(store: Store, plan: ShapesPlan, among: Collection[str] | None = None) -> Iterator[ShapesPart]:
    """Yield all that `plan` asks for, in parts; of the nodes `among` alone if they are given."""
    reader = _Reader(store, plan)
    types = (
        None
        if among is None
        else [quad for quad in store.about_many(map(IRI, sorted(among))) if quad.predicate == TYPE]
    )
    for kind, name, classes in plan.targets:
        rest = iter(_typed(store, classes, types) if kind == "class" else _used(store, kind, name, among))
        while nodes := list(islice(rest, SIZE)):
            yield ShapesPart(kind, name, [str(node) for node in nodes], "".join(reader.triples(nodes)))


def _typed(store: Store, classes: list[str], types: Iterable[Quad] | None) -> Iterable[IRI]:
    """Return the nodes of these classes; of those that `types` speak of alone if they are given."""
    wanted = set(map(IRI, classes))
    found = store.pointing_many(wanted, TYPE) if types is None else types
    typed = ((quad.subject, quad.graph_name) for quad in found if quad.object in wanted)
    return dict.fromkeys(node for node, graph in typed if isinstance(node, IRI) and graph not in _BESIDE)


def _used(store: Store, kind: str, name: str, among: Collection[str] | None) -> Iterable[Term]:
    """Return the `subjects` or `objects` of a property; those among some nodes alone if they are given."""
    pattern = f"?node <{name}> ?o" if kind == "subjects" else f"?s <{name}> ?node"
    query = f"SELECT DISTINCT ?node WHERE {{\n  VALUES ?node {{ UNDEF }}\n  {pattern}\n}}"
    return [row["node"] for asked in narrowed(query, among) for row in store.select(asked)]


class _Reader:
    """Reader of the neighbourhoods of nodes, which remembers the classes of the values that it met last."""

    def __init__(self, store: Store, plan: ShapesPlan) -> None:
        self._store = store
        self._steps = [frozenset(map(IRI, step)) for step in plan.steps]
        self._followed = [frozenset(map(IRI, step)) for step in plan.followed]
        self._classes: dict[IRI, str] = {}

    def triples(self, nodes: Iterable[Term]) -> Iterator[str]:
        """Yield the N-Triples that are read of `nodes`, some of them perhaps twice."""
        frontier: set[IRI] = {node for node in nodes if isinstance(node, IRI)}
        values: set[IRI] = set(frontier)
        for step, followed in zip(self._steps, self._followed, strict=True):
            further: set[IRI] = set()
            for quad in self._about(frontier):
                if quad.predicate not in step:
                    continue
                yield f"{quad.triple} .\n"
                if isinstance(quad.object, IRI):
                    values.add(quad.object)
                    if quad.predicate in followed:
                        further.add(quad.object)
            frontier = further
        yield from self._typed(values)

    def _typed(self, values: set[IRI]) -> Iterator[str]:
        if len(self._classes) > _REMEMBERED:
            self._classes.clear()
        new = values - self._classes.keys()
        self._classes |= dict.fromkeys(new, "")
        for quad in self._about(new):
            if quad.predicate == TYPE and isinstance(quad.subject, IRI):
                self._classes[quad.subject] += f"{quad.triple} .\n"
        yield from (self._classes[value] for value in values)

    def _about(self, nodes: Iterable[IRI]) -> Iterator[Quad]:
        return (
            quad for quad in self._store.about_many(nodes) if quad.graph_name not in _BESIDE and not is_copied(quad)
        )


def whole(store: Store) -> str:
    """Return all that shapes may see, for shapes that say not what they read."""
    quads = (quad for graph in store.default_graphs() for quad in store.quads(graph))
    return "".join(f"{quad.triple} .\n" for quad in quads if not is_copied(quad))


def narrowed(query: str, among: Iterable[str] | None, name: str = "node") -> Iterator[str]:
    """Yield `query` for the nodes `among`, some at a time, in its lines with `VALUES ?name { UNDEF }`.

    It is left as it is without such lines, and without them if `among` is None.
    """
    narrowing = re.compile(_NARROWING.format(name), re.MULTILINE)
    if among is None or not narrowing.search(query):
        yield narrowing.sub("", query)
        return
    rest = iter(sorted(among))
    while nodes := [str(IRI(node)) for node in islice(rest, _ASKED)]:
        values = " ".join(nodes)
        yield narrowing.sub(lambda line: line[0].replace("UNDEF", values), query)  # noqa: B023 -- used at once
