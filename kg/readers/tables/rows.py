"""Rows of a table and their cells: with the matches in a joined file, the items of a list, and paths into JSON."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import DataError
from kg.model.ids import normal
from kg.readers.suggestions import did_you_mean, is_pattern, listed, shown
from kg.readers.tables.files import Table, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.errors import Problem
    from kg.readers.claim_files.yaml import Way
    from kg.readers.tables.files import Row
    from kg.readers.tables.mapping import MappingFile
    from kg.readers.tables.summary import Findings

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


_NO_WORDS = frozenset(
    (
        "n/a",
        "n.a.",
        "n. a.",
        "nan",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "?",
        "??",
        "null",
        "<na>",
        "nat",
        "k. a.",
        "k.a.",
        "\\n",
    )
)
_ERROR = re.compile(r"#(?:n/[adv]!?|nv|nd|na|div/0!?|getting_data|\xbf?[^\W\d_]{2,12}[!?])", re.IGNORECASE)


def is_error(cell: str) -> bool:
    """Return True for what a spreadsheet shows in a cell that it cannot compute: #N/A, #DIV/0!, in German #NV."""
    return cell[:1] == "#" and _ERROR.fullmatch(cell.strip()) is not None


def is_nothing(cell: str) -> bool:
    """Return True for a cell that only says that nothing is known: n/a, -, ?, or an error of a spreadsheet."""
    return len(cell) < _LONGEST_NOTHING and (cell.strip().casefold() in _NO_WORDS or is_error(cell))


_LONGEST_NOTHING = 16


class Part(NamedTuple):
    """One of the parts of a row."""

    prefix: str
    """Name of its columns before a dot; empty for the table itself."""
    columns: tuple[str, ...] | None
    samples: tuple[Any, ...]
    """The first rows, by which names are checked where there are no columns."""
    file: str


class CellPath(NamedTuple):
    """Address of a value in a row: the part, and the column or the path."""

    part: int
    column: int = 0
    keys: tuple[str, ...] = ()
    """The path, where rows name their values."""
    kept: frozenset[str] = frozenset()
    """The words that count in this cell although they mostly mean that nothing is known, as the mapping names them."""

    def of(self, parts: Parts) -> Text:
        """Return the cell as text; "" where nothing is known, or a row has no match in a joined file."""
        row = parts[self.part]
        if self.keys:
            row, column = (text(follow(row, self.keys)),), 0
        else:
            column = self.column
        found = row[column] if row is not None else ""
        found = found.strip() if isinstance(found, str) else found
        return "" if isinstance(found, str) and is_nothing(found) and same(found) not in self.kept else found


class Condition(NamedTuple):
    """A column that has to have one of some words."""

    cell: CellPath
    words: frozenset[str]

    def holds(self, parts: Parts) -> bool:
        """Return True if a row has one of the words."""
        return same(one(self.cell.of(parts))) in self.words


class Value(NamedTuple):
    """Value of a key of the mapping: a cell, or a text with cells in it, and what is done with it."""

    cells: tuple[CellPath, ...] = ()
    """The first that is not empty counts."""
    fixed: tuple[str, ...] = ()
    """The texts before, between and after the cells, where the value is a text with cells in it."""
    replace: tuple[tuple[str, str], ...] = ()
    sign: str | None = None
    """Separator at which a cell is split into several."""
    words: Mapping[str, str] | None = None
    """Word as it is compared -> what it means."""
    patterns: tuple[tuple[re.Pattern[str], str], ...] = ()
    """For words that are not among `words`; the first that is found in the word as it is compared counts."""
    default: str = ""
    """For a row in which all the cells are empty."""

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
        found = found or self.default
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
        if (found := (self.words or {}).get(same(word))) is not None or not self.patterns or not word:
            return word if found is None else found
        return next((meaning for pattern, meaning in self.patterns if pattern.search(same(word))), word)


NOTHING = Value()
"""The value of a key that the mapping does not have."""


class Columns:
    """Finds cells by name, and notes the names that are not there."""

    def __init__(self, mapping: MappingFile, parts: Sequence[Part], star: str | None = None) -> None:
        self._mapping, self._parts, self._star = mapping, parts, star
        self.problems: list[Problem] = []
        self.starred: list[CellPath] = []
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
            names = [name for name in names if not spec.get("optional") or self._is_there(name)]
            value = Value(tuple(self.cell(name, (*way, "column")) for name in names))
        named = (*(spec.get("words") or {}), *(spec.get("replace") or {}))
        kept = frozenset(same(word) for word in named if is_nothing(word))
        return value._replace(
            cells=tuple(cell._replace(kept=kept) for cell in value.cells),
            replace=tuple((old, new or "") for old, new in (spec.get("replace") or {}).items()),
            sign=spec.get("split"),
            words={same(word): str(meaning) for word, meaning in (spec.get("words") or {}).items()},
            patterns=tuple(
                (re.compile(word[1:-1], re.IGNORECASE), str(meaning))
                for word, meaning in (spec.get("words") or {}).items()
                if is_pattern(word)
            ),
            default=spec.get("else", ""),
        )

    def _is_there(self, name: str) -> bool:
        _, part, local = self._part(name)
        if part.columns is not None:
            return " ".join(local.split()) in part.columns
        return any(has(sample, local.split(".")) or has(sample, [local]) for sample in part.samples)

    def cell(self, name: str, way: Way) -> CellPath:
        """Return where the cell of a column is."""
        full = name.replace(STAR, self._star) if self._star is not None else name
        cell = self._cell(full, way)
        if full != name:
            self.starred.append(cell)
        return cell

    def chosen(self, where: Mapping[str, Any], way: Way) -> tuple[Condition, ...]:
        """Return that a row has one of the stated words in each of these columns."""
        wanted = {name: words if isinstance(words, list) else [words] for name, words in where.items()}
        meant = {name: frozenset(same(str(word)) for word in words) for name, words in wanted.items()}
        return tuple(
            Condition(self.cell(name, (*way, name))._replace(kept=words), words) for name, words in meant.items()
        )

    def raw(self, name: str, way: Way) -> CellPath:
        """Return where a value of JSON is that is taken as it is: for `each`."""
        index, part, local = self._part(name)
        return CellPath(index, keys=self._path(part, local, way))

    def _part(self, name: str) -> tuple[int, Part, str]:
        for index, part in reversed([*enumerate(self._parts)]):
            if part.prefix and name.startswith(f"{part.prefix}."):
                return index, part, name[len(part.prefix) + 1 :]
        return 0, self._parts[0], name

    def _cell(self, name: str, way: Way) -> CellPath:
        index, part, local = self._part(name)
        if part.columns is None:
            return CellPath(index, keys=self._path(part, local, way))
        local = " ".join(local.split())
        if local not in part.columns:
            self._missing(part, name, local, way)
            return CellPath(index)
        return CellPath(index, part.columns.index(local))

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
        if f"{local} (1)" in known:
            message = f'{part.file} has more than one column "{name}"; write "{name} (1)" for the first, and so on'
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
    """Return True if a record has such a path, whatever is at its end."""
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


SAMPLES = 100
"""First records by which the names in a mapping are checked."""


class OpenedRows(NamedTuple):
    """A table that is being gone through."""

    parts: tuple[Part, ...]
    rows: Iterator[tuple[int | None, Parts]]
    """The line that each begins on, and its parts."""


class _Join(NamedTuple):
    part: Part
    here: tuple[CellPath, ...]
    pattern: re.Pattern[str] | None
    """Of the part of a cell by which rows are joined; the whole if there is none."""
    matches: dict[tuple[str, ...], list[Any]]
    file: str
    optional: bool


def _key(cells: Iterable[CellPath], parts: Parts, pattern: re.Pattern[str] | None) -> tuple[str, ...]:
    """Return what has to be the same in two rows that are joined; of a cell without the part that counts, the whole."""
    written = (one(cell.of(parts)) for cell in cells)
    if pattern is None:
        return tuple(written)
    found = ((cell, pattern.search(cell)) for cell in written)
    return tuple((match[1] if pattern.groups else match[0]) or "" if match else cell for cell, match in found)


@contextmanager
def opened_rows(path: Path, mapping: MappingFile, findings: Findings) -> Iterator[OpenedRows]:
    """Open a table with what is joined to it.

    Raises DataError for a column that the mapping names and the table does not have, UnreadableError as `sources`.
    """
    value = mapping.value
    with opened(path, value.get("table", {}), findings) as table:
        first, rows = _begun(_whole_rows(table, value.get("table", {}), findings))
        parts = [Part("", table.columns, first, path.name)]
        parted = _counted(rows, findings)
        if "join" in value:
            join = _join(path, mapping, parts[0], findings)
            parts.append(join.part)
            parted = _joined(parted, join, findings)
        if "each" in value:
            parted = _items(parted, _checked(mapping, parts, lambda c: c.raw(value["each"], ("each",))))
            parts.append(Part(value["each"], None, _item_samples(first, value["each"]), path.name))
        yield OpenedRows(tuple(parts), parted)


def _counted(rows: Iterator[Row], findings: Findings) -> Iterator[tuple[int | None, Parts]]:
    for line, row in rows:
        findings.rows += 1
        yield line, (row,)


def _begun(rows: Iterator[Row]) -> tuple[tuple[Any, ...], Iterator[Row]]:
    first = tuple(islice(rows, SAMPLES))
    return tuple(row for _, row in first), chain(first, rows)


def _checked(mapping: MappingFile, parts: Iterable[Part], make: Callable[[Columns], Any]) -> Any:
    columns = Columns(mapping, tuple(parts))
    made = make(columns)
    if columns.problems:
        raise DataError(columns.problems)
    return made


def _whole_rows(table: Table, how: dict[str, Any], findings: Findings) -> Iterator[Row]:
    """Leave out rows without any cell; note those with too few or too many."""
    if table.columns is None:
        for line, row in table.rows:
            if isinstance(row, dict):
                yield line, row
            else:
                findings.add("violation", "no-record", f"{shown(row)} is no record: a record names its values", line)
        return
    width, fill = len(table.columns), "short-rows" in how
    for line, row in table.rows:
        for n in [n for n, cell in enumerate(row[:width]) if is_error(cell)]:
            message = (
                f"{shown(row[n])} in {shown(table.columns[n])} is an error of a spreadsheet; read as an empty cell"
            )
            findings.add("warning", "error-cell", message, line)
        if len(row) == width:
            if any(row):
                yield line, row
        elif not any(cell.strip() for cell in row):
            continue
        elif len(row) > width and not any(cell.strip() for cell in row[width:]):
            yield line, row[:width]
        elif len(row) < width and fill:
            yield line, row + [""] * (width - len(row))
        else:
            findings.add("violation", "cells", _wrong_width(len(row), width), line)


def _wrong_width(found: int, width: int) -> str:
    if found < width:
        way_out = "the file is cut here, or cells are missing (if they are empty, state table: {short-rows: fill})"
    else:
        way_out = "put a cell that has the delimiter in it in quotation marks"
    return f"the row has {found} cells, and the table {width} columns; {way_out}"


def _join(path: Path, mapping: MappingFile, main: Part, findings: Findings) -> _Join:
    spec = mapping.value["join"]
    file = path.parent / spec["file"]
    matches: dict[tuple[str, ...], list[Any]] = {}
    pattern = re.compile(spec["part"]) if "part" in spec else None
    with opened(file, spec.get("table", {}), findings) as table:
        first, rows = _begun(_whole_rows(table, spec.get("table", {}), findings))
        there = Part("", table.columns, first, file.name)
        on = [(("join", "on", own), name) for own, name in spec["on"].items()]
        keys = _checked(mapping, [there], lambda c: [c.cell(name, way) for way, name in on])
        chosen = _checked(mapping, [there], lambda c: c.chosen(spec.get("where", {}), ("join", "where")))
        for _, row in rows:
            if all(condition.holds((row,)) for condition in chosen):
                matches.setdefault(_key(keys, (row,), pattern), []).append(row)
        part = there._replace(prefix=spec["as"])
    here = _checked(mapping, [main], lambda c: tuple(c.cell(own, ("join", "on")) for own in spec["on"]))
    return _Join(part, here, pattern, matches, file.name, bool(spec.get("optional")))


def _joined(
    rows: Iterator[tuple[int | None, Parts]], join: _Join, findings: Findings
) -> Iterator[tuple[int | None, Parts]]:
    for line, parts in rows:
        key = _key(join.here, parts, join.pattern)
        found = join.matches.get(key)
        if found is None:
            if not join.optional:
                message = f"{join.file} has nothing for {shown(', '.join(key))}; its cells are left empty"
                findings.add("warning", "no-match", message, line)
            yield line, (*parts, None)
            continue
        for match in found:
            yield line, (*parts, match)


def _items(rows: Iterator[tuple[int | None, Parts]], each: CellPath) -> Iterator[tuple[int | None, Parts]]:
    for line, parts in rows:
        items = follow(parts[each.part], each.keys)
        for item in items if isinstance(items, list) else [items]:
            yield line, (*parts, item)


def _item_samples(first: Iterable[Any], name: str) -> tuple[Any, ...]:
    keys = tuple(name.split("."))
    found = [follow(record, (name,) if has(record, (name,)) else keys) for record in first]
    return tuple(item for items in found if isinstance(items, list) for item in items if isinstance(item, dict))
