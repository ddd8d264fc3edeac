"""A dataset in memory, for one-off questions and tests."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.store.base import Dataset
from kg.store.local.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator


class MemoryStore(Dataset):
    """A dataset that lives as long as the process."""

    location = ":memory:"

    def __init__(self) -> None:
        self._store = ox.Store()
        self._writes = 0

    def _state(self) -> object:
        return self._writes

    def _reader(self) -> ox.Store:
        return self._store

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Open a transaction; after an error the quads are again what they were before."""
        before = self._store.dump(format=ox.RdfFormat.N_QUADS)
        try:
            writer = Writer(self._store)
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
        """Open a temporary folder with a copy of the dataset."""
        with TemporaryDirectory(prefix="kg-") as folder:
            copy = ox.Store(folder)
            copy.bulk_extend(self._store)
            copy.flush()
            del copy, self  # a snapshot that somebody keeps open must not keep the store
            yield folder
