"""Store on a SPARQL 1.1 server: read over HTTP, written in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.store.server.reader import ServerReader
from kg.store.server.transaction import unlock, writing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kg.store.server.transaction import ServerWriter


class ServerStore(ServerReader):
    """Store on a SPARQL 1.1 server."""

    def writing(self) -> AbstractContextManager[ServerWriter]:
        """Open a transaction; see `kg.store.server.transaction` for what of it is atomic.

        Raises StoreInUseError while another process writes, UnreadableError if the server does not take part,
        IndeterminateError if it cannot be known whether the changes became visible.
        """
        return writing(self)

    def unlock(self) -> list[str]:
        """Lift the locks of all writers; return who held them, a sentence each."""
        return unlock(self)
