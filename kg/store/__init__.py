"""RDF datasets: in memory, or in a folder on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store.catalogue import GraphEntry
from kg.store.dataset import Dataset, Writer
from kg.store.folder import FolderStore
from kg.store.memory import MemoryStore

if TYPE_CHECKING:
    import os

__all__ = ["Dataset", "FolderStore", "GraphEntry", "MemoryStore", "Writer", "open_store"]


def open_store(location: str | os.PathLike[str]) -> Dataset:
    """Open the store at `location`: a folder on disk, or `:memory:`.

    Raises UnreadableError if a folder is there but is not a store.
    """
    return MemoryStore() if location == MemoryStore.location else FolderStore(location)
