"""Real SPARQL servers for tests, and one that misbehaves as it is told."""

from __future__ import annotations

import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import httpx

LOGIN = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}
"""Virtuoso's first user, as it comes."""
MOST_ROWS = 5_000
"""Rows after which our Virtuoso cuts an answer, as every Virtuoso does somewhere."""

_ROOM = {"NumberOfBuffers": 10_000, "MaxDirtyBuffers": 6_000}
_VIRTUOSO = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
{more}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {most_rows}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Start an Oxigraph server; yields its address for queries."""
    port = free_port()
    program = shutil.which("oxigraph", path=Path(sys.executable).parent) or "oxigraph"
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path, most_rows: int = MOST_ROWS, **more: object) -> Iterator[str]:
    """Start a Virtuoso with an empty database and `more` parameters; yields its address for queries."""
    port = free_port()
    settings = folder / "virtuoso.ini"
    lines = "\n".join(f"{name} = {value}" for name, value in (_ROOM | more).items())
    settings.write_text(_VIRTUOSO.format(folder=folder, sql=free_port(), http=port, most_rows=most_rows, more=lines))
    with _running(["virtuoso-t", "-f", "-c", str(settings)], f"http://127.0.0.1:{port}/sparql"):
        yield f"http://127.0.0.1:{port}/sparql"


def sql_address(folder: Path) -> str:
    """Return where the Virtuoso of `folder` takes SQL."""
    return re.findall(r"ServerPort = (\S+)", (folder / "virtuoso.ini").read_text())[0]


@contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, address)
            yield
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    while process.poll() is None:
        try:
            httpx.get(address, timeout=10)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args} ended before it answered")


Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers the first question of a client rightly, and then as it was told."""

    protocol_version = "HTTP/1.1"
    server: Faulty

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if parse_qs(body.decode()).get("query") == ["ASK { ?s ?p ?o }"]:
            reply(200, "application/sparql-results+json", b'{"head": {}, "boolean": true}')(self)
            return
        self.server.received.append((self.path, dict(self.headers), body))
        self.server.behaviour(self)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_: object) -> None:
        pass


class Faulty(ThreadingHTTPServer):
    """A server in a thread; `behaviour` may be changed at any time, `received` has the requests."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour: Behaviour = stall
        self.received: list[tuple[str, dict[str, str], bytes]] = []
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sparql"

    def handle_error(self, *_: object) -> None:
        """A client that hung up is no news."""


@contextmanager
def faulty() -> Iterator[Faulty]:
    with Faulty() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()


def reply(status: int, media_type: str, content: bytes, **headers: str) -> Behaviour:
    def answer(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def stall(handler: Handler) -> None:
    """Say nothing, until the test is over."""
    handler.server.over.wait(60)
    handler.close_connection = True


def trickle(handler: Handler) -> None:
    """Send a byte at a time, without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/sparql-results+json")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def reset(handler: Handler) -> None:
    """Break the connection off with a TCP reset."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def half(content: bytes, media_type: str) -> Behaviour:
    """Promise twice as much as is sent."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", media_type)
        handler.send_header("Content-Length", str(2 * len(content)))
        handler.end_headers()
        handler.wfile.write(content)
        handler.wfile.flush()
        handler.close_connection = True

    return answer


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Do one after the other."""
    waiting = iter(behaviours)
    return lambda handler: next(waiting)(handler)
