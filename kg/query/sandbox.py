"""Sandbox of the process that evaluates queries: it cannot open a connection, whatever it is asked.

It is a second wall behind the guard.

Linux lets a process give up a system call for good (seccomp, https://docs.kernel.org/userspace-api/seccomp_filter.html);
on other systems and processors the guard stands alone.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from typing import NamedTuple

_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _PR_SET_NO_NEW_PRIVS = 22, 2, 38
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
"""Offsets of the system call's number and of the kind of processor in what the filter looks at."""


class _Machine(NamedTuple):
    """A processor as the kernel knows it: its number, and that of the system call `socket`."""

    architecture: int
    socket: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41), "aarch64": _Machine(0xC00000B7, 198)}


def give_up_network() -> bool:
    """Let this process and what it starts open no sockets any more; say whether the system could do that."""
    machine = _MACHINES.get(os.uname().machine)
    if sys.platform != "linux" or machine is None:
        return False
    import ctypes

    code = _filter(machine)
    content = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(code) // 8, ctypes.addressof(content)))
    system = ctypes.CDLL(None)
    nothing = ctypes.c_ulong(0)
    failed = system.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), nothing, nothing, nothing)
    failed = failed or system.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), program)
    return not failed


def _filter(machine: _Machine) -> bytes:
    """Return the program that answers `socket` with EACCES, and lets the rest pass."""
    steps = [  # what to do, how many steps to leap if equal and if not, with which value
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JUMP_IF_EQUAL, 0, 2, machine.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_JUMP_IF_EQUAL, 1, 0, machine.socket),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
