"""Whether a local file may be read at all: a plain file, that nobody but the user can have written, and not huge.

What is looked at is the open file, not its name, so that nothing can be put in its place in between; it is opened so
that a pipe without a writer does not hold us up, and not a byte is read of what is refused.
"""

from __future__ import annotations

import os
import stat
import sys

from cst.source.faults import Fault
from cst.source.yaml import MOST_BYTES

FILE_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def read(path: str) -> tuple[bytes, list[Fault]]:
    """The bytes of a local file; none, and what is wrong with it, where it may not be used.

    Raises:
        OSError: it cannot be opened or read.
    """
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if wrong := _wrong(os.fstat(opened)):
            return b"", [Fault(code, path, 1, says, remedy) for code, says, remedy in wrong]
        with open(opened, "rb", closefd=False) as file:
            return file.read(MOST_BYTES + 1), []
    finally:
        os.close(opened)


def _wrong(status: os.stat_result) -> list[tuple[str, str, str]]:
    kind = stat.S_IFMT(status.st_mode)
    if kind != stat.S_IFREG:
        return [("not-a-file", f"this is {FILE_KINDS.get(kind, 'no plain file')}", "name a plain file")]
    if status.st_size > MOST_BYTES:
        says = f"the file has {status.st_size:,} bytes; {MOST_BYTES:,} is the most"
        return [("too-large", says, "split it, or remove what is not needed")]
    return [] if sys.platform == "win32" else _others(status)


def _others(status: os.stat_result) -> list[tuple[str, str, str]]:
    """Who but the user and the system can have written it."""
    if status.st_uid not in (0, os.geteuid()):
        return [("owner", "the file belongs to someone else", "make a copy of your own, once you have read it")]
    if status.st_mode & stat.S_IWOTH:
        return [("writable", "anyone on this computer can change the file", "take that away: chmod go-w FILE")]
    if status.st_mode & stat.S_IWGRP and not _private(status.st_gid, status.st_uid):
        return [("writable", "other people in its group can change the file", "take that away: chmod g-w FILE")]
    return []


def _private(group: int, owner: int) -> bool:
    """Whether a group is its owner's alone, as systems make one for each user, called like the user."""
    import grp
    import pwd

    try:
        named, user = grp.getgrgid(group), pwd.getpwuid(owner)
    except KeyError:
        return False
    return named.gr_name == user.pw_name and set(named.gr_mem) <= {user.pw_name}
