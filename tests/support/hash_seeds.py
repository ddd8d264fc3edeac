"""How tests show that an output is the same on every run: Python orders a set of texts by a seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]


def outputs(*arguments: str) -> set[bytes]:
    """Return what `python ARGUMENTS` prints under several hash seeds: one output, unless the order of a set shows."""
    command = [sys.executable, *arguments]
    environments = (os.environ | {"PYTHONHASHSEED": seed} for seed in ("0", "1", "12345"))
    return {
        subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, check=True).stdout
        for environment in environments
    }
