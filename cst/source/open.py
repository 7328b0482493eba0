"""What is known: the shipped toolkit, its packs and local overlays, checked and ready to use."""

from __future__ import annotations

import os

from cst.lean_typing import TYPE_CHECKING
from cst.toolkit import cache, contact_index, names
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.source.records import ToolkitFile

__all__ = ["Toolkit", "open_toolkit", "shipped_files"]

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
INSTALLED = os.path.join(_PACKAGE, "data")
CHECKOUT = os.path.join(os.path.dirname(_PACKAGE), "data")
MAIN = "toolkit.yaml"


def shipped_files(*, cases: bool = False) -> list[str]:
    """The main file, then its packs of the same form: inside the package when installed, else beside it in a checkout.

    Args:
        cases: whether the packs of cases come too, which prove the rest and which no answer needs.

    Raises:
        FileNotFoundError: there is none.
    """
    for folder in (INSTALLED, CHECKOUT):
        main = os.path.join(folder, MAIN)
        if os.path.isfile(main):
            packs = [path for within in ("", "areas", *(["cases"] if cases else [])) for path in _packs(folder, within)]
            return [main, *packs]
    raise FileNotFoundError(f"data{os.sep}{MAIN}")


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
    paths = [os.path.abspath(path) for path in (*shipped, *overlays)]
    made = cache.stamp([*paths, *_seal(paths[0])])
    file = cache.place(copies, paths) if copies else None

    def read() -> cache.Parts:
        records = _read(shipped, overlays)
        if file:
            records.pop("cases", None)
        words = _words(records) if file else {}
        return cache.Parts(records, names.index(records), contact_index.index(records), words)

    if file and (held := cache.load(file, made, read)) is not None:
        return Toolkit(*held)
    parts = read()
    if file:
        cache.save(file, made, parts)
    return Toolkit(*parts)


def _words(records: ToolkitFile) -> dict[str, dict[str, object]]:
    """What a search looks up; nothing where this Python cannot."""
    try:
        from cst.toolkit.search.find import searchable

        return searchable(records)
    except ImportError:  # no SQLite, or one without full-text search
        return {}


def _is_sealed(main: str) -> bool:
    return os.path.dirname(main) == INSTALLED


def _seal(main: str) -> list[str]:
    """The seal's file, where there is one; reading the files says so where one is missing."""
    file = os.path.join(INSTALLED, "manifest.json")
    return [file] if _is_sealed(main) and os.path.isfile(file) else []


def _read(shipped: Sequence[str], overlays: Sequence[str]) -> ToolkitFile:
    # These load pydantic and PyYAML: only when the files themselves are read.
    from pathlib import Path

    from cst.source import load, manifest
    from cst.source.faults import Refused

    if _is_sealed(shipped[0]) and (wrong := manifest.damage(INSTALLED)):
        raise Refused(wrong)
    return load.together([Path(path) for path in shipped], [Path(path) for path in overlays])
