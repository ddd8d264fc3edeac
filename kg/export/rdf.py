"""Named graphs, topics, queries or everything as RDF: our prefixes, sorted, the same bytes on every machine."""

from __future__ import annotations

import io
import re
import shutil
from collections import defaultdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.export import order
from kg.export.formats import RDF
from kg.export.topic import topic_quads
from kg.model.vocabulary import DERIVED as PROPERTIES
from kg.namespaces import DERIVED, HC
from kg.query import Triples, query
from kg.store.syntax import Syntax, dump_triples, rewrite, syntax
from kg.store.terms import IRI, DefaultGraph, Quad, in_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.store import Store

FORMATS: dict[str, Syntax] = {form: syntax(f".{form}") for form in RDF}
"""Option or file extension -> syntax."""

_TALLIES = [name for names in PROPERTIES.values() for name in names] + ["assertionCount", "claimCount"]
_TALLY = re.compile(rf" <{re.escape(HC)}(?:{'|'.join(_TALLIES)})> ".encode())
"""In a line of N-Triples: a link to a line, or a tally."""


class _Part(NamedTuple):
    """A graph to be written: its name, and what writes its triples in a syntax, with prefixes, into a file."""

    graph: IRI | DefaultGraph
    dump: Callable[[IO[bytes], Syntax, Mapping[str, str]], None]


def export_to(
    output: IO[bytes],
    store: Store,
    form: str,
    *,
    graph: str | None = None,
    topic: str | None = None,
    text: str | None = None,
    params: Mapping[str, str] | None = None,
) -> None:
    """Write RDF in the syntax `form`: one graph, one topic, what a CONSTRUCT query `text` gives, or everything.

    Everything is the default graph of queries: the data graphs and the derived graph, but for the tallies where graphs
    have no names: a file that is loaded again must not count what it is loaded with.  The catalog, the ontology and
    assessments are exported only when named as `graph`.  Memory stays bounded, whatever the size.

    Raises UsageError for more than one choice, NotFoundError for a graph or topic that is not
    there, QueryError as `kg.query.query` does.
    """
    if sum(choice is not None for choice in (graph, topic, text)) > 1:
        raise UsageError("export one of a graph, a topic or a query, or none of them for everything")
    if text is not None:
        parts = _held(_queried(store, text, params))
    elif topic is not None:
        parts = _held(topic_quads(store, store.resolve(topic)))
    elif graph is not None:
        parts = [_stored(store, store.resolve_graph(graph))]
    else:
        parts = _everything(store, has_graphs=FORMATS[form].has_graphs)
    _write(output, parts, FORMATS[form], store.prefixes())


def write(quads: Iterable[Quad], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Return `quads` in the syntax `form`, sorted, each once, with those of `prefixes` that are used."""
    output = io.BytesIO()
    _write(output, _held(quads), FORMATS[form], prefixes)
    return output.getvalue()


def _held(quads: Iterable[Quad]) -> list[_Part]:
    graphs: defaultdict[IRI | DefaultGraph, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad.graph_name].append(quad)  # type: ignore[index]  # no blank nodes in our data
    return [_Part(graph, partial(dump_triples, held)) for graph, held in graphs.items()]


def _everything(store: Store, *, has_graphs: bool) -> list[_Part]:
    if has_graphs:
        return [_stored(store, IRI(name)) for name in (*(entry.graph for entry in store.graphs()), DERIVED)]
    *data, derived = (_stored(store, name) for name in store.default_graphs())
    return [*data, _without_tallies(derived)]


def _stored(store: Store, graph: IRI) -> _Part:
    return _Part(graph, partial(store.dump, graph))


def _without_tallies(part: _Part) -> _Part:
    def dump(file: IO[bytes], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
        with TemporaryDirectory(prefix="kg-") as folder, (Path(folder) / "all").open("w+b") as everything:
            # In N-Triples a line is a statement, so that one can be left out.
            part.dump(everything, FORMATS["nt"], {})
            everything.seek(0)
            kept = Path(folder) / "kept"
            with kept.open("wb") as some:
                some.writelines(line for line in everything if not _TALLY.search(line))
            with kept.open("rb") as some:
                rewrite([(DefaultGraph(), some)], syntax, prefixes, file)

    return _Part(part.graph, dump)


def _write(output: IO[bytes], parts: Iterable[_Part], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
    with TemporaryDirectory(prefix="kg-") as folder:
        _WRITERS[syntax.name](output, _named(parts, syntax), prefixes, Path(folder))


def _named(parts: Iterable[_Part], syntax: Syntax) -> list[tuple[IRI | DefaultGraph, list[_Part]]]:
    """Return the parts of each graph of the document, in the order of their names; one graph where none has a name."""
    if not syntax.has_graphs:
        return [(DefaultGraph(), list(parts))]
    return [(part.graph, [part]) for part in sorted(parts, key=lambda part: str(part.graph))]


_Graphs = list[tuple[IRI | DefaultGraph, list[_Part]]]


def _dumped(parts: Iterable[_Part], syntax: Syntax, prefixes: Mapping[str, str], folder: Path) -> Iterator[bytes]:
    """Yield the lines of what `parts` dump, one after the other."""
    file = folder / "dump"
    for part in parts:
        with file.open("wb") as output:
            part.dump(output, syntax, prefixes)
        with file.open("rb") as lines:
            yield from lines


def _write_turtle(output: IO[bytes], graphs: _Graphs, prefixes: Mapping[str, str], folder: Path) -> None:
    """Write Turtle or TriG: the body first, which tells the prefixes that the head declares."""
    used: set[str] = set()
    with (folder / "body").open("w+b") as body:
        for graph, parts in graphs:
            lines = _dumped(parts, FORMATS["ttl"], prefixes, folder)
            indent = b"" if isinstance(graph, DefaultGraph) else b"\t"
            body.write(f"{graph} {{\n".encode() if indent else b"")
            used |= order.write_blocks(order.blocks(lines, folder), body, indent)
            body.write(b"}\n" if indent else b"")
        head = [f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(used & prefixes.keys())]
        output.write("".join([*head, "\n" if head else ""]).encode())
        body.seek(0)
        shutil.copyfileobj(body, output)


def _write_lines(output: IO[bytes], graphs: _Graphs, prefixes: Mapping[str, str], folder: Path) -> None:
    """Write N-Triples or N-Quads."""
    for graph, parts in graphs:
        lines = order.in_order(_dumped(parts, FORMATS["nt"], {}, folder), folder)
        end = b" .\n" if isinstance(graph, DefaultGraph) else f" {graph} .\n".encode()
        output.writelines(line[:-3] + end for line in lines)


def _write_json(output: IO[bytes], graphs: _Graphs, prefixes: Mapping[str, str], folder: Path) -> None:
    """Write JSON-LD, by the library, from sorted triples."""
    files = []
    for number, (graph, parts) in enumerate(graphs):
        path = folder / f"{number}.nt"
        with path.open("wb") as file:
            _write_lines(file, [(DefaultGraph(), parts)], {}, folder)
        files.append((graph, path.open("rb")))
    try:
        rewrite(files, FORMATS["jsonld"], prefixes, output)
    finally:
        for _, opened in files:
            opened.close()


_WRITERS = {
    "Turtle": _write_turtle,
    "TriG": _write_turtle,
    "N-Triples": _write_lines,
    "N-Quads": _write_lines,
    "JSON-LD": _write_json,
}


def _queried(store: Store, text: str, params: Mapping[str, str] | None) -> Iterable[Quad]:
    answer = query(store, text, params)
    if not isinstance(answer, Triples):
        raise UsageError("only a CONSTRUCT or DESCRIBE query gives a graph; use kg query for rows")
    return (in_graph(triple, DefaultGraph()) for triple in answer.triples)
