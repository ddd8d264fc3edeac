"""One row for what has names in several languages: of rows that differ in translations alone, one is kept.

A question binds the text of a claim, and a claim with an English and a German text makes two rows.  Two texts are
translations if some node has both as values of one naming property; other texts, such as quotes, are left alone.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model.labels import LABEL_PROPERTIES, Text, language_order
from kg.query.result import Rows
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.store import Store
    from kg.store.terms import Row, Term

_LITERAL = re.compile(
    rb'"([^"\\]+)":\{"type":"literal","value":"(?:[^"\\]|\\.)*+"(?:,"xml:lang":"([^"]*)")?(?:,"datatype")?', re.DOTALL
)
Names = dict["Term", set[tuple[str, str]]]
"""Text -> the nodes that it names, each with the property."""


def in_one_language(store: Store, answer: Rows, language: str = "") -> Rows:
    """Return `answer` with one row for those that differ in translations alone: in `language` where there is one."""
    spoken: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for column, tag in _LITERAL.findall(answer.document):
        spoken[column].add(tag)
    if all(len(tags) < 2 for tags in spoken.values()):
        return answer
    groups: defaultdict[tuple[tuple[str, Term], ...], list[Row]] = defaultdict(list)
    for row in answer.solutions:
        groups[_fixed(row)].append(row)
    doubtful = {text for rows in groups.values() if len(rows) > 1 for row in rows for text in _texts(row)}
    if not doubtful:
        return answer
    return _merged(answer, groups, _names(store, doubtful), language)


def _merged(answer: Rows, groups: dict[tuple[tuple[str, Term], ...], list[Row]], names: Names, language: str) -> Rows:
    document = json.loads(answer.document)
    written = {
        (name, row[name]): binding[name]
        for row, binding in zip(answer.solutions, document["results"]["bindings"], strict=True)
        for name in binding
    }
    kept: dict[tuple[tuple[str, Term], ...], None] = {}
    for row in answer.solutions:
        beside = groups[_fixed(row)]
        best = {name: _best(term, (each.get(name) for each in beside), names, language) for name, term in row.items()}
        kept.setdefault(tuple(best.items()))
    document["results"]["bindings"] = [{name: written[name, term] for name, term in row} for row in kept]
    return Rows(json.dumps(document, ensure_ascii=False).encode(), complete=answer.complete)


def _best(term: Term, others: Iterable[Term | None], names: Names, language: str) -> Term:
    """Return `term`, or the translation of it among `others` that is preferred."""
    if not isinstance(term, Literal) or term not in names:
        return term
    same = [each for each in others if isinstance(each, Literal) and names.get(each, set()) & names[term]]
    return min([term, *same], key=lambda each: language_order(Text(each.value, each.language), language))


def _names(store: Store, texts: Iterable[Literal]) -> Names:
    values = " ".join(sorted(map(str, texts)))
    named: Names = defaultdict(set)
    for row in store.select(f"SELECT ?node ?name ?text {{ VALUES ?text {{ {values} }} ?node ?name ?text }}"):
        if row["name"].value in LABEL_PROPERTIES and isinstance(row["node"], IRI):
            named[row["text"]].add((row["node"].value, row["name"].value))
    return dict(named)


def _fixed(row: Row) -> tuple[tuple[str, Term], ...]:
    """Return the part of a row that no language changes."""
    return tuple((name, term) for name, term in row.items() if not _is_text(term))


def _texts(row: Row) -> list[Literal]:
    return [term for term in row.values() if isinstance(term, Literal) and _is_text(term)]


def _is_text(term: Term) -> bool:
    return isinstance(term, Literal) and (bool(term.language) or term.datatype.value.endswith("#string"))
