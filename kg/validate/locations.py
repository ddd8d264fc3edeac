"""Names and places of nodes in the files they come from, for the messages of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Place
from kg.store.resolve import id_of, only_namespace
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.readers import ParsedFile
    from kg.store import Store


class Nodes(NamedTuple):
    """Names and places of a dataset's nodes."""

    prefixes: dict[str, str]
    namespace: str | None
    """Of the individuals of the store's dataset; None if it holds several, whose short ids may be the same."""
    places: Mapping[str, Place]
    """By IRI, or by IRI, a space and a key of the node's record: `.../id/x/relieves text`."""
    text_files: Mapping[str, str]
    """Source, by IRI -> path of the file with its text."""

    def name(self, iri: str) -> str:
        """Return the short id of an individual of the one dataset, else the CURIE, else the IRI."""
        return id_of(iri, self.prefixes, self.namespace)

    def place(self, iri: str, *keys: str) -> Place | None:
        """Return where `iri` stands: the first of its `keys` that is known, itself, or what it is part of."""
        return next((self.places[name] for name in _from_narrow_to_wide(iri, keys) if name in self.places), None)


def know(store: Store, readings: Iterable[ParsedFile]) -> Nodes:
    """Return the names and places of `store`, as far as `readings` hold the files that it was loaded from."""
    places: dict[str, Place] = {}
    text_files: dict[str, str] = {}
    for reading in readings:
        places = dict(reading.places or _whole_file(reading)) | places
        text_files = {iri: str(file) for iri, file in reading.text_files.items()} | text_files
    return Nodes(store.prefixes(), only_namespace(store), places, text_files)


def _whole_file(reading: ParsedFile) -> dict[str, Place]:
    """Return the file as the place of all that it says: for formats whose reader knows no lines."""
    return {quad.subject.value: Place(str(reading.path)) for quad in reading.quads if isinstance(quad.subject, IRI)}


def _from_narrow_to_wide(iri: str, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the names under which a place may be known: sub-nodes are called by a dot (`relieves.quote.text`)."""
    yield from (f"{iri} {key}" for key in keys)
    yield iri
    base, slash, local = iri.rpartition("/")
    while "." in local:
        local, _, part = local.rpartition(".")
        yield f"{base}{slash}{local} {part}"
        yield f"{base}{slash}{local}"
