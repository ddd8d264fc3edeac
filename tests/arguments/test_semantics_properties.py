"""What must hold of every semantics and every framework, tried on frameworks that hypothesis makes up."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.arguments import (
    SEMANTICS,
    Framework,
    complete,
    grounded,
    labels,
    preferred,
    removal,
    shapley,
    stable,
    strengths,
)

GRADUAL = tuple(SEMANTICS)[:3]
SCORES = st.one_of(st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0]), st.floats(0, 1))
EVERY = pytest.mark.parametrize("semantics", GRADUAL)
TRIED = settings(max_examples=60, deadline=None, derandomize=True)
CLOSE = 1e-9


@st.composite
def frameworks(draw: st.DrawFn, *, cyclic: bool = False, prefix: str = "n") -> Framework:
    """Draw a framework of 1 to 7 arguments; no pair is in both relations."""
    names = [f"{prefix}{number}" for number in range(draw(st.integers(1, 7)))]
    pairs = [(a, b) for a in names for b in names if cyclic or a > b]
    kinds = draw(st.lists(st.sampled_from("--as"), min_size=len(pairs), max_size=len(pairs)))
    chosen = list(zip(pairs, kinds, strict=True))
    return Framework(
        base={name: draw(SCORES) for name in names},
        attacks={pair for pair, kind in chosen if kind == "a"},
        supports={pair for pair, kind in chosen if kind == "s"},
    )


def with_more(
    framework: Framework, base: dict[str, float], attacks: set[tuple[str, str]], supports: set[tuple[str, str]]
) -> Framework:
    """Return `framework` with more in it, or with other base scores."""
    return Framework({**framework.base, **base}, framework.attacks | attacks, framework.supports | supports)


def values(framework: Framework, semantics: str) -> dict[str, float]:
    """Return the strengths; a framework that does not soon settle is left aside."""
    found = strengths(framework, semantics, steps=1_000)
    assume(found.converged)
    return found.values


@EVERY
@given(framework=frameworks(cyclic=True))
@TRIED
def test_strengths_are_from_0_to_1_and_what_has_no_parents_keeps_its_base_score(semantics, framework):
    found = strengths(framework, semantics, steps=1_000)
    targets = {target for _, target in framework.attacks | framework.supports}
    assert all(0 <= value <= 1 for value in found.values.values())
    assert all(found.values[name] == framework.base[name] for name in framework.names if name not in targets)


@EVERY
@given(base=SCORES, parents=st.lists(SCORES, max_size=6))
@TRIED
def test_equal_attack_and_support_balance(semantics, base, parents):
    both = {f"{side}{number}": score for number, score in enumerate(parents) for side in "as"}
    framework = Framework(
        base={"claim": base, **both},
        attacks={(name, "claim") for name in both if name[0] == "a"},
        supports={(name, "claim") for name in both if name[0] == "s"},
    )
    assert values(framework, semantics)["claim"] == pytest.approx(base, abs=CLOSE)


@EVERY
@given(framework=frameworks(), score=SCORES, data=st.data())
@TRIED
def test_one_more_attacker_never_strengthens_and_one_more_supporter_never_weakens(semantics, framework, score, data):
    target = data.draw(st.sampled_from(framework.names))
    before = values(framework, semantics)[target]
    assert values(with_more(framework, {"new": score}, {("new", target)}, set()), semantics)[target] <= before + CLOSE
    assert values(with_more(framework, {"new": score}, set(), {("new", target)}), semantics)[target] >= before - CLOSE


@EVERY
@given(framework=frameworks(), scores=st.tuples(SCORES, SCORES).map(sorted), data=st.data())
@TRIED
def test_a_higher_base_score_never_makes_an_argument_weaker(semantics, framework, scores, data):
    name = data.draw(st.sampled_from(framework.names))
    low, high = (values(with_more(framework, {name: score}, set(), set()), semantics)[name] for score in scores)
    assert low <= high + CLOSE


@EVERY
@given(framework=frameworks(), scores=st.tuples(SCORES, SCORES).map(sorted), data=st.data())
@TRIED
def test_a_stronger_attacker_never_strengthens_and_a_stronger_supporter_never_weakens(
    semantics, framework, scores, data
):
    target = data.draw(st.sampled_from(framework.names))
    low, high = (
        [
            values(with_more(framework, {"new": score}, attacks, supports), semantics)[target]
            for attacks, supports in (({("new", target)}, set()), (set(), {("new", target)}))
        ]
        for score in scores
    )
    assert low[0] >= high[0] - CLOSE
    assert low[1] <= high[1] + CLOSE


@EVERY
@given(framework=frameworks(cyclic=True), data=st.data())
@TRIED
def test_an_argument_of_base_score_0_without_parents_changes_nothing(semantics, framework, data):
    ends = st.sets(st.tuples(st.just("new"), st.sampled_from(framework.names)))
    more = with_more(framework, {"new": 0.0}, data.draw(ends), data.draw(ends))
    expected = values(framework, semantics)
    assert {name: values(more, semantics)[name] for name in expected} == pytest.approx(expected, abs=1e-6)


@EVERY
@given(one=frameworks(cyclic=True, prefix="x"), other=frameworks(cyclic=True, prefix="y"))
@TRIED
def test_disjoint_parts_are_independent(semantics, one, other):
    union = Framework({**one.base, **other.base}, one.attacks | other.attacks, one.supports | other.supports)
    assert values(union, semantics) == pytest.approx({**values(one, semantics), **values(other, semantics)}, abs=1e-6)


@EVERY
@given(framework=frameworks(cyclic=True), data=st.data())
@TRIED
def test_neither_the_order_nor_the_names_matter(semantics, framework, data):
    names = data.draw(st.permutations(framework.names))
    renamed = dict(zip(framework.names, names, strict=True))
    shuffled = Framework(
        base={renamed[name]: framework.base[name] for name in data.draw(st.permutations(framework.names))},
        attacks={(renamed[a], renamed[b]) for a, b in framework.attacks},
        supports={(renamed[a], renamed[b]) for a, b in framework.supports},
    )
    same = Framework({name: framework.base[name] for name in names}, framework.attacks, framework.supports)
    expected = values(framework, semantics)
    assert values(same, semantics) == expected
    found = values(shuffled, semantics)
    assert {name: found[renamed[name]] for name in expected} == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("semantics", ["quadratic-energy", "df-quad"])
@given(framework=frameworks())
@TRIED
def test_attack_and_support_mirror_each_other(semantics, framework):
    # Duality (Potyka 2018, Theorem 9) is about direct parents: their strengths must stay, so only leaves are mirrored.
    targets = {target for _, target in framework.attacks | framework.supports}
    leaves = [name for name in framework.names if name not in targets]
    at_leaves = [{edge for edge in edges if edge[0] in leaves} for edges in (framework.attacks, framework.supports)]
    plain = Framework(framework.base, *at_leaves)
    mirrored = Framework(
        {name: score if name in leaves else 1 - score for name, score in framework.base.items()}, *at_leaves[::-1]
    )
    one, other = values(plain, semantics), values(mirrored, semantics)
    assert all(one[name] == pytest.approx(1 - other[name], abs=CLOSE) for name in targets)


@EVERY
@given(framework=frameworks())
@TRIED
def test_shares_add_up_and_the_contribution_of_a_lone_parent_is_on_its_side(semantics, framework):
    found, removed = shapley(framework, "n0", semantics), removal(framework, "n0", semantics)
    assert sum(found.values()) == pytest.approx(values(framework, semantics)["n0"] - framework.base["n0"], abs=CLOSE)
    edges = framework.attacks | framework.supports
    for name, share in found.items():
        if all(edge == (name, "n0") for edge in edges if name in edge):
            for gain in (share, removed[name]):
                assert gain <= CLOSE if (name, "n0") in framework.attacks else gain >= -CLOSE


@given(framework=frameworks(cyclic=True))
@TRIED
def test_stable_is_preferred_is_complete_and_the_grounded_is_the_least_complete(framework):
    every, least = complete(framework), grounded(framework)
    assert least in every
    assert all(least <= one for one in every)
    assert stable(framework) <= preferred(framework) <= every
    assert preferred(framework)


@given(framework=frameworks())
@TRIED
def test_without_cycles_all_extensions_are_the_grounded_one(framework):
    assert complete(framework) == preferred(framework) == stable(framework) == {grounded(framework)}
    assert "undecided" not in labels(framework).values()
