"""A page on the terminal that can be scrolled, and the key that ends it. Nothing of it stays on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from textwrap import wrap

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import HSplit, Layout, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.output import ColorDepth

from cst import card

SCROLL = "space or arrows"
ENTER = "enter"
READ_ON = "Enter read on"
PINNED = 3  # rows, with fewer of which the danger line would push the text itself off the screen


def pager(drawn: Callable[[int], str], keys: Mapping[str, str], depth: ColorDepth | None) -> str:
    """Shows a page until one of the keys is pressed. Enter turns to the next screen of it while there is one.

    Args:
        drawn: the text of the page for a width in columns, with colour codes.
        keys: what each ending key does, in words for the last line; keys as prompt_toolkit names them.
        depth: how many colours may be used; None leaves it to the terminal.

    Returns:
        The key that was pressed; "c-d" for the end of input.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    page = _Scrolled(drawn, keys)
    foot = Window(FormattedTextControl(page.foot), height=lambda: len(page.foot_lines()), always_hide_cursor=True)
    body = Window(FormattedTextControl(page.seen), always_hide_cursor=True)
    app: Application[str] = Application(
        Layout(HSplit([body, foot])),
        key_bindings=_bindings(page, keys),
        erase_when_done=True,
        color_depth=depth,
    )
    return app.run()


class _Scrolled:
    """A text and how far down it has been scrolled."""

    def __init__(self, drawn: Callable[[int], str], keys: Mapping[str, str]) -> None:
        self.drawn = drawn
        self.keys = keys
        self.top = 0
        self.at_width: dict[int, list[str]] = {}

    def lines(self) -> list[str]:
        """All lines, for the width the terminal has now; drawn once for each width."""
        columns = get_app().output.get_size().columns
        if columns not in self.at_width:
            self.at_width[columns] = self.drawn(columns).rstrip("\n").split("\n")
        return self.at_width[columns]

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
        scrolls = len(self.lines()) > self.rows()
        lines = self.foot_lines() if scrolls else [line.replace(SCROLL, "").rstrip() for line in self.foot_lines()]
        if ENTER in self.keys and self.more():
            lines = [line.replace(self.keys[ENTER], READ_ON) for line in lines]
        return [("reverse", " " + "\n ".join(lines) + " ")]

    def foot_lines(self) -> list[str]:
        """What the keys do, in lines that fit; a key and its words are never apart."""
        whole = "   ".join(words.replace(" ", "\xa0") for words in (*self.keys.values(), SCROLL))
        found = wrap(whole, max(get_app().output.get_size().columns - 2, 20))
        return [line.replace("\xa0", " ") for line in found]


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
    for key, distance in moves.items():
        bindings.add(key)(lambda event, distance=distance: page.move(distance()))
    for key in (*keys, "c-d"):
        bindings.add(key, eager=True)(lambda event, key=key: page.end(event.app, key))
    for key in ("c-c", "<sigint>"):
        bindings.add(key)(lambda event: event.app.exit(exception=KeyboardInterrupt))
    return bindings
