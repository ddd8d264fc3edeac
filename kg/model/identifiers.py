"""Identifiers of publications and trials, found in what people print or write, in one spelling each."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from kg.store.terms import IRI

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_PMID = re.compile(r"(?:PMID:?\s*)?0*(\d{1,9})", re.IGNORECASE)
_PMCID = re.compile(r"(?:PMC)?(\d+)(?:\.\d+)?", re.IGNORECASE)
_COCHRANE = re.compile(r"10\.1002/14651858\.((?:CD|MR)\d{6})(?:\.pub(\d{1,2}))?", re.IGNORECASE)
_REGISTERS = re.compile(
    r"\b(NCT ?\d{8}|ISRCTN ?\d{8}|ACTRN ?\d{14}|ChiCTR[-A-Z]*\d{8,10}|DRKS ?\d{8}|UMIN ?\d{9}|IRCT ?\d{8,}N\d+|"
    r"KCT ?\d{7}|PACTR ?\d{15,18}|TCTR ?\d{11}|CTRI/\d{4}/\d{2,3}/\d{6}|EUCTR ?\d{4}-\d{6}-\d{2})\b",
    re.IGNORECASE,
)
_STATED = re.compile(r"regist|clinical ?trials|trial (?:number|identifier)|isrctn|identifier", re.IGNORECASE)
_NEAR = 160
"""Characters before a number within which an abstract says that it is a registration."""
_WHOLE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_WHOLE_PMID = re.compile(
    r"(?:https?://(?:www\.)?(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/|(?:pubmed|pmid)\s*:?\s*)"
    r"([1-9]\d{0,8})/?",
    re.IGNORECASE,
)
_WHOLE_PMCID = re.compile(
    r"(?:https?://(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/)?PMC\s?([1-9]\d*)/?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[1-9]\d{0,8}")
_URL = re.compile(r"https?://[^\s/]+.*", re.IGNORECASE | re.DOTALL)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LEGAL = "!#$%&'()*+,/:;=?@~-._"
"""Signs that may stay in an address (RFC 3987, 2.2) of which some other has to be percent-encoded."""


class Version(NamedTuple):
    """One version of a Cochrane review: CD001929.pub2 is version 2 of CD001929."""

    review: str
    number: int


def doi(text: str) -> str:
    """Return the DOI in `text` (an address, "doi:..."), as printed, without stops after it; "" if there is none."""
    found = _DOI.search(text)
    if not found:
        return ""
    written = found[0].rstrip(".,;:")
    while written.endswith((")", "]")) and not _balanced(written):
        written = written[:-1].rstrip(".,;:")
    return written


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")


def pmid(text: str) -> str:
    """Return the digits of a PubMed id, "" if it is none."""
    found = _PMID.fullmatch(text.strip())
    return found[1] if found and found[1] != "0" else ""


def pmcid(text: str) -> str:
    """Return a PubMed Central id with its letters, without its version: "2774684" is "PMC2774684"."""
    found = _PMCID.fullmatch(text.strip())
    return f"PMC{found[1]}" if found else ""


def cochrane(written: str) -> Version | None:
    """Return which version of which Cochrane review a DOI names; the first version has no ".pub" in its DOI."""
    found = _COCHRANE.fullmatch(written)
    return Version(found[1].upper(), int(found[2] or 1)) if found else None


def registrations(text: str) -> tuple[str, ...]:
    """Return the numbers of trial registers in `text`."""
    return tuple(dict.fromkeys(_spelled(found[0]) for found in _REGISTERS.finditer(text)))


def stated(abstract: str) -> tuple[str, ...]:
    """Return the numbers that an abstract gives as registrations, and not those that it only mentions."""
    found = _REGISTERS.finditer(abstract)
    near = ((match[0], abstract[max(0, match.start() - _NEAR) : match.start()]) for match in found)
    return tuple(dict.fromkeys(_spelled(number) for number, before in near if _STATED.search(before)))


def _spelled(number: str) -> str:
    plain = number.replace(" ", "")
    return f"ChiCTR{plain[6:].upper()}" if plain.lower().startswith("chictr") else plain.upper()


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
    for name, pattern in (("doi", _WHOLE_DOI), ("pmid", _WHOLE_PMID), ("pmcid", _WHOLE_PMCID)):
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


_SPELLED = {"doi": doi, "pmid": pmid, "pmcid": pmcid}
