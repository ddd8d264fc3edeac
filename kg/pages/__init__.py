"""Pages that a person sees: one HTML file each, which holds everything and asks nothing of the network."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import UsageError
from kg.pages.options import (
    AnnotatedOptions,
    ClaimPageOptions,
    GraphOptions,
    MatrixOptions,
    TableOptions,
    TimelineOptions,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from kg.pages.options import PageOptions
    from kg.store import Store
    from kg.store.terms import IRI

__all__ = ["KINDS", "Page", "view"]


@dataclass(frozen=True, repr=False)
class Page:
    """A page as HTML; a notebook shows it in a frame of its own."""

    html: str
    remarks: tuple[str, ...] = ()
    """Remarks for its maker, a few words each, such as that there is nothing to draw."""

    def __repr__(self) -> str:
        return f"<Page of {len(self.html):,} characters; save(path) writes it>"

    def __str__(self) -> str:
        return self.html

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to `path` atomically."""
        from pathlib import Path

        from kg.files import atomic_write

        atomic_write(Path(path), self.html.encode())

    def _repr_html_(self) -> str:
        from html import escape

        frame = 'sandbox="allow-scripts allow-downloads" width="100%" height="800" title="kg"'
        return f'<iframe {frame} srcdoc="{escape(self.html)}"></iframe>'


class PageKind(NamedTuple):
    """A kind of page: the class of its options, and the function that makes the HTML or the page."""

    options: type[PageOptions]
    render: Callable[..., str | Page]


def view(store: Store, claim: str | None = None, *, kind: str = "page", **options: Any) -> Page:
    """Return the page of `kind`, one of KINDS, of a whole store, or of `claim` and what bears on it.

    `options` are fields of the options class of the kind (see `kg.pages.options`); None stands for the default.
    Names are short ids, CURIEs or IRIs.

    Raises UsageError for an unknown kind, an option that the kind does not have, or a claim's page without a claim;
    NotFoundError for an id that does not exist.
    """
    if kind not in KINDS:
        raise UsageError(f"no view '{kind}': say {', '.join(list(KINDS)[:-1])} or {list(KINDS)[-1]}")
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        _check_option(name, kind)
    made = KINDS[kind].render(store, store.resolve(claim) if claim else None, KINDS[kind].options(**given))
    return made if isinstance(made, Page) else Page(made)


def _check_option(name: str, kind: str) -> None:
    holders = [each for each, page in KINDS.items() if name in {field.name for field in fields(page.options)}]
    if kind in holders:
        return
    if holders:
        from kg.model.phrases import sentence_list

        views = f"the view{'s' * (len(holders) > 1)} {sentence_list([repr(each) for each in holders])}"
        raise UsageError(f"{name} goes with {views}, not with '{kind}'")
    known = dict.fromkeys(field.name for page in KINDS.values() for field in fields(page.options))
    raise UsageError(f"no option '{name}' of a view: there are {', '.join(known)}")


def _claim(store: Store, claim: IRI | None, options: ClaimPageOptions) -> str:
    from kg.pages.claim.page import claim_page

    if claim is None:
        raise UsageError("which claim? give its id; kg list lists them")
    return claim_page(store, claim, options)


def _graph(store: Store, claim: IRI | None, options: GraphOptions) -> Page:
    from kg.pages.graph.page import graph_page

    remarks: list[str] = []
    return Page(graph_page(store, claim, options, remarks.append), tuple(remarks))


def _matrix(store: Store, claim: IRI | None, options: MatrixOptions) -> Page:
    from kg.pages.matrix.page import matrix_page

    remarks: list[str] = []
    return Page(matrix_page(store, claim, options, remark=remarks.append), tuple(remarks))


def _annotated(store: Store, claim: IRI | None, options: AnnotatedOptions) -> str:
    from kg.pages.annotated.page import annotated_page

    return annotated_page(store, claim, options)


def _timeline(store: Store, claim: IRI | None, options: TimelineOptions) -> Page:
    from kg.pages.timeline.page import timeline_page

    remarks: list[str] = []
    return Page(timeline_page(store, claim, options, remark=remarks.append), tuple(remarks))


def _table(store: Store, claim: IRI | None, options: TableOptions) -> Page:
    from kg.pages.table.page import table_page

    remarks: list[str] = []
    return Page(table_page(store, claim, options, remark=remarks.append), tuple(remarks))


KINDS: dict[str, PageKind] = {
    "page": PageKind(ClaimPageOptions, _claim),
    "graph": PageKind(GraphOptions, _graph),
    "matrix": PageKind(MatrixOptions, _matrix),
    "reading": PageKind(AnnotatedOptions, _annotated),
    "timeline": PageKind(TimelineOptions, _timeline),
    "table": PageKind(TableOptions, _table),
}
"""Kinds of pages by their names, as `--as` of `kg view` says them."""
