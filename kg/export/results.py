"""Exports of a store, and answers of queries in the forms that people and programs read: CSV, JSON, Markdown, RDF."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from kg.errors import UsageError
from kg.export import RDF, check_format, rdf
from kg.query import Answer, Rows, Triples, Truth
from kg.store.terms import DefaultGraph, convert_results, in_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.store import Store


def export(output: IO[bytes], store: Store, form: str, **what: Any) -> None:
    """Write the part of a dataset that `what` chooses (`kg.export.rdf.export_to`), or all its sources as citations.

    Raises UsageError for citations of a part, and as `kg.export.rdf.export_to` does.
    """
    if check_format(form) in RDF:
        rdf.export_to(output, store, form, **what)
        return
    if any(what.values()):
        raise UsageError(f"{form} holds the sources of a store, all of them; leave --graph, --topic and --query out")
    from kg.export.citations import export_citations

    output.write(export_citations(store, form))


def default_format(answer: Answer) -> str:
    """Return the form for a pipe: CSV for rows, Turtle for a graph, a word for yes and no."""
    return "ttl" if isinstance(answer, Triples) else "csv"


def write(answer: Answer, form: str, prefixes: Mapping[str, str]) -> bytes:
    """Return `answer` in the form `form`; UsageError if that form cannot hold it."""
    if isinstance(answer, Triples):
        if form not in rdf.FORMATS:
            raise UsageError(f"the query gives a graph, which {form} cannot hold; use --format ttl or nt")
        return rdf.write((in_graph(triple, DefaultGraph()) for triple in answer.triples), form, prefixes)
    if form in rdf.FORMATS:
        raise UsageError(f"the query gives rows, which {form} cannot hold; use --format csv, json or another for rows")
    if isinstance(answer, Truth) and form in _ROWS | {"csv": None, "tsv": None}:
        return b"true\n" if answer else b"false\n"
    if isinstance(answer, Rows) and form in _ROWS:
        return _ROWS[form](answer).encode()
    document = convert_results(answer.document, form)
    return document if document.endswith(b"\n") else document + b"\n"


def _jsonl(rows: Rows) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)


def _markdown(rows: Rows) -> str:
    lines = [rows.columns, tuple("---" for _ in rows.columns)]
    lines += [tuple(_cell(value) for value in row.values()) for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


_ROWS: dict[str, Callable[[Rows], str]] = {"jsonl": _jsonl, "markdown": _markdown}
