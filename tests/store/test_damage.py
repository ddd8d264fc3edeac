"""What befalls the disk under a store: damaged files are reported and never read as something else; a full disk."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.arguments.evaluator import Evaluator
from kg.errors import KgError, UnreadableError
from kg.load import drop, load
from kg.store import LocalStore
from kg.store.local import manifest
from tests.store.test_crash_safety import write_file

COPIES = 100
DAMAGES = int(os.environ.get("KG_DAMAGES", "3"))
"""Stores with one changed bit on which every command is tried; see docs/store.md."""
MEMORY, SECONDS = 1 << 30, 10
"""What a command may take on a damaged store."""
COMMANDS = {
    "load": ["load", "new.nt"],
    "drop": ["drop", "a.nt"],
    "standing --write": ["standing", "--write"],
    "query": ["query", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"],
    "search": ["search", "claim"],
    "list": ["list"],
    "show": ["show", "https://example.org/a/claim-1"],
    "standing": ["standing"],
    "view": ["view", "https://example.org/a/claim-1", "-o", "-"],
    "export": ["export"],
    "validate": ["validate"],
    "backup": ["backup", "copy"],
    "verify": ["verify"],
}


def read(folder: Path) -> tuple[object, ...]:
    """Return all that a reader can be told."""
    store = LocalStore(folder)
    try:
        return store.graphs(), frozenset(store.quads()), store.text_index().rows()
    finally:
        store.close()


def is_right(folder: Path, expected: tuple[object, ...]) -> bool:
    """Return True if a reader is told `expected`.

    It reads in a process of its own: on some changed bytes of a table Oxigraph takes all memory, or goes on for ever.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the threads of databases that were closed
        child = os.fork()
    if not child:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.alarm(20)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            status = int(read(folder) != expected)
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def reported(folder: Path) -> bool:
    """Say whether `kg verify` reports anything."""
    try:
        store = LocalStore(folder)
        return bool(store.damage() or store.miscounted())
    except KgError:
        return True


def spoil(folder: Path, chance: random.Random) -> str:
    """Change a byte of a file, cut it, or delete it; return what was done."""
    how = chance.choice(["change", "cut", "delete"])
    files = sorted(path for path in folder.rglob("*") if path.is_file() and (how == "delete" or path.stat().st_size))
    victim = chance.choice(files)
    content = bytearray(victim.read_bytes())
    if how == "delete":
        victim.unlink()
        return f"{victim.name} deleted"
    place = chance.randrange(len(content))
    if how == "cut":
        victim.write_bytes(content[:place])
    else:
        content[place] ^= chance.randrange(1, 256)
        victim.write_bytes(content)
    return f"{victim.name} {how} at {place}"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that was written twice, so that it has several tables."""
    for name in ("a.nt", "b.nt"):
        write_file(tmp_path / name, 500, edition=1)
        load(LocalStore(tmp_path / "store"), [tmp_path / name])
    return tmp_path / "store"


def test_a_damaged_copy_is_right_or_reported(store: Path, tmp_path: Path) -> None:
    expected = read(store)
    for number in range(COPIES):
        copy = tmp_path / str(number)
        shutil.copytree(store, copy)
        done = spoil(copy, random.Random(number))
        assert is_right(copy, expected) or reported(copy), done
        shutil.rmtree(copy)


class Run(NamedTuple):
    """What a command did: its status, what it wrote, and what it took."""

    status: int
    output: bytes
    said: str
    memory: int
    """Bytes that were in memory at most."""
    seconds: float


def run(folder: Path, words: list[str]) -> Run:
    """Run `kg` in `folder`, within limits that spare the machine and are wider than those of the test."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(60)

    began = time.monotonic()
    with (folder / "out").open("w+b") as out, (folder / "said").open("w+b") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg", *words], cwd=folder, stdout=out, stderr=said, preexec_fn=limited
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    output, words_said = (folder / "out").read_bytes(), (folder / "said").read_text()
    return Run(process.returncode, output, words_said, used.ru_maxrss * 1024, time.monotonic() - began)


def flip(store: Path, chance: random.Random) -> str:
    """Change one bit of a file, mostly of a table; return where."""
    files = sorted(path for path in store.rglob("*") if path.is_file() and path.stat().st_size)
    victim = chance.choice([path for path in files if path.suffix == ".sst"] if chance.random() < 0.7 else files)
    content = bytearray(victim.read_bytes())
    place, bit = chance.randrange(len(content)), chance.randrange(8)
    content[place] ^= 1 << bit
    victim.write_bytes(content)
    return f"{victim.name}, bit {bit} of byte {place}"


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store that was written twice and a file to load."""
    for name in ("a.nt", "b.nt", "new.nt"):
        write_file(tmp_path / name, 500, edition=1)
    for name in ("a.nt", "b.nt"):
        load(LocalStore(tmp_path / "whole"), [tmp_path / name])
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("KG_STORE", raising=False)
    return tmp_path


@pytest.mark.slow
def test_every_command_on_a_store_with_one_changed_bit_is_right_or_says_that_it_is_damaged(workplace: Path) -> None:
    def fresh(number: int | None) -> str:
        shutil.rmtree(workplace / "kg-store", ignore_errors=True)
        shutil.rmtree(workplace / "copy", ignore_errors=True)
        shutil.copytree(workplace / "whole", workplace / "kg-store")
        return "" if number is None else flip(workplace / "kg-store", random.Random(number))

    expected = {}
    for name, words in COMMANDS.items():
        fresh(None)
        expected[name] = run(workplace, words)
        assert expected[name].status in (0, 1), expected[name]
    for number in range(DAMAGES):
        for name, words in COMMANDS.items():
            done = f"kg {name}: {fresh(number)}"
            found = run(workplace, words)
            assert found.memory < MEMORY, done
            assert found.seconds < SECONDS, done
            if found.status == 3:
                assert "the store is damaged" in found.said or "the store cannot be used" in found.said, done
                assert found.said.count("\n") == 1, done
            elif name == "verify" and found.status == 1:
                assert found.said == "not whole; kg restore brings back a backup\n", done
            else:
                assert (found.status, found.output) == (expected[name].status, expected[name].output), done
                assert not reported(workplace / "kg-store"), f"{done}: a write of a damaged store went through"
            if name == "backup" and found.status == 0:
                assert not reported(workplace / "copy"), done


def test_after_no_write_does_verify_take_damage_for_whole(workplace: Path) -> None:
    """RocksDB does not read all that it links: what came upon a table must not get a new digest."""
    whole = LocalStore(workplace / "whole")
    (current,) = [path for path in (workplace / "whole").iterdir() if path.is_dir()]
    tables = sorted(path.name for path in current.glob("*.sst"))
    assert len(tables) > 1
    for table in (*tables, "search.sqlite"):
        shutil.copytree(workplace / "whole", workplace / "kg-store")
        damaged = workplace / "kg-store" / current.name / table
        content = bytearray(damaged.read_bytes())
        content[len(content) // 2] ^= 1
        damaged.write_bytes(content)
        store = LocalStore(workplace / "kg-store")
        writes = (
            (load, store, [workplace / "new.nt"]),
            (drop, store, ["a.nt"]),
            (lambda store: Evaluator(store).write(), store),
            (store.backup, workplace / "copy"),
            (whole.restore, workplace / "kg-store"),
        )
        for write, *given in writes:
            with pytest.raises(UnreadableError, match=f"the store is damaged: {current.name}/{table} is damaged"):
                write(*given)
            assert store.damage() == [f"{current.name}/{table} is damaged"]
            assert not (workplace / "copy").exists()
        shutil.rmtree(workplace / "kg-store")


def test_a_write_during_which_a_table_is_damaged_is_refused(workplace: Path) -> None:
    store = LocalStore(workplace / "whole")
    table = sorted((workplace / "whole" / "000002").glob("*.sst"))[0]
    said = pytest.raises(UnreadableError, match=f"the store is damaged: {table.name} has changed")
    with said, store.writing(), table.open("r+b") as file:
        file.write(b"?")
    assert store.damage() == [f"000002/{table.name} is damaged"]
    assert not (workplace / "whole" / "000003").exists()


def test_what_was_found_whole_is_not_read_through_again_until_it_changes(
    workplace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_through = []

    def counted(path: Path, digest: Callable[[Path], str] = manifest._digest) -> str:
        read_through.append(path.name)
        return digest(path)

    monkeypatch.setattr(manifest, "_digest", counted)
    shutil.copytree(workplace / "whole", workplace / "kg-store")
    assert read(workplace / "kg-store")
    files = len(read_through)
    assert files > 5  # a copy has other files, of which nothing is known
    assert read(workplace / "kg-store")
    assert len(read_through) == files
    load(LocalStore(workplace / "kg-store"), [workplace / "new.nt"])
    assert "search.sqlite" in read_through[files:]  # what a write made new is read, for its digest
    assert not set(read_through[files:]) & {path.name for path in (workplace / "whole" / "000002").glob("*.sst")}
    seen = len(read_through)
    assert read(workplace / "kg-store")
    assert len(read_through) == seen


class Disk(NamedTuple):
    """A folder on a disk that can be filled."""

    folder: Path
    little_room: Callable[[int], AbstractContextManager[None]]
    """Leaves so many KiB."""


@pytest.fixture(params=["full", "limited"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A small disk; where it may not be mounted, only the size of each file is limited."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "kg-tests", folder]
    if request.param == "limited" or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield Disk(folder, _limited)
        return
    try:
        yield Disk(folder, lambda room: _filled(folder, room))
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def _filled(folder: Path, room: int) -> Iterator[None]:
    filler = folder / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(folder).free - room * 1024)))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def _limited(room: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room * 1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_one_sentence_and_once_there_is_room_the_store_is_written_again(
    disk: Disk, tmp_path: Path
) -> None:
    for name, triples in (("a.nt", 500), ("b.nt", 21_000)):
        write_file(tmp_path / name, triples, edition=1)
    store = LocalStore(disk.folder / "store")
    load(store, [tmp_path / "a.nt"])
    before = read(disk.folder / "store")
    for room in (0, 20, 70, 300, 900):
        with disk.little_room(room):
            with pytest.raises(UnreadableError) as said:
                load(store, [tmp_path / "b.nt"])
            assert str(said.value).startswith(
                f"{disk.folder / 'store'}: no room to write: it holds what it held before"
            )
            assert "\n" not in str(said.value)
            assert read(disk.folder / "store") == before
            with pytest.raises(UnreadableError, match="no room to write"):
                store.backup(disk.folder / "copy")
            assert not (disk.folder / "copy").exists()
        assert store.damage() == []
    load(store, [tmp_path / "b.nt"])
    assert [entry.triples for entry in store.graphs()] == [500, 21_000]
    assert sorted(path.name for path in disk.folder.iterdir()) == ["store"]
    store.close()
