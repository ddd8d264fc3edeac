"""The one table of what a curator may write: each key, the property that it states, and how its value becomes a term.

What a value may look like is the schema's business (schema.json); a test holds the two together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.namespaces import DC, FABIO, HC, PREFIXES, SKOS, expand
from kg.readers.claim_files import values
from kg.store.terms import IRI, TYPE, Literal, iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Statement = tuple[IRI, "IRI | Literal"]
"""A property and its value, of the record at hand."""

ALIGNED = {"mesh": PREFIXES["mesh"], "wikidata": PREFIXES["wd"], "snomed": PREFIXES["sct"]}
"""Key of a topic -> namespace of the vocabulary in which it names the same concept."""


class Context(NamedTuple):
    """What a value needs, besides itself, to become a term."""

    language: str
    """Of the curator's words."""
    printed: str
    """Of the words that the record takes over from its source."""
    node: Callable[[str], IRI]
    """The IRI of a short id."""


class Field(NamedTuple):
    """One key of a record."""

    form: Callable[[str, Field, Any, Context], Iterator[Statement]]
    property: str = ""
    """A CURIE, or several words for what the form needs."""
    kinds: tuple[str, ...] = ()
    """What an id here may name; empty if the value is not an id."""


class Section(NamedTuple):
    """A mapping of ids to records of one kind."""

    kind: str
    type: str
    fields: dict[str, Field]
    inner: tuple[str, ...] = ()
    """The keys under which a record holds records of its own, by id: names of SECTIONS."""
    link: str = ""
    """For records inside a record: the property from the outer to the inner one."""
    back: str = ""
    """For records inside a record: the property from the inner to the outer one."""


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _words(key: str, field: Field, value: Any, context: Context) -> Iterator[Statement]:
    return ((_iri(field.property), Literal(text, language=context.language)) for text in _each(value))


def _title(key: str, field: Field, value: str, context: Context) -> Iterator[Statement]:
    yield _iri(field.property), Literal(value, language=context.printed)


def _text(key: str, field: Field, value: Any, context: Context) -> Iterator[Statement]:
    return ((_iri(field.property), Literal(str(text))) for text in _each(value))


def _concept(key: str, field: Field, value: str, context: Context) -> Iterator[Statement]:
    yield _iri(field.property), concept(value)


def _reference(key: str, field: Field, value: Any, context: Context) -> Iterator[Statement]:
    return ((_iri(field.property), context.node(short_id)) for short_id in _each(value))


def _target(key: str, field: Field, value: str, context: Context) -> Iterator[Statement]:
    yield _iri(field.property), context.node(value)
    yield IRI(HC + "direction"), concept(key)


def _address(key: str, field: Field, value: str, context: Context) -> Iterator[Statement]:
    yield _iri(field.property), IRI(value)


def _match(key: str, field: Field, value: Any, context: Context) -> Iterator[Statement]:
    return ((IRI(SKOS + "exactMatch"), IRI(f"{ALIGNED[key]}{number}")) for number in _each(value))


def _source_type(key: str, field: Field, value: str, context: Context) -> Iterator[Statement]:
    yield TYPE, IRI(FABIO + SOURCE_TYPES[value])
    yield iri("dcterms:type"), Literal(value, language="en")


def _value(make: Callable[[Any], Literal | None]) -> Callable[[str, Field, Any, Context], Iterator[Statement]]:
    def form(key: str, field: Field, value: Any, context: Context) -> Iterator[Statement]:
        term = make(value)
        if term is not None:
            yield _iri(field.property), term

    return form


def _interval(key: str, field: Field, value: list[Any], context: Context) -> Iterator[Statement]:
    for name, number in zip(("hc:lower", "hc:upper"), value, strict=True):
        yield iri(name), values.decimal(number)


def _time_frame(key: str, field: Field, value: str, context: Context) -> Iterator[Statement]:
    yield _iri(field.property), values.duration(value) or Literal(value, language=context.language)


def _elsewhere(key: str, field: Field, value: Any, context: Context) -> Iterator[Statement]:
    """State nothing: a passage or a text file needs more than its value, see statements.py."""
    return iter(())


def concept(word: str) -> IRI:
    """Return the concept that a word of the schema means: "randomised trial" is hc:RandomisedTrial."""
    return IRI(HC + "".join(part.capitalize() for part in re.split(r"[\s-]+", word)))


@lru_cache(maxsize=256)
def _iri(name: str) -> IRI:
    return IRI(expand(name, PREFIXES | {"dc": DC}) or name)


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

_READ = Field(_text, "hc:readIn")
_NOTE = Field(_words, "hc:note")
_DATE = values.date
_DEFAULT_SOURCE = Field(_reference, "hc:source", ("source",))

_FINDING = {
    "label": Field(_words, "rdfs:label"),
    "measure": Field(_text, "hc:measure"),
    "effect": Field(_concept, "hc:effectMeasure"),
    "value": Field(_value(values.decimal), "hc:value"),
    "unit": Field(_text, "hc:unit"),
    "interval": Field(_interval, "hc:lower hc:upper"),
    "confidence": Field(_value(values.decimal), "hc:confidenceLevel"),
    "p": Field(_text, "hc:pValue"),
    "n": Field(_value(values.integer), "hc:n"),
    "arm": Field(_reference, "hc:arm", ("arm",)),
    "comparator": Field(_reference, "hc:comparator", ("arm", "topic")),
    "time": Field(_value(values.duration), "hc:timePoint"),
    "outcome": Field(_reference, "hc:outcome", ("topic",)),
    "read": _READ,
    "note": _NOTE,
}

SECTIONS: dict[str, Section] = {
    "topics": Section(
        "topic",
        "hc:Topic",
        {
            "label": Field(_words, "skos:prefLabel"),
            "kind": Field(_concept, "hc:topicKind"),
            "definition": Field(_words, "skos:definition"),
            "broader": Field(_reference, "skos:broader", ("topic",)),
            "mesh": Field(_match, "skos:exactMatch"),
            "wikidata": Field(_match, "skos:exactMatch"),
            "snomed": Field(_match, "skos:exactMatch"),
            "note": _NOTE,
        },
    ),
    "agents": Section(
        "agent",
        "hc:Agent",
        {
            "name": Field(_words, "hc:name"),
            "kind": Field(_concept, "hc:agentKind"),
            "part-of": Field(_reference, "dcterms:isPartOf", ("agent",)),
            "url": Field(_address, "schema:url"),
            "note": _NOTE,
        },
    ),
    "sources": Section(
        "source",
        "hc:Source",
        {
            "type": Field(_source_type, "rdf:type dcterms:type"),
            "title": Field(_title, "dcterms:title"),
            "text": Field(_elsewhere, "schema:text"),
            "language": Field(_text, "dcterms:language"),
            "authors": Field(_text, "dc:creator"),
            "container": Field(_text, "prism:publicationName"),
            "volume": Field(_text, "prism:volume"),
            "issue": Field(_text, "prism:number"),
            "pages": Field(_text, "prism:pageRange"),
            "publisher": Field(_text, "dc:publisher"),
            "date": Field(_value(_DATE), "dcterms:date"),
            "doi": Field(_text, "prism:doi"),
            "pmid": Field(_text, "fabio:hasPubMedId"),
            "pmcid": Field(_text, "fabio:hasPubMedCentralId"),
            "url": Field(_address, "schema:url"),
            "rights": Field(_text, "dc:rights"),
            "status": Field(_concept, "hc:sourceStatus"),
            "cites": Field(_reference, "hc:cites", ("source",)),
            "reports": Field(_reference, "hc:reports", ("study",)),
            "supersedes": Field(_reference, "hc:supersedes", ("source",)),
            "read": _READ,
            "note": _NOTE,
        },
    ),
    "studies": Section(
        "study",
        "hc:Study",
        {
            "label": Field(_words, "rdfs:label"),
            "design": Field(_concept, "hc:design"),
            "participants": Field(_value(values.integer), "hc:participants"),
            "population": Field(_reference, "hc:population", ("topic",)),
            "registration": Field(_text, "hc:registration"),
            "setting": Field(_words, "hc:setting"),
            "follow-up": Field(_value(values.duration), "hc:followUp"),
            "limitations": Field(_words, "hc:limitation"),
            "includes": Field(_reference, "hc:includesStudy", ("study",)),
            "read": _READ,
            "note": _NOTE,
        },
        inner=("arms", "findings"),
    ),
    "arms": Section(
        "arm",
        "hc:Arm",
        {
            "label": Field(_words, "rdfs:label"),
            "intervention": Field(_reference, "hc:intervention", ("topic",)),
            "n": Field(_value(values.integer), "hc:n"),
            "note": _NOTE,
        },
        link="hc:arm",
    ),
    "findings": Section("finding", "hc:Finding", _FINDING, link="hc:finding"),
    "claims": Section(
        "claim",
        "hc:Claim",
        {
            "text": Field(_words, "hc:text"),
            "kind": Field(_concept, "hc:kind"),
            "about": Field(_reference, "hc:about", ("topic",)),
            "population": Field(_reference, "hc:population", ("topic",)),
            "intervention": Field(_reference, "hc:intervention", ("topic",)),
            "comparator": Field(_reference, "hc:comparator", ("topic",)),
            "outcome": Field(_reference, "hc:outcome", ("topic",)),
            "time": Field(_time_frame, "hc:timeFrame"),
            "note": _NOTE,
        },
    ),
    "assertions": Section(
        "assertion",
        "hc:Assertion",
        {
            "claim": Field(_reference, "hc:asserts", ("claim",)),
            "agent": Field(_reference, "hc:agent", ("agent",)),
            "stance": Field(_concept, "hc:stance"),
            "source": _DEFAULT_SOURCE,
            "quote": Field(_elsewhere, "hc:quote"),
            "date": Field(_value(_DATE), "hc:date"),
            "evidence": Field(_concept, "hc:evidenceKind"),
            "certainty": Field(_concept, "hc:certainty"),
            "traced-to": Field(_reference, "hc:tracedTo", ("source", "study")),
            "read": _READ,
            "note": _NOTE,
        },
        inner=("figures", "leads"),
    ),
    "figures": Section("finding", "hc:Finding", _FINDING, link="hc:finding"),
    "leads": Section(
        "lead",
        "hc:Lead",
        {
            "source": Field(_reference, "hc:source", ("source",)),
            "why": Field(_words, "hc:reason"),
            "read": _READ,
            "note": _NOTE,
        },
        back="hc:leadFor",
    ),
    "arguments": Section(
        "argument",
        "hc:Argument",
        {
            "from": Field(_reference, "hc:premise", ("assertion", "claim", "finding", "source", "study")),
            "supports": Field(_target, "hc:target", ("claim", "assertion", "argument")),
            "opposes": Field(_target, "hc:target", ("claim", "assertion", "argument")),
            "qualifies": Field(_target, "hc:target", ("claim", "assertion", "argument")),
            "directness": Field(_concept, "hc:directness"),
            "note": _NOTE,
        },
    ),
    "interests": Section(
        "interest",
        "hc:Interest",
        {
            "of": Field(_reference, "hc:interestOf", ("agent",)),
            "in": Field(_reference, "hc:interestIn", ("topic", "study", "source", "claim")),
            "kind": Field(_concept, "hc:interestKind"),
            "source": _DEFAULT_SOURCE,
            "note": _NOTE,
        },
    ),
    "drifts": Section(
        "drift",
        "hc:Drift",
        {
            "in": Field(_reference, "hc:driftOf", ("assertion",)),
            "from": Field(_reference, "hc:driftFrom", ("source", "study", "finding", "assertion")),
            "kind": Field(_concept, "hc:driftKind"),
            "why": Field(_words, "hc:reason"),
            "read": _READ,
            "note": _NOTE,
        },
    ),
    "set-aside": Section(
        "set-aside",
        "hc:SetAside",
        {
            "source": _DEFAULT_SOURCE,
            "passage": Field(_elsewhere, "hc:quote"),
            "reason": Field(_words, "hc:reason"),
        },
    ),
}
"""Name of a section -> what its records may hold; the sections inside a record stand after it."""

NESTED = frozenset(key for section in SECTIONS.values() for key in section.inner)
"""The sections that do not stand at the top of a file."""

DEFAULTING = ("assertion", "interest", "set-aside")
"""The kinds whose source, left out, is the file's document."""
