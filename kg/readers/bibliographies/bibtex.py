"""BibTeX and BibLaTeX, read by bibtexparser; LaTeX's accents become letters."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.middlewares.parsestack import default_parse_stack
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

from kg.readers import broken
from kg.readers.bibliographies.reference import Reference, joined, reference
from kg.readers.encodings import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
_COMMA, _BLANK = re.compile(r",\s*"), re.compile(r"[\s~]+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)

# bibtexparser writes to the log what is also in the blocks that it could not read.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False


def references(path: Path) -> Iterator[Reference]:
    """Yield the entries of a BibTeX file; UnreadableError for one that cannot be read."""
    library = Library([_unique(block) for block in parse_string(text_of(path), parse_stack=[]).blocks])
    for middleware in default_parse_stack():
        library = middleware.transform(library)
    for entry in library.entries:
        for field in entry.fields:
            escape = _SPECIAL if field.key.lower() in _VERBATIM else _LITERAL
            if isinstance(field.value, str):
                field.value = escape.sub(_escaped, field.value)
    library = LatexDecodingMiddleware(keep_braced_groups=True).transform(library)
    for block in library.blocks:
        if isinstance(block, Entry):
            yield _reference(block)
        elif isinstance(block, ParsingFailedBlock):
            line = (block.start_line or 0) + 1
            raise broken(path, line, "this entry is broken or cut: a brace or a quotation mark does not close")


def _escaped(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else _MACROS.get(found[0], f"\\{found[0]}")


def _unique(block: Block) -> Block:
    """Return an entry whose key was used before under another: keys name entries for LaTeX, not for us."""
    entry = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else None
    if not isinstance(entry, Entry):
        return block
    entry.key = f"{entry.key} on line {entry.start_line}"
    return entry


def _reference(entry: Entry) -> Reference:
    fields = {name.lower(): _plain(str(field.value), name.lower()) for name, field in entry.fields_dict.items()}

    authors = next((str(field.value) for name, field in entry.fields_dict.items() if name.lower() == "author"), "")

    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    kind = _KINDS.get(entry.entry_type.lower(), "")
    pubmed = first("eprint") if first("eprinttype").lower() == "pubmed" else ""
    return reference(
        (entry.start_line or 0) + 1,
        kind=kind,
        title=first("title"),
        authors=tuple(_names(authors)),
        container=first("journal", "journaltitle", "booktitle"),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=re.sub(r"-{2,}|\u2013", "-", first("pages")),
        publisher=first("publisher", "institution", "school", "organization"),
        date_printed=first("date") or f"{first('year')} {first('month')} {first('day')}",
        language_printed=first("language", "langid"),
        doi=first("doi"),
        pmid=first("pmid") or pubmed,
        pmcid=first("pmcid", "pmc"),
        url=first("url"),
        status="preprint" if kind == "preprint" else "",
    )


def _plain(value: str, name: str) -> str:
    plain = value.replace("{", "").replace("}", "").strip()
    return plain if name in _VERBATIM else plain.replace("~", " ")


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
