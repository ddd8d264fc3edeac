"""Store in this process: in memory, here, or in a folder on disk."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.files import temporary_folder
from kg.store.local import manifest
from kg.store.local.oxigraph import EmbeddedStore
from kg.store.local.writer import EmbeddedWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.base import Writer


class MemoryStore(EmbeddedStore):
    """Store that lives as long as the process."""

    location = ":memory:"

    def __init__(self) -> None:
        self._store = ox.Store()
        self._writes = 0

    def state(self) -> object:
        """Return the number of writes."""
        return self._writes

    def _reader(self) -> ox.Store:
        return self._store

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Open a transaction; after an error the quads are again what they were before."""
        before = self._store.dump(format=ox.RdfFormat.N_QUADS)
        try:
            writer = EmbeddedWriter(self._store)
            yield writer
            writer.finish()
        except BaseException:
            self._store.clear()
            self._store.bulk_load(before, ox.RdfFormat.N_QUADS)
            raise
        finally:
            self._writes += 1

    @contextmanager
    def snapshot(self) -> Iterator[str]:
        """Open a temporary folder with a copy of the store, and its manifest beside it."""
        with temporary_folder() as temporary:
            folder = temporary / "copy"
            copy = ox.Store(str(folder))
            copy.bulk_extend(self._store)
            copy.flush()
            del copy, self  # a snapshot that somebody keeps open must not keep the store
            manifest.write(folder)
            yield str(folder)
