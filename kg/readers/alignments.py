"""Other people's vocabularies for claims and arguments, stated in ours beside their own words.

A mapping is a SPARQL CONSTRUCT file of `ontology/mappings/`: what it maps in its first comment, and a line
`# for: NAMESPACE`, one or more.  It is applied, at a load, to the graphs of a file that uses a term of that namespace;
the triples of the file are kept.  Those for one vocabulary are applied in the order of their names.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.files import read_text, shipped
from kg.model.ids import claim_id
from kg.model.literals import concept
from kg.namespaces import HC
from kg.store.terms import IRI, TYPE, Literal, bind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.store.terms import Functions, Quad

FUNCTIONS: Functions = {IRI(HC + "claimId"): lambda text: Literal(claim_id(text.value))}
"""Functions that mappings call beside SPARQL's: the id of a claim with these words (`kg.model.ids.claim_id`)."""
_WORDS = "VALUES (?read ?byWords) { (UNDEF UNDEF) }"
_BARE = "VALUES (?bare ?byBare) { (UNDEF UNDEF) }"
_ADVERBS = {"keep": '"^(no adverb) "', "weaken": '"^(no weak adverb) "'}
"""Places of a mapping for words of verdicts; unbound, it reads numbers only."""
_AROUND = r"^[\s\"'“”«»\u2018\u2019*]+|[\s\"'“”«»\u2018\u2019*.!]+$"
_FOR = re.compile(r"^# for: (\S+)$", re.MULTILINE)


def mappings(vocabularies: Collection[str], namespace: str) -> tuple[str, ...]:
    """Return the mappings for the namespaces that a file uses, as queries that name new nodes under `namespace`."""
    named = {"namespace": Literal(namespace)}
    return tuple(_with_words(bind(text, named)) for text, spaces in _shipped() if spaces & set(vocabularies))


@cache
def verdict_words() -> dict[str, dict[str, str]]:
    """Return the words of `ontology/concepts/verdict-words.yaml`: `ratings` or `columns` -> word -> stance."""
    from kg.readers.claim_files.yaml import parse

    path = shipped("ontology") / "concepts" / "verdict-words.yaml"
    parts = parse(str(path), read_text(path)).value
    return {
        part: {word: stance for stance, words in stances.items() for word in words} for part, stances in parts.items()
    }


@cache
def adverbs(how: str) -> str:
    """Return the pattern of a verdict's beginning with adverbs: those that `weaken` it, or that it is read without."""
    words = verdict_words()["adverbs"]
    chosen = sorted((word for word, kind in words.items() if how in ("keep", kind)), key=len, reverse=True)
    return f"^(({'|'.join(chosen)}) )+"


def is_known_rating(verdict: str) -> bool:
    """Return True if the words of a rating are those of the table, as the mapping of reviews compares them."""
    return stance_of_words(re.sub(_AROUND, "", verdict.strip()).lower(), "ratings") is not None


def stance_of_words(word: str, *parts: str) -> str | None:
    """Return the stance of a verdict in lower case by the words of these parts of the table, with adverbs or without.

    "largely unproven" is no evidence, as "unproven" is; "partly true" is doubted.
    """
    known = {name: stance for part in parts for name, stance in verdict_words()[part].items()}
    if word in known:
        return known[word]
    found = known.get(re.sub(adverbs("keep"), "", word))
    return "doubts" if found in ("affirms", "denies") and re.match(adverbs("weaken"), word) else found


def _with_words(mapping: str) -> str:
    """Return a mapping with the ratings in it, if it has their place."""
    if _WORDS not in mapping:
        return mapping
    words = verdict_words()["ratings"].items()
    rows = " ".join(f"({Literal(word)} {concept(stance)})" for word, stance in words)
    for place in (_WORDS, _BARE):
        mapping = mapping.replace(place, place.replace("(UNDEF UNDEF)", rows))
    for how, place in _ADVERBS.items():
        mapping = mapping.replace(place, f'"{adverbs(how)}"')
    return mapping


def spaces() -> frozenset[str]:
    """Return the namespaces that there is a mapping for."""
    return frozenset().union(*(spaces for _, spaces in _shipped()))


def used(quads: Iterable[Quad]) -> set[str]:
    """Return those of `spaces` from which a predicate or a class of `quads` comes."""
    terms = set(_vocabulary(quads))
    return {space for space in spaces() if any(term.startswith(space) for term in terms)}


@cache
def _shipped() -> tuple[tuple[str, frozenset[str]], ...]:
    texts = map(read_text, sorted((shipped("ontology") / "mappings").glob("*.rq")))
    return tuple((text, frozenset(_FOR.findall(text))) for text in texts)


def _vocabulary(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield the predicates and classes that are used."""
    for quad in quads:
        yield quad.predicate.value
        if quad.predicate == TYPE and isinstance(quad.object, IRI):
            yield quad.object.value
