"""The claim files of one folder share their ids: what each id names, and where.

A file is read with its siblings in view, so that it can be loaded alone and still refer to what they define.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import Problem, UnreadableError
from kg.files import read_text, sha256
from kg.model.ids import mint
from kg.namespaces import BASE
from kg.readers import claim_file_content, dataset_name
from kg.readers.claim_files.fields import RESERVED, written_records
from kg.readers.claim_files.yaml import parse
from kg.readers.encodings import decoded
from kg.readers.suggestions import a, listed, nearest, repaired, shown
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.errors import Place
    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.yaml import Document


class Missing(NamedTuple):
    """Reason why an id names nothing that is wanted: `rule` is "wrong-kind" or "dangling-id"."""

    rule: str
    why: str
    """A sentence without its subject."""

    def of(self, subject: str) -> str:
        """Return the sentence about `subject`."""
        return f"{subject}{' ' if self.rule == 'wrong-kind' else ': '}{self.why}"


class Entry(NamedTuple):
    """Record that an id names."""

    kind: str
    values: dict[str, Any]
    place: Place


class Index:
    """The claim files of one folder, each opened and parsed once however many of them are read in its view."""

    def __init__(self, directory: Path) -> None:
        """Read every claim file in `directory`; one that cannot be read is kept as its error."""
        self._documents: dict[str, Document] = {}
        self._errors: dict[str, UnreadableError] = {}
        self._texts: dict[Path, str] = {}
        self.digests: dict[str, str] = {}
        """Name of a file -> SHA-256 of its bytes."""
        self.ids: dict[str, list[Entry]] = {}
        """Records that each id names in any of the files, in the order of their names."""
        self.headers: dict[tuple[str | None, str | None], list[str]] = {}
        """Dataset and base as files state them -> the paths of these files."""
        self.guesses: dict[str, list[Problem]] = {}
        """File -> the warning that its encoding is a guess, if it is."""
        for path in sorted(directory.iterdir()) if directory.is_dir() else ():
            try:
                if (content := claim_file_content(path)) is not None:
                    self._add(path, content)
            except UnreadableError as error:
                self._errors[path.name] = error

    def document(self, path: Path) -> Document:
        """Return the values of a file of the folder; UnreadableError, with the place, for what is not YAML."""
        if path.name in self._errors:
            raise self._errors[path.name]
        if path.name not in self._documents:  # no claim file, which its reader has to say
            return parse(str(path), read_text(path))
        return self._documents[path.name]

    def broken(self, path: Path) -> str | None:
        """Return what is wrong with the first sibling of `path` that cannot be read; None if all can."""
        return next((f"it may be in {error}" for name, error in self._errors.items() if name != path.name), None)

    def text(self, path: Path) -> str:
        """Return the text of a file beside the claim files, which is read once."""
        if path not in self._texts:
            self._texts[path] = read_text(path)
        return self._texts[path]

    def _add(self, path: Path, content: bytes) -> None:
        self.digests[path.name] = sha256(content)
        text, guess = decoded(content, path)
        self.guesses[path.name] = [guess] if guess else []
        document = parse(str(path), text)
        self._documents[path.name] = document
        self.headers.setdefault(_stated(document), []).append(str(path))
        for short_id, entry in _entries(document):
            self.ids.setdefault(short_id, []).append(entry)


@dataclass(frozen=True)
class Folder:
    """A dataset as its claim files define it, seen from one of them."""

    path: Path
    dataset: str
    base: str
    own: Mapping[str, list[Entry]]
    """The ids of the file at hand; more than one entry is a problem."""
    index: Index

    def __contains__(self, short_id: object) -> bool:
        return isinstance(short_id, str) and self.entry(short_id) is not None

    def entry(self, short_id: str) -> Entry | None:
        """Return what `short_id` names, in this file first."""
        return next(iter(self._entries(short_id)), None)

    def others(self, short_id: str) -> list[Entry]:
        """Return what `short_id` names in the siblings of the file."""
        return [entry for entry in self.index.ids.get(short_id, ()) if self._is_sibling(entry)]

    def iri(self, short_id: str) -> str:
        """Return the IRI of `short_id`."""
        return mint(self.dataset, short_id, self.base)

    def missing(self, short_id: str, kinds: tuple[str, ...]) -> Missing | None:
        """Return why `short_id` does not name one of `kinds`; None if it does."""
        dataset, _, own = short_id.rpartition(":")
        if dataset and dataset != self.dataset:
            return None  # of another dataset, which may be loaded later
        entries = self._entries(own)
        if any(entry.kind in kinds for entry in entries):
            return None
        near = nearest(short_id, self._ids(kinds))
        meant = f'; did you mean "{near}"?' if near else ""
        if entries:
            kind = entries[0].kind
            why = f"must be {listed([a(wanted) for wanted in kinds])}, but {shown(short_id)} is {a(kind)}{meant}"
            return Missing("wrong-kind", why)
        broken = self.index.broken(self.path)
        unread = f"; {broken}" if broken else ""
        return Missing("dangling-id", f"no {listed(list(kinds))} has the id {shown(short_id)}{meant}{unread}")

    def problems(self, document: Document) -> Iterator[Problem]:
        """Yield what is wrong between the file, which `document` holds, and its siblings."""
        yield from self._duplicates()
        yield from self._disagreements(document)

    def _entries(self, short_id: str) -> list[Entry]:
        return [*self.own.get(short_id, ()), *self.others(short_id)]

    def _ids(self, kinds: tuple[str, ...]) -> set[str]:
        own = {short_id for short_id, entries in self.own.items() if any(entry.kind in kinds for entry in entries)}
        return own | {
            short_id
            for short_id, entries in self.index.ids.items()
            if any(entry.kind in kinds and self._is_sibling(entry) for entry in entries)
        }

    def _is_sibling(self, entry: Entry) -> bool:
        return entry.place.path != str(self.path)

    def _duplicates(self) -> Iterator[Problem]:
        for short_id, entries in self.own.items():
            for first, second in pairwise(entries):
                yield _duplicate(short_id, second, first)
            for other in self.others(short_id):
                yield _duplicate(short_id, entries[0], other)

    def _disagreements(self, document: Document) -> Iterator[Problem]:
        mine = (self.dataset, self.base)
        for stated, paths in self.index.headers.items():
            theirs = _header(self.path, stated)
            for key, here, there in zip(("dataset", "base"), mine, theirs, strict=True):
                for sibling in paths if here != there else ():
                    if sibling != str(self.path):
                        message = f"the {key} of this file is {shown(here)}, but that of {sibling} is {shown(there)}"
                        yield Problem("violation", f"two-{key}s", message, document.place((key,)))


def survey(path: Path, document: Document, index: Index | None = None) -> Folder:
    """Return what the ids of a folder name, as the file `path`, which `document` holds, sees it.

    `index` is that of the folder, for whoever reads several of its files.
    """
    own: dict[str, list[Entry]] = {}
    for short_id, entry in _entries(document):
        own.setdefault(short_id, []).append(entry)
    return Folder(path, *_header(path, _stated(document)), own, index or Index(path.parent))


def beside(path: Path, index: Index) -> Folder:
    """Return what the ids of a folder name, as a file that defines none sees it: by the header that all files share."""
    headers = {_header(path, stated) for stated in index.headers}
    return Folder(path, *(headers.pop() if len(headers) == 1 else _header(path, (None, None))), {}, index)


def _entries(document: Document) -> Iterator[tuple[str, Entry]]:
    for record in written_records(document.value):
        entry = Entry(record.kind, record.values, document.key_place(record.path))
        # A malformed id is a problem of its own: what refers to its right form is not another one.
        yield repaired("id", record.id) or record.id, entry


def _duplicate(short_id: str, entry: Entry, taken: Entry) -> Problem:
    message = f"the id {shown(short_id)} is taken by {a(taken.kind)} at {taken.place}; give one of them another id"
    return Problem("violation", "duplicate-id", message, entry.place)


def _stated(document: Document) -> tuple[str | None, str | None]:
    """Return the dataset and the base that a file states; None for what it does not."""
    value = document.value if isinstance(document.value, dict) else {}
    dataset, base = value.get("dataset"), value.get("base")
    return dataset if isinstance(dataset, str) else None, base if isinstance(base, str) and is_iri(base) else None


def is_iri(text: str) -> bool:
    """Return True if `text` can be an IRI: other signs and spaces are told by the schema, or by whoever asks."""
    try:
        return bool(IRI(text))
    except ValueError:
        return False


def _header(path: Path, stated: tuple[str | None, str | None]) -> tuple[str, str]:
    dataset, base = stated
    return dataset_name(path) if dataset is None else dataset, BASE if base is None else base


def dangling(record: Written, folder: Folder, document: Document) -> Iterator[Problem]:
    """Yield a problem for each id in `record` that names nothing, or a thing of the wrong kind."""
    for key, value in record.values.items():
        field = record.section.fields.get(key)
        if field is None or not field.kinds:
            continue
        for n, item in enumerate(value if isinstance(value, list) else [value]):
            way = (*record.path, key, n) if isinstance(value, list) else (*record.path, key)
            short_id = item.get(field.part) if field.part else item
            if short_id is None or short_id == RESERVED.get(key):
                continue
            if short_id in (record.id, f"{folder.dataset}:{record.id}"):
                message = f"{key} of {record} names {record.id} itself"
                yield Problem("violation", "names-itself", message, document.place(way))
            elif missing := folder.missing(short_id, field.kinds):
                yield Problem("violation", missing.rule, missing.of(f"{key} of {record}"), document.place(way))
