"""The graph of a dataset: as a networkx graph, and as a page that a reader explores in the browser, offline."""

from __future__ import annotations

from kg.pages.graph.network import network
from kg.pages.graph.page import graph_page

__all__ = ["graph_page", "network"]
