"""What is known: the shipped toolkit, area packs and local overlays, checked and ready to use."""

from __future__ import annotations

import os

from cst.lean_typing import TYPE_CHECKING
from cst.toolkit import cache as cache_file
from cst.toolkit import contact_index as filling
from cst.toolkit import names
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Toolkit", "open_toolkit", "shipped_files"]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def shipped_files() -> list[str]:
    """The shipped toolkit and its area packs: beside the package in a checkout, inside it when installed.

    Raises:
        FileNotFoundError: there is none.
    """
    for folder in (os.path.join(os.path.dirname(_PACKAGE), "data"), os.path.join(_PACKAGE, "data")):
        main = os.path.join(folder, "toolkit.yaml")
        if os.path.isfile(main):
            areas = os.path.join(folder, "areas")
            packs = sorted(os.listdir(areas)) if os.path.isdir(areas) else []
            return [main, *(os.path.join(areas, pack) for pack in packs if pack.endswith(".yaml"))]
    raise FileNotFoundError(f"data{os.sep}toolkit.yaml")


def open_toolkit(
    shipped: Sequence[str], overlays: Sequence[str], cache: str | None, *, sealed: bool = False
) -> Toolkit:
    """The toolkit made of these files, from its run-time copy where that holds.

    Args:
        shipped: the main file and area packs.
        overlays: local files laid on top.
        cache: the folder for run-time copies; None keeps none.
        sealed: whether the shipped files must be what their seal says.

    Raises:
        Refused: the files have faults, or are not as they were sealed.
        OSError: a file cannot be read.
    """
    paths = [os.path.abspath(path) for path in (*shipped, *overlays)]
    made = cache_file.stamp([*paths, *_seal(shipped)] if sealed else paths)
    file = cache_file.place(cache, paths) if cache else None

    def read() -> cache_file.Parts:
        records = _read(shipped, overlays, sealed)
        return cache_file.Parts(records, names.index(records), filling.index(records), _words(records) if file else {})

    if file and (held := cache_file.load(file, made, read)) is not None:
        return Toolkit(*held)
    parts = read()
    if file:
        cache_file.save(file, made, parts)
    return Toolkit(*parts)


def _words(records: dict[str, object]) -> dict[str, dict[str, object]]:
    """What a search looks up; nothing where this Python cannot."""
    try:
        from cst.toolkit.search.find import searchable

        return searchable(records)
    except ImportError:  # no SQLite, or one without full-text search
        return {}


def _seal(shipped: Sequence[str]) -> list[str]:
    """The seal's file, where there is one; reading the files says so where there is none."""
    file = os.path.join(os.path.dirname(os.path.abspath(shipped[0])), "manifest.json")
    return [file] if os.path.isfile(file) else []


def _read(shipped: Sequence[str], overlays: Sequence[str], sealed: bool) -> dict[str, object]:
    # These load pydantic and PyYAML: only when the files themselves are read.
    from pathlib import Path

    from cst.source.load import together
    from cst.source.manifest import Seal

    seal = Seal.read(shipped) if sealed else None
    return together([Path(path) for path in shipped], [Path(path) for path in overlays], seal)
