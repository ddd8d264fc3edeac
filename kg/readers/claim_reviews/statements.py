"""What schema.org items state, as quads in its own words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from kg.errors import Place, Problem
from kg.namespaces import SCHEMA
from kg.readers.claim_reviews.json_ld import as_list
from kg.readers.normalize import skolem_iri
from kg.store.terms import IRI, TYPE, Literal, Quad, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.readers.claim_reviews.json_ld import Found, Item

_ADDRESSES = frozenset(
    ("url", "sameAs", "mainEntityOfPage", "appearance", "firstAppearance", "itemReviewed", "image", "license", "logo")
)
"""Properties whose text, where it is a web address, is that of a node."""
_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_KEYWORDS = ("@id", "@type", "@language", "@value", "@list", "@graph", "@reverse", "@index")


class Graph:
    """The quads of one file."""

    def __init__(self, name: str, namespace: str) -> None:
        self.name = name
        self.namespace = namespace
        self.quads: list[Quad] = []
        self._left_out: set[str] = set()
        self._stated: set[str] = set()

    def add(self, found: Found) -> list[str]:
        """State the reviews of a document, and what they speak of; return the IRIs of the reviews."""
        self._left_out |= found.left_out
        return [self._node(review, found.nodes).value for review in found.reviews]

    def problems(self, path: Path) -> Iterator[Problem]:
        """Yield a note on the keys that were left out."""
        if self._left_out:
            first, *more = sorted(self._left_out)
            others = f" and {len(more):,} more" if more else ""
            message = f"schema.org has no key '{first}'{others}, which is left out"
            yield Problem("info", "key-left-out", message, Place(str(path)))

    def _node(self, item: Item, nodes: Mapping[str, Item]) -> IRI:
        """Return the IRI of an item, and state what it says, with what the document says elsewhere of the same node."""
        name = item.get("@id")
        item = {**nodes.get(name, {}), **item} if isinstance(name, str) else item
        node = self._iri(item)
        if node.value in self._stated:
            return node
        self._stated.add(node.value)
        for kind in item.get("@type", ()):
            if re.fullmatch(r"[A-Za-z]\w*", kind):
                self._state(node, TYPE, IRI(SCHEMA + kind))
        for key, value in item.items():
            if key not in _KEYWORDS:
                for member in _members(value):
                    for term in self._terms(key, member, item.get("@language"), nodes):
                        self._state(node, IRI(SCHEMA + key), term)
        return node

    def _iri(self, item: Item) -> IRI:
        name = item.get("@id")
        if isinstance(name, str) and name and not name.startswith("_:"):
            address = urljoin(self.name, name)
            if _ADDRESS.fullmatch(address):
                return IRI(address)
        content = json.dumps([name, item] if name else item, sort_keys=True)
        return skolem_iri(self.namespace, self.name, content)

    def _terms(self, key: str, value: Any, language: Any, nodes: Mapping[str, Item]) -> Iterator[IRI | Literal]:
        if isinstance(value, dict):
            if "@value" not in value:
                yield self._node(value, nodes)
                return
            value, language = value["@value"], value.get("@language", language)
        if isinstance(value, bool):
            yield typed("true" if value else "false", "boolean")
        elif isinstance(value, int | float):
            yield typed(str(value), "integer" if isinstance(value, int) else "double")
        elif isinstance(value, str) and value.strip():
            yield _term(key, value, language)

    def _state(self, node: IRI, predicate: IRI, value: IRI | Literal) -> None:
        self.quads.append(Quad(node, predicate, value, IRI(self.name)))


def _members(value: Any) -> Iterator[Any]:
    for member in as_list(value):
        if isinstance(member, list):
            yield from _members(member)
        elif isinstance(member, dict) and "@list" in member:
            yield from _members(member["@list"])
        else:
            yield member


def _term(key: str, text: str, language: Any) -> IRI | Literal:
    text = text.strip()
    if key in _ADDRESSES and _ADDRESS.fullmatch(text):
        return IRI(text)
    # JSON can write half of a surrogate pair, which is no character.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(language, str) and _LANGUAGE.fullmatch(language):
        return Literal(text, language=language)
    return Literal(text)
