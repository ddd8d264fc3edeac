"""MEDLINE: the tagged text that PubMed exports (.nbib), and MEDLINE's words for types of publications and notices."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import identifiers
from kg.readers.bibliographies.reference import (
    CORRECTED,
    PREPRINT,
    RETRACTED,
    Reference,
    author,
    reference,
    without_stop,
)
from kg.readers.texts import broken, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_KINDS = {
    "Practice Guideline": "guideline",
    "Guideline": "guideline",
    "Clinical Trial Protocol": "trial protocol",
    "Systematic Review": "systematic review",
    "Meta-Analysis": "systematic review",
    "Preprint": "preprint",
    "Randomized Controlled Trial": "trial report",
    "Controlled Clinical Trial": "trial report",
    "Clinical Trial": "trial report",
    "Review": "review article",
    "Case Reports": "case report",
    "Editorial": "editorial",
    "Letter": "letter",
    "Comment": "comment",
    "News": "news report",
    "Newspaper Article": "newspaper article",
    "Congress": "conference abstract",
    "Meeting Abstract": "conference abstract",
    "Journal Article": "journal article",
}
"""Publication type -> word of a claim file; of several the first here, which says most."""
_DESIGNS = {
    "Randomized Controlled Trial": "randomised trial",
    "Systematic Review": "systematic review",
    "Meta-Analysis": "systematic review",
}
NOTICES = {
    "RetractionIn": RETRACTED,
    "RIN": RETRACTED,
    "ErratumIn": CORRECTED,
    "EIN": CORRECTED,
    "CorrectedandRepublishedIn": CORRECTED,
    "CRI": CORRECTED,
}
"""Kind of notice, in PubMed's XML and as a MEDLINE tag -> what it makes of the publication."""
REGISTERS = ("clinicaltrials.gov", "isrctn", "anzctr", "chictr", "ctri", "drks", "jprn", "eudract", "ictrp", "umin-ctr")


def kind(types: Collection[str]) -> str:
    """Return the word for what a publication is by its types."""
    return next((word for name, word in _KINDS.items() if name in types), "")


def design(types: Collection[str]) -> str:
    """Return the design of the study that a publication reports, where the types tell it."""
    return next((word for name, word in _DESIGNS.items() if name in types), "")


def status(types: Collection[str], notices: Collection[str]) -> str:
    """Return what became of a publication, by its types and the notices about it."""
    said = {NOTICES[notice] for notice in notices if notice in NOTICES}
    if RETRACTED in said or "Retracted Publication" in types:
        return RETRACTED
    return CORRECTED if CORRECTED in said else PREPRINT if "Preprint" in types else ""


_TAG = re.compile(r"([A-Z]{2,5}) {0,2}- ?(.*)")
_LAST = "SO"
"""The tag with which NLM ends each record."""

Fields = defaultdict[str, list[str]]


def references(path: Path) -> Iterator[Reference]:
    """Yield the records of a MEDLINE file; UnreadableError for a line that is none, or a last record that is cut."""
    line, fields = 0, Fields(list)
    for line, fields in _records(path):
        yield _reference(line, fields)
    if fields and _LAST not in fields:
        raise broken(path, line, f"this last record has no {_LAST} line: the file is cut; export it again")


def _records(path: Path) -> Iterator[tuple[int, Fields]]:
    """Yield each record with its line: it ends at a blank line, or where the next PMID stands."""
    start, tag, fields = 0, "", Fields(list)
    for number, line in enumerate(text_of(path).split("\n"), 1):
        found = _TAG.match(line)
        if fields and (not line.strip() or (found and found[1] == "PMID" and "PMID" in fields)):
            yield start, fields
            start, tag, fields = 0, "", Fields(list)
        if found:
            start, tag = start or number, found[1]
            fields[tag].append(found[2].strip())
        elif line.strip() and tag and line[0].isspace():
            fields[tag][-1] = f"{fields[tag][-1]} {line.strip()}"
        elif line.strip():
            raise broken(path, number, "neither a tag (PMID- 123) nor the indented rest of one; export the file again")
    if fields:
        yield start, fields


def _reference(line: int, fields: Fields) -> Reference:
    types = fields["PT"]
    abstract = " ".join(fields["AB"])
    return reference(
        line,
        kind=kind(types) or ("book" if fields["BTI"] else ""),
        title=without_stop(_first(fields, "TI", "BTI")),
        authors=(*(fields["AU"] or map(author, fields["FAU"])), *fields["CN"]),
        container=_first(fields, "JT", "TA", "BTI" if fields["TI"] else ""),
        volume=_first(fields, "VI"),
        issue=_first(fields, "IP"),
        pages=_first(fields, "PG"),
        publisher=_first(fields, "PB"),
        date_printed=_first(fields, "DP", "DEP"),
        language_printed=_first(fields, "LA"),
        doi=next((value for value in [*fields["LID"], *fields["AID"]] if value.endswith("[doi]")), ""),
        pmid=_first(fields, "PMID"),
        pmcid=_first(fields, "PMC"),
        rights=_first(fields, "CI"),
        status=status(types, {tag for tag in NOTICES if fields[tag]}),
        registrations=(*identifiers.registrations(" ".join(fields["SI"])), *identifiers.stated(abstract)),
        design=design(types),
    )


def _first(fields: Fields, *tags: str) -> str:
    return next((fields[tag][0] for tag in tags if fields[tag]), "")
