"""Shapes (SHACL) and lints (SPARQL) of the ontology, applied to the data."""

from __future__ import annotations

import re
import time
from itertools import takewhile
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from kg import worker
from kg.display import counted
from kg.errors import Problem, QueryError, UnreadableError
from kg.files import read_text, shipped
from kg.namespaces import ONTOLOGY, RDFS, SHAPES, XSD, shrink
from kg.store.terms import IRI, Literal
from kg.validate.batches import SIZE, ShapesPlan, narrowed, parts, whole
from kg.validate.report import SEVERITIES, Result, Rule, make_result

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.store import Store
    from kg.store.terms import Quad, Term
    from kg.validate.report import Nodes

DEADLINE = 60.0
"""Seconds for each part of the data (`batches.SIZE` nodes), where no deadline is given for all."""
_LONG = 100
"""Characters of a value that a message shows."""
_BELOW = RDFS + "subClassOf"
_SUBCLASSES = f"SELECT ?a ?b WHERE {{ ?a <{_BELOW}> ?b FILTER(isIRI(?a) && isIRI(?b)) }}"


def check_shapes(
    store: Store, nodes: Nodes, files: Sequence[Path], deadline: float | None, among: Collection[str] | None = None
) -> tuple[list[Result], list[Rule]]:
    """Hold the shapes of `files` (Turtle) against the data and derived graphs, which see the ontology's classes.

    Results about nodes of the ontology alone are left out, and about all but the nodes `among`, if they are given.
    `deadline` is in seconds, for all; None for `DEADLINE` a part.

    Raises QueryError when the deadline passes, UnreadableError when a file is no Turtle or its shapes cannot be used.
    """
    ontology = _n_triples(store.quads(IRI(ONTOLOGY)))
    request = {
        "subclasses": "".join(f"{row['a']} <{_BELOW}> {row['b']} .\n" for row in store.select(_SUBCLASSES)),
        "ontology_files": [] if ontology else _ontology_files(),
        "shapes": [str(file) for file in files],
    }
    asked = _Shapes(deadline)
    answer = asked.ask(request, ontology)
    rules = [Rule(_rule_id(rule["id"]), rule["severity"], rule["help"]) for rule in answer["rules"]]
    if answer["plan"] is None:
        everything = asked.ask({}, triples := whole(store), _subjects(triples))["results"]
        return [_result(found, nodes) for found in everything if among is None or found["focus"] in among], rules
    results: list[Result] = []
    for part in parts(store, ShapesPlan(**answer["plan"]), among):
        head = {"kind": part.kind, "name": part.name, "nodes": part.nodes}
        results += [_result(found, nodes) for found in asked.ask(head, part.triples, len(part.nodes))["results"]]
    return results, rules


def shipped_shapes() -> list[Path]:
    """Return the files of shapes that come with `kg`, in the order of their names."""
    return sorted((shipped("ontology") / "shapes").glob("*.ttl"))


def _ontology_files() -> list[str]:
    folder = shipped("ontology")
    return [str(file) for file in sorted([*folder.glob("*.ttl"), *folder.glob("concepts/*.ttl")])]


def _n_triples(quads: Iterable[Quad]) -> str:
    return "".join(f"{quad.triple} .\n" for quad in quads)


class _Shapes:
    """Process that holds shapes against data, up to a deadline for all of them or for each part."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds
        self._checked = 0
        self._child = worker.Child("kg.validate.shacl_worker", str(seconds or DEADLINE))

    def ask(self, head: dict[str, Any], triples: str, nodes: int = 0) -> dict[str, Any]:
        """Return the answer to a request about so many `nodes`; raises as `check_shapes`."""
        now = time.monotonic()
        until = self._end or now + DEADLINE * max(1, ceil(nodes / SIZE))
        try:
            answer = self._child.ask(worker.Message(head | {"seconds": until - now}, triples.encode()), until).head
        except TimeoutError as error:
            allowed = f"{self._seconds:g} s" if self._seconds else f"{until - now:g} s for {counted(nodes, 'node')}"
            raise QueryError(
                f"the shapes took longer than {allowed} and were stopped after {counted(self._checked, 'node')}; "
                "allow more time (--timeout), or look for a constraint that compares every node with every other"
            ) from error
        except ChildProcessError as error:
            raise QueryError("the shapes could not be checked: their process ended without an answer") from error
        if "failure" in answer:
            raise QueryError(f"the shapes could not be checked: {answer['failure']}")
        if "error" in answer:
            raise UnreadableError(answer["error"])
        self._checked += nodes
        return answer


def _subjects(triples: str) -> int:
    return len({line.partition(" ")[0] for line in triples.splitlines()})


def _result(found: dict[str, Any], nodes: Nodes) -> Result:
    focus, path, value = found["focus"], found["path"], _term(found["value"])
    message = f"{nodes.name(focus)}: {found['message'].rstrip('.')}{_shown(value, focus, nodes)}"
    rule = _rule_id(found["rule"])
    problem = Problem(found["severity"], rule, message, nodes.place(focus, *_keys(rule)), focus)
    return Result(problem, found["component"], found["shape"], path, value)


def _term(value: dict[str, str] | None) -> Term | None:
    match value:
        case None:
            return None
        case {"iri": iri}:
            return IRI(iri)
        case {"text": text, "language": language}:
            return Literal(text, language=language)
        case _:
            return Literal(value["text"], datatype=IRI(value["datatype"]))


def _rule_id(iri: str) -> str:
    """Return the local name of one of our shapes; a foreign shape keeps its CURIE or IRI."""
    return iri.removeprefix(SHAPES) if iri.startswith(SHAPES) else shrink(iri)


def _keys(rule: str) -> Iterator[str]:
    """Yield the claim file's keys that a rule may be about: our shapes are called by class and key (`Claim-text`)."""
    key = rule.partition("-")[2]
    while key:
        yield key
        key = key.rpartition("-")[0]


def _shown(value: Term | None, focus: str, nodes: Nodes) -> str:
    if value is None or value.value == focus:
        return ""
    return f" (here: {_words(value, nodes)})"


def _words(value: Term, nodes: Nodes) -> str:
    if not isinstance(value, Literal):
        return nodes.name(value.value)
    text = f'"{value.value}"' if len(value.value) <= _LONG else f'"{value.value[:_LONG]} …"'
    if value.language:
        return f"{text}@{value.language}"
    return text if value.datatype.value == XSD + "string" else f"{text}^^{shrink(value.datatype.value)}"


_SEVERITY = re.compile(r"#\s*severity:\s*(\w+)", re.IGNORECASE)


class Lint(NamedTuple):
    """A rule with the SELECT query (`?node`, `?message`) that finds what breaks it."""

    rule: Rule
    query: str


def read_lint(file: Path) -> Lint:
    """Read a lint: its first comment says what it asks for, `# severity: warning` (or violation, info) how grave it is.

    Raises UnreadableError if either is missing.
    """
    text = read_text(file)
    comments = list(takewhile(lambda line: line.startswith("#"), text.splitlines()))
    stated = [found[1].lower() for line in comments if (found := _SEVERITY.match(line))]
    words = " ".join(line.strip("# ") for line in comments if not _SEVERITY.match(line))
    if not words or len(stated) != 1 or stated[0] not in SEVERITIES:
        raise UnreadableError(
            f"{file}: a lint begins with a comment that says what it asks for, and has a line "
            f"`# severity: ` with one of {', '.join(SEVERITIES)}"
        )
    return Lint(Rule(file.stem, stated[0], words), text)


def shipped_lints() -> list[Path]:
    """Return the files of lints that come with `kg`, in the order of their names."""
    return sorted((shipped("ontology") / "lints").glob("*.rq"))


def check_lint(store: Store, nodes: Nodes, lint: Lint, among: Collection[str] | None = None) -> list[Result]:
    """Return a result for each solution of the lint; for the nodes `among` alone if they are given.

    A lint that cannot be narrowed is asked for all, and what it finds for others is left out.

    Raises UnreadableError if it is not SPARQL, or does not answer with both variables.
    """
    try:
        rows = [row for query in narrowed(lint.query, among) for row in store.select(query)]
    except SyntaxError as error:
        raise UnreadableError(f"the lint {lint.rule.id} is not SPARQL: {' '.join(str(error).split())}") from error
    results = []
    for row in rows:
        if not {"node", "message"} <= row.keys():
            raise UnreadableError(f"the lint {lint.rule.id} answers without a ?node or a ?message; it must bind both")
        node = row["node"].value
        if among is not None and node not in among:
            continue
        message = f"{nodes.name(node)}: {row['message'].value}"
        results.append(make_result(Problem(lint.rule.severity, lint.rule.id, message, nodes.place(node), node)))
    return results
