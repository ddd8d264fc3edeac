"""Catalog of a store: its named graphs, the file that each came from, with which content, and when.

The catalog is itself RDF (PROV-O, VoID, DCMI terms), in a graph of its own, so that it can be asked with SPARQL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.namespaces import CATALOG, DCTERMS, HC, ID, PREFIXES, PROV, SCHEMA, VOID
from kg.store.terms import IRI, TYPE, Literal, Quad, Term, rows, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    """Absolute path of the mapping file by which a table was read; of several, a line each."""
    declared: str = ""
    """Prefixes that the file declares, and further datasets that it describes: "ex=http://example.org/ =https://…"."""
    encoding: str = ""
    """Encoding in which the file was read because somebody stated it."""
    sheet: str = ""
    """Sheet of a spreadsheet that was read because somebody named it."""

    @property
    def namespaces(self) -> set[str]:
        """Namespaces of the individuals that the graph describes: that of its dataset, and of others that are ours."""
        return {self.namespace, *(space for _, space in _pairs(self.declared) if space.startswith(ID) and space != ID)}


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
    for name, predicate in _OPTIONAL.items():
        if value := getattr(record, name):
            statements.append((file, predicate, Literal(value)))
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


_OPTIONAL = {
    "mapping": DCTERMS + "conformsTo",
    "declared": HC + "declares",
    "encoding": HC + "readAs",
    "sheet": HC + "readSheet",
}
"""Field of a record that may be empty -> property of the file."""
_FIELDS = " ".join(f"?{name}" for name in GraphRecord._fields)
_OPTIONS = "\n".join(f"    OPTIONAL {{ ?file <{iri}> ?{name} }}" for name, iri in _OPTIONAL.items())
RECORDS = f"""
SELECT {_FIELDS} WHERE {{
  GRAPH <{CATALOG}> {{
    ?graph void:triples ?triples ; dcterms:isPartOf ?part ; prov:generatedAtTime ?loaded_at ;
           prov:wasDerivedFrom ?file ; prov:wasAttributedTo ?software .
    ?part dcterms:identifier ?dataset ; void:uriSpace ?namespace .
    ?file dcterms:source ?path ; dcterms:format ?media_type ; schema:sha256 ?sha256 .
    ?software schema:softwareVersion ?version
{_OPTIONS}
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
    """Return the table, with the names of datasets where these are legal prefixes, and what the files declare.

    The table's own stay as they are, and what has a prefix gets no second; of two files that declare one prefix, the
    first is followed.
    """
    records = list(records)
    datasets = {record.dataset: record.namespace for record in records if record.dataset[:1].isalpha()}
    table = datasets | PREFIXES
    known = set(table.values())
    for prefix, space in (pair for record in records for pair in _pairs(record.declared)):
        if prefix and prefix not in table and space not in known:
            table[prefix] = space
            known.add(space)
    return table


def passed_over(records: Iterable[GraphRecord]) -> Iterator[tuple[GraphRecord, str, str]]:
    """Yield the records whose file declares a prefix that another has for another namespace; the prefix and that."""
    records = list(records)
    table = prefixes(records)
    for record in records:
        for prefix, space in _pairs(record.declared):
            if prefix and prefix not in PREFIXES and table.get(prefix, space) != space:
                yield record, prefix, table[prefix]


def declaration(prefixes: Mapping[str, str], datasets: Iterable[str]) -> str:
    """Return what a record says of the prefixes of a file that may be used, and of the datasets that it describes."""
    spaces = {f"{ID}{name}/": name if name[:1].isalpha() else "" for name in datasets}
    usable = {
        space: prefix
        for prefix, space in prefixes.items()
        if _PREFIX.fullmatch(prefix) and _SPACE.fullmatch(space) and space not in PREFIXES.values()
    }
    return " ".join(sorted(f"{prefix}={space}" for space, prefix in (usable | spaces).items()))


_PREFIX = re.compile(r"(?!(?:https?|urn|tag|ni|did|file|mailto)$)[A-Za-z](?:[\w.-]*[\w-])?", re.ASCII | re.IGNORECASE)
"""A prefix that no scheme of IRIs is called by."""
_SPACE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def _pairs(declared: str) -> Iterator[tuple[str, str]]:
    """Yield each prefix, which may be empty, and its namespace."""
    for part in declared.split():
        prefix, _, space = part.partition("=")
        yield prefix, space
