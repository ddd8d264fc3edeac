"""Identifiers of publications and trials, found in what people print or write, in one spelling each."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import quote, unquote

from kg.store.terms import IRI

_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/[^\s\"\u201c-\u201f\u00ab\u00bb\u3001\u3002\uff0c\uff1b\uff1e\uff09]+")
_TAG = re.compile(r"</?[a-z]+\b[^<>]*>.*", re.DOTALL)
"""Mark-up, which ends a DOI; the signs < and > themselves may stand in one."""
_NEXT = re.compile(r"[;,|\u3001\uff0c\uff1b]+(?:https?://\S*?|doi:?)?10\.\d{4,9}/.*", re.IGNORECASE | re.DOTALL)
"""Another DOI after a separator."""
_OF_PAGE = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|summary|references|information)(?:/[^?#]*)?)?(?:[?#].*)?$"
)
"""Parts of a publisher's address that follow a DOI in it."""
_DOI_ADDRESS = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?|https?://(?:link\.springer\.com/[a-z]+|\S+?/doi(?:/[a-z]+)?)/)"
    r"(10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_INVALID = re.compile(
    r"\b(?:invalide?|incorrect|wrong|not (?:an? )?valid|ung\u00fcltig|falsch|inv\u00e1lido)\b", re.IGNORECASE
)
_ENCODED = re.compile(r"(?<![\d.])10\.\d{4,9}%2F\S+", re.IGNORECASE)
"""A DOI of which even the slash is percent-encoded."""
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs that nobody sees: soft hyphens, spaces without width, marks of direction."""
"""Signs that nobody sees: soft hyphens, spaces without width, marks of direction."""
_REVIEW = re.compile(
    r"(?:(?:https?://)?(?:www\.)?cochrane\.org/(?:[a-z-]{2,7}/)?(?:evidence/)?)?(CD ?\d{6})"
    r"(?:\.(pub\d{1,2}))?(?:[/_?#]\S*)?",
    re.IGNORECASE,
)
_TRIAL = re.compile(
    r"(?:(?:https?://)?(?:\w+\.)?clinicaltrials\.gov/(?:ct2/show|study|show)/)?NCT ?(\d{8})(?:[/?#]\S*)?", re.IGNORECASE
)
_SEPARATED = re.compile(
    r"(?<!:)(?<!pmid)(?<!doi)(?:\s+(?:and|und|et|y|e|og|och|en|&)\s+|\s*[;,|\s\u3001\uff0c\uff1b]\s*)(?=(?:https?://|doi:?\s*|pmid:?\s*)?(?:10\.\d{4,9}/|PMC\d|CD\d{6}|NCT\d{8}|\d{6,8}(?:\.0)?(?:$|[;,|\s])|\w+\.\w+))",
    re.IGNORECASE,
)
_PMID = re.compile(r"(?:PMID:?\s*)?0*([0-9]{1,9})", re.IGNORECASE)
_LABEL = re.compile(r"(?:pubmed|pmc?id)\s*:?\s*(?=\d)", re.IGNORECASE)
_FLOAT = re.compile(r"(\d+)\.0+")
_SCIENTIFIC = re.compile(r"(\d)\.(\d+)E\+?0?(\d)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
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
_WHOLE_DOI = re.compile(
    r"[(\[\u201c]?(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|info:doi/|urn:)?(?:doi:?\s*)?(10\.\d{4,9}/\S+)(?:\s*\[doi\])?",
    re.IGNORECASE,
)
_WHOLE_PMID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.ncbi\.nlm\.nih\.gov|europepmc\.org/"
    r"(?:article|abstract)/med)/(?:\?term=)?|(?:pubmed|pmid)\s*:?\s*)([1-9]\d{0,8})(?:\.0+)?/?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_WHOLE_PMCID = re.compile(
    r"(?:(?:https?://)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc|pmc\.ncbi\.nlm\.nih\.gov)/articles/)?"
    r"PMC\s?([1-9]\d*)(?:\.0+)?(?:/(?:pdf(?:/\S*)?)?)?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_OF_QUERY = re.compile(r"[?&#](?:[^=?&#/]*=)?")
"""Beginnings of the parts of an address after its path."""
_IN_REVIEW = re.compile(r"(?<![A-Za-z0-9])(CD ?\d{6})(?:\.(pub\d{1,2}))?(?!\d)", re.IGNORECASE)
_IN_PMID = re.compile(r"(?:\bPMID:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|/med/)([1-9]\d{0,8})(?!\d)", re.IGNORECASE)
ABOUT = re.compile(r"\b(?:comment|commentary|reply|response|erratum|correction|retraction)\b|\bre:", re.IGNORECASE)
"""Words of a text that is about another publication."""
_IN_PMCID = re.compile(r"\bPMC ?([1-9]\d{3,8})(?!\d)", re.IGNORECASE)
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
    """Return the DOI in `text` (an address, "doi:..."), as printed, without stops after it; "" if there is none.

    One that is percent-encoded or has HTML's entities is decoded; one that is called invalid is not taken.
    """
    text = _decoded(text)
    address = _DOI_ADDRESS.search(text)
    found = _DOI.search(unescape(_OF_PAGE.sub("", address[1]) if address else text))
    if not found or _INVALID.search(text.replace(found[0], "")):
        return ""
    written = found[0]
    if re.search(r"%(?:2F|3[ACE]|28|29|5B|5D|3B)", written, re.IGNORECASE):
        written = unquote(written)
    written = _TAG.sub("", _NEXT.sub("", written)).rstrip(".,;:")
    while written.endswith((")", "]", ">")) and not _balanced(written):
        written = written[:-1].rstrip(".,;:")
    return written


def _decoded(text: str) -> str:
    """Return `text` without letters of no width, and with a DOI decoded whose slash is percent-encoded."""
    return _ENCODED.sub(lambda found: unquote(found[0]), UNSEEN.sub("", text))


def doi_of_address(url: str) -> str:
    """Return the DOI in an address that is made of one: of doi.org, or a publisher's with /doi/ in it; else ""."""
    return doi(url) if _DOI_ADDRESS.fullmatch(_decoded(url).strip()) else ""


def plain_number(text: str) -> str:
    """Return the digits of a whole number that a program wrote otherwise: 18843627.0, 1.8843627E7, 18,843,627."""
    written = text.strip()
    if found := _FLOAT.fullmatch(written):
        return found[1]
    if (found := _SCIENTIFIC.fullmatch(written)) and len(found[2].rstrip("0")) <= int(found[3]) <= len(found[2]) + 1:
        return (found[1] + found[2]).ljust(int(found[3]) + 1, "0")[: int(found[3]) + 1]
    return written.replace(",", "") if _THOUSANDS.fullmatch(written) else written


def _balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in ("()", "[]", "<>"))


def pmid(text: str) -> str:
    """Return the digits of a PubMed id, "" if it is none."""
    found = _PMID.fullmatch(plain_number(text))
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
    """doi, pmid, pmcid or url; of what a text mentions also review (a number without a version) and trial; of an
    address also registry (the page of a trial)."""
    value: str
    repaired: bool = False
    """True if signs had to be encoded."""

    @property
    def words(self) -> str:
        """Return the identifier as people write it: "PMID 18843627", an address."""
        return f"{self.kind.upper()} {self.value}" if self.kind in ("doi", "pmid") else self.value

    @property
    def is_first_review(self) -> bool:
        """Return True for the DOI of a Cochrane review that names no version, which is that of the first."""
        return self.kind == "doi" and bool(cochrane(self.value)) and ".pub" not in self.value.lower()


def identifier(written: str, kind: str = "") -> Identifier | None:
    """Return what `written` identifies, as a `kind` or as whichever it is; None if it is nothing of that kind."""
    text = _decoded(written).strip()
    if kind in ("", "doi") and (named := doi_of_address(text) or _of_review(text)):
        return Identifier("doi", named)
    if kind in ("", "url") and (trial := _TRIAL.fullmatch(text)):
        return Identifier("url", f"https://clinicaltrials.gov/study/NCT{trial[1]}")
    text = plain_number(_LABEL.sub("", text)) if kind in ("pmid", "pmcid") else text
    for name, pattern in (("doi", _WHOLE_DOI), ("pmid", _WHOLE_PMID), ("pmcid", _WHOLE_PMCID)):
        match = pattern.fullmatch(text) if kind in ("", name) else None
        if match and (spelled := _SPELLED[name](match[1])):
            return Identifier(name, spelled)
    if kind in ("pmid", "pmcid") and _DIGITS.fullmatch(text):
        return Identifier(kind, _SPELLED[kind](text))
    if kind in ("", "url") and _URL.fullmatch(text):
        return _address(text)
    return None


def of_address(url: str) -> Identifier | None:
    """Return what an address is the address of: a publication, or the page of a trial in a register; else None."""
    text = _decoded(url).strip()
    if trial := _TRIAL.fullmatch(text):
        return Identifier("registry", f"NCT{trial[1]}")
    found = identifier(text) if _URL.fullmatch(text) and not _REVIEW.fullmatch(text) else None
    return found if found and found.kind != "url" else None


def mentioned(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers that stand in a text or an address, each at a sign of its kind: "PMID", "PMC", "CD"."""
    plain = _decoded(text)
    found = [each for part in _OF_QUERY.split(plain) if (each := doi(part))]
    plain = plain if not found else re.sub("|".join(map(re.escape, found)), " ", plain)
    reviews = [(number.upper().replace(" ", ""), version.lower()) for number, version in _IN_REVIEW.findall(plain)]
    found += [f"10.1002/14651858.{review}.{version}" for review, version in reviews if version]
    return tuple(
        dict.fromkeys(
            Identifier(kind, value)
            for kind, values in (
                ("doi", found),
                ("review", [review for review, version in reviews if not version]),
                ("pmid", _IN_PMID.findall(plain)),
                ("pmcid", (f"PMC{number}" for number in _IN_PMCID.findall(plain))),
                ("trial", (number for number in registrations(plain) if number.startswith("NCT"))),
            )
            for value in values
        )
    )


def cited(citation: str) -> tuple[Identifier, ...]:
    """Return the identifiers in a citation: its DOI, or else the one PMID, PMCID or version of a Cochrane review in it.

    Those are taken at a sign of their kind, and not where the words may be about another publication.
    """
    if found := doi(citation):
        return (Identifier("doi", found),)
    named = [] if ABOUT.search(citation) else [name for name in mentioned(citation) if name.kind in _SPELLED]
    return tuple(named) if len({name.kind for name in named}) == len(named) else ()


def several(written: str, kind: str = "") -> tuple[Identifier, ...]:
    """Return the identifiers of a cell that has one or more of them; none if a part of it is nothing of that kind."""
    whole = identifier(written, kind)
    parts = _SEPARATED.split(written.strip())
    if len(parts) == 1 or (whole and whole.kind != "url" and not _NEXT.search(written)):
        return (whole,) if whole else ()
    found = [each for part in parts if (each := identifier(part.strip(" ;,|"), kind))]
    if len(found) == len(parts):
        return tuple(dict.fromkeys(found))
    return (whole,) if whole else ()


def _of_review(text: str) -> str:
    """Return the DOI of a Cochrane review by its number or its page at cochrane.org."""
    found = _REVIEW.fullmatch(text)
    return (
        f"10.1002/14651858.{found[1].upper().replace(' ', '')}{f'.{found[2].lower()}' if found[2] else ''}"
        if found
        else ""
    )


def _address(text: str) -> Identifier | None:
    """Return an address as it is if it is legal, else with the signs encoded that may not stand in one."""
    for written in (text, quote(_LONE_PERCENT.sub("%25", text), safe=_LEGAL)):
        try:
            return Identifier("url", IRI(written).value, written != text)
        except ValueError:
            continue
    return None


_SPELLED = {"doi": doi, "pmid": pmid, "pmcid": pmcid}
