"""Files of many kinds become quads, with every problem and the place of every node."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.errors import UsageError
from kg.files import read_bytes
from kg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.errors import Place, Problem
    from kg.store.terms import Quad

READERS: dict[str, str] = {
    ".yaml": "kg.readers.claim_files",
    ".yml": "kg.readers.claim_files",
    ".ttl": "kg.readers.rdf",
    ".trig": "kg.readers.rdf",
    ".nt": "kg.readers.rdf",
    ".nq": "kg.readers.rdf",
    ".jsonld": "kg.readers.rdf",
    ".rdf": "kg.readers.rdf",
    ".owl": "kg.readers.rdf",
    ".xml": "kg.readers.rdf",
}
"""Suffix of a file -> the module whose `read(path)` returns its Reading."""

_MARK = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:#[^\n]*|---[ \t\r]*|%YAML[^\n]*)?\n)*claim-file[ \t]*:")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Reading:
    """What one file says, and what is wrong with it."""

    path: Path
    format: str
    """The media type of what was read."""
    dataset: str
    """The folder's name, which is also the prefix of its CURIEs."""
    namespace: str
    """What the IRIs of the dataset's individuals begin with."""
    quads: tuple[Quad, ...]
    """In one order, whatever the order in the file; empty if a problem is a violation."""
    problems: tuple[Problem, ...] = ()
    """In the order of their places."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where a node's record stands (by IRI), and a key of it (by IRI, space, key)."""


def read(path: Path) -> Reading:
    """Read one file by its suffix.

    Problems of the data are in the Reading.  Raises UnreadableError for a missing file or broken syntax, UsageError
    for a suffix that no reader knows.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        read_bytes(path)
        raise UsageError(f"{path}: no reader for '{path.suffix or path.name}' files; there are {', '.join(READERS)}")
    return import_module(reader).read(path)  # type: ignore[no-any-return]


def is_claim_file(path: Path) -> bool:
    """Return whether `path` is a YAML file whose first key is `claim-file`; UnreadableError if it cannot be read."""
    if path.suffix.lower() not in (".yaml", ".yml") or not path.is_file():
        return False
    return bool(_MARK.match(read_bytes(path)))


def dataset_name(path: Path) -> str:
    """Return the dataset that a file belongs to by default: the name of its folder, as a short id.

    It is lower-cased and its accents are folded ("ücafé" gives "ucafe"); other characters become hyphens.
    """
    return short_id(path.resolve().parent.name) or "data"


def short_id(name: str) -> str:
    """Return `name` as lower-case words of a-z and 0-9 joined by hyphens, "" if no such letter is in it."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_IN_A_NAME.sub("-", plain).strip("-")


def graph_name(path: Path, dataset: str, base: str = BASE) -> str:
    """Return the IRI of the graph that holds what `path` says: base + "graph/" + dataset + "/" + file name."""
    return f"{base}graph/{dataset}/{quote(path.name)}"
