"""Measure the graph in a headless browser beside pyvis as it comes, on the same claims and arguments.

Run from benchmarks/run.py, or by itself: `python benchmarks/graphs.py`.  There is no graphics card where this runs, so
main-thread CPU time counts and not frames; ratios are of the same run on the same machine.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import claims

import kg
from kg.pages.graph import graph_page
from kg.pages.overview.dataset_columns import DatasetColumns, columns
from kg.pages.overview.page import overview_page
from kg.pages.overview.treemap import blocks
from kg.store import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, CDPSession, Page
    from pyvis.network import Network

ROOT = Path(__file__).parents[1]
_TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_PAN = """async frames => { for (let at = 0; at < frames; at += 1) {
  graphMapNow.pan(at % 2 ? 3 : -3, 1);
  await new Promise(requestAnimationFrame);
} }"""
_STEADY = "<script>network.once('stabilized', () => { window.steady = true; });</script></body>"


class Row(NamedTuple):
    """A line of the table; it is good if `value` is at most `limit`, or, of a ratio, at least."""

    name: str
    figures: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def good(self) -> bool:
        """Say whether the limit holds."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def table() -> bool:
    """Print the table, and say whether every limit holds."""
    good = True
    print("| graph | measured | value | limit |\n|---|---|--:|--:|")
    for row in rows():
        good &= row.good
        sign = "at least" if row.at_least else "at most"
        print(f"| {row.name} | {row.figures} | {row.value:.3g} | {sign} {row.limit:g} |", flush=True)
    return good


def rows() -> Iterator[Row]:
    """Yield what is measured."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        here = Path(folder)
        yield _seed()
        small = _columns(here, 1000)
        yield _steady(browser, here, small)
        middle = _columns(here, 10_000)
        yield _layout(middle)
        yield _built(middle, 5)
        yield _panned(browser, here, middle)
        yield _built(_columns(here, 50_000), 50)
        yield _unfolded(browser, here, _columns(here, 100_000))


def _seed() -> Row:
    graph = kg.open(":memory:")
    graph.load(ROOT / "data" / "massage-low-back-pain")
    size = len(graph_page(graph.store).encode()) / 1000
    return Row("the seed dataset, one file", f"{size:.0f} kB", size, 900)


def _steady(browser: Browser, folder: Path, found: DatasetColumns) -> Row:
    """Measure how long it takes from opening a page until the picture stands still."""
    ours = _wall(
        browser, _written(folder, "ours", overview_page(found)), "() => document.documentElement.dataset.ready"
    )
    limit = 50
    page = _pyvis(found).generate_html(notebook=False).replace("</body>", _STEADY)
    peer = _wall(browser, _written(folder, "pyvis", page), "() => window.steady", cap=ours * limit * 1.2)
    figures = f"ours {ours:.2f} s, pyvis {'over ' if peer >= ours * limit * 1.2 else ''}{peer:.0f} s of wall time"
    return Row("1,000 claims drawn and steady, pyvis by ours", figures, peer / ours, limit, at_least=True)


def _wall(browser: Browser, address: str, done: str, cap: float = 60.0) -> float:
    """Return the seconds until `done` holds and was painted, at most `cap`."""
    from playwright.sync_api import TimeoutError as Late

    with _tab(browser) as (page, _):
        start = time.perf_counter()
        try:
            page.goto(address, wait_until="commit", timeout=cap * 1000)
            page.wait_for_function(done, timeout=max(1.0, cap - (time.perf_counter() - start)) * 1000)
            page.evaluate(_TWO_FRAMES)
        except Late:
            return cap
        return time.perf_counter() - start


def _layout(found: DatasetColumns) -> Row:
    sizes, names = [topic.size for topic in found.topics], [topic.name for topic in found.topics]
    _, cpu = _cpu(lambda: blocks(sizes, names))
    return Row("layout of 10,000 claims, CPU seconds", f"{cpu * 1000:.1f} ms", cpu, 5)


def _built(found: DatasetColumns, times: int) -> Row:
    """Measure the CPU time of building the page from the graph in memory, ours and pyvis's."""
    _, ours = _cpu(lambda: overview_page(found))
    _, peer = _cpu(lambda: _pyvis(found).generate_html(notebook=False))
    name = f"page of {len(found.claims['text']):,} claims built, pyvis by ours"
    return Row(name, f"ours {ours:.2f} s, pyvis {peer:.1f} s of CPU", peer / ours, times, at_least=True)


def _panned(browser: Browser, folder: Path, found: DatasetColumns) -> Row:
    frames = 60
    with _tab(browser) as (page, session):
        page.goto(_written(folder, "panned", overview_page(found)))
        page.wait_for_selector("html[data-ready]")
        page.evaluate(_TWO_FRAMES)
        before = _main_thread(session)
        page.evaluate(_PAN, frames)
        spent = (_main_thread(session) - before) / frames * 1000
    return Row("10,000 claims, a frame while panning", "ms of main-thread CPU", spent, 16)


def _unfolded(browser: Browser, folder: Path, found: DatasetColumns) -> Row:
    with _tab(browser) as (page, session):
        page.goto(_written(folder, "large", html := overview_page(found)))
        page.wait_for_selector("html[data-ready]", timeout=120_000)
        page.evaluate(_TWO_FRAMES)
        opened = _main_thread(session)
        page.fill("#o_find", "condition 4321")
        page.press("#o_find", "Enter")
        page.wait_for_selector("#o_closeup svg")
        page.evaluate(_TWO_FRAMES)
        spent = _main_thread(session)
    figures = (
        f"opened {opened:.2f} s, found and unfolded {spent - opened:.2f} s, page {len(html.encode()) / 1e6:.1f} MB"
    )
    return Row("100,000 claims: open, find, unfold, seconds of main-thread CPU", figures, spent, 2)


def _columns(folder: Path, size: int) -> DatasetColumns:
    store = LocalStore(folder / f"store-{size}")
    with store.writing() as writer:
        writer.put(claims.entry(0), claims.quads(size))
    found = columns(store)
    store.close()
    return found


def _pyvis(found: DatasetColumns) -> Network:
    """Return the same claims and arguments as a default pyvis network."""
    from pyvis.network import Network

    net = Network(cdn_resources="in_line")
    for at, text in enumerate(found.claims["text"]):
        net.add_node(at, text)
    for start, end in zip(found.lines["by"], found.lines["to"], strict=True):
        if start >= 0 and end >= 0:
            net.add_edge(start, end)
    return net


def _cpu(work: Callable[[], object]) -> tuple[object, float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def _main_thread(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def _written(folder: Path, name: str, html: str) -> str:
    file = folder / f"{name}.html"
    file.write_text(html, encoding="utf-8")
    return file.as_uri()


@contextmanager
def _tab(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """Open a tab without a network, and what counts the CPU time of its main thread."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.route("http*://**", lambda route: route.abort())
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    yield page, session
    page.close()


@contextmanager
def _browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


if __name__ == "__main__":
    sys.exit(0 if table() else 1)
