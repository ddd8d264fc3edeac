"""Messages about what a JSON Schema refuses, as plain sentences that name the nearest right thing.

`SchemaMessages` has what every format says in the same way; a format overrides what it has to say of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.readers.suggestions import did_you_mean, listed, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError

Way = tuple[Any, ...]
"""The way from the top of a file to a value."""

TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys",
    "null": "nothing",
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
    """True if it is about the keys of the mapping at `way`, and `value` is one of them."""
    branches: tuple[tuple[Failure, ...], ...]
    """For anyOf and oneOf: why each alternative does not fit."""


class Fault(NamedTuple):
    """A sentence about the value at `way`, or about its key."""

    rule: str
    way: Way
    message: str
    at_key: bool = False
    drop: bool = True
    """True if what follows should not look at the value."""


class SchemaMessages:
    """Sentences for the failures of one format; `definitions` are the schema's $defs."""

    file = "the file"
    """Name of the whole in a sentence."""
    begins = "the file has no {key}; add it: {meaning}"
    """Sentence about a key that is missing at the top."""
    version = "{key}: {value} is a version of the format that this kg does not know; it reads version 1"

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions

    def faults(self, errors: Iterable[ValidationError]) -> list[Fault]:
        """Return what a person should read about the errors of a validator, each sentence once."""
        return list(dict.fromkeys(fault for error in errors for fault in self.of(_failure(error))))

    def of(self, failure: Failure) -> Iterator[Fault]:
        """Yield what a person should read about a failure."""
        if failure.is_key:
            yield from self.bad_key(failure)
        elif failure.value is None:
            yield Fault("empty", failure.way, self.empty(failure), at_key=True)
        else:
            yield from self.sentences()[failure.keyword](failure)

    def sentences(self) -> dict[str, Callable[[Failure], Iterator[Fault]]]:
        """Return keyword of JSON Schema -> what it means for a person; a test finds every keyword of a schema here."""
        return {
            "additionalProperties": self.unknown_key,
            "anyOf": self.alternatives,
            "const": self.unknown_version,
            "enum": self.wrong_word,
            "minItems": self.too_little,
            "minLength": self.too_little,
            "minimum": self.limit,
            "pattern": self.pattern,
            "required": self.missing_key,
            "type": self.wrong_type,
        }

    def name(self, way: Way) -> str:
        """Return what the value at `way` is called in a sentence."""
        return " of ".join(str(part) for part in reversed(way)) or self.file

    def empty(self, failure: Failure) -> str:
        """Return the sentence about a key without a value."""
        return f"{self.name(failure.way)} is empty: write its value"

    def bad_key(self, failure: Failure) -> Iterator[Fault]:
        """Yield what is wrong with a key that may be any word of some form."""
        raise NotImplementedError

    def wrong_word(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a word is none of those that can stand there."""
        raise NotImplementedError

    def pattern(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a text does not have its form."""
        raise NotImplementedError

    def unknown_key(self, failure: Failure) -> Iterator[Fault]:
        """Yield a sentence for each key that there is not."""
        known = list(failure.part["properties"])
        for key, value in failure.value.items():
            if key not in known:
                advice = did_you_mean(key, known) or f"; its keys are {listed(known, 'and')}"
                yield self.no_such_key(failure.way, key, value, advice)

    def no_such_key(self, way: Way, key: str, value: Any, advice: str) -> Fault:
        """Return the sentence about a key that there is not."""
        return Fault("unknown-key", (*way, key), f'{self.name(way)} has no key "{key}"{advice}', at_key=True)

    def missing_key(self, failure: Failure) -> Iterator[Fault]:
        """Yield a sentence for each key that is missing, unless a slip of it is there."""
        known = failure.part["properties"]
        slips = {nearest(key, known) for key in failure.value if key not in known}
        for key in failure.wanted:
            if key not in failure.value and key not in slips:
                meaning = self.meaning(known[key])
                message = f"{self.name(failure.way)} has no {key}; add it: {meaning}"
                if not failure.way:
                    message = self.begins.format(key=key, meaning=meaning)
                yield Fault("missing-key", failure.way, message, at_key=True, drop=False)

    def meaning(self, part: Mapping[str, Any]) -> str:
        """Return what can be written for a part of the schema."""
        defined = self._definitions.get(str(part.get("$ref")).rpartition("/")[2], part)
        if words := defined.get("enum"):
            return f"one of {listed(words)}"
        said = str(part.get("description") or defined.get("description", "a column's name")).rstrip(".")
        return said[:1].lower() + said[1:]

    def alternatives(self, failure: Failure) -> Iterator[Fault]:
        """Yield, of several allowed shapes, only what is wrong with the one that has the type of what was written."""
        wrong_types: list[Any] = []
        for branch in failure.branches:
            types = [inner for inner in branch if self.is_of_shape(inner) and inner.way == failure.way]
            if not types:
                for inner in branch:
                    yield from self.of(inner)
                return
            wrong_types += types
        yield from self.no_shape(failure, wrong_types)

    def is_of_shape(self, failure: Failure) -> bool:
        """Return True if a failure says that another shape was meant."""
        return failure.keyword == "type"

    def no_shape(self, failure: Failure, shapes: list[Failure]) -> Iterator[Fault]:
        """Yield that a value has none of the allowed shapes."""
        yield self.not_of_type(failure, [shape.wanted for shape in shapes])

    def wrong_type(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a value is of another type."""
        yield self.not_of_type(failure, [failure.wanted])

    def not_of_type(self, failure: Failure, types: list[Any]) -> Fault:
        """Return the sentence about a value of another type."""
        names = [name for part in types for name in (part if isinstance(part, list) else [part])]
        wanted = listed([TYPES[name] for name in dict.fromkeys(names) if name != "null"])
        shapes: dict[type, str] = {list: TYPES["array"], dict: TYPES["object"]}
        found = shapes.get(type(failure.value)) or shown(failure.value)
        message = f"{self.name(failure.way)} must be {wanted}, not {found}"
        return Fault("wrong-type", failure.way, message)

    def unknown_version(self, failure: Failure) -> Iterator[Fault]:
        """Yield that the format has no such version."""
        message = self.version.format(key=failure.way[-1], value=failure.value)
        if failure.value == str(failure.wanted):
            message = f"{failure.way[-1]} is written as text; write it without quotation marks"
        yield Fault("unknown-version", failure.way, message)

    def too_little(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a text or a list is empty."""
        yield Fault("empty", failure.way, self.empty(failure), at_key=True)

    def limit(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a number is too small or too large."""
        message = f"{self.name(failure.way)} must be {_LIMITS[failure.keyword]} {failure.wanted}, not {failure.value}"
        yield Fault("out-of-range", failure.way, message)


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
