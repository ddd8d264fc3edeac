"""Choice of the claims of a page of many: all of a small store, those about a topic, or the most disputed.

The tallies that each load derives say how disputed a claim is, so that of a large store no more is read than the page
shows.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import NotFoundError, UsageError
from kg.model.reading import around, around_claims, around_source, whole
from kg.model.topics import about
from kg.model.vocabulary import DERIVED, RELATIONS, Group
from kg.namespaces import DERIVED as DERIVED_GRAPH
from kg.pages.base.palette import TALLIED
from kg.store.terms import IRI, TYPE, hc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.model.graph import Graph
    from kg.pages.options import ChoiceOptions
    from kg.store import Store

_ON_EVIDENCE = {Group.CHALLENGE: "undercuts", Group.BACKING: "undercuts"}
"""Groups whose relation is that they are on the evidence, whichever way."""
_RANKED = (("opposes", "undercuts"), ("doubts",), ("supports",), ("qualifies",))
"""Relations by whose numbers the most disputed come first: the order of the question contested-claims."""


def in_order(counts: Mapping[str, int]) -> dict[str, int]:
    """Return those `counts` that are not zero, in the order of TALLIED."""
    return {relation: counts[relation] for relation in TALLIED if counts.get(relation)}


class Choice(NamedTuple):
    """Claims of a page, what is stated around them, and how many there are to choose from."""

    facts: Graph
    claims: tuple[IRI, ...]
    of: int
    focus: IRI | None = None
    topic: IRI | None = None
    tally: Mapping[str, int] = {}
    """Number of lines of all claims, those left out among them, by relation; empty if none is left out."""

    @property
    def omitted(self) -> int:
        """Number of claims that are left out."""
        return self.of - len(self.claims)

    @property
    def tally_in_words(self) -> str:
        """The tally of all claims: "1,200 for, 300 against"."""
        return ", ".join(f"{number:,} {TALLIED[relation]}" for relation, number in self.tally.items())


def relation_of_group(group: Group) -> str:
    """Return the relation as which a line of `group` is counted: see `kg.pages.base.palette.TALLIED`."""
    return _ON_EVIDENCE.get(group, RELATIONS[group])


def choose(
    store: Store,
    claim: IRI | None,
    options: ChoiceOptions,
    remark: Callable[[str], None] = lambda _: None,
    *,
    with_quotes: bool = False,
) -> Choice:
    """Return the claims of a page: all, those about `options.topic`, or `claim` and those that bear on it.

    Of more than `options.limit` those come that have most lines against them or on their evidence, then most that
    doubt, then most for them; of claims beside `claim` likewise.  `remark` is told if claims are left out;
    `with_quotes`, the facts have the words of what is said.

    Raises NotFoundError for a claim that there is not, UsageError for both a claim and a topic, or a limit below 1.
    """
    if options.limit < 1:
        raise UsageError("a limit is a whole number above 0")
    if claim is not None and options.topic is not None:
        raise UsageError("a page is of a claim or of a topic, not both")
    found = _chosen(store, claim, options, with_quotes)
    if found.omitted:
        left = f"{len(found.claims):,} of {found.of:,} claims, the most disputed"
        remark(f"the page has {left}; --limit takes more, --topic those about one topic")
    return found


def _chosen(store: Store, claim: IRI | None, options: ChoiceOptions, with_quotes: bool) -> Choice:
    if claim is not None:
        return _beside(store, claim, options.limit)
    topic = store.resolve(options.topic) if options.topic else None
    found = _members(store) if topic is None else _claims_among(store, about(store, topic))
    if topic is not None:
        if not found:
            raise NotFoundError(f"no claim is about '{options.topic}' in {store.location}; kg list topics lists topics")
    elif len(found) <= options.limit:
        facts = whole(store)
        return Choice(facts, facts.members("Claim"), len(found))
    return _ranked(store, found, options.limit, topic, with_quotes)


def said_in(store: Store, source: IRI, claim: IRI | None) -> Choice:
    """Return the claims that a source says something of; with `claim`, those among them that bear on it, or are it.

    Raises NotFoundError for a claim that there is not.
    """
    facts = around_source(store, source, *filter(None, [claim]))
    said = (facts.node(node, "asserts") for node in facts.pointing("source", source) if facts.is_a(node, "Assertion"))
    found = {node for node in said if node is not None}
    if claim is not None:
        found &= set(_bearing(around(store, claim), claim))
    return Choice(facts, tuple(sorted(found, key=str)), len(found), focus=claim)


def _members(store: Store) -> set[IRI]:
    rows = store.select("SELECT ?claim { ?claim a hc:Claim FILTER NOT EXISTS { ?claim hc:canonicalClaim ?told } }")
    return {claim for row in rows if isinstance(claim := row["claim"], IRI)}


def _claims_among(store: Store, nodes: Iterable[IRI]) -> set[IRI]:
    classes = (quad for quad in store.about_many(nodes) if quad.predicate == TYPE and quad.object == hc("Claim"))
    return {quad.subject for quad in classes if isinstance(quad.subject, IRI)}


def _ranked(store: Store, found: set[IRI], limit: int, topic: IRI | None, with_quotes: bool) -> Choice:
    chosen, total = sorted(found, key=str), Counter[str]()
    if len(found) > limit:
        tallies = _tallies(store, found)
        chosen = _most_disputed(found, tallies)[:limit]
        total = sum(tallies.values(), total)
    facts = around_claims(store, chosen, with_quotes=with_quotes)
    return Choice(facts, tuple(chosen), len(found), topic=topic, tally=in_order(total))


def _tallies(store: Store, claims: set[IRI]) -> dict[IRI, Counter[str]]:
    """Return claim -> how many lines it has, by relation, as the derived graph counts them."""
    found: dict[IRI, Counter[str]] = {}
    for group, derived in DERIVED.items():
        query = f"SELECT ?claim ?count {{ GRAPH <{DERIVED_GRAPH}> {{ ?claim hc:{derived.tally} ?count }} }}"
        for row in store.select(query):
            if (claim := row["claim"]) in claims:
                found.setdefault(claim, Counter())[relation_of_group(group)] += int(row["count"].value)  # type: ignore[arg-type]
    return found


def _most_disputed(claims: Iterable[IRI], tallies: Mapping[IRI, Mapping[str, int]]) -> list[IRI]:
    def rank(claim: IRI) -> tuple[tuple[int, ...], str]:
        counts = tallies.get(claim, {})
        return tuple(-sum(counts.get(name, 0) for name in names) for names in _RANKED), claim.value

    return sorted(claims, key=rank)


def _beside(store: Store, claim: IRI, limit: int) -> Choice:
    """Return a claim, and the claims put forward for or against it, or toward what is said of it."""
    found = _bearing(around(store, claim), claim)
    if len(found) > limit:
        others = set(found) - {claim}
        found = [claim, *_most_disputed(others, _tallies(store, others))]
    facts = around_claims(store, found[:limit])
    return Choice(facts, tuple(sorted(found[:limit], key=str)), len(found), focus=claim)


def _bearing(facts: Graph, claim: IRI) -> list[IRI]:
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
