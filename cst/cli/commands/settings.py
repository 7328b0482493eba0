"""`cst settings`: the defaults in force, where each comes from, and setting one."""

from __future__ import annotations

import os
import sys
from typing import Any

from cst.cli.errors import trouble
from cst.cli.request import open_with
from cst.cli.settings import SETTING_TYPES, from_file, in_force, place, warn
from cst.cli.whole_file import cannot_write, whole_file
from cst.exits import Exit
from cst.toolkit.places import place_called
from cst.views.formats.line_breaks import fitted
from cst.views.formats.safe_text import one_line


def show_settings() -> int:
    """Writes what is in force and from where, where the file lies, and what is wrong with it."""
    filed = from_file()
    set_to = {name: f"{_in_words(setting.value)} (from {setting.origin})" for name, setting in in_force(filed).items()}
    lines = [f"{name}: {set_to.get(name, 'not set')}" for name in SETTING_TYPES]
    there = "" if os.path.exists(place()) else " (no file yet)"
    lines.append(f"settings file: {place()}{there}")
    sys.stdout.write(fitted("\n".join(map(one_line, lines)), sys.stdout) + "\n")
    warn(filed.faults)
    return Exit.DONE


def change_setting(name: str, value: str) -> int:
    """Writes one setting into the file, whole or not at all, for this user alone; the other lines stay as they are.

    Raises:
        Trouble: there is no such setting or place, the file has a fault, or it cannot be written.
    """
    line = f"{name} = {_written(name, value)}"
    path, filed = place(), from_file()
    for says, remedy in filed.faults[:1]:  # a file with a fault is mended by hand, not written over
        raise trouble(Exit.USAGE, "settings", says, remedy)
    kept = [one for one in filed.text.splitlines() if one.split("=")[0].strip() != name]
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with whole_file(path, replaces=True) as beside:
            beside.file.write("\n".join((line, *kept, "")).encode())
    except OSError as error:
        raise cannot_write(path, "written", error) from None
    sys.stdout.write(fitted(f"{one_line(line)}\nWritten to {one_line(path)}.", sys.stdout) + "\n")
    return Exit.DONE


def _written(name: str, value: str) -> str:
    """A setting's value as it stands in the file."""
    if name == "area":
        toolkit = open_with(())
        found = place_called(toolkit, value)
        if found.area is None:
            raise trouble(Exit.USAGE, "settings", str(found.says), "For example: cst settings area gosport")
        return f'"{found.area}"'
    if SETTING_TYPES.get(name) is not bool:
        says = f"{name:.40} cannot be set so."
        raise trouble(Exit.USAGE, "settings", says, "area, plain and accessible can: cst settings area gosport")
    if value.casefold() not in ("yes", "no", "true", "false"):
        raise trouble(Exit.USAGE, "settings", f"{name} cannot be {value:.40}.", f"Write: cst settings {name} yes")
    return "true" if value.casefold() in ("yes", "true") else "false"


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return {True: "yes", False: "no"}.get(value, str(value))
