"""Manifest of a finished generation: the store's format, and its files with size and SHA-256.

A generation never changes once it is current, so damaged, cut and missing files are found, and named.  Without this a
cut RocksDB log would open without an error, and lack what it lost.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from kg.errors import UnreadableError
from kg.files import atomic_write, read_bytes
from kg.store.catalog import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOAD_AGAIN = "load its files again into a new store: kg load PATH --store FOLDER"
NOT_COUNTED = ("LOCK", "LOG")
"""RocksDB's own lock and its chatter, which a reader may write."""


def write(folder: Path) -> None:
    """Write down the files of `folder` beside it, in `<folder>.json`."""
    files = {path.name: [path.stat().st_size, _digest(path)] for path in sorted(_files(folder))}
    atomic_write(_manifest(folder), (json.dumps({"format": FORMAT, "files": files}, indent=1) + "\n").encode())


def is_there(folder: Path) -> bool:
    """Return True if `folder` has a manifest that can be read."""
    return bool(_read(folder))


def refuse_other_format(folder: Path, location: str) -> None:
    """Raise UnreadableError if the manifest of `folder` is of another format, if it can be read."""
    found = _read(folder)
    number = found.get("format", 1) if found else FORMAT
    if type(number) is not int:
        wrong, way_out = f"its format is {json.dumps(number)[:40]}, which is no number", _LOAD_AGAIN
    elif number < FORMAT:
        wrong, way_out = f"it has the older format {number}", _LOAD_AGAIN
    elif number > FORMAT:
        wrong, way_out = f"it has the newer format {number}", "update kg"
    else:
        return
    raise UnreadableError(f"{location}: the store cannot be used: {wrong}, and this kg has format {FORMAT}; {way_out}")


def missing_or_cut(folder: Path) -> list[str]:
    """Return what is wrong with the files of `folder` as far as their sizes tell, a sentence each."""
    return list(_faults(folder, contents=False))


def damaged(folder: Path) -> list[str]:
    """Return what is wrong with the files of `folder`, read to their last byte, a sentence each."""
    return list(_faults(folder, contents=True))


def _faults(folder: Path, *, contents: bool) -> Iterator[str]:
    found = {path.name: path for path in _files(folder)} if folder.is_dir() else {}
    files = (_read(folder) or {}).get("files")
    if not isinstance(files, dict):
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


def _read(folder: Path) -> dict[str, Any] | None:
    """Return what the manifest says; None if it is missing or damaged."""
    try:
        found = json.loads(read_bytes(_manifest(folder)))
    except (UnreadableError, ValueError):
        return None
    return found if isinstance(found, dict) and found.keys() & {"format", "files"} else None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith(NOT_COUNTED))


def _manifest(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
