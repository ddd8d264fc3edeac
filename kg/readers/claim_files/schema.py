"""A claim file held against the JSON Schema that editors use too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kg.errors import Problem
from kg.files import read_text
from kg.readers.claim_files.schema_messages import Failure, faults

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

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
