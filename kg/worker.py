"""Child processes for what may run away: each has a deadline and a limit of memory, and takes nothing with it.

`run` is for one request and one answer.  A `Child` stays, and answers request after request: each message, one way and
the other, is a JSON head and a body of bytes, after their two lengths.
"""

from __future__ import annotations

import json
import os
import select
import signal
import struct
import subprocess
import sys
import time
import weakref
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import LONGEST, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[1]
_LENGTHS = struct.Struct(">IQ")
_PART, _LEAST = 0.75, 4 << 30
"""Part of the machine's memory that a command may take, and the bytes that it may take anyway."""


class Ended(NamedTuple):
    """End of a child: its exit status (negative: a signal), its standard output, and its standard error."""

    status: int
    output: bytes
    complaint: str


class Message(NamedTuple):
    """Message to a child that stays, or back: a JSON head and a body."""

    head: dict[str, Any]
    body: bytes = b""


def checked_seconds(timeout: object) -> float:
    """Return a timeout; UsageError if it is no number of seconds, or one that no clock knows."""
    if isinstance(timeout, bool) or not isinstance(timeout, int | float):
        raise UsageError(f"a timeout is a number of seconds, and not {timeout!r}")
    if not 0 < timeout <= LONGEST:  # nan neither
        raise UsageError(f"nothing is done in {timeout:g} s; give a timeout above 0, up to {LONGEST:,}")
    return timeout


def run(module: str, request: object, deadline: float) -> Ended:
    """Run one of our modules in a new process with a JSON request on its standard input.

    `deadline` is in seconds.  Raises TimeoutError when it passes; the child is killed then, and on Ctrl-C.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- a module of ours; what a person wrote goes in by standard input
            [*_command(module), str(deadline)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=deadline,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(deadline) from error
    return Ended(done.returncode, done.stdout, done.stderr.decode(errors="replace").strip())


class Child:
    """One of our modules in a process that stays; killed at a missed deadline, on Ctrl-C, and with this object.

    A parent that dies closes the pipe, and the child ends at the end of its file; in the middle of a request, soon
    after its deadline (`limit_time`).
    """

    def __init__(self, module: str, *arguments: str) -> None:
        if not hasattr(signal, "setitimer"):
            raise UsageError(
                f"queries need a process with a deadline, as on Linux and macOS, which {sys.platform} does not have;"
                " use WSL, or a SPARQL server with --store URL"
            )
        self._process = subprocess.Popen(  # noqa: S603 -- a module of ours
            [*_command(module), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
            process_group=0,  # Ctrl-C in the terminal is for the parent, which kills the child if it is at work
        )
        assert self._process.stdin
        assert self._process.stdout
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        self.usable = True
        """False when it was killed; `end` waits until it is gone."""
        self.end = weakref.finalize(self, _end, self._process, os.getpid())

    def ask(self, request: Message, deadline: float) -> Message:
        """Return the answer to `request`; `deadline` is a moment of `time.monotonic()`.

        Raises TimeoutError when it passes, and ChildProcessError if the child ends without an answer.  The child is
        no more after either, and after anything else that breaks in here: what it is doing is of no use to anybody.
        """
        try:
            for part in _framed(request):
                self._send(part, deadline)
            head, body = _LENGTHS.unpack(self._receive(_LENGTHS.size, deadline))
            return Message(json.loads(self._receive(head, deadline)), self._receive(body, deadline))
        except BaseException:
            self._process.kill()  # and no wait: giving 4 GiB back takes the system its time
            self.usable = False
            raise

    def _send(self, content: bytes, deadline: float) -> None:
        rest = memoryview(content)
        while rest:
            _wait(self._input, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._input, rest) :]
            except BrokenPipeError as error:
                raise ChildProcessError(self._process.poll()) from error

    def _receive(self, size: int, deadline: float) -> bytes:
        content = bytearray(size)
        rest = memoryview(content)
        while rest:
            _wait(self._output, select.POLLIN, deadline)
            count = os.readv(self._output, [rest])
            if not count:
                raise ChildProcessError(self._process.poll())
            rest = rest[count:]
        return bytes(content)


def requests() -> Iterator[Message]:
    """Yield what the parent of this process asks, up to the end of the pipe; for the module of a `Child`."""
    source = sys.stdin.buffer
    while lengths := source.read(_LENGTHS.size):
        head, body = _LENGTHS.unpack(lengths)
        yield Message(json.loads(source.read(head)), source.read(body))


def answer(message: Message) -> None:
    """Send an answer to the parent of this process."""
    for part in _framed(message):
        sys.stdout.buffer.write(part)
    sys.stdout.buffer.flush()


def limit(size: int) -> None:
    """Limit this process to `size` bytes of address space; called by a child of `run` before it begins.

    It also ends by itself soon after its deadline: a parent that was killed kills no child.
    """
    limit_time(float(sys.argv[1]))
    limit_memory(size)


def limit_time(seconds: float) -> None:
    """End this process soon after `seconds`, if nobody did it before; 0 takes the limit back."""
    signal.setitimer(signal.ITIMER_REAL, seconds and seconds + 1)


def limit_memory(size: int) -> None:
    """Limit this process to `size` bytes of address space, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # a system without POSIX limits: the parent's deadline alone holds
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if most == resource.RLIM_INFINITY else min(size, most), most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def memory_limited() -> Iterator[None]:
    """Let this process, in the block, take no more address space than most of the machine's memory.

    So it runs out of memory before the machine does.  A process that is started in the block inherits the limit.
    """
    try:
        import resource
    except ImportError:
        yield
        return
    before = soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = max(_LEAST, int(_PART * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")))
    limits = [limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def memory() -> int:
    """Return the bytes of address space that this process takes now; 0 where the system does not say."""
    with suppress(OSError), open("/proc/self/statm", "rb") as file:  # noqa: PTH123 -- once a query: no Path for it
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _command(module: str) -> list[str]:
    return [sys.executable, "-P", "-m", module]


def _environment() -> dict[str, str]:
    # -P and no empty path: a json.py that lies in the current folder is not ours to import.
    paths = filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")])
    # glibc reserves 64 MB or more of addresses for a thread's own heap.  The store starts many threads, and a child
    # that has a limit of 1 GiB of addresses would now and then abort before it has held 100 MB of anything.
    return os.environ | {"PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "2"}


def _framed(message: Message) -> tuple[bytes, bytes]:
    """Return the bytes of a message in two parts, so that a long body is not copied."""
    head = json.dumps(message.head).encode()
    return _LENGTHS.pack(len(head), len(message.body)) + head, message.body


def _wait(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


def _end(process: subprocess.Popen[bytes], parent: int) -> None:
    """End a child of this process; one that was forked from its parent has no say in it."""
    if os.getpid() == parent:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
