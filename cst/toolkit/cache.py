"""The run-time copy: the checked toolkit as it lies in memory, so that no YAML is read in daily use.

Trusted as one trusts compiled Python files: same user, same machine, private folder. Nothing else is: a copy that
somebody else made or may change, or that is a link, a pipe or a device, is passed over. The files are always the
truth: a copy that is missing, damaged, of another version or older than its files is made again, and where it cannot
be written the toolkit is simply read from its files. Records are read from the copy one by one, as they are wanted.
What a search looks up is as much as all the rest: it has a copy of its own, made when somebody first searches.
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

    Tables = Mapping[str, Mapping[str, Any]]

FORMAT = 11
NAMES, FILLING, SHARED = "=names", "=filling", "=shared"  # no kind is called so


class Parts(NamedTuple):
    """What a toolkit is made of: its records by kind and id, and what has been worked out from them."""

    records: ToolkitFile
    names: Names
    filling: Filling
    shared: Sequence[str] = ()  # the words of steps that several pathways have


class Held(NamedTuple):
    """What stands in a copy: the stamp and what there is, then every value by its key."""

    head: tuple[Any, ...]
    values: dict[str, Any]


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


def place(folder: str, paths: Sequence[str], what: str) -> str:
    """Where the copy of something for these files lies; each set of files has its own."""
    return os.path.join(folder, f"{what}-{zlib.crc32(chr(0).join(paths).encode(errors='surrogateescape')):08x}.cache")


def load(file: str, wanted: tuple[Any, ...], again: Callable[[], Parts]) -> Parts | None:
    """What the copy holds, read as it is wanted, or None where it cannot be used.

    Args:
        file: the copy.
        wanted: the stamp it must have.
        again: reads the toolkit anew, for when the copy turns out to be damaged later on.
    """
    try:
        shelves = Shelves(file)
        made, shelved, whole = shelves.head
        if made != wanted:
            return None
        copy = _Copy(shelves, file, lambda: of_parts(wanted, again()))
        records = {kind: shelves.get(_key(kind, "")) for kind in whole}
        shared = shelves.get(_key(SHARED, ""))
    except (Damaged, OSError, TypeError, ValueError):
        return None
    by_kind: Any = {**records, **{kind: _Shelf(copy, kind) for kind in shelved}}
    known: Any = _Shelf(copy, NAMES)
    filling: Any = _Shelf(copy, FILLING)
    return Parts(by_kind, known, filling, shared)


def tables(file: str, wanted: tuple[Any, ...], make: Callable[[], Tables]) -> Tables:
    """Tables that are worked out from a toolkit, read from their copy as they are wanted, or made and kept there.

    Args:
        file: the copy.
        wanted: the stamp it must have.
        make: works them out anew.
    """
    try:
        shelves = Shelves(file)
        made, names = shelves.head
        if made == wanted:
            copy = _Copy(shelves, file, lambda: of_tables(wanted, make()))
            found: dict[str, Any] = {name: _Shelf(copy, name) for name in names}
            return found
        shelves.close()
    except (Damaged, OSError, TypeError, ValueError):
        pass
    anew = make()
    save(file, of_tables(wanted, anew))
    return anew


def save(file: str, held: Held) -> None:
    """Writes a copy, whole or not at all; a folder that cannot be written to, or is not ours alone, is no fault."""
    data = written(*held)
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


def wrong(file: str, right: Held) -> str:
    """What is wrong with a copy, in words; nothing where it is right, there is none, or it is of other files.

    Args:
        file: the copy.
        right: what would stand in it if it were made now.
    """
    try:
        shelves = Shelves(file)
        if not isinstance(shelves.head, tuple) or shelves.head[:1] != right.head[:1]:
            return ""  # from other files, or from these as they were: it is not used
        held = shelves.everything()
    except Unfit as unfit:
        return unfit.says
    except OSError:
        return ""
    except Damaged:
        return "it is damaged"
    keys = [key for key in {**right.values, **held} if held.get(key) != right.values.get(key)]
    differing = sorted({key.partition("\0")[0].strip("= ") for key in keys})
    if differing or shelves.head != right.head:
        return f"it is not what the files say: {', '.join(differing) or 'its list of contents'}"
    return ""


def of_parts(made: tuple[Any, ...], parts: Parts) -> Held:
    """What the copy of a toolkit holds; under a kind alone all its ids in order, or a value that is no records."""
    by_id: dict[str, Any] = {kind: held for kind, held in parts.records.items() if _is_by_id(held)}
    whole = {kind: held for kind, held in parts.records.items() if kind not in by_id}
    values = {_key(kind, ""): held for kind, held in {SHARED: list(parts.shared), **whole}.items()}
    return Held((made, [*by_id], [*whole]), values | _flat({**by_id, NAMES: parts.names, FILLING: parts.filling}))


def of_tables(made: tuple[Any, ...], found: Tables) -> Held:
    """What the copy of some tables holds."""
    return Held((made, list(found)), _flat(found))


def _flat(found: Tables) -> dict[str, Any]:
    """Every value of some tables with its key, and the ids of each in order."""
    ids = {_key(table, ""): list(held) for table, held in found.items()}
    return ids | {_key(table, name): value for table, held in found.items() for name, value in held.items()}


def _key(kind: str, name: str) -> str:
    return f"{kind}\0{name}"


def _is_by_id(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(record, dict) for record in value.values())


class _Copy:
    """An open copy; where it turns out to be damaged, what should stand in it, with which it is made again."""

    def __init__(self, shelves: Shelves, file: str, again: Callable[[], Held]) -> None:
        self._shelves = shelves
        self._file = file
        self._anew = again
        self._values: dict[str, Any] | None = None

    def get(self, key: str) -> Any:
        """The value of a key, or None."""
        if self._values is None:
            try:
                return self._shelves.get(key)
            except (Damaged, OSError):
                held = self._anew()
                self._shelves.close()  # where an open file cannot be replaced
                save(self._file, held)
                self._values = held.values
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
