"""PubMed's XML: one element an article, with its types, its registrations and what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import identifiers
from kg.readers.bibliographies import medline
from kg.readers.bibliographies.reference import RETRACTED, Reference, joined, pages, reference, without_stop
from kg.readers.xml import text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element


def article(element: Element, line: int) -> Reference:
    """Return what a PubmedArticle says."""
    types = texts(element, "MedlineCitation/Article/PublicationTypeList/PublicationType")
    notices = element.findall("MedlineCitation/CommentsCorrectionsList/CommentsCorrections")
    printed = element.find("MedlineCitation/Article")
    issue = element.find("MedlineCitation/Article/Journal/JournalIssue")
    return reference(
        line,
        kind=medline.kind(types),
        title=without_stop(text(printed, "ArticleTitle") or text(printed, "VernacularTitle")),
        authors=tuple(_authors(element, "MedlineCitation/Article/AuthorList/Author")),
        container=text(printed, "Journal/Title"),
        volume=text(issue, "Volume"),
        issue=text(issue, "Issue"),
        pages=_pages(printed),
        date_printed=_date(issue, "PubDate") or _date(printed, "ArticleDate"),
        language_printed=text(printed, "Language"),
        doi=_id(element, "doi") or text(printed, "ELocationID[@EIdType='doi']"),
        pmid=text(element, "MedlineCitation/PMID"),
        pmcid=_id(element, "pmc"),
        rights=text(printed, "Abstract/CopyrightInformation"),
        status=medline.status(types, {notice.get("RefType", "") for notice in notices}),
        registrations=tuple(_registrations(element)),
        design=medline.design(types),
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
        if text(bank, "DataBankName").lower() in medline.REGISTERS:
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
