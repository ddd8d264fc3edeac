"""Which reader a file is for: by its suffix, and where several kinds share one, by how its content begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.packed import PACKED, read_start

if TYPE_CHECKING:
    from pathlib import Path

START = 64 * 1024
"""Bytes of a file that are looked at."""


class Kind(NamedTuple):
    """A kind of file: the suffixes it has, the module whose `read(path)` reads it, and what its start must show."""

    suffixes: tuple[str, ...]
    reader: str
    mark: re.Pattern[bytes] | None = None


def _root(*names: str) -> re.Pattern[bytes]:
    """Match XML whose root element has one of these names."""
    # Possessive (*+): what was passed over is not gone back into, which would take forever where much is indented.
    prolog = rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+"
    return re.compile(prolog + rb"<(?:" + "|".join(names).encode() + rb")[\s>/]", re.DOTALL)


KINDS = (
    Kind((".yaml", ".yml"), "kg.readers.claim_files"),
    Kind((".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl"), "kg.readers.rdf"),
    Kind((".xml",), "kg.readers.rdf", _root(r"[\w.-]+:RDF", "RDF")),
    Kind((".ris", ".nbib", ".bib"), "kg.readers.bibliographies"),
    Kind((".txt",), "kg.readers.bibliographies", re.compile(rb"\s*PMID- ")),
    Kind(
        (".xml", ".nxml"),
        "kg.readers.bibliographies",
        _root("PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", "article", "pmc-articleset", "xml", "records"),
    ),
    Kind((".json",), "kg.readers.bibliographies", re.compile(rb'"(?:issued|container-title|recNumber)"\s*:')),
    Kind((".html", ".htm", ".rss"), "kg.readers.claim_reviews"),
    Kind((".xml",), "kg.readers.claim_reviews", _root("rss", "feed")),
    Kind((".xml",), "kg.readers.trix", _root("TriX")),
    Kind((".jsonld", ".json"), "kg.readers.claim_reviews", re.compile(rb'"(?:[^"\s]{1,40}[:/])?ClaimReview"')),
    Kind((".jsonld",), "kg.readers.rdf"),
    Kind((".xml",), "kg.readers.rdf"),
)
"""The first that fits is taken."""

TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xlsx", ".yaml", ".yml")
"""Suffixes of tables, which are read by a mapping file (`--mapping`)."""

RDF = tuple(dict.fromkeys(suffix for kind in KINDS if kind.reader == "kg.readers.rdf" for suffix in kind.suffixes))


def reader_of(path: Path) -> str:
    """Return the name of the module that reads `path`.

    Raises UnreadableError for a missing file, UsageError for a file of no kind that is known.
    """
    suffix = suffix_of(path)
    candidates = [kind for kind in KINDS if suffix in kind.suffixes]
    start = read_start(path, START) if not candidates or any(kind.mark for kind in candidates) else b""
    for kind in candidates:
        if kind.mark is None or kind.mark.search(start):
            return kind.reader
    if suffix in TABLES:
        raise UsageError(f"{path}: a table is read by a mapping: kg load {path} --mapping FILE (kg map proposes one)")
    known = sorted({suffix for kind in KINDS for suffix in kind.suffixes})
    raise UsageError(f"{path}: no reader for '{suffix or path.name}' files; there are {', '.join(known)}")


def suffix_of(path: Path) -> str:
    """Return the suffix that tells the kind, lower-cased: of `claims.ttl.gz` it is `.ttl`."""
    inner = path.with_suffix("") if path.suffix.lower() in PACKED else path
    return inner.suffix.lower()
