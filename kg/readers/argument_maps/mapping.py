"""Argument maps in our words: statements as claims, who says them as assertions, relations as arguments.

A statement is known by its words, so that it is one claim with what has the same words elsewhere; that of an abstract
framework by its name and the file.  A relation to a relation becomes an argument whose target is an argument.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kg.display import counted
from kg.errors import Place, Problem
from kg.model.ids import claim_id, digest, label_id
from kg.model.records import (
    AgentRecord,
    ArgumentRecord,
    AssertionRecord,
    ClaimRecord,
    QuoteRecord,
    SourceRecord,
    TopicRecord,
)
from kg.readers.argument_maps.form import in_words

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from kg.model.records import Record
    from kg.readers.argument_maps.form import ArgumentMap, MapRelation, MapStatement, MapVoice

_DIRECTIONS = {"support": "supports", "attack": "opposes", "undercut": "opposes", "contrary": "opposes"}
_AFFIRMS = "affirms"


class Mapped:
    """Records of one map; `places` has those of the records that were yielded."""

    def __init__(self, found: ArgumentMap) -> None:
        self.places: dict[str, Place] = {}
        self._map = found
        self._source = label_id("map", found.path.name, folded=False)
        self._claims = {key: self._claim_id(key, said) for key, said in found.statements.items()}
        self._circles = [key for key, relation in found.relations.items() if self._is_circle(relation)]
        self._affirmed: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """Claim -> who affirms it -> the assertion."""
        self._said: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._left_out = self._twice = 0

    def records(self) -> Iterator[Record | Problem]:
        """Yield the records, what was noted of the map, and its counts; of a map that is refused no records."""
        yield from self._map.problems()
        if self._map.is_refused:
            return
        yield from self._file()
        rephrased = self._rephrased()
        for key, statement in self._map.statements.items():
            yield from self._statement(key, statement, rephrased.get(key, []))
        yield from self._arguments()
        yield from self._remarks()
        made = in_words([("claim", len(set(self._claims.values()))), *self._counts.items()])
        has = in_words(self._map.counts.items())
        yield Problem("info", "map-read", f"{has}; stated as {made}", Place(str(self._map.path)))

    def _claim_id(self, key: str, statement: MapStatement) -> str:
        if self._map.has_words:
            return claim_id(statement.text)
        return label_id("claim", f"{self._map.path.name} {key}", folded=False)

    def _is_circle(self, relation: MapRelation) -> bool:
        """Return True for a relation of a statement, or of one in the same words, with itself."""
        target = self._claims.get(relation.target)
        ends = [self._claims.get(source) for source in relation.sources]
        return relation.kind != "rephrase" and target is not None and target in ends

    def _placed(self, short_id: str, line: int | None) -> None:
        self.places.setdefault(short_id, Place(str(self._map.path), line))

    def _is_new(self, short_id: str) -> bool:
        is_new = short_id not in self._said
        self._said.add(short_id)
        return is_new

    def _file(self) -> Iterator[Record]:
        """Yield the map itself as a source, where something is said of it or in it by somebody."""
        found = self._map
        said = any(statement.voices for statement in found.statements.values())
        if said or found.title or found.authors:
            title = found.title or found.path.name
            yield SourceRecord(self._source, title=title, printed="", authors=found.authors, note=found.notes)
            self._placed(self._source, 1)

    def _statement(self, key: str, statement: MapStatement, rephrased: list[str]) -> Iterator[Record]:
        claim = self._claims[key]
        topics: list[str] = []
        for path in [statement.groups[: end + 1] for end in range(len(statement.groups))]:
            topics.append(label_id("topic", " / ".join(path)))
            if self._is_new(topics[-1]):
                broader = topics[-2] if len(topics) > 1 else ""
                yield TopicRecord(topics[-1], label=path[-1], broader=broader)
        about = topics[-1:]
        for tag in statement.tags:
            about.append(label_id("topic", tag))
            if self._is_new(about[-1]):
                yield TopicRecord(about[-1], label=tag)
        text = statement.text if self._is_new(claim) else ""
        self._placed(claim, statement.line)
        same = tuple(dict.fromkeys(other for other in rephrased if other != claim))
        yield ClaimRecord(claim, text=text, about=tuple(about), same_as=same, note=tuple(statement.notes))
        for voice in statement.voices:
            yield from self._agent(voice)
            yield from self._assertion(claim, voice, statement.line)

    def _agent(self, voice: MapVoice) -> Iterator[Record]:
        agent = label_id("agent", voice.name)
        if self._is_new(agent):
            yield AgentRecord(agent, name=voice.name, kind=voice.kind)

    def _assertion(self, claim: str, voice: MapVoice, line: int | None) -> Iterator[Record]:
        agent = label_id("agent", voice.name)
        short_id = f"assertion-{digest(self._source, claim, agent, voice.stance, voice.words)}"
        quotes = (QuoteRecord(self._source, voice.words),) if voice.words else ()
        if voice.stance == _AFFIRMS:
            self._affirmed[claim].setdefault(agent, short_id)
        if self._is_new(short_id):
            self._counts["assertion"] += 1
            self._placed(short_id, line)
            yield AssertionRecord(
                short_id, claim=claim, agent=agent, stance=voice.stance, source=self._source, quotes=quotes
            )

    def _rephrased(self) -> dict[str, list[str]]:
        """Return statement that rephrases others -> the claims that they are."""
        found = defaultdict[str, list[str]](list)
        for relation in self._map.relations.values():
            if relation.kind == "rephrase":
                for source in relation.sources:
                    found[source].append(self._claims[relation.target])
        return found

    def _arguments(self) -> Iterator[Record]:
        """Yield the relations as arguments, each after the one that it is aimed at."""
        targets = dict(self._claims)
        for key in self._in_order():
            relation = self._map.relations[key]
            target = targets[relation.target]
            premises = [self._premise(source, relation) for source in relation.sources]
            targets[key] = yield from self._argument(relation, premises, target, relation.sources)
            if relation.kind == "contrary":
                back = [self._premise(relation.target, relation)]
                yield from self._argument(relation, back, targets[relation.sources[0]], [relation.target])

    def _argument(
        self, relation: MapRelation, premises: list[str], target: str, sources: list[str]
    ) -> Generator[Record, None, str]:
        """Yield an argument, once, and return its id, which is made of what it says."""
        direction = _DIRECTIONS[relation.kind]
        short_id = f"argument-{digest(*sorted(self._claims[source] for source in sources), direction, target)}"
        for voice in relation.voices:
            yield from self._agent(voice)
        arguers = tuple(dict.fromkeys(label_id("agent", voice.name) for voice in relation.voices))
        is_new = self._is_new(short_id)
        self._counts["argument"] += is_new
        self._twice += not is_new
        self._placed(short_id, relation.line)
        yield ArgumentRecord(
            short_id,
            premises=tuple(dict.fromkeys(premises)),
            target=target,
            direction=direction,
            argued_by=arguers,
            note=tuple(relation.notes),
        )
        return short_id

    def _premise(self, key: str, relation: MapRelation) -> str:
        """Return the assertion of a statement by who argues, or its only one; else the claim itself."""
        claim = self._claims[key]
        known = self._affirmed.get(claim, {})
        own = [known[agent] for voice in relation.voices if (agent := label_id("agent", voice.name)) in known]
        return own[0] if own else next(iter(known.values())) if len(known) == 1 else claim

    def _in_order(self) -> Iterator[str]:
        """Yield the keys of the relations that become arguments, targets first; what ends at no statement is left."""
        relations = self._map.relations
        is_held = dict.fromkeys(self._circles, False)
        is_held |= {key: False for key, relation in relations.items() if relation.kind == "rephrase"}
        for first in relations:
            way, key = list[str](), first
            while key in relations and key not in is_held:
                is_held[key] = False  # until it is known to end at a statement, so that a circle never is
                way.append(key)
                key = relations[key].target
            holds = is_held.get(key, key in self._claims)
            is_held.update(dict.fromkeys(way, holds))
            if holds:
                yield from reversed(way)
            self._left_out += 0 if holds else len(way)

    def _remarks(self) -> Iterator[Problem]:
        """Yield what the model does not hold of the map, and what it holds once."""
        place = Place(str(self._map.path))
        if self._circles:
            lines = [self._map.relations[key].line for key in self._circles]
            named = f" (lines {', '.join(map(str, lines[:5]))}{' …' if len(lines) > 5 else ''})" if lines[1:] else ""
            message = f"{counted(len(lines), 'relation')} of a statement with itself left out{named}"
            yield Problem("warning", "left-out", message, place._replace(line=lines[0]))
        if self._left_out:
            message = (
                f"{counted(self._left_out, 'relation')} left out: aimed at one another in a circle, or at no argument"
            )
            yield Problem("warning", "left-out", message, place)
        rephrases = sum(relation.kind == "rephrase" for relation in self._map.relations.values())
        if rephrases:
            message = f"{counted(rephrases, 'rephrase')} stated: what is said in other words is told as one claim"
            yield Problem("info", "same-claim", message, place)
        if twice := len(self._claims) - len(set(self._claims.values())):
            message = f"{counted(twice, 'statement')} with the words of another: one claim with it"
            yield Problem("info", "same-words", message, place)
        if self._twice:
            message = f"{counted(self._twice, 'relation')} between the same words as another: one argument with it"
            yield Problem("info", "same-relation", message, place)
