"""What a methodologist says of small disputes, and how they then stand: the rules of docs/standing.md, case by case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.arguments.lines import LOST, OWN_DOUBT, POOLED, POOLS_RETRACTED, PREPRINT, SILENT, dependent
from kg.arguments.standing import DEFEATED, DOUBTED, LOOKED_FOR, REANALYSED, Standing
from kg.model.vocabulary import Group
from tests.support.cases import COHORT, REVIEW, case, paper, told, voice, written


def strengths(found: Standing) -> tuple[float, float, float]:
    return round(found.strength_for, 2), round(found.strength_against, 2), round(found.strength_doubt, 2)


def excluded(found: Standing) -> dict[str, str]:
    return {
        each.line.node.rpartition("/")[2]: each.line.excluded_because
        for each in found.lines
        if each.line.excluded_because
    }


def marks(found: Standing) -> set[str]:
    return {mark for each in found.lines for mark in each.line.marks}


def review(name: str = "review", date: int = 2015, certainty: Any = "very low", **more: Any) -> Any:
    return paper(name, REVIEW, date, certainty=certainty, kind="systematic review", **more)


def including(*names: str, **more: Any) -> dict[str, Any]:
    return {"includes": list(names)} | more


# ------------------------------------------------------------------------------------------------ appraised bodies (R1)
def test_later_evidence_is_free_of_an_older_rating_which_is_still_shown(tmp_path: Path) -> None:
    found = case(tmp_path, review(), paper("later", date=2019, people=5000))
    assert strengths(found) == (0.65, 0, 0)
    assert found.tier_for.label == "randomised trial"  # type: ignore[union-attr]
    assert [(rating.levels, rating.year) for rating in found.ratings] == [(("very low",), "2015")]


@pytest.mark.parametrize("date", [2009, None])
def test_a_trial_that_the_review_can_have_seen_is_bound_though_it_is_not_entered_in_its_list(
    tmp_path: Path, date: int | None
) -> None:
    found = case(tmp_path, review(), paper("earlier", date=date))  # type: ignore[arg-type]
    assert strengths(found) == (0.28, 0, 0)
    assert found.tier_for.label == "systematic review", "the appraisal's tier"  # type: ignore[union-attr]


def test_what_came_after_the_search_of_a_review_is_free(tmp_path: Path) -> None:
    found = case(tmp_path, review(study={"searched": "2013-08"}), paper("later", date=2014))
    assert strengths(found) == (0.65, 0, 0)


def test_the_latest_rating_binds_and_all_are_shown(tmp_path: Path) -> None:
    umbrella = paper("umbrella", "umbrella review", 2024, certainty="moderate", study=including("review"))
    found = case(tmp_path, review(), umbrella)
    assert strengths(found) == (0.68, 0, 0)
    assert [(rating.levels[0], rating.year) for rating in found.ratings] == [("moderate", "2024"), ("very low", "2015")]
    assert strengths(case(tmp_path, review("old", 2013, "moderate"), review())) == (0.28, 0, 0)
    assert strengths(case(tmp_path, review("one", 2015, "moderate"), review())) == (0.28, 0, 0), "same year: the lower"


def test_a_trial_that_a_review_pools_does_not_speak_against_it_and_its_dissent_is_shown(tmp_path: Path) -> None:
    for certainty in ("high", None):
        pooled = review(certainty=certainty, people=10_000, study=including("trial"))
        found = case(tmp_path, pooled, paper("trial", people=150, stance="denies"))
        assert (found.state, strengths(found)) == ("supported", (0.8, 0, 0))
        assert excluded(found) == {"trial-says": POOLED}


def test_what_a_review_could_not_tell_its_trial_does_not_show(tmp_path: Path) -> None:
    inconclusive = review(certainty="low", stance="inconclusive", study=including("trial"))
    found = case(tmp_path, inconclusive, paper("trial"))
    assert (found.state, found.because, strengths(found)) == ("unsupported", LOOKED_FOR, (0, 0, 0))
    assert [remark.rpartition("/")[2] for remark in found.remarks] == ["review-says"]


def test_a_trial_that_the_review_is_only_presumed_to_have_seen_is_lowered_and_not_removed(tmp_path: Path) -> None:
    inconclusive = review(stance="inconclusive")
    assert strengths(case(tmp_path, inconclusive, paper("trial", people=5000))) == (0.23, 0, 0)


def test_a_guideline_on_the_appraised_review_adds_nothing(tmp_path: Path) -> None:
    guideline = paper("guideline", "guideline", 2017, kind="guideline")
    assert strengths(case(tmp_path, review(), guideline)) == (0.28, 0, 0)


def test_a_stated_certainty_replaces_the_design(tmp_path: Path) -> None:
    cohorts = including("cohort-a", "cohort-b")
    rated = review(certainty="high", people=2_000_000, study=cohorts)
    parts = [paper(name, COHORT, 2000) for name in ("cohort-a", "cohort-b")]
    assert strengths(case(tmp_path, rated, *parts, kind="harm", intervention=None)) == (0.8, 0, 0)
    unrated = review(certainty=None, study=cohorts)
    assert case(tmp_path, unrated, *parts).tier_for.label == "observational study"  # type: ignore[union-attr]


def test_of_a_range_the_lower_end_weighs_and_the_words_are_kept(tmp_path: Path) -> None:
    found = case(tmp_path, review(certainty=["low", "very low"]))
    assert strengths(found) == (0.28, 0, 0)
    assert found.ratings[0].levels == ("very low", "low")


def test_a_narrower_claim_keeps_its_number_and_shows_the_broader_ones_rating(tmp_path: Path) -> None:
    broad = {"claims": {"broad": {"text": "Willow tea helps", "kind": "efficacy", "about": "willow"}}}
    argument = {"arguments": {"part": {"from": "trial-says", "supports": "broad", "directness": "direct"}}}
    found = case(tmp_path, broad, review(claim="broad"), paper("trial"), argument)
    assert strengths(found) == (0.65, 0, 0)
    assert [(rating.levels, rating.broader) for rating in found.ratings] == [(("very low",), True)]


# ----------------------------------------------------------------------------------------------------------- doubt (R2)
def test_a_pooled_trial_does_not_show_what_its_review_doubts(tmp_path: Path) -> None:
    doubting = review(certainty="low", stance="doubts", study=including("trial"))
    found = case(tmp_path, doubting, paper("trial"))
    assert (found.state, found.because, strengths(found)) == ("unsupported", DOUBTED, (0, 0, 0.48))


def test_a_review_that_finds_an_effect_does_not_doubt_its_own_result(tmp_path: Path) -> None:
    doubt = {"assertions": {"doubt": review(stance="doubts")["assertions"]["review-says"]}}
    found = case(tmp_path, review(), doubt)
    assert (found.state, strengths(found)) == ("supported", (0.28, 0, 0))
    assert excluded(found) == {"doubt": OWN_DOUBT}


# ------------------------------------------------------------------------- directness, imprecision, hedges (R3, R4, R6)
def test_a_network_estimate_without_a_direct_comparison_is_indirect(tmp_path: Path) -> None:
    argument = {"arguments": {"network": {"from": "review-says", "supports": "works", "directness": "indirect"}}}
    other = {"claims": {"other": {"text": "Willow tea beats poplar tea", "kind": "efficacy", "about": "willow"}}}
    found = case(tmp_path, other, review(certainty=None, claim="other"), argument)
    assert strengths(found) == (0.48, 0, 0)
    assert strengths(case(tmp_path, review(certainty=None, directness="indirect"))) == (0.48, 0, 0), "bare too"
    assert strengths(case(tmp_path, review(certainty="moderate", directness="indirect"))) == (0.68, 0, 0)


def test_small_trials_come_together_to_one_full_trial_at_most(tmp_path: Path) -> None:
    small = [paper(f"trial-{number}", people=30) for number in range(3)]
    assert strengths(case(tmp_path, small[0])) == (0.39, 0, 0)
    assert strengths(case(tmp_path, *small)) == (0.65, 0, 0)
    assert strengths(case(tmp_path, paper("trial", people=None))) == (0.39, 0, 0), "of unstated size"


def test_an_echo_is_never_above_its_origin(tmp_path: Path) -> None:
    press = paper("trial", agent="a-press", source={"type": "press release"})
    echo = {
        "sources": {"s-press": {"type": "press release", "title": "Release", "reports-on": "trial", "date": 2010}},
        "assertions": {"press-says": press["assertions"]["trial-says"] | {"source": "s-press"}},
        "agents": {"a-press": {"name": "Press office", "kind": "organisation"}},
    }
    assert strengths(case(tmp_path, paper("trial"), echo)) == (0.65, 0, 0)
    assert strengths(case(tmp_path, paper("trial", hedged="may"), echo)) == (0.39, 0, 0)


def test_of_the_shares_of_a_line_the_smallest_counts(tmp_path: Path) -> None:
    assert strengths(case(tmp_path, review(certainty="low", hedged="may"))) == (0.48, 0, 0)


# --------------------------------------------------------------- conduct, voices, kinds of claim (R7, R8, R9, R11)
def test_a_figure_of_one_arm_is_a_weaker_study(tmp_path: Path) -> None:
    def of(**figure: Any) -> tuple[float, float, float]:
        arms = {"arms": {"tea": {"label": "Tea", "intervention": "willow", "n": 250}, "none": {"label": "No tea"}}}
        findings = {"findings": {"third": {"label": "A third got better", "arm": "tea"} | figure}}
        argument = {"arguments": {"figures": {"from": "third", "supports": "works", "directness": "direct"}}}
        records = paper("trial", study=arms | findings) | argument
        del records["assertions"]
        return strengths(case(tmp_path, records))

    assert of(effect="proportion", value=33, unit="percent") == (0.3, 0, 0)
    assert of(effect="proportion", value=33, unit="percent", comparator="none") == (0.65, 0, 0)
    assert of(effect="risk ratio", value=1.3) == (0.65, 0, 0)


def test_a_limitation_that_a_trial_reports_of_itself_lowers_it_and_never_defeats_it(tmp_path: Path) -> None:
    claim = {"claims": {"open": {"text": "Patients knew what they drank", "kind": "methodological", "about": "willow"}}}
    own = paper("trial", people=401)
    own["assertions"]["open-says"] = own["assertions"]["trial-says"] | {"claim": "open"}
    del own["assertions"]["open-says"]["evidence"]
    argument = {"arguments": {"hit": {"from": "open-says", "opposes": "trial-says", "directness": "direct"}}}
    found = case(tmp_path, claim, own, argument)
    assert round(found.strength_for, 3) == 0.457
    assert set(found.states.values()) == {"supported"}
    assert strengths(case(tmp_path, claim, own, claim="open")) == (0.65, 0, 0), "a fact of conduct, at first hand"


def test_organisations_of_one_are_one_voice_below_the_state(tmp_path: Path) -> None:
    def of(kind: str) -> tuple[float, float, float]:
        parts = [voice(name, kind="organisation") for name in ("nih", "ninds")]
        for part in parts:
            next(iter(part["agents"].values()))["part-of"] = "top"
        top = {"agents": {"top": {"name": "Top", "kind": kind}}}
        return strengths(case(tmp_path, top, *parts))

    assert of("organisation") == (0.12, 0, 0)
    assert of("umbrella body") == (0.18, 0, 0)


def test_case_reports_show_a_harm_and_not_how_rare_it_is(tmp_path: Path) -> None:
    reports = review(certainty=None, evidence="case series")
    found = case(tmp_path, reports, kind="harm")
    assert strengths(found) == (0.3, 0, 0)
    assert found.tier_for.name == "weaker-study"  # type: ignore[union-attr]


def test_a_census_counts_at_the_top_for_how_common_something_is_and_for_nothing_else(tmp_path: Path) -> None:
    assert strengths(case(tmp_path, paper("count", "census"), kind="prevalence")) == (0.8, 0, 0)
    assert strengths(case(tmp_path, paper("count", "census"))) == (0.3, 0, 0)
    assert strengths(case(tmp_path, paper("asked", "survey"), kind="prevalence")) == (0.3, 0, 0)


def test_where_nobody_can_randomise_cohorts_count_as_trials(tmp_path: Path) -> None:
    cohort = paper("cohort", COHORT)
    assert strengths(case(tmp_path, cohort, kind="harm", intervention=None)) == (0.65, 0, 0)
    assert strengths(case(tmp_path, cohort, kind="harm")) == (0.45, 0, 0)
    assert strengths(case(tmp_path, cohort)) == (0.45, 0, 0)


def test_an_assertion_counts_up_to_the_kind_of_evidence_that_it_states(tmp_path: Path) -> None:
    assert strengths(case(tmp_path, review(certainty=None, evidence="randomised trial"))) == (0.65, 0, 0)
    of_one = review(certainty=None, study=including("only", **{"number-of-studies": 1}))
    assert strengths(case(tmp_path, of_one, paper("only"))) == (0.65, 0, 0), "a review of one study is that study's"


def test_no_voice_contests_evidence(tmp_path: Path) -> None:
    found = case(tmp_path, review(certainty="high"), voice("blogger", "denies"))
    assert (found.state, strengths(found)) == ("supported", (0.8, 0, 0))
    assert len(found.beside) == 1


def test_reviews_of_which_each_has_an_interest_weigh_what_they_weigh_and_it_is_said(tmp_path: Path) -> None:
    reviews = [review(f"review-{n}", certainty=None, people=900, study=including(f"t{n}")) for n in range(3)]
    trials = [paper(f"t{n}", claim="other") for n in range(3)]
    other = {"claims": {"other": {"text": "Willow tea is liked", "kind": "efficacy", "about": "willow"}}}
    interests = {
        "interests": {
            f"i{n}": {"of": f"a-review-{n}", "in": "willow", "kind": "funding", "source": f"s-review-{n}"}
            for n in range(3)
        }
    }
    found = case(tmp_path, other, *reviews, *trials, interests)
    assert strengths(found) == (0.95, 0, 0)
    assert all(each.line.flags for each in found.undefeated("for"))


# ------------------------------------------------------------------------------- retraction, misconduct, succession
def pooled(share: int, certainty: str | None = "very low") -> list[Any]:
    whole = review(certainty=certainty, people=1000, study=including("gone", "stays"))
    gone = paper("gone", people=share, source={"status": "retracted"})
    kept = paper("stays", people=1000 - share)
    return [whole, gone, {"studies": kept["studies"]}, kept]


def test_a_review_keeps_the_share_of_its_people_whose_studies_stand(tmp_path: Path) -> None:
    found = case(tmp_path, *pooled(20))
    assert strengths(found) == (0.27, 0, 0)
    assert found.ratings[0].withheld, "the certainty is no longer shown, and still binds"
    assert POOLS_RETRACTED in marks(found)


def test_a_retraction_that_another_file_states_of_the_same_paper_counts(tmp_path: Path) -> None:
    notice = {"sources": {"notice": {"type": "journal article", "title": "Trial", "doi": "10.1000/t"}}}
    notice["sources"]["notice"]["status"] = "retracted"
    found = case(tmp_path, paper("trial", source={"doi": "10.1000/T"}), notice)
    assert (found.state, found.because) == ("unsupported", "retracted")


def test_from_a_tenth_on_it_is_very_low_at_most_and_above_half_nothing(tmp_path: Path) -> None:
    assert case(tmp_path, *pooled(160, "moderate")).strength_for <= 0.28
    assert round(case(tmp_path, *pooled(90, "high")[:3]).strength_for, 3) == 0.728
    found = case(tmp_path, *pooled(510, "high")[:3])
    assert (found.state, found.because) == ("unsupported", "retracted")
    assert excluded(found)["review-says"] == LOST


def test_a_stated_result_without_the_retracted_study_replaces_the_other(tmp_path: Path) -> None:
    again = review(certainty="low")["assertions"]["review-says"] | {
        "figures": {"rest": {"label": "Still better without it", "without": ["gone"]}}
    }
    found = case(tmp_path, *pooled(600, None)[:3], {"assertions": {"again": again}})
    assert strengths(found) == (0.48, 0, 0)
    assert excluded(found) == {"gone-says": "retracted", "review-says": LOST}


def test_a_preprint_is_flagged_and_cannot_defeat(tmp_path: Path) -> None:
    found = case(tmp_path, paper("preprint", source={"status": "preprint"}))
    assert (strengths(found), marks(found)) == ((0.65, 0, 0), {PREPRINT})
    argument = {"arguments": {"hit": {"from": "preprint-says", "opposes": "trial-says", "directness": "direct"}}}
    other = {"claims": {"other": {"text": "The trial is wrong", "kind": "methodological", "about": "willow"}}}
    attack = paper("preprint", source={"status": "preprint"}, claim="other")
    assert set(case(tmp_path, other, paper("trial"), attack, argument).states.values()) == {"supported"}


FRAUD = {"claims": {"fraud": {"text": "The data are invented", "kind": "methodological", "about": "willow"}}}


def reanalysis(name: str, kind: str, **more: Any) -> dict[str, Any]:
    again = paper(name, "case series", 2020, claim="fraud", kind=kind, study={"reanalysis-of": "trial"}, **more)
    argument = {"from": f"{name}-says", "opposes": "trial", "directness": "direct"}
    return again | {"arguments": {f"{name}-hits": argument}}


def test_a_reanalysis_defeats_a_study_once_it_is_refereed_or_confirmed(tmp_path: Path) -> None:
    trial = paper("trial", people=5000)
    alleged = case(tmp_path, FRAUD, trial, reanalysis("letter", "letter"))
    assert alleged.state == "supported"
    assert alleged.strength_for >= 0.325, "at least half"
    assert len(alleged.questioned) == 1
    refereed = case(tmp_path, FRAUD, trial, reanalysis("letter", "journal article"))
    confirmed = case(tmp_path, FRAUD, trial, reanalysis("letter", "letter"), reanalysis("second", "letter"))
    for found in (refereed, confirmed):
        assert set(found.states.values()) == {"unsupported"}


def test_a_reanalysis_by_an_interested_author_defeats_nothing(tmp_path: Path) -> None:
    interest = {"of": "a-letter", "in": "willow", "kind": "funding", "source": "s-letter"}
    again = reanalysis("letter", "journal article") | {"interests": {"paid": interest}}
    found = case(tmp_path, FRAUD, paper("trial", people=5000), again)
    assert found.state == "supported"
    assert len(found.questioned) == 1


def test_an_allegation_without_data_takes_half_at_most(tmp_path: Path) -> None:
    blogger = voice("blogger", claim="fraud")
    argument = {"arguments": {"hit": {"from": "blogger-says", "opposes": "trial", "directness": "direct"}}}
    found = case(tmp_path, FRAUD, paper("trial", people=5000), blogger, argument)
    assert found.strength_for >= 0.325


def updated(*, silent: bool, **claim: Any) -> tuple[list[Any], dict[str, Any]]:
    old = review("old", 2008, None)
    new = review("new", 2015, None, claim="other" if silent else "works", source={"supersedes": "s-old"})
    other = {"claims": {"other": {"text": "Willow tea tastes bitter", "kind": "efficacy", "about": "willow"}}}
    return [other, old, new], claim


def test_what_an_update_does_not_say_was_last_found_before_it(tmp_path: Path) -> None:
    records, claim = updated(silent=True)
    found = case(tmp_path, *records, **claim)
    assert (found.state, found.because) == ("unsupported", "superseded")
    records, claim = updated(silent=False)
    assert excluded(case(tmp_path, *records, **claim)) == {"old-says": "superseded"}


def test_silence_of_an_update_does_not_drop_a_harm(tmp_path: Path) -> None:
    records, _ = updated(silent=True)
    found = case(tmp_path, *records, kind="harm")
    assert (strengths(found), marks(found)) == ((0.8, 0, 0), {SILENT})


def test_an_opinion_is_never_bound(tmp_path: Path) -> None:
    found = case(tmp_path, review(stance="inconclusive"), voice("fan"))
    assert strengths(found) == (0.12, 0, 0)


# ------------------------------------------------------------------------------------- what an open dispute brought up
OTHER = {"claims": {"other": {"text": "Willow tea is bitter", "kind": "efficacy", "about": "willow"}}}
TRACED: dict[str, Any] = {"traced-to": "s-trial"}
OPEN = {"claims": {"open": {"text": "Patients knew what they drank", "kind": "methodological", "about": "willow"}}}


def limited(by: str = "trial", **more: Any) -> list[dict[str, Any]]:
    """Return a trial of 401 people that reports of itself that nobody was blinded, which opposes `by`."""
    own = paper("trial", people=401)
    said = own["assertions"]["trial-says"] | {"claim": "open"} | more
    own["assertions"]["open-says"] = {key: value for key, value in said.items() if value}
    return [OPEN, own, {"arguments": {"hit": {"from": "open-says", "opposes": by, "directness": "direct"}}}]


@pytest.mark.parametrize("by", ["trial", "trial-says"])
def test_a_limitation_never_defeats_its_study_though_it_states_its_kind_of_evidence(tmp_path: Path, by: str) -> None:
    found = case(tmp_path, *limited(by))
    assert round(found.strength_for, 3) == 0.457
    assert set(found.states.values()) == {"supported"}
    said = told(tmp_path, *limited(by))
    assert not said.startswith("As the study itself reports")


def test_a_limitation_that_opposes_its_study_takes_nothing_from_what_reports_it(tmp_path: Path) -> None:
    traced: dict[str, Any] = {"traced-to": "trial"}
    echo = paper("echo", source={"reports": "trial"}, claim="open", **traced)
    for records in (limited(), limited(evidence=None), [*limited(), echo]):
        assert strengths(case(tmp_path, *records, claim="open")) == (0.65, 0, 0)
    more = limited()
    second = {"claims": {"short": {"text": "They drank it for a week", "kind": "methodological", "about": "willow"}}}
    more[1]["assertions"]["short-says"] = more[1]["assertions"]["open-says"] | {"claim": "short"}
    more[2]["arguments"]["second"] = more[2]["arguments"]["hit"] | {"from": "short-says"}
    assert strengths(case(tmp_path, second, *more, claim="short")) == (0.65, 0, 0), "nor does the next limitation"


def test_the_result_of_a_study_of_methods_is_no_report_of_itself(tmp_path: Path) -> None:
    methods = paper("methods", claim="open")
    found = case(tmp_path, OPEN, methods, claim="open")
    assert strengths(found) == (0.65, 0, 0)
    assert not any(each.line.own_report for each in found.lines)


def against(name: str) -> dict[str, Any]:
    argument = {"from": f"{name}-says", "opposes": "trial-says", "directness": "direct"}
    return paper(name, claim="fraud") | {"arguments": {f"{name}-hits": argument}}


def test_evidence_that_a_reanalysis_overturned_is_not_said_to_be_missing(tmp_path: Path) -> None:
    records = FRAUD, paper("trial", people=5000), reanalysis("letter", "journal article")
    assert case(tmp_path, *records).because == REANALYSED
    assert told(tmp_path, *records) == "The evidence on this did not stand up to a reanalysis of its data."
    found = case(tmp_path, FRAUD, paper("trial"), *(against(name) for name in ("one", "two")))
    assert (found.state, found.because) == ("unsupported", DEFEATED)


def test_a_second_group_that_has_an_interest_confirms_no_reanalysis(tmp_path: Path) -> None:
    interest = {"interests": {"paid": {"of": "a-second", "in": "willow", "kind": "funding", "source": "s-second"}}}
    letters = reanalysis("letter", "letter"), reanalysis("second", "letter")
    found = case(tmp_path, FRAUD, paper("trial", people=5000), *letters, interest)
    assert found.state == "supported"
    assert len(found.questioned) == 1


def test_only_data_that_still_carry_something_are_questioned(tmp_path: Path) -> None:
    gone = paper("trial", people=5000, source={"status": "retracted"})
    found = case(tmp_path, FRAUD, gone, reanalysis("letter", "letter"), paper("later", date=2021))
    assert (found.state, found.questioned) == ("supported", frozenset())


@pytest.mark.parametrize("source", ["s-trial", "s-preprint"])
def test_a_preprint_falls_with_its_paper(tmp_path: Path, source: str) -> None:
    paired = {"sources": {"s-preprint": {"type": "preprint", "title": "trial", "reports": "trial", "date": 2009}}}
    traced: dict[str, Any] = {"traced-to": source}
    trial = paper("trial", source={"status": "retracted"}, **traced)
    trial["assertions"]["trial-says"]["source"] = source
    found = case(tmp_path, trial, paired)
    assert (found.state, found.because) == ("unsupported", "retracted")
    kept = paper("trial", **traced) | {"sources": paper("trial")["sources"] | paired["sources"]}
    assert strengths(case(tmp_path, kept)) == (0.65, 0, 0)


@pytest.mark.parametrize(("kind", "reports"), [("newspaper article", "reports-on"), ("blog post", "reports")])
def test_what_is_said_of_a_retracted_trial_elsewhere_upholds_nothing(tmp_path: Path, kind: str, reports: str) -> None:
    echo = paper("trial", source={"type": kind, "reports": None, reports: "trial"}, **TRACED)
    gone = {"sources": {"paper": {"type": "journal article", "title": "T", "reports": "trial", "status": "retracted"}}}
    assert strengths(case(tmp_path, echo)) == (0.65, 0, 0)
    echo["sources"] |= gone["sources"]
    assert case(tmp_path, echo).because == "retracted"
    echo["assertions"]["trial-says"]["traced-to"] = "trial"
    assert case(tmp_path, echo).because == "retracted"
    critic = voice("critic", "doubts", source="s-trial")
    assert strengths(case(tmp_path, echo, critic)) == (0, 0, 0.12), "but whoever writes of it may speak"


@pytest.mark.parametrize("name", ["a-paper", "z-paper"])
def test_a_study_that_is_recorded_twice_falls_with_its_paper_where_the_other_record_has_a_preprint(
    tmp_path: Path, name: str
) -> None:
    number: dict[str, Any] = {"study": {"registration": "NCT00000001"}}
    gone = paper(name, claim="other", source={"status": "retracted"}, **number)
    preprint = paper("preprint", source={"type": "preprint", "status": "preprint"}, **number)
    assert case(tmp_path, OTHER, gone, preprint).because == "retracted"


def test_a_reanalysis_of_a_trial_is_no_second_trial(tmp_path: Path) -> None:
    again = [paper(f"again-{n}", date=2015, study={"reanalysis-of": "trial"}) for n in range(2)]
    assert strengths(case(tmp_path, paper("trial"), again[0])) == (0.65, 0, 0)
    assert strengths(case(tmp_path, OTHER, paper("trial", claim="other"), *again)) == (0.65, 0, 0)
    assert case(tmp_path, paper("trial"), *again, paper("second")).strength_for == 0.75


@pytest.mark.parametrize("stated", [REVIEW, COHORT, "umbrella review", "census"])
def test_nothing_is_gained_by_a_better_kind_of_evidence_than_the_studys_own(tmp_path: Path, stated: str) -> None:
    assert case(tmp_path, paper("trial", people=30, evidence=stated)).strength_for <= 0.65 * 0.6
    for kind, design in (("prevalence", "survey"), ("harm", "case series")):
        more: dict[str, Any] = {"kind": kind, "intervention": None}
        own = case(tmp_path, paper("study", design, people=30), **more).strength_for
        assert case(tmp_path, paper("study", design, people=30, evidence=stated), **more).strength_for <= own


def test_nothing_is_gained_by_a_number_of_people_that_the_study_did_not_have(tmp_path: Path) -> None:
    figure: dict[str, Any] = {"figures": {"many": {"label": "900 got better", "n": 900}}}
    assert strengths(case(tmp_path, paper("trial", people=30, **figure))) == (0.39, 0, 0)


def test_nothing_is_gained_by_a_certainty_that_only_the_press_states(tmp_path: Path) -> None:
    parts = [paper(name, COHORT, 2000, claim="other") for name in ("one", "two")]
    unrated = review(certainty=None, study=including("one", "two"))
    news = {"sources": {"news": {"type": "newspaper article", "title": "N", "reports-on": "review", "date": 2016}}}
    said = unrated["assertions"]["review-says"] | {"source": "news", "certainty": "high"}
    alone: dict[str, Any] = {}
    for rest in (alone, unrated["assertions"]):
        found = case(tmp_path, OTHER, *parts, unrated, news, {"assertions": {"news-says": said} | rest})
        assert (strengths(found), found.ratings) == ((0.45, 0, 0), ())
    again = {"assertions": {"news-says": said}}
    assert [each.levels for each in case(tmp_path, review(), news, again).ratings] == [("very low",)]


def test_a_limit_that_a_pooled_study_found_is_listed(tmp_path: Path) -> None:
    young = {"findings": {"young": {"label": "Only in the young", "effect": "risk ratio", "value": 0.9, "n": 100}}}
    argument = {"arguments": {"limit": {"from": "young", "qualifies": "works", "directness": "direct"}}}
    trial = {"studies": paper("trial", study=young)["studies"]}
    for records in ([review(study=including("trial"))], [review(study=including("trial")), voice("fan", "denies")]):
        assert len(case(tmp_path, *records, trial, argument).limits) == 1


def test_a_review_is_not_silenced_by_the_remark_of_a_review_of_reviews(tmp_path: Path) -> None:
    records = review("old", 2005, None, stance="denies"), voice("fan")
    for stance in ("no evidence", "inconclusive", "doubts"):
        umbrella = paper("umbrella", "umbrella review", 2015, stance=stance, study=including("old"))
        found = case(tmp_path, *records, umbrella)
        assert (found.state, excluded(found)) == ("opposed", {}), stance
    taking = paper("umbrella", "umbrella review", 2015, study=including("old"))
    assert excluded(case(tmp_path, *records, taking)) == {"old-says": POOLED}


@pytest.mark.parametrize(
    ("stance", "effect", "kept"),
    [
        *(("affirms", effect, True) for effect in (None, "harm")),
        *(("affirms", effect, False) for effect in ("no difference", "benefit")),
        ("denies", None, False),
        ("denies", "no difference", True),
    ],
)
def test_silence_of_an_update_drops_what_said_that_there_is_no_harm(
    tmp_path: Path, stance: str, effect: str | None, kept: bool
) -> None:
    records, _ = updated(silent=True)
    records[1]["assertions"]["old-says"]["stance"] = stance
    found = case(tmp_path, *records, kind="harm", effect=effect)
    assert (max(strengths(found)) == 0.8) is kept
    assert (found.because == "superseded") is not kept


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("partially retracted", "A paper behind this was retracted in part."),
        ("withdrawn by an author", "An author no longer stands by a paper behind this."),
    ],
)
def test_what_is_retracted_in_part_carries_what_it_carried_and_a_reader_is_told(
    tmp_path: Path, status: str, words: str
) -> None:
    for source in ("s-trial", None):
        trial = paper("trial", source={"status": status})
        trial["assertions"]["trial-says"] |= {"source": source or "page"}
        news = {"type": "newspaper article", "title": "News", "date": 2012, "reports-on": "trial"}
        records = [trial, {"sources": {"page": news}}]
        found = case(tmp_path, *records)
        assert (strengths(found), marks(found)) == ((0.65, 0, 0), {status})
        assert words in told(tmp_path, *records)


OF_2008 = "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD001929.pub2/full"


def on_a_review() -> list[Any]:
    """Return a comment, which names a review in its title, and a blog post on it, which does in its address."""
    comment, post = voice("comment"), voice("post")
    comment["sources"]["s-comment"] = {"type": "comment", "title": "On CD001929.pub2: more trials?", "date": 2009}
    post["sources"]["s-post"]["url"] = "https://blog.example.org/2016/massage-CD001929/"
    return [comment, post]


def independent(found: Standing) -> list[str]:
    return [line.node.rpartition("/")[2] for line in found.independent[Group.FOR]]


def test_two_versions_of_a_review_a_comment_and_a_blog_post_on_it_are_one_independent_line(tmp_path: Path) -> None:
    old = review("old", 2008, None, source={"url": OF_2008})
    new = review("new", 2015, None, source={"doi": "10.1002/14651858.CD001929.pub3"})
    found = case(tmp_path, old, new, *on_a_review())
    assert (independent(found), excluded(found)) == (["new-says"], {"old-says": "superseded"})
    assert strengths(found) == (0.8, 0, 0)
    (blog,) = (each.line for each in found.lines if each.line.node.endswith("/post-says"))
    (line,) = found.independent[Group.FOR]
    assert dependent(line, blog), "what it says is not its own"


def test_a_comment_and_a_blog_post_on_one_review_are_one_voice_and_on_two_they_are_two(tmp_path: Path) -> None:
    silent = review("old", 2008, None, claim="other", source={"url": OF_2008})
    newer = review("new", 2015, None, claim="other", source={"doi": "10.1002/14651858.CD001929.pub3"})
    other = {"claims": {"other": {"text": "Willow tea tastes bitter", "kind": "efficacy", "about": "willow"}}}
    comment, post = on_a_review()
    assert len(independent(case(tmp_path, other, silent, newer, comment, post))) == 1
    post["sources"]["s-post"]["url"] = "https://blog.example.org/2016/massage/"
    assert len(independent(case(tmp_path, other, silent, newer, comment, post))) == 2


@pytest.mark.parametrize("key", ["traced-to", "reports-on"])
def test_a_blog_post_that_is_said_to_be_on_a_review_is_not_independent_of_it(tmp_path: Path, key: str) -> None:
    post = voice("post")
    (post["assertions"]["post-says"] if key == "traced-to" else post["sources"]["s-post"])[key] = "new"
    found = case(tmp_path, review("new", 2015, None), post)
    assert independent(found) == ["new-says"]
    one, other = (each.line for each in found.lines)
    assert dependent(one, other)


def test_terminal_page_explanation_and_sentence_say_alike_what_a_version_is_superseded_by(tmp_path: Path) -> None:
    old = review("old", 2008, None, source={"url": OF_2008})
    new = review("new", 2015, None, stance="doubts", source={"doi": "10.1002/14651858.CD001929.pub3"})
    with kg.open() as graph:
        graph.load(written(tmp_path, old, new))
        said = (graph.show("works"), graph.explain("works").text, str(graph.view("works")), told(tmp_path, old, new))
    for text in said:
        assert "superseded by the version of 2015" in " ".join(text.split()), text
