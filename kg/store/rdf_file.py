"""An RDF file read as a stream, for files that are too big to hold."""

from __future__ import annotations

from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.files.compressed import unpacked
from kg.store import syntax as rdf_io

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.syntax import Syntax
    from kg.store.terms import Quad


class Document(NamedTuple):
    """An RDF file, its syntax, and the IRI that its relative IRIs and its triples outside named graphs belong to."""

    path: Path
    syntax: Syntax
    graph: str
    lenient: bool = False
    """Whether IRIs that are not legal are let through, to be repaired by whoever reads."""

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
            raise rdf_io.unreadable(error, self.syntax, str(self.path)) from error


class _Unmarked:
    """A stream without the byte order mark at its start, which the parsers take for a word."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._start = stream.read(len(rdf_io.MARK)).removeprefix(rdf_io.MARK)

    def read(self, size: int = -1) -> bytes:
        start, self._start = self._start, b""
        return start or self._stream.read(size)
