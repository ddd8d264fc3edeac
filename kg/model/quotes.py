"""Quotes and the texts that they come from: where a quote stands, what is nearest to it, what nobody has quoted.

Positions are in code points, as those of a Web Annotation text position selector are (Web Annotation Data Model,
4.2.5).  A run of white space equals any other, since line breaks are the page's, not the author's, and what only sets
the same letters otherwise is read through: composed and decomposed letters (NFC, NFD), ligatures, soft hyphens and
other marks without width, U+2010 and U+2011 for a hyphen, a word broken by a hyphen at a line end.  Every other
character must be the same, typographic quotation marks too, and a quote begins and ends where a word or number does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Span(NamedTuple):
    """A passage: text[start:end]."""

    start: int
    end: int


class Near(NamedTuple):
    """The passage that is most like a quote, and how like it is: 0 (not at all) to 100 (the same)."""

    span: Span
    similarity: float


class TextCoverage(NamedTuple):
    """Share of a text that has been quoted."""

    sentences: int
    covered: int
    """Sentences of which at least one character is quoted."""
    gaps: tuple[Span, ...]
    """The sentences of which nothing is quoted, in order."""
    characters: float
    """The share of characters, white space aside, that is quoted: 0 to 1."""

    @property
    def share(self) -> float:
        """The share of sentences that is covered: 0 to 1; 1 for a text without any."""
        return self.covered / self.sentences if self.sentences else 1.0


def locate(text: str, exact: str, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """Return every place where `exact` stands in `text`, right after `prefix` and right before `suffix`, in order.

    It begins and ends at the boundaries of words and numbers; the time is linear in the length of `text`.
    """
    wanted, before, after = (_folded(part).text.strip() for part in (exact, prefix, suffix))
    if not wanted:
        return ()
    folded = _for_quote(text, f"{before} {wanted} {after}")
    return tuple(
        folded.span(start, end)
        for start, end in _occurrences(folded.text, wanted)
        if _is_bounded(folded.text, start, end)
        and (not before or folded.text.endswith(before, 0, start - (folded.text[start - 1 : start] == " ")))
        and (not after or folded.text.startswith(after, end + (folded.text[end : end + 1] == " ")))
    )


def inside(text: str, exact: str) -> Span | None:
    """Return the whole words or numbers inside which `exact` stands, where it stands nowhere by itself."""
    wanted = _folded(exact).text.strip()
    folded = _for_quote(text, wanted)
    start = folded.text.find(wanted) if wanted else -1
    if start < 0 or locate(text, exact):
        return None
    end = start + len(wanted)
    least, most = max(0, start - _LONG_WORD), min(len(folded.text), end + _LONG_WORD)
    while start > least and not _is_boundary(folded.text, start):
        start -= 1
    end = denied.end() if (denied := _DENIED.match(folded.text, end)) else end
    while end < most and not _is_boundary(folded.text, end):
        end += 1
    return folded.span(start, end)


def closest(text: str, exact: str) -> Near | None:
    """Return the passage of `text`, in whole words, that is most like `exact`; None if either is empty.

    Of a long text the part that shares most words with `exact` is searched, and a long quote by its first characters.
    """
    from rapidfuzz import fuzz

    wanted = " ".join(exact.split())[:_MOST_COMPARED]
    if not wanted or not text.strip():
        return None
    offset, end = _region(text, wanted) if len(text) > _SHORT else (0, len(text))
    part = text[offset:end]
    alignment = fuzz.partial_ratio_alignment(wanted, _blanked(part))
    if alignment is None:
        return None
    start, end = _whole_words(part, alignment.dest_start, alignment.dest_end)
    if not wanted[0].isalnum() and start > 0 and _is_mark(part[start - 1]):
        start -= 1
    if not wanted[-1].isalnum() and end < len(part) and _is_mark(part[end]):
        end += 1
    return Near(Span(offset + start, offset + end), fuzz.ratio(wanted, " ".join(part[start:end].split())))


def difference(passage: str, exact: str) -> str:
    """Return the first characters in which a passage and a quote differ and that may look alike, by name, else ""."""
    from rapidfuzz.distance import Levenshtein

    here, there = (_folded(words).text.strip()[:_MOST_COMPARED] for words in (passage, exact))
    for edit in Levenshtein.opcodes(here, there):
        mine, other = here[edit.src_start : edit.src_end], there[edit.dest_start : edit.dest_end]
        changed = mine + other
        if edit.tag != "equal" and not (changed.isascii() and changed.replace(" ", "").isalnum()):
            return f"the text has {_named(mine)}, the quote {_named(other)}"
    return ""


def _named(characters: str) -> str:
    if not characters:
        return "nothing there"
    known = characters[:_MOST_NAMED]
    names = (f"{one} (U+{ord(one):04X} {unicodedata.name(one, 'without a name').lower()})" for one in known)
    return " ".join(names) + (" …" if len(characters) > len(known) else "")


def negation(text: str, span: Span, language: str = "") -> str:
    """Return the word before a passage that denies it ("not", "no evidence that"), "" if there is none.

    The words are those of the language of the text; of one that is not known, those that mean the same in all.  It is
    one of the three words before the passage, or of the first four of its sentence, in the same clause.
    """
    begin = max(0, span.start - _CLAUSE)
    window = text[begin : span.start]
    parts = _sentences(text[begin : span.start + 1])
    clause = _CLAUSE_END.split(window[parts[-1].start :])[-1]
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(clause)]
    near = [*reversed(words[-3:]), *(words[:4] if words else [])]
    if text[span.start - 1 : span.start] in _HYPHENS and words and words[-1] in _PREFIXES:
        return f"{words[-1]}-"
    denying = _NEGATIONS.get(language.partition("-")[0].lower(), _CERTAIN)
    return next((word for word in near if word in denying or word.endswith("n't")), "")


def context(text: str, span: Span, width: int = 30) -> tuple[str, str]:
    """Return the words before and after a passage, about `width` characters each, on one line."""
    before = text[max(0, span.start - width) : span.start]
    after = text[span.end : span.end + width]
    if span.start > width:
        before = before.partition(" ")[2] or before
    if span.end + width < len(text):
        after = after.rpartition(" ")[0] or after
    return " ".join(before.split()), " ".join(after.split())


@lru_cache(maxsize=32)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of an English text in order; headings and the items of a list are sentences of their own.

    Every character that is not white space is in exactly one of them.  A full stop ends no sentence in a title or
    an initial ("Dr. D.C Cherkin", "e.g. pain") or inside a number; a line break ends one only before a blank line or
    an item of a list.
    """
    return _sentences(text)


def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence for block in _blocks(text) for sentence in _split(text, block))


def coverage(text: str, spans: Iterable[Span]) -> TextCoverage:
    """Return how much of `text` the passages `spans` cover."""
    quoted = bytearray(len(text))
    for start, end in spans:
        quoted[start:end] = b"\1" * len(quoted[start:end])
    for blank in re.finditer(r"\s", text):
        quoted[blank.start()] = 0
    parts = sentences(text)
    gaps = tuple(span for span in parts if not any(quoted[span.start : span.end]))
    characters = sum(not character.isspace() for character in text)
    return TextCoverage(len(parts), len(parts) - len(gaps), gaps, sum(quoted) / characters if characters else 1.0)


_MOST_COMPARED = 1000
"""Characters of a quote that are compared with a text in which it does not stand."""
_SHORT = 50_000
"""Characters of a text that is searched whole for what is like a quote."""
_MOST_NAMED = 3
_LONG_WORD = 100
"""Characters of a word around a quote that are shown."""
_CLAUSE = 300
"""Characters before a passage in which the beginning of its sentence is looked for."""
_CLAUSE_END = re.compile(r"[;:]|,?\s(?:but|aber|sondern|mais|pero|sino|ma|maar|men)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_PREFIXES = frozenset(("non", "un", "anti", "nicht"))
_NEGATIONS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "not no never none nor neither without cannot hardly unlikely false myth",
        "de": "nicht nie niemals ohne kaum kein keine keiner keinen keinem keines weder mythos falsch",
        "fr": "ne pas non sans jamais aucun aucune faux",
        "es": "no nunca jamás sin ni ningún ninguno ninguna tampoco falso",
        "it": "non senza mai nessun nessuno nessuna né falso",
        "nl": "niet geen nooit zonder noch onwaar",
        "pt": "não sem nem nunca jamais nenhum nenhuma falso",
        "pl": "nie bez nigdy ani żaden żadna żadne fałsz",
        "sv": "inte ej ingen inga inget aldrig utan varken",
        "da": "ikke ingen intet aldrig uden hverken",
        "no": "ikke ingen intet aldri uten verken",
        "ru": "не нет без никогда ни",
    }.items()
}
"""Language -> words that deny what follows."""
_CERTAIN = frozenset(
    word
    for language, words in _NEGATIONS.items()
    for word in words
    if word
    not in ("no", "ne", "non", "pas", "sin", "ni", "mai", "sans", "nie", "sem", "ani", "bez", "ej", "utan", "né")
)
"""Words that deny in a text of a language that is not known: "no" is "in the" in Portuguese, "sin" is English too."""

_HYPHENS = ("-", "\u2010", "\u2011")
_NO_WIDTH = "\u00ad\u200b\u2060\ufeff"
_BROKEN = rf"(?<=[^\W\d_])[-\u2010]{chr(0xAD)}?[^\S\n]*\n[^\S\n]*(?=[^\W\d_])"
_BREAK = re.compile(r"([^\W\d_]+)[-\u2010][^\S\n]*\n[^\S\n]*([^\W\d_]+)")
_COMPOUND = re.compile(r"[^\W\d_]+- ?(?=[^\W\d_])")


class _Edit(NamedTuple):
    """A place where a folded text differs from its text in length."""

    start: int
    end: int
    from_start: int
    from_end: int


class _Folded(NamedTuple):
    """A text in one way of setting it, and where each of its characters stands in the text as it is."""

    text: str
    edits: tuple[_Edit, ...]
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text as it is for text[start:end] here."""
        return Span(self._place(start)[0], self._place(end - 1)[1])

    def _place(self, position: int) -> tuple[int, int]:
        n = bisect_right(self.starts, position) - 1
        if n < 0:
            return position, position + 1
        edit = self.edits[n]
        if position < edit.end:
            return edit.from_start, edit.from_end
        start = edit.from_end + position - edit.end
        return start, start + 1


def _for_quote(text: str, wanted: str) -> _Folded:
    """Return `text` folded, each break at a hyphen as `wanted` writes the word: joined, with its hyphen or broken."""
    if "\n" not in text:
        return _folded(text)
    compounds = {found[0] for found in _COMPOUND.finditer(wanted)}
    return _folded(text, True, frozenset(compounds & _breaks(text)) if compounds else frozenset())


@lru_cache(maxsize=8)
def _breaks(text: str) -> frozenset[str]:
    """Return the beginnings of words that a line end breaks, with each way to write them: "well-", "well- "."""
    return frozenset(unicodedata.normalize("NFC", m[1]) + sign for m in _BREAK.finditer(text) for sign in ("-", "- "))


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    """Return the pattern of what is set in more than one way."""
    codes = (*range(0xA0, 0x3400), *range(0xA600, 0xAC00), *range(0xF900, 0xFFF0), *range(0x10000, 0x1F000))
    known = [chr(code) for code in codes]
    joined = "".join(one for one in known if unicodedata.combining(one)) + "\u1161-\u1175\u11a8-\u11c2"
    whole = (one for one in known if unicodedata.decomposition(one)[:1] not in ("", "<"))
    single = "".join(one for one in whole if unicodedata.normalize("NFC", one) != one and one not in joined)
    return re.compile(
        rf"(?P<broken>{_BROKEN})|(?P<blank>[{_NO_WIDTH}]*(?:[^\S ]|\s{{2,}}| (?=[{_NO_WIDTH}]))[\s{_NO_WIDTH}]*"
        rf"|[{_NO_WIDTH}]+)"
        rf"|[\u2010\u2011]|[\ufb00-\ufb06]|[^\s{joined}]?[{joined}]+|[{single}]"
    )


_ODD_IN_ASCII = re.compile(rf"(?P<broken>{_BROKEN})|(?P<blank>[^\S ]\s*|\s{{2,}})")


@lru_cache(maxsize=16)
def _folded(text: str, is_source: bool = False, compounds: frozenset[str] = frozenset()) -> _Folded:
    parts: list[str] = []
    edits: list[_Edit] = []
    done = length = 0
    for found in (_ODD_IN_ASCII if text.isascii() else _odd()).finditer(text):
        set_as = _set(text, found, compounds) if is_source else _set_in_quote(found)
        plain = text[done : found.start()]
        length += len(plain)
        parts += (plain, set_as)
        if len(set_as) != found.end() - found.start():
            edits.append(_Edit(length, length + len(set_as), *found.span()))
        length += len(set_as)
        done = found.end()
    return _Folded("".join((*parts, text[done:])), tuple(edits), tuple(edit.start for edit in edits))


def _set(text: str, found: re.Match[str], compounds: frozenset[str]) -> str:
    """Return the one way for what is found in a text: a word broken at a line end is joined before a small letter."""
    if found["broken"] and text[found.end()].islower():
        begin = re.search(r"[^\W\d_]*$", text[max(0, found.start() - 60) : found.start()])
        word = unicodedata.normalize("NFC", begin[0]) if begin else ""
        return next((sign for sign in ("- ", "-") if word + sign in compounds), "")
    return _set_in_quote(found)


def _set_in_quote(found: re.Match[str]) -> str:
    whole = found[0]
    if found["broken"]:
        return "- "
    if found["blank"]:
        is_blank = any(one.isspace() for one in whole) and not (whole[0] == "\u00ad" and "\n" in whole)
        return " " if is_blank else ""
    if whole in _HYPHENS:
        return "-"
    return unicodedata.normalize("NFKC" if "\ufb00" <= whole <= "\ufb06" else "NFC", whole)


def _occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    start = text.find(wanted)
    while start >= 0:
        run = _RUN.match(text, start) if start and _RUN.match(text, start - 1, start) else None
        if run is None:
            yield start, start + len(wanted)
        start = text.find(wanted, run.end() if run else start + 1)


_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space between words: there any letter may begin a quote."""
_RUN = re.compile(rf"(?:(?!{_UNSPACED.pattern})[^\W_])+")
"""Letters and digits of other scripts, inside which no word begins."""
_INSIDE_NUMBER = re.compile(r"\d[.,\u066b\u066c\u00b7'\u2019/]\d")
_APOSTROPHES = ("'", "\u2019")
_DENIED = re.compile(r"['\u2019]t\b")
"""End of "can't", which does not say "can"."""
_SIGNED = re.compile(r"(?:^|[\s(\[=<>:,;])[-+\u2212]\d")


def _is_bounded(text: str, start: int, end: int) -> bool:
    if not (_is_boundary(text, start) and _is_boundary(text, end)):
        return False
    return text[end : end + 1] not in _APOSTROPHES or not _DENIED.match(text, end)


def _is_boundary(text: str, at: int) -> bool:
    """Return whether a word or number may begin or end at a position of a text."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if after == " " or (before == " " and after.isalpha()):
        return True
    if unicodedata.category(after)[0] == "M" or after in "\u200c\u200d" or before in "\u200c\u200d":
        return False
    if _is_letter(before) and _is_letter(after):
        return bool(_UNSPACED.match(before) or _UNSPACED.match(after)) and not (before.isdigit() and after.isdigit())
    if after.isdigit() and (_INSIDE_NUMBER.match(text, max(0, at - 2)) or _SIGNED.match(text, max(0, at - 2), at + 1)):
        return False
    if after.isdigit() and at == 1 and before in "-+\u2212":
        return False
    return not (before.isdigit() and _INSIDE_NUMBER.match(text, at - 1))


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _region(text: str, wanted: str) -> tuple[int, int]:
    """Return the part of a long text that shares most words, the rare ones first, with what is wanted."""
    words = {word.lower() for word in re.findall(r"\w+", wanted)}
    size = max(2 * len(wanted), 1000)
    shared: dict[int, set[str]] = {}
    counts = dict.fromkeys(words, 0)
    for found in re.finditer(r"\w+", text):
        if (word := found[0].lower()) in words:
            shared.setdefault(found.start() // size, set()).add(word)
            counts[word] += 1
    if not shared:
        return 0, _SHORT

    def weight(part: int) -> float:
        return sum(1 / counts[word] for word in shared[part] | shared.get(part + 1, set()))

    best = max(shared, key=weight)
    return max(0, (best - 1) * size), (best + 3) * size


def _blanked(text: str) -> str:
    """Return `text` with each white space character a space, so that positions stay what they are."""
    return re.sub(r"\s", " ", text)


def _is_mark(character: str) -> bool:
    return not (character.isalnum() or character.isspace())


def _whole_words(text: str, start: int, end: int) -> Span:
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return _trimmed(text, start, end)


_BLOCK_END = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[•‣◦·*\u2013\u2014-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s)")
_ITEM = re.compile(r"\s*(?:[•‣◦·*\u2013\u2014-]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+")
_STOP = re.compile(r"[.!?…]+[\"'”\u2019»)\]]*(?=\s)")
_BEGINNING = re.compile(r"\s+[\"'“\u2018«(\[]*[^\Wa-z_]")
_NO_END = re.compile(
    r"(?:^|[\s(\[“\u2018\"'])(?:(?:Drs?|Mrs?|Ms|Prof|St|Rev|Hon|Gov|Gen|Col|Capt|Sgt|Lt|Jr|Sr|vs|viz|cf|ca|approx|Fig|Figs"
    r"|Eq|Vol|vol|pp|p|Ed|Eds|ed|eds|Dept|Univ|Assoc|e\.g|i\.e|et al|a\.m|p\.m)|(?:[A-Z]\.)*[A-Z])\.$"
)
_NUMBERED = re.compile(r"(?:^|\s)[Nn]os?\.$")


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for end in _BLOCK_END.finditer(text):
        yield Span(start, end.start())
        start = end.end()
    yield Span(start, len(text))


def _split(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    item = _ITEM.match(text, block.start, block.end)
    for stop in _STOP.finditer(text, item.end() if item else block.start, block.end):
        if _ends(text, start, stop, block.end):
            yield _trimmed(text, start, stop.end())
            start = stop.end()
    if text[start : block.end].strip():
        yield _trimmed(text, start, block.end)


def _ends(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    if not text[stop.end() : end].strip():
        return False
    if stop[0] == ".":
        said = text[max(start, stop.end() - 12) : stop.end()]
        if _NO_END.search(said) or (_NUMBERED.search(said) and text[stop.end() :].lstrip()[:1].isdigit()):
            return False
    return bool(_BEGINNING.match(text, stop.end(), end))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
