"""Detection of the reader for a file: by its suffix, and where several kinds share one, by how the content begins."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KgError, UnreadableError, UsageError
from kg.files import PACKED, read_start

if TYPE_CHECKING:
    from pathlib import Path

START = 64 * 1024
"""Bytes of a file that are looked at."""


class FileKind(NamedTuple):
    """A kind of file: the suffixes it has, the module whose `read(path)` reads it, and what its start must show."""

    suffixes: tuple[str, ...]
    reader: str
    mark: re.Pattern[bytes] | None = None
    what: str = ""
    """Name of the format that has this mark, for a suffix that no other reader takes without one."""


def _root(*names: str) -> re.Pattern[bytes]:
    """Match XML whose root element has one of these names."""
    # Possessive (*+): what was passed over is not gone back into, which would take forever where much is indented.
    prolog = rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>)*+"
    return re.compile(prolog + rb"<(?:" + "|".join(names).encode() + rb")[\s>/]", re.DOTALL)


_MAPS = "kg.readers.argument_maps"
_REVIEW = re.compile(rb'"(?:[^"\s]{1,40}[:/])?(?:Claim|Media)Review"')

KINDS = (
    FileKind((".yaml", ".yml"), "kg.readers.claim_files"),
    FileKind((".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl"), "kg.readers.rdf"),
    FileKind((".xml",), "kg.readers.rdf", _root(r"[\w.-]+:RDF", "RDF")),
    FileKind((".argdown", ".ad", ".apx", ".bag", ".af"), _MAPS),
    FileKind(
        (".txt",),
        _MAPS,
        re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:Discussion (?:Title|Name):|1\.[ \t][^\n]*\n\s*1\.1\.[ \t])"),
        "Kialo's",
    ),
    FileKind((".xml",), _MAPS, _root("arggraph")),
    FileKind(
        (".json",),
        _MAPS,
        re.compile(rb'"(?:nodeID|fromID|schemefulfillments)"\s*:|"nodes"\s*:\s*\[\s*\]\s*,\s*"edges"\s*:'),
    ),
    FileKind((".ris", ".nbib", ".bib", ".csl", ".enw"), "kg.readers.bibliographies"),
    FileKind(
        (".txt",),
        "kg.readers.bibliographies",
        re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:PMID- |TY  -|%0 )", re.MULTILINE),
        "MEDLINE, RIS or EndNote's export",
    ),
    FileKind(
        (".xml", ".nxml"),
        "kg.readers.bibliographies",
        _root("PubmedArticleSet", "PubmedArticle", "PubmedBookArticle", "article", "pmc-articleset", "xml", "records"),
        "XML of PubMed, JATS or EndNote",
    ),
    FileKind((".json",), "kg.readers.bibliographies", re.compile(rb'"(?:issued|container-title|recNumber)"\s*:')),
    FileKind((".html", ".htm", ".rss"), "kg.readers.claim_reviews"),
    FileKind((".xml",), "kg.readers.claim_reviews", _root("rss", "feed")),
    FileKind((".xml",), "kg.readers.trix", _root("TriX")),
    FileKind((".jsonld", ".json"), "kg.readers.claim_reviews", _REVIEW),
    FileKind((".jsonld",), "kg.readers.rdf"),
    FileKind((".xml",), "kg.readers.rdf"),
)
"""The first that fits is taken."""

TABLES = (".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xlsx", ".yaml", ".yml")
"""Suffixes of tables, which are read by a mapping file (`--mapping`)."""

BIBLIOGRAPHIES = {
    ".ris": "application/x-research-info-systems",
    ".enw": "application/x-endnote-refer",
    ".bib": "application/x-bibtex",
    ".json": "application/vnd.citationstyles.csl+json",
    ".csl": "application/vnd.citationstyles.csl+json",
    ".nbib": "application/nbib",
    ".txt": "application/nbib",
    ".xml": "application/xml",
}
"""Suffix of a bibliography -> its media type."""

RDF = tuple(dict.fromkeys(suffix for kind in KINDS if kind.reader == "kg.readers.rdf" for suffix in kind.suffixes))


def reader_of(path: Path) -> str:
    """Return the name of the module that reads `path`.

    Raises UnreadableError for a file that is missing, or empty where its start must tell the kind, UsageError for a
    file of no kind that is known.
    """
    suffix = suffix_of(path)
    candidates = [kind for kind in KINDS if suffix in kind.suffixes]
    if candidates and not any(kind.mark for kind in candidates):
        return candidates[0].reader
    start = read_start(path, START)
    if not start.strip() and (candidates or suffix in TABLES or path.suffix.lower() in PACKED):
        raise UnreadableError(f"{path}: the file is empty")
    for kind in candidates:
        if kind.mark is None or kind.mark.search(start):
            return kind.reader
    raise _refusal(path, suffix, start, candidates)


def _refusal(path: Path, suffix: str, start: bytes, candidates: list[FileKind]) -> KgError:
    """Return the sentence for a file that no kind fits."""
    if suffix == ".json" and not _is_text(start):
        return UnreadableError(f"{path}: not UTF-8 text; save it as UTF-8, or name its mapping if it is a table")
    if suffix == ".json" and _NOTHING.fullmatch(start):
        return UnreadableError(f"{path}: the file says nothing: there is no record in it")
    by_mapping = f"a table is read by a mapping: kg load {path} --mapping FILE (kg map {path} proposes one)"
    if suffix == ".json":
        keys = list(dict.fromkeys(name.decode() for name in _KEY.findall(start)))[:_MOST_KEYS]
        has = f" (its first keys: {', '.join(keys)})" if keys else ""
        what = f"JSON of a kind that is not known{has}: CSL, ClaimReview and AIF are read as they are"
        return UsageError(f"{path}: {what}; {by_mapping}")
    if suffix in TABLES:
        return UsageError(f"{path}: {by_mapping}")
    of_text = f"; {_OF_TEXT}" if suffix in _TEXTS else ""
    if candidates:
        what = ", ".join(kind.what for kind in candidates)
        return UsageError(
            f"{path}: a {suffix} file is read if it is {what}, which this one is not; a table is read with --mapping"
            + of_text
        )
    known = ", ".join(sorted({suffix for kind in KINDS for suffix in kind.suffixes}))
    tables = ", ".join(sorted(TABLES))
    return UsageError(
        f"{path}: no reader for '{suffix or path.name}' files; there are {known}; and tables with --mapping: {tables}"
        + of_text
    )


_KEY = re.compile(rb'"([^"\\]{1,40})"\s*:')
_MOST_KEYS = 5
_TEXTS = (".txt", ".md", ".rst", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub")
_OF_TEXT = "a text is named in a claim file as the text: of a source, which says who claims what (kg init begins one)"
_NOTHING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*\]|\{\s*\})\s*")


def _is_text(start: bytes) -> bool:
    """Return True if bytes begin as UTF-8 does; a character that is cut at their end does not count."""
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False


def suffix_of(path: Path) -> str:
    """Return the suffix that tells the kind, lower-cased: of `claims.ttl.gz` it is `.ttl`."""
    inner = path.with_suffix("") if path.suffix.lower() in PACKED else path
    return inner.suffix.lower()
