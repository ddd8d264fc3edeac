"""Likely duplicates among sources: pairs that no identifier settles, or whose identifiers say one and the rest another.

They are proposed with the reason, and nothing is merged.  Each source is compared only with its neighbours in three
orders (by title, by title from its end, by author and year), so that the time grows with the number of sources and not
with its square: the sorted-neighbourhood method of Hernández and Stolfo (SIGMOD 1995).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from kg.model.decisions import decided
from kg.model.identifiers import ABOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.store import Store

LEAST = 0.85
"""The likeness from which a pair is proposed."""
WINDOW = 8
"""Neighbours on one side with which a source is compared, in each order."""
_ALIKE = 85
"""Percent of equal letters from which two titles are alike; below, they name two works."""
_SAME_TITLE = 60
"""Percent below which two titles under one identifier are those of different works."""
_WEIGHTS = (0.6, 0.2, 0.2)
"""Of title, year and first author."""
_OTHERWISE = 0.1
"""Likeness that a different identifier of the same sort takes away: a preprint and its article have a DOI each."""

_SORTS = ("DOI", "PMID", "PMCID")
_QUERY = """SELECT ?source ?sort ?value WHERE {
  VALUES (?property ?sort) {
    (dcterms:title "title") (dcterms:date "date") (<http://purl.org/dc/elements/1.1/creator> "author")
    (prism:doi "DOI") (fabio:hasPubMedId "PMID") (fabio:hasPubMedCentralId "PMCID")
    (hc:sourceStatus "status") (hc:supersedes "supersedes") (hc:mentions "mentions") (dcterms:type "type")
  }
  ?source a hc:Source ; ?property ?value
}"""
_COCHRANE = re.compile(r"10\.1002/14651858\.([a-z]{2}\d{6})")
_NOT_A_WORD = re.compile(r"[\W_]+")


class Pair(NamedTuple):
    """Two sources that may be one; the same twice where one source has two records that differ."""

    one: str
    other: str
    """Their IRIs."""
    likeness: float
    """Score from 0 to 1: 1 where title, year and first author are the same."""
    reason: str


class _Source(NamedTuple):
    iri: str
    title: str
    letters: str
    """The title without case, accents and punctuation."""
    year: str
    author: str
    """The family name of the first author, folded likewise."""
    ids: Mapping[str, frozenset[str]]
    values: Mapping[str, tuple[str, ...]]


def duplicates(store: Store) -> list[Pair]:
    """Return the likely duplicates among all sources of `store`, the likeliest first, but for what people decided."""
    sources = _sources(store)
    settled = set(decided(store))
    pairs = {pair for pair in {*_alike(sources), *_at_odds(sources), *_twice(sources)} if _two(pair) not in settled}
    settled.update(map(_two, pairs))
    pairs.update(pair for pair in _named(sources) if _two(pair) not in settled)
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.one, pair.other, pair.reason))


def _two(pair: Pair) -> frozenset[str]:
    return frozenset((pair.one, pair.other))


def _sources(store: Store) -> list[_Source]:
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(_QUERY):
        found[row["source"].value][row["sort"].value].add(row["value"].value)
    return [_source(node, {sort: tuple(sorted(found[node][sort])) for sort in found[node]}) for node in sorted(found)]


def _source(node: str, values: Mapping[str, tuple[str, ...]]) -> _Source:
    title, date, author = (next(iter(values.get(sort, ())), "") for sort in ("title", "date", "author"))
    first = author.split(",")[0] if author else ""
    family = re.sub(r"(?:\s+[A-Z]{1,4})+$", "", first.strip())
    ids = {sort: frozenset(value.lower() for value in values.get(sort, ())) for sort in _SORTS}
    return _Source(node, title, _folded(title), date[:4], _folded(family), ids, values)


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_A_WORD.sub(" ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()


_ORDERS: tuple[Callable[[_Source], tuple[str, ...]], ...] = (
    lambda source: (source.letters, source.year, source.iri),
    lambda source: (source.letters[::-1], source.year, source.iri),
    lambda source: (source.author, source.year, source.letters, source.iri),
)


def _alike(sources: list[_Source]) -> Iterator[Pair]:
    """Yield the pairs whose words are alike and that no identifier settles."""
    titled = [source for source in sources if source.letters]
    near = {
        (min(one, other), max(one, other))
        for order in _ORDERS
        for one, other in _neighbours(sorted(range(len(titled)), key=[order(source) for source in titled].__getitem__))
    }
    for one, other in sorted(near):
        if not _settled(titled[one], titled[other]) and (pair := _pair(titled[one], titled[other])):
            yield pair


def _neighbours(ordered: list[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(ordered):
        yield from ((one, other) for other in ordered[place + 1 : place + 1 + WINDOW])


def _settled(one: _Source, other: _Source) -> bool:
    """Return True if the two are known to be one source, or known to be two."""
    if any(one.ids[sort] & other.ids[sort] for sort in _SORTS):
        return True
    if other.iri in one.values.get("supersedes", ()) or one.iri in other.values.get("supersedes", ()):
        return True
    return bool(_reviews(one) & _reviews(other))


def _reviews(source: _Source) -> set[str]:
    """Return the number of the Cochrane review that a source is a version of."""
    return {found[1] for doi in source.ids["DOI"] if (found := _COCHRANE.match(doi))}


def _pair(one: _Source, other: _Source) -> Pair | None:
    percent = fuzz.ratio(one.letters, other.letters, score_cutoff=_ALIKE)
    if not percent:
        return None
    otherwise = [sort for sort in _SORTS if one.ids[sort] and other.ids[sort]]
    likeness = _likeness(one, other, percent) - (_OTHERWISE if otherwise else 0)
    if likeness < LEAST:
        return None
    reasons = [_titles(one, other, percent), _years(one, other), _authors(one, other)]
    reasons += [f"different {sort}s" for sort in otherwise]
    return Pair(one.iri, other.iri, round(likeness, 3), "; ".join(reasons))


def _likeness(one: _Source, other: _Source, percent: float) -> float:
    """Weigh title, year and first author; what only one of the two says counts half."""
    year = 0.5 if not (one.year and other.year) else (1.0, 0.7)[gap] if (gap := _gap(one, other)) < 2 else 0.0
    author = 0.5 if not (one.author and other.author) else float(one.author == other.author)
    return sum(weight * part for weight, part in zip(_WEIGHTS, (percent / 100, year, author), strict=True))


def _gap(one: _Source, other: _Source) -> int:
    return abs(int(one.year) - int(other.year)) if one.year.isdigit() and other.year.isdigit() else 9


def _titles(one: _Source, other: _Source, percent: float) -> str:
    if one.title == other.title:
        return "same title"
    if one.title.casefold() == other.title.casefold():
        return "same title but for case"
    return "same title but for punctuation" if one.letters == other.letters else f"titles alike ({percent:.0f} %)"


def _years(one: _Source, other: _Source) -> str:
    if not (one.year and other.year):
        return "year given once at most"
    earlier, later = sorted((one.year, other.year))
    return "same year" if earlier == later else f"years {earlier} and {later}"


def _authors(one: _Source, other: _Source) -> str:
    if not (one.author and other.author):
        return "first author given once at most"
    return "same first author" if one.author == other.author else "different first authors"


def _at_odds(sources: list[_Source]) -> Iterator[Pair]:
    """Yield the pairs that share an identifier and say different things all the same, each with the first of them."""
    sharing: defaultdict[tuple[str, str], list[_Source]] = defaultdict(list)
    for source in sources:
        for sort in _SORTS:
            for value in source.ids[sort]:
                sharing[sort, value].append(source)
    reasons: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    pairs: dict[tuple[str, str], tuple[_Source, _Source]] = {}
    for (sort, _), (first, *rest) in sorted(sharing.items()):
        for other in rest:
            pairs[first.iri, other.iri] = (first, other)
            reasons[first.iri, other.iri].append(f"same {sort}")
    for key, (one, other) in pairs.items():
        if odds := list(_odds(one, other)):
            likeness = _likeness(one, other, fuzz.ratio(one.letters, other.letters))
            yield Pair(*key, round(likeness, 3), "; ".join([*reasons[key], *odds]))


def _named(sources: list[_Source]) -> Iterator[Pair]:
    """Yield the pairs of one sort of publication of which one has the identifier of the other in its title or address.

    A reply or a correction has it too, and is another publication.
    """
    known = {source.iri: source for source in sources}
    for one in sources:
        for name in one.values.get("mentions", ()):
            other = known.get(name)
            if other and one.values.get("type", ()) == other.values.get("type") and not ABOUT.search(one.title):
                likeness = _likeness(one, other, fuzz.ratio(one.letters, other.letters))
                yield Pair(one.iri, other.iri, round(likeness, 3), "the first names an identifier of the other")


def _odds(one: _Source, other: _Source) -> Iterator[str]:
    """Yield what two records of one publication say differently."""
    if one.year and other.year and one.year != other.year:
        yield f"different years ({one.year}, {other.year})"
    if one.letters and other.letters and _unlike((one.letters, other.letters)):
        yield "different titles"
    yield from (f"different {sort}s" for sort in _SORTS if one.ids[sort] and other.ids[sort] - one.ids[sort])
    statuses = [source.values.get("status", ()) for source in (one, other)]
    if statuses[0] != statuses[1] and any("Retracted" in status for status in chain(*statuses)):
        yield "one is retracted by its record, the other is not"


def _twice(sources: Iterable[_Source]) -> Iterator[Pair]:
    """Yield the sources of which records in two files, under one short id, say different things."""
    for source in sources:
        years = sorted({date[:4] for date in source.values.get("date", ())})
        titles = [_folded(title) for title in source.values.get("title", ())]
        odds = [f"different years ({', '.join(years)})"] if len(years) > 1 else []
        odds += ["different titles"] if any(_unlike((titles[0], title)) for title in titles[1:]) else []
        odds += [f"different {sort}s" for sort in _SORTS if len(source.ids[sort]) > 1]
        if odds:
            yield Pair(source.iri, source.iri, 1.0, "; ".join(["one id in several files", *odds]))


def _unlike(titles: tuple[str, str]) -> bool:
    return fuzz.ratio(*titles) < _SAME_TITLE
