"""BibTeX and BibLaTeX, whose TeX bibtexparser decodes: accents become letters."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

from kg.readers import broken
from kg.readers.bibliographies.reference import Reference, address, joined, noted_status, reference, stated_doi
from kg.readers.encodings import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.errors import UnreadableError

_KINDS = {
    "article": "journal article",
    "book": "book",
    "booklet": "book",
    "collection": "book",
    "conference": "conference paper",
    "dataset": "data set",
    "inbook": "book chapter",
    "incollection": "book chapter",
    "inproceedings": "conference paper",
    "mastersthesis": "thesis",
    "online": "web page",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "preprint",
    "video": "video",
}
"""Type of an entry -> word of a claim file; @misc has none."""
_VERBATIM = ("url", "doi", "file", "eprint", "pmid", "pmcid", "pmc")
"""Fields that BibLaTeX does not read as TeX."""
_SPECIAL = re.compile(r"\\[_%&#]|[%&#$_~^\\<>-]")
_LITERAL = re.compile(r"(?<!\\)[%&#<>]")
"""Signs that stand for themselves in a title and that TeX takes for a comment, a table or a macro's argument."""
_MACROS = {
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
    "<": "{<}",
    ">": "{>}",
    "-": "{-}",
}
_MATH = re.compile(r"(?<!\\)\$(?!\s)((?:\\[A-Za-z]+|[<>=]+)(?=\$)|(?:[^$\\]|\\.)*?(?<!\s)(?=\$(?!\d)))\$")
_FORMULA = re.compile(r"[\\^_<>=]|^[^\W\d]$")
"""Sign that what stands between two dollar signs is a formula and no prices."""
_INDEX = re.compile(r"_(?:\{([^{}]*)\}|(\w))")
_DOLLAR = re.compile(r"(?<!\\)\$")
_NOT_INHERITED = {"crossref", "doi", "url", "pages", "eprint", "pmid", "pmcid", "note", "annote", "abstract"}
"""Fields that a part does not share with the whole that its crossref names."""
_ADDRESS = re.compile(r"https?://[^\s,;]+", re.IGNORECASE)
_COMMA, _BLANK = re.compile(r",\s*"), re.compile(r"[\s~]+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)

_REPEATED = "fields given twice"
"""Key under which an entry has the names of its repeated fields; no field of a file has a space."""
_ENTRY = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_FIELD = re.compile(r"\s*([^\s=,{}()\"#]+)\s*=\s*")
_KEY = re.compile(r"\s*([^,={}\n]*?)\s*(?:,|(?=[})]))")
_PLAIN_VALUE = re.compile(r"[^\s,{}()\"#]+")
_BRACE = re.compile(r"[{}]")
_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE_OR_BRACE = re.compile(r'[{}"]')
_AFTER = re.compile(r"\s*(?:[,})#]|[A-Za-z][\w-]*\s*=)")
_ONLY_OF_TEX = {"\ue000": "{", "\ue001": "}", "\ue002": "~", "\ue003": "^"}
"""Signs that a title has, and not its TeX, and what they are meanwhile."""
_WRITTEN = re.compile(r"\\([{}])|\\(?:text(ascii(?:tilde|circum)|brace(?:left|right))(?:\{\}|\s|(?![a-z]))|([~^])\{\})")
_MEANT = {
    "{": "\ue000",
    "}": "\ue001",
    "braceleft": "\ue000",
    "braceright": "\ue001",
    "~": "\ue002",
    "asciitilde": "\ue002",
    "^": "\ue003",
    "asciicircum": "\ue003",
}

# bibtexparser writes to the log what it could not decode.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


def references(path: Path) -> Iterator[Reference]:
    """Yield the entries of a BibTeX file; UnreadableError for one that cannot be read."""
    library = Library(list(_entries(path, text_of(path))))
    wholes = {entry.key.rpartition(" on line ")[0].lower(): entry.fields_dict for entry in library.entries}
    for entry in library.entries:
        _inherit(entry, wholes)
    for entry in library.entries:
        for field in entry.fields:
            field.value = _escaped_field(field)
    for entry in LatexDecodingMiddleware(keep_braced_groups=True, keep_math_mode=False).transform(library).entries:
        yield _reference(entry)


def _inherit(entry: Entry, wholes: Mapping[str, Mapping[str, Field]]) -> None:
    """Give an entry the fields that it lacks and that the entry of its crossref has, whose title is a booktitle."""
    crossref = entry.fields_dict.get("crossref")
    whole = wholes.get(str(crossref.value).strip().lower(), {}) if crossref else {}
    for name, field in whole.items():
        taken = "booktitle" if name == "title" and "booktitle" not in whole else name
        if taken not in entry.fields_dict and taken not in {*_NOT_INHERITED, "title", _REPEATED}:
            entry.set_field(Field(taken, field.value))


def _escaped_field(field: Field) -> str:
    """Return the value of a field with what TeX would swallow escaped."""
    if field.key in _VERBATIM:
        return _SPECIAL.sub(_escaped, field.value)
    value = _WRITTEN.sub(lambda m: _MEANT[m[1] or m[2] or m[3]], field.value)
    parts = _MATH.split(value)  # text and formula in turn
    for n, part in enumerate(parts):
        if n % 2 == 0:
            parts[n] = _DOLLAR.sub(r"\$", part)
        elif _FORMULA.search(part):
            parts[n] = f"${_INDEX.sub(lambda found: found[1] or found[2], part)}$"
        else:
            parts[n] = rf"\${part}\$"
    return _LITERAL.sub(_escaped, "".join(parts))


def _escaped(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else _MACROS.get(found[0], f"\\{found[0]}")


def _entries(path: Path, text: str) -> Iterator[Entry]:
    """Yield the entries, with the first of fields of one name; @string is put in, @comment passed over."""
    strings: dict[str, str] = {}
    place = 0
    while found := _ENTRY.search(text, place):
        line, kind = text.count("\n", 0, found.start()), found[1].lower()
        scanner = _Scanner(path, text, line + 1, found.end(), strings)
        if kind in ("comment", "preamble"):
            # An @comment that does not close is one to the end of its line.
            place = scanner.closing(found.start(2)) or found.end()
        elif kind == "string":
            strings |= scanner.fields()
            place = scanner.place
        else:
            key = scanner.key()
            # Keys name entries for LaTeX, not for us: two may have the same.
            fields = scanner.fields()
            if scanner.repeated:
                fields[_REPEATED] = ", ".join(scanner.repeated)
            yield Entry(kind, f"{key} on line {line}", [Field(*pair) for pair in fields.items()], line)
            place = scanner.place


class _Scanner:
    """The fields of one entry, from the brace that opens it on."""

    def __init__(self, path: Path, text: str, line: int, place: int, strings: dict[str, str]) -> None:
        self._path, self._text, self._line, self._strings = path, text, line, strings
        self.place = place
        self.repeated: dict[str, None] = {}
        """Fields that have been given once more, with another value."""

    def key(self) -> str:
        """Return the key of the entry, "" if it begins with a field."""
        found = _KEY.match(self._text, self.place)
        self.place = found.end() if found else self.place
        return found[1] if found else ""

    def fields(self) -> dict[str, str]:
        """Return the fields by their names in small letters; a comma between two may be missing."""
        fields: dict[str, str] = {}
        while True:
            while self._next() == ",":
                self.place += 1
            if self._next() in ("}", ")"):
                self.place += 1
                return fields
            if not (found := _FIELD.match(self._text, self.place)):
                raise self._broken()
            self.place = found.end()
            name, value = found[1].lower(), self._value()
            if fields.setdefault(name, value) != value:
                self.repeated[name] = None

    def closing(self, opening: int) -> int:
        """Return where the brace or parenthesis at `opening` is closed, 0 if it is not."""
        if self._text[opening] == "(":
            return self._text.find(")", opening) + 1
        return self._end(opening + 1, _BRACE, "}")

    def _value(self) -> str:
        """Return the parts of a value that # joins; the name of an @string stands for its text."""
        parts = [self._part()]
        while self._next() == "#":
            self.place += 1
            parts.append(self._part())
        return "".join(parts)

    def _part(self) -> str:
        opening = self._next()
        if opening not in ("{", '"'):
            found = _PLAIN_VALUE.match(self._text, self.place)
            self.place = found.end() if found else self.place
            return self._strings.get(found[0].lower(), found[0]) if found else ""
        begin = self.place + 1
        signs, close = (_BRACE, "}") if opening == "{" else (_QUOTE_OR_BRACE, '"')
        end = self._end(begin, signs, close)
        if opening == "{" and not (end and _AFTER.match(self._text, end)):
            # BibTeX counts \\{ as a brace; who wrote the file may not have.
            end = self._end(begin, _UNESCAPED_BRACE, close) or end
        if not end:
            raise self._broken()
        self.place = end
        return self._text[begin : end - 1]

    def _end(self, begin: int, signs: re.Pattern[str], close: str) -> int:
        """Return what follows the sign that closes what is open at `begin`, outside inner braces; 0 if none does."""
        depth = 0
        for found in signs.finditer(self._text, begin):
            if found[0] == close and not depth:
                return found.end()
            depth += {"{": 1, "}": -1}.get(found[0], 0)
        return 0

    def _next(self) -> str:
        """Return the next sign that is no space, and go there; "" at the end."""
        while self._text[self.place : self.place + 1].isspace():
            self.place += 1
        return self._text[self.place : self.place + 1]

    def _broken(self) -> UnreadableError:
        return broken(self._path, self._line, "this entry is broken or cut: a brace or a quotation mark does not close")


def _reference(entry: Entry) -> Reference:
    raw = {name: str(field.value) for name, field in entry.fields_dict.items()}
    fields = {name: _plain(value, name) for name, value in raw.items()}

    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    kind = _KINDS.get(entry.entry_type.lower(), "")
    pubmed = first("eprint") if first("eprinttype").lower() == "pubmed" else ""
    published = _ADDRESS.search(first("howpublished"))
    twice = f"fields with two values, of which the first is taken: {raw[_REPEATED]}" if _REPEATED in raw else ""
    return reference(
        (entry.start_line or 0) + 1,
        noted=(twice,),
        kind=kind,
        title=first("title"),
        authors=tuple(_plain(name, "author") for name in _names(raw.get("author", ""))),
        container=first("journal", "journaltitle", "booktitle") or ("" if published else first("howpublished")),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=first("pages"),
        publisher=first("publisher", "institution", "school", "organization"),
        date_printed=first("date") or f"{first('year')} {first('month')} {first('day')}".strip(),
        language_printed=first("language", "langid"),
        doi=first("doi") or stated_doi(first("note", "annote", "howpublished"), first("eprint")),
        pmid=first("pmid") or pubmed,
        pmcid=first("pmcid", "pmc"),
        url=first("url") or address(published[0] if published else ""),
        status="preprint" if kind == "preprint" else noted_status(first("note")),
    )


def _plain(value: str, name: str) -> str:
    plain = value.replace("{", "").replace("}", "").strip()
    if name in _VERBATIM:
        return plain
    return re.sub("[\ue000-\ue003]", lambda found: _ONLY_OF_TEX[found[0]], plain.replace("~", " "))


def _names(printed: str) -> Iterator[str]:
    """Yield the authors of "Müller, Karl and Jan van der Berg and {World Health Organization} and others"."""
    for name in filter(None, _outside_braces(_AND, printed)):
        if name == "others":
            yield "et al"
        elif name.startswith("{") and name.endswith("}") and "}" not in name[1:-1]:
            yield name[1:-1]
        else:
            yield _name([_unbraced(part) for part in _outside_braces(_COMMA, name)], _outside_braces(_BLANK, name))


def _name(parts: list[str], words: list[str]) -> str:
    """Return a name by its parts between commas, or else its words; what follows a small word is the family name."""
    if len(parts) > 1:
        suffix = parts[1] if len(parts) > 2 else ""
        return joined(parts[0], parts[-1], suffix)
    small = (n for n, word in enumerate(words[:-1]) if word[0].islower())
    begin = next(small, len(words) - 1)
    return joined(_unbraced(" ".join(words[begin:])), _unbraced(" ".join(words[:begin])))


def _unbraced(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("~", " ").strip()


def _outside_braces(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of `text` between separators that stand in no braces."""
    parts, begin = [], 0
    for found in separator.finditer(text):
        before = text[: found.start()]
        if before.count("{") == before.count("}"):
            parts.append(text[begin : found.start()].strip())
            begin = found.end()
    return [*parts, text[begin:].strip()]
