"""Part of a store that is about one topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.vocabulary import DERIVED
from kg.namespaces import SKOS
from kg.store.terms import IRI, Quad, hc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.store import Store

_ABOUT = f"""
SELECT DISTINCT ?node WHERE {{
  VALUES ?topic {{ UNDEF }}
  ?narrower <{SKOS}broader>* ?topic .
  ?node hc:about|hc:population|hc:intervention|hc:comparator|hc:outcome|hc:interestIn ?narrower
}}
"""

_COUNTERCLAIM = hc("Counterclaim")
_SAYING = [hc(name) for name in ("asserts", "target", "premise", "leadFor", "driftOf")]
"""Properties from a statement to what it is about: followed backwards, who said it and what answers it is kept."""

_LINKS = {hc(name) for names in DERIVED.values() for name in names}
"""Links from a claim to its lines, and tallies: what an export without named graphs leaves out too."""


def topic_quads(store: Store, topic: IRI) -> list[Quad]:
    """Return the quads about `topic` and its narrower topics.

    These are the claims, studies and interests about it; all that is said of these (assertions, arguments, and
    arguments on those); and the description of every node that one then comes upon: sources, agents, findings, quotes.
    """
    about = {row["node"] for row in store.select(_ABOUT, topic=topic)} | {topic}
    by_subject: dict[object, list[Quad]] = {}
    said_of: dict[object, list[object]] = {}
    *data, derived = store.default_graphs()
    for quad in (quad for graph in data for quad in store.quads(graph)):
        by_subject.setdefault(quad.subject, []).append(quad)
        if quad.predicate in _SAYING:
            said_of.setdefault(quad.object, []).append(quad.subject)
    nodes = _closure(about, lambda node: said_of.get(node, []))
    nodes = _closure(nodes, lambda node: [quad.object for quad in by_subject.get(node, [])])
    ends = nodes | {_COUNTERCLAIM}
    links = (quad for quad in store.quads(derived) if quad.predicate not in _LINKS)
    derived_here = [quad for quad in links if quad.subject in nodes and quad.object in ends]
    return [quad for node in nodes for quad in by_subject.get(node, [])] + derived_here


def _closure(start: Iterable[object], following: Callable[[object], Iterable[object]]) -> set[object]:
    """Return `start` and all that is reached from it by `following`."""
    reached, frontier = set(start), list(start)
    while frontier:
        new = set(following(frontier.pop())) - reached
        reached |= new
        frontier.extend(new)
    return reached
