"""The care of a store: drop, stats, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError, UnreadableError, UsageError
from kg.graph import KnowledgeGraph
from tests.cli.test_cli import run

SEED = Path(__file__).parents[2] / "data" / "massage-low-back-pain"


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    opened = kg.open(tmp_path / "store")
    opened.load(SEED)
    return opened


def test_a_dropped_graph_is_gone_with_its_record_and_what_followed_from_it(graph: KnowledgeGraph) -> None:
    before = graph.stats()
    graph.drop("primary-sources.yaml")
    after = graph.stats()
    assert [entry.graph.rpartition("/")[2] for entry in graph.store.graphs()] == ["claims.yaml"]
    assert after["graph:derived"] < before["graph:derived"]
    assert "hc:Study" in before
    assert "hc:Study" not in after
    with pytest.raises(NotFoundError, match=r"no graph 'primary-sources\.yaml'; there are"):
        graph.drop("claims.yaml", "primary-sources.yaml")
    assert len(graph.store.graphs()) == 1


def test_what_the_program_keeps_cannot_be_dropped(graph: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="kept by kg itself"):
        graph.drop("derived")


def test_a_store_that_was_written_is_whole(graph: KnowledgeGraph) -> None:
    assert graph.verify() == []


def test_a_backup_is_a_store_with_the_same_content_and_spares_damage(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.backup(tmp_path / "backup")
    exported = graph.export(format="nq", graph="claims.yaml")
    for path in (tmp_path / "store").glob("0*/*.sst"):
        path.chmod(0o644)
        path.write_bytes(b"damage")
    assert graph.verify()
    with kg.open(tmp_path / "backup") as copy:
        assert copy.verify() == []
        assert copy.export(format="nq", graph="claims.yaml") == exported
    with kg.open(tmp_path / "store") as damaged:
        damaged.restore(tmp_path / "backup")
        assert damaged.verify() == []
        assert damaged.export(format="nq", graph="claims.yaml") == exported


def test_a_backup_goes_to_a_new_place_only_and_a_restore_needs_one(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is there already"):
        graph.backup(tmp_path)
    with pytest.raises(UnreadableError, match="no store in"):
        graph.restore(tmp_path / "none")
    assert graph.verify() == []


def test_a_damaged_backup_is_refused_and_changes_nothing(graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph.backup(tmp_path / "backup")
    victim = next((tmp_path / "backup").glob("0*/MANIFEST*"))
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    with pytest.raises(UnreadableError, match="the store is damaged"):
        graph.restore(tmp_path / "backup")
    assert graph.verify() == []


def test_a_store_in_memory_has_no_files_to_care_for() -> None:
    with pytest.raises(UsageError, match="has no files"):
        kg.open().backup("copy")
    assert kg.open().verify() == []


def test_the_commands_from_backup_to_restore(tmp_path: Path) -> None:
    run("load", SEED, cwd=tmp_path)
    assert run("verify", cwd=tmp_path).returncode == 0
    assert run("backup", "copy", cwd=tmp_path).stderr == "copied kg-store to copy\n"
    assert run("drop", "claims.yaml", cwd=tmp_path).returncode == 0
    counts = dict(line.split("\t") for line in run("stats", cwd=tmp_path).stdout.splitlines())
    assert "graph:massage-low-back-pain/claims.yaml" not in counts
    assert run("restore", "copy", cwd=tmp_path).returncode == 0
    counts = dict(line.split("\t") for line in run("stats", cwd=tmp_path).stdout.splitlines())
    assert int(counts["hc:Claim"]) > 90
    (victim,) = (tmp_path / "kg-store").glob("0*/CURRENT")
    victim.write_text("x")
    verified = run("verify", cwd=tmp_path)
    assert verified.returncode == 1
    assert "CURRENT has 1 bytes and not 16" in verified.stdout
    assert run("drop", "nothing", cwd=tmp_path).returncode == 3
