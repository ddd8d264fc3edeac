"""Measure loading, exporting and asking at growing sizes, beside bare Oxigraph and rdflib.

Run from benchmarks/run.py, or by itself with the sizes: `python benchmarks/stores.py 1000 10000 100000 1000000`.
A ratio of CPU times is of two processes that ran one after the other; each is the median of `RUNS` pairs.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import claims
import pyoxigraph as ox
from process import cost, told

import kg
from kg.query import questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.graph import KnowledgeGraph

HERE = Path(__file__).parent
OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
KG = str(Path(sys.executable).with_name("kg"))
SIZES = (1_000, 10_000, 100_000)
RUNS = 3
SECONDS = 5.0
"""A question that takes raw Oxigraph longer is left out, and named."""
MEANT = {
    name: f"{claims.NAMESPACE}{node}"
    for name, node in {
        "agent": "agent-5",
        "claim": "claim-50",
        "topic": "topic-7",
        "source": "source-9",
        "assertion": "assertion-77",
    }.items()
} | {"kind": "hc:Efficacy"}
"""The value of each parameter of the questions."""
RANKINGS = {
    "contested-claims": """
        SELECT ?text ?for ?against ?undercuts ?limits ?claim WHERE {
          { SELECT ?claim (SUM(?f) AS ?for) (SUM(?a) AS ?against) (SUM(?u) AS ?undercuts) (SUM(?l) AS ?limits) WHERE {
              {
                VALUES (?stance ?f ?a ?u ?l) { (hc:Affirms 1 0 0 0) (hc:Denies 0 1 0 0) (hc:Doubts 0 1 0 0) }
                ?line hc:stance ?stance ; hc:asserts ?claim .
              } UNION {
                VALUES (?direction ?f ?a ?u ?l) { (hc:Supports 1 0 0 0) (hc:Opposes 0 1 0 0) (hc:Qualifies 0 0 0 1) }
                ?line hc:direction ?direction ; hc:target ?claim . ?claim a hc:Claim .
              } UNION {
                VALUES (?direction ?f ?a ?u ?l) { (hc:Opposes 0 0 1 0) (hc:Qualifies 0 0 0 1) }
                ?line hc:direction ?direction ; hc:target ?hit .
                { ?hit hc:direction hc:Supports ; hc:target ?claim . ?claim a hc:Claim }
                UNION { ?hit hc:stance hc:Affirms ; hc:asserts ?claim }
              }
            } GROUP BY ?claim HAVING (SUM(?f) > 0 && SUM(?a) + SUM(?u) > 0) }
          ?claim hc:text ?text .
        } ORDER BY DESC(?against + ?undercuts) DESC(?for) DESC(?limits) ?claim ?text""",
    "sources-by-claims": """
        SELECT ?title ?claims ?assertions ?source WHERE {
          { SELECT ?source (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?assertion) AS ?assertions) WHERE {
              ?assertion hc:source ?source ; hc:asserts ?claim } GROUP BY ?source }
          OPTIONAL { ?source dcterms:title ?title }
        } ORDER BY DESC(?claims) DESC(?assertions) ?source ?title""",
}
"""The questions that read tallies, asked without them."""


_BEFORE = {
    ("load, 100,000 claims", "bulk_load"): "10 s",
    ("load, 100,000 claims", "rdflib parse"): "58 s",
    ("export, 100,000 claims, from disk", "oxigraph dump"): "10 s",
    ("export, 100,000 claims, from memory", "Store.dump"): "1.6 s",
    ("export, 100,000 claims, from memory", "rdflib serialize"): "53 s",
    ("contested-claims", "without tallies"): "1.3 s",
    ("sources-by-claims", "without tallies"): "2.7 s",
    ("contested-claims", "Virtuoso"): "0.05 s",
    ("sources-by-claims", "Virtuoso"): "0.05 s",
}
"""What a peer took in trials on another day, with other data of that size and with other queries."""


def head(title: str) -> str:
    """Return the head of a table of rows in Markdown."""
    cells = (title, "beside", "ratio", "limit", "ours", "the other's", "in earlier trials")
    return f"| {' | '.join(cells)} |\n|---|---|--:|--:|--:|--:|--:|"


class Row(NamedTuple):
    """One line: what of ours is beside what, their ratio and the most it may be; and the two in words."""

    what: str
    beside: str
    ratio: float
    limit: float | None
    ours: str
    peer: str

    @property
    def good(self) -> bool:
        """Whether the ratio is within its limit."""
        return self.limit is None or self.ratio <= self.limit

    @property
    def line(self) -> str:
        """The row of a table in Markdown."""
        limit = "" if self.limit is None else f"{self.limit:g}"
        mark = "" if self.good else " **over**"
        before = _BEFORE.get((self.what, self.beside), "")
        cells = (self.what, self.beside, f"{self.ratio:.2f}{mark}", limit, self.ours, self.peer, before)
        return f"| {' | '.join(cells)} |"


def table(sizes: tuple[int, ...] = SIZES) -> bool:
    """Print the tables; return whether all limits are kept."""
    with tempfile.TemporaryDirectory() as folder:
        good = _printed("what", _sized(Path(folder), sizes))
        print()
        return _asked(Path(folder), sizes) and good


def _sized(folder: Path, sizes: tuple[int, ...]) -> Iterator[Row]:
    per_claim: dict[int, float] = {}
    for size in sizes:
        file, store, peer = folder / f"{size}.ttl", folder / f"{size}", folder / f"{size}-bare"
        cost(_step("generate", size, file))
        loading = list(_loading(size, file, store, peer))
        per_claim[size] = float(loading[0].ours.split()[0]) / size
        yield from loading
        yield from _exporting(size, file, store, peer)
    for small, big in pairwise(sorted(sizes)[-2:]):
        words = [f"{per_claim[size] * 1e6:.0f} µs a claim" for size in (big, small)]
        yield Row(f"load, {big:,} claims", f"load, {small:,} claims", per_claim[big] / per_claim[small], 1.5, *words)


def _loading(size: int, file: Path, store: Path, peer: Path) -> Iterator[Row]:
    pairs, extras = [], []
    for run in range(RUNS if size <= 100_000 else 1):
        ours, said = told(_step("load", file, f"{store}-{run}"))
        pairs.append((ours, cost(_step("bulk_load", file, f"{peer}-{run}"))))
        extras.append(json.loads(said))
    spent = statistics.median(ours.cpu - sum(extra.values()) for (ours, _), extra in zip(pairs, extras, strict=True))
    bare = statistics.median(bulk.cpu for _, bulk in pairs)
    ratio = statistics.median(
        (ours.cpu - sum(extra.values())) / bulk.cpu for (ours, bulk), extra in zip(pairs, extras, strict=True)
    )
    at_scale = size >= 100_000
    what = f"load, {size:,} claims"
    yield Row(what, "bulk_load", ratio, 1.25 if at_scale else None, f"{spent:.2f} s", f"{bare:.2f} s")
    for name in ("derived triples", "index", "merging"):
        extra = statistics.median(extra[name] for extra in extras)
        yield Row(f"… its {name}, on top", "bulk_load", extra / bare, None, f"{extra:.2f} s", f"{bare:.2f} s")
    memory = [statistics.median(side.memory for side in sides) for sides in zip(*pairs, strict=True)]
    words = [f"{size:,.0f} MiB" for size in memory]
    yield Row("… its peak memory", "bulk_load", memory[0] / memory[1], 1.3 if at_scale else None, *words)
    unnamed = cost(_step("bulk_load_unnamed", file, f"{peer}-unnamed")).cpu
    words = [f"{seconds:.2f} s" for seconds in (bare, unnamed)]
    yield Row("… bulk_load into a named graph", "into the default graph", bare / unnamed, None, *words)
    if size <= 100_000:
        parsed = cost(_step("parse", file)).cpu
        yield Row(what, "rdflib parse", spent / parsed, 0.2 if at_scale else None, f"{spent:.2f} s", f"{parsed:.2f} s")
        yield Row("… bulk_load alone", "rdflib parse", bare / parsed, None, f"{bare:.2f} s", f"{parsed:.2f} s")
    cost([OXIGRAPH, "load", "--location", str(peer), "--file", str(file), "--graph", claims.GRAPH])
    cost(_step("plain", file, f"{store}-plain"))
    alone, whole = (next(Path(f"{store}-{way}").glob("0*1")) for way in ("plain", "0"))
    sizes = [_reopened(folder) for folder in (alone, peer, whole)]
    words = [f"{size / 2**20:.0f} MiB" for size in sizes]
    yield Row("… its room on disk, data alone", "oxigraph load", sizes[0] / sizes[1], None, *words[:2])
    whole = "… with derived triples and index, merged"
    yield Row(whole, "oxigraph load", sizes[2] / sizes[1], None, words[2], words[1])


def _exporting(size: int, file: Path, store: Path, peer: Path) -> Iterator[Row]:
    at_scale = size >= 100_000
    location, output = Path(f"{store}-0"), str(file.with_suffix(".out.ttl"))
    pairs = [
        (
            cost([KG, "export", "--store", str(location), "--graph", file.name, "-o", output]),
            cost([OXIGRAPH, "dump", "--location", str(peer), "--graph", claims.GRAPH, "--file", output]),
        )
        for _ in range(RUNS if size <= 100_000 else 1)
    ]
    ratio = statistics.median(ours.cpu / dump.cpu for ours, dump in pairs)
    ours, dump = (statistics.median(side.cpu for side in sides) for sides in zip(*pairs, strict=True))
    what = f"export, {size:,} claims"
    yield Row(f"{what}, from disk", "oxigraph dump", ratio, 1.4 if at_scale else None, f"{ours:.2f} s", f"{dump:.2f} s")
    n_triples = file.with_suffix(".nt")
    cost([KG, "export", "--store", str(location), "--graph", file.name, "-o", str(n_triples)])
    before = cost([KG, "stats", "--store", str(location)]).memory
    extra = (statistics.median(ours.memory for ours, _ in pairs) - before) * 2**20
    words = f"{max(extra, 0) / 2**20:.0f} MiB", f"{n_triples.stat().st_size / 2**20:.0f} MiB"
    yield Row("… its memory", "its N-Triples", extra / n_triples.stat().st_size, 3.5 if at_scale else None, *words)
    if size > 100_000:
        return
    spent = json.loads(told(_step("export", file))[1])
    words = f"{spent['export']:.2f} s", f"{spent['dump']:.2f} s"
    yield Row(f"{what}, from memory", "Store.dump", spent["export"] / spent["dump"], 3.5 if at_scale else None, *words)
    slow = json.loads(told(_step("serialize", file))[1])["export"]
    words = f"{spent['export']:.2f} s", f"{slow:.2f} s"
    yield Row(f"{what}, from memory", "rdflib serialize", spent["export"] / slow, 0.1 if at_scale else None, *words)


def _asked(folder: Path, sizes: tuple[int, ...]) -> bool:
    """Print what each competency question costs beside the same query in this process, and the rankings."""
    biggest, good = max(sizes), True
    for size in sorted(size for size in sizes if size <= 10_000)[-1:]:
        with kg.open(folder / f"{size}-0") as graph, graph.store.snapshot() as snapshot:
            raw = ox.Store.read_only(snapshot)
            good = _printed(f"{size:,} claims, on disk, by the clock", _questions(graph, raw))
            print()
    with kg.open(folder / f"{biggest}-0") as graph, graph.store.snapshot() as snapshot:
        raw = ox.Store.read_only(snapshot)
        return _printed(f"{biggest:,} claims, on disk, by the clock", _rankings(graph, raw)) and good


def _questions(graph: KnowledgeGraph, raw: ox.Store) -> Iterator[Row]:
    one = f"SELECT ?p ?o {{ <{MEANT['claim']}> ?p ?o }}"
    asked = [("a claim by its id", one, {})]
    asked += [(each.name, each.text, {name: MEANT[name] for name in each.params}) for each in questions()]
    left_out = []
    for name, text, meant in asked:
        row = _beside(graph, raw, name, text, meant)
        if row and not row.good:  # a few milliseconds, on a machine on which other things run: once more
            row = _beside(graph, raw, name, text, meant)
        if row is None:
            left_out.append(name)
        else:
            yield row
    if left_out:
        print(f"\nLeft out, since raw Oxigraph takes longer than {SECONDS:g} s: {', '.join(left_out)}.")


def _beside(graph: KnowledgeGraph, raw: ox.Store, name: str, text: str, meant: dict[str, str]) -> Row | None:
    from kg.query.questions import term
    from kg.store.terms import bind

    bound = bind(text, {key: term(graph.store, value) for key, value in meant.items()})
    there = _raw(graph, raw, bound)
    first = _clock(there)
    if first > SECONDS:
        return None
    rounds = max(3, min(31, int(1 / max(first, 1e-3))))
    pairs = [(_clock(lambda: graph.query(text, meant)), _clock(there)) for _ in range(rounds)]
    ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
    # A millisecond is allowed for the way to the worker and back.
    ratio = max(0.0, ours - 0.001) / peer
    return Row(name, "in this process", ratio, 1.2, f"{ours * 1000:.2f} ms", f"{peer * 1000:.2f} ms")


def _rankings(graph: KnowledgeGraph, raw: ox.Store) -> Iterator[Row]:
    known = {question.name: question for question in questions()}
    for name, naive in RANKINGS.items():
        pairs = [(_clock(_raw(graph, raw, known[name].text)), _clock(_raw(graph, raw, naive))) for _ in range(RUNS)]
        ours, peer = (statistics.median(side) for side in zip(*pairs, strict=True))
        words = f"{ours * 1000:.0f} ms", f"{peer * 1000:.0f} ms"
        yield Row(name, "without tallies", ours / peer, 0.2, *words)


def _raw(graph: KnowledgeGraph, raw: ox.Store, text: str) -> Callable[[], object]:
    prefixes, graphs = graph.store.prefixes(), [*graph.store.default_graphs()]

    def evaluate() -> object:
        answer = raw.query(text, prefixes=prefixes, default_graph=graphs)
        return answer.serialize(format=ox.QueryResultsFormat.JSON)

    return evaluate


def _clock(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _reopened(folder: Path) -> int:
    """Return the bytes of a copy of a database that was opened and closed again."""
    copy = folder.with_name("reopened")
    shutil.copytree(folder, copy)
    store = ox.Store(str(copy))
    del store
    size = sum(path.stat().st_size for path in copy.iterdir())
    shutil.rmtree(copy)
    return size


def _step(*words: object) -> list[str]:
    return [sys.executable, str(HERE / "steps.py"), *map(str, words)]


def _printed(title: str, rows: Iterator[Row]) -> bool:
    print(head(title))
    good = True
    for row in rows:
        print(row.line, flush=True)
        good &= row.good
    return good


if __name__ == "__main__":
    sys.exit(0 if table(tuple(map(int, sys.argv[1:])) or SIZES) else 1)
