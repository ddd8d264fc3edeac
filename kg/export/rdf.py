"""Named graphs, topics, queries or everything as RDF: our prefixes, sorted, the same bytes on every machine.

Oxigraph dumps in the order of its index.  Lines are sorted here as bytes, which in UTF-8 is the order of code points,
without holding more than a part of them.  Turtle comes with a predicate a line, and is put together again by subject.
"""

from __future__ import annotations

import heapq
import io
import re
import shutil
from collections import defaultdict
from contextlib import ExitStack
from functools import partial
from itertools import chain, groupby, islice
from typing import IO, TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.export import RDF
from kg.files import temporary_folder
from kg.model.graph import reached
from kg.model.topics import about
from kg.model.vocabulary import DERIVED as DERIVED_PROPERTIES
from kg.namespaces import DERIVED, HC
from kg.query import Triples, query
from kg.store.syntax import Syntax, dump_triples, rewrite, syntax
from kg.store.terms import IRI, DefaultGraph, Quad, hc, in_graph
from kg.store.written import forms, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.store import Store

HELD = 3_000_000
"""Lines that are held at once; what is more is sorted in parts on the disk, and merged."""

_OBJECT = re.compile(rb'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^\S+)?|[^\s,]\S*')
_QUOTE = ord('"')
_TAB = ord("\t")
Block = tuple[bytes, list[bytes]]
"""A subject, and its predicates with their objects: `hc:about m:massage , m:sleep`."""


def in_order(lines: Iterable[bytes], scratch: Path) -> Iterator[bytes]:
    """Yield `lines` sorted, each once; parts of more than HELD are kept in the folder `scratch` meanwhile."""
    lines = iter(lines)
    held = sorted(islice(lines, HELD))
    if len(held) < HELD:
        yield from _each_once(held)
        return
    runs: list[Path] = []
    while held:
        runs.append(scratch / f"{len(runs)}.run")
        with runs[-1].open("wb") as file:
            file.writelines(held)
        held = sorted(islice(lines, HELD))
    with ExitStack() as stack:
        yield from _each_once(heapq.merge(*(stack.enter_context(run.open("rb")) for run in runs)))


def blocks(turtle: Iterable[bytes], scratch: Path) -> Iterator[Block]:
    """Yield the subjects of a Turtle dump in order, with their predicates in none.

    `turtle` are the dump's lines, as Oxigraph breaks them: it escapes line breaks in texts.
    """
    turtle = iter(turtle)
    held: dict[bytes, list[bytes]] = {}
    for subject, predicate in islice(_predicates(turtle), HELD):
        held.setdefault(subject, []).append(predicate)
    rest = _predicates(turtle, next(reversed(held), b""))
    if (one_more := next(rest, None)) is None:
        yield from ((subject, held[subject]) for subject in sorted(held))
        return
    first = ((subject, predicate) for subject, predicates in held.items() for predicate in predicates)
    lines = (b"%b %b\n" % pair for pair in chain(first, [one_more], rest))
    for subject, group in groupby(in_order(lines, scratch), key=lambda line: line.partition(b" ")[0]):
        yield subject, [line[len(subject) + 1 : -1] for line in group]


def write_blocks(found: Iterable[Block], output: IO[bytes], indent: bytes = b"") -> set[str]:
    """Write subjects as Turtle, types first; return the prefixes that were met (and `<http`, which is none)."""
    used: set[bytes] = set()
    verbs: set[bytes] = set()
    for subject, predicates in found:
        used.add(subject.partition(b":")[0])
        lines = _sorted_predicates(predicates, used, verbs)
        output.write(indent + subject + b" " + (b" ;\n\t" + indent).join(lines) + b" .\n")
    return {prefix.decode() for prefix in used | {verb.partition(b":")[0] for verb in verbs}}


def _predicates(turtle: Iterable[bytes], subject: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
    """Yield each predicate with its objects, and its subject."""
    for line in turtle:
        if line[0] == _TAB:  # a further predicate of the same subject
            yield subject, line[1:-3]
        elif not line.startswith(b"@prefix ") and line != b"\n":
            subject, _, predicate = line[:-3].partition(b" ")
            yield subject, predicate


def _sorted_predicates(predicates: list[bytes], used: set[bytes], verbs: set[bytes]) -> list[bytes]:
    """Return predicates with their objects sorted, `a` first, each once."""
    objects: dict[bytes, bytes] = {}
    for line in predicates:
        predicate, _, each = line.partition(b" ")
        if b" , " in each or predicate in objects:
            several = set(_OBJECT.findall(each)) | set(_OBJECT.findall(objects.get(predicate, b"")))
            used.update(map(_prefix, several))
            each = b" , ".join(sorted(several))
        elif each[0] != _QUOTE:
            used.add(each.partition(b":")[0])
        elif each[-1] != _QUOTE:
            used.add(_prefix(each))
        objects[predicate] = each
    verbs.update(objects)
    types = [b"a " + objects.pop(b"a")] if b"a" in objects else []
    return types + [b"%b %b" % predicate for predicate in sorted(objects.items())]


def _prefix(term: bytes) -> bytes:
    """Return the prefix of an IRI or of a literal's datatype."""
    if term[0] == _QUOTE:
        term = term.rpartition(b"^^")[2] if term[-1] != _QUOTE and b"^^" in term else b""
    return term.partition(b":")[0]


def _each_once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
            before = line


_COUNTERCLAIM = hc("Counterclaim")
_SAYING = [hc(name) for name in ("asserts", "target", "premise", "leadFor", "driftOf")]
"""Properties from a statement to what it is about: followed backwards, who said it and what answers it is kept."""

_DERIVED_NAMES = [name for names in DERIVED_PROPERTIES.values() for name in names]
_TOPIC_LINKS = set(map(hc, _DERIVED_NAMES))
"""Links from a claim to its lines, and tallies: what an export without named graphs leaves out too."""


def topic_quads(store: Store, topic: IRI) -> list[Quad]:
    """Return the quads about `topic` and its narrower topics.

    These are the claims, studies and interests about it; all that is said of these (assertions, arguments, and
    arguments on those); and the description of every node that one then comes upon: sources, agents, findings, quotes.
    """
    start: set[object] = {*about(store, topic), topic}
    by_subject: dict[object, list[Quad]] = {}
    said_of: dict[object, list[object]] = {}
    *data, derived = store.default_graphs()
    for quad in (quad for graph in data for quad in store.quads(graph)):
        by_subject.setdefault(quad.subject, []).append(quad)
        if quad.predicate in _SAYING:
            said_of.setdefault(quad.object, []).append(quad.subject)
    nodes = reached(start, lambda node: said_of.get(node, []))
    nodes = reached(nodes, lambda node: [quad.object for quad in by_subject.get(node, [])])
    ends = nodes | {_COUNTERCLAIM}
    links = (quad for quad in store.quads(derived) if quad.predicate not in _TOPIC_LINKS)
    derived_here = [quad for quad in links if quad.subject in nodes and quad.object in ends]
    return [quad for node in nodes for quad in by_subject.get(node, [])] + derived_here


FORMATS: dict[str, Syntax] = {form: syntax(f".{form}") for form in RDF}
"""Option or file extension -> syntax."""

_TALLY = re.compile(rf" <{re.escape(HC)}(?:{'|'.join([*_DERIVED_NAMES, 'assertionCount', 'claimCount'])})> ".encode())
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
        parts = _held(_as_written(store, topic_quads(store, store.resolve(topic))))
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
    names = [record.graph for record in store.graphs()]
    if has_graphs:
        return [_stored(store, IRI(name)) for name in (*names, DERIVED)]
    *data, derived = store.default_graphs()
    if forms(store, *names):  # which the union of the graphs does not have
        data = [IRI(name) for name in names]
    return [*(_stored(store, name) for name in data), _changed(_stored(store, derived), _without_tallies)]


def _stored(store: Store, graph: IRI) -> _Part:
    part = _Part(graph, partial(store.dump, graph))
    written = forms(store, graph.value)
    return _changed(part, partial(rewritten, forms=written)) if written else part


def _as_written(store: Store, quads: Iterable[Quad]) -> Iterator[Quad]:
    written = forms(store, *(record.graph for record in store.graphs()))
    for quad in quads:
        for triple in written.get(quad.triple, [quad.triple]):
            yield Quad(triple.subject, triple.predicate, triple.object, quad.graph_name)


def _changed(part: _Part, change: Callable[[Iterable[bytes]], Iterable[bytes]]) -> _Part:
    """Return a part whose lines are changed as N-Triples, where a line is a statement."""

    def dump(file: IO[bytes], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
        with temporary_folder() as folder, (folder / "all").open("w+b") as everything:
            part.dump(everything, FORMATS["nt"], {})
            everything.seek(0)
            kept = folder / "kept"
            with kept.open("wb") as some:
                some.writelines(change(everything))
            with kept.open("rb") as some:
                rewrite([(DefaultGraph(), some)], syntax, prefixes, file)

    return _Part(part.graph, dump)


def _without_tallies(lines: Iterable[bytes]) -> Iterable[bytes]:
    return (line for line in lines if not _TALLY.search(line))


def _write(output: IO[bytes], parts: Iterable[_Part], syntax: Syntax, prefixes: Mapping[str, str]) -> None:
    with temporary_folder() as folder:
        _WRITERS[syntax.name](output, _named(parts, syntax), prefixes, folder)


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
            used |= write_blocks(blocks(lines, folder), body, indent)
            body.write(b"}\n" if indent else b"")
        head = [f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(used & prefixes.keys())]
        output.write("".join([*head, "\n" if head else ""]).encode())
        body.seek(0)
        shutil.copyfileobj(body, output)


def _write_lines(output: IO[bytes], graphs: _Graphs, prefixes: Mapping[str, str], folder: Path) -> None:
    """Write N-Triples or N-Quads."""
    for graph, parts in graphs:
        lines = in_order(_dumped(parts, FORMATS["nt"], {}, folder), folder)
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
