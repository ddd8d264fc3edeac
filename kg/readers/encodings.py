"""Encodings of text files: as stated, by a mark, UTF-8, or a guess, which is told with the words it matters for."""

from __future__ import annotations

import codecs
import re
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Place, Problem, UnreadableError, UsageError
from kg.files import CHUNK, read_unpacked, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAY_OUT = "if it is another, name it: --encoding NAME, or for a table in its mapping, table: {encoding: NAME}"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
"""Encodings that spreadsheets and older programs write."""
_ALPHABETS = {
    "cp1252": (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõú", "àèéìíîòóù", "æøåéöä", "äöå", "éëïóöüè", "áéíúýþæöðó",
        "àçèéíïòóúü",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
    "cp1254": ("çğıöşüâîû",),
    "cp1251": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",),
}  # fmt: skip
"""Encoding of one byte a letter -> the letters beyond ASCII of each language that is written in it."""
_MARKS_OF_WORDS = "¿¡ºª«»“”„\u2018\u2019\u201a\u2013—…•"
_SURE = 0.9
"""Share of the letters that one language must explain before Windows-1252 is not taken."""
_NO_TEXT = ("idna", "punycode", "undefined")
"""Encodings that Python knows and no file is in."""
_SAMPLE = 64 * 1024
_WORD = re.compile(r"[^\W\d_](?:[\w'\u2019-]*\w)?")
_MOST_SHOWN = 5
_STATED: ContextVar[str | None] = ContextVar("encoding", default=None)


class Encoding(NamedTuple):
    """Encoding of a text file, by Python's name, and the warning if it is guessed."""

    name: str
    guess: Problem | None = None
    words: str = ""
    """The first that the guess matters for, with their lines."""


@contextmanager
def stated(name: str | None) -> Iterator[None]:
    """Read the text files of the block in this encoding; UsageError for one that is not known."""
    if name is not None and not is_known(name):
        raise UsageError(f'"{name}" is no encoding that is known; common ones are utf-8, windows-1252 and utf-16')
    token = _STATED.set(name)
    try:
        yield
    finally:
        _STATED.reset(token)


def stated_encoding() -> str | None:
    """Return the encoding in which files are read in this block, if one is stated."""
    return _STATED.get()


def is_known(name: str) -> bool:
    """Return True if Python knows an encoding of texts by this name."""
    try:
        return codecs.lookup(name)._is_text_encoding and name not in _NO_TEXT
    except (LookupError, ValueError):
        return False


def text_of(path: Path) -> str:
    """Return the text of a file that may be packed, with \\n as the end of a line; UnreadableError for no text."""
    return decoded(read_unpacked(path), path)[0]


def decoded(content: bytes, path: Path) -> tuple[str, Problem | None]:
    """Return the text that the content of a file is, and the warning if its encoding is a guess; as `text_of`."""
    found = Encoding("utf-8-sig")
    try:
        if _STATED.get() or not _is_utf_8(content):
            found = encoding(path)
        text = content.decode(found.name)
    except UnicodeError as error:
        raise not_in(path, line_of(error), found.name) from error
    return text.replace("\r\n", "\n").replace("\r", "\n"), found.guess


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def line_of(error: UnicodeError) -> int:
    """Return the line of what was decoded in which it went wrong."""
    return error.object[: error.start].count(b"\n") + 1 if isinstance(error, UnicodeDecodeError) else 1


def not_in(path: Path, line: int, name: str) -> UnreadableError:
    """Return the error for a file that is not in an encoding from `line` on."""
    return UnreadableError(f"{Place(str(path), line)}: not {called(name)} text; {WAY_OUT}")


def guessed(path: Path) -> Iterator[Problem]:
    """Yield the warning that the encoding of a text file is a guess, if it is one."""
    if found := encoding(path).guess:
        yield found


def encoding(path: Path, by_mapping: str | None = None) -> Encoding:
    """Return the encoding of a text file: the one that is stated, by a mark, UTF-8, or a guess.

    Raises UnreadableError for a file that is not text.
    """
    if name := _STATED.get() or by_mapping:
        return Encoding("utf-8-sig" if codecs.lookup(name).name == "utf-8" else name)
    with unpacked(path) as stream:
        start = stream.read(_SAMPLE)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return Encoding(name)
        if b"\0" in start:
            return Encoding(_wide(path, start))
        decoder = codecs.getincrementaldecoder("utf-8")()
        line, chunk = 1, start
        while chunk:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                # A character that is cut at the end of the chunk before is the start of what is decoded here.
                at = max(0, error.start - len(error.object) + len(chunk))
                begin = chunk.rfind(b"\n", 0, at) + 1
                line += chunk[:begin].count(b"\n")
                return _guess(path, chunk[max(0, at - _SAMPLE) : at + _SAMPLE], chunk[begin : at + _SAMPLE], line)
            line += chunk.count(b"\n")
            chunk = stream.read(CHUNK)
    return Encoding("utf-8")


def _wide(path: Path, start: bytes) -> str:
    """UTF-16 without a mark has a zero byte in each character of plain English."""
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if start[offset::2].count(0) > len(start) // 4:
            return name
    raise UnreadableError(f"{path}: not text but binary (it has zero bytes); save it as text in UTF-8")


def _guess(path: Path, sample: bytes, rest: bytes, line: int) -> Encoding:
    """Return the probable encoding, and a warning with the first words of `rest`, which begins on `line`."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    name: str | None = best.encoding if best else None
    if name is None or name in _ALPHABETS or _mixes_scripts(sample.decode(name, "ignore")):
        name = _one_byte(sample)
    if name is None:
        raise UnreadableError(f"{path}:{line}: not UTF-8 text, and its encoding cannot be guessed; {WAY_OUT}")
    words = ", ".join(islice(_unusual(rest.decode(name, "ignore"), line), _MOST_SHOWN))
    message = f"not UTF-8: read as {called(name)}, which is a guess{words and f': {words}'}; {WAY_OUT}"
    return Encoding(name, Problem("warning", "encoding-guessed", message, Place(str(path), line)), words)


def _mixes_scripts(text: str) -> bool:
    """Return True if a word has Latin letters beside others: bytes of Latin letters were read as something else."""
    words = (word for word in _WORD.findall(text) if not word.isascii())
    return any(re.search("[A-Za-z]", word) and any(ord(letter) > 0x24F for letter in word) for word in words)


def _one_byte(sample: bytes) -> str | None:
    """Return Windows-1252, unless the letters are those of a language that is written in another one."""
    shares: dict[str, float] = {}
    for name, alphabets in _ALPHABETS.items():
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if _mixes_scripts(text):
            continue
        shares[name] = max(_share(text, alphabet) for alphabet in alphabets)
    western = shares.get("cp1252", -1.0)
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best and shares[best] > western and (shares[best] >= _SURE or western < 0) else "cp1252"


def _share(text: str, alphabet: str) -> float:
    """Return the share of the characters beyond ASCII that a language explains; a sign is none of a word's letters."""
    found = list(re.finditer(r"[^\x00-\x7f]", text))
    known = 0
    for match in found:
        sign, after = match[0], text[match.end() : match.end() + 1]
        is_sign = sign in _MARKS_OF_WORDS or (not sign.isalpha() and not after.isalpha())
        known += is_sign or sign.lower() in alphabet
    return known / max(1, len(found))


def _unusual(text: str, line: int) -> Iterator[str]:
    """Yield the words of a text that are not ASCII, each once, with its line."""
    seen = set()
    for number, written in enumerate(text.splitlines(), line):
        for word in _WORD.findall(written):
            if not word.isascii() and word not in seen:
                seen.add(word)
                yield f'"{word}" (line {number:,})'


def called(name: str) -> str:
    """Return an encoding by the name that people know: windows-1252 for cp1252."""
    return name.replace("cp125", "windows-125").removesuffix("-sig").replace("utf-", "UTF-")
