"""pySHACL, as a process of its own: a runaway constraint can be killed with it, and it has no network.

Started by `kg.validate.shapes` as `python -m kg.validate.shacl_worker`; reads one JSON request from standard input
(`data` and `ontology`: N-Triples; `shapes` and `ontology_files`: paths of Turtle files) and writes one JSON answer
to standard output: `results` and `rules`, or `error`, a sentence.

pySHACL runs over an rdflib graph in memory: on 3,600 triples 0.12 s, against 3.7 s over an Oxigraph store, because it
asks many small questions and each crosses the border between the two.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pyshacl
import rdflib
from rdflib import RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax

from kg.worker import limit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_MEMORY = 4 << 30
"""Bytes of address space; a constraint that needs more is as much a runaway as one that takes too long."""
_SEVERITIES = {str(SH.Warning): "warning", str(SH.Info): "info"}
_CLOSED = ("socket.connect", "socket.getaddrinfo", "urllib.Request")


class _UnusableError(Exception):
    """The shapes cannot be used; the text is a sentence for a person."""


def main() -> None:
    """Answer the request on standard input."""
    answer_to, sys.stdout = sys.stdout, sys.stderr
    rdflib.NORMALIZE_LITERALS = False  # "33.0" is what the author wrote
    request = json.load(sys.stdin)
    limit(_MEMORY)
    sys.addaudithook(_refuse_network)
    try:
        answer = _validate(request)
    except _UnusableError as error:
        answer = {"error": str(error)}
    except MemoryError:
        sys.exit(f"they need more than {_MEMORY >> 30} GiB of memory")
    json.dump(answer, answer_to)


def _refuse_network(event: str, _: tuple[object, ...]) -> None:
    """SERVICE in a SPARQL constraint, or owl:imports, would fetch."""
    if event in _CLOSED:
        raise PermissionError("shapes may not use the network")


def _validate(request: dict[str, Any]) -> dict[str, Any]:
    shapes = _read(request["shapes"])
    data = Graph(bind_namespaces="none").parse(data=request["data"], format="nt")
    ontology = _read(request["ontology_files"]).parse(data=request["ontology"], format="nt")
    foreign = set(ontology.subjects()) - set(data.subjects())
    data += ontology
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except MemoryError:
        raise
    except Exception as error:  # whatever pySHACL and rdflib trip over in somebody's shapes
        raise _UnusableError(f"the shapes cannot be used: {_line(error)}") from error
    if not isinstance(report, Graph):
        raise _UnusableError(f"the shapes cannot be used: {_line(text)}")
    results = [
        _result(report, shapes, node)
        for node in report.objects(None, SH.result)
        if report.value(node, SH.focusNode) not in foreign
    ]
    return {"results": results, "rules": list(_rules(shapes))}


def _read(paths: list[str]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for path in paths:
        try:
            graph.parse(path, format="turtle")
        except BadSyntax as error:
            raise _UnusableError(f"{path}:{error.lines + 1}: not Turtle: {error.message}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise _UnusableError(f"{path}: cannot be read: {_line(error)}") from error
    return graph


def _result(report: Graph, shapes: Graph, node: Node) -> dict[str, Any]:
    """Return one validation result; its rule is the nearest node with an IRI at or above what found it."""
    source, constraint = report.value(node, SH.sourceShape), report.value(node, SH.sourceConstraint)
    shape = _named(shapes, source)
    path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
    return {
        "severity": _severity(report.value(node, SH.resultSeverity)),
        "rule": str(constraint if isinstance(constraint, URIRef) else shape),
        "shape": str(shape),
        "component": str(report.value(node, SH.sourceConstraintComponent)),
        "focus": str(report.value(node, SH.focusNode)),
        "path": str(path) if isinstance(path, URIRef) else None,
        "value": _value(value),
        "message": _message(report, node, shapes, source),
    }


def _severity(node: Node | None) -> str:
    return _SEVERITIES.get(str(node), "violation")


def _value(term: Node | None) -> dict[str, str] | None:
    if isinstance(term, URIRef):
        return {"iri": str(term)}
    if not isinstance(term, Literal):
        return None
    if term.language:
        return {"text": str(term), "language": term.language}
    return {"text": str(term), "datatype": str(term.datatype or XSD.string)}


def _message(report: Graph, node: Node, shapes: Graph, source: Node | None) -> str:
    """Return the shape's own words; pySHACL's, for want of these, name blank nodes, which differ from run to run."""
    component = report.value(node, SH.sourceConstraintComponent)
    if (source, SH.message, None) in shapes or component == SH.SPARQLConstraintComponent:
        return _english(report, node, SH.resultMessage)
    kind = str(component).rpartition("#")[2].removesuffix("ConstraintComponent")
    return f"breaks the constraint {kind} of its shape"


def _named(shapes: Graph, node: Node | None) -> Node | None:
    seen: set[Node] = set()
    while isinstance(node, BNode) and node not in seen:
        seen.add(node)
        node = min(shapes.subjects(None, node), key=str, default=None)
    return node


def _rules(shapes: Graph) -> Iterator[dict[str, str]]:
    """Yield the shapes and SPARQL constraints that have an IRI and words of their own."""
    for node in sorted({subject for subject in shapes.subjects(SH.message) if isinstance(subject, URIRef)}):
        severity = _severity(shapes.value(node, SH.severity))
        words = (_english(shapes, node, predicate) for predicate in (SH.description, RDFS.comment, SH.message))
        yield {"id": str(node), "severity": severity, "help": next(filter(None, words))}


def _english(graph: Graph, node: Node, predicate: Node) -> str:
    """Return the words in English, or in no stated language, or in whichever comes first."""
    words = sorted(graph.objects(node, predicate), key=lambda word: (_language(word), str(word)))
    return _line(words[0]) if words else ""


def _language(word: Node) -> int:
    language = getattr(word, "language", None)
    return 0 if language and language.startswith("en") else 1 if language is None else 2


def _line(words: object) -> str:
    return " ".join(str(words).split())


if __name__ == "__main__":
    main()
