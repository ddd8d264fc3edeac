"""Premises of a line: who says what, in which source and words, and from which study or source it derives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.model import nodes, phrases
from kg.model.dispute import interests_behind
from kg.model.labels import NOT_NAMED, Text
from kg.model.vocabulary import AFFIRMS, NO_STANCE, of_scheme, verbs, words_of
from kg.namespaces import local_name
from kg.store.terms import IRI, hc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model.dispute import Line
    from kg.model.graph import Graph

CURATOR = hc("Curator")
"""Whoever wrote the data down."""
NO_LEVEL = 9
"""Ranks after every OCEBM level."""
LEVELS = {"High": 0, "Moderate": 1, "Low": 2, "VeryLow": 3}
"""Certainties from the highest to the lowest."""
KINDS = ("Finding", "Study", "Source", "Claim", "Argument")


class Trace(NamedTuple):
    """Origin of an assertion: a paper with the studies that it reports, or a study (then without a paper)."""

    source: nodes.Source | None
    studies: tuple[nodes.Study, ...]


class Lead(NamedTuple):
    """Possible origin of an assertion: likely, not proven."""

    source: nodes.Source | None
    reason: str | None


class Drift(NamedTuple):
    """Change between an assertion and its origin."""

    kind: str
    origin: str | None
    reason: str | None
    is_possible: bool = False
    """True if it goes by a lead."""

    @property
    def word(self) -> str:
        """Beginning of a sentence about it, which never shows a lead as fact."""
        return "Possibly changed on the way" if self.is_possible else "Changed on the way"


@dataclass(frozen=True, repr=False)
class Premise(nodes.Titled):
    """One thing that is said, found or written, as a line rests on it."""

    iri: IRI
    kind: str
    """assertion, claim, finding, study or source."""
    text: Text
    """Its content in one sentence."""
    on_claim: bool
    """True if it says this of the page's own claim."""
    stance: str | None
    verb: str
    """Verb of an assertion that does not affirm its claim, such as "denies"; else empty."""
    claim: nodes.Proposition | None
    agent: nodes.Agent | None
    source: nodes.Source | None
    quotes: tuple[nodes.Quote, ...]
    date: str | None
    evidence_kind: str | None
    hedged: str | None
    """Word of caution with which it is said."""
    certainty: str | None
    """As stated: "low to very low"."""
    certainty_reasons: tuple[str, ...]
    """Reasons that it is no more certain."""
    certainty_by: str | None
    """Source that rates the certainty, in a few words, where it is not its own."""
    traces: tuple[Trace, ...]
    figures: tuple[nodes.Figure, ...]
    leads: tuple[Lead, ...]
    drifts: tuple[Drift, ...]
    read_in: tuple[str, ...]
    note: str | None
    interests: tuple[nodes.Interest, ...]
    """Interests of its speaker, then those of others in the evidence that it rests on."""
    rank: tuple[int, str]
    """OCEBM level of the evidence if traced (else 9) and date: the order of the cards."""

    @property
    def rated(self) -> str:
        """Certainty with its reasons: "low to very low, for risk of bias"."""
        reasons = f", for {phrases.sentence_list(self.certainty_reasons)}" if self.certainty_reasons else ""
        return f"{self.certainty}{reasons}" if self.certainty else ""

    @property
    def is_untraced(self) -> bool:
        """True if it is an assertion of which nobody has shown where it comes from."""
        return self.kind == "assertion" and not self.traces

    @property
    def interest_marks(self) -> tuple[str, ...]:
        """Marks for whose interests there are."""
        return marks_of(self.interests, self.agent)

    def stake(self, interest: nodes.Interest) -> str:
        """Return what an interest is in, after whose it is where that is not the speaker: "Nap Fund in the trial"."""
        by = "" if self.agent and interest in self.agent.interests else interest.holder
        return " ".join(filter(None, (f"of {by}" if by else "", f"in {interest.topic}" if interest.topic else "")))

    @property
    def who(self) -> str:
        """Return the name of the agent, or else what stands for one."""
        return self.agent.name.value if self.agent else NOT_NAMED if self.kind == "assertion" else self.kind


def who(graph: Graph, premise: IRI) -> str:
    """Return who stands behind a premise: its speaker, or lacking one what it is, such as "study"."""
    if agent := graph.node(premise, "agent"):
        return nodes.agent(graph, agent).name.value
    other = NOT_NAMED if graph.node(premise, "asserts") else "premise"
    return next((kind.lower() for kind in KINDS if graph.is_a(premise, kind)), other)


def argued(graph: Graph, line: Line) -> str:
    """Return whose argument a line is, in words that lead to its premises: "our reading, from".

    Empty where the premises say it themselves.

    Who speaks in a premise is not thereby who challenges or answers with it: where nobody is said to, "from" is all.
    """
    if not line.direction or line.verb in {stance.verb for stance in of_scheme("Stance").values()}:
        return ""
    arguers = {arguer for node in line.nodes for arguer in graph.nodes(IRI(node), "arguedBy")}
    if not arguers:
        return "from"
    if CURATOR in arguers:
        return "our reading, from"
    if arguers <= {agent for premise in line.premises for agent in graph.nodes(IRI(premise), "agent")}:
        return ""
    names = sorted(nodes.agent(graph, arguer).name.value for arguer in arguers)
    return f"as {phrases.sentence_list(names)} {'argues' if len(names) == 1 else 'argue'}, from"


def verb(graph: Graph, premise: IRI) -> str:
    """Return the verb of an assertion that does not affirm its claim, such as "denies"; empty for any other premise.

    One that states no stance leaves it open.
    """
    stance = graph.tables.one(premise.value, "stance") or ""
    if stance == AFFIRMS or not graph.node(premise, "asserts"):
        return ""
    return verbs().get(stance, NO_STANCE)


def together(premises: Iterable[Premise]) -> tuple[tuple[Premise, ...], ...]:
    """Return `premises` in groups with one speaker, source and provenance, which a card then states once."""
    groups: dict[object, list[Premise]] = {}
    for premise in premises:
        origins = tuple(step.iri for trace in premise.traces for step in (trace.source, *trace.studies) if step)
        who = premise.agent and premise.agent.iri, premise.source and premise.source.iri, premise.read_in
        key = (premise.kind, who, premise.date, premise.evidence_kind, premise.certainty, origins, premise.interests)
        groups.setdefault(key, []).append(premise)
    return tuple(map(tuple, groups.values()))


def read_premise(graph: Graph, node: IRI, claim: IRI) -> Premise:
    """Return what `node`, a premise or a bare assertion, says; `claim` is the one that the page is about."""
    is_assertion = graph.is_a(node, "Assertion")
    asserted = graph.node(node, "asserts") if is_assertion else node if graph.is_a(node, "Claim") else None
    kind = "assertion" if is_assertion else next((k.lower() for k in KINDS if graph.is_a(node, k)), "claim")
    source = node if kind == "source" else graph.node(node, "source") if is_assertion else None
    agent, date = graph.node(node, "agent"), graph.word(node, "date")
    traces = _traces(graph, node, kind)
    evidence = graph.node(node, "evidenceKind") or _design(graph, node, kind)
    stated = graph.text(asserted or node, "text") or Text(graph.label(asserted or node) or words_of(node))
    return Premise(
        iri=node,
        kind=kind,
        text=stated,
        on_claim=asserted == claim,
        stance=graph.concept(node, "stance"),
        verb=verb(graph, node),
        claim=nodes.proposition(graph, asserted) if asserted else None,
        agent=nodes.agent(graph, agent) if agent else None,
        source=nodes.source(graph, source) if source else None,
        quotes=nodes.quotes(graph, node),
        date=phrases.date(date) if date else None,
        evidence_kind=graph.label(evidence),
        hedged=graph.word(node, "hedged"),
        certainty=_certainty(graph, node),
        certainty_reasons=tuple(sorted(filter(None, map(graph.label, graph.nodes(node, "certaintyReason"))))),
        certainty_by=nodes.source(graph, rater).short if (rater := graph.node(node, "certaintyBy")) else None,
        traces=traces,
        figures=tuple(nodes.figure(graph, each) for each in _figures(graph, node, kind)),
        leads=tuple(_leads(graph, node)),
        drifts=stated_drifts(graph, node),
        read_in=tuple(value.value for value in graph.all(node, "readIn")),
        note=graph.word(node, "note"),
        interests=interests(graph, node, claim),
        rank=((graph.level(evidence) or NO_LEVEL) if traces else NO_LEVEL, date or "9999"),
    )


def _certainty(graph: Graph, node: IRI) -> str | None:
    """Return the certainty that is stated of `node`, the higher end of a range first."""
    stated = sorted(
        graph.nodes(node, "certainty"), key=lambda each: (LEVELS.get(local_name(each.value), 0), each.value)
    )
    return " to ".join(filter(None, map(graph.label, stated))) or None


def marks_of(interests: tuple[nodes.Interest, ...], agent: nodes.Agent | None) -> tuple[str, ...]:
    """Return the marks for whose interests there are: the speaker's own, and of others in the evidence."""
    own = agent.interests if agent else ()
    return ("has an interest",) * bool(own) + ("interest in its evidence",) * (len(interests) > len(own))


def interests(graph: Graph, node: IRI, claim: IRI) -> tuple[nodes.Interest, ...]:
    """Return the interests of the speaker of `node`, which bears on `claim`, then those of others behind it."""
    behind = interests_behind(graph.tables, node.value, [claim.value])
    own = graph.pointing("interestOf", graph.node(node, "agent"))
    others = sorted(behind - {interest.value for interest in own})
    return tuple(nodes.interest(graph, interest) for interest in (*own, *map(IRI, others)))


def _traces(graph: Graph, node: IRI, kind: str) -> tuple[Trace, ...]:
    """Return what `node` goes back to: papers with the studies they report, then studies of which no paper is named."""
    origins = graph.nodes(node, "tracedTo") if kind == "assertion" else _owners(graph, node, kind)
    papers = [
        Trace(nodes.source(graph, origin), _reported(graph, origin))
        for origin in origins
        if not graph.is_a(origin, "Study")
    ]
    named = {study.iri for paper in papers for study in paper.studies}
    studies = [origin for origin in origins if graph.is_a(origin, "Study") and origin not in named]
    return (*papers, *(Trace(None, (nodes.study(graph, origin),)) for origin in studies))


def _owners(graph: Graph, node: IRI, kind: str) -> tuple[IRI, ...]:
    """Return the study of a finding, a study itself, or a source itself."""
    if kind == "finding":
        return tuple(owner for owner in graph.pointing("finding", node) if graph.is_a(owner, "Study"))
    return (node,) if kind in ("study", "source") else ()


def _reported(graph: Graph, source: IRI) -> tuple[nodes.Study, ...]:
    return tuple(nodes.study(graph, study) for study in graph.nodes(source, "reports"))


def _figures(graph: Graph, node: IRI, kind: str) -> tuple[IRI, ...]:
    return (node,) if kind == "finding" else graph.nodes(node, "finding") if kind == "assertion" else ()


def _design(graph: Graph, node: IRI, kind: str) -> IRI | None:
    owners = _owners(graph, node, kind)
    return next((design for owner in owners if (design := graph.node(owner, "design"))), None)


def _leads(graph: Graph, node: IRI) -> Iterator[Lead]:
    for lead in graph.pointing("leadFor", node):
        source = graph.node(lead, "source")
        yield Lead(nodes.source(graph, source) if source else None, graph.word(lead, "reason"))


def stated_drifts(graph: Graph, node: IRI) -> tuple[Drift, ...]:
    """Return the drifts that are stated of an assertion."""
    return tuple(_drift(graph, drift) for drift in graph.pointing("driftOf", node))


def _drift(graph: Graph, node: IRI) -> Drift:
    kind, reason = graph.concept(node, "driftKind") or "changed", graph.word(node, "reason")
    is_possible = graph.code(node, "driftCertainty") == "possible"
    return Drift(kind, _origin(graph, graph.node(node, "driftFrom")), reason, is_possible)


def _origin(graph: Graph, node: IRI | None) -> str | None:
    if node is None:
        return None
    return graph.label(graph.node(node, "asserts") or node)
