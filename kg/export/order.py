"""Statements in one order: the same bytes whatever the order of the store, without holding more than a part of them.

Oxigraph dumps in the order of its index.  Lines are sorted here as bytes, which in UTF-8 is the order of code points.
Turtle comes with a predicate a line, and is put together again by subject.
"""

from __future__ import annotations

import heapq
import re
from contextlib import ExitStack
from itertools import chain, groupby, islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HELD = 3_000_000
"""Lines that are held at once; what is more is sorted in parts on the disk, and merged."""

_OBJECT = re.compile(rb'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^\S+)?|[^\s,]\S*')
_QUOTE = ord('"')
_TAB = ord("\t")
Block = tuple[bytes, list[bytes]]
"""A subject, and its predicates with their objects: `hc:about m:massage , m:sleep`."""


def in_order(lines: Iterable[bytes], scratch: Path) -> Iterator[bytes]:
    """Yield `lines` sorted, each once; parts of more than HELD are kept in the folder `scratch` meanwhile."""
    lines = iter(lines)
    held = sorted(islice(lines, HELD))
    if len(held) < HELD:
        yield from _each_once(held)
        return
    runs: list[Path] = []
    while held:
        runs.append(scratch / f"{len(runs)}.run")
        with runs[-1].open("wb") as file:
            file.writelines(held)
        held = sorted(islice(lines, HELD))
    with ExitStack() as stack:
        yield from _each_once(heapq.merge(*(stack.enter_context(run.open("rb")) for run in runs)))


def blocks(turtle: Iterable[bytes], scratch: Path) -> Iterator[Block]:
    """Yield the subjects of a Turtle dump in order, with their predicates in none.

    `turtle` are the dump's lines, as Oxigraph breaks them: it escapes line breaks in texts.
    """
    turtle = iter(turtle)
    held: dict[bytes, list[bytes]] = {}
    for subject, predicate in islice(_predicates(turtle), HELD):
        held.setdefault(subject, []).append(predicate)
    rest = _predicates(turtle, next(reversed(held), b""))
    if (one_more := next(rest, None)) is None:
        yield from ((subject, held[subject]) for subject in sorted(held))
        return
    first = ((subject, predicate) for subject, predicates in held.items() for predicate in predicates)
    lines = (b"%b %b\n" % pair for pair in chain(first, [one_more], rest))
    for subject, group in groupby(in_order(lines, scratch), key=lambda line: line.partition(b" ")[0]):
        yield subject, [line[len(subject) + 1 : -1] for line in group]


def write_blocks(found: Iterable[Block], output: IO[bytes], indent: bytes = b"") -> set[str]:
    """Write subjects as Turtle, types first; return the prefixes that were met (and `<http`, which is none)."""
    used: set[bytes] = set()
    verbs: set[bytes] = set()
    for subject, predicates in found:
        used.add(subject.partition(b":")[0])
        lines = _sorted_predicates(predicates, used, verbs)
        output.write(indent + subject + b" " + (b" ;\n\t" + indent).join(lines) + b" .\n")
    return {prefix.decode() for prefix in used | {verb.partition(b":")[0] for verb in verbs}}


def _predicates(turtle: Iterable[bytes], subject: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
    """Yield each predicate with its objects, and its subject."""
    for line in turtle:
        if line[0] == _TAB:  # a further predicate of the same subject
            yield subject, line[1:-3]
        elif not line.startswith(b"@prefix ") and line != b"\n":
            subject, _, predicate = line[:-3].partition(b" ")
            yield subject, predicate


def _sorted_predicates(predicates: list[bytes], used: set[bytes], verbs: set[bytes]) -> list[bytes]:
    """Return predicates with their objects sorted, `a` first, each once."""
    objects: dict[bytes, bytes] = {}
    for line in predicates:
        predicate, _, each = line.partition(b" ")
        if b" , " in each or predicate in objects:
            several = set(_OBJECT.findall(each)) | set(_OBJECT.findall(objects.get(predicate, b"")))
            used.update(map(_prefix, several))
            each = b" , ".join(sorted(several))
        elif each[0] != _QUOTE:
            used.add(each.partition(b":")[0])
        elif each[-1] != _QUOTE:
            used.add(_prefix(each))
        objects[predicate] = each
    verbs.update(objects)
    types = [b"a " + objects.pop(b"a")] if b"a" in objects else []
    return types + [b"%b %b" % predicate for predicate in sorted(objects.items())]


def _prefix(term: bytes) -> bytes:
    """Return the prefix of an IRI or of a literal's datatype."""
    if term[0] == _QUOTE:
        term = term.rpartition(b"^^")[2] if term[-1] != _QUOTE and b"^^" in term else b""
    return term.partition(b":")[0]


def _each_once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
            before = line
