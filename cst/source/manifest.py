"""The seal: what each file of an installed toolkit must be, so that damage is seen before it is used.

It holds whatever the line ends are: an archive or an editor of Windows may change them, and nothing else.

It is made when the wheel is built (`build_seal.py`), and looked at whenever the files themselves are read. A checkout
has none, as git says there what was changed. Whoever can change the files can change the seal: it is against damage and
a half-finished copy, not against somebody who means harm.

The build imports this module where nothing is installed, so it needs Python alone.
"""

from __future__ import annotations

import hashlib
import json
import os

from cst.lean_typing import TYPE_CHECKING
from cst.plain_file import read_plain
from cst.source.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    Measure = Mapping[str, int | str]  # a file's length and its SHA-256
    Measures = Mapping[str, Measure]  # by its place in the folder

NAME = "manifest.json"
VERSION = 2
WAY_OUT = "install cst again"
MOST_BYTES = 50_000_000  # of a file that is shipped: far more than any has


def sealed(folder: str) -> str:
    """The text of the seal for a folder of toolkit files, as they are now.

    Raises:
        OSError: a file cannot be read.
    """
    return _text(_measured(folder))


def damage(folder: str) -> list[Fault]:
    """What in a folder of toolkit files is not as it was sealed: nothing, or a fault for each file.

    Raises:
        OSError: a file cannot be read.
    """
    seal = os.path.join(folder, NAME)
    now = _measured(folder)
    try:
        text = read_plain(seal, MOST_BYTES).decode("utf-8").replace("\r\n", "\n")
        if text == _text(now):
            return []
        held = {
            name: {"bytes": int(one["bytes"]), "sha256": one["sha256"]}
            for name, one in json.loads(text)["files"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return [_fault(seal, "the seal of the toolkit is missing or damaged")]
    differing = [name for name in sorted({*held, *now}) if held.get(name) != now.get(name)]
    return [_differs(folder, name, held, now) for name in differing] or [
        _fault(seal, "the seal of the toolkit is damaged")
    ]


def _measured(folder: str) -> Measures:
    """The length and SHA-256 of each toolkit file in a folder, by its place there with forward slashes."""
    found = {}
    for within, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".yaml"):
                path = os.path.join(within, name)
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = measured(read_plain(path, MOST_BYTES))
    return found


def measured(data: bytes | memoryview) -> Measure:
    """What the seal says of a file with these bytes: the same where an editor or an archive made Windows line ends."""
    data = bytes(data).replace(b"\r\n", b"\n")
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _text(files: Measures) -> str:
    return json.dumps({"seal": VERSION, "files": {name: files[name] for name in sorted(files)}}, indent=2) + "\n"


def _differs(folder: str, name: str, held: Measures, now: Measures) -> Fault:
    if name not in now:
        return _fault(os.path.join(folder, NAME), f"{name} is missing, which was shipped")
    path = os.path.join(folder, name)
    if name not in held:
        return _fault(path, "this was not shipped")
    there, belong = now[name]["bytes"], held[name]["bytes"]
    how = "some of it has changed" if there == belong else f"{there:,} bytes where {belong:,} belong"
    return _fault(path, f"this is not as it was shipped: {how}")


def _fault(file: str, says: str) -> Fault:
    return Fault("seal", file, 1, says, WAY_OUT)
