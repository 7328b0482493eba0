"""The emergency card: from code and never from a file, so that it comes whatever breaks.

Sources: 999, silent calls (55), textphone and registered text: county hate-crime page (undated) and council pages
in `docs/` (seen 2026-11-22); 101 is free since 1 April 2020. No overlay can change a word here.
Plain ASCII, so that every console can show it.
"""

from __future__ import annotations

LINE = "Danger now: ring 999."

CARD = (
    LINE,
    "Cannot speak: say where you are if you can. On a mobile, stay on the line and press 55 when asked.",
    "55 does not tell them where you are.",
    "Deaf or cannot speak: textphone 18000, or text 999 if the phone is registered.",
    "No danger now, but police needed: ring 101.",
)


def text() -> str:
    """The card, one line a sentence, ending in a newline."""
    return "\n".join(CARD) + "\n"
