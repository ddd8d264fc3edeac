"""CSL-JSON, which reference managers and Crossref give, and the JSON of the reflib library."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kg.model import identifiers
from kg.readers import broken
from kg.readers.bibliographies.reference import Reference, author, joined, noted_status, reference, stated_doi
from kg.readers.bibliographies.ris import dated
from kg.readers.encodings import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KINDS = {
    "article": "preprint",
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "bill": "policy document",
    "book": "book",
    "chapter": "book chapter",
    "dataset": "data set",
    "journal-article": "journal article",
    "legislation": "policy document",
    "motion_picture": "video",
    "paper-conference": "conference paper",
    "post": "social media post",
    "post-weblog": "blog post",
    "posted-content": "preprint",
    "report": "report",
    "thesis": "thesis",
    "webpage": "web page",
    # reflib
    "journalArticle": "journal article",
    "bookSection": "book chapter",
    "conferencePaper": "conference paper",
    "magazineArticle": "magazine article",
    "newspaperArticle": "newspaper article",
    "web": "web page",
}
"""Type of CSL, Crossref or reflib -> word of a claim file."""
_SPACES = re.compile(r"[ \t\r\n,]*")


def references(path: Path) -> Iterator[Reference]:
    """Yield the items of a JSON array, or the one object; UnreadableError for broken JSON or what is no item."""
    text = text_of(path)
    try:
        document = json.loads(text)
        lines = _lines(text) if isinstance(document, list) else iter([1])
        for line, item in zip(lines, document if isinstance(document, list) else [document], strict=True):
            if not isinstance(item, dict):
                raise broken(path, line, "this is no item of a bibliography; let each be an object with a title")
            if r"\ud" in text.lower() and re.search("[\ud800-\udfff]", json.dumps(item, ensure_ascii=False)):
                raise broken(path, line, r"a text has half a character (such as \ud83d alone); correct it")
            yield (_reflib if "recNumber" in item or "journal" in item else _csl)(line, item)
    except json.JSONDecodeError as error:
        raise broken(path, error.lineno, f"broken JSON: {error.msg}; is the file whole?") from error
    except RecursionError as error:
        raise broken(path, None, "this JSON is nested too deep to be a bibliography; it is not read") from error


def _lines(text: str) -> Iterator[int]:
    """Yield the line on which each element of the array begins, which json does not tell."""
    decoder, place, line = json.JSONDecoder(), text.index("[") + 1, 1
    counted = 0
    while True:
        found = _SPACES.match(text, place)
        place = found.end() if found else place
        if text[place] == "]":
            return
        line, counted = line + text.count("\n", counted, place), place
        yield line
        _, place = decoder.raw_decode(text, place)


def _csl(line: int, item: dict[str, Any]) -> Reference:
    """Return an item of CSL-JSON 1.0; Zotero puts identifiers that CSL had no field for into the note."""
    note = _text(item.get("note"))
    return reference(
        line,
        kind=_KINDS.get(_text(item.get("type")), ""),
        title=_text(item.get("title")),
        authors=tuple(_csl_name(name) for name in _list(item.get("author")) if isinstance(name, dict)),
        container=_text(item.get("container-title")),
        volume=_text(item.get("volume")),
        issue=_text(item.get("issue")),
        pages=_text(item.get("page")),
        publisher=_text(item.get("publisher")),
        date_printed=_csl_date(item.get("issued")),
        language_printed=_text(item.get("language")),
        doi=_text(item.get("DOI")) or _noted(note, "DOI") or stated_doi(note),
        pmid=_text(item.get("PMID")) or _noted(note, "PMID"),
        pmcid=_text(item.get("PMCID")) or _noted(note, "PMCID"),
        url=_text(item.get("URL")),
        status="preprint" if _KINDS.get(_text(item.get("type"))) == "preprint" else noted_status(note),
    )


def _noted(note: str, name: str) -> str:
    found = re.search(rf"^{name}: *(\S+)", note, re.MULTILINE)
    return found[1] if found else ""


def _csl_name(name: dict[str, Any]) -> str:
    family = " ".join(filter(None, (_text(name.get("non-dropping-particle")), _text(name.get("family")))))
    return (
        _text(name.get("literal"))
        or _text(name.get("name"))
        or joined(family, _text(name.get("given")), _text(name.get("suffix")))
    )


def _csl_date(issued: Any) -> str:
    if not isinstance(issued, dict):
        return _text(issued)
    parts = _list(issued.get("date-parts"))[:1]
    first = _list(parts[0]) if parts else []
    return " ".join(_text(part) for part in first) or _text(issued.get("raw")) or _text(issued.get("literal"))


def _reflib(line: int, item: dict[str, Any]) -> Reference:
    """Return a record of reflib, which has neither PMID nor language."""
    return reference(
        line,
        kind=_KINDS.get(_text(item.get("type")), ""),
        title=_text(item.get("title")),
        authors=tuple(author(_text(name)) for name in _list(item.get("authors"))),
        container=_text(item.get("journal")),
        volume=_text(item.get("volume")),
        issue=_text(item.get("number")),
        pages=_text(item.get("pages")),
        publisher=_text(item.get("publisher")),
        date_printed=dated(_text(item.get("year")), _text(item.get("date"))),
        language_printed=_text(item.get("language")),
        doi=_text(item.get("doi")),
        pmcid=next(filter(identifiers.pmcid, (_text(item.get(f"custom{n}")) for n in (2, 7))), ""),
        url=_text(_list(item.get("urls"))),
    )


def _text(value: Any) -> str:
    """Return a text, a number as text, or the first of several: Crossref gives titles as lists."""
    if isinstance(value, list):
        return _text(value[0]) if value and not isinstance(value[0], list) else ""
    is_one = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return str(value) if is_one and value == value else ""  # NaN, which pandas writes, is no value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
