"""A page on the terminal that can be scrolled, and the key that ends it. Nothing of it stays on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import wrap
from typing import TextIO

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth

from cst import card
from cst.walk.console import DrawnPage
from cst.walk.terminal_screen import AGAIN, CLEAR, run

SCROLL = "space or arrows"
ENTER = "enter"
READ_ON = "Enter read on"
PARTS = ("n next part", "p part before")
WHERE = "{} of {}"
FEW = 6  # keys, with more of which there is no room to say how to scroll a page that fits
PINNED = 3  # rows, with fewer of which the danger line would push the text itself off the screen


def pager(drawn: Callable[[int], str], keys: Mapping[str, str], depth: ColorDepth | None, sink: TextIO) -> str:
    """Shows a page until one of the keys is pressed. Enter turns to the next screen of it while there is one.

    Args:
        drawn: the text of the page for a width in columns, with colour codes.
        keys: what each ending key does, in words for the last line; keys as prompt_toolkit names them.
        depth: how many colours may be used; None leaves it to the terminal.
        sink: the terminal, with its other screen taken over.

    Returns:
        The key that was pressed; "c-d" for the end of input.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    page = _Scrolled(drawn, keys)
    fresh, key = True, AGAIN
    while key == AGAIN:
        sink.write(CLEAR)
        sink.flush()
        foot = Window(FormattedTextControl(page.foot), height=lambda: len(page.foot_lines()), always_hide_cursor=True)
        body = Window(FormattedTextControl(page.seen), always_hide_cursor=True)
        layout = Layout(HSplit([body, foot]))
        key, fresh = str(run(layout, _bindings(page, keys), depth=depth, fresh=fresh)), False
    return key


def foot_rows(keys: Mapping[str, str]) -> int:
    """The rows that the words of these keys take on this screen, for a page without parts."""
    return len(_foot(_says(keys, parts=False), card.columns()))


def _says(keys: Mapping[str, str], *, parts: bool) -> tuple[str, ...]:
    """What the foot says: what the keys do, and where there is room how to move and where one is."""
    if len(keys) > FEW:
        return tuple(keys.values())
    return (*keys.values(), SCROLL, *(PARTS if parts else ()), WHERE)


def _foot(says: tuple[str, ...], columns: int) -> list[str]:
    """What the keys do, in lines that fit; a key and its words are never apart."""
    whole = "  ".join(words.replace(" ", "\xa0") for words in says if words)
    return [line.replace("\xa0", " ") for line in wrap(whole, max(columns - 2, 20))]


class _Scrolled:
    """A text and how far down it has been scrolled."""

    def __init__(self, drawn: Callable[[int], str], keys: Mapping[str, str]) -> None:
        self.drawn = drawn
        self.keys = keys
        self.top = 0
        self.at_size: dict[tuple[int, int], list[str]] = {}
        self.starts_at: dict[int, list[int]] = {}

    def lines(self) -> list[str]:
        """All lines, for the size the terminal has now; drawn once for each."""
        size = get_app().output.get_size()
        if (size.columns, size.rows) not in self.at_size:
            self.at_size[size.columns, size.rows] = self.drawn(size.columns).rstrip("\n").split("\n")
        return self.at_size[size.columns, size.rows]

    def starts(self) -> list[int]:
        """The lines at which the parts begin; none where there is one part, or where a key for them ends the page."""
        columns = get_app().output.get_size().columns
        if columns not in self.starts_at:
            jumps = isinstance(self.drawn, DrawnPage) and not {"n", "p"} & set(self.keys)
            found = self.drawn.starts(columns) if jumps and isinstance(self.drawn, DrawnPage) else []
            self.starts_at[columns] = found if len(found) > 1 else []
        return self.starts_at[columns]

    def jump(self, by: int) -> None:
        """To the next part, or to the one before: its first line stands below the danger line."""
        tops = [max(start - 1, 0) for start in self.starts()]
        ahead = [top for top in tops if top > self.top]
        behind = [top for top in tops if top < self.top]
        if by > 0 and ahead:
            self.top = ahead[0]
        elif by < 0:
            self.top = behind[-1] if behind else 0

    def rows(self) -> int:
        """The rows there are for the text."""
        return max(get_app().output.get_size().rows - len(self.foot_lines()), 1)

    def page(self) -> int:
        """How far a page moves: by a row less than there are, as the danger line takes one."""
        return max(self.rows() - 1, 1)

    def seen(self) -> ANSI:
        """The lines that are on the screen, below the danger line when the text has been scrolled."""
        lines = self.lines()
        self.top = max(0, min(self.top, len(lines) - self.rows()))
        shown = lines[self.top : self.top + self.rows()]
        if self.top and self.rows() >= PINNED:
            shown[0] = card.LINE
        return ANSI("\n".join(shown))

    def move(self, by: int) -> None:
        """Scrolls by some rows; too far is put right when it is drawn."""
        self.top += by

    def end(self, app: Application[str], key: str) -> None:
        """Ends the page by a key; Enter only where all has been seen, as what not to do stands last."""
        if key == ENTER and self.more():
            self.move(self.page())
        else:
            app.exit(result=key)

    def more(self) -> bool:
        """Whether there is more below what is on the screen."""
        return self.top + self.rows() < len(self.lines())

    def foot(self) -> StyleAndTextTuples:
        """The last lines: what the keys do; how to scroll is said while there is something to scroll to."""
        lines = self.foot_lines()
        if len(self.lines()) > self.rows():
            lines = [line.replace(WHERE, WHERE.format(*self.where())) for line in lines]
        else:
            for words in (SCROLL, *PARTS, WHERE):
                lines = [line.replace(words, "").rstrip() for line in lines]
        if ENTER in self.keys and self.more():
            lines = [line.replace(self.keys[ENTER], READ_ON) for line in lines]
        return [("reverse", " " + "\n ".join(lines) + " ")]

    def where(self) -> tuple[int, int]:
        """Which screen of how many this is; the last one where the end can be seen."""
        last = max(len(self.lines()) - self.rows(), 0)
        count = -(-last // self.page()) + 1
        return count if self.top >= last else self.top // self.page() + 1, count

    def foot_lines(self) -> list[str]:
        """What the keys do."""
        return _foot(_says(self.keys, parts=bool(self.starts())), get_app().output.get_size().columns)


def _bindings(page: _Scrolled, keys: Mapping[str, str]) -> KeyBindings:
    bindings = KeyBindings()
    moves = {
        "down": lambda: 1,
        "up": lambda: -1,
        "space": page.page,
        "pagedown": page.page,
        "pageup": lambda: -page.page(),
        "home": lambda: -(10**6),
        "end": lambda: 10**6,
    }
    if ENTER not in keys:
        moves[ENTER] = page.page
    for key, by in (("n", 1), ("p", -1)):
        if key not in keys:
            bindings.add(key)(lambda event, by=by: page.jump(by))
    for key, distance in moves.items():
        bindings.add(key)(lambda event, distance=distance: page.move(distance()))
    for key in (*keys, "c-d"):
        bindings.add(key, eager=True)(lambda event, key=key: page.end(event.app, key))
    for key in ("c-c", "<sigint>"):
        bindings.add(key)(lambda event: event.app.exit(exception=KeyboardInterrupt))
    return bindings
