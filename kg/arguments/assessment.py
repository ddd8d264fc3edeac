"""Standings as RDF: an `hc:Assessment` each, in a graph of its own, with inputs, policy and time (PROV-O).

The graph is replaced as a whole, so that no assessment of older data is left.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kg.arguments.lines import SIDES
from kg.files import sha256
from kg.namespaces import ASSESSMENTS, BASE, PROV, RDFS
from kg.store.terms import IRI, TYPE, Literal, Quad, Term, hc, typed
from kg.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.arguments.policy import Policy
    from kg.arguments.standing import Standing
    from kg.store import Store

_GRAPH = IRI(ASSESSMENTS)
_SOFTWARE = IRI(BASE + "software/health-claims-kg-" + __version__)
_RUN = IRI(BASE + "assessment/run")


def write(store: Store, standings: Sequence[Standing], policy: Policy, at: datetime | None = None) -> int:
    """Replace the graph of assessments by `standings`, and return the number of statements.

    Raises StoreInUseError while another process writes.
    """
    made = sorted(quads(standings, policy, at or datetime.now(UTC)), key=str)
    with store.writing() as writer:
        writer.fill(ASSESSMENTS, made)
    return len(made)


def quads(standings: Iterable[Standing], policy: Policy, at: datetime) -> Iterator[Quad]:
    """Yield the statements of assessments; the same ones for the same standings and time."""
    when = typed(at.astimezone(UTC).isoformat(timespec="seconds"), "dateTime")
    how = Literal(
        f"policy {policy.name} (SHA-256 {policy.digest[:16]}), a line stands at {policy.min_retained:g} of its base"
    )
    yield Quad(_RUN, TYPE, IRI(PROV + "Activity"), _GRAPH)
    yield Quad(_RUN, IRI(RDFS + "label"), Literal("Computing the standings of the claims", language="en"), _GRAPH)
    yield Quad(_RUN, IRI(PROV + "endedAtTime"), when, _GRAPH)
    yield Quad(_RUN, IRI(PROV + "wasAssociatedWith"), _SOFTWARE, _GRAPH)
    yield Quad(_SOFTWARE, TYPE, IRI(PROV + "SoftwareAgent"), _GRAPH)
    for standing in standings:
        node = assessment_iri(standing.claim)
        for predicate, value in _statements(standing, how, when):
            yield Quad(node, predicate, value, _GRAPH)


def _statements(standing: Standing, how: Literal, when: Literal) -> Iterator[tuple[IRI, Term]]:
    yield TYPE, hc("Assessment")
    yield TYPE, IRI(PROV + "Entity")
    yield hc("assesses"), IRI(standing.claim)
    yield hc("state"), hc(standing.state.capitalize())
    for side in SIDES:
        yield hc(f"strength{side.capitalize()}"), _decimal(standing.strengths[side])
        if tier := standing.tiers[side]:
            yield hc(f"tier{side.capitalize()}"), Literal(tier.label, language="en")
    if standing.certainty:
        yield hc("certainty"), hc(standing.certainty.title().replace(" ", ""))
    yield hc("robust"), typed(str(standing.robust).lower(), "boolean")
    yield hc("semantics"), Literal(standing.semantics)
    yield hc("parameters"), how
    yield IRI(PROV + "generatedAtTime"), when
    yield IRI(PROV + "wasGeneratedBy"), _RUN
    yield IRI(PROV + "wasAttributedTo"), _SOFTWARE
    carrying = {each.line.node for each in standing.undefeated(*SIDES)}
    for node in sorted(carrying):
        yield IRI(PROV + "wasDerivedFrom"), IRI(node)


def _decimal(value: float) -> Literal:
    return typed(f"{value:.6f}", "decimal")


def assessment_iri(claim: str) -> IRI:
    """Return the IRI of the assessment of `claim`."""
    return IRI(f"{BASE}assessment/{sha256(claim.encode())[:16]}")
