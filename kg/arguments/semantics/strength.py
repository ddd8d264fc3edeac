"""Strength of each argument, from 0 to 1, given its base score and the arguments that attack and support it.

Three gradual semantics for claims (quadratic energy, DF-QuAD, Euler-based), and the categoriser for attacks alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.arguments.semantics import reference
from kg.arguments.semantics.framework import NotConvergedError
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.arguments.semantics.framework import Framework

Method = Literal["auto", "discrete", "continuous"]

SEMANTICS = {
    "quadratic-energy": "quadratic energy (Potyka 2018)",
    "df-quad": "DF-QuAD (Rago et al. 2016)",
    "euler": "Euler-based (Amgoud & Ben-Naim 2018)",
    "categoriser": "categoriser (Besnard & Hunter 2001): attacks only, every base score 1",
}

SMALL = 500  # edges up to which plain Python is faster than importing and calling the array libraries
TOLERANCE = 1e-12  # no argument moves by more than this in one update: settled
ROUNDS = 1_000  # updates of the discrete iteration
STEPS = 5_000  # steps of the continuous dynamics


class Strengths(NamedTuple):
    """Strengths and how they were found.

    `method` is "exact" (acyclic: each argument calculated once, after its parents), "discrete" (fixed-point
    iteration) or "continuous" (dynamics); `iterations` counts updates of all arguments; `converged` is False where
    some argument still moved by more than the tolerance, `moving` being the names of those.
    """

    values: dict[str, float]
    iterations: int
    converged: bool
    method: str
    semantics: str
    moving: tuple[str, ...] = ()

    def required(self) -> dict[str, float]:
        """Return the values, or raise NotConvergedError: for a caller who has no use for half of an answer."""
        if self.converged:
            return self.values
        raise NotConvergedError(
            f'the strengths of {len(self.moving)} arguments ("{self.moving[0]}" is one) do not settle under '
            f"{SEMANTICS[self.semantics]}; break a cycle at them, or take another semantics"
        )


def quadratic_energy(framework: Framework) -> dict[str, float]:
    """Return the quadratic-energy strength of each argument.

    The energy of an argument is the sum of its supporters' strengths minus that of its attackers'; with
    h(x) = max(x, 0)² / (1 + max(x, 0)²) its strength is w + (1 - w) h(E) - w h(-E), w being the base score.

    Parameters
    ----------
    framework : Framework
        Of n arguments and any shape; acyclic ones are calculated exactly.

    Returns
    -------
    dict of str to float
        Strengths from 0 to 1, in the order of `framework.names`.

    Raises
    ------
    NotConvergedError
        A cyclic framework does not settle; `strengths` returns what was reached.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> quadratic_energy(Framework(base={"a": 0.5, "b": 0.5}, attacks={("b", "a")}))
    {'a': 0.4, 'b': 0.5}

    References
    ----------
    Potyka 2018, "Continuous dynamical systems for weighted bipolar argumentation", KR, Definition 2.

    """
    return strengths(framework, "quadratic-energy").required()


def df_quad(framework: Framework) -> dict[str, float]:
    """Return the DF-QuAD strength of each argument.

    Attackers, and supporters, aggregate to 1 - product(1 - strength); the base score moves by the difference of the
    two, towards 1 or towards 0.  Parameters, returns and raises are as in `quadratic_energy`.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> df_quad(Framework(base={"a": 0.5, "b": 0.5}, attacks={("b", "a")}))
    {'a': 0.25, 'b': 0.5}

    References
    ----------
    Rago, Toni, Aurisicchio, Baroni 2016, "Discontinuity-free decision support with quantitative argumentation
    debates", KR, Definitions 1 to 3.

    """
    return strengths(framework, "df-quad").required()


def euler(framework: Framework) -> dict[str, float]:
    """Return the Euler-based strength of each argument.

    With the energy E of `quadratic_energy` the strength is 1 - (1 - w²) / (1 + w exp(E)).  Parameters, returns and
    raises are as there.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> euler(Framework(base={"a": 0.5}))
    {'a': 0.5}

    References
    ----------
    Amgoud, Ben-Naim 2018, "Evaluation of arguments in weighted bipolar graphs", IJAR 99, Definition 12.

    """
    return strengths(framework, "euler").required()


def categoriser(framework: Framework) -> dict[str, float]:
    """Return the categoriser of each argument: 1 / (1 + the sum over its attackers); supports and bases are ignored.

    Parameters, returns and raises are as in `quadratic_energy`.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> values = categoriser(Framework(base={"a": 1, "b": 1}, attacks={("a", "b"), ("b", "a")}))
    >>> round(values["a"], 10)
    0.6180339887

    References
    ----------
    Besnard, Hunter 2001, "A logic-based theory of deductive arguments", Artificial Intelligence 128.

    """
    return strengths(framework, "categoriser").required()


def strengths(
    framework: Framework,
    semantics: str = "quadratic-energy",
    *,
    method: Method = "auto",
    tolerance: float = TOLERANCE,
    rounds: int = ROUNDS,
    steps: int = STEPS,
) -> Strengths:
    """Return the strength of each argument, and how it was found.

    Parameters
    ----------
    framework : Framework
        Any shape.
    semantics : str
        A key of `SEMANTICS`.
    method : str
        "auto" calculates acyclic frameworks exactly and iterates cyclic ones from the base scores; the connected
        parts that do not settle in that way follow the continuous dynamics.  "discrete" and "continuous" do only
        the one or the other, whatever the shape.
    tolerance : float
        The largest change of one update that counts as settled.
    rounds, steps : int
        Bounds of the discrete iteration and of the continuous dynamics.

    Raises
    ------
    UsageError
        There is no such semantics or method.

    Examples
    --------
    >>> from kg.arguments import Framework
    >>> found = strengths(Framework(base={"a": 0.5}, attacks={("a", "a")}))
    >>> round(found.values["a"], 9), found.converged, found.method
    (0.423853799, True, 'discrete')

    References
    ----------
    Mossakowski, Neuhaus 2018, "Modular semantics and characteristics for bipolar weighted argumentation graphs":
    when the iteration converges.  Potyka 2018, KR: the continuous dynamics.

    """
    known(semantics)
    if method not in ("auto", "discrete", "continuous"):
        raise UsageError(f'there is no method "{method}"; take "auto", "discrete" or "continuous"')
    if method == "auto" and len(framework.attacks) + len(framework.supports) <= SMALL:
        exact = reference.evaluate(framework, semantics)
        if exact is not None:
            return Strengths(dict(zip(framework.names, exact, strict=True)), 1, True, "exact", semantics)
    return _vectorized(framework, semantics, method, tolerance, rounds, steps)


def known(semantics: str) -> str:
    """Return `semantics` if there is one of that name."""
    if semantics not in SEMANTICS:
        raise UsageError(f'there is no semantics "{semantics}"; take one of {", ".join(SEMANTICS)}')
    return semantics


def _vectorized(
    framework: Framework, semantics: str, method: Method, tolerance: float, rounds: int, steps: int
) -> Strengths:
    from kg.arguments.semantics.vectorized import vectorized

    arrays = vectorized(framework)
    if method == "auto" and arrays.thin:
        exact = reference.evaluate(framework, semantics)
        if exact is not None:
            return Strengths(dict(zip(framework.names, exact, strict=True)), 1, True, "exact", semantics)
    if method == "auto":
        found = arrays.settle(semantics, None, tolerance, rounds, steps)
    elif method == "discrete":
        found = arrays.discrete(semantics, None, tolerance, rounds)
    else:
        found = arrays.continuous(semantics, None, tolerance, steps)
    values, moved = arrays.restore(found.values), arrays.restore(found.moved)
    moving = tuple(framework.names[position] for position in (moved > tolerance).nonzero()[0])
    named = dict(zip(framework.names, values.tolist(), strict=True))
    return Strengths(named, found.iterations, not moving, found.method, semantics, moving)
