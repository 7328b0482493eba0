"""What is known: the shipped toolkit, its packs and local overlays, checked and ready to use."""

from __future__ import annotations

import os

from cst.lean_typing import TYPE_CHECKING
from cst.plain_file import read_plain
from cst.toolkit import cache, contact_index, names
from cst.toolkit.toolkit import Toolkit, shared_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from cst.source.records import ToolkitFile

__all__ = ["Toolkit", "open_toolkit", "shipped_files", "wrong_copies"]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
INSTALLED = os.path.join(_PACKAGE, "data")
CHECKOUT = os.path.join(os.path.dirname(_PACKAGE), "data")
MAIN = "toolkit.yaml"
PACKED = ("", "areas")  # where packs stand that are no cases
MOST_SEALED = 1_000_000  # bytes of a seal: far more than any has


def shipped_files(*, cases: bool = False) -> list[str]:
    """The main file, then its packs of the same form: inside the package when installed, else beside it in a checkout.

    Args:
        cases: whether the packs of cases come too, which prove the rest and which no answer needs.

    Raises:
        FileNotFoundError: there is none.
    """
    for folder in (INSTALLED, CHECKOUT):
        if os.path.isfile(os.path.join(folder, MAIN)):
            return [*packs(folder), *(_packs(folder, "cases") if cases else [])]
    raise FileNotFoundError(f"data{os.sep}{MAIN}")


def packs(folder: str) -> list[str]:
    """The main file of a folder and its packs, without those of cases."""
    return [os.path.join(folder, MAIN), *(path for within in PACKED for path in _packs(folder, within))]


def is_pack(name: str) -> bool:
    """Whether a file is a pack by its place in the folder of the main file, with forward slashes."""
    folder, _, file = name.rpartition("/")
    return folder in PACKED and file.endswith(".yaml") and name != MAIN


def _packs(folder: str, within: str) -> list[str]:
    inner = os.path.join(folder, within) if within else folder
    found = sorted(os.listdir(inner)) if os.path.isdir(inner) else []
    return [os.path.join(inner, name) for name in found if name.endswith(".yaml") and (within or name != MAIN)]


def open_toolkit(shipped: Sequence[str], overlays: Sequence[str], copies: str | None) -> Toolkit:
    """The toolkit made of these files, from its run-time copy where that holds.

    Args:
        shipped: the main file and its packs. Where they are installed they must be what their seal says.
        overlays: local files laid on top.
        copies: the folder for run-time copies, which leave the cases out; None keeps none.

    Raises:
        Refused: the files have faults, or are not as they were sealed.
        OSError: a file cannot be read.
    """
    made = _stamp(shipped, overlays)
    file, words_file = _places(shipped, overlays, copies) if copies else ("", "")

    def read() -> cache.Parts:
        return _parts(_read(shipped, overlays), for_copy=bool(file))

    def words() -> cache.Tables:
        return cache.tables(words_file, made, toolkit.words_anew)

    if file and (held := cache.load(file, made, read)) is not None:
        toolkit = Toolkit(*held, words)
        return toolkit
    parts = read()
    if file:
        cache.save(file, cache.of_parts(made, parts))
    toolkit = Toolkit(*parts, words if file else None)
    return toolkit


def wrong_copies(
    toolkit: Toolkit, shipped: Sequence[str], overlays: Sequence[str], copies: str
) -> Iterator[tuple[str, str]]:
    """The run-time copies for these files with which something is wrong, and what it is in words.

    Args:
        toolkit: what the files say, read from them just now.
        shipped, overlays, copies: as for `open_toolkit`.
    """
    made = _stamp(shipped, overlays)
    file, words_file = _places(shipped, overlays, copies)
    rights: tuple[tuple[str, Callable[[], cache.Held]], ...] = (
        (file, lambda: cache.of_parts(made, _parts({**toolkit.records}, for_copy=True))),
        (words_file, lambda: cache.of_tables(made, toolkit.words_anew())),
    )
    for copy, right in rights:
        wrong = cache.wrong(copy, right()) if os.path.lexists(copy) else ""
        if wrong:
            yield copy, wrong


def _stamp(shipped: Sequence[str], overlays: Sequence[str]) -> tuple[Any, ...]:
    """The stamp that copies for these files must have.

    Raises:
        OSError: a file is not there.
    """
    paths = _paths(shipped, overlays)
    return cache.stamp(paths, _seal(paths[0]))


def _places(shipped: Sequence[str], overlays: Sequence[str], copies: str) -> tuple[str, str]:
    """Where the copy for these files lies, and that of what a search looks up."""
    paths = _paths(shipped, overlays)
    return cache.place(copies, paths, "toolkit"), cache.place(copies, paths, "words")


def _paths(shipped: Sequence[str], overlays: Sequence[str]) -> list[str]:
    return [os.path.abspath(path) for path in (*shipped, *overlays)]


def _parts(records: Any, *, for_copy: bool) -> cache.Parts:
    """The records with what is worked out from them; for a copy all of that, and no cases."""
    if for_copy:
        records.pop("cases", None)
    steps = shared_steps(records) if for_copy else ()
    return cache.Parts(records, names.index(records), contact_index.index(records), steps)


def _is_sealed(main: str) -> bool:
    return os.path.dirname(main) == INSTALLED


def _seal(main: str) -> bytes:
    """The seal, where there is one; reading the files says so where it is missing or cannot be read."""
    if not _is_sealed(main):
        return b""
    try:
        return read_plain(os.path.join(INSTALLED, "manifest.json"), MOST_SEALED)
    except OSError:
        return b""


def _read(shipped: Sequence[str], overlays: Sequence[str]) -> ToolkitFile:
    # These load pydantic and PyYAML: only when the files themselves are read.
    from pathlib import Path

    from cst.source import load, manifest
    from cst.source.faults import Refused

    if _is_sealed(shipped[0]) and (wrong := manifest.damage(INSTALLED)):
        raise Refused(wrong)
    return load.together([Path(path) for path in shipped], [Path(path) for path in overlays])
