"""Where a person is asked, and how: all that a walk knows of options, streams and the environment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

if TYPE_CHECKING:
    from cst.views.page import Page
    from cst.walk.asker import Drawn


class Console(NamedTuple):
    """Made by the command line, once a run.

    source: where answers come from.
    sink: where questions go.
    draw: a page as text for a width in columns, or for the sink's own where that is None.
    heard: makes words ready for whoever hears them read aloud.
    fitting: the page asked for in place of the usual one, which may be three lines.
    menus: whether menus may be shown, where both ends are a terminal; else numbered lines.
    colour: whether colours may be used.
    shows_end: whether the end belongs on this console, and not only where the answer goes.
    """

    source: TextIO
    sink: TextIO
    draw: Callable[[Page, int | None], str]
    heard: Callable[[str], str] = str
    fitting: Callable[[Callable[[Any], Page]], Callable[[Any], Page]] = lambda page: page
    menus: bool = False
    colour: bool = False
    shows_end: bool = True

    def drawn(self, page: Page) -> Drawn:
        """A page as text for any width."""
        return partial(self.draw, page)
