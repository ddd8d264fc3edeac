"""Files: written wholly or not at all, links followed, devices left what they are."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from kg import files
from kg.errors import UnreadableError, UsageError
from kg.files import atomic_change, atomic_write, read_text, temporary_folder


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    atomic_write(tmp_path / "a", b"one")
    atomic_write(tmp_path / "a", b"two")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"two")]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    atomic_write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    atomic_write(tmp_path / "pipe", b"content")
    reader.join()
    assert read == [b"content"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"none/a: cannot be written: No such file or directory"):
        atomic_write(tmp_path / "none" / "a", b"content")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="Is a directory"):
        atomic_write(tmp_path, b"content")


def test_a_byte_order_mark_and_foreign_line_ends_do_not_show(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree")
    assert read_text(tmp_path / "a") == "one\ntwo\nthree"


def test_text_that_is_not_utf8_is_told_where(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one\n\xff")
    with pytest.raises(UnreadableError, match=r"a:2: not UTF-8 text \(byte 4\)"):
        read_text(tmp_path / "a")


def test_a_full_disk_under_temporary_files_names_the_folder_that_can_be_chosen() -> None:
    said = r"^no room for temporary files in .*; .*TMPDIR=FOLDER"
    with pytest.raises(UnreadableError, match=said), temporary_folder() as made:
        raise OSError(errno.ENOSPC, "No space left on device", str(made / "all"))
    with pytest.raises(OSError, match="No space left"), temporary_folder():
        raise OSError(errno.ENOSPC, "No space left on device")  # somewhere else
    with pytest.raises(PermissionError), temporary_folder():
        raise PermissionError


def test_of_two_that_change_a_file_at_once_one_is_told_and_no_line_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_bytes(b"a")
    said: list[str] = []

    def second() -> None:
        try:
            atomic_change(path, b"a", b"a c")
        except UsageError as error:
            said.append(str(error))

    other = threading.Thread(target=second)
    write = files.atomic_write

    def slow(target: Path, content: bytes) -> None:
        if content == b"a b":  # the first has seen that nothing changed, and now the second comes
            other.start()
            other.join(timeout=0.3)
        write(target, content)

    monkeypatch.setattr(files, "atomic_write", slow)
    atomic_change(path, b"a", b"a b")
    other.join()
    assert path.read_bytes() == b"a b"
    assert said == [f"{path} was changed meanwhile; nothing was written, try again"]
