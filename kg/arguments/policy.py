"""The base-score policy: how much one line of evidence weighs by the kind of evidence it rests on.

The numbers are somebody's judgement, so they are a file with a reason for each (`ontology/policy/default.yaml`) that a
user can replace, and never a constant in the program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kg.errors import DataError, Place, Problem
from kg.files import read_bytes, read_text, sha256, shipped
from kg.namespaces import SKOS
from kg.readers.claim_files import yaml

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from kg.store.terms import Literal

_KEYS = ("policy", "name", "about", "tiers", "certainty", "untraced", "anonymous", "min_retained")
_OPTIONAL = ("about",)
CERTAINTIES = ("high", "moderate", "low", "very low")
"""GRADE's words for the certainty of a body of evidence, from the highest."""
_TIER_KEYS = ("label", "score", "ceiling", "evidence", "reason")


class Tier(NamedTuple):
    """A level of evidence; tiers are compared by `rank`."""

    rank: int
    """0 for the weakest."""
    name: str
    label: str
    score: float
    """The base score of one line."""
    ceiling: float
    """The most that any number of lines of the tier come to together."""
    evidence: tuple[str, ...]
    """The evidence kinds of the tier, as the ontology labels them."""
    reason: str


@dataclass(frozen=True)
class Policy:
    """What a line weighs."""

    name: str
    digest: str
    """SHA-256 of the file's bytes."""
    tiers: tuple[Tier, ...]
    """From the weakest to the strongest."""
    untraced: Tier
    """Of what a named speaker says without evidence that can be traced."""
    anonymous: Tier
    """Of the same by an anonymous or collective speaker, and of a premise of which no kind of evidence is stated."""
    shares: Mapping[str, float]
    """Certainty ("very low") -> the share of its base score that a line keeps where its source states it."""
    min_retained: float
    """The share of its base score that a line must keep under the attacks that count, to stand."""

    @cached_property
    def _by_evidence(self) -> dict[str, Tier]:
        return {_code(kind): tier for tier in self.tiers for kind in tier.evidence}

    @cached_property
    def _asked(self) -> dict[str, Tier | None]:
        return {}

    def tier(self, evidence: str) -> Tier | None:
        """Return the tier of an evidence kind: "randomised trial", or `RandomisedTrial` as in the IRI."""
        if evidence not in self._asked:
            self._asked[evidence] = self._by_evidence.get(_code(evidence))
        return self._asked[evidence]

    def share(self, certainty: str | None) -> float:
        """Return the share for a certainty ("very low", or `VeryLow` as in the IRI); 1 where none is stated."""
        return next((share for word, share in self.shares.items() if _code(word) == _code(certainty or "")), 1.0)


def read(path: str | os.PathLike[str] | None = None) -> Policy:
    """Return the policy in the file `path`, or the one that ships with `kg`.

    Raises UnreadableError if the file cannot be read, DataError with a sentence for each fault of it, and its line.
    """
    file = Path(path) if path else shipped("ontology") / "policy" / "default.yaml"
    written = yaml.parse(str(file), read_text(file))
    faults = list(written.problems) or list(_faults(written, _evidence_kinds()))
    if faults:
        raise DataError(faults)
    return _policy(written.value, sha256(read_bytes(file)))


def _policy(value: dict[str, Any], digest: str) -> Policy:
    tiers = tuple(
        Tier(
            rank,
            name,
            str(tier["label"]),
            float(tier["score"]),
            float(tier["ceiling"]),
            tuple(tier["evidence"]),
            " ".join(str(tier["reason"]).split()),
        )
        for rank, (name, tier) in enumerate(reversed(value["tiers"].items()))
    )
    named = {tier.name: tier for tier in tiers}
    untraced, anonymous = named[value["untraced"]], named[value["anonymous"]]
    shares = {word: float(value["certainty"][word]["share"]) for word in CERTAINTIES}
    return Policy(str(value["name"]), digest, tiers, untraced, anonymous, shares, float(value["min_retained"]))


def _evidence_kinds() -> tuple[str, ...]:
    """Return the labels of the ontology's evidence kinds."""
    from kg.store.syntax import parse

    file = shipped("ontology") / "concepts" / "evidence-kind.ttl"
    quads = parse(read_bytes(file), ".ttl", name=str(file))
    labels = [cast("Literal", quad.object) for quad in quads if quad.predicate.value == SKOS + "prefLabel"]
    return tuple(sorted(label.value for label in labels))


def _faults(written: yaml.Document, kinds: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what is wrong with a policy, the first kind of fault that there is: later checks rely on earlier ones."""
    for check in (_shape, _tier_shapes, _shares, _numbers, _order, _names):
        found = list(check(written))
        yield from found
        if found:
            return
    yield from _coverage(written, kinds)


def _shape(written: yaml.Document) -> Iterator[Problem]:
    if not isinstance(written.value, dict):
        yield _problem("a policy is a mapping with the keys " + ", ".join(_KEYS), Place(written.path, 1))
        return
    yield from _keys(written, (), _KEYS, _OPTIONAL)
    if "policy" in written.value and written.value["policy"] != 1:
        yield _problem("policy says the version of the format, which is 1", written.place(("policy",)))
    if "tiers" in written.value and not (isinstance(written.value["tiers"], dict) and written.value["tiers"]):
        yield _problem("tiers is a mapping from the name of a tier to what it holds", written.place(("tiers",)))


def _tier_shapes(written: yaml.Document) -> Iterator[Problem]:
    for name, tier in written.value["tiers"].items():
        if not isinstance(tier, dict):
            yield _problem(f"tier {name} needs {', '.join(_TIER_KEYS)}", written.place(("tiers", name)))
            continue
        yield from _keys(written, ("tiers", name), _TIER_KEYS, ())
        evidence = tier.get("evidence", [])
        if not (isinstance(evidence, list) and all(isinstance(kind, str) for kind in evidence)):
            yield _problem(
                f"evidence of tier {name} is a list of evidence kinds", written.place(("tiers", name, "evidence"))
            )
        if not str(tier.get("reason") or "").strip():
            yield _problem(f"tier {name} gives no reason for its numbers", written.place(("tiers", name)))


def _shares(written: yaml.Document) -> Iterator[Problem]:
    shares = written.value["certainty"]
    if not isinstance(shares, dict):
        yield _problem(f"certainty is a mapping with {', '.join(CERTAINTIES)}", written.place(("certainty",)))
        return
    yield from _keys(written, ("certainty",), CERTAINTIES, ())
    for word, share in shares.items():
        if not isinstance(share, dict):
            yield _problem(f"certainty {word} needs share, reason", written.place(("certainty", word)))
        else:
            yield from _keys(written, ("certainty", word), ("share", "reason"), ())


def _keys(written: yaml.Document, way: yaml.Way, keys: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[Problem]:
    value = written.value
    for step in way:
        value = value[step]
    what = " ".join(str(step) for step in way).replace("tiers", "tier") or "the policy"
    for key in value:
        if key not in keys:
            yield _problem(
                f"{what} has an unknown key {key}; there are {', '.join(keys)}", written.key_place((*way, key))
            )
    for key in keys:
        if key not in value and key not in optional:
            yield _problem(f"{what} lacks its {key}", written.key_place(way) if way else Place(written.path, 1))


def _numbers(written: yaml.Document) -> Iterator[Problem]:
    ways: list[yaml.Way] = [("tiers", name, key) for name in written.value["tiers"] for key in ("score", "ceiling")]
    ways += [("certainty", word, "share") for word in CERTAINTIES]
    for way in [*ways, ("min_retained",)]:
        value = written.value
        for step in way:
            value = value[step]
        what = f"the {way[-1]} of {str(way[0]).removesuffix('s')} {way[1]}" if len(way) > 1 else "min_retained"
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            yield _problem(f"{what} is not a number: {value}", written.place(way))
        elif value < 0:
            yield _problem(f"{what} is negative: {value}; give a number from 0 to 1", written.place(way))
        elif value > 1:
            yield _problem(f"{what} is above 1: {value}; give a number from 0 to 1", written.place(way))


def _order(written: yaml.Document) -> Iterator[Problem]:
    """From the strongest: each ceiling at least its own score, and below the score of the tier above."""
    above = None
    for name, tier in written.value["tiers"].items():
        way = ("tiers", name, "ceiling")
        if tier["ceiling"] < tier["score"]:
            message = f"the ceiling of tier {name}, {tier['ceiling']}, is below its own score, {tier['score']}"
            yield _problem(message, written.place(way))
        if above and tier["ceiling"] >= above[1]:
            message = (
                f"the ceiling of tier {name}, {tier['ceiling']}, reaches the score of tier {above[0]}, {above[1]}; "
                "tiers go from the strongest to the weakest, and no number of lines may cross into the next"
            )
            yield _problem(message, written.place(way))
        above = (name, tier["score"])


def _names(written: yaml.Document) -> Iterator[Problem]:
    for key in ("untraced", "anonymous"):
        name = written.value[key]
        if name not in written.value["tiers"]:
            yield _problem(f"{key} names a missing tier {name}", written.place((key,)))


def _coverage(written: yaml.Document, kinds: tuple[str, ...]) -> Iterator[Problem]:
    known, seen = {_code(kind) for kind in kinds}, dict[str, str]()
    for name, tier in written.value["tiers"].items():
        for position, kind in enumerate(tier["evidence"]):
            place = written.place(("tiers", name, "evidence", position))
            if _code(kind) not in known:
                yield _problem(f"there is no evidence kind {kind}; there are {', '.join(kinds)}", place)
            elif (first := seen.setdefault(_code(kind), name)) != name:
                yield _problem(f"{kind} is in two tiers, {first} and {name}", place)
    if missing := [kind for kind in kinds if _code(kind) not in seen]:
        yield _problem(f"no tier has {', '.join(missing)}", written.key_place(("tiers",)))


def _problem(message: str, place: Place) -> Problem:
    return Problem("violation", "policy", message, Place(place.path, place.line))


def _code(kind: str) -> str:
    """Return what "non-randomised study" and `NonRandomisedStudy` have in common."""
    return re.sub(r"[^a-z0-9]", "", kind.lower())
