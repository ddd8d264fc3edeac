"""The standing of a claim where one was computed and written back, read from the graph of assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.namespaces import shrink

if TYPE_CHECKING:
    from kg.store import Dataset
    from kg.store.terms import IRI

_QUERY = """
SELECT ?state ?massFor ?massAgainst ?tierFor ?tierAgainst ?certainty ?robust ?semantics WHERE {
  VALUES ?claim { UNDEF }
  GRAPH graph:assessments {
    ?assessment hc:assesses ?claim ; hc:state ?stateConcept ; hc:massFor ?massFor ; hc:massAgainst ?massAgainst ;
                hc:robust ?robust ; hc:semantics ?semantics .
    OPTIONAL { ?assessment hc:tierFor ?tierFor }
    OPTIONAL { ?assessment hc:tierAgainst ?tierAgainst }
    OPTIONAL { ?assessment hc:certainty ?certaintyConcept }
  }
  GRAPH graph:ontology {
    ?stateConcept skos:prefLabel ?state .
    OPTIONAL { ?certaintyConcept skos:prefLabel ?certainty }
  }
} ORDER BY ?semantics
"""


class Assessed(NamedTuple):
    """A computed standing, as a page says it: masses from 0 to 1, with two decimals."""

    state: str
    mass_for: str
    mass_against: str
    tier_for: str | None
    tier_against: str | None
    certainty: str | None
    """GRADE's word for the body of evidence, where somebody assessed it."""
    robust: bool
    semantics: str
    explain: str
    """The command that gives the reasons."""


def assessed(store: Dataset, claim: IRI) -> Assessed | None:
    """Return the standing of `claim` that was last written with `kg standing --write`, or None."""
    rows = store.select(_QUERY, claim=claim)
    if not rows:
        return None
    found = {name: term.value for name, term in rows[0].items()}
    prefixes = store.prefixes()
    return Assessed(
        state=found["state"],
        mass_for=f"{float(found['massFor']):.2f}",
        mass_against=f"{float(found['massAgainst']):.2f}",
        tier_for=found.get("tierFor"),
        tier_against=found.get("tierAgainst"),
        certainty=found.get("certainty"),
        robust=found["robust"] == "true",
        semantics=found["semantics"],
        explain=f"kg explain {shrink(claim.value, prefixes)}",
    )
