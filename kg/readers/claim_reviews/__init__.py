"""Fact checks: schema.org ClaimReviews out of JSON-LD, feeds, and web pages that were saved.

What they say is stated as schema.org has it, and then in our words, by the rules of `ontology/mappings/`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from kg.display import counted
from kg.errors import Place, Problem, UnreadableError
from kg.model.identifiers import identifier
from kg.model.vocabulary import verbs
from kg.namespaces import ID, SCHEMA, local_name
from kg.readers import ParsedFile, dataset_name, graph_name
from kg.readers.alignments import FUNCTIONS, is_known_rating, mappings
from kg.readers.claim_reviews import json_ld, pages
from kg.readers.claim_reviews.json_ld import as_list
from kg.readers.detect import suffix_of
from kg.readers.normalize import repairs, skolem_iri
from kg.store.local import MemoryStore
from kg.store.terms import IRI, TYPE, Literal, Quad, in_graph, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.readers.claim_reviews.json_ld import Found, Item
    from kg.store.terms import Row

_TAKEN = """
SELECT ?review (MIN(?words) AS ?verdict) (MIN(STR(?address)) AS ?url) (MIN(?stance) AS ?taken) (MIN(?claim) AS ?of)
WHERE {
  ?review a schema:ClaimReview .
  OPTIONAL { ?assertion a hc:Assertion ; prov:wasDerivedFrom ?review ; hc:stance ?stance }
  OPTIONAL { ?claim a hc:Claim ; prov:wasDerivedFrom ?review }
  OPTIONAL { ?review schema:reviewRating ?rating }
  OPTIONAL { ?rating schema:alternateName ?alternate }
  OPTIONAL { ?rating schema:name ?named }
  OPTIONAL { ?rating schema:ratingValue ?value }
  OPTIONAL { ?review schema:url ?address }
  BIND(STR(COALESCE(IF(isLiteral(?rating), ?rating, ?none), ?alternate, ?named, ?value, "no rating")) AS ?words)
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
    problems, places, of_media = [], {}, 0
    for found in form.find(path):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        of_media += found.of_media
        for node in graph.add(found):
            places[node] = Place(str(path), found.line)
    if of_media:
        message = f"{counted(of_media, 'MediaReview')} left out: it is of a picture or a film, and not of a claim"
        problems.append(Problem("warning", "media-review", message, Place(str(path))))
    if not places:
        broken = next((problem for problem in problems if problem.rule != "encoding-guessed"), None)
        raise UnreadableError(str(broken or f"{path}: no ClaimReview of schema.org in this file"))
    problems += graph.problems(path)
    quads, taken = _mapped(graph)
    problems += _remarks(path, taken)
    return ParsedFile(path, form.media_type, dataset, graph.namespace, tuple(quads), tuple(problems), places)


class _Taken(NamedTuple):
    """A review, and the stance that was taken from its rating."""

    verdict: str
    address: str
    stance: str
    """IRI; empty if none was."""
    has_claim: bool


def _mapped(graph: ReviewGraph) -> tuple[list[Quad], list[_Taken]]:
    """Return what the reviews say, with it in our words, and what was taken from the rating of each."""
    store = MemoryStore()
    name = IRI(graph.name)
    with store.writing() as writer:
        writer.add(graph.quads)
        for mapping in mappings({SCHEMA}, graph.namespace):
            made = writer.construct(mapping, [graph.name], functions=FUNCTIONS)
            writer.add([in_graph(triple, name) for triple in made])
    rows = store.select(f"SELECT * {{ GRAPH <{graph.name}> {{ {{ {_TAKEN} }} }} }}")
    taken = [
        _Taken(row["verdict"].value, row["url" if "url" in row else "review"].value, _value(row, "taken"), "of" in row)
        for row in rows
    ]
    return sorted(store.quads(name), key=_order), sorted(taken)


def _value(row: Row, name: str) -> str:
    return row[name].value if name in row else ""


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    """Sort by subject, then by property with types first, then by value."""
    return str(quad.subject), quad.predicate != TYPE, quad.predicate.value, str(quad.object)


def _remarks(path: Path, taken: Iterable[_Taken]) -> Iterator[Problem]:
    """Yield a warning for each empty claim, and for each verdict of which only a number, or nothing, gave a stance."""
    cases: dict[tuple[str, str, str], list[str]] = {}
    for review in taken:
        if case := _case(review):
            cases.setdefault((*case, review.verdict), []).append(review.address)
    for (rule, message, verdict), first in sorted(cases.items()):
        count = len(first)
        where = f"of {first[0]}" if count == 1 else f"of {count:,} reviews, the first of them {first[0]},"
        yield Problem("warning", rule, message.format(verdict=verdict, where=where), Place(str(path)))


def _case(review: _Taken) -> tuple[str, str] | None:
    """Return the rule and the sentence for what a person should know of a review."""
    if not review.has_claim:
        return "claim-empty", "no claim {where} is stated: claimReviewed and itemReviewed have no words"
    if not review.stance:
        sentence = 'the rating "{verdict}" {where} is not understood, so that no stance is stated for the reviewer'
        return "rating-not-understood", sentence
    if is_known_rating(review.verdict):
        return None
    stance = verbs()[local_name(review.stance)]
    return "rating-by-number", f'only a number gives the rating "{{verdict}}" {{where}} a stance: {stance}'


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
        self._repaired: set[str] = set()

    def add(self, found: Found) -> list[str]:
        """State the reviews of a document, and what they speak of; return the IRIs of the reviews."""
        self._left_out |= found.left_out
        return [self._node(review, found.nodes).value for review in found.reviews]

    def problems(self, path: Path) -> Iterator[Problem]:
        """Yield a note on the keys that were left out, and one on the IRIs that were repaired."""
        yield from repairs(path, self._repaired)
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
            if found := identifier(address, "url"):
                self._repaired.add(name)
                return IRI(found.value)
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
