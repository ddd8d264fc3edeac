"""`kg map`: what it proposes for a table, and what it does not guess."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli import cli
from kg.errors import UnreadableError
from kg.readers import tables
from kg.readers.alignments import verdict_words
from kg.readers.tables import mapping, verdicts
from kg.readers.tables.verdicts import likely

TABLE = """\
Nr;Behauptung;Urteil;Wer;Quelle;DOI;Datum;Zitat
1;Massage lindert Rückenschmerzen;ja;Cherkin;Ein Versuch;10.1000/a;05.07.2011;Sie half den meisten von ihnen.
2;Massage lindert Rückenschmerzen;unklar;Furlan;Eine Übersicht;10.1000/b;September 2015;Wir sind wenig sicher.
3;Massage spart Kosten;keine Belege;Furlan;Eine Übersicht;10.1000/b;September 2015;
4;Massage heilt Rückenschmerzen;irgendwie;Meier;Ein Blog;;2018;So ist es bei mir gewesen.
"""


def proposed(path) -> dict:
    text = tables.propose(path)
    file = path.with_name("proposed.yaml")
    file.write_text(text)
    return mapping.load(file).value


def test_the_proposal_for_a_persons_own_table_is_nearly_right(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    found = proposed(path)
    assert found["claim"] == "Behauptung"
    assert found["stance"]["words"] == {
        "ja": "affirms",
        "unklar": "doubts",
        "keine Belege": "no evidence",
        "irgendwie": "claim only",
    }
    assert (found["agent"], found["quote"], found["id"]) == ("Wer", "Zitat", "Nr")
    assert found["source"] == {"title": "Quelle", "doi": "DOI", "date": "Datum"}
    assert "table" not in found  # a guess is told at each load, until somebody states it
    assert "# table: {encoding: windows-1252}  # a guess: " in (tmp_path / "proposed.yaml").read_text()
    preview = tables.preview(path, tmp_path / "proposed.yaml", 10)
    assert preview.findings.tally == {"affirms": 1, "doubts": 1, "no evidence": 1, "claim only": 1}
    assert preview.mapped[0].claim.text == "Massage lindert Rückenschmerzen"


@pytest.mark.parametrize(
    ("file", "claim", "stance"),
    [
        ("pubmedqa/ori_pqal.json", "QUESTION", {"yes": "affirms", "no": "denies", "maybe": "doubts"}),
        (
            "check-covid/Check-COVID_all.json",
            "claim",
            {"SUPPORT": "affirms", "REFUTE": "denies", "NOTENOUGHINFO": "no evidence"},
        ),
    ],
)
def test_the_proposal_for_a_real_data_set_has_its_claims_and_verdicts(shared, tmp_path, file, claim, stance):
    text = tables.propose(shared / "data" / file)
    (tmp_path / "m.yaml").write_text(text)
    found = mapping.load(tmp_path / "m.yaml").value
    assert (found["claim"], found["stance"]["words"]) == (claim, stance)


def test_a_word_that_is_not_known_is_never_given_a_stance(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TABLE)
    assert "irgendwie: claim only  # 1 row; not known here" in tables.propose(path)
    assert likely("irgendwie") is None
    assert likely("no evidence") == likely("Not Enough Info") == "no evidence"
    assert likely("not supported") != "denies"


def test_dates_that_can_be_read_in_two_ways_are_pointed_out(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Claim,Date\nMassage relieves low back pain,05/07/2011\nHeat relieves low back pain,25/07/2011\n")
    assert "date: {column: Date, order: day first}  # a guess" in tables.propose(path)


def test_names_that_yaml_would_misread_are_quoted(tmp_path):
    path = tmp_path / "t.json"
    path.write_text(json.dumps([{"claim: it": "Massage relieves low back pain", "null": "yes", "#": "1"}]))
    assert proposed(path)["claim"] == "claim: it"


def test_the_command_prints_the_proposal_and_a_missing_file_is_one_sentence(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TABLE)
    done = CliRunner().invoke(cli, ["map", str(path)])
    assert done.exit_code == 0
    assert done.stdout == tables.propose(path)
    with pytest.raises(UnreadableError, match="cannot be read"):
        tables.propose(tmp_path / "none.csv")


CHECKS = """\
Statement,Fact check rating,{},Claimant
Garlic cures the common cold within a day,Mostly true,Full Fact,Ann
Vaccines cause autism in children,Pants on fire,Snopes,Joe
Massage cures low back pain in adults,Misleading,Snopes,Eve
"""


@pytest.mark.parametrize(
    "giver",
    ["Checked by", "Fact checker", "factChecker", "Reviewer", "Reviewer name", "Publisher", "Organisation", "Rated by"],
)
def test_the_verdict_is_that_of_who_gave_it_and_not_of_the_claimant(tmp_path, giver):
    path = tmp_path / "t.csv"
    path.write_text(CHECKS.format(giver))
    assert proposed(path)["agent"] == giver
    assert "# Not mapped: Claimant" in tables.propose(path)
    said = tables.preview(path, tmp_path / "proposed.yaml").mapped[1]
    assert "  stance        Snopes denies the claim\n" in tables.described(path, said)


@pytest.mark.parametrize("other", ["Reviewer rating", "Publisher address", "Reviewer comment", "Colour"])
def test_beside_a_claimant_alone_it_is_asked_who_gave_the_verdict(tmp_path, other):
    path = tmp_path / "t.csv"
    path.write_text(CHECKS.format(other))
    assert "agent" not in proposed(path)
    assert "# agent: who gave this verdict? Not the Claimant: name a column" in tables.propose(path)
    said = tables.preview(path, tmp_path / "proposed.yaml").mapped[1]
    assert "an unnamed voice in the source denies the claim" in tables.described(path, said)


def test_a_verdict_word_means_the_same_as_in_a_claim_review():
    assert len(verdict_words()["ratings"]) > 150
    assert {word for word, stance in verdict_words()["ratings"].items() if likely(word) != stance} == set()
    assert set(verdict_words()["ratings"].values()) == set(verdicts.STANCES)
    assert [likely(word) for word in ("Mostly true", "MISLEADING!", "Pants on fire.", "“False”")] == [
        "affirms",
        "doubts",
        "denies",
        "denies",
    ]


def test_where_no_order_of_day_and_month_fits_all_none_is_proposed(tmp_path):
    path = tmp_path / "t.csv"
    dates = ("05/07/2011", "20/05/2020", "01/13/2023")
    path.write_text("Claim,Date\n" + "".join(f"Heat number {n} relieves pain,{day}\n" for n, day in enumerate(dates)))
    clash = 'no order fits all: "20/05/2020" has the day first, "01/13/2023" the month first'
    assert f"date: Date  # {clash}" in tables.propose(path)


def test_a_table_without_rows_gives_nothing_to_guess_from(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("Claim,Verdict\n")
    found = tables.propose(path)
    assert "claim: …  # the table has no rows to guess from: name the column that has the claims\n" in found
    assert "taken for something else" not in found


# ----------------------------------------------------------------------------------------- what is proposed is right


def proposal_of(folder: Path, table: str) -> str:
    path = folder / "t.csv"
    path.write_text(table, encoding="utf-8")
    return tables.propose(path)


@pytest.mark.parametrize(
    ("header", "row", "claim", "agent"),
    [
        (
            "claimReview_author_name,claimReview_author_url,claimReview_claimReviewed,claimReview_datePublished,"
            "claimReview_source,claimReview_url,creativeWork_author_name,creativeWork_datePublished,rating_alternateName",
            "Checkers,https://c.example,Beets melt fat in a night {0},2019-02-0{0},checkers,https://c.example/{0},"
            "P. Root {0},2019-01-0{0},mostly false",
            "claimReview_claimReviewed", "claimReview_author_name",
        ),
        (
            "id,text,date,truthRating,ratingName,author,headline,keywords,source,sourceURL,link,language",
            "{0},Beets melt fat in a night {0},2019-02-0{0},1,FALSE,P. Root {0},Beets {0},beets,checkers,"
            "https://c.example,https://c.example/{0},English",
            "text", "source",
        ),
        (
            "claim_author,claim_date,claim,fact_checker,verdict",
            "P. Root {0},2019-01-0{0},Beets melt fat in a night {0},Checkers,False",
            "claim", "fact_checker",
        ),
        (
            "speaker,statement,label,checker", "P. Root {0},Beets melt fat in a night {0},half-true,Checkers",
            "statement", "checker",
        ),
        (
            "claimant,claimDate,text,publisher_name,textualRating",
            "P. Root {0},2019-01-0{0},Beets melt fat in a night {0},Checkers,Largely unproven",
            "text", "publisher_name",
        ),
    ],
)  # fmt: skip
def test_in_tables_of_fact_checks_the_checker_is_the_agent_and_the_claim_the_claim(tmp_path, header, row, claim, agent):
    text = proposal_of(tmp_path, "\n".join([header, *(row.format(n) for n in range(1, 4))]) + "\n")
    value = mapping.checked(tmp_path / "m.yaml", text).value
    assert (value["claim"], value["agent"]) == (claim, agent)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("PMID,Title,Authors,Citation,Journal/Book,Publication Year", "1234567,A trial,Root P,J Beet. 1:2,J Beet,2001"),
        ("key,title,year,journal,authors,abstract", "1,A trial,2001,J Beet,Root P,We tried beets on many people."),
    ],
)  # fmt: skip
def test_a_list_of_references_is_said_to_be_one(tmp_path, header, row):
    text = proposal_of(tmp_path, f"{header}\n{row}\n")
    assert "# A list of references, it seems, which claims nothing." in text
    assert "\nclaim: …\n" in text
    assert "agent" not in text
    assert "  authors: " in text
    assert "  container: " in text


def test_lines_above_the_names_of_the_columns_short_rows_and_rows_without_a_claim_are_no_hindrance(tmp_path):
    text = proposal_of(tmp_path, "Our survey,,\n,,\nClaim,Verdict,Who\nBeets help,yes,Ann\nFigs help,no\n,yes,Bob\n")
    assert "table: {header: 3, short-rows: fill}" in text
    found = tables.try_out(tmp_path / "t.csv", text, 100)
    assert found.tally == {"affirms": 1, "denies": 1, "left out": 1}


def test_words_for_evidence_in_other_languages_are_known_and_others_are_listed(tmp_path):
    text = proposal_of(
        tmp_path, "Claim,Studientyp\nA,randomisierte Studie\nB,Metaanalyse\nC,Hausbesuch\nD,essai randomisé\n"
    )
    assert "evidence: Studientyp\n" in text
    assert "#   Hausbesuch: …  # 1 row\n" in text
    assert "randomisierte" not in text
    mapping_file = tmp_path / "m.yaml"
    mapping_file.write_text(text.replace("evidence:", "stance: {text: affirms}\nevidence:"), encoding="utf-8")
    kinds = [row.assertion.evidence for row in tables.preview(tmp_path / "t.csv", mapping_file, 9).mapped]
    assert kinds == ["randomised trial", "systematic review", "", "randomised trial"]


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=12) | st.sampled_from(
    [
        "Claim",
        "Verdict",
        "id",
        "yes",
        "no",
        "?",
        "#N/A",
        "10.1000/a",
        "1234567",
        "true",
        "null",
        "2011",
        "a: b",
        "- a",
        "{x}",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=2, max_size=6), st.sampled_from(",;\t|"))
def test_what_is_proposed_for_any_table_is_not_refused(rows, delimiter):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        try:
            text = tables.propose(path)
        except UnreadableError:
            return
        if "claim: …" in text or text.startswith("# Not all rows can be loaded"):
            return
        assert [kind for kind in tables.try_out(path, text, 100).kinds if kind[0] == "violation"] == []


EVIDENCE = (
    "Review,PMID,Statement,Assessment,Study design,Evidence,Sample size,Certainty,Hedge,Original DOI,Status,"
    "Date of retraction,Retraction reason,Patients\n"
    + "".join(
        f"Review {n},1234{n},Tea shortens a cold by {n} days,yes,randomised trial,systematic review,{n}00,low,may,"
        f"10.1000/{n},retracted,2020-0{n}-11,misconduct,adults\n"
        for n in range(1, 5)
    )
)


def test_what_makes_the_evidence_of_a_row_count_is_proposed_where_the_columns_have_it(tmp_path):
    text = proposal_of(tmp_path, EVIDENCE)
    found = mapping.checked(tmp_path / "m.yaml", text).value
    keys = ("evidence", "design", "participants", "certainty", "hedged", "population")
    columns = ("Evidence", "Study design", "Sample size", "Certainty", "Hedge", "Patients")
    assert tuple(found.get(key) for key in keys) == columns
    assert found["traced-to"] == {"identifier": "Original DOI"}
    retraction = {key: found["source"][key] for key in ("status", "retraction-date", "retraction-reason")}
    assert retraction == {
        "status": "Status",
        "retraction-date": "Date of retraction",
        "retraction-reason": "Retraction reason",
    }
    (tmp_path / "m.yaml").write_text(text)
    read = tables.preview(tmp_path / "t.csv", tmp_path / "m.yaml", 10)
    assert not [each for each in read.findings.problems if each.severity == "violation"]


def test_names_alone_do_not_make_a_status_a_number_or_a_trace(tmp_path):
    rows = "".join(f"Rest helps sleep in case {n},yes,open,many,the internet\n" for n in range(3))
    found = mapping.checked(
        tmp_path / "m.yaml", proposal_of(tmp_path, f"Claim,Verdict,Status,Participants,Original source\n{rows}")
    ).value
    assert {"participants", "traced-to"}.isdisjoint(found)
    assert "status" not in found.get("source", {})
    assert found["population"] == "Participants"


def test_the_only_publication_of_a_row_is_its_source_whatever_the_column_is_called(tmp_path):
    rows = "".join(f"Rest helps sleep in case {n},yes,10.1000/{n}\n" for n in range(3))
    text = proposal_of(tmp_path, f"Claim,Verdict,Original DOI\n{rows}")
    found = mapping.checked(tmp_path / "m.yaml", text).value
    assert found["source"] == {"doi": "Original DOI"}
    assert "traced-to" not in found
