"""A rule over quads that are in no store yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store.terms import Quad, Triple


def construct(quads: Iterable[Quad], query: str) -> list[Triple]:
    """Return what a CONSTRUCT query of ours derives from `quads`; its default graph is the union of their graphs."""
    store = ox.Store()
    store.bulk_extend(quads)
    return list(cast("ox.QueryTriples", store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)))
