"""Tables that name their claims, say which are the same, list sources and their versions, and are joined by a part."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.load import sources

TABLE = """No,Claim,Verdict,Review,Work,Date,Also
c1,Massage relieves back pain,yes,CD001929.pub2,CD001929,2008,
c2,Massage lindert Schmerzen,yes,CD001929.pub3,CD001929,2015,c1;bob:good
c1,massage relieves back pain.,no,A letter,,2016,
"""
CLAIM = 'claim: {column: Claim, id: No, same-as: {column: Also, split: ";"}}\n'
SAID = "stance: {column: Verdict, words: {yes: affirms, no: denies}}\nsource: {title: Review, date: Date}\n"
VERSIONS = "source: {title: Review, date: Date, versions-of: Work}\n"
BASE = "https://w3id.org/health-claims/id/"


def loaded(folder: Path, table: str, *mappings: str) -> tuple[kg.KnowledgeGraph, list[str]]:
    """Return a store with a table in folder `t`, and what was said about it."""
    path = folder / "t" / "t.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(table)
    files = [folder / f"{n}.yaml" for n, _ in enumerate(mappings)]
    for file, text in zip(files, mappings, strict=True):
        file.write_text(f"mapping-file: 1\n{text}")
    graph = kg.open()
    found = graph.load(path, mapping=files[0] if len(files) == 1 else files)
    return graph, [str(problem).removeprefix(f"{path}:") for problem in found.warnings]


def rows(graph: kg.KnowledgeGraph, pattern: str) -> list[tuple[str, ...]]:
    """Return the answers to a pattern about ?a and ?b, without the base of their IRIs."""
    found = graph.query(f"SELECT DISTINCT ?a ?b {{ {pattern} }} ORDER BY ?a ?b")
    return [tuple(str(value).removeprefix(BASE) for value in row.values()) for row in found]


def test_a_claim_is_named_by_its_column_and_said_to_be_the_same_as_others(tmp_path: Path) -> None:
    graph, said = loaded(tmp_path, TABLE, CLAIM + SAID)
    stated = "GRAPH ?file { ?a hc:sameClaimAs ?b } FILTER(?file != graph:derived)"
    assert rows(graph, stated) == [("t/claim-c2", "bob/good"), ("t/claim-c2", "t/claim-c1")]
    texts = rows(graph, "GRAPH ?file { ?a hc:text ?b }")
    assert [one for one, _ in texts] == ["t/claim-c1", "t/claim-c2"]
    assert len(rows(graph, "?a hc:asserts <https://w3id.org/health-claims/id/t/claim-c1>")) == 3
    assert [each for each in said if "3 rows: 2 affirms, 1 denies" in each]


def test_an_id_of_two_claims_and_a_row_without_one_are_told_by_line(tmp_path: Path) -> None:
    other = TABLE + "c1,Yoga relieves back pain,yes,A letter,,2016,\n,Heat relieves back pain,yes,A letter,,2016,\n"
    _, said = loaded(tmp_path, other, CLAIM + SAID)
    assert any('5: "Yoga relieves back pain" has the id of "Massage relieves back pain"' in each for each in said)
    assert any("6: the row does not name its claim" in each for each in said)


def test_a_word_that_names_no_claim_is_left_out(tmp_path: Path) -> None:
    text = 'claim: {column: Claim, same-as: Also, different-from: {text: "claim-yoga-helps"}}\n'
    graph, said = loaded(tmp_path, TABLE.replace("c1;bob:good", "Claim One"), text + SAID)
    assert any('3: "Claim One" names no claim' in each for each in said)
    assert {two for _, two in rows(graph, "?a hc:differentClaimFrom ?b")} == {"t/claim-yoga-helps"}


def test_a_table_of_sources_alone_gives_them_and_their_order(tmp_path: Path) -> None:
    table = TABLE + "c3,,,CD001929.pub4,CD001929,,\nc4,,,CD001929.pub5,cd001929,2015-09,\n"
    graph, said = loaded(tmp_path, table, VERSIONS)
    assert len(rows(graph, "?a a hc:Source")) == 5
    assert not rows(graph, "?a a hc:Claim")
    ((new, old),) = rows(graph, "?a hc:supersedes ?b")
    assert ("pub3" in new, "pub2" in old) == (True, True)
    assert any("5: the source source-cd001929-pub4" in each and "has no date" in each for each in said)
    assert any("6: " in each and "which of them is later cannot be told by 2015 and 2015-09" in each for each in said)
    assert any("5 rows: 5 source only, 1 superseded" in each for each in said)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["2001", "2001", "2003"], [("t/source-v2", "t/source-v0"), ("t/source-v2", "t/source-v1")]),
        (["2001", "2001-05", "2003"], [("t/source-v2", "t/source-v0"), ("t/source-v2", "t/source-v1")]),
        (
            ["2001", "2001-05", "2001-06", "2003"],
            [("t/source-v2", "t/source-v1"), ("t/source-v3", "t/source-v0"), ("t/source-v3", "t/source-v2")],
        ),
        (["2001", "2002", "2003"], [("t/source-v1", "t/source-v0"), ("t/source-v2", "t/source-v1")]),
    ],
)
def test_a_later_version_supersedes_all_of_which_the_order_is_not_known(
    tmp_path: Path, dates: list[str], order: list[tuple[str, str]]
) -> None:
    listed = "".join(f"V{n},W,{date}\n" for n, date in enumerate(dates))
    graph, _ = loaded(tmp_path, f"Review,Work,Date\n{listed}", VERSIONS)
    assert rows(graph, "?a hc:supersedes ?b") == order


def test_a_row_that_names_its_own_claim_as_the_same_is_told(tmp_path: Path) -> None:
    graph, said = loaded(tmp_path, TABLE.replace(",c1;bob:good", ",c2;c1"), CLAIM + SAID)
    assert any(each.startswith("3: same-as names the claim of the row itself; left out") for each in said)
    stated = "GRAPH ?file { ?a hc:sameClaimAs ?b } FILTER(?file != graph:derived)"
    assert rows(graph, stated) == [("t/claim-c2", "t/claim-c1")]


def test_names_of_a_table_that_look_like_curies_name_its_own_claims(tmp_path: Path) -> None:
    graph, _ = loaded(tmp_path, TABLE.replace("c1", "fc:1").replace("c2", "fc:2"), CLAIM + SAID)
    stated = "GRAPH ?file { ?a hc:sameClaimAs ?b } FILTER(?file != graph:derived)"
    (first,) = {one for one, _ in rows(graph, "GRAPH ?file { ?a hc:text ?b }") if one.startswith("t/claim-fc-1")}
    assert {other for _, other in rows(graph, stated)} == {"bob/good", first}


@pytest.mark.parametrize(("written", "told"), [("CD001929", 1), ("CD001929.pub2", 0), ("10.1002/14651858.CD001929", 0)])
def test_a_number_of_a_review_without_a_version_is_taken_for_the_first_and_this_is_said(
    tmp_path: Path, written: str, told: int
) -> None:
    text = "claim: Claim\nstance: {text: affirms}\nsource: {identifier: Paper}\n"
    _, said = loaded(tmp_path, f"Claim,Paper\nHoney helps,{written}\n", text)
    found = [each for each in said if "names no version of the review, and is taken for the first" in each]
    assert len(found) == told


def test_a_mapping_that_says_something_of_claims_needs_one(tmp_path: Path) -> None:
    with pytest.raises(kg.DataError, match="1:1: the mapping has no claim"):
        loaded(tmp_path, TABLE, VERSIONS + "stance: Verdict\n")


def test_tables_are_joined_by_a_part_of_their_keys(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "works.csv").write_text("Number,Title\nCD001929,Massage for pain\nCD9,Other\n")
    join = 'join: {file: works.csv, on: {Review: Number}, part: "%s", as: work}\nclaim: Claim\nsource: work.Title\n'
    for part in ("CD[0-9]+", "^(CD[0-9]+)([.]pub[0-9]+)?$"):
        graph, said = loaded(tmp_path, TABLE, join % part)
        assert [title for _, title in rows(graph, "?a dcterms:title ?b")] == ["Massage for pain"]
        assert any('4: works.csv has nothing for "A letter"' in each for each in said)
    with pytest.raises(kg.DataError, match=r'2:.*"CD\(" is no regular expression: missing'):
        loaded(tmp_path, TABLE, join % "CD(")


def test_what_is_read_from_a_citation_is_said(tmp_path: Path) -> None:
    table = "Claim,Paper\nMassage relieves pain,Furlan AD. Massage. Spine 2009. PMID: 19561560\n"
    table += "Massage relieves pain,Furlan AD. Cochrane Database Syst Rev CD001929.pub3\n"
    graph, said = loaded(tmp_path, table, "claim: Claim\nsource: Paper\n")
    assert rows(graph, "?a fabio:hasPubMedId ?b") == [("t/pmid-19561560", "19561560")]
    assert any("2: PMID 19561560 is read from" in each for each in said)
    assert any("3: DOI 10.1002/14651858.CD001929.pub3 is read from" in each for each in said)


# ------------------------------------------------------------------------------------------ several mappings of a table
CHECKED = """Claim,Verdict,Review,Date,Who,Where
Massage relieves back pain,no,Check one,2016,Mayor,Speech
Massage heals backs,no,Check two,2017,Mayor,Post
"""
CHECKER = "claim: Claim\nagent: {name: {text: Checkers}, kind: {text: organisation}}\n" + SAID
CLAIMANT = "stance: {text: affirms}\nagent: Who\nsource: Where\n"
ALSO = "also:\n  - " + CLAIMANT.replace("\n", "\n    ").rstrip() + "\n"


def said_of(graph: kg.KnowledgeGraph) -> list[tuple[str, ...]]:
    """Return who says what, for each assertion."""
    return rows(graph, "?x hc:agent/hc:name ?name ; hc:stance ?b ; hc:asserts/hc:text ?t BIND(CONCAT(?name, ?t) AS ?a)")


@pytest.mark.parametrize("mappings", [(CHECKER + ALSO,), (CHECKER, "claim: Claim\n" + CLAIMANT)])
def test_a_table_says_what_the_checker_and_what_the_claimant_says_of_one_claim(
    tmp_path: Path, mappings: tuple[str, ...]
) -> None:
    graph, said = loaded(tmp_path, CHECKED, *mappings)
    stance = "https://w3id.org/health-claims/ontology#"
    assert said_of(graph) == [
        ("CheckersMassage heals backs", f"{stance}Denies"),
        ("CheckersMassage relieves back pain", f"{stance}Denies"),
        ("MayorMassage heals backs", f"{stance}Affirms"),
        ("MayorMassage relieves back pain", f"{stance}Affirms"),
    ]
    assert len(rows(graph, "?a a hc:Claim ; hc:text ?b")) == 2
    assert any("2 rows (4 with what is joined, repeated or said too): 2 affirms, 2 denies" in each for each in said)
    (before,) = graph.store.graphs()
    files = [Path(name) for name in before.mapping.splitlines()]
    assert len(files) == len(mappings)
    again = graph.load(before.path, mapping=files)
    assert [entry.graph for entry in again.replaced] == [before.graph]
    assert (len(graph.store.graphs()), graph.store.graphs()[0].triples) == (1, before.triples)
    (read_again,) = sources(graph.store)
    assert len(set(read_again.quads)) == before.triples, "what checks the store reads it as it was loaded"


def test_the_order_of_mappings_and_the_second_load_make_the_same_graph(tmp_path: Path) -> None:
    one, _ = loaded(tmp_path, CHECKED, CHECKER, "claim: Claim\n" + CLAIMANT)
    other, _ = loaded(tmp_path, CHECKED, "claim: Claim\n" + CLAIMANT, CHECKER)
    stated = "GRAPH ?file { ?a ?p ?b } FILTER(?file = <https://w3id.org/health-claims/graph/t/t.csv>)"
    assert rows(one, stated) == rows(other, stated)


@pytest.mark.parametrize(
    ("mappings", "message"),
    [
        ((CHECKER, "table: {header: 2}\nclaim: Claim\n"), r"1.yaml:2:8: table is not as in .*0.yaml; both read the"),
        ((CHECKER + ALSO.replace("Who", "Whom"),), r'0.yaml:8:12: t.csv has no column "Whom"; did you mean "Who"'),
        ((CHECKER + ALSO.replace("agent", "agnt"),), r'item 1 of also has no key "agnt"; did you mean "agent"'),
        ((VERSIONS + ALSO,), "4:5: the mapping has no claim"),
        ((CHECKER + "also: []\n",), "also is empty"),
    ],
)
def test_what_is_wrong_with_one_of_several_mappings_has_its_place(
    tmp_path: Path, mappings: tuple[str, ...], message: str
) -> None:
    with pytest.raises(kg.DataError, match=message):
        loaded(tmp_path, CHECKED, *mappings)
