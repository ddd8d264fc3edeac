"""Tables by a mapping file: what the rows state, what is not understood, and loading them again."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import cli
from kg.errors import DataError
from kg.model.identifiers import Identifier, doi, identifier, several
from kg.namespaces import HC
from kg.readers import tables
from kg.readers.tables.dates import date, is_ambiguous
from kg.readers.tables.summary import LISTED
from tests.support.verdicts import csv_text, mapped, stances, written


def rules(error: pytest.ExceptionInfo[DataError]) -> list[str]:
    return [problem.rule for problem in error.value.problems]


# --------------------------------------------------------------------------------------------------------- real data


@pytest.mark.parametrize(
    ("file", "mapping", "counts"),
    [
        ("dikb-mp/processed-dikb-ddis.tsv", "dikb-table", {"affirms": 319, "denies": 200, "claim only": 434}),
        ("pubmedqa/ori_pqal.json", "pubmedqa", {"affirms": 552, "denies": 338, "doubts": 110}),
        ("check-covid/Check-COVID_all.json", "check-covid", {"affirms": 505, "denies": 504, "no evidence": 495}),
    ],
)
def test_a_shipped_mapping_loads_its_data_set_with_the_known_counts(shared, file, mapping, counts):
    reading = tables.read(shared / "data" / file, Path(mapping))
    stated = Counter(
        quad.object.value.removeprefix(HC) for quad in set(reading.quads) if quad.predicate.value == HC + "stance"
    )
    by_word = {"affirms": "Affirms", "denies": "Denies", "doubts": "Doubts", "inconclusive": "Inconclusive"}
    by_word["no evidence"] = "NoEvidence"
    assert stated == {by_word[word]: n for word, n in counts.items() if word in by_word}
    (problem,) = reading.problems
    assert all(f"{count} {word}" in problem.message for word, count in counts.items())


def test_evidence_inference_states_a_claim_for_each_prompt_and_quotes_the_spans(shared):
    path = shared / "data" / "evidence-inference" / "prompts_merged.csv"
    found = tables.preview(path, Path("evidence-inference"), 20_000)
    assert found.findings.rows == 12_865
    assert found.findings.tally == {"affirms": 1226, "denies": 1124, "inconclusive": 2195, "claim only": 10460}
    quotes = [quote for row in found.mapped if row.assertion for quote in row.assertion.quotes]
    assert len(quotes) == 1226 + 1124 + 2195
    assert sum(quote.span is not None for quote in quotes) > 0.97 * len(quotes)


def test_a_claim_with_several_labels_is_one_claim_with_several_assertions(shared, tmp_path):
    with kg.open() as graph:
        graph.load(shared / "data" / "check-covid" / "Check-COVID_all.json", mapping="check-covid")
        rows = graph.store.select(
            "PREFIX hc: <https://w3id.org/health-claims/ontology#> SELECT (COUNT(DISTINCT ?stance) AS ?n) ?claim "
            "{ ?a hc:asserts ?claim ; hc:stance ?stance } GROUP BY ?claim HAVING (COUNT(DISTINCT ?stance) > 1)"
        )
        assert len(rows) > 300
        quoted = graph.store.select(
            "PREFIX hc: <https://w3id.org/health-claims/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> "
            "SELECT ?words { ?a hc:quote/oa:hasSelector/oa:exact ?words ; hc:stance hc:Denies }"
        )
        assert any("sensitivity and specificity of 97% and 100%" in row["words"].value for row in quoted)


def test_what_a_shipped_mapping_loads_has_no_violations(shared):
    with kg.open() as graph:
        graph.load(shared / "data" / "dikb-mp" / "processed-dikb-ddis.tsv", mapping="dikb-table")
        assert not [problem for problem in graph.validate().problems if problem.severity == "violation"]


# ------------------------------------------------------------------------------------------------- what a mapping can


def test_paths_reach_into_json_and_numbers_pick_items(folder):
    record = {"a": {"claims": ["first", "Massage helps"]}, "verdict": {"is": True}, "s": ["One.", "Two."], "n": [1]}
    table = written(folder / "t.json", json.dumps([record]))
    mapping = """\
mapping-file: 1
claim: a.claims.1
stance: {column: verdict.is, words: {"true": affirms, "false": denies}}
quote: {column: s, at: n}
"""
    (row,) = mapped(folder, table, mapping).mapped
    assert row.claim.text == "Massage helps"
    assert [quote.exact for quote in row.assertion.quotes] == ["Two."]


def test_each_item_of_a_list_inside_a_record_is_a_row(folder):
    record = {"claim": "Massage helps", "verdicts": [{"v": "yes", "by": "A"}, {"v": "no", "by": "B"}]}
    table = written(folder / "t.json", json.dumps([record]))
    mapping = """\
mapping-file: 1
each: verdicts
claim: claim
stance: {column: verdicts.v, words: {yes: affirms, no: denies}}
agent: verdicts.by
"""
    assert [(row.assertion.stance, row.agent.name) for row in mapped(folder, table, mapping).mapped] == [
        ("affirms", "A"),
        ("denies", "B"),
    ]


def test_columns_that_come_again_with_a_number_are_rows_and_empty_groups_are_none(folder):
    table = "Claim,Verdict 1,Paper 1,Verdict 2,Paper 2\nMassage helps,yes,A,no,B\nMassage harms,no,C,,\n"
    mapping = """\
mapping-file: 1
repeat: [1, 2]
claim: Claim
stance: {column: Verdict *, words: {yes: affirms, no: denies}}
source: Paper *
"""
    found = mapped(folder, table, mapping)
    assert [(row.assertion.stance, row.source.title) for row in found.mapped] == [
        ("affirms", "A"),
        ("denies", "B"),
        ("denies", "C"),
    ]


def test_a_join_brings_the_columns_of_a_second_file_and_notes_what_has_no_match(folder):
    written(folder / "papers.csv", "key,title\n1,A trial\n")
    table = "Claim,Verdict,Paper\nMassage helps,yes,1\nMassage harms,no,2\n"
    mapping = """\
mapping-file: 1
join: {file: papers.csv, on: {Paper: key}, as: paper}
claim: Claim
stance: {column: Verdict, words: {yes: affirms, no: denies}}
source: paper.title
"""
    found = mapped(folder, table, mapping)
    assert [row.source.title for row in found.mapped] == ["A trial", "t.csv"]
    assert [problem.rule for problem in found.findings.problems] == ["no-match", "source-empty"]


def test_rows_can_be_chosen_texts_composed_and_cells_split(folder):
    table = "I,O,C,Ok,Topics\nMassage,pain,rest,1,back; pain\nHeat,pain,,1,x\nCold,pain,rest,0,x\n"
    mapping = """\
mapping-file: 1
where: {Ok: 1}
claim: {text: "{I} reduces {O} compared with {C}", kind: {text: efficacy}, otherwise: skip}
intervention: I
outcome: O
about: {column: Topics, split: ;, kind: condition}
"""
    found = mapped(folder, table, mapping)
    (row,) = found.mapped
    assert row.claim.text == "Massage reduces pain compared with rest"
    assert [(role, topic.label, topic.kind) for role, topic in row.topics] == [
        ("about", "back", "condition"),
        ("about", "pain", "condition"),
        ("intervention", "Massage", "intervention"),
        ("outcome", "pain", "outcome"),
    ]
    assert found.findings.tally == {"claim only": 1, "left out": 2}


def test_a_second_claim_can_be_supported_or_opposed(folder):
    table = "Claim,Who,How,Other\nThe benefit is short,Surgeons,attacks,Massage relieves pain\n"
    mapping = """\
mapping-file: 1
claim: Claim
stance: {text: affirms}
agent: Who
argument: {direction: {column: How, words: {attacks: opposes, backs: supports}}, target: Other}
"""
    path = written(folder / "t.csv", table)
    with kg.open() as graph:
        graph.load(path, mapping=written(folder / "m.yaml", mapping))
        rows = graph.store.select(
            "PREFIX hc: <https://w3id.org/health-claims/ontology#> SELECT ?a ?b "
            "{ ?x hc:counters ?y . ?x hc:text ?a . ?y hc:text ?b }"
        )
        assert [(row["a"].value, row["b"].value) for row in rows] == [("The benefit is short", "Massage relieves pain")]
        assert not [problem for problem in graph.validate().problems if problem.severity == "violation"]


def test_equal_claims_of_another_scope_are_two(folder):
    table = "Claim,P\nMassage helps,adults\nmassage helps.,Adults\nMassage helps,children\n"
    path = written(folder / "t.csv", table)
    reading = tables.read(path, written(folder / "m.yaml", "mapping-file: 1\nclaim: Claim\npopulation: P\n"))
    assert sum(quad.object.value == HC + "Claim" for quad in reading.quads) == 2


def test_no_evidence_is_neither_a_denial_nor_a_doubt(folder):
    written(folder / "t.csv", csv_text())
    with kg.open() as graph:
        graph.load(folder / "t.csv", mapping=folder / "mapping.yaml")
        rows = graph.store.select(
            "PREFIX hc: <https://w3id.org/health-claims/ontology#> "
            'SELECT ?stance { ?a hc:asserts/hc:text "Massage saves money"@en ; hc:stance ?stance }'
        )
        assert [row["stance"].value for row in rows] == [HC + "NoEvidence"]
        assert not [problem for problem in graph.validate().problems if problem.severity == "violation"]


# ------------------------------------------------------------------------------------------------------ dates and ids


@pytest.mark.parametrize(
    ("written_date", "read"),
    [
        ("2011", "2011"),
        ("2011-07", "2011-07"),
        ("2011/7/5", "2011-07-05"),
        ("2011-07-05T10:00:00Z", "2011-07-05"),
        ("5.7.2011", "2011-07-05"),
        ("25/07/2011", "2011-07-25"),
        ("07/25/2011 17:38:07", "2011-07-25"),
        ("05/05/2011", "2011-05-05"),
        ("07/2011", "2011-07"),
        ("5 July 2011", "2011-07-05"),
        ("July 5th, 2011", "2011-07-05"),
        ("Jul. 2011", "2011-07"),
        ("5. Juli 2011", "2011-07-05"),
        ("März 2011", "2011-03"),
        ("1er août 2011", "2011-08-01"),
        ("5 de julio de 2011", "2011-07-05"),
        ("5 luglio 2011", "2011-07-05"),
        ("30 February 2011", None),
        ("05/07/2011", None),
        ("last year", None),
        ("2011-2012", None),
        ("5 July or 6 July 2011", None),
    ],
)
def test_dates_are_read_as_written_and_no_more_precisely(written_date, read):
    found = date(written_date)
    assert (found.value if found else None) == read


def test_a_date_that_can_be_read_in_two_ways_needs_an_order():
    assert is_ambiguous("05/07/2011")
    assert date("05/07/2011", "day first").value == "2011-07-05"
    assert date("05/07/2011", "month first").value == "2011-05-07"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://doi.org/10.1000/Ab.c", ("doi", "10.1000/Ab.c")),
        ("doi:10.1000/ab.", ("doi", "10.1000/ab")),
        ("https://pubmed.ncbi.nlm.nih.gov/123456/", ("pmid", "123456")),
        ("http://www.ncbi.nlm.nih.gov/pubmed/8612379", ("pmid", "8612379")),
        ("PMID: 123456", ("pmid", "123456")),
        ("PMC2774684", ("pmcid", "PMC2774684")),
        ("https://example.org/a b", ("url", "https://example.org/a%20b")),
        ("https://example.org/100%", ("url", "https://example.org/100%25")),
        ("http://a:b:c/", None),
        ("n/a", None),
        ("12345678", None),
        (
            "10.1002/(SICI)1097(1998)17:15<1661::AID-S>3.0.CO;2-2",
            ("doi", "10.1002/(SICI)1097(1998)17:15<1661::AID-S>3.0.CO;2-2"),
        ),
        (
            "https://doi.org/10.1002/(SICI)1097%281998%2917:15%3C1661::AID-S%3E3.0.CO;2-2",
            ("doi", "10.1002/(SICI)1097(1998)17:15<1661::AID-S>3.0.CO;2-2"),
        ),
        ("10.1000/a&lt;1&gt;2", ("doi", "10.1000/a<1>2")),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1111/jsr.12345", ("doi", "10.1111/jsr.12345")),
        (
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD001929.pub2/full",
            ("doi", "10.1002/14651858.CD001929.pub2"),
        ),
        ("https://www.cochrane.org/CD001929/BACK_massage", ("doi", "10.1002/14651858.CD001929")),
        ("CD001929", ("doi", "10.1002/14651858.CD001929")),
        ("NCT00371384", ("url", "https://clinicaltrials.gov/study/NCT00371384")),
        ("https://doi.org/10.1000/ab?utm_source=x", ("doi", "10.1000/ab")),
    ],
)
def test_identifiers_are_told_by_their_form_and_have_one_spelling(text, found):
    assert (identifier(text) or Identifier("", ""))[:2] == (found or ("", ""))


# ----------------------------------------------------------------------------------------------- what is not understood


def test_an_unknown_verdict_is_refused_with_its_line_and_the_way_out(folder):
    path = written(folder / "t.csv", csv_text() + "Massage harms,sort of,A,B,2001\nMassage heals,,A,B,2001\n")
    with pytest.raises(DataError) as error, kg.open() as graph:
        graph.load(path, mapping=folder / "mapping.yaml")
    assert rules(error) == ["unknown-verdict", "unknown-verdict"]
    assert str(error.value).startswith(f'{path}:5: "sort of" in column "Verdict" is no verdict word')
    assert "otherwise" in str(error.value)


def test_other_verdicts_can_be_left_out_or_given_a_stance(folder):
    table = "Claim,V\nA helps,yes\nB helps,hm\n"
    mapping = "mapping-file: 1\nclaim: Claim\nstance: {column: V, words: {yes: affirms}, otherwise: %s}\n"
    assert stances(mapped(folder, table, mapping % "skip")) == ["affirms"]
    assert stances(mapped(folder, table, mapping % "doubts")) == ["affirms", "doubts"]
    assert stances(mapped(folder, table, mapping % "claim only")) == ["affirms", ""]


def test_a_date_or_a_word_that_is_not_understood_is_a_warning_and_left_out(folder):
    table = "Claim,V,D,E\nA helps,affirms,soon,RCT\nB helps,affirms,05/07/2011,guesswork\n"
    mapping = "mapping-file: 1\nclaim: Claim\nstance: V\ndate: D\nevidence: E\n"
    found = mapped(folder, table, mapping)
    assert [(problem.severity, problem.rule, problem.place.line) for problem in found.findings.problems] == [
        ("warning", "date-not-understood", 2),
        ("warning", "unknown-evidence", 3),
        ("warning", "date-not-understood", 3),
    ]
    assert [row.assertion.evidence for row in found.mapped] == ["randomised trial", ""]


@pytest.mark.parametrize(
    ("cell", "order", "sentence"),
    [
        ("20/05/2020", "month first", "is no date with the month first, as order in the mapping says: write 2020-"),
        ("soon", "month first", "is no date that can be read: write it as 2011-07-05, 2011-07 or 2011; left out"),
        ("soon", "", "is no date that can be read: write it as"),
        ("05/07/2011", "", "has the day or the month first: state order"),
    ],
)
def test_the_warning_for_a_date_names_the_order_in_use_and_the_way_out(folder, cell, order, sentence):
    date = f"{{column: D, order: {order}}}" if order else "D"
    mapping = f"mapping-file: 1\nclaim: Claim\nstance: V\ndate: {date}\n"
    found = mapped(folder, f"Claim,V,D\nA helps,affirms,{cell}\n", mapping)
    assert f'"{cell}" in "D" {sentence}' in found.findings.problems[0].message


def test_more_problems_of_a_kind_than_are_listed_are_counted(folder):
    table = "Claim,V\n" + "".join(f"Claim {n},hm\n" for n in range(50))
    path = written(folder / "t.csv", table)
    mapping = written(folder / "m.yaml", "mapping-file: 1\nclaim: Claim\nstance: V\n")
    with pytest.raises(DataError) as error, kg.open() as graph:
        graph.load(path, mapping=mapping)
    assert len(error.value.problems) == LISTED + 1
    assert "30 more of this kind" in str(error.value)


def test_an_empty_claim_and_an_id_that_comes_twice_are_refused(folder):
    table = "Claim,V,N\n,affirms,1\nA helps,affirms,2\nB helps,affirms,2\n"
    path = written(folder / "t.csv", table)
    with pytest.raises(DataError) as error, kg.open() as graph:
        graph.load(path, mapping=written(folder / "m.yaml", "mapping-file: 1\nclaim: Claim\nstance: V\nid: N\n"))
    assert rules(error) == ["claim-empty", "id-twice"]


def test_a_missing_column_is_told_at_its_place_in_the_mapping_with_the_nearest_name(folder):
    path = written(folder / "t.csv", csv_text().replace("Verdict", "Verdikt"))
    with pytest.raises(DataError) as error:
        tables.read(path, folder / "mapping.yaml")
    assert str(error.value) == f'{folder / "mapping.yaml"}:4:11: t.csv has no column "Verdict"; did you mean "Verdikt"?'


# ------------------------------------------------------------------------------------------------- load, again, dry run


def test_what_was_loaded_names_its_mapping_and_can_be_loaded_again(folder):
    path = written(folder / "t.csv", csv_text())
    with kg.open(folder / "store") as graph:
        first = graph.load(path, mapping=folder / "mapping.yaml")
        second = graph.load(path, mapping=folder / "mapping.yaml")
        (entry,) = graph.store.graphs()
        assert Path(entry.mapping) == folder / "mapping.yaml"
        assert [e.triples for e in first.entries] == [e.triples for e in second.entries]
        assert str(second.warnings[-1]) == f"{path}: 3 rows: 1 affirms, 1 denies, 1 no evidence"


def test_strict_refuses_an_address_that_would_be_repaired(folder):
    path = written(folder / "t.csv", "Claim,V,U\nA helps,affirms,https://example.org/a b\n")
    mapping = written(folder / "m.yaml", "mapping-file: 1\nclaim: Claim\nstance: V\nsource: {url: U}\n")
    with kg.open() as graph:
        assert [problem.rule for problem in graph.load(path, mapping=mapping).warnings] == [
            "iri-repaired",
            "table-read",
        ]
        with pytest.raises(DataError, match="signs that no address has"):
            graph.load(path, mapping=mapping, strict=True)


def test_a_dry_run_shows_the_first_rows_and_writes_nothing(folder, monkeypatch):
    monkeypatch.chdir(folder)
    written(folder / "t.csv", csv_text())
    done = CliRunner().invoke(cli, ["load", "t.csv", "--mapping", "mapping.yaml", "--dry-run"])
    assert done.exit_code == 0
    assert "  claim         Massage relieves low back pain\n  stance        Müller affirms the claim\n" in done.stdout
    assert done.stdout.endswith(
        "t.csv: 3 rows: 1 affirms, 1 denies, 1 no evidence\nnot understood: nothing\nwill stand: 3 as opinion\n"
    )
    assert not (folder / "kg-store").exists()
    written(folder / "t.csv", csv_text() + "X,sort of,A,B,2001\n")
    done = CliRunner().invoke(cli, ["load", "t.csv", "--mapping", "mapping.yaml", "--dry-run"])
    assert done.exit_code == 1
    assert "not understood: 1 unknown-verdict (violation)" in done.stdout
    assert "t.csv:5:" in done.stderr


@pytest.mark.parametrize(
    ("text", "read"),
    [("18843627.0", "18843627"), ("1.8843627E7", "18843627"), ("18,843,627", "18843627"), ("1.88E7", "18800000"[:0])],
)
def test_a_pmid_that_a_program_wrote_as_a_number_is_read_where_it_is_certain(text, read):
    found = identifier(text, "pmid")
    assert (found.value if found else "") == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1000/a; 10.1000/b", ["10.1000/a", "10.1000/b"]),
        ("10.1000/a;10.1000/b", ["10.1000/a", "10.1000/b"]),
        ("https://doi.org/10.1000/a, https://doi.org/10.1000/b", ["10.1000/a", "10.1000/b"]),
        ("10.1000/a<1::A>3.0.CO;2-2", ["10.1000/a<1::A>3.0.CO;2-2"]),
        ("10.1000/a and so on", []),
    ],
)
def test_a_cell_can_have_several_dois(text, found):
    assert [each.value for each in several(text, "doi")] == found


@pytest.mark.parametrize("text", ["10.1000/ab [invalid]", "invalid DOI: 10.1000/ab"])
def test_a_doi_that_is_called_invalid_is_not_taken(text):
    assert doi(text) == ""


def test_a_year_that_a_program_wrote_as_a_number_is_a_year():
    assert date("2011.0").value == "2011"


# ----------------------------------------------------------------------------------------------- verdicts in own words

TOLD = """\
mapping-file: 1
claim: Claim
stance:
  column: Verdict
  words: {yes: affirms, open: claim only, "-": skip, "/^no (good|firm) proof/": no evidence, "/refuted$/": denies}
agent: Who
source: {title: Paper}
quote: Words
date: Day
"""


def told(*rows: str) -> str:
    return "\n".join(["Claim,Verdict,Who,Paper,Words,Day", *rows]) + "\n"


def test_a_row_without_a_stance_keeps_who_says_it_where_when_and_how(folder):
    found = mapped(folder, told("Oats lower cholesterol,open,Ann,On oats,We will see.,2019"), TOLD)
    (row,) = found.mapped
    assert found.findings.tally == {"claim only": 1}
    assert (row.assertion.stance, row.agent.name, row.source.title, row.assertion.date) == (
        "",
        "Ann",
        "On oats",
        "2019",
    )
    assert [quote.exact for quote in row.assertion.quotes] == ["We will see."]
    assert "Ann says something of the claim; no stance is stated" in found.rows[0]
    (bare,) = mapped(folder, told("Oats lower cholesterol,open,,,,"), TOLD).mapped
    assert bare.assertion is None
    with kg.open() as graph:
        graph.load(folder / "t.csv", mapping=folder / "m.yaml")
        written(folder / "t.csv", told("Oats lower cholesterol,open,Ann,On oats,We will see.,2019"))
        graph.load(folder / "t.csv", mapping=folder / "m.yaml")
        assert [problem for problem in graph.validate().problems if problem.severity == "violation"] == []
        assert [*graph.query('SELECT * { ?a hc:asserts ?c ; hc:agent/hc:name "Ann"@en ; hc:quote ?q ; hc:source ?s }')]


def test_patterns_say_what_verdicts_mean_that_no_list_can_have(folder):
    rows = ["A,No firm proof so far,,,,", "B,Long refuted,,,,", "C,yes,,,,", "D,no proof,,,,"]
    found = mapped(folder, told(*rows), TOLD)
    assert stances(found) == ["no evidence", "denies", "affirms"]
    assert 'D"' not in str(found.problems)
    assert '"no proof" in column "Verdict" is no verdict word of the mapping' in str(found.problems[-1])
    with pytest.raises(DataError, match=r'"/\(/" is no regular expression'):
        mapped(folder, told(*rows), TOLD.replace("/refuted$/", "/(/"))


def test_a_verdicts_own_words_are_kept(folder):
    found = mapped(folder, told("A,No firm proof so far,,,,", "B,yes,,,,"), TOLD)
    assert [row.assertion.note for row in found.mapped] == [('rated "No firm proof so far"',), ('rated "yes"',)]


# -------------------------------------------------------------------------------------------------- cells of nothing


@pytest.mark.parametrize(
    "cell", ["#N/A", "#DIV/0!", "#NV", "#WERT!", "#REF!", "#NAME?", "n/a", "N/A", "?", "-", "NaN", "\u2014"]
)
def test_an_error_or_a_sign_for_nothing_is_an_empty_cell(folder, cell):
    found = mapped(folder, told(f"Oats fill,yes,{cell},{cell},{cell},{cell}"), TOLD)
    (row,) = found.mapped
    assert (row.is_named, row.source.title, row.assertion.quotes, row.assertion.date) == (False, "t.csv", (), "")
    errors = [problem for problem in found.problems if problem.rule == "error-cell"]
    assert len(errors) == (4 if cell.startswith("#") else 0)
    assert "the row has no claim" in str(mapped(folder, told(f"{cell},yes,Ann,,,"), TOLD).problems)


def test_a_sign_that_the_mapping_names_is_a_word(folder):
    assert mapped(folder, told("Oats fill,-,Ann,,,"), TOLD).findings.tally == {"left out": 1}
    where = TOLD + 'where: {Who: ["?"]}\n'
    assert mapped(folder, told("Oats fill,yes,?,,,", "Oats fill,yes,Ann,,,"), where).findings.tally["affirms"] == 1


def test_warnings_of_several_rows_that_say_the_same_are_one_with_their_lines(folder):
    rows = [f"Oats fill,yes,Ann,P{n},,{'someday' if n % 2 else '2001'}" for n in range(30)]
    found = mapped(folder, told(*rows), TOLD)
    (problem,) = found.problems
    assert problem.message.endswith("left out (15 rows: 3, 5, 7, 9, 11, 13, 15, 17, 19, 21 …)")
    assert str(found).splitlines()[1] == "not understood: 15 date-not-understood (warning)"


def test_each_row_can_have_a_language_of_its_own(folder):
    mapping = written(folder / "m.yaml", "mapping-file: 1\nclaim: Claim\nlanguage: {column: L, words: {Deutsch: de}}\n")
    path = written(
        folder / "t.csv", "Claim,L\nA,en\nHafer hilft,Deutsch\nA aveia ajuda,pt_br\nOats,German\nB,?\nC,so so\n"
    )
    with kg.open() as graph:
        warnings = graph.load(path, mapping=mapping).warnings
        rows = graph.query("SELECT ?t (LANG(?t) AS ?l) { ?c hc:text ?t } ORDER BY ?t")
        said = {row["t"]: row["l"] for row in rows}
        assert said == {"A": "en", "Hafer hilft": "de", "A aveia ajuda": "pt-br", "Oats": "de", "B": "en", "C": "en"}
        assert [str(each).split(": ", 1)[1] for each in warnings if each.severity == "warning"] == [
            '"so so" in "L" is no language: write en or pt-BR, or translate it with words:; left out'
        ]
