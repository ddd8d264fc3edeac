"""Resolution of ids and CURIEs to nodes and graphs, and the ids of nodes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from kg.errors import NotFoundError, UsageError
from kg.namespaces import DERIVED, GRAPH, HC, ID, PREFIXES, SYSTEM_GRAPHS, expand, local_name, shrink
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.catalog import GraphRecord
    from kg.store.local.text_index import TextIndex
    from kg.store.terms import Row

_LONGEST = 60
"""Characters of a name that a message repeats."""
_ALIKE = 65
"""Likeness, of 100, from which an id is proposed; what only shares some letters has up to 60."""


_OF_OTHER_CLASSES = f"""
SELECT DISTINCT ?node WHERE {{
  VALUES ?class {{ hc:Claim hc:Source hc:Agent hc:Topic hc:Assertion hc:Argument hc:Study }}
  GRAPH <{DERIVED}> {{ ?node a ?class }}
}} LIMIT 1000
"""
"""Query for nodes that the data give a class of their own, below one of ours: mostly none."""


class Resolvable(Protocol):
    """Part of a store by which names are resolved; see `kg.store.base.Store`."""

    location: str

    def graphs(self) -> tuple[GraphRecord, ...]:
        """Return the catalog."""

    def prefixes(self) -> dict[str, str]:
        """Return the prefix table."""

    def contains(self, node: IRI) -> bool:
        """Return True if anything is stated of a node."""

    def select(self, query: str) -> list[Row]:
        """Return the solutions of a query."""

    def text_index(self) -> TextIndex | None:
        """Return the index of words and nodes, where there is one."""


def resolve(store: Resolvable, name: str) -> IRI:
    """Return the node that a short id, a CURIE or an IRI names; see `Store.resolve`."""
    return _one(store, name, (told_for(store, node) for node in _called(store, name)))


def named(store: Resolvable, name: str) -> IRI:
    """Return what `resolve` does, but of claims that are one the very one that has this name."""
    return _one(store, name, _called(store, name))


def _called(store: Resolvable, name: str) -> list[IRI]:
    if not isinstance(name, str):
        raise UsageError(f"a node is named by its id, and not by {name!r}")
    prefixes = store.prefixes()
    iri = expand(name, prefixes)
    namespaces = sorted({space for record in store.graphs() for space in record.namespaces})
    # What a dataset calls so is meant before a concept of the ontology with that word.
    tried = [[iri]] if iri else [[namespace + name for namespace in namespaces], [_concept(name)]]
    each = ([node for node in _legal(candidates) if store.contains(node)] for candidates in tried)
    return next(filter(None, each), [])


def _one(store: Resolvable, name: str, nodes: Iterable[IRI]) -> IRI:
    """Return the only one of `nodes`, which the name may mean."""
    found = list(dict.fromkeys(nodes))
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(shrink(node.value, store.prefixes()) for node in found)
        raise NotFoundError(f"'{name}' is in several datasets: say which, {choices}")
    raise NotFoundError(f"no '{_short(name)}' in {store.location}{_nearest(store, name)}")


def told_for(store: Resolvable, node: IRI) -> IRI:
    """Return the claim that is told for `node` if it is one with others, else `node` itself."""
    rows = store.select(f"SELECT ?first {{ {node} hc:canonicalClaim ?first }}")
    return next((row["first"] for row in rows if isinstance(row["first"], IRI)), node)


def ids(store: Resolvable, nodes: Iterable[str]) -> dict[str, str]:
    """Return node -> its id; see `id_of`."""
    prefixes, namespace = store.prefixes(), only_namespace(store)
    return {node: id_of(node, prefixes, namespace) for node in nodes}


def id_of(node: str, prefixes: dict[str, str], namespace: str | None) -> str:
    """Return the short id of an individual of the one dataset, which has `namespace`, else its CURIE, else its IRI."""
    is_individual = namespace and node.startswith(namespace) and node != namespace
    return node.removeprefix(namespace or "") if is_individual else shrink(node, prefixes)


def only_namespace(store: Resolvable) -> str | None:
    """Return what the IRIs of all individuals begin with; None if several datasets may have the same short ids."""
    namespaces = {space for record in store.graphs() for space in record.namespaces}
    return namespaces.pop() if len(namespaces) == 1 else None


def _concept(name: str) -> str:
    """Return the IRI that a concept of the ontology has if `name` is its word: `randomised trial` or with a hyphen."""
    return HC + "".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def resolve_graph(store: Resolvable, name: str) -> IRI:
    """Return the named graph that an IRI, a CURIE, or the end of one (`claims.yaml`, `derived`) names."""
    graphs = [record.graph for record in store.graphs()] + list(SYSTEM_GRAPHS)
    iri = expand(name, store.prefixes())
    found = [graph for graph in graphs if graph == iri or graph.endswith((f"/{name}", f"/{quote(name)}"))]
    if len(found) == 1:
        return IRI(found[0])
    known = ", ".join(graph.removeprefix(GRAPH) for graph in found or graphs)
    raise NotFoundError(
        f"'{name}' is several graphs: {known}" if found else f"no graph '{_short(name)}'; there are {known}"
    )


def _legal(candidates: list[str]) -> list[IRI]:
    legal = []
    for candidate in candidates:
        try:
            legal.append(IRI(candidate))
        except ValueError:
            continue
    return legal


def _nearest(store: Resolvable, name: str) -> str:
    """Return "; nearest: a, b" with the ids that look like `name`, or nothing."""
    from rapidfuzz import process

    local, prefixes = re.split(r"[:/#]", name)[-1], store.prefixes()
    # What a curator named: not the quotes and selectors, whose names are made (`surgeons-short-term.quote`).
    ids = {own: node for node in sorted(_candidates(store, local)) if "." not in (own := local_name(node))}
    nearest = process.extract(local, sorted(ids), limit=3, score_cutoff=_ALIKE)
    return "; nearest: " + ", ".join(_known_as(ids[match], prefixes) for match, _, _ in nearest) if nearest else ""


def _candidates(store: Resolvable, local: str) -> set[str]:
    """Return the nodes with which a name is compared: a bounded number where the store has an index of them."""
    spaces = sorted({space for record in store.graphs() for space in record.namespaces})
    found = index.near(local, spaces) if (index := store.text_index()) else None
    query = "SELECT DISTINCT ?node WHERE { ?node a ?class }" if found is None else _OF_OTHER_CLASSES
    return (found or set()) | {row["node"].value for row in store.select(query)}


def _known_as(node: str, prefixes: dict[str, str]) -> str:
    """Return how a person may name a node: by its short id where its dataset has a prefix, else by CURIE or IRI."""
    prefix, _, local = shrink(node, prefixes).partition(":")
    is_individual = prefix not in PREFIXES and prefixes.get(prefix, "").startswith(ID)
    return local if is_individual else shrink(node, prefixes)
