"""Work files of runs that were killed: found in a folder and removed, as they may hold rows of people.

Only what `whole_file` made is touched: by its name, a plain file, the user's own, and held by no run that goes on.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress

from cst.cli.whole_file import WORK_FILE, hold

_NAME = re.compile(re.escape(WORK_FILE) + r"[0-9a-f]{16}(\.[^.]*)?")


def remove_left_overs(folder: str) -> list[str]:
    """Removes the work files of dead runs from a folder and gives the names of those that it could remove."""
    return [name for name in _found(folder) if _removed(os.path.join(folder, name))]


def _found(folder: str) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder or ".") as entries:
        yield from sorted(entry.name for entry in entries if _NAME.fullmatch(entry.name))


def _removed(path: str) -> bool:
    try:
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        try:
            mine = _mine(os.fstat(opened)) and hold(opened)
            if mine and os.name != "nt":
                os.unlink(path)
        finally:
            os.close(opened)
        if mine and os.name == "nt":
            os.unlink(path)
    except OSError:
        return False
    return mine


def _mine(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and (not hasattr(os, "geteuid") or status.st_uid == os.geteuid())
