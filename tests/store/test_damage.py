"""What befalls the disk under a store: damaged files are reported and never read as something else; a full disk."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.errors import KgError, UnreadableError
from kg.load import load
from kg.store import LocalStore
from tests.store.test_crash_safety import write_file

COPIES = 100


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
