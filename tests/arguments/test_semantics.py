"""The known answers of the papers, the agreement with other implementations, and what is said of bad input."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from itertools import pairwise, permutations

import numpy as np
import pytest
from argumentation.core import dung
from argumentation.gradual.dfquad import dfquad_strengths
from argumentation.gradual.gradual import (
    WeightedBipolarGraph,
    quadratic_energy_strengths_continuous,
    quadratic_energy_strengths_discrete,
)
from argumentation.ranking.ranking import categoriser_scores
from pygarg.dung import solver

from kg.arguments import (
    SEMANTICS,
    Framework,
    FrameworkError,
    NotConvergedError,
    TooManyError,
    categoriser,
    complete,
    df_quad,
    euler,
    grounded,
    labels,
    preferred,
    quadratic_energy,
    removal,
    shapley,
    stable,
    strengths,
)
from kg.arguments.semantics import reference, vectorized
from kg.arguments.semantics.shapley import exact_shares, sampled_shares
from kg.errors import KgError, UsageError
from tests.support.hash_seeds import outputs

GRADUAL = tuple(SEMANTICS)[:3]

DEMOCRACY = Framework(
    base={"A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5},
    attacks={("C1", "A2"), ("C2", "P2"), ("C3", "P2"), ("C4", "P2")},
    supports={("P1", "A1"), ("P2", "A1"), ("P3", "A2")},
)
CYRAS = Framework(
    base={"a": 0.5, "b": 0.2, "c": 0.85, "d": 0.65, "e": 0.4, "f": 1},
    attacks={("c", "a"), ("e", "b"), ("f", "c")},
    supports={("b", "a"), ("d", "a"), ("e", "c")},
)
CHAIN = Framework(base=dict.fromkeys("abc", 0.5), attacks={("a", "b"), ("b", "c")})
SELF = Framework(base={"a": 0.5}, attacks={("a", "a")})
MUTUAL = Framework(base={"a": 1, "b": 1}, attacks={("a", "b"), ("b", "a")})


def digits(value: float, printed: str) -> bool:
    """Return whether `value`, rounded as `printed` is, is what is printed."""
    return f"{value:.{len(printed.partition('.')[2])}f}" == f"{float(printed):.{len(printed.partition('.')[2])}f}"


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [
        (df_quad, {"A1": ".862", "A2": ".85", "P2": ".08"}),
        (quadratic_energy, {"A1": ".719852", "A2": ".66443", "P2": ".185874"}),
        (euler, {"A1": ".68938", "A2": ".626285", "P2": ".339943"}),
    ],
)
def test_the_democracy_debate_of_rago_has_its_known_strengths(semantics, expected):
    found = semantics(DEMOCRACY)
    assert all(digits(found[name], printed) for name, printed in expected.items()), found


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [
        (quadratic_energy, {"a": ".519", "b": ".172", "c": ".625"}),
        (df_quad, {"a": ".676", "b": ".12", "c": ".34"}),
    ],
)
def test_example_4_1_of_cyras_has_its_known_strengths(semantics, expected):
    found = semantics(CYRAS)
    assert all(digits(found[name], printed) for name, printed in expected.items()), found


@pytest.mark.parametrize(
    ("contribution", "expected"),
    [
        (removal, {"b": ".0184", "c": "-.1830", "d": ".1038", "e": "-.0577", "f": ".0199"}),
        (shapley, {"b": ".0329", "c": "-.1680", "d": ".1462", "e": "-.0200", "f": ".0277"}),
    ],
)
def test_example_4_1_of_cyras_has_its_known_contributions(contribution, expected):
    found = contribution(CYRAS, "a", "quadratic-energy")
    assert found.keys() == expected.keys()
    assert all(digits(found[name], printed) for name, printed in expected.items()), dict(found)


@pytest.mark.parametrize(("edges", "energy", "quad"), [("supports", ".6", ".75"), ("attacks", ".4", ".25")])
def test_one_even_parent_moves_an_even_argument_by_the_known_amount(edges, energy, quad):
    framework = Framework(base={"a": 0.5, "b": 0.5}, **{edges: {("b", "a")}})
    assert digits(quadratic_energy(framework)["a"], energy)
    assert digits(df_quad(framework)["a"], quad)


def test_a_chain_of_attacks_has_its_known_strengths():
    assert list(df_quad(CHAIN).values()) == [0.5, 0.25, 0.375]
    assert all(digits(*pair) for pair in zip(quadratic_energy(CHAIN).values(), (".5", ".4", ".431"), strict=True))


@pytest.mark.parametrize("method", ["auto", "discrete", "continuous"])
def test_a_self_attack_settles_at_its_known_strength(method):
    found = strengths(SELF, "quadratic-energy", method=method)
    assert found.converged
    # s = .5 - .5 h(s) is s³ + s = ½, whose root is .42385379907; other implementations stop at .4238537989.
    assert found.values["a"] == pytest.approx(0.4238537989, abs=2e-10)
    assert found.values["a"] ** 3 + found.values["a"] == pytest.approx(0.5, abs=1e-11)


def test_two_that_attack_each_other_share_the_golden_ratio_as_categoriser():
    assert all(digits(value, ".6180339887") for value in categoriser(MUTUAL).values())


def test_what_oscillates_in_discrete_steps_settles_in_continuous_time():
    assert not strengths(MUTUAL, "df-quad", method="discrete").converged
    found = strengths(MUTUAL, "df-quad")
    assert (found.converged, found.method) == (True, "continuous")
    assert found.values["a"] == pytest.approx(0.5)


def test_a_part_that_oscillates_has_no_say_in_a_part_that_it_has_no_edge_to():
    alone = Framework(base={"x": 0.9, "y": 0.4}, attacks={("x", "y")}, supports={("y", "x")})
    both = Framework(
        base={**MUTUAL.base, **alone.base}, attacks=MUTUAL.attacks | alone.attacks, supports=alone.supports
    )
    found = df_quad(both)
    assert {name: found[name] for name in alone.base} == pytest.approx(df_quad(alone), abs=1e-10)


def test_a_framework_that_does_not_settle_is_one_sentence():
    with pytest.raises(NotConvergedError, match=r'the strengths of 2 arguments \("a" is one\) do not settle') as raised:
        strengths(MUTUAL, "df-quad", rounds=5, steps=1).required()
    assert isinstance(raised.value, KgError)


def test_contributions_that_do_not_settle_are_not_given(monkeypatch):
    monkeypatch.setattr("kg.arguments.semantics.shapley.STEPS", 1)
    with pytest.raises(NotConvergedError, match='what contributes to "a" cannot be said'):
        removal(MUTUAL, "a", "df-quad")


# Bad input


@pytest.mark.parametrize("score", [-0.1, 1.5, math.nan, math.inf, "much", None])
def test_a_base_score_that_is_not_from_0_to_1_is_refused(score):
    with pytest.raises(FrameworkError, match=r'the base score of "a" is .*; give a number from 0 to 1'):
        Framework(base={"a": score})


@pytest.mark.parametrize("relation", ["attacks", "supports"])
@pytest.mark.parametrize("edge", [("a", "z"), ("z", "a")])
def test_an_edge_to_an_unknown_argument_is_refused_by_name(relation, edge):
    with pytest.raises(FrameworkError, match=f'the {relation[:-1]} .* names "z", which has no base score'):
        Framework(base={"a": 0.5}, **{relation: {edge}})


@pytest.mark.parametrize(
    "edges", [5, [3], ["aa"], [("a",)], [["a", "a"]], frozenset({"aa"}), frozenset({("a", "a", "a")})]
)
def test_an_edge_that_is_no_pair_is_refused(edges):
    with pytest.raises(FrameworkError, match=r"edges? (is a|are) pairs? of names"):
        Framework(base={"a": 0.5}, attacks=edges)


def test_a_name_that_is_no_text_is_refused():
    with pytest.raises(FrameworkError, match="the name of an argument is a text, not 3"):
        Framework(base={3: 0.5})


def test_a_bad_framework_is_also_a_value_error_and_a_usage_error():
    assert issubclass(FrameworkError, ValueError)
    assert issubclass(FrameworkError, UsageError)


def test_a_framework_cannot_be_changed():
    with pytest.raises(AttributeError):
        CHAIN.base = {}  # type: ignore[misc]
    with pytest.raises(TypeError):
        CHAIN.base["a"] = 1.0  # type: ignore[index]


def test_an_unknown_semantics_method_or_argument_is_named():
    with pytest.raises(UsageError, match='there is no semantics "best"; take one of quadratic-energy'):
        strengths(CHAIN, "best")
    with pytest.raises(UsageError, match='there is no method "fast"'):
        strengths(CHAIN, method="fast")  # type: ignore[arg-type]
    with pytest.raises(FrameworkError, match='the framework has no argument "z"'):
        removal(CHAIN, "z")
    with pytest.raises(FrameworkError, match='the framework has no argument "z"'):
        CHAIN.without(["z"])


def test_an_empty_framework_has_no_strengths_and_one_empty_extension():
    empty = Framework(base={})
    assert quadratic_energy(empty) == {}
    assert strengths(empty, method="discrete").values == strengths(empty, method="continuous").values == {}
    assert preferred(empty) == stable(empty) == complete(empty) == {frozenset()}


# Extensions


def test_an_unattacked_argument_reinstates_what_it_defends():
    assert grounded(CHAIN) == {"a", "c"}
    assert labels(CHAIN) == {"a": "accepted", "b": "rejected", "c": "accepted"}


def test_an_odd_cycle_has_no_stable_extension_and_an_empty_preferred_one():
    odd = Framework(base=dict.fromkeys("abc", 0.5), attacks={("a", "b"), ("b", "c"), ("c", "a")})
    assert stable(odd) == frozenset()
    assert preferred(odd) == {frozenset()}
    assert set(labels(odd).values()) == {"undecided"}


def test_supports_play_no_part_in_extensions():
    framework = Framework(base=dict.fromkeys("abc", 0.5), attacks={("a", "b")}, supports={("b", "c"), ("b", "a")})
    assert grounded(framework) == {"a", "c"}


def test_more_extensions_than_the_limit_are_an_error_and_not_a_wait():
    pairs = [(f"a{n}", f"b{n}") for n in range(40)]
    framework = Framework(
        base={name: 0.5 for pair in pairs for name in pair}, attacks={*pairs, *((b, a) for a, b in pairs)}
    )
    with pytest.raises(TooManyError, match="more than 10000 extensions"):
        preferred(framework)
    with pytest.raises(TooManyError, match="more than 2 extensions"):
        complete(MUTUAL, limit=2)


def test_one_large_tangle_ends_in_an_error_within_its_bound():
    generator = random.Random(4_000)
    names = [f"n{number}" for number in range(1_000)]
    attacks = {(generator.choice(names), generator.choice(names)) for _ in range(3_000)}
    with pytest.raises(TooManyError, match="arguments in one tangle takes too long"):
        complete(Framework(base=dict.fromkeys(names, 0.5), attacks=attacks))


def chain_of(length: int) -> Framework:
    """Return a chain of attacks, all base scores .5."""
    names = [f"n{number:05}" for number in range(length)]
    return Framework(base=dict.fromkeys(names, 0.5), attacks=set(pairwise(names)))


def test_a_long_chain_needs_no_recursion():
    framework = chain_of(25_001)
    assert len(grounded(framework)) == 12_501
    found = strengths(framework, "df-quad")
    assert found.method == "exact"
    # The fixed point of s = .5 - .5 s, which the chain comes ever nearer to.
    assert found.values[framework.names[-1]] == pytest.approx(1 / 3)


def test_in_a_long_chain_the_last_attacker_counts_as_if_it_were_the_only_one():
    framework = chain_of(400)
    assert removal(framework, framework.names[-1], "df-quad")[framework.names[-2]] == pytest.approx(-1 / 6)


def test_a_long_cycle_of_attacks_is_undecided_or_alternates():
    names = [f"n{number:05}" for number in range(5_000)]
    cycle = Framework(base=dict.fromkeys(names, 0.5), attacks={*pairwise(names), (names[-1], names[0])})
    assert grounded(cycle) == frozenset()
    assert stable(cycle) == {frozenset(names[::2]), frozenset(names[1::2])}
    assert df_quad(cycle)[names[7]] == pytest.approx(1 / 3)


# Contributions


def gloves(coalitions):
    """Return how many pairs there are where player 0 has a left glove, 1 and 2 a right one; and how many gloves."""
    return [(min(code & 1, (code >> 1).bit_count()), code.bit_count()) for code in coalitions]


def test_the_shares_of_a_set_game_are_known_in_each_of_its_results():
    exact = exact_shares(gloves, 3)
    assert [share.values[0] for share in exact] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert all(share.values[1] == pytest.approx(1) and share.errors == (0, 0) for share in exact)
    every_order = sampled_shares(gloves, permutations(range(3)), batch=4)
    assert [share.values for share in every_order] == [pytest.approx(share.values) for share in exact]
    assert [share.errors[0] > 0 for share in every_order] == [True] * 3
    assert [share.errors[1] for share in every_order] == [0] * 3
    assert exact_shares(gloves, 0) == []


def test_shapley_shares_add_up_to_what_the_others_do_together():
    for semantics in GRADUAL:
        found = shapley(CYRAS, "a", semantics)
        together = strengths(CYRAS, semantics).values["a"] - CYRAS.base["a"]
        assert sum(found.values()) == pytest.approx(together)


def test_an_argument_without_a_path_contributes_exactly_nothing():
    framework = Framework(base={"a": 0.5, "b": 0.5, "c": 0.9}, attacks={("b", "a")}, supports={("a", "c")})
    assert removal(framework, "a")["c"] == 0.0
    assert shapley(framework, "a")["c"] == 0.0
    assert shapley(framework, "a").samples == 2


def test_removal_equals_the_difference_to_the_framework_without_the_argument():
    generator = random.Random(3)
    for number in range(30):
        framework = some_framework(generator, cyclic=number % 2 == 1)
        for semantics in GRADUAL:
            whole = strengths(framework, semantics)
            for other, contributed in removal(framework, "n0", semantics).items():
                without = strengths(framework.without([other]), semantics)
                if whole.method != "continuous" and without.method != "continuous":
                    assert contributed == pytest.approx(whole.values["n0"] - without.values["n0"], abs=1e-9)


def test_sampled_shares_are_repeatable_and_within_their_stated_error():
    base = {"a": 0.5, **{f"n{number:02}": 0.05 * number for number in range(1, 14)}}
    edges = [(name, "a") for name in base if name != "a"]
    framework = Framework(base=base, attacks=edges[::2], supports=edges[1::2])
    found = shapley(framework, "a", samples=400, seed=7)
    assert not found.exact
    assert found.samples == 400
    assert dict(shapley(framework, "a", samples=400, seed=7)) == dict(found)
    finer = shapley(framework, "a", samples=4000, seed=8)
    assert all(0 < finer.errors[name] < found.errors[name] for name in found)
    assert all(
        abs(found[name] - finer[name]) < 5 * math.hypot(found.errors[name], finer.errors[name]) for name in found
    )
    assert sum(found.values()) == pytest.approx(quadratic_energy(framework)["a"] - 0.5)


# Agreement with other implementations, and of the vectorized semantics with the reference


def some_framework(generator: random.Random, *, cyclic: bool, supports: bool = True) -> Framework:
    """Return a random framework of 2 to 9 arguments, the two relations disjoint."""
    names = [f"n{number}" for number in range(generator.randint(2, 9))]
    pairs = [(a, b) for a in names for b in names if cyclic or a > b]
    chosen = generator.sample(pairs, generator.randint(0, min(len(pairs), 2 * len(names))))
    half = generator.randint(0, len(chosen)) if supports else len(chosen)
    base = {name: generator.choice([0, 0.2, 0.5, 1, round(generator.random(), 3)]) for name in names}
    return Framework(base=base, attacks=chosen[:half], supports=chosen[half:])


ORACLES = {
    ("quadratic-energy", "auto"): quadratic_energy_strengths_discrete,
    ("quadratic-energy", "continuous"): quadratic_energy_strengths_continuous,
    ("df-quad", "auto"): dfquad_strengths,
}


@pytest.mark.parametrize("cyclic", [False, True])
@pytest.mark.parametrize(("semantics", "method"), ORACLES)
def test_strengths_agree_with_formal_argumentation(semantics, method, cyclic):
    generator = random.Random(f"{semantics} {method} {cyclic}")
    compared = 0
    count = 50 if method == "continuous" else 250
    for _ in range(count):
        framework = some_framework(generator, cyclic=cyclic)
        graph = WeightedBipolarGraph(
            frozenset(framework.names), dict(framework.base), framework.attacks, framework.supports
        )
        theirs = ORACLES[semantics, method](graph, max_iterations=2000)
        ours = strengths(framework, semantics, method=method)
        if theirs.converged and ours.converged:
            compared += 1
            assert ours.values == pytest.approx(theirs.strengths, abs=1e-6), framework
        assert ours.converged or not theirs.converged
    assert compared > 0.9 * count


@pytest.mark.parametrize("cyclic", [False, True])
def test_the_categoriser_agrees_with_formal_argumentation(cyclic):
    generator = random.Random(5)
    for _ in range(100):
        framework = some_framework(generator, cyclic=cyclic, supports=False)
        theirs = categoriser_scores(dung.ArgumentationFramework(frozenset(framework.names), framework.attacks))
        assert categoriser(framework) == pytest.approx(theirs.scores, abs=1e-6)


@pytest.mark.parametrize("cyclic", [False, True])
def test_extensions_agree_with_pygarg_and_formal_argumentation(cyclic):
    generator = random.Random(11)
    for _ in range(250):
        framework = some_framework(generator, cyclic=cyclic)
        names, attacks = list(framework.names), [list(edge) for edge in sorted(framework.attacks)]
        for code, ours in {"CO": complete, "PR": preferred, "ST": stable}.items():
            theirs = solver.extension_enumeration(names, attacks, code)
            assert ours(framework) == frozenset(map(frozenset, theirs)), (code, framework)
        theirs = dung.ArgumentationFramework(frozenset(names), framework.attacks)
        assert grounded(framework) == dung.grounded_extension(theirs)
        assert preferred(framework) == frozenset(dung.preferred_extensions(theirs))


@pytest.mark.parametrize("cyclic", [False, True])
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_the_vectorized_semantics_agree_with_the_reference(semantics, cyclic):
    generator = random.Random(f"{semantics} {cyclic}")
    for _ in range(150):
        framework = some_framework(generator, cyclic=cyclic)
        by_hand = reference.iterate(framework, semantics)
        found = strengths(framework, semantics, method="discrete")
        assert found.values == pytest.approx(by_hand, abs=1e-9)
        if vectorized.vectorized(framework).shape == "levels":
            exact = vectorized.vectorized(framework).restore(vectorized.vectorized(framework).exact(semantics))
            assert exact == pytest.approx(np.array(reference.evaluate(framework, semantics)), abs=1e-12)


@pytest.mark.parametrize("shape", ["acyclic", "cyclic"])
@pytest.mark.parametrize("semantics", SEMANTICS)
def test_a_framework_of_many_blocks_agrees_with_the_reference(semantics, shape, monkeypatch):
    monkeypatch.setattr(vectorized, "BLOCK", 64)
    generator = random.Random(17)
    names = [f"n{number:05}" for number in range(1_000)]
    pairs = {(generator.choice(names), generator.choice(names)) for _ in range(2_500)}
    pairs = sorted((max(pair), min(pair)) if shape == "acyclic" else pair for pair in pairs if pair[0] != pair[1])
    framework = Framework(base={name: generator.random() for name in names}, attacks=pairs[::2], supports=pairs[1::2])
    found = strengths(framework, semantics)
    assert found.method == ("exact" if shape == "acyclic" else "discrete")
    exact = reference.evaluate(framework, semantics)
    expected = dict(zip(framework.names, exact, strict=True)) if exact else reference.iterate(framework, semantics)
    assert max(abs(found.values[name] - expected[name]) for name in names) < 1e-9


def test_a_crowd_of_supporters_does_not_overflow():
    names = [f"n{number}" for number in range(2000)]
    framework = Framework(base={"a": 0.5, **dict.fromkeys(names, 1)}, supports={(name, "a") for name in names})
    for semantics in GRADUAL:
        assert strengths(framework, semantics).values["a"] == pytest.approx(1)
        small = framework.only(["a", *names[:400]])
        assert strengths(small, semantics).values["a"] == pytest.approx(1, abs=1e-5)


def test_the_last_digit_does_not_depend_on_the_hash_seed():
    code = (
        "import random; from kg.arguments import *; r = random.Random(2); n = [f'n{i}' for i in range(60)];"
        "f = Framework(base={x: r.random() for x in n}, attacks={(r.choice(n), r.choice(n)) for _ in range(120)});"
        "print(strengths(f), preferred(f.only(n[:9])) and sorted(grounded(f)))"
    )
    assert len(outputs("-c", code)) == 1


def test_small_acyclic_frameworks_need_no_array_library():
    code = (
        "import sys; from kg.arguments import *; f = Framework(base={'a': .5, 'b': 1}, attacks={('a', 'b')});"
        "quadratic_energy(f); grounded(f); stable(f); assert not {'numpy', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
