"""Names of languages in bibliographies, as the tags that RDF takes."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_NAMES = {
    "ara": "ar", "chi": "zh", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "eng": "en", "fin": "fi",
    "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hrv": "hr", "hun": "hu", "ita": "it",
    "jap": "ja", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no", "per": "fa", "pol": "pl", "por": "pt",
    "rum": "ro", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip
"""The first three letters of an English name, or a code of ISO 639-2 (both sorts) -> ISO 639-1."""


def language(printed: str) -> str:
    """Return the tag for "eng", "English", "en" or "en-US"; "" for a language that is not known here."""
    return printed if _TAG.fullmatch(printed) else _NAMES.get(printed.strip().lower()[:3], "")
