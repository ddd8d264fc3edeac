"""AIF, the Argument Interchange Format, in the JSON of AIFdb and of OVA (xAIF).

I-nodes are statements, RA-nodes inferences, CA-nodes conflicts, MA-nodes rephrases; an L-node is what somebody said,
and the YA-node that leads from it to an I-node tells whether that asserts it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from kg.display import counted
from kg.readers import broken
from kg.readers.argument_maps.form import ArgumentMap, MapRelation, MapStatement, MapVoice, clean, text_of_map

if TYPE_CHECKING:
    from pathlib import Path

    from kg.errors import Problem

_KINDS = {"RA": "support", "CA": "attack", "MA": "rephrase"}
_ASSERTING = re.compile(r"assert|conced|agreeing|rhetoricalquestioning|assertivequestioning", re.IGNORECASE)
_DENYING = re.compile(r"disagreeing", re.IGNORECASE)
_SPEAKER = re.compile(r"\s*([^:]{1,60}?)\s*:\s+(.+)", re.DOTALL)
_PLAIN = re.compile(r"|RA|CA|MA|default (?:inference|conflict|rephrase)", re.IGNORECASE)
_PLACE = re.compile(r'"(?:nodeID|edgeID)"\s*:\s*"?([^",\s}]{1,100})|\n')
_SPACES = re.compile(r"\s+")
_NAMES = {"TA": "transition", "PA": "preference", "L": "locution"}


def parsed(path: Path) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map of an AIF graph; an edge to a node that is not there is refused, as it shows a cut file."""
    guesses: list[Problem] = []
    text = text_of_map(path, guesses)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"broken JSON at column {error.colno}: {error.msg}; is the file whole?"
        raise broken(path, error.lineno, message) from error
    except (RecursionError, ValueError) as error:
        raise broken(path, 1, "this JSON is nested too deep, or has too long a number, for an AIF graph") from error
    graph = document.get("AIF", document) if isinstance(document, dict) else None
    lists = [graph.get("nodes"), graph.get("edges") or []] if isinstance(graph, dict) else []
    if not isinstance(graph, dict) or not all(isinstance(one, list) for one in lists):
        raise broken(path, 1, "no AIF graph: it is an object with the lists nodes and edges")
    reader = _Graph(path, graph, _lines(text))
    reader.read()
    return reader.found, guesses


def _lines(text: str) -> dict[str, int]:
    """Return the line of each id of a node or an edge."""
    lines: dict[str, int] = {}
    line = 1
    for match in _PLACE.finditer(text):
        line += match[0].count("\n")
        if match[1]:
            lines.setdefault(match[1], line)
    return lines


def _listed(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


class _Graph:
    """Reader of one graph."""

    def __init__(self, path: Path, graph: dict[str, Any], lines: dict[str, int]) -> None:
        self.found = ArgumentMap(path)
        self._graph = graph
        self._line = lines.get
        self._nodes: dict[str, dict[str, Any]] = {}
        self._into = defaultdict[str, list[str]](list)
        self._from = defaultdict[str, list[str]](list)
        self._used: set[str] = set()

    def read(self) -> None:
        """Read nodes, edges, and what they say."""
        self._connect()
        if not any(self._is(key, "I") for key in self._nodes):
            raise broken(self.found.path, None, "there is no I-node in this AIF graph, and so no statement; is it cut?")
        speakers = self._speakers()
        for key, node in self._nodes.items():
            if self._is(key, "I"):
                if text := _text(node.get("text")):
                    self.found.statements[key] = MapStatement(text, self._line(key), voices=self._voices(key, speakers))
                else:
                    self.found.refuse(f'the I-node "{key}" has no text', self._line(key))
        for key in self._nodes:
            if self._kind(key) in _KINDS:
                self._relate(key, speakers)
        self._count()

    def _kind(self, key: str) -> str:
        return str(self._nodes[key].get("type", "")) if key in self._nodes else ""

    def _is(self, key: str, *kinds: str) -> bool:
        return self._kind(key) in kinds

    def _connect(self) -> None:
        for node in _listed(self._graph["nodes"]):
            key = _text(node.get("nodeID"))
            if not key or not node.get("type"):
                self.found.refuse("a node without nodeID or type", self._line(key))
            self._nodes[key] = node
        edges = _listed(self._graph.get("edges"))
        for name, read in (("nodes", self._nodes), ("edges", edges)):
            if len(self._graph.get(name) or ()) != len(read):
                self.found.refuse(f"among the {name} is one that is no object, or one with the id of another", None)
        for edge in edges:
            start, end = _text(edge.get("fromID")), _text(edge.get("toID"))
            for key in (start, end):
                if key not in self._nodes:
                    line = self._line(_text(edge.get("edgeID")))
                    self.found.refuse(f'an edge names the node "{key}", which is not in the file; is it cut?', line)
            self._from[start].append(end)
            self._into[end].append(start)
        self.found.counts.update({"node": len(self._nodes), "edge": len(edges)})

    def _speakers(self) -> dict[str, tuple[str, str]]:
        """Return the speaker and the words of each locution."""
        people = {
            _text(one.get("participantID")): _text(f"{one.get('firstname') or ''} {one.get('surname') or ''}")
            for one in _listed(self._graph.get("participants"))
        }
        persons = {
            _text(one.get("nodeID")): _text(one.get("personID")) for one in _listed(self._graph.get("locutions"))
        }
        found = {}
        for key, node in self._nodes.items():
            if self._is(key, "L"):
                text = _text(node.get("text"))
                match = _SPEAKER.fullmatch(text)
                name = people.get(persons.get(key, ""), "") or (match[1] if match else "")
                words = match[2] if match else text
                found[key] = name or (f"person {persons[key]}" if persons.get(key) else ""), words
        return found

    def _voices(self, key: str, speakers: dict[str, tuple[str, str]]) -> list[MapVoice]:
        """Return who says a statement: locutions that a YA-node of asserting, conceding or denying leads from."""
        voices = []
        for act in self._into[key]:
            if not self._is(act, "YA"):
                continue
            scheme = str(self._nodes[act].get("scheme") or self._nodes[act].get("text") or "")
            name = _SPACES.sub("", scheme)
            stance = "denies" if _DENYING.search(name) else "affirms" if _ASSERTING.search(name) else ""
            for start in self._into[act]:
                if start in speakers:
                    self._used.add(start)
                    speaker, words = speakers[start]
                    if not stance:
                        message = f'"{_text(scheme)}" takes no stance: who said it is left out, the statement is kept'
                        self.found.remark("left-out", message, self._line(act), "info")
                    else:
                        kind = "person" if speaker else "anonymous"
                        name = speaker or f"unnamed speaker in {self.found.path.name}"
                        voices.append(MapVoice(name, kind, stance, words))
        return voices

    def _relate(self, key: str, speakers: dict[str, tuple[str, str]]) -> None:
        """Add the relations that a node of a scheme is: from all that leads to it, to each that it leads to."""
        kind = _KINDS[self._kind(key)]
        starts, ends = self._into[key], self._from[key]
        sources = [start for start in starts if start in self.found.statements]
        targets = [end for end in ends if end in self.found.statements or self._is(end, "RA", "CA")]
        if kind == "rephrase":
            targets = [end for end in targets if end in self.found.statements]
        if not sources or not targets:
            lacks = "premise" if not sources else "conclusion"
            self.found.remark("left-out", f"{self._kind(key)}-node without a {lacks} left out", self._line(key))
            return
        if len(targets) > 1:
            message = "node with several conclusions: an argument each; what is aimed at the node is aimed at the first"
            self.found.remark("several-conclusions", message, self._line(key), "info")
        scheme = _text(self._nodes[key].get("scheme")) or _text(self._nodes[key].get("text"))
        notes = [] if _PLAIN.fullmatch(scheme) else [f"scheme: {scheme}"]
        for number, target in enumerate(targets):
            is_undercut = kind == "attack" and target not in self.found.statements
            self.found.relations[key if not number else f"{key} {number + 1}"] = MapRelation(
                "undercut" if is_undercut else kind,
                sources,
                target,
                self._line(key),
                self._arguers(key, speakers),
                notes,
            )

    def _arguers(self, key: str, speakers: dict[str, tuple[str, str]]) -> list[MapVoice]:
        """Return who argues so: of a transition between locutions, who makes the later one."""
        acts = [act for act in self._into[key] if self._is(act, "YA")]
        starts = [start for act in acts for start in self._into[act]]
        told = [end for start in starts if self._is(start, "TA") for end in self._from[start]]
        names = dict.fromkeys(speakers[one][0] for one in (*starts, *told) if one in speakers)
        return [MapVoice(name) for name in names if name]

    def _count(self) -> None:
        """Count what was read, and note what the model does not hold."""
        kinds = Counter(map(self._kind, self._nodes))
        self.found.counts.update({"statement": kinds["I"]})
        for kind, noun in (("RA", "inference"), ("CA", "conflict"), ("MA", "rephrase")):
            self.found.counts[noun] += kinds[kind]
        left = {kind: kinds[kind] for kind in _NAMES}
        left["L"] -= len(self._used)
        for kind, count in left.items():
            if count:
                message = f"{counted(count, _NAMES[kind])} left out ({kind}-nodes that say nothing of a claim)"
                self.found.remark("left-out", message, severity="info")
        for kind, count in kinds.items():
            if kind not in (*_KINDS, *_NAMES, "I", "YA"):
                self.found.remark("left-out", f'{count:,} nodes of the type "{kind}" left out: it is none of AIF')
