"""The one way in for every file that is read: a plain file at once, or what is wrong with it, and never a wait.

A pipe, a device or a socket in the place of a file is refused before a byte is read of it, and a file that is too large
to be meant. What is looked at is the open file, not its name, so that nothing can be put in its place in between.
What is read back as truth must moreover be this user's own: nobody else may change it, or put another in its place.
"""

from __future__ import annotations

import errno
import os
import stat
import sys

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

FILE_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFLNK: "a link that cannot be followed",
}
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What cannot even be opened so. A link is followed, so one that cannot be leads in a circle, or may not be followed.
_ODD = {errno.ENXIO: stat.S_IFSOCK, errno.EISDIR: stat.S_IFDIR, errno.ELOOP: stat.S_IFLNK}


class Unfit(OSError):
    """A file that is there and is not read: a code, what is wrong with it, and what to do."""

    def __init__(self, code: str, path: str, says: str, remedy: str) -> None:
        super().__init__(errno.EINVAL, says, path)
        self.code = code
        self.says = says
        self.remedy = remedy


def open_plain(path: str, *, ours: bool = False) -> BinaryIO:
    """A plain file, opened to be read; as `descriptor`."""
    return open(descriptor(path, ours=ours), "rb")


def read_plain(path: str, most: int, *, ours: bool = False) -> bytes:
    """All of a plain file; as `descriptor`.

    Args:
        path: the file.
        most: how many bytes it may have.
        ours: whether only a file of this user will do.

    Raises:
        Unfit: it may not be read, or is too large.
        OSError: it is not there, or cannot be read.
    """
    with open_plain(path, ours=ours) as file:
        size = os.fstat(file.fileno()).st_size
        data = (file.read(most + 1) or b"") if size <= most else b""  # None from one that would wait for more
    if max(size, len(data)) > most:  # one that the system makes as it is read has no size
        says = f"the file has {size or len(data):,} bytes; {most:,} is the most"
        raise Unfit("too-large", path, says, "split it, or remove what is not needed")
    return data


def descriptor(path: str, *, ours: bool = False, links: bool = True) -> int:
    """A plain file, opened to be read, as the system's number for it.

    Args:
        path: the file.
        ours: whether only a file will do that belongs to this user or the system, and that nobody else can change or
            exchange. Where the system does not say who may do that (Windows), it is not asked.
        links: whether `path` may lead to a file elsewhere.

    Raises:
        Unfit: it may not be read.
        OSError: it is not there, or cannot be opened.
    """
    try:
        opened = os.open(path, _FLAGS | (0 if links else getattr(os, "O_NOFOLLOW", 0)))
    except OSError as error:
        if error.errno in _ODD:
            raise _no_file(path, _ODD[error.errno]) from None
        raise
    try:
        _look(path, os.fstat(opened), ours)
        _gives(path, opened)
    except OSError:
        os.close(opened)
        raise
    return opened


def _look(path: str, status: os.stat_result, ours: bool) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _no_file(path, stat.S_IFMT(status.st_mode))
    if ours and sys.platform != "win32":
        if wrong := _others(status, "the file"):
            raise Unfit(wrong[0], path, *wrong[1:])
        for folder in {os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.realpath(path))}:
            fit_folder(folder)


def _gives(path: str, opened: int) -> None:
    """The system has files that only look plain: they wait for more, or begin nowhere."""
    try:
        if hasattr(os, "pread"):
            os.pread(opened, 1, 0)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.ESPIPE, errno.EINVAL):
            raise _no_file(path, 0) from None
        raise OSError(error.errno, error.strerror, path) from None


def _no_file(path: str, kind: int) -> Unfit:
    return Unfit("not-a-file", path, f"this is {FILE_KINDS.get(kind, 'no plain file')}", "name a plain file")


def fit_folder(folder: str) -> None:
    """Looks at whether nobody else can put another file in the place of one in this folder.

    Where only its owner may move a file (a folder with the sticky bit, as for temporary files), nobody else can.

    Raises:
        Unfit: somebody can.
        OSError: it is not there.
    """
    if sys.platform == "win32":
        return
    status = os.stat(folder)
    wrong = _others(status, "its folder")
    if wrong and not (wrong[0] == "writable" and status.st_mode & stat.S_ISVTX):
        raise Unfit(wrong[0], folder, wrong[1], "keep it in a folder that only you can change")


def _others(status: os.stat_result, it: str) -> tuple[str, str, str] | None:
    """Who but the user and the system can have changed it: a code, that in words, and what to do; None: nobody."""
    if status.st_uid not in (0, os.geteuid()):
        return "owner", f"{it} belongs to someone else", "make a copy of your own, once you have read it"
    if status.st_mode & stat.S_IWOTH:
        return "writable", f"anyone on this computer can change {it}", "take that away: chmod go-w FILE"
    if status.st_mode & stat.S_IWGRP and not _private(status.st_gid, status.st_uid):
        return "writable", f"other people in its group can change {it}", "take that away: chmod g-w FILE"
    return None


def _private(group: int, owner: int) -> bool:
    """Whether a group is its owner's alone, as systems make one for each user, called like the user."""
    import grp
    import pwd

    try:
        named, user = grp.getgrgid(group), pwd.getpwuid(owner)
    except KeyError:
        return False
    return named.gr_name == user.pw_name and set(named.gr_mem) <= {user.pw_name}
