"""RDF files, with what they need changed to fit with the rest (`kg.readers.normalize`)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from kg import worker
from kg.errors import Place, Problem, UnreadableError
from kg.files import read_unpacked
from kg.namespaces import ID, RDF
from kg.readers import ParsedFile, dataset_name, graph_name
from kg.readers.alignments import mappings, used
from kg.readers.blank_nodes import names
from kg.readers.detect import suffix_of
from kg.readers.normalize import Changes, described, home, node_iris, refuse_new_terms, repairs, reserved
from kg.readers.rdf_worker import REFUSED
from kg.store.syntax import MARK, parse, parse_repairing, syntax
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.syntax import Syntax
    from kg.store.terms import Quad

DEADLINE = 10.0
"""Seconds that parsing RDF/XML or JSON-LD may take."""
MEMORY = 2**30
"""Bytes of memory that it may take."""
HELD = 2**19
"""Bytes on the disk up to which a file is held in memory; a bigger one is read as a stream."""

_Parsed = tuple["list[Quad]", "list[str]", "dict[str, str]"]
"""Quads, the IRIs that were repaired, and the prefixes that are declared."""
_RISKY = ("RDF/XML", "JSON-LD")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)


def read(path: Path) -> ParsedFile:
    """Read an RDF file by its suffix; triples outside any named graph go into the graph of the file.

    Raises UnreadableError at the first error of syntax, for a document type declaration in RDF/XML, for a JSON-LD
    context that would have to be fetched, for RDF/XML or JSON-LD that takes more than DEADLINE or MEMORY, and for what
    only RDF 1.2 has (triple terms, base directions).
    """
    kind = syntax(suffix_of(path))
    if kind.name not in _RISKY and path.is_file() and path.stat().st_size > HELD:
        from kg.readers import rdf_stream

        return rdf_stream.read(path, kind)
    content = read_unpacked(path)
    dataset = dataset_name(path)
    graph = graph_name(path, dataset)
    if kind.name in _RISKY:
        quads, slips, prefixes = _parse_apart(path, content, kind, graph)
    else:
        quads, slips, prefixes = parse_repairing(content, kind.media_type, graph, name=str(path))
    for quad in quads:
        refuse_new_terms(path, quad)
    changes = Changes(IRI(graph), node_iris(dataset, graph, names(quads)))
    kept = sorted(set(changes.made(quads)), key=str)
    datasets = described(str(quad.subject)[1:-1] for quad in kept)
    violations = tuple(reserved(path, {str(quad.graph_name)[1:-1] for quad in kept}))
    return ParsedFile(
        path,
        kind.media_type,
        dataset,
        f"{ID}{dataset}/",
        () if violations else tuple(kept),
        (*violations, *_marked(path, content), *repairs(path, slips)),
        mappings=mappings(used(kept), f"{ID}{home(graph, dataset, datasets)}/"),
        prefixes=prefixes,
        datasets=datasets,
    )


def _marked(path: Path, content: bytes) -> Iterator[Problem]:
    if content.startswith(MARK):
        yield Problem("warning", "byte-order-mark", "a byte order mark was skipped", Place(str(path)))


def _parse_apart(path: Path, content: bytes, kind: Syntax, graph: str) -> _Parsed:
    """Parse in a child process, which a file made to do harm can slow, fill or crash without harm to this one."""
    if kind.name == "RDF/XML":
        _refuse_declarations(path, content)
    request = {"path": str(path), "format": kind.media_type, "base": graph, "memory": MEMORY}
    way_out = "let another program turn it into N-Quads, which has no such limit"
    try:
        done = worker.run("kg.readers.rdf_worker", request, DEADLINE)
    except TimeoutError as error:
        sentence = f"{path}: reading this {kind.name} took longer than {DEADLINE:g} s; {way_out}"
        raise UnreadableError(sentence) from error
    if done.status == REFUSED:
        raise UnreadableError(done.complaint)
    if done.status:
        size = MEMORY // 2**20
        raise UnreadableError(f"{path}: this {kind.name} is nested too deep, or needs more than {size} MiB; {way_out}")
    found, _, document = done.output.partition(b"\n")
    return parse(document, "application/n-quads", name=str(path)), *json.loads(found)


def _refuse_declarations(path: Path, content: bytes) -> None:
    """Entities of a DOCTYPE can unfold a small file into gigabytes; RDF/XML needs none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:64]:
        raise UnreadableError(f"{path}: RDF/XML in UTF-16; save the file as UTF-8")
    prolog = _PROLOG.match(content)
    start = prolog.end() if prolog else 0
    place = Place(str(path), content[:start].count(b"\n") + 1)
    found = _ROOT.search(content, start)
    root = found[1].decode(errors="replace") if found else ""
    if root.lower() == "html":
        raise UnreadableError(f"{place}: an HTML page; name it .html, and the ClaimReviews in it are read")
    if content[start : start + 9].upper() == b"<!DOCTYPE":
        raise UnreadableError(f"{place}: a DOCTYPE with its entities is not read; write the namespaces out instead")
    if root and RDF.encode() not in content and not root.endswith("RDF"):
        # Any XML with a namespace reads as RDF/XML, in which an element is a node.
        raise UnreadableError(
            f"{place}: XML of <{root}>, which kg does not read; it reads RDF/XML, TriX and the XML of PubMed, JATS and "
            "EndNote: export it as one of these, as RIS or as a table"
        )
