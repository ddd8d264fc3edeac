"""Store in a folder on disk: an Oxigraph database of which only whole, finished states can be seen.

    kg-store/
      kg-store.txt   the mark of our folders: written first, so that no other folder is taken for a store and changed
      current        the number of the generation that readers open; `none` before the first
      000007/        that generation: an Oxigraph (RocksDB) database and its index of words, never changed again
      000007.json    its manifest: the store's format, and the files with sizes and SHA-256
      000007.checked which of these files were found whole, so that they are not read through again
      000007.lock    shared by its readers; a generation goes when nobody holds it.  Made first, so that nothing that
                     is not ours (a folder of photos named 202401) is taken for a generation and removed
      lock           held by the one writer: its process number and command

A write makes the next generation from hard links to the last one's table files (RocksDB never changes these), works
there, flushes it to the disk, and then renames one small file, `current`.  So a kill at any point leaves the old
state, what is half written is swept by the next writer, and readers need no lock against the writer.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import weakref
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreInUseError, UnreadableError, UsageError
from kg.files import atomic_write, is_no_room
from kg.namespaces import UNION
from kg.store.local import manifest, oxigraph
from kg.store.local.oxigraph import EmbeddedStore
from kg.store.local.writer import MANY, EmbeddedWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.store.base import Writer
    from kg.store.local.text_index import TextIndex

_MARK = "kg-store.txt"
_MARKED = b"A store of kg (health-claims-kg). Its files are not to be changed by hand; see kg verify and kg backup.\n"
"""Name and content of the file that marks a folder as ours."""
_GENERATION = "000000"
"""Pattern of a generation's name; the first that is written is 000001."""
_NONE = b"none"
"""Content of `current` before the first generation: a store that lost the file must not pass for an empty one."""
_NUMBERED = re.compile(r"(\d{6})\.(?:json|lock)")
"""The marks of a generation: a folder without these is not ours."""
_UNFINISHED = re.compile(r"\.(?:current|kg-store\.txt|\d{6}\.(?:json|checked))\.[a-z0-9_]{8}")
"""A file that `atomic_write` had not finished when its process was killed."""
_FRESH = ".fresh"
"""Suffix of a folder's name while a generation is rebuilt in it."""
_PARTS = (_FRESH, ".json", ".checked", ".lock")
"""Suffixes of what belongs to a generation, in the order in which it is removed."""
_KEPT = 4
"""Ratio of quads kept to quads removed up to which the kept ones are written again."""


class LocalStore(EmbeddedStore):
    """Store in a folder on disk.  Opening one that does not exist makes an empty one with the first write, not before.

    Raises UnreadableError for a folder that is no store, and for a store of another format.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.location = os.fspath(folder)
        self._folder = Path(folder)
        self._open: tuple[str, ox.Store, _Hold] | None = None
        self._refuse_foreign()

    def exists(self) -> bool:
        """Return True if anything was ever written; UnreadableError if that cannot be told any more."""
        return self._current() is not None

    def _refuse_foreign(self) -> None:
        """Refuse a folder that is not ours, and a store of another format; an empty folder may become a store."""
        try:
            if not self._folder.exists():
                return
            is_empty = self._is_empty()
        except OSError as error:
            raise self._unreadable(error) from error
        generation = self._named_generation()
        if not (self._is_marked() or (generation and manifest.is_there(generation)) or is_empty):
            raise UnreadableError(
                f"{self.location}: not a kg store (a folder with a file {_MARK}); name another with --store"
            )
        if generation:
            manifest.refuse_other_format(generation, self.location)

    def _unreadable(self, error: OSError) -> UnreadableError:
        return UnreadableError(f"{self.location}: the store cannot be read: {error.strerror or error}")

    def _is_marked(self) -> bool:
        try:
            return (self._folder / _MARK).read_bytes() == _MARKED
        except OSError:
            return False

    def _mark(self) -> None:
        """Mark the folder as ours; another first writer may do it meanwhile, and sweep what this one had begun."""
        while not self._is_marked():
            try:
                atomic_write(self._folder / _MARK, _MARKED)
            except UnreadableError:
                if not self._is_marked():
                    raise

    def _is_empty(self) -> bool:
        """Return True if nothing is in the folder but what a writer left that was killed at its first step."""
        return self._folder.is_dir() and all(_UNFINISHED.fullmatch(path.name) for path in self._folder.iterdir())

    def _named_generation(self) -> Path | None:
        """Return the folder of the generation that `current` names, as far as it can be read."""
        try:
            name = (self._folder / "current").read_bytes().strip().decode()
        except (OSError, ValueError):
            return None
        return self._folder / name if re.fullmatch(r"\d{6}", name) else None

    def state(self) -> object:
        """Return the generation that readers open."""
        return self._current()

    def _reader(self) -> ox.Store:
        current = self._current()
        if self._open and self._open[0] == current:
            return self._open[1]
        self.close()
        if current is None:
            return ox.Store()
        current, hold = self._hold_current()
        try:
            self._refuse_damage(current)
            store = _opened(ox.Store.read_only, self._folder / current)
        except BaseException:
            hold.release()
            raise
        self._open = (current, store, hold)
        return store

    def _indexed(self) -> TextIndex:
        from kg.store.local import text_index

        self._reader()
        return text_index.opened(self._folder / self._open[0] / manifest.INDEX) if self._open else super()._indexed()

    def close(self) -> None:
        """Give the generation that was read free."""
        self._index = None
        if self._open:
            _, store, hold = self._open
            self._open = None
            del store
            hold.release()

    @contextmanager
    def snapshot(self) -> Iterator[str]:
        """Open the current generation's folder, which is not swept meanwhile."""
        if self._current() is None:
            with self.writing():
                pass
        current, hold = self._hold_current()
        folder = str(self._folder / current)
        try:
            self._refuse_damage(current)
            del self  # a snapshot that somebody keeps open must not keep the store
            yield folder
        finally:
            hold.release()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Open a transaction in the next generation, which is made the current one at the end of the block."""
        with self._next_generation() as (current, folder):
            manifest.branch(self._folder / current if current else None, folder)
            writer = _GenerationWriter(folder)
            try:
                yield writer
                writer.index(folder / manifest.INDEX)
            except BaseException:
                writer.abandon()
                raise
            writer.close()

    def damage(self) -> list[str]:
        """Return what is wrong with the files of the current generation, read to their last byte, a sentence each."""
        current = self._current()
        return manifest.damaged(self._folder / current) if current else []

    def size(self) -> int:
        """Return the bytes that the current generation takes on the disk."""
        current = self._current()
        return sum(path.stat().st_size for path in (self._folder / current).iterdir()) if current else 0

    def backup(self, folder: str | os.PathLike[str]) -> None:
        """Copy the current state to a new folder, which is itself a store; the writer may go on meanwhile.

        The copy is made under a hidden name beside `folder` and renamed: a kill leaves no part of a store at `folder`.

        Raises UsageError if there is anything at `folder`, UnreadableError if the state is damaged.
        """
        target = Path(folder)
        if target.exists():
            raise UsageError(f"{target} is there already; name a folder that is not")
        part = LocalStore(target.with_name(f".{target.name}.part"))
        try:
            with self.snapshot() as current:
                _copy_generation(Path(current), part)
            part._folder.rename(target)
            _sync_folder(target.parent)
        except StoreInUseError:  # somebody else makes the same backup
            raise
        except BaseException:
            shutil.rmtree(part._folder, ignore_errors=True)
            raise

    def restore(self, folder: str | os.PathLike[str]) -> None:
        """Replace what the store holds by a backup, whatever it holds now, damaged or not.

        Raises UnreadableError if there is no store at `folder`, or a damaged one: nothing is changed then.
        """
        backup = LocalStore(folder)
        if not backup.exists():
            raise UnreadableError(f"no store in {folder}; kg backup makes one")
        with backup.snapshot() as current:
            _copy_generation(Path(current), self)

    @contextmanager
    def _next_generation(self, *, over_damage: bool = False) -> Iterator[tuple[str | None, Path]]:
        """Open the name of the current generation and a folder for the next, to be made and filled in the block."""
        self._refuse_foreign()
        with self._room_explained(), self._writer_lock():
            current, newest = self._last(over_damage=over_damage)
            name = self._free_after(newest)
            folder = self._folder / name
            try:
                (self._folder / f"{name}.lock").touch()
                yield current, folder
                _sync(folder)
                manifest.write(folder, self._folder / current if current else None)
                manifest.remember(folder)
                _sync_folder(self._folder)
            except BaseException:
                self._remove(name)
                raise
            # Whatever comes in between here, what may be current is not removed.
            atomic_write(self._folder / "current", f"{name}\n".encode())
            _sync_folder(self._folder)
            self.close()
            with suppress(OSError):  # what is current is; the next writer sweeps
                self._sweep(name)
                manifest.remember(folder)  # a link less is a change of a file's times

    def _last(self, *, over_damage: bool) -> tuple[str | None, str]:
        """Return the current generation and the newest, which are the same once what killed writers left is swept.

        Only of a damaged store that is restored all is left where it is until the restored generation is there, and
        nothing of it is taken over.
        """
        try:
            current = self._current()
            if current:
                self._refuse_damage(current)
        except UnreadableError:
            if not over_damage:
                raise
            return None, max(self._generations(), default=_GENERATION)
        self._sweep(current)
        if current:
            manifest.remember(self._folder / current)
        else:
            atomic_write(self._folder / "current", _NONE + b"\n")
        return current, current or _GENERATION

    def _free_after(self, newest: str) -> str:
        """Return the next number after `newest` under which nothing lies, of ours or not."""
        number = int(newest) + 1
        while any(os.path.lexists(self._folder / f"{number:06}{suffix}") for suffix in ("", *_PARTS)):
            number += 1
        return f"{number:06}"

    @contextmanager
    def _room_explained(self) -> Iterator[None]:
        """Turn the error of a full disk into a sentence."""
        try:
            yield
        except (OSError, RuntimeError, UnreadableError) as error:
            if not is_no_room(error):
                raise
            raise UnreadableError(
                f"{self.location}: no room to write: it holds what it held before; make room and try again"
            ) from error

    def _refuse_damage(self, generation: str) -> None:
        manifest.refuse_other_format(self._folder / generation, self.location)
        manifest.refuse_damage(self._folder / generation, self.location)

    def _current(self) -> str | None:
        file = self._folder / "current"
        try:
            current = file.read_bytes().strip()
        except FileNotFoundError:
            if not self._generations():
                return None
            if file.exists():  # the first writer has come meanwhile
                return self._current()
            raise UnreadableError(f"{self.location}: the store is damaged: its file `current` is missing") from None
        except OSError as error:
            raise self._unreadable(error) from error
        if current == _NONE:
            return None
        if not (len(current) == len(_GENERATION) and current.isdigit()):
            raise UnreadableError(f"{self.location}: the store is damaged: its file `current` names no generation")
        return current.decode()

    def _hold_current(self) -> tuple[str, _Hold]:
        """Return the current generation with a hold on it: it may change between the look and the lock."""
        while True:
            current = self._current() or ""
            try:
                hold = _Hold(self._folder / f"{current}.lock")
            except FileNotFoundError:
                if current == self._current():
                    raise UnreadableError(f"{self.location}: the store is damaged: {current}.lock is missing") from None
                continue
            except OSError as error:
                raise self._unreadable(error) from error
            if current == self._current():
                return current, hold
            hold.release()

    @contextmanager
    def _writer_lock(self) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._mark()
            file = (self._folder / "lock").open("a+b", buffering=0)
        except (OSError, UnreadableError) as error:
            cause = getattr(error, "strerror", None) or error
            raise UnreadableError(f"{self.location}: the store cannot be written: {cause}") from error
        with file:
            try:
                _lock(file, "LOCK_EX", "LOCK_NB")
            except BlockingIOError as error:
                file.seek(0)
                holder = file.read().decode(errors="replace").strip() or "another process"
                raise StoreInUseError(
                    f"the store {self.location} is in use by {holder}; try again when it is done"
                ) from error
            with suppress(OSError):  # whose lock it is may stay unsaid on a full disk
                file.truncate(0)
                file.write(f"process {os.getpid()} ({_command()})\n".encode(errors="surrogateescape"))
            yield
            file.truncate(0)

    def _generations(self) -> set[str]:
        """Return the generations of which anything is there."""
        paths = self._folder.iterdir() if self._folder.is_dir() else ()
        return {match[1] for path in paths if (match := _NUMBERED.fullmatch(path.name))}

    def _sweep(self, current: str | None) -> None:
        """Remove the generations that nobody reads, and what a killed writer left."""
        for path in self._folder.iterdir():
            if _UNFINISHED.fullmatch(path.name):
                path.unlink()
        for name in self._generations() - {current}:
            with (self._folder / f"{name}.lock").open("a") as lock, suppress(BlockingIOError):
                _lock(lock, "LOCK_EX", "LOCK_NB")
                self._remove(name)

    def _remove(self, name: str) -> None:
        """Remove a generation that nobody holds; its lock last, by which the next sweep finds the rest."""
        for folder in (self._folder / name, self._folder / f"{name}{_FRESH}"):
            shutil.rmtree(folder, ignore_errors=True)
        for suffix in _PARTS[1:]:
            (self._folder / f"{name}{suffix}").unlink(missing_ok=True)


def _copy_generation(source: Path, target: LocalStore) -> None:
    """Copy a generation into another store: bytes and not links, so that damage to one spares the other."""
    with target._next_generation(over_damage=True) as (_, folder):
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*(f"{name}*" for name in manifest.NOT_COUNTED)))
        if faults := manifest.damaged(folder, source):
            raise UnreadableError(f"{source.parent}: the store is damaged: {faults[0]}")


def _lock(file: IO[Any] | int, *how: str) -> None:
    """Lock a file; UnreadableError on a system that has no such locks."""
    try:
        import fcntl
    except ImportError as error:
        raise UnreadableError(
            f"a store in a folder needs the file locks of Linux or macOS, which {sys.platform} does not have;"
            " use WSL, read files with --data, or a SPARQL server with --store URL"
        ) from error
    fcntl.flock(file, sum(getattr(fcntl, name) for name in how))


class _Hold:
    """A shared lock on a generation, given back when it is released, or forgotten with the store that has it."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDONLY)
        self.release = weakref.finalize(self, os.close, handle)
        _lock(handle, "LOCK_SH")


class _GenerationWriter(EmbeddedWriter):
    """Writer that can rebuild its database: to remove many quads one by one takes longer than to keep the others."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_opened(ox.Store, folder))
        self._folder = folder

    def drop(self, *graphs: str) -> None:
        known = {record.graph: record.triples for record in self.records()}
        gone = sum(known.get(graph, 0) for graph in graphs)
        if gone > max(MANY, (sum(known.values()) - gone) / _KEPT):
            self._to_unite = oxigraph.is_united(self._store)
            self._note(graphs, self._gone)
            self._rebuild({*graphs, UNION})
        super().drop(*graphs)

    def _settle(self) -> None:
        """Merge the tables if most of the store is new, and so much was derived that RocksDB would begin to anyway.

        Questions and exports then read fewer tables; what it costs a load is in docs/performance.md.  On a disk that is
        nearly full they stay as they are.
        """
        new = sum(record.triples for record in self._recorded.values())
        is_mostly_new = self._filled > MANY and 2 * new > sum(record.triples for record in self.records())
        if is_mostly_new and _has_room(self._folder):
            self._store.optimize()

    def _rebuild(self, without: set[str]) -> None:
        fresh = self._folder.with_suffix(_FRESH)
        store = _opened(ox.Store, fresh)
        graphs = [graph for graph in self._store.named_graphs() if graph.value not in without]
        kept = (quad for graph in graphs for quad in self._store.quads_for_pattern(None, None, None, graph))
        store.bulk_extend(kept)
        store.flush()
        del store, self._store
        if (self._folder / manifest.INDEX).exists():
            (self._folder / manifest.INDEX).replace(fresh / manifest.INDEX)
        shutil.rmtree(self._folder)
        fresh.rename(self._folder)
        self._store = _opened(ox.Store, self._folder)


def _has_room(folder: Path) -> bool:
    """Return True if the disk has room for three times what is in `folder`: tables are larger when they are merged."""
    return shutil.disk_usage(folder).free > 3 * sum(path.stat().st_size for path in folder.iterdir())


def _opened(how: Callable[[str], ox.Store], folder: Path) -> ox.Store:
    """Return a database; Oxigraph raises OSError, or RuntimeError where files are damaged."""
    try:
        return how(str(folder))
    except (OSError, RuntimeError) as error:
        raise UnreadableError(f"{folder.parent}: the store cannot be opened: {error}") from error


def _sync(folder: Path) -> None:
    """Bring every file of a finished generation to the disk, then the names."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _command() -> str:
    program = Path(sys.argv[0])
    name = program.parent.name if program.name == "__main__.py" else program.name
    return " ".join([name, *sys.argv[1:2]])
