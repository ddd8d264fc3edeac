"""Lines of Argdown: headings, statements, arguments, lists, relations by indentation, premises and conclusions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import KgError
from kg.readers import broken
from kg.readers.argument_maps.form import clean, without_links
from kg.readers.claim_files.yaml import parse
from kg.readers.suggestions import shown

if TYPE_CHECKING:
    from kg.readers.argument_maps.form import ArgumentMap

UNDERCUTS, CONTRADICTS = "undercut", "contradict"
_SIGNS = {"+": "support", "-": "attack", "_": UNDERCUTS}
_FRONT = re.compile(r"\s*={3,}[ \t]*\n(.*?)\n={3,}[ \t]*(?=\n|\Z)", re.DOTALL)
# The two slashes of a web address begin no comment.
_COMMENT = re.compile(r"<!--|/\*|(?<!:)//")
_HIDDEN = "\x01"
_CLOSING = {"<!--": "-->", "/*": "*/", "//": "\n"}
_HEADING = re.compile(r"(#{1,20})[ ]+(.*)")
_NUMBER = re.compile(r"[ \t]*\((\d{1,9})\)[ \t]*(.*)")
_INFERENCE = re.compile(r"[ \t]*--(.*)")
_RELATION = re.compile(r"([ \t]*)(\+>|->|<\+|<-|><|_>|<_|\+|-|_(?=\s))[ \t]*(.*)")
_ITEM = re.compile(r"([ \t]*)(?:\*|\d{1,9}\.)(?=\s)[ \t]*(.*)")
_NAMED = re.compile(r"\[([^\[\]\n]{1,500})\](?!\()(:?)|<([^<>\n]{1,500})>(:?)")
_TAG = re.compile(r"(?:^|(?<=\s))#(?:\(([^()]*)\)|([\w-]+))")
_MENTION = re.compile(r"@[\[<]([^\[\]<>]*)[\]>]")
_MARKS = re.compile(r"(\*\*|__)(?=\S)([^*_\n]+)(?<=\S)\1|(?<!\w)([*_])(?=\S)([^*_\n]+)(?<=\S)\3(?!\w)")
_ESCAPED = re.compile(r"\\(.)")


class ArgdownStep(NamedTuple):
    """A relation between two elements, by their keys, as it is written."""

    kind: str
    start: str
    end: str
    line: int


@dataclass
class Inference:
    """A step from premises to a conclusion."""

    key: str
    premises: list[str]
    line: int
    conclusion: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Element:
    """A statement or an argument, with all that is said of it wherever it is named."""

    key: str
    line: int
    is_untitled: bool = False
    text: str = ""
    tags: dict[str, None] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    proponents: dict[str, None] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    inferences: list[Inference] = field(default_factory=list)


@dataclass
class _Open:
    """Lines that are not yet read as an element: more may follow."""

    role: str
    line: int
    lines: list[str]
    sign: str = ""
    parent: str = ""


class ArgdownBlocks:
    """Reader of a file; `read` fills `statements`, `arguments` and `steps`."""

    def __init__(self, found: ArgumentMap, text: str) -> None:
        self.statements: dict[str, Element] = {}
        self.arguments: dict[str, Element] = {}
        self.steps: list[ArgdownStep] = []
        self.is_strict = False
        self._found, self._text = found, text
        self._untitled = 0
        self._open: _Open | None = None
        self._sections: list[tuple[int, str | None]] = []
        """Levels and titles of the headings above; None for one that makes no group."""
        self._levels: list[int] = [0]
        self._parents: list[str] = []
        self._last = self._top = self._before = ""
        """Keys of the last element, and of the first of this block and of the one before."""
        self._steps: set[str] = set()
        """Keys of the inferences."""
        self._argument: Element | None = None
        """The argument whose premises are read."""
        self._premises: list[str] = []
        self._numbers: dict[int, str] = {}
        self._rules: list[str] | None = None
        """Lines of an inference that is not closed."""
        self._inference: Inference | None = None

    def read(self) -> None:
        """Read all lines; UnreadableError for one that is not where it may be."""
        text = self._without_comments(self._front(self._text))
        number = 0
        for number, line in enumerate(text.split("\n"), 1):
            self._line(number, line)
        self._end_block(number)

    def _front(self, text: str) -> str:
        """Read title, authors, date and mode at the top of a file, and return the rest, with the same lines."""
        match = _FRONT.match(text)
        if not match:
            return text
        path = str(self._found.path)
        stated = parse(path, "\n" * text[: match.start(1)].count("\n") + match[1]).value
        stated = stated if isinstance(stated, dict) else {}
        author, model = stated.get("author", ()), stated.get("model")
        authors = [author] if isinstance(author, str) else author if isinstance(author, list | tuple) else []
        self._found.title = clean(str(stated.get("title") or ""))
        self._found.authors = tuple(clean(name) for name in authors if isinstance(name, str))
        self.is_strict = isinstance(model, dict) and model.get("mode") == "strict"
        for key, value in stated.items():
            if key in ("date", "subTitle", "abstract") and isinstance(value, str):
                self._found.notes += (f"{key}: {clean(value)}",)
            elif key not in ("title", "author", "model"):
                self._found.remark("left-out", f'settings "{clean(str(key))}" at the top left out', 1, "info")
        return "\n" * match[0].count("\n") + text[match.end() :]

    def _without_comments(self, text: str) -> str:
        """Return a text with a mark for each line of a comment: a line with nothing else ends no block."""
        kept, at = [], 0
        while match := _COMMENT.search(text, at):
            closing = _CLOSING[match[0]]
            end = text.find(closing, match.end())
            if end < 0 and closing != "\n":
                raise self._broken(text[: match.start()].count("\n") + 1, "a comment is not closed; is the file cut?")
            end = len(text) if end < 0 else end if closing == "\n" else end + len(closing)
            kept += [text[at : match.start()], _HIDDEN, f"\n{_HIDDEN}" * text.count("\n", match.start(), end)]
            at = end
        return "".join(kept) + text[at:]

    # ------------------------------------------------------------------------------------------------------ lines

    def _line(self, number: int, line: str) -> None:
        """Read a line: of an inference, empty, the beginning of something, or the rest of what is begun."""
        line, was = line.replace(_HIDDEN, ""), line
        if not line.strip():
            if line == was:
                self._end_block(number)
        elif self._rules is not None:
            self._infer(number, line)
        elif line.startswith("@include("):
            self._close()
            self._found.remark("left-out", f"{shown(line)} is not followed: load that file too", number)
        elif match := _INFERENCE.match(line):
            self._close()
            if not self._argument:
                raise self._broken(number, "an inference (----) needs premises such as (1) above it, without a gap")
            self._rules = []
            self._infer(number, match[1])
        elif match := _HEADING.match(line):
            self._close()
            self._open = _Open("heading", number, [match[2]], sign=match[1])
        elif match := _NUMBER.match(line):
            self._close()
            self._begin_premise(number, int(match[1]), match[2])
        elif match := _RELATION.match(line):
            self._close()
            self._indent(number, len(match[1]), match[2])
            self._open = _Open("relation", number, [match[3]], match[2], self._parents[-1])
        elif match := _ITEM.match(line):
            self._close()
            self._indent(number, len(match[1]) + 1, "")
            self._open = _Open("item", number, [match[2]])
        elif self._open:
            self._open.lines.append(line)
        else:
            self._open = _Open("top", number, [line])

    def _end_block(self, number: int) -> None:
        self._close()
        if self._rules is not None:
            raise self._broken(number, "an inference is not closed by --; is the file cut?")
        if self._argument:
            if not self._inference or not self._inference.conclusion or self._premises[1:]:
                name = "" if self._argument.is_untitled else f" of {self._argument.key}"
                raise self._broken(number, f"the premises{name} lead to no conclusion below ----; is the file cut?")
            self._argument = self._inference = None
        if self._last or self._top:
            self._before = self._top
        self._last = self._top = ""
        self._levels, self._parents = [0], []

    def _indent(self, number: int, indent: int, sign: str) -> None:
        """Find what a line is below, by its indentation."""
        if indent > self._levels[-1]:
            self._levels.append(indent)
            self._parents.append("" if not sign else self._last)
        while len(self._levels) > 1 and indent < self._levels[-1]:
            self._levels.pop()
            self._parents.pop()
        if sign and not (self._parents and self._parents[-1]):
            message = f'"{sign}" begins a relation: indent it below the statement or argument that it is about'
            raise self._broken(number, message)

    def _begin_premise(self, number: int, nth: int, text: str) -> None:
        if not self._argument:
            self._argument = self.arguments.get(self._top or self._before) or self._element("<", "", number)
            if self._argument.inferences:
                message = f"{self._argument.key} has premises already; put these below another argument"
                raise self._broken(number, message)
            self._premises, self._numbers, self._inference = [], {}, None
        self._levels, self._parents = [0], []
        self._open = _Open("premise", number, [text], sign=str(nth))

    def _infer(self, number: int, line: str) -> None:
        """Read a line of an inference: its rules and data, until `--`."""
        rules, argument = self._rules, self._argument
        if rules is None or argument is None:
            return
        before, closing, _ = line.partition("--")
        rules.append(before)
        if not closing:
            return
        text, data = _data(" ".join(rules))
        notes = [note for note in (clean(text), data) if note]
        used = [int(one) for one in re.findall(r"\d{1,9}", data.partition("uses")[2])] if "uses" in data else []
        premises = [self._numbers[one] for one in used if one in self._numbers] or self._premises
        if not premises:
            raise self._broken(number, "an inference (----) needs a premise such as (1) above it")
        key = f"{argument.key} {len(argument.inferences) + 1}"
        self._inference = Inference(key, list(dict.fromkeys(premises)), number, notes=notes)
        argument.inferences.append(self._inference)
        self._steps.add(key)
        self._rules, self._last = None, key
        self._levels, self._parents = [0], []

    # --------------------------------------------------------------------------------------------------- elements

    def _close(self) -> None:
        """Read what is open as an element, and relate it to what it is below."""
        opened, self._open = self._open, None
        if opened is None:
            return
        if opened.role == "heading":
            self._section(opened)
            self._before = ""
            return
        element = self._named(opened)
        self._last = element.key
        self._top = self._top or (element.key if opened.role == "top" else "")
        if opened.role == "relation":
            self._relate(opened, element)
        if opened.role == "premise":
            self._numbers[int(opened.sign)] = element.key
            if self._inference and not self._inference.conclusion:
                self._inference.conclusion = element.key
                self._premises = [element.key]
            else:
                self._premises.append(element.key)

    def _relate(self, opened: _Open, element: Element) -> None:
        """Add a relation: `->` and its like lead from what is above to the element, others the other way."""
        sign, above = opened.sign, opened.parent
        kind = CONTRADICTS if sign == "><" else _SIGNS[sign.strip("<>")]
        is_outward = sign in ("->", "+>", "_>", "><")
        start, end = (above, element.key) if is_outward else (element.key, above)
        if start in self._steps or (end in self._steps and kind != UNDERCUTS):
            raise self._broken(opened.line, "below an inference only an undercut (<_) may stand")
        if kind == UNDERCUTS and self._inference and end in self.statements:
            end = self._inference.key
        self.steps.append(ArgdownStep(kind, start, end, opened.line))

    def _section(self, opened: _Open) -> None:
        text, data = _data(" ".join(opened.lines))
        level = len(opened.sign)
        while self._sections and self._sections[-1][0] >= level:
            self._sections.pop()
        is_group = not re.search(r"isGroup\s*:\s*false", data)
        links, tags = list[str](), dict[str, None]()
        title = self._plain(text, links, tags)
        if links or tags:
            self._found.remark("left-out", "tags and links of a heading left out", opened.line, "info")
        if not is_group:
            self._found.remark("left-out", "heading that is no group left out", opened.line, "info")
        self._sections.append((level, title if is_group and title else None))
        self._found.counts["heading"] += 1

    def _element(self, sign: str, title: str, line: int) -> Element:
        """Return the element of a title, or a new one without any."""
        kind = self.arguments if sign == "<" else self.statements
        if not title:
            self._untitled += 1
        name = title or f"\0{self._untitled}"
        key = f"<{name}>" if sign == "<" else f"[{name}]"
        return kind.setdefault(key, Element(key, line, is_untitled=not title))

    def _named(self, opened: _Open) -> Element:
        """Return the element that lines state or name, with what they say of it."""
        text, data = _data("\n".join(opened.lines))
        match = _NAMED.match(text.lstrip())
        title = clean((match[1] or match[3]) if match else "")
        rest = text.lstrip()[match.end() :] if match else text
        is_argument = bool(match and match[3])
        if is_argument and opened.role == "premise":
            raise self._broken(opened.line, f"<{title}> is an argument; a premise or conclusion is a statement")
        element = self._element("<" if is_argument else "[", title, opened.line)
        rest = self._plain(rest, element.notes, element.tags)
        is_stated = not match or bool(match[2] or match[4])
        if rest and not is_stated:
            self._found.remark(
                "left-out", f"{shown(rest)} after the name {element.key} left out: a colon is missing", opened.line
            )
        elif rest and element.text and rest != element.text:
            element.notes.append(f"also: {rest}")
            message = f"{element.key} is stated again in other words, which are kept as a note"
            self._found.remark("stated-twice", message, opened.line)
        elif rest:
            element.text, element.line = rest, opened.line
            element.groups = tuple(title for _, title in self._sections if title)
        elif not match:
            raise self._broken(opened.line, "a statement without words; is the file cut?")
        self._describe(element, data, opened.line)
        return element

    def _describe(self, element: Element, data: str, line: int) -> None:
        """Note the data of an element, in braces; those who propose it say it."""
        if not data:
            return
        try:
            stated: Any = parse(str(self._found.path), data).value
        except KgError:
            stated = {}
            self._found.remark("data", "data in braces are no YAML: kept as a note", line)
        stated = stated if isinstance(stated, dict) else {}
        for key in ("proponent", "proponents"):
            named = stated.get(key, ())
            for name in [named] if isinstance(named, str) else named if isinstance(named, list | tuple) else ():
                element.proponents[clean(str(name))] = None
        if stated.keys() - {"proponent", "proponents"} or not stated:
            element.notes.append(clean(data))

    def _plain(self, text: str, notes: list[str], tags: dict[str, None]) -> str:
        """Return a text without tags and marks; tags and the addresses of links are noted."""
        for match in _TAG.finditer(text):
            tags[clean(match[1] or match[2])] = None
        text, addresses = without_links(_TAG.sub("", text))
        notes += [f"link: {address}" for address in addresses]
        text = _MENTION.sub(r"\1", text)
        text = _MARKS.sub(lambda match: match[2] or match[4], text)
        text = _MARKS.sub(lambda match: match[2] or match[4], text)
        return clean(_ESCAPED.sub(r"\1", text))

    def _broken(self, line: int, message: str) -> KgError:
        return broken(self._found.path, line, message)


def _data(text: str) -> tuple[str, str]:
    """Return a text without the data in braces at its end, and these."""
    text = text.rstrip()
    depth = 0
    if text.endswith("}"):
        for at in range(len(text) - 1, -1, -1):
            depth += (text[at] == "}") - (text[at] == "{")
            if not depth:
                return text[:at], text[at:]
    return text, ""
