"""Details of the nodes and edges of the graph: texts, facts, figures and links, all as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import nodes, phrases
from kg.model.labels import NOT_NAMED
from kg.namespaces import DC, DCTERMS, local_name
from kg.pages.base.palette import LOOKS, stance_relation, verb_of
from kg.pages.graph.records import CONTAINER, NUMBER, PAGES, VOLUME
from kg.store.terms import IRI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.pages.graph.records import Records

NOUNS = {
    "affirms": "affirmation",
    "denies": "denial",
    "doubts": "doubt",
    "no evidence": "no evidence found",
    "inconclusive": "inconclusive finding",
    "stance not stated": "statement",
}
"""Each stance as a noun, which fits one speaker and several."""

_DATES = ("date", DCTERMS + "date")
_FACTS = {
    "claim": (
        ("kind", "Kind"),
        ("about", "About"),
        ("population", "Population"),
        ("intervention", "Intervention"),
        ("comparator", "Compared with"),
        ("outcome", "Outcome"),
        ("timeFrame", "Time"),
    ),
    "statement": (("stance", "Stance"), ("date", "Date"), ("evidenceKind", "Evidence"), ("certainty", "Certainty")),
    "argument": (("directness", "Directness"),),
    "thing": (),
    "study": (
        ("design", "Design"),
        ("participants", "Participants"),
        ("population", "Population"),
        ("setting", "Setting"),
        ("followUp", "Follow-up"),
        ("registration", "Registration"),
        ("limitation", "Limits"),
    ),
    "agent": (("agentKind", "Kind"), (DCTERMS + "isPartOf", "Part of")),
    "interest": (("interestKind", "Kind"), ("interestOf", "Of"), ("interestIn", "In"), ("source", "Stated in")),
    "source": (
        (DCTERMS + "type", "Kind"),
        (DC + "creator", "By"),
        (DCTERMS + "creator", "By"),
        (CONTAINER, "In"),
        (VOLUME, "Volume"),
        (NUMBER, "Issue"),
        (PAGES, "Pages"),
        (DC + "publisher", "Publisher"),
        (DCTERMS + "publisher", "Publisher"),
        (DCTERMS + "date", "Date"),
        ("sourceStatus", "Status"),
        (DCTERMS + "language", "Language"),
    ),
}


def premise(records: Records, node: str) -> str:
    """Return a premise in words: a denial with its verb, which the claim's own words would not say."""
    said = stance_relation(records.one(node, "stance"))
    if not records.is_a(node, "Assertion"):
        return records.name(node)
    claim = records.name(records.one(node, "asserts"))
    return claim if said == "affirms" else f"{LOOKS[said].word}: {claim}"


def describe(records: Records, iri: str, kind: str) -> dict[str, Any]:
    """Return the attributes of a node, before its edges are known."""
    language = records.language(iri, "text") or records.language(iri, "name")
    return {
        "kind": kind,
        "id": local_name(iri),
        "label": _label(records, iri, kind),
        "text": _text(records, iri, kind),
        "language": language,
        "topics": records.all(iri, "about") or records.all(iri, "interestIn"),
        "agents": [],
        "sources": [],
        "facts": [
            *([label, value] for name, label in _FACTS[kind] for value in _values(records, iri, name)),
            *([["Retraction", str(records.retracted[iri])]] if iri in records.retracted else []),
            *_standing(records, iri),
        ],
        "figures": [figure(records, found) for found in records.all(iri, "finding")],
        "quotes": quotes(records, iri) if kind == "statement" else [],
        "links": [list(link) for link in records.links(iri)],
        "note": " ".join(records.all(iri, "note")),
        "state": records.standings[iri].state if iri in records.standings else "",
        "standing": records.standings[iri].sentence if iri in records.standings else "",
        "disputed": False,
    }


def _standing(records: Records, iri: str) -> list[list[str]]:
    """Return the computed standing of a claim as facts: its strengths, how sure, and the way to the reasons."""
    standing = records.standings.get(iri)
    if standing is None:
        return []
    robust = "the same" if standing.robust else "not the same"
    return [
        ["Standing in figures", standing.sides()],
        *([["Certainty of the evidence", standing.certainty]] if standing.certainty else []),
        ["Under three ways of weighing", robust],
        ["Reasons", standing.explain],
    ]


def quotes(records: Records, assertion: str) -> list[dict[str, str]]:
    """Return the words of an assertion, each with who says them, where and when; one without words if it has none."""
    source, agent = records.one(assertion, "source"), records.one(assertion, "agent")
    said = {
        "who": records.name(agent) if agent else "",
        "stance": stance_relation(records.one(assertion, "stance")),
        "source": records.name(source) if source else "",
        "date": phrases.date(records.one(assertion, "date")),
        "id": local_name(assertion),
    }
    exact = {quote.exact.value: quote.exact.language or "" for quote in nodes.quotes(records.graph, IRI(assertion))}
    return [{"text": text, "language": language} | said for text, language in (exact or {"": ""}).items()]


def figure(records: Records, finding: str) -> str:
    """Return a finding on one line: what was found in words, then of the figure what the words do not say."""
    label, value = records.name(finding), records.one(finding, "value")
    stated = [records.one(finding, name) or None for name in ("unit", "lower", "upper", "confidenceLevel")]
    estimate = phrases.estimate(value or None, *stated)
    parts = (
        f"{records.words(finding, 'effectMeasure')} {estimate}".strip() if estimate else "",
        f"p {records.one(finding, 'pValue')}" if records.one(finding, "pValue") else "",
        f"n = {records.one(finding, 'n')}" if records.one(finding, "n") else "",
        f"at {records.words(finding, 'timePoint')}" if records.one(finding, "timePoint") else "",
    )
    return ": ".join(filter(None, (label, ", ".join(part for part in parts if part and part not in label))))


def sentence(start: Mapping[str, Any], kind: str, end: Mapping[str, Any]) -> str:
    """Return an edge in words: who or what, the verb, and what it is about."""
    return f"{start['label']} {LOOKS[kind].word}: {end['label']}"


def inference(premises: list[str], relation: str, target_premises: list[str], target: str) -> str:
    """Return an argument in words: what is put forward, and what it supports, opposes, challenges or limits."""
    quoted = f"the inference from {_quoted(target_premises)}" if target_premises else f"“{target}”"
    return f"{_quoted(premises)} {LOOKS[relation].word} {quoted}"


def _quoted(names: list[str]) -> str:
    return " with ".join(f"“{name}”" for name in names) or "something"


def _values(records: Records, iri: str, name: str) -> list[str]:
    """Return the values of a property for the reader: names of nodes on one line, each text on its own."""
    terms = records.terms(iri, name)
    if terms and all(isinstance(term, IRI) for term in terms):
        return [records.words(iri, name)]
    return [phrases.date(term.value) if name in _DATES else records.say(term) for term in terms]


def _label(records: Records, iri: str, kind: str) -> str:
    if kind == "statement":
        agent = records.one(iri, "agent")
        return f"{records.name(agent) if agent else NOT_NAMED}: {_noun(records, iri)}"
    return "inference" if kind == "argument" else _name(records, iri, kind)


def _text(records: Records, iri: str, kind: str) -> str:
    if kind == "statement":
        words = [quote["text"] for quote in quotes(records, iri) if quote["text"]]
        verb = verb_of(stance_relation(records.one(iri, "stance")))
        return " … ".join(words) or f"{verb}: {records.name(records.one(iri, 'asserts'))}"
    return _name(records, iri, kind)


def _noun(records: Records, assertion: str) -> str:
    return NOUNS[stance_relation(records.one(assertion, "stance"))]


def _name(records: Records, iri: str, kind: str) -> str:
    if kind == "interest":
        return ": ".join(filter(None, (records.words(iri, "interestKind"), records.words(iri, "interestIn"))))
    return records.name(iri)
