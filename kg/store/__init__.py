"""Stores of RDF: in memory, in a folder on disk, or on a SPARQL server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store.base import Store, Writer
from kg.store.catalog import GraphRecord
from kg.store.local import MemoryStore
from kg.store.local.folder import LocalStore

if TYPE_CHECKING:
    import os

__all__ = ["GraphRecord", "LocalStore", "MemoryStore", "Store", "Writer", "is_address", "open_store"]


def is_address(location: str | os.PathLike[str]) -> bool:
    """Return True if a store's location is the address of a server."""
    return isinstance(location, str) and location.lower().startswith(("http://", "https://"))


def open_store(location: str | os.PathLike[str]) -> Store:
    """Open the store at `location`: a folder on disk, `:memory:`, or the address of a SPARQL server for queries.

    Raises UnreadableError if a folder is there but is not a store, or one of another format; UsageError for an invalid
    address.
    """
    if is_address(location):
        from kg.store.server import ServerStore

        return ServerStore(str(location))
    return MemoryStore() if location == MemoryStore.location else LocalStore(location)
