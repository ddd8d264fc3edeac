"""Names of nodes for people, the same in every view, and lists of all nodes of a kind with their names."""

from __future__ import annotations

from collections import defaultdict
from heapq import merge
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import NotFoundError, UsageError
from kg.model.vocabulary import concepts, words_of
from kg.namespaces import DCTERMS, DERIVED, HC, RDFS, SKOS, local_name, plain_name
from kg.store.resolve import ids, told_for
from kg.store.terms import IRI, TYPE, Literal, hc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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


NOT_NAMED = "somebody not named"
"""Name for the speaker of an assertion that names no agent."""


def preferred(values: Iterable[Term], language: str = "") -> Text | None:
    """Return the one of several texts that is shown: one in `language`, else by `language_order`; None without any."""
    texts = [Text(value.value, value.language) for value in values if isinstance(value, Literal)]
    return min(texts, key=lambda text: language_order(text, language), default=None)


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


def language_order(text: Text, wanted: str = "") -> tuple[bool, bool, bool, str, str]:
    """Return by what texts are sorted: what is wanted, English, without a language, then by language and words."""
    language = (text.language or "").lower()
    is_other = not f"{language}-".startswith(f"{wanted.lower()}-") if wanted else False
    return (is_other, not language.startswith("en"), bool(language), language, text.value)


_CLAIMS_OF = """
SELECT DISTINCT ?claim {{
  {{ ?claim hc:about|hc:population|hc:intervention|hc:comparator|hc:outcome {0} }}
  UNION {{ ?assertion hc:agent|hc:source|hc:tracedTo {0} ; hc:asserts ?claim }}
  UNION {{ {0} hc:asserts|hc:target ?claim }}
  ?claim a hc:Claim
}} ORDER BY ?claim
"""
_MOST_CLAIMS = 10


def not_a_claim(store: Store, node: IRI) -> NotFoundError:
    """Return the error for a node that is no claim: what it is, and its claims."""
    name = ids(store, [node.value])[node.value]
    classes = [quad.object for quad in store.about(node) if quad.predicate == TYPE and isinstance(quad.object, IRI)]
    kind = next((words_of(each) for each in classes if each.value.startswith(HC)), "")
    if not kind:
        return NotFoundError(f"no claim '{name}' in {store.location}; kg list has the ids of the claims")
    found = ids(store, [row["claim"].value for row in store.select(_CLAIMS_OF.format(node))])
    more = f" and {len(found) - _MOST_CLAIMS} more" if len(found) > _MOST_CLAIMS else ""
    claims = f"; its claims: {', '.join([*found.values()][:_MOST_CLAIMS])}{more}" if found else "; it has no claims"
    return NotFoundError(f"'{name}' is no claim; it is {'an' if kind[0] in 'aeiou' else 'a'} {kind}{claims}")


_TOLD = "FILTER NOT EXISTS { ?node hc:canonicalClaim ?first }"
"""Claims that are told for all that are one with them; of other kinds there are no such links."""
_LABELLED = "SELECT ?node ?label WHERE {{ ?node a {cls} {told} OPTIONAL {{ ?node {property} ?label }} }} ORDER BY ?node"
_ASSERTIONS = """
SELECT ?node ?first ?label ?concept ?second WHERE {
  ?node a hc:Assertion
  OPTIONAL { ?node hc:agent ?first OPTIONAL { ?first hc:name ?label } }
  OPTIONAL { ?node hc:stance ?concept }
  OPTIONAL { ?node hc:asserts/hc:text ?second }
} ORDER BY ?node ?first
"""
_ARGUMENTS = """
SELECT ?node ?first ?concept ?second WHERE {
  ?node a hc:Argument
  OPTIONAL { ?node hc:premise ?first }
  OPTIONAL { ?node hc:direction ?concept }
  OPTIONAL { ?node hc:target ?second }
} ORDER BY ?node ?first ?second
"""
_CLASSES = {
    "claims": "Claim", "sources": "Source", "agents": "Agent", "topics": "Topic",
    "assertions": "Assertion", "arguments": "Argument", "studies": "Study",
}  # fmt: skip
_NAMED_BY = {
    "claims": "hc:text", "sources": "dcterms:title", "agents": "hc:name", "topics": "skos:prefLabel",
    "studies": "rdfs:label",
}  # fmt: skip
_OF_SEVERAL = {"assertions": _ASSERTIONS, "arguments": _ARGUMENTS}
_QUERIES = {
    kind: _OF_SEVERAL.get(kind)
    or _LABELLED.format(cls=f"hc:{cls}", property=_NAMED_BY[kind], told=_TOLD if kind == "claims" else "")
    for kind, cls in _CLASSES.items()
}
KINDS = tuple(_QUERIES)


class Listed(NamedTuple):
    """Node of a store."""

    node: str
    """IRI."""
    id: str
    """Id that a person types for it: see `kg.store.resolve.id_of`."""
    label: str


def listing(
    store: Store, kind: str = "claims", language: str = "", *, limit: int | None = None, after: str | None = None
) -> list[Listed]:
    """Return the things of a kind, one of `KINDS`, by IRI, each once: all, or the first `limit` after the node `after`.

    Of names in several languages the one in `language` is shown, else the one that `preferred` prefers.

    Raises UsageError for another kind or a limit below 1, NotFoundError for an id that there is not.
    """
    if kind not in _QUERIES:
        raise UsageError(f"'{kind}' cannot be listed; there are {', '.join(KINDS)}")
    if limit is not None and limit < 1:
        raise UsageError("a limit is a whole number above 0")
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in store.select(_on_page(store, _QUERIES[kind], kind, limit, after)):
        if isinstance(row["node"], IRI):
            rows[row["node"].value].append(row)
    chosen = {node: _chosen(found, language) for node, found in rows.items()}
    linked = {term for terms in chosen.values() for term in terms.values() if isinstance(term, IRI)}
    names = ids(store, sorted(rows.keys() | {term.value for term in linked}))
    concepts = labels(store, {terms["concept"] for terms in chosen.values() if "concept" in terms})
    words = names | {node.value: label for node, label in concepts.items()}
    for node, terms in chosen.items():
        if kind == "assertions":
            terms["first"] = terms.pop("label", None) or _unnamed(terms.get("first"))
        elif kind != "arguments" and not terms:
            terms["label"] = Text(labels(store, [IRI(node)]).get(IRI(node)) or unstated_label(IRI(node)))
    said = {node: [terms[name].value for name in _PARTS if name in terms] for node, terms in chosen.items()}
    return [
        Listed(node, names[node], " ".join(words.get(part, part) for part in parts)) for node, parts in said.items()
    ]


def _on_page(store: Store, query: str, kind: str, limit: int | None, after: str | None) -> str:
    """Return the query of a list for the nodes of one page of it."""
    if limit is None and after is None:
        return query
    first = store.resolve(after).value if after else ""
    page = islice(_nodes_after(store, _CLASSES[kind], first), limit)
    nodes = " ".join(f"<{node}>" for node in page)
    return query.replace("?node a", f"VALUES ?node {{ {nodes} }} ?node a", 1)


def _nodes_after(store: Store, cls: str, first: str) -> Iterator[str]:
    """Yield the nodes of a class after `first`, by IRI; from a store with an index no more is read than is taken."""
    index = store.text_index()
    stated = index.nodes(cls, first) if index else None
    if stated is None:
        # Stores sort IRIs slowly; so many texts are gone through sooner.
        found = (row["node"] for row in store.select(f"SELECT ?node WHERE {{ ?node a hc:{cls} {_TOLD} }}"))
        return iter(sorted({node.value for node in found if isinstance(node, IRI) and node.value > first}))
    # Few are known to be of the class by a class of the data's own alone.
    derived = (quad.subject for quad in store.pointing(hc(cls), TYPE, IRI(DERIVED)))
    more = sorted(node.value for node in derived if isinstance(node, IRI) and node.value > first)
    once = (node for node, _ in groupby(merge(stated, more)))
    return (node for node in once if cls != "Claim" or told_for(store, IRI(node)).value == node)


def _chosen(rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Return the columns of the rows of one node, of several texts the preferred one, of other values the first."""
    found = {name: [row[name] for row in rows if name in row] for name in _PARTS}
    return {name: preferred(values, language) or min(values, key=str) for name, values in found.items() if values}


def _unnamed(agent: IRI | None) -> Text:
    return Text(unstated_label(agent) if agent else NOT_NAMED)


_PARTS = ("label", "first", "concept", "second")
