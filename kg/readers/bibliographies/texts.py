"""The text of a bibliography in UTF-8, and the sentence for a file that is cut or is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Place, UnreadableError
from kg.packed import read_unpacked

if TYPE_CHECKING:
    from pathlib import Path


def text_of(path: Path) -> str:
    """Return the text of a file that may be packed, with \\n as the end of a line; UnreadableError if not UTF-8."""
    content = read_unpacked(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableError(f"{path}:{line}: not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def broken(path: Path, line: int | None, message: str) -> UnreadableError:
    """Return the error for what is wrong at a line of a file."""
    return UnreadableError(f"{Place(str(path), line)}: {message}")
