"""Argument maps as claims and arguments: AIF, Argdown, Kialo's outlines, arggraph, BAG, APX and ICCMA's `p af`.

Each format has a function that turns a file into `form.ArgumentMap`; `mapping` states any such map in our words.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from kg.model.statements import Statements
from kg.namespaces import ID
from kg.readers import ParsedFile, RecordQuads, dataset_name, graph_name
from kg.readers.detect import suffix_of
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Place, Problem
    from kg.model.records import Record

HELD = 8 * 2**20
"""Bytes on the disk up to which what a file says is held in memory; of a bigger one its map is."""


class _MapFormat(NamedTuple):
    """A format: its media type, and the module and function that read it."""

    media_type: str
    module: str
    function: str = "parsed"


FORMATS = {
    ".json": _MapFormat("application/x-aif+json", "aif"),
    ".argdown": _MapFormat("text/x-argdown", "argdown"),
    ".ad": _MapFormat("text/x-argdown", "argdown"),
    ".txt": _MapFormat("text/x-kialo", "kialo"),
    ".xml": _MapFormat("application/x-arggraph+xml", "arggraph"),
    ".bag": _MapFormat("text/x-bag", "frameworks", "facts"),
    ".apx": _MapFormat("text/x-apx", "frameworks", "facts"),
    ".af": _MapFormat("text/x-iccma-af", "frameworks", "numbered"),
}


def read(path: Path) -> ParsedFile:
    """Read an argument map by its suffix; what does not hang together in it is a violation.

    Raises UnreadableError, with the place, for a file that is empty, broken, cut, of another kind, or made to do harm.
    """
    from kg.readers.argument_maps.mapping import Mapped

    form = FORMATS[suffix_of(path)]
    found, guesses = getattr(import_module(f"{__name__}.{form.module}"), form.function)(path)
    found.check()
    dataset = dataset_name(path)
    graph, namespace = graph_name(path, dataset), f"{ID}{dataset}/"
    places: dict[str, Place] = {}

    def records() -> Iterator[Record | Problem]:
        mapped = Mapped(found)
        yield from guesses
        yield from mapped.records()
        places.update({namespace + short_id: place for short_id, place in mapped.places.items()})

    # No format states a language, and a guess would be read aloud.
    stated = RecordQuads(records, Statements(IRI(graph), namespace, ""))
    return ParsedFile(
        path,
        form.media_type,
        dataset,
        namespace,
        stated.held() if path.stat().st_size <= HELD else stated,
        stated.problems,
        places,
        graphs=(graph,),
    )
