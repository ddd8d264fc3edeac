"""One step of a measurement, for a process of its own: `python benchmarks/steps.py STEP ARGUMENT…` prints JSON."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import claims
import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable

GRAPH = ox.NamedNode(claims.GRAPH)


def generate(size: str, file: str) -> None:
    """Write `size` claims as Turtle."""
    prefixes = {"hc": "https://w3id.org/health-claims/ontology#", "g": claims.NAMESPACE}
    triples = (quad.triple for quad in claims.quads(int(size)))
    ox.serialize(triples, file, format=ox.RdfFormat.TURTLE, prefixes=prefixes)


def load(file: str, folder: str) -> dict[str, float]:
    """Load a file into a store on disk; return the CPU of derived triples, index and merging on top."""
    import kg
    from kg import load as loading
    from kg.store.local import folder as stores
    from kg.store.local import text_index

    spent: Counter[str] = Counter()

    def timed(name: str, made: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            result = made(*arguments, **named)
            spent[name] += time.process_time() - start
            return result

        return call

    loading.derive = timed("derived triples", loading.derive)
    text_index.refresh = timed("index", text_index.refresh)
    stores._GenerationWriter._settle = timed("merging", stores._GenerationWriter._settle)
    with kg.open(folder) as graph:
        graph.load(file)
    return dict(spent)


def plain(file: str, folder: str) -> None:
    """Load a file with derived triples and index left out, for the size that the data alone take."""
    import kg
    from kg import load as loading
    from kg.store.local import text_index

    loading.derive = lambda writer, again: 0
    text_index.refresh = lambda *arguments: None
    with kg.open(folder) as graph:
        graph.load(file)


def bulk_load(file: str, folder: str, graph: ox.NamedNode | None = GRAPH) -> None:
    """Load a file into a named graph by a bare bulk_load."""
    store = ox.Store(folder)
    store.bulk_load(path=file, to_graph=graph)
    store.flush()


def bulk_load_unnamed(file: str, folder: str) -> None:
    """Load a file into the default graph by a bare bulk_load: it has three indexes, and named graphs have six."""
    bulk_load(file, folder, graph=None)


def parse(file: str) -> None:
    """Parse a file with rdflib, into memory."""
    from rdflib import Graph

    Graph().parse(file, format="turtle")


def serialize(file: str) -> dict[str, float]:
    """Return the CPU of rdflib's Turtle, without that of parsing."""
    from rdflib import Graph

    graph = Graph().parse(file, format="turtle")
    start = time.process_time()
    graph.serialize(format="turtle")
    return {"export": time.process_time() - start}


def export(file: str) -> dict[str, float]:
    """Return the CPU of a dump from memory and of our export from memory, in turn, medians of three."""
    from kg.export.rdf import export_to
    from kg.load import load as into
    from kg.store import MemoryStore

    store = MemoryStore()
    into(store, [file])
    name = store.graphs()[0].graph
    dumps, exports = [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(3):
            with (Path(folder) / "out.ttl").open("wb") as output:
                start = time.process_time()
                store._reader().dump(output, ox.RdfFormat.TURTLE, from_graph=ox.NamedNode(name))
                dumps.append(time.process_time() - start)
            with (Path(folder) / "out.ttl").open("wb") as output:
                start = time.process_time()
                export_to(output, store, "ttl", graph=name)
                exports.append(time.process_time() - start)
    return {"dump": sorted(dumps)[1], "export": sorted(exports)[1]}


STEPS = {
    step.__name__: step for step in (generate, load, plain, bulk_load, bulk_load_unnamed, parse, serialize, export)
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
