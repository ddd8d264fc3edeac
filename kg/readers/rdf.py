"""RDF files as they come: blank nodes named, schema.org written one way, our own system graphs kept out.

A blank node becomes an IRI (RDF 1.1 Concepts, 3.5) made of what the file says about it and the name of the file's
graph, so that the same file gives the same IRIs whatever is loaded before or after it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kg import child
from kg.errors import Place, Problem, UnreadableError
from kg.files import read_bytes, sha256
from kg.namespaces import DERIVED, ID, SYSTEM_GRAPHS
from kg.readers import Reading, dataset_name, graph_name
from kg.readers.blank_nodes import names
from kg.readers.mappings import mapped
from kg.readers.rdf_child import REFUSED
from kg.store.rdf_io import parse, parse_repairing, syntax
from kg.store.terms import IRI, BlankNode, DefaultGraph, Literal, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.store.rdf_io import Syntax

DEADLINE = 10.0
"""Seconds that parsing RDF/XML or JSON-LD may take."""
MEMORY = 2**30
"""Bytes of memory that it may take."""

_RISKY = ("RDF/XML", "JSON-LD")
_OLD_SCHEMA = "http://schema.org/"
_NEW_SCHEMA = "https://schema.org/"
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)


def read(path: Path) -> Reading:
    """Read an RDF file by its suffix; triples outside any named graph go into the graph of the file.

    Raises UnreadableError at the first error of syntax, for a document type declaration in RDF/XML, for a JSON-LD
    context that would have to be fetched, for RDF/XML or JSON-LD that takes more than DEADLINE or MEMORY, and for what
    only RDF 1.2 has (triple terms, base directions).
    """
    content = read_bytes(path)
    kind = syntax(path.suffix)
    if kind.name == "RDF/XML":
        _refuse_declarations(path, content)
    dataset = dataset_name(path)
    graph = graph_name(path, dataset)
    if kind.name in _RISKY:
        quads, slips = _parse_apart(path, kind, graph)
    else:
        quads, slips = parse_repairing(content, kind.media_type, graph, name=str(path))
    _refuse_new_terms(path, quads)
    nodes = {node: IRI(_genid(dataset, graph, name)) for node, name in names(quads).items()}
    named = {Quad(*(_term(term, IRI(graph), nodes) for term in quad)) for quad in quads}
    stated = sorted((quad for quad in named if quad.graph_name != IRI(DERIVED)), key=str)
    kept = list(dict.fromkeys([*stated, *mapped(stated, IRI(graph), f"{ID}{dataset}/")]))
    violations = tuple(_reserved(path, kept))
    problems = (*violations, *_repairs(path, slips))
    return Reading(path, kind.media_type, dataset, f"{ID}{dataset}/", () if violations else tuple(kept), problems)


def _parse_apart(path: Path, kind: Syntax, graph: str) -> tuple[list[Quad], list[str]]:
    """Parse in a child process, which a file made to do harm can slow, fill or crash without harm to this one."""
    request = {"path": str(path), "format": kind.media_type, "base": graph, "memory": MEMORY}
    way_out = "let another program turn it into N-Quads, which has no such limit"
    try:
        done = child.run("kg.readers.rdf_child", request, DEADLINE)
    except TimeoutError as error:
        sentence = f"{path}: reading this {kind.name} took longer than {DEADLINE:g} s; {way_out}"
        raise UnreadableError(sentence) from error
    if done.status == REFUSED:
        raise UnreadableError(done.complaint)
    if done.status:
        size = MEMORY // 2**20
        raise UnreadableError(f"{path}: this {kind.name} is nested too deep, or needs more than {size} MiB; {way_out}")
    slips, _, document = done.output.partition(b"\n")
    return parse(document, "application/n-quads", name=str(path)), json.loads(slips)


def _refuse_declarations(path: Path, content: bytes) -> None:
    """Entities of a DOCTYPE can unfold a small file into gigabytes; RDF/XML needs none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:64]:
        raise UnreadableError(f"{path}: RDF/XML in UTF-16; save the file as UTF-8")
    prolog = _PROLOG.match(content)
    start = prolog.end() if prolog else 0
    if content[start : start + 9].upper() == b"<!DOCTYPE":
        place = Place(str(path), content[:start].count(b"\n") + 1)
        raise UnreadableError(f"{place}: a DOCTYPE with its entities is not read; write the namespaces out instead")


def _refuse_new_terms(path: Path, quads: Iterable[Quad]) -> None:
    """Rdflib cannot read what only RDF 1.2 has, and the data must be readable with it."""
    for quad in quads:
        if isinstance(quad.object, Triple):
            raise UnreadableError(f"{path}: a triple as a term, as in RDF 1.2; give the statement an IRI of its own")
        if isinstance(quad.object, Literal) and quad.object.direction is not None:
            raise UnreadableError(f"{path}: a text with a base direction, as in RDF 1.2; leave the direction out")


def _genid(dataset: str, graph: str, name: str) -> str:
    return f"{ID}{dataset}/.well-known/genid/{sha256(f'{graph} {name}'.encode())[:32]}"


def _term(term: Any, graph: IRI, nodes: Mapping[BlankNode, IRI]) -> Any:
    if isinstance(term, DefaultGraph):
        return graph
    if isinstance(term, BlankNode):
        return nodes[term]
    if isinstance(term, IRI) and term.value.startswith(_OLD_SCHEMA):
        return IRI(_NEW_SCHEMA + term.value.removeprefix(_OLD_SCHEMA))
    if isinstance(term, Literal) and term.datatype.value.startswith(_OLD_SCHEMA):
        return Literal(term.value, datatype=IRI(_NEW_SCHEMA + term.datatype.value.removeprefix(_OLD_SCHEMA)))
    return term


def _reserved(path: Path, quads: list[Quad]) -> Iterator[Problem]:
    for name in sorted({str(quad.graph_name).strip("<>") for quad in quads} & set(SYSTEM_GRAPHS)):
        message = f"the graph <{name}> is kept by kg itself; take it out of the file, or give it another name"
        yield Problem("violation", "system-graph", message, Place(str(path)), name)


def _repairs(path: Path, slips: list[str]) -> Iterator[Problem]:
    if slips:
        message = f"{len(slips)} IRIs were not legal and were repaired, the first of them <{slips[0]}>"
        yield Problem("warning", "iri-repaired", message, Place(str(path)))
