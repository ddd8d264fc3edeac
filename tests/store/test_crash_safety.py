"""Whoever is killed while writing a store leaves it wholly as it was or wholly as it was to be.

A command runs as a process of its own and is killed (SIGKILL) at a random moment of the time that it takes, or at a
random one of its changes to files: just before a rename, a removal, a file that is made.
`KG_KILLS=200` kills each command 200 times instead of 20; with `-s` it says how many of them found which state.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.load import load
from kg.namespaces import SYSTEM_GRAPHS
from kg.store import LocalStore
from kg.store.local.writer import MANY
from kg.store.terms import IRI

ROUNDS = int(os.environ.get("KG_KILLS", "20"))
FEW = 2_000
"""Triples of the files for the ways of writing that do not depend on how many there are."""
CHANGES = {
    "open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.copyfile", "sqlite3.connect",
    "tempfile.mkstemp", "fcntl.flock",
}  # fmt: skip
"""Audit events of Python, each raised just before the change."""
DATABASE = {
    "CURRENT", "IDENTITY", "LOCK", "LOG", "LOG.old.#", "MANIFEST-#", "OPTIONS-#", "#.log", "#.sst", "search.sqlite",
}  # fmt: skip
"""The files of RocksDB, # for numbers, and the index of words."""


class Write(NamedTuple):
    """A command that changes a store, and what must be there before it."""

    command: tuple[str, ...]
    before: tuple[str, ...] = ("a.nt", "b.nt")
    """The files that are loaded before."""
    triples: int = FEW
    """Of a.nt."""
    store: str = "store"
    """What the command writes."""


WRITES = {
    "first load": Write(("load", "--store", "store", "a.nt"), ()),
    "load": Write(("load", "--store", "store", "b.nt"), ("a.nt",)),
    "replace": Write(("load", "--store", "store", "a.nt")),
    "replace of many": Write(("load", "--store", "store", "a.nt"), triples=MANY + 1),
    "drop": Write(("drop", "--store", "store", "a.nt")),
    "drop of many": Write(("drop", "--store", "store", "a.nt"), triples=MANY + 1),
    "restore": Write(("restore", "--store", "store", "other")),
    "backup": Write(("backup", "--store", "store", "copy"), store="copy"),
}


def serve() -> None:
    """Run the commands that come line by line, each in a process of its own that needs no imports any more.

    A line is JSON: the working folder, the arguments, and after how many seconds or at which change to a file the
    process is killed, or null.  The answer is JSON: the status as the system gives it, the seconds, the changes.
    """
    import kg.cli
    import kg.graph
    import kg.load
    import kg.readers.claim_files
    import kg.store.local.text_index
    import kg.store.resolve

    for line in sys.stdin:
        folder, arguments, seconds, change = json.loads(line)
        reading, writing = os.pipe()
        began = time.monotonic()
        process = os.fork()
        if not process:
            os.chdir(folder)
            os.dup2(os.open(os.devnull, os.O_RDWR), 1)
            os.dup2(1, 2)
            sys.addaudithook(_killer(change, writing))
            sys.argv = ["kg", *arguments]
            kg.cli.main()
        os.close(writing)
        if seconds is not None:
            time.sleep(seconds)
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        with os.fdopen(reading) as changes:
            sys.stdout.write(json.dumps([status, time.monotonic() - began, changes.read().split()]) + "\n")
        sys.stdout.flush()


def _killer(change: int | None, told: int):
    done = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal done
        if event not in CHANGES or (event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            return
        if done == change:
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(told, f"{event} ".encode())
        done += 1

    return count


class Runner:
    """The process that runs commands, and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(
        self, command: tuple[str, ...], seconds: float | None = None, change: int | None = None
    ) -> tuple[int, float, list[str]]:
        """Return the status, the seconds and the changes to files of a command, which is killed at a time if any."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(Path.cwd()), command, seconds, change]) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    root = str(Path(__file__).parents[2])
    script = f"import sys; sys.path.insert(0, {root!r}); from tests.store.test_crash_safety import serve; serve()"
    folder = tmp_path_factory.mktemp("runner")
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Runner(process)
        process.stdin.close()


class State(NamedTuple):
    """What a store holds, without the times of loading."""

    graphs: tuple[tuple[str, str, int], ...]
    """IRI, SHA-256 of the file, triples."""
    quads: int
    """The sum of the hashes of all quads outside the catalog."""
    words: int
    """The hash of all rows of the index."""


def state(folder: str) -> State | None:
    """Return what a store holds; None is a store that was never written.  What it holds must be in step."""
    began = time.process_time()
    store = LocalStore(folder)
    catalog = store.graphs()
    assert time.process_time() - began < 1
    try:
        if not store.exists():
            return None
        assert store.damage() == []
        assert store.miscounted() == []
        graphs = [*SYSTEM_GRAPHS[1:], *(entry.graph for entry in catalog)]
        rows = store.text_index().rows()
        assert {row[0] for row in rows} == {entry.graph for entry in catalog}
        return State(
            tuple((entry.graph, entry.sha256, entry.triples) for entry in catalog),
            sum(hash(quad) for graph in graphs for quad in store.quads(IRI(graph))),
            hash(tuple(rows)),
        )
    finally:
        store.close()


def write_file(path: Path, triples: int, edition: int) -> None:
    """Write claims that oppose each other, so that there are words and derived triples, and fill up with others."""
    hc, own = "https://w3id.org/health-claims/ontology#", f"https://example.org/{path.stem}/"
    with path.open("w") as file:
        for n in range(50):
            claim, argument = f"<{own}claim-{n}>", f"<{own}argument-{n}>"
            file.write(f"{claim} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{hc}Claim> .\n")
            file.write(f'{claim} <{hc}text> "claim {n} of {path.stem}, edition {edition}"@en .\n')
            file.write(f"{argument} <{hc}direction> <{hc}Opposes> .\n")
            file.write(f"{argument} <{hc}premise> {claim} .\n")
            file.write(f"{argument} <{hc}target> <{own}claim-{(n + edition) % 50}> .\n")
        for n in range(triples - 250):
            file.write(f'<{own}{n % 997}> <https://example.org/number> "{n} {edition}" .\n')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def prepare(write: Write) -> None:
    """Make what the command needs, as it is before the command, and keep a copy of the store."""
    write_file(Path("a.nt"), write.triples, edition=1)
    write_file(Path("b.nt"), FEW, edition=1)
    write_file(Path("c.nt"), 300, edition=1)
    if write.before:
        load(LocalStore("store"), write.before)
        shutil.copytree("store", "ready")
    write_file(Path("a.nt"), write.triples, edition=2)
    load(LocalStore("other"), ["c.nt"])


def begin_anew() -> None:
    """Put the store back as it was before the command."""
    for name in ("store", "copy"):
        shutil.rmtree(name, ignore_errors=True)
    if Path("ready").exists():
        shutil.copytree("ready", "store")


@pytest.mark.parametrize("name", WRITES)
def test_a_killed_write_is_wholly_there_or_wholly_absent(name: str, folder: Path, runner: Runner) -> None:
    write = WRITES[name]
    prepare(write)
    begin_anew()
    source = state("store")
    old = left = state(write.store)
    status, seconds, changes = runner.run(write.command)
    new = state(write.store)
    assert status == 0
    assert new != old
    begin_anew()
    chance, found = random.Random(name), Counter[str]()
    for number in range(ROUNDS):
        if number % 2:
            when = {"change": _a_change(changes, number // 2, chance)}
        else:
            when = {"seconds": chance.uniform(0, seconds * 1.1)}
        status, *_ = runner.run(write.command, **when)
        assert status in (0, signal.SIGKILL)
        left = state(write.store)
        assert left == new or (left == old and status), when
        if write.store == "copy":
            assert state("store") == source
            assert left or not Path("copy").exists()
        found["acknowledged" if not status else "new" if left == new else "old"] += 1
        if left != old or chance.random() < 0.3:  # else the next one goes on with what this one left
            the_next_write_leaves_nothing_else()
            begin_anew()
    the_next_write_leaves_nothing_else()
    sys.stdout.write(f"{name}: {seconds:.2f} s, {len(changes)} changes to files; {dict(sorted(found.items()))}\n")


def _a_change(changes: list[str], turn: int, chance: random.Random) -> int:
    """Choose the kind of change whose turn it is, then one of that kind, often the last.

    There are many removals, and only one rename that publishes: the last.
    """
    kinds = sorted(set(changes))
    places = [place for place, change in enumerate(changes) if change == kinds[turn % len(kinds)]]
    return chance.choice([places[-1], chance.choice(places)])


def the_next_write_leaves_nothing_else() -> None:
    with LocalStore("store").writing():
        pass
    shutil.rmtree("copy", ignore_errors=True)
    LocalStore("store").backup("copy")
    for store in ("store", "copy"):
        names = {path.name for path in Path(store).iterdir()}
        current = Path(store, "current").read_text().strip()
        parts = {f"{current}{suffix}" for suffix in ("", ".json", ".checked", ".lock")}
        assert names == {"kg-store.txt", "lock", "current", *parts}
        kinds = {re.sub(r"\d+", "#", path.name) for path in Path(store, current).iterdir()}
        assert kinds <= DATABASE
    assert {path.name for path in Path().iterdir()} <= {"a.nt", "b.nt", "c.nt", "store", "ready", "other", "copy"}
