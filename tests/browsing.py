"""How the tests of pages open them in a real browser, and what they hold against them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def violations(tab: Page) -> list[str]:
    """Return what axe-core has against the page with everything on it unfolded."""
    from axe_playwright_python.sync_playwright import Axe

    tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    found = Axe().run(tab, options={"runOnly": _TAGS}).response["violations"]
    return [f"{violation['id']}: {each['html']}" for violation in found for each in violation["nodes"]]


def _is_local(url: str) -> bool:
    return url.startswith(("file:", "data:"))
