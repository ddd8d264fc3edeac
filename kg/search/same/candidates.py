"""Candidates for being the same claim: those that share rare words, a bounded number for each claim.

A list of claims under a rare word, or under two words together, is looked through as a whole; of a longer one only the
neighbours in the order of all words are (the sorted-neighbourhood method of Hernández and Stolfo, SIGMOD 1995).  So the
time grows with the number of claims and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import combinations
from math import fsum, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.search.same.form import ClaimForm

MOST = 12
"""Candidates of one claim that are judged."""
_LISTED = 60
"""Claims under one word or two that are looked through."""
_AROUND = 6
"""Neighbours on either side in a longer list."""
_PAIRED = 4
"""Rare words of a claim that are looked up two by two too."""


class Candidates:
    """Index of claims by their tokens; those of other languages are no candidates."""

    def __init__(self, forms: Sequence[ClaimForm]) -> None:
        self._forms = forms
        by_token: defaultdict[str, list[int]] = defaultdict(list)
        for number, form in enumerate(forms):
            for token in form.tokens:
                by_token[token].append(number)
        many = len(forms)
        self._value = {token: log(1 + many / len(listed)) for token, listed in by_token.items()}
        self._lists: dict[object, list[int]] = {}
        for token, listed in by_token.items():
            if 1 < len(listed) <= _LISTED:
                self._lists[token] = listed
        del by_token
        pairs: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for number, form in enumerate(forms):
            for pair in self._pairs(form):
                pairs[pair].append(number)
        # In a list in the order of all words the neighbours of a claim are those that share most of them.
        order = {number: place for place, number in enumerate(sorted(range(many), key=self._sorted_words))}
        self._place = [order[number] for number in range(many)]
        for pair, listed in pairs.items():
            if len(listed) > 1:
                self._lists[pair] = sorted(listed, key=self._place.__getitem__)

    def of(self, number: int, most: int = MOST) -> list[int]:
        """Return the claims that share most with a claim, by what their common words tell, the best first."""
        form, found = self._forms[number], set[int]()
        for key in (*form.tokens, *self._pairs(form)):
            if listed := self._lists.get(key):
                found.update(self._near(listed, number))
        found.discard(number)
        shared = [
            (-fsum(self._value[token] for token in form.tokens & self._forms[other].tokens), other)
            for other in found
            if self._forms[other].language == form.language
        ]
        return [other for _, other in sorted(shared)[:most]]

    def share(self, number: int, other: int) -> float:
        """Return how much of what two claims are about they share, by the rarity of their words (Dice)."""
        forms = self._forms[number], self._forms[other]
        one, two = ({token for token in form.tokens if token[0] != "~"} for form in forms)
        whole = self._worth(forms[0], one) + self._worth(forms[1], two)
        return 2 * self._worth(forms[0], one & two) / whole if whole else 0.0

    def _worth(self, form: ClaimForm, tokens: Iterable[str]) -> float:
        return fsum(form.weigh(token) * self._value[token] for token in tokens)

    def _near(self, listed: list[int], number: int) -> Iterable[int]:
        if len(listed) <= _LISTED:
            return listed
        place = bisect_left(listed, self._place[number], key=self._place.__getitem__)
        return listed[max(0, place - _AROUND) : place + _AROUND + 1]

    def _pairs(self, form: ClaimForm) -> Iterator[tuple[str, str]]:
        """Yield the rare words of a claim two by two, but for those that no other claim has."""
        return combinations(sorted(self._rarest(form)[:_PAIRED]), 2)

    def _rarest(self, form: ClaimForm) -> list[str]:
        alone = log(1 + len(self._forms))
        return sorted(
            (token for token in form.tokens if self._value[token] < alone),
            key=lambda token: (-self._value[token], token),
        )

    def _sorted_words(self, number: int) -> tuple[str, ...]:
        form = self._forms[number]
        return (*self._rarest(form), "", str(form.negations), *sorted(form.numbers))
