"""Competency questions: each a SPARQL file of `ontology/questions/` with its words in the first comment.

A question is at once a file, a command (`kg query NAME`), a test with its answer, and an entry in docs/questions.md.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.errors import NotFoundError
from kg.files import read_text, shipped

_PARAM = re.compile(r"#\s*param\s+(\w+)\s*:\s*(.+)")
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
    if not _is_name(name) or not path.is_file():
        raise NotFoundError(f"no question '{name}'{_nearest(name)} (kg questions lists them)")
    text = read_text(path)
    return Question(name, _words(text), dict(_PARAM.findall(text)), dict(_EXAMPLE.findall(text)), text)


def questions() -> tuple[Question, ...]:
    """Return all questions in the order of their names."""
    return tuple(question(name) for name in _names())


def is_question(name: str) -> bool:
    """Return True if a text can only be the name of a question: lower-case words with hyphens, no spaces."""
    return _is_name(name)


def _is_name(name: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) is not None


def _names() -> list[str]:
    return sorted(path.stem for path in (shipped("ontology") / "questions").glob("*.rq"))


def _nearest(name: str) -> str:
    from rapidfuzz import process

    match = process.extractOne(name, _names(), score_cutoff=60)
    return f"; nearest: {match[0]}" if match else ""


def _words(text: str) -> str:
    """Return the first comment of a query, its lines joined, up to the first line that declares something."""
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#") or re.match(r"#\s*(param|example)\b", line):
            break
        lines.append(line.lstrip("# ").rstrip())
    return " ".join(lines)
