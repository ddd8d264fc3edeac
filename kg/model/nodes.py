"""Records of a dispute as a card shows them, each frozen: claim, agent, source, quote, study, figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as percent_encode

from kg.model import phrases
from kg.model.ids import same_words
from kg.model.labels import NOT_NAMED, Text
from kg.model.vocabulary import SCOPE, words_of
from kg.namespaces import DC, DCTERMS, FABIO, OA, PRISM, RDF, SCHEMA, dataset_curie, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model.graph import Graph
    from kg.store.terms import IRI, Term

_UNREMARKABLE = ("", "current")


class Titled:
    """A node that shows itself by its id and what it is called, and not by all that it leads to."""

    iri: IRI

    def __repr__(self) -> str:
        called = next(getattr(self, each) for each in ("name", "label", "title", "text") if hasattr(self, each))
        return f"<{type(self).__name__} {local_name(self.iri.value)}: {called}>"


class RelatedClaims(NamedTuple):
    """Claims that somebody says are broader than another, narrower, or contrary to it."""

    word: str
    """Broader, narrower or contrary, and "claim" or "claims"."""
    claims: tuple[tuple[IRI, Text], ...]


@dataclass(frozen=True, repr=False)
class Proposition(Titled):
    """A claim: nobody's property."""

    iri: IRI
    text: Text
    kind: str | None
    topics: tuple[str, ...]
    scope: tuple[tuple[str, str], ...]
    """Pairs such as ("comparator", "usual care"), only what is stated."""
    countered: int
    """Number of claims that counter it (derived)."""
    effect: str | None = None
    """Direction of its effect: benefit, harm, no difference, limit."""
    mentions: tuple[str, ...] = ()
    """Sentences on who says something of it without a stance: they are in none of its lines."""
    also: tuple[Text, ...] = ()
    """Texts of other claims that are one with it, where they say it in other words or another language."""
    related: tuple[RelatedClaims, ...] = ()
    decisions: tuple[str, ...] = ()
    """Sentences on what people decided of it and another claim."""


@dataclass(frozen=True)
class Interest:
    """Stake of somebody, and the source that says so."""

    kind: str
    topic: str | None
    """Topic, claim, study or source that it is in."""
    source: Source | None
    note: str | None
    iri: IRI | None = None
    holder: str = ""
    """Name of the agent who has it."""
    quotes: tuple[Quote, ...] = ()
    """Words of the source that say so."""


@dataclass(frozen=True, repr=False)
class Agent(Titled):
    """Speaker of an assertion."""

    iri: IRI
    name: Text
    kind: str | None
    interests: tuple[Interest, ...]
    is_anonymous: bool
    """True if the source does not say who it is."""


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


@dataclass(frozen=True, repr=False)
class Study(Titled):
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
    reported_in: tuple[Source, ...]
    """Every source that reports it at first hand."""


@dataclass(frozen=True, repr=False)
class Source(Titled):
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
    """Status, unless it is simply current: corrected, retracted, preprint, superseded by the version of 2015."""
    retraction: str | None
    """Date and reasons of its retraction, as far as stated: "May 2012, misconduct"."""
    superseded_by: tuple[str, ...]
    """Successors, in a few words each."""
    read_in: tuple[str, ...]
    note: str | None

    @property
    def marked(self) -> str:
        """Return the source by its status, "" where that is nothing to remark: "retracted source"."""
        words = self.status or ""
        return f"source {words}" if " by " in words else words and f"{words} source"

    @property
    def short(self) -> str:
        """Return a few words that name it: "Cherkin DC et al. 2011", or the start of its title."""
        return _short(self.title.value, self.creator, self.date)


def proposition(graph: Graph, claim: IRI) -> Proposition:
    """Return the claim `claim`; a claim without a text is called by its id."""
    scope = [(name, ", ".join(_labels(graph, graph.all(claim, name)))) for name in SCOPE]
    scope.append(("time", ", ".join(phrases.duration(value.value) for value in graph.all(claim, "timeFrame"))))
    return Proposition(
        claim,
        graph.named(claim),
        graph.concept(claim, "kind"),
        tuple(_labels(graph, graph.all(claim, "about"))),
        tuple((name, label) for name, label in scope if label),
        len(graph.nodes(claim, "counteredBy")),
        graph.concept(claim, "effectDirection"),
        tuple(_mentions(graph, claim)),
        tuple(_other_words(graph, claim)),
        tuple(_related(graph, claim)),
        tuple(_decisions(graph, claim)),
    )


def _other_words(graph: Graph, claim: IRI) -> Iterator[Text]:
    """Yield the texts of claims that are one with `claim`, those that differ from its own in more than their form."""
    known = {same_words(graph.named(claim).value)}
    for other in graph.pointing("canonicalClaim", claim):
        text = graph.named(other)
        if (words := same_words(text.value)) not in known:
            known.add(words)
            yield text


def _related(graph: Graph, claim: IRI) -> Iterator[RelatedClaims]:
    """Yield the claims that are there, each by the one that is told for it."""
    wider, contrary = graph.nodes(claim, "broaderClaim"), graph.nodes(claim, "contraryTo")
    ends = {"broader": wider, "narrower": graph.pointing("broaderClaim", claim)}
    for word, nodes in (ends | {"contrary": (*contrary, *graph.pointing("contraryTo", claim))}).items():
        shown = [node for node in sorted({*nodes} - {claim}, key=str) if graph.is_a(node, "Claim")]
        if told := tuple((node, graph.named(node)) for node in shown if not graph.all(node, "canonicalClaim")):
            yield RelatedClaims(f"{word} claim{'s' * (len(told) > 1)}", told)


_ENDS, _PREDICATE = (RDF + "subject", RDF + "object"), RDF + "predicate"
_DECIDED = {"sameClaimAs": "the same as", "differentClaimFrom": "different from"}


def _decisions(graph: Graph, claim: IRI) -> Iterator[str]:
    """Yield what was decided of the claim, or of one that is told as it."""
    told = (claim, *graph.pointing("canonicalClaim", claim))
    for node in sorted({node for end in _ENDS for each in told for node in graph.pointing(end, each)}, key=str):
        words = [
            _DECIDED[name] for each in graph.nodes(node, _PREDICATE) if (name := local_name(each.value)) in _DECIDED
        ]
        ends = [
            f"\u201c{graph.label(each)}\u201d ({dataset_curie(each.value)})"
            for end in _ENDS
            for each in graph.nodes(node, end)
        ]
        if words and len(ends) == 2:
            why = f": {why}" if (why := graph.word(node, "reason")) else "."
            by = f"by {graph.word(node, 'decidedBy')}, {graph.word(node, 'decidedOn')}"
            yield f"{ends[0]} was decided to be {words[0]} {ends[1]} {by}{why}"


def _mentions(graph: Graph, claim: IRI) -> Iterator[str]:
    for assertion in graph.pointing("asserts", claim):
        if graph.node(assertion, "stance") is None and not graph.pointing("premise", assertion):
            speaker, origin = graph.node(assertion, "agent"), graph.node(assertion, "source")
            who = graph.named(speaker) if speaker else NOT_NAMED.capitalize()
            where = f" in {source(graph, origin).short}" if origin else ""
            yield f"{who} says something of it{where}, without a stance."


def agent(graph: Graph, node: IRI) -> Agent:
    """Return the agent `node`, with the interests stated of them."""
    interests = tuple(interest(graph, stake) for stake in graph.pointing("interestOf", node))
    is_anonymous = graph.code(node, "agentKind") == "anonymous"
    return Agent(node, graph.named(node), graph.concept(node, "agentKind"), interests, is_anonymous)


def interest(graph: Graph, node: IRI) -> Interest:
    """Return the interest `node`."""
    return Interest(
        graph.concept(node, "interestKind") or "interest",
        graph.label(graph.node(node, "interestIn")),
        source(graph, where) if (where := graph.node(node, "source")) else None,
        graph.word(node, "note"),
        node,
        ", ".join(_labels(graph, graph.all(node, "interestOf"))),
        quotes(graph, node),
    )


def quotes(graph: Graph, node: IRI) -> tuple[Quote, ...]:
    """Return the words that `node` quotes, in the order in which it gives them; words that occur twice, once."""
    found: dict[tuple[str, str | None], Quote] = {}
    for target in graph.nodes(node, "quote"):
        for selector in graph.nodes(target, OA + "hasSelector"):
            exact = graph.text(selector, OA + "exact")
            if exact:
                around = (graph.word(selector, OA + "prefix"), graph.word(selector, OA + "suffix"))
                shown = Text(phrases.between_marks(exact), exact.language)
                found.setdefault((shown, shown.language), Quote(shown, *around))
    return tuple(found.values())


def figure(graph: Graph, finding: IRI) -> Figure:
    """Return the figure that `finding` states, in our words and in numbers."""

    def word(name: str) -> str | None:
        return graph.word(finding, name)

    estimate = phrases.estimate(word("value"), word("unit"), word("lower"), word("upper"), word("confidenceLevel"))
    if estimate and (bound := graph.concept(finding, "bound")):
        estimate = f"{bound} {estimate}"
    left_out = _labels(graph, graph.all(finding, "without"))
    planned = {"true": "planned beforehand", "false": "not planned beforehand"}.get(word("prespecified") or "")
    arms = [graph.label(graph.node(finding, name)) for name in ("arm", "comparator")]
    details = (
        graph.concept(finding, "effectMeasure"),
        word("measure"),
        graph.label(graph.node(finding, "outcome")),
        word("threshold"),
        f"in {whom}" if (whom := graph.label(graph.node(finding, "population"))) else None,
        planned,
        f"without {phrases.sentence_list(left_out)}" if left_out else None,
        " against ".join(filter(None, arms)) if arms[0] else f"against {arms[1]}" if arms[1] else None,
        f"at {phrases.duration(time)}" if (time := word("timePoint")) else None,
        _p_value(word("pValue")),
        f"n = {phrases.number(n)}" if (n := word("n")) else None,
        word("note"),
    )
    label = graph.named(finding).value
    return Figure(finding, label, estimate, tuple(filter(None, details)))


def study(graph: Graph, node: IRI) -> Study:
    """Return the study `node` with its figures, in the order of their labels."""
    follow_up = graph.word(node, "followUp")
    details = (
        ("registration", graph.word(node, "registration")),
        ("setting", graph.word(node, "setting")),
        ("population", graph.label(graph.node(node, "population"))),
        ("follow-up", phrases.duration(follow_up) if follow_up else None),
        ("studies included", graph.word(node, "numberOfStudies")),
        ("searched until", phrases.date(until) if (until := graph.word(node, "searchedUntil")) else None),
        ("reanalysis of", graph.label(graph.node(node, "reanalysisOf"))),
        ("risk of bias", "; ".join(_bias(graph, each) for each in graph.nodes(node, "riskOfBias"))),
        ("note", graph.word(node, "note")),
    )
    figures = [figure(graph, finding) for finding in graph.nodes(node, "finding")]
    participants = graph.word(node, "participants")
    return Study(
        node,
        graph.named(node).value,
        graph.concept(node, "design"),
        phrases.number(participants) if participants else None,
        tuple((name, value) for name, value in details if value),
        tuple(value.value for value in graph.all(node, "limitation")),
        tuple(_arm(graph, arm) for arm in graph.nodes(node, "arm")),
        tuple(sorted(figures, key=lambda each: (each.label, each.iri.value))),
        tuple(source(graph, paper) for paper in graph.pointing("reports", node)),
    )


def source(graph: Graph, node: IRI) -> Source:
    """Return the source `node` as a reference list has it."""
    status = graph.code(node, "sourceStatus")
    _, creator, date = _record(graph, node)
    newer = graph.pointing("supersedes", node)
    if newer and status in ("", "superseded"):
        dates = (graph.word(each, DCTERMS + "date", "date") for each in newer)
        status = phrases.superseded(max(filter(None, dates), default=None))
    classes = [kind for kind in graph.nodes(node, RDF + "type") if kind.value.startswith(FABIO)]
    return Source(
        node,
        graph.named(node),
        creator,
        date,
        words_of(classes[0]) if classes else None,
        _container(graph, node),
        tuple(_links(graph, node)),
        None if status in _UNREMARKABLE else status,
        _retraction(graph, node),
        tuple(_short(*_record(graph, each)) for each in newer),
        tuple(value.value for value in graph.all(node, "readIn")),
        graph.word(node, "note"),
    )


def _bias(graph: Graph, node: IRI) -> str:
    """Return a judgement of the risk of bias: "overall: high risk (RoB 2; Cochrane 2015)"."""
    judge = graph.node(node, "judgedBy")
    named = source(graph, judge).short if judge and graph.is_a(judge, "Source") else graph.label(judge)
    by = "; ".join(filter(None, (graph.word(node, "biasTool"), named)))
    said = f"{graph.concept(node, 'biasDomain')}: {graph.concept(node, 'biasJudgement')}"
    return f"{said} ({by})" if by else said


def _record(graph: Graph, node: IRI) -> tuple[str, str | None, str | None]:
    """Return title, authors and date of a source."""
    title = graph.named(node).value
    date = graph.word(node, DCTERMS + "date", "date")
    return title, graph.word(node, DC + "creator", DCTERMS + "creator"), phrases.date(date) if date else None


def _short(title: str, creator: str | None, date: str | None) -> str:
    names = [name.strip() for name in (creator or "").replace(";", ",").split(",") if name.strip()]
    if not names:
        return phrases.shorten(title, 60)
    year = (date or "")[-4:]
    return names[0] + (" et al." if len(names) > 1 else "") + (f" {year}" if year.isdigit() else "")


def _retraction(graph: Graph, node: IRI) -> str | None:
    date = graph.word(node, "retractionDate")
    reasons = _labels(graph, graph.all(node, "retractionReason"))
    return ", ".join([*([phrases.date(date)] if date else []), *reasons]) or None


def _arm(graph: Graph, arm: IRI) -> str:
    size = graph.word(arm, "n")
    return f"{graph.label(arm)} (n = {phrases.number(size)})" if size else graph.label(arm) or words_of(arm)


def _container(graph: Graph, node: IRI) -> str | None:
    name = graph.word(node, PRISM + "publicationName")
    volume, issue = graph.word(node, PRISM + "volume"), graph.word(node, PRISM + "number")
    pages = graph.word(node, PRISM + "pageRange")
    where = f"{volume or ''}{f'({issue})' if issue else ''}{f':{pages}' if pages else ''}"
    publisher = graph.word(node, DC + "publisher", DCTERMS + "publisher")
    parts = (" ".join(filter(None, (name, where))), publisher if publisher != name else None)
    return ", ".join(filter(None, parts)) or None


def _links(graph: Graph, node: IRI) -> list[tuple[str, str]]:
    links = []
    for shown, prefix, name in (
        ("doi:", "https://doi.org/", PRISM + "doi"),
        ("PMID ", "https://pubmed.ncbi.nlm.nih.gov/", FABIO + "hasPubMedId"),
        ("", "https://pmc.ncbi.nlm.nih.gov/articles/", FABIO + "hasPubMedCentralId"),
    ):
        links += [
            (shown + value.value, prefix + percent_encode(value.value, safe="/:;().,_-"))
            for value in graph.all(node, name)
        ]
    return links + [(value.value, value.value) for value in graph.all(node, SCHEMA + "url")]


def _labels(graph: Graph, values: tuple[Term, ...]) -> list[str]:
    return sorted(filter(None, map(graph.label, values)))


def _p_value(printed: str | None) -> str | None:
    if not printed:
        return None
    return f"p {printed}" if printed.lstrip()[:1] in "<>=≤≥" else f"p = {printed}"
