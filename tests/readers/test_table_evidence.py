"""Evidence that a table states counts: a row that quotes a publication is that publication's, at its tier."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.arguments.standing import Standing
from kg.readers.tables import Preview
from tests.support.verdicts import mapped, written

MAPPING = """\
mapping-file: 1
claim: Claim
stance: {text: affirms}
source: {doi: DOI, pmid: PMID, type: Type}
evidence: Design
quote: Words
participants: N
certainty: Certainty
hedged: Hedge
traced-to: {pmid: Via}
"""
COLUMNS = ("DOI", "PMID", "Type", "Design", "Words", "N", "Certainty", "Hedge", "Via")


def table(*rows: dict[str, str]) -> str:
    lines = [["Claim", *COLUMNS], *(["Honey eases cough", *(row.get(name, "") for name in COLUMNS)] for row in rows)]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines) + "\n"


def standing(folder: Path, *rows: dict[str, str]) -> tuple[Standing, Preview]:
    """Return how the claim of a table stands, and what a dry run told of it."""
    mapped(folder, table(*rows), MAPPING)
    with kg.open() as graph:
        preview = graph.preview(folder / "t.csv", folder / "m.yaml")
        graph.load(folder / "t.csv", mapping=folder / "m.yaml")
        return graph.standing()[0], preview


TRIAL = {"PMID": "11111111", "Design": "RCT", "Words": "It helped.", "N": "n = 1,204"}
REVIEW = {"DOI": "CD007094", "Words": "Honey may help."}


@pytest.mark.parametrize(
    ("row", "strength", "tier"),
    [
        (TRIAL, 0.65, "randomised trial"),
        (TRIAL | {"N": "40"}, 0.39, "randomised trial"),
        (TRIAL | {"N": ""}, 0.39, "randomised trial"),
        (REVIEW, 0.8, "systematic review"),
        (REVIEW | {"DOI": "10.1000/r", "Design": "meta-analysis"}, 0.8, "systematic review"),
        (REVIEW | {"DOI": "", "PMID": "22222222", "Type": "systematic review"}, 0.8, "systematic review"),
        (REVIEW | {"Certainty": "low to very low"}, 0.28, "systematic review"),
        (REVIEW | {"Certainty": "Moderate-quality evidence"}, 0.68, "systematic review"),
        (REVIEW | {"Hedge": "may"}, 0.48, "systematic review"),
        (REVIEW | {"Hedge": "no"}, 0.8, "systematic review"),
        (TRIAL | {"PMID": "", "DOI": "", "Via": "11111111", "Type": ""}, 0.65, "randomised trial"),
        (TRIAL | {"Words": ""}, 0.06, "collective, anonymous or unsourced voice"),
        (TRIAL | {"Type": "newspaper article"}, 0.06, "collective, anonymous or unsourced voice"),
        (TRIAL | {"Design": "expert opinion"}, 0.06, "collective, anonymous or unsourced voice"),
        (TRIAL | {"Design": ""}, 0.06, "collective, anonymous or unsourced voice"),
    ],
    ids=str,
)
def test_a_row_stands_at_the_tier_of_the_publication_that_it_quotes_as_the_dry_run_says(
    tmp_path: Path, row: dict[str, str], strength: float, tier: str
) -> None:
    found, preview = standing(tmp_path, row)
    assert found.tier_for is not None
    assert (round(found.strength_for, 2), found.tier_for.label) == (strength, tier)
    assert str(preview).splitlines()[-1] == f"will stand: 1 as {tier}"
    assert f"stands as     {tier}" in preview.rows[0]


def test_what_a_row_says_is_said_by_the_authors_of_the_publication_where_nobody_is_named(tmp_path: Path) -> None:
    (row,) = mapped(tmp_path, table(TRIAL), MAPPING).mapped
    assert row.agent.name == "The authors of PMID 11111111"
    assert (row.study.design, row.study.participants) == ("randomised trial", 1204)


def test_a_study_is_known_although_its_paper_was_first_named_without_one(tmp_path: Path) -> None:
    found, _ = standing(tmp_path, TRIAL | {"Words": ""}, TRIAL)
    assert round(found.strength_for, 2) == 0.65
    assert found.certainty is None


def test_a_verdict_of_somebody_else_is_not_that_of_the_publication(tmp_path: Path) -> None:
    by_others = "stance: {column: Claim, words: {honey eases cough: {stance: denies, agent: The annotators}}}\n"
    mapping = MAPPING.replace("stance: {text: affirms}\n", by_others.replace("The annotators", "{name: {text: Us}}"))
    (row,) = mapped(tmp_path, table(TRIAL), mapping).mapped
    assert (row.agent.name, row.kinds, row.assertion.evidence) == ("Us", (), "")


def test_a_review_that_is_also_told_of_without_its_words_does_not_list_itself(tmp_path: Path) -> None:
    written(tmp_path / "m.yaml", MAPPING.replace("{text: affirms}", "Hedge").replace("hedged: Hedge\n", ""))
    review = REVIEW | {"DOI": "10.1000/r", "Design": "systematic review", "Hedge": "affirms"}
    written(tmp_path / "t.csv", table(review, review | {"Words": "", "Hedge": "inconclusive"}))
    with kg.open() as graph:
        graph.load(tmp_path / "t.csv", mapping=tmp_path / "m.yaml")
        assert graph.standing()[0].state == "supported"


def test_the_words_of_any_key_can_be_patterns_and_a_list_has_the_design_that_the_mapping_names_first(
    tmp_path: Path,
) -> None:
    words = "{/double.blind/: randomised trial, Cohort Studies: cohort study, /review/: systematic review}"
    mapping = f"mapping-file: 1\nclaim: C\nevidence: {{column: E, split: ';', words: {words}}}\n"
    found = mapped(tmp_path, "C,E\nA,Humans;Cohort Studies;Double-Blind Method\nB,A review of tea\n", mapping)
    assert [row.assertion.evidence for row in found.mapped] == ["randomised trial", "systematic review"]
    with pytest.raises(kg.DataError, match="is no regular expression"):
        mapped(tmp_path, "C,E\nA,b\n", mapping.replace("/review/", "/(/"))


def test_a_number_that_is_none_is_a_warning(tmp_path: Path) -> None:
    found = mapped(tmp_path, table(TRIAL | {"N": "many"}), MAPPING)
    assert [problem.rule for problem in found.problems] == ["participants-not-understood"]


def test_one_paper_in_two_tables_counts_once(tmp_path: Path) -> None:
    written(tmp_path / "m.yaml", MAPPING)
    written(tmp_path / "t.csv", table(TRIAL))
    (tmp_path / "other").mkdir()
    written(tmp_path / "other" / "t.csv", table(TRIAL | {"DOI": "10.1000/t"}))
    with kg.open() as graph:
        graph.load(tmp_path / "t.csv", tmp_path / "other" / "t.csv", mapping=tmp_path / "m.yaml")
        claims = graph.standing()
        assert {round(found.strength_for, 2) for found in claims} == {0.65}
        lines = {frozenset(each.line.studies) for found in claims for each in found.lines}
        assert len(lines) == 1, "each knows the other record's study as its own"


# ----------------------------------------------------------------------------------------------------- retraction lists
WATCH = """\
Record ID,Title,RetractionDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason
1,Honey,10/13/2023 0:00,unavailable,11111111,Retraction,+Falsification/Fabrication of Data;+Investigation by ORI;
2,Tea,1/2/2020 0:00,10.1000/tea,0,Expression of concern,+Error in Data;
"""


@pytest.mark.parametrize("text", [WATCH, "DOI,PMID,Date,Reason\n,11111111,2023-10-13,fraud\n"], ids=["database", "own"])
def test_a_list_of_retractions_takes_from_a_trial_what_it_carried(tmp_path: Path, text: str) -> None:
    mapped(tmp_path, table(TRIAL), MAPPING)
    (tmp_path / "lists").mkdir()
    listed = written(tmp_path / "lists" / "retractions.csv", text)
    with kg.open() as graph:
        graph.load(tmp_path / "t.csv", mapping=tmp_path / "m.yaml")
        assert graph.standing()[0].state == "supported"
        graph.load(listed, mapping="retraction-watch")
        found = graph.standing()[0]
        assert (found.state, found.because) == ("unsupported", "retracted")
        asked = "ASK { ?s hc:retractionDate '2023-10-13'^^xsd:date ; hc:retractionReason hc:Misconduct }"
        assert graph.store.ask(asked)


def test_a_third_record_of_a_retracted_paper_is_retracted_too(tmp_path: Path) -> None:
    written(tmp_path / "m.yaml", MAPPING)
    files = []
    for name in ("b", "c"):
        (tmp_path / name).mkdir()
        files.append(written(tmp_path / name / "t.csv", table(TRIAL)))
    (tmp_path / "a").mkdir()
    bare = written(tmp_path / "a" / "list.ris", "TY  - JOUR\nTI  - Honey\nAN  - 11111111\nDB  - PubMed\nER  - \n")
    (tmp_path / "d").mkdir()
    listed = written(tmp_path / "d" / "retractions.csv", WATCH)
    with kg.open() as graph:
        graph.load(bare)
        graph.load(*files, mapping=tmp_path / "m.yaml")
        graph.load(listed, mapping="retraction-watch")
        assert {found.state for found in graph.standing()} == {"unsupported"}


STATUSES = "mapping-file: 1\nsource: {pmid: OriginalPaperPubMedID, status: RetractionNature}\n"


def test_a_mapping_without_a_claim_states_the_status_of_sources(tmp_path: Path) -> None:
    listed = mapped(tmp_path, WATCH, STATUSES)
    assert [problem.rule for problem in listed.problems] == ["unknown-status", "pmid-not-understood"]
    with pytest.raises(kg.DataError, match="the mapping has no claim"):
        mapped(tmp_path, WATCH, "mapping-file: 1\nsource: Title\n")
