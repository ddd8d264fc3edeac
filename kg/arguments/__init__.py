"""Argumentation about claims: frameworks, extensions, strengths and contributions; and the standings of claims.

`kg.arguments.semantics` is the mathematics, and does not depend on RDF.
"""

from __future__ import annotations

from kg.arguments.semantics.extensions import complete, grounded, labels, preferred, stable
from kg.arguments.semantics.framework import Framework, FrameworkError, NotConvergedError, TooManyError
from kg.arguments.semantics.shapley import Contributions, removal, shapley
from kg.arguments.semantics.strength import (
    SEMANTICS,
    Strengths,
    categoriser,
    df_quad,
    euler,
    quadratic_energy,
    strengths,
)

__all__ = [
    "SEMANTICS",
    "Contributions",
    "Framework",
    "FrameworkError",
    "NotConvergedError",
    "Strengths",
    "TooManyError",
    "categoriser",
    "complete",
    "df_quad",
    "euler",
    "grounded",
    "labels",
    "preferred",
    "quadratic_energy",
    "removal",
    "shapley",
    "stable",
    "strengths",
]
