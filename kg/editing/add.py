"""A record is added to a claim file: checked in view of the whole folder before anything is written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.editing.form import KINDS, blanks
from kg.editing.ids import proposed
from kg.editing.insert import inserted
from kg.errors import DataError, Problem, UnreadableError, UsageError
from kg.files import atomic_change, read_bytes, read_text
from kg.readers import claim_files, is_claim_file
from kg.readers.claim_files.index import Index, survey
from kg.readers.claim_files.yaml import parse
from kg.readers.suggestions import a, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.editing.form import Blank
    from kg.readers.claim_files.yaml import Document

_MARK = "\N{BYTE ORDER MARK}"


class Added(NamedTuple):
    """Record that was added, and its place."""

    path: Path
    id: str
    line: int
    warnings: tuple[Problem, ...]
    """About the new record."""


class ClaimFile:
    """A claim file to which something is to be added."""

    def __init__(self, path: Path) -> None:
        """Find the file: `path`, or the only claim file in the folder `path`.

        Raises UsageError if there is none or there are several, DataError if the file has problems already.
        """
        self.path = _file(path)
        self._bytes = read_bytes(self.path)
        text = read_text(self.path)
        index = Index(self.path.parent)
        _refuse(claim_files.read(self.path, text, index).problems)
        self._document = parse(str(self.path), text)
        self._folder = survey(self.path, self._document, index)

    @property
    def has_document(self) -> bool:
        """True if the file names the source that it transcribes."""
        return "document" in self._document.value

    def missing(self, short_id: str, kinds: tuple[str, ...]) -> str | None:
        """Return why `short_id` does not name one of `kinds` in the folder; None if it does."""
        missing = self._folder.missing(short_id, kinds)
        return missing.why if missing else None

    def proposed_id(self, kind: str, values: Mapping[str, Any]) -> str:
        """Return an id for a new record that is not taken in the folder."""
        return proposed(kind, values, self._folder)

    def add(self, kind: str, values: Mapping[str, Any], short_id: str | None = None) -> Added:
        """Add a record; see `add`."""
        asked = {blank.key: blank for blank in blanks(kind)}
        if unknown := [key for key in values if key not in asked]:
            raise UsageError(f'{a(kind)} has no key "{unknown[0]}"; its keys are {listed(list(asked), "and")}')
        said = {key: _value(asked[key], values[key]) for key in asked if key in values}
        name = short_id or self.proposed_id(kind, said)
        if taken := self._folder.entry(name):
            raise UsageError(f'the id "{name}" is taken by {a(taken.kind)} at {taken.place}; give another with --id')
        content = inserted(self._bytes.decode(), self._document, KINDS[kind], name, said)
        text = content.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
        way = (KINDS[kind], name)
        line = self._parsed(text, way, said).key_place(way).line or 1
        reading = claim_files.read(self.path, text)
        # What was not written has no lines: the sentences speak of the record by its id.
        _refuse(problem._replace(place=None) for problem in reading.problems)
        atomic_change(self.path, self._bytes, content.encode())
        node = self._folder.iri(name)
        own = {place for known, place in reading.places.items() if known.split()[0].split(".quote")[0] == node}
        warnings = tuple(problem for problem in reading.problems if problem.place in own)
        return Added(self.path, name, line, warnings)

    def _parsed(self, text: str, way: tuple[str, str], said: dict[str, Any]) -> Document:
        """Return the new text as values: those of before, and the record; UsageError if it is anything else."""
        section, name = way
        before = self._document.value
        wanted = {**before, section: {**(before.get(section) or {}), name: said}}
        with suppress(UnreadableError):
            document = parse(str(self.path), text)
            if document.value == wanted:
                return document
        raise UsageError(
            f"{self.path}: nothing can be added to its {section}: as they are written there; "
            "write them as lines, not in { }"
        )


def add(path: Path, kind: str, values: Mapping[str, Any], short_id: str | None = None) -> Added:
    """Add a record of `kind` (a word of `kg.editing.form.KINDS`) to a claim file; return what was added.

    `path` is the file, or a folder with only one.  `values` are keys of the schema with text, whole numbers, lists of
    these, or for quotes {"exact": ..., "prefix": ..., "suffix": ...}; values of digits are written as the schema has
    them.  `short_id` is made from the values if it is not given.  The rest of the file stays as it is.

    Raises DataError, and leaves the file as it is, if it would not be read without violations; UsageError for a key
    that there is not, an id that is taken, or a file of which another program changed something meanwhile.
    """
    return ClaimFile(path).add(kind, values, short_id)


def _file(path: Path) -> Path:
    if not path.is_dir():
        if path.exists() and not is_claim_file(path):
            raise UsageError(f"{path}: not a claim file, whose first line is claim-file: 1")
        return path
    found = [file for file in sorted(path.iterdir()) if is_claim_file(file)]
    if not found:
        raise UsageError(f"{path}: no claim file in this folder; kg init FOLDER makes one")
    if len(found) > 1:
        raise UsageError(f"{path}: several claim files: say which, {listed([str(file) for file in found])}")
    return found[0]


def _value(blank: Blank, value: Any) -> Any:
    """Return a value as the schema has it: digits as a number, one value of a list as itself."""
    if isinstance(value, list | tuple):
        items = [_value(blank, item) for item in value]
        return items[0] if len(items) == 1 else items
    is_number = blank.is_number and isinstance(value, str) and value.isdecimal() and str(int(value)) == value
    return int(value) if is_number else value


def _refuse(problems: Iterable[Problem]) -> None:
    if violations := [problem for problem in problems if problem.severity == "violation"]:
        raise DataError(violations)
