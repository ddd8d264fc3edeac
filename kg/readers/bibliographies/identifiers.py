"""Identifiers of publications and trials: found in what is printed, and brought to one spelling."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.files import sha256
from kg.readers import short_id

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_PLAIN_DOI = re.compile(r"10\.\d{4,9}/[a-z0-9]+(?:\.[a-z0-9]+)*")
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


def doi_id(written: str) -> str:
    """Return the short id of a DOI: its words, with a part of its SHA-256 where the words could be another DOI's."""
    name = written.lower()
    words = short_id(name)
    return f"doi-{words}" if _PLAIN_DOI.fullmatch(name) else f"doi-{words}-{sha256(name.encode())[:8]}"


def publication_id(*, doi: str = "", pmid: str = "", pmcid: str = "") -> str:
    """Return the short id of a publication by its strongest identifier, "" if it has none.

    That is a Cochrane review's number with its version, else the DOI, the PubMed id or the PubMed Central id.
    """
    if version := cochrane(doi):
        return f"{version.review.lower()}-pub{version.number}"
    if doi:
        return doi_id(doi)
    return f"pmid-{pmid}" if pmid else pmcid.lower()


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


def study_id(registration: str) -> str:
    """Return the short id of the study with this number: "NCT00371384" is "nct00371384"."""
    return short_id(registration)
