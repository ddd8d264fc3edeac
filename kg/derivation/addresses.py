"""Keys of the identifiers that stand in the addresses and the titles of sources.

An address that is one of a publication (of doi.org, a publisher's with /doi/ in it, PubMed, PubMed Central, a register
of trials) is read as if its identifier were stated.  An identifier that merely stands in an address or a title, and the
address of a blog post or the like, tells what a source mentions, and not what it is.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model.dispute import UNPUBLISHED
from kg.model.identifiers import Identifier, cochrane, mentioned, of_address
from kg.namespaces import DCTERMS, DERIVED, FABIO, PRISM, SCHEMA
from kg.store.terms import IRI, TYPE, Literal, Quad, hc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store import Writer
    from kg.store.terms import Term

KEY = hc("identifierKey")
URL, TITLE = IRI(SCHEMA + "url"), IRI(DCTERMS + "title")
MENTION = "mention:"
"""Beginning of the key of what a source mentions; the rest is the key of what it is."""
_STATED = {
    "doi": IRI(PRISM + "doi"),
    "pmid": IRI(FABIO + "hasPubMedId"),
    "pmcid": IRI(FABIO + "hasPubMedCentralId"),
}
_NOT_ITSELF = {IRI(FABIO + name) for name in (UNPUBLISHED | {"Editorial", "Letter"}) - {"WebPage"}}
"""Classes of sources whose address is that of another where it is the address of a publication."""
_SIGNS = r"10\\.[0-9]{4}|10\\.[0-9]{4,9}%2F|CD[0-9]{6}|pubmed|PMID|/med/|PMC ?[0-9]|NCT ?[0-9]{8}"
_ADDRESSED = f"""
CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  {{ SELECT DISTINCT ?node {{
    VALUES ?where {{ {URL} {TITLE} }} ?node ?where ?text
    FILTER(REGEX(STR(?text), "{_SIGNS}", "i")) }} }}
  VALUES ?property {{ {TYPE} {URL} {TITLE} {" ".join(map(str, _STATED.values()))} }}
  ?node ?property ?value
}}
"""


def address_keys(data: Writer, graphs: Iterable[str] | None = None) -> Iterator[Quad]:
    """Yield the keys that the addresses and titles of sources have in `graphs` of `data`, or in all its data graphs."""
    stated: defaultdict[Term, defaultdict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for each in data.construct(_ADDRESSED, graphs, stated=not graphs):
        stated[each.subject][each.predicate].append(each.object)  # type: ignore[index,arg-type]
    for node, values in stated.items():
        for key in keys_of(values):
            yield Quad(node, KEY, Literal(key), IRI(DERIVED))  # type: ignore[arg-type]


def keys_of(values: defaultdict[Term, list[Term]]) -> set[str]:
    """Return the keys of a source by its classes, addresses, titles and stated identifiers."""
    own, named = set[str](), set[str]()
    is_another = not _NOT_ITSELF.isdisjoint(values[TYPE])
    for value in values[URL]:
        address = _text(value)
        found = of_address(address)
        if found is None or is_another:
            named.update(key for each in mentioned(address) for key in _keys(each))
        elif not values[_STATED.get(found.kind, URL)] or found.kind == "registry":
            own.update(_keys(found))
    named.update(key for value in values[TITLE] for each in mentioned(_text(value)) for key in _keys(each))
    stated = (Identifier(kind, _text(value)) for kind, name in _STATED.items() for value in values[name])
    named -= own.union(*map(_keys, stated))
    return own | {MENTION + key for key in named}


def _keys(found: Identifier) -> set[str]:
    """Return the keys of an identifier, as `ontology/rules/0-identifiers.rq` makes them of those that are stated."""
    kind, value = found.kind, found.value
    if kind in ("registry", "trial", "review"):
        return {f"{kind}:{value}"}
    version = cochrane(value) if kind == "doi" else None
    return {f"{kind}:{value.lower()}", *([f"review:{version.review}"] if version else [])}


def counterparts(keys: Iterable[Term]) -> set[Term]:
    """Return `keys`, the keys of what mentions them, and of what they mention."""
    found: set[Term] = set()
    for key in keys:
        value = _text(key)
        found |= {key, Literal(value.removeprefix(MENTION) if value.startswith(MENTION) else MENTION + value)}
    return found


def _text(value: Term) -> str:
    return value.value if isinstance(value, IRI | Literal) else ""
