"""What MEDLINE says of a publication in its own words: publication types, and notices about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.readers.bibliographies.record import CORRECTED, PREPRINT, RETRACTED

if TYPE_CHECKING:
    from collections.abc import Collection

_KINDS = {
    "Practice Guideline": "guideline",
    "Guideline": "guideline",
    "Clinical Trial Protocol": "trial protocol",
    "Systematic Review": "systematic review",
    "Meta-Analysis": "systematic review",
    "Preprint": "preprint",
    "Randomized Controlled Trial": "trial report",
    "Controlled Clinical Trial": "trial report",
    "Clinical Trial": "trial report",
    "Review": "review article",
    "Case Reports": "case report",
    "Editorial": "editorial",
    "Letter": "letter",
    "Comment": "comment",
    "News": "news report",
    "Newspaper Article": "newspaper article",
    "Congress": "conference abstract",
    "Meeting Abstract": "conference abstract",
    "Journal Article": "journal article",
}
"""Publication type -> word of a claim file; of several the first here, which says most."""
_DESIGNS = {
    "Randomized Controlled Trial": "randomised trial",
    "Systematic Review": "systematic review",
    "Meta-Analysis": "systematic review",
}
NOTICES = {
    "RetractionIn": RETRACTED,
    "RIN": RETRACTED,
    "ErratumIn": CORRECTED,
    "EIN": CORRECTED,
    "CorrectedandRepublishedIn": CORRECTED,
    "CRI": CORRECTED,
}
"""Kind of notice, in PubMed's XML and as a MEDLINE tag -> what it makes of the publication."""
REGISTERS = ("clinicaltrials.gov", "isrctn", "anzctr", "chictr", "ctri", "drks", "jprn", "eudract", "ictrp", "umin-ctr")


def kind(types: Collection[str]) -> str:
    """Return the word for what a publication is by its types."""
    return next((word for name, word in _KINDS.items() if name in types), "")


def design(types: Collection[str]) -> str:
    """Return the design of the study that a publication reports, where the types tell it."""
    return next((word for name, word in _DESIGNS.items() if name in types), "")


def status(types: Collection[str], notices: Collection[str]) -> str:
    """Return what became of a publication, by its types and the notices about it."""
    said = {NOTICES[notice] for notice in notices if notice in NOTICES}
    if RETRACTED in said or "Retracted Publication" in types:
        return RETRACTED
    return CORRECTED if CORRECTED in said else PREPRINT if "Preprint" in types else ""
