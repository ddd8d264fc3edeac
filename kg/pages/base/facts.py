"""What the store states around one claim, fetched in a few queries whatever the size of the dispute.

The queries are fixed; only the nodes they ask about, as checked terms, stand in their VALUES.  All that follows is done
on the frozen `Facts`, without the store.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import NotFoundError
from kg.namespaces import DCTERMS, HC, OA, ONTOLOGY, RDF, RDFS, SCHEMA, SKOS, local_name, plain_name
from kg.store.terms import IRI, Literal, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store import Store

_BATCH = 200
_FULL_TEXT = SCHEMA + "text"
_DESCRIBE = f"""SELECT DISTINCT ?node ?property ?value WHERE {{
  VALUES ?node {{ UNDEF }}
  ?node ?property ?value .
  FILTER(?property != <{_FULL_TEXT}>)
}}"""
_POINTING = """SELECT DISTINCT ?node ?value WHERE {
  VALUES ?value { UNDEF }
  ?node <PROPERTY> ?value .
}"""
_CONCEPTS = f"""SELECT ?concept ?label ?level WHERE {{
  GRAPH <{ONTOLOGY}> {{ ?concept skos:prefLabel ?label OPTIONAL {{ ?concept hc:ocebmLevel ?level }} }}
}}"""

# From a node of the dispute to what its card says.  Not hc:target, hc:cites, hc:includesStudy: they lead out of it.
_FOLLOWED = (
    *(HC + name for name in ("premise", "asserts", "agent", "source", "quote", "tracedTo", "driftFrom", "reports")),
    *(HC + name for name in ("interestIn", "finding", "arm", "about", "population", "intervention", "outcome")),
    *(HC + name for name in ("comparator", "kind", "agentKind", "interestKind", "driftKind", "evidenceKind")),
    *(HC + name for name in ("certainty", "design", "effectMeasure")),
    OA + "hasSelector",
)
# From what points at a node of the dispute.
_POINTERS = tuple(HC + name for name in ("interestOf", "leadFor", "driftOf", "supersedes", "reports", "finding"))


class Text(NamedTuple):
    """Words with their language (a BCP 47 tag, or None if the data does not say)."""

    value: str
    language: str | None = None

    def __str__(self) -> str:
        return self.value


class Facts:
    """What is stated of each node around a claim, and what points at it; nothing changes after `around`."""

    def __init__(self) -> None:
        self._stated: dict[IRI, dict[str, tuple[Term, ...]]] = {}
        self._pointing: dict[tuple[str, IRI], tuple[IRI, ...]] = {}
        self._labels: dict[IRI, str] = {}
        self._levels: dict[IRI, int] = {}

    @classmethod
    def of(cls, triples: Iterable[tuple[IRI, str, Term]]) -> Facts:
        """Return what triples (node, IRI of the property, value) state, without the ontology's labels and levels."""
        stated: dict[IRI, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
        pointing: dict[tuple[str, IRI], set[IRI]] = defaultdict(set)
        for node, name, value in triples:
            stated[node][name].add(value)
            if isinstance(value, IRI):
                pointing[name, value].add(node)
        facts = cls()
        facts._pointing = {end: tuple(sorted(nodes, key=str)) for end, nodes in pointing.items()}
        for node, properties in stated.items():
            facts._stated[node] = {name: tuple(sorted(values, key=str)) for name, values in properties.items()}
        return facts

    def all(self, node: Term | None, name: str) -> tuple[Term, ...]:
        """Return the values of a property (an absolute IRI, or a local name of ours), sorted."""
        found = self._stated.get(node, {}) if isinstance(node, IRI) else {}
        return found.get(name if ":" in name else HC + name, ())

    def nodes(self, node: Term | None, name: str) -> tuple[IRI, ...]:
        """Return those values of a property that are nodes."""
        return tuple(value for value in self.all(node, name) if isinstance(value, IRI))

    def node(self, node: Term | None, name: str) -> IRI | None:
        """Return the first value of a property that is a node."""
        return next(iter(self.nodes(node, name)), None)

    def text(self, node: Term | None, *names: str) -> Text | None:
        """Return the text of the first property that has one: English before no language before any other."""
        for name in names:
            texts = [Text(v.value, v.language) for v in self.all(node, name) if isinstance(v, Literal)]
            if texts:
                return min(texts, key=_language_first)
        return None

    def word(self, node: Term | None, *names: str) -> str | None:
        """Return `text` without its language."""
        text = self.text(node, *names)
        return text.value if text else None

    def is_a(self, node: Term | None, name: str) -> bool:
        """Say whether a node has a class of ours."""
        return IRI(HC + name) in self.all(node, RDF + "type")

    def label(self, node: Term | None) -> str | None:
        """Return the label of a concept, topic or node; lacking one, the words of its local name."""
        if not isinstance(node, IRI):
            return node.value if node else None
        stated = self.word(node, SKOS + "prefLabel", RDFS + "label", "text", "name", DCTERMS + "title")
        return stated or self._labels.get(node) or called(node)

    def concept(self, node: Term | None, name: str) -> str | None:
        """Return the label of the concept that a property names: "randomised trial"."""
        return self.label(self.node(node, name))

    def code(self, node: Term | None, name: str) -> str:
        """Return the word in the local name of a concept of ours, or nothing: to decide by, whatever its label."""
        concept = self.node(node, name)
        return words_of(concept) if concept and concept.value.startswith(HC) else ""

    def level(self, concept: IRI | None) -> int | None:
        """Return the OCEBM 2011 level of an evidence kind, 1 (strongest) to 5, where the ontology states one."""
        return self._levels.get(concept) if concept else None

    def members(self, name: str) -> tuple[IRI, ...]:
        """Return the nodes that have a class of ours, sorted."""
        return self._pointing.get((RDF + "type", IRI(HC + name)), ())

    def pointing(self, name: str, node: Term | None) -> tuple[IRI, ...]:
        """Return the nodes that have `node` as value of a property of ours, sorted."""
        return self._pointing.get((HC + name, node), ()) if isinstance(node, IRI) else ()


def around(store: Store, claim: IRI) -> Facts:
    """Return what `store` states around `claim`: its assertions, all arguments that bear on it, and their records.

    Raises NotFoundError if the store has no such claim.
    """
    reader = _Reader(store)
    reader.describe([claim])
    if not reader.facts.is_a(claim, "Claim") and reader.facts.text(claim, "text") is None:
        raise NotFoundError(f"no claim <{claim.value}> in {store.location}: give the id of a claim")
    reader.arguments(claim)
    reader.follow()
    reader.concepts()
    return reader.facts


def everything(store: Store) -> Facts:
    """Return what the data graphs and the derived graph of `store` state, texts of sources left out."""
    facts = Facts.of(
        (quad.subject, quad.predicate.value, quad.object)
        for graph in store.default_graphs()
        for quad in store.quads(graph)
        if isinstance(quad.subject, IRI)
        and isinstance(quad.object, IRI | Literal)
        and quad.predicate.value != _FULL_TEXT
    )
    _Reader(store, facts).concepts()
    return facts


def called(node: IRI) -> str:
    """Return what `node` is called where no label is stated: a page of the web by its address, else by `words_of`."""
    return words_of(node) if (name := plain_name(node.value)) == local_name(node.value) else name


def words_of(node: IRI) -> str:
    """Return the words in the local name of `node`: "RandomisedTrial" -> "randomised trial"."""
    local = local_name(node.value)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower() if local[:1].isupper() else local


class _Reader:
    """Fills `facts` from the store, level by level."""

    def __init__(self, store: Store, facts: Facts | None = None) -> None:
        self._store = store
        self.facts = facts or Facts()

    def describe(self, nodes: Iterable[IRI]) -> list[IRI]:
        """Fetch what is stated of those nodes that are new, and return these."""
        new = sorted(set(nodes) - self.facts._stated.keys(), key=str)
        stated: Mapping[IRI, dict[str, set[Term]]] = {node: defaultdict(set) for node in new}
        for batch in _batches(new):
            for row in self._store.select(among(_DESCRIBE, "node", batch)):
                stated[row["node"]][row["property"].value].add(row["value"])  # type: ignore[index]
        for node, properties in stated.items():
            self.facts._stated[node] = {name: tuple(sorted(values, key=str)) for name, values in properties.items()}
        return new

    def point(self, name: str, nodes: Iterable[IRI]) -> list[IRI]:
        """Fetch what points at `nodes` with a property, and return it."""
        found: dict[IRI, set[IRI]] = defaultdict(set)
        asked = sorted(set(nodes), key=str)
        for batch in _batches(asked):
            for row in self._store.select(among(_POINTING.replace("PROPERTY", name), "value", batch)):
                if isinstance(row["node"], IRI):
                    found[row["value"]].add(row["node"])  # type: ignore[index]
        for node in asked:
            self.facts._pointing[name, node] = tuple(sorted(found[node], key=str))
        return sorted({node for nodes in found.values() for node in nodes}, key=str)

    def arguments(self, claim: IRI) -> None:
        """Fetch every argument that reaches the claim, and those that its assertions are used in."""
        assertions = self.point(HC + "asserts", [claim])
        self.describe(assertions)
        uses = self.describe(self.point(HC + "premise", [claim, *assertions]))
        self.describe(target for use in uses for target in self.facts.nodes(use, "target"))
        frontier, seen = {claim, *assertions}, set[IRI]()
        while frontier:
            seen |= frontier
            arguments = self.point(HC + "target", frontier)
            self.describe(arguments)
            premises = {node for argument in arguments for node in self.facts.nodes(argument, "premise")}
            self.describe(premises)
            # What hits an assertion hits the argument made of it; a premise that is a claim has a page of its own.
            frontier = {*arguments, *(node for node in premises if self.facts.is_a(node, "Assertion"))} - seen

    def follow(self) -> None:
        """Fetch the records that the nodes so far lead to, until there are no new ones."""
        new = sorted(self.facts._stated, key=str)
        while new:
            linked = {value for node in new for name in _FOLLOWED for value in self.facts.nodes(node, name)}
            linked.update(node for name in _POINTERS for node in self.point(name, new))
            targets = {value for node in new for value in self.facts.nodes(node, "target")}
            new = self.describe(linked | targets)

    def concepts(self) -> None:
        """Fetch the labels and levels of the ontology's concepts."""
        for row in self._store.select(_CONCEPTS):
            concept = row["concept"]
            if not isinstance(concept, IRI):
                continue
            self.facts._labels.setdefault(concept, row["label"].value)
            if "level" in row:
                self.facts._levels[concept] = int(row["level"].value)


def among(query: str, name: str, nodes: Iterable[IRI]) -> str:
    """Return `query` with its one parameter bound to several terms (`kg.store.terms.bind` takes one)."""
    return query.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {' '.join(map(str, nodes))} }}")


def _batches(nodes: list[IRI]) -> Iterable[list[IRI]]:
    return (nodes[at : at + _BATCH] for at in range(0, len(nodes), _BATCH))


def _language_first(text: Text) -> tuple[bool, bool, str, str]:
    language = (text.language or "").lower()
    return (not language.startswith("en"), bool(language), language, text.value)
