"""What is wrong with a mapping file by its JSON Schema, as plain sentences that name the nearest right thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.readers.suggestions import did_you_mean, listed, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema.exceptions import ValidationError

    from kg.readers.claim_files.yaml import Way

Complaint = tuple[str, str, "Way", bool]
"""The rule, the sentence, the way to the value, and whether the sentence is about its key."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys",
    "null": "nothing",
}


def complaints(error: ValidationError) -> Iterator[Complaint]:
    """Yield what a person should read about an error of the schema."""
    if error.instance is None:
        yield "empty", f"{_name(error)} is empty: write its value", _way(error), True
    elif error.validator == "anyOf":
        yield from _of_branches(error)
    else:
        yield from BY_KEYWORD[str(error.validator)](error)


def _of_branches(error: ValidationError) -> Iterator[Complaint]:
    """Of several allowed shapes, speak only of the one that has the type of what was written."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    for branch in branches.values():
        if not any(
            inner.validator in ("type", "enum") and inner.absolute_path == error.absolute_path for inner in branch
        ):
            for inner in branch:
                yield from complaints(inner)
            return
    words = [inner for branch in branches.values() for inner in branch if inner.validator == "enum"]
    if words and isinstance(error.instance, str):
        yield from complaints(words[0])
        return
    yield "wrong-type", f"{_name(error)} must be a column's name or a mapping of keys", _way(error), False


def _unknown(error: ValidationError) -> Iterator[Complaint]:
    known = list(_properties(error))
    where = f"{_name(error)} has" if error.absolute_path else "a mapping file has"
    written: Any = error.instance
    for key in written:
        if key not in known:
            advice = did_you_mean(key, known) or f"; its keys are {listed(known, 'and')}"
            yield "unknown-key", f'{where} no key "{key}"{advice}', (*_way(error), key), True


def _missing(error: ValidationError) -> Iterator[Complaint]:
    known = _properties(error)
    written: Any = error.instance
    for key in _wanted(error):
        if key not in written:
            said = str(known[key].get("description", "a column's name")).rstrip(".")
            what = f"{_name(error)} has" if error.absolute_path else "the mapping has"
            yield "missing-key", f"{what} no {key}; add it: {said[:1].lower()}{said[1:]}", _way(error), True


def _wrong_word(error: ValidationError) -> Iterator[Complaint]:
    words = [str(word) for word in _wanted(error)]
    advice = did_you_mean(error.instance, words) or f"; write {listed(words)}"
    yield "wrong-word", f"{shown(error.instance)} is no word for {_name(error)}{advice}", _way(error), False


def _type(error: ValidationError) -> Iterator[Complaint]:
    names = listed([_TYPES[name] for name in _wanted(error)])
    yield "wrong-type", f"{_name(error)} must be {names}, not {shown(error.instance)}", _way(error), False


def _version(error: ValidationError) -> Iterator[Complaint]:
    message = f"mapping-file: {error.instance} is a version of the format that this kg does not know; it reads 1"
    yield "unknown-version", message, _way(error), False


def _malformed(error: ValidationError) -> Iterator[Complaint]:
    advice = {"language": "write it as en or pt-BR", "delimiter": 'write one sign, a tab as "\\t"'}
    said = advice.get(str(error.absolute_path[-1]), "write a name that begins with a letter")
    yield "malformed", f"{shown(error.instance)} cannot be {_name(error)}; {said}", _way(error), False


def _too_little(error: ValidationError) -> Iterator[Complaint]:
    yield "empty", f"{_name(error)} is empty: write its value, or leave the key out", _way(error), True


def _minimum(error: ValidationError) -> Iterator[Complaint]:
    yield "out-of-range", f"{_name(error)} must be at least {error.validator_value}", _way(error), False


def _properties(error: ValidationError) -> dict[str, Any]:
    part: Any = error.schema
    return dict(part["properties"])


def _wanted(error: ValidationError) -> list[Any]:
    """Return the value of the keyword, of which several have one or a list."""
    wanted: Any = error.validator_value
    return wanted if isinstance(wanted, list) else [wanted]


def _name(error: ValidationError) -> str:
    return " of ".join(str(part) for part in reversed(error.absolute_path)) or "the mapping"


def _way(error: ValidationError) -> Way:
    return tuple(error.absolute_path)


BY_KEYWORD: dict[str, Callable[[ValidationError], Iterator[Complaint]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "enum": _wrong_word,
    "type": _type,
    "const": _version,
    "pattern": _malformed,
    "minLength": _too_little,
    "minItems": _too_little,
    "minProperties": _too_little,
    "minimum": _minimum,
}
"""Keyword of JSON Schema -> what it means for a person; a test finds every keyword of the schema here."""
