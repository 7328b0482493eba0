"""`cst settings`: the defaults in force, and where each comes from."""

from __future__ import annotations

import os
import sys
from typing import Any

from cst.cli.settings import SETTING_TYPES, in_force, place
from cst.exits import Exit
from cst.views.formats.line_breaks import fitted
from cst.views.formats.safe_text import one_line


def show_settings() -> int:
    """Writes what is in force and from where, and where the file lies.

    Raises:
        Trouble: the settings file has a fault.
    """
    set_to = {name: f"{_in_words(setting.value)} (from {setting.origin})" for name, setting in in_force().items()}
    lines = [f"{name}: {set_to.get(name, 'not set')}" for name in SETTING_TYPES]
    there = "" if os.path.exists(place()) else " (no file yet)"
    lines.append(f"settings file: {place()}{there}")
    sys.stdout.write(fitted("\n".join(map(one_line, lines)), sys.stdout) + "\n")
    return Exit.DONE


def _in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return {True: "yes", False: "no"}.get(value, str(value))
