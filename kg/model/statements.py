"""Records as quads: one table of which field states which property, and how its value becomes a term."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import records
from kg.model.ids import bias_id, quote_id
from kg.model.literals import concept, date, decimal, duration, integer, tagged
from kg.namespaces import FABIO, OA
from kg.store.terms import IRI, TYPE, Literal, Quad, iri, typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Statement = tuple[IRI, IRI, "IRI | Literal"]

SOURCE_TYPES = {
    "web page": "WebPage",
    "blog post": "BlogPost",
    "social media post": "Micropost",
    "news report": "NewsReport",
    "newspaper article": "NewspaperArticle",
    "magazine article": "MagazineArticle",
    "press release": "PressRelease",
    "fact sheet": "Report",
    "position statement": "PositionPaper",
    "policy document": "PolicyDocument",
    "guideline": "ClinicalGuideline",
    "report": "Report",
    "survey report": "Report",
    "journal article": "JournalArticle",
    "review article": "ReviewArticle",
    "systematic review": "SystematicReview",
    "trial report": "ClinicalTrialReport",
    "trial protocol": "ExperimentalProtocol",
    "trial registration": "Entry",
    "case report": "ClinicalCaseReport",
    "editorial": "Editorial",
    "letter": "Letter",
    "comment": "Comment",
    "preprint": "Preprint",
    "conference paper": "ConferencePaper",
    "conference abstract": "Abstract",
    "book": "Book",
    "book chapter": "BookChapter",
    "thesis": "Thesis",
    "video": "MovingImage",
    "data set": "Dataset",
}
"""Word of the schema -> class of FaBiO; it has none of its own for a fact sheet, a survey or a registration."""


# ---------------------------------------------------------------------------------------------------------- value forms

Value = Any
"""Of a field, of the type that its form takes."""
Terms = list[Any]
"""IRIs and literals."""


def _words(value: Value, record: Any, to: Statements) -> Terms:
    return [tagged(text, to.language) for text in _each(value)]


def _printed(value: str, record: records.SourceRecord, to: Statements) -> Terms:
    language = to.language if record.printed is None else record.printed
    return [tagged(value, language)]


def _text(value: Value, record: Any, to: Statements) -> Terms:
    return [Literal(str(text)) for text in _each(value)]


def _concept(value: Value, record: Any, to: Statements) -> Terms:
    return [concept(word) for word in _each(value)]


def _node(value: Value, record: Any, to: Statements) -> Terms:
    return [to.node(short_id) for short_id in _each(value)]


def _arguer(value: Value, record: Any, to: Statements) -> Terms:
    return [concept(records.CURATOR) if word == records.CURATOR else to.node(word) for word in _each(value)]


def _truth(value: bool, record: Any, to: Statements) -> Terms:
    return [typed(str(value).lower(), "boolean")]


def _address(value: Value, record: Any, to: Statements) -> Terms:
    return [IRI(address) for address in _each(value)]


def _decimal(value: int | Decimal, record: Any, to: Statements) -> Terms:
    return [decimal(value)]


def _integer(value: int | Decimal, record: Any, to: Statements) -> Terms:
    return [integer(value)]


def _date(value: str, record: Any, to: Statements) -> Terms:
    return _known(date(value))


def _duration(value: str, record: Any, to: Statements) -> Terms:
    return _known(duration(value))


def _time_frame(value: str, record: Any, to: Statements) -> Terms:
    return [duration(value) or tagged(value, to.language)]


def _each(value: Value) -> Sequence[Value]:
    return value if isinstance(value, tuple) else (value,)


def _known(literal: Literal | None) -> Terms:
    return [] if literal is None else [literal]


# -------------------------------------------------------------------------------------- forms of more than one property


def _of_owner(node: IRI, value: Value, properties: tuple[IRI, ...], to: Statements) -> Iterator[Statement]:
    """State the property of the records that are named: the one that this is a part of, or several others."""
    return ((to.node(owner), properties[0], node) for owner in _each(value))


def _decided(
    node: IRI, value: tuple[str, str, str], properties: tuple[IRI, ...], to: Statements
) -> Iterator[Statement]:
    """State what was decided, and of the decision what it is about."""
    statement = (to.node(value[0]), iri(value[1]), to.node(value[2]))
    yield statement
    yield from ((node, name, term) for name, term in zip(properties, statement, strict=True))


def _interval(node: IRI, value: tuple[Any, ...], properties: tuple[IRI, ...], to: Statements) -> Iterator[Statement]:
    return ((node, name, decimal(number)) for name, number in zip(properties, value, strict=True))


def _source_type(node: IRI, value: str, properties: tuple[IRI, ...], to: Statements) -> Iterator[Statement]:
    fabio, word = properties
    yield node, fabio, IRI(FABIO + SOURCE_TYPES[value])
    yield node, word, Literal(value, language="en")


def _quotes(
    node: IRI, value: tuple[records.QuoteRecord, ...], properties: tuple[IRI, ...], to: Statements
) -> Iterator[Statement]:
    for number, quote in enumerate(value):
        quoted = IRI(quote_id(node.value, number))
        yield node, properties[0], quoted
        yield from to.quote(quoted, quote)


def _risk_of_bias(
    node: IRI, value: tuple[records.BiasRecord, ...], properties: tuple[IRI, ...], to: Statements
) -> Iterator[Statement]:
    names = ("biasDomain", "biasJudgement", "biasTool", "judgedBy")
    forms = (_concept, _concept, _text, _node)
    for number, judgement in enumerate(value):
        judged = IRI(bias_id(node.value, number))
        yield node, properties[0], judged
        yield judged, TYPE, iri("hc:RiskOfBiasJudgement")
        for name, form, word in zip(names, forms, judgement, strict=True):
            yield from ((judged, iri(f"hc:{name}"), term) for term in form(word, judgement, to) if word)


# ------------------------------------------------------------------------------------------------------------ the table


class States(NamedTuple):
    """Statement that a field makes."""

    properties: str
    """CURIEs; most forms need one."""
    terms: Any = None
    """Form of the values of the property."""
    whole: Any = None
    """Form of what is more than that."""


_NOTE, _READ, _DATED = States("hc:note", _words), States("hc:readIn", _text), States("hc:date", _date)
_REASON, _SOURCE = States("hc:reason", _words), States("hc:source", _node)
_EXCLUDES = States("hc:excludesStudy", _node)
_QUOTED = States("hc:quote", whole=_quotes)
_SCOPE = {role: States(f"hc:{role}", _node) for role in ("population", "intervention", "comparator", "outcome")}

TABLE: dict[type[Any], tuple[str, dict[str, States]]] = {
    records.TopicRecord: (
        "hc:Topic",
        {
            "label": States("skos:prefLabel", _words),
            "kind": States("hc:topicKind", _concept),
            "definition": States("skos:definition", _words),
            "broader": States("skos:broader", _node),
            "matches": States("skos:exactMatch", _address),
            "note": _NOTE,
        },
    ),
    records.AgentRecord: (
        "hc:Agent",
        {
            "name": States("hc:name", _words),
            "kind": States("hc:agentKind", _concept),
            "part_of": States("dcterms:isPartOf", _node),
            "url": States("schema:url", _address),
            "note": _NOTE,
        },
    ),
    records.SourceRecord: (
        "hc:Source",
        {
            "type": States("rdf:type dcterms:type", whole=_source_type),
            "title": States("dcterms:title", _printed),
            "text": States("schema:text", _printed),
            "language": States("dcterms:language", _text),
            "authors": States("dc:creator", _text),
            "container": States("prism:publicationName", _text),
            "volume": States("prism:volume", _text),
            "issue": States("prism:number", _text),
            "pages": States("prism:pageRange", _text),
            "publisher": States("dc:publisher", _text),
            "date": States("dcterms:date", _date),
            "doi": States("prism:doi", _text),
            "pmid": States("fabio:hasPubMedId", _text),
            "pmcid": States("fabio:hasPubMedCentralId", _text),
            "url": States("schema:url", _address),
            "rights": States("dc:rights", _text),
            "status": States("hc:sourceStatus", _concept),
            "retraction_date": States("hc:retractionDate", _date),
            "retraction_reason": States("hc:retractionReason", _concept),
            "cites": States("hc:cites", _node),
            "reports": States("hc:reports", _node),
            "reports_on": States("hc:reportsOn", _node),
            "excludes": _EXCLUDES,
            "supersedes": States("hc:supersedes", _node),
            "read": _READ,
            "note": _NOTE,
        },
    ),
    records.StudyRecord: (
        "hc:Study",
        {
            "label": States("rdfs:label", _words),
            "design": States("hc:design", _concept),
            "participants": States("hc:participants", _integer),
            "population": _SCOPE["population"],
            "registration": States("hc:registration", _text),
            "setting": States("hc:setting", _words),
            "follow_up": States("hc:followUp", _duration),
            "limitations": States("hc:limitation", _words),
            "includes": States("hc:includesStudy", _node),
            "number_of_studies": States("hc:numberOfStudies", _integer),
            "searched": States("hc:searchedUntil", _date),
            "excludes": _EXCLUDES,
            "reanalysis_of": States("hc:reanalysisOf", _node),
            "risk_of_bias": States("hc:riskOfBias", whole=_risk_of_bias),
            "read": _READ,
            "note": _NOTE,
        },
    ),
    records.ArmRecord: (
        "hc:Arm",
        {
            "study": States("hc:arm", whole=_of_owner),
            "label": States("rdfs:label", _words),
            "intervention": _SCOPE["intervention"],
            "n": States("hc:n", _integer),
            "note": _NOTE,
        },
    ),
    records.FindingRecord: (
        "hc:Finding",
        {
            "owner": States("hc:finding", whole=_of_owner),
            "label": States("rdfs:label", _words),
            "measure": States("hc:measure", _text),
            "effect": States("hc:effectMeasure", _concept),
            "value": States("hc:value", _decimal),
            "bound": States("hc:bound", _concept),
            "unit": States("hc:unit", _text),
            "interval": States("hc:lower hc:upper", whole=_interval),
            "confidence": States("hc:confidenceLevel", _decimal),
            "p": States("hc:pValue", _text),
            "n": States("hc:n", _integer),
            "population": _SCOPE["population"],
            "prespecified": States("hc:prespecified", _truth),
            "without": States("hc:without", _node),
            "arm": States("hc:arm", _node),
            "comparator": _SCOPE["comparator"],
            "time": States("hc:timePoint", _duration),
            "outcome": _SCOPE["outcome"],
            "threshold": States("hc:threshold", _words),
            "read": _READ,
            "note": _NOTE,
        },
    ),
    records.ClaimRecord: (
        "hc:Claim",
        {
            "text": States("hc:text", _words),
            "kind": States("hc:kind", _concept),
            "effect": States("hc:effectDirection", _concept),
            "about": States("hc:about", _node),
            **_SCOPE,
            "time": States("hc:timeFrame", _time_frame),
            "same_as": States("hc:sameClaimAs", _node),
            "different_from": States("hc:differentClaimFrom", _node),
            "broader": States("hc:broaderClaim", _node),
            "narrower": States("hc:broaderClaim", whole=_of_owner),
            "contrary_to": States("hc:contraryTo", _node),
            "note": _NOTE,
        },
    ),
    records.AssertionRecord: (
        "hc:Assertion",
        {
            "claim": States("hc:asserts", _node),
            "agent": States("hc:agent", _node),
            "stance": States("hc:stance", _concept),
            "source": _SOURCE,
            "quotes": _QUOTED,
            "hedged": States("hc:hedged", _words),
            "directness": States("hc:directness", _concept),
            "date": _DATED,
            "evidence": States("hc:evidenceKind", _concept),
            "certainty": States("hc:certainty", _concept),
            "certainty_reasons": States("hc:certaintyReason", _concept),
            "certainty_by": States("hc:certaintyBy", _node),
            "traced_to": States("hc:tracedTo", _node),
            "read": _READ,
            "note": _NOTE,
        },
    ),
    records.LeadRecord: (
        "hc:Lead",
        {
            "assertion": States("hc:leadFor", _node),
            "source": _SOURCE,
            "reason": _REASON,
            "read": _READ,
            "note": _NOTE,
        },
    ),
    records.ArgumentRecord: (
        "hc:Argument",
        {
            "premises": States("hc:premise", _node),
            "target": States("hc:target", _node),
            "direction": States("hc:direction", _concept),
            "directness": States("hc:directness", _concept),
            "argued_by": States("hc:arguedBy", _arguer),
            "note": _NOTE,
        },
    ),
    records.InterestRecord: (
        "hc:Interest",
        {
            "agent": States("hc:interestOf", _node),
            "interest_in": States("hc:interestIn", _node),
            "kind": States("hc:interestKind", _concept),
            "source": _SOURCE,
            "quotes": _QUOTED,
            "note": _NOTE,
        },
    ),
    records.DriftRecord: (
        "hc:Drift",
        {
            "assertion": States("hc:driftOf", _node),
            "origin": States("hc:driftFrom", _node),
            "kind": States("hc:driftKind", _concept),
            "certainty": States("hc:driftCertainty", _concept),
            "quotes": _QUOTED,
            "reason": _REASON,
            "read": _READ,
            "note": _NOTE,
        },
    ),
    records.SetAsideRecord: (
        "hc:SetAside",
        {
            "source": _SOURCE,
            "quotes": _QUOTED,
            "reason": _REASON,
        },
    ),
    records.DecisionRecord: (
        "hc:Decision",
        {
            "stated": States("rdf:subject rdf:predicate rdf:object", whole=_decided),
            "who": States("hc:decidedBy", _text),
            "when": States("hc:decidedOn", _date),
            "why": _REASON,
        },
    ),
}
"""Class of a record -> the class of its node, and what each of its fields states."""


# --------------------------------------------------------------------------------------------------------------- writer


class _Step(NamedTuple):
    """Statement that a field makes, with its terms made."""

    properties: tuple[IRI, ...]
    terms: Callable[[Value, Any, Statements], Terms] | None
    whole: Callable[[IRI, Value, tuple[IRI, ...], Statements], Iterable[Statement]] | None


class _Class(NamedTuple):
    """A class of records, compiled."""

    type: IRI
    values: Callable[[records.Record], tuple[Value, ...]]
    steps: tuple[_Step, ...]


def _compiled(name: str, fields: dict[str, States]) -> _Class:
    steps = (_Step(tuple(map(iri, field.properties.split())), field.terms, field.whole) for field in fields.values())
    return _Class(iri(name), attrgetter(*fields), tuple(steps))


_CLASSES = {kind: _compiled(name, fields) for kind, (name, fields) in TABLE.items()}
_NUMBERS = (int, Decimal, bool)
_OA = {
    name: IRI(OA + name)
    for name in (
        *("SpecificResource", "hasSource", "hasSelector", "TextQuoteSelector", "TextPositionSelector"),
        *("exact", "prefix", "suffix", "start", "end"),
    )
}


class Statements:
    """Writer of the quads of one graph: `namespace` is what the IRIs of nodes begin with, `language` the curator's.

    An empty language is one that is not known: texts have no tag then.
    """

    def __init__(self, graph: IRI, namespace: str, language: str) -> None:
        self.graph, self.namespace, self.language = graph, namespace, language

    def of(self, record: records.Record) -> list[Quad]:
        """Return the quads of a record."""
        node, graph = self.node(record.id), self.graph
        kind, values, steps = _CLASSES[type(record)]
        quads = [Quad(node, TYPE, kind, graph)]
        for value, (properties, terms, whole) in zip(values(record), steps, strict=True):
            if not value and type(value) not in _NUMBERS:
                continue
            if terms:
                quads += [Quad(node, properties[0], term, graph) for term in terms(value, record, self)]
            elif whole:
                quads += [Quad(*statement, graph) for statement in whole(node, value, properties, self)]
        return quads

    def node(self, short_id: str) -> IRI:
        """Return the node of a short id, of a CURIE of another dataset with the same base, or of an IRI."""
        if "/" in short_id:
            return IRI(short_id)
        dataset, _, own = short_id.rpartition(":")
        return IRI(f"{self.namespace[:-1].rpartition('/')[0]}/{dataset}/{own}" if dataset else self.namespace + own)

    def quote(self, node: IRI, quote: records.QuoteRecord) -> Iterator[Statement]:
        """State a quote as the Web Annotation model does (4.1 specific resources, 4.2.4 and 4.2.5 selectors)."""
        selector = IRI(f"{node.value}.text")
        yield node, TYPE, _OA["SpecificResource"]
        yield node, _OA["hasSource"], self.node(quote.source)
        yield node, _OA["hasSelector"], selector
        yield selector, TYPE, _OA["TextQuoteSelector"]
        for name in ("exact", "prefix", "suffix"):
            if words := getattr(quote, name):
                yield selector, _OA[name], tagged(words, quote.language or self.language)
        if quote.span:
            position = IRI(f"{node.value}.position")
            yield node, _OA["hasSelector"], position
            yield position, TYPE, _OA["TextPositionSelector"]
            for name, number in zip(("start", "end"), quote.span, strict=True):
                yield position, _OA[name], typed(str(number), "nonNegativeInteger")
