"""RDF datasets: in memory, in a folder on disk, or on a SPARQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store.base import Dataset
from kg.store.catalog import GraphEntry
from kg.store.local.folder import FolderStore
from kg.store.local.memory import MemoryStore
from kg.store.local.writer import Writer

if TYPE_CHECKING:
    import os

__all__ = ["Dataset", "FolderStore", "GraphEntry", "MemoryStore", "Writer", "is_address", "open_store"]


def is_address(location: str | os.PathLike[str]) -> bool:
    """Say whether a store's location is the address of a server."""
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))


def open_store(location: str | os.PathLike[str]) -> Dataset:
    """Open the store at `location`: a folder on disk, `:memory:`, or the address of a SPARQL server for queries.

    Raises UnreadableError if a folder is there but is not a store, UsageError for an address that is none.
    """
    if is_address(location):
        from kg.store.server.store import EndpointStore

        return EndpointStore(str(location))
    return MemoryStore() if location == MemoryStore.location else FolderStore(location)
