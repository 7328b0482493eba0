"""One gate for every piece of text on its way to a screen."""

from __future__ import annotations

# C0 but newline, DEL and C1 controls; zero-width and bidirectional marks; line and paragraph separators.
_HIDDEN = {
    code: None
    for span in ((0x00, 0x09), (0x0B, 0x1F), (0x7F, 0x9F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x2069), (0xFFF9, 0xFFFB))
    for code in range(span[0], span[1] + 1)
}
_HIDDEN[0xFEFF] = None
_TABLE: dict[int, str | None] = {**_HIDDEN, 0x09: " "}


def clean(text: str) -> str:
    """The text without anything that could move a cursor, hide or turn words round; a tab becomes a space."""
    return text.translate(_TABLE)
