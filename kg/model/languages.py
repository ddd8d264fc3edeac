"""One row for what has names in several languages: of rows that differ in translations alone, one is kept.

A question binds the text of a claim, and a claim with an English and a German text makes two rows.  Two texts are
translations if some node has both as values of one naming property; other texts, such as quotes, are left alone.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, cast

from kg.errors import UsageError
from kg.model.labels import LABEL_PROPERTIES, Text, language_order
from kg.query.result import Rows
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.query.result import Answer
    from kg.store import Store
    from kg.store.terms import Row, Term

_LITERAL = re.compile(
    rb'"([^"\\]+)":\{"type":"literal","value":"(?:[^"\\]|\\.)*+"(?:,"xml:lang":"([^"]*)")?(?:,"datatype")?', re.DOTALL
)
_TRANSLATED = f"""
ASK {{{{
  VALUES ?text {{{{ {{0}} }}}}
  ?node ?name ?text ; ?name ?other
  FILTER(?name IN ({", ".join(f"<{name}>" for name in LABEL_PROPERTIES)}) && ?other != ?text)
}}}}
"""
_AT_ONCE = 200
Names = dict["Term", set[tuple[str, str]]]
"""Text -> the nodes that it names, each with the property."""
Preferred = dict[tuple[str, tuple[str, str]], Literal]
"""Column, and what texts there name -> the text that is preferred."""


def paged(
    store: Store,
    asked: Callable[[int | None], Answer],
    language: str | None,
    *,
    max_rows: int | None,
    limit: int | None,
    offset: int,
) -> Answer:
    """Return what `asked` answers when it is told the most rows: all of it, or the page of `limit` rows after `offset`.

    Rows are in one language unless `language` is None.  A page is what it would be of the whole answer, which is only
    made where rows before the page's end may have translations after it.
    """
    if limit is None and not offset:
        answer = asked(max_rows)
        return answer if language is None or not isinstance(answer, Rows) else in_one_language(store, answer, language)
    if not (isinstance(limit, int) and isinstance(offset, int)) or limit < 1 or offset < 0:
        raise UsageError("a page of rows has a limit of 1 or more, and an offset of 0 or more")
    if max_rows is not None:
        raise UsageError("--limit and --max-rows exclude each other: ask for a page, or cut the answer")
    answer = asked(offset + limit)
    if not isinstance(answer, Rows):
        raise UsageError("only the rows of SELECT have pages; triples are cut with --max-rows")
    if language is None:
        return answer.page(offset, limit)
    most = offset + limit
    while True:
        assert isinstance(answer, Rows)
        if not answer.complete and not answer.by_nodes and _has_translations(store, answer):
            answer = asked(None)
            assert isinstance(answer, Rows)
        merged = in_one_language(store, answer, language)
        if answer.complete or not answer.by_nodes or len(merged) > offset + limit:
            return merged.page(offset, limit)
        answer = asked(most := 2 * most)


def _has_translations(store: Store, answer: Rows) -> bool:
    """Return True if a node that a text of an answer names has another name by the same property."""
    texts = sorted({str(text) for row in answer.solutions for text in _texts(row)})
    parts = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
    return any(store.ask(_TRANSLATED.format(" ".join(part))) for part in parts)


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
    preferred = {fixed: _preferred(rows, names, language) for fixed, rows in groups.items()}
    for row in answer.solutions:
        beside = preferred[_fixed(row)]
        best = {name: _best(name, term, beside, names, language) for name, term in row.items()}
        kept.setdefault(tuple(best.items()))
    document["results"]["bindings"] = [{name: written[name, term] for name, term in row} for row in kept]
    return Rows(json.dumps(document, ensure_ascii=False).encode(), complete=answer.complete)


def _preferred(rows: Iterable[Row], names: Names, language: str) -> Preferred:
    """Return column, node and property -> the text of the rows that is preferred there."""
    texts: defaultdict[tuple[str, tuple[str, str]], set[Literal]] = defaultdict(set)
    for row in rows:
        for column, term in row.items():
            for named in names.get(term, ()):
                texts[column, named].add(cast("Literal", term))
    return {place: _first(several, language) for place, several in texts.items()}


def _best(column: str, term: Term, beside: Preferred, names: Names, language: str) -> Term:
    """Return `term`, or the translation of it that is preferred."""
    return _first({beside[column, named] for named in names[term]}, language) if term in names else term


def _first(texts: set[Literal], language: str) -> Literal:
    return min(texts, key=lambda each: language_order(Text(each.value, each.language), language))


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
