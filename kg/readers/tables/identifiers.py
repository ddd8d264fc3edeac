"""Identifiers of publications as people write them, and the one form of each."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from kg.readers.bibliographies import identifiers
from kg.store.terms import IRI

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:https?://(?:www\.)?(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/|(?:pubmed|pmid)\s*:?\s*)"
    r"([1-9]\d{0,8})/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:https?://(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/)?PMC\s?([1-9]\d*)/?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[1-9]\d{0,8}")
_URL = re.compile(r"https?://[^\s/]+.*", re.IGNORECASE | re.DOTALL)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LEGAL = "!#$%&'()*+,/:;=?@~-._"
"""Signs that may stay in an address (RFC 3987, 2.2) of which some other has to be percent-encoded."""


class Identifier(NamedTuple):
    """An identifier in its one form."""

    kind: str
    """doi, pmid, pmcid or url."""
    value: str
    repaired: bool = False
    """Whether signs had to be encoded."""


def identifier(written: str, kind: str = "") -> Identifier | None:
    """Return what `written` identifies, as a `kind` or as whichever it is; None if it is nothing of that kind."""
    text = written.strip()
    for name, pattern in (("doi", _DOI), ("pmid", _PMID), ("pmcid", _PMCID)):
        match = pattern.fullmatch(text) if kind in ("", name) else None
        if match:
            return Identifier(name, _SPELLED[name](match[1]))
    if kind in ("pmid", "pmcid") and _DIGITS.fullmatch(text):
        return Identifier(kind, _SPELLED[kind](text))
    if kind in ("", "url") and _URL.fullmatch(text):
        return _address(text)
    return None


def _address(text: str) -> Identifier | None:
    """Return an address as it is if it is legal, else with the signs encoded that may not stand in one."""
    for written in (text, quote(_LONE_PERCENT.sub("%25", text), safe=_LEGAL)):
        try:
            return Identifier("url", IRI(written).value, written != text)
        except ValueError:
            continue
    return None


def short_id_of(found: Identifier) -> str | None:
    """Return the short id of a publication, which is that of bibliographies too; None for an address."""
    return identifiers.publication_id(**{found.kind: found.value}) if found.kind in _SPELLED else None


_SPELLED = {"doi": identifiers.doi, "pmid": identifiers.pmid, "pmcid": identifiers.pmcid}
