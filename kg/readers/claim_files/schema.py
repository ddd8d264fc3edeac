"""Checks of a claim file: against the JSON Schema that editors use too, and by rules that no schema can state."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kg.errors import Problem
from kg.files import read_text
from kg.model.statements import date
from kg.readers.claim_files.fields import DEFAULTING
from kg.readers.claim_files.index import dangling
from kg.readers.claim_files.schema_messages import Failure, faults
from kg.readers.suggestions import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema.exceptions import ValidationError

    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.yaml import Document, Way

FILE = Path(__file__).with_name("schema.json")


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of claim files."""
    return dict(json.loads(read_text(FILE)))


def check(document: Document) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of `document` without those that the schema refuses, and a problem for each of these."""
    if not isinstance(document.value, dict):
        message = "the file holds no claims: its first line is claim-file: 1, and sections such as claims: follow"
        return {}, [Problem("violation", "not-a-claim-file", message, document.place(()))]
    definitions = schema()["$defs"]
    errors = [_failure(error) for error in _validator().iter_errors(document.value)]
    found = list(dict.fromkeys(fault for error in errors for fault in faults(error, definitions)))
    bad_ids = {fault.way[-1] for fault in found if fault.rule == "malformed-id" and fault.at_key}
    problems = []
    for fault in found:
        if fault.rule == "malformed-id" and not fault.at_key and _at(document.value, fault.way) in bad_ids:
            continue  # the id is reported where it is given; its references will be right with it
        place = document.key_place(fault.way) if fault.at_key else document.place(fault.way)
        problems.append(Problem("violation", fault.rule, fault.message, place))
    return _without(document.value, {fault.way for fault in found if fault.drop}), problems


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def _failure(error: ValidationError) -> Failure:
    branches: dict[Any, list[Failure]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(_failure(inner))
    return Failure(
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        part=error.schema if isinstance(error.schema, dict) else {},
        way=tuple(error.absolute_path),
        is_key="propertyNames" in error.absolute_schema_path,
        branches=tuple(map(tuple, branches.values())),
    )


def _at(value: Any, way: Way) -> Any:
    for part in way:
        value = value[part]
    return value


def _without(value: Any, dropped: set[Way], way: Way = ()) -> Any:
    if isinstance(value, dict):
        kept = {key: (*way, key) for key in value if (*way, key) not in dropped}
        return {key: _without(value[key], dropped, inner) for key, inner in kept.items()}
    if isinstance(value, list):
        return [_without(item, dropped, (*way, n)) for n, item in enumerate(value) if (*way, n) not in dropped]
    return value


def check_rules(
    document: Document, value: dict[str, Any], found: Iterable[Written], folder: Folder
) -> Iterator[Problem]:
    """Yield the problems of records whose shape is right."""
    yield from _header(document, value, folder)
    has_default = bool(value) and "document" in document.value
    for record in found:
        yield from dangling(record, folder, document)
        yield from _interval(record, document)
        yield from _dates(record, document)
        if record.kind in DEFAULTING and not has_default and "source" not in _written(document, record):
            message = f"{record} names no source, and the file has no document; add source: or, at the top, document:"
            yield Problem("violation", "no-source", message, document.key_place(record.path))


def _written(document: Document, record: Written) -> dict[str, Any]:
    """Return the keys of a record as they stand in the file, those with a wrong value too."""
    value = document.value
    for part in record.path:
        value = value[part]
    return value  # type: ignore[no-any-return]


def _header(document: Document, value: dict[str, Any], folder: Folder) -> Iterator[Problem]:
    if "claim-file" in value and next(iter(document.value)) != "claim-file":
        message = "claim-file must be the first key of the file: by it, a claim file is known"
        yield Problem("violation", "claim-file-first", message, document.key_place(("claim-file",)))
    if "document" in value and (missing := folder.missing(value["document"], ("source",))):
        yield Problem("violation", "dangling-id", missing.of("document"), document.place(("document",)))


def _interval(record: Written, document: Document) -> Iterator[Problem]:
    interval = record.values.get("interval")
    if record.kind != "finding" or not isinstance(interval, list) or len(interval) != 2:
        return
    lower, upper = interval
    if lower > upper:
        message = f"interval of {record} is the wrong way round; write [{upper}, {lower}]"
        yield Problem("violation", "wrong-interval", message, document.place((*record.path, "interval")))
        return
    value = record.values.get("value")
    if value is not None and not lower <= value <= upper:
        message = f"value {value} of {record} lies outside its interval [{lower}, {upper}]; is a sign lost?"
        yield Problem("warning", "outside-interval", message, document.place((*record.path, "value")))


def _dates(record: Written, document: Document) -> Iterator[Problem]:
    written = record.values.get("date")
    if written is not None and date(written) is None:
        message = f"date of {record}: there is no day {shown(written)}"
        yield Problem("violation", "malformed-date", message, document.place((*record.path, "date")))
