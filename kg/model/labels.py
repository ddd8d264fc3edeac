"""Names of nodes for people: one order of the properties that name a node, the same in every view and list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model.vocabulary import concepts, words_of
from kg.namespaces import DCTERMS, HC, RDFS, SKOS, local_name, plain_name
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.store import Store
    from kg.store.terms import Term

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
    stated = next(filter(None, (preferred(values(name)) for name in LABEL_PROPERTIES)), None)
    return stated or Text(unstated_label(node))


def unstated_label(node: IRI) -> str:
    """Return what `node` is called where the data give it no name."""
    if concept := concepts().get(node.value):
        return concept.label
    return words_of(node) if (name := plain_name(node.value)) == local_name(node.value) else name


def labels(store: Store, nodes: Iterable[IRI]) -> dict[IRI, str]:
    """Return node -> label for those of `nodes` that have one, in the data or in the ontology."""
    found: dict[IRI, str] = {}
    for node in nodes:
        stated: dict[str, list[Term]] = {}
        for quad in store.about(node):
            stated.setdefault(quad.predicate.value, []).append(quad.object)  # type: ignore[arg-type]
        text = next(filter(None, (preferred(stated.get(name, ())) for name in LABEL_PROPERTIES)), None)
        if text or node.value in concepts():
            found[node] = text.value if text else concepts()[node.value].label
    return found


def _language_first(text: Text) -> tuple[bool, bool, str, str]:
    language = (text.language or "").lower()
    return (not language.startswith("en"), bool(language), language, text.value)
