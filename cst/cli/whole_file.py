"""A file that is there whole or not at all: written beside its place under another name, it gets its own name last.

Only the user can read it, no link leads it elsewhere, it goes over no file unless that was agreed, and where it cannot
be written nothing of it is left.
"""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, NamedTuple

from cst.cli.errors import Trouble, trouble
from cst.exits import Exit

STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
REMEDIES = {
    errno.ENOSPC: "Make room on the disk, or save somewhere else.",
    errno.EDQUOT: "Make room, or save somewhere else.",
    errno.EFBIG: "Save somewhere else.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.ENOENT: "Make the folder first, or choose another.",
    errno.ENOTDIR: "Choose a folder that is one.",
    errno.EACCES: "Choose a folder that you may write to.",
    errno.EPERM: "Choose a folder that you may write to.",
    errno.EROFS: "Choose a folder that you may write to.",
    errno.EEXIST: "It came there meanwhile. Choose another name.",
}
ANOTHER = "Choose another place."


class Beside(NamedTuple):
    """The file while it is written: its name of that time, and the same file, open."""

    path: str
    file: IO[bytes]


@contextmanager
def whole_file(
    place: str, *, replaces: bool = False, ending: str = ".tmp", then: Callable[[], None] | None = None
) -> Iterator[Beside]:
    """A new and empty file beside its place, which gets its own name if all goes well; else nothing of it is left.

    Args:
        place: where it is to be, in full.
        replaces: whether it may go over a file that is there.
        ending: how its name ends meanwhile, for those who go by it.
        then: what to do once it has its name, before anything can stop it.

    Raises:
        OSError: it cannot be written, or something has come to stand at its place.
    """
    path = os.path.join(os.path.dirname(place), f".cst-{os.urandom(8).hex()}{ending}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags, 0o600), "wb") as file:
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), 0o600)  # whatever the umask
            yield Beside(path, file)
            file.flush()
            os.fsync(file.fileno())
        with _undisturbed():
            _name(path, place, replaces=replaces)
            if then:
                then()
    finally:
        with suppress(OSError):
            os.unlink(path)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Not to be stopped meanwhile: once the file has its name, "nothing was kept" would not be true."""
    before = {stop: signal.signal(stop, signal.SIG_IGN) for stop in STOPS}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)


def _name(path: str, place: str, *, replaces: bool) -> None:
    """Gives the file its name. A rename would go over a file that came there meanwhile; a second name does not."""
    if replaces:
        os.replace(path, place)
        return
    try:
        os.link(path, place)
    except FileExistsError:
        raise
    except OSError:  # some disks know no second names
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.rename(path, place)


def cannot_write(place: str, done: str, error: OSError) -> Trouble:
    """What to say where a file could not be `done` ("saved"), with what to do about it."""
    says = f"{place} could not be {done}, and nothing of it is left there: {error.strerror}."
    return trouble(Exit.CANNOT_WRITE, f"not-{done}", says, REMEDIES.get(error.errno or 0, ANOTHER))


def is_there(name: str) -> Trouble:
    """What to say of a file that is not to be written over."""
    return trouble(Exit.USAGE, "file-exists", f"{name} is there already.", "Choose another name, or delete it first.")
