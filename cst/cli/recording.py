"""Where what was confirmed is written: into a local file, or in a checkout into the shipped YAML, one record at a time.

A file is written whole or not at all, and only once the toolkit with the change in it has been read and found in
order. What is typed before that lies in a small file beside it, written anew after each answer, so that whatever stops
the program nothing is lost.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cst.cli.errors import Trouble, describe_faults, trouble
from cst.cli.whole_file import cannot_write, whole_file
from cst.exits import Exit
from cst.plain_file import read_plain
from cst.source import load
from cst.source.faults import Refused
from cst.source.overlay import mark_of
from cst.source.record_edit import CannotEdit, contacts_in, edited
from cst.source.yaml import MOST_BYTES

UNDER_WAY = ".cst-verify.json"


class Target(NamedTuple):
    """Where records go: a local file, or the shipped files of a checkout where `local` is empty."""

    shipped: tuple[str, ...]
    local: str = ""

    @property
    def under_way(self) -> str:
        """The file that holds what was typed and is not yet written."""
        return os.path.join(os.path.dirname(self.local or self.shipped[0]), UNDER_WAY)

    def record(self, name: str) -> tuple[str, dict[str, Any]] | None:
        """The file that a contact's record is to be written to, and the record as it stands; None where there is none.

        Raises:
            Trouble: a correction in the local file is out of date.
        """
        for file in filter(os.path.isfile, (self.local, *self.shipped)):
            held = contacts_in(_bytes(file), file).get(name)
            if held is not None:
                return (self.local or file), self._corrected(name, held) if file == self.local else held
        return None

    def _corrected(self, name: str, held: dict[str, Any]) -> dict[str, Any]:
        """A record of the local file, unless what it corrects has changed since."""
        shipped = self._shipped(name)
        if shipped is not None and held.get("based_on") != mark_of(shipped):
            says = f"{self.local}: {name} has changed in cst since it was corrected there."
            raise trouble(Exit.REFUSED, "out-of-date", says, f"Compare the two: cst check {self.local}")
        return held

    def _shipped(self, name: str) -> dict[str, Any] | None:
        found = (contacts_in(_bytes(file), file).get(name) for file in self.shipped)
        return next((one for one in found if one is not None), None)

    def as_written(self, name: str, after: Mapping[str, Any]) -> dict[str, Any]:
        """The record as it stands in the file: a correction of what is shipped says what it is based on."""
        shipped = self._shipped(name) if self.local else None
        return dict(after) if shipped is None else {**after, "based_on": mark_of(shipped)}

    def write(self, name: str, whole: Mapping[str, Any]) -> str:
        """Writes one record, if the toolkit is in order with it; gives the name of the file.

        Raises:
            Trouble: it would not be, or it cannot be written; the file is then as it was.
        """
        file, _ = self.record(name) or (self.local, {})
        data = _bytes(file) if os.path.isfile(file) else b""
        try:
            self._put(file, data, edited(data, file, name, whole))
        except CannotEdit as odd:
            raise trouble(Exit.REFUSED, "not-edited", str(odd)) from None
        except Refused as refused:
            raise Trouble(Exit.REFUSED, describe_faults(refused.faults)) from None
        except OSError as error:
            raise cannot_write(file, "written", error) from None
        return file

    def _put(self, file: str, before: bytes, after: bytes) -> None:
        place = os.path.realpath(file)  # a link stays one
        there = os.path.isfile(place)
        with whole_file(place, replaces=there, ending=".yaml") as beside:
            beside.file.write(after)
            beside.file.flush()
            if there and hasattr(os, "fchmod"):
                os.fchmod(beside.file.fileno(), stat.S_IMODE(os.stat(place).st_mode))
            self._try(file, beside.path)
            if there and _bytes(place) != before:
                raise CannotEdit(f"{file} was changed by somebody else meanwhile. Start again: your answers are kept.")

    def _try(self, file: str, beside: str) -> None:
        """Reads the toolkit as it would be.

        Raises:
            Refused: it would have faults.
        """
        files = [Path(beside if one == file else one) for one in self.shipped]
        try:
            load.together(files, [Path(beside)] if self.local else [])
        except Refused as refused:  # the faults are in the new lines of the file that the person knows
            named = [one._replace(file=file) if one.file == beside else one for one in refused.faults]
            raise Refused(named) from None


class UnderWay(NamedTuple):
    """What is typed and not yet written.

    contact, mark: which record it is about, and what that held when the first question was asked.
    writes: what the record comes to once it is written; empty before that.
    tried: the contacts where nobody answered, with the day.
    """

    contact: str = ""
    mark: str = ""
    answers: Mapping[str, str] = {}
    writes: str = ""
    tried: Mapping[str, str] = {}


def read_under_way(place: str) -> UnderWay:
    """What was typed before and not written.

    Raises:
        Trouble: the file is not ours, or cannot be read.
    """
    try:
        return _kept(json.loads(read_plain(place, MOST_BYTES, ours=True)))
    except FileNotFoundError:
        return UnderWay()
    except (ValueError, TypeError, OSError):
        says = f"{place} holds what was typed before, and cannot be read."
        raise trouble(Exit.BAD_INPUT, "under-way", says, "Look into it, then move it away.") from None


def _kept(held: Any) -> UnderWay:
    """What the file holds, if each part is what it should be."""
    kept = UnderWay(**held)
    texts = (kept.contact, kept.mark, kept.writes, *kept.answers.values(), *kept.tried.values())
    if not all(isinstance(text, str) for text in texts):
        raise TypeError
    return kept


def keep_under_way(place: str, kept: UnderWay) -> None:
    """Writes it, whole, so that it is on the disk before the next question is asked; nothing to keep leaves no file.

    Raises:
        Trouble: it cannot be written.
    """
    try:
        if kept == UnderWay():
            if os.path.lexists(place):
                os.unlink(place)
            return
        with whole_file(place, replaces=True) as beside:
            beside.file.write(json.dumps(kept._asdict(), indent=1).encode())
    except OSError as error:
        raise cannot_write(place, "written", error) from None


def _bytes(file: str) -> bytes:
    return read_plain(file, MOST_BYTES)
