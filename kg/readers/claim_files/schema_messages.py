"""What is wrong with a claim file by its JSON Schema, as plain sentences that name the nearest right thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.readers import suggestions
from kg.readers.claim_files.fields import SECTIONS, TARGETS, subject
from kg.readers.suggestions import a, did_you_mean, listed, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.readers.claim_files.yaml import Way

_MANY = 6
"""More words than these are not all listed when one of them is near."""

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping of keys",
}
_LIMITS = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "above", "exclusiveMaximum": "below"}


class Failure(NamedTuple):
    """A keyword of the schema that a value does not satisfy."""

    keyword: str
    wanted: Any
    """The value of the keyword."""
    value: Any
    part: dict[str, Any]
    """The part of the schema that the keyword is in."""
    way: Way
    is_key: bool
    """Whether it is about the keys of the mapping at `way`, and `value` is one of them."""
    branches: tuple[tuple[Failure, ...], ...]
    """For anyOf and oneOf: why each alternative does not fit."""


class Fault(NamedTuple):
    """A sentence about the value at `way`, or about its key."""

    rule: str
    way: Way
    message: str
    at_key: bool = False
    drop: bool = True
    """Whether what follows should not look at the value."""


def faults(failure: Failure, definitions: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a person should read about `failure`; `definitions` are the schema's $defs."""
    if failure.is_key:
        yield _malformed_id(failure)
    elif failure.keyword == "anyOf":
        yield from _as_meant(failure, definitions)
    elif failure.value is None:
        yield Fault("empty", failure.way, _empty(failure), at_key=True)
    elif failure.keyword == "required":
        yield from _missing(failure, definitions)
    else:
        yield from BY_KEYWORD[failure.keyword](failure)


def _malformed_id(failure: Failure) -> Fault:
    word = str(failure.value)
    message = f"{shown(word)} cannot be an id: an id is lower-case words joined by hyphens{_repaired('id', word)}"
    return Fault("malformed-id", (*failure.way, word), message, at_key=True)


def _as_meant(failure: Failure, definitions: Mapping[str, Any]) -> Iterator[Fault]:
    """Of several allowed shapes, speak only of the one that has the type of what was written."""
    if failure.value is None:
        yield Fault("empty", failure.way, _empty(failure), at_key=True)
        return
    wrong_types = []
    for branch in failure.branches:
        types = [inner for inner in branch if inner.keyword == "type" and inner.way == failure.way]
        if not types:
            for inner in branch:
                yield from faults(inner, definitions)
            return
        wrong_types += [inner.wanted for inner in types]
    yield _wrong_type(failure, wrong_types)


def _empty(failure: Failure) -> str:
    way = failure.way
    if way[0] == "arguments" and way[-1] in TARGETS:
        return f"argument {way[-2]} {way[-1]} nothing: name the claim, assertion or argument"
    needed = failure.part.get("required")
    return f"{subject(way)} is empty: " + (f"it needs {listed(needed, 'and')}" if needed else "write its value")


def _unknown(failure: Failure) -> Iterator[Fault]:
    known = list(failure.part["properties"])
    for key, value in failure.value.items():
        if key in known:
            continue
        holders = [section.kind for section in SECTIONS.values() if key in section.inner]
        advice = did_you_mean(key, known) or f"; its keys are {listed(known, 'and')}"
        if value is None and " " in key:
            advice = "; a text with a comma inside { } must be in quotes"
        if failure.way:
            message = f'{subject(failure.way)} has no key "{key}"{advice}'
            yield Fault("unknown-key", (*failure.way, key), message, at_key=True)
        else:
            advice = f"; {key} stand inside {a(holders[0])}" if holders else advice
            message = f'a claim file has no section "{key}"{advice}'
            yield Fault("unknown-section", (key,), message, at_key=True)


def _missing(failure: Failure, definitions: Mapping[str, Any]) -> Iterator[Fault]:
    known = failure.part["properties"]
    slips = {nearest(key, known) for key in failure.value if key not in known}
    for key in failure.wanted:
        if key in failure.value or key in slips:
            continue
        message = f"{subject(failure.way)} has no {key}; add it: {_meaning(known[key], definitions)}"
        if not failure.way:
            message = "a claim file begins with claim-file: 1, the version of its format"
        yield Fault("missing-key", failure.way, message, at_key=True, drop=False)


def _meaning(part: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    words = definitions.get(str(part.get("$ref")).rpartition("/")[2], part).get("enum")
    if words:
        return f"one of {listed(words)}"
    said = str(part["description"]).rstrip(".")
    return said[:1].lower() + said[1:]


def _wrong_word(failure: Failure) -> Iterator[Fault]:
    words, word = list(failure.wanted), failure.value
    meant = suggestions.preferred(str(word), words) or nearest(word, words)
    near = f'; did you mean "{meant}"?' if meant else ""
    choices = "" if meant and len(words) > _MANY else f" ({listed(words)})"
    yield Fault("wrong-word", failure.way, f"{shown(word)} is not {a(failure.part['title'])}{near}{choices}")


def _type(failure: Failure) -> Iterator[Fault]:
    yield _wrong_type(failure, [failure.wanted])


def _wrong_type(failure: Failure, types: list[Any]) -> Fault:
    if failure.way[0] == "arguments" and failure.way[-1] in TARGETS and isinstance(failure.value, list):
        return _many_targets(failure)
    names = [name for part in types for name in (part if isinstance(part, list) else [part]) if name != "null"]
    wanted = listed([_TYPES[name] for name in dict.fromkeys(names)])
    is_plain = not isinstance(failure.value, str | list | dict)
    is_one = not isinstance(failure.value, list | dict)
    meant = _repaired(str(failure.part.get("title")), failure.value) if is_one else ""
    hint = meant or ("; put it in quotes" if is_plain and "string" in names else "")
    message = f"{subject(failure.way)} must be {wanted}, not {_found(failure.value)}{hint}"
    return Fault("wrong-type", failure.way, message)


def _many_targets(failure: Failure) -> Fault:
    named = listed([shown(item) for item in failure.value[:_MANY]], "and") or "a list"
    message = f"{subject(failure.way)} names {named}, but an argument has one target: write a second argument"
    if len(failure.value) < 2:
        message = f"{subject(failure.way)} is a list, but an argument has one target: write it without [ ]"
    return Fault("one-target", failure.way, message)


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping of keys"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return f"the word {str(value).lower()}" if isinstance(value, bool) else f"the number {value}"


def _pattern(failure: Failure) -> Iterator[Fault]:
    title = str(failure.part["title"])
    what = "a whole web address" if title == "base" else a(title)
    advice = failure.part["patternErrorMessage"] + _repaired(title, failure.value)
    message = f"{shown(failure.value)} in {subject(failure.way)} is not {what}: {advice}"
    yield Fault(f"malformed-{title.lower().replace(' ', '-')}", failure.way, message)


def _repaired(title: str, value: Any) -> str:
    meant = suggestions.repaired(title, str(value))
    return f'; did you mean "{meant}"?' if meant else ""


def _limit(failure: Failure) -> Iterator[Fault]:
    if "patternErrorMessage" in failure.part:
        yield from _pattern(failure)
        return
    limit = f"{_LIMITS[failure.keyword]} {failure.wanted}"
    yield Fault("out-of-range", failure.way, f"{subject(failure.way)} must be {limit}, not {failure.value}")


def _too_short(failure: Failure) -> Iterator[Fault]:
    yield Fault("empty", failure.way, _empty(failure), at_key=True)


def _count(failure: Failure) -> Iterator[Fault]:
    if failure.way[-1] == "interval":
        message = f"{subject(failure.way)} must be two numbers, its lower and its upper end: [-4.0, -1.8]"
        yield Fault("wrong-interval", failure.way, message)
    else:
        yield Fault("empty", failure.way, _empty(failure), at_key=True)


def _repeated(failure: Failure) -> Iterator[Fault]:
    twice = next(item for item in failure.value if failure.value.count(item) > 1)
    yield Fault("named-twice", failure.way, f"{subject(failure.way)} names {shown(twice)} twice; keep one", drop=False)


def _version(failure: Failure) -> Iterator[Fault]:
    message = f"claim-file: {failure.value} is a version of the format that this kg does not know; it reads version 1"
    yield Fault("unknown-version", failure.way, message)


def _targets(failure: Failure) -> Iterator[Fault]:
    known, written = failure.part["properties"], failure.value
    named = [key for key in TARGETS if key in written]
    if named:
        message = f"{subject(failure.way)} {listed(named, 'and')}: keep one, and write another argument for the other"
    elif any(nearest(key, known) in TARGETS for key in written if key not in known):
        return
    else:
        message = f"{subject(failure.way)} has no target: add supports, opposes or qualifies, and what it is about"
    yield Fault("one-target", failure.way, message, at_key=True, drop=False)


BY_KEYWORD: dict[str, Callable[[Failure], Iterator[Fault]]] = {
    "additionalProperties": _unknown,
    "enum": _wrong_word,
    "type": _type,
    "pattern": _pattern,
    "minimum": _limit,
    "maximum": _limit,
    "exclusiveMinimum": _limit,
    "exclusiveMaximum": _limit,
    "minLength": _too_short,
    "minItems": _count,
    "maxItems": _count,
    "uniqueItems": _repeated,
    "const": _version,
    "oneOf": _targets,
}
"""Keyword of JSON Schema -> what it means for a person; a test finds every keyword of the schema here."""
