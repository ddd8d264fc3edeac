"""A folder to start from: an example claim file, the schema for editors, and a page that says what comes next."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UnreadableError, UsageError
from kg.files import atomic_write, read_bytes
from kg.readers.claim_files.schema import FILE as SCHEMA

_EXAMPLE = Path(__file__).with_name("example")
_SCHEMA_NAME = "claim-file.schema.json"
"""Name of the schema beside a curator's claim files, where `schema.json` alone would not say of what."""


def begin(folder: Path) -> list[Path]:
    """Write the files into `folder`, which need not exist, and return them.

    Raises UsageError, and writes nothing, if one of them is there already.
    """
    examples = sorted(path for path in _EXAMPLE.iterdir() if path.is_file())
    sources = [*examples, SCHEMA]
    files = [*(folder / example.name for example in examples), folder / _SCHEMA_NAME]
    if present := [file for file in files if file.exists() or file.is_symlink()]:
        raise UsageError(f"{present[0]} is there already; name a new folder")
    contents = [read_bytes(source) for source in sources]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnreadableError(f"{folder}: cannot be made: {error.strerror or error}") from error
    for file, content in zip(files, contents, strict=True):
        atomic_write(file, content)
    return files
