"""The file of people that the user names: a plain file as it is, a pipe or standard input held in memory.

A pipe can be read once, and a screening goes over its input more than once. So what comes through a pipe is held: never
in a file, as rows of people belong in no file that the user did not ask for.
"""

from __future__ import annotations

import io
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NamedTuple

from cst.plain_file import descriptor

STANDARD_INPUT = "-"
SEND_IN = "Name a file, or send one in: cst screen SCHEME - < FILE."
MOST_HELD = 1 << 30  # bytes that may come through a pipe
PIECE = 1 << 20
PATIENCE = 5.0  # seconds for somebody to begin to write into a pipe


class Held(NamedTuple):
    """What came through a pipe, where the system has no files that are in memory alone."""

    data: bytes


People = str | Held


class CannotRead(Exception):
    """A file that cannot be read, with why and what to do."""

    def __init__(self, says: str, remedy: str = "Check the name.") -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy


def binary(people: People) -> IO[bytes]:
    """The file, open for reading.

    Raises:
        CannotRead: it cannot be opened; reading raises it too.
    """
    if isinstance(people, Held):
        return io.BytesIO(people.data)
    with _readable():
        return io.BufferedReader(_File(people), PIECE)


class _File(io.FileIO):
    def readinto(self, buffer: Any) -> int:
        """As ever, but a disk or a network that fails is told from one that cannot be written."""
        with _readable():
            return super().readinto(buffer) or 0


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remedy = getattr(error, "remedy", "check the name")  # of a file that is there, and no plain one
        raise CannotRead(f"It cannot be read: {error.strerror}.", f"{remedy[:1].upper()}{remedy[1:]}.") from None


@contextmanager
def people_file(name: str, standard_input: int | None) -> Iterator[People]:
    """What to read.

    Args:
        name: the file's name, or STANDARD_INPUT.
        standard_input: the number of standard input, where it is open.

    Raises:
        CannotRead: there is nothing that could be screened.
    """
    if name == STANDARD_INPUT:
        if standard_input is None:
            raise CannotRead("Standard input is closed.", SEND_IN)
        with _held(standard_input, os.read) as held:
            yield held
        return
    if not _is_pipe(name):
        with _readable():
            os.close(descriptor(name))
        yield name
        return
    with _readable():
        opened = os.open(name, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with _held(opened, _Patient()) as held:
            yield held
    finally:
        os.close(opened)


def _is_pipe(name: str) -> bool:
    try:
        return stat.S_ISFIFO(os.stat(name).st_mode)
    except OSError:
        return False


class _Patient:
    """Reads from a pipe that may have nobody to write into it yet."""

    def __init__(self) -> None:
        self.until = time.monotonic() + PATIENCE

    def __call__(self, opened: int, most: int) -> bytes:
        """Some bytes; none at the end, and where nobody writes."""
        while True:
            try:
                if (piece := os.read(opened, most)) or time.monotonic() > self.until:
                    return piece
            except BlockingIOError:  # somebody writes, in their own time
                os.set_blocking(opened, True)
                self.until = 0.0
                continue
            if os.get_blocking(opened):
                return piece
            time.sleep(0.02)


@contextmanager
def _held(opened: int, read: Callable[[int, int], bytes]) -> Iterator[People]:
    """All that comes through a pipe."""
    _refuse(os.fstat(opened).st_mode, terminal=os.isatty(opened))
    with _in_memory() as (file, people):
        size = 0
        while piece := _piece(opened, read):
            size += len(piece)
            if size > MOST_HELD:
                raise CannotRead(f"More than {MOST_HELD >> 20:,} MB came through a pipe.", "Name a file instead.")
            file.write(piece)
        if not size and stat.S_ISFIFO(os.fstat(opened).st_mode):
            raise CannotRead("Nothing came through the pipe.", "Name a file, or look at what writes into the pipe.")
        file.flush()
        yield people or Held(file.getvalue() if isinstance(file, io.BytesIO) else b"")


def _piece(opened: int, read: Callable[[int, int], bytes]) -> bytes:
    with _readable():
        return read(opened, PIECE)


def _refuse(mode: int, *, terminal: bool) -> None:
    """What a stream may not be. A closed one is a device here, as something stands in for it."""
    if terminal:
        raise CannotRead("This is a terminal, not a file.", SEND_IN)
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        raise CannotRead("Nothing comes through standard input: it is closed, a folder or a device.", SEND_IN)


@contextmanager
def _in_memory() -> Iterator[tuple[IO[bytes], str]]:
    """A file that is in memory alone, with its name; without one where the system has no such files."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            number = os.memfd_create("cst", os.MFD_CLOEXEC)
            path = f"/proc/self/fd/{number}"
            with open(number, "r+b", buffering=0) as file:
                if os.path.exists(path):
                    yield file, path
                    return
    yield io.BytesIO(), ""
