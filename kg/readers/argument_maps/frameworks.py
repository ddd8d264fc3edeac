"""Abstract frameworks: facts (`arg(a). att(a,b). sup(a,b).`) of ASPARTIX and of bipolar graphs, and ICCMA's `p af`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.display import counted
from kg.readers import broken
from kg.readers.argument_maps.form import ArgumentMap, MapRelation, MapStatement, text_of_map
from kg.readers.detect import suffix_of
from kg.readers.suggestions import did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.errors import Problem

MOST = 1_000_000
"""Arguments that the first line of `p af` may announce."""
_FACT = re.compile(r"([a-z?]\w*)\s*\(([^()]*)\)[ \t]*\.?|(%[^\n]*)|(\s+)")
_KINDS = {"att": "attack", "sup": "support", "supp": "support", "support": "support"}
_WEIGHTS = {"w", "weight", "base_score"}
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
_FRAMEWORK = re.compile(r"p\s+af\s+(\d{1,9})\s*")


def facts(path: Path) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map of an APX or a BAG file: one argument, attack, support or weight a fact.

    Facts of other names are left out with a warning; a relation of an argument that is not declared is refused.
    """
    guesses: list[Problem] = []
    text = text_of_map(path, guesses)
    found = ArgumentMap(path, has_words=False)
    weights: list[tuple[str, str, int]] = []
    for name, parts, line in _facts(path, text):
        _fact(found, name, parts, line, weights)
    for key, weight, line in weights:
        if key in found.statements:
            found.statements[key].notes.append(f"initial weight {weight} in {path.name}")
        else:
            _undeclared(found, key, "the weight", line)
    if weights and not found.is_refused:
        message = "kept as notes: a standing is weighed by evidence, not by weights that are given"
        found.remark("kept-as-note", f"{counted(len(weights), 'initial weight')} {message}", severity="info")
    return _checked(found), guesses


def _facts(path: Path, text: str) -> Iterator[tuple[str, list[str], int]]:
    """Yield name, arguments and line of each fact; UnreadableError for what is none."""
    start, line = 0, 1
    while start < len(text):
        match = _FACT.match(text, start)
        if not match:
            rest = text[start : start + 200].partition("\n")[0]
            kind = suffix_of(path)[1:].upper()
            raise broken(path, line, f"{shown(rest)} is no fact of {kind}, such as att(a,b). ; is the file cut?")
        if match[1]:
            yield match[1], [part.strip().strip('"') for part in match[2].split(",")], line
        line += match[0].count("\n")
        start = match.end()


def _fact(found: ArgumentMap, name: str, parts: list[str], line: int, weights: list[tuple[str, str, int]]) -> None:
    """Add what a fact says to the map."""
    if not all(parts):
        found.refuse(f"{name}({','.join(parts)}) names an argument without a name", line)
    elif name == "arg" and len(parts) <= 2:
        if parts[0] in found.statements:
            found.remark("said-twice", f"arg({parts[0]}) is declared twice", line)
        found.statements.setdefault(parts[0], _abstract(found, parts[0], line))
        _weigh(found, parts, line, weights)
    elif name in _WEIGHTS and len(parts) == 2:
        _weigh(found, parts, line, weights)
    elif name in _KINDS and len(parts) == 2:
        found.relations[f"{name} {len(found.relations)}"] = MapRelation(_KINDS[name], [parts[0]], parts[1], line)
    else:
        found.remark("left-out", f"{name} with {len(parts)} parts left out: it is none of arg, att and sup", line)


def _weigh(found: ArgumentMap, parts: list[str], line: int, weights: list[tuple[str, str, int]]) -> None:
    if len(parts) < 2:
        return
    if _NUMBER.fullmatch(parts[1]):
        weights.append((parts[0], parts[1], line))
    else:
        found.refuse(f"{shown(parts[1])} is no weight of {parts[0]}: write a number such as 0.5", line)


def numbered(path: Path) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map of a framework as ICCMA has it since 2023: `p af 3`, then lines such as `1 2` for attacks."""
    guesses: list[Problem] = []
    written = enumerate(text_of_map(path, guesses).split("\n"), 1)
    lines = ((number, line.strip()) for number, line in written if line.strip() and not line.startswith("#"))
    number, first = next(lines, (1, ""))
    match = _FRAMEWORK.fullmatch(first)
    if not match:
        raise broken(path, number, f"a framework begins with a line such as p af 3, and not with {shown(first)}")
    count = int(match[1])
    if count > MOST:
        raise broken(path, number, f"{count:,} arguments are announced; up to {MOST:,} are read")
    found = ArgumentMap(path, has_words=False)
    found.statements |= {str(key): _abstract(found, str(key), number) for key in range(1, count + 1)}
    for number, line in lines:
        ends = line.split()
        if len(ends) != 2 or not all(end.isdecimal() for end in ends):
            raise broken(path, number, f"{shown(line)} is no attack such as 1 2; is the file cut?")
        attacker, attacked = (str(int(end)) for end in ends)
        found.relations[f"att {number}"] = MapRelation("attack", [attacker], attacked, number)
    return _checked(found), guesses


def _abstract(found: ArgumentMap, key: str, line: int) -> MapStatement:
    """Return the statement of an argument that has a name only; the file tells it from that of another one."""
    return MapStatement(f"Argument {key} of {found.path.name}", line)


def _checked(found: ArgumentMap) -> ArgumentMap:
    """Return a map with its counts, and with a violation for each relation of what is not declared."""
    if not found.statements:
        raise broken(found.path, None, "there is no argument in this file; is it cut?")
    for relation in found.relations.values():
        for key in (*relation.sources, relation.target):
            if key not in found.statements:
                _undeclared(found, key, f"this {relation.kind}", relation.line)
    found.counts["argument"] = len(found.statements)
    for relation in found.relations.values():
        found.counts[relation.kind] += 1
    if not found.is_refused:
        message = "the arguments have names and no words: the text of each claim is its name and the file"
        found.remark("no-words", message, severity="info")
    return found


def _undeclared(found: ArgumentMap, key: str, what: str, line: int | None) -> None:
    suggested = did_you_mean(key, found.statements) if len(found.statements) < 1000 else ""
    found.refuse(f"{what} names the argument {shown(key)}, which the file does not declare{suggested}", line)
