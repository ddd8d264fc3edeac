"""The standing of a claim, read from the graph of assessments; of one claim it is computed where none was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.namespaces import shrink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Store
    from kg.store.terms import IRI, Row

_QUERY = """
SELECT ?claim ?state ?strengthFor ?strengthAgainst ?strengthDoubt ?tierFor ?tierAgainst ?tierDoubt
       ?certainty ?robust ?semantics ?sentence WHERE {
  VALUES ?claim { UNDEF }
  GRAPH graph:assessments {
    ?assessment hc:assesses ?claim ; hc:state ?stateConcept ;
                hc:strengthFor ?strengthFor ; hc:strengthAgainst ?strengthAgainst ; hc:strengthDoubt ?strengthDoubt ;
                hc:robust ?robust ; hc:semantics ?semantics .
    OPTIONAL { ?assessment hc:sentence ?sentence }
    OPTIONAL { ?assessment hc:tierFor ?tierFor }
    OPTIONAL { ?assessment hc:tierAgainst ?tierAgainst }
    OPTIONAL { ?assessment hc:tierDoubt ?tierDoubt }
  }
  GRAPH graph:ontology { ?stateConcept skos:prefLabel ?state }
  OPTIONAL {
    GRAPH graph:assessments { ?assessment hc:certainty ?certaintyConcept }
    GRAPH graph:ontology { ?certaintyConcept skos:prefLabel ?certainty }
  }
} ORDER BY ?claim ?semantics
"""


STATES = {
    "supported": "what counts is for it",
    "contested": "what counts is on both sides",
    "opposed": "what counts is against it",
    "unsupported": "nothing counts, either way",
}
"""State -> its name where many claims are told apart by it; a reader never sees the state alone."""


class Assessed(NamedTuple):
    """A computed standing, as a page says it: strengths from 0 to 1, with two decimals."""

    sentence: str
    """The standing in words for a reader, as `kg standing` says them."""
    state: str
    strength_for: str
    strength_against: str
    strength_doubt: str
    tier_for: str | None
    tier_against: str | None
    tier_doubt: str | None
    certainty: str | None
    """GRADE's word for the body of evidence, where somebody assessed it."""
    robust: bool
    semantics: str
    explain: str
    """The command that gives the reasons."""

    @property
    def figures(self) -> dict[str, str]:
        """Side -> its strength with its tier, "0.80, by systematic review"; doubt is a side where there is one."""
        sides = {
            "for": (self.strength_for, self.tier_for),
            "against": (self.strength_against, self.tier_against),
            **({"doubt": (self.strength_doubt, self.tier_doubt)} if self.tier_doubt else {}),
        }
        return {side: f"{strength}, by {tier}" if tier else strength for side, (strength, tier) in sides.items()}

    def sides(self) -> str:
        """Return the strengths in words: "for 0.80, by systematic review; against 0.00"."""
        return "; ".join(f"{side} {figure}" for side, figure in self.figures.items())


def stands(store: Store, claim: IRI) -> Assessed | None:
    """Return the standing of `claim`: that which was written, else as computed; None where a cycle does not settle."""
    return assessed(store, claim) or _computed(store, claim)


def _computed(store: Store, claim: IRI) -> Assessed | None:
    from kg.arguments import NotConvergedError
    from kg.arguments.evaluator import Evaluator

    evaluator = Evaluator(store)
    try:
        found = evaluator.standings([claim.value])[0]
    except NotConvergedError:
        return None
    said = {
        "claim": claim.value,
        "sentence": evaluator.sentence(found),
        "state": found.state,
        "robust": str(not found.weighing_matters).lower(),
        "semantics": found.semantics,
        **({"certainty": found.certainty} if found.certainty else {}),
        **{f"strength{side.capitalize()}": str(strength) for side, strength in found.strengths.items()},
        **{f"tier{side.capitalize()}": tier.label for side, tier in found.tiers.items() if tier},
    }
    return _assessed(said, store.prefixes())


def assessed(store: Store, claim: IRI) -> Assessed | None:
    """Return the standing of `claim` that was last written with `kg standing --write`, or None."""
    return next((_assessed(_texts(row), store.prefixes()) for row in store.select(_QUERY, claim=claim)), None)


def all_assessed(store: Store, claims: Iterable[IRI] | None = None) -> dict[str, Assessed]:
    """Return IRI of a claim -> its standing, for all that were written, or those of `claims`."""
    prefixes = store.prefixes()
    query = _QUERY if claims is None else _QUERY.replace("UNDEF", " ".join(map(str, claims)), 1)
    return {row["claim"].value: _assessed(_texts(row), prefixes) for row in store.select(query)}


def _texts(row: Row) -> dict[str, str]:
    return {name: term.value for name, term in row.items()}


def _assessed(found: Mapping[str, str], prefixes: dict[str, str]) -> Assessed:
    return Assessed(
        sentence=found.get("sentence") or f"{STATES[found['state']].capitalize()}.",
        state=found["state"],
        strength_for=f"{float(found['strengthFor']):.2f}",
        strength_against=f"{float(found['strengthAgainst']):.2f}",
        strength_doubt=f"{float(found['strengthDoubt']):.2f}",
        tier_for=found.get("tierFor"),
        tier_against=found.get("tierAgainst"),
        tier_doubt=found.get("tierDoubt"),
        certainty=found.get("certainty"),
        robust=found["robust"] == "true",
        semantics=found["semantics"],
        explain=f"kg explain {shrink(found['claim'], prefixes)}",
    )
