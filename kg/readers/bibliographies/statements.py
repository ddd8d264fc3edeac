"""What the records of a bibliography state: sources, the studies that they report, what they cite and supersede."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from kg.errors import Place, Problem
from kg.namespaces import DC, FABIO, mint
from kg.readers.bibliographies import identifiers
from kg.readers.claim_files import values
from kg.readers.claim_files.fields import SOURCE_TYPES, concept
from kg.store.terms import IRI, TYPE, Literal, Quad, hc, iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.readers.bibliographies.record import Reference

Statement = tuple[IRI, IRI, "IRI | Literal"]

_TEXTS = (
    ("container", iri("prism:publicationName")),
    ("volume", iri("prism:volume")),
    ("issue", iri("prism:number")),
    ("pages", iri("prism:pageRange")),
    ("publisher", IRI(DC + "publisher")),
    ("language", iri("dcterms:language")),
    ("doi", iri("prism:doi")),
    ("pmid", iri("fabio:hasPubMedId")),
    ("pmcid", iri("fabio:hasPubMedCentralId")),
    ("rights", IRI(DC + "rights")),
)
"""Field of a Reference -> property, for what is stated as it is."""
_SUPERSEDES, _CITES, _REPORTS = hc("supersedes"), hc("cites"), hc("reports")


class Stated(NamedTuple):
    """A record that has its short id."""

    line: int | None
    said: int
    """The hash of all that it says: not kept, but compared."""


class Statements:
    """Goes through the records of one file once, and collects what is found on the way."""

    def __init__(self, path: Path, dataset: str, graph: str) -> None:
        self._path, self._dataset, self._graph = path, dataset, IRI(graph)
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}
        self._stated: dict[str, list[Stated]] = {}
        self._cited: dict[str, Reference] = {}
        self._versions: dict[str, dict[int, IRI]] = {}

    def quads(self, references: Iterable[Reference]) -> Iterator[Quad]:
        """Yield what the records state; of what is cited only what no record of its own says, at the end."""
        for reference in references:
            if short_id := self._named(reference):
                node = self._node(short_id)
                self.places[node.value] = Place(str(self._path), reference.line)
                yield from self._quads(self._source(node, reference))
        for short_id, reference in self._cited.items():
            if short_id not in self._stated:
                yield from self._quads(self._source(self._node(short_id), reference))
        yield from self._quads(self._succession())

    def _quads(self, statements: Iterable[Statement]) -> Iterator[Quad]:
        return (Quad(*statement, self._graph) for statement in statements)

    def _node(self, short_id: str) -> IRI:
        return IRI(mint(self._dataset, short_id))

    def _named(self, reference: Reference) -> str:
        """Return the short id for a record; "" if it can have none, or if it only repeats another."""
        place = Place(str(self._path), reference.line)
        if not reference.known:
            message = "this record has neither a title nor an identifier; give it one, or take it out"
            self.problems.append(Problem("violation", "nameless-reference", message, place))
            return ""
        short_id, said = reference.short_id, hash(reference.said)
        before = self._stated.setdefault(short_id, [])
        if same := next((other for other in before if other.said == said), None):
            message = f"this record repeats the one on line {same.line}; it is read once"
            self.problems.append(Problem("info", "reference-repeated", message, place))
            return ""
        before.append(Stated(reference.line, said))
        if len(before) == 1:
            return short_id
        message = f"this record goes by the same identifier as the one on line {before[0].line} and says otherwise; "
        advice = "both are kept, see kg sources duplicates"
        self.problems.append(Problem("warning", "reference-differs", message + advice, place))
        return f"{short_id}-record-{len(before)}"

    def _source(self, node: IRI, reference: Reference) -> Iterator[Statement]:
        yield node, TYPE, hc("Source")
        if reference.kind:
            yield node, TYPE, IRI(FABIO + SOURCE_TYPES[reference.kind])
            yield node, iri("dcterms:type"), Literal(reference.kind, language="en")
        if reference.title:
            yield node, iri("dcterms:title"), _title(reference)
        if reference.authors:
            yield node, IRI(DC + "creator"), Literal(", ".join(reference.authors))
        for name, term in _TEXTS:
            if value := getattr(reference, name):
                yield node, term, Literal(value)
        if when := values.date(reference.date):
            yield node, iri("dcterms:date"), when
        if page := address(reference.url):
            yield node, iri("schema:url"), page
        if reference.status:
            yield node, hc("sourceStatus"), concept(reference.status)
        yield from self._studies(node, reference)
        yield from self._works(node, reference)
        if version := identifiers.cochrane(reference.doi):
            self._versions.setdefault(version.review, {}).setdefault(version.number, node)

    def _studies(self, node: IRI, reference: Reference) -> Iterator[Statement]:
        """State the studies that are reported; the design is that of the one study of a report."""
        for registration in reference.registrations:
            study = self._node(identifiers.study_id(registration))
            yield node, _REPORTS, study
            yield study, TYPE, hc("Study")
            yield study, iri("rdfs:label"), Literal(f"Trial {registration}", language="en")
            yield study, hc("registration"), Literal(registration)
            if reference.design == "randomised trial" and len(reference.registrations) == 1:
                yield study, hc("design"), concept(reference.design)

    def _works(self, node: IRI, reference: Reference) -> Iterator[Statement]:
        for work in reference.cites:
            if work.known:
                known = self._cited.setdefault(work.short_id, work)
                if work.status and not known.status:
                    self._cited[work.short_id] = known._replace(status=work.status)
                yield node, _CITES, self._node(work.short_id)

    def _succession(self) -> Iterator[Statement]:
        """State that each version of a review supersedes the one before it in this file."""
        for versions in self._versions.values():
            numbers = sorted(versions)
            for older, newer in pairwise(numbers):
                yield versions[newer], _SUPERSEDES, versions[older]


def _title(reference: Reference) -> Literal:
    """Return the title in its language; MEDLINE prints titles that it translated in brackets."""
    language = "en" if reference.title.startswith("[") and reference.language else reference.language
    return Literal(reference.title, language=language) if language else Literal(reference.title)


def address(url: str) -> IRI | None:
    """Return the web address that is printed, with what no IRI may hold encoded; None for any other scheme."""
    if not url.lower().startswith(("http://", "https://")):
        return None
    try:
        return IRI(quote(url.split()[0], safe="%/:=&?~#+!$,;'@()*[]"))
    except ValueError:
        return None
