"""Atomic writes: a reader sees the old file or the new one, and never half of one."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, TYPE_CHECKING, cast

from kg.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator


def atomic_write(path: Path, content: bytes) -> None:
    """Write `content` to `path` atomically; see `atomic_open`."""
    with atomic_open(path) as file:
        file.write(content)


@contextmanager
def atomic_open(path: Path) -> Iterator[IO[bytes]]:
    """Open `path` for writing atomically: through a temporary file beside it, which takes its place at the end.

    A link is followed; what is no plain file (a pipe, a device) is written to as it is.
    Raises UnreadableError if its folder is not there or it cannot be written.
    """
    path = path.resolve() if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                yield device
            return
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                yield cast("IO[bytes]", file)
                file.flush()
                os.fsync(file.fileno())
                temporary.chmod(0o666 & ~_umask())
                temporary.replace(path)
            except BaseException:
                temporary.unlink()
                raise
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
