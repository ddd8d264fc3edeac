"""Names of nodes for people, the same in every view, and lists of all nodes of a kind with their names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import UsageError
from kg.model.vocabulary import concepts, words_of
from kg.namespaces import DCTERMS, HC, RDFS, SKOS, local_name, plain_name
from kg.store.resolve import ids
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.store import Store
    from kg.store.terms import Row, Term

LABEL_PROPERTIES = (HC + "text", HC + "name", DCTERMS + "title", SKOS + "prefLabel", RDFS + "label")
"""Properties that name a node; the first that it has names it."""


class Text(str):
    """Words with their language: to Python a text like any other, with `language` (a BCP 47 tag, or None) beside."""

    __slots__ = ("language",)
    language: str | None

    def __new__(cls, value: str, language: str | None = None) -> Text:  # noqa: D102 -- as the class says
        text = super().__new__(cls, value)
        text.language = language
        return text

    @property
    def value(self) -> str:
        """The words alone."""
        return str(self)


def preferred(values: Iterable[Term]) -> Text | None:
    """Return the one of several texts that is shown: English before no language before any other; None without any."""
    texts = [Text(value.value, value.language) for value in values if isinstance(value, Literal)]
    return min(texts, key=_language_first, default=None)


def label(node: IRI, values: Callable[[str], Sequence[Term]]) -> Text:
    """Return what `node` is called; `values` gives the values of a property of it.

    Lacking a stated name, a concept of the ontology has its label there, a page of the web its address, and any other
    node the words of its local name.
    """
    return _stated(values) or Text(unstated_label(node))


def unstated_label(node: IRI) -> str:
    """Return what `node` is called where the data give it no name."""
    if concept := concepts().get(node.value):
        return concept.label
    return words_of(node) if (name := plain_name(node.value)) == local_name(node.value) else name


def labels(store: Store, nodes: Iterable[IRI]) -> dict[IRI, str]:
    """Return node -> label for those of `nodes` that have one, in the data or in the ontology."""
    found: dict[IRI, str] = {}
    for node in nodes:
        stated: defaultdict[str, list[Term]] = defaultdict(list)
        for quad in store.about(node):
            stated[quad.predicate.value].append(quad.object)  # type: ignore[arg-type]
        text = _stated(stated.__getitem__)
        if text or node.value in concepts():
            found[node] = text.value if text else concepts()[node.value].label
    return found


def _stated(values: Callable[[str], Sequence[Term]]) -> Text | None:
    """Return the name that the data give a node, by the one order of properties."""
    return next(filter(None, (preferred(values(name)) for name in LABEL_PROPERTIES)), None)


def _language_first(text: Text) -> tuple[bool, bool, str, str]:
    language = (text.language or "").lower()
    return (not language.startswith("en"), bool(language), language, text.value)


_LABELLED = "SELECT ?node ?label WHERE {{ ?node a {cls} OPTIONAL {{ ?node {property} ?label }} }} ORDER BY ?node ?label"
_ASSERTIONS = """
SELECT ?node ?first ?concept ?second WHERE {
  ?node a hc:Assertion
  OPTIONAL { ?node hc:agent/hc:name ?first }
  OPTIONAL { ?node hc:stance ?concept }
  OPTIONAL { ?node hc:asserts/hc:text ?second }
} ORDER BY ?node ?first ?second
"""
_ARGUMENTS = """
SELECT ?node ?first ?concept ?second WHERE {
  ?node a hc:Argument
  OPTIONAL { ?node hc:premise ?first }
  OPTIONAL { ?node hc:direction ?concept }
  OPTIONAL { ?node hc:target ?second }
} ORDER BY ?node ?first ?second
"""
_QUERIES = {
    "claims": _LABELLED.format(cls="hc:Claim", property="hc:text"),
    "sources": _LABELLED.format(cls="hc:Source", property="dcterms:title"),
    "agents": _LABELLED.format(cls="hc:Agent", property="hc:name"),
    "topics": _LABELLED.format(cls="hc:Topic", property="skos:prefLabel"),
    "assertions": _ASSERTIONS,
    "arguments": _ARGUMENTS,
    "studies": _LABELLED.format(cls="hc:Study", property="rdfs:label"),
}
KINDS = tuple(_QUERIES)


class Listed(NamedTuple):
    """Node of a store."""

    node: str
    """IRI."""
    id: str
    """Id that a person types for it: see `kg.store.resolve.id_of`."""
    label: str


def listing(store: Store, kind: str = "claims") -> list[Listed]:
    """Return all things of a kind, one of `KINDS`, by IRI; UsageError for another word."""
    if kind not in _QUERIES:
        raise UsageError(f"'{kind}' cannot be listed; there are {', '.join(KINDS)}")
    first_rows: dict[str, Row] = {}
    for row in store.select(_QUERIES[kind]):
        if isinstance(row["node"], IRI):
            first_rows.setdefault(row["node"].value, row)
    linked = {term for row in first_rows.values() for term in row.values() if isinstance(term, IRI)}
    names = ids(store, sorted(first_rows.keys() | {term.value for term in linked}))
    concepts = labels(store, linked & {row["concept"] for row in first_rows.values() if "concept" in row})
    words = names | {node.value: label for node, label in concepts.items()}
    return [Listed(node, names[node], _label(row, words)) for node, row in first_rows.items()]


def _label(row: Row, words: Mapping[str, str]) -> str:
    terms = (row[name] for name in ("label", "first", "concept", "second") if name in row)
    return " ".join(words.get(term.value, term.value) for term in terms)
