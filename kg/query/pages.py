"""Pages of a question, made of what it answers for one node after the other: a page costs what it shows.

A question says by its line `# page: ?agent by ?who { ?agent hc:name ?who }` of which nodes it speaks, and by what they
are ordered: the first columns of its ORDER BY.  It is asked for the nodes one by one, in this order, until there are
rows enough.  What it answers for a node is bound where it has `VALUES ?agent { UNDEF }`, or, as a comment that only a
page reads, `# page VALUES ?agent`: servers are slower with what binds nothing, or stumble over it.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.namespaces import RDF, XSD
from kg.store.terms import IRI, Literal, Term, bind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_LINE = re.compile(r"^# page: \?(\w+) by ([^{]+) (\{.*\})$", re.MULTILINE)
_ORDER = re.compile(r"\bORDER BY (.+)\s*\Z")
_BOUND = re.compile(r"# page (VALUES \?\w+)$", re.MULTILINE)
_COLUMN = re.compile(r"(DESC\()?\?(\w+)")
_SPAN = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")
_DAYS = (365.2425, 365.2425 / 12, 1, 1 / 24, 1 / 1440, 1 / 86400)
"""Days of the parts of a duration."""
_KINDS = ("bnode", "uri", "literal")
"""Kinds of terms in the order of SPARQL 1.1, 15.1, after what is not bound."""

Binding = dict[str, str]
"""A term in SPARQL 1.1 JSON."""
Found = dict[str, Binding]
"""A row in SPARQL 1.1 JSON."""


class SortColumn(NamedTuple):
    """SortColumn of an order, and whether the greatest comes first."""

    name: str
    descends: bool


class Paging(NamedTuple):
    """Nodes for which a question is asked one by one: the variable, the columns of their order, the query for them."""

    node: str
    columns: tuple[SortColumn, ...]
    nodes: str
    order: tuple[SortColumn, ...]
    """The whole order of the question."""
    question: str
    """The question, its nodes to be bound."""

    @staticmethod
    def of(question: str) -> Paging | None:
        """Return how a question is paged, or None if it does not say."""
        line, order = _LINE.search(question), _ORDER.search(question)
        if not line or not order:
            return None
        columns = _columns(line[2])
        prologue = "\n".join(re.findall(r"^PREFIX .*$", question, re.MULTILINE))
        asked = " ".join(f"?{name}" for name in (line[1], *(column.name for column in columns)))
        return Paging(
            line[1],
            columns,
            f"{prologue}\nSELECT DISTINCT {asked} WHERE {line[3]}",
            _columns(order[1]),
            _BOUND.sub(r"\1 { UNDEF }", question),
        )


def is_open(paging: Paging) -> bool:
    """Return True if the node of a paging is not bound: a question that is asked for one node has its rows alone."""
    try:
        return bool(bind(paging.question, {paging.node: IRI("urn:any")}))
    except KeyError:
        return False


def page(paging: Paging, evaluate: Callable[[str], bytes], rows: int) -> tuple[bytes, bool]:
    """Return the rows of whole nodes, `rows` or more of them if there are so many, and whether these are all.

    `evaluate` returns the SPARQL 1.1 JSON document of a query.
    """
    head, found, complete = "", list[Found](), True
    for nodes in _entries(paging, json.loads(evaluate(paging.nodes))["results"]["bindings"]):
        if len(found) > rows:
            complete = False
            break
        here: list[Found] = []
        for node, keys, is_split in nodes:
            document = json.loads(evaluate(bind(paging.question, {paging.node: node})))
            head = head or json.dumps(document["head"])
            here += (
                row for row in document["results"]["bindings"] if not is_split or _values(row, paging.columns) in keys
            )
        found += here if len(nodes) == 1 else _in_order(here, paging.order)
    head = head or json.dumps(json.loads(evaluate(f"{paging.question} LIMIT 0"))["head"])
    written = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return f'{{"head":{head},"results":{{"bindings":{written}}}}}'.encode(), complete


_Entry = tuple[Term, list[list[Binding | None]], bool]
"""A node, the values of the columns that its rows have here, and whether it has others elsewhere."""


def _entries(paging: Paging, found: Sequence[Found]) -> Iterator[list[_Entry]]:
    """Yield nodes in the order of their rows, those together that stand at one place.

    A node whose values are in several languages stands at the first of them, so that its translations are beside one
    another; other values of a node, such as two holders of one figure, each have a place.
    """
    several: dict[Term, list[Found]] = {}
    for row in found:
        if term := _term(row[paging.node]):
            several.setdefault(term, []).append(row)
    placed = []
    for node, rows in several.items():
        rows = [row for row in rows if len(row) > 1] or rows[:1]
        names = [column.name for column in paging.columns]
        tags = [{row[name].get("xml:lang", "") for row in rows if name in row} for name in names]
        keys = [_values(row, paging.columns) for row in rows]
        if len(rows) == 1:
            placed.append((rows[0], (node, keys, False)))
        elif any(len(each) > 1 for each in tags):  # none is one too, as of a title without a language
            placed.append((_in_order(rows, paging.columns)[0], (node, keys, False)))
        else:
            placed += [(row, (node, [key], True)) for row, key in zip(rows, keys, strict=True)]
    placed = _sorted(placed, paging.columns, lambda each: each[0])
    for _, group in groupby(placed, lambda each: _values(each[0], paging.columns)):
        yield [entry for _, entry in group]


def _term(written: Binding) -> Term | None:
    """Return a term that a query can be asked for: no blank node, and what is not bound."""
    if written["type"] == "literal":
        datatype = written.get("datatype")
        language = written.get("xml:lang")
        return Literal(written["value"], datatype=IRI(datatype) if datatype else None, language=language)
    return IRI(written["value"]) if written["type"] == "uri" else None


def _in_order(rows: Iterable[Found], columns: Iterable[SortColumn]) -> list[Found]:
    return _sorted(rows, columns, lambda row: row)


def _sorted(things: Iterable[Any], columns: Iterable[SortColumn], row: Callable[[Any], Found]) -> list[Any]:
    """Return things in the order of the columns of a row of each."""
    found = list(things)
    for column in reversed([*columns]):
        found.sort(key=lambda each: _place(row(each).get(column.name)), reverse=column.descends)
    return found


def _place(term: Binding | None) -> tuple[Any, ...]:
    """Return what a term is ordered by: numbers by value, other literals by their text, then datatype and language."""
    if term is None:
        return (-1,)
    number = _number(term) if "datatype" in term else None
    if number is not None:
        return (len(_KINDS), number)
    language = term.get("xml:lang", "")
    datatype = RDF + "langString" if language else term.get("datatype", XSD + "string")
    return (_KINDS.index(term["type"]), term["value"], datatype, language)


def _number(term: Binding) -> float | Decimal | None:
    """Return the value of a number, and for a span of time its days, of which a month has as many as on average."""
    if term["datatype"].endswith(("#integer", "#decimal", "#double")):
        with suppress(InvalidOperation):
            return Decimal(term["value"])
    elif "uration" in term["datatype"] and (parts := _SPAN.fullmatch(term["value"])):
        days = sum(float(part or 0) * each for part, each in zip(parts.groups()[1:], _DAYS, strict=True))
        return -days if parts[1] else days
    return None


def _values(row: Found, columns: Iterable[SortColumn]) -> list[Binding | None]:
    return [row.get(column.name) for column in columns]


def _columns(text: str) -> tuple[SortColumn, ...]:
    return tuple(SortColumn(name, bool(descends)) for descends, name in _COLUMN.findall(text))
