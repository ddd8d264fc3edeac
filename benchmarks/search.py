"""Measure searching by words against the same words by SPARQL CONTAINS, and what the index costs a load.

Run from benchmarks/run.py, or by itself with a number of claims: `python benchmarks/search.py 10000`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import claims

from kg.search import search, terms
from kg.store import LocalStore
from kg.store.local import text_index
from kg.store.terms import IRI, Literal, Quad, hc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LIMIT = 20
"""How many times faster a search has to be."""
PAIRS = 5
MORE = f"{claims.GRAPH}-more"
SEARCHES = (
    ("condition 4711", "a few claims", True),
    ("treatment 421 helps", "some hundreds", True),
    ('"condition 99"', "one claim", True),
    ("treatment helps", "all claims", False),
)
"""Words, in how many claims they occur, and whether the limit holds for them."""
_CONTAINS = "SELECT ?claim ?text WHERE {{ ?claim hc:text ?text FILTER({all}) }}"


def table(size: int = 100_000) -> bool:
    """Print how many times faster a search is, and the cost of the index; return whether the limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(Path(folder) / "store")
        loading = _cpu(lambda: _put(store, claims.GRAPH, claims.quads(size)))
        print(f"| {size:,} claims: `kg search` | occurs in | CPU | by CONTAINS | times faster (at least {LIMIT}) |")
        print("|---|---|--:|--:|--:|")
        are_good = [_row(store, *searched) for searched in SEARCHES]
        more = Quad(IRI(f"{claims.NAMESPACE}one-more"), hc("text"), Literal("Massage helps"), IRI(MORE))
        one_more = _cpu(lambda: _put(store, MORE, [more]))
        index = Path(folder) / "index.sqlite"
        indexing = _cpu(lambda: text_index.refresh(index, store._reader(), (), (claims.GRAPH, MORE)))
        megabytes = index.stat().st_size / 1e6
        store.close()
    print(
        f"\nThe index takes {indexing:.1f} of the {loading:.1f} s of CPU of loading, and {megabytes:.0f} MB;", end=" "
    )
    print(f"loading one more claim beside the others takes {one_more:.2f} s.", flush=True)
    return all(are_good)


def _row(store: LocalStore, words: str, how_many: str, is_limited: bool) -> bool:
    tests = " && ".join(f"CONTAINS(LCASE(STR(?text)), {Literal(word.text)})" for word in terms(words))
    query = _CONTAINS.format(all=tests)
    sides = (lambda: search(store, words, limit=20), lambda: store.select(query))
    for side in sides:
        side()  # a first run each fills the caches, and does not count
    pairs = [[_cpu(side) for side in sides] for _ in range(PAIRS)]
    ratio = statistics.median(theirs / ours for ours, theirs in pairs)
    ours, theirs = (1000 * statistics.median(side) for side in zip(*pairs, strict=True))
    times = f"{ratio:.0f}" if is_limited else f"{ratio:.0f} (no limit)"
    print(f"| `{words}` | {how_many} | {ours:.1f} ms | {theirs:.0f} ms | {times} |", flush=True)
    return ratio >= LIMIT or not is_limited


def _put(store: LocalStore, graph: str, quads: Iterable[Quad]) -> None:
    with store.writing() as writer:
        writer.put(claims.entry(0)._replace(graph=graph), quads)


def _cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(not table(*map(int, sys.argv[1:2])))
