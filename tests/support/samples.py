"""Small disputes as Turtle, for the tests of what a person sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kg
from kg.store.terms import IRI, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.store import Store

NAMESPACE = "https://example.org/id/"
_PREFIXES = f"""
@prefix : <{NAMESPACE}> .
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix fabio: <http://purl.org/spar/fabio/> .
@prefix prism: <http://prismstandard.org/namespaces/basic/2.0/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def node(name: str) -> IRI:
    """Return the node `:name`."""
    return IRI(NAMESPACE + name)


def store_of(folder: Path, turtle: str) -> Store:
    """Return a store in memory that holds `turtle`, which may use the prefixes above."""
    file = folder / "sample.ttl"
    file.write_text(_PREFIXES + turtle, encoding="utf-8")
    graph = kg.open(":memory:")
    graph.load(file)
    return graph.store


def claim(name: str, text: str | None = None) -> str:
    """Return a claim as Turtle."""
    return f":{name} a hc:Claim ; hc:text {Literal(text or name, language='en')} .\n"


def assertion(name: str, claim: str, stance: str = "Affirms", extra: str = "") -> str:
    """Return an assertion by an agent of its own as Turtle."""
    return (
        f":{name} a hc:Assertion ; hc:asserts :{claim} ; hc:stance hc:{stance} ; hc:agent :{name}-agent {extra} .\n"
        f':{name}-agent a hc:Agent ; hc:name "{name} speaker"@en ; hc:agentKind hc:Person .\n'
    )


def argument(name: str, premise: str, direction: str, target: str) -> str:
    """Return an argument as Turtle; `premise` may name several nodes: ":a, :b"."""
    premises = premise if premise.startswith(":") else f":{premise}"
    return f":{name} a hc:Argument ; hc:premise {premises} ; hc:direction hc:{direction} ; hc:target :{target} .\n"


def everything(text: Callable[[str], str]) -> str:
    """Return a dispute that states every text field that a page shows; `text(field)` is what stands in the field."""

    def words(field: str, language: str | None = "en") -> str:
        return str(Literal(text(field), language=language) if language else Literal(text(field)))

    return f"""
:massage a hc:Topic ; skos:prefLabel {words("topic")} .
:people a hc:Topic ; skos:prefLabel {words("population")} .
:c a hc:Claim ; hc:text {words("claim")} ; hc:kind :kind ; hc:about :massage ; hc:population :people ;
  hc:intervention :massage ; hc:comparator :people ; hc:outcome :massage ; hc:timeFrame {words("time-frame")} .
:kind skos:prefLabel {words("claim-kind")} .
:other a hc:Claim ; hc:text {words("other-claim", "de")} .
:far a hc:Claim ; hc:text {words("far-claim")} .
:agent a hc:Agent ; hc:name {words("agent", "fr")} ; hc:agentKind :agent-kind .
:agent-kind skos:prefLabel {words("agent-kind")} .
:critic a hc:Agent ; hc:name {words("critic")} ; hc:agentKind hc:Anonymous .
:interest a hc:Interest ; hc:interestOf :agent ; hc:interestIn :massage ; hc:interestKind :interest-kind ;
  hc:source :paper ; hc:note {words("interest-note")} .
:interest-kind skos:prefLabel {words("interest-kind")} .
:article a hc:Source, fabio:WebPage ; dcterms:title {words("article-title", "de")} ; hc:sourceStatus hc:Retracted ;
  schema:url <javascript:alert(1)> ; hc:note {words("source-note")} ; hc:readIn {words("source-read-in", None)} .
:paper a hc:Source, fabio:JournalArticle ; dcterms:title {words("paper-title")} ; dc:creator {words("creator", None)} ;
  dcterms:date {words("source-date", None)} ; prism:publicationName {words("journal", None)} ;
  prism:volume {words("volume", None)} ; prism:number {words("issue", None)} ; prism:pageRange {words("pages", None)} ;
  prism:doi {words("doi", None)} ; fabio:hasPubMedId {words("pmid", None)} ; dc:publisher {words("publisher", None)} ;
  fabio:hasPubMedCentralId {words("pmcid", None)} ; hc:reports :study ; hc:sourceStatus hc:Superseded .
:newer a hc:Source ; dcterms:title {words("newer-title")} ; hc:supersedes :paper .
:study a hc:Study ; rdfs:label {words("study")} ; hc:design :design ; hc:participants 401 ;
  hc:registration {words("registration", None)} ; hc:setting {words("setting")} ; hc:population :people ;
  hc:followUp {words("follow-up", None)} ; hc:limitation {words("limitation")} ; hc:note {words("study-note")} ;
  hc:arm :arm ; hc:finding :finding .
:design skos:prefLabel {words("design")} .
:arm a hc:Arm ; rdfs:label {words("arm")} ; hc:n 136 .
:finding a hc:Finding ; rdfs:label {words("finding")} ; hc:measure {words("measure", None)} ; hc:value -2.9 ;
  hc:lower -4.0 ; hc:upper -1.8 ; hc:confidenceLevel 95 ; hc:unit {words("unit", None)} ; hc:arm :arm ;
  hc:pValue {words("p-value", None)} ; hc:comparator :arm ; hc:timePoint {words("time-point", None)} ;
  hc:outcome :massage ; hc:effectMeasure :effect ; hc:note {words("finding-note")} .
:effect skos:prefLabel {words("effect")} .
:said a hc:Assertion ; hc:asserts :c ; hc:stance hc:Affirms ; hc:agent :agent ; hc:source :article ;
  hc:date {words("date", None)} ; hc:quote :quote ; hc:evidenceKind :evidence ; hc:certainty :certainty ;
  hc:tracedTo :paper ; hc:finding :stated ; hc:readIn {words("read-in", None)} ; hc:note {words("assertion-note")} .
:evidence skos:prefLabel {words("evidence-kind")} .
:certainty skos:prefLabel {words("certainty")} .
:stated a hc:Finding ; rdfs:label {words("stated-figure")} ; hc:value 33 ; hc:unit "percent" .
:quote a oa:SpecificResource ; oa:hasSource :article ; oa:hasSelector :quote.text .
:quote.text a oa:TextQuoteSelector ; oa:exact {words("quote", "de")} ; oa:prefix {words("prefix")} .
:lead a hc:Lead ; hc:leadFor :said ; hc:source :newer ; hc:reason {words("lead")} .
:drift a hc:Drift ; hc:driftOf :said ; hc:driftFrom :finding ; hc:driftKind :drift-kind ; hc:reason {words("drift")} .
:drift-kind skos:prefLabel {words("drift-kind")} .
:against a hc:Assertion ; hc:asserts :other ; hc:stance hc:Affirms ; hc:agent :critic ; hc:source :article .
:g-against a hc:Argument ; hc:premise :against ; hc:target :c ; hc:direction hc:Opposes ;
  hc:note {words("argument-note")} .
:g-answer a hc:Argument ; hc:premise :finding ; hc:target :g-against ; hc:direction hc:Opposes .
:g-limit a hc:Argument ; hc:premise :other ; hc:target :c ; hc:direction hc:Qualifies .
:g-undercut a hc:Argument ; hc:premise :study ; hc:target :said ; hc:direction hc:Opposes .
:g-backs a hc:Argument ; hc:premise :paper ; hc:target :said ; hc:direction hc:Supports .
:silent a hc:Assertion ; hc:asserts :c ; hc:stance hc:NoEvidence ; hc:agent :critic ; hc:source :article .
:g-use a hc:Argument ; hc:premise :c ; hc:target :far ; hc:direction hc:Opposes .
"""


PAYLOADS = (
    "<script>hit()</script>",
    "</script><script>hit()</script>",
    '"><img src=x onerror=hit()>',
    "'><svg onload=hit()>",
    '" onmouseover="hit()" autofocus onfocus="hit()" x="',
    "javascript:hit()",
    "</style><script>hit()</script>",
    "</title><script>hit()</script>",
    "--><script>hit()</script><!--",
    "</text></svg><script>hit()</script>",
    "{{ cycler.__init__.__globals__ }}<iframe srcdoc='<script>parent.hit()</script>'>",
    "\u2028<math><mtext><style><img src onerror=hit()></style>",
    "<b onclick=hit()>href</b>",
)
"""Texts that would run a script, `hit()`, wherever one is not escaped."""


DISPUTE = (
    claim("c", "Massage relieves pain")
    + claim("trial", "A third reported less pain")
    + claim("setting", "A kind setting relieves pain")
    + assertion("says", "c")
    + assertion("doubt", "c", "Doubts")
    + assertion("reports", "trial")
    + argument("from-trial", "reports", "Supports", "c")
    + argument("it-is-the-setting", "setting", "Opposes", "from-trial")
)
"""A trial supports a claim that somebody doubts, and another claim undercuts the step from the trial to it."""
