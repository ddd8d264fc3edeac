"""Dispute around one claim as cards: each line with its premises, what it is about and what answers it.

The lines and their groups are those of `kg.model.dispute`; here they get their records, their order and their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.model import dispute as rule
from kg.model import nodes, phrases
from kg.model.premises import NO_LEVEL, Premise, argued, read_premise, verb, who
from kg.model.reading import around
from kg.model.vocabulary import AFFIRMS, RELATIONS, Group, verbs, words_of
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.graph import Graph
    from kg.store import Store


class Target(NamedTuple):
    """Claim, argument (the step from evidence to claim), assertion, study or source that a card is about."""

    iri: IRI
    kind: str
    text: str
    line: IRI | None
    """The line of the page that it belongs to; None for the claim."""

    @property
    def what(self) -> str:
        """Words before its text: "the argument from"."""
        return {"argument": "the argument from", "assertion": "what is said by"}.get(self.kind, f"the {self.kind}")


@dataclass(frozen=True, repr=False)
class Card:
    """One thing said toward the claim or toward another line: an argument with its premises, or a bare assertion."""

    iri: IRI
    also: tuple[IRI, ...]
    """Other arguments with the same premises to the same end, shown with it."""
    group: Group
    word: str
    """Verb of its bearing on its target: affirms, doubts, supports, limits, challenges, backs, answers."""
    argued: str
    """Whose argument it is, as `kg.model.premises.argued` says it; empty where its speakers say it themselves."""
    premises: tuple[Premise, ...]
    targets: tuple[Target, ...]
    answers: tuple[Card, ...]
    directness: str | None
    remarks: tuple[str, ...]

    def __repr__(self) -> str:
        said = f"{self.word} {self.text!r}" if self.text else self.word
        if self.argued:
            return f"<{self.word}, {self.argued} {self.agent.name if self.agent else 'what stands'}: {self.text!r}>"
        return f"<{self.agent.name} {said}>" if self.agent else f"<{said}>"

    @property
    def relation(self) -> str:
        """Its relation to its target, as in `kg.model.vocabulary.RELATIONS`."""
        return RELATIONS[self.group]

    @property
    def text(self) -> str:
        """Its first premise in one sentence, after the stance that it takes where it does not affirm it."""
        if not self.premises:
            return ""
        first = self.premises[0]
        stance = f"{first.verb}: " if first.verb and first.verb != self.word else ""
        return f"{stance}{first.text}"

    @property
    def stance(self) -> str | None:
        """Stance of the first premise that takes one, on what it asserts."""
        return next((premise.stance for premise in self.premises if premise.stance), None)

    @property
    def date(self) -> str | None:
        """Date of the first premise that has one, for people: "3 May 2011"."""
        return next((premise.date for premise in self.premises if premise.date), None)

    @property
    def agent(self) -> nodes.Agent | None:
        """Agent of the first premise that has one."""
        return next((premise.agent for premise in self.premises if premise.agent), None)

    @property
    def source(self) -> nodes.Source | None:
        """Source of the first premise that has one."""
        return next((premise.source for premise in self.premises if premise.source), None)

    @property
    def quotes(self) -> tuple[nodes.Quote, ...]:
        """Words of all premises, in their order."""
        return tuple(quote for premise in self.premises for quote in premise.quotes)


class Use(NamedTuple):
    """Place where the claim itself is used: what its assertions are held for or against."""

    iri: IRI
    group: Group
    word: str
    target: Target
    conclusion: nodes.Proposition | None
    """The claim at the end, where the target is an argument or an assertion."""

    @property
    def relation(self) -> str:
        """Its relation to its target, as in `kg.model.vocabulary.RELATIONS`."""
        return RELATIONS[self.group]


@dataclass(frozen=True)
class Dispute:
    """Everything a reader may want to know of who says what about one claim."""

    claim: nodes.Proposition
    groups: dict[str, tuple[Card, ...]]
    """Name of a group of cards, in the order of the page -> its cards; what is on the evidence has challenges first."""
    uses: tuple[Use, ...]
    studies: tuple[nodes.Study, ...]
    """Every study that something derives from, in the order in which the page names them."""
    sources: tuple[nodes.Source, ...]
    """Every source named, likewise."""

    @property
    def pro(self) -> tuple[Card, ...]:
        """Cards of what speaks for the claim."""
        return self.groups["pro"]

    @property
    def con(self) -> tuple[Card, ...]:
        """Cards of what denies or opposes the claim."""
        return self.groups["con"]

    @property
    def doubts(self) -> tuple[Card, ...]:
        """Cards of what doubts the claim."""
        return self.groups["doubts"]

    @property
    def limits(self) -> tuple[Card, ...]:
        """Cards of what limits the claim or the evidence for it."""
        return self.groups["limits"]

    @property
    def silent(self) -> tuple[Card, ...]:
        """Cards of who finds no evidence: neither for nor against."""
        return self.groups["silent"]

    @property
    def inconclusive(self) -> tuple[Card, ...]:
        """Cards of who looked and cannot tell: neither for nor against."""
        return self.groups["inconclusive"]

    @property
    def evidence(self) -> tuple[Card, ...]:
        """Cards of what challenges or backs the evidence for the claim."""
        return self.groups["evidence"]

    def lines(self) -> Iterator[Card]:
        """Yield every card, each before its answers, in the order of the page."""
        for cards in self.groups.values():
            yield from _with_answers(cards)


_GROUPS: dict[str, tuple[Group, ...]] = {
    "pro": (Group.FOR,),
    "con": (Group.AGAINST,),
    "doubts": (Group.DOUBT,),
    "limits": (Group.LIMIT,),
    "silent": (Group.NO_EVIDENCE,),
    "inconclusive": (Group.INCONCLUSIVE,),
    "evidence": (Group.CHALLENGE, Group.BACKING),
}


def dispute(store: Store, claim: IRI) -> Dispute:
    """Return the dispute around `claim` as `store` states it.

    Raises NotFoundError if the store has no such claim.
    """
    return _Maker(around(store, claim), claim).dispute()


class _Maker:
    """Maker of the cards of one claim's dispute."""

    def __init__(self, graph: Graph, claim: IRI) -> None:
        self._graph = graph
        self._claim = claim
        self._premises: dict[IRI, Premise] = {}
        self._lines = rule.lines(graph.tables, claim.value)
        self._homes: dict[str, list[rule.Line]] = {}
        """Node -> the lines that it belongs to; a study or a source belongs to all that rest on it."""
        for line in self._lines:
            origins = chain.from_iterable(rule.grounds(graph.tables, premise) for premise in line.premises)
            for node in dict.fromkeys((*line.nodes, *line.premises, *(origins if line.group is Group.FOR else ()))):
                self._homes.setdefault(node, []).append(line)

    def dispute(self) -> Dispute:
        tables = self._graph.tables
        found = rule.with_answers(tables, self._lines)
        cards = {
            name: tuple(card for group in groups for card in self._cards(x for x in found if x.group is group))
            for name, groups in _GROUPS.items()
        }
        shown = [card for group in cards.values() for card in _with_answers(group)]
        premises = [premise for card in shown for premise in card.premises]
        studies = _studies(premises)
        placed = {node for card in shown for node in (card.iri, *card.also)}
        claim = nodes.proposition(self._graph, self._claim)
        return Dispute(claim, cards, self._uses(placed), studies, _sources(premises, studies))

    def _cards(self, lines: Iterable[rule.Line], parent: rule.Line | None = None) -> tuple[Card, ...]:
        """Return the cards of `lines`, in the order in which they are shown."""
        cards = [self._card(line, parent) for line in lines]
        return tuple(sorted(cards, key=lambda x: (_rank(x), [each.text.value for each in x.premises], x.iri.value)))

    def _card(self, line: rule.Line, parent: rule.Line | None) -> Card:
        graph, own = self._graph, [IRI(node) for node in line.nodes]
        remarks = [text for node in line.nodes if node not in line.premises and (text := graph.word(IRI(node), "note"))]
        return Card(
            iri=own[0],
            also=tuple(own[1:]),
            group=line.group,
            word=line.verb,
            argued=argued(graph, line),
            premises=tuple(self._premise(IRI(premise)) for premise in line.premises),
            targets=tuple(end for target in line.targets for end in self._ends(IRI(target), parent)),
            answers=self._cards(line.answers, line),
            directness=graph.concept(own[0], "directness"),
            remarks=tuple(dict.fromkeys(remarks)),
        )

    def _ends(self, target: IRI, parent: rule.Line | None) -> Iterator[Target]:
        """Yield a target with the line of the page that it belongs to, of an answer the line it answers.

        A study or a source is there once for each line that rests on it, then with who speaks in the line.
        """
        homes = [parent] if parent else self._homes.get(target.value, [])
        found = self._target(target, IRI(homes[0].node) if homes else None)
        if found.kind not in ("study", "source") or len(homes) < 2:
            yield found
            return
        for home in homes:
            speakers = phrases.sentence_list(list(dict.fromkeys(who(self._graph, IRI(x)) for x in home.premises)))
            yield found._replace(text=f"{found.text} ({speakers})", line=IRI(home.node))

    def _premise(self, node: IRI) -> Premise:
        if node not in self._premises:
            self._premises[node] = read_premise(self._graph, node, self._claim)
        return self._premises[node]

    def _target(self, node: IRI, line: IRI | None) -> Target:
        """Return how a card names the claim, argument or assertion it is about."""
        graph = self._graph
        if kind := next((kind for kind in ("Claim", "Study", "Source") if graph.is_a(node, kind)), ""):
            return Target(node, kind.lower(), graph.named(node).value, line)
        if graph.node(node, "asserts"):
            return Target(node, "assertion", f"{who(graph, node)}: {self._saying(node)}", line)
        premises = graph.nodes(node, "premise")
        agents = phrases.sentence_list(list(dict.fromkeys(who(graph, premise) for premise in premises)))
        more = f" (and {len(premises) - 1} more)" if len(premises) > 1 else ""
        text = f"{agents}: {self._saying(premises[0])}{more}" if premises else words_of(node)
        return Target(node, "argument", text, line)

    def _saying(self, node: IRI) -> str:
        said = self._graph.named(self._graph.node(node, "asserts") or node).value
        return ": ".join(filter(None, (verb(self._graph, node), said)))

    def _uses(self, placed: set[IRI]) -> tuple[Use, ...]:
        """Return the uses of the claim, or of an assertion that affirms it, elsewhere."""
        graph = self._graph
        asserting = graph.pointing("asserts", self._claim)
        affirming = [a for a in asserting if rule.stance_of(graph.tables, a.value) == AFFIRMS]
        found: dict[tuple[str, IRI], Use] = {}
        for premise in (self._claim, *affirming):
            for argument in graph.pointing("premise", premise):
                direction = graph.tables.one(argument.value, "direction") or ""
                target = graph.node(argument, "target")
                if direction in rule.ON_EVIDENCE and target not in (None, self._claim) and argument not in placed:
                    found.setdefault((direction, target), self._use(argument, direction, target))
        uses = found.values()
        return tuple(sorted(uses, key=lambda use: (use.target.kind != "claim", use.word, use.target.text)))

    def _use(self, argument: IRI, direction: str, node: IRI) -> Use:
        graph, target = self._graph, self._target(node, None)
        if target.kind == "claim":
            group = rule.group_of_argument(graph.tables, argument.value) or Group.FOR
            return Use(argument, group, verbs()[direction], target, None)
        end = graph.node(node, "asserts") or graph.node(node, "target")
        conclusion = nodes.proposition(graph, end) if end and graph.is_a(end, "Claim") else None
        group, word = rule.ON_EVIDENCE[direction]
        return Use(argument, group, word, target, conclusion)


def _rank(card: Card) -> tuple[int, str]:
    return min((premise.rank for premise in card.premises), default=(NO_LEVEL, ""))


def _with_answers(cards: Iterable[Card]) -> Iterator[Card]:
    for card in cards:
        yield card
        yield from _with_answers(card.answers)


def _studies(premises: Iterable[Premise]) -> tuple[nodes.Study, ...]:
    found = {study.iri: study for premise in premises for trace in premise.traces for study in trace.studies}
    return tuple(found.values())


def _sources(premises: Iterable[Premise], studies: Iterable[nodes.Study]) -> tuple[nodes.Source, ...]:
    named: list[nodes.Source | None] = []
    for premise in premises:
        named.append(premise.source)
        named += [trace.source for trace in premise.traces]
        named += [lead.source for lead in premise.leads]
        named += [interest.source for interest in premise.interests]
    named += [paper for study in studies for paper in study.reported_in]
    return tuple({source.iri: source for source in named if source}.values())
