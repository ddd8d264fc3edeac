"""The ledger of a store: which named graphs it holds, from which file each came, with which content, and when.

The ledger is itself RDF (PROV-O, VoID, DCMI terms), in the catalogue graph, so that it can be asked with SPARQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.namespaces import CATALOGUE, DCTERMS, PROV, SCHEMA, VOID
from kg.store.terms import IRI, TYPE, Literal, Quad, Term, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOFTWARE = "https://w3id.org/health-claims/software/health-claims-kg-"
_GRAPH = IRI(CATALOGUE)


class GraphEntry(NamedTuple):
    """What the ledger says of one named graph."""

    graph: str
    """IRI of the named graph."""
    dataset: str
    """The dataset's name, which is also the prefix of its CURIEs."""
    namespace: str
    """The namespace of the dataset's individuals."""
    path: str
    """Absolute path of the file that it was loaded from."""
    media_type: str
    sha256: str
    """Of the file's bytes."""
    triples: int
    loaded_at: str
    """xsd:dateTime in UTC."""
    version: str
    """Version of `kg` that loaded it."""
    mapping: str = ""
    """Absolute path of the mapping file by which a table was read."""


def file_of(graph: str) -> IRI:
    """Return the node of the file that a named graph was loaded from; the graph's IRI may itself have a fragment."""
    return IRI(graph + ("." if "#" in graph else "#") + "file")


def to_quads(entry: GraphEntry) -> Iterator[Quad]:
    """Yield the statements of `entry` in the catalogue graph."""
    graph, file = IRI(entry.graph), file_of(entry.graph)
    software = IRI(_SOFTWARE + entry.version)
    statements: list[tuple[IRI, str, Term]] = [
        (graph, DCTERMS + "isPartOf", IRI(entry.namespace)),
        (graph, VOID + "triples", typed(str(entry.triples), "integer")),
        (graph, PROV + "wasDerivedFrom", file),
        (graph, PROV + "generatedAtTime", typed(entry.loaded_at, "dateTime")),
        (graph, PROV + "wasAttributedTo", software),
        (IRI(entry.namespace), DCTERMS + "identifier", Literal(entry.dataset)),
        (IRI(entry.namespace), VOID + "uriSpace", Literal(entry.namespace)),
        (file, DCTERMS + "source", Literal(entry.path)),
        (file, DCTERMS + "format", Literal(entry.media_type)),
        (file, SCHEMA + "sha256", Literal(entry.sha256)),
        (software, SCHEMA + "softwareVersion", Literal(entry.version)),
    ]
    if entry.mapping:
        statements.append((file, DCTERMS + "conformsTo", Literal(entry.mapping)))
    types = [
        (graph, VOID + "Dataset"),
        (graph, PROV + "Entity"),
        (file, PROV + "Entity"),
        (software, PROV + "SoftwareAgent"),
    ]
    for subject, cls in types:
        yield Quad(subject, TYPE, IRI(cls), _GRAPH)
    for subject, predicate, value in statements:
        yield Quad(subject, IRI(predicate), value, _GRAPH)


ENTRIES = f"""
SELECT ?graph ?dataset ?namespace ?path ?media_type ?sha256 ?triples ?loaded_at ?version ?mapping WHERE {{
  GRAPH <{CATALOGUE}> {{
    ?graph void:triples ?triples ; dcterms:isPartOf ?part ; prov:generatedAtTime ?loaded_at ;
           prov:wasDerivedFrom ?file ; prov:wasAttributedTo ?software .
    ?part dcterms:identifier ?dataset ; void:uriSpace ?namespace .
    ?file dcterms:source ?path ; dcterms:format ?media_type ; schema:sha256 ?sha256 .
    ?software schema:softwareVersion ?version
    OPTIONAL {{ ?file dcterms:conformsTo ?mapping }}
  }}
}} ORDER BY ?graph
"""


def from_row(row: dict[str, Term]) -> GraphEntry:
    """Return the entry that one solution of `ENTRIES` states."""
    values = {name: term.value for name, term in row.items()}
    return GraphEntry(**{**values, "triples": int(values["triples"])})  # type: ignore[arg-type]
