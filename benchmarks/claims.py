"""Make datasets of claims of any size, shaped like real disputes: a few claims draw most of the arguments."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from kg.store import GraphRecord
from kg.store.terms import IRI, TYPE, Literal, Quad, hc

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "https://w3id.org/health-claims/id/generated/"
GRAPH = "https://w3id.org/health-claims/graph/generated/claims"
STANCES = ["Affirms"] * 6 + ["Denies", "Doubts", "NoEvidence"]
DESIGNS = ["SystematicReview", "RandomisedTrial", "CohortStudy", "CaseSeries", "ExpertOpinion"]
DIRECTIONS = ["Supports", "Supports", "Opposes", "Qualifies"]


def entry(triples: int) -> GraphRecord:
    """Return the record of a generated graph."""
    return GraphRecord(
        GRAPH, "generated", NAMESPACE, "/generated", "text/turtle", "0" * 64, triples, "2026-01-01T00:00:00Z", "0"
    )


def quads(claims: int, seed: int = 1) -> Iterator[Quad]:
    """Yield about 16 statements a claim: the claim, an assertion of it, an argument, and now and then a study.

    What an argument targets follows a power law (how many a claim draws falls as the square root of its rank): of
    100,000 claims most draw none or one, and the first some hundreds.  Two in five target the argument or the assertion
    of a claim, and not the claim.
    """
    chance = random.Random(seed)
    graph = IRI(GRAPH)

    def stated(node: IRI, **values: IRI | Literal) -> Iterator[Quad]:
        return (Quad(node, hc(name), value, graph) for name, value in values.items())

    for number in range(claims):
        claim, said, argument = (_node(kind, number) for kind in ("claim", "assertion", "argument"))
        hit = int(claims * chance.random() ** 2)
        target = _node(chance.choice(["claim", "claim", "claim", "argument", "assertion"]), hit)
        for node, cls in ((claim, "Claim"), (said, "Assertion"), (argument, "Argument")):
            yield Quad(node, TYPE, hc(cls), graph)
        yield from stated(
            claim,
            text=Literal(f"Treatment {number % 997} helps with condition {number}", language="en"),
            kind=hc("Efficacy"),
            about=_node("topic", number % 997),
        )
        yield from stated(
            said,
            asserts=claim,
            stance=hc(chance.choice(STANCES)),
            agent=_node("agent", chance.randrange(1 + claims // 20)),
            source=_node("source", chance.randrange(1 + claims // 5)),
            evidenceKind=hc(chance.choice(DESIGNS)),
            tracedTo=_node("study", chance.randrange(1 + claims // 5)),
        )
        yield from stated(argument, premise=said, direction=hc(chance.choice(DIRECTIONS)), target=target)
        if number % 5 == 0:
            study = _node("study", number // 5)
            yield Quad(study, TYPE, hc("Study"), graph)
            yield from stated(study, design=hc(chance.choice(DESIGNS)))


def _node(kind: str, number: int) -> IRI:
    return IRI(f"{NAMESPACE}{kind}-{number}")
