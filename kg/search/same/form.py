"""Form of a claim: what its words are compared by, once inflections, small words and synonyms make no difference."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.search.same.words import folded, lexicon, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.search.same.words import Lexicon

_FRONTED = re.compile(r"^(\w+) ([^,]{1,60}), (.{8,})$", re.DOTALL)
"""Clause before a comma at the beginning of a sentence: "In adults, massage helps"."""
_END = re.compile(r"[\s.!\u2026]+$")
_PERCENT = frozenset({"percent", "prozent", "pourcent"})
_YEARS = range(1900, 2101)
_LIMITS = "<>\u2264\u2265"
LIGHT = 0.25
"""Weight of a word that tells little, beside 1 for others; quarters add up to the same in any order."""


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """Parsed words of one claim.

    Tokens are stems, `~class` for words of effects and scales, `=number` for names of one thing, `@group:number` for
    people.  `said` has the words that each was made of.
    """

    language: str
    is_listed: bool
    """False if there are no lists of words for its language: then only stems and numbers are compared."""
    is_question: bool
    is_open: bool
    """True for a question that no statement answers by yes or no: "how does massage help"."""
    tokens: frozenset[str]
    sequence: tuple[str, ...]
    """All tokens in their order, each as often as it occurs."""
    order: tuple[str, ...]
    """Stems of the words that tell something, in their order; of names, of effects too."""
    left: frozenset[str]
    """Tokens before the word of effect, or after it in a passive sentence."""
    right: frozenset[str]
    pivot: str
    """The word of effect at which the claim is split; "" if there is none."""
    negations: int
    numbers: frozenset[str]
    moments: frozenset[str]
    """Times of measurement, and limits: "> 3"."""
    counted: tuple[str, ...]
    """All numbers in their order."""
    dates: frozenset[str]
    """Years and months."""
    quantities: frozenset[int]
    is_hedged: bool
    is_advice: bool
    """True if it says what should be."""
    weight: float
    said: dict[str, str] = field(compare=False, hash=False)
    lexicon: Lexicon = field(compare=False, hash=False, repr=False)

    def weigh(self, token: str) -> float:
        """Return how much a token tells."""
        return LIGHT if token in self.lexicon.light else 1.0


def form_of(text: str, language: str = "") -> ClaimForm:
    """Return the form of a claim's text in a language; without one, in that of its small words."""
    known = lexicon(language, text)
    asked = folded(text).rstrip()
    is_question = asked.endswith(("?", "\uff1f", "\u061f"))
    asked = asked.lstrip("¿ ").removesuffix("?")
    for start in known.asked:
        asked = asked.removeprefix(start)
    asked = _END.sub("", asked)
    if (found := _FRONTED.match(asked)) and (found[1] in known.dropped or found[1] in known.moments):
        asked = f"{found[3]} {found[1]} {found[2]}"
    words = [part for word in split_words(asked) for part in known.parts(word)]
    return _Parser(known, words).form(is_question=is_question)


class _Parser:
    """Reader of the words of one claim, from the first to the last."""

    def __init__(self, known: Lexicon, words: list[str]) -> None:
        self._known, self._words = known, words
        self._stems = [known.stem(word) for word in words]
        self._tokens: list[str] = []
        self._order: list[str] = []
        self._said: dict[str, str] = {}
        self._pivot, self._than, self._passive = -1, -1, False
        self._negations, self._hedged, self._advises = 0, False, False
        self._numbers, self._moments, self._quantities = set[str](), set[str](), set[int]()
        self._dates, self._counted, self._turned = set[str](), list[str](), -1

    def form(self, *, is_question: bool) -> ClaimForm:
        place = 0
        while place < len(self._words):
            place += self._read(place)
        if self._turned >= 0 and self._pivot < 0:
            # A passive verb that is in no list: "is corrected by iron" is put as "iron corrects".
            verb = self._turned - 1
            self._tokens = [*self._tokens[self._turned :], self._tokens[verb], *self._tokens[:verb]]
        known, tokens = self._known, self._tokens
        split = self._pivot if self._pivot >= 0 else self._than
        before, after = tokens[: max(split, 0)], tokens[split + (split == self._pivot) :]
        if self._passive and split == self._pivot:
            before, after = after, before
        return ClaimForm(
            language=known.language,
            is_listed=known.is_listed,
            is_question=is_question,
            is_open=is_question and self._words[:1] != [] and self._words[0] in known.open,
            tokens=frozenset(tokens),
            sequence=tuple(tokens),
            order=tuple(self._order),
            left=frozenset(before) if split >= 0 else frozenset(),
            right=frozenset(after) if split >= 0 else frozenset(),
            pivot=tokens[self._pivot] if self._pivot >= 0 else "than" * (self._than >= 0),
            negations=self._negations,
            numbers=frozenset(self._numbers),
            moments=frozenset(self._moments),
            counted=tuple(self._counted),
            dates=frozenset(self._dates),
            quantities=frozenset(self._quantities),
            is_hedged=self._hedged,
            is_advice=self._advises,
            weight=sum(LIGHT if token in known.light else 1.0 for token in tokens),
            said=self._said,
            lexicon=known,
        )

    def _read(self, place: int) -> int:
        """Read what begins at a word; return of how many words it is."""
        word = self._words[place]
        if word[0] in _LIMITS:
            self._moments.add("".join(word.split()))
            return 1
        if word[0].isdecimal():
            self._number(word.replace(",", ""), place)
            return 1
        meaning, length = self._known.meaning(self._words, self._stems, place)
        if meaning is None:
            if word not in self._known.dropped and word not in _PERCENT:
                self._add(self._stems[place], place, 1)
            return 1
        kind, value = meaning
        if kind == "negations":
            self._negations += 1
            self._said.setdefault("not", " ".join(self._words[place : place + length]))
        elif kind == "negated":
            self._negations += 1
            self._said.setdefault("not", word)
            self._words[place], self._stems[place] = value, self._known.stem(value)
            return self._read(place) if value not in self._known.dropped else 1
        elif kind == "hedges":
            self._hedged = True
        elif kind == "advice":
            self._advises = True
        elif kind == "number":
            self._number(value, place)
        elif kind == "quantity":
            self._quantities.add(int(value))
            self._said[f"quantity {value}"] = " ".join(self._words[place : place + length])
        elif kind == "than":
            self._than = len(self._tokens)
            self._said.setdefault("than", word)
        elif kind == "months":
            self._date(value=word)
        elif kind == "reversed":
            # What is caused stands before these words: "is a side effect of".
            self._passive |= self._pivot < 0
            self._known_word("effects", "cause", place, length)
        elif kind == "passive" or (kind == "means" and self._at(place - 2) in self._known.copulas):
            self._passive |= self._ends_with_pivot()
            if self._tokens and self._known.is_ordered and self._at(place - 1).endswith(("ed", "en")):
                self._turned = len(self._tokens)
        elif kind != "means" and (kind != "units" or not self._beside_number(place)):
            self._known_word(kind, value, place, length)
        return length

    def _ends_with_pivot(self) -> bool:
        """Return True if the last word is one of effect, or "worse" of "made worse"."""
        last = len(self._tokens) - 1
        return self._pivot >= 0 and last - self._pivot <= (self._tokens[self._pivot] == "~make")

    def _known_word(self, kind: str, value: str, place: int, length: int) -> None:
        if kind == "effects" and self._pivot < 0:
            self._pivot = len(self._tokens)
        sign = {"effects": "~", "scales": "~", "synonym": "=", "group": "@"}.get(kind)
        self._add(f"{sign}{value}" if sign else self._stems[place], place, length)

    def _add(self, token: str, place: int, length: int) -> None:
        if token[0] != "=" or self._tokens[-1:] != [token]:  # "smoking cigarettes" is one name twice
            self._tokens.append(token)
        self._order += [self._stems[each] for each in self._told(place, length)]
        self._said.setdefault(token, " ".join(self._words[place : place + length]))

    def _told(self, place: int, length: int) -> Iterator[int]:
        """Yield the places of words but small ones."""
        return (each for each in range(place, place + length) if self._words[each] not in self._known.dropped)

    def _number(self, value: str, place: int) -> None:
        """Enter a number as a time of measurement, or as one that belongs to the claim."""
        moments, before, after = self._known.moments, self._at(place - 1), self._at(place + 1)
        unit = self._known.stem(after) if self._is("units", after) else ""
        if value.isdecimal() and int(value) in _YEARS:
            self._date(value)
            return
        is_moment = before in moments or before in self._known.labels or bool(unit and self._at(place + 2) in moments)
        is_counted = self._is("units", before)
        if is_moment or is_counted:
            self._moments.add(f"{value} {unit or (self._known.stem(before) if is_counted else '')}")
            return
        number = f"{value} {unit}".strip()
        self._numbers.add(number)
        self._counted.append(value)
        self._said[f"number {number}"] = " ".join(filter(None, (self._words[place], after if unit else "")))

    def _date(self, value: str) -> None:
        self._dates.add(value)
        self._said[f"date {value}"] = value

    def _at(self, place: int) -> str:
        return self._words[place] if 0 <= place < len(self._words) else ""

    def _is(self, kind: str, word: str) -> bool:
        meaning = self._known.meaning([word], [self._known.stem(word)], 0)[0] if word else None
        return meaning is not None and meaning.kind == kind

    def _beside_number(self, place: int) -> bool:
        around = (self._at(place - 1), self._at(place + 1))
        return any(word[:1].isdecimal() or self._is("number", word) for word in around)
