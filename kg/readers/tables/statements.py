"""What the rows of a table say, as quads: the same nodes and properties as those of claim files."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.files import sha256
from kg.namespaces import DC, DCTERMS, FABIO, OA, PRISM, SCHEMA, SKOS
from kg.readers import short_id
from kg.readers.claim_files.fields import SOURCE_TYPES
from kg.readers.claim_id import claim_id, normal
from kg.readers.tables.identifiers import short_id_of
from kg.readers.tables.sayings import Agent
from kg.readers.tables.verdicts import concept
from kg.store.terms import IRI, TYPE, Literal, Quad, hc, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.readers.tables.identifiers import Identifier
    from kg.readers.tables.sayings import Argument, Claim, Quote, Said, Saying, Source, Topic
    from kg.readers.tables.summary import Findings

Statement = tuple[IRI, IRI, "IRI | Literal"]

_SCOPE = ("population", "intervention", "comparator", "outcome")
_PLAIN = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*", re.IGNORECASE)
"""A label of which its short id tells everything."""
_LONGEST = 60

_CLAIM, _ASSERTION, _ARGUMENT = hc("Claim"), hc("Assertion"), hc("Argument")
_AGENT, _SOURCE, _TOPIC = hc("Agent"), hc("Source"), hc("Topic")
_ASSERTS, _STANCE, _BY, _IN = hc("asserts"), hc("stance"), hc("agent"), hc("source")
_TEXT, _KIND, _NAME, _AGENT_KIND, _TOPIC_KIND = hc("text"), hc("kind"), hc("name"), hc("agentKind"), hc("topicKind")
_EVIDENCE, _CERTAINTY, _DATE, _NOTE, _QUOTE = hc("evidenceKind"), hc("certainty"), hc("date"), hc("note"), hc("quote")
_PREMISE, _TARGET, _DIRECTION, _DIRECTNESS = hc("premise"), hc("target"), hc("direction"), hc("directness")
_ROLES = {role: hc(role) for role in ("about", *_SCOPE)}
_LABEL, _MATCH = IRI(SKOS + "prefLabel"), IRI(SKOS + "exactMatch")
_RESOURCE, _SOURCE_OF, _SELECTOR_OF = IRI(OA + "SpecificResource"), IRI(OA + "hasSource"), IRI(OA + "hasSelector")
_SELECTOR, _POSITION = IRI(OA + "TextQuoteSelector"), IRI(OA + "TextPositionSelector")
_WORDS = {name: IRI(OA + name) for name in ("exact", "prefix", "suffix")}
_IDENTIFIERS = {
    "doi": IRI(PRISM + "doi"),
    "pmid": IRI(FABIO + "hasPubMedId"),
    "pmcid": IRI(FABIO + "hasPubMedCentralId"),
    "url": IRI(SCHEMA + "url"),
}


class Statements:
    """Turns sayings into quads; a claim, an agent, a source and a topic are described where they are first named."""

    def __init__(self, graph: IRI, namespace: str, language: str, findings: Findings) -> None:
        self._graph, self._namespace, self._language, self._findings = graph, namespace, language, findings
        self._described: dict[str, int] = {}
        """Short id -> a hash of what was said of it."""

    def of(self, saying: Saying) -> Iterator[Quad]:
        """Yield what a row says as quads."""
        return (Quad(*statement, self._graph) for statement in self._saying(saying))

    def _saying(self, saying: Saying) -> Iterator[Statement]:
        short, scope = _claim_name(saying.claim)
        claim = self._node(short)
        yield from self._claim(claim, short, saying.claim, scope)
        premise = claim
        if said := saying.said:
            name = _source_id(said.source)
            source = self._node(name)
            yield from self._source(source, name, said.source, saying.line)
            premise = self._node(self._assertion_id(said, short, name, saying.line))
            yield from self._assertion(premise, claim, source, said)
        if saying.argument:
            yield from self._argument(premise, saying.argument)

    def _assertion(self, node: IRI, claim: IRI, source: IRI, said: Said) -> Iterator[Statement]:
        agent = said.agent or Agent(f"An unnamed voice in {said.source.name}", "anonymous")
        name = named("agent", agent.name)
        speaker = self._node(name)
        yield from self._agent(speaker, name, agent)
        yield node, TYPE, _ASSERTION
        yield node, _ASSERTS, claim
        yield node, _STANCE, concept(said.stance)
        yield node, _BY, speaker
        yield node, _IN, source
        if said.evidence:
            yield node, _EVIDENCE, concept(said.evidence)
        if said.certainty:
            yield node, _CERTAINTY, concept(said.certainty)
        if said.date is not None:
            yield node, _DATE, said.date
        if said.remark:
            yield node, _NOTE, self._words(said.remark)
        for n, quote in enumerate(said.quotes):
            quoted = IRI(f"{node.value}.quote-{n + 1}" if n else f"{node.value}.quote")
            yield node, _QUOTE, quoted
            yield from self._quote(quoted, source, quote)

    def _claim(self, node: IRI, short: str, claim: Claim, scope: list[tuple[Topic, str]]) -> Iterator[Statement]:
        if self._first(short, claim.text):
            yield node, TYPE, _CLAIM
            yield node, _TEXT, self._words(claim.text)
            if claim.kind:
                yield node, _KIND, concept(claim.kind)
        for topic, name in scope:
            other = self._node(name)
            yield node, _ROLES[topic.role], other
            if self._first(name, topic.label):
                yield other, TYPE, _TOPIC
                yield other, _LABEL, self._words(topic.label)
                if topic.kind:
                    yield other, _TOPIC_KIND, concept(topic.kind)
                if topic.match:
                    yield other, _MATCH, IRI(topic.match)

    def _agent(self, node: IRI, short: str, agent: Agent) -> Iterator[Statement]:
        if self._first(short, agent.name):
            yield node, TYPE, _AGENT
            yield node, _NAME, self._words(agent.name)
            if agent.kind:
                yield node, _AGENT_KIND, concept(agent.kind)

    def _source(self, node: IRI, short: str, source: Source, line: int | None) -> Iterator[Statement]:
        if not self._first(short, source):
            if self._described[short] != hash(source):
                message = f"more or other is said of the source {short} than where it is first named; that was kept"
                self._findings.add("info", "source-differs", message, line)
            return
        yield node, TYPE, _SOURCE
        if source.title:
            yield node, IRI(DCTERMS + "title"), self._words(source.title)
        if source.type:
            yield node, TYPE, IRI(FABIO + SOURCE_TYPES[source.type])
            yield node, IRI(DCTERMS + "type"), Literal(source.type, language="en")
        if source.date is not None:
            yield node, IRI(DCTERMS + "date"), source.date
        if source.status:
            yield node, hc("sourceStatus"), concept(source.status)
        said = (DC + "creator", source.authors), (PRISM + "publicationName", source.container)
        for name, words in (*said, (DC + "publisher", source.publisher)):
            if words:
                yield node, IRI(name), Literal(words)
        for identifier in source.identifiers:
            yield node, _IDENTIFIERS[identifier.kind], _identifier(identifier)

    def _quote(self, node: IRI, source: IRI, quote: Quote) -> Iterator[Statement]:
        """State a quote as the Web Annotation model does (4.1 specific resources, 4.2.4 and 4.2.5 selectors)."""
        selector = IRI(f"{node.value}.text")
        yield node, TYPE, _RESOURCE
        yield node, _SOURCE_OF, source
        yield node, _SELECTOR_OF, selector
        yield selector, TYPE, _SELECTOR
        for name, words in zip(_WORDS, quote, strict=False):
            if words:
                yield selector, _WORDS[name], self._words(str(words))
        if quote.span:
            position = IRI(f"{node.value}.position")
            yield node, _SELECTOR_OF, position
            yield position, TYPE, _POSITION
            for name, number in zip(("start", "end"), quote.span, strict=True):
                yield position, IRI(OA + name), typed(str(number), "nonNegativeInteger")

    def _argument(self, premise: IRI, argument: Argument) -> Iterator[Statement]:
        short = claim_id(argument.target)
        target = self._node(short)
        if self._first(short, argument.target):
            yield target, TYPE, _CLAIM
            yield target, _TEXT, self._words(argument.target)
        node = self._node(f"argument-{_digest(premise.value, argument.direction, target.value)}")
        yield node, TYPE, _ARGUMENT
        yield node, _PREMISE, premise
        yield node, _TARGET, target
        yield node, _DIRECTION, concept(argument.direction)
        if argument.directness:
            yield node, _DIRECTNESS, concept(argument.directness)

    def _assertion_id(self, said: Said, claim: str, source: str, line: int | None) -> str:
        """A row without an id is known by what it says: said twice in the same words, it is one assertion."""
        if not said.id:
            agent = said.agent.name if said.agent else ""
            quotes = (part for quote in said.quotes for part in map(str, quote))
            how = (said.evidence, said.certainty, str(said.date), said.remark)
            return f"assertion-{_digest(claim, said.stance, agent, source, *how, *quotes)}"
        short = named("assertion", said.id, folded=False)
        if not self._first(short, said.id):
            message = f'the id "{said.id}" names a row before this one too; an id names one row'
            self._findings.add("violation", "id-twice", message, line)
        return short

    def _first(self, short: str, said: object) -> bool:
        """Say whether a node is named for the first time, and remember what is said of it then."""
        if short in self._described:
            return False
        self._described[short] = hash(said)
        return True

    def _node(self, short: str) -> IRI:
        return IRI(self._namespace + short)

    def _words(self, text: str) -> Literal:
        return Literal(text, language=self._language)


@lru_cache(maxsize=65536)
def named(kind: str, label: str, *, folded: bool = True) -> str:
    """Return the short id of what is known by its label: `topic-back-pain`; other signs than a-z make it longer.

    Letter case makes no difference if `folded`.
    """
    slug = short_id(label)
    if len(slug) <= _LONGEST and _PLAIN.fullmatch(label) and (folded or label == slug):
        return f"{kind}-{slug}"
    start = slug[:40].rstrip("-")
    return "-".join(filter(None, [kind, start, sha256((normal(label) if folded else label).encode())[:8]]))


def _claim_name(claim: Claim) -> tuple[str, list[tuple[Topic, str]]]:
    """Return the short id of a claim, and its topics with theirs; the scope is part of what the claim is."""
    topics = [(topic, named("topic", topic.label)) for topic in claim.topics]
    scope = ["+".join(sorted(name for topic, name in topics if topic.role == role)) for role in _SCOPE]
    return claim_id(claim.text, *scope) if any(scope) else claim_id(claim.text), topics


def _source_id(source: Source) -> str:
    known = next(filter(None, map(short_id_of, source.identifiers)), None)
    if known or not (source.identifiers or source.id):
        return known or named("source", source.title)
    return named("source", source.id or source.identifiers[0].value, folded=False)


def _identifier(identifier: Identifier) -> IRI | Literal:
    return IRI(identifier.value) if identifier.kind == "url" else Literal(identifier.value)


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode())[:16]
