"""Claim files are begun and grow: a folder to start from, and records that are added without touching the rest."""

from __future__ import annotations

from kg.editing.add import Added, add
from kg.editing.init import begin

__all__ = ["Added", "add", "begin"]
