"""The emergency card: from code and never from a file, so that it comes whatever breaks.

Sources: the county's hate-crime page (undated) and council pages on silent calls, seen 2026-11-22; they stand in the
toolkit under the contacts police-emergency and emergency-text-and-relay.
No overlay can change a word here. Plain ASCII, so that every console can show it.
"""

from __future__ import annotations

LINE = "Danger now: ring 999."
NO_ANSWER = "If no one answers, ring 101. If it gets worse, ring 999."

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
    from shutil import get_terminal_size

    return get_terminal_size().columns


def rows() -> int:
    """The rows of the screen; 24 where there is none."""
    from shutil import get_terminal_size

    return get_terminal_size().lines


def text(width: int = 80) -> str:
    """The card for a screen of this width, one sentence a line, ending in a newline."""
    from textwrap import fill

    return "\n".join(fill(line, max(width, 20)) for line in CARD) + "\n"
