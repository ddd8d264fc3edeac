"""Outlines that Kialo exports: numbered theses, each with numbered arguments, Pro or Con."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.readers import broken
from kg.readers.argument_maps.form import ArgumentMap, MapRelation, MapStatement, clean, text_of_map, without_links
from kg.readers.suggestions import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem

_TITLE = re.compile(r"Discussion (?:Title|Name):[ \t]*(.*)")
_ITEM = re.compile(r"((?:\d{1,9}\.){1,1000})[ \t]*(?:(Pro|Con):)?(?:[ \t]+(.*)|$)")
_SEE = re.compile(r"->\s*See\s+((?:\d{1,9}\.)+)")
_KINDS = {"Pro": "support", "Con": "attack"}
_ESCAPED = re.compile(r"\\([\[\]()*_#>.!~`-])")


class _Item(NamedTuple):
    """A numbered item: "1.2." is under "1."."""

    number: str
    kind: str
    text: str
    line: int

    @property
    def parent(self) -> str:
        """Number of the item above."""
        return self.number[: self.number[:-1].rfind(".") + 1]


def parsed(path: Path) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map of an outline.  A first item with theses that are neither Pro nor Con is a question."""
    guesses: list[Problem] = []
    found = ArgumentMap(path)
    items = {item.number: item for item in _items(path, text_of_map(path, guesses), found)}
    if not items:
        raise broken(path, None, 'there is no thesis ("1. Tea calms") in this outline; is the file cut?')
    neither = {item.parent for item in items.values() if item.parent and not item.kind}
    sides = {item.parent for item in items.values() if item.kind}
    questions = {number for number in neither - sides if number in items and not items[number].parent}
    for item in items.values():
        if item.number not in questions and not _SEE.match(item.text):
            question = clean(items[item.parent].text) if item.parent in questions else ""
            text, addresses = without_links(_ESCAPED.sub(r"\1", item.text))
            notes = [f"link: {address}" for address in addresses]
            groups = (question,) if question else ()
            found.statements[item.number] = MapStatement(clean(text), item.line, groups=groups, notes=notes)
    for item in items.values():
        _relate(found, item, items, questions)
    found.counts["statement"] = len(found.statements)
    found.counts["question"] = len(questions)
    for relation in found.relations.values():
        found.counts["pro" if relation.kind == "support" else "con"] += 1
    return found, guesses


def _items(path: Path, text: str, found: ArgumentMap) -> Iterator[_Item]:
    """Yield the items, each with all of its lines; what has no item above it belongs to the text."""
    item: _Item | None = None
    known = {""}
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TITLE.match(line.lstrip("\ufeff")):
            found.title = clean(match[1])
            continue
        match = _ITEM.match(line)
        new = _Item(match[1], match[2] or "", (match[3] or "").strip(), number) if match else None
        if new and new.kind and new.parent not in known:
            raise broken(path, number, f"{new.number} is under {new.parent}, which is not in the file; is it cut?")
        if new and new.number not in known and new.parent in known and (new.kind or new.number.count(".") < 3):
            yield from [item] if item else []
            known.add(new.number)
            item = new
        elif item:
            item = item._replace(text=f"{item.text} {line.strip()}".strip())
        elif line.strip():
            raise broken(path, number, f'{shown(line)} is before any thesis such as "1. Tea calms"')
    yield from [item] if item else []


def _relate(found: ArgumentMap, item: _Item, items: dict[str, _Item], questions: set[str]) -> None:
    """Add the relation of an item to the one above, or of the item that it refers to."""
    see = _SEE.match(item.text)
    source = see[1] if see else item.number
    if see and source not in found.statements:
        found.remark("left-out", f"{item.number} left out: it refers to {source}, which is not in the file", item.line)
    elif item.kind and item.parent in found.statements:
        found.relations[f"of {item.number}"] = MapRelation(_KINDS[item.kind], [source], item.parent, item.line)
    elif item.kind:
        found.remark("left-out", f"{item.number} is {item.kind} to {item.parent}, which refers to another", item.line)
    elif item.parent and item.parent not in questions:
        found.remark("left-out", f"{item.number} is neither Pro nor Con: its relation is left out", item.line)
