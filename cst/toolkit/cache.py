"""The run-time copy: the checked toolkit as it lies in memory, so that no YAML is read in daily use.

Trusted as one trusts compiled Python files: same user, same machine, private folder. The files are always the
truth: a copy that is missing, damaged, of another version or older than its files is made again, and where it cannot
be written the toolkit is simply read from its files. Records are read from the copy one by one, as they are wanted.
"""

from __future__ import annotations

import os
import sys
import zlib

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.keyed_file import Damaged, Shelves, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from cst.toolkit.contact_index import Filling
    from cst.toolkit.names import Names


FORMAT = 5
NAMES, FILLING, WORDS = "=names", "=filling", "=words "  # no kind is called so


class Parts(NamedTuple):
    """What a toolkit is made of: its records by kind and id, and what has been worked out from them."""

    records: Mapping[str, Any]
    names: Names
    filling: Filling
    words: Mapping[str, Any]  # what a search looks up; empty where it has to do without


def stamp(paths: Sequence[str]) -> tuple[Any, ...]:
    """What must be the same for a copy to hold: our format, this Python, and each file's place, size, time and rights.

    Rights and owner count as a file that others may change is no longer trusted (see `source/file_permissions.py`).

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


def load(file: str, wanted: tuple[Any, ...], again: Callable[[], Parts]) -> Parts | None:
    """What the copy holds, read as it is wanted, or None where it cannot be used.

    Args:
        file: the copy.
        wanted: the stamp it must have.
        again: reads the toolkit anew, for when the copy turns out to be damaged later on.
    """
    try:
        shelves = Shelves(file)
        made, shelved, whole, words = shelves.head
        if made != wanted:
            return None
        copy = _Copy(shelves, file, wanted, again)
        records = {kind: shelves.get(_key(kind, "")) for kind in whole}
    except (Damaged, OSError, TypeError, ValueError):
        return None
    by_id: dict[str, Any] = {kind: _Shelf(copy, kind) for kind in shelved}
    found: dict[str, Any] = {table: _Shelf(copy, WORDS + table) for table in words}
    known: Any = _Shelf(copy, NAMES)
    filling: Any = _Shelf(copy, FILLING)
    return Parts({**records, **by_id}, known, filling, found)


def save(file: str, made: tuple[Any, ...], parts: Parts) -> None:
    """Writes a copy, whole or not at all; a folder that cannot be written to is no fault."""
    shelved = [kind for kind, value in parts.records.items() if _is_by_id(value)]
    whole = [kind for kind in parts.records if kind not in shelved]
    data = written((made, shelved, whole, list(parts.words)), dict(_flat(parts)))
    temporary = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with open(temporary, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
            opened.write(data)
        os.replace(temporary, file)
    except OSError:
        from contextlib import suppress

        with suppress(OSError):
            os.unlink(temporary)


def _key(kind: str, name: str) -> str:
    return f"{kind}\0{name}"


def _is_by_id(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(record, dict) for record in value.values())


def _flat(parts: Parts) -> Iterator[tuple[str, Any]]:
    """Every value with its key; under a kind alone all its ids in order, or a value that is no kind of records."""
    words = {WORDS + table: held for table, held in parts.words.items()}
    for kind, held in {**parts.records, NAMES: parts.names, FILLING: parts.filling, **words}.items():
        if kind in parts.records and not _is_by_id(held):
            yield _key(kind, ""), held
            continue
        yield _key(kind, ""), list(held)
        for name, record in held.items():
            yield _key(kind, name), record


class _Copy:
    """An open copy; where it turns out to be damaged, the toolkit read anew, from which the copy is made again."""

    def __init__(self, shelves: Shelves, file: str, made: tuple[Any, ...], again: Callable[[], Parts]) -> None:
        self._shelves = shelves
        self._anew: Callable[[], Parts] = again
        self._file, self._made = file, made
        self._values: dict[str, Any] | None = None

    def get(self, key: str) -> Any:
        """The value of a key, or None."""
        if self._values is None:
            try:
                return self._shelves.get(key)
            except (Damaged, OSError):
                parts = self._anew()
                save(self._file, self._made, parts)
                self._values = dict(_flat(parts))
        return self._values.get(key)


class _Shelf:
    """Records of one kind by id, in the author's order: a mapping of which only what is wanted is read.

    Written out, as `collections.abc` would cost each look-up a tenth of a start.
    """

    def __init__(self, copy: _Copy, kind: str) -> None:
        self._copy = copy
        self._kind = kind
        self._ids: list[str] | None = None

    def get(self, name: str, default: Any = None) -> Any:
        found = self._copy.get(_key(self._kind, name)) if name else None
        return default if found is None else found

    def __getitem__(self, name: str) -> Any:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __len__(self) -> int:
        return len(self.keys())

    def keys(self) -> list[str]:
        if self._ids is None:
            self._ids = self._copy.get(_key(self._kind, ""))
        return self._ids

    def values(self) -> list[Any]:
        return [self[name] for name in self.keys()]

    def items(self) -> list[tuple[str, Any]]:
        return [(name, self[name]) for name in self.keys()]
