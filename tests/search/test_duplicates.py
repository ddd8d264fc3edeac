"""Likely duplicates: proposed with the reason, found in a time that grows with the sources, never merged."""

from __future__ import annotations

import cProfile
import json
import pstats
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.search.duplicates import duplicates

ROOT = Path(__file__).parents[2]


def record(title: str, author: str = "Furlan, A.", year: str = "2008", **tags: str) -> str:
    lines = [("TI", title), ("AU", author), ("PY", year), *tags.items()]
    return "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in lines if value) + "ER  -\n"


def loaded(folder: Path, *records: str) -> kg.KnowledgeGraph:
    """Load each record from a folder of its own, so that each is a source of its own dataset: a, b, c ..."""
    graph = kg.open()
    for number, text in enumerate(records):
        (folder / chr(97 + number)).mkdir()
        path = folder / chr(97 + number) / "list.ris"
        path.write_text(text)
        graph.load(path)
    return graph


def found(folder: Path, *records: str) -> list[tuple[float, str]]:
    return [(pair.likeness, pair.reason) for pair in loaded(folder, *records).duplicates()]


TITLE = "Massage for low back pain: a review"


@pytest.mark.parametrize(
    ("other", "likeness", "reason"),
    [
        (record(TITLE), 1.0, "same title; same year; same first author"),
        (record(TITLE.upper()), 1.0, "same title but for case; same year; same first author"),
        (
            record("Massage for low-back pain. A review"),
            1.0,
            "same title but for punctuation; same year; same first author",
        ),
        (
            record("Massage for the low back pain: a review"),
            0.967,
            "titles alike (94 %); same year; same first author",
        ),
        (record(TITLE, year="2009"), 0.94, "same title; years 2008 and 2009; same first author"),
        (record(TITLE, year=""), 0.9, "same title; year given once at most; same first author"),
        (record(TITLE, author=""), 0.9, "same title; same year; first author given once at most"),
        (record(TITLE, DO="10.1000/other"), 0.9, "same title; same year; same first author; different DOIs"),
    ],
)
def test_a_likely_duplicate_comes_with_its_reason(other: str, likeness: float, reason: str, tmp_path: Path) -> None:
    one = record(TITLE, DO="10.1000/one") if "DO  -" in other else record(TITLE)
    assert found(tmp_path, one, other) == [(likeness, reason)]


@pytest.mark.parametrize(
    "other",
    [
        record("Exercise for low back pain: a trial"),
        record(TITLE, author="Cherkin, D."),
        record(TITLE, year="2015"),
        record(TITLE, DO="10.1000/one"),
        record(TITLE, DO="10.1002/14651858.CD001929.pub3"),
    ],
)
def test_what_is_another_work_or_is_joined_already_is_not_proposed(other: str, tmp_path: Path) -> None:
    doi = "10.1002/14651858.CD001929.pub2" if "CD001929" in other else "10.1000/one" if "DO  -" in other else ""
    assert found(tmp_path, record(TITLE, DO=doi), other) == []


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (record(TITLE, year="2011"), "same DOI; different years (2008, 2011)"),
        (record("Coffee and sleep in adolescents"), "same DOI; different titles"),
        (record(TITLE, AN="PMID: 2"), "same DOI; different PMIDs"),
        (record(f"RETRACTED: {TITLE}"), "same DOI; one is retracted by its record, the other is not"),
    ],
)
def test_sources_with_one_identifier_that_say_different_things_are_shown(
    other: str, reason: str, tmp_path: Path
) -> None:
    doi = "DO  - 10.1000/one\nER  -"
    one = record(TITLE, AN="PMID: 1")
    pairs = found(tmp_path, one.replace("ER  -", doi), other.replace("ER  -", doi))
    assert [said for _, said in pairs] == [reason]


def test_one_source_of_two_files_that_disagree_is_shown(tmp_path: Path) -> None:
    graph = kg.open()
    for name, year in (("a.ris", "2008"), ("b.ris", "2010")):
        (tmp_path / name).write_text(record(TITLE, year=year, DO="10.1000/one"))
        graph.load(tmp_path / name)
    (pair,) = graph.duplicates()
    assert pair.one == pair.other
    assert pair.reason == "one id in several files; different years (2008, 2010)"


@pytest.mark.parametrize(
    ("title", "sort", "pairs"),
    [
        ("Massage for low back pain. Cochrane CD001929.pub2", "systematic review", 1),
        ("Rub. PMID: 18843627", "systematic review", 1),
        ("Comment on CD001929.pub2", "systematic review", 0),
        ("What CD001929.pub2 says", "blog post", 0),
    ],
)
def test_a_record_that_names_the_identifier_of_another_of_its_sort_may_be_the_same(
    title: str, sort: str, pairs: int, tmp_path: Path
) -> None:
    stated = (
        "{title: Massage and the back, type: systematic review, doi: 10.1002/14651858.CD001929.pub2, pmid: 18843627}"
    )
    graph = kg.open()
    for name, source in (("a", stated), ("b", f"{{title: '{title}', type: {sort}}}")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "c.yaml").write_text(f"claim-file: 1\nsources: {{paper: {source}}}\n")
        graph.load(tmp_path / name)
    assert [pair.reason for pair in graph.duplicates()] == ["the first names an identifier of the other"] * pairs


def test_nothing_is_merged_and_the_order_is_the_likeness(tmp_path: Path) -> None:
    graph = loaded(tmp_path, record(TITLE), record(TITLE, year="2009"), record(TITLE.upper()))
    before = sorted(map(str, graph.store.quads()))
    pairs = graph.duplicates()
    assert [pair.likeness for pair in pairs] == [1.0, 0.94, 0.94]
    assert pairs == duplicates(graph.store)
    assert sorted(map(str, graph.store.quads())) == before


def test_the_massage_dataset_and_its_reference_lists(shared: Path) -> None:
    graph = kg.open()
    graph.load(ROOT / "data" / "massage-low-back-pain", *sorted((shared / "data" / "seed-kit").glob("*.nxml")))
    reasons = [pair.reason for pair in graph.duplicates()]
    assert "same PMID; different DOIs" in reasons
    assert "same title; years 2011 and 2012; same first author" in reasons
    assert len(reasons) < 20


def library(size: int) -> str:
    """Return records of which every tenth has a twin at the other end of the file."""
    words = ["massage", "pain", "trial", "sleep", "exercise", "review", "nurses", "children", "cost", "quality"]
    titles = [" ".join(words[int(digit)] for digit in f"{number:06}"[::-1]) + f" {number}" for number in range(size)]
    twins = [record(titles[n].upper(), f"Author{n}, B.", "2001") for n in range(0, size, 10)]
    return "".join([*(record(title, f"Author{n}, B.", "2001") for n, title in enumerate(titles)), *twins])


def test_the_work_grows_with_the_number_of_sources(tmp_path: Path) -> None:
    # Functions called are counted: a clock says something else on a busy machine.
    called = {}
    for size in (500, 2000):
        (tmp_path / str(size)).mkdir()
        graph = loaded(tmp_path / str(size), library(size))
        profile = cProfile.Profile()
        found = profile.runcall(graph.duplicates)
        called[size] = pstats.Stats(profile).total_calls
        pairs = [pair for pair in found if pair.reason.startswith("same title but for case")]
        assert len(pairs) == size // 10
    assert called[2000] < called[500] * 4 * 2  # four times as many; a square would be sixteen


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "sources", "duplicates", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_the_command_writes_csv_json_and_a_table(tmp_path: Path) -> None:
    path = tmp_path / "list.ris"
    path.write_text(record(TITLE, DO="10.1000/one") + record(TITLE.upper()))
    done = run("--data", str(path))
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "one,other,likeness,reason"
    assert lines[1].startswith("doi-10-1000-one,ref-")
    assert lines[1].endswith(",1.0,same title but for case; same year; same first author")
    (found,) = json.loads(run("--data", str(path), "--format", "json").stdout)
    assert (found["one"], found["likeness"]) == ("doi-10-1000-one", 1.0)
    assert "1 pair; nothing was merged" in run("--data", str(path), "--format", "table").stdout


def test_the_command_says_so_where_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "list.ris"
    path.write_text(record(TITLE))
    done = run("--data", str(path), "--format", "table")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "kg: no likely duplicates found\n"


def test_two_sources_that_a_file_states_to_be_one_are_proposed_no_more(tmp_path: Path) -> None:
    graph = loaded(tmp_path, record(TITLE), record(TITLE.upper()))
    (pair,) = graph.duplicates()
    decision = tmp_path / "decisions.ttl"
    same = "<https://w3id.org/health-claims/ontology#sameSourceAs>"
    decision.write_text(f"<{pair.other}> {same} <{pair.one}> .\n")
    graph.load(decision)
    assert graph.duplicates() == []
