"""What a whole process costs, its children included."""

from __future__ import annotations

import os
import subprocess
from typing import NamedTuple


class Cost(NamedTuple):
    """CPU seconds, and peak resident memory in MiB."""

    cpu: float
    memory: float


def cost(command: list[str], most: int = 0) -> Cost:
    """Run `command` to its end and return what it cost; it may end with a status up to `most`."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _ended(process, command, most)


def told(command: list[str]) -> tuple[Cost, bytes]:
    """Run `command` to its end and return what it cost and what it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read() if process.stdout else b""
    return _ended(process, command), output


def _ended(process: subprocess.Popen[bytes], command: list[str], most: int = 0) -> Cost:
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if not 0 <= process.returncode <= most:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
