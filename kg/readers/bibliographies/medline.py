"""MEDLINE: its tagged text (.nbib), PubMed's XML, and its words for types of publications and notices."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import identifiers
from kg.readers import broken
from kg.readers.bibliographies.reference import (
    CORRECTED,
    PREPRINT,
    RETRACTED,
    Reference,
    author,
    joined,
    pages,
    reference,
    without_stop,
)
from kg.readers.encodings import text_of
from kg.readers.xml import text, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

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
    if fields and _LAST not in fields and not _is_of_eric(fields):
        raise broken(path, line, f"this last record has no {_LAST} line: the file is cut; export it again")


def _is_of_eric(fields: Fields) -> bool:
    """Return whether a record is ERIC's, which have no last tag of their own."""
    return fields["OWN"] == ["ERIC"]


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
        authors=(*map(author, fields["AU"] or fields["FAU"]), *fields["CN"]),
        container=_first(fields, "JT", "TA", "BTI" if fields["TI"] else ""),
        volume=_first(fields, "VI"),
        issue=_first(fields, "IP"),
        pages=_first(fields, "PG"),
        publisher=_first(fields, "PB"),
        date_printed=_first(fields, "DP", "DEP"),
        language_printed=_first(fields, "LA"),
        doi=next((value for value in [*fields["LID"], *fields["AID"]] if value.endswith("[doi]")), "").removesuffix(
            "[doi]"
        ),
        pmid=_first(fields, "PMID"),
        pmcid=_first(fields, "PMC"),
        rights=_first(fields, "CI"),
        status=status(types, {tag for tag in NOTICES if fields[tag]}),
        registrations=(*identifiers.registrations(" ".join(fields["SI"])), *identifiers.stated(abstract)),
        design=design(types),
    )


def _first(fields: Fields, *tags: str) -> str:
    return next((fields[tag][0] for tag in tags if fields[tag]), "")


def article(element: Element, line: int) -> Reference:
    """Return what a PubmedArticle says."""
    types = texts(element, "MedlineCitation/Article/PublicationTypeList/PublicationType")
    notices = element.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    printed = element.find("MedlineCitation/Article")
    issue = element.find("MedlineCitation/Article/Journal/JournalIssue")
    return reference(
        line,
        kind=kind(types),
        title=without_stop(text(printed, "ArticleTitle") or text(printed, "VernacularTitle")),
        authors=tuple(_authors(element, "MedlineCitation/Article/AuthorList/Author")),
        container=text(printed, "Journal/Title"),
        volume=text(issue, "Volume"),
        issue=text(issue, "Issue"),
        pages=_pages(printed),
        date_printed=_date(issue, "PubDate") or _date(printed, "ArticleDate"),
        language_printed=text(printed, "Language"),
        doi=_id(element, "doi") or _valid_doi(printed),
        pmid=text(element, "MedlineCitation/PMID"),
        pmcid=_id(element, "pmc"),
        rights=text(printed, "Abstract/CopyrightInformation"),
        status=status(types, {notice.get("RefType", "") for notice in notices}),
        registrations=tuple(_registrations(element)),
        design=design(types),
        cites=(*_cited(notices), *_listed(element)),
    )


def book(element: Element, line: int) -> Reference:
    """Return what a PubmedBookArticle says: a book of PubMed's Bookshelf, or a chapter of one."""
    document = element.find("BookDocument")
    chapter = text(document, "ArticleTitle")
    return reference(
        line,
        kind="book chapter" if chapter else "book",
        title=without_stop(chapter or text(document, "Book/BookTitle")),
        authors=tuple(_authors(element, "BookDocument/AuthorList/Author")),
        container=text(document, "Book/BookTitle") if chapter else "",
        publisher=text(document, "Book/Publisher/PublisherName"),
        date_printed=_date(document, "Book/PubDate"),
        language_printed=text(document, "Language"),
        doi=text(document, "ArticleIdList/ArticleId[@IdType='doi']"),
        pmid=text(document, "PMID"),
        pmcid=text(document, "ArticleIdList/ArticleId[@IdType='pmc']"),
    )


def _id(element: Element, kind: str) -> str:
    return text(element, f"PubmedData/ArticleIdList/ArticleId[@IdType='{kind}']")


def _valid_doi(printed: Element | None) -> str:
    found = printed.iterfind("ELocationID[@EIdType='doi']") if printed is not None else ()
    return next((text(each) for each in found if each.get("ValidYN") != "N"), "")


def _authors(element: Element, way: str) -> Iterator[str]:
    for found in element.iterfind(way):
        given = text(found, "Initials") or text(found, "ForeName")
        yield text(found, "CollectiveName") or joined(text(found, "LastName"), given, text(found, "Suffix"))


def _pages(printed: Element | None) -> str:
    first, last = text(printed, "Pagination/StartPage"), text(printed, "Pagination/EndPage")
    return text(printed, "Pagination/MedlinePgn") or pages(first, last)


def _date(element: Element | None, way: str) -> str:
    parts = [text(element, f"{way}/{name}") for name in ("Year", "Month", "Day")]
    return " ".join(filter(None, parts)) if parts[0] else text(element, f"{way}/MedlineDate")


def _registrations(element: Element) -> Iterator[str]:
    """Yield the numbers in the data banks that are registers, and those that the abstract calls registrations."""
    for bank in element.iterfind("MedlineCitation/Article/DataBankList/DataBank"):
        if text(bank, "DataBankName").lower() in REGISTERS:
            yield from identifiers.registrations(" ".join(texts(bank, "AccessionNumberList/AccessionNumber")))
    for part in element.iterfind("MedlineCitation/Article/Abstract/AbstractText"):
        yield from identifiers.stated(f"{part.get('Label', '')}: {text(part)}")


def _cited(notices: list[Element]) -> Iterator[Reference]:
    """Yield what the notices name: what the article cites, and what it is the retraction of."""
    for notice in notices:
        kind = notice.get("RefType", "")
        if kind in ("Cites", "RetractionOf") and text(notice, "PMID"):
            status = RETRACTED if kind == "RetractionOf" else ""
            yield reference(None, pmid=text(notice, "PMID"), title=text(notice, "RefSource"), status=status)


def _listed(element: Element) -> Iterator[Reference]:
    for found in element.iterfind("PubmedData/ReferenceList//Reference"):
        ids = {each.get("IdType", ""): text(each) for each in found.iterfind("ArticleIdList/ArticleId")}
        doi, pmid, pmcid = (ids.get(kind, "") for kind in ("doi", "pubmed", "pmc"))
        yield reference(None, title=text(found, "Citation"), doi=doi, pmid=pmid, pmcid=pmcid)
