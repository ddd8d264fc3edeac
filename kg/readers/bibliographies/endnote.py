"""EndNote's XML: a library as EndNote exports it, its texts wrapped in styles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import identifiers
from kg.readers.bibliographies.reference import Reference, author, reference
from kg.readers.bibliographies.ris import dated
from kg.readers.xml import text, texts

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_KINDS = {
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
_PUBMED = re.compile(r"\b(?:nlm|pubmed|medline)\b", re.IGNORECASE)


def record(element: Element, line: int) -> Reference:
    """Return what a record of an EndNote library says."""
    named = element.find("ref-type")
    database = f"{text(element, 'remote-database-provider')} {text(element, 'remote-database-name')}"
    urls = texts(element, "urls/related-urls/url") + texts(element, "urls/web-urls/url")
    return reference(
        line,
        kind=_KINDS.get((named.get("name", "") if named is not None else "").lower(), ""),
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
