"""Standings that a change of the data may reach: those are let go, the others stand as they were written.

The way from a claim to all that its standing depends on (`kg.model.reading.tables_around`) is followed backwards from
the changed statements.  It may find more than what changes, and never less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kg.derivation.near import Neighbourhood
from kg.model.reading import EVIDENCE, EVIDENCE_POINTERS
from kg.namespaces import ASSESSMENTS, DCTERMS
from kg.store.terms import IRI, BlankNode, Node, hc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Writer
    from kg.store.terms import Term, Triple

MOST = 20_000
"""Nodes beyond which a change is taken to reach every standing."""
_ASSERTS, _TARGET, _PREMISE, _SOURCE, _SUPERSEDES = map(hc, ("asserts", "target", "premise", "source", "supersedes"))
_ASSESSES = hc("assesses")
_POINTERS = (*map(IRI, EVIDENCE_POINTERS), _ASSERTS, _TARGET)
"""Properties by which what points at a node is read with it."""
_LINKS = tuple(IRI(name) for name in EVIDENCE if IRI(name) != _ASSERTS)
_DATE, _CITES = IRI(DCTERMS + "date"), hc("cites")


def let_go(writer: Writer, changes: Iterable[Triple] | None) -> None:
    """Remove the written standings that `changes` may reach; all of them if it is not known what changed."""
    if not any(True for _ in writer.quads(ASSESSMENTS)):
        return
    reached = None if changes is None else _reached(Neighbourhood(writer), list(changes))
    if reached is None:
        writer.fill(ASSESSMENTS, [])
        return
    gone = {
        quad.subject for quad in writer.quads(ASSESSMENTS) if quad.predicate == _ASSESSES and quad.object in reached
    }
    writer.amend(ASSESSMENTS, [quad for quad in writer.quads(ASSESSMENTS) if quad.subject in gone], [])


def _reached(near: Neighbourhood, changes: list[Triple]) -> set[Node] | None:
    """Return the nodes whose standing, if they are claims, may be another; None if these are very many."""
    changed = {cast("Node", change.subject) for change in changes}
    frontier = changed | _nodes(change.object for change in changes if change.predicate in _POINTERS)
    dated = {cast("Node", change.subject) for change in changes if change.predicate == _DATE}
    frontier |= near.pointing(dated, _CITES)
    # What a successor says, or not, bears on what it supersedes.
    said_in = near.values(changed, _SOURCE) | _nodes(each.object for each in changes if each.predicate == _SOURCE)
    frontier |= near.having(said_in, _SUPERSEDES)
    frontier |= near.pointing(changed, _ASSERTS)
    seen = set[Node]()
    while frontier:
        seen |= frontier
        if len(seen) > MOST:
            return None
        frontier = (near.pointing(frontier, *_LINKS, _PREMISE) | near.values(frontier, *_POINTERS)) - seen
    # The certainty of a claim is shown with those whose assertions are held to support it.
    uses = near.pointing(seen, _TARGET)
    return seen | near.values(near.values(uses, _PREMISE), _ASSERTS)


def _nodes(values: Iterable[Term | Triple]) -> set[Node]:
    return {value for value in values if isinstance(value, IRI | BlankNode)}
