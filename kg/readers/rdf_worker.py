"""The child process in which RDF/XML and JSON-LD are parsed: a small file of either can eat memory or crash a parser.

Reads a JSON request from standard input and writes to standard output a line of JSON, the IRIs that it repaired
and the prefixes, and N-Quads; blank nodes keep their labels.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kg.errors import UnreadableError
from kg.files import read_unpacked
from kg.store.syntax import parse_repairing, serialize
from kg.worker import limit

REFUSED = 3
"""The exit status of a child that has said why it cannot read the file."""


def main() -> int:
    """Parse the file that the request names."""
    request = json.load(sys.stdin)
    limit(request["memory"])
    path = Path(request["path"])
    try:
        quads, *found = parse_repairing(read_unpacked(path), request["format"], request["base"], name=str(path))
    except UnreadableError as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.buffer.write(f"{json.dumps(found)}\n".encode())
    sys.stdout.buffer.write(serialize(quads, "application/n-quads"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
