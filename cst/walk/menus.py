"""Menus on a real terminal, by questionary. Loaded only when the first question is about to be asked.

Everything happens on the terminal's alternate screen, one question at a time, so that nothing of it stays behind.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import Dimension, HSplit
from prompt_toolkit.output import ColorDepth

from cst import card
from cst.engine.answer_words import is_not_sure
from cst.engine.answers import Answers
from cst.walk import wording as words
from cst.walk.asker import Around, Back, Drawn, Ending, FindPlace, Leave, Screen
from cst.walk.keys import DIGITS, WHY, keep_hints_in_sight, leaving, letters, listed, marks, movers, tickers
from cst.walk.menu_lines import ASKED, choice, filled, fitted, keys_line, listing, wrapped
from cst.walk.numbered_lines import Lines
from cst.walk.pager import pager

MOVE = "__move__"
ARROWS = "arrows, then Enter"
ROOM = 3  # rows that the keys and "move to your answer" take
TICKS = "arrows move, space ticks, then Enter"
TYPED = "or: not sure, ?, b, q; then Enter"
LEAVES_TYPING = "To leave and clear the screen, press Ctrl-C."  # where a letter may begin the name of a place
PLACE = "Type the town or the council area. To see all areas, type ? first."
CLEAR = "\x1b[H\x1b[2J"
ALTERNATE = "\x1b[?1049h" + CLEAR
NORMAL = "\x1b[?1049l"
FORGET = CLEAR + "\x1b[3J\x1b]0;\x07"  # the screen, what scrollback the terminal lets go, and the title
LEAVES = "To leave and clear the screen, press q."
LOOK = questionary.Style(  # questionary's own colours are not of the 16, and its orange cannot be read on white
    [
        ("qmark", "fg:default"),
        ("answer", "fg:default"),
        ("highlighted", "bold"),
        ("pointer", "bold"),
        ("selected", "bold noreverse"),  # a bar would run over the margin of a hint; the filled box says it
    ]
)
FEWEST = 2  # rows of a menu below its question: with less the screen is let scroll
ENDINGS: dict[str, Ending] = {"m": "more", "c": "change", "k": "keep", "q": "leave"}
CHANGE = "c change an answer"
SAFE = "c go on when it is safe"
CARRY_ON = "Enter carry on"
WHEN_SAFE = "Enter when it is safe"
WHY_KEYS = {"enter": "Enter to the question", "b": "b back", "q": "q leave"}


class Menus:
    """Asks with arrow keys; falls back to numbered lines where the console cannot be opened."""

    stays = False

    def __init__(self, lines: Lines, *, colour: bool) -> None:
        self.lines = lines
        self.depth = None if colour else ColorDepth.DEPTH_1_BIT
        self.usable = True
        self.around = Around("")
        self.ticks: list[str] = []  # of the list that is asked now, also when it is shown again
        self.pointed: str | None = None  # where the pointer stood in it
        self.shown: list[str] = []
        self.begun = False
        self.forgets = False
        self.above = 0  # lines of this screen above the question
        self.tall = 0  # lines of the question, with its hints and keys

    def __enter__(self) -> Menus:
        self._write(ALTERNATE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._write(NORMAL)
        if self.forgets or (kind is not None and issubclass(kind, (Leave, KeyboardInterrupt))):
            self._write(FORGET)
        elif kind is not None and issubclass(kind, Exception):
            self._write("\n".join(self.shown))  # a fault of ours must not take advice away that was given

    def _write(self, codes: str) -> None:
        self.lines.sink.write(codes)
        self.lines.sink.flush()

    def say(self, text: str) -> None:
        """Prints a line."""
        self.lines.say(text)

    def show(self, drawn: Drawn, *, back: bool = False, held: bool = False) -> None:
        """Shows advice on a page that can be scrolled."""
        keys = {"enter": WHEN_SAFE if held else CARRY_ON, **({"b": "b back"} if back else {}), "q": "q leave"}
        if self._turned(drawn, keys) is None:
            self.lines.show(drawn, back=back, held=held)

    def finish(self, drawn: Drawn, *, more: bool = False, held: bool = False) -> Ending:
        """Shows the end of it on a page that can be scrolled."""
        first = {"m": "m more questions"} if more else {}
        kept = {} if held else {"k": "k end, print it here"}
        keys = {**first, "c": SAFE if held else CHANGE, **kept, "q": "q end, clear all"}
        key = self._page(drawn, keys)
        ending = self.lines.finish(drawn, more=more, held=held) if key is None else ENDINGS[key]
        self.forgets = ending == "leave"
        return ending

    def _turned(self, drawn: Drawn, keys: dict[str, str]) -> str | None:
        """As `_page`, on the way: a page that can be gone back from and left."""
        key = self._page(drawn, keys)
        if key == "b":
            raise Back
        if key == "q":
            raise Leave
        return key

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

    def ask(self, screen: Screen, around: Around) -> Answers:
        """Asks until there is an answer; each try is a screen of its own, with the danger line on it."""
        self.around, self.ticks, self.pointed = around, words.ticks(screen, around.before), None
        said = around.notice
        while self.usable:
            self._head(said, screen)
            try:
                given = self._once(screen)
            except EOFError:
                raise Leave from None
            except OSError:  # the console cannot be opened: prompt_toolkit's own errors are OSErrors too
                self.usable = False
                break
            if isinstance(given, Answers):
                return given
            said = given
        return self.lines.ask(screen, around)

    def _head(self, said: str, screen: Screen) -> None:
        """Starts a screen: danger, how to leave, what is to be said. The first has the whole card where it fits."""
        self._write(CLEAR)
        leaves = LEAVES_TYPING if self.lines.found and words.is_place(screen) else LEAVES
        lines = self._above(f"{card.LINE} {leaves}", said)
        if not self.begun:
            whole = self._above(f"{card.text(10**6)}{leaves}", said)
            asked = [*fitted(words.heading(screen), *words.hints(screen)), *listing(words.labels(screen))]
            lines = whole if len(whole) + len(asked) + ROOM <= card.rows() else lines
        self.begun = True
        self.say("\n".join(lines))
        self.above = len(lines)

    def _above(self, danger: str, said: str) -> list[str]:
        """What stands above a question, in lines that fit."""
        texts = f"{danger}\n{self.around.progress}\n{said}".split("\n")
        return [line for text in texts if text for line in wrapped(text, 0)]

    def _once(self, screen: Screen) -> Answers | str:
        """The answers, or what to say before asking again."""
        if words.many(screen):
            return self._many(screen)
        if screen[0]["type"] == "number":
            return self._number(screen)
        if self.lines.found and words.is_place(screen):
            return self._place(screen, self.lines.found)
        return self._one(screen)

    def _one(self, screen: Screen) -> Answers | str:
        names = [name for name, _ in words.options(screen)]
        direct = "y n u" if screen[0]["type"] == "yes-no" else f"1 to {min(len(names), DIGITS)}"
        keys = keys_line(f"{direct} or {ARROWS}", f"{direct} Enter")
        choices = [questionary.Choice("(move to your answer)", MOVE), *self._choices(screen)]
        question = questionary.select(
            self._message(screen, keys), choices, instruction=keys, use_jk_keys=False, **self._look()
        )
        chosen = self._run(question, letters(), movers(listed(question), names), menu=True)
        if chosen == WHY:
            return self._why(screen)
        if chosen not in dict(words.options(screen)):  # Escape and Enter end a menu with nothing chosen at all
            return "Move to an answer first, then press Enter."
        return words.answer(screen[0], chosen)

    def _many(self, screen: Screen) -> Answers | str:
        """The answers ticked. The ticks are kept where the list has to be shown again."""
        keys = keys_line(TICKS, TICKS)
        question = questionary.checkbox(
            self._message(screen, keys),
            self._choices(screen),
            instruction=keys,
            initial_choice=self.pointed,
            use_jk_keys=False,
            **self._look(),
        )
        control, names = listed(question), [name for name, _ in words.options(screen)]
        control.selected_options = self.ticks
        ticking = tickers(control, names, partial(words.toggled, screen))
        chosen = self._run(question, letters(), ticking, menu=True)
        self.ticks, self.pointed = control.selected_options, control.get_pointed_at().value
        return self._why(screen) if chosen == WHY else words.from_ticks(screen, list(chosen or ()))

    def _message(self, screen: Screen, keys: str = "") -> str:
        """The question and its hint in lines that fit, as the menu would break words and cut what is too long.

        Args:
            screen: what is asked.
            keys: what the keys of its menu do; "" where the answer is typed.
        """
        place = (PLACE,) if words.is_place(screen) and not keys else ()
        lines, hints = fitted(words.heading(screen)), fitted(*words.hints(screen), *place)
        offered, named = len(listing(self._offered(screen))), dict(words.options(screen))
        keys_of = marks(list(named))
        last = ", ".join(
            f"{keys_of[name]} {named[name].lower()}" for name in (words.NONE, words.NOT_SURE) if name in named
        )
        more = fitted(f"{len(named)} choices: move down for more. Last: {last}.")
        left = card.rows() - self.above - len(lines) - len(keys.split("\n"))
        if not keys or left >= len(hints) + len(more) + FEWEST:  # where there is no room, why has them too
            lines, left = [*lines, *hints], left - len(hints)
        if keys and left < offered:  # the list scrolls, and its end is out of sight
            lines += more
        self.tall = len(lines) + len(keys.split("\n"))
        return "\n  ".join(lines) + "\n "

    def _choices(self, screen: Screen) -> list[questionary.Choice]:
        """What can be chosen, each with the key that stands for it, and with its own hint below where there is room."""
        keys = marks([name for name, _ in words.options(screen)])
        return [
            questionary.Choice(choice(f"{keys[name]:1} ", label, hint), name)
            for name, label, hint in self._offered(screen)
        ]

    def _offered(self, screen: Screen) -> list[tuple[str, str, str]]:
        """The choices with the hints that stand below them: all where they fit, and always those of what is sensitive.

        One of those says how not to do harm by asking ("Do not ask in front of anyone"), so the list rather scrolls.
        """
        labels = words.labels(screen)
        head = len(fitted(words.heading(screen), *words.hints(screen))) + 2  # and the keys, on two lines at most
        if self.above + head + len(listing(labels)) <= card.rows():
            return labels
        kept = {question["id"] for question in screen if question["sensitive"]}
        return [(name, label, hint if name in kept else "") for name, label, hint in labels]

    def _number(self, screen: Screen) -> Answers | str:
        typed = self._typed(screen, "a number", letters())  # no number has a letter, so here they act at once
        if not typed or typed == WHY:
            return self._why(screen) if typed else words.NO_BLANK
        return words.number(screen[0], typed) or words.refusal(screen[0], typed)

    def _place(self, screen: Screen, found: FindPlace) -> Answers | str:
        """An area by what somebody calls it: there are too many to move through. Why says them all."""
        typed = self._typed(screen, "a place")
        if not typed:
            return words.NO_BLANK
        if typed == WHY:
            areas = ", ".join(label for name, label in words.options(screen) if name != words.NOT_SURE)
            return self._why(screen, f"The council areas: {areas}.")
        if is_not_sure(typed):
            return words.answer(screen[0], words.NOT_SURE)
        area, says = found(typed)
        return says or "" if area is None else words.answer(screen[0], area)

    def _typed(self, screen: Screen, what: str, *keys: KeyBindings) -> str:
        """What was typed; WHY for a question mark. `keys` act as soon as they are pressed."""
        how = "\n  ".join(wrapped(f"({what}, {TYPED})", ASKED))
        question = questionary.text(f"{self._message(screen)} {how}", **self._look())
        typed = (self._run(question, *keys) or "").strip()
        match typed.casefold():
            case "b" | "back":
                raise Back
            case "q" | "quit" | "leave":
                raise Leave
            case "?":
                return WHY
        return str(typed)

    def _why(self, screen: Screen, *more: str) -> str:
        """Why it is asked, to stand above the question; "" where both had no room, and it was a page of its own."""
        said = "\n".join((*words.why_asked(screen), *words.hanging(self.around.hangs), *more))
        menu = 0 if screen[0]["type"] == "number" else len(listing(words.labels(screen))) + 1
        if len(self._above(f"{card.LINE} {LEAVES}", said)) + self.tall + menu <= card.rows():
            return said
        key = self._turned(lambda columns: filled(f"{card.LINE}\n\n{said}", columns), WHY_KEYS)
        return said if key is None else ""

    def _look(self) -> dict[str, Any]:
        return {"style": LOOK, **({"color_depth": self.depth} if self.depth else {})}

    def _run(self, question: questionary.Question, *keys: KeyBindings, menu: bool = False) -> Any:
        """What the person chose or typed; `keys` act as soon as they are pressed."""
        application = question.application
        own = [one for one in (application.key_bindings, leaving(), *keys) if one]
        application.key_bindings = merge_key_bindings(own)
        asked, *below = application.layout.container.get_children()
        room = max(card.rows() - self.above, FEWEST + 1)  # more would push the danger line off the screen
        if menu:  # the list gives way to its question, as long as some of it can be seen
            keep_hints_in_sight(question)
            tall = min(self.tall, room - FEWEST)
            asked = HSplit([asked], height=Dimension(min=tall, preferred=tall, max=self.tall))
        application.layout.container = HSplit([asked, *below], height=Dimension(max=room))
        return question.unsafe_ask()
