"""Contents of files: bytes, text, and their SHA-256."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.errors import UnreadableError

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path) -> bytes:
    """Return the content of `path`; UnreadableError names the file and the cause."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """Return the UTF-8 text of `path` (a byte order mark is dropped, line ends become \\n)."""
    return decoded(read_bytes(path), path)


def decoded(content: bytes, path: Path) -> str:
    """Return the UTF-8 text that `content` is, as `read_text` does; UnreadableError names `path` and the line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableError(f"{path}:{line}: not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; UnreadableError names the file and the cause."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {error.strerror or error}") from error
