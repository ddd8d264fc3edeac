"""What a methodologist wants to say of a dispute can be said in a claim file, and is what it says in RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import kg
from kg import readers
from kg.namespaces import expand

if TYPE_CHECKING:
    from pathlib import Path

ID = "https://w3id.org/health-claims/id/naps/"
TEXT = "Naps may help memory. Dr. Doze advises the maker of beds. Some say that all people nap."
FILE = """claim-file: 1
document: page
topics:
  naps: {label: naps, kind: intervention}
  old: {label: people over 70, kind: population}
agents:
  doze: {name: A. Doze, kind: person}
sources:
  page: {type: web page, title: Naps, text: page.txt}
  news: {type: newspaper article, title: Nap now, reports-on: trial}
  trial-paper:
    type: trial report
    title: A trial of naps
    reports: trial
    status: retracted
    retraction-date: 2012-05
    retraction-reason: [misconduct, unreliable results]
  letter: {type: letter, title: The data again, reports: second-look, excludes: trial, status: withdrawn by an author}
  review-paper: {type: systematic review, title: Naps reviewed, date: 2015, reports: review}
studies:
  trial:
    label: Nap trial
    design: randomised trial
    risk-of-bias:
    - {domain: randomisation process, judgement: some concerns, tool: RoB 2, by: review-paper}
    - {domain: overall, judgement: high risk, tool: RoB 2, by: doze}
    findings:
      half-better:
        {label: at least half were much better, effect: percentage, value: 50, bound: at least, unit: percent,
         population: old, prespecified: false, threshold: much better or gone, without: second-look}
  second-look: {label: second look, design: randomised trial, reanalysis-of: trial}
  review: {label: Nap review, design: systematic review, excludes: trial, number-of-studies: 9, searched: 2014-08}
claims:
  helps: {text: Naps help memory, kind: efficacy, effect: benefit, about: naps}
  same: {text: Naps and coffee do the same, kind: efficacy, effect: no difference, about: naps}
  blinded: {text: Nobody was blinded, kind: methodological}
assertions:
  page-helps: {claim: helps, agent: doze, stance: affirms, quote: Naps may help memory, hedged: may}
  review-helps:
    {claim: helps, agent: doze, stance: inconclusive, source: review-paper, certainty: [low, very low],
     certainty-reasons: [risk of bias, publication bias], certainty-by: letter}
  unblinded: {claim: blinded, agent: doze, stance: affirms, source: letter}
arguments:
  objection: {from: unblinded, opposes: trial, argued-by: doze}
  reading: {from: unblinded, qualifies: news, argued-by: curator}
interests:
  doze-advises: {of: doze, in: naps, kind: adviser, quote: Dr. Doze advises the maker of beds}
  doze-is-paid: {of: doze, in: trial, kind: consultancy}
drifts:
  all-nap:
    in: page-helps
    from: news
    kind: population widened
    certainty: possible
    quote: Some say that all people nap
    why: The news story speaks of some.
"""
STATED = {
    "news": {"hc:reportsOn": {"trial"}},
    "trial-paper": {
        "hc:retractionDate": {"2012-05"},
        "hc:retractionReason": {"hc:Misconduct", "hc:UnreliableResults"},
        "hc:reports": {"trial"},
    },
    "letter": {"hc:excludesStudy": {"trial"}, "hc:sourceStatus": {"hc:WithdrawnByAnAuthor"}},
    "review": {"hc:excludesStudy": {"trial"}, "hc:numberOfStudies": {"9"}, "hc:searchedUntil": {"2014-08"}},
    "second-look": {"hc:reanalysisOf": {"trial"}},
    "trial": {"hc:riskOfBias": {"trial.risk-of-bias-1", "trial.risk-of-bias-2"}},
    "trial.risk-of-bias-1": {
        "hc:biasDomain": {"hc:RandomisationProcess"},
        "hc:biasJudgement": {"hc:SomeConcerns"},
        "hc:biasTool": {"RoB 2"},
        "hc:judgedBy": {"review-paper"},
    },
    "half-better": {
        "hc:bound": {"hc:AtLeast"},
        "hc:threshold": {"much better or gone"},
        "hc:population": {"old"},
        "hc:prespecified": {"false"},
        "hc:without": {"second-look"},
    },
    "helps": {"hc:effectDirection": {"hc:Benefit"}},
    "same": {"hc:effectDirection": {"hc:NoDifference"}},
    "page-helps": {"hc:hedged": {"may"}},
    "review-helps": {
        "hc:stance": {"hc:Inconclusive"},
        "hc:certainty": {"hc:Low", "hc:VeryLow"},
        "hc:certaintyReason": {"hc:RiskOfBias", "hc:PublicationBias"},
        "hc:certaintyBy": {"letter"},
    },
    "objection": {"hc:target": {"trial"}, "hc:arguedBy": {"doze"}},
    "reading": {"hc:target": {"news"}, "hc:arguedBy": {"hc:Curator"}},
    "doze-advises": {"hc:interestKind": {"hc:Adviser"}, "hc:quote": {"doze-advises.quote"}},
    "doze-is-paid": {"hc:interestKind": {"hc:Consultancy"}},
    "all-nap": {"hc:driftCertainty": {"hc:Possible"}, "hc:quote": {"all-nap.quote"}},
}
"""Record -> what it states, property by property."""


@pytest.fixture
def naps(tmp_path: Path) -> Path:
    folder = tmp_path / "naps"
    folder.mkdir()
    (folder / "page.txt").write_text(TEXT)
    (folder / "claims.yaml").write_text(FILE)
    return folder


@pytest.mark.parametrize("record", STATED)
def test_each_key_states_its_property(record: str, naps: Path) -> None:
    reading = readers.read(naps / "claims.yaml")
    about = [quad for quad in reading.quads if quad.subject.value == ID + record]
    for name, values in STATED[record].items():
        found = {quad.object.value for quad in about if quad.predicate.value == expand(name)}
        assert found == {expand(value) or (ID + value if ID + value in found else value) for value in values}, name


def test_the_file_has_no_problem_that_the_reader_or_the_shapes_could_name(naps: Path) -> None:
    assert [
        str(problem) for problem in readers.read(naps / "claims.yaml").problems if problem.severity != "warning"
    ] == []
    with kg.open() as graph:
        graph.load(naps)
        assert [problem.message for problem in graph.validate().problems if problem.severity == "violation"] == []


def test_quotes_of_interests_and_drifts_cover_their_sentences(naps: Path) -> None:
    with kg.open() as graph:
        graph.load(naps)
        report = graph.validate()
        assert not [problem for problem in report.problems if problem.rule == "sentence-not-covered"]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "argued-by: doze",
            "argued-by: dose",
            'argued-by of argument objection: no agent has the id "dose"; did you mean',
        ),
        ("by: review-paper", "by: reviews", "risk-of-bias of study trial: no agent or source has the id"),
        (
            "retraction-date: 2012-05",
            "retraction-date: 2012-02-31",
            "retraction-date of source trial-paper: there is no day",
        ),
        ("certainty: [low, very low]", "certainty: [low, dubious]", '"dubious" is not a certainty'),
        ("prespecified: false", "prespecified: perhaps", "prespecified of finding half-better must be true or false"),
        ("opposes: trial,", "opposes: doze,", "opposes of argument objection must be"),
    ],
)
def test_a_slip_is_told_in_a_sentence(right: str, wrong: str, told: str, naps: Path) -> None:
    assert right in FILE
    (naps / "claims.yaml").write_text(FILE.replace(right, wrong, 1))
    assert any(told in str(problem) for problem in readers.read(naps / "claims.yaml").problems)
