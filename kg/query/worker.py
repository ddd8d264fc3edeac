"""The child process in which a query is evaluated: it may be slow, eat memory or crash, and takes nothing with it.

Reads one JSON request from standard input, opens a snapshot read-only, and writes the result to standard output, in
SPARQL 1.1 JSON or N-Triples, after one line that says which.  The status is decided before the first byte: the result
is complete, or there is none.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pyoxigraph as ox

from kg.child import limit
from kg.query import REFUSED


def main() -> int:
    """Evaluate the request on standard input."""
    request = json.load(sys.stdin)
    limit(request["memory"])
    try:
        kind, result = evaluate(request)
    except (SyntaxError, ValueError, OSError, RuntimeError, MemoryError) as error:
        sys.stderr.write(str(error) or type(error).__name__)
        return REFUSED
    sys.stdout.buffer.write(f"{kind}\n".encode() + result)
    return 0


def evaluate(request: dict[str, Any]) -> tuple[str, bytes]:
    """Return the kind of the result ("solutions", "boolean" or "triples") and its bytes."""
    graphs = request["graphs"]
    answer = ox.Store.read_only(request["folder"]).query(
        request["query"],
        prefixes=request["prefixes"],
        default_graph=graphs and [ox.NamedNode(graph) for graph in graphs],
    )
    if isinstance(answer, ox.QueryTriples):
        return "triples", answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    kind = "boolean" if isinstance(answer, ox.QueryBoolean) else "solutions"
    return kind, answer.serialize(format=ox.QueryResultsFormat.JSON) or b""


if __name__ == "__main__":
    sys.exit(main())
