"""Cells of a row as a mapping names them: columns, paths into JSON, texts with cells in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model.ids import normal
from kg.readers.claim_files.wording import did_you_mean, listed

if TYPE_CHECKING:
    from kg.errors import Problem
    from kg.readers.claim_files.yaml import Way
    from kg.readers.tables.mapping import Mapping as MappingFile

Parts = Sequence[Any]
"""A row: its own cells, those of its matches in joined files, and the item of `each`; None where there is no match."""
Text = str | list[str]
"""Of a cell: a list for a list in JSON."""

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


class Cell(NamedTuple):
    """Where the value of a row stands: in which part, and in which column or at the end of which path."""

    part: int
    column: int = 0
    keys: tuple[str, ...] = ()
    """The path, where rows name their values."""

    def of(self, parts: Parts) -> Text:
        """Return the cell as text; "" where a row has no match in a joined file."""
        row = parts[self.part]
        if self.keys:
            return text(follow(row, self.keys))
        return row[self.column].strip() if row is not None else ""


class Condition(NamedTuple):
    """A column that has to have one of some words."""

    cell: Cell
    words: frozenset[str]

    def holds(self, parts: Parts) -> bool:
        """Return True if a row has one of the words."""
        return same(one(self.cell.of(parts))) in self.words


class Value(NamedTuple):
    """What a key of the mapping stands for in a row: a cell, or a text with cells in it, and what is done with it."""

    cells: tuple[Cell, ...] = ()
    """The first that is not empty counts."""
    fixed: tuple[str, ...] = ()
    """The texts before, between and after the cells, where the value is a text with cells in it."""
    replace: tuple[tuple[str, str], ...] = ()
    sign: str | None = None
    """Where to split a cell into several."""
    words: Mapping[str, str] = {}
    """Word as it is compared -> what it means."""

    def of(self, parts: Parts) -> Text:
        """Return the value in a row; "" if there is none."""
        if self is NOTHING:
            return ""
        cells = self.cells
        if self.fixed:
            found: Text = self._filled(parts)
        elif len(cells) == 1:
            found = cells[0].of(parts)
        else:
            found = next((text for cell in cells if (text := cell.of(parts))), "")
        return self._changed(found) if self.replace or self.words or self.sign is not None else found

    def _changed(self, found: Text) -> Text:
        if self.replace:
            found = _each(found, self._replaced)
        if self.sign is not None:
            found = [item.strip() for cell in many(found) for item in cell.split(self.sign)]
        return _each(found, self._meant) if self.words else found

    def _filled(self, parts: Parts) -> str:
        """Return the text with its cells; one that is empty leaves the whole text empty."""
        found = [one(cell.of(parts)) for cell in self.cells]
        if not all(found):
            return ""
        return self.fixed[0] + "".join(cell + rest for cell, rest in zip(found, self.fixed[1:], strict=True))

    def _replaced(self, word: str) -> str:
        for old, new in self.replace:
            word = word.replace(old, new)
        return word.strip()

    def _meant(self, word: str) -> str:
        return self.words.get(same(word), word)


NOTHING = Value()
"""The value of a key that the mapping does not have."""


class Columns:
    """Finds cells by name, and notes the names that are not there."""

    def __init__(self, mapping: MappingFile, parts: Sequence[Part], star: str | None = None) -> None:
        self._mapping, self._parts, self._star = mapping, parts, star
        self.problems: list[Problem] = []
        self.starred: list[Cell] = []
        """The cells of the group of columns that is repeated."""

    def value(self, spec: Any, way: Way) -> Value:
        """Return the value of a key: of a column's name, or of a mapping with column or text and more."""
        if isinstance(spec, str):
            return Value((self.cell(spec, way),))
        if "text" in spec:
            pieces = _SLOT.split(spec["text"])
            value = Value(tuple(self.cell(name, (*way, "text")) for name in pieces[1::2]), tuple(pieces[::2]))
        else:
            names = spec["column"] if isinstance(spec["column"], list) else [spec["column"]]
            value = Value(tuple(self.cell(name, (*way, "column")) for name in names))
        return value._replace(
            replace=tuple((old, new or "") for old, new in (spec.get("replace") or {}).items()),
            sign=spec.get("split"),
            words={same(word): str(meaning) for word, meaning in (spec.get("words") or {}).items()},
        )

    def cell(self, name: str, way: Way) -> Cell:
        """Return where the cell of a column is."""
        full = name.replace(STAR, self._star) if self._star is not None else name
        cell = self._cell(full, way)
        if full != name:
            self.starred.append(cell)
        return cell

    def chosen(self, where: Mapping[str, Any], way: Way) -> tuple[Condition, ...]:
        """Return that a row has one of the stated words in each of these columns."""
        wanted = {name: words if isinstance(words, list) else [words] for name, words in where.items()}
        return tuple(
            Condition(self.cell(name, (*way, name)), frozenset(same(str(word)) for word in words))
            for name, words in wanted.items()
        )

    def raw(self, name: str, way: Way) -> Cell:
        """Return where a value of JSON is that is taken as it is: for `each`."""
        index, part, local = self._part(name)
        return Cell(index, keys=self._path(part, local, way))

    def _part(self, name: str) -> tuple[int, Part, str]:
        for index, part in reversed([*enumerate(self._parts)]):
            if part.prefix and name.startswith(f"{part.prefix}."):
                return index, part, name[len(part.prefix) + 1 :]
        return 0, self._parts[0], name

    def _cell(self, name: str, way: Way) -> Cell:
        index, part, local = self._part(name)
        if part.columns is None:
            return Cell(index, keys=self._path(part, local, way))
        if part.columns.count(local) != 1:
            self._missing(part, name, local, way)
            return Cell(index)
        return Cell(index, part.columns.index(local))

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


def one(cell: Text) -> str:
    """Return a cell as one text; the items of a list are joined by commas."""
    return cell if isinstance(cell, str) else ", ".join(filter(None, cell))


def many(cell: Text) -> list[str]:
    """Return the texts of a cell; none of an empty one."""
    return [cell] if isinstance(cell, str) and cell else [item for item in cell if item]


def text(value: Any) -> Text:
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


def _each(cell: Text, made: Callable[[str], str]) -> Text:
    return made(cell) if isinstance(cell, str) else [made(item) for item in cell]
