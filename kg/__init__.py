"""A knowledge graph of health claims: who says what, in which words, on what evidence, and what answers it.

import kg
graph = kg.open("kg-store")
graph.load("data/massage-low-back-pain")
for row in graph.query("counterclaims-to-agent", {"agent": "amta"}):
    print(row["kind"], row["counterclaim"], row["words"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.version import __version__

if TYPE_CHECKING:
    import os

    from kg.graph import KnowledgeGraph

__all__ = ["__version__", "open"]


def open(store: str | os.PathLike[str] = ":memory:") -> KnowledgeGraph:  # noqa: A001 -- kg.open, as in dbm.open
    """Open the knowledge graph in `store`: a folder on disk (made with the first load), or `:memory:`.

    Raises kg.errors.UnreadableError if a folder is there but is not a store.
    """
    from kg.graph import KnowledgeGraph

    return KnowledgeGraph(store)
