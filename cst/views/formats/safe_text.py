"""One gate for every piece of text on its way to a screen."""

from __future__ import annotations

HIDDEN_SPANS = (
    (0x00, 0x08),  # C0 up to the tab
    (0x0B, 0x1F),  # C0 after the newline
    (0x7F, 0x9F),  # DEL and C1
    (0xAD, 0xAD),  # soft hyphen
    (0x061C, 0x061C),  # Arabic letter mark: bidirectional
    (0x180E, 0x180E),  # Mongolian vowel separator: zero width
    (0x200B, 0x200F),  # zero width, and left-to-right and right-to-left marks
    (0x2028, 0x202E),  # line and paragraph separators, bidirectional embeddings and overrides
    (0x2060, 0x206F),  # word joiner, bidirectional isolates, old format controls
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # annotations
    (0xE0000, 0xE007F),  # tags: a hidden copy of ASCII
)
_TABLE: dict[int, str | None] = {code: None for first, last in HIDDEN_SPANS for code in range(first, last + 1)} | {
    0x09: " "
}


def clean(text: str) -> str:
    """The text without anything that could move a cursor, hide words or turn them round.

    Newlines stay, a tab becomes a space, and half a surrogate pair, which no terminal can show, becomes "?".
    """
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.translate(_TABLE)


def one_line(text: str) -> str:
    """Clean text on one line."""
    return clean(text).replace("\n", " ")
