"""Exports: RDF, the sources as citations, and answers of queries (`kg.export.results`)."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.export.formats import CITATIONS, RDF, check_format

if TYPE_CHECKING:
    from kg.store import Store

__all__ = ["CITATIONS", "RDF", "check_format", "export"]


def export(output: IO[bytes], store: Store, form: str, **what: Any) -> None:
    """Write the part of a dataset that `what` chooses (`kg.export.rdf.export_to`), or all its sources as citations.

    Raises UsageError for citations of a part, and as `kg.export.rdf.export_to` does.
    """
    if check_format(form) in RDF:
        from kg.export.rdf import export_to

        export_to(output, store, form, **what)
        return
    if any(what.values()):
        raise UsageError(f"{form} holds the sources of a store, all of them; leave --graph, --topic and --query out")
    from kg.export.citations import export_citations

    output.write(export_citations(store, form))
