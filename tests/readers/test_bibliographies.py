"""Bibliographies: seven formats meet in one record, join by their identifiers, and are never half loaded."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

import kg
from kg.errors import DataError, UnreadableError
from kg.model.identifiers import cochrane, doi, pmcid, pmid, registrations, stated
from kg.model.ids import doi_id
from kg.model.phrases import authors, printed
from kg.readers import bibliographies
from kg.readers.bibliographies import references
from kg.readers.bibliographies.reference import Reference, address, author, date, language
from tests.support.publication import FORMS, JATS, NBIB, PUBMED, RIS, write


def rows(graph: kg.KnowledgeGraph, query: str) -> list[tuple[str, ...]]:
    """Return rows as texts; an IRI by what stands after its last / or #."""
    found = graph.store.select(query)
    return sorted(tuple(term.value.rpartition("/")[2].rpartition("#")[2] for term in row.values()) for row in found)


@pytest.mark.parametrize("name", FORMS)
def test_every_format_says_the_same_of_one_publication(name: str, tmp_path: Path) -> None:
    found = next(references(write(tmp_path, name, FORMS[name])))
    assert found.title == "Massage for low-back pain"
    assert found.authors == ("Furlan AD", "Imamura M")
    assert found.container == "Cochrane Database Syst Rev"
    assert (found.date, found.language) == ("2008-10-08", "en")
    assert (found.doi, found.pmid) == ("10.1002/14651858.CD001929.pub2", "18843627")
    assert found.short_id == "cd001929-pub2"
    assert found.line == {"a.pubmed.xml": 3, "a.bib": 3, "a.json": 2, "a.csl": 2}.get(name, 1)


@pytest.mark.parametrize("name", FORMS)
def test_every_format_loads_without_a_violation(name: str, tmp_path: Path) -> None:
    report = kg.open().validate(write(tmp_path / "d", name, FORMS[name]))
    assert [str(problem) for problem in report.problems if problem.severity == "violation"] == []


def test_what_became_of_a_publication_and_which_trial_it_reports_is_stated(tmp_path: Path) -> None:
    for name in ("a.nbib", "a.pubmed.xml"):
        graph = kg.open()
        graph.load(write(tmp_path / "d", name, FORMS[name]))
        assert rows(graph, "SELECT ?x { ?s hc:sourceStatus ?x }") == [("Retracted",)]
        assert rows(graph, "SELECT ?s ?x ?n { ?s hc:reports ?x . ?x hc:registration ?n }") == [
            ("cd001929-pub2", "nct00371384", "NCT00371384")
        ]
    assert rows(graph, "SELECT ?x { ?s hc:design ?x }") == [("RandomisedTrial",)]
    assert rows(graph, "SELECT ?s ?x { ?s hc:cites ?x }") == [("cd001929-pub2", "pmid-21727288")]


def test_a_reference_list_becomes_sources_and_an_abstract_registers_only_its_own_trial(tmp_path: Path) -> None:
    graph = kg.open()
    graph.load(write(tmp_path / "d", "a.nxml", JATS))
    assert rows(graph, "SELECT ?t ?y { ?s hc:cites ?x . ?x dcterms:title ?t OPTIONAL { ?x dcterms:date ?y } }") == [
        ("Somebody: an entry in words",),
        ("Two types", "2011"),
    ]
    assert rows(graph, "SELECT ?n { ?s hc:registration ?n }") == [("ISRCTN65814467",)]


def test_versions_of_a_review_are_kept_apart_and_linked(tmp_path: Path) -> None:
    graph = kg.open()
    graph.load(write(tmp_path / "d", "a.ris", RIS))
    assert rows(graph, "SELECT ?new ?old { ?new hc:supersedes ?old }") == [("cd001929-pub3", "cd001929-pub2")]


def test_versions_in_two_files_are_linked_and_what_is_stated_is_not_derived_again(tmp_path: Path) -> None:
    first, second = RIS.split("TY  - JOUR\n")[1:]
    graph = kg.open()
    graph.load(write(tmp_path / "one", "a.ris", f"TY  - JOUR\n{first}"))
    graph.load(write(tmp_path / "two", "b.ris", f"TY  - JOUR\n{second}"))
    derived = "SELECT ?new ?old { GRAPH graph:derived { ?new hc:supersedes ?old } }"
    assert rows(graph, derived) == [("cd001929-pub3", "cd001929-pub2")]
    copy = write(tmp_path / "three", "c.ris", f"TY  - JOUR\n{first}")
    graph.load(copy)
    assert len(rows(graph, derived)) == 2
    graph.drop("c.ris")
    graph.load(write(tmp_path / "one", "a.ris", RIS), write(tmp_path / "two", "b.ris", RIS))
    assert rows(graph, derived) == []


SAID = """@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/health-claims/id/reviews/> .
:helps a hc:Claim ; hc:text "Massage helps"@en ; hc:kind hc:Efficacy .
:furlan a hc:Agent ; hc:name "Furlan"@en ; hc:agentKind hc:Person .
:second a hc:Study ; rdfs:label "version 2"@en ; hc:design hc:SystematicReview .
:third a hc:Study ; rdfs:label "version 3"@en ; hc:design hc:SystematicReview .
:cd001929-pub2 hc:reports :second . :cd001929-pub3 hc:reports :third .
:old a hc:Assertion ; hc:asserts :helps ; hc:stance hc:Affirms ; hc:agent :furlan ; hc:source :cd001929-pub2 ;
  hc:evidenceKind hc:SystematicReview ; hc:tracedTo :second ; hc:date "2008"^^xsd:gYear .
:new a hc:Assertion ; hc:asserts :helps ; hc:stance hc:STANCE ; hc:agent :furlan ; hc:source :cd001929-pub3 ;
  hc:evidenceKind hc:SystematicReview ; hc:tracedTo :third ; hc:date "2015"^^xsd:gYear .
"""


@pytest.mark.parametrize(("stance", "expected"), [("Affirms", (0.8, 0.0)), ("Doubts", (0.0, 0.8))])
def test_versions_of_one_review_keep_their_stances_with_dates_and_are_not_independent_evidence(
    stance: str, expected: tuple[float, float], tmp_path: Path
) -> None:
    graph = kg.open()
    said = write(tmp_path / "reviews", "said.ttl", SAID.replace("STANCE", stance))
    graph.load(write(tmp_path / "reviews", "versions.ris", RIS), said)
    standing = graph.standing("helps")[0]
    assert (standing.strength_for, standing.strength_doubt) == expected
    assert {(weighed.line.name[-3:], weighed.line.excluded_because) for weighed in standing.lines} == {
        ("old", "superseded"),
        ("new", ""),
    }
    shown = graph.show("helps")
    assert "when: 2008" in shown
    assert "when: 2015" in shown


def test_sources_of_different_datasets_join_by_any_identifier_and_nothing_is_merged(tmp_path: Path) -> None:
    graph = kg.open()
    graph.load(write(tmp_path / "one", "a.nbib", NBIB), write(tmp_path / "two", "a.ris", RIS))
    bare = "TY  - JOUR\nTI  - Otherwise called\nAN  - PMID: 18843627\nER  - \n"
    upper = "TY  - JOUR\nTI  - Shouted\nDO  - 10.1002/14651858.cd001929.PUB2\nAN  - PMID: 7\nER  - \n"
    graph.load(write(tmp_path / "three", "a.ris", bare), write(tmp_path / "four", "a.ris", upper))
    joined = graph.store.select("SELECT ?a ?b { ?a hc:sameSourceAs ?b }")
    found = sorted(tuple(row[name].value.split("/id/")[1] for name in "ab") for row in joined)
    assert found == [
        ("one/cd001929-pub2", "four/cd001929-pub2"),
        ("three/pmid-18843627", "one/cd001929-pub2"),
        ("two/cd001929-pub2", "four/cd001929-pub2"),
        ("two/cd001929-pub2", "one/cd001929-pub2"),
    ]
    titles = "SELECT ?t { <https://w3id.org/health-claims/id/three/pmid-18843627> dcterms:title ?t }"
    assert rows(graph, titles) == [("Otherwise called",)]


def test_studies_join_by_their_registration(tmp_path: Path) -> None:
    graph = kg.open()
    graph.load(write(tmp_path / "one", "a.nbib", NBIB), write(tmp_path / "two", "a.pubmed.xml", PUBMED))
    (row,) = graph.store.select("SELECT ?a ?b { ?a hc:sameStudyAs ?b }")
    assert [row[name].value.split("/id/")[1] for name in "ab"] == ["two/nct00371384", "one/nct00371384"]


def test_the_four_forms_of_a_library_agree_but_for_what_each_form_cannot_say(shared: Path) -> None:
    folder = shared / "data" / "biblio" / "reflib-blue-light"
    found = {form: list(references(folder / f"blue-light.{form}")) for form in ("json", "xml", "ris", "nbib")}
    assert {form: len(records) for form, records in found.items()} == {"json": 102, "xml": 102, "ris": 102, "nbib": 80}
    assert [record.said for record in found["ris"]] == [record.said for record in found["xml"]]
    # reflib's JSON keeps neither language nor accession number.
    bare = [record._replace(language="", pmid="").said for record in found["ris"]]
    assert bare == [record.said for record in found["json"]]
    # The nbib file is of 80 of the records: those that the library has from PubMed in that form.
    by_pmid = {record.pmid: record for record in found["ris"]}
    differing = Counter(
        name
        for record in found["nbib"]
        for name in Reference._fields
        if name != "line" and getattr(record, name) != getattr(by_pmid[record.pmid], name)
    )
    assert differing == {
        "container": 79,  # in full, where EndNote has the abbreviation
        "kind": 48,  # by MEDLINE's publication types, where RIS has JOUR for all
        "design": 15,  # by the same
        "rights": 15,  # EndNote drops copyright lines
        "pages": 1,  # "CD007917", which EndNote made "Cd007917"
        "authors": 1,  # a group, which EndNote dropped
    }


def test_reference_lists_of_real_articles_join_to_the_sources_of_the_massage_dataset(shared: Path) -> None:
    articles = sorted((shared / "data" / "seed-kit").glob("*.nxml"))
    graph = kg.open()
    graph.load(Path(__file__).parents[2] / "data" / "massage-low-back-pain", *articles)
    assert graph.validate().number_of("violation") == 0
    query = (
        "SELECT DISTINCT ?other { ?paper hc:cites/hc:sameSourceAs ?other FILTER(CONTAINS(STR(?other), '/massage-')) }"
    )
    cited = {row[0] for row in rows(graph, query)}
    assert cited == {
        "cherkin-2001", "kalauokalani-2001", "furlan-2009", "preyde-2000", "furlan-2002", "cherkin-2003",
        "hernandez-reif-2001",
    }  # fmt: skip
    same = "SELECT DISTINCT ?other { ?paper hc:sameSourceAs ?other ; hc:cites ?any }"
    assert {"majchrzycki-2014", "sherman-2009", "thiese-2013", "cui-2016"} <= {row[0] for row in rows(graph, same)}
    assert rows(graph, "SELECT ?other { ?study hc:sameStudyAs ?other }") == [("trial-401",)]
    identifiers = "{ ?s prism:doi ?id } UNION { ?s fabio:hasPubMedId ?id } UNION { ?s fabio:hasPubMedCentralId ?id }"
    shared_by = f"SELECT (STR(?s) AS ?n) (LCASE(?id) AS ?key) {{ {identifiers} }}"
    sharing: dict[str, set[str]] = {}
    for row in graph.store.select(shared_by):
        sharing.setdefault(row["key"].value, set()).add(row["n"].value)
    links = {(r["a"].value, r["b"].value) for r in graph.store.select("SELECT ?a ?b { ?a hc:sameSourceAs ?b }")}
    named = {(r["s"].value, r["d"].value.lower()) for r in graph.store.select("SELECT ?s ?d { ?s prism:doi ?d }")}
    dois = dict(named)
    pairs = {(node, min(nodes)) for nodes in sharing.values() for node in nodes - {min(nodes)}}
    assert links == {(a, b) for a, b in pairs if a not in dois or b not in dois or dois[a] == dois[b]}


@pytest.mark.parametrize(
    "name", ["rispy/example_full.ris", "rispy/example_wos.ris", "rispy/example_extraneous_data.ris",
             "rispy/example_starting_newlines.ris", "rispy/example_bom.ris", "nbib/single.nbib", "nbib/pmc_medlars.txt",
             "biopython/pubmed_result2.txt", "biopython/pubmed1.xml", "biopython/pubmed2.xml", "biopython/pubmed4.xml"],
)  # fmt: skip
def test_real_samples_load_without_a_violation(name: str, shared: Path) -> None:
    graph = kg.open()
    assert graph.load(shared / "data" / "biblio" / name).entries[0].triples
    assert graph.validate().number_of("violation") == 0


def test_a_packed_file_is_read_as_what_is_in_it(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pubmed.xml.gz", gzip.compress(PUBMED.encode()))
    assert kg.open().load(path).entries[0].triples > 10


def test_a_big_file_is_read_as_a_stream_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.ris", RIS)
    held = bibliographies.read(path)
    monkeypatch.setattr(bibliographies, "HELD", 0)
    streamed = bibliographies.read(path)
    assert not isinstance(streamed.quads, tuple)
    assert set(streamed.quads) == set(streamed.quads) == set(held.quads)
    assert kg.open().load(path).entries[0].triples == len(set(held.quads))
    write(tmp_path, "a.ris", RIS[:-20])
    graph = kg.open()
    with pytest.raises(UnreadableError):
        graph.load(path)
    assert graph.store.graphs() == ()
    write(tmp_path, "a.ris", RIS + "TY  - JOUR\nER  - \n")
    with pytest.raises(DataError):
        graph.load(path)
    assert graph.store.graphs() == ()


def test_records_with_one_identifier_that_say_different_things_are_both_kept(tmp_path: Path) -> None:
    one = "TY  - JOUR\nTI  - Tea\nPY  - 2001\nDO  - 10.1000/tea\nER  - \n"
    path = write(tmp_path / "d", "a.ris", one + one + one.replace("2001", "2002"))
    graph = kg.open()
    warnings = [str(problem) for problem in graph.load(path).warnings]
    assert rows(graph, "SELECT ?s ?y { ?s dcterms:date ?y }") == [
        ("doi-10-1000-tea", "2001"),
        ("doi-10-1000-tea-record-2", "2002"),
    ]
    assert warnings == [
        f"{path}:6: this record repeats the one on line 1; it is read once",
        f"{path}:11: this record goes by the same identifier as the one on line 1 and says otherwise; "
        "both are kept, see kg sources duplicates",
    ]


def test_the_same_file_gives_the_same_quads_in_the_same_order(tmp_path: Path) -> None:
    path = write(tmp_path, "a.nxml", JATS)
    assert bibliographies.read(path).quads == bibliographies.read(path).quads
    other = shutil.copy(path, tmp_path / "b.nxml")
    assert [quad.triple for quad in bibliographies.read(Path(other)).quads] == [
        quad.triple for quad in bibliographies.read(path).quads
    ]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("2011", "2011"), ("2011 Jul", "2011-07"), ("2011 Jul 5", "2011-07-05"), ("5 July 2011", "2011-07-05"),
     ("2011/07//", "2011-07"), ("2011-07-05T00:00", "2011-07-05"), ("20110705", "2011-07-05"), ("2011//", "2011"),
     ("2011 Jul-Aug", "2011"), ("2011 Dec 28-2012 Jan 3", "2011"), ("2011 Spring", "2011"), ("2011 Feb 30", "2011-02"),
     ("2011 13", "2011"), ("in press", ""), ("", "")],
)  # fmt: skip
def test_a_date_has_the_precision_that_is_printed(printed: str, meant: str) -> None:
    assert date(printed) == meant


def test_identifiers_come_in_one_spelling() -> None:
    assert doi("https://doi.org/10.1016/0005-2795(76)90109-4).") == "10.1016/0005-2795(76)90109-4"
    assert doi("10.1118/1.4748329 [doi]") == "10.1118/1.4748329"
    assert doi("none") == ""
    assert (pmid("PMID: 00123"), pmid("0"), pmid("L20123")) == ("123", "", "")
    assert (pmcid("2774684"), pmcid("PMC8734598.2"), pmcid("none")) == ("PMC2774684", "PMC8734598", "")
    assert registrations("ISRCTN 65814467, nct00371384") == ("ISRCTN65814467", "NCT00371384")
    assert stated("We cite NCT00371384." + " " * 200 + "Registered as NCT01973010.") == ("NCT01973010",)
    assert cochrane("10.1002/14651858.CD001929") == ("CD001929", 1)
    assert cochrane("10.1002/14651858.CD001929.pub10") == ("CD001929", 10)
    assert cochrane("10.1002/14651858") is None


def test_two_identifiers_never_have_one_short_id() -> None:
    written = ["10.1000/a.b", "10.1000/a-b", "10.1000/a/b", "10.1000/a(b)", "10.1000/a_b", "10.1000/ab"]
    assert len({doi_id(name) for name in written}) == len(written)
    assert doi_id("10.7326/M16") == doi_id("10.7326/m16") == "doi-10-7326-m16"


def test_names_languages_and_addresses_are_brought_to_one_form() -> None:
    assert [author(name) for name in ("Cherkin, Daniel C.", "Cherkin DC", "Sartre, J.-P.", "King, M. L., Jr.")] == [
        "Cherkin DC", "Cherkin DC", "Sartre JP", "King ML Jr",
    ]  # fmt: skip
    assert [language(name) for name in ("eng", "English", "en-GB", "Klingon", "")] == ["en", "en", "en-GB", "", ""]
    written = address("https://example.org/ä?b=<c>")
    assert written == "https://example.org/%C3%A4?b=%3Cc%3E"
    assert address("javascript:alert(1)") == ""


def test_latex_becomes_letters_and_a_title_that_says_so_is_retracted(tmp_path: Path) -> None:
    text = r"@misc{a, title = {RETRACTED: {\"U}ber Tee}, author = {Karl M{\"u}ller and others}, pages = {1--9}}"
    found, again = references(write(tmp_path, "a.bib", f"{text}\n{text}"))
    assert found.said == again.said
    assert (found.title, found.authors, found.status) == ("RETRACTED: Über Tee", ("Müller K", "et al"), "retracted")
    assert found.pages == "1-9"


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Retracted: Tea and sleep", "retracted"),
        ("RETRACTED ARTICLE: Tea and sleep", "retracted"),
        ("[Retracted] Tea and sleep", "retracted"),
        ("Retracted publications in medicine: a survey", ""),
    ],
)
def test_a_title_about_retractions_is_no_retraction(title: str, status: str, tmp_path: Path) -> None:
    (found,) = references(write(tmp_path, "a.ris", f"TY  - JOUR\nTI  - {title}\nER  -\n"))
    assert found.status == status


def _joined(tmp_path: Path, *records: str) -> int:
    """Return how many links of one source to another there are among records of RIS, each in a folder of its own."""
    graph = kg.open()
    for number, record in enumerate(records):
        folder = tmp_path / f"list-{number}"
        folder.mkdir()
        (folder / "list.ris").write_text(f"TY  - JOUR\n{record}\nER  - \n", encoding="utf-8")
        graph.load(folder / "list.ris")
    return len(graph.store.select("SELECT ?a ?b { ?a hc:sameSourceAs ?b }"))


def test_a_doi_that_two_titles_share_does_not_make_them_one_source(tmp_path: Path) -> None:
    first = "TI  - Foot baths before bed\nDO  - 10.9999/proceedings"
    assert _joined(tmp_path, first, "TI  - Warm socks in winter\nDO  - 10.9999/proceedings") == 0


def test_two_dois_are_two_sources_whatever_else_they_share(tmp_path: Path) -> None:
    pubmed = "\nDB  - PubMed\nAN  - 12345678"
    title = "TI  - Foot baths before bed\nDO  - 10.9999/fb."
    assert _joined(tmp_path, f"{title}1{pubmed}", f"{title}2{pubmed}") == 0


def test_a_doi_in_an_address_or_as_type_of_work_is_known(tmp_path: Path) -> None:
    title = "TI  - Foot baths before bed"
    assert (
        _joined(tmp_path, f"{title}\nUR  - https://doi.org/10.9999/fb.1", f"{title}: a trial\nM3  - 10.9999/fb.1") == 1
    )


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("2004/11//11/1/2004", "2004-11"),
        ("2005/02//2/1/2005", "2005-02"),
        ("2005/07//July/August 2005", "2005"),
        ("2005/07//Jul/Aug2005", "2005"),
        ("2005///Spring2005", "2005"),
        ("2005/07/09/", "2005-07-09"),
        ("05/07/2011", "2011"),
        ("15/07/2011", "2011-07-15"),
        ("07/15/2011", "2011-07-15"),
        ("5.7.2011", "2011-07-05"),
        ("07/2011", "2011-07"),
        ("2011-07/2011-09", "2011"),
        ("2011-2012", "2011"),
        ("2011 Jul 5-7", "2011-07"),
        ("2011 05/07", "2011"),
    ],
)
def test_no_day_is_invented(printed: str, meant: str) -> None:
    assert date(printed) == meant


def test_signs_that_tex_reads_otherwise_cut_no_field(tmp_path: Path) -> None:
    entry = r"""@article{a, title = {50% of <b patients & more \unknown{respond} at 5\% p<0.05, Caf\'e #1},
      author = {M{\"u}ller, A. AND Doe, B.}, journal = {Pain % Care}, year = 2010,
      url = {https://e.example/a%20b~c_d--e}, doi = {10.1000/a<1::B\_C>2_d} }"""
    (tmp_path / "a.bib").write_text(entry, encoding="utf-8")
    (found,) = references(tmp_path / "a.bib")
    assert found.title == "50% of <b patients & more respond at 5% p<0.05, Café #1"
    assert found.authors == ("Müller A", "Doe B")
    assert found.container == "Pain % Care"
    assert found.url == "https://e.example/a%20b~c_d--e"
    assert found.doi == "10.1000/a<1::B_C>2_d"


def _titles(path: Path, text: str) -> list[tuple[str, tuple[str, ...]]]:
    path.write_text(text, encoding="utf-8")
    return [(found.title, found.authors) for found in references(path)]


def test_what_a_database_adds_after_a_record_is_no_record(tmp_path: Path) -> None:
    record = "TY  - JOUR\nTI  - {}\nER  - \n"
    text = record.format("One") + "\nC1  - Database: Embase\n1 foot bath*.tw.\n\n2.\n" + record.format("Two")
    assert _titles(tmp_path / "a.ris", text) == [("One", ()), ("Two", ())]


def test_a_later_record_without_its_beginning_is_refused(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - One\nER  - \nTI  - Two\nER  - \n"
    with pytest.raises(UnreadableError, match=r"4.*the tag TI stands outside a record"):
        _titles(tmp_path / "a.ris", text)


def test_a_tag_without_a_space_after_it_loses_no_letter(tmp_path: Path) -> None:
    text = "TY  -JOUR\nTI  -One foot bath a day\nAU  -Osei, A.\nER  -\n"
    assert _titles(tmp_path / "a.ris", text) == [("One foot bath a day", ("Osei A",))]


def test_records_of_eric_need_no_last_tag(tmp_path: Path) -> None:
    text = "OWN - ERIC\nTI  - One manual.\nAU  - Osei, A.\n\nOWN - ERIC\nTI  - Another manual.\nAU  - Lund, Bo\n"
    assert _titles(tmp_path / "a.nbib", text) == [("One manual", ("Osei A",)), ("Another manual", ("Lund B",))]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("{World Health Organization}", "World Health Organization"),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc."),
        ("{Del Hoyo}, Josep", "Del Hoyo J"),
        ("A. {Delgado de Molina}", "Delgado de Molina A"),
        ("Jan van der Berg", "van der Berg J"),
        ("de la Cruz, Jr., Ana", "de la Cruz A Jr"),
        ("Jane B. Doe", "Doe JB"),
    ],
)
def test_names_of_bibtex_are_read_as_bibtex_reads_them(tmp_path: Path, printed: str, meant: str) -> None:
    (tmp_path / "a.bib").write_text(f"@article{{a, title = {{One}}, author = {{Lund, B. AND {printed}}} }}", "utf-8")
    (found,) = references(tmp_path / "a.bib")
    assert found.authors == ("Lund B", meant)


ODD_BIBTEX = r"""
@comment{ @misc{old, title = {Left out} } and {more} }
@String{tn = "Tea Notes"} @string(mill = {Millpond})
@preamble{ "\newcommand{\x}{}" }
@article(first, title = "Green " # {tea} # " at night", journal = tn # ": Letters", publisher = mill # " Press",
  year = 2014, month = feb, note = {one}, note = {two})
@article{second, author = {{Barnes and Noble, Inc.} AND Mia {van Loon} and de la Cruz, Jr., Ana},
  title = {Mint {\&} sleep}
  year = 2010
  doi = {10.9999/mint.1} , }
@misc{third, title = {Ends \{in\} a brace \} here}, howpublished = {Millpond Papers}, note = "doi: 10.9999/third" }
@misc{fourth, howpublished = {\url{https://mill.example/a_b}}, title = "A ""-less title" }
"""


def test_bibtex_is_read_as_people_write_it(tmp_path: Path) -> None:
    text = ODD_BIBTEX.replace('"A ""-less title"', '"A {"}quoted{"} title"').replace(
        r"{\url{https://mill.example/a_b}}", '"x"'
    )
    first, second, third, fourth = references(write(tmp_path, "a.bib", text))
    assert (first.title, first.container, first.publisher) == (
        "Green tea at night",
        "Tea Notes: Letters",
        "Millpond Press",
    )
    assert (first.date, second.date, second.doi) == ("2014-02", "2010", "10.9999/mint.1")
    assert (second.title, second.authors) == (
        "Mint & sleep",
        ("Barnes and Noble, Inc.", "van Loon M", "de la Cruz A Jr"),
    )
    assert (third.title, third.container, third.doi) == ("Ends {in} a brace } here", "Millpond Papers", "10.9999/third")
    assert fourth.title == 'A "quoted" title'


@pytest.mark.parametrize(
    "text",
    ["@article{a, title = {Open, year = 2010 }", '@article{a, title = "Open, year = 2010 }', "@article{a, title {x} }"],
)
def test_bibtex_that_does_not_close_is_refused_with_the_line_of_its_entry(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableError, match=r"a\.bib:3: this entry is broken or cut"):
        list(references(write(tmp_path, "a.bib", f"\n@misc{{b, title = {{One}} }}\n{text}\n")))


def test_an_at_sign_in_a_text_begins_no_entry(tmp_path: Path) -> None:
    (found,) = references(
        write(tmp_path, "a.bib", "mail mia@tea.example for\n@misc{a, title = {Write to @book{x} now} }")
    )
    assert found.title == "Write to @bookx now"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (("Osei A", "van der Berg J", "Sleep Group"), "Osei A, van der Berg J, Sleep Group"),
        (("Sleep Group", "Tea Board"), "Sleep Group; Tea Board"),
        (("Barnes and Noble, Inc.", "Osei A"), "Barnes and Noble, Inc.; Osei A"),
        (("Barnes and Noble, Inc.",), "Barnes and Noble, Inc."),
        (("Osei A", "et al"), "Osei A, et al"),
    ],
)
def test_a_list_of_authors_is_told_apart_again(names: tuple[str, ...], text: str) -> None:
    assert printed(names) == text
    assert tuple(map(str, authors(text)[0])) == tuple(name for name in names if name != "et al")


@pytest.mark.parametrize("form", ["ris", "bib", "json"])
def test_the_mark_up_that_publishers_print_in_titles_is_decoded(tmp_path: Path, form: str) -> None:
    title = "Tea <i>in vivo</i> &amp; H<sub>2</sub>O: p < 0.05, a<b"
    text = {
        "ris": f"TY  - JOUR\nTI  - {title}\nER  - \n",
        "bib": f"@article{{a, title = {{{title}}} }}",
        "json": json.dumps([{"title": [title], "issued": None, "author": [{"name": "Tea Board"}, {"family": "Osei"}]}]),
    }[form]
    (found,) = references(write(tmp_path, f"a.{form}", text))
    assert found.title == "Tea in vivo & H2O: p < 0.05, a<b"
    if form == "json":
        assert found.authors == ("Tea Board", "Osei")


@pytest.mark.parametrize(
    ("note", "doi"),
    [
        ("doi: 10.9999/a.1", "10.9999/a.1"),
        ("Reprint. DOI 10.9999/a.1.", "10.9999/a.1"),
        ("see also Osei, 10.9999/a.1", ""),
    ],
)
def test_the_doi_that_a_note_states_is_that_of_the_record(tmp_path: Path, note: str, doi: str) -> None:
    items = json.dumps([{"title": "One", "issued": None, "note": note}])
    for name, text in (("a.json", items), ("a.bib", f"@misc{{a, title = {{One}}, note = {{{note}}} }}")):
        (found,) = references(write(tmp_path, name, text))
        assert found.doi == doi, name


REFER = """%0 Journal Article
%A Osei, Ama
%A Tea Board,
%T Mint tea before
 bed
%J Tea Notes
%D 2014
%8 Feb 3
%P 1-9
%R 10.9999/mint.1

%0 Book
%T Warm milk
%D 2016"""


@pytest.mark.parametrize("name", ["list.enw", "list.ris", "list.txt"])
def test_the_export_of_endnote_in_the_tags_of_refer_is_read(tmp_path: Path, name: str) -> None:
    first, second = references(write(tmp_path, name, "\ufeff" + REFER))
    assert (first.title, first.authors, first.container) == (
        "Mint tea before bed",
        ("Osei A", "Tea Board"),
        "Tea Notes",
    )
    assert (first.date, first.pages, first.doi, first.kind) == (
        "2014-02-03",
        "1-9",
        "10.9999/mint.1",
        "journal article",
    )
    assert (second.title, second.kind, second.line) == ("Warm milk", "book", 12)


@pytest.mark.parametrize("text", [RIS, NBIB])
def test_a_text_file_is_told_by_how_it_begins(tmp_path: Path, text: str) -> None:
    with kg.open() as graph:
        graph.load(write(tmp_path, "list.txt", text))
        assert graph.sources


def test_a_folder_of_bibliographies_is_loaded_and_one_of_claim_files_leaves_them_out(tmp_path: Path) -> None:
    write(tmp_path, "a.ris", RIS)
    write(tmp_path, "b.txt", NBIB)
    write(tmp_path, "notes.txt", "Buy tea.")
    with kg.open() as graph:
        assert [Path(entry.path).name for entry in graph.load(tmp_path).entries] == ["a.ris", "b.txt"]
        write(tmp_path, "claims.yaml", "claim-file: 1\nclaims:\n  calms: {kind: efficacy, text: It calms.}\n")
        assert [Path(entry.path).name for entry in graph.load(tmp_path).entries] == ["claims.yaml"]


@pytest.mark.parametrize(("second", "joined"), [("Warm milk and sleep", False), ("Mint tea before bed: a trial", True)])
@pytest.mark.parametrize("at_once", [True, False])
def test_two_titles_under_one_doi_in_two_files_of_a_folder_are_two_sources(
    tmp_path: Path, second: str, joined: bool, at_once: bool
) -> None:
    files = [
        write(tmp_path, "a.ris", "TY  - CONF\nTI  - Mint tea before bed\nDO  - 10.9999/proc.1\nER  - \n"),
        write(tmp_path, "b.bib", f"@inproceedings{{b, title = {{{second}}}, doi = {{10.9999/proc.1}} }}"),
    ]
    with kg.open() as graph:
        for paths in [files] if at_once else [[file] for file in files]:
            warnings = graph.load(*paths).warnings
        assert [problem.rule for problem in warnings] == ["identifier-of-two-titles"]
        rows = graph.query("SELECT ?source ?title { ?source dcterms:title ?title ; prism:doi ?doi } ORDER BY ?title")
        assert {str(row["title"]) for row in rows} == {"Mint tea before bed", second}
        assert len({row["source"] for row in rows}) == 2
        assert bool(graph.query("ASK { ?source hc:sameSourceAs ?other }")) == joined
        before = graph.export(format="nt")
        graph.load(files[1])
        graph.load(files[0])
        assert graph.export(format="nt") == before


def test_one_title_in_two_files_of_a_folder_is_one_source(tmp_path: Path) -> None:
    for name, title in (("a.ris", "Mint tea before bed"), ("b.ris", "Mint Tea Before Bed.")):
        write(tmp_path, name, f"TY  - JOUR\nTI  - {title}\nDO  - 10.9999/mint.1\nER  - \n")
    with kg.open() as graph:
        assert graph.load(tmp_path).warnings == ()
        assert len(graph.sources) == 1
