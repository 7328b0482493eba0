"""A file of values by key, of which only those asked for are read.

After the head, which says what the file was made from, stands a table of slots; each slot says where its few values
lie, how long they are and what they add up to. Finding a value takes two short reads, in a toolkit of any size.
"""

from __future__ import annotations

import marshal
import os
from zlib import crc32

from cst.lean_typing import TYPE_CHECKING
from cst.plain_file import descriptor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

MOST_BYTES = 1 << 30  # in a toolkit of fifty thousand contacts it has a tenth of that
_ROOM = 2  # values to a slot
_START = 8  # bytes: the length of the head, and its sum
_ENTRY = 16  # bytes of a slot in the table: where (8), how long (4), the sum (4)


class Damaged(Exception):
    """The file does not hold what was written to it."""


def written(head: Any, values: Mapping[str, Any]) -> bytes:
    """The whole file.

    Args:
        head: what the file was made from: anything `marshal` can write.
        values: what it holds, by key: the same.
    """
    slots = max(1, len(values) // _ROOM)
    held: list[dict[str, Any]] = [{} for _ in range(slots)]
    for key, value in values.items():
        held[_slot(key, slots)][key] = value
    top = _summed(marshal.dumps((head, slots)))
    at = len(top) + slots * _ENTRY
    table, bodies = [], []
    for slot, values_here in enumerate(held):
        body = marshal.dumps((slot, values_here))
        table.append(at.to_bytes(8, "big") + len(body).to_bytes(4, "big") + crc32(body).to_bytes(4, "big"))
        bodies.append(body)
        at += len(body)
    return b"".join((top, *table, *bodies))


def _summed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + crc32(body).to_bytes(4, "big") + body


def _slot(key: str, slots: int) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % slots


class Shelves:
    """A file that `written` made, opened."""

    def __init__(self, path: str) -> None:
        """Reads the head of a file that is this user's own, and no link: what it holds is believed.

        Raises:
            Damaged: it is not whole.
            OSError: the file cannot be read, or may not be.
        """
        self._file = descriptor(path, ours=True, links=False)
        start = os.read(self._file, _START)
        self._size = os.fstat(self._file).st_size
        body = os.read(self._file, min(int.from_bytes(start[:4], "big"), self._size))
        self._table = _START + len(body)
        self.head, self._slots = _pair(_checked(body, start[4:]))
        whole = isinstance(self._slots, int) and self._size <= MOST_BYTES
        if not whole or not 0 < self._slots * _ENTRY <= self._size - self._table:
            raise Damaged
        self._read: dict[int, dict[str, Any]] = {}

    def get(self, key: str) -> Any:
        """The value of a key, or None: the same object each time.

        Raises:
            Damaged: what was written there is not there any more.
            OSError: the file cannot be read.
        """
        return self._values(_slot(key, self._slots)).get(key)

    def everything(self) -> dict[str, Any]:
        """Every value by its key; raises as `get`."""
        return {key: value for slot in range(self._slots) for key, value in self._values(slot).items()}

    def _values(self, slot: int) -> dict[str, Any]:
        if slot not in self._read:
            entry = self._bytes(self._table + slot * _ENTRY, _ENTRY)
            body = self._bytes(int.from_bytes(entry[:8], "big"), int.from_bytes(entry[8:12], "big"))
            place, values = _pair(_checked(body, entry[12:]))
            if place != slot or not isinstance(values, dict):
                raise Damaged
            self._read[slot] = values
        return self._read[slot]

    def _bytes(self, at: int, length: int) -> bytes:
        if at + length > self._size:
            raise Damaged
        os.lseek(self._file, at, os.SEEK_SET)
        return os.read(self._file, length)

    def close(self) -> None:
        """Lets go of the file. Nobody can be told of a fault here, so there is none."""
        try:
            os.close(self._file)
            del self._file
        except (AttributeError, OSError):
            pass

    def __del__(self) -> None:
        self.close()


def _checked(body: bytes, wanted: bytes) -> Any:
    """What was written as these bytes.

    Raises:
        Damaged: they do not add up.
    """
    if len(wanted) != 4 or crc32(body) != int.from_bytes(wanted, "big"):
        raise Damaged
    try:
        return marshal.loads(body)
    except (ValueError, EOFError, TypeError, MemoryError, RecursionError):
        raise Damaged from None


def _pair(value: Any) -> tuple[Any, Any]:
    """A value that must be two.

    Raises:
        Damaged: it is something else.
    """
    if not isinstance(value, tuple) or len(value) != 2:
        raise Damaged
    return value
