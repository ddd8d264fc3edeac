"""Catalog of a store: its named graphs, the file that each came from, with which content, and when.

The catalog is itself RDF (PROV-O, VoID, DCMI terms), in a graph of its own, so that it can be asked with SPARQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.namespaces import CATALOG, DCTERMS, PREFIXES, PROV, SCHEMA, VOID
from kg.store.terms import IRI, TYPE, Literal, Quad, Term, rows, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

FORMAT = 2
"""Number of the format of stores that this version reads and writes; format 1 wrote no number."""
_SOFTWARE = "https://w3id.org/health-claims/software/health-claims-kg-"
_GRAPH = IRI(CATALOG)


class GraphRecord(NamedTuple):
    """Record of one named graph in the catalog."""

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
    """SHA-256 of the file's bytes."""
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


def to_quads(record: GraphRecord) -> Iterator[Quad]:
    """Yield the statements of `record` in the catalog graph."""
    graph, file = IRI(record.graph), file_of(record.graph)
    software = IRI(_SOFTWARE + record.version)
    statements: list[tuple[IRI, str, Term]] = [
        (graph, DCTERMS + "isPartOf", IRI(record.namespace)),
        (graph, VOID + "triples", typed(str(record.triples), "integer")),
        (graph, PROV + "wasDerivedFrom", file),
        (graph, PROV + "generatedAtTime", typed(record.loaded_at, "dateTime")),
        (graph, PROV + "wasAttributedTo", software),
        (IRI(record.namespace), DCTERMS + "identifier", Literal(record.dataset)),
        (IRI(record.namespace), VOID + "uriSpace", Literal(record.namespace)),
        (file, DCTERMS + "source", Literal(record.path)),
        (file, DCTERMS + "format", Literal(record.media_type)),
        (file, SCHEMA + "sha256", Literal(record.sha256)),
        (software, SCHEMA + "softwareVersion", Literal(record.version)),
    ]
    if record.mapping:
        statements.append((file, DCTERMS + "conformsTo", Literal(record.mapping)))
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


RECORDS = f"""
SELECT ?graph ?dataset ?namespace ?path ?media_type ?sha256 ?triples ?loaded_at ?version ?mapping WHERE {{
  GRAPH <{CATALOG}> {{
    ?graph void:triples ?triples ; dcterms:isPartOf ?part ; prov:generatedAtTime ?loaded_at ;
           prov:wasDerivedFrom ?file ; prov:wasAttributedTo ?software .
    ?part dcterms:identifier ?dataset ; void:uriSpace ?namespace .
    ?file dcterms:source ?path ; dcterms:format ?media_type ; schema:sha256 ?sha256 .
    ?software schema:softwareVersion ?version
    OPTIONAL {{ ?file dcterms:conformsTo ?mapping }}
  }}
}} ORDER BY ?graph
"""


def from_row(row: dict[str, Term]) -> GraphRecord:
    """Return the record that one solution of `RECORDS` states."""
    values = {name: term.value for name, term in row.items()}
    return GraphRecord(**{**values, "triples": int(values["triples"])})  # type: ignore[arg-type]


def records(store: ox.Store) -> tuple[GraphRecord, ...]:
    """Return the catalog that a database has, in the order of the graphs' IRIs."""
    return tuple(from_row(row) for row in rows(store.query(RECORDS, prefixes=PREFIXES)))


def prefixes(records: Iterable[GraphRecord]) -> dict[str, str]:
    """Return the table, with the names of datasets where these are legal prefixes; the table's own stay as they are."""
    datasets = {record.dataset: record.namespace for record in records if record.dataset[:1].isalpha()}
    return datasets | PREFIXES
