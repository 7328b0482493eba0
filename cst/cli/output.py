"""From what is said to the screen: JSON, plain text or panels, written once and whole."""

from __future__ import annotations

import sys

from cst.cli.page_text import as_text, wants_panels
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cst.cli.request import Request
    from cst.views.page import Page


def show(answer: Any, page: Callable[[Any], Page], request: Request) -> None:
    """Writes one answer to standard output, in the form asked for."""
    sys.stdout.write(as_json(answer) if request.json else _shown(answer, page, request))
    sys.stdout.flush()


def _shown(answer: Any, page: Callable[[Any], Page], request: Request) -> str:
    """One screen at a terminal, unless all is asked for; the whole everywhere else.

    A listing is as long as it is, and while somebody may look on a mode's few lines are all there is.
    """
    if request.short or "first" not in answer or answer.get("modes") or not (on_screen(request) or request.accessible):
        return as_text(fitting(page, request)(answer), request, sys.stdout)
    from cst.cli.one_screen import one_screen, whole

    return whole(page(answer), answer, request) if request.all else one_screen(answer, request)


def fitting(page: Callable[[Any], Page], request: Request) -> Callable[[Any], Page]:
    """The page asked for: the whole of it, or three lines where that is asked for and there is something to do."""
    if not request.short:
        return page
    from cst.views.pages.three_lines import short_page

    return lambda answer: short_page(answer) if "first" in answer else page(answer)


def as_json(answer: Any) -> str:
    """The answer as `--json` prints it: with what of it stands on the one screen."""
    from cst.views.formats.json import data

    if "first" not in answer or answer.get("modes"):
        return data(answer)
    from cst.views.screen.answer_screen import STANDARD, answer_screens, stands

    return data(stands(answer, answer_screens(answer, STANDARD)))


def write_file(text: str) -> None:
    """Writes what is to be a file: in UTF-8 and with its own ends of lines, whatever the console takes.

    At a terminal it is text like any other.
    """
    if sys.stdout.isatty():
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()


def on_screen(request: Request) -> bool:
    """Whether the whole answer goes to a terminal as panels, for somebody who sees one screen of it at a time."""
    return not (request.json or request.plain or request.short) and sys.stdout.isatty() and wants_panels(sys.stdout)
