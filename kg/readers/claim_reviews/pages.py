"""ClaimReviews in web pages that were saved (JSON-LD in scripts, microdata: HTML Living Standard, 5) and in feeds."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from kg.errors import Place, Problem, UnreadableError
from kg.files import read_unpacked
from kg.readers.claim_reviews.json_ld import Found, Item, RemoteContextError, check_size, found, loads
from kg.readers.encodings import guessed, text_of
from kg.readers.xml import records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_WRAPPED = re.compile(r"^(?:[\s/*>]|<!--|-->|<!\[CDATA\[)++|(?:[\s/*;]|<!|-->|--&gt;|\]\](?:>|&gt;))++$")
"""Signs that pages write around the JSON of a script: comments, CDATA, a semicolon."""
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_UNCLOSED = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option"))
"""Elements that the next of their kind ends."""
_MOST = 32 * 2**20
"""Bytes of a page."""
_DEEPEST = 2000
"""Elements within each other."""
_VALUES = {
    "meta": "content", "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "embed": "src",
    "iframe": "src", "source": "src", "video": "src", "object": "data", "data": "value", "meter": "value",
    "time": "datetime",
}  # fmt: skip
"""Element -> the attribute that holds its value (HTML, 5.2.4)."""


def find(path: Path) -> Iterator[Found | Problem]:
    """Yield the ClaimReviews of a page, and a warning for each script whose JSON is broken.

    Raises UnreadableError, with the place, for a page that is empty or not in the encoding that it declares.
    """
    check_size(path, _MOST)
    content = read_unpacked(path)
    if not content.strip():
        raise UnreadableError(f"{path}: the file is empty")
    if (declared := _CHARSET.search(content[:4096])) is None:
        yield from guessed(path)
    yield from find_in(_text(path, content, declared[1].decode()) if declared else text_of(path), path)


def find_in(text: str, path: Path, line: int | None = None) -> Iterator[Found | Problem]:
    """Yield what `find` does for a text of HTML, which stands at `line` of the file if it is a part of one."""
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except RecursionError as error:
        raise UnreadableError(f"{path}: this page is nested more than {_DEEPEST} deep, which no page is") from error
    for at, script in page.scripts:
        where = Place(str(path), line or at)
        try:
            yield found(_json(script), where.line)
        except json.JSONDecodeError as error:
            where = Place(str(path), line or at + error.lineno - 1, None if line else error.colno)
            message = f"the JSON of this script is broken ({error.msg.lower()}); it was left out"
            yield Problem("warning", "script-broken", message, where)
        except RecursionError:
            message = "the JSON of this script is nested too deep; it was left out"
            yield Problem("warning", "script-broken", message, where)
        except RemoteContextError as error:
            if "ClaimReview" in script:
                yield Problem("warning", "remote-context", f"a script was left out: {error}", where)
    for at, item in page.items:
        yield found(item, line or at)


def _json(script: str) -> Any:
    """Return the JSON of a script, also where its quotation marks are written as entities."""
    text = _WRAPPED.sub(lambda around: re.sub(r"\S", " ", around[0]), script)  # so that columns stay
    try:
        return loads(text)
    except json.JSONDecodeError:
        if "&" not in text or '"' in text:
            raise
        return loads(unescape(text))


def _text(path: Path, content: bytes, encoding: str) -> str:
    """Return the text of a page in the encoding that it declares."""
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = f"{path}:{line}: not {encoding} text (byte {error.start}); save the page as UTF-8"
        raise UnreadableError(sentence) from error
    except LookupError as error:
        raise UnreadableError(f"{path}: '{encoding}' is no encoding of text; save the page as UTF-8") from error


class _Page(HTMLParser):
    """A page's JSON-LD scripts and top items of microdata, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[tuple[int, str]] = []
        self.items: list[tuple[int, Item]] = []
        self._script: list[str] | None = None
        self._line = 0
        self._open: list[_Element] = []
        self._listening: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "script":
            is_data = attributes.get("type", "").partition(";")[0].strip().lower() == "application/ld+json"
            self._script, self._line = ([] if is_data else None), self.getpos()[0]
            return
        if tag in _UNCLOSED and self._open and self._open[-1].tag == tag:
            self._finish(self._open.pop())
        element = _Element(tag, attributes)
        if element.item is not None or element.properties:
            self._attach(element)
        if tag in _VOID:
            self._finish(element)
        else:
            self._open.append(element)
        if len(self._open) > _DEEPEST:
            raise RecursionError

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            if self._script is not None:
                self.scripts.append((self._line, "".join(self._script)))
            self._script = None
            return
        if any(element.tag == tag for element in self._open[-50:]):
            while (element := self._open.pop()).tag != tag:
                self._finish(element)
            self._finish(element)

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
            return
        for element in self._listening:
            element.words.append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._finish(self._open.pop())

    def _attach(self, element: _Element) -> None:
        """Let an item be the value of a property of the item around it, or else be a top item of the page."""
        element.around = next((outer.item for outer in reversed(self._open) if outer.item is not None), None)
        if element.item is None:
            self._listening += [element] if element.around is not None else []
            return
        if element.properties and element.around is not None:
            element.give(element.item)
        else:
            self.items.append((self.getpos()[0], element.item))

    def _finish(self, element: _Element) -> None:
        """Let a property have the text or the address that its element holds."""
        if element.item is None and element.properties and element.around is not None:
            element.give(element.value())
            self._listening = [other for other in self._listening if other is not element]


class _Element:
    """An element that is open, with what microdata says of it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.properties = attributes.get("itemprop", "").split()
        self.around: Item | None = None
        self.item: Item | None = None
        if "itemscope" in attributes:
            self.item = {"@type": attributes.get("itemtype", "").split()}
            if attributes.get("itemid"):
                self.item["@id"] = attributes["itemid"]
        self.words: list[str] = []

    def give(self, value: Any) -> None:
        """Add a value to each property that the element names."""
        assert self.around is not None
        for name in self.properties:
            self.around.setdefault(name, []).append(value)

    def value(self) -> str:
        """Return the value of a property that is no item."""
        attribute = "content" if "content" in self.attributes else _VALUES.get(self.tag, "")
        if attribute in self.attributes:
            return self.attributes[attribute]
        return " ".join("".join(self.words).split())


_ENTRIES = ("item", "entry")


def find_in_feed(path: Path) -> Iterator[Found | Problem]:
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
