"""Big RDF files, which are never held: they are gone through as they lie on the disk.

The first pass is over the bytes.  If these show nothing that may have to be changed, the store's own loader takes the
file as it is.  Else a second pass, over the quads, finds what to change; often nothing, since a bracket in a text looks
like a blank node.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import Place, Problem, UnreadableError
from kg.files import CHUNK, read_start
from kg.namespaces import DERIVED, ID
from kg.readers import ParsedFile, dataset_name, graph_name
from kg.readers.alignments import mappings, spaces
from kg.readers.blank_nodes import blank_nodes, names
from kg.readers.detect import START
from kg.readers.normalize import OLD_SCHEMA, Changes, described, home, node_iris, refuse_new_terms, repairs, reserved
from kg.store.syntax import MARK, RdfFile, declared, repaired
from kg.store.terms import IRI, BlankNode, DefaultGraph, Quad
from kg.store.written import changes as is_changed
from kg.store.written import is_suspicious

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kg.store.syntax import Syntax

_SIGNS = (b"_:", b"[", b"(", OLD_SCHEMA.encode(), b"<<", b"--ltr", b"--rtl")
"""Mark of a file with something to change: a blank node, an old IRI, a term of RDF 1.2."""


def read(path: Path, syntax: Syntax) -> ParsedFile:
    """Read a big file of Turtle, TriG, N-Triples or N-Quads; see `kg.readers.rdf.read`.

    An error of syntax may be raised as late as when its quads are gone through.
    """
    dataset = dataset_name(path)
    document = RdfFile(path, syntax, graph_name(path, dataset))
    has_signs, vocabularies, described_in_text = _look(document)
    start = read_start(path, START)
    problems = [_MARKED._replace(place=Place(str(path)))] if start.startswith(MARK) else []
    found = _survey(document) if has_signs or syntax.has_graphs else _Survey(frozenset({DefaultGraph()}))
    nodes = node_iris(dataset, document.graph, names(found.blank))
    graphs = {_iri(graph, document.graph, nodes) for graph in found.graphs} - {DERIVED}
    violations = list(reserved(path, graphs))
    prefixes = declared(start)
    datasets = (
        found.datasets
        | described_in_text
        | described(nodes[quad.subject].value for quad in found.blank if isinstance(quad.subject, BlankNode))
    )
    datasets |= described(f"{space}x" for space in prefixes.values())
    in_order = [nodes[node] for node in dict.fromkeys(node for quad in found.blank for node in blank_nodes(quad))]
    return ParsedFile(
        path,
        syntax.media_type,
        dataset,
        f"{ID}{dataset}/",
        () if violations else Quads(document, in_order, problems),
        violations or problems,
        mappings=mappings(vocabularies, f"{ID}{home(document.graph, dataset, datasets)}/"),
        graphs=tuple(sorted(graphs)),
        document=document if found.plain else None,
        prefixes=prefixes,
        datasets=datasets,
    )


_MARKED = Problem("warning", "byte-order-mark", "a byte order mark was skipped")


@dataclass(frozen=True)
class Quads:
    """The quads of a file as they are to be stored, read anew each time; repairs are noted in `problems`."""

    document: RdfFile
    nodes: Sequence[IRI]
    """For each blank node in the order of the file: a parser calls those without a label by chance."""
    problems: list[Problem] = field(repr=False)

    def __iter__(self) -> Iterator[Quad]:
        """Yield the quads; those before an IRI that is not legal come twice, which is the same in a graph."""
        try:
            yield from self._changes().made(self.document.quads())
        except UnreadableError as error:
            yield from self._repaired(error)

    def _repaired(self, strict: UnreadableError) -> Iterator[Quad]:
        slips: dict[str, str] = {}
        try:
            yield from self._changes()._replace(slips=slips).made(self.document._replace(lenient=True).quads())
        except UnreadableError:
            raise strict from None
        if not slips:  # what the lenient parser let through was something else
            raise strict
        self.problems[:] = [problem for problem in self.problems if problem.rule != "iri-repaired"]
        self.problems.extend(repairs(self.document.path, slips))

    def _changes(self) -> Changes:
        return Changes(IRI(self.document.graph), _InOrder(self.nodes))


class _InOrder(dict[BlankNode, IRI]):
    """Gives the blank nodes their IRIs in the order in which it is asked for them."""

    def __init__(self, iris: Iterable[IRI]) -> None:
        self._iris = iter(iris)

    def __missing__(self, node: BlankNode) -> IRI:
        self[node] = next(self._iris)
        return self[node]


class _Survey(NamedTuple):
    """Findings of a pass over quads: their named graphs, those with blank nodes, and whether none needs a change."""

    graphs: frozenset[Any]
    blank: tuple[Quad, ...] = ()
    plain: bool = True
    datasets: frozenset[str] = frozenset()


def _look(document: RdfFile) -> tuple[bool, set[str], frozenset[str]]:
    """Go through the bytes; return whether there are `_SIGNS`, the vocabularies with a mapping, and the datasets."""
    vocabularies = {space.encode(): space for space in spaces()}
    overlap = max(map(len, (*_SIGNS, *vocabularies)))
    has_signs, found, tail = False, set(), b"\n"
    datasets: set[bytes] = set()
    has_numbers = document.syntax.name not in ("N-Triples", "N-Quads")
    with document.opened() as stream:
        while chunk := stream.read(CHUNK):
            text = tail + chunk  # with the end of the chunk before, for what lies across
            has_signs = (
                has_signs or any(sign in text for sign in _SIGNS) or is_suspicious(text, has_numbers=has_numbers)
            )
            datasets.update(_SUBJECT.findall(text))
            found |= {vocabularies[space] for space in vocabularies if space in text}
            tail = chunk[-overlap:]
    return has_signs, found, frozenset(name.decode() for name in datasets)


_SUBJECT = re.compile(rb"(?<=\n)<" + re.escape(ID.encode()) + rb"([\w-]+)/")
"""A line that begins with an individual's IRI."""


def _survey(document: RdfFile) -> _Survey:
    """Go through the quads; what is found up to an IRI that is not legal is found again with these let through."""
    try:
        return _surveyed(document)
    except UnreadableError as error:
        slips: dict[str, str] = {}
        try:
            found = _surveyed(document._replace(lenient=True), slips)
        except UnreadableError:
            raise error from None
        if not slips:  # what the lenient parser let through was something else
            raise
        return found


def _surveyed(document: RdfFile, slips: dict[str, str] | None = None) -> _Survey:
    """Go through the quads; `slips` notes the IRIs that are not legal, where these are let through."""
    plain = slips is None
    changes = Changes(IRI(document.graph), {})
    graphs: set[Any] = set()
    blank: list[Quad] = []
    subjects: set[str] = set()
    for quad in document.quads():
        refuse_new_terms(document.path, quad)
        graphs.add(quad.graph_name)
        if isinstance(quad.subject, IRI) and quad.subject.value.startswith(ID):
            subjects.add(quad.subject.value[: quad.subject.value.find("/", len(ID)) + 2])
        if slips is not None:
            quad = Quad(*(repaired(term, slips) for term in quad))
        if blank_nodes(quad):
            blank.append(quad)
        plain = (
            plain and not is_changed(quad.object) and not changes.concern(quad, named_graphs=document.syntax.has_graphs)
        )
    return _Survey(frozenset(graphs), tuple(blank), plain, described(subjects))


def _iri(graph: Any, default: str, nodes: Mapping[BlankNode, IRI]) -> str:
    return default if isinstance(graph, DefaultGraph) else nodes.get(graph, graph).value
