"""Menus on a real terminal, by questionary. Loaded only when the first question is about to be asked.

Everything happens on the terminal's alternate screen, one question at a time, so that nothing of it stays behind.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, HSplit
from prompt_toolkit.output import ColorDepth

from cst import card
from cst.asking import Around, Back, Drawn, Ending, Given, Leave, Screen
from cst.asking import wording as words
from cst.asking.lines import Lines
from cst.asking.pager import pager
from cst.views.clean import clean

MOVE = "__move__"
WHY = "__why__"
MARGIN = 5  # columns before the words of a choice: pointer, box and spaces
ONE = "(Enter, ? why, b back, q leave)"
MANY = "(space, Enter, ? why, b back, q leave)"
CLEAR = "\x1b[H\x1b[2J"
ALTERNATE = "\x1b[?1049h" + CLEAR
NORMAL = "\x1b[?1049l"
FORGET = CLEAR + "\x1b[3J\x1b]0;\x07"  # the screen, what scrollback the terminal lets go, and the title
LEAVES = "To leave and clear the screen, press q."
LOOK = questionary.Style(  # questionary's own colours are not of the 16, and its orange cannot be read on white
    [("qmark", "fg:default"), ("answer", "fg:default"), ("highlighted", "bold"), ("pointer", "bold")]
)
FEWEST = 6  # rows of a menu: with less the screen is let scroll
CARRY_ON = {"enter": "Enter carry on", "q": "q leave"}
ENDINGS: dict[str, Ending] = {"m": "more", "c": "change", "k": "keep", "q": "leave"}
ENDING = {"c": "c change an answer", "k": "k end, keep this", "q": "q end, clear all"}
ENDING_OR_MORE = {"m": "m more questions", **ENDING}


class Menus:
    """Asks with arrow keys; falls back to numbered lines where the console cannot be opened."""

    def __init__(self, lines: Lines, *, colour: bool) -> None:
        self.lines = lines
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT
        self.usable = True
        self.around = Around("")
        self.shown: list[str] = []
        self.begun = False
        self.forgets = False
        self.above = 0  # lines of this screen above the menu

    def __enter__(self) -> Menus:
        self._write(ALTERNATE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._write(NORMAL)
        if kind is Leave or self.forgets:
            self._write(FORGET)
        elif kind is not None and issubclass(kind, Exception):
            self._write("\n".join(self.shown))  # a fault of ours must not take advice away that was given

    def _write(self, codes: str) -> None:
        self.lines.sink.write(codes)
        self.lines.sink.flush()

    def say(self, text: str) -> None:
        """Prints a line."""
        self.lines.say(text)

    def show(self, drawn: Drawn) -> None:
        """Shows advice on a page that can be scrolled."""
        key = self._page(drawn, CARRY_ON)
        if key is None:
            self.lines.show(drawn)
        elif key == "q":
            raise Leave

    def finish(self, drawn: Drawn, *, more: bool = False) -> Ending:
        """Shows the end of it on a page that can be scrolled."""
        key = self._page(drawn, ENDING_OR_MORE if more else ENDING)
        ending = self.lines.finish(drawn, more=more) if key is None else ENDINGS[key]
        self.forgets = ending == "leave"
        return ending

    def _page(self, drawn: Drawn, keys: dict[str, str]) -> str | None:
        """The key that ended a page; None where the console cannot show one."""
        self.shown.append(drawn(card.columns()))
        self._write(CLEAR)
        try:
            key = pager(drawn, keys, self.depth) if self.usable else None
        except EOFError:
            return "q"
        except OSError:
            self.usable = False
            return None
        return "q" if key == "c-d" else key

    def ask(self, screen: Screen, around: Around) -> Given:
        """Asks until there is an answer; each try is a screen of its own, with the danger line on it."""
        self.around = around
        said = around.notice
        while self.usable:
            self._head(said)
            try:
                given = self._once(screen)
            except EOFError:
                raise Leave from None
            except OSError:  # the console cannot be opened: prompt_toolkit's own errors are OSErrors too
                self.usable = False
                break
            if isinstance(given, dict):
                return given
            said = given
        return self.lines.ask(screen, around)

    def _head(self, said: str) -> None:
        """Starts a screen: the danger line (the whole card on the first), how to leave, what is to be said."""
        self._write(CLEAR)
        danger = f"{card.LINE} {LEAVES}" if self.begun else f"{card.text(10**6)}{LEAVES}"
        self.begun = True
        texts = f"{danger}\n{self.around.progress}\n{said}".split("\n")
        lines = [line for text in texts if text for line in _wrapped(text, 0)]
        self.say("\n".join(lines))
        self.above = len(lines)

    def _once(self, screen: Screen) -> Given | str:
        """The answers, or what to say before asking again."""
        if words.many(screen):
            return self._many(screen)
        if screen[0]["type"] == "number":
            return self._number(screen)
        return self._one(screen)

    def _one(self, screen: Screen) -> Given | str:
        choices = [questionary.Choice("(move to your answer)", MOVE), *self._choices(screen)]
        chosen = self._run(questionary.select(self._message(screen), choices, instruction=ONE, **self._look()))
        if chosen == WHY:
            return self._why(screen)
        if chosen not in dict(words.options(screen)):  # Escape and Enter end a menu with nothing chosen at all
            return "Move to an answer first, then press Enter."
        return {screen[0]["id"]: chosen}

    def _many(self, screen: Screen) -> Given | str:
        choices = self._choices(screen)
        chosen = self._run(questionary.checkbox(self._message(screen), choices, instruction=MANY, **self._look()))
        return self._why(screen) if chosen == WHY else words.from_ticks(screen, list(chosen or ()))

    def _message(self, screen: Screen) -> str:
        """The question and its hint in lines that fit, as the menu would break words and cut what is too long."""
        lines = [line for text in (words.heading(screen), *words.hints(screen)) for line in _wrapped(text, MARGIN)]
        offered = sum(len(_wrapped(label, MARGIN)) for _, label in words.options(screen))
        if self.above + len(lines) + offered + 1 > card.rows():  # the list scrolls, and its end is out of sight
            more = f"{len(words.options(screen))} choices, not all on the screen: move down for more."
            lines += _wrapped(more, MARGIN)
        return "\n  ".join(lines) + "\n "

    def _choices(self, screen: Screen) -> list[questionary.Choice]:
        return [
            questionary.Choice(("\n" + " " * MARGIN).join(_wrapped(label, MARGIN)), name)
            for name, label in words.options(screen)
        ]

    def _number(self, screen: Screen) -> Given | str:
        question = screen[0]
        asked = f"{self._message(screen)}(a number, or: not sure, ?, b, q)"
        typed = (self._run(questionary.text(asked, **self._look()), keys=False) or "").strip()
        match typed.casefold():
            case "":
                return words.NO_BLANK
            case "b" | "back":
                raise Back
            case "q" | "quit" | "leave":
                raise Leave
            case "?":
                return self._why(screen)
        value = words.number(question, typed)
        return words.refusal(question) if value is None else {question["id"]: value}

    def _why(self, screen: Screen) -> str:
        return "\n".join((*words.reasons(screen), *words.hanging(self.around.hangs)))

    def _look(self) -> dict[str, Any]:
        return {"style": LOOK, **({"color_depth": self.depth} if self.depth else {})}

    def _run(self, question: questionary.Question, *, keys: bool = True) -> Any:
        application = question.application
        bindings = application.key_bindings
        own = _bindings(letters=keys)
        application.key_bindings = merge_key_bindings([bindings, own] if bindings else [own])
        room = Dimension(max=max(card.rows() - self.above, FEWEST))  # more would push the danger line off the screen
        application.layout.container = HSplit([application.layout.container], height=room)
        return question.unsafe_ask()


def _wrapped(text: str, margin: int) -> list[str]:
    """Text in lines that leave a margin on this screen."""
    return wrap(clean(text), max(card.columns() - margin - 1, 20)) or [""]


def _bindings(*, letters: bool) -> KeyBindings:
    """Ctrl-D leaves, an interrupt from outside stops; in menus b goes back, q leaves and ? says why."""
    bindings = KeyBindings()
    bindings.add(Keys.SIGINT)(lambda event: event.app.exit(exception=KeyboardInterrupt))

    @bindings.add(Keys.ControlD, eager=True)
    def _(event: Any) -> None:
        event.app.exit(exception=Leave())

    if letters:
        for key, ending in (("b", {"exception": Back()}), ("q", {"exception": Leave()}), ("?", {"result": WHY})):
            bindings.add(key, eager=True)(lambda event, ending=ending: event.app.exit(**ending))
    return bindings
