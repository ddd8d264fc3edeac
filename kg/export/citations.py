"""Sources as reference managers read them: RIS, BibTeX and CSL-JSON.

What is written here loads again to the same sources (`kg.readers.bibliographies`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from kg.errors import UsageError
from kg.model.phrases import Name, authors
from kg.namespaces import DC, DCTERMS, FABIO, HC, PRISM, RDF, RDFS, SCHEMA
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.store import Store
    from kg.store.terms import Term

_SOURCES = f"SELECT DISTINCT ?source WHERE {{ ?source a <{HC}Source> }} ORDER BY ?source"
_SAME = f"SELECT ?a ?b WHERE {{ ?a <{HC}sameSourceAs> ?b }}"
_AND = re.compile(r"\band\b", re.IGNORECASE)
_LIGATURE = re.compile(r"(-(?=-)|`(?=`)|'(?=')|[?!](?=`))")
"""Signs of which TeX makes one with the next."""
_ENTITY = re.compile(r"&(?=#?\w{1,20};)")
_TAG = re.compile(r"<(?=/?[A-Za-z])")
_IN_ADDRESS = "/:;()_.,-"
_DASH = re.compile(r"\s*[-\u2010-\u2014]+\s*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*|Z|[+-]\d\d:\d\d)?")


class Genre(NamedTuple):
    """Names of a kind of source in each format."""

    ris: str
    bibtex: str
    csl: str


_JOURNAL = Genre("JOUR", "article", "article-journal")
_OTHER = Genre("GEN", "misc", "document")
_GENRES = {
    "NewspaperArticle": Genre("NEWS", "article", "article-newspaper"),
    "MagazineArticle": Genre("MGZN", "article", "article-magazine"),
    "BookChapter": Genre("CHAP", "incollection", "chapter"),
    "Book": Genre("BOOK", "book", "book"),
    "DoctoralThesis": Genre("THES", "phdthesis", "thesis"),
    "Thesis": Genre("THES", "phdthesis", "thesis"),
    "ConferencePaper": Genre("CPAPER", "inproceedings", "paper-conference"),
    "JournalArticle": _JOURNAL,
    "PressRelease": Genre("PRESS", "misc", "document"),
    "Report": Genre("RPRT", "techreport", "report"),
    "ClinicalGuideline": Genre("RPRT", "techreport", "report"),
    "WebPage": Genre("ELEC", "misc", "webpage"),
    "BlogPost": Genre("BLOG", "misc", "post-weblog"),
}
"""Local name of a FaBiO class -> genre; the first of these that a source has, unless a journal printed it."""
_IN_JOURNAL = {"JournalArticle", "SystematicReview", "ReviewArticle", "ExperimentalProtocol", "ClinicalGuideline"}
WEB_PAGE = _GENRES["WebPage"]


class Citation(NamedTuple):
    """The record of a source; what is not stated is None."""

    key: str
    """Unique among the citations it was made with, and plain enough for BibTeX."""
    genre: Genre
    title: str
    authors: tuple[Name, ...] = ()
    has_more_authors: bool = False
    container: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    date: tuple[int, ...] = ()
    """Year, month, day: as many as are known."""
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    language: str | None = None
    note: str | None = None


def cite(store: Store, sources: Iterable[IRI] | None = None) -> list[Citation]:
    """Return the citations of `sources` in their order, or of all sources of `store` in the order of their IRIs."""
    nodes = _all(store) if sources is None else list(sources)
    keys = _keys([node.value for node in nodes])
    return [_citation(store, node, key) for node, key in zip(nodes, keys, strict=True)]


def export_citations(store: Store, form: str) -> bytes:
    """Return all publications of `store` in a format of FORMATS; UsageError if there is no such format.

    Of the sources that are the same one (hc:sameSourceAs) the fullest record is written.
    """
    if form not in FORMATS:
        raise UsageError(f"no format of citations '{form}'; there are {', '.join(FORMATS)}")
    return FORMATS[form].document(_publications(store)).encode()


def ris(citation: Citation) -> str:
    """Return a citation as a RIS record, its lines ended by a line feed."""
    date = "/".join(f"{part:02}" for part in citation.date) + "/" * (3 - len(citation.date)) if citation.date else None
    start, _, end = _DASH.sub("-", citation.pages or "").partition("-")
    is_article = citation.genre.csl.startswith("article")
    fields: list[tuple[str, str | None]] = [
        ("TY", citation.genre.ris),
        ("ID", citation.key),
        *(("AU", name) for name in [*map(_inverted, citation.authors), *_others(citation, "et al")]),
        ("TI", _protected(citation.title)),
        ("JO" if is_article else "T2", _protected(citation.container)),
        ("VL", citation.volume),
        ("IS", citation.issue),
        ("SP", start or None),
        ("EP", end or None),
        ("PB", citation.publisher),
        ("PY", f"{citation.date[0]:04}" if citation.date else None),
        ("DA", date if len(citation.date) > 1 else None),
        ("DO", citation.doi),
        ("AN", citation.pmid),
        ("DB", "PubMed" if citation.pmid else None),
        ("C2", citation.pmcid),
        ("UR", _address(citation)),
        ("LA", citation.language),
        ("N1", citation.note),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in fields if value is not None)


def bibtex(citation: Citation) -> str:
    """Return a citation as a BibTeX entry; capitals of the title are kept."""
    genre = citation.genre
    holder = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(genre.bibtex)
    publisher = {"techreport": "institution", "phdthesis": "school"}.get(genre.bibtex, "publisher")
    fields = {
        "author": " and ".join([*map(_in_bibtex, citation.authors), *_others(citation, "others")]) or None,
        "title": f"{{{_escaped(_protected(citation.title))}}}",
        holder or "howpublished": _escaped(_protected(citation.container)),
        "volume": _escaped(citation.volume),
        "number": _escaped(citation.issue),
        "pages": _DASH.sub("--", _escaped(citation.pages)),
        publisher: _escaped(citation.publisher),
        "year": f"{citation.date[0]:04}" if citation.date else None,
        "month": _MONTHS[citation.date[1] - 1] if len(citation.date) > 1 else None,
        "day": str(citation.date[2]) if len(citation.date) > 2 else None,
        "doi": _verbatim(citation.doi),
        "pmid": _verbatim(citation.pmid),
        "pmcid": _verbatim(citation.pmcid),
        "url": _verbatim(_address(citation)),
        "langid": _escaped(citation.language),
        "note": _escaped(citation.note),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@{genre.bibtex}{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def csl(citation: Citation) -> dict[str, Any]:
    """Return a citation as an item of CSL-JSON (Citation Style Language 1.0.2, schema csl-data)."""
    item = {
        "id": citation.key,
        "type": citation.genre.csl,
        "title": _protected(citation.title),
        "author": [*map(_csl_name, citation.authors), *({"literal": name} for name in _others(citation, "et al"))],
        "container-title": _protected(citation.container),
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.pages,
        "publisher": citation.publisher,
        "issued": {"date-parts": [list(citation.date)]} if citation.date else None,
        "DOI": citation.doi,
        "PMID": citation.pmid,
        "PMCID": citation.pmcid,
        "URL": _address(citation),
        "language": citation.language,
        "note": citation.note,
    }
    return {name: value for name, value in item.items() if value}


def csl_json(citation: Citation) -> str:
    """Return a citation as CSL-JSON text, an item on one line."""
    return json.dumps(csl(citation), ensure_ascii=False) + "\n"


class Format(NamedTuple):
    """A format of citations: what it is called, and how one and many are written."""

    name: str
    media_type: str
    record: Callable[[Citation], str]
    document: Callable[[Iterable[Citation]], str]


FORMATS = {
    "ris": Format(
        "RIS",
        "application/x-research-info-systems",
        ris,
        # The format ends its lines as MS-DOS did, and some readers insist.
        lambda citations: "\n".join(map(ris, citations)).replace("\n", "\r\n"),
    ),
    "bib": Format("BibTeX", "application/x-bibtex", bibtex, lambda citations: "\n".join(map(bibtex, citations))),
    "csl": Format(
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        csl_json,
        lambda citations: f"[{','.join(map(csl_json, citations)).rstrip()}]\n",
    ),
}
"""Option -> format."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "{}$&%#_"},
}


def _all(store: Store) -> list[IRI]:
    return [row["source"] for row in store.select(_SOURCES) if isinstance(row["source"], IRI)]


def _publications(store: Store) -> list[Citation]:
    """Return one citation of each publication: that with the most fields filled, then the first by its IRI."""
    import networkx as nx

    nodes = _all(store)
    at: dict[Term, int] = {node: number for number, node in enumerate(nodes)}
    citations = cite(store, nodes)
    same: nx.Graph[int] = nx.Graph()
    same.add_nodes_from(range(len(nodes)))
    pairs = [(row["a"], row["b"]) for row in store.select(_SAME)]
    same.add_edges_from((at[a], at[b]) for a, b in pairs if a in at and b in at)
    groups = map(sorted, nx.connected_components(same))
    return [citations[each] for each in sorted(max(group, key=lambda n: _filled(citations[n])) for group in groups)]


def _filled(citation: Citation) -> int:
    return sum(bool(field) for field in citation)


def _citation(store: Store, node: IRI, key: str) -> Citation:
    stated: dict[str, list[str]] = {}
    graphs = set(store.default_graphs())
    for quad in store.about(node):
        if quad.graph_name in graphs and quad.predicate.value != SCHEMA + "text":
            # IRIs too: classes, the state, addresses.
            values = stated.setdefault(quad.predicate.value, [])
            values.append(quad.object.value if isinstance(quad.object, IRI | Literal) else "")

    def one(*names: str) -> str | None:
        return next((min(stated[name]) for name in names if stated.get(name)), None)

    names, has_more = authors(printed) if (printed := one(DC + "creator", DCTERMS + "creator")) else ((), False)
    container = one(PRISM + "publicationName")
    status = (one(HC + "sourceStatus") or "").removeprefix(HC)
    return Citation(
        key,
        _genre({value.removeprefix(FABIO) for value in stated.get(RDF + "type", ())}, container is not None),
        one(DCTERMS + "title", RDFS + "label") or key,
        names,
        has_more,
        container,
        one(PRISM + "volume"),
        one(PRISM + "number"),
        one(PRISM + "pageRange"),
        one(DC + "publisher", DCTERMS + "publisher"),
        _date(one(DCTERMS + "date", HC + "date") or ""),
        one(PRISM + "doi"),
        one(FABIO + "hasPubMedId"),
        one(FABIO + "hasPubMedCentralId"),
        one(SCHEMA + "url"),
        one(DCTERMS + "language"),
        status if status not in ("", "Current") else None,
    )


def _genre(classes: set[str], is_in_container: bool) -> Genre:
    if is_in_container and classes & _IN_JOURNAL:
        return _JOURNAL
    return next((genre for name, genre in _GENRES.items() if name in classes), _OTHER)


def _date(lexical: str) -> tuple[int, ...]:
    match = _DATE.fullmatch(lexical.strip())
    parts = tuple(int(part) for part in match.groups() if part) if match else ()
    return parts if len(parts) < 2 or 1 <= parts[1] <= 12 else parts[:1]


def _keys(iris: list[str]) -> list[str]:
    """Return a key for each IRI: its short id, with the dataset before it where several have one short id."""
    parts = [[re.sub(r"[^A-Za-z0-9.-]+", "-", part) for part in re.split(r"[/#]", iri.rstrip("/#"))] for iri in iris]
    taken = Counter(each[-1] for each in parts)
    keys = [each[-1] if taken[each[-1]] == 1 else "-".join(each[-2:]) for each in parts]
    again = Counter(keys)
    return [key if again[key] == 1 else f"{key}-{number}" for number, key in enumerate(keys, start=1)]


def _address(citation: Citation) -> str | None:
    return citation.url or (f"https://doi.org/{quote(citation.doi, safe=_IN_ADDRESS)}" if citation.doi else None)


def _protected(text: str | None) -> str | None:
    """Return a title in which what looks like the entities and tags of publishers is not taken for one."""
    return None if text is None else _TAG.sub("&lt;", _ENTITY.sub("&amp;", text))


def _inverted(name: Name) -> str:
    """Return a name as RIS has it; a comma in the name of a group is doubled, as EndNote does."""
    if not name.given:
        return name.family.replace(",", ",,", 1)
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _in_bibtex(name: Name) -> str:
    if not name.given:
        return f"{{{_escaped(name.family)}}}"
    family = _escaped(name.family)
    parts = (f"{{{family}}}" if _AND.search(family) else family, name.suffix, name.given)
    return ", ".join(filter(None, parts))


def _others(citation: Citation, words: str) -> list[str]:
    return [words] if citation.has_more_authors else []


def _csl_name(name: Name) -> Mapping[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})


def _line(value: str) -> str:
    return " ".join(value.split())


def _escaped(value: str | None) -> str:
    """Return a text for BibTeX, which counts every brace: those without a partner become words."""
    text = _line(value or "")
    table = _TEX if _is_balanced(text) else {**_TEX, "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    return _LIGATURE.sub(r"\1{}", "".join(table.get(letter, letter) for letter in text))


def _is_balanced(text: str) -> bool:
    depths = list(accumulate({"{": 1, "}": -1}.get(letter, 0) for letter in text))
    return min(depths, default=0) == 0 == [0, *depths][-1]


def _verbatim(value: str | None) -> str:
    """Return an address or a number for a field that is not typeset: what would end the field is percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", value or "")
