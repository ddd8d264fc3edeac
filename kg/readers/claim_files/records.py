"""The records of a claim file, one after the other, those inside other records too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.readers.claim_files.fields import NESTED, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.readers.claim_files.fields import Section
    from kg.readers.claim_files.yaml import Way


class Record(NamedTuple):
    """One record: an agent, an assertion, a finding."""

    section: Section
    id: str
    path: Way
    values: dict[str, Any]
    outer: Record | None = None
    """The record that it stands in."""

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return self.section.kind

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


def records(value: Any) -> Iterator[Record]:
    """Yield the records of a file's value, in the order of the table of sections; what is no record is left out."""
    for name, section in SECTIONS.items():
        if name not in NESTED:
            yield from _section(name, section, value, (), None)


def subject(path: Way) -> str:
    """Return what the value at `path` is called in a sentence: "stance of assertion amta-relieves"."""
    names = [part for part in path if isinstance(part, str)]
    said = ""
    while names:
        section = SECTIONS.get(names[0])
        if section is None or len(names) == 1:
            return f"{names[0]} of {said}" if said else names[0]
        said = f"{section.kind} {names[1]}"
        names = names[2:]
    return said or "the file"


def _section(name: str, section: Section, holder: Any, path: Way, outer: Record | None) -> Iterator[Record]:
    found = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(found, dict):
        return
    for short_id, values in found.items():
        record = Record(section, short_id, (*path, name, short_id), values if isinstance(values, dict) else {}, outer)
        yield record
        for inner in section.inner:
            yield from _section(inner, SECTIONS[inner], record.values, record.path, record)
