"""Reference: the one value in which all bibliographic formats meet, each part of it in one spelling."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from kg.model import identifiers
from kg.model.ids import digest, normal, publication_id, study_id
from kg.model.literals import date as literal_date
from kg.readers.suggestions import shown
from kg.readers.tables.dates import month
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator

_RETRACTED = re.compile(r"\[retracted[^\]]*\]|retracted(?: article| paper)?\s*:", re.IGNORECASE)
RETRACTED, CORRECTED, PREPRINT = "retracted", "corrected", "preprint"
_YEAR = re.compile(r"[12]\d{3}")
_RIS_DATE = re.compile(r"([12]\d{3})/(\d{0,2})/(\d{0,2})/.*")
_YEAR_FIRST = re.compile(r"([12]\d{3})([-/. ]+)(\d{1,2})(?:\2(\d{1,2}))?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2([12]\d{3})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.]([12]\d{3})")
_WHOLE_DAY = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_MARKUP = re.compile(
    r"</?(?:jats:)?(?:i|b|u|em|strong|it|italic|bold|sub|sup|span|sc|scp|br|p)\b[^<>]*>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,20});")
_DASHES = re.compile(r"\s*[-\u2010-\u2015]+\s*")
_OF_DOI = re.compile(r"https?://(?:(?:dx|www)\.)?doi\.org/", re.IGNORECASE)
_STATED_DOI = re.compile(
    r"(?:^|\bdoi\s*[:=]?\s*|\bdoi\.org/)(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)(?=\s*(?:$|[\n;.,]))",
    re.IGNORECASE | re.MULTILINE,
)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TAG = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_LANGUAGES = {
    "ara": "ar", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "eng": "en", "fin": "fi",
    "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hrv": "hr", "hun": "hu", "ita": "it",
    "jap": "ja", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no", "per": "fa", "pol": "pl", "por": "pt",
    "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip
"""The first three letters of an English name, or a code of ISO 639-2 (both sorts) -> ISO 639-1."""


class Reference(NamedTuple):
    """One publication as a bibliography describes it; what is not said is empty."""

    line: int | None = None
    """Place at which its record begins in the file."""
    kind: str = ""
    """A word of `kg.model.statements.SOURCE_TYPES`."""
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
    noted: tuple[str, ...] = ()
    """Values that could not be taken as they are, each in a sentence."""

    @property
    def said(self) -> Reference:
        """The same without its place, to compare."""
        return self._replace(line=None, noted=())

    @property
    def short_id(self) -> str:
        """By its strongest identifier: Cochrane number with version, DOI, PMID, PMCID, registration, else its words."""
        if by_identifier := publication_id(doi=self.doi, pmid=self.pmid, pmcid=self.pmcid):
            return by_identifier
        if self.kind == "trial registration" and self.registrations:
            return f"registration-{study_id(self.registrations[0])}"
        first = self.authors[0] if self.authors else ""
        return f"ref-{digest(normal(self.title), self.date[:4], normal(first), length=12)}"

    @property
    def known(self) -> bool:
        """True if it says by what it can be known: an identifier or a title."""
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
    noted: tuple[str, ...] = (),
    **printed: str,
) -> Reference:
    """Return the record of what is printed, each part in its one spelling; `printed` are other fields of Reference.

    A title that says so ("RETRACTED: ...") makes it retracted.
    """
    texts = {name: clean(text) for name, text in printed.items()}
    for name in ("title", "container"):
        texts[name] = without_markup(texts.get(name, ""))
    texts["pages"] = _DASHES.sub("-", texts.get("pages", ""))
    if _RETRACTED.match(texts.get("title", "")):
        texts["status"] = RETRACTED
    found = identifiers.doi(doi) or ("" if doi else identifiers.doi_of_address(texts.get("url", "")))
    at_doi = _OF_DOI.match(texts.get("url", ""))
    if at_doi and unquote(texts["url"][at_doi.end() :]).lower() == found.lower():
        texts["url"] = ""  # it says no more than the DOI does
    numbers = dict.fromkeys([*registrations, *identifiers.registrations(texts.get("title", ""))])
    known = (found, identifiers.pmid(pmid), identifiers.pmcid(pmcid), date(date_printed))
    written = zip(
        ("DOI", "PubMed id", "PubMed Central id", "date"), (doi, pmid, pmcid, date_printed), known, strict=True
    )
    lost = (f"{shown(text)} is no {name}; left out" for name, text, value in written if text.strip() and not value)
    return Reference(
        line,
        doi=known[0],
        pmid=known[1],
        pmcid=known[2],
        date=known[3],
        noted=(*filter(None, noted), *_surplus(doi), *lost),
        language=language(clean(language_printed)),
        authors=tuple(clean(author) for author in authors if clean(author)),
        registrations=tuple(numbers),
        cites=cites,
        **texts,
    )


def _surplus(doi: str) -> Iterator[str]:
    """Yield that a field has the DOIs of two publications."""
    if len({found.value.lower() for found in identifiers.several(doi, "doi")}) > 1:
        yield f"{shown(doi)} names more than one publication; the first is taken"


def clean(text: str) -> str:
    """Return `text` in one line, composed (NFC), without control characters."""
    plain = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    return unicodedata.normalize("NFC", " ".join(plain.split()))


def without_markup(text: str) -> str:
    """Return a title without the tags and entities that publishers print in it: "H<sub>2</sub>O &amp; salt"."""
    plain = _MARKUP.sub("", text)
    if "&" in plain:
        # Some publishers escape the tags themselves.
        plain = _MARKUP.sub("", _ENTITY.sub(lambda found: unescape(found[0]), plain))
    return clean(plain)


def address(url: str) -> str:
    """Return the web address that is printed, with what no IRI may hold encoded; "" for any other scheme."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    try:
        return IRI(quote(_LONE_PERCENT.sub("%25", url.split()[0]), safe="%/:=&?~#+!$,;'@()*[]")).value
    except ValueError:
        return ""


def stated_doi(*notes: str) -> str:
    """Return the DOI that a note gives as that of the record: the note is one, or says "doi: 10.1000/x"."""
    found = (_STATED_DOI.search(note) for note in notes)
    return next((identifiers.doi(match[1]) for match in found if match), "")


def noted_status(note: str) -> str:
    """Return the status that a note is, as our own exports write it: "Retracted"."""
    word = note.strip().lower()
    return word if word in (RETRACTED, CORRECTED, PREPRINT) else ""


def author(name: str) -> str:
    """Return a name that is printed "Cherkin, Daniel C." as "Cherkin DC"; a name without a comma stays as it is.

    Two commas stand for one in the name of a group, as in EndNote: "Barnes and Noble,, Inc.".
    """
    if ",," in name:
        return name.replace(",,", ",", 1)
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


def date(printed: str) -> str:
    """Return 2011, 2011-07 or 2011-07-05 for "2011 Jul 5", "Jul 2011", "2011/07//", "20110705"; "" without a year.

    Of a season, a range of months ("2011 Jul-Aug") or what can be read in two ways ("05/07/2011") only the year is
    known.  RIS writes year/month/day/other, and what is other says no day.
    """
    text = re.sub(r"(\d)T.*", r"\1", printed.strip())
    if whole := _WHOLE_DAY.fullmatch(text):
        return _real(*whole.groups())
    words = re.findall(r"[^\W\d_]+|\d+", text)
    year = next((word for word in words if _YEAR.fullmatch(word)), "")
    months = [number for number in map(month, words) if number]
    if not year or len(set(months)) > 1:
        return year
    if found := _RIS_DATE.fullmatch(text):
        return _real(*found.groups())
    if months:
        days = [word for word in words if word.isdigit() and not _YEAR.fullmatch(word)]
        return _real(year, str(months[0]), days[0] if len(days) == 1 and len(months) == 1 else "")
    return _in_digits(text.strip(" /,.-")) or year


def _in_digits(text: str) -> str:
    """Return the date that is written in digits alone, "" if its order is not certain."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _real(found[1], found[3], found[4] or "")
    if found := _MONTH_YEAR.fullmatch(text):
        return _real(found[2], found[1], "")
    if not (found := _YEAR_LAST.fullmatch(text)):
        return ""
    first, second, year = int(found[1]), int(found[3]), found[4]
    if found[2] == "." or first == second or first > 12:
        return _real(year, str(second), str(first))
    return _real(year, str(first), str(second)) if second > 12 else year


def _real(year: str, month: str, day: str) -> str:
    """Return the date as far as the calendar has it."""
    parts = [year, *(f"{int(part):02}" for part in (month, day if month else "") if part)]
    while len(parts) > 1 and literal_date("-".join(parts)) is None:
        parts.pop()
    return "-".join(parts)


def language(printed: str) -> str:
    """Return the tag for "eng", "English", "en" or "en-US"; "" for a language that is not known here."""
    return printed if _TAG.fullmatch(printed) else _LANGUAGES.get(printed.strip().lower()[:3], "")
