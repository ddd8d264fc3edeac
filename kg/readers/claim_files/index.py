"""The claim files of one folder share their ids: what each id names, and where.

A file is read with its siblings in view, so that it can be loaded alone and still refer to what they define.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import Problem, UnreadableError
from kg.files import read_text
from kg.namespaces import BASE, mint
from kg.readers import dataset_name, is_claim_file
from kg.readers.claim_files.records import records
from kg.readers.claim_files.suggestions import repaired
from kg.readers.claim_files.wording import a, listed, nearest, shown
from kg.readers.claim_files.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.errors import Place
    from kg.readers.claim_files.records import Record
    from kg.readers.claim_files.yaml import Document


class Entry(NamedTuple):
    """What an id names."""

    kind: str
    values: dict[str, Any]
    place: Place


class Folder(NamedTuple):
    """A dataset as its claim files define it."""

    dataset: str
    base: str
    own: Mapping[str, tuple[Entry, ...]]
    """The ids of the file at hand; more than one entry is a problem."""
    others: Mapping[str, tuple[Entry, ...]]
    """The ids of its siblings."""
    broken: tuple[str, ...]
    """What is wrong with siblings that cannot be read."""
    problems: tuple[Problem, ...]

    def entry(self, short_id: str) -> Entry | None:
        """Return what `short_id` names, in this file first."""
        return next(iter(self.own.get(short_id, self.others.get(short_id, ()))), None)

    def iri(self, short_id: str) -> str:
        """Return the IRI of `short_id`."""
        return mint(self.dataset, short_id, self.base)

    def missing(self, short_id: str, kinds: tuple[str, ...]) -> str | None:
        """Return why `short_id` does not name one of `kinds`, as a sentence without its subject; None if it does."""
        entries = (*self.own.get(short_id, ()), *self.others.get(short_id, ()))
        if any(entry.kind in kinds for entry in entries):
            return None
        near = nearest(short_id, self._ids(kinds))
        meant = f'; did you mean "{near}"?' if near else ""
        if entries:
            kind = entries[0].kind
            return f"must be {listed([a(wanted) for wanted in kinds])}, but {shown(short_id)} is {a(kind)}{meant}"
        unread = f"; {self.broken[0]}" if self.broken else ""
        return f"no {listed(list(kinds))} has the id {shown(short_id)}{meant}{unread}"

    def _ids(self, kinds: tuple[str, ...]) -> Iterator[str]:
        for ids in (self.own, self.others):
            for short_id, entries in ids.items():
                if any(entry.kind in kinds for entry in entries):
                    yield short_id


def survey(path: Path, document: Document) -> Folder:
    """Read the siblings of a claim file, and return what the ids of the folder name."""
    siblings, broken = _siblings(path)
    own = _ids([document])
    others = _ids(siblings)
    problems = [*_duplicates(own, others), *_disagreements(path, document, siblings)]
    dataset, base = _header(path, document)
    return Folder(dataset, base, own, others, tuple(broken), tuple(problems))


def _siblings(path: Path) -> tuple[list[Document], list[str]]:
    found, broken = [], []
    for file in sorted(path.parent.iterdir()):
        try:
            if file.name != path.name and is_claim_file(file):
                found.append(parse(str(file), read_text(file)))
        except UnreadableError as error:
            broken.append(f"it may be in {error}")
    return found, broken


def _ids(documents: list[Document]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for document in documents:
        for record in records(document.value):
            entry = Entry(record.kind, record.values, document.key_place(record.path))
            # A malformed id is a problem of its own: what refers to its right form is not another one.
            short_id = repaired("id", record.id) or record.id
            found[short_id] = (*found.get(short_id, ()), entry)
    return found


def _duplicates(own: Mapping[str, tuple[Entry, ...]], others: Mapping[str, tuple[Entry, ...]]) -> Iterator[Problem]:
    for short_id, entries in own.items():
        for first, second in pairwise(entries):
            yield _duplicate(short_id, second, first)
        for other in others.get(short_id, ()):
            yield _duplicate(short_id, entries[0], other)


def _duplicate(short_id: str, entry: Entry, taken: Entry) -> Problem:
    message = f"the id {shown(short_id)} is taken by {a(taken.kind)} at {taken.place}; give one of them another id"
    return Problem("violation", "duplicate-id", message, entry.place)


def _header(path: Path, document: Document) -> tuple[str, str]:
    value = document.value if isinstance(document.value, dict) else {}
    dataset, base = value.get("dataset"), value.get("base")
    return (
        dataset if isinstance(dataset, str) else dataset_name(path),
        base if isinstance(base, str) else BASE,
    )


def _disagreements(path: Path, document: Document, siblings: list[Document]) -> Iterator[Problem]:
    mine = _header(path, document)
    for sibling in siblings:
        for key, here, there in zip(("dataset", "base"), mine, _header(path, sibling), strict=True):
            if here != there:
                message = f"the {key} of this file is {shown(here)}, but that of {sibling.path} is {shown(there)}"
                yield Problem("violation", f"two-{key}s", message, document.place((key,)))


def dangling(record: Record, folder: Folder, document: Document) -> Iterator[Problem]:
    """Yield a problem for each id in `record` that names nothing, or a thing of the wrong kind."""
    for key, value in record.values.items():
        field = record.section.fields.get(key)
        if field is None or not field.kinds:
            continue
        for n, short_id in enumerate(value if isinstance(value, list) else [value]):
            way = (*record.path, key, n) if isinstance(value, list) else (*record.path, key)
            if short_id == record.id:
                message = f"{key} of {record} names {record.id} itself"
                yield Problem("violation", "names-itself", message, document.place(way))
            elif why := folder.missing(short_id, field.kinds):
                joint = " " if why.startswith("must") else ": "
                rule = "wrong-kind" if why.startswith("must") else "dangling-id"
                yield Problem("violation", rule, f"{key} of {record}{joint}{why}", document.place(way))
