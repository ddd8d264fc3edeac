"""From what a person types to the node that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import NotFoundError
from kg.namespaces import GRAPH, SYSTEM_GRAPHS, expand, shrink
from kg.store.terms import IRI

if TYPE_CHECKING:
    from kg.store.dataset import Dataset


def resolve(store: Dataset, name: str) -> IRI:
    """Return the node that a short id, a CURIE or an IRI names; see `Dataset.resolve`."""
    prefixes = store.prefixes()
    iri = expand(name, prefixes)
    candidates = [iri] if iri else [entry + name for entry in sorted({e.namespace for e in store.graphs()})]
    found = [node for node in _legal(candidates) if store.contains(node)]
    if len(found) == 1:
        return found[0]
    if found:
        choices = ", ".join(shrink(node.value, prefixes) for node in found)
        raise NotFoundError(f"'{name}' is in several datasets: say which, {choices}")
    raise NotFoundError(f"no '{name}' in {store.location}{_nearest(store, name)}")


def resolve_graph(store: Dataset, name: str) -> IRI:
    """Return the named graph that an IRI, a CURIE, or the end of one (`claims.yaml`, `derived`) names."""
    graphs = [entry.graph for entry in store.graphs()] + list(SYSTEM_GRAPHS)
    iri = expand(name, store.prefixes())
    found = [graph for graph in graphs if graph == iri or graph.endswith("/" + name)]
    if len(found) == 1:
        return IRI(found[0])
    known = ", ".join(graph.removeprefix(GRAPH) for graph in found or graphs)
    raise NotFoundError(f"'{name}' is several graphs: {known}" if found else f"no graph '{name}'; there are {known}")


def _legal(candidates: list[str]) -> list[IRI]:
    legal = []
    for candidate in candidates:
        try:
            legal.append(IRI(candidate))
        except ValueError:
            continue
    return legal


def _nearest(store: Dataset, name: str) -> str:
    """Return "; nearest: a, b" with the ids that look like `name`, or nothing."""
    from rapidfuzz import process

    prefixes = store.prefixes()
    nodes = store.select("SELECT DISTINCT ?node WHERE { ?node a ?class }")
    ids = {shrink(row["node"].value, prefixes).rpartition(":")[2] for row in nodes}
    nearest = process.extract(name.rpartition(":")[2], sorted(ids), limit=3, score_cutoff=60)
    return "; nearest: " + ", ".join(match for match, _, _ in nearest) if nearest else ""
