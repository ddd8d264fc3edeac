"""Manifest of a finished generation: the store's format, and its files with size and SHA-256.

A generation never changes once it is current, so damaged, cut and missing files are found, and named.  Without this a
cut RocksDB log would open without an error, and lack what it lost; one changed bit of a table may let RocksDB take all
memory, so no file is given to it before its SHA-256 was compared.  That is done once: which files were found whole is
remembered in `<folder>.checked`, by inode, size and times, and a file for which these are the same is not read again.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from kg.errors import UnreadableError
from kg.files import atomic_write, read_bytes
from kg.store.catalog import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOAD_AGAIN = "load its files again into a new store: kg load PATH --store FOLDER"
NOT_COUNTED = ("LOCK", "LOG")
"""RocksDB's own lock and its chatter, which a reader may write."""
NEVER_CHANGED = (".sst", ".sqlite")
"""Suffixes of files that are written once: RocksDB's tables, and the index of words."""
INDEX = "search.sqlite"
"""Name of the index of words and nodes in the folder of a generation."""


def write(folder: Path, source: Path | None = None) -> None:
    """Write down the files of `folder` beside it, in `<folder>.json`.

    A file that is a link to one of the generation `source` keeps the digest that it has there: damage that came upon
    it is not taken for its content.  Raises UnreadableError if it came since `source` was found whole.
    """
    known, remembered = (_digests(source), _remembered(source)) if source else ({}, {})
    files = {}
    for path in sorted(_files(folder)):
        digest = known.get(path.name, "") if source and _is_same(path, source / path.name) else ""
        # By the link itself no more than the time of the last change of any kind is another one.
        if not digest or remembered.get(path.name, [])[:-1] != _stamp(path)[:-1]:
            found = _digest(path)
            if digest not in ("", found):
                raise UnreadableError(
                    f"{folder.parent}: the store is damaged: {path.name} has changed; restore it from a backup"
                )
            digest = found
        files[path.name] = [path.stat().st_size, digest]
    atomic_write(_manifest(folder), (json.dumps({"format": FORMAT, "files": files}, indent=1) + "\n").encode())


def branch(source: Path | None, folder: Path) -> None:
    """Make `folder` with what is in the generation `source`: links to files that never change, copies of the rest."""
    folder.mkdir()
    for path in _files(source) if source else ():
        if path.suffix in NEVER_CHANGED:
            _link(path, folder / path.name)
        else:
            shutil.copyfile(path, folder / path.name)


def remember(folder: Path) -> None:
    """Write down that the files of `folder` are whole, as far as they are not changed from now on.

    Where that cannot be written, they are read again each time.
    """
    with suppress(UnreadableError, OSError):
        stamps = {path.name: _stamp(path) for path in _files(folder)}
        atomic_write(_memory(folder), json.dumps(stamps).encode())


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
    return list(_faults(folder, lambda _: False))


def damaged(folder: Path, source: Path | None = None) -> list[str]:
    """Return what is wrong with the files of `folder`, read to their last byte, a sentence each.

    They are compared with the folder's own manifest, or with that of `source`, of which it is a copy.
    """
    return list(_faults(folder, lambda _: True, source))


def refuse_damage(folder: Path, location: str) -> None:
    """Raise UnreadableError if a file of `folder` is not what was written; what is known to be whole is not read."""
    remembered, were_read = _remembered(folder), False

    def is_new(path: Path) -> bool:
        nonlocal were_read
        is_known = remembered.get(path.name) == _stamp(path)
        were_read = were_read or not is_known
        return not is_known

    for fault in _faults(folder, is_new):
        raise UnreadableError(f"{location}: the store is damaged: {fault}; restore it from a backup")
    if were_read:
        remember(folder)


def check_memory(error: Exception) -> None:
    """Raise MemoryError if it is memory that is wanting: the files are whole then."""
    if getattr(error, "errno", None) == errno.ENOMEM or os.strerror(errno.ENOMEM) in str(error):
        raise MemoryError(str(error)) from error


def _faults(folder: Path, is_to_be_read: Callable[[Path], bool], source: Path | None = None) -> Iterator[str]:
    try:
        found = {path.name: path for path in _files(folder)} if folder.is_dir() else {}
    except OSError as error:
        check_memory(error)
        yield f"{folder.name} cannot be read: {error.strerror or error}"
        return
    expected = _entries(source or folder)
    if expected is None:
        yield f"{_manifest(source or folder).name} is missing or damaged"
        return
    for name, (size, digest) in expected.items():
        path = found.get(name)
        try:
            if path is None:
                yield f"{folder.name}/{name} is missing"
            elif path.stat().st_size != size:
                yield f"{folder.name}/{name} has {path.stat().st_size:,} bytes and not {size:,}"
            elif is_to_be_read(path) and _digest(path) != digest:
                yield f"{folder.name}/{name} is damaged"
        except OSError as error:
            check_memory(error)
            yield f"{folder.name}/{name} cannot be read: {error.strerror or error}"
    for name in sorted(found.keys() - expected.keys()):
        yield f"{folder.name}/{name} does not belong there"


def _entries(folder: Path) -> dict[str, tuple[int, str]] | None:
    """Return the size and the digest of each file that the manifest names; None if it is missing or damaged."""
    files = (_read(folder) or {}).get("files")
    try:
        return {name: (size, digest) for name, (size, digest) in files.items()} if isinstance(files, dict) else None
    except (TypeError, ValueError):
        return None


def _digests(folder: Path) -> dict[str, str]:
    return {name: digest for name, (_, digest) in (_entries(folder) or {}).items()}


def _read(folder: Path) -> dict[str, Any] | None:
    """Return what the manifest says; None if it is missing or damaged."""
    try:
        found = json.loads(read_bytes(_manifest(folder)))
    except (UnreadableError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.keys() & {"format", "files"} else None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith(NOT_COUNTED))


def _manifest(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _memory(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.checked")


def _remembered(folder: Path) -> dict[str, Any]:
    """Return the stamps of files that were found whole; none if they are not known."""
    try:
        found = json.loads(_memory(folder).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _stamp(path: Path) -> list[int]:
    """Return what changes whenever a file does: the time of its last change of any kind nobody can set."""
    found = path.stat()
    return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links, or at its limit of links
        shutil.copyfile(source, target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
