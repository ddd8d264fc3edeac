"""RIS, which nearly every database and reference manager exports, and EndNote's own forms; rispy knows RIS's tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rispy  # type: ignore[import-untyped]

from kg.model import identifiers
from kg.readers import broken
from kg.readers.bibliographies.reference import Reference, author, noted_status, pages, reference
from kg.readers.encodings import text_of
from kg.readers.xml import text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_TAG = re.compile(r"([A-Z][A-Z0-9])  -")
_TIGHT = re.compile(r"^([A-Z][A-Z0-9])  -(?=\S)", re.MULTILINE)
"""A tag without the space after it, for want of which rispy would cut a letter."""
_WOK_START = re.compile(r"(?:FN |PT )")

KINDS = {
    "ABST": "conference abstract", "BLOG": "blog post", "BOOK": "book", "CHAP": "book chapter",
    "CONF": "conference paper", "CPAPER": "conference paper", "CTLG": "book", "DATA": "data set",
    "EBOOK": "book", "ECHAP": "book chapter", "EDBOOK": "book", "EJOUR": "journal article", "ELEC": "web page",
    "GOVDOC": "policy document", "INPR": "journal article", "JFULL": "journal article", "JOUR": "journal article",
    "MGZN": "magazine article", "NEWS": "newspaper article", "RPRT": "report", "THES": "thesis", "UNPB": "preprint",
    "VIDEO": "video", "WEB": "web page", "J": "journal article",
}  # fmt: skip
"""Type of RIS (or of Web of Science) -> word of a claim file; the others have no word."""

_AUTHORS = ("authors", "first_authors")
_CONTAINERS = ("alternate_title3", "secondary_title", "journal_name", "alternate_title2", "publication_name")
_TITLES = ("title", "primary_title", "document_title")
_DATES = ("publication_year", "year", "year_published")
_STATED_DOI = re.compile(r"\s*(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?10\.\d{4,9}/\S+\s*$", re.IGNORECASE)
_NEXT_URL = re.compile(r"\s*;\s*(?=https?://|10\.\d|www\.)")
_PUBMED = re.compile(r"\b(?:nlm|pubmed|medline)\b", re.IGNORECASE)


def references(path: Path) -> Iterator[Reference]:
    """Yield the records of a RIS file; UnreadableError for a record that is cut, or that has no beginning."""
    text = _TIGHT.sub(r"\1  - ", text_of(path))
    if text.lstrip().startswith("%"):
        yield from _refer(text)
        return
    wok = _WOK_START.match(text.lstrip()) is not None
    for line, lines in (_wok_records if wok else _records)(path, text.split("\n")):
        parser = rispy.WokParser if wok else rispy.RisParser
        for found in rispy.loads("\n".join(lines), implementation=parser):
            yield _reference(line, found)


def _records(path: Path, lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each record, from TY to ER; rispy would drop one that is cut, or read two as one.

    What a database adds after a record, as Ovid the search, belongs to none.
    """
    start = stray = None
    is_begun = False
    for number, line in enumerate(lines, 1):
        match = _TAG.match(line)
        tag = match[1] if match else ""
        if tag == "TY" and start is not None:
            raise broken(path, start, f"this record has no ER line before the next begins on line {number}; add it")
        if tag == "TY":
            start, stray, is_begun = number, None, True
        elif tag and start is None and (not is_begun or tag == "ER"):
            tag, number = stray or (tag, number)
            raise broken(path, number, f"the tag {tag} stands outside a record; begin the record with a TY line")
        elif tag and start is None:
            stray = stray or (tag, number)
        elif tag == "ER" and start is not None:
            yield start, lines[start - 1 : number]
            start = None
    if start is not None or (lines[-1] and "TY  - ".startswith(lines[-1])):
        message = "this record has no ER line: the file is cut, or its end is missing; export it again"
        raise broken(path, start or len(lines), message)


def _refer(text: str) -> Iterator[Reference]:
    """Yield the records of EndNote's own export, in the tags of refer: %0 type, %A author, %T title."""
    fields: dict[str, list[str]] = {}
    begin, last = 1, ""
    for number, line in enumerate([*text.split("\n"), ""], 1):
        tag, value = line[:2], line[2:].strip()
        if fields and (not line.strip() or tag == "%0"):
            yield _of_refer(begin, fields)
            fields, last = {}, ""
        if tag.startswith("%") and value:
            begin = begin if fields else number
            last = tag
            fields.setdefault(tag, []).append(value)
        elif line.strip() and last:
            fields[last][-1] += f" {line.strip()}"


def _of_refer(line: int, fields: dict[str, list[str]]) -> Reference:
    def first(*tags: str) -> str:
        return next((fields[tag][0] for tag in tags if tag in fields), "")

    return reference(
        line,
        kind=_ENDNOTE_KINDS.get(first("%0").lower(), ""),
        title=first("%T"),
        authors=tuple(map(author, fields.get("%A", ()))),
        container=first("%J", "%B"),
        volume=first("%V"),
        issue=first("%N"),
        pages=first("%P"),
        publisher=first("%I"),
        date_printed=dated(first("%D"), first("%8")),
        language_printed=first("%G"),
        doi=first("%R"),
        pmid=first("%M") if _PUBMED.search(first("%W", "%~")) else "",
        pmcid=next(filter(identifiers.pmcid, fields.get("%2", ())), ""),
        url=first("%U"),
    )


def _wok_records(path: Path, lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of each record of a file in the form of Web of Science, from PT to ER."""
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith("PT ") and start is None:
            start = number
        elif line.rstrip() == "ER" and start is not None:
            yield start, lines[start - 1 : number]
            start = None
    if start is not None:
        raise broken(path, start, "this record has no ER line: the file is cut; export it again")


def _reference(line: int, found: dict[str, Any]) -> Reference:
    kind = KINDS.get(_first(found, "type_of_reference", "publication_type"), "")
    registrations = identifiers.registrations(" ".join(_first(found, name) for name in ("accession_number", "id")))
    urls = list(filter(None, _NEXT_URL.split(";".join(_all(found, "urls")))))  # rispy takes every ; for an end
    if not _first(found, "doi") and not kind.startswith("journal"):
        registrations = (*registrations, *identifiers.registrations(" ".join(urls)))
    return reference(
        line,
        kind="trial registration" if registrations and not _first(found, "doi") else kind,
        title=_first(found, *_TITLES),
        authors=tuple(author(name) for key in _AUTHORS for name in _all(found, key)),
        container=_first(found, *_CONTAINERS),
        volume=_first(found, "volume"),
        issue=_first(found, "number", "issue"),
        pages=pages(_first(found, "start_page", "beginning_page"), _first(found, "end_page", "ending_page")),
        publisher=_first(found, "publisher"),
        date_printed=dated(_first(found, *_DATES), _first(found, "date", "publication_date")),
        language_printed=_first(found, "language"),
        doi=_doi(found, urls),
        pmid=_pmid(found),
        pmcid=next(filter(identifiers.pmcid, (_first(found, f"custom{n}") for n in (2, 7))), ""),
        url=urls[0] if urls else "",
        status="preprint" if kind == "preprint" else noted_status(_first(found, "notes")),
        registrations=registrations,
    )


def dated(year: str, rest: str) -> str:
    """Return year and date as one: EndNote prints the year and "Feb 23" apart."""
    return rest if re.search(r"\d{4}", rest) and year[:4] in rest else f"{year[:4]} {rest}" if rest else year


def _doi(found: dict[str, Any], urls: list[str]) -> str:
    """Return the DOI of a record, which some databases print as the type of work, in the notes or as an address."""
    if written := _first(found, "doi", "digital_object_identifier"):
        return written
    printed = [value for key in ("type_of_work", "notes") for value in _all(found, key) if _STATED_DOI.match(value)]
    return next(filter(None, [*map(identifiers.doi, printed), *map(identifiers.doi_of_address, urls)]), "")


def _pmid(found: dict[str, Any]) -> str:
    """Return the accession number where the database is PubMed; others have numbers of their own."""
    number = _first(found, "accession_number", "pubmed_id")
    database = " ".join(_first(found, key) for key in ("name_of_database", "database_provider"))
    named = number.upper().startswith("PMID") or "pubmed_id" in found or _PUBMED.search(database)
    return number if named else ""


def _first(found: dict[str, Any], *keys: str) -> str:
    """Return the first value that is there, as one text."""
    return next((values[0] for key in keys if (values := _all(found, key))), "")


def _all(found: dict[str, Any], key: str) -> list[str]:
    value = found.get(key) or []
    return [part for part in (value if isinstance(value, list) else [value]) if part]


_ENDNOTE_KINDS = {
    "blog": "blog post",
    "book": "book",
    "book section": "book chapter",
    "conference paper": "conference paper",
    "conference proceedings": "conference paper",
    "dataset": "data set",
    "edited book": "book",
    "electronic article": "journal article",
    "electronic book": "book",
    "electronic book section": "book chapter",
    "government document": "policy document",
    "journal article": "journal article",
    "magazine article": "magazine article",
    "newspaper article": "newspaper article",
    "press release": "press release",
    "report": "report",
    "standard": "guideline",
    "thesis": "thesis",
    "web page": "web page",
}
"""EndNote's name of a type -> word of a claim file."""


def endnote(element: Element, line: int) -> Reference:
    """Return what a record of an EndNote library says."""
    named = element.find("ref-type")
    database = f"{text(element, 'remote-database-provider')} {text(element, 'remote-database-name')}"
    urls = texts(element, "urls/related-urls/url") + texts(element, "urls/web-urls/url")
    return reference(
        line,
        kind=_ENDNOTE_KINDS.get((named.get("name", "") if named is not None else "").lower(), ""),
        title=text(element, "titles/title"),
        authors=tuple(map(author, texts(element, "contributors/authors/author"))),
        container=text(element, "titles/secondary-title") or text(element, "periodical/full-title"),
        volume=text(element, "volume"),
        issue=text(element, "number"),
        pages=text(element, "pages"),
        publisher=text(element, "publisher"),
        date_printed=dated(text(element, "dates/year"), text(element, "dates/pub-dates/date")),
        language_printed=text(element, "language"),
        doi=text(element, "electronic-resource-num"),
        pmid=text(element, "accession-num") if _PUBMED.search(database) else "",
        pmcid=next(filter(identifiers.pmcid, (text(element, f"custom{n}") for n in (2, 7))), ""),
        url=urls[0] if urls else "",
    )
