"""One study that two datasets know under different ids counts once."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg

HEAD = """@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix prism: <http://prismstandard.org/namespaces/basic/2.0/> .
@prefix c: <https://w3id.org/health-claims/id/claims/> .
@prefix : <https://w3id.org/health-claims/id/{name}/> .
c:helps a hc:Claim ; hc:text "Massage helps"@en ; hc:kind hc:Efficacy .
:agent a hc:Agent ; hc:name "{name}"@en ; hc:agentKind hc:Person .
:said a hc:Assertion ; hc:asserts c:helps ; hc:stance hc:Affirms ; hc:agent :agent ; hc:source :source ;
    hc:evidenceKind hc:RandomisedTrial ; hc:tracedTo :trial .
:source a hc:Source .
"""
ONE_TRIAL = 0.39
"""Strength of one trial of unstated size."""
STUDY = ':trial a hc:Study ; rdfs:label "a trial"@en ; hc:registration "NCT00371384" .'
PAPER = ':trial a hc:Source ; prism:doi "{doi}" .'
PAPER_OF_STUDY = PAPER[:-1] + '; hc:reports :study . :study a hc:Study ; rdfs:label "a trial"@en .'


def strength_for(folder: Path, *bodies: str) -> float:
    """Return what stands for the claim that each of `bodies`, in a dataset of its own, affirms on a trial."""
    files = []
    for name, body in zip("pq", bodies, strict=True):
        (folder / name).mkdir()
        files.append(folder / name / "said.ttl")
        files[-1].write_text(HEAD.format(name=name) + body)
    with kg.open() as graph:
        graph.load(*files)
        return graph.standing()[0].strength_for


@pytest.mark.parametrize(
    "bodies",
    [
        (STUDY, STUDY),
        (PAPER.format(doi="10.1000/a"), PAPER.format(doi="10.1000/A")),
        (PAPER_OF_STUDY.format(doi="10.1000/a"), PAPER.format(doi="10.1000/A")),
        (PAPER.format(doi="10.1000/a"), PAPER_OF_STUDY.format(doi="10.1000/A")),
        (PAPER.format(doi="10.1002/14651858.CD001929.pub2"), PAPER.format(doi="10.1002/14651858.CD001929.pub3")),
    ],
    ids=["one registration", "one DOI", "the first reports", "the second reports", "versions of a review"],
)
def test_one_study_in_two_datasets_counts_once(tmp_path, bodies):
    assert strength_for(tmp_path, *bodies) == ONE_TRIAL


def test_two_studies_in_two_datasets_count_as_two(tmp_path):
    assert strength_for(tmp_path, PAPER.format(doi="10.1000/a"), PAPER.format(doi="10.1000/b")) > ONE_TRIAL
