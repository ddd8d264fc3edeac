"""Sources as reference managers read them: RIS, BibTeX and CSL-JSON.

Authors are stored as they are printed.  Where that is a list such as "Cherkin DC, Sherman KJ" (the style of PubMed),
the names are told apart; any other wording is one name, as it stands: nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.errors import UsageError
from kg.namespaces import DC, DCTERMS, FABIO, HC, PRISM, RDF, RDFS, SCHEMA
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kg.store import Store
    from kg.store.terms import Term

_SOURCES = f"SELECT DISTINCT ?source WHERE {{ ?source a <{HC}Source> }} ORDER BY ?source"
_SAME = f"SELECT ?a ?b WHERE {{ ?a <{HC}sameSourceAs> ?b }}"
_NAME = re.compile(
    r"(?P<family>[^\W\d_][\w'\u2019. -]*?) (?P<given>[A-Z](?:[A-Z-]{0,4}))(?: (?P<suffix>Jr|Sr|2nd|3rd))?"
)
_AND_MORE = re.compile(r",?\s*(?:et al\.?|and others)$")
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


class Name(NamedTuple):
    """An author: a family name with initials, or only a name as printed."""

    family: str
    given: str | None = None
    suffix: str | None = None


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


def authors(printed: str) -> tuple[tuple[Name, ...], bool]:
    """Return the authors of a printed list, and whether it ends in "et al."."""
    names = _AND_MORE.sub("", printed.strip())
    matches = [_NAME.fullmatch(part.strip()) for part in names.split(",")]
    if all(matches):
        found = tuple(Name(match["family"], match["given"], match["suffix"]) for match in matches if match)
        return found, names != printed.strip()
    return (Name(printed.strip()),), False


def ris(citation: Citation) -> str:
    """Return a citation as a RIS record, its lines ended by a line feed."""
    date = "/".join(f"{part:02}" for part in citation.date) + "/" * (3 - len(citation.date)) if citation.date else None
    start, _, end = _DASH.sub("-", citation.pages or "").partition("-")
    is_article = citation.genre.csl.startswith("article")
    fields: list[tuple[str, str | None]] = [
        ("TY", citation.genre.ris),
        ("ID", citation.key),
        *(("AU", _inverted(name)) for name in citation.authors),
        ("TI", citation.title),
        ("JO" if is_article else "T2", citation.container),
        ("VL", citation.volume),
        ("IS", citation.issue),
        ("SP", start or None),
        ("EP", end or None),
        ("PB", citation.publisher),
        ("PY", f"{citation.date[0]:04}" if citation.date else None),
        ("DA", date if len(citation.date) > 1 else None),
        ("DO", citation.doi),
        ("AN", citation.pmid),
        ("C2", citation.pmcid),
        ("UR", _address(citation)),
        ("LA", citation.language),
        ("N1", _remark(citation)),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\n" for tag, value in fields if value is not None)


def bibtex(citation: Citation) -> str:
    """Return a citation as a BibTeX entry; capitals of the title are kept."""
    genre = citation.genre
    names = [_inverted(name) if name.given else f"{{{_escaped(name.family)}}}" for name in citation.authors]
    holder = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}.get(genre.bibtex)
    publisher = {"techreport": "institution", "phdthesis": "school"}.get(genre.bibtex, "publisher")
    fields = {
        "author": " and ".join([*(_escaped(n) if n[:1] != "{" else n for n in names), *_others(citation)]) or None,
        "title": f"{{{_escaped(citation.title)}}}",
        holder or "howpublished": _escaped(citation.container),
        "volume": _escaped(citation.volume),
        "number": _escaped(citation.issue),
        "pages": _escaped(_DASH.sub("--", citation.pages or "")),
        publisher: _escaped(citation.publisher),
        "year": f"{citation.date[0]:04}" if citation.date else None,
        "month": _MONTHS[citation.date[1] - 1] if len(citation.date) > 1 else None,
        "doi": _verbatim(citation.doi),
        "pmid": _verbatim(citation.pmid),
        "url": _verbatim(_address(citation)),
        "langid": _escaped(citation.language),
        "note": _escaped(_remark(citation)),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@{genre.bibtex}{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def csl(citation: Citation) -> dict[str, Any]:
    """Return a citation as an item of CSL-JSON (Citation Style Language 1.0.2, schema csl-data)."""
    item = {
        "id": citation.key,
        "type": citation.genre.csl,
        "title": citation.title,
        "author": [_csl_name(name) for name in citation.authors],
        "container-title": citation.container,
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
        "note": _remark(citation),
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
    return citation.url or (f"https://doi.org/{citation.doi}" if citation.doi else None)


def _remark(citation: Citation) -> str | None:
    remarks = (citation.note, "More authors than are named" if citation.has_more_authors else None)
    return "; ".join(filter(None, remarks)) or None


def _inverted(name: Name) -> str:
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _others(citation: Citation) -> list[str]:
    return ["others"] if citation.has_more_authors else []


def _csl_name(name: Name) -> Mapping[str, str]:
    if not name.given:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})


def _line(value: str) -> str:
    return " ".join(value.split())


def _escaped(value: str | None) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(value or ""))


def _verbatim(value: str | None) -> str:
    """Return an address or a number for a field that is not typeset: what would end the field is percent-encoded."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", value or "")
