"""Records of claims, assertions, arguments and what they are about, as a person or a table states them.

Every record has an `id`, which is short: a word with hyphens, unique in its dataset.  Other records are named by their
ids, concepts by their preferred labels ("randomised trial"), dates and durations as they are written ("2011-07", "10
weeks").  What is not said is "", () or None.  `kg.model.statements` makes the quads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

Several = str | tuple[str, ...]
"""One text or id, or several."""
CURATOR = "curator"
"""Word for whoever wrote the data down, where an argument names who argues so."""


class QuoteRecord(NamedTuple):
    """Words of a source, and where they stand in its text."""

    source: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    span: tuple[int, int] | None = None
    """Start and end in the text, in code points."""
    language: str = ""
    """That the source is printed in; empty for that of the curator."""


class BiasRecord(NamedTuple):
    """Judgement of the risk of bias of a study, in one domain."""

    domain: str
    judgement: str
    tool: str = ""
    by: str = ""
    """Id of an agent or a source."""


class TopicRecord(NamedTuple):
    """Subject of claims: a condition, a treatment, a population, an outcome."""

    id: str
    label: str = ""
    kind: str = ""
    definition: Several = ""
    broader: Several = ""
    matches: Several = ""
    """IRIs of the same concept in other vocabularies."""
    note: Several = ""


class AgentRecord(NamedTuple):
    """Speaker: a person, an organisation, a group."""

    id: str
    name: str = ""
    kind: str = ""
    part_of: Several = ""
    url: str = ""
    note: Several = ""


class SourceRecord(NamedTuple):
    """A publication, page or recording in which something is said."""

    id: str
    type: str = ""
    """A word of `kg.model.statements.SOURCE_TYPES`."""
    title: str = ""
    text: str = ""
    """The full text."""
    printed: str | None = None
    """Language tag of title and text; "" if it is not known, None for that of the curator."""
    language: str = ""
    """As the source record states it."""
    authors: Several = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    date: str = ""
    doi: Several = ""
    pmid: Several = ""
    pmcid: Several = ""
    url: Several = ""
    rights: str = ""
    status: str = ""
    retraction_date: str = ""
    retraction_reason: Several = ""
    cites: Several = ""
    reports: Several = ""
    """Ids of studies, at first hand."""
    reports_on: Several = ""
    """Ids of studies, at second hand."""
    excludes: Several = ""
    """Ids of studies that it leaves out."""
    supersedes: Several = ""
    read: str = ""
    note: Several = ""


class StudyRecord(NamedTuple):
    """A piece of research, apart from the publications that report it."""

    id: str
    label: str = ""
    design: str = ""
    participants: int | None = None
    population: Several = ""
    registration: Several = ""
    setting: Several = ""
    follow_up: str = ""
    limitations: Several = ""
    includes: Several = ""
    """Ids of the studies that a review or pooled analysis takes in."""
    number_of_studies: int | None = None
    searched: str = ""
    """Date until which a review searched."""
    excludes: Several = ""
    reanalysis_of: Several = ""
    risk_of_bias: tuple[BiasRecord, ...] = ()
    read: str = ""
    note: Several = ""


class ArmRecord(NamedTuple):
    """A group of a study."""

    id: str
    study: str = ""
    label: str = ""
    intervention: Several = ""
    n: int | None = None
    note: Several = ""


class FindingRecord(NamedTuple):
    """A figure that a study found or an assertion gives."""

    id: str
    owner: str = ""
    """Id of the study or the assertion."""
    label: str = ""
    measure: str = ""
    effect: str = ""
    value: int | Decimal | None = None
    bound: str = ""
    """exactly, at least, at most or about."""
    unit: str = ""
    interval: tuple[int | Decimal, ...] = ()
    """Lower and upper end."""
    confidence: int | Decimal | None = None
    p: str = ""
    n: int | None = None
    population: Several = ""
    prespecified: bool | None = None
    without: Several = ""
    """Ids of studies or sources that it leaves out."""
    arm: Several = ""
    comparator: Several = ""
    time: str = ""
    outcome: Several = ""
    threshold: str = ""
    read: str = ""
    note: Several = ""


class ClaimRecord(NamedTuple):
    """A sentence that can be affirmed or denied, and its scope."""

    id: str
    text: str = ""
    kind: str = ""
    effect: str = ""
    about: Several = ""
    population: Several = ""
    intervention: Several = ""
    comparator: Several = ""
    outcome: Several = ""
    time: str = ""
    same_as: Several = ""
    """Ids of claims that say the same; of another dataset, CURIEs."""
    different_from: Several = ""
    broader: Several = ""
    narrower: Several = ""
    contrary_to: Several = ""
    note: Several = ""


class AssertionRecord(NamedTuple):
    """Stance of an agent on a claim in a source."""

    id: str
    claim: str = ""
    agent: Several = ""
    stance: str = ""
    source: str = ""
    quotes: tuple[QuoteRecord, ...] = ()
    hedged: str = ""
    directness: str = ""
    """Indirect for an estimate of what was not compared: a network of trials may compare what no trial did."""
    date: str = ""
    evidence: str = ""
    certainty: Several = ""
    certainty_reasons: Several = ""
    certainty_by: str = ""
    """Id of a source."""
    traced_to: Several = ""
    read: str = ""
    note: Several = ""


class LeadRecord(NamedTuple):
    """A source that is still to be read for an assertion."""

    id: str
    assertion: str = ""
    source: Several = ""
    reason: Several = ""
    read: str = ""
    note: Several = ""


class ArgumentRecord(NamedTuple):
    """Argument from premises for, against or about the scope of a claim, an assertion, another argument, or a study."""

    id: str
    premises: Several = ""
    target: str = ""
    direction: str = ""
    """supports, opposes or qualifies."""
    directness: str = ""
    argued_by: Several = ""
    """Ids of agents, or `CURATOR`."""
    note: Several = ""


class InterestRecord(NamedTuple):
    """Interest of an agent in how a question is answered."""

    id: str
    agent: Several = ""
    interest_in: Several = ""
    kind: str = ""
    source: Several = ""
    quotes: tuple[QuoteRecord, ...] = ()
    note: Several = ""


class DriftRecord(NamedTuple):
    """Drift of an assertion from what it derives from."""

    id: str
    assertion: Several = ""
    origin: Several = ""
    kind: str = ""
    certainty: str = ""
    """certain or possible."""
    quotes: tuple[QuoteRecord, ...] = ()
    reason: Several = ""
    read: str = ""
    note: Several = ""


class SetAsideRecord(NamedTuple):
    """Passages of a source that state no claim, and why they are left out."""

    id: str
    source: Several = ""
    quotes: tuple[QuoteRecord, ...] = ()
    reason: Several = ""


class DecisionRecord(NamedTuple):
    """Decision of a person on two claims or two sources."""

    id: str
    stated: tuple[str, str, str] = ("", "", "")
    """Id, CURIE of a property, id; an id of another dataset is a CURIE or an IRI."""
    who: str = ""
    when: str = ""
    why: str = ""


Record = (
    TopicRecord
    | AgentRecord
    | SourceRecord
    | StudyRecord
    | ArmRecord
    | FindingRecord
    | ClaimRecord
    | AssertionRecord
    | LeadRecord
    | ArgumentRecord
    | InterestRecord
    | DriftRecord
    | SetAsideRecord
    | DecisionRecord
)
