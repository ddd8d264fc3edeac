"""Fact checks: schema.org ClaimReviews out of JSON-LD, feeds, and web pages that were saved.

What they say is stated as schema.org has it, and then in our words, by the rules of `ontology/mappings/`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Place, Problem, UnreadableError
from kg.namespaces import ID, SCHEMA
from kg.readers import ParsedFile, dataset_name, graph_name
from kg.readers.alignments import mappings
from kg.readers.claim_reviews import feeds, json_ld, pages
from kg.readers.claim_reviews.statements import Graph
from kg.readers.detect import suffix_of
from kg.store.local.memory import MemoryStore
from kg.store.terms import IRI, TYPE, in_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.readers.claim_reviews.json_ld import Found
    from kg.store.terms import Quad

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
    ".rss": _Form("application/rss+xml", feeds.find),
    ".xml": _Form("application/rss+xml", feeds.find),
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
    graph = Graph(graph_name(path, dataset), f"{ID}{dataset}/")
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


def _mapped(graph: Graph) -> tuple[list[Quad], list[tuple[str, str]]]:
    """Return what the reviews say, with it in our words, and the verdict and address of each without a stance."""
    store = MemoryStore()
    name = IRI(graph.name)
    with store.writing() as writer:
        writer.add(graph.quads)
        for mapping in mappings({SCHEMA}, graph.namespace):
            writer.add([in_graph(triple, name) for triple in writer.construct(mapping, [graph.name])])
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
