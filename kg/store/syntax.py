"""RDF syntaxes, their file names and media types: documents and files to quads with pyoxigraph's parsers, and back."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import quote
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import Place, UnreadableError, UsageError
from kg.files import unpacked
from kg.namespaces import PREFIXES, RDF, XSD, shrink
from kg.store.terms import IRI, DefaultGraph, Quad, in_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


class Syntax(NamedTuple):
    """One way to write RDF down."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    format: ox.RdfFormat
    has_graphs: bool
    """True if a document can name its graphs."""


SYNTAXES = (
    Syntax("Turtle", "text/turtle", (".ttl",), ox.RdfFormat.TURTLE, has_graphs=False),
    Syntax("TriG", "application/trig", (".trig",), ox.RdfFormat.TRIG, has_graphs=True),
    Syntax("N-Triples", "application/n-triples", (".nt",), ox.RdfFormat.N_TRIPLES, has_graphs=False),
    Syntax("N-Quads", "application/n-quads", (".nq",), ox.RdfFormat.N_QUADS, has_graphs=True),
    Syntax("JSON-LD", "application/ld+json", (".jsonld",), ox.RdfFormat.JSON_LD, has_graphs=True),
    Syntax("RDF/XML", "application/rdf+xml", (".rdf", ".owl", ".xml"), ox.RdfFormat.RDF_XML, has_graphs=False),
)

MEDIA_TYPES: dict[str, Syntax] = {syntax.media_type: syntax for syntax in SYNTAXES}

MARK = b"\xef\xbb\xbf"
"""A byte order mark, which the parsers take for a word."""

_AT = re.compile(r"Parser error (?:at|between) line (\d+) (?:column|between columns) (\d+)[^:]*: ")
_LOCAL = re.compile(r"(?<=[/#])[^/#_]*$")
"""The last part of an IRI, up to an underscore for the OBO ontologies (`…/obo/ECO_0000001`)."""
_ILLEGAL = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LINE = re.compile(r" \(line \d+\)$")


def syntax(name: str) -> Syntax:
    """Return the syntax that a media type, a suffix (".ttl") or a name ("Turtle") means; UsageError if none."""
    wanted = name.partition(";")[0].strip().lower()
    for entry in SYNTAXES:
        if wanted in (entry.media_type, entry.name.lower(), *entry.suffixes):
            return entry
    raise UsageError(f"no RDF syntax '{name}'; there are {', '.join(SYNTAX.media_type for SYNTAX in SYNTAXES)}")


def parse(content: bytes, format: str, base: str | None = None, *, name: str = "input") -> list[Quad]:
    """Return the quads of an RDF document; what is in no named graph is in the default graph.

    `format` is a media type, a suffix or a name of a syntax; `base` resolves relative IRIs.  Nothing is fetched: a
    JSON-LD context on another site is an error.

    Raises UnreadableError "NAME:line:column: not Turtle: ..." at the first error.
    """
    kind = syntax(format)
    try:
        return list(ox.parse(content.removeprefix(MARK), format=kind.format, base_iri=base))
    except (SyntaxError, ValueError, MemoryError) as error:
        raise unreadable(error, kind, name, content) from error


def unreadable(error: Exception, kind: Syntax, name: str, content: bytes = b"") -> UnreadableError:
    """Return a parser's error as a sentence with its place in the file `name`, whose `content` may tell more."""
    place, said = _explained(error, name, content)
    return UnreadableError(f"{place}: not readable as {kind.name}: {said}")


def parse_repairing(
    content: bytes, format: str, base: str | None = None, *, name: str = "input"
) -> tuple[list[Quad], list[str], dict[str, str]]:
    """Return the quads of an RDF document as `parse` does, the IRIs in it that had to be repaired, and its prefixes.

    A space around an IRI is left out; other characters that may not stand in one (RFC 3987, 2.2) are percent-encoded.
    All else that is wrong raises UnreadableError as in `parse`.
    """
    kind, plain = syntax(format), content.removeprefix(MARK)
    try:
        parser = ox.parse(plain, format=kind.format, base_iri=base)
        read, strict = list(parser), None
        if kind.name != "JSON-LD":
            return read, [], parser.prefixes | declared(plain)
    except (SyntaxError, ValueError, MemoryError) as error:
        read, strict = [], unreadable(error, kind, name, content)
    try:
        # JSON-LD leaves out what has an IRI that is not legal, and says nothing of it.
        parser = ox.parse(plain, format=kind.format, base_iri=base, lenient=True)
        found = list(parser)
    except (SyntaxError, ValueError, MemoryError):
        found = []
    if strict is None and len(found) <= len(read):
        return read, [], parser.prefixes
    if strict and not found:
        raise strict
    slips: dict[str, str] = {}
    try:
        quads = [Quad(*(repaired(term, slips) for term in quad)) for quad in found]
    except UnreadableError as error:
        line = content.partition(f"<{error}>".encode())[0].count(b"\n") + 1
        sentence = f"{Place(name, line)}: not readable as {kind.name}: <{error}> is no absolute IRI"
        raise UnreadableError(sentence) from error
    if not slips:  # what the lenient parser let through was something else
        if strict:
            raise strict
        return read, [], parser.prefixes
    return quads, sorted(slips), parser.prefixes | declared(plain)


def declared(start: bytes) -> dict[str, str]:
    """Return the prefixes that Turtle, TriG or RDF/XML declares in what it begins with."""
    found = (match.group(1, 2) if match[1] else match.group(3, 4) for match in _DECLARED.finditer(start[:_HEAD]))
    return {prefix.decode(): space.decode(errors="replace") for prefix, space in found}


_HEAD = 64 * 1024
_DECLARED = re.compile(
    rb"(?:^|(?<=\s))@?prefix\s+([A-Za-z][\w.-]*):\s*<([^<>\s]+)>|xmlns:([A-Za-z][\w.-]*)\s*=\s*[\"']([^\"'<>\s]+)",
    re.IGNORECASE,
)


def repaired(term: Any, slips: dict[str, str]) -> Any:
    """Return a term whose IRI is legal, and note in `slips` what was not: the IRI as it was -> as it is now.

    Raises UnreadableError, with the IRI alone, for one that cannot be repaired, such as a relative one.
    """
    if isinstance(term, ox.Literal) and not term.language:
        kind = repaired(term.datatype, slips)
        return term if kind is term.datatype or kind == term.datatype else ox.Literal(term.value, datatype=kind)
    if not isinstance(term, ox.NamedNode):
        return term
    try:
        return ox.NamedNode(term.value)
    except ValueError:
        pass
    plain = _LONE_PERCENT.sub("%25", _ILLEGAL.sub(lambda character: quote(character[0]), term.value.strip()))
    try:
        legal = ox.NamedNode(plain)
    except ValueError as error:
        raise UnreadableError(term.value) from error
    slips[term.value] = plain
    return legal


class RdfFile(NamedTuple):
    """RDF file that may be too big to hold.

    `graph` is the IRI that its relative IRIs are resolved by, and that its triples outside named graphs belong to.
    """

    path: Path
    syntax: Syntax
    graph: str
    lenient: bool = False
    """True if illegal IRIs are let through, to be repaired by whoever reads."""

    def quads(self) -> Iterator[Quad]:
        """Yield the quads as they stand in the file; what is in no named graph is in the default graph.

        Raises UnreadableError, with line and column, at the first error of syntax.
        """
        with self.opened() as stream, self.explained():
            yield from ox.parse(stream, format=self.syntax.format, base_iri=self.graph, lenient=self.lenient)

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Open the content, unpacked and without a byte order mark."""
        with unpacked(self.path) as stream:
            yield _Unmarked(stream)  # type: ignore[misc]

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn a parser's error into a sentence."""
        try:
            yield
        except (SyntaxError, ValueError, MemoryError) as error:
            raise unreadable(error, self.syntax, str(self.path)) from error


def serialize(quads: Iterable[Quad], format: str, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Return `quads`, in their order, as a document with those of `prefixes` that it uses.

    Same quads in the same order, same bytes; sort them first.  Graph names are left out in a syntax without them.

    Raises UsageError for an unknown format.
    """
    kind = syntax(format)
    statements = list(quads) if kind.has_graphs else [quad.triple for quad in quads]
    used = _used(statements, prefixes)
    document = cast("bytes", ox.serialize(statements, format=kind.format, prefixes=used))
    return _sorted_prefixes(document) if kind.name in ("Turtle", "TriG") else document


def dump_triples(quads: Iterable[Quad], output: IO[bytes], kind: Syntax, prefixes: Mapping[str, str]) -> None:
    """Write the triples of `quads` in their order, in a syntax without named graphs."""
    ox.serialize((quad.triple for quad in quads), output, format=kind.format, prefixes=dict(prefixes))


def rewrite(
    documents: Iterable[tuple[IRI | DefaultGraph, IO[bytes]]],
    kind: Syntax,
    prefixes: Mapping[str, str],
    output: IO[bytes],
) -> None:
    """Write N-Triples documents, each of one graph, as one document in another syntax, in their order."""
    statements: Iterable[Any] = (
        in_graph(quad, graph) if kind.has_graphs else quad.triple
        for graph, lines in documents
        for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    )
    ox.serialize(statements, output, format=kind.format, prefixes=dict(prefixes))


def _used(statements: Iterable[Quad | ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return those of `prefixes` that are the longest for some IRI; the spaces of most IRIs end at a / or a #."""
    iris = {value for statement in statements for value in _iris(statement)}
    heads = {_LOCAL.sub("", iri): iri for iri in iris}
    used = {shrink(iri, dict(prefixes)).partition(":")[0] for iri in heads.values()}
    return {prefix: space for prefix, space in prefixes.items() if prefix in used}


def _iris(statement: Quad | ox.Triple) -> Iterable[str]:
    """Yield the IRIs that are written out: `a` stands for rdf:type, and most literals name no datatype."""
    for term in statement:
        if isinstance(term, ox.NamedNode) and term.value != RDF + "type":
            yield term.value
        elif isinstance(term, ox.Literal) and not term.language and term.datatype.value != XSD + "string":
            yield term.datatype.value


def _sorted_prefixes(document: bytes) -> bytes:
    """Put the @prefix lines, which pyoxigraph orders by the length of the namespace, into the order of their names."""
    lines = document.split(b"\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"\n".join([*sorted(lines[:count]), *([b""] if count else []), *lines[count:]])


def _explained(error: Exception, name: str, content: bytes) -> tuple[Place, str]:
    said = _LINE.sub("", " ".join(str(error).split()))
    if "LoadDocumentCallback" in said:
        return _remote_context(name, content)
    if match := _AT.match(said):
        return Place(name, int(match[1]), int(match[2])), said[match.end() :]
    return (_xml_place(name, content) if content.lstrip().startswith(b"<") else Place(name)), said


def _xml_place(name: str, content: bytes) -> Place:
    """Return where XML stops being well-formed, which pyoxigraph does not say; the content has no DOCTYPE."""
    try:
        expat.ParserCreate().Parse(content, True)
    except expat.ExpatError as error:
        return Place(name, error.lineno, error.offset + 1)
    return Place(name)


def _remote_context(name: str, content: bytes) -> tuple[Place, str]:
    found = re.search(rb'"@(?:context|import)"\s*:\s*(?:\[[^\]"]*)?"', content)
    before = content[: found.start()] if found else b""
    place = Place(name, before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode(errors="replace")) + 1)
    return place, "its @context is at another address, and kg fetches nothing; put the context itself into the file"


class _Unmarked:
    """A stream without the byte order mark at its start, which the parsers take for a word."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._start = stream.read(len(MARK)).removeprefix(MARK)

    def read(self, size: int = -1) -> bytes:
        start, self._start = self._start, b""
        return start or self._stream.read(size)
