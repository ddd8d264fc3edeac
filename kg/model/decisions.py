"""Decisions of people on pairs of claims or sources, as a store has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import DERIVED, HC

if TYPE_CHECKING:
    from kg.store import Store

SETTLED = {
    "sameClaimAs": "the same",
    "sameSourceAs": "the same",
    "differentClaimFrom": "different",
    "differentSourceFrom": "different",
}
"""Property -> what it says of two."""
SETTLING = (*SETTLED, "broaderClaim", "contraryTo", "supersedes")
"""Properties by which somebody has said how two claims, or two sources, are to one another."""
_STATED = f"""
SELECT ?one ?property ?other WHERE {{
  VALUES ?property {{ {" ".join(f"hc:{name}" for name in SETTLING)} }}
  GRAPH ?graph {{ ?one ?property ?other }}
  FILTER(?graph != <{DERIVED}>)
}}
"""


def decided(store: Store) -> dict[frozenset[str], str]:
    """Return pair of claims or sources, by their IRIs -> what somebody stated of it: the name of a property.

    A pair that is stated to be the same has `sameClaimAs` or `sameSourceAs`; see `SETTLING`.  What is derived is no
    decision.
    """
    rows = store.select(_STATED)
    found = sorted((row["property"].value.removeprefix(HC), row["one"].value, row["other"].value) for row in rows)
    return {frozenset((one, other)): name for name, one, other in found}
