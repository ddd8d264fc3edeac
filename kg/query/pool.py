"""Pool of query workers, one a store: started by the first query, replaced when it fails, ended with the store."""

from __future__ import annotations

import os
import threading
import time
import weakref
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError, UnreadableError
from kg.worker import Child, Message

if TYPE_CHECKING:
    from kg.store import Store

NETWORK = "--network"
"""Argument of a worker that may open connections."""


class Worker:
    """A process that answers the queries of one store, one after the other, and the snapshot that it reads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._parent = os.getpid()
        self._child: Child | None = None
        self._network = False
        self._snapshot = ExitStack()
        self._folder = ""
        self._state: object = None
        self._last: weakref.finalize[Any, Any] | None = None

    def ask(self, store: Store, request: dict[str, Any], timeout: float) -> Message:
        """Return the worker's answer; `timeout` in seconds is for all of it, waiting for one's turn included.

        Raises QueryError if there is none in time, or the worker breaks down; UnreadableError if that is because files
        of the store are damaged.
        """
        deadline = time.monotonic() + timeout
        if not self._turn.acquire(timeout=timeout):
            raise QueryError(f"other queries of this store took longer than {timeout:g} s; try again")
        try:
            return self._asked(store, request, timeout, deadline)
        except TimeoutError as error:
            raise QueryError(
                f"the query took longer than {timeout:g} s; ask for less, or give it more with --timeout"
            ) from error
        except ChildProcessError as error:
            if faults := store.damage():
                raise UnreadableError(
                    f"{store.location}: the store is damaged: {faults[0]}; restore it from a backup"
                ) from error
            raise QueryError(
                "the query brought its process down (too much memory, or nested too deep); the store is whole"
            ) from error
        finally:
            self._turn.release()

    def end(self) -> None:
        """End the process and give the snapshot back; the next query starts another one."""
        if self._parent != os.getpid():  # forked: both are the parent's
            return
        if self._child:
            self._child.end()
            self._child = None
        self._forget()

    def _forget(self) -> None:
        """Give the snapshot back."""
        self._snapshot.close()
        self._folder = ""
        if self._last:
            self._last.detach()

    def _asked(self, store: Store, request: dict[str, Any], timeout: float, deadline: float) -> Message:
        self._follow(store)
        network = bool(request["services"])
        if self._child and not (self._child.usable and network == self._network):
            self._child.end()
            self._child = None
        if self._child is None:
            self._child, self._network = Child("kg.query.worker", *([NETWORK] if network else [])), network
        head = request | {"folder": self._folder, "location": store.location, "timeout": timeout}
        answer = self._child.ask(Message(head), deadline)
        if answer.head.pop("last"):
            self._child.usable = False
        return answer

    def _follow(self, store: Store) -> None:
        """Take a snapshot of the store if it has changed since the last one.

        The state is looked at before: if the store changes meanwhile, the next query takes another one.
        """
        state = store.state()
        if self._folder and state == self._state:
            return
        self._forget()
        self._folder = self._snapshot.enter_context(store.snapshot())
        self._state = state
        # Made after the snapshot, so that at the end of the program it comes before what the snapshot leaves to its.
        self._last = weakref.finalize(store, self.end)


_WORKERS: weakref.WeakKeyDictionary[Store, Worker] = weakref.WeakKeyDictionary()


def worker(store: Store) -> Worker:
    """Return the worker of `store`."""
    return _WORKERS.setdefault(store, Worker())


def release(store: Store) -> None:
    """End the worker of `store`, if it has one."""
    if ended := _WORKERS.pop(store, None):
        ended.end()


os.register_at_fork(after_in_child=_WORKERS.clear)
