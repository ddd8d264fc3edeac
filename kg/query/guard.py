"""Guard against queries from a person or the network that ask too much, decided on tokens and not on letters.

SERVICE makes Oxigraph fetch from any address, and has no switch; very long or deeply nested queries end the process
that parses them.  The word may stand harmlessly in a string, a comment or an IRI, so the text is cut into the tokens
of SPARQL 1.1, 19.8, to the letter: a string that ends one character later here than in Oxigraph hides what follows.
Where the letters can be cut in two ways, both are looked at, or the text is refused:

* `\\u0053` is an S for releases of Oxigraph that unescape first (SPARQL 1.1, 19.2), and for others only in strings.
* `?a<?b)SERVICE#>` holds an IRI, or a comparison and a comment.
* Oxigraph wants no space around keywords: `trueSERVICE:x{}` asks for SERVICE, so no name may have it anywhere inside.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MAX_LENGTH = 64 * 1024
"""Characters of a query."""
MAX_DEPTH = 100
"""Brackets of any kind that are open at one place."""
MAX_PATTERNS = 50
"""Separators of triple patterns (`.` `;` `,`) and of the steps of paths (`/`) in one group, but for those in `( )`."""

_SHOWN = 60
"""Characters of an IRI that a message shows."""
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"))

_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR = rf"\\[tbnrf\"'\\]|{_UCHAR}"
# All from U+00B7 on is taken for a letter: what SPARQL does not count as one is no token of it at all, so Oxigraph
# refuses the query.  The sets say what is not in them, because these compile in no time.
_LETTER = r"[^\x00-@\[-`{-\xB6]"
_IN_VARIABLE = r"[^\x00-/:-@\[-^`{-\xB6]"
_IN_NAME = r"[^\x00-,./:-@\[-^`{-\xB6]"
_FIRST = r"[^\x00-/;-@\[-^`{-\xB6]"
_NEXT = r"[^\x00-,./;-@\[-^`{-\xB6]"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf":(?:(?:{_FIRST}|{_PLX})(?:{_NEXT}|{_PLX}|\.+(?={_NEXT}|[%\\]))*+)?+"
_TOKEN = re.compile(
    "|".join(
        [
            rf'"""(?:[^"\\]|{_ECHAR}|"{{1,2}}(?!"))*+"""',
            rf"'''(?:[^'\\]|{_ECHAR}|'{{1,2}}(?!'))*+'''",
            rf'"(?:[^"\\\n\r]|{_ECHAR})*+"',
            rf"'(?:[^'\\\n\r]|{_ECHAR})*+'",
            rf"(?P<iri><(?:[^<>\"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>)",
            r"(?P<comment>\#[^\n\r]*)",
            rf"[?$]{_IN_VARIABLE}+",
            rf"(?P<word>{_LETTER}(?:{_IN_NAME}|\.+(?={_IN_NAME}))*+)(?P<local>{_LOCAL})?|(?P<bare>{_LOCAL})",
            r"\d*\.\d+",
            r"(?P<open>[{(\[])",
            r"(?P<close>[})\]])",
            r"(?P<separator>[.;,/])",
        ]
    )
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLAIN_IRI = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://.*|[\w.~:/%+@-]*)>", re.DOTALL)
"""An IRI that cannot be a comparison with something after it that is hidden: in full, or without odd characters."""

_ALL = re.compile(r"\s*(?:(?:DISTINCT|REDUCED)\b\s*)?\*", re.IGNORECASE)

Token = re.Match[str]


def check(query: str, services: Collection[str] = ()) -> None:
    """Raise QueryError if `query` is empty, an update, over a limit, or asks for a SERVICE that is not in `services`.

    A service that is allowed must stand in the query as `<IRI>`, letter by letter: a variable or a prefix is refused.
    """
    _check(query, tuple(services))


@lru_cache(maxsize=64)
def _check(query: str, services: tuple[str, ...]) -> None:
    """Do what `check` says; a query that was found good, such as a competency question, is not looked through again."""
    if len(query) > MAX_LENGTH:
        raise QueryError(f"the query has {len(query):,} characters; at most {MAX_LENGTH:,} are accepted")
    for reading in sorted({query, _unescaped(query)}):
        tokens = _tokens(reading)
        _refuse_updates(tokens)
        _refuse_double_meaning(tokens)
        if "SERVICE" in reading.upper():
            _refuse_services(tokens, services)
        _refuse_shapes(tokens)


def names_graphs(query: str) -> bool:
    """Return True if `query` chooses its own graphs with FROM."""
    return any(_is(token, "FROM") for token in _tokens(query))


def graphs(query: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return the IRIs of the graphs that `query` names after FROM and FROM NAMED, but for those relative to a BASE."""
    if not names_graphs(query):
        return []
    tokens = [token for token in _tokens(query) if not _is(token, "NAMED")]
    known = {**prefixes, **_declared(tokens)}
    named = [after for token, after in itertools.pairwise(tokens) if _is(token, "FROM")]
    return [iri for token in named if (iri := _iri(token, known))]


def prefixes(query: str) -> set[str]:
    """Return the prefixes that `query` uses and does not declare."""
    tokens = _tokens(query)
    return {token["word"] for token in tokens if token["word"] and token["local"]} - set(_declared(tokens))


def names(query: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixed names that stand in `query`, as they are written -> the IRI of each."""
    tokens = _tokens(query)
    known = {**prefixes, **_declared(tokens)}
    written = {f"{token['word']}{token['local']}": token for token in tokens if token["word"] and token["local"]}
    found = {name: _iri(token, known) for name, token in written.items() if token["local"] != ":"}
    return {name: iri for name, iri in found.items() if iri}


def all_variables(query: str) -> list[str]:
    """Return the variables that `SELECT *` asks for, in the order in which they first stand; none for other queries."""
    tokens = _tokens(query)
    first = next((token for token in tokens if token["word"] and _is(token, "SELECT")), None)
    if first is None or not _ALL.match(query, first.end()):
        return []
    return list(dict.fromkeys(token[0][1:] for token in tokens if token[0][0] in "?$"))


def _refuse_updates(tokens: Sequence[Token]) -> None:
    words = (token["word"].upper() for token in tokens if token["word"] and not token["local"])
    first = next((word for word in words if word not in ("PREFIX", "BASE")), "")
    if not first:
        raise QueryError("the query is empty; write SELECT, ASK, CONSTRUCT or DESCRIBE, or the name of a question")
    if first in _UPDATES:
        raise QueryError(f"{first} is refused: a query here changes nothing; kg load and kg drop do")


def _refuse_double_meaning(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token["iri"] and not _PLAIN_IRI.fullmatch(token["iri"]):
            raise QueryError(
                f"{token['iri'][:_SHOWN]} can be an IRI or a comparison; "
                "write an IRI in full (http://…), and a space after a < that compares"
            )


def _refuse_services(tokens: Sequence[Token], services: Collection[str]) -> None:
    for place, token in enumerate(tokens):
        if "SERVICE" in (token["word"] or "").upper() and not _is_allowed(tokens[place : place + 3], services):
            raise QueryError(
                "SERVICE is refused: a query here may not fetch from other servers"
                + (f", but for {', '.join(f'SERVICE <{service}>' for service in services)}" if services else "")
            )


def _is_allowed(tokens: Sequence[Token], services: Collection[str]) -> bool:
    service, *rest = tokens
    address = next((token for token in rest if not _is(token, "SILENT")), None)
    return _is(service, "SERVICE") and address is not None and (address["iri"] or "")[1:-1] in services


def _refuse_shapes(tokens: Sequence[Token]) -> None:
    """Count brackets, and the separators in each `{ }`; `[ ]` count to the group around, and `( )` not at all."""
    groups: list[list[int] | None] = []
    for token in tokens:
        if token["open"]:
            groups.append(_group(token["open"], groups))
        elif token["close"]:
            del groups[-1:]
        elif token["separator"] and groups and (group := groups[-1]) is not None:
            group[0] += 1
            if group[0] > MAX_PATTERNS:
                raise QueryError(f"a group of the query has more than {MAX_PATTERNS} patterns; ask for less at once")
        if len(groups) > MAX_DEPTH:
            raise QueryError(f"the query is nested more than {MAX_DEPTH} deep; flatten it")


def _group(bracket: str, groups: list[list[int] | None]) -> list[int] | None:
    """Return the count that the separators after `bracket` go to."""
    if bracket == "[":
        return groups[-1] if groups else None
    return [0] if bracket == "{" else None


def _is(token: Token, word: str) -> bool:
    return token["local"] is None and (token["word"] or "").upper() == word


def _declared(tokens: Sequence[Token]) -> dict[str, str]:
    """Return the prefixes that a query declares."""
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return {
        name["word"] or "": iri["iri"][1:-1] for before, name, iri in triples if _is(before, "PREFIX") and iri["iri"]
    }


def _iri(token: Token, prefixes: Mapping[str, str]) -> str | None:
    if token["iri"]:
        iri = _unescaped(token["iri"][1:-1])
        return iri if ":" in iri else None
    local = token["local"] or token["bare"]
    start = prefixes.get(token["word"] or "")
    return start + re.sub(r"\\(.)", r"\1", local[1:]) if local and start is not None else None


@lru_cache(maxsize=2)
def _tokens(query: str) -> tuple[Token, ...]:
    return tuple(token for token in _TOKEN.finditer(query) if not token["comment"])


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(escape: Token) -> str:
    try:
        return chr(int(escape[1] or escape[2], 16))
    except (ValueError, OverflowError):
        return escape[0]
