"""Named graphs, topics, queries or everything as RDF: our prefixes, sorted, the same bytes on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.export.topic import topic_quads
from kg.query import Triples, query
from kg.store.rdf_io import serialize
from kg.store.terms import TYPE, DefaultGraph, Quad, in_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Dataset


class Format(NamedTuple):
    """An RDF syntax: its media type, and whether it names graphs."""

    media_type: str
    named_graphs: bool


FORMATS = {
    "ttl": Format("text/turtle", named_graphs=False),
    "trig": Format("application/trig", named_graphs=True),
    "nt": Format("application/n-triples", named_graphs=False),
    "nq": Format("application/n-quads", named_graphs=True),
    "jsonld": Format("application/ld+json", named_graphs=True),
}
"""Option or file extension -> syntax."""


def export(
    store: Dataset,
    form: str,
    *,
    graph: str | None = None,
    topic: str | None = None,
    text: str | None = None,
    params: Mapping[str, str] | None = None,
) -> bytes:
    """Return RDF in the syntax `form`: one graph, one topic, what a CONSTRUCT query `text` gives, or everything.

    Everything is the default graph of queries: the data graphs and the derived graph.  The catalogue, the ontology
    and assessments are exported only when named as `graph`.

    Raises UsageError for an unknown `form` or more than one choice, NotFoundError for a graph or topic that is not
    there, QueryError as `kg.query.query` does.
    """
    if form not in FORMATS:
        raise UsageError(f"no RDF format '{form}'; there are {', '.join(FORMATS)}")
    if sum(choice is not None for choice in (graph, topic, text)) > 1:
        raise UsageError("export one of a graph, a topic or a query, or none of them for everything")
    if text is not None:
        quads: Iterable[Quad] = _queried(store, text, params)
    elif topic is not None:
        quads = topic_quads(store, store.resolve(topic))
    elif graph is not None:
        quads = store.quads(store.resolve_graph(graph))
    else:
        quads = (quad for name in store.default_graphs() for quad in store.quads(name))
    return write(quads, form, store.prefixes())


def write(quads: Iterable[Quad], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Return `quads` in the syntax `form`, sorted, each once, with those of `prefixes` that are used."""
    syntax = FORMATS[form]
    if not syntax.named_graphs:
        quads = (in_graph(quad, DefaultGraph()) for quad in quads)
    return serialize(sorted(set(quads), key=_order), syntax.media_type, prefixes)


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    """Sort by graph, subject, predicate (types first) and object, as text: code points, so the same everywhere."""
    predicate = quad.predicate
    return str(quad.graph_name), str(quad.subject), predicate != TYPE, predicate.value, str(quad.object)


def _queried(store: Dataset, text: str, params: Mapping[str, str] | None) -> Iterable[Quad]:
    answer = query(store, text, params)
    if not isinstance(answer, Triples):
        raise UsageError("only a CONSTRUCT or DESCRIBE query gives a graph; use kg query for rows")
    return (in_graph(triple, DefaultGraph()) for triple in answer)
