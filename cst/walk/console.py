"""Where a person is asked, and how: all that a walk knows of options, streams and the environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

if TYPE_CHECKING:
    from cst.views.page import Page
    from cst.walk.asker import Drawn


@dataclass(frozen=True)
class DrawnPage:
    """A page as text for any width (see `Drawn`), and where in that text each of its blocks begins."""

    draw: Callable[[Page, int | None], str]
    page: Page

    def __call__(self, columns: int) -> str:
        """The text."""
        return self.draw(self.page, columns)

    def starts(self, columns: int) -> list[int]:
        """The line at which each block begins, but for the first: that is the danger line."""
        lines = self(columns).split("\n")
        ends = (self.draw(self.page[:place], columns).count("\n") for place in range(1, len(self.page)))
        found = (next((row for row in range(end, len(lines)) if lines[row].strip()), None) for end in ends)
        return sorted({row for row in found if row})


class Console(NamedTuple):
    """Made by the command line, once a run.

    source: where answers come from.
    sink: where questions go.
    draw: a page as text for a width in columns, or for the sink's own where that is None.
    heard: makes words ready for whoever hears them read aloud.
    fitting: the page asked for in place of the usual one, which may be three lines.
    screens: the end on one screen, or on two, for columns and rows; None where the whole of it is wanted at once.
    menus: whether menus may be shown, where both ends are a terminal; else numbered lines.
    colour: whether colours may be used.
    shows_end: whether the end belongs on this console, and not only where the answer goes.
    """

    source: TextIO
    sink: TextIO
    draw: Callable[[Page, int | None], str]
    heard: Callable[[str], str] = str
    fitting: Callable[[Callable[[Any], Page]], Callable[[Any], Page]] = lambda page: page
    screens: Callable[[Any, int, int], list[str]] | None = None
    menus: bool = False
    colour: bool = False
    shows_end: bool = True

    def drawn(self, page: Page) -> Drawn:
        """A page as text for any width."""
        return DrawnPage(self.draw, page)
