"""Probes for SPARQL 1.1 deviations of a server.

Our own questions are written for this, but for a statement in two graphs, which may repeat rows of some; a person's
query may not be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.server.reader import ServerReader

NODE = "https://w3id.org/health-claims/probe#"
CIRCLE = "".join(f"<{NODE}{one}> <{NODE}next> <{NODE}{other}> .\n" for one, other in ("ab", "bc", "ca"))
"""Three nodes in a circle: each reaches each."""
_FORK = "".join(f"<{NODE}{one}> <{NODE}fork> <{NODE}{other}> .\n" for one, other in ("ab", "bc", "ac"))
"""Two ways from one node to another."""
_NOWHERE = f"{NODE}nowhere"


class Probe(NamedTuple):
    """A query over the circle and the fork, and how many rows SPARQL 1.1 wants of it.

    Of what is asked `twice`, the dataset is two graphs that hold the same.
    """

    query: str
    rows: int
    sentence: str
    twice: bool = False


PROBES = (
    Probe(
        f"SELECT DISTINCT ?x WHERE {{ <{NODE}a> <{NODE}next>+ ?x }}",
        3,
        "where data goes round in a circle, `?x property+ ?y` leaves out ?x itself; write `property/property*`",
    ),
    Probe(
        f"SELECT DISTINCT ?x ?y WHERE {{ ?x <{NODE}next>+ ?y }}",
        9,
        "a path with + or * needs one end that is known; put a pattern for it before the path",
    ),
    Probe(
        f"SELECT ?x WHERE {{ <{NODE}a> <{NODE}fork>+ ?x }}",
        2,
        "a path with + or * gives a node once for each way that leads to it; write SELECT DISTINCT",
    ),
    # SPARQL 1.1 Query 13.2: the default graph is the RDF merge of the graphs, and a graph is a set.
    Probe(
        f"SELECT ?x WHERE {{ <{NODE}a> <{NODE}next> ?x }}",
        1,
        "a statement that stands in two data graphs counts twice; write SELECT DISTINCT and COUNT(DISTINCT …)",
        twice=True,
    ),
)


def conformance_warnings(store: ServerReader, graph: str, twin: str) -> list[str]:
    """Return how the server deviates and what it does not promise, a sentence each; the graphs are used and removed.

    Raises what `kg.store.server.client.Client.update` does.
    """
    try:
        for name in (graph, twin):
            store.client.add(name, (CIRCLE + _FORK).encode())
        return [*_promises(store.client.product), *_found(store, graph, twin)]
    finally:
        store.client.update(f"DROP SILENT GRAPH <{graph}> ;\nDROP SILENT GRAPH <{twin}>")


def _promises(product: str) -> Iterator[str]:
    """Yield what is known of whether an update request is carried out atomically."""
    if product.startswith("Oxigraph"):
        return
    name = product.partition("/")[0] or "this server"
    known = "carries out" if name == "Virtuoso" else "may carry out"
    yield f"{name} {known} the last request of a write part by part: if it is stopped just then, load again (kg verify)"


def _found(store: ServerReader, graph: str, twin: str) -> Iterator[str]:
    for probe in PROBES:
        asked = [graph, twin] if probe.twice else [graph]
        try:
            rows = len(store.rows(probe.query, asked, asked))
        except KgError:
            rows = -1
        if rows != probe.rows:
            yield probe.sentence
    if store.rows("SELECT ?p WHERE { ?s ?p ?o } LIMIT 1", [_NOWHERE], [_NOWHERE]):
        yield "the server ignores which graphs are to be asked (default-graph-uri): answers are over all it holds"
