"""Random bodies of evidence on one claim: trials, cohorts, and overlapping reviews with ratings and updates."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from kg.arguments.standing import Standing, standings
from kg.model.graph import Tables
from tests.support.disputes import DEFAULT

STUDIES = [f"t{number}" for number in range(5)]
STANCES = ["Affirms", "Denies", "Doubts", "Inconclusive"]
_REVIEW = "SystematicReview"


class Item(NamedTuple):
    """What one paper says: of a trial or cohort (`study` is one of `STUDIES`), of a review, or a voice."""

    name: str
    kind: str
    stance: str
    study: str
    year: int
    people: int
    lists: tuple[str, ...] = ()
    certainty: str = ""
    updates: str = ""
    hedged: bool = False


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Draw the papers on a claim; a study has one paper here, so that to retract it is to retract the study."""
    studies = draw(st.lists(st.sampled_from(STUDIES), max_size=5, unique=True))
    found = [
        Item(
            name,
            draw(st.sampled_from(["RandomisedTrial", "RandomisedTrial", "CohortStudy", "CaseSeries"])),
            draw(st.sampled_from(STANCES)),
            name,
            draw(st.integers(2000, 2012)),
            draw(st.sampled_from([30, 90, 200, 900])),
            hedged=draw(st.booleans()),
        )
        for name in studies
    ]
    for number in range(draw(st.integers(0, 3))):
        lists = tuple(draw(st.lists(st.sampled_from(STUDIES), max_size=4, unique=True)))
        older = [item.name for item in found if item.kind == _REVIEW]
        found.append(
            Item(
                f"r{number}",
                _REVIEW,
                draw(st.sampled_from(STANCES)),
                f"r{number}",
                2005 + 3 * number,
                2000,
                lists,
                draw(st.sampled_from(["", "", "High", "Moderate", "Low", "VeryLow"])),
                draw(st.sampled_from(["", *older])),
            )
        )
    for number in range(draw(st.integers(0, 2))):
        found.append(Item(f"v{number}", "", draw(st.sampled_from(STANCES[:3])), "", 2010, 0))
    return found


def tables(found: list[Item], retracted: tuple[str, ...] = ()) -> Tables:
    """Return what a store would state of these papers."""
    names = ("asserts", "stance", "evidenceKind", "tracedTo", "source", "agent", "date", "reports", "design", "genre")
    of: dict[str, dict[str, list[str]]] = {name: {} for name in names}
    of |= {name: {} for name in ("participants", "includesStudy", "certainty", "supersedes", "hedged", "sourceStatus")}
    for item in found:
        said, paper = f"a-{item.name}", f"p-{item.name}"
        of["asserts"][said], of["stance"][said] = ["c"], [item.stance]
        of["source"][said], of["agent"][said], of["date"][paper] = [paper], [f"team-{item.name}"], [str(item.year)]
        if item.hedged:
            of["hedged"][said] = ["may"]
        if item.certainty:
            of["certainty"][said] = [item.certainty]
        if item.kind:
            of["evidenceKind"][said], of["tracedTo"][said] = [item.kind], [item.study]
            of["reports"][paper], of["design"][item.study] = [item.study], [item.kind]
            of["genre"][paper], of["participants"][item.study] = ["JournalArticle"], [str(item.people)]
        if item.lists:
            of["includesStudy"][item.study] = list(item.lists)
        if item.updates:
            of["supersedes"][paper] = [f"p-{item.updates}"]
        if item.name in retracted:
            of["sourceStatus"][paper] = ["Retracted"]
    return Tables(["c"], of)


def standing(found: list[Item], retracted: tuple[str, ...] = (), semantics: str = "quadratic-energy") -> Standing:
    """Return how the claim stands."""
    return standings(tables(found, retracted), DEFAULT, ["c"], semantics)[0]
