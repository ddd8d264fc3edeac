"""Forms for new records: the keys of the claim-file schema, with what can stand in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.readers.claim_files.fields import NESTED, PASSAGES, SECTIONS
from kg.readers.claim_files.schema import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {section.kind: name for name, section in SECTIONS.items() if name not in NESTED}
"""A kind of record that can be added -> the section that it stands in."""


class Blank(NamedTuple):
    """One key of a record."""

    key: str
    description: str
    is_required: bool
    choices: tuple[str, ...]
    """The words that can stand there; empty if there is no such list."""
    is_list: bool
    """True if several values can stand there."""
    kinds: tuple[str, ...]
    """Kinds of record that an id here may name; none if the value is not an id."""
    is_passage: bool
    """True if the value is words of a source."""
    is_number: bool
    """True if a value of digits is written as a number."""


def blanks(kind: str) -> tuple[Blank, ...]:
    """Return the blanks of a record of `kind`, a word of `KINDS`, in the order of the schema.

    What is made of several keys itself, such as a judgement of the risk of bias, is written into the file.
    """
    section = SECTIONS[KINDS[kind]]
    record = schema()["$defs"][kind]
    return tuple(
        _blank(key, part, key in record["required"], section.fields[key].kinds)
        for key, part in record["properties"].items()
        if key not in section.inner and not section.fields[key].part
    )


def _blank(key: str, part: Mapping[str, Any], is_required: bool, kinds: tuple[str, ...]) -> Blank:
    meant = {**_resolved(part), **part}
    shapes = [_resolved(shape) for shape in meant.get("anyOf", [meant])]
    return Blank(
        key=key,
        description=meant.get("description", ""),
        is_required=is_required,
        choices=tuple(next((shape["enum"] for shape in shapes if "enum" in shape), ())),
        is_list=any(shape.get("type") == "array" for shape in shapes),
        kinds=kinds,
        is_passage=key in PASSAGES,
        is_number=any("integer" in shape.get("type", ()) for shape in shapes),
    )


def _resolved(part: Mapping[str, Any]) -> Mapping[str, Any]:
    name = part.get("$ref", "").removeprefix("#/$defs/")
    return schema()["$defs"][name] if name else part
