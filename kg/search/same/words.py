"""Lexicon of a language: the words that decide if two claims say the same, from `ontology/concepts/claim-words.yaml`.

A word stands for its inflections, which are found by their stem (Snowball, Porter 2001).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import snowballstemmer

from kg.files import read_text, shipped
from kg.readers.claim_files.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ENGLISH = "en"
_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Language -> its stemmer."""
_SPELLINGS = [
    (re.compile(pattern), by)
    for pattern, by in (
        ("ae(?=[mst])|oe(?=[sd])", "e"),
        ("rrhoea", "rrhea"),
        ("(?<=[a-z]{2})our(?=s?$|ed$|ing$)", "or"),
        ("is(?=(?:e[ds]?|ing|ation)$)", "iz"),
    )
]
"""British spellings, and the American ones that they are compared by."""
_WORD = re.compile(
    r"[<>\u2264\u2265]=?\s*\d+(?:[.,]\d+)*|[^\W\d_][^\W_]*(?:-(?:\d[^\W_]*|[^\W\d_]\b))*|\d+(?:[.,]\d+)*"
)
"""A word, with what tells it from others of its name: covid-19, LDL-C; or a number; or a limit, "> 3"."""
_SIGNS = str.maketrans({"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-"})
_SHORT_PART = 3
"""Letters of the first part of a compound: more than these."""
_SHORT_NOT = re.compile(r"n't\b")


class WordMeaning(NamedTuple):
    """Kind of a word or phrase and what tells it from others of the kind: ("effect", "lessen")."""

    kind: str
    value: str


class Lexicon:
    """Words of one language by what they mean for a comparison; a language without a part has stems alone."""

    def __init__(self, language: str, part: Mapping[str, Any] | None) -> None:
        self.language = language
        self.is_listed = part is not None
        self._part = part or {}
        name = _STEMMERS.get(language)
        self._stemmer = snowballstemmer.stemmer(name) if name else None
        self._stems: dict[str, str] = {}
        self._irregular: Mapping[str, str] = self._part.get("irregular", {})
        self.is_ordered = bool(self._part.get("ordered"))
        self.dropped = frozenset(self._part.get("dropped", ()))
        self.open = frozenset(self._part.get("open", ()))
        self.moments = frozenset(self._part.get("moments", ()))
        self.heads = tuple(self._part.get("heads", ()))
        self.copulas = frozenset(self._part.get("copulas", ()))
        self.labels = frozenset(self._part.get("labels", ()))
        self.asked = tuple(f"{folded(start)} " for start in self._part.get("asked", ()))
        self.light = self._light()
        self.denying = frozenset(f"~{name}" for name in self._part.get("denying", ()))
        self.support = frozenset(f"~{name}" for name in self._part.get("support", ()))
        self._meanings: dict[tuple[str, ...], WordMeaning] = {}
        self._fill(sorted(self._listed(), key=lambda each: len(each[0])))
        self._longest = Counter[str]()
        for words in self._meanings:
            self._longest[words[0]] = max(self._longest[words[0]], len(words))
        self.contrary = _pairs(self._part.get("contrary", ()))
        self.near = _pairs(self._part.get("near", ()))

    def stem(self, word: str) -> str:
        """Return what the inflections of a word have in common; of an English word, in American spelling."""
        if word[:1].isdecimal():
            return word
        if word not in self._stems:
            word = folded(word)
            spelt = self._irregular.get(word, word)
            if self.language == ENGLISH:
                for pattern, by in _SPELLINGS:
                    spelt = pattern.sub(by, spelt)
            self._stems[word] = self._stemmer.stemWord(spelt) if self._stemmer else spelt
        return self._stems[word]

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a compound with a known last part: Krebsrisiko; of another word, itself."""
        for head in self.heads:
            if word.endswith(head) and len(word) > len(head) + _SHORT_PART:
                return word.removesuffix(head), head
        return (word,)

    def meaning(self, words: Sequence[str], stems: Sequence[str], start: int) -> tuple[WordMeaning | None, int]:
        """Return the meaning of the longest phrase that begins at `start`, and of how many words it is."""
        most = max(self._longest[words[start]], self._longest[stems[start]])
        for length in range(min(most, len(words) - start), 0, -1):
            # A small word is no inflection of another: "for" is not "four".
            for told in (words,) if length == 1 and words[start] in self.dropped else (words, stems):
                if found := self._meanings.get(tuple(told[start : start + length])):
                    return found, length
        return None, 1

    def _fill(self, listed: Sequence[tuple[str, WordMeaning]]) -> None:
        """Enter each phrase as it is written, and by its stems where these are of no other phrase or a longer one."""
        split = [(split_words(phrase), meaning) for phrase, meaning in listed]
        for words, meaning in split:
            self._meanings.setdefault(tuple(words), meaning)
        for words, meaning in split:
            self._meanings.setdefault(tuple(map(self.stem, words)), meaning)

    def _light(self) -> frozenset[str]:
        """Return the tokens that tell little: stems, and names and classes of which one is listed."""
        listed = set(self._part.get("light", ()))
        named = {f"={place}" for place, names in enumerate(self._part.get("synonyms", ())) if listed & set(names)}
        classes = {f"~{name}" for name, words in self._part.get("effects", {}).items() if listed & set(words)}
        return frozenset({*map(self.stem, listed), *named, *classes})

    def _listed(self) -> Iterator[tuple[str, WordMeaning]]:
        """Yield each word or phrase of the part with its meaning."""
        part = self._part
        for kind in ("negations", "passive", "means", "than", "hedges", "advice", "units", "reversed", "months"):
            yield from ((phrase, WordMeaning(kind, "")) for phrase in part.get(kind, ()))
        for kind in ("effects", "scales"):
            yield from (
                (phrase, WordMeaning(kind, name)) for name, phrases in part.get(kind, {}).items() for phrase in phrases
            )
        yield from ((word, WordMeaning("negated", what)) for word, what in part.get("negated", {}).items())
        yield from (
            (word, WordMeaning("number", f"{float(value):g}")) for word, value in part.get("numbers", {}).items()
        )
        for kind, lists in (("quantity", part.get("quantities", ())), ("synonym", part.get("synonyms", ()))):
            yield from ((phrase, WordMeaning(kind, str(place))) for place, each in enumerate(lists) for phrase in each)
        for name, lists in part.get("groups", {}).items():
            yield from (
                (phrase, WordMeaning("group", f"{name}:{place}")) for place, each in enumerate(lists) for phrase in each
            )


def folded(text: str) -> str:
    """Return `text` as its words are compared: NFC, case folded, one sort of apostrophes and hyphens."""
    return unicodedata.normalize("NFC", text.casefold()).translate(_SIGNS)


def split_words(text: str) -> list[str]:
    """Return the words and numbers of a text; `n't` is a word of its own."""
    return _WORD.findall(_SHORT_NOT.sub(" not", folded(text).replace("cannot", "can not").replace("won't", "will not")))


def lexicon(tag: str, text: str) -> Lexicon:
    """Return the lexicon of a language; of a text without a tag, the one most of whose small words occur in it."""
    if tag:
        return _lexicon(re.split("[-_]", tag.lower())[0])
    words = set(split_words(text))
    small = {name: len(words & _lexicon(name).dropped) for name in _parts()}
    return _lexicon(max(small, key=lambda name: (small[name], name == ENGLISH)))


@cache
def _lexicon(language: str) -> Lexicon:
    return Lexicon(language, _parts().get(language))


@cache
def _parts() -> dict[str, Any]:
    path = shipped("ontology") / "concepts" / "claim-words.yaml"
    found: dict[str, Any] = parse(str(path), read_text(path)).value
    return found


def _pairs(listed: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for one, other in listed for pair in ((f"~{one}", f"~{other}"), (f"~{other}", f"~{one}")))
