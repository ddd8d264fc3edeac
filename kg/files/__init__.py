"""Files: read with errors that name them, written atomically, unpacked as a stream, and those that ship with `kg`."""

from kg.files.atomic import atomic_open, atomic_write
from kg.files.contents import decoded, file_sha256, read_bytes, read_text, sha256
from kg.files.shipped import shipped

__all__ = [
    "atomic_open",
    "atomic_write",
    "decoded",
    "file_sha256",
    "read_bytes",
    "read_text",
    "sha256",
    "shipped",
]
