"""What a person sees: pages that hold everything in one file and ask nothing of the network."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    import os

    from kg.store import Dataset

__all__ = ["View", "view"]


@dataclass(frozen=True)
class View:
    """A page as HTML; a notebook shows it in a frame of its own."""

    html: str

    def __str__(self) -> str:
        return self.html

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to `path`, wholly or not at all."""
        from pathlib import Path

        from kg.files import write_whole

        write_whole(Path(path), self.html.encode())

    def _repr_html_(self) -> str:
        frame = 'sandbox="allow-scripts" width="100%" height="800" title="kg"'
        return f'<iframe {frame} srcdoc="{escape(self.html)}"></iframe>'


def view(
    store: Dataset, claim: str | None = None, *, kind: str = "page", around: str | None = None, hops: int = 1
) -> View:
    """Return the page of a claim, or `kind="graph"`: the graph, whole or what is `hops` steps `around` a node.

    Names are short ids, CURIEs or IRIs.
    Raises UsageError for a page without a claim or an unknown kind, NotFoundError for an id that does not exist.
    """
    if kind == "graph":
        around = around or claim
        from kg.views.graph import graph_page

        return View(graph_page(store, around=around, hops=hops))
    if kind != "page":
        raise UsageError(f"no view '{kind}': say page or graph")
    if claim is None:
        raise UsageError("which claim? give its id; kg query claims-by-kind lists them")
    from kg.views.page import claim_page

    return View(claim_page(store, store.resolve(claim)))
