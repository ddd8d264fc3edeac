"""Standard streams of the command line: no text from data can drive the terminal that it is shown on.

A terminal obeys escape sequences (ESC ]0;… sets its title, others hide what follows).  So all that goes to one passes
through here, and control characters are shown as U+FFFD.  What `kg` itself draws with colours is a `Drawn`, made of
texts that were cleaned before.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = "\n\t"
_OVERRIDES = "\u202d\u202e"
"""Characters that turn the order of all that follows in the line."""
_CONTROL = {
    ord(character): "\ufffd"
    for character in (*map(chr, (*range(0x20), *range(0x7F, 0xA0))), *_OVERRIDES)
    if character not in _KEPT
}


class Drawn(str):
    """Text for a terminal whose escape sequences are ours."""

    __slots__ = ()

    def __add__(self, more: str) -> Drawn:
        return Drawn(f"{self}{clean(more)}")


def clean(text: str) -> str:
    """Return `text` with U+FFFD for each character that drives a terminal; lines may end as on any system."""
    return text.replace("\r\n", "\n").translate(_CONTROL)


@contextmanager
def cleaned() -> Iterator[None]:
    """Let standard output, if it is a terminal, and standard error show no control characters in the block.

    What goes to a file or a pipe is UTF-8 whatever the locale, as all files are that `kg` writes; a terminal shows a
    question mark for a letter that it does not have.
    A standard stream that is closed is an empty one in the block, or one that cannot be written; its number goes to no
    other file.
    """
    _open_closed()
    output = _Cleaned(sys.stdout) if sys.stdout.isatty() else sys.stdout
    if output is sys.stdout and isinstance(output, io.TextIOWrapper):
        output.reconfigure(encoding="utf-8", errors="strict")
    with redirect_stdout(cast("TextIO", output)), redirect_stderr(cast("TextIO", _Cleaned(sys.stderr))):
        yield


def obeyed(stream: TextIO) -> TextIO:
    """Return the stream below a cleaned one, for what moves the cursor: a progress bar."""
    return stream.below if isinstance(stream, _Cleaned) else stream


class _Cleaned:
    """Text stream that cleans what is written to it."""

    def __init__(self, below: TextIO) -> None:
        self.below = below
        if isinstance(below, io.TextIOWrapper) and below.errors == "strict":
            below.reconfigure(errors="replace")  # a letter that the terminal does not have

    def __getattr__(self, name: str) -> Any:
        return getattr(self.below, name)

    def write(self, text: str) -> int:
        return self.below.write(text if isinstance(text, Drawn) else clean(text))

    @property
    def buffer(self) -> IO[bytes]:
        return cast("IO[bytes]", _Bytes(self))


class _Bytes(io.RawIOBase):
    """Bytes of UTF-8 text that go to a cleaned stream."""

    def __init__(self, text: _Cleaned) -> None:
        self._text = text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._text.write(self._decoder.decode(bytes(content)))
        return len(content)

    def flush(self) -> None:
        self._text.below.flush()


def _open_closed() -> None:
    """Put an empty file in the place of each standard stream that is closed: what is written to it is an error."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY)
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False)  # noqa: SIM115 -- a number, open as long as the process
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
