"""Identifiers in addresses and titles: what a source is by its address, and what it merely mentions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model.identifiers import cited, mentioned, of_address

REVIEW = "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD001929.pub2/full"


@pytest.mark.parametrize(
    ("address", "kind", "value"),
    [
        (REVIEW, "doi", "10.1002/14651858.CD001929.pub2"),
        (f"{REVIEW}#CD001929-abs-0001", "doi", "10.1002/14651858.CD001929.pub2"),
        ("https://doi.org/10.1000/honey", "doi", "10.1000/honey"),
        ("https://onlinelibrary.wiley.com/doi/abs/10.1002/cncr.1", "doi", "10.1002/cncr.1"),
        ("https://pubmed.ncbi.nlm.nih.gov/18843627/", "pmid", "18843627"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/18843627", "pmid", "18843627"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2774684/", "pmcid", "PMC2774684"),
        ("https://clinicaltrials.gov/ct2/show/NCT00371384", "registry", "NCT00371384"),
    ],
)
def test_the_address_of_a_publication_is_its_identifier(address: str, kind: str, value: str) -> None:
    found = of_address(address)
    assert found is not None
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.cochrane.org/CD001929/BACK_massage-for-low-back-pain",
        "https://example.org/on/18843627",
        "https://www.nytimes.com/2011/07/05/massage.html",
        "CD001929",
    ],
)
def test_the_address_of_a_page_about_a_publication_is_not(address: str) -> None:
    assert of_address(address) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.cochrane.org/CD001929/BACK_massage-for-low-back-pain", {("review", "CD001929")}),
        ("Comment on CD001929.pub3: more trials?", {("doi", "10.1002/14651858.CD001929.pub3")}),
        ("https://blog.example.org/?doi=10.1000/honey&page=2", {("doi", "10.1000/honey")}),
        ("Reply to PMID: 18843627 and PMC2774684", {("pmid", "18843627"), ("pmcid", "PMC2774684")}),
        ("What NCT00371384 found", {("trial", "NCT00371384")}),
        ("The 2011 election of CD0019291 at 18843627 people", set()),
        ("https://shop.example.org/10.10/honey/CD19", set()),
    ],
)
def test_an_identifier_in_a_text_is_read_only_at_a_sign_of_its_kind(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(found.kind, found.value) for found in mentioned(text)} == expected


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("Furlan AD. Massage. Cochrane Database Syst Rev 2015:CD001929.pub3", {"10.1002/14651858.CD001929.pub3"}),
        ("Furlan AD. Massage. Spine 2009. PMID: 19561560; PMC2774684", {"19561560", "PMC2774684"}),
        ("Furlan AD. Massage. doi:10.1000/honey. PMID: 19561560", {"10.1000/honey"}),
        ("Furlan AD. Massage. Cochrane Database Syst Rev 2015:CD001929", set()),
        ("Comment on Furlan 2009 (PMID: 19561560)", set()),
        ("Two trials, PMID 19561560 and PMID 18843627", set()),
        ("Honey at night", set()),
    ],
)
def test_a_citation_has_the_identifier_that_it_prints_and_no_other(citation: str, expected: set[str]) -> None:
    assert {found.value for found in cited(citation)} == expected


def links(tmp_path: Path, name: str, **folders: dict[str, Any]) -> set[tuple[str, str]]:
    """Return who is linked to whom by a property, after a load of one source in each of several folders."""
    files = [tmp_path / folder / "c.json.yaml" for folder in folders]
    for file, source in zip(files, folders.values(), strict=True):
        file.parent.mkdir(exist_ok=True)
        whole = {"type": "journal article", "title": "A paper"} | source
        file.write_text(json.dumps({"claim-file": 1, "sources": {"it": whole}}))
    with kg.open() as graph:
        graph.load(*files)
        rows = graph.query(f"SELECT ?one ?other {{ ?one hc:{name} ?other }}")
        return {(row["one"].split("/")[-2], row["other"].split("/")[-2]) for row in rows}


def test_versions_of_a_review_in_several_folders_supersede_one_another_by_their_addresses(tmp_path: Path) -> None:
    versions = {
        "first": {"doi": "10.1002/14651858.CD001929"},
        "second": {"url": REVIEW},
        "third": {"url": "https://doi.org/10.1002/14651858.CD001929.pub3", "date": 2015},
    }
    expected = {("second", "first"), ("third", "first"), ("third", "second")}
    assert links(tmp_path, "supersedes", **versions) == expected


@pytest.mark.parametrize(
    ("stated", "address"),
    [
        ({"doi": "10.1000/Honey"}, "https://doi.org/10.1000/honey"),
        ({"pmid": "18843627"}, "https://pubmed.ncbi.nlm.nih.gov/18843627/"),
        ({"pmcid": "PMC2774684"}, "https://pmc.ncbi.nlm.nih.gov/articles/PMC2774684/"),
        ({"url": "https://clinicaltrials.gov/study/NCT00371384"}, "https://clinicaltrials.gov/show/NCT00371384"),
    ],
)
def test_an_address_joins_a_source_to_one_with_the_identifier(
    tmp_path: Path, stated: dict[str, Any], address: str
) -> None:
    assert links(tmp_path, "sameSourceAs", a=stated, b={"url": address}) == {("b", "a")}
    assert links(tmp_path, "sameSourceAs", a=stated, b={"url": address, "type": "blog post"}) == set()


def test_a_blog_post_at_the_address_of_a_publication_mentions_it(tmp_path: Path) -> None:
    post = {"url": "https://doi.org/10.1000/honey", "type": "blog post", "title": "No CD001929 in here"}
    assert links(tmp_path, "mentions", a={"doi": "10.1000/honey"}, b=post) == {("b", "a")}


def test_one_paper_with_two_identifiers_joins_what_has_either(tmp_path: Path) -> None:
    papers = {"a": {"pmid": "1", "doi": "10.1000/h"}, "b": {"url": "https://doi.org/10.1000/h"}, "c": {"pmid": "1"}}
    assert links(tmp_path, "sameSourceAs", **papers) == {("b", "a"), ("c", "a")}
