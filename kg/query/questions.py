"""Competency questions (SPARQL files of `ontology/questions/`, their words in the first comment), and parameters.

A question is at once a file, a command (`kg query NAME`), a test with its answer, and an entry in docs/questions.md.
Each value of a parameter is bound as an RDF term, and never pasted as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import KgError, NotFoundError, UsageError
from kg.files import read_text, shipped
from kg.namespaces import GRAPH, HC, ONTOLOGY, PREFIXES, SHORT_ID, XSD, shrink
from kg.query import guard
from kg.query.rules import findings
from kg.store.terms import IRI, TYPE, Literal, Term, bind, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.store import Store

_PARAM = re.compile(r"#\s*param\s+(\w+)\s*:\s*(.+)")
_KIND = re.compile(r"\(an? (\w+): ")
_KINDS = {"Agent", "Argument", "Assertion", "Claim", "Source", "Study", "Topic"}
_RULES = re.compile(r"^ *# rules: (\w+)$", re.MULTILINE)
_EXAMPLE = re.compile(r"#\s*example:\s*(\w+)=(\S+)")


class Question(NamedTuple):
    """A question with a name: `words` as a person asks it, `params` name -> what it is, `example` name -> value."""

    name: str
    words: str
    params: dict[str, str]
    example: dict[str, str]
    text: str

    def __repr__(self) -> str:
        params = f" ({', '.join(self.params)})" if self.params else ""
        return f"<Question {self.name}{params}: {self.words}>"


def question(name: str) -> Question:
    """Return the question called `name`; NotFoundError, with the nearest name, if there is none."""
    path = shipped("ontology") / "questions" / f"{name}.rq"
    if not is_question(name) or not path.is_file():
        raise NotFoundError(f"no question '{name}'{_nearest(name)} (kg questions lists them)")
    text = read_text(path)
    return Question(name, _words(text), dict(_PARAM.findall(text)), dict(_EXAMPLE.findall(text)), text)


def questions() -> tuple[Question, ...]:
    """Return all questions in the order of their names."""
    return tuple(question(name) for name in _names())


def is_question(name: str) -> bool:
    """Return True if a text can only be the name of a question: lower-case words with hyphens, no spaces."""
    return SHORT_ID.fullmatch(name) is not None


def _names() -> list[str]:
    return sorted(path.stem for path in (shipped("ontology") / "questions").glob("*.rq"))


def _nearest(name: str) -> str:
    from rapidfuzz import process

    match = process.extractOne(name, _names(), score_cutoff=65)  # what only shares some letters has up to 60
    return f"; nearest: {match[0]}" if match else ""


def _words(text: str) -> str:
    """Return the first comment of a query, its lines joined, up to the first line that declares something."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#") or re.match(r"#\s*(param|example|page)\b", line):
            break
        lines.append(line.lstrip("# ").rstrip())
    return " ".join(lines)


_STRING = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*))?')
_NUMBER = re.compile(r"[+-]?\d+(?P<fraction>\.\d+)?")


def texts(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of parameters as they are; UsageError for one that is not a text."""
    for name, value in values.items():
        if not isinstance(value, str):
            raise UsageError(f"the parameter '{name}' is not a text; write numbers as texts too, as in '5'")
    return dict(values)


def _found(store: Store, folder: str) -> str:
    """Return what the rules of a folder find, as VALUES: one for each assertion and kind, if possible a certain one."""
    first: dict[tuple[str, str], tuple[str, str, str]] = {}
    for row in findings(store, folder):
        entry = (str(row["certainty"]), str(row["from"]), str(row["why"]))
        pair = (str(row["assertion"]), str(row["kind"]))
        first[pair] = min(entry, first.get(pair, entry))
    rows = "\n".join(f"({' '.join((*pair, *entry))})" for pair, entry in sorted(first.items()))
    return f"VALUES (?assertion ?concept ?shown ?origin ?why) {{\n{rows}\n}}" if rows else "FILTER(false)"


def bound(store: Store, query: str, values: Mapping[str, str]) -> str:
    """Return `query` with the values of its parameters in the place of `UNDEF`; see `term`.

    What rules find stands in the place of the line that names their folder.

    Raises UsageError for a parameter that the query does not have, and what `term` raises.
    """
    try:
        bind(query, dict.fromkeys(values, Literal("")))  # a wrong name is told before a value that nothing has
        terms = {name: term(store, value) for name, value in values.items()}
        for name, words in _PARAM.findall(query):
            if (kind := _KIND.search(words)) and isinstance(node := terms.get(name), IRI):
                _check_kind(store, node, kind[1], values[name])
        query = bind(query, terms)
    except KeyError as error:
        name, there = error.args
        way_out = f"it has {', '.join(there)}" if there else f"a parameter is a line VALUES ?{name} {{ UNDEF }} in it"
        raise UsageError(f"the query has no parameter '{name}'; {way_out}") from error
    return _RULES.sub(lambda line: _found(store, line[1]), query)


def _check_kind(store: Store, node: IRI, kind: str, name: str) -> None:
    """Raise UsageError if a node is known to be of another kind than a parameter is said to be."""
    objects = [quad.object for quad in store.about(node) if quad.predicate == TYPE]
    classes = {each.value.removeprefix(HC) for each in objects if isinstance(each, IRI)}
    kinds = sorted(classes & _KINDS)
    if kinds and kind.capitalize() not in kinds:
        other = kinds[0].lower()
        raise UsageError(f"'{name}' is no {kind}; it is {'an' if other[0] in 'aeiou' else 'a'} {other}")


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


_NO_TERMS = (XSD, GRAPH)
"""Beginnings of the names of datatypes and graphs, which no triple has to have."""
_IS_USED = "ASK {{ {{ ?a <{0}> ?b }} UNION {{ ?a ?b <{0}> }} UNION {{ <{0}> ?a ?b }} }}"
_TERMS = f"SELECT DISTINCT ?term {{ GRAPH <{ONTOLOGY}> {{ ?term a ?class }} }}"
_ALIKE = 60
"""Percent of equal letters from which a term is proposed for another."""


def unused_terms(store: Store, query: str) -> Iterator[str]:
    """Yield a sentence for each term of the prefix table in `query` that the data do not have, with a likely other.

    Nothing for a question, which we wrote, nor for a server, where each look would be a request.
    """
    if is_question(query) or store.evaluator():
        return
    known = tuple(PREFIXES.values())
    for name, iri in sorted(guard.names(query, store.prefixes()).items()):
        if iri.startswith(known) and not iri.startswith(_NO_TERMS) and not _is_used(store, iri):
            yield f"no {name} in the data{_likely_term(store, iri)}"


def _is_used(store: Store, iri: str) -> bool:
    try:
        return store.ask(_IS_USED.format(iri))
    except (KgError, SyntaxError, ValueError):  # no legal IRI: the query said so
        return True


def _likely_term(store: Store, iri: str) -> str:
    from rapidfuzz import process

    terms = {row["term"].value for row in store.select(_TERMS) if row["term"].value.startswith(HC)}
    match = None if iri in terms else process.extractOne(iri, sorted(terms), score_cutoff=_ALIKE)
    return f"; {shrink(match[0])}?" if match and iri.startswith(HC) else ""
