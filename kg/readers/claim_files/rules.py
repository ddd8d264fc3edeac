"""What a schema cannot say: that an interval begins with its lower end, that a day exists, that a source is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import Problem
from kg.model.statements import date
from kg.readers.claim_files.fields import DEFAULTING
from kg.readers.claim_files.index import dangling
from kg.readers.claim_files.wording import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.readers.claim_files.fields import Written
    from kg.readers.claim_files.index import Folder
    from kg.readers.claim_files.yaml import Document


def check(document: Document, value: dict[str, Any], found: Iterable[Written], folder: Folder) -> Iterator[Problem]:
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
