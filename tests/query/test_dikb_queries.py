"""The queries of the authors of DIKB: each answers or is refused with its place, and ten of them written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError
from kg.graph import KnowledgeGraph

OURS = Path(__file__).parents[1] / "queries" / "dikb"
OBO = "http://purl.obolibrary.org/obo/"
FROM = re.compile(r"^FROM <.*>\s*$", re.MULTILINE)
NOT_SPARQL = [
    *(f"FE-{number}" for number in ("01", "02", "03", "04", "06", "07", "08", "09", "10")),
    *("PK-01", "PK-03"),
    *(f"STAT-{number}" for number in ("02", "03", "04", "06", "07", "08")),
]
"""Their expressions in SELECT lack the brackets that SPARQL 1.1 asks for."""

ONE_ROW = {
    "STAT-01": {"claims": 410},
    "STAT-06": {"drugs": 88},
    "PK-01": {"studies": 83},
    "PK-03": {"studies": 2, "average": Decimal("6.115")},
}
BY_TYPE = {
    "STAT-02": {"DIDEO_00000000": 77, "DIDEO_00000096": 69, "RO_0002449": 60},
    "STAT-03": {"DIDEO_00000000": 4, "DIDEO_00000096": 8, "RO_0002449": 12},
    "STAT-08": {"DIDEO_00000000": 94, "DIDEO_00000096": 129, "RO_0002449": 187},
}
ROWS = {"FA-01": 30, "FA-04": 283, "FE-06": 39}

EDGES = """
SELECT (SUM(?supports) AS ?supporting) (SUM(1 - ?supports) AS ?challenging) WHERE {
  VALUES (?relation ?supports) { (mp:supports 1) (mp:challenges 0) }
  ?evidence ?relation ?what .
}
"""
SIDES = """
SELECT (COUNT(*) AS ?claims) (SUM(?for) AS ?supported) (SUM(?against) AS ?challenged) (SUM(?for * ?against) AS ?both)
WHERE {
  ?claim a mp:Claim .
  BIND(IF(EXISTS { ?evidence mp:supports ?claim }, 1, 0) AS ?for)
  BIND(IF(EXISTS { ?evidence mp:challenges ?claim }, 1, 0) AS ?against)
}
"""


@pytest.fixture(scope="module")
def dikb(shared: Path) -> Iterator[KnowledgeGraph]:
    with kg.open() as graph:
        graph.load(shared / "data" / "dikb-mp" / "initial-dikb-mp-oa.xml")
        yield graph


def ours(name: str) -> str:
    return (OURS / f"{name}.rq").read_text(encoding="utf-8")


def test_each_of_their_queries_answers_or_is_refused_with_line_and_column(dikb: KnowledgeGraph, shared: Path) -> None:
    complaints = {}
    files = sorted((shared / "data" / "dikb-mp" / "queries").glob("*.sparql"))
    for file in files:
        try:
            list(dikb.query(FROM.sub("", file.read_text(encoding="utf-8"))))
        except QueryError as error:
            complaints[file.stem] = str(error)
    assert len(files) == 32
    assert list(complaints) == NOT_SPARQL
    assert [
        text for text in complaints.values() if not re.search(r"^[^\n]* at line \d+, column \d+[^\n]*$", text)
    ] == []


def test_the_name_of_their_file_in_from_is_refused_with_its_place(dikb: KnowledgeGraph, shared: Path) -> None:
    query = (shared / "data" / "dikb-mp" / "queries" / "STAT-01.sparql").read_text(encoding="utf-8")
    with pytest.raises(QueryError, match="line 22, column 32") as refusal:
        dikb.query(query)
    assert refusal.value.exit_code == 4


@pytest.mark.parametrize(("name", "row"), ONE_ROW.items())
def test_a_query_written_anew_gives_the_number(dikb: KnowledgeGraph, name: str, row: dict[str, object]) -> None:
    assert list(dikb.query(ours(name))) == [row]


@pytest.mark.parametrize(("name", "numbers"), BY_TYPE.items())
def test_a_query_written_anew_gives_the_number_for_each_type(
    dikb: KnowledgeGraph, name: str, numbers: dict[str, int]
) -> None:
    found = dict(tuple(row.values()) for row in dikb.query(ours(name)))
    assert found == {OBO + kind: count for kind, count in numbers.items()}


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_a_query_written_anew_finds_so_many(dikb: KnowledgeGraph, name: str, count: int) -> None:
    assert len(list(dikb.query(ours(name)))) == count


def test_ten_queries_are_written_anew() -> None:
    assert {file.stem for file in OURS.glob("*.rq")} == {*ONE_ROW, *BY_TYPE, *ROWS}
    assert len(ONE_ROW | BY_TYPE | ROWS) == 10


def test_no_edge_of_support_or_challenge_is_lost(dikb: KnowledgeGraph) -> None:
    assert list(dikb.query(EDGES)) == [{"supporting": 922, "challenging": 250}]


def test_the_sides_of_the_claims_are_those_of_their_authors(dikb: KnowledgeGraph) -> None:
    assert list(dikb.query(SIDES)) == [{"claims": 410, "supported": 328, "challenged": 164, "both": 112}]
