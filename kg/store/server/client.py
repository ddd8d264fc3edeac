"""Client of the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol that takes no broken answer for a whole one.

Reads are tried again when the connection breaks; writes never are: where nobody can know whether a write was carried
out, IndeterminateError says so.  Credentials come from the environment and go to the server's own address only.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import json
import re
import threading
import time
import weakref
from concurrent.futures import Future, wait
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

import httpx

from kg.errors import QueryError, UnreadableError, UsageError
from kg.store.server.addresses import Addresses, addresses, bare, checked, origin, shown, way_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SOLUTIONS = "application/sparql-results+json"
TRIPLES = "application/n-triples"

CONNECT = 5.0
"""Seconds in which a connection must stand."""
READ = 30.0
"""Seconds within which an answer, and each part of it, must come."""
WRITE = 600.0
"""Seconds that a write may take."""
SETTLED = 30.0
"""Seconds that an interrupted write is waited for."""
LARGEST = 256 * 2**20
"""Bytes that an answer may have."""

_WHOLE = 10.0
"""Multiple of `READ` that a whole answer may take that comes in small parts."""
_PAUSES = (0.1, 0.5)
"""Seconds before a read is tried again."""
_HOPS = 3
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (502, 503, 504)
_NOT_HERE = (404, 405)
_UNKNOWN = (502, 504)
"""Status codes of a proxy that did not hear from the server behind it."""
_LOCAL = ("localhost", "127.0.0.1", "::1")
_SHOWN = 200
"""Characters of a server's words that a message repeats."""


class IndeterminateError(UnreadableError):
    """A write was sent, and nobody can know whether it was carried out."""


class CutError(QueryError):
    """The server let through only so many rows of an answer; 0 if it does not say how many."""

    def __init__(self, rows: int) -> None:
        most = f"{rows:,}" if rows else "some"
        super().__init__(
            f"the server cuts answers after {most} rows; add LIMIT, or raise its limit (in Virtuoso ResultSetMaxRows)"
        )
        self.rows = rows


class _LateError(Exception):
    """The seconds of `Client.within` are over."""


class _BrokenError(Exception):
    """A connection that ended before the answer did; `sent` says whether the request may have arrived."""

    def __init__(self, words: str, *, sent: bool, late: bool = False) -> None:
        super().__init__(words)
        self.sent = sent
        self.late = late


class _Answer(NamedTuple):
    status: int
    headers: httpx.Headers
    content: bytes

    @property
    def media_type(self) -> str:
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """The server's words in one line without HTML."""
        return _one_line(self.content)


class Client:
    """One server: queries, updates and graphs.

    `location` is the address for queries, as in `http://localhost:7878/query`.  Where the others are is known of
    Oxigraph and Virtuoso; KG_STORE_UPDATE and KG_STORE_GRAPHS name them for other servers (an empty KG_STORE_GRAPHS:
    there is none).  KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, are the credentials.

    Raises UsageError for an invalid address, one that has a password in it, or to which credentials would go
    in plain text.
    """

    def __init__(
        self,
        location: str,
        environment: Mapping[str, str],
        *,
        connect: float = CONNECT,
        read: float = READ,
        write: float = WRITE,
        largest: int = LARGEST,
    ) -> None:
        self._address = checked(location)
        self.location = shown(location)
        """The address for messages: without what follows `?`, which may be a token."""
        self._environment = environment
        self._refuse_plain_text(location)
        self._read, self._write, self._largest = read, write, largest
        self._connect = connect
        self._opened: list[httpx.Client] = []
        self._connect_anew()
        self.close = weakref.finalize(self, _close_all, self._opened)
        """Close the connections."""
        self._deadline: float | None = None
        self._known: tuple[str, Addresses, httpx.Auth | None] | None = None
        self.unsettled = False
        """The last write was interrupted, and the server may carry it out later."""

    def __repr__(self) -> str:
        return f"Client({self.location!r})"

    def _connect_anew(self) -> None:
        """Leave the connections as they are, to whoever waits there, and open others."""
        self._http = httpx.Client(headers={"User-Agent": "kg"})
        self._opened.append(self._http)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Give all that is read in the block so many seconds together; QueryError when they are over."""
        self._deadline = time.monotonic() + seconds
        try:
            yield
        except _LateError as error:
            raise QueryError(
                f"the query took longer than {seconds:g} s; ask for less, or give it more with --timeout"
            ) from error
        finally:
            self._deadline = None

    @property
    def product(self) -> str:
        """Name that the server gives itself: `Oxigraph/0.5.13`, or nothing."""
        return self._server()[0]

    @property
    def addresses(self) -> Addresses:
        """The server's addresses."""
        return self._server()[1]

    def query(
        self,
        text: str,
        accept: str,
        default: Iterable[str] = (),
        named: Iterable[str] = (),
        timeout: float | None = None,
    ) -> bytes:
        """Return the answer to a query as a whole document of the type `accept`.

        `default` and `named` are the graphs of the dataset; `timeout` in seconds replaces the usual limits.

        Raises QueryError if the server refuses the query or its answer is too big or takes longer than `timeout`,
        UnreadableError if there is no whole answer.
        """
        form = {"query": text, "default-graph-uri": [*default], "named-graph-uri": [*named]}
        address = self.addresses.query
        answer = self._reading("POST", address, timeout, data=form, headers={"Accept": accept})
        self._refuse_cut(answer)
        return self._checked_content(answer, accept)

    def update(self, text: str) -> None:
        """Carry out a SPARQL update request.

        Raises UnreadableError if it was not carried out, IndeterminateError if that cannot be known.
        """
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        self._writing("POST", self.addresses.update, content=text.encode(), headers=headers)

    def add(self, graph: str, document: bytes) -> None:
        """Add the N-Triples `document` to a named graph; raises as `update` does."""
        if self.addresses.graphs is None:
            self.update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{document.decode()}}} }}")
            return
        headers = {"Content-Type": TRIPLES}
        self._writing("POST", self.addresses.graphs, params={"graph": graph}, content=document, headers=headers)

    def graph(self, graph: str) -> bytes:
        """Return what a named graph holds, as N-Triples: nothing if there is no such graph."""
        if self.addresses.graphs is None:
            return self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", TRIPLES)
        address, headers = self.addresses.graphs, {"Accept": TRIPLES}
        answer = self._reading("GET", address, None, params={"graph": graph}, headers=headers, missing=True)
        return b"" if answer.status == httpx.codes.NOT_FOUND else self._checked_content(answer, TRIPLES)

    def _server(self) -> tuple[str, Addresses, httpx.Auth | None]:
        """Ask the server what it is, once: that says where it takes updates and which credentials it understands."""
        if self._known is None:
            form = {"query": "ASK { ?s ?p ?o }"}
            answer = self._retried("POST", self._address, None, None, data=form, headers={"Accept": SOLUTIONS})
            product = str(answer.headers.get("server", ""))
            known = addresses(self._address, product, self._environment)
            for address in known:
                self._refuse_plain_text(checked(address or self._address))
            self._known = product, known, self._login(product)
        return self._known

    def _login(self, product: str) -> httpx.Auth | None:
        user, token = self._environment.get("KG_STORE_USER"), self._environment.get("KG_STORE_TOKEN")
        if token:
            return _Bearer(token)
        if not user:
            return None
        scheme = httpx.DigestAuth if product.startswith("Virtuoso") else httpx.BasicAuth
        return scheme(user, self._environment.get("KG_STORE_PASSWORD", ""))

    def _refuse_plain_text(self, address: str) -> None:
        parts = urlsplit(address)
        secret = any(self._environment.get(name) for name in ("KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"))
        if secret and parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise UsageError(
                f"{shown(address)}: credentials would go there in plain text; use https://, or no credentials"
            )

    def _reading(
        self, method: str, address: str, timeout: float | None, *, missing: bool = False, **request: object
    ) -> _Answer:
        answer = self._retried(method, address, self._server()[2], timeout, **request)
        if answer.status in (200, *([404] if missing else [])):
            return answer
        if answer.status == 400 or (timeout is not None and answer.status in (413, 422, 500)):
            raise QueryError(f"the server refuses the query: {answer.words}")
        raise UnreadableError(self._refusal(answer) + (way_out(address) if answer.status in _NOT_HERE else ""))

    def _retried(
        self, method: str, address: str, auth: httpx.Auth | None, timeout: float | None, **request: object
    ) -> _Answer:
        for pause in (*_PAUSES, None):
            try:
                answer = self._followed(method, address, auth, timeout, **request)
            except _BrokenError as error:
                if error.late and timeout is not None:
                    raise QueryError(
                        f"the query took longer than {timeout:g} s; ask for less, or give it more with --timeout"
                    ) from error
                if error.late and self._is_over():
                    raise _LateError from error
                if error.late or pause is None:
                    raise UnreadableError(f"{self.location}: {error}") from error
            else:
                if answer.status not in _BUSY or pause is None:
                    return answer
            time.sleep(pause)
        raise AssertionError

    def _followed(
        self, method: str, address: str, auth: httpx.Auth | None, timeout: float | None, **request: object
    ) -> _Answer:
        """Follow redirects; what lies at another address than the server's own gets no credentials."""
        for _ in range(_HOPS + 1):
            answer = self._sent(method, address, auth, timeout or self._read, **request)
            if answer.status not in _REDIRECTS:
                return answer
            target = self._target(address, answer)
            if urlsplit(target).scheme not in ("https", urlsplit(address).scheme):
                raise UnreadableError(f"{self.location}: the server sends us on to {bare(target)}, which is less safe")
            if origin(target) != origin(self._address):
                auth = None
            address = target
        raise UnreadableError(f"{self.location}: the server sends us on and on, at last to {bare(address)}")

    def _writing(self, method: str, address: str, **request: object) -> None:
        auth = self._server()[2]
        try:
            answer = self._settled(lambda: self._sent(method, address, auth, self._write, **request))
        except _BrokenError as error:
            raise self._undone(error) from error
        if answer.status in _REDIRECTS:
            target = self._target(address, answer)
            raise UnreadableError(f"{self.location}: writes are sent on to {bare(target)}; nothing was written there")
        if answer.status in _UNKNOWN or (answer.status < 300 and _tells_of_an_error(answer)):
            raise IndeterminateError(
                f"{self.location}: whether the write was carried out is not known (indeterminate): {self._said(answer)}"
            )
        if answer.status >= 300:
            raise UnreadableError(self._refusal(answer))

    def _settled(self, send: Callable[[], _Answer]) -> _Answer:
        """Return what `send` returns; an interrupt (Ctrl-C) meanwhile is raised when the server has answered.

        If a write were left while the server is at it, what removes its traces could be carried out before it.  A
        second interrupt, or one that the server lets wait for `SETTLED` seconds, leaves it `unsettled`.
        """
        coming: Future[_Answer] = Future()
        self.unsettled = False
        try:
            threading.Thread(target=_fulfil, args=(coming, send), daemon=True).start()
            return coming.result()
        except KeyboardInterrupt:
            self.unsettled = True
            wait([coming], SETTLED)
            self.unsettled = not coming.done() or coming.exception() is not None
            raise

    def _undone(self, error: _BrokenError) -> UnreadableError:
        if not error.sent:
            return UnreadableError(f"{self.location}: {error}; nothing was written")
        return IndeterminateError(
            f"{self.location}: whether the write was carried out is not known (indeterminate): {error}"
        )

    def _target(self, address: str, answer: _Answer) -> str:
        """Return where a redirect leads."""
        try:
            return checked(urljoin(address, str(answer.headers.get("location", ""))))
        except (UsageError, ValueError) as error:
            raise UnreadableError(f"{self.location}: the server sends us on to no address") from error

    def _is_over(self) -> bool:
        return self._deadline is not None and time.monotonic() >= self._deadline

    def _sent(self, method: str, address: str, auth: httpx.Auth | None, seconds: float, **request: object) -> _Answer:
        """Send one request and return the whole answer, whatever its status.

        It is sent by a thread that is left alone when the time is over: a server that sends a byte now and then keeps
        a connection from ever being too late.
        """
        whole = seconds * (_WHOLE if seconds == self._read else 1)
        if self._deadline is not None:
            whole = min(whole, max(0.0, self._deadline - time.monotonic()))
        coming: Future[_Answer] = Future()
        send = partial(self._exchanged, method, address, auth, seconds, **request)
        threading.Thread(target=_fulfil, args=(coming, send), daemon=True).start()
        try:
            return coming.result(whole)
        except TimeoutError as error:
            self._connect_anew()
            raise _BrokenError(f"no whole answer within {whole:g} s", sent=True, late=True) from error

    def _exchanged(
        self, method: str, address: str, auth: httpx.Auth | None, seconds: float, **request: object
    ) -> _Answer:
        timeout = httpx.Timeout(seconds, connect=self._connect)
        try:
            with self._http.stream(method, address, auth=auth, timeout=timeout, **request) as response:  # type: ignore[arg-type]
                return _Answer(response.status_code, response.headers, self._content(response))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise _BrokenError(f"the server cannot be reached: {error}; is it running?", sent=False) from error
        except httpx.TimeoutException as error:
            raise _BrokenError(f"no answer within {seconds:g} s", sent=True, late=True) from error
        except httpx.HTTPError as error:
            raise _BrokenError("the server broke off before its answer was whole", sent=True) from error
        except (httpx.InvalidURL, ValueError) as error:  # an odd header, an address that was not looked at before
            raise _BrokenError("the server's answer is not HTTP, or its address is none", sent=True) from error

    def _content(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self._largest:
                raise QueryError(f"the answer is larger than {self._largest:,} bytes; ask for less")
            parts.append(part)
        return b"".join(parts)

    def _refuse_cut(self, answer: _Answer) -> None:
        """Refuse an answer of which the server itself says that it is not whole (both are Virtuoso's headers)."""
        if most := answer.headers.get("x-sparql-maxrows"):
            raise CutError(int(most) if most.isascii() and most.isdigit() else 0)
        if answer.status == httpx.codes.PARTIAL_CONTENT or answer.headers.get("x-sql-state"):
            raise QueryError("the server gave a part of the answer only; ask for less, or give it more time")

    def _checked_content(self, answer: _Answer, accept: str) -> bytes:
        """Return the content if it is what was asked for, and whole."""
        if answer.media_type != accept:
            kind = answer.media_type or "something of no type"
            said = f": {answer.words}" if answer.words else ""
            raise UnreadableError(f"{self.location}: the server answers with {kind} and not with {accept}{said}")
        if accept == SOLUTIONS and not _is_result(answer.content):
            raise UnreadableError(f"{self.location}: the server's answer is not a whole SPARQL result: {answer.words}")
        ends = "content-length" in answer.headers or "transfer-encoding" in answer.headers
        if accept == TRIPLES and not ends:
            raise UnreadableError(f"{self.location}: the server does not say where its answer ends")
        return answer.content

    def _refusal(self, answer: _Answer) -> str:
        if answer.status in (401, 403):
            return (
                f"{self.location}: the server wants other credentials ({answer.status}); "
                "set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
            )
        return f"{self.location}: {self._said(answer)}"

    def _said(self, answer: _Answer) -> str:
        return f"the server answers {answer.status}{f': {answer.words}' if answer.words else ''}"


class _Bearer(httpx.Auth):
    """A token (RFC 6750), which no repr shows."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(self, request: httpx.Request):  # type: ignore[no-untyped-def]
        request.headers["Authorization"] = self._header
        yield request


def _close_all(clients: list[httpx.Client]) -> None:
    for client in clients:
        client.close()


def _fulfil(coming: Future[_Answer], send: Callable[[], _Answer]) -> None:
    try:
        coming.set_result(send())
    except BaseException as error:
        coming.set_exception(error)


def _tells_of_an_error(answer: _Answer) -> bool:
    return bool(re.match(r"(?:\S+ ){0,3}\S*(?:error|exception)\b", answer.words, re.IGNORECASE))


def _is_result(content: bytes) -> bool:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, dict):
        return False
    rows = found.get("results")
    return isinstance(found.get("boolean"), bool) or (isinstance(rows, dict) and isinstance(rows.get("bindings"), list))


def _one_line(content: bytes) -> str:
    text = content[: 20 * _SHOWN].decode(errors="replace")
    text = re.sub(r"(?is)<(head|style|script)\b.*?</\1>|<[^>]*>", " ", text).partition("SPARQL query:")[0]
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
