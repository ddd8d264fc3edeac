"""ClaimReviews in JSON-LD, wherever they stand in it: alone, in a list, in a @graph, or in a feed of data.

No context is ever fetched: that of schema.org is known, and a document with another one at an address is refused.  One
that is written out is heeded as far as it names a vocabulary, prefixes, other names for terms, and a language.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import Place, UnreadableError
from kg.readers.encodings import guessed, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.errors import Problem

MOST = 256 * 2**20
"""Bytes of a file."""
DEEPEST = 100
"""Objects and lists within each other: a feed of reviews has some ten."""

_SCHEMA = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TIMES_ENCODED = 2
_PLAIN = re.compile(r"@?[A-Za-z][A-Za-z0-9]*")

_KNOWN = re.compile(r"(?:https?:)?(?://)?(?:www\.)?schema\.org(?:[/#].*)?", re.IGNORECASE)
"""Address of the context of schema.org, as pages write it."""

Item = dict[str, Any]
"""A node with schema.org's names for its keys and types, and `@id`, `@type`, `@value`, `@language`."""


class RemoteContextError(ValueError):
    """The `@context` of a document is at an address that is not schema.org's."""

    def __str__(self) -> str:
        return f"its @context is at {self.args[0]}, and kg fetches nothing; put the context itself into the file"


class Found(NamedTuple):
    """The ClaimReviews of a document, or of one part of it."""

    reviews: tuple[Item, ...]
    nodes: Mapping[str, Item]
    """The document's nodes that have an `@id`, by it."""
    line: int | None = None
    left_out: frozenset[str] = frozenset()
    """Keys that are none of schema.org."""
    of_media: int = 0
    """MediaReviews, which are of a picture or a film and not of a claim."""


def find(path: Path) -> Iterator[Found | Problem]:
    """Yield the ClaimReviews of a JSON file; raises UnreadableError with the place if it cannot be read."""
    check_size(path)
    text = text_of(path)
    if not text.strip():
        raise UnreadableError(f"{path}: the file is empty")
    yield from guessed(path)
    try:
        yield found(loads(text))
    except json.JSONDecodeError as error:
        place = Place(str(path), error.lineno, error.colno)
        raise UnreadableError(f"{place}: broken JSON: {error.msg.lower()}; is the file whole?") from error
    except RemoteContextError as error:
        raise UnreadableError(f"{path}: {error}") from error
    except RecursionError as error:
        raise UnreadableError(f"{path}: this JSON is nested more than {DEEPEST} deep, which no review is") from error


def check_size(path: Path, most: int = MOST) -> None:
    """Raise UnreadableError for a file of more than `most` bytes."""
    if path.is_file() and path.stat().st_size > most:
        raise UnreadableError(f"{path}: larger than {most // 2**20} MiB; split it into several files")


def loads(text: str) -> Any:
    """Return the value of a JSON text; line breaks within strings, which many pages have, are let through."""
    return json.loads(text, strict=False, object_pairs_hook=_item)


def _item(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a key that stands there twice has both values, where it may have several."""
    item: dict[str, Any] = {}
    for key, value in pairs:
        if key in item and (key == "@type" or not key.startswith("@")) and item[key] != value:
            item[key] = [*as_list(item[key]), *as_list(value)]
        else:
            item[key] = value
    return item


def _decoded(text: str) -> str:
    """Return a text without HTML's entities, which many systems write into JSON too, some of them twice."""
    for _ in range(_TIMES_ENCODED):
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return text


def found(document: Any, line: int | None = None) -> Found:
    """Return the ClaimReviews of a JSON-LD document; RecursionError if it is nested more than DEEPEST deep."""
    reader = _Reader()
    reader.value(document, {}, 0)
    return Found(tuple(reader.reviews), reader.nodes, line, frozenset(reader.left_out), reader.of_media)


class _Reader:
    """Goes through a document once, and collects its reviews and its nodes."""

    def __init__(self) -> None:
        self.reviews: list[Item] = []
        self.nodes: dict[str, Item] = {}
        self.left_out: set[str] = set()
        self.of_media = 0

    def value(self, value: Any, context: Mapping[str, str], depth: int) -> Any:
        """Return a value with schema.org's own names for all keys."""
        if depth > DEEPEST:
            raise RecursionError
        if isinstance(value, list):
            return [self.value(member, context, depth + 1) for member in value]
        if isinstance(value, dict):
            return self._item(value, context, depth)
        return _decoded(value) if isinstance(value, str) else value

    def _item(self, value: dict[str, Any], context: Mapping[str, str], depth: int) -> Item:
        context = {**context, **_names(value.get("@context"))}
        item: Item = {}
        for key, inner in value.items():
            name = _term(key, context)
            if key == "@context":
                continue
            if not _PLAIN.fullmatch(name):
                self.left_out.add(key)
                continue
            item[name] = self.value(inner, context, depth + 1)
        if "@type" in item:
            item["@type"] = [_term(kind, context) for kind in as_list(item["@type"]) if isinstance(kind, str)]
        if "@language" in context and "@value" not in item:
            item["@language"] = context["@language"]
        self._keep(item)
        return item

    def _keep(self, item: Item) -> None:
        name = item.get("@id")
        if isinstance(name, str) and len(item) > 1:
            self.nodes[name] = {**self.nodes.get(name, {}), **item}
        if "ClaimReview" in item.get("@type", ()):
            self.reviews.append(item)
        elif "MediaReview" in item.get("@type", ()):
            self.of_media += 1


def as_list(value: Any) -> list[Any]:
    """Return a value as the list that it may be."""
    return value if isinstance(value, list) else [value]


def _names(context: Any) -> dict[str, str]:
    """Return prefixes, other names and language that a context defines; RemoteContextError for one elsewhere."""
    names: dict[str, str] = {}
    for part in as_list(context):
        address = part.get("@import") if isinstance(part, dict) else part
        if isinstance(address, str) and not _KNOWN.fullmatch(address.strip()):
            raise RemoteContextError(address)
        for key, meaning in part.items() if isinstance(part, dict) else ():
            meaning = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if isinstance(meaning, str):
                names[key] = meaning
    return names


def _term(name: str, context: Mapping[str, str]) -> str:
    """Return schema.org's local name for a key or a type, or the whole of another one."""
    if not name.startswith("@"):
        name = context.get(name, name)
        if ":" not in name and not name.startswith("@"):
            name = context.get("@vocab", "") + name
    prefix, colon, local = name.partition(":")
    if colon and prefix in context:
        name = context[prefix] + local
    return _SCHEMA.sub("", name)
