"""Base-score policy: how much one line of evidence weighs, by the kind of evidence that it rests on.

The numbers are somebody's judgement, so they are a file with a reason for each (`ontology/policy/default.yaml`, with
its JSON Schema beside it) that a user can replace, and never a constant in the program.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
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

    from jsonschema.exceptions import ValidationError

    from kg.store.terms import Literal

CERTAINTIES = ("high", "moderate", "low", "very low")
"""GRADE's words for the certainty of a body of evidence, from the highest."""


class Tier(NamedTuple):
    """Level of evidence; tiers are compared by `rank`."""

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


class Ladder(NamedTuple):
    """Tiers that kinds of evidence have for one kind of claim, where these are not the usual ones."""

    kind: str
    """Kind of the claims: "harm"."""
    allocated: bool
    """False for the claims of the kind that name no intervention, so that nobody could allocate it by chance."""
    evidence: Mapping[str, Tier]
    reviews: Mapping[str, Tier]
    """Kind of evidence -> the tier of a review of such evidence."""


class Figures(NamedTuple):
    """Numbers of the rules by which a line weighs less; the sentences are in `kg.arguments.rules`."""

    indirect: float
    imprecise: float
    few: float
    """Number of participants below which a result is imprecise."""
    hedged: float
    one_arm: Tier
    very_low_from: float
    """Share of a review's participants in retracted studies from which on it weighs as one of very low certainty."""
    nothing_above: float
    """The same, above which it carries nothing."""


@dataclass(frozen=True)
class Policy:
    """Base scores of lines, by tier of evidence."""

    name: str
    digest: str
    """SHA-256 of the file's bytes."""
    tiers: tuple[Tier, ...]
    """Tiers from the weakest to the strongest."""
    untraced: Tier
    """Tier of a named speaker's assertion without evidence that can be traced."""
    anonymous: Tier
    """Tier of the same by an anonymous or collective speaker, and of a premise without a stated kind of evidence."""
    shares: Mapping[str, float]
    """Certainty ("very low") -> the share of its base score that a line keeps where its source states it."""
    min_retained: float
    """Share of its base score that a line must keep under the attacks that count, to stand."""
    figures: Figures
    ladders: tuple[Ladder, ...]

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

    def stated(self, kind: Tier | None, designs: list[Tier], *, is_traced: bool, is_named: bool) -> Tier:
        """Return the tier of what somebody says: of its kind of evidence, if traced, and not above its design.

        Else it is that of a voice, which somebody with a name, or with an origin, has.
        """
        found = min([kind, *designs]) if kind and is_traced else None
        if found is None or found.rank <= self.untraced.rank:
            found = min(found or self.untraced, self.untraced if is_named else self.anonymous)
        return found

    @cached_property
    def review(self) -> Tier:
        """Return the tier of a review whose certainty is stated, whatever it reviews."""
        return self.tier("systematic review") or self.tiers[-1]

    def ladder(self, kind: str, allocated: bool) -> Ladder | None:
        """Return the ladder of a kind of claim ("Harm"), if it has one of its own; the last that fits."""
        fitting = [x for x in self.ladders if _code(x.kind) == _code(kind) and (x.allocated or not allocated)]
        return fitting[-1] if fitting else None

    def share(self, certainty: str | None) -> float:
        """Return the share for a certainty ("very low", or `VeryLow` as in the IRI); 1 where none is stated."""
        return self._shares.get(_code(certainty or ""), 1.0)

    @cached_property
    def _shares(self) -> dict[str, float]:
        return {_code(word): share for word, share in self.shares.items()}


def read(path: str | os.PathLike[str] | None = None) -> Policy:
    """Return the policy in the file `path`, or the one that ships with `kg`.

    Raises UnreadableError if the file cannot be read, DataError with a sentence and a line for each fault of it.
    """
    file = Path(path) if path else _folder() / "default.yaml"
    written = yaml.parse(str(file), read_text(file))
    problems = list(written.problems)
    if path:  # the policy that ships is checked by a test, which saves loading what checks it
        problems = problems or list(_problems(written))
    if problems:
        raise DataError(problems)
    return _policy(written.value, sha256(read_bytes(file)))


def _folder() -> Path:
    return shipped("ontology") / "policy"


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
    kept = float(value["min_retained"])
    ladders = tuple(
        Ladder(
            str(ladder["kind"]),
            bool(ladder.get("allocated", True)),
            *(
                {_code(kind): named[tier] for kind, tier in ladder.get(key, {}).items()}
                for key in ("evidence", "reviews")
            ),
        )
        for ladder in value["ladders"].values()
    )
    return Policy(
        str(value["name"]), digest, tiers, untraced, anonymous, shares, kept, _figures(value["rules"], named), ladders
    )


def _figures(rules: dict[str, dict[str, Any]], named: Mapping[str, Tier]) -> Figures:
    pooled = rules["pooled-retraction"]
    return Figures(
        indirect=float(rules["indirect"]["share"]),
        imprecise=float(rules["imprecise"]["share"]),
        few=float(rules["imprecise"]["fewer-than"]),
        hedged=float(rules["hedged"]["share"]),
        one_arm=named[rules["one-arm"]["tier"]],
        very_low_from=float(pooled["very-low-from"]),
        nothing_above=float(pooled["nothing-above"]),
    )


def _evidence_kinds() -> tuple[str, ...]:
    """Return the labels of the ontology's evidence kinds."""
    from kg.store.syntax import parse

    file = shipped("ontology") / "concepts" / "evidence-kind.ttl"
    quads = parse(read_bytes(file), ".ttl", name=str(file))
    labels = [cast("Literal", quad.object) for quad in quads if quad.predicate.value == SKOS + "prefLabel"]
    return tuple(sorted(label.value for label in labels))


def _problems(written: yaml.Document) -> Iterator[Problem]:
    """Yield the faults of a policy; the later checks rely on the shape that the schema demands."""
    found = list(_by_schema(written)) or list(_order(written)) + list(_names(written))
    yield from found or _coverage(written, _evidence_kinds())


SENTENCES = {
    "additionalProperties": "{subject} has an unknown key {key}; there are {keys}",
    "required": "{subject} lacks its {key}",
    "type": "{subject} is not {wanted}: {value}",
    "minimum": "{subject} is negative: {value}; give a number from 0 to 1",
    "maximum": "{subject} is above 1: {value}; give a number from 0 to 1",
    "const": "{subject} says the version of the format, which is {wanted}",
    "minProperties": "{subject} is empty: name at least one",
    "pattern": "{subject} is empty: say why the numbers are as they are",
}
"""Keyword of JSON Schema -> the message of a fault; a test finds every keyword of the schema here."""
_HOLDERS = {"tiers": "tier", "rules": "rule", "ladders": "ladder"}
_TYPES = {"string": "a text", "number": "a number", "array": "a list", "object": "a mapping of keys"}


def _by_schema(written: yaml.Document) -> Iterator[Problem]:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(read_text(_folder() / "policy.schema.json")))
    problems = (problem for error in validator.iter_errors(written.value) for problem in _of_error(written, error))
    yield from dict.fromkeys(problems)


def _of_error(written: yaml.Document, error: ValidationError) -> Iterator[Problem]:
    """Yield the problems that an error of the schema stands for: one for each key, where it is about keys."""
    way, keyword, part = tuple(error.absolute_path), str(error.validator), cast("dict[str, Any]", error.schema)
    wanted, value = str(error.validator_value), cast("Any", error.instance)
    known = list(part.get("properties", ()))
    unknown = [key for key in value if key not in known] if keyword == "additionalProperties" else []
    missing = [key for key in part["required"] if key not in value] if keyword == "required" else []
    for key in [*unknown, *missing] or [""]:
        message = SENTENCES[keyword].format(
            subject=_subject(way), key=key, keys=", ".join(known), wanted=_TYPES.get(wanted, wanted), value=value
        )
        yield _problem(message, written.key_place((*way, key)) if key else written.place(way))


def _subject(way: yaml.Way) -> str:
    """Return "the policy", "tier opinion", "the score of tier opinion", "min_retained"."""
    if len(way) < 2:
        return str(way[0]) if way else "the policy"
    holder = f"{_HOLDERS.get(str(way[0]), way[0])} {way[1]}"
    return f"the {way[2]} of {holder}" if len(way) > 2 else holder


def _order(written: yaml.Document) -> Iterator[Problem]:
    """Yield where a ceiling is below its own score, or not below the score of the tier above."""
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
    value = written.value
    named: list[tuple[yaml.Way, str, str]] = [((key,), key, value[key]) for key in ("untraced", "anonymous")]
    named.append((("rules", "one-arm", "tier"), "rule one-arm", value["rules"]["one-arm"]["tier"]))
    for ladder, of in value["ladders"].items():
        for part in ("evidence", "reviews"):
            named += [(("ladders", ladder, part, x), f"ladder {ladder}", tier) for x, tier in of.get(part, {}).items()]
    for way, who, name in named:
        if name not in value["tiers"]:
            yield _problem(f"{who} names a missing tier {name}", written.place(way))


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
    """Return one key for "non-randomised study" and `NonRandomisedStudy`."""
    return re.sub(r"[^a-z0-9]", "", kind.lower())
