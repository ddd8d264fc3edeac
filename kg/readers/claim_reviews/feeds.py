"""ClaimReviews in RSS and Atom feeds, as far as they stand in the HTML of an entry; links are not followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Place, Problem
from kg.readers.claim_reviews.json_ld import Found, check_size
from kg.readers.claim_reviews.pages import find_in
from kg.readers.xml import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_ENTRIES = ("item", "entry")


def find(path: Path) -> Iterator[Found | Problem]:
    """Yield the ClaimReviews of a feed, and a warning that counts the entries which only link to a review.

    Raises UnreadableError, with the place, for broken XML and for declared entities.
    """
    check_size(path)
    links = total = 0
    for entry, line in records(path, _ENTRIES):
        total += 1
        found = [part for text in _htmls(entry) for part in find_in(text, path, line)]
        reviews = [part for part in found if isinstance(part, Found) and part.reviews]
        yield from reviews
        yield from (part for part in found if isinstance(part, Problem))
        links += not reviews
    if links:
        message = f"{links:,} of {total:,} entries hold no review, only a link; save the pages, and load these"
        yield Problem("warning", "entry-only-linked", message, Place(str(path)))


def _htmls(entry: Element) -> Iterator[str]:
    """Yield the texts of an entry that hold marked-up words."""
    from xml.etree.ElementTree import tostring

    for element in entry.iter():
        if len(element) and element.get("type") == "xhtml":
            yield tostring(element, encoding="unicode")
        elif element.text and "<" in element.text:
            yield element.text
