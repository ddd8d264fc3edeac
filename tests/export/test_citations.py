"""Citations: sources as reference managers read them, and nothing that the data do not say."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg import readers
from kg.errors import UsageError
from kg.export.citations import bibtex, cite, csl, export_citations, ris
from kg.model.phrases import Name, authors
from kg.store.terms import IRI, Literal
from tests.support.samples import node, store_of


@pytest.fixture
def article(tmp_path):
    """The citation of a journal article with everything stated."""
    turtle = """
    :cherkin a hc:Source, fabio:JournalArticle ; dcterms:title "Massage & {pain}: 50 % of\\nit"@en ;
      dc:creator "Cherkin DC, De Vries G, et al." ; prism:publicationName "Ann Intern Med" ; prism:volume "155" ;
      prism:number "1" ; prism:pageRange "1\u20139" ; dcterms:date "2011-07-05"^^xsd:date ; prism:doi "10.7326/x_1" ;
      fabio:hasPubMedId "21727288" ; dcterms:language "en" ; hc:sourceStatus hc:Retracted .
    """
    return cite(store_of(tmp_path, turtle))[0]


def test_ris(article):
    assert ris(article).splitlines() == [
        "TY  - JOUR", "ID  - cherkin", "AU  - Cherkin, DC", "AU  - De Vries, G", "AU  - et al",
        "TI  - Massage & {pain}: 50 % of it",
        "JO  - Ann Intern Med", "VL  - 155", "IS  - 1", "SP  - 1", "EP  - 9", "PY  - 2011", "DA  - 2011/07/05",
        "DO  - 10.7326/x_1", "AN  - 21727288", "DB  - PubMed", "UR  - https://doi.org/10.7326/x_1", "LA  - en",
        "N1  - Retracted", "ER  - ",
    ]  # fmt: skip


def test_bibtex(article):
    assert bibtex(article).splitlines() == [
        "@article{cherkin,",
        "  author = {Cherkin, DC and De Vries, G and others},",
        r"  title = {{Massage \& \{pain\}: 50 \% of it}},",
        "  journal = {Ann Intern Med},",
        "  volume = {155},",
        "  number = {1},",
        "  pages = {1--9},",
        "  year = {2011},",
        "  month = jul,",
        "  day = {5},",
        "  doi = {10.7326/x_1},",
        "  pmid = {21727288},",
        "  url = {https://doi.org/10.7326/x_1},",
        "  langid = {en},",
        "  note = {Retracted}",
        "}",
    ]


def test_csl_json(article):
    found = csl(article)
    names = [{"family": "Cherkin", "given": "DC"}, {"family": "De Vries", "given": "G"}, {"literal": "et al"}]
    assert found["author"] == names
    assert found["issued"] == {"date-parts": [[2011, 7, 5]]}
    assert (found["type"], found["DOI"], found["page"]) == ("article-journal", "10.7326/x_1", "1\u20139")


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Hernandez-Reif M, Field T", (Name("Hernandez-Reif", "M"), Name("Field", "T"))),
        ("Smith JA Jr", (Name("Smith", "JA", "Jr"),)),
        ("O'Neil B", (Name("O'Neil", "B"),)),
        ("National Institute of Neurological Disorders and Stroke", None),
        ("Cherkin, D.C and associates", None),
        ("Furlan, Imamura, Dryden and Irvin", None),
        ("Mbeki A and Ruiz P", (Name("Mbeki", "A"), Name("Ruiz", "P"))),
        ("Mbeki A, Ruiz P & Osei K", (Name("Mbeki", "A"), Name("Ruiz", "P"), Name("Osei", "K"))),
        ("Mbeki A, Ruiz P, and Osei K", (Name("Mbeki", "A"), Name("Ruiz", "P"), Name("Osei", "K"))),
        ("Weiß K und Müller H", (Name("Weiß", "K"), Name("Müller", "H"))),
        ("Ramón y Cajal S", (Name("Ramón y Cajal", "S"),)),
        ("Royal College of Nurses and Midwives UK", None),
    ],
)
def test_names_are_told_apart_only_where_the_print_does_so(printed, names):
    assert authors(printed) == (names or (Name(printed),), False)


def test_a_source_of_which_little_is_known_says_only_that(tmp_path):
    found = cite(store_of(tmp_path, ":s a hc:Source ."))[0]
    assert ris(found) == "TY  - GEN\nID  - s\nTI  - s\nER  - \n"
    assert bibtex(found) == "@misc{s,\n  title = {{s}}\n}\n"
    assert csl(found) == {"id": "s", "type": "document", "title": "s"}


def test_a_field_cannot_end_its_record(tmp_path):
    hostile = Literal("x\r\nER  - \nTY  - JOUR } \\input{/etc/passwd} @book{y, ", language="en")
    turtle = f":s a hc:Source ; dcterms:title {hostile} ; schema:url <http://a.example/%7B> ; prism:doi {hostile} ."
    found = cite(store_of(tmp_path, turtle))[0]
    assert len(re.findall(r"^(?:TY|ER)  - ", ris(found), re.MULTILINE)) == 2
    text = bibtex(found)
    balance = re.sub(r"\\(?:textbackslash|textbrace(?:left|right))\{\}", "", text)
    assert balance.count("{") == balance.count("}") == 5
    assert r"\input" not in text


def test_two_sources_with_one_short_id_have_keys_of_their_own(tmp_path):
    found = cite(store_of(tmp_path, ":s a hc:Source . <https://elsewhere.example/other/s> a hc:Source ."))
    assert [each.key for each in found] == ["other-s", "id-s"]


def test_the_sources_asked_for_come_in_the_order_asked_for(tmp_path):
    store = store_of(tmp_path, ":a a hc:Source . :b a hc:Source . :c a hc:Source .")
    assert [each.key for each in cite(store, [node("c"), node("a")])] == ["c", "a"]


def test_all_sources_of_the_seed_are_exported_in_every_format(seed):
    records = export_citations(seed.store, "ris").decode()
    assert records.count("\r\nER  - \r\n") == 40
    assert not re.search(r"(?<!\r)\n", records)
    assert export_citations(seed.store, "bib").decode().count("\n@") == 39
    items = json.loads(export_citations(seed.store, "csl"))
    assert len({item["id"] for item in items}) == 40
    with pytest.raises(UsageError, match="ris, bib, csl"):
        export_citations(seed.store, "endnote")


def test_sources_that_are_one_publication_get_one_record_the_fullest(tmp_path):
    turtle = """
    :a a hc:Source ; prism:doi "10.1/x" .
    :b a hc:Source ; prism:doi "10.1/X" ; fabio:hasPubMedId "7" ; dcterms:title "Tea" ; dcterms:date "2011"^^xsd:gYear .
    :c a hc:Source ; fabio:hasPubMedId "7" ; dcterms:title "Tea" ; dcterms:date "2011"^^xsd:gYear ; prism:volume "2" .
    :d a hc:Source ; dcterms:title "Tea" .
    """
    same = ":b hc:sameSourceAs :a . :c hc:sameSourceAs :b ."
    store = store_of(tmp_path, turtle + same)
    keys = [item["id"] for item in json.loads(export_citations(store, "csl"))]
    assert keys == ["b", "d"]
    assert [each.key for each in cite(store)] == ["a", "b", "c", "d"]


def test_sources_exported_for_a_reference_manager_can_be_loaded_again(seed, tmp_path):
    for suffix in ("ris", "bib", "csl"):
        path = tmp_path / f"sources.{suffix}"
        path.write_bytes(export_citations(seed.store, suffix))
        assert [problem for problem in readers.read(path).problems if problem.severity == "violation"] == []


TEXTS = st.text(
    alphabet=st.sampled_from("abéßMΩ漢 -\u2013'`\"?!~^_#%&$\\\\{}<>@=,;:./()[]|*+0" + "\u00a0\u201c"),
    min_size=1,
    max_size=24,
)
WORDS = TEXTS.map(lambda text: f"M{text}".strip())
PLAIN = st.from_regex(r"[A-Z][a-z]{2,8}( [A-Z][a-z]{2,8})?|van der [A-Z][a-z]{2,6}|O'[A-Z][a-z]{2,5}", fullmatch=True)
PERSON = st.builds(
    lambda family, given, suffix: {"family": family, "given": given} | ({"suffix": suffix} if suffix else {}),
    PLAIN, st.from_regex(r"[A-Z]{1,3}|É", fullmatch=True), st.sampled_from(["", "", "Jr"]),
)  # fmt: skip
GROUP = st.sampled_from(
    ["World Health Organization", "Sleep and Rest Group", "Barnes and Noble, Inc.", "WHO", "Study Group A", "et al"]
).map(lambda name: {"literal": name})
ITEM = st.fixed_dictionaries(
    {
        "title": WORDS,
        "type": st.sampled_from(["article-journal", "book", "chapter", "paper-conference", "thesis", "report"]),
    },
    optional={
        "author": st.lists(PERSON | GROUP, min_size=1, max_size=4, unique_by=str),
        "container-title": WORDS,
        "issued": st.sampled_from(
            [{"date-parts": [[2011]]}, {"date-parts": [[2011, 7]]}, {"date-parts": [[2011, 7, 5]]}]
        ),
        "volume": st.sampled_from(["155", "12 Suppl 1", "A_1"]),
        "issue": st.sampled_from(["1", "3-4"]),
        "page": st.sampled_from(["1-9", "S12", "e1004", "12\u201319"]),
        "publisher": WORDS,
        "DOI": st.sampled_from(["10.9999/a_b(1)2", "10.1002/(SICI)1097(199)1:2<3::AID-X>3.0.CO;2-#", "10.1000/a%b"]),
        "PMID": st.just("21727288"),
        "PMCID": st.just("PMC2774684"),
        "URL": st.sampled_from(["https://x.example/~osei/a_b%20c?x=1&y=2#z", "https://doi.org/10.9999/a_b(1)2"]),
        "language": st.sampled_from(["en", "de", "en-US"]),
        "note": st.just("Retracted"),
    },
)


def _said(graph):
    quads = (quad for entry in graph.store.graphs() for quad in graph.store.quads(IRI(entry.graph)))
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


@pytest.mark.parametrize("form", ["ris", "bib", "csl"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(item=ITEM)
def test_what_is_exported_as_citations_loads_again_to_the_same_sources(tmp_path, form, item):
    first, second = tmp_path / "a" / "list" / "list.json", tmp_path / "b" / "list" / f"list.{form}"
    for path in (first, second):
        path.parent.mkdir(parents=True, exist_ok=True)
    first.write_text(json.dumps([{"issued": None} | item]), encoding="utf-8")
    with kg.open() as one, kg.open() as other:
        one.load(first)
        one.export(second)
        other.load(second)
        assert _said(other) == _said(one)
