"""How the tests of pages open them in a real browser, and what they hold against them."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def quiet_tab(browser: Browser, **options: object) -> Iterator[Page]:
    """Open a tab that must neither fetch anything nor say anything on its console."""
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **options})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not _is_local(request.url) else None)
    yield page
    page.close()
    assert said == []


def show(tab: Page, folder: Path, html: str) -> None:
    """Open `html` in the tab."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8", newline="")
    tab.goto(file.as_uri())


def go(tab: Page, address: str) -> None:
    """Open an address anew, and wait until the page's script is ready."""
    tab.goto("about:blank")
    tab.goto(address)
    tab.wait_for_selector("html[data-ready]")


def says(tab: Page, text: str, part: str) -> None:
    """Wait for a text: what a key or a click changes, the page changes in a later task."""
    from playwright.sync_api import expect

    expect(tab.locator(part)).to_contain_text(text, use_inner_text=True)


def until(tab: Page, condition: str) -> None:
    """Wait until a condition (JavaScript) holds; playwright's own wait evaluates text, which the policy forbids."""
    tab.evaluate(f"""() => new Promise((done, fail) => {{
      const start = performance.now();
      const look = () => {{
        if ({condition}) done();
        else if (performance.now() - start > 60000) fail(new Error("not within a minute"));
        else requestAnimationFrame(look);
      }};
      look();
    }})""")


def colours(tab: Page) -> int:
    """Return how many colours the page's canvas shows."""
    number: int = tab.evaluate(
        """() => { const canvas = document.querySelector("canvas");
        const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(new Uint32Array(pixels.buffer)).size }"""
    )
    return number


def assert_legible(labels: list[dict[str, float]]) -> None:
    """Fail if a label is smaller than ten pixels or lies on another."""
    assert min(label["pixels"] for label in labels) >= 10
    for at, one in enumerate(labels):
        for other in labels[:at]:
            across = min(one["x"] + one["w"], other["x"] + other["w"]) - max(one["x"], other["x"])
            down = min(one["y"] + one["h"], other["y"] + other["h"]) - max(one["y"], other["y"])
            assert across <= 1 or down <= 1, (one, other)


def unguarded(address: str) -> str:
    """Return the address of the same page without its policy, which would keep out the checker's own script."""
    file = Path(address.removeprefix("file://"))
    html = file.read_text(encoding="utf-8")
    start = html.index('<meta http-equiv="Content-Security-Policy"')
    copy = file.with_suffix(".unguarded.html")
    copy.write_text(html[:start] + html[html.index(">", start) + 1 :], encoding="utf-8")
    return copy.as_uri()


def violations(tab: Page) -> list[str]:
    """Return what axe-core has against the page with everything on it unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    found = Axe().run(tab, options={"runOnly": _TAGS}).response["violations"]
    return [f"{violation['id']}: {each['html']}" for violation in found for each in violation["nodes"]]


def _is_local(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:"))
