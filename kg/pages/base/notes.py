"""The records that a card shows, each frozen: the claim, who speaks, the source, the quote, the study, the figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as percent_encode

from kg.namespaces import DC, DCTERMS, FABIO, OA, PRISM, RDF, RDFS, SCHEMA, plain_name
from kg.pages.base import formatting
from kg.pages.base.facts import Facts, Text, words_of

if TYPE_CHECKING:
    from kg.store.terms import IRI, Term

_SCOPE = ("population", "intervention", "comparator", "outcome")
_UNREMARKABLE = ("", "current")


@dataclass(frozen=True)
class Proposition:
    """A claim: nobody's property."""

    iri: IRI
    text: Text
    kind: str | None
    topics: tuple[str, ...]
    scope: tuple[tuple[str, str], ...]
    """Pairs such as ("comparator", "usual care"), only what is stated."""
    countered: int
    """How many claims counter it (derived)."""


@dataclass(frozen=True)
class Interest:
    """What a speaker has at stake, and the source that says so."""

    kind: str
    topic: str | None
    source: SourceNote | None
    note: str | None


@dataclass(frozen=True)
class Speaker:
    """Who says something."""

    iri: IRI
    name: Text
    kind: str | None
    interests: tuple[Interest, ...]
    is_anonymous: bool
    """Whether the source does not say who it is."""


class Quote(NamedTuple):
    """Words as they stand in the source, with what stands around them where the data says.

    Every view puts quotation marks around them, so `exact` has none of its own around the whole.
    """

    exact: Text
    prefix: str | None
    suffix: str | None


@dataclass(frozen=True)
class Figure:
    """One figure of a study or of a text, in our words and in numbers."""

    iri: IRI
    label: str
    estimate: str
    details: tuple[str, ...]
    """Measure, groups compared, time point, n: only what is stated."""


@dataclass(frozen=True)
class StudyNote:
    """A study and the figures it found."""

    iri: IRI
    label: str
    design: str | None
    participants: str | None
    details: tuple[tuple[str, str], ...]
    """Pairs such as ("follow-up", "1 year"), only what is stated."""
    limitations: tuple[str, ...]
    arms: tuple[str, ...]
    figures: tuple[Figure, ...]
    reported_in: tuple[SourceNote, ...]
    """Every source that reports it at first hand."""


@dataclass(frozen=True)
class SourceNote:
    """A source as a reference list has it."""

    iri: IRI
    title: Text
    creator: str | None
    date: str | None
    kind: str | None
    container: str | None
    """Journal, volume, issue and pages, or publisher."""
    links: tuple[tuple[str, str], ...]
    """Pairs of what is shown and where it leads: ("doi:10.1/2", "https://doi.org/10.1/2")."""
    status: str | None
    """Where it is not simply current: corrected, superseded, retracted, preprint."""
    superseded_by: tuple[str, ...]
    """What took its place, in a few words each."""
    read_in: tuple[str, ...]
    note: str | None

    @property
    def short(self) -> str:
        """Return a few words that name it: "Cherkin DC et al. 2011", or the start of its title."""
        return _short(self.title.value, self.creator, self.date)


def proposition(facts: Facts, claim: IRI) -> Proposition:
    """Return the claim `claim`; a claim without a text is called by its id."""
    scope = [(name, ", ".join(_labels(facts, facts.all(claim, name)))) for name in _SCOPE]
    scope.append(("time", ", ".join(formatting.duration(value.value) for value in facts.all(claim, "timeFrame"))))
    return Proposition(
        claim,
        facts.text(claim, "text") or Text(words_of(claim)),
        facts.concept(claim, "kind"),
        tuple(_labels(facts, facts.all(claim, "about"))),
        tuple((name, label) for name, label in scope if label),
        len(facts.nodes(claim, "counteredBy")),
    )


def speaker(facts: Facts, agent: IRI) -> Speaker:
    """Return who `agent` is, with the interests stated of them."""
    interests = tuple(
        Interest(
            facts.concept(node, "interestKind") or "interest",
            facts.label(facts.node(node, "interestIn")),
            source(facts, where) if (where := facts.node(node, "source")) else None,
            facts.word(node, "note"),
        )
        for node in facts.pointing("interestOf", agent)
    )
    name = facts.text(agent, "name", RDFS + "label") or Text(words_of(agent))
    is_anonymous = facts.code(agent, "agentKind") == "anonymous"
    return Speaker(agent, name, facts.concept(agent, "agentKind"), interests, is_anonymous)


def quotes(facts: Facts, node: IRI) -> tuple[Quote, ...]:
    """Return the words that `node` quotes, in the order of the source; words that occur twice, once."""

    def start(target: IRI) -> int:
        starts = [facts.word(selector, OA + "start") for selector in facts.nodes(target, OA + "hasSelector")]
        return min((int(at) for at in starts if at and at.isdigit()), default=0)

    found: dict[Text, Quote] = {}
    for target in sorted(facts.nodes(node, "quote"), key=start):
        for selector in facts.nodes(target, OA + "hasSelector"):
            exact = facts.text(selector, OA + "exact")
            if exact:
                around = (facts.word(selector, OA + "prefix"), facts.word(selector, OA + "suffix"))
                shown = exact._replace(value=formatting.between_marks(exact.value))
                found.setdefault(shown, Quote(shown, *around))
    return tuple(found.values())


def figure(facts: Facts, finding: IRI) -> Figure:
    """Return the figure that `finding` states, in our words and in numbers."""

    def word(name: str) -> str | None:
        return facts.word(finding, name)

    estimate = formatting.estimate(word("value"), word("unit"), word("lower"), word("upper"), word("confidenceLevel"))
    arms = [facts.label(facts.node(finding, name)) for name in ("arm", "comparator")]
    details = (
        facts.concept(finding, "effectMeasure"),
        word("measure"),
        facts.label(facts.node(finding, "outcome")),
        " against ".join(filter(None, arms)) if arms[0] else f"against {arms[1]}" if arms[1] else None,
        f"at {formatting.duration(time)}" if (time := word("timePoint")) else None,
        _p_value(word("pValue")),
        f"n = {formatting.number(n)}" if (n := word("n")) else None,
        word("note"),
    )
    label = facts.word(finding, RDFS + "label") or words_of(finding)
    return Figure(finding, label, estimate, tuple(filter(None, details)))


def study(facts: Facts, node: IRI) -> StudyNote:
    """Return the study `node` with its figures, in the order of their labels."""
    follow_up = facts.word(node, "followUp")
    details = (
        ("registration", facts.word(node, "registration")),
        ("setting", facts.word(node, "setting")),
        ("population", facts.label(facts.node(node, "population"))),
        ("follow-up", formatting.duration(follow_up) if follow_up else None),
        ("note", facts.word(node, "note")),
    )
    figures = [figure(facts, finding) for finding in facts.nodes(node, "finding")]
    participants = facts.word(node, "participants")
    return StudyNote(
        node,
        facts.word(node, RDFS + "label") or words_of(node),
        facts.concept(node, "design"),
        formatting.number(participants) if participants else None,
        tuple((name, value) for name, value in details if value),
        tuple(value.value for value in facts.all(node, "limitation")),
        tuple(_arm(facts, arm) for arm in facts.nodes(node, "arm")),
        tuple(sorted(figures, key=lambda each: (each.label, each.iri.value))),
        tuple(source(facts, paper) for paper in facts.pointing("reports", node)),
    )


def source(facts: Facts, node: IRI) -> SourceNote:
    """Return the source `node` as a reference list has it."""
    status = facts.code(node, "sourceStatus")
    title, creator, date = _record(facts, node)
    classes = [kind for kind in facts.nodes(node, RDF + "type") if kind.value.startswith(FABIO)]
    return SourceNote(
        node,
        facts.text(node, DCTERMS + "title", RDFS + "label") or Text(title),
        creator,
        date,
        words_of(classes[0]) if classes else None,
        _container(facts, node),
        tuple(_links(facts, node)),
        None if status in _UNREMARKABLE else status,
        tuple(_short(*_record(facts, newer)) for newer in facts.pointing("supersedes", node)),
        tuple(value.value for value in facts.all(node, "readIn")),
        facts.word(node, "note"),
    )


def _record(facts: Facts, node: IRI) -> tuple[str, str | None, str | None]:
    """Return title, authors and date of a source."""
    title = facts.word(node, DCTERMS + "title", RDFS + "label") or plain_name(node.value)
    date = facts.word(node, DCTERMS + "date", "date")
    return title, facts.word(node, DC + "creator", DCTERMS + "creator"), formatting.date(date) if date else None


def _short(title: str, creator: str | None, date: str | None) -> str:
    names = [name.strip() for name in (creator or "").replace(";", ",").split(",") if name.strip()]
    if not names:
        return formatting.shorten(title, 60)
    year = (date or "")[-4:]
    return names[0] + (" et al." if len(names) > 1 else "") + (f" {year}" if year.isdigit() else "")


def _arm(facts: Facts, arm: IRI) -> str:
    size = facts.word(arm, "n")
    return f"{facts.label(arm)} (n = {formatting.number(size)})" if size else facts.label(arm) or words_of(arm)


def _container(facts: Facts, node: IRI) -> str | None:
    name = facts.word(node, PRISM + "publicationName")
    volume, issue = facts.word(node, PRISM + "volume"), facts.word(node, PRISM + "number")
    pages = facts.word(node, PRISM + "pageRange")
    where = f"{volume or ''}{f'({issue})' if issue else ''}{f':{pages}' if pages else ''}"
    publisher = facts.word(node, DC + "publisher", DCTERMS + "publisher")
    parts = (" ".join(filter(None, (name, where))), publisher if publisher != name else None)
    return ", ".join(filter(None, parts)) or None


def _links(facts: Facts, node: IRI) -> list[tuple[str, str]]:
    links = []
    for shown, prefix, name in (
        ("doi:", "https://doi.org/", PRISM + "doi"),
        ("PMID ", "https://pubmed.ncbi.nlm.nih.gov/", FABIO + "hasPubMedId"),
        ("", "https://pmc.ncbi.nlm.nih.gov/articles/", FABIO + "hasPubMedCentralId"),
    ):
        links += [
            (shown + value.value, prefix + percent_encode(value.value, safe="/:;().,_-"))
            for value in facts.all(node, name)
        ]
    return links + [(value.value, value.value) for value in facts.all(node, SCHEMA + "url")]


def _labels(facts: Facts, values: tuple[Term, ...]) -> list[str]:
    return sorted(filter(None, map(facts.label, values)))


def _p_value(printed: str | None) -> str | None:
    if not printed:
        return None
    return f"p {printed}" if printed.lstrip()[:1] in "<>=≤≥" else f"p = {printed}"
