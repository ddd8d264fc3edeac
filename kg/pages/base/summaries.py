"""Summary of each claim, its lines counted as on its own page: the data of the pages of many claims."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import NotFoundError
from kg.model import nodes, phrases
from kg.model.dispute import lines
from kg.model.graph import whole
from kg.model.labels import Text
from kg.model.premises import argued, verb, who
from kg.model.vocabulary import RELATIONS, Group
from kg.namespaces import shrink
from kg.pages.base.assessed import all_assessed
from kg.pages.base.html import asset, page
from kg.pages.base.palette import TALLIED
from kg.store.resolve import ids
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kg.model.graph import Graph
    from kg.pages.base.assessed import Assessed
    from kg.store import Store


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
    """The claims of a store, in the order of their texts, read once.

    With `claim`, only that claim and those that bear on it or on what is said of it.
    Raises NotFoundError if the store has no such claim.
    """

    def __init__(self, store: Store, claim: IRI | None = None) -> None:
        self.facts = whole(store)
        chosen: Iterable[IRI] = self.facts.members("Claim")
        if claim is not None:
            if claim not in chosen:
                raise NotFoundError(f"no claim <{claim.value}> in {store.location}; give the id of a claim")
            chosen = _bearing(self.facts, claim)
        self.focus = nodes.proposition(self.facts, claim) if claim is not None else None
        standings = all_assessed(store)
        self._sources: dict[IRI, nodes.Source] = {}
        self._prefixes = store.prefixes()
        called = ids(store, [each.value for each in chosen])
        entries = [
            ClaimSummary(
                nodes.proposition(self.facts, each),
                called[each.value],
                tuple(_in_short(self.facts, each)),
                standings.get(each.value),
            )
            for each in chosen
        ]
        self.entries = tuple(sorted(entries, key=lambda entry: (entry.claim.text.value, entry.claim.iri.value)))

    @property
    def title(self) -> str:
        """Return what the view is of: all claims, or one and those that bear on it."""
        return f"\u201c{self.focus.text}\u201d" if self.focus else "the claims"

    def source(self, node: IRI) -> nodes.Source:
        """Return a source, put together once."""
        if node not in self._sources:
            self._sources[node] = nodes.source(self.facts, node)
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


def tally(graph: Graph, claim: IRI) -> dict[str, int]:
    """Return how many lines `claim` has, by relation, in the order of TALLIED."""
    return in_order(Counter(line.relation for line in _in_short(graph, claim)))


def _in_short(graph: Graph, claim: IRI) -> Iterator[LineSummary]:
    for line in lines(graph.tables, claim.value):
        relation = "undercuts" if line.group in (Group.CHALLENGE, Group.BACKING) else RELATIONS[line.group]
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


def in_order(counts: Counter[str]) -> dict[str, int]:
    """Return those `counts` that are not zero, in the order of TALLIED."""
    return {relation: counts[relation] for relation in TALLIED if counts[relation]}


def _premises(lines: Iterable[LineSummary]) -> Iterator[IRI]:
    return (premise for line in lines for premise in line.premises)


def _bearing(facts: Graph, claim: IRI) -> list[IRI]:
    """Return `claim`, and the claims put forward for or against it, or toward what is said of it."""
    found: dict[IRI, None] = {claim: None}
    waiting = [claim, *facts.pointing("asserts", claim)]
    seen: set[IRI] = set()
    while waiting:
        node = waiting.pop(0)
        if node in seen:
            continue
        seen.add(node)
        for argument in facts.pointing("target", node):
            premises = facts.nodes(argument, "premise")
            claims = [facts.node(premise, "asserts") or premise for premise in premises]
            found.update(dict.fromkeys(each for each in claims if facts.is_a(each, "Claim")))
            waiting += [argument, *(premise for premise in premises if facts.is_a(premise, "Assertion"))]
    return list(found)
