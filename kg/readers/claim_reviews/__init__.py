"""Fact checks: schema.org ClaimReviews out of JSON-LD, feeds, and web pages that were saved.

What they say is stated as schema.org has it, and then in our words, by the rules of `ontology/mappings/`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from kg.errors import Place, Problem, UnreadableError
from kg.namespaces import ID, SCHEMA
from kg.readers import ParsedFile, dataset_name, graph_name
from kg.readers.alignments import FUNCTIONS, mappings
from kg.readers.claim_reviews import json_ld, pages
from kg.readers.claim_reviews.json_ld import as_list
from kg.readers.detect import suffix_of
from kg.readers.normalize import skolem_iri
from kg.store.local import MemoryStore
from kg.store.terms import IRI, TYPE, Literal, Quad, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.readers.claim_reviews.json_ld import Found, Item

_WITHOUT_STANCE = """
SELECT ?review (SAMPLE(?words) AS ?verdict) (SAMPLE(?address) AS ?url) WHERE {
  ?review a schema:ClaimReview .
  MINUS { ?assertion a hc:Assertion ; prov:wasDerivedFrom ?review }
  OPTIONAL { ?review schema:reviewRating ?rating }
  OPTIONAL { ?rating schema:alternateName ?alternate }
  OPTIONAL { ?rating schema:ratingValue ?value }
  OPTIONAL { ?review schema:url ?address }
  BIND(COALESCE(?alternate, ?value, "no rating") AS ?words)
} GROUP BY ?review
"""


class _Form(NamedTuple):
    """A kind of file that reviews are found in."""

    media_type: str
    find: Callable[[Path], Iterator[Found | Problem]]


_FORMS = {
    ".html": _Form("text/html", pages.find),
    ".htm": _Form("text/html", pages.find),
    ".rss": _Form("application/rss+xml", pages.find_in_feed),
    ".xml": _Form("application/rss+xml", pages.find_in_feed),
    ".json": _Form("application/ld+json", json_ld.find),
    ".jsonld": _Form("application/ld+json", json_ld.find),
}


def read(path: Path) -> ParsedFile:
    """Read the ClaimReviews of a JSON-LD file, a feed or a web page.  Nothing is fetched, no context and no link.

    A rating that is not understood gives no stance, and a warning.  Raises UnreadableError, with the place, for a file
    that is empty, broken, not UTF-8, too big or too deep, or has no ClaimReview.
    """
    form = _FORMS[suffix_of(path)]
    dataset = dataset_name(path)
    graph = ReviewGraph(graph_name(path, dataset), f"{ID}{dataset}/")
    problems, places = [], {}
    for found in form.find(path):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        for node in graph.add(found):
            places[node] = Place(str(path), found.line)
    if not places:
        raise UnreadableError(f"{problems[0]}" if problems else f"{path}: no ClaimReview of schema.org in this file")
    problems += graph.problems(path)
    quads, unclear = _mapped(graph)
    problems += _not_understood(path, unclear)
    return ParsedFile(path, form.media_type, dataset, graph.namespace, tuple(quads), tuple(problems), places)


def _mapped(graph: ReviewGraph) -> tuple[list[Quad], list[tuple[str, str]]]:
    """Return what the reviews say, with it in our words, and the verdict and address of each without a stance."""
    store = MemoryStore()
    name = IRI(graph.name)
    with store.writing() as writer:
        writer.add(graph.quads)
        for mapping in mappings({SCHEMA}, graph.namespace):
            made = writer.construct(mapping, [graph.name], functions=FUNCTIONS)
            writer.add([in_graph(triple, name) for triple in made])
    unclear = store.select(f"SELECT * {{ GRAPH <{graph.name}> {{ {{ {_WITHOUT_STANCE} }} }} }}")
    words = [(row["verdict"].value, row["url"].value if "url" in row else row["review"].value) for row in unclear]
    return sorted(store.quads(name), key=_order), sorted(words)


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    """Sort by subject, then by property with types first, then by value."""
    return str(quad.subject), quad.predicate != TYPE, quad.predicate.value, str(quad.object)


def _not_understood(path: Path, unclear: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a warning for each verdict that gives no stance, with the first review that has it."""
    unclear = list(unclear)
    times = Counter(verdict for verdict, _ in unclear)
    first = dict(reversed(unclear))
    for verdict, count in sorted(times.items()):
        where = f"of {first[verdict]}" if count == 1 else f"of {count:,} reviews, the first of them {first[verdict]},"
        message = f'the rating "{verdict}" {where} is not understood, so that no stance is stated for the reviewer'
        yield Problem("warning", "rating-not-understood", message, Place(str(path)))


_ADDRESSES = frozenset(
    ("url", "sameAs", "mainEntityOfPage", "appearance", "firstAppearance", "itemReviewed", "image", "license", "logo")
)
"""Properties whose text, where it is a web address, is that of a node."""
_ADDRESS = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_KEYWORDS = ("@id", "@type", "@language", "@value", "@list", "@graph", "@reverse", "@index")


class ReviewGraph:
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
