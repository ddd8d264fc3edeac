"""Files: read with errors that name them, written atomically, unpacked as a stream, and those that ship with `kg`."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import re
import shutil
import stat
import zlib
from collections.abc import Callable, Iterable
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory, gettempdir
from typing import IO, TYPE_CHECKING, Any, cast

from kg.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None


def as_paths(named: Paths) -> tuple[Path, ...]:
    """Return the paths of one file or of several; those of None and of "" are none."""
    if isinstance(named, str | os.PathLike):
        return (Path(named),) if named else ()
    return tuple(map(Path, named or ()))


def read_bytes(path: Path) -> bytes:
    """Return the content of `path`; UnreadableError names the file and the cause."""
    with opened(path) as file:
        return file.read()


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading; UnreadableError names the file and the cause, also where reading goes wrong.

    A pipe or a device that lies in a folder is refused: nobody may ever write to it, or it has no end.
    """
    try:
        with open(path, "rb", opener=_opener) as file:
            yield file
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be read: {_cause(path, error)}") from error
    except ValueError as error:  # a NUL in the name
        if "\0" not in str(path):
            raise
        raise UnreadableError(f"{str(path)!r}: cannot be read: no file has such a name") from error


def _opener(name: str, flags: int) -> int:
    """Open what has an end: a regular file, or a pipe that this process was given (`/dev/fd`)."""
    # Without waiting for somebody who would write to a pipe.
    handle = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind) or stat.S_ISDIR(kind) or name.startswith(("/dev/fd/", "/dev/stdin")):
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        return handle
    os.close(handle)
    raise OSError("it is a pipe or a device; save what comes from it to a file")


def _cause(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return f"it is a link to {path.readlink()}, which is not there"
    return error.strerror or str(error)


def read_text(path: Path) -> str:
    """Return the UTF-8 text of `path` (a byte order mark is dropped, line ends become \\n)."""
    return decoded(read_bytes(path), path)


def decoded(content: bytes, path: Path) -> str:
    """Return the UTF-8 text that `content` is, as `read_text` does; UnreadableError names `path` and the line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableError(f"{path}:{line}: not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of `content` as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; UnreadableError names the file and the cause."""
    with opened(path) as file:
        return hashlib.file_digest(cast("io.BufferedReader", file), "sha256").hexdigest()


_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the folder `ontology` or `data`: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def atomic_write(path: Path, content: bytes) -> None:
    """Write `content` to `path` atomically; see `atomic_open`."""
    with atomic_open(path) as file:
        file.write(content)


def atomic_change(path: Path, before: bytes, content: bytes) -> None:
    """Write `content` to a file that holds `before`, one process after another; b"" if it is not there yet.

    Raises UsageError if another program changed it meanwhile.
    """
    with _locked(path.parent):
        if (read_bytes(path) if path.exists() else b"") != before:
            raise UsageError(f"{path} was changed meanwhile; nothing was written, try again")
        atomic_write(path, content)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process of kg at a time change files of a folder, where the system has locks."""
    with ExitStack() as stack:
        with suppress(ImportError, OSError):  # some network drives have none either
            import fcntl

            held = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, held)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def atomic_open(path: Path) -> Iterator[IO[bytes]]:
    """Open `path` for writing atomically: through a temporary file beside it, which takes its place at the end.

    A link is followed; what is no plain file (a pipe, a device) is written to as it is.
    Raises UnreadableError if its folder is not there or it cannot be written.
    """
    path = path.resolve() if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                yield device
            return
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                yield cast("IO[bytes]", file)
                file.flush()
                os.fsync(file.fileno())
                temporary.chmod(0o666 & ~_umask())
                temporary.replace(path)
            except BaseException:
                temporary.unlink()
                raise
    except OSError as error:
        raise UnreadableError(f"{path}: cannot be written: {error.strerror or error}") from error


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_ROOM_IN_WORDS = re.compile("No space left on|Disk quota exceeded|File too large")
"""RocksDB has no numbers for it."""
_FULL = 1 << 16
"""Free bytes below which a disk is full."""


def is_no_room(error: Exception) -> bool:
    """Return True for the error of a full disk."""
    return getattr(error, "errno", None) in _NO_ROOM or bool(_NO_ROOM_IN_WORDS.search(str(error)))


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Open a folder for files that nobody named; UnreadableError with the way out if there is no room for them."""
    is_here = True
    try:
        with TemporaryDirectory(prefix="kg-") as folder:
            is_here = False
            try:
                yield Path(folder)
            except (OSError, RuntimeError) as error:
                is_here = folder in str(error) or shutil.disk_usage(folder).free < _FULL
                raise
    except (OSError, RuntimeError) as error:
        if not (is_here and is_no_room(error)):
            raise
        raise UnreadableError(
            f"no room for temporary files in {gettempdir()}; make room there, or name another folder:"
            " TMPDIR=FOLDER kg ..."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


PACKED = (".gz", ".zst")
"""Suffixes of compressed files."""

MOST_UNPACKED = 200
"""Factor by which a compressed file may grow when unpacked: RDF takes 10 to 40 times its packed size."""
FREE = 64 * 2**20
"""Bytes that any compressed file may unpack to."""

CHUNK = 1 << 20
_WINDOW = 27
"""Logarithm of the most bytes that zstd may look back, as `zstd --long` writes: 128 MiB of memory."""


Watch = Callable[[Path, int, int], None]
_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Report to `watch` how far each file is read in the block: the path, the bytes read and those that there are."""
    token = _WATCH.set(watch)
    try:
        yield
    finally:
        _WATCH.reset(token)


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacked if its name ends in .gz or .zst.

    Raises UnreadableError for a file that cannot be read, is packed and cut, damaged or empty, or unpacks to more than
    MOST_UNPACKED times its size.
    """
    unpack = _UNPACKERS.get(path.suffix.lower())
    if unpack and path.is_file() and not path.stat().st_size:
        raise UnreadableError(f"{path}: the file is empty; a compressed file never is: pack it again")
    with opened(path) as raw:
        watch = _WATCH.get()
        stream = cast("IO[bytes]", _Watched(raw, path, watch)) if watch else raw
        yield cast("IO[bytes]", _Unpacked(path, *unpack(stream))) if unpack else stream


def read_unpacked(path: Path) -> bytes:
    """Return the whole content of a file, unpacked; raises as `unpacked`."""
    with unpacked(path) as stream:
        return b"".join(iter(lambda: stream.read(CHUNK), b""))


def read_start(path: Path, size: int) -> bytes:
    """Return the first `size` bytes of a file, unpacked; raises as `unpacked`."""
    with unpacked(path) as stream:
        return stream.read(size)


class _Watched(io.RawIOBase):
    """A file that tells how far it was read."""

    def __init__(self, file: IO[bytes], path: Path, watch: Watch) -> None:
        self._file, self._path, self._watch = file, path, watch
        self._size = path.stat().st_size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self._watch(self._path, self._file.tell(), self._size)
        return content

    def readinto(self, buffer: Any) -> int:
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


class _Unpacked(io.RawIOBase):
    """Content of a compressed file; it ends with an error where the file is damaged, or unfolds to fill a disk."""

    def __init__(self, path: Path, stream: IO[bytes], damage: tuple[type[Exception], ...]) -> None:
        self._path, self._stream, self._damage = path, stream, damage
        self._left = FREE + MOST_UNPACKED * path.stat().st_size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        try:
            content = self._stream.read(size)
        except self._damage as error:
            raise UnreadableError(f"{self._path}: the compressed file is cut or damaged; pack it again") from error
        self._left -= len(content)
        if self._left < 0:
            way_out = "unpack it yourself if you trust it"
            raise UnreadableError(f"{self._path}: unpacks to more than {MOST_UNPACKED} times its size; {way_out}")
        return content


def _gzip(raw: IO[bytes]) -> tuple[IO[bytes], tuple[type[Exception], ...]]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)), (EOFError, zlib.error, gzip.BadGzipFile)


def _zstandard(raw: IO[bytes]) -> tuple[IO[bytes], tuple[type[Exception], ...]]:
    try:
        from compression import zstd  # type: ignore[import-not-found]
    except ImportError:  # before Python 3.14
        from backports import zstd
    options = {zstd.DecompressionParameter.window_log_max: _WINDOW}
    return cast("IO[bytes]", zstd.ZstdFile(raw, options=options)), (EOFError, zstd.ZstdError)


_UNPACKERS: dict[str, Callable[[IO[bytes]], tuple[IO[bytes], tuple[type[Exception], ...]]]] = {
    ".gz": _gzip,
    ".zst": _zstandard,
}
