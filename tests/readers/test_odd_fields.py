"""Odd values in the fields of bibliographies, and odd identifiers: taken as they are meant, or the reader says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import kg
from kg.errors import UnreadableError
from kg.model.identifiers import doi, identifier, several
from kg.readers import bibliographies, rdf, tables
from kg.readers.bibliographies import references
from kg.readers.bibliographies.reference import date
from tests.support.publication import write
from tests.support.verdicts import mapped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "written",
    [
        "https://doi.org/10.5555%2Fsauna.9",
        "doi:10.5555%2fsauna.9",
        "doi.org/10.5555/sauna.9",
        "http://dx.doi.org/doi:10.5555/sauna.9",
        "info:doi/10.5555/sauna.9",
        "“10.5555/sauna.9”",
        "10.5555/sauna.9。",
        "10.5555/sauna.9\u200b",
        "10.5555/sauna.9 [doi]",
        "https://baths.example/doi/10.5555/sauna.9/full?lang=de",
        "https://link.springer.com/article/10.5555/sauna.9#Sec2",
    ],
)
def test_a_doi_is_read_from_every_form_it_is_pasted_in(written: str) -> None:
    found = identifier(written)
    assert found
    assert (found.kind, found.value) == ("doi", "10.5555/sauna.9")


def test_a_doi_that_is_called_not_valid_is_not_taken_in_any_wording() -> None:
    assert [doi(f"{words} 10.5555/sauna.9") for words in ("not a valid DOI:", "DOI ungültig:", "DOI inválido:")] == [
        ""
    ] * 3


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/7654321/?from_term=sauna", "pmid", "7654321"),
        ("pubmed.ncbi.nlm.nih.gov/7654321", "pmid", "7654321"),
        ("PMID: 7654321.0", "pmid", "7654321"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/pdf/x.pdf", "pmcid", "PMC7654321"),
        ("https://clinicaltrials.gov/ct2/show/NCT07654321?x=1", "url", "https://clinicaltrials.gov/study/NCT07654321"),
        ("cochrane.org/fr/CD012345/sauna", "doi", "10.1002/14651858.CD012345"),
    ],
)
def test_addresses_of_one_thing_are_one_identifier(written: str, kind: str, value: str) -> None:
    found = identifier(written)
    assert found
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("between", ["; PMID: ", ", PMID: ", " and PMID: ", " und PMID ", "\nPMID:", "\uff0cPMID:"])
def test_several_identifiers_of_a_cell_are_each_found(between: str) -> None:
    assert [found.value for found in several(f"PMID: 7654321{between}7654322")] == ["7654321", "7654322"]


def test_a_column_of_titles_and_identifiers_is_read_as_both_and_a_mere_number_is_said(tmp_path: Path) -> None:
    table = (
        "Claim,S\nSaunas warm,PMID: 7654321; PMID: 7654322\nSaunas cool,7654321.0; 7654322.0\nSaunas tire,Bath News\n"
    )
    found = mapped(tmp_path, table, "mapping-file: 1\nclaim: Claim\nsource: S\n")
    said = " ".join(str(problem) for problem in found.problems)
    assert "names more than one publication" in said
    assert "is digits alone" in said


def test_a_field_given_twice_is_said_and_only_if_the_values_differ(tmp_path: Path) -> None:
    path = write(tmp_path, "two.bib", "@book{a, title={Hot}, year=2001, title={Cold}, year=2001}")
    assert [reference.title for reference in references(path)] == ["Hot"]
    reading = bibliographies.read(path)
    list(reading.quads)
    assert [problem.message for problem in reading.problems] == [
        "fields with two values, of which the first is taken: title"
    ]


def test_a_date_or_an_identifier_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = write(tmp_path, "odd.bib", "@book{a, title={Hot}, year={in press}, doi={none}, pmid={1234567; 1234568}}")
    (found,) = references(path)
    assert found.noted == (
        '"none" is no DOI; left out',
        '"1234567; 1234568" is no PubMed id; left out',
        '"in press" is no date; left out',
    )


def test_formulas_become_letters_and_prices_stay_prices(tmp_path: Path) -> None:
    titles = {
        r"$\beta$-waves, p$<$0.01, H$_2$O and 10$^{-3}$": "β-waves, p<0.01, H2O and 10^-3",
        "A bath at $5 or at $10": "A bath at $5 or at $10",
        r"A bath at \$5, one at US$4": "A bath at $5, one at US$4",
    }
    text = "\n".join(f"@misc{{k{n}, title = {{{title}}}}}" for n, title in enumerate(titles))
    assert [found.title for found in references(write(tmp_path, "m.bib", text))] == list(titles.values())


def test_a_part_has_what_its_crossref_says_and_an_address_in_howpublished_is_no_journal(tmp_path: Path) -> None:
    text = (
        "@inproceedings{p, title={Part}, author={Ek, Bo}, crossref={W}, pages={1--2}}\n"
        "@proceedings{w, title={Whole}, year=1999, doi={10.5555/w}, editor={Om, Al}}\n"
        r"@misc{u, title={Page}, howpublished={Seen at \url{https://bath.example/a_1}}, year=2000}"
    )
    part, whole, page = references(write(tmp_path, "x.bib", text))
    assert (part.title, part.container, part.date, part.doi) == ("Part", "Whole", "1999", "")
    assert whole.title == "Whole"
    assert (page.url, page.container) == ("https://bath.example/a_1", "")


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Decade report 2011", "2011"),
        ("Marketing 2011", "2011"),
        ("Mayfair 2011", "2011"),
        ("3. März 2011", "2011-03-03"),
        ("2011 décembre 5", "2011-12-05"),
        ("9 de março de 2011", "2011-03-09"),
    ],
)
def test_a_month_is_a_whole_word_in_any_of_the_languages(printed: str, meant: str) -> None:
    assert date(printed) == meant


def test_nan_in_a_csl_file_is_no_value_and_escaped_markup_is_no_title(tmp_path: Path) -> None:
    text = '[{"type":"book","title":"Hot &lt;i&gt;baths&lt;/i&gt; &lt; 5 min","volume":NaN}]'
    (found,) = references(write(tmp_path, "one.json", text))
    assert (found.title, found.volume) == ("Hot baths < 5 min", "")


def test_two_identifiers_of_one_kind_in_a_list_are_not_one_publication(tmp_path: Path) -> None:
    table = tmp_path / "t.json"
    table.write_text('[{"c": "Saunas warm", "s": [{"doi": "10.5555/a"}, {"doi": "10.5555/b"}]}]')
    found = mapped(tmp_path, table, "mapping-file: 1\nclaim: c\nsource: {doi: s.doi}\n")
    assert [row.source.doi for row in found.mapped if row.source] == [("10.5555/a",)]
    assert "names more than one publication" in " ".join(str(problem) for problem in found.problems)


def test_records_below_two_keys_are_rows_and_joined_claims_are_said(tmp_path: Path) -> None:
    table = tmp_path / "t.json"
    table.write_text('{"data": {"hits": [{"c": "Saunas warm"}, {"c": ["Saunas tire", "Saunas calm"]}], "total": 2}}')
    found = mapped(tmp_path, table, "mapping-file: 1\nclaim: c\n")
    assert [row.claim.text for row in found.mapped] == ["Saunas warm", "Saunas tire, Saunas calm"]
    assert "is joined of 2 values" in " ".join(str(problem) for problem in found.problems)


def test_the_header_below_merged_headings_is_found_and_other_sheets_are_named(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (
        ["Study", "", "Outcome", ""],
        ["Claim", "Rating", "Who", "When"],
        ["Saunas warm", "true", "Al", "2011"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")
    book.create_sheet("Annex").append(["Notes"])
    book.save(tmp_path / "t.xlsx")
    text = tables.propose(tmp_path / "t.xlsx")
    assert "header: 2" in text
    assert "claim: Claim" in text
    assert text.startswith("# only the first sheet is read; not Annex")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', "XML of <TEI>, which kg does not read"),
        ("m.rdf", '<m:mods xmlns:m="http://www.loc.gov/mods/v3"><m:titleInfo/></m:mods>', "XML of <m:mods>"),
        ("a.xml", "<a><b>", "XML of <a>"),
        ("h.rdf", '<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>', "an HTML page; name it .html"),
    ],
)
def test_foreign_xml_is_not_taken_for_rdf(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=re.escape(said)):
        rdf.read(write(tmp_path, name, text))


def test_json_ld_leaves_nothing_out_for_an_iri_that_is_not_legal(tmp_path: Path) -> None:
    text = '{"@id": "https://a.example/a b", "https://a.example/of": {"@id": "https://a.example/<c>"}}'
    reading = rdf.read(write(tmp_path, "a.jsonld", text))
    assert [str(term) for quad in reading.quads for term in quad.triple] == [
        "<https://a.example/a%20b>",
        "<https://a.example/of>",
        "<https://a.example/%3Cc%3E>",
    ]
    assert "2 IRIs were not legal" in reading.problems[0].message


def test_the_order_in_which_files_are_named_makes_no_difference_to_their_ids(tmp_path: Path) -> None:
    for name, title in (("a.ris", "Warm rooms"), ("b.ris", "Cold rooms")):
        write(tmp_path, name, f"TY  - CPAPER\nTI  - {title}\nDO  - 10.5555/rooms\nER  - \n")
    found = []
    for order in ("ab", "ba"):
        graph = kg.open(tmp_path / f"store-{order}")
        graph.load(*(tmp_path / f"{letter}.ris" for letter in order))
        found.append(sorted(map(tuple, graph.query("SELECT ?s ?t { ?s dcterms:title ?t }"))))
    assert len(found[0]) == 2
    assert found[0] == found[1]


def test_half_a_character_in_a_claim_file_is_refused_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "c.yaml", 'claim-file: 1\nclaims:\n  c: {text: "a\\uD800b", kind: efficacy}\n')
    with pytest.raises(UnreadableError, match=r"c.yaml:3:13: a text has half a character"):
        kg.open().load(path)


def test_two_dois_in_one_field_are_said(tmp_path: Path) -> None:
    (found,) = references(write(tmp_path, "d.ris", "TY  - BOOK\nTI  - Hot\nDO  - 10.5555/a; 10.5555/b\nER  - \n"))
    assert found.doi == "10.5555/a"
    assert found.noted == ('"10.5555/a; 10.5555/b" names more than one publication; the first is taken',)


def test_rows_with_one_doi_and_two_titles_are_said(tmp_path: Path) -> None:
    table = (
        "c,t,d\nBaths warm,First talk,10.5555/t\nBaths cool,Second talk,10.5555/t\nBaths heal,FIRST talk,10.5555/t\n"
    )
    path = tmp_path / "talks.csv"
    path.write_text(table)
    mapping = tmp_path / "m.yaml"
    mapping.write_text("mapping-file: 1\nclaim: c\nstance: {text: affirms}\nsource: {title: t, doi: d}\n")
    graph = kg.open()
    said = [str(problem) for problem in graph.load(path, mapping=mapping).warnings]
    assert sum("has the identifier of" in sentence for sentence in said) == 1
    assert '"Second talk" has the identifier of "First talk"' in " ".join(said)
