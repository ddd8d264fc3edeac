"""TriX, RDF in XML with named graphs (Carroll and Stickler, HP Labs 2004)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.namespaces import ID
from kg.readers import ParsedFile, broken, dataset_name, graph_name
from kg.readers.alignments import mappings, used
from kg.readers.blank_nodes import names
from kg.readers.normalize import Changes, described, home, node_iris, reserved
from kg.readers.xml import records
from kg.store.terms import IRI, BlankNode, DefaultGraph, Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any
    from xml.etree.ElementTree import Element

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read(path: Path) -> ParsedFile:
    """Read a TriX file; triples of a graph without a name go into the graph of the file.

    Raises UnreadableError, with the place, for broken XML, declared entities, and what is no triple.
    """
    dataset = dataset_name(path)
    graph = graph_name(path, dataset)
    quads = list(_quads(path))
    changes = Changes(IRI(graph), node_iris(dataset, graph, names(quads)))
    kept = sorted(set(changes.made(quads)), key=str)
    datasets = described(str(quad.subject)[1:-1] for quad in kept)
    violations = tuple(reserved(path, {str(quad.graph_name)[1:-1] for quad in kept}))
    return ParsedFile(
        path,
        "application/trix",
        dataset,
        f"{ID}{dataset}/",
        () if violations else tuple(kept),
        violations,
        mappings=mappings(used(kept), f"{ID}{home(graph, dataset, datasets)}/"),
        datasets=datasets,
    )


def _quads(path: Path) -> Iterator[Quad]:
    for element, line in records(path, ("graph",)):
        try:
            name = next((_term(child) for child in element if child.tag == "uri"), DefaultGraph())
            for triple in element.iter("triple"):
                subject, predicate, value = (_term(child) for child in triple)
                yield Quad(subject, predicate, value, name)
        except (ValueError, TypeError) as error:
            raise broken(path, line, f"a triple of this graph is none: {error}") from error


def _term(element: Element) -> Any:
    text = element.text or ""
    if element.tag == "uri":
        return IRI(text.strip())
    if element.tag == "id":
        return BlankNode(text.strip())
    if element.tag == "plainLiteral":
        return Literal(text, language=element.get(_LANGUAGE))
    if element.tag == "typedLiteral":
        return Literal(text, datatype=IRI(element.get("datatype", "")))
    raise ValueError(f"<{element.tag}> is no term of TriX")
