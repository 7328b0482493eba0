"""The run-time copy: the checked toolkit as it lies in memory, so that no YAML is read in daily use.

Trusted as one trusts compiled Python files: same user, same machine, private folder. Nothing else is: a copy that
somebody else made or may change, or that is a link, a pipe or a device, is passed over. The files are always the
truth: a copy that is missing, damaged, of another version or older than its files is made again, and where it cannot
be written the toolkit is simply read from its files. Records are read from the copy one by one, as they are wanted.
"""

from __future__ import annotations

import os
import sys
import zlib

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.plain_file import Unfit, fit_folder
from cst.toolkit.keyed_file import Damaged, Shelves, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from cst.source.records import ToolkitFile
    from cst.toolkit.contact_index import Filling
    from cst.toolkit.names import Names


FORMAT = 9
NAMES, FILLING, SHARED, WORDS = "=names", "=filling", "=shared", "=words "  # no kind is called so


class Parts(NamedTuple):
    """What a toolkit is made of: its records by kind and id, and what has been worked out from them."""

    records: ToolkitFile
    names: Names
    filling: Filling
    words: Mapping[str, Any]  # what a search looks up
    shared: Sequence[str] = ()  # the words of steps that several pathways have


def stamp(paths: Sequence[str], seal: bytes) -> tuple[Any, ...]:
    """What must be the same for a copy to hold: our format, this Python, and each file's place, size, time and rights.

    Rights and owner count as a file that others may change is no longer trusted (see `plain_file.py`). Time and size
    are not enough for what was packed: packers set all times to one day, and another digit is as long.

    Args:
        paths: the files.
        seal: what was shipped with them to say what they are, byte for byte; nothing in a checkout.

    Raises:
        OSError: a file is not there.
    """
    files = tuple(
        (path, status.st_size, status.st_mtime_ns, status.st_mode, status.st_uid)
        for path, status in ((path, os.stat(path)) for path in paths)
    )
    return (FORMAT, sys.hexversion, files, seal)


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
        shared = shelves.get(_key(SHARED, ""))
    except (Damaged, OSError, TypeError, ValueError):
        return None
    by_kind: Any = {**records, **{kind: _Shelf(copy, kind) for kind in shelved}}
    found: dict[str, Any] = {table: _Shelf(copy, WORDS + table) for table in words}
    known: Any = _Shelf(copy, NAMES)
    filling: Any = _Shelf(copy, FILLING)
    return Parts(by_kind, known, filling, found, shared)


def save(file: str, made: tuple[Any, ...], parts: Parts) -> None:
    """Writes a copy, whole or not at all; a folder that cannot be written to, or is not ours alone, is no fault."""
    data = written(_head(made, parts), dict(_flat(parts)))
    temporary = f"{file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        fit_folder(os.path.dirname(file))  # from another nothing would be read back
        with open(temporary, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as opened:
            opened.write(data)
        os.replace(temporary, file)
    except OSError:
        from contextlib import suppress

        with suppress(OSError):
            os.unlink(temporary)


def wrong(file: str, made: tuple[Any, ...], parts: Parts) -> str:
    """What is wrong with the copy for these files, in words; nothing where it is right, or there is none.

    Args:
        file: the copy.
        made: the stamp of the files, as they are now.
        parts: what they say.
    """
    try:
        shelves = Shelves(file)
        if not isinstance(shelves.head, tuple) or shelves.head[:1] != (made,):
            return ""  # from other files, or from these as they were: it is not used
        held, right = shelves.everything(), dict(_flat(parts))
    except Unfit as unfit:
        return unfit.says
    except OSError:
        return ""
    except Damaged:
        return "it is damaged"
    keys = [key for key in {**right, **held} if held.get(key) != right.get(key)]
    differing = sorted({key.partition("\0")[0].strip("= ") for key in keys})
    if differing or shelves.head != _head(made, parts):
        return f"it is not what the files say: {', '.join(differing) or 'its list of contents'}"
    return ""


def _head(made: tuple[Any, ...], parts: Parts) -> tuple[Any, ...]:
    """What stands before all values: what the copy was made from, and what there is."""
    shelved = [kind for kind, value in parts.records.items() if _is_by_id(value)]
    whole = [kind for kind in parts.records if kind not in shelved]
    return made, shelved, whole, list(parts.words)


def _key(kind: str, name: str) -> str:
    return f"{kind}\0{name}"


def _is_by_id(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(record, dict) for record in value.values())


def _flat(parts: Parts) -> Iterator[tuple[str, Any]]:
    """Every value with its key; under a kind alone all its ids in order, or a value that is no kind of records."""
    words = {WORDS + table: held for table, held in parts.words.items()}
    whole: dict[str, Any] = {**parts.records, NAMES: parts.names, FILLING: parts.filling, **words}
    yield _key(SHARED, ""), list(parts.shared)
    for kind, held in whole.items():
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
                self._shelves.close()  # where an open file cannot be replaced
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
