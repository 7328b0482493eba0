"""A file that is there whole or not at all: written beside its place under another name, it gets its own name last.

Only the user can read it where the disk keeps such rights, no link leads it elsewhere, it goes over no file unless that
was agreed, and where it cannot be written nothing of it is left. Where the system can, it has no name at all until it
is whole: then not even a run that is killed, or a computer that loses its power, leaves anything. Elsewhere
`left_overs` finds what such a run left.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO, NamedTuple

from cst.cli.errors import Trouble, trouble
from cst.exits import Exit

STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
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
DEVICES = {
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
    *(f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"),
}
ANOTHER = "Choose another place."
WORK_FILE = ".cst-"  # how the name of a file begins while it is written


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
    opened = None if replaces else _without_name(os.path.dirname(place))
    number, path = opened or _with_name(place, ending)
    try:
        with open(number, "wb") as file:
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), 0o600)  # whatever the umask
            yield Beside(path, file)
            file.flush()
            os.fsync(file.fileno())
            if opened:
                _finish(partial(_link_open, path, place), then)
        if not opened:
            _finish(partial(_name, path, place, replaces=replaces), then)
    finally:
        if not opened:
            with suppress(OSError):
                os.unlink(path)


def _without_name(folder: str) -> tuple[int, str] | None:
    """A new file that no folder names, and a path to it; None where the system or the disk has none."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        number = os.open(folder or ".", os.O_WRONLY | os.O_TMPFILE, 0o600)
    except OSError:
        return None
    path = f"/proc/self/fd/{number}"
    if os.path.exists(path):
        return number, path
    os.close(number)
    return None


def _with_name(place: str, ending: str) -> tuple[int, str]:
    """A new file beside its place, held so that `left_overs` lets it be."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    while True:
        path = os.path.join(os.path.dirname(place), f"{WORK_FILE}{os.urandom(8).hex()}{ending}")
        number = os.open(path, flags, 0o600)
        with suppress(OSError):
            hold(number)
        if os.path.lexists(path):  # else another run took it for a left-over in between
            return number, path
        os.close(number)


def hold(number: int) -> bool:
    """Takes an open file for this run, as long as it is open; False where another run has it.

    Raises:
        OSError: the disk cannot say.
    """
    try:
        import fcntl
    except ImportError:  # Windows lets nobody delete a file that is open
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _finish(name: Callable[[], None], then: Callable[[], None] | None) -> None:
    with _undisturbed():
        name()
        if then:
            then()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Not to be stopped meanwhile: once the file has its name, "nothing was kept" would not be true."""
    before = {stop: signal.signal(stop, signal.SIG_IGN) for stop in STOPS}
    try:
        yield
    finally:
        for stop, handler in before.items():
            signal.signal(stop, handler)


def _link_open(path: str, place: str) -> None:
    """Gives a file without a name its own. `path` leads to it, and os.link follows only where folders are given."""
    root = os.open("/", os.O_RDONLY)
    try:
        os.link(path, place, src_dir_fd=root, follow_symlinks=True)
    except FileExistsError:
        raise
    except OSError:  # some disks know no second names
        _copy(path, place)
    finally:
        os.close(root)


def _copy(path: str, place: str) -> None:
    """The same with a name meanwhile: written once more, then renamed."""
    number, named = _with_name(place, ".tmp")
    try:
        with open(path, "rb") as whole, open(number, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            shutil.copyfileobj(whole, file)
            file.flush()
            os.fsync(file.fileno())
        _name(named, place, replaces=False)
    finally:
        with suppress(OSError):
            os.unlink(named)


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


def in_full(name: str) -> str:
    """The whole path of a file; its name alone where the current folder is gone, and then it cannot be written.

    Raises:
        Trouble: on Windows it names a device, or a stream beside a file that nobody would find.
    """
    if sys.platform == "win32" and _is_no_file(name):
        says = f"{name:.60} is no name of a file on Windows."
        raise trouble(Exit.USAGE, "device", says, "Choose another name, for example: plan.txt")
    try:
        return os.path.abspath(name)
    except OSError:
        return name


def _is_no_file(name: str) -> bool:
    """Whether Windows takes a name for a device, with any ending and in any folder, or for a stream (`a:b.txt`)."""
    last = name.replace("\\", "/").rpartition("/")[2]
    drive, colon, rest = last.partition(":")
    device = (rest if colon and len(drive) == 1 else last).partition(".")[0].strip().upper()
    return device in DEVICES or ":" in (rest if len(drive) == 1 else last)


def open_to_others(path: str) -> bool:
    """Whether others may read a file, as far as can be seen: on Windows, and on disks that keep no rights, they may."""
    return sys.platform == "win32" or bool(os.stat(path).st_mode & 0o077)


def cannot_write(place: str, done: str, error: OSError) -> Trouble:
    """What to say where a file could not be `done` ("saved"), with what to do about it."""
    says = f"{place} could not be {done}, and nothing of it is left there: {error.strerror}."
    return trouble(Exit.CANNOT_WRITE, f"not-{done}", says, REMEDIES.get(error.errno or 0, ANOTHER))


def is_there(name: str) -> Trouble:
    """What to say of a file that is not to be written over."""
    return trouble(Exit.USAGE, "file-exists", f"{name} is there already.", "Choose another name, or delete it first.")
