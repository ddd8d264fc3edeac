"""Ids of individuals: made from words, from identifiers of publications, and the IRIs that they stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.files import sha256
from kg.model.identifiers import UNSEEN, cochrane
from kg.namespaces import BASE

_SPACES = re.compile(r"\s+")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_PLAIN = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+)*", re.IGNORECASE)
"""A label of which its short id tells everything."""
_LONGEST, _START = 60, 40
"""Letters of an id that is made of all words, and of one that begins with the first of them."""
_PLAIN_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9]+(?:\.[a-z0-9]+)*")
_ENDS = " .!\u2026\u3002\uff01\uff0e\u0964\u06d4\u0589\u1362"
"""Signs at the end of a statement, in several scripts."""
_RAISED = re.compile(r"(?<=\d)(?=[\u00b2\u00b3\u00b9\u2070-\u207f])")
"""Place between a number and its exponent: 10\u2079 is not 109."""
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e", '"') | dict.fromkeys("\u2018\u2019\u201a", "'"))


def mint(dataset: str, short_id: str, base: str = BASE) -> str:
    """Return the IRI of `short_id` in `dataset`: base + "id/" + dataset + "/" + short id."""
    return f"{base}id/{dataset}/{short_id}"


def short_id(name: str) -> str:
    """Return `name` as lower-case words of a-z and 0-9 joined by hyphens, "" if no such letter is in it."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_IN_A_NAME.sub("-", plain).strip("-")


def normal(text: str) -> str:
    """Return `text` as it is compared: NFKC, case folded, one space between words, no full stop at the end.

    An exponent stays one: what is said of 10\u2079 (10^9) is not said of 109.
    """
    told = unicodedata.normalize("NFKC", _RAISED.sub("^", UNSEEN.sub("", text)))
    words = _SPACES.sub(" ", told).strip().translate(_QUOTES)
    return unicodedata.normalize("NFKC", words.rstrip(" .").casefold())


def same_words(text: str) -> str:
    """Return the words of a claim as they are compared: NFC, case folded, without a full stop or the like at the end.

    A question stays one: whoever asks whether something is so has not said it.
    """
    words = _SPACES.sub(" ", unicodedata.normalize("NFC", UNSEEN.sub("", text))).translate(_QUOTES)
    return unicodedata.normalize("NFC", words.strip().rstrip(_ENDS).casefold())


def claim_id(text: str, *scope: str) -> str:
    """Return the id of a claim known by its words alone: equal text and scope, equal claim, whoever makes it.

    `scope` are short ids of its population, intervention, comparator and outcome.  Letter case, kinds of spaces and of
    quotation marks, how accents are written, and a full stop at the end make no difference.  The id is the words, with
    a digest of what they do not tell: a scope, other signs than letters and figures, what is cut off.
    """
    words = normal(text)
    slug = short_id(words)
    if not any(scope) and len(slug) <= _LONGEST and words == slug.replace("-", " "):
        return f"claim-{slug}"
    return _with_digest("claim", words, digest(words, *scope, length=12))


@lru_cache(maxsize=65536)
def label_id(kind: str, label: str, *, folded: bool = True) -> str:
    """Return the id of what is known by its label: `topic-back-pain`; other signs than a-z make it longer.

    What `normal` passes over, such as letter case, makes no difference if `folded`.
    """
    words = normal(label) if folded else unicodedata.normalize("NFC", label)
    slug = short_id(words)
    if len(slug) <= _LONGEST and _PLAIN.fullmatch(words) and (folded or words == slug):
        return f"{kind}-{slug}"
    return _with_digest(kind, words, digest(words, length=8))


def _with_digest(kind: str, words: str, end: str) -> str:
    """Return an id of the first whole words and a digest of all that they do not tell."""
    slug = short_id(words)
    start = slug if len(slug) <= _START else slug[: _START + 1].rpartition("-")[0] or slug[:_START]
    return "-".join(filter(None, [kind, start.strip("-"), end]))


def doi_id(written: str) -> str:
    """Return the id of a DOI: its words, with a part of its SHA-256 where the words could be another DOI's."""
    name = written.lower()
    words = short_id(name)
    return f"doi-{words}" if _PLAIN_DOI.fullmatch(name) else f"doi-{words}-{digest(name, length=8)}"


def publication_id(*, doi: str = "", pmid: str = "", pmcid: str = "") -> str:
    """Return the id of a publication by its strongest identifier, "" if it has none.

    That is a Cochrane review's number with its version, else the DOI, the PubMed id or the PubMed Central id.
    """
    if version := cochrane(doi):
        return f"{version.review.lower()}-pub{version.number}"
    if doi:
        return doi_id(doi)
    return f"pmid-{pmid}" if pmid else pmcid.lower()


def study_id(registration: str) -> str:
    """Return the id of the study with this number: "NCT00371384" is "nct00371384"."""
    return short_id(registration)


def quote_id(owner: str, number: int) -> str:
    """Return the id of a quote of `owner`, counted from 0: `x.quote`, `x.quote-2`."""
    return f"{owner}.quote-{number + 1}" if number else f"{owner}.quote"


def bias_id(study: str, number: int) -> str:
    """Return the id of a judgement of the risk of bias of `study`, counted from 0."""
    return f"{study}.risk-of-bias-{number + 1}"


def quote_order(quote: str) -> tuple[str, int, str]:
    """Return by what the quotes of one owner are sorted to stand as they were given: by number, else by IRI."""
    owner, _, number = quote.partition(".quote")
    return owner, int(number[1:]) if number[1:].isdecimal() else 0, number


def digest(*parts: str, length: int = 16) -> str:
    """Return the first hexadecimal digits of the SHA-256 of several texts."""
    return sha256("\x1f".join(parts).encode())[:length]
