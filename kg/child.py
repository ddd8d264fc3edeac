"""Processes of our own for what may run away: each has a deadline and a limit of memory, and takes nothing with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).parents[1]


class Ended(NamedTuple):
    """How a child ended: its exit status (negative: a signal), what it wrote, and what it complained of."""

    status: int
    output: bytes
    complaint: str


def run(module: str, request: object, deadline: float) -> Ended:
    """Run one of our modules in a new process with a JSON request on its standard input.

    `deadline` is in seconds.  Raises TimeoutError when it passes; the child is killed then, and on Ctrl-C.
    """
    # -P and no empty path: a json.py that lies in the current folder is not ours to import.
    paths = filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")])
    try:
        done = subprocess.run(  # noqa: S603 -- a module of ours; what a person wrote goes in by standard input
            [sys.executable, "-P", "-m", module, str(deadline)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=deadline,
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(deadline) from error
    return Ended(done.returncode, done.stdout, done.stderr.decode(errors="replace").strip())


def limit(size: int) -> None:
    """Let this process take `size` bytes of address space and no more; called by a child before it begins.

    It also ends by itself soon after its deadline: a parent that was killed kills no child.
    """
    try:
        import resource
    except ImportError:  # a system without POSIX limits: the parent's deadline alone holds
        return
    signal.setitimer(signal.ITIMER_REAL, float(sys.argv[1]) + 1)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if most == resource.RLIM_INFINITY else min(size, most), most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
