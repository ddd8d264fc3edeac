"""Knowledge graph of health claims: who says what, in which words, on what evidence, and what answers it.

import kg
graph = kg.open("kg-store")
graph.load("data/massage-low-back-pain")
graph.claims["lasts"].against[0].agent.name
for row in graph.query("counterclaims-to-agent", {"agent": "amta"}):
    print(row["kind"], row["counterclaim"], row["words"])
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import (
    DataError,
    KgError,
    NotFoundError,
    Place,
    Problem,
    QueryError,
    StoreInUseError,
    UnreadableError,
    UsageError,
)
from kg.version import __version__

if TYPE_CHECKING:
    import os

    from kg.arguments.evaluator import Evaluator
    from kg.arguments.explain import Change, Explanation
    from kg.arguments.standing import Standing
    from kg.drift import ComputedDrift
    from kg.graph import KnowledgeGraph
    from kg.handles import Claim, Collection, Questions, Topic
    from kg.load import Loaded
    from kg.model.cards import Card, Target
    from kg.model.labels import Listed
    from kg.model.nodes import Agent, Figure, Interest, Proposition, Quote, Source, Study
    from kg.model.premises import Drift, Lead, Premise, Trace
    from kg.pages import Page
    from kg.query.questions import Question
    from kg.query.result import Answer, Rows, TableCell, Triples, Truth
    from kg.readers.tables import Preview
    from kg.search import Hit
    from kg.search.duplicates import Pair
    from kg.search.same import Proposal
    from kg.validate import Report, Result

_MODULES = {
    "kg.arguments.evaluator": ("Evaluator",),
    "kg.arguments.explain": ("Change", "Explanation"),
    "kg.arguments.standing": ("Standing",),
    "kg.drift": ("ComputedDrift",),
    "kg.graph": ("KnowledgeGraph",),
    "kg.handles": ("Claim", "Collection", "Questions", "Topic"),
    "kg.load": ("Loaded",),
    "kg.model.cards": ("Card", "Target"),
    "kg.model.nodes": ("Agent", "Figure", "Interest", "Proposition", "Quote", "Source", "Study"),
    "kg.model.premises": ("Drift", "Lead", "Premise", "Trace"),
    "kg.pages": ("Page",),
    "kg.query.questions": ("Question",),
    "kg.query.result": ("Answer", "TableCell", "Rows", "Triples", "Truth"),
    "kg.readers.tables": ("Preview",),
    "kg.search.duplicates": ("Pair",),
    "kg.search.same": ("Proposal",),
    "kg.search": ("Hit",),
    "kg.model.labels": ("Listed",),
    "kg.validate": ("Report", "Result"),
}
"""Modules of the classes that are imported when they are asked for, so that `import kg` stays light."""
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Agent",
    "Answer",
    "Card",
    "Change",
    "Claim",
    "Collection",
    "ComputedDrift",
    "DataError",
    "Drift",
    "Evaluator",
    "Explanation",
    "Figure",
    "Hit",
    "Interest",
    "KgError",
    "KnowledgeGraph",
    "Lead",
    "Listed",
    "Loaded",
    "NotFoundError",
    "Page",
    "Pair",
    "Place",
    "Premise",
    "Preview",
    "Problem",
    "Proposal",
    "Proposition",
    "QueryError",
    "Question",
    "Questions",
    "Quote",
    "Report",
    "Result",
    "Rows",
    "Source",
    "Standing",
    "StoreInUseError",
    "Study",
    "TableCell",
    "Target",
    "Topic",
    "Trace",
    "Triples",
    "Truth",
    "UnreadableError",
    "UsageError",
    "__version__",
    "open",
]


def open(store: str | os.PathLike[str] = ":memory:") -> KnowledgeGraph:  # noqa: A001 -- kg.open, as in dbm.open
    """Return the knowledge graph in `store`: a folder (made with the first load), a server's address, or `:memory:`.

    Raises UnreadableError if a folder is there but is not a store.
    """
    from kg.graph import KnowledgeGraph

    return KnowledgeGraph(store)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
