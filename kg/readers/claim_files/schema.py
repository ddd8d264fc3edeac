"""Checks of a claim file: against the JSON Schema that editors use too, and by rules that no schema can state."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from kg.errors import Problem
from kg.files import read_text
from kg.model.literals import date
from kg.readers import suggestions
from kg.readers.claim_files.fields import DEFAULTING, SECTIONS, TARGETS, subject
from kg.readers.claim_files.index import dangling
from kg.readers.schema_messages import TYPES, Fault, SchemaMessages
from kg.readers.suggestions import a, listed, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.yaml import Document
    from kg.readers.schema_messages import Failure, Way

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
    if message := _other_file(document.value):
        return {}, [Problem("violation", "not-a-claim-file", message, document.place(()))]
    found = ClaimFileMessages(schema()["$defs"]).faults(_validator().iter_errors(document.value))
    bad_ids = {fault.way[-1] for fault in found if fault.rule == "malformed-id" and fault.at_key}
    problems = []
    for fault in found:
        if fault.rule == "malformed-id" and not fault.at_key and _at(document.value, fault.way) in bad_ids:
            continue  # the id is reported where it is given; its references will be right with it
        problems.append(document.problem(fault))
    return _without(document.value, {fault.way for fault in found if fault.drop}), problems


_OTHERS = {
    "mapping-file": "a mapping file, which says how a table is read: kg load TABLE --mapping THIS",
    "policy": "a policy, by which standings are weighed: kg standing --policy THIS",
}
"""First key of another format of ours -> what it is, and which command takes it."""


def _other_file(value: dict[str, Any]) -> str:
    """Return the sentence about a YAML file that is meant for something else; empty if it may be a claim file."""
    keys, known = list(map(str, value)), schema()["properties"]
    if "claim-file" in value or not keys:
        return ""
    if keys[0] in _OTHERS:
        return f"this is no claim file but {_OTHERS[keys[0]]}"
    if any(key in known or nearest(key, list(known)) for key in keys):
        return ""
    begins = "a claim file begins with claim-file: 1, and sections such as claims: follow"
    return f"this is no claim file (its first keys: {', '.join(keys[:3])}): {begins}; a table is read with --mapping"


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


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
    for key in ("date", "retraction-date", "searched"):
        written = record.values.get(key)
        if written is not None and date(written) is None:
            message = f"{key} of {record}: there is no day {shown(written)}"
            yield Problem("violation", "malformed-date", message, document.place((*record.path, key)))


# ------------------------------------------------------------------------------------------------------------- messages

_MANY = 6
"""More words than these are not all listed when one of them is near."""


class ClaimFileMessages(SchemaMessages):
    """Sentences about what the schema of claim files refuses."""

    begins = "a claim file begins with claim-file: 1, the version of its format"

    def sentences(self) -> dict[str, Callable[[Failure], Iterator[Fault]]]:
        """Return those of all formats, and of the keywords that only this schema has."""
        return super().sentences() | {
            "exclusiveMaximum": self.limit,
            "exclusiveMinimum": self.limit,
            "maxItems": self.count,
            "maximum": self.limit,
            "minItems": self.count,
            "oneOf": self.targets,
            "uniqueItems": self.repeated,
        }

    def name(self, way: Way) -> str:
        """Return what a value is called: "stance of assertion amta-relieves"."""
        return subject(way)

    def bad_key(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a word cannot be an id."""
        word = str(failure.value)
        message = f"{shown(word)} cannot be an id: an id is lower-case words joined by hyphens{_meant('id', word)}"
        yield Fault("malformed-id", (*failure.way, word), message, at_key=True)

    def empty(self, failure: Failure) -> str:
        """Return the sentence about a key without a value, with what a record needs."""
        way = failure.way
        if way[0] == "arguments" and way[-1] in TARGETS:
            return f"argument {way[-2]} {way[-1]} nothing: name the claim, assertion, argument, study or source"
        needed = failure.part.get("required")
        return f"{subject(way)} is empty: it needs {listed(needed, 'and')}" if needed else super().empty(failure)

    def no_such_key(self, way: Way, key: str, value: Any, advice: str) -> Fault:
        """Return the sentence about a key, or at the top about a section, that there is not."""
        if value is None and " " in key:
            advice = "; a text with a comma inside { } must be in quotes"
        if way:
            return super().no_such_key(way, key, value, advice)
        holders = [section.kind for section in SECTIONS.values() if key in section.inner]
        advice = f"; {key} stand inside {a(holders[0])}" if holders else advice
        return Fault("unknown-section", (key,), f'a claim file has no section "{key}"{advice}', at_key=True)

    def wrong_word(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a word is no label of its concept scheme."""
        words, word = list(failure.wanted), failure.value
        if isinstance(word, list):
            message = f"{subject(failure.way)} must be one word, not a list ({listed(words)})"
            yield Fault("wrong-word", failure.way, message)
            return
        meant = suggestions.preferred(str(word), words) or nearest(word, words)
        near = f'; did you mean "{meant}"?' if meant else ""
        choices = "" if meant and len(words) > _MANY else f" ({listed(words)})"
        yield Fault("wrong-word", failure.way, f"{shown(word)} is not {a(failure.part['title'])}{near}{choices}")

    def not_of_type(self, failure: Failure, types: list[Any]) -> Fault:
        """Return the sentence about a value of another type, with what was probably meant."""
        if failure.way[0] == "arguments" and failure.way[-1] in TARGETS and isinstance(failure.value, list):
            return _many_targets(failure)
        names = [name for part in types for name in (part if isinstance(part, list) else [part]) if name != "null"]
        wanted = listed([TYPES[name] for name in dict.fromkeys(names)])
        is_plain = not isinstance(failure.value, str | list | dict)
        is_one = not isinstance(failure.value, list | dict)
        meant = _meant(str(failure.part.get("title")), failure.value) if is_one else ""
        hint = meant or ("; put it in quotes" if is_plain and "string" in names else "")
        message = f"{subject(failure.way)} must be {wanted}, not {_found(failure.value)}{hint}"
        return Fault("wrong-type", failure.way, message)

    def pattern(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a text does not have its form, and the right form."""
        title = str(failure.part["title"])
        what = "a whole web address" if title == "base" else a(title)
        advice = failure.part["patternErrorMessage"] + _meant(title, failure.value)
        message = f"{shown(failure.value)} in {subject(failure.way)} is not {what}: {advice}"
        yield Fault(f"malformed-{title.lower().replace(' ', '-')}", failure.way, message)

    def limit(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a number is too small or too large, or cannot be what it stands for."""
        return self.pattern(failure) if "patternErrorMessage" in failure.part else super().limit(failure)

    def count(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a list has too few or too many items."""
        if failure.keyword == "maxItems" and failure.way[-1] != "interval":
            most = failure.wanted
            message = f"{subject(failure.way)} has {len(failure.value)} values: write one, or {most} for a range"
            yield Fault("too-many", failure.way, message)
            return
        if failure.way[-1] != "interval":
            yield from self.too_little(failure)
            return
        message = f"{subject(failure.way)} must be two numbers, its lower and its upper end: [-4.0, -1.8]"
        yield Fault("wrong-interval", failure.way, message)

    def repeated(self, failure: Failure) -> Iterator[Fault]:
        """Yield that a list names something twice."""
        twice = next(item for item in failure.value if failure.value.count(item) > 1)
        message = f"{subject(failure.way)} names {shown(twice)} twice; keep one"
        yield Fault("named-twice", failure.way, message, drop=False)

    def targets(self, failure: Failure) -> Iterator[Fault]:
        """Yield that an argument has no target or several."""
        known, written = failure.part["properties"], failure.value
        named = [key for key in TARGETS if key in written]
        if named:
            message = (
                f"{subject(failure.way)} {listed(named, 'and')}: keep one, and write another argument for the other"
            )
        elif any(nearest(key, known) in TARGETS for key in written if key not in known):
            return
        else:
            message = f"{subject(failure.way)} has no target: add supports, opposes or qualifies, and what it is about"
        yield Fault("one-target", failure.way, message, at_key=True, drop=False)


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


def _meant(title: str, value: Any) -> str:
    meant = suggestions.repaired(title, str(value))
    return f'; did you mean "{meant}"?' if meant else ""
