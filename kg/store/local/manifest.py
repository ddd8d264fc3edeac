"""The files of a finished generation, with size and SHA-256: what is damaged, cut or missing is found, and named.

A generation never changes once it is published, so its files say whether it is whole.  Without this a cut RocksDB log
would open without an error, and lack what it lost.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from kg.errors import UnreadableError
from kg.files import read_bytes, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOT_COUNTED = ("LOCK", "LOG")
"""RocksDB's own lock and its chatter, which a reader may write."""


def write(folder: Path) -> None:
    """Write down the files of `folder` beside it, in `<folder>.json`."""
    files = {path.name: [path.stat().st_size, _digest(path)] for path in sorted(_files(folder))}
    write_whole(_manifest(folder), (json.dumps({"files": files}, indent=1) + "\n").encode())


def missing_or_cut(folder: Path) -> list[str]:
    """Return what is wrong with the files of `folder` as far as their sizes tell, a sentence each."""
    return list(_faults(folder, contents=False))


def damaged(folder: Path) -> list[str]:
    """Return what is wrong with the files of `folder`, read to their last byte, a sentence each."""
    return list(_faults(folder, contents=True))


def _faults(folder: Path, *, contents: bool) -> Iterator[str]:
    found = {path.name: path for path in _files(folder)} if folder.is_dir() else {}
    try:
        files = json.loads(read_bytes(_manifest(folder)))["files"]
    except (UnreadableError, ValueError, KeyError, TypeError):
        yield f"{_manifest(folder).name} is missing or damaged"
        return
    for name, (size, digest) in files.items():
        path = found.get(name)
        if path is None:
            yield f"{folder.name}/{name} is missing"
        elif path.stat().st_size != size:
            yield f"{folder.name}/{name} has {path.stat().st_size:,} bytes and not {size:,}"
        elif contents and _digest(path) != digest:
            yield f"{folder.name}/{name} is damaged"
    for name in found.keys() - files.keys():
        yield f"{folder.name}/{name} does not belong there"


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith(NOT_COUNTED))


def _manifest(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
