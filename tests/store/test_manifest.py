"""The format of a store: one of another format, and a folder that is none, are refused and stay as they are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from kg.cli import cli, main
from kg.errors import UnreadableError
from kg.store import open_store
from kg.store.catalog import FORMAT

COMMANDS = {
    "claim duplicates": ["claims", "duplicates"],
    "backup": ["backup", "copy"],
    "drift": ["drift"],
    "drop": ["drop", "claims.yaml"],
    "duplicates": ["sources", "duplicates"],
    "explain": ["explain", "relieves"],
    "claims duplicates": ["claims", "duplicates"],
    "claims same": ["claims", "same", "relieves", "no-evidence"],
    "claims different": ["claims", "different", "relieves", "no-evidence"],
    "export": ["export"],
    "list": ["list"],
    "load": ["load", "a.ttl"],
    "query": ["query", "SELECT * { ?s ?p ?o } LIMIT 1"],
    "restore": ["restore", "backup"],
    "search": ["search", "massage"],
    "show": ["show", "relieves"],
    "standing": ["standing"],
    "standing --write": ["standing", "--write"],
    "sources duplicates": ["sources", "duplicates"],
    "sources superseded": ["sources", "superseded", "article", "amta-position"],
    "stats": ["stats"],
    "unlock": ["unlock"],
    "validate": ["validate"],
    "verify": ["verify"],
    "view": ["view", "relieves", "-o", "page.html"],
    "what-if": ["what-if", "relieves", "--without", "relieves"],
}
MISSING = object()
FORMATS = {
    "newer": (FORMAT + 1, f"it has the newer format {FORMAT + 1}, and this kg has format {FORMAT}; update kg"),
    "newest": (99, f"it has the newer format 99, and this kg has format {FORMAT}; update kg"),
    "older": (1, f"it has the older format 1, and this kg has format {FORMAT}; load its files again into a new store"),
    "missing": (MISSING, f"it has the older format 1, and this kg has format {FORMAT}; load its files again"),
    "a text": ("two", f'its format is "two", which is no number, and this kg has format {FORMAT}; load its files'),
    "null": (None, f"its format is null, which is no number, and this kg has format {FORMAT}; load its files again"),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put_format(store: Path, number: object) -> None:
    manifest = next(store.glob("*.json"))
    written = json.loads(manifest.read_text())
    written["format"] = number
    if number is MISSING:
        del written["format"]
    manifest.write_text(json.dumps(written))


@pytest.fixture
def kg(
    tmp_path: Path, seed_store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command line, in a folder with a store, a backup of it and a file to load."""
    for name in ("store", "backup"):
        shutil.copytree(seed_store, tmp_path / name)
    (tmp_path / "a.ttl").write_text("<https://example.org/a> a <https://example.org/b> .")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", "store")

    def called(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["kg", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return int(str(left.value.code)), capsys.readouterr().err

    return called


def test_every_command_that_opens_a_store_is_in_the_table() -> None:
    groups = [command for command in cli.commands.values() if isinstance(command, click.Group)]
    commands = [command for group in (cli, *groups) for command in group.commands.values()]
    opening = {command.name for command in commands if any(option.name == "store" for option in command.params)}
    assert opening <= {word for words in COMMANDS.values() for word in words[:2]}


@pytest.mark.parametrize("found", FORMATS)
def test_a_store_of_another_format_is_refused_by_every_command_and_stays_as_it_is(
    kg: Callable[..., tuple[int, str]], tmp_path: Path, found: str
) -> None:
    number, sentence = FORMATS[found]
    put_format(tmp_path / "store", number)
    before = contents(tmp_path)
    for name, words in COMMANDS.items():
        status, said = kg(*words)
        assert status == 3, name
        assert said.startswith(f"kg: store: the store cannot be used: {sentence}"), name
        assert said.count("\n") == 1, name
    assert contents(tmp_path) == before


def test_a_backup_of_another_format_is_not_restored(kg: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    put_format(tmp_path / "backup", FORMAT + 1)
    before = contents(tmp_path)
    status, said = kg("restore", "backup")
    assert status == 3
    assert said == f"kg: backup: the store cannot be used: {FORMATS['newer'][1]}\n"
    assert contents(tmp_path) == before


def test_a_store_whose_format_changes_while_it_is_open_is_refused(tmp_path: Path, seed_store: Path) -> None:
    shutil.copytree(seed_store, tmp_path / "store")
    store = open_store(tmp_path / "store")
    put_format(tmp_path / "store", FORMAT + 1)
    before = contents(tmp_path)
    with pytest.raises(UnreadableError, match="newer format"):
        store.graphs()
    with pytest.raises(UnreadableError, match="newer format"), store.writing():
        pass
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    "files",
    [
        {"current": "none\n"},
        {"current": "000001\n"},
        {"current": "main\n", "lock": ""},
        {"lock": ""},
        {"000001.json": "{}"},
        {"000001.json": "[1]", "current": "000001\n"},
        {"kg-store.txt": "a list of shops"},
        {".current.swp": ""},
        {"README": "mine"},
    ],
    ids=lambda files: "+".join(files),
)
def test_a_folder_without_our_mark_is_never_taken_for_a_store(
    kg: Callable[..., tuple[int, str]], tmp_path: Path, files: dict[str, str]
) -> None:
    shutil.rmtree(tmp_path / "store")
    (tmp_path / "store").mkdir()
    for name, content in files.items():
        (tmp_path / "store" / name).write_text(content)
    before = contents(tmp_path)
    for words in COMMANDS.values():
        assert kg(*words) == (
            3,
            "kg: store: not a kg store (a folder with a file kg-store.txt); name another with --store\n",
        )
    assert contents(tmp_path) == before


def test_a_store_that_lost_its_mark_is_read_and_gets_it_back_when_it_is_written(
    tmp_path: Path, seed_store: Path
) -> None:
    shutil.copytree(seed_store, tmp_path / "store")
    mark = tmp_path / "store" / "kg-store.txt"
    mark.unlink()
    store = open_store(tmp_path / "store")
    assert store.graphs()
    with store.writing():
        pass
    assert mark.is_file()
    store.close()


def test_a_first_write_that_was_killed_at_its_first_step_leaves_an_empty_store(tmp_path: Path) -> None:
    (tmp_path / ".kg-store.txt.k3x_81aa").write_text("A st")
    store = open_store(tmp_path)
    assert store.graphs() == ()
    with store.writing():
        pass
    assert sorted(path.name for path in tmp_path.glob("*kg-store*")) == ["kg-store.txt"]
