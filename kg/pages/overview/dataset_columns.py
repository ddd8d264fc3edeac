"""A dataset of any size as columns: its claims by topic (or first word), what is said for and against, and by whom.

A claim that is mostly supported comes before one that is mostly answered, so that a picture which sets them side by
side keeps for and against apart.  All is plain numbers and texts: a number points into a list beside it.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import phrases
from kg.model.dispute import grounds, group_of_argument
from kg.model.ids import quote_order
from kg.model.labels import LABEL_PROPERTIES, preferred, unstated_label
from kg.model.vocabulary import RELATIONS
from kg.namespaces import DCTERMS, FABIO, HC, OA, PRISM, RDF, SCHEMA
from kg.pages.base.assessed import all_assessed
from kg.pages.base.choice import choose
from kg.pages.base.html import address_keys, web
from kg.pages.base.palette import SAYING, direction_relation, stance_relation
from kg.pages.base.summaries import tally
from kg.pages.options import GraphOptions
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.model.graph import Graph, Tables
    from kg.pages.base.choice import Choice
    from kg.store import Store
    from kg.store.terms import Term

SHARES = ("supports", "qualifies", "undercuts", "doubts", "opposes", "no evidence", "inconclusive")
"""The relations of a tally from the left of a claim's bar to its right."""
KINDS = (
    *("supports", "opposes", "doubts", "undercuts", "qualifies", "no evidence", "inconclusive"),
    "direction not stated",
)
"""Relations of arguments."""
_NONE = -1
_ADDRESSES = (
    (PRISM + "doi", "https://doi.org/"),
    (FABIO + "hasPubMedId", "https://pubmed.ncbi.nlm.nih.gov/"),
    (SCHEMA + "url", ""),
)
_CLASSES = ("Claim", "Assertion", "Argument", "Study", "Source", "Agent")


class TopicBlock(NamedTuple):
    """A group of claims that stand beside each other: so many, from the one numbered `first` on."""

    name: str
    first: int
    size: int
    is_stated: bool
    """True if it is a topic that the data state; else it is the first word of the claims."""


class DatasetColumns(NamedTuple):
    """Data of the overview; the columns of `claims` have one length, as have those of `said` and those of `lines`."""

    topics: tuple[TopicBlock, ...]
    claims: dict[str, list[Any]]
    """`text`, `key`, `state` and `standing` (indexes of `states` and `sentences`), the seven shares of the tally."""
    said: dict[str, list[Any]]
    """Assertions: `claim`, `stance`; `agent`, `source` and `evidence` in `names`; `date`, `quote`, `language`."""
    lines: dict[str, list[Any]]
    """Arguments: `kind` (as it counts), `does` (as stated), the claim `to`, from a claim (`by`) or a thing (`thing`),
    `voice` (in `said`), and the line or assertion that it lands `on`: -1 the claim itself, 0 and more a line, -2 and
    less an assertion (-2 is number 0).
    A claim argues only if it is put forward or affirmed: of a denial or a doubt there is the `voice` alone."""
    names: list[str]
    addresses: list[str]
    states: list[str]
    sentences: list[str]
    """Standings in words."""


class _Stated:
    """Statements about each node with a few properties, as texts, in one order whatever that of the triples."""

    def __init__(self, facts: Graph) -> None:
        self._facts = facts
        self._read: dict[str, dict[str, list[str]]] = {}
        self.languages: dict[str, str] = {}
        self.labels = self._labels()

    def values(self, name: str) -> dict[str, list[str]]:
        """Return node -> values of the property `name` (an IRI, or a local name of ours)."""
        if name not in self._read:
            found: dict[str, set[str]] = defaultdict(set)
            for node, value in self.pairs(name):
                found[node.value].add(value.value)
                if isinstance(value, Literal) and value.language:
                    known = self.languages.get(value.value, value.language)
                    self.languages[value.value] = min(known, value.language)
            order = quote_order if name == "quote" else None
            self._read[name] = {node: sorted(values, key=order) for node, values in found.items()}
        return self._read[name]

    def one(self, node: str, name: str) -> str:
        """Return the first value of a property, or an empty text."""
        return next(iter(self.values(name).get(node, ())), "")

    def pairs(self, name: str) -> list[tuple[IRI, IRI | Literal]]:
        """Return the nodes that have a property, each with a value of it."""
        return [(node, value) for node, value in self._facts.pairs(name) if isinstance(value, IRI | Literal)]

    def name(self, node: str) -> str:
        """Return what a node is called: its label, else the end of its IRI in words."""
        return self.labels.get(node) or unstated_label(IRI(node))

    def _labels(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in reversed(LABEL_PROPERTIES):
            texts: dict[str, list[Term]] = defaultdict(list)
            for node, value in self.pairs(name):
                texts[node.value].append(value)
            found |= {node: text.value for node, values in texts.items() if (text := preferred(values))}
        return found


class _Index:
    """Numbers of texts, in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers)) if text else _NONE


def columns(store: Store, choice: Choice | None = None) -> DatasetColumns:
    """Return the columns of the claims of `choice`, or of all claims of `store`."""
    choice = choice or choose(store, None, GraphOptions(limit=sys.maxsize))
    stated = _Stated(choice.facts)
    of_class = {name: _members(stated, name) for name in _CLASSES}
    of_class["Claim"] = [claim.value for claim in choice.claims]
    graph = choice.facts
    tallies = {claim: tally(graph, IRI(claim)) for claim in of_class["Claim"]}
    topics, order = _by_topic(stated, of_class["Claim"], tallies)
    number = {claim: at for at, claim in enumerate(order)}
    things, states, sentences = _Index(), _Index(), _Index()
    assessed = all_assessed(store, choice.claims)
    claims: dict[str, list[Any]] = {
        "text": [stated.name(claim) for claim in order],
        "key": list(address_keys(order, store.prefixes()).values()),
        "state": [states(assessed[claim].state if claim in assessed else "") for claim in order],
        "standing": [sentences(assessed[claim].sentence if claim in assessed else "") for claim in order],
    }
    claims |= {share: [tallies[claim].get(share, 0) for claim in order] for share in SHARES}
    assertions = [node for node in of_class["Assertion"] if stated.one(node, "asserts") in number]
    said = _said(stated, assertions, number, things)
    arguments = of_class["Argument"]
    if len(number) < len(graph.members("Claim")):  # what is said to claims that are left out has no place
        ends = {node: stated.one(node, "target") for node in arguments}
        arguments = [
            node
            for node in arguments
            if _reached(stated, ends, node, number) != _NONE or _is_evidence(stated, ends[node])
        ]
    lines = _lines(stated, graph.tables, arguments, {node: at for at, node in enumerate(assertions)}, number, things)
    nodes = list(things.numbers)
    return DatasetColumns(
        topics,
        claims,
        said,
        lines,
        [stated.name(node) for node in nodes],
        [_address(stated, node) for node in nodes],
        list(states.numbers),
        list(sentences.numbers),
    )


def _members(stated: _Stated, name: str) -> list[str]:
    return sorted(node for node, classes in stated.values(RDF + "type").items() if HC + name in classes)


def _by_topic(
    stated: _Stated, claims: list[str], tallies: Mapping[str, dict[str, int]]
) -> tuple[tuple[TopicBlock, ...], list[str]]:
    """Return the topics in the order of their names, and the claims in the order in which they stand in them."""
    of_topic: dict[str, list[str]] = defaultdict(list)
    are_stated = set()
    for claim in claims:
        topic = _stated_topic(stated, claim)
        of_topic[topic or _first_word(stated, claim)].append(claim)
        are_stated.add(topic)
    topics, order = [], list[str]()
    for name in sorted(of_topic, key=_natural):
        topics.append(TopicBlock(name, len(order), len(of_topic[name]), name in are_stated))
        order += sorted(of_topic[name], key=lambda claim: (*_side(tallies[claim]), claim))
    return tuple(topics), order


def _stated_topic(stated: _Stated, claim: str) -> str:
    """Return the name of a claim's first topic, or an empty text."""
    topics = stated.values("about").get(claim) or stated.values("intervention").get(claim)
    return stated.name(topics[0]) if topics else ""


def _first_word(stated: _Stated, claim: str) -> str:
    """Return the first word of a claim's text, a chemical's prefix and all: "r-citalopram"."""
    word = re.search(r"[^\W_]+(?:-[^\W_]+)*", stated.name(claim))
    return word[0].lower() if word else "other"


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a sorting key by which "topic 9" comes before "topic 10"."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name.casefold())]


def _side(counts: Mapping[str, int]) -> tuple[int, float, int]:
    """Return a sorting key: what is supported, what is answered too, what is only answered, then the rest."""
    pro, con = counts.get("supports", 0), counts.get("opposes", 0) + counts.get("undercuts", 0)
    if pro + con:
        return 0, con / (pro + con), -(pro + con)
    return (1 if counts else 2), 0.0, -sum(counts.values())


def _said(
    stated: _Stated, assertions: list[str], number: Mapping[str, int], things: Callable[[str], int]
) -> dict[str, list[Any]]:
    words = [_quote(stated, node) for node in assertions]
    return {
        "claim": [number[stated.one(node, "asserts")] for node in assertions],
        "stance": [SAYING.index(stance_relation(stated.one(node, "stance"))) for node in assertions],
        "agent": [things(stated.one(node, "agent")) for node in assertions],
        "source": [things(stated.one(node, "source")) for node in assertions],
        "evidence": [things(stated.one(node, "evidenceKind")) for node in assertions],
        "date": [_date(stated, node) for node in assertions],
        "quote": words,
        "language": [stated.languages.get(text, "") for text in words],
    }


def _quote(stated: _Stated, assertion: str) -> str:
    selectors = [one for quote in stated.values("quote").get(assertion, ()) for one in _selectors(stated, quote)]
    return " … ".join(dict.fromkeys(text for one in selectors if (text := stated.one(one, OA + "exact"))))


def _selectors(stated: _Stated, quote: str) -> list[str]:
    return stated.values(OA + "hasSelector").get(quote, [])


def _date(stated: _Stated, assertion: str) -> str:
    source = stated.one(assertion, "source")
    return phrases.date(stated.one(assertion, "date") or stated.one(source, DCTERMS + "date"))


def _lines(
    stated: _Stated,
    tables: Tables,
    arguments: list[str],
    assertions: Mapping[str, int],
    number: Mapping[str, int],
    things: Callable[[str], int],
) -> dict[str, list[Any]]:
    """Return a line for each argument, by each of its premises, to its first target.

    One on a study or a source lands on every assertion that rests on it.
    """
    ends = {node: target for node in arguments if (target := stated.one(node, "target"))}
    resting = _resting(stated, tables, set(ends.values()), assertions, number)
    first_line: dict[str, int] = {}
    rows: list[tuple[int, str, str]] = []
    landings: list[str] = []
    for node, target in ends.items():
        first_line[node] = len(rows)
        for landing in resting.get(target, (target,)):
            claim = number.get(stated.one(landing, "asserts"), _NONE)
            end = claim if landing != target else _reached(stated, ends, node, number)
            premises = stated.values("premise").get(node, ())
            rows += [(end, node, premise) for premise in premises]
            landings += [landing] * len(premises)
    claims = [number.get(_argues(stated, premise), _NONE) for _, _, premise in rows]
    holders = _holders(stated)
    # A finding goes by its study; what is said of a claim that has no place here, by that claim.
    named = [holders.get(premise) or stated.one(premise, "asserts") or premise for _, _, premise in rows]
    return {
        "kind": [KINDS.index(_counted(tables, node, ends[node], number)) for _, node, _ in rows],
        "does": [KINDS.index(_relation(tables, node, ends[node], number)) for _, node, _ in rows],
        "to": [claim for claim, _, _ in rows],
        "by": claims,
        "thing": [
            things(name) if by == _NONE and premise not in assertions else _NONE
            for (_, _, premise), name, by in zip(rows, named, claims, strict=True)
        ],
        "voice": [assertions.get(premise, _NONE) for _, _, premise in rows],
        "on": [_landing(landing, first_line, assertions) for landing in landings],
    }


def _is_evidence(stated: _Stated, node: str) -> bool:
    return not {HC + "Study", HC + "Source"}.isdisjoint(stated.values(RDF + "type").get(node, ()))


def _resting(
    stated: _Stated, tables: Tables, targets: set[str], assertions: Mapping[str, int], number: Mapping[str, int]
) -> dict[str, list[str]]:
    """Return study or source -> the assertions for a claim that rest on it, of those of `targets` that have one."""
    studies = {node for node in targets if _is_evidence(stated, node)}
    found: dict[str, list[str]] = defaultdict(list)
    for node in assertions if studies else ():
        if stance_relation(stated.one(node, "stance")) == "affirms" and stated.one(node, "asserts") in number:
            for ground in studies.intersection(grounds(tables, node)):
                found[ground].append(node)
    return found


def _argues(stated: _Stated, premise: str) -> str:
    """Return the claim that a premise puts forward: itself, or what it affirms; else an empty text."""
    asserted = stated.one(premise, "asserts")
    affirms = stance_relation(stated.one(premise, "stance")) == "affirms"
    return (asserted if affirms else "") if asserted else premise


def _reached(stated: _Stated, ends: Mapping[str, str], argument: str, number: Mapping[str, int]) -> int:
    """Return the claim at which an argument ends, however many others lie between; -1 if it never reaches one."""
    node, seen = argument, set[str]()
    while node in ends and node not in seen:
        seen.add(node)
        node = ends[node]
    return number.get(stated.one(node, "asserts") or node, _NONE)


def _counted(tables: Tables, argument: str, target: str, number: Mapping[str, int]) -> str:
    """Return the relation under which an argument counts: one that rests on doubts alone is itself a doubt."""
    if target in number and (group := group_of_argument(tables, argument)):
        return RELATIONS[group]
    return _relation(tables, argument, target, number)


def _relation(tables: Tables, argument: str, target: str, number: Mapping[str, int]) -> str:
    """Return what an argument states that it does to its target."""
    return direction_relation(HC + (tables.one(argument, "direction") or ""), on_inference=target not in number)


def _holders(stated: _Stated) -> dict[str, str]:
    """Return finding -> its study, which stands for it where it is a premise."""
    held = stated.values("finding")
    return {finding: node for node in sorted(held, reverse=True) for finding in held[node]}


def _landing(target: str, lines: Mapping[str, int], assertions: Mapping[str, int]) -> int:
    if target in assertions:
        return -2 - assertions[target]
    return lines.get(target, _NONE)


def _address(stated: _Stated, node: str) -> str:
    """Return where a reader finds a source on the web, or an empty text."""
    found = (start + value for name, start in _ADDRESSES if (value := stated.one(node, name)))
    return next((address for address in found if web(address)), "")
