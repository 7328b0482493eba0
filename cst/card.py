"""The emergency card: from code and never from a file, so that it comes whatever breaks.

Sources: the county's hate-crime page (undated) and council pages on silent calls, seen 2026-11-22; they stand in the
toolkit under the contacts police-emergency and emergency-text-and-relay.
No overlay can change a word here. Plain ASCII, so that every console can show it.
"""

from __future__ import annotations

import os
import sys

LINE = "Danger now: ring 999."
IF_SO = "Tell 999 if so."
NO_ANSWER = "If no one answers, ring 101. If it gets worse, or someone may be hurt, ring 999."
WORSE = "If it gets worse, or nobody comes, ring the emergency line again."

CARD = (
    LINE,
    "Cannot speak: say where you are if you can.",
    "On a mobile, stay on the line and press 55 when asked.",
    "55 does not tell them where you are.",
    "Deaf or cannot speak: textphone 18000.",
    "Text 999 only if the phone is registered for it.",
    "Police needed, but no danger now: ring 101.",
)


def columns() -> int:
    """The columns of the screen; 80 where there is none."""
    return _told("COLUMNS") or _screen()[0]


def rows() -> int:
    """The rows of the screen; 24 where there is none."""
    return _told("LINES") or _screen()[1]


def _told(variable: str) -> int:
    """What the environment says, as `shutil.get_terminal_size` reads it, which takes a fifth of a start to load."""
    written = os.environ.get(variable, "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else 0


def _screen() -> tuple[int, int]:
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):  # no terminal, or none any more
        return 80, 24
    return size.columns or 80, size.lines or 24


def is_lines_only() -> bool:
    """Whether the terminal is said to show lines and no more. Windows sets no TERM, and its console shows all."""
    term = os.environ.get("TERM", "" if sys.platform != "win32" else "console")
    return term in ("", "dumb", "unknown")


def text(width: int = 80) -> str:
    """The card for a screen of this width, one sentence a line, ending in a newline."""
    from textwrap import fill

    return "\n".join(fill(line, max(width, 20)) for line in CARD) + "\n"
