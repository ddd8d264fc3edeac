"""Write the pictures of docs/images/ anew from the seed data: `make screenshots` (a Chromium is needed).

Each view wide and light, and narrow and dark.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import kg  # noqa: E402 -- the checkout's, also where kg is not installed
from kg.arguments.evaluator import Evaluator  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = ROOT / "docs" / "images"
COLOURS = 192
"""Of a picture: enough that a rare ink, such as one sign of what is against, keeps its hue."""
SEED = ROOT / "data" / "massage-low-back-pain"


class Sitting(NamedTuple):
    """A screen to be taken."""

    suffix: str
    width: int
    height: int
    scheme: str


class Subject(NamedTuple):
    """What is taken: a view, and the part of it that comes to the top of the screen."""

    kind: str
    claim: str | None
    top: str


SCREENS = (Sitting("", 1440, 860, "light"), Sitting("-phone", 390, 844, "dark"))
SUBJECTS = {
    "claim-page": Subject("page", "relieves", ".kicker"),
    "graph": Subject("graph", None, "body"),
    "matrix": Subject("matrix", None, "body"),
    "reading": Subject("reading", None, ".block:nth-child(3)"),
    "timeline": Subject("timeline", None, "body"),
    "table": Subject("table", None, "body"),
}


def main() -> None:
    """Take all pictures, or those of the views that are named."""
    names = sys.argv[1:] or list(SUBJECTS)
    chromium = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    with sync_playwright() as playwright, kg.open() as graph, tempfile.TemporaryDirectory() as folder:
        # Grey instead of coloured edges of letters: smaller files, and right on any screen.
        flags = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        graph.load(SEED)
        Evaluator(graph.store).write()
        for name in names:
            page = Path(folder) / f"{name}.html"
            graph.view(SUBJECTS[name].claim, kind=SUBJECTS[name].kind).save(page)
            for screen in SCREENS:
                take(browser, page, SUBJECTS[name].top, screen, IMAGES / f"{name}{screen.suffix}.png")
        browser.close()


def take(browser: Browser, page: Path, top: str, screen: Sitting, image: Path) -> None:
    """Write the picture of a page with the part `top` at the top of the screen."""
    size = {"width": screen.width, "height": screen.height}
    tab = browser.new_page(viewport=size, color_scheme=screen.scheme, reduced_motion="reduce")
    tab.goto(page.as_uri())
    tab.locator(top).first.evaluate("part => part.scrollIntoView()")
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(image, optimize=True)
    tab.close()
    sys.stdout.write(f"wrote {image.relative_to(ROOT)}: {image.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
