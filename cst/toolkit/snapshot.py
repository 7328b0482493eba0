"""The run-time copy: the checked toolkit as it lies in memory, so that no YAML is read in daily use.

Trusted as one trusts compiled Python files: same user, same machine, private folder. The files are always the
truth: a copy that is missing, damaged, of another version or older than its files is made again, and where it cannot
be written the toolkit is simply read from its files.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import zlib
from collections.abc import Sequence
from typing import Any

FORMAT = 2


def stamp(paths: Sequence[str]) -> tuple[Any, ...]:
    """What must be the same for a copy to hold: our format, this Python, and each file's place, size, time and rights.

    Rights and owner count as a file that others may change is no longer trusted (see `trust.py`).

    Raises:
        OSError: a file is not there.
    """
    files = tuple(
        (path, status.st_size, status.st_mtime_ns, status.st_mode, status.st_uid)
        for path, status in ((path, os.stat(path)) for path in paths)
    )
    return (FORMAT, sys.hexversion, files)


def place(folder: str, paths: Sequence[str]) -> str:
    """Where the copy for these files lies; each set of files has its own."""
    return os.path.join(folder, f"toolkit-{zlib.crc32(chr(0).join(paths).encode(errors='surrogateescape')):08x}.cache")


def load(file: str, wanted: tuple[Any, ...]) -> Any | None:
    """What the copy holds, or None where it cannot be used."""
    try:
        with open(file, "rb") as opened:
            data = opened.read()
        if len(data) < 4 or zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            return None
        made, content = marshal.loads(data[4:])
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return content if made == wanted else None


def save(file: str, made: tuple[Any, ...], content: Any) -> None:
    """Writes a copy, whole or not at all; a folder that cannot be written to is no fault."""
    data = marshal.dumps((made, content))
    temporary = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with open(temporary, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
            opened.write(zlib.crc32(data).to_bytes(4, "big") + data)
        os.replace(temporary, file)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
