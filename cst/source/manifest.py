"""The seal: how long each shipped file is, its digest and what it holds, so that damage is seen before a word is used.

`data/manifest.json` is written by `cst check --seal`, once everything is proved, and by nothing else. It is looked at
whenever the files themselves are read. Whoever can change the files can change the seal: it is against damage, a
half-finished copy and a forgotten edit, not against somebody who means harm.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from cst.source.faults import Fault, Refused

NAME = "manifest.json"
VERSION = 1
WAY_OUT = "install cst again; if the change is meant: cst check --seal"


class Held(NamedTuple):
    """What the seal says of one file: its length in bytes, its SHA-256, and how many records of each kind it has."""

    bytes: int
    sha256: str
    records: Mapping[str, int]


def place(shipped: Sequence[str]) -> str:
    """Where the seal of the shipped files lies: beside the main file."""
    return os.path.join(os.path.dirname(os.path.abspath(shipped[0])), NAME)


class Seal:
    """The seal of the shipped files, as it was found."""

    def __init__(self, file: str, held: Mapping[str, Held]) -> None:
        self.file = file
        self.held = held

    @classmethod
    def read(cls, shipped: Sequence[str]) -> Seal:
        """The seal beside the shipped files.

        Raises:
            Refused: it is missing or damaged, or the files are not those it names.
        """
        file = place(shipped)
        try:
            with open(file, encoding="utf-8") as opened:
                text = opened.read()
            held = {name: Held(**entry) for name, entry in json.loads(text)["files"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            raise Refused([_fault(file, "the seal of the toolkit is missing or damaged")]) from None
        if text != _text(held):
            raise Refused([_fault(file, "the seal of the toolkit is damaged")])
        seal = cls(file, held)
        names = {seal.name(path) for path in shipped}
        wrong = [f"{name} is missing, which was shipped" for name in held if name not in names]
        wrong += [f"{name} is there, which was not shipped" for name in sorted(names) if name not in held]
        if wrong:
            raise Refused([_fault(file, says) for says in wrong])
        return seal

    def name(self, path: str) -> str:
        """A file as the seal names it: its place beside the seal, with forward slashes."""
        return os.path.relpath(os.path.abspath(path), os.path.dirname(self.file)).replace(os.sep, "/")

    def wrong(self, path: str, data: bytes) -> list[Fault]:
        """What of a shipped file is not as it was shipped: nothing, or one fault.

        Args:
            path: the file.
            data: its bytes.
        """
        held = self.held[self.name(path)]
        if len(data) != held.bytes:
            return [_fault(path, f"this is not as it was shipped: {len(data):,} bytes where {held.bytes:,} belong")]
        if hashlib.sha256(data).hexdigest() != held.sha256:
            return [_fault(path, "this is not as it was shipped: some of it has changed")]
        return []

    def miscounted(self, path: str, records: Mapping[str, Any]) -> list[Fault]:
        """What was read otherwise than it was written: kinds with more or fewer records than were sealed."""
        counts = counted(records)
        held = self.held[self.name(path)].records
        differing = [kind for kind in sorted({*counts, *held}) if counts.get(kind) != held.get(kind)]
        says = [f"{held.get(kind, 0)} {kind} were sealed, and {counts.get(kind, 0)} are read" for kind in differing]
        return [_fault(path, one) for one in says]


def counted(records: Mapping[str, Any]) -> dict[str, int]:
    """How many records of each kind a file has."""
    return {kind: len(inner) for kind, inner in sorted(records.items()) if isinstance(inner, dict | list)}


def seal_text(files: Mapping[str, tuple[bytes, Mapping[str, Any]]]) -> str:
    """The text of a seal.

    Args:
        files: each file's name as the seal gives it, its bytes and what it holds.
    """
    digest = {name: hashlib.sha256(data).hexdigest() for name, (data, _) in files.items()}
    return _text({name: Held(len(data), digest[name], counted(records)) for name, (data, records) in files.items()})


def _text(held: Mapping[str, Held]) -> str:
    whole = {"seal": VERSION, "files": {name: held[name]._asdict() for name in sorted(held)}}
    return json.dumps(whole, indent=2) + "\n"


def _fault(file: str, says: str) -> Fault:
    return Fault("seal", file, 1, says, WAY_OUT)
