"""A folder of claim files is read once, however many files it has, and each file sees the others."""

from __future__ import annotations

import cProfile
import io
import pstats
from collections import Counter
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from kg import readers
from kg.load import load, read_all
from kg.store import MemoryStore

FILE = """claim-file: 1
agents:
  agent-{n}: {{name: Agent {n}, kind: organisation}}
sources:
  source-{n}: {{type: web page, title: Source {n}}}
topics:
  topic-{n}: {{label: topic {n}, kind: intervention}}
claims:
  claim-{n}: {{text: Claim {n}, kind: harm, about: topic-{next}}}
assertions:
  says-{n}: {{claim: claim-{next}, agent: agent-{n}, stance: affirms, source: source-{next}}}
"""


def folder_of(tmp_path: Path, count: int) -> Path:
    """Write files that each refer to the next one."""
    folder = tmp_path / f"of-{count}"
    folder.mkdir()
    for n in range(count):
        (folder / f"file-{n:03}.yaml").write_text(FILE.format(n=n, next=(n + 1) % count))
    return folder


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that were parsed as YAML."""
    found: list[str] = []
    parse = YAML.parse

    def counted(yaml: YAML, stream: str) -> object:
        found.append(stream)
        return parse(yaml, stream)

    monkeypatch.setattr(YAML, "parse", counted)
    return found


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each file was opened, by its name."""
    found: Counter[str] = Counter()
    opened = io.open

    def counted(file, *arguments, **options):
        found[Path(str(file)).name] += 1
        return opened(file, *arguments, **options)

    monkeypatch.setattr(io, "open", counted)
    monkeypatch.setattr("builtins.open", counted)
    return found


def calls(folder: Path) -> int:
    """How many functions are called to read a folder: work that no other process on the machine changes."""
    profile = cProfile.Profile()
    profile.runcall(read_all, [folder])
    return pstats.Stats(profile).total_calls


def test_a_folder_of_claim_files_is_parsed_once_a_file(tmp_path: Path, parses: list[str]) -> None:
    folder = folder_of(tmp_path, 70)  # more than any cache of documents would hold
    readings = read_all([folder])
    assert [reading.problems for reading in readings] == [()] * 70
    assert len(parses) == len(set(parses)) == 70


def test_a_claim_file_is_opened_at_most_twice_by_a_load(tmp_path: Path, opens: Counter[str]) -> None:
    folder = folder_of(tmp_path, 5)
    opens.clear()
    load(MemoryStore(), [folder])
    assert {opens[path.name] for path in folder.iterdir()} == {2}


def test_the_work_grows_with_the_files_and_not_with_their_square(tmp_path: Path) -> None:
    few, many = folder_of(tmp_path, 20), folder_of(tmp_path, 80)
    calls(few)  # so that what is read once for all files, as the schema is, does not count
    assert calls(many) <= 4.5 * calls(few)


def test_one_file_that_is_read_alone_sees_its_siblings(tmp_path: Path, parses: list[str]) -> None:
    folder = folder_of(tmp_path, 3)
    assert readers.read(folder / "file-000.yaml").problems == ()
    assert len(parses) == 3
    (folder / "file-001.yaml").unlink()
    assert {problem.rule for problem in readers.read(folder / "file-000.yaml").problems} == {"dangling-id"}


def test_a_base_that_is_no_address_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text('claim-file: 1\nbase: "foo bar"\nclaims: {a: {text: A, kind: harm}}\n')
    assert [problem.rule for problem in readers.read(tmp_path / "claims.yaml").problems] == ["malformed-base"]


def test_an_id_that_two_files_give_is_a_problem_of_both(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 3)
    (folder / "again.yaml").write_text("claim-file: 1\nclaims:\n  claim-1: {text: Claim 1 again, kind: harm}\n")
    found = {
        reading.path.name: [problem.rule for problem in reading.problems if problem.rule == "duplicate-id"]
        for reading in read_all([folder])
    }
    assert found["again.yaml"] == found["file-001.yaml"] == ["duplicate-id"]
    assert found["file-000.yaml"] == found["file-002.yaml"] == []
