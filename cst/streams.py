"""The three streams as a run can rely on them, whatever the caller closed and whatever cannot be written.

What goes wrong with standard output is known as that, and never taken for a fault of an input. What goes wrong with the
error stream changes nothing: what is said there is said beside the answer, which has an exit code of its own.
"""

from __future__ import annotations

import errno
import io
import os
import sys

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

# What stands in for a stream that is closed. An answer that goes to what can only be read is lost as on a full disk.
WAYS = {"stdin": os.O_RDONLY, "stdout": os.O_RDONLY, "stderr": os.O_WRONLY}

_terminals: list[int] = []  # which of standard input and output were terminals as it began


class Unwritten(OSError):
    """The answer could not be written to standard output."""


class _Raw(io.RawIOBase):
    """The bytes under a stream, and what to do where they take nothing."""

    def __init__(self, stream: Any) -> None:
        self.kept = stream  # it would close what is under it as it goes
        self.under = getattr(stream.buffer, "raw", stream.buffer)  # with `python -u` there is no buffer between

    def writable(self) -> bool:
        """Always."""
        return True

    def fileno(self) -> int:
        """That of the stream underneath."""
        return int(self.under.fileno())

    def isatty(self) -> bool:
        """As the stream underneath."""
        return bool(self.under.isatty())


class _Answer(_Raw):
    """Standard output: what goes wrong is `Unwritten`, or that the reader has gone."""

    def write(self, data: Any) -> Any:
        """Writes some of it, and says how much."""
        try:
            return self.under.write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            if sys.platform == "win32" and error.errno == errno.EINVAL:  # what a pipe without a reader is there
                raise BrokenPipeError from error
            says = "standard output is closed" if error.errno == errno.EBADF else error.strerror
            raise Unwritten(error.errno, says) from error


class _Beside(_Raw):
    """The error stream: what cannot be written there is let go."""

    def write(self, data: Any) -> Any:
        """Writes some of it, and says how much; where nothing can be written, all of it is gone."""
        try:
            return self.under.write(data)
        except OSError:
            return len(data)


def stand_in() -> None:
    """Puts streams that hold in place of the three that Python made, or could not make as they were closed."""
    _terminals[:] = filter(os.isatty, (0, 1))
    for name, way in WAYS.items():  # in this order: each takes the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, way), "r" if name == "stdin" else "w"))  # noqa: SIM115
    sys.stdout = _over(sys.stdout, _Answer)
    sys.stderr = _over(sys.stderr, _Beside)


def hung_up() -> bool:
    """Whether the terminal that was there has been closed: then it is none any more."""
    return not all(map(os.isatty, _terminals))


def _over(stream: Any, kind: type[_Raw]) -> io.TextIOWrapper:
    """Text with the same encoding over the same bytes; a character that a console cannot show is replaced."""
    return io.TextIOWrapper(
        io.BufferedWriter(kind(stream)),
        encoding=stream.encoding,
        errors="replace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
