"""Judgement on two claims by their forms: the same, contrary or neither, with a score and the reasons in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.search.same.form import ClaimForm

SAME, CONTRARY = "same", "contrary"
_LEAST_SHARED = 0.25
"""Likeness without opposites and forms of one word from which two claims are compared further."""
BY_FORM = 0.95
"""The score from which two claims are the same by form: nothing but question, inflection and order differ."""
_MOST_LIKELY, _REORDERED = 0.94, 0.9
LEAST_SAME, LEAST_CONTRARY = 0.78, 0.5
"""The scores from which a pair is proposed."""
_LEAST_LIGHT = 0.68
"""The same where what one claim alone says are words that tell little."""
_COSTS = {
    "near": 0.08,  # classes of effects that often say the same
    "hedged": 0.02,
    "form of a word": 0.03,
    "number in one": 0.25,
    "quantity in one": 0.12,
    "contrary of other": 0.04,  # what is denied is not all that differs
    "amounts alone": 0.15,  # contrary by numbers or quantities alone
    "in one": 0.2,  # what one of them alone says
    "substituted": 0.2,  # each claim has something that the other has not
}
"""Part of the likeness of two claims that is taken away, for each thing that differs."""
_SHARED_START, _LONGEST_ENDING = 5, 6
"""Letters by which two stems are those of one word: treat, treatment."""
_COVERED = 0.8
"""Part of what the shorter of two claims says that counts as the likeness of contrary claims."""
_LEAST_COVERED = 2.5
"""Weight of the words that this is of, at least."""
_PREFIXES = ("un", "in", "im", "ir", "non", "dis", "anti", "a")
"""Beginnings of a word that deny the rest of it: unsafe, inactive."""
_FEW = 1
"""Level of the quantities from which what is said of all is denied: nobody, few."""
_SYMMETRIC = frozenset({"~link", ""})


class Judgement(NamedTuple):
    """Relation of two claims: "same", "contrary", or "" for neither."""

    relation: str
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Difference:
    """Tokens that only one of two claims has, as they are paired with those of the other."""

    one: ClaimForm
    other: ClaimForm
    first: Counter[str]
    second: Counter[str]
    matched: float = 0.0
    near: list[tuple[str, str]] = field(default_factory=list)
    forms: list[tuple[str, str]] = field(default_factory=list)
    opposite: list[tuple[str, str]] = field(default_factory=list)

    def pair(self) -> None:
        """Pair opposites, then classes that are near, then forms of one word."""
        known = self.one.lexicon
        for pairs, listed in ((self.opposite, known.contrary), (self.near, known.near)):
            # "Helps to lower" says "lowers", and not "helps".
            classes = [
                sorted((token for token in own if token[0] == "~"), key=lambda token: (token in known.support, token))
                for own in (self.first, self.second)
            ]
            self._take(pairs, ((token, mate) for token in classes[0] for mate in classes[1] if (token, mate) in listed))
        words = [[token for token in sorted(own) if token.isalpha()] for own in (self.first, self.second)]
        self._take(
            self.opposite,
            ((token, mate) for token in words[0] for mate in words[1] if _is_denied_by_start(token, mate)),
        )
        by_start: defaultdict[str, list[str]] = defaultdict(list)
        for word in words[1]:
            by_start[word[:_SHARED_START]].append(word)
        self._take(
            self.forms,
            ((token, mate) for token in words[0] for mate in by_start[token[:_SHARED_START]] if _one_word(token, mate)),
        )

    def support(self) -> None:
        """Leave out verbs that only carry another: "helps to lower", "causes a rise of"."""
        for form, own in ((self.one, self.first), (self.other, self.second)):
            carried = any(token[0] == "~" for token in form.tokens - own.keys() - form.lexicon.support)
            for token in sorted(own.keys() & form.lexicon.support if carried else ()):
                self.matched += form.weigh(token) * own.pop(token) / 2

    def _take(self, pairs: list[tuple[str, str]], found: Iterable[tuple[str, str]]) -> None:
        for token, mate in found:
            if self.first[token] and self.second[mate]:
                pairs.append((token, mate))
                self.first -= Counter({token: 1})
                self.second -= Counter({mate: 1})
                self.matched += min(self.one.weigh(token), self.other.weigh(mate))


def _one_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHARED_START and long.startswith(short) and len(long) - len(short) <= _LONGEST_ENDING


def _is_denied_by_start(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHARED_START and any(long == start + short for start in _PREFIXES)


def judge(one: ClaimForm, other: ClaimForm, bonus: float = 0.0) -> Judgement:
    """Return how two claims in one language are related, as far as their words tell.

    `bonus` is added to the score of what may be the same, for what is known of the two beside their words.
    """
    if one.is_open != other.is_open:
        return Judgement("", 0.0, ())
    counts = Counter(one.sequence), Counter(other.sequence)
    apart = _Difference(one, other, counts[0] - counts[1], counts[1] - counts[0])
    common = sum(one.weigh(token) * times for token, times in (counts[0] & counts[1]).items())
    if (likeness := _likeness(apart, common)) < _LEAST_SHARED:
        return Judgement("", round(likeness / 2, 3), ())
    apart.pair()
    covered = _covered(apart, common)
    apart.support()
    likeness = _likeness(apart, common)
    if _of_others(one, other):
        return Judgement("", max(0.0, round(likeness / 2, 3)), ())
    swapped = _is_swapped(one, other)
    denials = list(_denials(apart, swapped=swapped))
    if denials:
        return _contrary(apart, max(likeness, covered), denials, undone=_twice_denied(apart, swapped=swapped))
    if swapped or _is_exchanged(one, other) or one.moments != other.moments or one.dates != other.dates:
        return Judgement("", round(likeness / 2, 3), ())
    most = _MOST_LIKELY
    if not apart.first and not apart.second:
        most = _order(one, other)
        if most == 1 and _is_by_form(one, other):
            return Judgement(SAME, *_by_form(one, other))
        if not most:
            return Judgement("", round(likeness / 2, 3), ())
    score = max(0.0, round(min(likeness - _cost(apart) + bonus, most, _MOST_LIKELY), 3))
    is_light = max(_extra(apart)) < 1 and not _has_other_numbers(one, other)
    is_same = (
        score >= (_LEAST_LIGHT if is_light else LEAST_SAME) and one.is_advice == other.is_advice and one.is_listed
    )  # without lists of words, who knows what differs
    return Judgement(SAME if is_same else "", score, tuple(_reasons(apart)))


def _likeness(apart: _Difference, common: float) -> float:
    """Return twice what the claims share, of all that they have (Dice)."""
    whole = apart.one.weight + apart.other.weight
    return 2 * (common + apart.matched) / whole if whole else 0.0


def _covered(apart: _Difference, common: float) -> float:
    """Return how much of the shorter claim the longer one has too, as a likeness."""
    least = min(apart.one.weight, apart.other.weight)
    return _COVERED * (common + apart.matched) / least if least >= _LEAST_COVERED else 0.0


def _of_others(one: ClaimForm, other: ClaimForm) -> bool:
    """Return True if the claims are about other people or another time."""
    if one.moments and other.moments and one.moments != other.moments:
        return True
    groups = [_groups(form) for form in (one, other)]
    return any(groups[0][kind] != groups[1][kind] for kind in groups[0].keys() & groups[1].keys())


def _groups(form: ClaimForm) -> dict[str, set[str]]:
    """Return how people are told apart -> which of them a claim is about: sex -> men and women."""
    found: dict[str, set[str]] = {}
    for token in form.tokens:
        if token[0] == "@":
            found.setdefault(token.partition(":")[0], set()).add(token)
    return found


def _of_other_things(one: ClaimForm, other: ClaimForm) -> bool:
    """Return True if what has the effect, or suffers it, has no word in the other claim, and so the other way."""
    if not one.lexicon.is_ordered or not one.pivot or not other.pivot:
        return False
    for sides in ((one.left, other.left), (one.right, other.right)):
        told = [
            {token for token in side if token[0] != "~" and form.weigh(token) == 1.0}
            for form, side in zip((one, other), sides, strict=True)
        ]
        if all(told) and not told[0] & other.tokens and not told[1] & one.tokens:
            return True
    return False


def _is_swapped(one: ClaimForm, other: ClaimForm) -> bool:
    """Return True if what has the effect in one claim suffers it in the other."""
    if not one.lexicon.is_ordered or one.pivot in _SYMMETRIC or other.pivot in _SYMMETRIC:
        return False
    moved = (one.left & other.right) - one.right - other.left, (one.right & other.left) - one.left - other.right
    return all(moved)


def _is_exchanged(one: ClaimForm, other: ClaimForm) -> bool:
    """Return True if numbers, or words of which one denies the other, stand in another order: low here, high there."""
    if one.counted != other.counted and sorted(one.counted) == sorted(other.counted):
        return True
    classes = [[token for token in form.sequence if token[0] == "~"] for form in (one, other)]
    return classes[0] != classes[1] and any(
        pair in one.lexicon.contrary for each in classes for pair in combinations(sorted(set(each)), 2)
    )


def _denials(apart: _Difference, *, swapped: bool) -> Iterator[str]:
    """Yield by what one of two claims denies the other."""
    one, other = apart.one, apart.other
    if one.negations != other.negations:
        denied = one if one.negations > other.negations else other
        yield f'one is negated ("{denied.said["not"]}")'
    for token, mate in apart.opposite:
        yield f'opposites: "{one.said[token]}" and "{other.said[mate]}"'
    yield from _other_numbers(one, other)
    if one.quantities and other.quantities and one.quantities != other.quantities:
        yield f"other quantities: {_amounts(one)} and {_amounts(other)}"
    elif bool(one.quantities) != bool(other.quantities) and min(one.quantities | other.quantities) <= _FEW:
        yield f"in one alone: {_amounts(one) or _amounts(other)}"
    elif _number_or_quantity(one, other) or _number_or_quantity(other, one):
        amounts = [_amounts(form) or _numbers(form, form.numbers) for form in (one, other)]
        yield f"other quantities: {amounts[0]} and {amounts[1]}"
    for form, own, others in ((one, apart.first, apart.second), (other, apart.second, apart.first)):
        if "~only" in own and any(each != "~only" and form.weigh(each) == 1.0 for each in others):
            yield f'"{form.said["~only"]}" excludes what the other says'
        for token in sorted(own.keys() & form.lexicon.denying):
            yield f'in one alone: "{form.said[token]}"'
    if swapped and "than" in one.said.keys() & other.said.keys():
        yield "what is compared changes places"


def _other_numbers(one: ClaimForm, other: ClaimForm) -> Iterator[str]:
    """Yield which numbers or dates two claims have in place of one another."""
    for name in ("number", "date"):
        both: list[frozenset[str]] = [getattr(form, f"{name}s") for form in (one, other)]
        own, others = both[0] - both[1], both[1] - both[0]
        # "Over 65" is "over 65 years".
        values = [{each.split()[0] for each in numbers} for numbers in (own, others)]
        if own and others and (values[0] != values[1] or all(" " in each for each in own | others)):
            yield f"other {name}s: {_numbers(one, own, name)} and {_numbers(other, others, name)}"


def _number_or_quantity(one: ClaimForm, other: ClaimForm) -> bool:
    """Return True if one claim says "all" or the like, and the other has a number in its place."""
    return bool(one.quantities and not other.quantities and other.numbers > one.numbers)


def _twice_denied(apart: _Difference, *, swapped: bool) -> bool:
    """Return True if one denial may undo the other: "does not relieve" and "worsens"."""
    negated, pivots = apart.one.negations != apart.other.negations, (apart.one.pivot, apart.other.pivot)
    opposed, others = pivots in apart.opposite, sum(pair != pivots for pair in apart.opposite)
    # "Lowers mortality" and "improves survival" are no contraries either.
    return (opposed and (negated or swapped or others == 1)) or (others == 1 and pivots in apart.near)


def _is_by_form(one: ClaimForm, other: ClaimForm) -> bool:
    """Return True if two claims of the same tokens have the same words and numbers."""
    alike = ("negations", "numbers", "quantities", "is_hedged", "is_advice")
    return sorted(one.order) == sorted(other.order) and all(
        getattr(one, name) == getattr(other, name) for name in alike
    )


def _order(one: ClaimForm, other: ClaimForm) -> float:
    """Return the most that two claims of the same tokens score by the order of these: 1 if it makes no difference."""
    parts = [[token for token in form.sequence if token != form.pivot] for form in (one, other)]
    if parts[0] == parts[1] or (one.pivot and (one.left, one.right) == (other.left, other.right)):
        return 1.0
    words = [" ".join(part) for part in (parts[0] * 2, parts[1])]
    turned = len(parts[0]) == len(parts[1]) and f" {words[1]} " in f" {words[0]} "
    # "In pregnancy" stands on either side of a verb; what would change sides with another is looked at before.
    return _REORDERED if turned or one.pivot or other.pivot or not one.lexicon.is_ordered else 0.0


def _by_form(one: ClaimForm, other: ClaimForm) -> tuple[float, tuple[str, ...]]:
    reasons = ["question and statement"] if one.is_question != other.is_question else []
    is_turned = sorted(one.order) == sorted(other.order) and one.sequence != other.sequence
    same = "same words in another order" if is_turned else "same words but for inflection and small words"
    score = 0.96 if is_turned else 0.99 if reasons else 0.98
    return score, (*reasons, same, *_unlisted(one))


def _unlisted(form: ClaimForm) -> Iterator[str]:
    if not form.is_listed:
        yield f'compared by stems and numbers alone: there are no lists of words for "{form.language}"'


def _contrary(apart: _Difference, likeness: float, denials: list[str], *, undone: bool) -> Judgement:
    """Return the judgement on claims of which one denies the other, if the rest of them is alike."""
    one, other = apart.one, apart.other
    score = likeness - _COSTS["contrary of other"] * min(_extra(apart))
    denying = (apart.first + apart.second).keys() & one.lexicon.denying
    is_sure = apart.opposite or denying or one.negations != other.negations
    doubt = 0.0 if is_sure else _COSTS["amounts alone"]
    if undone or score - doubt < LEAST_CONTRARY or _of_other_things(one, other):
        return Judgement("", round(likeness / 2, 3), ())
    return Judgement(CONTRARY, round(min(score, _MOST_LIKELY) - doubt, 3), tuple(denials))


def _has_other_numbers(one: ClaimForm, other: ClaimForm) -> bool:
    return set(one.counted) != set(other.counted)


def _extra(apart: _Difference) -> list[float]:
    """Return the weight of what each claim alone says."""
    both = (apart.one, apart.first), (apart.other, apart.second)
    return [sum(form.weigh(token) * times for token, times in own.items()) for form, own in both]


def _cost(apart: _Difference) -> float:
    one, other = apart.one, apart.other
    extra = _extra(apart)
    found = {
        "near": len(apart.near),
        "hedged": one.is_hedged != other.is_hedged,
        "form of a word": len(apart.forms),
        "number in one": _has_other_numbers(one, other),
        "quantity in one": one.quantities != other.quantities,
        "in one": max(extra),
        "substituted": max(extra) if min(extra) >= 1 else 0.0,
    }
    return sum(_COSTS[name] * times for name, times in found.items())


def _reasons(apart: _Difference) -> Iterator[str]:
    """Yield what differs between two claims that are likely the same."""
    one, other = apart.one, apart.other
    if one.is_question != other.is_question:
        yield "question and statement"
    for token in sorted(one.tokens & other.tokens):
        if token[0] in "~=" and one.lexicon.stem(one.said[token]) != one.lexicon.stem(other.said[token]):
            yield f'synonyms: "{one.said[token]}" and "{other.said[token]}"'
    for token, mate in apart.near:
        yield f'often the same: "{one.said[token]}" and "{other.said[mate]}"'
    for token, mate in apart.forms:
        yield f'forms of one word: "{one.said[token]}" and "{other.said[mate]}"'
    if one.is_hedged != other.is_hedged:
        yield "one is hedged"
    for form, own in ((one, apart.first), (other, apart.second)):
        if words := [form.said[token] for token in sorted(own)]:
            yield f"in one alone: {_listed(words)}"
    for form, numbers in ((one, one.numbers - other.numbers), (other, other.numbers - one.numbers)):
        if numbers:
            yield f"in one alone: {_numbers(form, numbers)}"
    if one.sequence != other.sequence and not apart.first and not apart.second and not apart.near and not apart.forms:
        yield "another order of words"


def _amounts(form: ClaimForm) -> str:
    return _listed(form.said[f"quantity {level}"] for level in form.quantities)


def _numbers(form: ClaimForm, numbers: Iterable[str], kind: str = "number") -> str:
    return _listed(form.said[f"{kind} {number}"] for number in numbers)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
