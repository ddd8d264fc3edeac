"""Claim files are begun and grow: a folder to start from, and records that are added without touching the rest."""

from __future__ import annotations

from kg.curation.addition import Added, add
from kg.curation.beginning import begin

__all__ = ["Added", "add", "begin"]
