"""Dialects of SPARQL servers, which change literals: what is read back is what was written.

Virtuoso 7.2.5 turns durations into numbers, some of them wrong ("PT12S" into 12.12), and writes a boolean in JSON as 1
or 0.  Where it would, a duration has a datatype of ours on the server, which says how it was written.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.namespaces import BASE, XSD
from kg.store.terms import IRI, Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WRITTEN = BASE + "as-written#"
_TRUTH = {"1": "true", "0": "false"}
_BOOLEAN = (XSD + "boolean").encode()


class Dialect(NamedTuple):
    """Conversion of literals that one product needs."""

    shielded: tuple[str, ...] = ()
    """Datatypes of XSD, by local name, whose literals the product does not keep."""
    numbers_for_truth: bool = False

    def outward(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield `quads` as they are to be sent."""
        kept = {XSD + name: IRI(_WRITTEN + name) for name in self.shielded}
        for quad in quads:
            value = quad.object
            if isinstance(value, Literal) and (datatype := kept.get(value.datatype.value)):
                literal = Literal(value.value, datatype=datatype)
                yield Quad(quad.subject, quad.predicate, literal, quad.graph_name)
            else:
                yield quad

    def inward(self, document: bytes) -> bytes:
        """Return a document of triples or of solutions as it was meant."""
        if self.shielded:
            document = document.replace(_WRITTEN.encode(), XSD.encode())
        if self.numbers_for_truth and _BOOLEAN in document and document.lstrip().startswith(b"{"):
            return _with_truth(document)
        return document


def dialect(product: str) -> Dialect:
    """Return the dialect of a server by what it calls itself."""
    if re.match("Virtuoso", product):
        return Dialect(("duration", "dayTimeDuration", "yearMonthDuration"), numbers_for_truth=True)
    return Dialect()


def _with_truth(document: bytes) -> bytes:
    parsed: dict[str, Any] = json.loads(document)
    for row in parsed.get("results", {}).get("bindings", []):
        for term in row.values():
            if term.get("datatype") == XSD + "boolean":
                term["value"] = _TRUTH.get(term["value"], term["value"])
    return json.dumps(parsed, ensure_ascii=False).encode()
