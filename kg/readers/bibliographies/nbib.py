"""MEDLINE's tagged text (.nbib, the file for citation managers that PubMed gives): tags of up to four letters."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.readers.bibliographies import identifiers, medline
from kg.readers.bibliographies.record import Reference, author, reference, without_stop
from kg.readers.texts import broken, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
        kind=medline.kind(types) or ("book" if fields["BTI"] else ""),
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
        status=medline.status(types, {tag for tag in medline.NOTICES if fields[tag]}),
        registrations=(*identifiers.registrations(" ".join(fields["SI"])), *identifiers.stated(abstract)),
        design=medline.design(types),
    )


def _first(fields: Fields, *tags: str) -> str:
    return next((fields[tag][0] for tag in tags if fields[tag]), "")
