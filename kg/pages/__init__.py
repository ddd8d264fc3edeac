"""What a person sees: pages that hold everything in one file and ask nothing of the network."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from kg.store import Store

__all__ = ["KINDS", "View", "view"]


@dataclass(frozen=True)
class View:
    """A page as HTML; a notebook shows it in a frame of its own."""

    html: str
    remarks: tuple[str, ...] = ()
    """What its maker should know, a few words each, such as that there is nothing to draw."""

    def __str__(self) -> str:
        return self.html

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to `path` atomically."""
        from pathlib import Path

        from kg.files import atomic_write

        atomic_write(Path(path), self.html.encode())

    def _repr_html_(self) -> str:
        frame = 'sandbox="allow-scripts allow-downloads" width="100%" height="800" title="kg"'
        return f'<iframe {frame} srcdoc="{escape(self.html)}"></iframe>'


def view(
    store: Store,
    claim: str | None = None,
    *,
    kind: str = "page",
    around: str | None = None,
    hops: int | None = None,
    query: str | None = None,
    source: str | None = None,
    rows: str | None = None,
    columns: str | None = None,
    full: bool | None = None,
) -> View:
    """Return what `kind`, one of KINDS, shows of `store`, or of `claim` and what bears on it.

    `around` and `hops`, or `query` (a CONSTRUCT), go with "graph", `source` with "reading", `rows` and `columns` with
    "matrix", `full` (all of a large dispute) with "page".
    Names are short ids, CURIEs or IRIs.

    Raises UsageError for an unknown kind, an option that the kind does not have, or a page without a claim;
    NotFoundError for an id that does not exist.
    """
    if kind not in KINDS:
        raise UsageError(f"no view '{kind}': say {', '.join(list(KINDS)[:-1])} or {list(KINDS)[-1]}")
    asked = {
        "around": around,
        "hops": hops,
        "query": query,
        "source": source,
        "rows": rows,
        "columns": columns,
        "full": full,
    }
    options = {name: value for name, value in asked.items() if value is not None}
    for name in options:
        if name not in _OPTIONS.get(kind, ()):
            holder = next(each for each, names in _OPTIONS.items() if name in names)
            raise UsageError(f"{name} goes with the view '{holder}', not with '{kind}'")
    drawn = KINDS[kind](store, claim, **options)
    return drawn if isinstance(drawn, View) else View(drawn)


def _page(store: Store, claim: str | None, full: bool = False) -> str:
    from kg.pages.claim.page import claim_page

    if claim is None:
        raise UsageError("which claim? give its id; kg list lists them")
    return claim_page(store, store.resolve(claim), full=full)


def _graph(store: Store, claim: str | None, around: str | None = None, hops: int = 1, query: str | None = None) -> View:
    from kg.pages.graph import graph_page

    remarks: list[str] = []
    html = graph_page(store, around=around or claim, hops=hops, query=query, remark=remarks.append)
    return View(html, tuple(remarks))


def _matrix(store: Store, claim: str | None, rows: str | None = None, columns: str | None = None) -> str:
    from kg.pages.matrix.page import COLUMNS, ROWS, matrix_page

    return matrix_page(store, store.resolve(claim) if claim else None, rows=rows or ROWS, columns=columns or COLUMNS)


def _reading(store: Store, claim: str | None, source: str | None = None) -> str:
    from kg.pages.annotated.page import reading_page

    return reading_page(
        store, store.resolve(claim) if claim else None, source=store.resolve(source) if source else None
    )


def _timeline(store: Store, claim: str | None) -> str:
    from kg.pages.timeline.page import timeline_page

    return timeline_page(store, store.resolve(claim) if claim else None)


def _table(store: Store, claim: str | None) -> str:
    from kg.pages.table.page import table_page

    return table_page(store, store.resolve(claim) if claim else None)


KINDS: dict[str, Callable[..., str | View]] = {
    "page": _page,
    "graph": _graph,
    "matrix": _matrix,
    "reading": _reading,
    "timeline": _timeline,
    "table": _table,
}
"""Kind of a view -> what makes its HTML of a store, the name of a claim or None, and the options of the kind."""
_OPTIONS = {
    "page": ("full",),
    "graph": ("around", "hops", "query"),
    "reading": ("source",),
    "matrix": ("rows", "columns"),
}
