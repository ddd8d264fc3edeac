"""What a query from a person or the network may not contain, decided on its words and not on its letters.

SERVICE makes Oxigraph fetch from any address, and has no switch; very long or deeply nested queries end the process
that parses them.  `SERVICE` can be spelt with \\u escapes, and may stand harmlessly in a string, a comment or an IRI:
so the text is unescaped first (SPARQL 1.1, 19.2) and then cut into tokens.  Oxigraph's grammar wants no space around
its keywords (`trueSERVICE:x{}` asks for SERVICE), so a word or a prefix is refused that has it anywhere inside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LENGTH = 64 * 1024
MAX_DEPTH = 100

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"""|\'\'\'(?:[^\'\\]|\\.|\'{1,2}(?!\'))*\'\'\'|'''
    r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|"""
    r"""<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*|"""
    r"""[?$]\w+|(?P<prefix>[^\W\d_][\w.-]*)?:[\w.:%\\-]*|(?P<word>[^\W\d_]+)|(?P<open>[{(\[])|(?P<close>[})\]])""",
    re.DOTALL,
)


def check(query: str) -> None:
    """Raise QueryError if `query` is empty, an update, longer or deeper than we parse, or asks for SERVICE."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"the query has {len(query):,} characters; at most {MAX_LENGTH:,} are accepted")
    words = (token["word"].upper() for token in _tokens(query) if token["word"])
    first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    if not first:
        raise QueryError("the query is empty; write SELECT, ASK, CONSTRUCT or DESCRIBE, or the name of a question")
    if first in _UPDATES:
        raise QueryError(f"{first} is refused: a query here changes nothing; kg load and kg drop do")
    depth = 0
    for token in _tokens(query):
        if "SERVICE" in (token["word"] or token["prefix"] or "").upper():
            raise QueryError("SERVICE is refused: a query here may not fetch from other servers")
        depth += bool(token["open"]) - bool(token["close"])
        if depth > MAX_DEPTH:
            raise QueryError(f"the query is nested more than {MAX_DEPTH} deep; flatten it")


def names_graphs(query: str) -> bool:
    """Say whether `query` chooses its own graphs with FROM."""
    return any((token["word"] or "").upper() == "FROM" for token in _tokens(query))


def prefixes(query: str) -> set[str]:
    """Return the prefixes that `query` uses and does not declare."""
    used = {token["prefix"] for token in _tokens(query) if token["prefix"]}
    return used - set(re.findall(r"PREFIX\s+([\w.-]+):", query, re.IGNORECASE))


def _tokens(query: str) -> Iterator[re.Match[str]]:
    return _TOKEN.finditer(_ESCAPE.sub(_unescape, query))


def _unescape(escape: re.Match[str]) -> str:
    try:
        return chr(int(escape[1] or escape[2], 16))
    except (ValueError, OverflowError):
        return escape[0]
