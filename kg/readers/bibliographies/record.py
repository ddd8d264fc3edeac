"""The one value in which all bibliographic formats meet: what a record says of a publication, in one spelling."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kg.files import sha256
from kg.readers.bibliographies import identifiers
from kg.readers.bibliographies.dates import date
from kg.readers.bibliographies.languages import language
from kg.readers.claim_id import normal

_RETRACTED = re.compile(r"\[retracted[^\]]*\]|retracted(?: article| paper)?\s*:", re.IGNORECASE)
RETRACTED, CORRECTED, PREPRINT = "retracted", "corrected", "preprint"


class Reference(NamedTuple):
    """One publication as a bibliography describes it; what is not said is empty."""

    line: int | None = None
    """Where its record begins in the file."""
    kind: str = ""
    """A word of `kg.readers.claim_files.fields.SOURCE_TYPES`."""
    title: str = ""
    authors: tuple[str, ...] = ()
    """Family name and initials ("Cherkin DC"), or the name of a group."""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    date: str = ""
    """2011, 2011-07 or 2011-07-05."""
    language: str = ""
    """A language tag: "en"."""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    url: str = ""
    rights: str = ""
    status: str = ""
    """"retracted", "corrected", "preprint" or empty."""
    registrations: tuple[str, ...] = ()
    """Numbers in trial registers of what it reports."""
    design: str = ""
    """A word of the evidence kinds, for the one study that it reports."""
    cites: tuple[Reference, ...] = ()

    @property
    def said(self) -> Reference:
        """The same without its place, to compare."""
        return self._replace(line=None)

    @property
    def short_id(self) -> str:
        """By its strongest identifier: Cochrane number with version, DOI, PMID, PMCID, registration, else its words."""
        if by_identifier := identifiers.publication_id(doi=self.doi, pmid=self.pmid, pmcid=self.pmcid):
            return by_identifier
        if self.kind == "trial registration" and self.registrations:
            return f"registration-{identifiers.study_id(self.registrations[0])}"
        first = self.authors[0] if self.authors else ""
        return "ref-" + sha256("\x1f".join([normal(self.title), self.date[:4], normal(first)]).encode())[:12]

    @property
    def known(self) -> bool:
        """Whether it says by what it can be known: an identifier or a title."""
        return any((self.title, self.doi, self.pmid, self.pmcid, self.registrations))


def reference(
    line: int | None,
    *,
    doi: str = "",
    pmid: str = "",
    pmcid: str = "",
    date_printed: str = "",
    language_printed: str = "",
    authors: tuple[str, ...] = (),
    registrations: tuple[str, ...] = (),
    cites: tuple[Reference, ...] = (),
    **printed: str,
) -> Reference:
    """Return the record of what is printed, each part in its one spelling; `printed` are other fields of Reference.

    A title that says so ("RETRACTED: ...") makes it retracted.
    """
    texts = {name: clean(text) for name, text in printed.items()}
    if _RETRACTED.match(texts.get("title", "")):
        texts["status"] = RETRACTED
    numbers = dict.fromkeys([*registrations, *identifiers.registrations(texts.get("title", ""))])
    return Reference(
        line,
        doi=identifiers.doi(doi),
        pmid=identifiers.pmid(pmid),
        pmcid=identifiers.pmcid(pmcid),
        date=date(date_printed),
        language=language(clean(language_printed)),
        authors=tuple(clean(author) for author in authors if clean(author)),
        registrations=tuple(numbers),
        cites=cites,
        **texts,
    )


def clean(text: str) -> str:
    """Return `text` in one line, composed (NFC), without control characters."""
    plain = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return unicodedata.normalize("NFC", " ".join(plain.split()))


def author(name: str) -> str:
    """Return a name that is printed "Cherkin, Daniel C." as "Cherkin DC"; a name without a comma stays as it is."""
    family, comma, rest = name.partition(",")
    given, _, suffix = rest.partition(",")
    return joined(family, given, suffix) if comma else name


def joined(family: str, given: str, suffix: str = "") -> str:
    """Return family name and initials: "Cherkin", "Daniel C." are "Cherkin DC"."""
    initials = "".join(map(_initials, re.split(r"[\s.\-\u2010]+", given.strip())))
    return " ".join(part for part in (family.strip(), initials, suffix.strip(" .")) if part)


def _initials(word: str) -> str:
    return word if word.isupper() and len(word) < 4 else word[:1].upper()


def pages(first: str, last: str) -> str:
    """Return a range of pages: "292", "7" are "292-7"."""
    return first if not last or first == last else f"{first}-{last}" if first else last


def without_stop(title: str) -> str:
    """Return a title without the full stop that MEDLINE ends every title with."""
    title = title.strip()
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title
