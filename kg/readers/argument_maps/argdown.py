"""Argdown, the subset of its guide: statements, arguments, their relations, premises and conclusions, groups and tags.

`blocks` reads the lines; here they become a map.  An argument that only has a description is a statement, as the gist
of what speaks for something; of one with premises and a conclusion each inference is a relation.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.readers import broken
from kg.readers.argument_maps.argdown_blocks import CONTRADICTS, UNDERCUTS, ArgdownBlocks
from kg.readers.argument_maps.form import ArgumentMap, MapRelation, MapStatement, MapVoice, clean, text_of_map

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import Problem
    from kg.readers.argument_maps.argdown_blocks import Element, Inference


def parsed(path: Path) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map of an Argdown file; what is indented or numbered wrongly is refused, with its line."""
    guesses: list[Problem] = []
    found = ArgumentMap(path)
    blocks = ArgdownBlocks(found, text_of_map(path, guesses))
    blocks.read()
    if not blocks.arguments and not blocks.steps and all(one.is_untitled for one in blocks.statements.values()):
        message = "no name such as [A]: or <B>:, no relation and no premise in it: is this Argdown, and is it whole?"
        raise broken(path, None, message)
    _Builder(found, blocks).build()
    return found, guesses


class _Ends(NamedTuple):
    """A relation of Argdown, between the keys of elements, or to an inference."""

    kind: str
    start: str
    end: str


class _Builder:
    """Maker of the map of what was read."""

    def __init__(self, found: ArgumentMap, blocks: ArgdownBlocks) -> None:
        self._found, self._blocks = found, blocks
        self._inferences = {key: argument.inferences for key, argument in blocks.arguments.items()}

    def build(self) -> None:
        """Add statements, inferences and relations, and count them as Argdown's own parser does."""
        blocks, found = self._blocks, self._found
        for key, element in {**blocks.statements, **blocks.arguments}.items():
            if not self._inferences.get(key):
                found.statements[key] = self._statement(element)
        for key, steps in self._inferences.items():
            for step in steps:
                found.relations[step.key] = self._inference(blocks.arguments[key], step)
        relations = self._relations()
        found.counts["statement"] = len(blocks.statements)
        found.counts["argument"] = len(blocks.arguments)
        found.counts["relation"] = len(relations)
        found.counts["inference"] = sum(map(len, self._inferences.values()))
        argues = defaultdict[str, list[str]](list)
        for key, relation in found.relations.items():
            for source in relation.sources:
                argues[source].append(key)
        for number, ends in enumerate(relations):
            argues[ends.start].append(f"{ends.kind} {number}.0")
        for number, (ends, line) in enumerate(relations.items()):
            self._relate(f"{ends.kind} {number}", ends, line, argues)

    def _statement(self, element: Element) -> MapStatement:
        if not element.text:
            message = "named, but nowhere stated: the name is the text"
            self._found.remark("name-as-text", message, element.line, "info")
        title = [] if element.is_untitled or not element.text else [element.key]
        voices = [MapVoice(name) for name in element.proponents]
        text = element.text or clean(element.key[1:-1])
        return MapStatement(
            text, element.line, list(element.tags), element.groups, voices, [*title, *dict.fromkeys(element.notes)]
        )

    def _inference(self, argument: Element, step: Inference) -> MapRelation:
        """Return an inference; the last of an argument has its title, its description and its tags as notes."""
        notes = list(step.notes)
        if step is argument.inferences[-1]:
            gist = f"{argument.key}: {argument.text}" if argument.text else argument.key
            notes += [] if argument.is_untitled else [gist]
            notes += [f"#{tag}" for tag in argument.tags] + list(dict.fromkeys(argument.notes))
        return MapRelation(
            "support",
            step.premises,
            step.conclusion,
            step.line,
            [MapVoice(name) for name in argument.proponents],
            notes,
        )

    def _relations(self) -> dict[_Ends, int]:
        """Return the relations, each once, with their lines, as Argdown understands them.

        What an argument with a conclusion supports or attacks, its conclusion does; what undercuts it is aimed at its
        last inference; and in a file whose mode is strict, statements that attack one another are contrary.
        """
        found: dict[_Ends, int] = {}
        for step in self._blocks.steps:
            kind, start, end = step.kind, step.start, step.end
            if self._inferences.get(start):
                start = self._inferences[start][-1].conclusion
            if kind == UNDERCUTS and self._inferences.get(end):
                end = self._inferences[end][-1].key
            if self._blocks.is_strict and kind == "attack" and {start, end} <= self._blocks.statements.keys():
                kind = "contrary"
            if kind not in (CONTRADICTS, "contrary") or _Ends(kind, end, start) not in found:
                found.setdefault(_Ends(kind, start, end), step.line)
        return {ends: line for ends, line in found.items() if not self._is_said(ends, found)}

    def _is_said(self, ends: _Ends, others: dict[_Ends, int]) -> bool:
        """Return True if a statement attacks an argument, and also the premise of it that is meant."""
        premises = {premise for step in self._inferences.get(ends.end, []) for premise in step.premises}
        kinds = ("attack", "contrary", CONTRADICTS)
        return (
            ends.kind == "attack"
            and ends.start in self._blocks.statements
            and any(_Ends(kind, ends.start, premise) in others for kind in kinds for premise in premises)
        )

    def _relate(self, key: str, ends: _Ends, line: int, argues: dict[str, list[str]]) -> None:
        """Add a relation to the map; `argues` has the relations that start from each element."""
        kind, start, end = ends
        if steps := self._inferences.get(end):
            end = steps[-1].key
            message = f"{kind} of an argument with premises: taken as one of its last inference"
            self._found.remark("aimed-at-inference", message, line, "info")
        targets = [end]
        if kind == UNDERCUTS and end in self._found.statements:
            targets = argues.get(end) or [end]
            if targets == [end]:
                message = "undercut of what argues for nothing: taken as an attack on its words"
                self._found.remark("undercut-as-attack", message, line)
        kind = "contrary" if kind == CONTRADICTS else kind
        # Who holds a statement does not by that draw its relations; an argument is that of its proponents.
        voices = self._found.statements[start].voices if start in self._blocks.arguments else []
        for number, target in enumerate(targets):
            self._found.relations[f"{key}.{number}"] = MapRelation(kind, [start], target, line, list(voices))
