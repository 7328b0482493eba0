"""From what is said to the screen: JSON, plain text or panels, written once and whole."""

from __future__ import annotations

import os
import sys

from cst import card
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TextIO

    from cst.cli.request import Request
    from cst.views.page import Page


def show(answer: Any, page: Callable[[Any], Page], request: Request) -> None:
    """Writes one answer to standard output, in the form asked for."""
    sys.stdout.write(_json(answer) if request.json else printed(fitting(page, request)(answer), answer, request))
    sys.stdout.flush()


def printed(page: Page, answer: Any, request: Request) -> str:
    """A page for standard output; where it is longer than the screen, whom to ring first stands at its end once more.

    A person looks at the last screen of it, while the first has scrolled away.
    """
    text = as_text(page, request, sys.stdout)
    if not on_screen(request) or text.count("\n") < card.rows():
        return text
    from cst.views.pages.screenful import first_again

    again = first_again(answer)
    return f"{text}\n{as_text(again, request, sys.stdout)}" if again else text


def fitting(page: Callable[[Any], Page], request: Request) -> Callable[[Any], Page]:
    """The page asked for: the whole of it, or three lines where that is asked for; a list has no three lines."""
    if not request.short:
        return page
    from cst.views.pages.three_lines import short_page

    return lambda answer: short_page(answer) if "first" in answer else page(answer)


def _json(answer: Any) -> str:
    from cst.views.formats.json import data

    return data(answer)


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


def on_screen(request: Request) -> bool:
    """Whether the whole answer goes to a terminal as panels, for somebody who sees one screen of it at a time."""
    return not (request.json or request.plain or request.short) and sys.stdout.isatty() and wants_panels(sys.stdout)


def wants_panels(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can show panels; FORCE_COLOR (but not 0) says so for any stream."""
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    return (stream.isatty() or forced) and os.environ.get("TERM") != "dumb"


def width(columns: int | None = None) -> int:
    """The columns there are, at most 100: longer lines are hard to read."""
    return max(20, min(columns or card.columns(), 100))
