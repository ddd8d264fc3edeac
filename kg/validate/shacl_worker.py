"""pySHACL, as a process of its own: a runaway constraint can be killed with it, and it has no network.

Started by `kg.validate.shapes` as a `kg.worker.Child`.  The first request has paths of Turtle files (`shapes`,
`ontology_files`), and the ontology and the subclasses of the data in N-Triples; its answer are `rules` and, where the
shapes read only properties of their nodes, a `plan` (`kg.validate.batches.ShapesPlan`).  Each further request is a part
of the data, or all of them, and has `results` for an answer.  Any answer may be `error`, a sentence, or `failure`.

pySHACL runs over an rdflib graph in memory: on 3,600 triples 0.12 s, against 3.7 s over an Oxigraph store, because it
asks many small questions and each crosses the border between the two.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

import pyshacl
import rdflib
from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.util import from_n3

from kg.worker import Message, answer, limit, limit_time, requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

_MEMORY = 4 << 30
"""Bytes of address space; a constraint that needs more is as much a runaway as one that takes too long."""
_SEVERITIES = {str(SH.Warning): "warning", str(SH.Info): "info"}
_KINDS = {"class": SH.targetClass, "subjects": SH.targetSubjectsOf, "objects": SH.targetObjectsOf}
_TARGETS = set(_KINDS.values())
_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_LOCAL = (
    *_PAIRS,
    *("property", "path", "message", "severity", "description", "name", "order", "group", "defaultValue"),
    *("minCount", "maxCount", "class", "datatype", "nodeKind", "in", "hasValue", "or", "and", "xone", "not", "node"),
    *("pattern", "flags", "minLength", "maxLength", "uniqueLang", "languageIn"),
    *("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"),
)
"""Terms of SHACL that read properties of a node and classes of their values, and nothing beyond."""
_CLOSED = ("socket.connect", "socket.getaddrinfo", "urllib.Request")


class _UnusableError(Exception):
    """The shapes cannot be used; the text is a sentence for a person."""


def main() -> None:
    """Answer the requests on standard input."""
    rdflib.NORMALIZE_LITERALS = False  # "33.0" is what the author wrote
    for name in ("__lt__", "__le__"):
        setattr(Literal, name, _comparing(getattr(Literal, name)))
    limit(_MEMORY)
    sys.addaudithook(_refuse_network)
    checker: _Checker | None = None
    for request in requests():
        limit_time(request.head["seconds"])
        try:
            with redirect_stdout(sys.stderr):
                if checker is None:
                    checker = _Checker(request.head, request.body.decode())
                    found: dict[str, Any] = {"plan": checker.plan(), "rules": list(_rules(checker.shapes))}
                else:
                    found = {"results": checker.results(request.head, request.body.decode())}
        except _UnusableError as error:
            found = {"error": str(error)}
        except MemoryError:
            found = {"failure": f"they need more than {_MEMORY >> 30} GiB of memory"}
        limit_time(0)
        answer(Message(found))


def _comparing(compare: Callable[[Literal, object], bool]) -> Callable[[Literal, object], bool]:
    """Return a comparison that is false of what cannot be compared, as SHACL has it; rdflib's breaks off there."""

    def compared(literal: Literal, other: object) -> bool:
        try:
            return compare(literal, other) is True
        except (TypeError, ArithmeticError):
            return False

    return compared


def _refuse_network(event: str, _: tuple[object, ...]) -> None:
    """SERVICE in a SPARQL constraint, or owl:imports, would fetch."""
    if event in _CLOSED:
        raise PermissionError("shapes may not use the network")


class _Checker:
    """The shapes, and the ontology that they see beside each part of the data."""

    def __init__(self, request: dict[str, Any], ontology: str) -> None:
        self.shapes = _read(request["shapes"])
        self._ontology = _read(request["ontology_files"]).parse(data=ontology, format="nt")
        self._subclasses = Graph(bind_namespaces="none").parse(data=request["subclasses"], format="nt")
        self._untargeted = Graph(bind_namespaces="none")
        self._untargeted += (triple for triple in self.shapes if triple[1] not in _TARGETS)

    def plan(self) -> dict[str, Any] | None:
        """Return what the shapes read, or None where that is more than properties of their nodes."""
        return _plan(self.shapes, self._ontology, self._subclasses)

    def results(self, request: dict[str, Any], triples: str) -> list[dict[str, Any]]:
        """Return what is wrong in a part of the data, or in all of them if `request` names no part."""
        data = Graph(bind_namespaces="none").parse(data=triples, format="nt")
        foreign = set() if "kind" in request else set(self._ontology.subjects()) - set(data.subjects())
        data += self._ontology
        data += self._subclasses
        shapes = self.shapes
        if "kind" in request:
            target = _KINDS[request["kind"]], URIRef(request["name"])
            nodes = [node for text in request["nodes"] if isinstance(node := from_n3(text), URIRef | BNode | Literal)]
            shapes = Graph(bind_namespaces="none")
            shapes += self._untargeted
            shapes += ((shape, SH.targetNode, node) for shape in self.shapes.subjects(*target) for node in nodes)
        report = _validated(data, shapes)
        found = report.objects(None, SH.result)
        return [_result(report, shapes, node) for node in found if report.value(node, SH.focusNode) not in foreign]


def _validated(data: Graph, shapes: Graph) -> Graph:
    try:
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except MemoryError:
        raise
    except Exception as error:  # whatever pySHACL and rdflib trip over in somebody's shapes
        raise _UnusableError(f"the shapes cannot be used: {_line(error)}") from error
    if not isinstance(report, Graph):
        raise _UnusableError(f"the shapes cannot be used: {_line(text)}")
    return report


def _plan(shapes: Graph, ontology: Graph, subclasses: Graph) -> dict[str, Any] | None:
    used = {predicate for predicate in shapes.predicates() if str(predicate).startswith(str(SH))}
    aimed = {shape for target in _TARGETS for shape in shapes.subjects(target)}
    paths = [_path(shapes, path) for path in shapes.objects(None, SH.path)]
    classes = Graph(bind_namespaces="none")
    classes += ontology
    classes += subclasses
    targets = [
        (kind, str(name), [str(below) for below in classes.transitive_subjects(RDFS.subClassOf, name)])
        for kind, target in _KINDS.items()
        for name in sorted(set(shapes.objects(None, target)), key=str)
    ]
    if (
        not used <= {SH[name] for name in _LOCAL} | _TARGETS
        or not set(shapes.subjects(SH.property)) <= aimed - set(shapes.subjects(SH.path))
        or aimed & set(shapes.objects()) - {SH.NodeShape}
        or any(path is None for path in paths)
        or any((None, URIRef(name), None) in ontology for kind, name, _ in targets if kind != "class")
        or any((shape, RDF.type, cls) in shapes for shape in shapes.subjects() for cls in (RDFS.Class, OWL.Class))
    ):
        return None
    known = [path for path in paths if path]
    pairs = {other for name in _PAIRS for other in shapes.objects(None, SH[name])}
    depth = max(map(len, known), default=1)
    steps = [{path[step] for path in known if len(path) > step} for step in range(depth)]
    followed = [{path[step] for path in known if len(path) > step + 1} for step in range(depth)]
    return {
        "targets": targets,
        "steps": [sorted(map(str, step | pairs)) for step in steps],
        "followed": [sorted(map(str, step)) for step in followed],
    }


def _path(shapes: Graph, path: Node) -> list[Node] | None:
    """Return the properties of a path one after the other; None if it is of another kind."""
    steps: list[Node] = [path] if isinstance(path, URIRef) else list(shapes.items(path))
    return steps if steps and all(isinstance(step, URIRef) for step in steps) else None


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
