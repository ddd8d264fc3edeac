"""Small disputes about one claim, stated or made up by hypothesis, and how the claim stands."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from kg.arguments import policy
from kg.arguments.standing import Standing, standings
from kg.model.graph import Tables

DEFAULT = policy.read()
KINDS = ("SystematicReview", "RandomisedTrial", "CohortStudy", "CaseSeries", "MechanisticStudy", "ExpertOpinion", "")


class Said(NamedTuple):
    """An assertion on the claim "c", or one that is held against (`hits`) another."""

    name: str
    stance: str = "Affirms"
    kind: str = "RandomisedTrial"
    study: str = ""
    agent: str = ""
    hits: str = ""


def record(*said: Said, **more: dict[str, list[str]]) -> Tables:
    """Return what a store would state; each assertion has a source "s-NAME", and a study of its own unless named."""
    tables: dict[str, dict[str, list[str]]] = {key: {} for key in ("asserts", "stance", "evidenceKind", "tracedTo")}
    tables |= {key: {} for key in ("source", "agent", "premise", "target", "direction")}
    for each in said:
        tables["asserts"][each.name] = [f"claim-of-{each.name}" if each.hits else "c"]
        tables["stance"][each.name] = [each.stance]
        tables["source"][each.name] = [f"s-{each.name}"]
        tables["agent"][each.name] = [each.agent or f"agent-{each.name}"]
        if each.kind:
            tables["evidenceKind"][each.name] = [each.kind]
            tables["tracedTo"][each.name] = [each.study or f"study-{each.name}"]
        if each.hits:
            tables["premise"][f"hit-{each.name}"] = [each.name]
            tables["target"][f"hit-{each.name}"] = [each.hits]
            tables["direction"][f"hit-{each.name}"] = ["Opposes"]
    studies = [study for found in tables["tracedTo"].values() for study in found]
    tables["participants"] = {study: ["500"] for study in studies}
    return Tables(["c"], {**tables, **more})


def stand(*said: Said, semantics: str = "quadratic-energy", **more: dict[str, list[str]]) -> Standing:
    (found,) = standings(record(*said, **more), DEFAULT, ["c"], semantics)
    return found


def outcome(found: Standing) -> tuple[object, ...]:
    return (
        found.state,
        round(found.strength_for, 9),
        round(found.strength_against, 9),
        round(found.strength_doubt, 9),
        found.tier_for,
        found.tier_against,
        found.tier_doubt,
    )


sides = st.sampled_from(["Affirms", "Denies", "Doubts"])
kinds = st.sampled_from(KINDS)
studies = st.sampled_from(["t1", "t2", "t3", "t4"])


@st.composite
def disputes(draw: st.DrawFn, stances: st.SearchStrategy[str] = sides) -> list[Said]:
    """Draw lines for and against a claim, and what is held against these lines."""
    direct = [
        Said(f"d{number}", draw(stances), draw(kinds), draw(studies)) for number in range(draw(st.integers(1, 6)))
    ]
    hits = [
        Said(f"h{number}", "Affirms", draw(kinds), draw(studies), hits=draw(st.sampled_from(direct)).name)
        for number in range(draw(st.integers(0, 5)))
    ]
    return direct + hits


REVIEWS = {"includesStudy": {"t4": ["t1", "t2"]}}
