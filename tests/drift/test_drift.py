"""Drift computed: the known answers of the seed dataset, what must not fire, and a made-up source for each rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import NotFoundError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

TRIAL = ("trial-third", "trial-symptoms", "trial-function", "trial-bed-days", "trial-drugs")
CHERKIN = ("cherkin-credible", "cherkin-randomised", "cherkin-follow-up", "cherkin-sample", "cherkin-limit")

KNOWN = [
    ("trial-third", "better-usual-10w", "comparator dropped"),
    ("trial-symptoms", "bother-relaxation-10w", "comparator dropped"),
    ("trial-function", "rdq-relaxation-10w", "comparator dropped"),
    ("trial-bed-days", "bed-days-finding", "comparator dropped"),
    ("trial-drugs", "drugs-finding", "comparator dropped"),
    ("trial-third", "better-massage-10w", "time point dropped"),
    ("trial-symptoms", "bother-relaxation-10w", "time point dropped"),
    ("trial-function", "rdq-relaxation-10w", "time point dropped"),
    *(
        ("trial-function", finding, "result left out")
        for finding in ("function-26w", "function-relaxation-52w", "function-structural-52w")
    ),
    ("trial-symptoms", "symptoms-52w", "result left out"),
    ("trial-third", "better-massage-10w", "figure changed"),
    ("trial-bed-days", "bed-days-finding", "figures merged"),
    ("trial-drugs", "drugs-finding", "figures merged"),
    *((assertion, "trial-401", "population widened") for assertion in TRIAL),
    ("article-costs", "review-2003-costs", "evidence overlooked"),
    ("article-costs", "paper-2001-costs", "evidence overlooked"),
    ("reviews-doubt", "furlan-2008-sham", "evidence overlooked"),
    ("reviews-doubt", "furlan-2008-others", "evidence overlooked"),
    ("reviews-doubt", "review-2003-works", "evidence overlooked"),
    ("article-amta-study", "amta-survey-2001", "evidence kind changed"),
    *((assertion, "cherkin-own-trial", "relation not said") for assertion in CHERKIN),
    ("nih-second-ailment", "ninds-back-pain-second", "said otherwise"),
    ("nih-first-disability", "ninds-disability-cause", "said otherwise"),
    ("ninds-spending", "ninds-at-least", "said otherwise"),
]
"""Answers that a reader found, before the rules were written."""

SINCE = [
    # Seen since figures have bounds, and outcomes thresholds.
    ("ninds-spending", "at-least-50", "figure changed"),
    ("trial-third", "better-massage-10w", "scope widened"),
]


@pytest.fixture(scope="module")
def found(seed: KnowledgeGraph) -> list[dict[str, object]]:
    """All that the rules find in the seed dataset."""
    return [*seed.drift_records(seed.drift())]


@pytest.mark.parametrize(("assertion", "origin", "kind"), [*KNOWN, *SINCE])
def test_a_known_drift_is_found(found: list[dict], assertion: str, origin: str, kind: str) -> None:
    (drift,) = [each for each in found if (each["assertion"], each["kind"]) == (assertion, kind)]
    assert origin in drift["from"]


def test_nothing_else_fires_in_the_article_that_was_read(seed: KnowledgeGraph) -> None:
    pairs = {(each["assertion"], each["kind"]) for each in seed.drift_records(seed.drift("article"))}
    assert pairs == {(assertion, kind) for assertion, _, kind in [*KNOWN, *SINCE]}
    assert len({(assertion, kind) for assertion, _, kind in KNOWN}) == 29


def test_a_position_statement_widens_the_population_of_a_trial_too(found: list[dict]) -> None:
    others = [
        (each["assertion"], each["from"], each["kind"]) for each in found if each["assertion"].startswith("amta-")
    ]
    assert others == [("amta-position-relieves", ["trial-401"], "population widened")]


def test_what_agrees_is_untraced_or_has_no_date_does_not_fire(found: list[dict]) -> None:
    silent = {"article-trial", "amta-relieves", "article-chronic"}
    assert [each for each in found if each["assertion"] in silent or each["assertion"].startswith("tri-")] == []


def test_only_what_goes_by_a_lead_is_possible(found: list[dict]) -> None:
    possible = [each["assertion"] for each in found if each["certainty"] == "possible"]
    assert possible == ["article-amta-study"]


def test_each_reason_is_one_sentence_that_ends(found: list[dict]) -> None:
    assert [each["reason"] for each in found if not each["reason"].endswith(".") or "  " in each["reason"]] == []


def test_a_drift_that_is_stated_too_says_so(found: list[dict]) -> None:
    stated = {(each["assertion"], each["kind"]) for each in found if each["stated"]}
    assert ("trial-third", "comparator dropped") in stated
    assert ("trial-third", "population widened") not in stated


def test_the_drifts_of_a_claim_are_those_of_its_assertions(seed: KnowledgeGraph) -> None:
    kinds = {drift.kind_words for drift in seed.drift("third-better")}
    assert kinds == {kind for assertion, _, kind in [*KNOWN, *SINCE] if assertion == "trial-third"}
    assert seed.drift("third-better") == seed.drift("trial-third")


def test_the_command_prints_the_same_as_json_csv_and_table(seed_store: Path, found: list[dict]) -> None:
    def printed(*words: str) -> str:
        result = CliRunner().invoke(cli, ["drift", "--store", str(seed_store), *words])
        assert result.exit_code == 0, result.output
        return result.output

    assert json.loads(printed("--format", "json")) == found
    lines = printed("third-better", "--format", "csv").splitlines()
    assert lines[0] == "assertion,kind,from,certainty,reason,stated"
    assert len(lines) == 6
    assert lines[1].startswith("trial-third,comparator dropped,better-massage-10w; better-usual-10w,certain,")
    assert printed("third-better", "--format", "table").endswith("5 drifts\n")
    assert printed("institute-release", "--format", "table") == "0 drifts\n"


def test_what_nobody_can_say_is_refused_with_the_way_out(seed: KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError, match="nothing is said in or of 'massage'; name a source, a claim"):
        seed.drift("massage")


HEAD = """
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/id/> .
:news a hc:Source ; dcterms:title "News" ; schema:text "All of it." .
:paper a hc:Source ; dcterms:title "Paper" ; hc:reports :study .
:study a hc:Study ; rdfs:label "the trial" ; hc:design hc:RandomisedTrial ; hc:arm :arm ; hc:finding :result .
:arm a hc:Arm ; hc:intervention :aspirin .
:result a hc:Finding ; rdfs:label "fewer headaches" ; hc:outcome :headache .
:headache skos:prefLabel "headache"@en ; skos:broader :pain .
:aspirin skos:prefLabel "aspirin"@en ; skos:broader :painkillers .
:pain skos:prefLabel "pain"@en .
:painkillers skos:prefLabel "painkillers"@en .
:says a hc:Assertion ; hc:source :news ; hc:stance hc:Affirms ; hc:asserts :claim ; hc:tracedTo :paper .
:claim a hc:Claim ; hc:text "It helps"@en ; hc:intervention :aspirin ; hc:outcome :headache .
"""
THEIRS = ":theirs a hc:Assertion ; hc:source :paper ; hc:stance hc:Affirms ; hc:asserts :claim"


def kinds(tmp_path: Path, text: str) -> dict[str, str]:
    """Return kind -> reason of the drifts in a made-up dataset."""
    file = tmp_path / "news.ttl"
    file.write_text(text)
    with kg.open() as graph:
        graph.load(file)
        return {drift.kind_words: f"{drift.certainty}: {drift.reason}" for drift in graph.drift()}


def test_a_sentence_that_says_what_the_study_says_has_not_drifted(tmp_path: Path) -> None:
    assert kinds(tmp_path, HEAD) == {}


def test_a_broader_intervention_or_outcome_is_a_wider_scope(tmp_path: Path) -> None:
    wider = HEAD.replace("hc:intervention :aspirin ; hc:outcome :headache .", "hc:intervention :painkillers .")
    assert kinds(tmp_path, wider) == {
        "scope widened": "certain: The study tried aspirin; what is said here is of painkillers."
    }
    wider = HEAD.replace("hc:intervention :aspirin ; hc:outcome :headache .", "hc:outcome :pain .")
    assert kinds(tmp_path, wider) == {
        "scope widened": 'certain: The study measured "headache"; what is said here is of "pain".'
    }


@pytest.mark.parametrize(
    ("caution", "words"),
    [
        ("hc:certainty hc:Low", "that certainty is low"),
        ("hc:certainty hc:VeryLow", "that certainty is very low"),
        ('hc:hedged "may"@en', '"may"'),
    ],
)
def test_a_caution_of_the_paper_that_the_news_leaves_out_is_a_dropped_hedge(
    tmp_path: Path, caution: str, words: str
) -> None:
    text = f"{HEAD}{THEIRS} ; {caution} ."
    reason = f"What it goes back to says {words}; what is said here does not."
    assert kinds(tmp_path, text) == {"hedge dropped": f"certain: {reason}"}
    by_lead = text.replace(" ; hc:tracedTo :paper", "") + ":lead a hc:Lead ; hc:leadFor :says ; hc:source :paper ."
    assert kinds(tmp_path, by_lead) == {"hedge dropped": f"possible: {reason}"}
    assert kinds(tmp_path, text.replace("hc:tracedTo :paper", 'hc:tracedTo :paper ; hc:hedged "might"@en')) == {}


def test_another_kind_of_evidence_than_the_study_is_certain_where_it_is_traced(tmp_path: Path) -> None:
    text = HEAD + ":says hc:evidenceKind hc:SystematicReview ."
    assert kinds(tmp_path, text) == {
        "evidence kind changed": "certain: It goes back to another kind of evidence: the trial."
    }
    assert kinds(tmp_path, HEAD + ":says hc:evidenceKind hc:RandomisedTrial .") == {}


def test_a_paper_does_not_drift_from_the_study_that_it_reports(tmp_path: Path) -> None:
    text = HEAD + ':result hc:timePoint "P70D"^^xsd:dayTimeDuration ; hc:comparator :arm .'
    assert set(kinds(tmp_path, text)) == {"comparator dropped", "time point dropped"}
    assert kinds(tmp_path, text + ":news hc:reports :study .") == {}


def test_what_a_source_does_not_say_is_known_only_if_its_text_is_held(tmp_path: Path) -> None:
    text = HEAD + ":result hc:comparator :arm ."
    assert set(kinds(tmp_path, text)) == {"comparator dropped"}
    assert kinds(tmp_path, text.replace(' ; schema:text "All of it."', "")) == {}


def test_a_later_result_is_compared_in_days_and_in_months(tmp_path: Path) -> None:
    later = """
    :result hc:timePoint "P70D"^^xsd:dayTimeDuration .
    :study hc:finding :end .
    :end a hc:Finding ; rdfs:label "no difference" ; hc:outcome :headache ; hc:timePoint "P6M"^^xsd:yearMonthDuration .
    """
    assert "result left out" in kinds(tmp_path, HEAD + later)
    told = ':also a hc:Assertion ; hc:source :news ; hc:finding [ hc:timePoint "P1Y"^^xsd:yearMonthDuration ] .'
    assert "result left out" not in kinds(tmp_path, HEAD + later + told)


def test_a_bound_belongs_to_the_figure(tmp_path: Path) -> None:
    figures = """
    :result hc:value 50 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion ; hc:bound hc:AtLeast .
    :says hc:finding :told .
    :told a hc:Finding ; hc:outcome :headache ; hc:value 50 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion .
    """
    reason = "What it goes back to has at least 50 (percent); what is said here has 50."
    assert kinds(tmp_path, HEAD + figures) == {"figure changed": f"certain: {reason}"}
    assert kinds(tmp_path, HEAD + figures + ":told hc:bound hc:AtLeast .") == {}
    assert kinds(tmp_path, HEAD + figures.replace(" ; hc:bound hc:AtLeast", "")) == {}


OVERLOOKED = (
    HEAD.replace('dcterms:title "News"', 'dcterms:title "News" ; dcterms:date "2020-05"^^xsd:gYearMonth')
    + """
:paper dcterms:date "2015"^^xsd:gYear .
:theirs a hc:Assertion ; hc:source :paper ; hc:stance hc:Affirms ; hc:asserts :other ; hc:tracedTo :study .
:theirs hc:evidenceKind hc:RandomisedTrial .
:other a hc:Claim ; hc:text "It cures"@en .
:none a hc:Assertion ; hc:source :news ; hc:stance hc:NoEvidence ; hc:asserts :other .
"""
)


@pytest.mark.parametrize(
    ("more", "is_overlooked"),
    [
        ("", True),
        (":paper hc:sourceStatus hc:Retracted .", False),
        (':paper hc:sourceStatus hc:Retracted ; hc:retractionDate "2017"^^xsd:gYear .', False),
        (':paper hc:sourceStatus hc:Retracted ; hc:retractionDate "2021"^^xsd:gYear .', True),
        (':update hc:supersedes :paper ; dcterms:date "2019-03"^^xsd:gYearMonth .', False),
        (':update hc:supersedes :paper ; dcterms:date "2021"^^xsd:gYear .', True),
        (":news hc:cites :paper .", False),
    ],
)
def test_evidence_is_overlooked_only_if_it_stood_then_and_is_not_cited(
    tmp_path: Path, more: str, is_overlooked: bool
) -> None:
    assert ("evidence overlooked" in kinds(tmp_path, OVERLOOKED + more)) is is_overlooked
    argued = (
        OVERLOOKED.replace("hc:asserts :other ; hc:tracedTo", "hc:asserts :link ; hc:tracedTo")
        + """
    :link a hc:Claim ; hc:text "It heals"@en .
    :argument a hc:Argument ; hc:premise :theirs ; hc:direction hc:Supports ; hc:target :other .
    """
    )
    assert ("evidence overlooked" in kinds(tmp_path, argued + more)) is is_overlooked


def test_a_year_is_not_older_than_its_months(tmp_path: Path) -> None:
    assert "evidence overlooked" not in kinds(tmp_path, OVERLOOKED.replace('"2015"', '"2020"'))
    assert "evidence overlooked" in kinds(tmp_path, OVERLOOKED.replace('"2015"', '"2019"'))


def test_a_population_is_widened_only_if_none_that_was_studied_is_as_wide(tmp_path: Path) -> None:
    boys = HEAD + ":boys skos:broader :children . :study hc:population :boys . :claim hc:population :children ."
    assert set(kinds(tmp_path, boys)) == {"population widened"}
    assert kinds(tmp_path, boys + ":study hc:population :children .") == {}
    assert kinds(tmp_path, boys + ":children skos:broader :people . :study hc:population :people .") == {}


FIGURES = """
:result hc:value 33.3 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion .
:says hc:finding :told .
:told a hc:Finding ; hc:outcome :headache ; hc:unit "percent" ; hc:effectMeasure hc:Proportion .
"""


@pytest.mark.parametrize(
    ("told", "is_changed"),
    [
        ("hc:value 30 ; hc:bound hc:AtLeast", False),
        ("hc:value 40 ; hc:bound hc:AtLeast", True),
        ("hc:value 40 ; hc:bound hc:AtMost", False),
        ("hc:value 30 ; hc:bound hc:AtMost", True),
        ("hc:value 33 ; hc:bound hc:About", False),
        ("hc:value 40 ; hc:bound hc:About", True),
        ("hc:value 33", True),
    ],
)
def test_a_bound_that_the_figure_meets_is_no_change(tmp_path: Path, told: str, is_changed: bool) -> None:
    assert ("figure changed" in kinds(tmp_path, f"{HEAD}{FIGURES}:told {told} .")) is is_changed


@pytest.mark.parametrize(
    "elsewhere",
    [
        "hc:outcome :pain",
        'hc:outcome :headache ; hc:timePoint "P70D"^^xsd:dayTimeDuration',
        "hc:outcome :headache ; hc:arm [ hc:intervention :placebo ]",
    ],
)
def test_the_figure_of_another_outcome_time_or_arm_does_not_make_a_changed_one_right(
    tmp_path: Path, elsewhere: str
) -> None:
    told = ':told hc:value 20 ; hc:timePoint "P7D"^^xsd:dayTimeDuration .'
    same = 'hc:value 20 ; hc:unit "percent" ; hc:effectMeasure hc:Proportion'
    text = f"{HEAD}{FIGURES}{told} :study hc:finding :second . :second {same} ; "
    assert "figure changed" in kinds(tmp_path, f"{text}{elsewhere} .")
    assert "figure changed" not in kinds(tmp_path, f"{text}hc:outcome :headache .")


def test_a_hedge_of_the_paper_is_dropped_by_news_of_a_press_release_that_tells_of_its_study(tmp_path: Path) -> None:
    text = HEAD.replace("hc:tracedTo :paper", "hc:tracedTo :release") + ":release hc:reportsOn :study ."
    assert set(kinds(tmp_path, f'{text}{THEIRS} ; hc:hedged "may"@en .')) == {"hedge dropped"}


def test_another_kind_of_evidence_is_said_whether_or_not_the_text_is_held(tmp_path: Path) -> None:
    text = HEAD.replace(' ; schema:text "All of it."', "") + ":says hc:evidenceKind hc:SystematicReview ."
    assert set(kinds(tmp_path, text)) == {"evidence kind changed"}


def warnings(tmp_path: Path, text: str, **options: bool) -> list[str]:
    """Return what `kg validate` says of drift in a made-up dataset."""
    file = tmp_path / "news.ttl"
    file.write_text(text)
    with kg.open() as graph:
        graph.load(file)
        report = graph.validate(file, **options)
    return [f"{each.rule}: {each.message}" for each in report.problems if each.rule.startswith("drift-")]


DROPPED = HEAD + ":result hc:comparator :arm ."
STATED = ":drift a hc:Drift ; hc:driftOf :says ; hc:driftFrom :result ; hc:driftKind hc:ComparatorDropped ."


@pytest.mark.parametrize("in_store", [False, True])
def test_validate_warns_of_a_drift_that_the_data_show_until_it_is_stated(tmp_path: Path, in_store: bool) -> None:
    (warning,) = warnings(tmp_path, DROPPED, in_store=in_store)
    assert warning.startswith("drift-unstated: ")
    assert "comparator dropped (certain), and no drift states it: The study compares with" in warning
    assert warnings(tmp_path, DROPPED + STATED, in_store=in_store) == []


@pytest.mark.parametrize("in_store", [False, True])
def test_validate_warns_of_a_stated_drift_that_the_data_do_not_show(tmp_path: Path, in_store: bool) -> None:
    (warning,) = warnings(tmp_path, HEAD + STATED, in_store=in_store)
    assert warning.startswith("drift-not-shown: ")
    assert warning.endswith("comparator dropped is stated, and the data do not show it")


def test_no_rule_finds_a_changed_attribution_and_so_none_is_missed(tmp_path: Path) -> None:
    assert warnings(tmp_path, HEAD + STATED.replace("ComparatorDropped", "AttributionChanged")) == []


def test_the_question_returns_each_drift_once_whether_stated_or_computed(
    seed: KnowledgeGraph, found: list[dict]
) -> None:
    rows = [*seed.query("drifts")]
    computed = [(str(row["assertion"]).rpartition("/")[2], row["kind"]) for row in rows if row["how"] == "computed"]
    assert sorted(computed) == [(each["assertion"], each["kind"]) for each in found if not each["stated"]]
    pairs = [(row["assertion"], row["kind"]) for row in rows]
    assert len(pairs) == len(set(pairs))
    why = {(str(row["assertion"]).rpartition("/")[2], row["kind"]): row["why"] for row in rows}
    reasons = {(each["assertion"], each["kind"]): each["reason"] for each in found if not each["stated"]}
    assert {pair: why[pair] for pair in reasons} == reasons
