"""Records of a bibliography: sources, the studies that they report, what they cite and supersede."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import Place, Problem
from kg.model.identifiers import cochrane
from kg.model.ids import study_id
from kg.model.phrases import printed
from kg.model.records import SourceRecord, StudyRecord
from kg.readers.bibliographies.reference import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.model.records import Record
    from kg.readers.bibliographies.reference import Reference


class Publications:
    """Records and problems of the references of one file, which are gone through once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.places: dict[str, Place] = {}
        """Place of each source, by its id."""
        self._lines: dict[str, dict[int, int | None]] = {}
        """Id -> the hash of all that a reference with this id says -> its line."""
        self._cited: dict[str, Reference] = {}
        self._versions: dict[str, dict[int, str]] = {}

    def records(self, references: Iterable[Reference]) -> Iterator[Record | Problem]:
        """Yield the records of `references`; of what is cited, at the end, what no reference of its own is about."""
        for reference in references:
            place = Place(str(self._path), reference.line)
            short_id, problem = self._named(reference, place)
            if problem:
                yield problem
            yield from (Problem("warning", "value-not-taken", noted, place) for noted in reference.noted)
            if short_id:
                self.places[short_id] = place
                yield from self._source(short_id, reference)
        for short_id, reference in self._cited.items():
            if short_id not in self._lines:
                yield from self._source(short_id, reference)
        yield from self._succession()

    def _named(self, reference: Reference, place: Place) -> tuple[str, Problem | None]:
        """Return the id for a reference, "" if it can have none or only repeats another; and what is to be said."""
        if not reference.known:
            message = "this record has neither a title nor an identifier; give it one, or take it out"
            return "", Problem("violation", "nameless-reference", message, place)
        short_id, said = reference.short_id, hash(reference.said)
        lines = self._lines.setdefault(short_id, {})
        if said in lines:
            message = f"this record repeats the one on line {lines[said]}; it is read once"
            return "", Problem("info", "reference-repeated", message, place)
        lines[said] = reference.line
        if len(lines) == 1:
            return short_id, None
        first = next(iter(lines.values()))
        message = f"this record goes by the same identifier as the one on line {first} and says otherwise; "
        advice = "both are kept, see kg sources duplicates"
        return f"{short_id}-record-{len(lines)}", Problem("warning", "reference-differs", message + advice, place)

    def _source(self, short_id: str, reference: Reference) -> Iterator[Record]:
        """Yield a source, and the studies that it reports; the design is that of the one study of a report."""
        if version := cochrane(reference.doi):
            self._versions.setdefault(version.review, {}).setdefault(version.number, short_id)
        yield SourceRecord(
            id=short_id,
            type=reference.kind,
            title=reference.title,
            printed=_language(reference),
            language=reference.language,
            authors=printed(reference.authors),
            container=reference.container,
            volume=reference.volume,
            issue=reference.issue,
            pages=reference.pages,
            publisher=reference.publisher,
            date=reference.date,
            doi=reference.doi,
            pmid=reference.pmid,
            pmcid=reference.pmcid,
            url=address(reference.url),
            rights=reference.rights,
            status=reference.status,
            cites=tuple(self._works(reference)),
            reports=tuple(map(study_id, reference.registrations)),
        )
        is_one_trial = reference.design == "randomised trial" and len(reference.registrations) == 1
        for number in reference.registrations:
            yield StudyRecord(
                id=study_id(number),
                label=f"Trial {number}",
                registration=number,
                design=reference.design if is_one_trial else "",
            )

    def _works(self, reference: Reference) -> Iterator[str]:
        """Yield the ids of the works that are cited, and keep these."""
        for work in reference.cites:
            if work.known:
                known = self._cited.setdefault(work.short_id, work)
                if work.status and not known.status:
                    self._cited[work.short_id] = known._replace(status=work.status)
                yield work.short_id

    def _succession(self) -> Iterator[Record]:
        """Yield that each version of a review supersedes the one before it in this file."""
        for versions in self._versions.values():
            for older, newer in pairwise(sorted(versions)):
                yield SourceRecord(id=versions[newer], supersedes=versions[older])


def _language(reference: Reference) -> str:
    """Return the language of a title, "" if it is not known; MEDLINE prints titles that it translated in brackets."""
    return "en" if reference.title.startswith("[") and reference.language else reference.language
