"""Measure the rankings and a filter over texts beside the same on an Oxigraph server and on Virtuoso, in one run.

Run from benchmarks/run.py, or by itself with a number of claims: `python benchmarks/servers.py 10000`.  Each side
answers whole, as SPARQL JSON: ours from the warm worker, the servers over HTTP on the same machine.  Servers count
anew what ours has tallied.  Virtuoso is left out, and named, where it is not installed.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import claims
import httpx
import stores
from process import cost

import kg
from kg.query import questions
from kg.search import search

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.support import servers as started

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.graph import KnowledgeGraph

PAIRS = 5
AHEAD = 1.0
"""At most this of a server's time: the rankings are to come before Virtuoso's."""
SIZE = 100_000
WORDS = "condition 4711"
_PREFIXES = "PREFIX hc: <https://w3id.org/health-claims/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>"
_FIRST = """SELECT ?source (COUNT(DISTINCT ?claim) AS ?claims) {
  ?assertion hc:source ?source ; hc:asserts ?claim
} GROUP BY ?source ORDER BY DESC(?claims) SUBSTR(MD5(STR(?source)), 1, 16) LIMIT 20"""
_TALLIED = """SELECT ?source ?claims { ?source hc:claimCount ?claims }
  ORDER BY DESC(?claims) SUBSTR(MD5(STR(?source)), 1, 16) LIMIT 20"""
_JSON = "application/sparql-results+json"
_FILTER = "SELECT ?claim ?text { ?claim hc:text ?text FILTER(CONTAINS(LCASE(?text), 'condition 4711')) }"


class Asked(NamedTuple):
    """A question: how ours is asked, what a server is asked, and whether ours has to be ahead."""

    name: str
    ours: Callable[[], object]
    theirs: str
    limit: float | None


def table(size: int = SIZE) -> bool:
    """Print the table; return whether the rankings come before those of each server."""
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as running:
        folder = Path(scratch)
        file = folder / "claims.ttl"
        cost(stores._step("generate", size, file))
        graph = running.enter_context(kg.open(folder / "kg-store"))
        graph.load(file)
        asked = _asked(graph)
        print(stores.head(f"{size:,} claims, whole answers, by the clock"))
        are_good = []
        for name, address in _started(running, folder, file):
            with httpx.Client(headers={"Accept": _JSON}, timeout=300) as client:
                are_good += [_row(name, partial(_post, client, address), each) for each in asked]
    if not _has_virtuoso():
        print("\nVirtuoso is not installed here, and was left out.")
    return all(are_good)


def _asked(graph: KnowledgeGraph) -> list[Asked]:
    known = {question.name: question.text for question in questions()}
    rankings = [
        Asked(name, lambda name=name: graph.query(known[name]).document, naive, AHEAD)
        for name, naive in stores.RANKINGS.items()
    ]
    return [
        *rankings,
        Asked("the first 20 sources", lambda: graph.query(_TALLIED).document, _FIRST, AHEAD),
        Asked(f"`kg search {WORDS}`", lambda: search(graph.store, WORDS), _FILTER, None),
    ]


def _started(running: ExitStack, folder: Path, file: Path) -> list[tuple[str, str]]:
    """Start the servers with the file in them; return their names and addresses."""
    database = folder / "oxigraph"
    cost([stores.OXIGRAPH, "load", "--location", str(database), "--file", str(file)])
    names = [("Oxigraph server", running.enter_context(started.oxigraph(database)))]
    if _has_virtuoso():
        names.append(("Virtuoso", _virtuoso(running, folder, file)))
    return names


def _has_virtuoso() -> bool:
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


def _virtuoso(running: ExitStack, folder: Path, file: Path) -> str:
    """Start a Virtuoso with room for the data in memory, as its manual advises, and load the file in bulk."""
    home = folder / "virtuoso"
    home.mkdir()
    room = {"NumberOfBuffers": "170000", "MaxDirtyBuffers": "130000", "DirsAllowed": str(folder)}
    address = running.enter_context(started.virtuoso(home, most_rows=1_000_000, **room))
    load = f"TTLP_MT(file_to_string_output('{file}'), '', '{claims.GRAPH}', 0, 2); checkpoint;"
    cost(["isql-vt", started.sql_address(home), "dba", "dba", f"exec=DB.DBA.{load}"])
    return address


def _row(server: str, post: Callable[[str], object], asked: Asked) -> bool:
    sides = (asked.ours, lambda: post(asked.theirs))
    answers = [side() for side in sides]  # a first run each fills the caches, and does not count
    if asked.limit and _nodes(answers[0]) != _nodes(answers[1]):
        raise SystemExit(f"{asked.name}: {server} answers otherwise")
    pairs = [[stores._clock(side) for side in sides] for _ in range(PAIRS)]
    ours, theirs = (1000 * statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(our / their for our, their in pairs)
    row = stores.Row(asked.name, server, ratio, asked.limit, f"{ours:.1f} ms", f"{theirs:.1f} ms")
    print(row.line, flush=True)
    return row.good


def _nodes(answer: object) -> list[str]:
    """Return the claims or sources of an answer, sorted."""
    rows = json.loads(answer)["results"]["bindings"]  # type: ignore[arg-type]
    return sorted(cell["value"] for row in rows for cell in row.values() if cell["type"] == "uri")


def _post(client: httpx.Client, address: str, query: str) -> bytes:
    return client.post(address, data={"query": f"{_PREFIXES} {query}"}).raise_for_status().content


if __name__ == "__main__":
    sys.exit(not table(*map(int, sys.argv[1:2])))
