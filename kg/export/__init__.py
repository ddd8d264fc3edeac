"""Exports: RDF and citations, and answers of queries (`kg.export.results`); the formats are named here."""

from __future__ import annotations

from kg.errors import UsageError

RDF = ("ttl", "trig", "nt", "nq", "jsonld")
CITATIONS = ("ris", "bib", "csl")


def check_format(form: str) -> str:
    """Return `form` if it is one of RDF or CITATIONS; UsageError if not."""
    if form not in (*RDF, *CITATIONS):
        raise UsageError(f"no format '{form}' to export; there are {', '.join((*RDF, *CITATIONS))}")
    return form
