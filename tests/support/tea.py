"""A sound dataset about tea, and quotes from its page, for the tests of validation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import Place
from kg.load import put, read_all
from kg.readers import ParsedFile
from kg.store import MemoryStore

if TYPE_CHECKING:
    from pathlib import Path


TEXT = """Tea is good for you. Tea calms the nerves.
Some say that coffee does not.

Tea calms the nerves. Advertisement"""

PREFIXES = """
@prefix : <https://w3id.org/health-claims/id/tea/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

SOUND = f"""
:tea a hc:Topic ; skos:prefLabel "tea"@en ; hc:topicKind hc:Intervention .
:author a hc:Agent ; hc:name "The author"@en ; hc:agentKind hc:Person .
:page a hc:Source ; dcterms:title "On tea"@en ; schema:text \"\"\"{TEXT}\"\"\"@en .
:good a hc:Claim ; hc:text "Tea is good"@en ; hc:kind hc:Definition ; hc:about :tea .
:author-good a hc:Assertion ; hc:asserts :good ; hc:agent :author ; hc:stance hc:Affirms ; hc:source :page ;
  hc:quote :author-good.quote .
"""


def words(node: str, exact: str, *, source: str = ":page", more: str = "", position: str = "") -> str:
    """A quote in Turtle: `more` goes to its words, `position` is start and end."""
    start, _, end = position.partition(" ")
    return (
        f"{node} a oa:SpecificResource ; oa:hasSource {source} ; oa:hasSelector {node}.text"
        + (f", {node}.position . {node}.position oa:start {start} ; oa:end {end} .\n" if position else " .\n")
        + f'{node}.text a oa:TextQuoteSelector ; oa:exact "{exact}"@en {more} .\n'
    )


def loaded(folder: Path, turtle: str) -> tuple[MemoryStore, list[ParsedFile]]:
    file = folder / "tea" / "claims.ttl"
    file.parent.mkdir(exist_ok=True)
    file.write_text(PREFIXES + turtle)
    store, readings = MemoryStore(), read_all([file])
    put(store, readings)
    return store, readings


def with_place(reading: ParsedFile, places: dict[str, Place]) -> ParsedFile:
    known = {f"{reading.namespace}{name}": place for name, place in places.items()}
    return ParsedFile(reading.path, reading.format, reading.dataset, reading.namespace, reading.quads, (), known)


SET_ASIDE = ':ad a hc:SetAside ; hc:source :page ; hc:reason "advertising"@en ; hc:quote :ad.quote .' + words(
    ":ad.quote", "Advertisement"
)
