"""A page as text for a stream: panels on a real terminal, else plain lines, as a screen reader should have them."""

from __future__ import annotations

import os

from cst import card
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from cst.cli.request import Request
    from cst.views.page import Page

DUMB = ("dumb", "unknown")  # terminals that can do nothing but show lines


def as_text(page: Page, request: Request, stream: TextIO, columns: int | None = None) -> str:
    """A page as panels on a real terminal, else as plain text; `columns` where that is not the screen's own width."""
    if request.plain or not wants_panels(stream):
        from cst.views.formats.plain import plain

        text = as_heard(plain(page), request)
        return _fitted(text, stream, columns) if stream.isatty() else text
    from cst.views.formats.panels import panels

    ascii_only = "utf" not in (stream.encoding or "").lower()
    return panels(page, width(columns), colour=not os.environ.get("NO_COLOR"), ascii_only=ascii_only)


def _fitted(text: str, stream: TextIO, columns: int | None) -> str:
    from cst.views.formats.line_breaks import fitted  # not for a pipe, where one item is one line

    return fitted(text, stream, columns)


def as_heard(text: str, request: Request) -> str:
    """Text as it is, or as a screen reader should have it in accessible mode."""
    if not request.accessible:
        return text
    from cst.views.formats.screen_reader import heard

    return heard(text)


def wants_panels(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can show panels; FORCE_COLOR (but not 0) says so for any stream."""
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    return (stream.isatty() or forced) and os.environ.get("TERM") not in DUMB


def width(columns: int | None = None) -> int:
    """The columns there are, at most 100: longer lines are hard to read."""
    return max(20, min(columns or card.columns(), 100))
