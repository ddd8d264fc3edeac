"""One form of the argument maps of all formats: statements, and relations to them or to other relations."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.display import counted
from kg.errors import Place, Problem
from kg.files import read_unpacked
from kg.readers import broken
from kg.readers.encodings import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LARGEST = 64 * 2**20
"""Bytes of a file, unpacked."""
LONGEST = 100_000
"""Characters of a statement, or of a remark on one."""
_LISTED, _LINES = 20, 5
"""Problems of a kind that are listed, and lines that are named for one of them."""
_NO_TEXT = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\s]+")
_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")


class MapVoice(NamedTuple):
    """Speaker of a statement, with the stance and the words."""

    name: str
    kind: str = "person"
    stance: str = "affirms"
    words: str = ""


@dataclass
class MapStatement:
    """Sentence of an argument map."""

    text: str
    line: int | None = None
    tags: list[str] = field(default_factory=list)
    groups: tuple[str, ...] = ()
    """Headings above it, the outermost first."""
    voices: list[MapVoice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class MapRelation:
    """Step of an argument map, from statements (together) to a statement or to another relation, by their keys."""

    kind: str
    """support, attack, undercut, contrary (an attack in both directions) or rephrase."""
    sources: list[str]
    target: str
    line: int | None = None
    voices: list[MapVoice] = field(default_factory=list)
    """Those who argue so."""
    notes: list[str] = field(default_factory=list)


@dataclass
class ArgumentMap:
    """All that a file says, by the keys that it has or is given."""

    path: Path
    title: str = ""
    authors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    has_words: bool = True
    """False for an abstract framework, whose arguments have names and no words."""
    statements: dict[str, MapStatement] = field(default_factory=dict)
    relations: dict[str, MapRelation] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    """Things of the file by the nouns of its format; those that end with "s" already are left so."""
    _remarks: dict[tuple[str, str, str], list[int | None]] = field(default_factory=dict)

    def remark(self, rule: str, message: str, line: int | None = None, severity: str = "warning") -> None:
        """Note what was guessed, left out or wrong; what is noted more than once becomes one problem with the lines."""
        self._remarks.setdefault((severity, rule, message), []).append(line)

    def refuse(self, message: str, line: int | None) -> None:
        """Note what the file cannot be loaded with."""
        self.remark("argument-map", message, line, "violation")

    @property
    def is_refused(self) -> bool:
        """True if the file cannot be loaded."""
        return any(severity == "violation" for severity, _, _ in self._remarks)

    def problems(self) -> Iterator[Problem]:
        """Yield what was noted, of each kind the first twenty and the number of the others."""
        kinds: Counter[tuple[str, str]] = Counter()
        for (severity, rule, message), lines in self._remarks.items():
            kinds[severity, rule] += 1
            if kinds[severity, rule] <= _LISTED:
                named = [f"{line:,}" for line in lines if line][:_LINES]
                where = f": lines {', '.join(named)}{' …' if len(lines) > len(named) else ''}" if named else ""
                often = f" ({len(lines):,} times{where})" if len(lines) > 1 else ""
                yield Problem(severity, rule, message + often, Place(str(self.path), lines[0]))
        for (severity, rule), count in kinds.items():
            if count > _LISTED:
                message = f"{count - _LISTED:,} more of this kind ({rule}) are not listed"
                yield Problem(severity, rule, message, Place(str(self.path)))

    def check(self) -> None:
        """Refuse a statement without words; UnreadableError for a text too long to be one, or a remark or a name."""
        texts = [(key, said.line) for key, said in self.statements.items()]
        for said in self.statements.values():
            if not said.text:
                self.refuse("a statement without words; is the file cut?", said.line)
            texts += [(text, said.line) for text in (said.text, *said.notes, *said.tags, *said.groups)]
            texts += [(text, said.line) for voice in said.voices for text in (voice.name, voice.words)]
        texts += [(note, relation.line) for relation in self.relations.values() for note in relation.notes]
        for text, line in texts:
            if len(text) > LONGEST:
                raise broken(self.path, line, f"a text of {len(text):,} characters; is this file what its name says?")


def text_of_map(path: Path, found: list[Problem]) -> str:
    """Return the text of a file, and note that its encoding is guessed; UnreadableError for an empty or a huge one."""
    content = read_unpacked(path)
    if len(content) > LARGEST:
        raise broken(path, None, f"longer than {LARGEST // 2**20} MiB, which is no argument map; split it")
    text, guess = decoded(content, path)
    if not text.strip("\ufeff \n\t\0"):
        raise broken(path, None, "the file is empty")
    found += [guess] if guess else []
    return text


def clean(text: str) -> str:
    """Return a text with one space for white space, control characters and halves of characters."""
    return _NO_TEXT.sub(" ", text).strip()


def without_links(text: str) -> tuple[str, list[str]]:
    """Return a text with the words of its links, and the addresses."""
    return _LINK.sub(r"\1", text), [address for _, address in _LINK.findall(text)]


def in_words(counts: Iterable[tuple[str, int]]) -> str:
    """Return counts as "5 statements, 1 argument"."""
    return ", ".join(counted(count, noun) for noun, count in counts if count)
