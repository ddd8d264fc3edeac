"""The queries of ontology/lints: each returns the nodes that break one rule, and so must return nothing."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Problem, UnreadableError
from kg.files import read_text, shipped
from kg.validate.report import SEVERITIES, Result, Rule, make_result

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store import Store
    from kg.validate.locations import Nodes

_SEVERITY = re.compile(r"#\s*severity:\s*(\w+)", re.IGNORECASE)


class Lint(NamedTuple):
    """A rule with the SELECT query (`?node`, `?message`) that finds what breaks it."""

    rule: Rule
    query: str


def read(file: Path) -> Lint:
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


def check(store: Store, nodes: Nodes, lint: Lint) -> list[Result]:
    """Return a result for each solution of the lint.

    Raises UnreadableError if it is not SPARQL, or does not answer with both variables.
    """
    try:
        rows = store.select(lint.query)
    except SyntaxError as error:
        raise UnreadableError(f"the lint {lint.rule.id} is not SPARQL: {' '.join(str(error).split())}") from error
    results = []
    for row in rows:
        if not {"node", "message"} <= row.keys():
            raise UnreadableError(f"the lint {lint.rule.id} answers without a ?node or a ?message; it must bind both")
        node = row["node"].value
        message = f"{nodes.name(node)}: {row['message'].value}"
        results.append(make_result(Problem(lint.rule.severity, lint.rule.id, message, nodes.place(node), node)))
    return results
