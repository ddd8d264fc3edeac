"""Downloads of a claim's page: citations of it and its sources, and its statements as data, in one archive."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.export.citations import FORMATS, WEB_PAGE, Citation, cite
from kg.export.rdf import write
from kg.namespaces import HC, OA, PREFIXES, RDF, XSD, shrink
from kg.pages.base.html import archive, web
from kg.store.terms import IRI, Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model.cards import Dispute
    from kg.store import Store

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TYPE = RDF + "type"
_WORDS = {HC + name for name in ("quote", "note", "readIn")}
_SUFFIXES = {"csl": "json"}


class Downloads(NamedTuple):
    """One archive in a data: address: the claim as RDF, and citations."""

    archive: str
    is_brief: bool


def downloads(store: Store, shown: Dispute, brief: bool = False) -> Downloads:
    """Return what a reader may take away from the page of `shown`: its statements, citations of it and of its sources.

    `brief` leaves out quotes and notes of the statements, and the citations of the sources.
    """
    iri = shown.claim.iri.value
    own = Citation(
        key=f"claim-{re.split(r'[/#]', iri)[-1]}",
        genre=WEB_PAGE,
        title=f"{shown.claim.text}: who says what",
        container="Health claims",
        url=web(iri),
    )
    cited = [own, *cite(store, [] if brief else [source.iri for source in shown.sources])]
    quads, namespace = statements(store, shown, brief), _namespace(iri)
    files = {
        "claim.ttl": write(quads, "ttl", {**PREFIXES, "": namespace}).decode(),
        "claim.jsonld": jsonld(quads, namespace),
    } | {f"citations.{_SUFFIXES.get(name, name)}": form.document(cited) for name, form in FORMATS.items()}
    return Downloads(archive(files), brief)


def statements(store: Store, shown: Dispute, brief: bool = False) -> list[Quad]:
    """Return what is stated of the claim, of what bears on it or on its evidence, and of what that rests on and quotes.

    Answers to answers, studies, sources and agents are named, not described: `kg export` gives all.  `brief` leaves out
    quotes and notes.
    """
    lines = [line for cards in shown.groups.values() for line in cards]
    voices = {voice.iri for line in lines for voice in line.premises if voice.kind == "assertion"}
    nodes = {shown.claim.iri, *voices, *(iri for line in lines for iri in (line.iri, *line.also))}
    found: dict[IRI, list[Quad]] = {node: _stated(store, node) for node in sorted(nodes, key=str)}
    if brief:
        return [quad for quads in found.values() for quad in quads if quad.predicate.value not in _WORDS]
    for name in (HC + "quote", OA + "hasSelector"):
        parts = {quad.object for quads in found.values() for quad in quads if quad.predicate.value == name}
        for part in sorted(parts - found.keys(), key=str):
            if isinstance(part, IRI):
                found[part] = _stated(store, part)
    return [quad for quads in found.values() for quad in quads]


def jsonld(quads: Iterable[Quad], namespace: str) -> str:
    """Return `quads` as JSON-LD 1.1, small: nodes in order, ids relative to `namespace`, properties of ours bare."""
    nodes: dict[str, dict[str, Any]] = {}
    for quad in sorted(set(quads), key=lambda each: (str(each.subject), each.predicate.value, str(each.object))):
        node = nodes.setdefault(str(quad.subject), {"@id": _id(_value_of(quad.subject), namespace)})
        if quad.predicate.value == _TYPE:
            node.setdefault("@type", []).append(_term(_value_of(quad.object)))
        else:
            node.setdefault(_term(quad.predicate.value), []).append(_value(quad.object, namespace))
    graph = [{name: each[0] if _is_single(each) else each for name, each in node.items()} for node in nodes.values()]
    used = {name: space for name, space in PREFIXES.items() if f'"{name}:' in json.dumps(graph)}
    context = {"@base": namespace, "@vocab": HC, **used}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _stated(store: Store, node: IRI) -> list[Quad]:
    graphs = set(store.default_graphs())
    return [quad for quad in store.about(node) if quad.graph_name in graphs]


def _namespace(iri: str) -> str:
    return iri[: len(iri) - len(re.split(r"[/#]", iri)[-1])]


def _id(iri: str, namespace: str) -> str:
    local = iri.removeprefix(namespace)
    if iri != local and _PLAIN.fullmatch(local) and namespace.endswith("/"):
        return local
    return _shrunk(iri)


def _value_of(term: object) -> str:
    assert isinstance(term, IRI | Literal)
    return term.value


def _term(iri: str) -> str:
    local = iri.removeprefix(HC)
    return local if iri != local and _PLAIN.fullmatch(local) else _shrunk(iri)


def _shrunk(iri: str) -> str:
    """Return the CURIE of an IRI if it means the same in JSON-LD, else the IRI."""
    curie = shrink(iri)
    prefix, _, local = curie.partition(":")
    return curie if prefix in PREFIXES and _PLAIN.fullmatch(local) else iri


def _value(term: Any, namespace: str) -> Any:
    if not isinstance(term, Literal):
        return {"@id": _id(term.value, namespace)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    return {"@value": term.value, "@type": _shrunk(term.datatype.value)}


def _is_single(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 1
