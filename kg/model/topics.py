"""Nodes about a topic or a narrower one: one rule for exports and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import SKOS
from kg.store.terms import IRI

if TYPE_CHECKING:
    from kg.store import Store

_ABOUT = f"""
SELECT DISTINCT ?node WHERE {{
  VALUES ?topic {{ UNDEF }}
  ?narrower <{SKOS}broader>* ?topic .
  ?node hc:about|hc:population|hc:intervention|hc:comparator|hc:outcome|hc:interestIn ?narrower
}}
"""


def about(store: Store, topic: IRI) -> set[IRI]:
    """Return the claims, studies and interests about `topic` or a topic narrower than it."""
    return {node for row in store.select(_ABOUT, topic=topic) if isinstance(node := row["node"], IRI)}
