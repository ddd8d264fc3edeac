"""The text of a file that may be packed, and the sentence for one that is cut or is not what its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Place, UnreadableError
from kg.files import decoded
from kg.files.compressed import read_unpacked

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path) -> str:
    """Return the text of a file that may be packed, with \\n as the end of a line; UnreadableError if not UTF-8."""
    return decoded(read_unpacked(path), path)


def broken(path: Path, line: int | None, message: str) -> UnreadableError:
    """Return the error for what is wrong at a line of a file."""
    return UnreadableError(f"{Place(str(path), line)}: {message}")
