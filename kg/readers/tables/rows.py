"""The rows of a table with what belongs to each: its matches in a second file, and the items of a list inside it."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import DataError
from kg.readers.claim_files.wording import shown
from kg.readers.tables.columns import Columns, Part, Parts, follow, has, one
from kg.readers.tables.sources import Table, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.readers.tables.columns import Cell
    from kg.readers.tables.mapping import Mapping
    from kg.readers.tables.sources import Row
    from kg.readers.tables.summary import Findings

SAMPLES = 100
"""First records by which the names in a mapping are checked."""


class Rows(NamedTuple):
    """A table that is being gone through."""

    parts: tuple[Part, ...]
    rows: Iterator[tuple[int | None, Parts]]
    """The line that each begins on, and its parts."""


class _Join(NamedTuple):
    part: Part
    here: tuple[Cell, ...]
    matches: dict[tuple[str, ...], list[Any]]
    file: str
    optional: bool


@contextmanager
def opened_rows(path: Path, mapping: Mapping, findings: Findings) -> Iterator[Rows]:
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
        yield Rows(tuple(parts), parted)


def _counted(rows: Iterator[Row], findings: Findings) -> Iterator[tuple[int | None, Parts]]:
    for line, row in rows:
        findings.rows += 1
        yield line, (row,)


def _begun(rows: Iterator[Row]) -> tuple[tuple[Any, ...], Iterator[Row]]:
    first = tuple(islice(rows, SAMPLES))
    return tuple(row for _, row in first), chain(first, rows)


def _checked(mapping: Mapping, parts: Iterable[Part], make: Callable[[Columns], Any]) -> Any:
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


def _join(path: Path, mapping: Mapping, main: Part, findings: Findings) -> _Join:
    spec = mapping.value["join"]
    file = path.parent / spec["file"]
    matches: dict[tuple[str, ...], list[Any]] = {}
    with opened(file, spec.get("table", {}), findings) as table:
        first, rows = _begun(_whole_rows(table, spec.get("table", {}), findings))
        there = Part("", table.columns, first, file.name)
        on = [(("join", "on", own), name) for own, name in spec["on"].items()]
        keys = _checked(mapping, [there], lambda c: [c.cell(name, way) for way, name in on])
        chosen = _checked(mapping, [there], lambda c: c.chosen(spec.get("where", {}), ("join", "where")))
        for _, row in rows:
            if all(condition.holds((row,)) for condition in chosen):
                matches.setdefault(tuple(one(key.of((row,))) for key in keys), []).append(row)
        part = there._replace(prefix=spec["as"])
    here = _checked(mapping, [main], lambda c: tuple(c.cell(own, ("join", "on")) for own in spec["on"]))
    return _Join(part, here, matches, file.name, bool(spec.get("optional")))


def _joined(
    rows: Iterator[tuple[int | None, Parts]], join: _Join, findings: Findings
) -> Iterator[tuple[int | None, Parts]]:
    for line, parts in rows:
        key = tuple(one(cell.of(parts)) for cell in join.here)
        found = join.matches.get(key)
        if found is None:
            if not join.optional:
                message = f"{join.file} has nothing for {shown(', '.join(key))}; its cells are left empty"
                findings.add("warning", "no-match", message, line)
            yield line, (*parts, None)
            continue
        for match in found:
            yield line, (*parts, match)


def _items(rows: Iterator[tuple[int | None, Parts]], each: Cell) -> Iterator[tuple[int | None, Parts]]:
    for line, parts in rows:
        items = follow(parts[each.part], each.keys)
        for item in items if isinstance(items, list) else [items]:
            yield line, (*parts, item)


def _item_samples(first: Iterable[Any], name: str) -> tuple[Any, ...]:
    keys = tuple(name.split("."))
    found = [follow(record, (name,) if has(record, (name,)) else keys) for record in first]
    return tuple(item for items in found if isinstance(items, list) for item in items if isinstance(item, dict))
