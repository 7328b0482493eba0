"""Whether there is somebody to ask, and the console at which a walk finds them."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from cst import card
from cst.cli.errors import trouble
from cst.cli.one_screen import KEYS, drawn_for
from cst.cli.output import fitting
from cst.cli.page_text import as_heard, as_text, wants_panels
from cst.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cst.cli.request import Request
    from cst.walk.console import Console


def may_ask(no_input: bool, instead: str) -> bool:
    """Whether questions may be asked.

    Raises:
        Trouble: they were not ruled out, but there is nobody to ask; it says what to write instead.
    """
    if no_input:
        return False
    if not sys.stdin.isatty():
        remedy = f"Give the answers instead, for example: {instead}"
        raise trouble(Exit.USAGE, "no-terminal", "There is no terminal to ask at.", f"{_own_window()}{remedy}")
    return True


def _own_window() -> str:
    """Git Bash and its like show a window of their own, which is no console to a Windows program."""
    if sys.platform != "win32" or not os.environ.get("MSYSTEM"):
        return ""
    return "In Git Bash write winpty before cst, or open PowerShell. "


def console_for(request: Request) -> Console:
    """This terminal, as the options and the environment ask for it.

    The worker is talked to on the screen, also when the answer itself goes into a pipe or a file. Menus draw on
    standard output only, so with that in a pipe the questions are numbered lines.
    """
    from cst.walk.console import Console

    screen = sys.stdout.isatty()
    sink = sys.stdout if screen else sys.stderr
    return Console(
        sys.stdin,
        sink,
        draw=lambda page, columns: as_text(page, request, sink, columns),
        heard=lambda text: as_heard(text, request),
        fitting=partial(fitting, request=request),
        screens=_screens(request),
        menus=screen and not request.plain and not card.is_lines_only(),
        colour=not os.environ.get("NO_COLOR"),
        shows_end=screen,
    )


def _screens(request: Request) -> Callable[[Any, int, int], list[str]] | None:
    """How the end is drawn on one screen; None where it is three lines or plain text."""
    plain = request.plain or not wants_panels(sys.stdout)
    if request.short or (plain and not request.accessible):
        return None
    return lambda answer, columns, rows: drawn_for(answer, columns, rows, request, KEYS)
