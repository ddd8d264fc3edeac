"""Parameters of queries: each value is bound as an RDF term, and never pasted as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.store.terms import Literal, Term, bind, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store import Store

_STRING = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*))?')
_NUMBER = re.compile(r"[+-]?\d+(?P<fraction>\.\d+)?")


def texts(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of parameters as they are; UsageError for one that is not a text."""
    for name, value in values.items():
        if not isinstance(value, str):
            raise UsageError(f"the parameter '{name}' is not a text; write numbers as texts too, as in '5'")
    return dict(values)


def bound(store: Store, query: str, values: Mapping[str, str]) -> str:
    """Return `query` with the values of its parameters in the place of `UNDEF`; see `term`.

    Raises UsageError for a parameter that the query does not have, and what `term` raises.
    """
    try:
        return bind(query, {name: term(store, value) for name, value in values.items()})
    except KeyError as error:
        name = error.args[0]
        raise UsageError(
            f"the query has no parameter '{name}'; a parameter is a line VALUES ?{name} {{ UNDEF }} in it"
        ) from error


def term(store: Store, value: str) -> Term:
    """Return the term that `value` writes: `"text"`, `"text"@en`, a number, else a short id, a CURIE or an IRI.

    Raises NotFoundError if no node of the store has that name.
    """
    if string := _STRING.fullmatch(value):
        text = re.sub(r"\\(.)", r"\1", string["text"])
        return Literal(text, language=string["language"]) if string["language"] else Literal(text)
    if number := _NUMBER.fullmatch(value):
        return typed(value, "decimal" if number["fraction"] else "integer")
    return store.resolve(value)
