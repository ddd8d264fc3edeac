"""XML one record at a time, in bounded memory, without entities and without looking anything up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kg.files import unpacked
from kg.readers import broken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

CHUNK = 1 << 16
"""Bytes that are parsed at a time."""
DEEPEST = 200
"""Elements within elements: articles have some 30."""
LONGEST = 32 * 2**20
"""Bytes of one record: the longest articles have 2 MiB."""

_BOMB = "declares entities, which can unfold a small file into gigabytes, and is not read; write their text out"


def records(path: Path, names: Collection[str]) -> Iterator[tuple[Element, int]]:
    """Yield the elements of these names, each with its line, as the file is read.  Namespaces of elements are dropped.

    A DOCTYPE is passed over, and what it refers to is never fetched.  Raises UnreadableError with the place for broken
    XML, for a declaration of entities, and for a record that goes over LONGEST or DEEPEST.
    """
    target = _Target(names)
    parser: Any = DefusedXMLParser(target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    target.parser = parser.parser
    try:
        with unpacked(path) as stream:
            while chunk := stream.read(CHUNK):
                parser.feed(chunk)
                target.check(len(chunk))
                yield from target.finished()
            parser.close()
    except DefusedXmlException as error:
        raise broken(path, parser.parser.CurrentLineNumber, f"this XML {_BOMB}") from error
    except ParseError as error:
        line, column = error.position
        words = str(error).partition(": line ")[0]
        raise broken(path, line, f"broken XML at column {column + 1}: {words}; is the file whole?") from error
    except _TooMuchError as error:
        raise broken(path, target.line, f"this record is {error}; it is not read") from error
    except (LookupError, ValueError) as error:
        raise broken(path, 1, f"the encoding cannot be read ({error}); save the file as UTF-8") from error


class _TooMuchError(Exception):
    """A record goes over a limit."""


class _Target:
    """Target of the parser's events: it builds the records, and nothing of what is around them."""

    parser: Any

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._builder: TreeBuilder | None = None
        self._depth = self._outside = self._size = 0
        self._found: list[tuple[Element, int]] = []
        self.line = 1

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._depth += 1
        if self._builder is None and name in self._names:
            self._builder, self._outside, self._size = TreeBuilder(), self._depth - 1, 0
            self.line = self.parser.CurrentLineNumber
        if self._depth > DEEPEST:
            raise _TooMuchError(f"nested more than {DEEPEST} deep")
        if self._builder is not None:
            self._builder.start(name, attributes)

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if self._builder is None:
            return
        self._builder.end(tag.rpartition("}")[2])
        if self._depth == self._outside:
            self._found.append((self._builder.close(), self.line))
            self._builder = None

    def check(self, size: int) -> None:
        """Count the bytes that the record took so far."""
        self._size += size if self._builder is not None else 0
        if self._size > LONGEST:
            raise _TooMuchError(f"longer than {LONGEST // 2**20} MiB")

    def finished(self) -> Iterator[tuple[Element, int]]:
        """Yield the records that are whole, each once."""
        yield from self._found
        self._found.clear()

    def close(self) -> None:
        """Do nothing more: the parser asks for a result."""


def text(element: Element | None, way: str = ".") -> str:
    """Return all text under the first element on a way, without its markup; "" if there is none."""
    found = element.find(way) if element is not None else None
    return "".join(found.itertext()).strip() if found is not None else ""


def texts(element: Element, way: str) -> list[str]:
    """Return the text under each element on a way."""
    return ["".join(found.itertext()).strip() for found in element.iterfind(way)]
