"""Summary of each claim, its lines counted as on its own page: the data of the pages of many claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import nodes, phrases
from kg.model.dispute import lines
from kg.model.labels import Text
from kg.model.premises import argued, verb, who
from kg.namespaces import shrink
from kg.pages.base.assessed import all_assessed
from kg.pages.base.choice import choose, in_order, relation_of_group
from kg.pages.base.html import asset, page
from kg.pages.base.retractions import marked, retractions
from kg.pages.options import ChoiceOptions
from kg.store.resolve import ids
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.model.graph import Graph
    from kg.pages.base.assessed import Assessed
    from kg.pages.base.choice import Choice
    from kg.store import Store

MOST_NAMED = 8
"""Speakers or sources of one claim that a page of many names."""


class Brief(NamedTuple):
    """A premise in short: who says what, where."""

    who: str
    stance: str
    """Verb of an assertion that does not affirm what it is about: "denies"; else empty."""
    text: Text
    source: nodes.Source | None


class LineSummary(NamedTuple):
    """One line of a dispute in short: its relation, what it does, and what it rests on."""

    iri: IRI
    relation: str
    """As in `palette.TALLIED`; what is on the evidence, challenge or backing, is "undercuts"."""
    word: str
    argued: str
    """Whose argument it is; see `kg.model.premises.argued`."""
    premises: tuple[IRI, ...]


class ClaimSummary(NamedTuple):
    """A claim, and each line that bears on it or on the evidence for it."""

    claim: nodes.Proposition
    id: str
    """Id that a person types: see `kg.store.resolve.id_of`."""
    lines: tuple[LineSummary, ...]
    standing: Assessed | None

    @property
    def tally(self) -> dict[str, int]:
        """Return how many lines there are, by relation, in the order of TALLIED."""
        return in_order(Counter(line.relation for line in self.lines))


class Survey:
    """The claims of a page, in the order of their texts: those of `choice`, or all that a page of a store shows."""

    def __init__(self, store: Store, choice: Choice | None = None) -> None:
        self.choice = choice or choose(store, None, ChoiceOptions())
        self.facts = self.choice.facts
        focus = self.choice.focus
        self.topic = self.facts.label(self.choice.topic) if self.choice.topic else None
        self.focus = nodes.proposition(self.facts, focus) if focus is not None else None
        standings = all_assessed(store, self.choice.claims)
        self._sources: dict[IRI, nodes.Source] = {}
        self._retracted = retractions(store, self.facts.members("Source"))
        self._prefixes = store.prefixes()
        called = ids(store, [each.value for each in self.choice.claims])
        entries = [
            ClaimSummary(
                nodes.proposition(self.facts, each),
                called[each.value],
                tuple(_in_short(self.facts, each)),
                standings.get(each.value),
            )
            for each in self.choice.claims
        ]
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.claim.text.value, entry.claim.iri.value)))

    @property
    def title(self) -> str:
        """Return what the view is of: all claims, or one and those that bear on it."""
        return f"\u201c{self.focus.text}\u201d" if self.focus else "the claims"

    def source(self, node: IRI) -> nodes.Source:
        """Return a source, put together once."""
        if node not in self._sources:
            self._sources[node] = marked(nodes.source(self.facts, node), self._retracted)
        return self._sources[node]

    def curie(self, node: IRI) -> str:
        """Return the CURIE of a node."""
        return shrink(node.value, self._prefixes)

    def brief(self, premise: IRI) -> Brief:
        """Return what a premise says, who says it, and where."""
        facts = self.facts
        asserted = facts.node(premise, "asserts") or premise
        text = facts.text(asserted, "text") or Text(facts.label(asserted) or "")
        source = next(map(self.source, self.origins(premise)), None)
        return Brief(who(facts, premise), verb(facts, premise), text, source)

    def origins(self, premise: IRI) -> tuple[IRI, ...]:
        """Return the sources that a premise stands in: of an assertion its own, of a finding those of its study."""
        facts = self.facts
        if facts.is_a(premise, "Source"):
            return (premise,)
        if stated := facts.nodes(premise, "source"):
            return stated
        owners = [node for node in facts.pointing("finding", premise) if facts.is_a(node, "Study")]
        studies = [premise] if facts.is_a(premise, "Study") else owners
        return tuple(dict.fromkeys(paper for study in studies for paper in facts.pointing("reports", study)))

    def speakers(self, lines: Iterable[LineSummary]) -> list[str]:
        """Return who says something in `lines`, each name once, in the order of the lines."""
        agents = (self.facts.node(premise, "agent") for premise in _premises(lines))
        return list(dict.fromkeys(nodes.agent(self.facts, agent).name.value for agent in agents if agent))

    def sources(self, lines: Iterable[LineSummary]) -> list[nodes.Source]:
        """Return the sources of `lines`, each once, in the order of the lines."""
        found = dict.fromkeys(origin for premise in _premises(lines) for origin in self.origins(premise))
        return [self.source(node) for node in found]


def called(source: nodes.Source) -> str:
    """Return a few words that name a source, with its status where it is retracted or pools what is."""
    return f"{source.short} ({source.status})" if source.status and "retracted" in source.status else source.short


def some(names: Sequence[str]) -> list[str]:
    """Return `names`, of many the first MOST_NAMED and how many more there are."""
    more = len(names) - MOST_NAMED
    return [*names[:MOST_NAMED], f"and {more:,} more"] if more > 0 else list(names)


def tally(graph: Graph, claim: IRI) -> dict[str, int]:
    """Return how many lines `claim` has, by relation, in the order of TALLIED."""
    return in_order(Counter(line.relation for line in _in_short(graph, claim)))


def _in_short(graph: Graph, claim: IRI) -> Iterator[LineSummary]:
    for line in lines(graph.tables, claim.value):
        relation = relation_of_group(line.group)
        yield LineSummary(IRI(line.node), relation, line.verb, argued(graph, line), tuple(map(IRI, line.premises)))


def sheet(name: str, survey: Survey, link: Callable[[IRI], str | None], **values: Any) -> str:
    """Return the page of many claims whose folder is `name`: `values` are what `html.page` and its template take."""
    return page(
        f"{name}/page.html",
        page_class=f"sheet {name}-page",
        styles=(asset("base/frame.css"), asset(f"{name}/page.css")),
        survey=survey,
        link=link,
        count=phrases.count,
        **values,
    )


def _premises(lines: Iterable[LineSummary]) -> Iterator[IRI]:
    return (premise for line in lines for premise in line.premises)
