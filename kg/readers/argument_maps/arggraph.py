"""XML of argument graphs (Peldszus and Stede 2013), as the corpus arg-microtexts has it.

Elementary units (`edu`) are put together to argumentative ones (`adu`), which proponent or opponent put forward.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.files import read_unpacked
from kg.readers import broken
from kg.readers.argument_maps.form import LARGEST, ArgumentMap, MapRelation, MapStatement, MapVoice, clean
from kg.readers.xml import records

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from kg.errors import Problem

_KINDS = {"sup": "support", "exa": "support", "reb": "attack", "und": "undercut", "rephrase": "rephrase"}
_SIDES = {"pro": "proponent", "opp": "opponent"}
_ID = re.compile(rb"\bid\s*=\s*[\"']([^\"']{1,200})[\"']|\n")


def parsed(path: Path) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map of an arggraph; edges to what is not there are refused, edges of other types left out."""
    content = read_unpacked(path)
    if len(content) > LARGEST:
        raise broken(path, None, f"longer than {LARGEST // 2**20} MiB, which is no argument graph")
    graphs = [graph for graph, _ in records(path, ("arggraph",))]
    lines = _lines(content)
    found = ArgumentMap(path)
    for graph in graphs:
        _add(found, graph, lines)
    if not found.statements and not found.is_refused:
        raise broken(path, 1, "there is no adu with words in this arggraph; is it cut?")
    return found, []


def _lines(content: bytes) -> dict[str, int]:
    """Return the line of each id, which the parser does not tell."""
    lines: dict[str, int] = {}
    line = 1
    for match in _ID.finditer(content):
        line += match[0].count(b"\n")
        if match[1]:
            lines.setdefault(match[1].decode("utf-8", "replace"), line)
    return lines


def _add(found: ArgumentMap, graph: Element, lines: dict[str, int]) -> None:
    edges = [(edge.get("id", ""), edge) for edge in graph.iter("edge")]
    parts = _parts(graph, edges)
    name, topic = graph.get("id", found.path.stem), graph.get("topic_id", "")
    said = [f"{key} {graph.get(key)}" for key in ("stance",) if graph.get(key)]
    found.title, found.notes = found.title or name, (*found.notes, *said)
    for unit in graph.iter("adu"):
        key = unit.get("id", "")
        texts = parts.get(key, [])
        text = clean(" ".join("".join(part.itertext()) for part in texts))
        if not text:
            found.refuse(f'adu "{key}" has no words: no edge of type seg leads from an edu to it', lines.get(key))
            continue
        implicit = any(part.get("implicit") == "true" for part in texts)
        side = _SIDES.get(unit.get("type", ""))
        found.statements[key] = MapStatement(
            text,
            lines.get(key),
            tags=[topic.replace("_", " ")] if topic else [],
            voices=[MapVoice(f"{side} in {name}", "anonymous")] if side else [],
            notes=["implicit in the text"] if implicit else [],
        )
    used = {part.get("id") for texts in parts.values() for part in texts}
    for unit in graph.iter("edu"):
        if unit.get("id") not in used:
            found.remark("left-out", "edu that is in no adu left out", lines.get(unit.get("id", "")))
    found.counts["adu"] = len(found.statements)
    for key, edge in edges:
        _relate(found, key, edge, lines.get(key))
    _join(found, edges, lines)
    ends = {*found.statements, *found.relations}
    for relation in found.relations.values():
        for end in (one for one in (*relation.sources, relation.target) if one not in ends):
            found.refuse(f'an edge names "{end}", which is not in the file; is it cut?', relation.line)


def _parts(graph: Element, edges: list[tuple[str, Element]]) -> dict[str, list[Element]]:
    """Return the elementary units of each unit, in the order of the text, also those that are put together before."""
    into = defaultdict[str, set[str]](set)
    for _, edge in edges:
        if edge.get("type") == "seg":
            into[edge.get("trg", "")].add(edge.get("src", ""))
    joints = {joint.get("id", "") for joint in graph.iter("joint")}
    found: dict[str, list[Element]] = {}
    for key, sources in into.items():
        units = sources.union(*(into.get(source, set()) for source in sources & joints))
        found[key] = [unit for unit in graph.iter("edu") if unit.get("id") in units]
    return found


def _relate(found: ArgumentMap, key: str, edge: Element, line: int | None) -> None:
    kind, source, target = (edge.get(name, "") for name in ("type", "src", "trg"))
    if kind in ("seg", "add"):
        return
    found.counts["relation"] += 1
    if kind not in _KINDS:
        found.remark("left-out", f'edges of type "{kind}" left out: it is none of sup, exa, reb, und and add', line)
        return
    voices = found.statements[source].voices if source in found.statements else []
    notes = ["by example"] if kind == "exa" else []
    found.relations[key] = MapRelation(_KINDS[kind], [source], target, line, list(voices), notes)


def _join(found: ArgumentMap, edges: list[tuple[str, Element]], lines: dict[str, int]) -> None:
    """Add the premises that are linked to those of another relation."""
    for key, edge in edges:
        if edge.get("type") == "add":
            found.counts["linked premise"] += 1
            if relation := found.relations.get(edge.get("trg", "")):
                relation.sources.append(edge.get("src", ""))
            else:
                found.refuse(f'"{edge.get("trg")}", to which a premise is added, is no relation', lines.get(key))
