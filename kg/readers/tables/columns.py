"""From what a mapping names to the cell of a row: columns, paths into JSON, texts with cells in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.readers.claim_files.wording import did_you_mean, listed
from kg.readers.claim_id import normal

if TYPE_CHECKING:
    from kg.errors import Problem
    from kg.readers.claim_files.yaml import Way
    from kg.readers.tables.mapping import Mapping as MappingFile

Parts = Sequence[Any]
"""A row: its own cells, those of its matches in joined files, and the item of `each`; None where there is no match."""
Cell = str | list[str]
Getter = Callable[[Parts], Cell]

STAR = "*"
"""In a column's name: each of the values of `repeat`."""
_MANY = 12
_SLOT = re.compile(r"\{([^{}]+)\}")

same = lru_cache(maxsize=65536)(normal)
"""A word as it is compared with the words of a mapping."""


class Part(NamedTuple):
    """One of the parts of a row."""

    prefix: str
    """What its columns are called by before a dot; empty for the table itself."""
    columns: tuple[str, ...] | None
    samples: tuple[Any, ...]
    """The first rows, by which names are checked where there are no columns."""
    file: str


class Columns:
    """Finds cells by name, and notes the names that are not there."""

    def __init__(self, mapping: MappingFile, parts: Sequence[Part], star: str | None = None) -> None:
        self._mapping, self._parts, self._star = mapping, parts, star
        self.problems: list[Problem] = []
        self.starred: list[Getter] = []
        """The cells of the group of columns that is repeated."""

    def value(self, spec: Any, way: Way) -> Getter:
        """Return what gets the value of a key: of a column's name, or of a mapping with column or text and more."""
        if isinstance(spec, str):
            return self.cell(spec, way)
        if "text" in spec:
            getter = self._template(spec["text"], (*way, "text"))
        else:
            names = spec["column"] if isinstance(spec["column"], list) else [spec["column"]]
            getter = _first([self.cell(name, (*way, "column")) for name in names])
        return _words(_split(_replaced(getter, spec.get("replace")), spec.get("split")), spec.get("words"))

    def cell(self, name: str, way: Way) -> Getter:
        """Return what gets the cell of a column, as text (a list of texts for a list in JSON)."""
        full = name.replace(STAR, self._star) if self._star is not None else name
        getter = self._cell(full, way)
        if full != name:
            self.starred.append(getter)
        return getter

    def chosen(self, where: Mapping[str, Any], way: Way) -> Callable[[Parts], bool]:
        """Return what says whether a row has one of the stated words in each of these columns."""
        wanted = {name: words if isinstance(words, list) else [words] for name, words in where.items()}
        tests = [(self.cell(name, (*way, name)), {same(str(word)) for word in words}) for name, words in wanted.items()]
        return lambda parts: all(same(one(get(parts))) in words for get, words in tests)

    def raw(self, name: str, way: Way) -> Callable[[Parts], Any]:
        """Return what gets the value of a column as it is in JSON: for `each`."""
        index, part, local = self._part(name)
        way_in = self._path(part, local, way)
        return lambda parts: follow(parts[index], way_in)

    def _part(self, name: str) -> tuple[int, Part, str]:
        for index, part in reversed([*enumerate(self._parts)]):
            if part.prefix and name.startswith(f"{part.prefix}."):
                return index, part, name[len(part.prefix) + 1 :]
        return 0, self._parts[0], name

    def _cell(self, name: str, way: Way) -> Getter:
        index, part, local = self._part(name)
        if part.columns is None:
            keys = self._path(part, local, way)
            return lambda parts: text(follow(parts[index], keys))
        if part.columns.count(local) != 1:
            self._missing(part, name, local, way)
            return lambda parts: ""
        column = part.columns.index(local)
        if index == 0:
            return lambda parts: parts[0][column].strip()
        return lambda parts: parts[index][column].strip() if parts[index] is not None else ""

    def _path(self, part: Part, name: str, way: Way) -> tuple[str, ...]:
        """Return the keys on the way to a value: the name as a whole if records have it, else its parts."""
        keys = tuple(name.split("."))
        if any(isinstance(sample, dict) and name in sample for sample in part.samples):
            return (name,)
        if part.samples and not any(has(sample, keys) for sample in part.samples):
            self._missing(part, name, name, way)
        return keys

    def _missing(self, part: Part, name: str, local: str, way: Way) -> None:
        known = part.columns or tuple(dict.fromkeys(key for sample in part.samples for key in sample))
        if local in known:
            message = f'{part.file} has two columns "{name}"; give one of them another name'
        else:
            some = listed([f'"{key}"' for key in known[:_MANY]], "and") + (" …" if len(known) > _MANY else "")
            message = f'{part.file} has no column "{name}"{did_you_mean(local, known) or f"; it has {some}"}'
        self.problems.append(self._mapping.problem("missing-column", message, way))

    def _template(self, written: str, way: Way) -> Getter:
        """A cell that is empty leaves the whole text empty."""
        pieces = _SLOT.split(written)
        slots = [self.cell(name, way) for name in pieces[1::2]]
        fixed = pieces[::2]
        if not slots:
            return lambda parts: written

        def filled(parts: Parts) -> str:
            cells = [one(get(parts)) for get in slots]
            if not all(cells):
                return ""
            return fixed[0] + "".join(cell + rest for cell, rest in zip(cells, fixed[1:], strict=True))

        return filled


def one(cell: Cell) -> str:
    """Return a cell as one text; the items of a list are joined by commas."""
    return cell if isinstance(cell, str) else ", ".join(filter(None, cell))


def many(cell: Cell) -> list[str]:
    """Return the texts of a cell; none of an empty one."""
    return [cell] if isinstance(cell, str) and cell else [item for item in cell if item]


def text(value: Any) -> Cell:
    """Return a value of JSON or YAML as text; a mapping has none."""
    if isinstance(value, str):
        return _encodable(value.strip())
    if isinstance(value, list):
        return [one(text(item)) for item in value]
    if value is None or isinstance(value, dict):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _encodable(words: str) -> str:
    """JSON can escape half a character (a lone surrogate), which no text has."""
    return words if words.isascii() else words.encode("utf-8", "replace").decode()


def follow(value: Any, keys: Sequence[str]) -> Any:
    """Return what is at the end of a path; through a list the path goes on in each item, unless it names its number."""
    for n, key in enumerate(keys):
        if isinstance(value, list):
            if not key.isdecimal():
                return [follow(item, keys[n:]) for item in value]
            value = value[int(key)] if int(key) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            return None
    return value


def has(value: Any, keys: Sequence[str]) -> bool:
    """Say whether a record has such a path, whatever is at its end."""
    for n, key in enumerate(keys):
        if isinstance(value, list) and not key.isdecimal():
            return not value or any(has(item, keys[n:]) for item in value)
        if isinstance(value, list):
            value = value[int(key)] if int(key) < len(value) else None
            continue
        if not isinstance(value, dict) or key not in value:
            return False
        value = value[key]
    return True


def _first(getters: list[Getter]) -> Getter:
    if len(getters) == 1:
        return getters[0]
    return lambda parts: next((cell for get in getters if (cell := get(parts))), "")


def _replaced(getter: Getter, replace: Mapping[str, str | None] | None) -> Getter:
    if not replace:
        return getter

    def made(word: str) -> str:
        for old, new in replace.items():
            word = word.replace(old, new or "")
        return word.strip()

    return lambda parts: _each(getter(parts), made)


def _split(getter: Getter, sign: str | None) -> Getter:
    if sign is None:
        return getter
    return lambda parts: [item.strip() for cell in many(getter(parts)) for item in cell.split(sign)]


def _words(getter: Getter, words: Mapping[str, Any] | None) -> Getter:
    if not words:
        return getter
    meant = {same(word): str(meaning) for word, meaning in words.items()}
    return lambda parts: _each(getter(parts), lambda word: meant.get(same(word), word))


def _each(cell: Cell, made: Callable[[str], str]) -> Cell:
    return made(cell) if isinstance(cell, str) else [made(item) for item in cell]
