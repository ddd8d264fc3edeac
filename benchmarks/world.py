"""Generated data that look like the world: every kind of record of the seed, skewed, in as many files as one likes.

`python benchmarks/world.py CLAIMS FILES FOLDER` writes them as Turtle.  A few topics, claims, sources and agents are
hot, and most are cold: what a record refers to falls off as a power law.  Denials and doubts are premises too,
arguments target arguments and assertions, a claim is said in several sources, a file refers to records of the others.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "https://w3id.org/health-claims/id/world/"
_HEAD = f"""@prefix w: <{NAMESPACE}> .
@prefix hc: <https://w3id.org/health-claims/ontology#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prism: <http://prismstandard.org/namespaces/basic/2.0/> .
@prefix fabio: <http://purl.org/spar/fabio/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_TREATMENTS = (
    *("massage", "acupuncture", "yoga", "ibuprofen", "exercise", "heat", "cold", "manipulation", "walking", "taping"),
    *("swimming", "meditation", "magnesium", "turmeric", "fasting", "sauna", "music", "light", "vitamin", "probiotics"),
)
_CONDITIONS = (
    *("back pain", "neck pain", "migraine", "insomnia", "fatigue", "anxiety", "asthma", "eczema", "knee pain"),
    *("high blood pressure", "colds", "shoulder pain", "depression", "obesity", "heartburn", "dizziness"),
)
_VERBS = ("relieves", "helps with", "does not help with", "worsens", "prevents", "shortens")
_STANCES = ("Affirms",) * 14 + ("Denies", "Denies", "Doubts", "Doubts", "NoEvidence")
_DIRECTIONS = ("Supports",) * 6 + ("Opposes", "Opposes", "Qualifies", "Qualifies")
_DESIGNS = ("SystematicReview", "RandomisedTrial", "RandomisedTrial", "CohortStudy", "CaseSeries", "ExpertOpinion")
_GENRES = ("JournalArticle",) * 6 + ("SystematicReview", "NewspaperArticle", "WebPage", "PressRelease", "Report")
_STATUS = ("Current",) * 12 + ("Superseded", "Corrected", "Retracted")


class World:
    """Records of `claims` claims; equal arguments give equal records."""

    def __init__(self, claims: int, seed: int = 1) -> None:
        self.claims = claims
        self.chance = random.Random(seed)
        self.sources, self.studies = max(5, claims * 2 // 5), max(4, claims // 4)
        self.agents, self.topics = max(4, claims // 20), max(6, claims // 50)

    def hot(self, kind: str, number: int, power: float = 3.0) -> str:
        """Return a record of a kind, more often one of the first than one of the last."""
        return f"w:{kind}-{int(number * self.chance.random() ** power)}"

    def near(self, number: int) -> int:
        """Return a claim for a record of the claim `number`: its own, one of the hot ones, or any that came before."""
        dice = self.chance.random()
        if dice < 0.5:
            return number
        return int(self.claims * self.chance.random() ** 4) if dice < 0.85 else self.chance.randrange(number + 1)

    def records(self, first: int, last: int) -> Iterator[str]:
        """Yield the records of the claims from `first` to before `last`, as Turtle."""
        for number in range(first, last):
            yield from self._claim(number)
            yield from self._assertions(number)
            yield from self._argument(number)
            for kind, many in (("source", self.sources), ("study", self.studies), ("agent", self.agents)):
                yield from self._shared(kind, number, many)
            yield from self._shared("topic", number, self.topics)

    def _shared(self, kind: str, number: int, many: int) -> Iterator[str]:
        """Yield those of the `many` records of a kind that belong to the claim `number`."""
        made = {"source": self._source, "study": self._study, "agent": self._agent, "topic": self._topic}[kind]
        for one in range(number * many // self.claims, (number + 1) * many // self.claims):
            yield from made(one)

    def _claim(self, number: int) -> Iterator[str]:
        chance = self.chance
        treatment, verb, condition = chance.choice(_TREATMENTS), chance.choice(_VERBS), chance.choice(_CONDITIONS)
        scope = f" in group {number % 977}" if number % 3 else ""
        yield f'w:claim-{number} a hc:Claim ; hc:text "{treatment.title()} {verb} {condition}{scope}, case {number}"@en'
        yield f" ; hc:kind hc:{chance.choice(('Efficacy', 'Efficacy', 'Harm', 'Mechanism', 'Economic'))}"
        yield f" ; hc:about {self.hot('topic', self.topics)} , {self.hot('topic', self.topics)}"
        for name, share in (("intervention", 0.6), ("outcome", 0.8), ("population", 0.8), ("comparator", 0.2)):
            if chance.random() < share:
                yield f" ; hc:{name} {self.hot('topic', self.topics)}"
        yield " .\n"

    def _assertions(self, number: int) -> Iterator[str]:
        """Yield an assertion of the claim, and now and then others: three sources may say the same."""
        for turn in range(self.chance.choice((1, 1, 1, 2, 3))):
            node = f"w:assertion-{number}-{turn}"
            claim = number if turn == 0 else self.near(number)
            source = self.hot("source", self.sources, 2)
            yield f"{node} a hc:Assertion ; hc:asserts w:claim-{claim} ; hc:stance hc:{self.chance.choice(_STANCES)}"
            yield f" ; hc:agent {self.hot('agent', self.agents, 2)} ; hc:source {source}"
            if self.chance.random() < 0.5:
                yield f" ; hc:evidenceKind hc:{self.chance.choice(_DESIGNS)}"
                yield f" ; hc:tracedTo {self.hot('study', self.studies, 1.5)}"
            if self.chance.random() < 0.1:
                yield f" ; hc:certainty hc:{self.chance.choice(('Low', 'VeryLow', 'Moderate'))}"
                yield ' ; hc:date "2019"^^xsd:gYear'
            has_quote = self.chance.random() < 0.6
            yield f" ; hc:quote {node}.quote .\n" if has_quote else " .\n"
            if has_quote:
                yield from self._quote(node, source)
            if self.chance.random() < 0.06:
                yield f"{node}-drift a hc:Drift ; hc:driftOf {node} ; hc:driftFrom {self.hot('study', self.studies)}"
                yield ' ; hc:driftKind hc:PopulationWidened ; hc:reason "Said of more people than were studied."@en .\n'
            if self.chance.random() < 0.02:
                yield f"{node}-lead a hc:Lead ; hc:leadFor {node} ; hc:source {self.hot('source', self.sources)}"
                yield ' ; hc:reason "The page has the sentence nearly word for word."@en .\n'

    def _quote(self, node: str, source: str) -> Iterator[str]:
        start = self.chance.randrange(4000)
        words = f"{self.chance.choice(_TREATMENTS)} {self.chance.choice(_VERBS)} {self.chance.choice(_CONDITIONS)}"
        yield f"{node}.quote a oa:SpecificResource ; oa:hasSource {source}"
        yield f" ; oa:hasSelector {node}.quote.position , {node}.quote.text .\n"
        yield f"{node}.quote.position a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + len(words)} .\n"
        yield f'{node}.quote.text a oa:TextQuoteSelector ; oa:exact "{words}, in words {start}"@en .\n'

    def _argument(self, number: int) -> Iterator[str]:
        """Yield an argument from what is said of the claim to another claim, or to what is said of that."""
        if number % 10 == 9:
            return
        premise = self.chance.choice((f"assertion-{number}-0",) * 6 + (f"claim-{number}",))
        kind = self.chance.choice(("claim", "claim", "claim", "argument", "assertion"))
        # What an argument targets came before it, so that no chain of arguments closes to a circle.
        hit = min(self.near(number), number)
        hit = max(0, number - 1) if hit == number else hit
        hit -= kind == "argument" and hit % 10 == 9
        name = f"assertion-{hit}-0" if kind == "assertion" else f"{kind}-{hit}"
        yield f"w:argument-{number} a hc:Argument ; hc:target w:{name}"
        yield f" ; hc:direction hc:{self.chance.choice(_DIRECTIONS)}"
        yield f" ; hc:directness hc:{self.chance.choice(('Direct', 'Indirect'))} ; hc:premise w:{premise}"
        if self.chance.random() < 0.25:
            yield f" , w:assertion-{self.near(number)}-0"
        yield ' ; hc:note "Another outcome."@en .\n' if self.chance.random() < 0.4 else " .\n"

    def _source(self, number: int) -> Iterator[str]:
        node, chance = f"w:source-{number}", self.chance
        year = 1990 + number % 35
        yield f'{node} a hc:Source , fabio:{chance.choice(_GENRES)} ; dcterms:title "Report {number} on treatments"@en'
        yield f' ; dc:creator "Author {number % 5003} et al." ; dcterms:date "{year}"^^xsd:gYear'
        yield f" ; hc:sourceStatus hc:{chance.choice(_STATUS)}"
        if number % 2:
            # One in fifty is there twice, with the DOI in other letters.
            doi = f"10.5555/W.{number - 2 if number % 100 == 51 else number}"
            yield f' ; prism:doi "{doi.lower() if number % 100 == 51 else doi}"'
            yield f' ; prism:publicationName "Journal {number % 61}"'
            yield f" ; hc:reports {self.hot('study', self.studies, 1)} ; hc:cites {self.hot('source', self.sources)}"
        if number % 40 == 7:
            yield f" ; hc:supersedes w:source-{number - 1}"
        yield " .\n"

    def _study(self, number: int) -> Iterator[str]:
        node, chance = f"w:study-{number}", self.chance
        people = chance.randrange(12, 900)
        yield f'{node} a hc:Study ; rdfs:label "Trial {number}"@en ; hc:design hc:{chance.choice(_DESIGNS)}'
        yield f' ; hc:participants {people} ; hc:limitation "{people} people of one town"@en'
        yield f" ; hc:arm {node}-arm ; hc:finding {node}-finding .\n"
        yield f'{node}-arm a hc:Arm ; rdfs:label "Treated"@en ; hc:n {people // 2}'
        yield f" ; hc:intervention {self.hot('topic', self.topics)} .\n"
        value = chance.randrange(-90, 40) / 100
        yield f'{node}-finding a hc:Finding ; rdfs:label "Less of it after {number % 50} weeks"@en ; hc:arm {node}-arm'
        yield f' ; hc:value {value} ; hc:lower {value - 0.2:.2f} ; hc:upper {value + 0.2:.2f} ; hc:unit "points"'
        yield f" ; hc:outcome {self.hot('topic', self.topics)} ; hc:effectMeasure hc:MeanDifference .\n"

    def _agent(self, number: int) -> Iterator[str]:
        node = f"w:agent-{number}"
        yield f'{node} a hc:Agent ; hc:name "Speaker {number}"@en ; hc:agentKind hc:Organisation .\n'
        if number % 7 == 3:
            yield f"{node}-interest a hc:Interest ; hc:interestOf {node}"
            yield f" ; hc:interestIn {self.hot('topic', self.topics)}"
            yield f" ; hc:interestKind hc:TradeAssociation ; hc:source {self.hot('source', self.sources)} .\n"

    def _topic(self, number: int) -> Iterator[str]:
        yield f'w:topic-{number} a hc:Topic ; skos:prefLabel "topic {number}"@en ; hc:topicKind hc:Outcome'
        yield f" ; skos:broader w:topic-{number // 9} .\n" if number > 8 else " .\n"


def write(folder: Path, claims: int, files: int, seed: int = 1) -> list[Path]:
    """Write `claims` claims in `files` Turtle files into `folder`, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    world, paths = World(claims, seed), []
    for number in range(files):
        path = folder / f"world-{number:04}.ttl"
        first, last = number * claims // files, (number + 1) * claims // files
        with path.open("w", encoding="utf-8") as file:
            file.write(_HEAD)
            file.writelines(world.records(first, last))
        paths.append(path)
    return paths


if __name__ == "__main__":
    write(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2]))
