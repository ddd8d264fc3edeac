"""Sections and keys of a claim file, and the field of a record that each key fills.

What a value may look like is the schema's business (schema.json), what a field states that of `kg.model.statements`;
tests hold the three together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kg.model import records as model
from kg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.readers.claim_files.yaml import Way

ALIGNED = {"mesh": PREFIXES["mesh"], "wikidata": PREFIXES["wd"], "snomed": PREFIXES["sct"]}
"""Key of a topic -> namespace of the vocabulary in which it names the same concept."""
TARGETS = ("supports", "opposes", "qualifies")
"""The keys of which an argument has exactly one: its direction."""
CLAIM_LINKS = ("same-as", "different-from", "broader", "narrower", "contrary-to")
"""The keys of a claim that name other claims."""
PASSAGES = ("quote", "passage")
"""The keys whose value is a passage of the source."""
QUOTING = ("assertion", "interest", "drift", "set-aside")
"""The kinds that have passages."""
DEFAULTING = ("assertion", "interest", "set-aside")
"""The kinds whose source, left out, is the file's document."""
RESERVED = {"argued-by": model.CURATOR}
"""Key -> a word that can stand there beside ids."""


class Field(NamedTuple):
    """One key of a record."""

    name: str
    """Of the field that it fills."""
    kinds: tuple[str, ...] = ()
    """Kinds of record that an id here may name; none if the value is not an id."""
    part: str = ""
    """Key of each item of the list under which the id stands; empty if the items are ids."""


class Section(NamedTuple):
    """A mapping of ids to records of one kind."""

    kind: str
    record: type[Any]
    fields: dict[str, Field]
    inner: tuple[str, ...] = ()
    """The keys under which a record holds records of its own, by id: names of SECTIONS."""
    outer: str = ""
    """For records inside a record: the field that names the outer one."""


def _plain(*keys: str) -> dict[str, Field]:
    """Return fields of the names of their keys, whose values are no ids."""
    return {key: Field(key.replace("-", "_")) for key in keys}


def _topics(*keys: str) -> dict[str, Field]:
    return {key: Field(key, ("topic",)) for key in keys}


_SOURCE = {"source": Field("source", ("source",))}
_NOTE = _plain("note")
_FIGURES = {
    **_plain("label", "measure", "effect", "value", "bound", "unit", "interval", "confidence", "p", "n"),
    **_topics("population"),
    **_plain("prespecified"),
    "without": Field("without", ("study", "source")),
    "arm": Field("arm", ("arm",)),
    "comparator": Field("comparator", ("arm", "topic")),
    **_plain("time"),
    **_topics("outcome"),
    **_plain("threshold", "read", "note"),
}

SECTIONS: dict[str, Section] = {
    "topics": Section(
        "topic",
        model.TopicRecord,
        {
            **_plain("label", "kind", "definition"),
            **_topics("broader"),
            **dict.fromkeys(ALIGNED, Field("matches")),
            **_NOTE,
        },
    ),
    "agents": Section(
        "agent",
        model.AgentRecord,
        {**_plain("name", "kind"), "part-of": Field("part_of", ("agent",)), **_plain("url", "note")},
    ),
    "sources": Section(
        "source",
        model.SourceRecord,
        {
            **_plain("type", "title", "text", "language", "authors", "container", "volume", "issue", "pages"),
            **_plain("publisher", "date", "doi", "pmid", "pmcid", "url", "rights", "status"),
            **_plain("retraction-date", "retraction-reason"),
            "cites": Field("cites", ("source",)),
            "reports": Field("reports", ("study",)),
            "reports-on": Field("reports_on", ("study",)),
            "excludes": Field("excludes", ("study",)),
            "supersedes": Field("supersedes", ("source",)),
            **_plain("read", "note"),
        },
    ),
    "studies": Section(
        "study",
        model.StudyRecord,
        {
            **_plain("label", "design", "participants"),
            **_topics("population"),
            **_plain("registration", "setting", "follow-up", "limitations"),
            "includes": Field("includes", ("study",)),
            **_plain("number-of-studies", "searched"),
            "excludes": Field("excludes", ("study",)),
            "reanalysis-of": Field("reanalysis_of", ("study",)),
            "risk-of-bias": Field("risk_of_bias", ("agent", "source"), "by"),
            **_plain("read", "note"),
        },
        inner=("arms", "findings"),
    ),
    "arms": Section(
        "arm",
        model.ArmRecord,
        {**_plain("label"), **_topics("intervention"), **_plain("n", "note")},
        outer="study",
    ),
    "findings": Section("finding", model.FindingRecord, _FIGURES, outer="owner"),
    "claims": Section(
        "claim",
        model.ClaimRecord,
        {
            **_plain("text", "kind", "effect"),
            **_topics("about", "population", "intervention", "comparator", "outcome"),
            **_plain("time"),
            **{key: Field(key.replace("-", "_"), ("claim",)) for key in CLAIM_LINKS},
            **_NOTE,
        },
    ),
    "assertions": Section(
        "assertion",
        model.AssertionRecord,
        {
            "claim": Field("claim", ("claim",)),
            "agent": Field("agent", ("agent",)),
            **_plain("stance"),
            **_SOURCE,
            "quote": Field("quotes"),
            **_plain("hedged", "directness", "date", "evidence", "certainty", "certainty-reasons"),
            "certainty-by": Field("certainty_by", ("source",)),
            "traced-to": Field("traced_to", ("source", "study")),
            **_plain("read", "note"),
        },
        inner=("figures", "leads"),
    ),
    "figures": Section("finding", model.FindingRecord, _FIGURES, outer="owner"),
    "leads": Section(
        "lead",
        model.LeadRecord,
        {**_SOURCE, "why": Field("reason"), **_plain("read", "note")},
        outer="assertion",
    ),
    "arguments": Section(
        "argument",
        model.ArgumentRecord,
        {
            "from": Field("premises", ("assertion", "claim", "finding", "source", "study")),
            **dict.fromkeys(TARGETS, Field("target", ("claim", "assertion", "argument", "study", "source"))),
            **_plain("directness"),
            "argued-by": Field("argued_by", ("agent",)),
            **_NOTE,
        },
    ),
    "interests": Section(
        "interest",
        model.InterestRecord,
        {
            "of": Field("agent", ("agent",)),
            "in": Field("interest_in", ("topic", "study", "source", "claim")),
            **_plain("kind"),
            **_SOURCE,
            "quote": Field("quotes"),
            **_NOTE,
        },
    ),
    "drifts": Section(
        "drift",
        model.DriftRecord,
        {
            "in": Field("assertion", ("assertion",)),
            "from": Field("origin", ("source", "study", "finding", "assertion")),
            **_plain("kind", "certainty"),
            "quote": Field("quotes"),
            "why": Field("reason"),
            **_plain("read", "note"),
        },
    ),
    "set-aside": Section(
        "set-aside", model.SetAsideRecord, {**_SOURCE, "passage": Field("quotes"), **_plain("reason")}
    ),
}
"""Name of a section -> what its records may hold; the sections inside a record stand after it."""

NESTED = frozenset(key for section in SECTIONS.values() for key in section.inner)
"""The sections that do not stand at the top of a file."""


class Written(NamedTuple):
    """One record as it stands in the file: an agent, an assertion, a finding."""

    section: Section
    id: str
    path: Way
    values: dict[str, Any]
    outer: Written | None = None
    """The record that it stands in."""

    @property
    def kind(self) -> str:
        """Its kind, in a word."""
        return self.section.kind

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


def written_records(value: Any) -> Iterator[Written]:
    """Yield the records of a file's value, in the order of the table of sections; what is no record is left out."""
    for name, section in SECTIONS.items():
        if name not in NESTED:
            yield from _section(name, section, value, (), None)


def subject(path: Way) -> str:
    """Return what the value at `path` is called in a sentence: "stance of assertion amta-relieves"."""
    names = [part for part in path if isinstance(part, str)]
    said = ""
    while names:
        section = SECTIONS.get(names[0])
        if section is None or len(names) == 1:
            return f"{names[0]} of {said}" if said else names[0]
        said = f"{section.kind} {names[1]}"
        names = names[2:]
    return said or "the file"


def _section(name: str, section: Section, holder: Any, path: Way, outer: Written | None) -> Iterator[Written]:
    found = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(found, dict):
        return
    for short_id, values in found.items():
        record = Written(section, short_id, (*path, name, short_id), values if isinstance(values, dict) else {}, outer)
        yield record
        for inner in section.inner:
            yield from _section(inner, SECTIONS[inner], record.values, record.path, record)
