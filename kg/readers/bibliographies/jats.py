"""JATS, the XML of articles in PubMed Central: the article itself, and each work of its reference list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import identifiers
from kg.readers.bibliographies.reference import RETRACTED, Reference, date, joined, pages, reference, without_stop
from kg.readers.xml import text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_KINDS = {
    "article-commentary": "comment",
    "case-report": "case report",
    "correction": "journal article",
    "editorial": "editorial",
    "letter": "letter",
    "meeting-report": "conference abstract",
    "news": "news report",
    "preprint": "preprint",
    "research-article": "journal article",
    "retraction": "journal article",
    "review-article": "review article",
    "systematic-review": "systematic review",
}
"""The article's type -> word of a claim file."""
_CITED_KINDS = {
    "book": "book",
    "confproc": "conference paper",
    "data": "data set",
    "gov": "report",
    "journal": "journal article",
    "newspaper": "newspaper article",
    "preprint": "preprint",
    "report": "report",
    "thesis": "thesis",
    "web": "web page",
    "webpage": "web page",
}
_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_HREF = "{http://www.w3.org/1999/xlink}href"


def article(element: Element, line: int) -> Reference:
    """Return what an article says of itself and of the works in its reference lists."""
    meta = element.find("front/article-meta")
    if meta is None:
        return reference(line)
    subjects = " ".join(texts(meta, "article-categories//subject")).lower()
    kind = _KINDS.get(element.get("article-type", ""), "")
    return reference(
        line,
        kind="trial protocol" if "study protocol" in subjects else kind,
        title=text(meta, "title-group/article-title"),
        authors=tuple(_names(meta.iterfind("contrib-group/contrib[@contrib-type='author']"))),
        container=text(element, "front/journal-meta//journal-title"),
        volume=text(meta, "volume"),
        issue=text(meta, "issue"),
        pages=_pages(meta),
        publisher=text(element, "front/journal-meta/publisher/publisher-name"),
        date_printed=_published(meta),
        language_printed=element.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        doi=text(meta, "article-id[@pub-id-type='doi']"),
        pmid=text(meta, "article-id[@pub-id-type='pmid']"),
        pmcid=text(meta, "article-id[@pub-id-type='pmc']") or text(meta, "article-id[@pub-id-type='pmcid']"),
        rights=_rights(meta),
        status="preprint" if kind == "preprint" else "",
        registrations=tuple(dict.fromkeys(number for part in texts(meta, "abstract") for number in _stated(part))),
        cites=(*_retracted(meta), *(_cited(found) for ref in element.iterfind("back//ref") for found in _works(ref))),
    )


def _stated(abstract: str) -> tuple[str, ...]:
    return identifiers.stated(" ".join(abstract.split()))


def _names(found: Iterator[Element]) -> Iterator[str]:
    for person in found:
        name = person.find("name") if person.tag != "name" else person
        if name is not None:
            yield joined(text(name, "surname"), text(name, "given-names"), text(name, "suffix"))
        else:
            group = person if person.tag == "collab" else person.find("collab")
            yield text(person, "string-name") if group is None else text(group)


def _pages(element: Element) -> str:
    return pages(text(element, "fpage"), text(element, "lpage")) or text(element, "elocation-id")


def _published(meta: Element) -> str:
    """Return when it appeared, as exactly as is said for the year of the issue."""
    dates = [(_type(found), _date(found)) for found in meta.iterfind("pub-date")]
    years = [when[:4] for kind, when in dates if when and kind in ("ppub", "collection", "print")]
    year = (years or [when[:4] for _, when in dates if when] or [""])[0]
    return max((when for _, when in dates if when[:4] == year), key=lambda when: (len(when), when), default="")


def _type(found: Element) -> str:
    return found.get("pub-type") or found.get("date-type") or found.get("publication-format") or ""


def _date(found: Element) -> str:
    return date(" ".join(filter(None, (text(found, name) for name in ("year", "month", "day")))))


def _rights(meta: Element) -> str:
    """Return the address of the licence, else the line of the copyright."""
    licence = meta.find("permissions/license")
    return (licence.get(_HREF, "") if licence is not None else "") or text(meta, "permissions/copyright-statement")


def _retracted(meta: Element) -> Iterator[Reference]:
    """Yield the article that this one is the retraction of."""
    for found in meta.iterfind("related-article[@related-article-type='retracted-article']"):
        yield reference(None, doi=found.get(_HREF, ""), title=text(found), status=RETRACTED)


def _works(ref: Element) -> Iterator[Element]:
    """Yield the works that an entry of a reference list names; of alternatives the first."""
    for part in ref:
        if part.tag == "citation-alternatives":
            yield from [found for found in part if found.tag in _CITATIONS][:1]
        elif part.tag in _CITATIONS:
            yield part


def _cited(work: Element) -> Reference:
    """Return a work of a reference list; what has no title of its own is called by its whole entry."""
    ids = {found.get("pub-id-type", ""): text(found) for found in work.iterfind("pub-id")}
    links = " ".join(found.get(_HREF, "") for found in work.iterfind(".//ext-link"))
    kind = _CITED_KINDS.get(work.get("publication-type") or work.get("citation-type") or "", "")
    own = text(work, "article-title") or text(work, "chapter-title") or text(work, "data-title")
    source = text(work, "source")
    group = work.find("person-group[@person-group-type='author']")
    people = work if group is None else group
    return reference(
        None,
        kind="book chapter" if kind == "book" and own else kind,
        title=without_stop(own or (source if kind != "journal article" else "") or " ".join(text(work).split())),
        authors=tuple(_names(found for found in people if found.tag in ("name", "collab"))),
        container=source if own else "",
        volume=text(work, "volume"),
        issue=text(work, "issue"),
        pages=_pages(work),
        publisher=text(work, "publisher-name"),
        date_printed=text(work, "year"),
        doi=ids.get("doi", "") or links,
        pmid=ids.get("pmid", ""),
        pmcid=ids.get("pmcid", "") or ids.get("pmc", ""),
    )
