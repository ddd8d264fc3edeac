"""The one table of prefixes, and the way between short ids, CURIEs and IRIs."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

BASE = "https://w3id.org/health-claims/"
HC = BASE + "ontology#"
SHAPES = BASE + "shapes#"
ID = BASE + "id/"
GRAPH = BASE + "graph/"

CATALOG = GRAPH + "catalog"
DERIVED = GRAPH + "derived"
ONTOLOGY = GRAPH + "ontology"
ASSESSMENTS = GRAPH + "assessments"
UNION = GRAPH + "union"
SYSTEM_GRAPHS = (CATALOG, DERIVED, ONTOLOGY, ASSESSMENTS, UNION)

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
CITO = "http://purl.org/spar/cito/"
FABIO = "http://purl.org/spar/fabio/"
PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
SCHEMA = "https://schema.org/"
VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
OWL = "http://www.w3.org/2002/07/owl#"
SH = "http://www.w3.org/ns/shacl#"

PREFIXES: dict[str, str] = {
    "hc": HC,
    "hcsh": SHAPES,
    "id": ID,
    "graph": GRAPH,
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": CITO,
    "dc": DC,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "eco": "http://purl.obolibrary.org/obo/ECO_",
    "fabio": FABIO,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "mp": "http://purl.org/mp/",
    "oa": OA,
    "owl": OWL,
    "pico": "http://data.cochrane.org/ontologies/pico/",
    "prism": PRISM,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sct": "http://snomed.info/id/",
    "sepio": "http://purl.obolibrary.org/obo/SEPIO_",
    "sh": SH,
    "skos": SKOS,
    "vann": "http://purl.org/vocab/vann/",
    "void": VOID,
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}

SHORT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Pattern of short ids: lower-case words with hyphens (`surgeons`, `rdq-10-weeks`)."""

_SCHEME = re.compile(r"(?:https?|urn|tag|ni|did):", re.IGNORECASE)


def expand(name: str, prefixes: dict[str, str] = PREFIXES) -> str | None:
    """Return the IRI that an IRI (with or without <>) or a CURIE names, or None if it is neither."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + local
    return name if _SCHEME.match(name) else None


def shrink(iri: str, prefixes: dict[str, str] = PREFIXES) -> str:
    """Return the CURIE of `iri` under the longest namespace that fits, or the IRI itself."""
    fitting = [(len(namespace), prefix) for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def dataset_curie(iri: str) -> str:
    """Return an individual by its dataset and its id, `leaflets:helps`, if it stands under our base; else the IRI."""
    dataset, slash, own = iri.removeprefix(ID).partition("/")
    return f"{dataset}:{own}" if iri.startswith(ID) and slash else iri


def plain_name(iri: str) -> str:
    """Return what an untitled thing is called: a page of the web by host and path, else by the end of its IRI."""
    # Individuals stand under "id/" (`kg.model.ids.mint`), whatever the base.
    is_ours = re.search(r"#|/id/|/[.]well-known/", iri) or shrink(iri) != iri
    is_page = iri.startswith(("https://", "http://")) and not is_ours
    host, path = urlsplit(iri)[1:3] if is_page else ("", "")
    return f"{host.removeprefix('www.')}{path}".rstrip("/") if host else local_name(iri)


def local_name(iri: str) -> str:
    """Return the end of an IRI, after its last slash or hash: the short id of an individual, the word of a term."""
    return re.split(r"[/#]", iri.rstrip("/#"))[-1]
