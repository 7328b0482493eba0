"""Whether there is somebody to ask, and the console at which a walk finds them."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from cst.cli.errors import trouble
from cst.cli.output import as_heard, as_text, fitting
from cst.exits import Exit

if TYPE_CHECKING:
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
        raise trouble(
            Exit.USAGE,
            "no-terminal",
            "There is no terminal to ask at.",
            f"Give the answers instead, for example: {instead}",
        )
    return True


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
        menus=screen and not request.plain and os.environ.get("TERM", "") not in ("", "dumb"),
        colour=not os.environ.get("NO_COLOR"),
        shows_end=screen,
    )
