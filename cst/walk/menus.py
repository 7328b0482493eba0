"""Menus on a real terminal, by questionary. Loaded only when the first question is about to be asked.

Everything happens on the terminal's alternate screen, one question at a time, so that nothing of it stays behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from typing import Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout import Dimension, FormattedTextControl, HSplit, Layout, VerticalAlign, Window
from prompt_toolkit.output import ColorDepth

from cst import card
from cst.engine.answer_words import is_not_sure
from cst.engine.answers import Answers
from cst.walk import wording as words
from cst.walk.asker import Around, Back, Drawn, End, Ending, FindPlace, FindTopics, Leave, Screen
from cst.walk.keys import DIGITS, WHY, keep_hints_in_sight, leaving, letters, listed, marks, movers, tickers
from cst.walk.menu_lines import ASKED, choice, filled, fitted, keys_line, listing, wrapped
from cst.walk.narrowing import INDENT, Narrowing
from cst.walk.numbered_lines import Lines
from cst.walk.pager import foot_rows, pager
from cst.walk.terminal_screen import AGAIN, CLEAR, run, taken_over

MOVE = "__move__"
TO_ANSWER = "move to your answer"
KEPT = "Your ticks are kept."
ARROWS = "arrows, then Enter"
ROOM = 3  # rows that the keys and "move to your answer" take
TICKS = "arrows move, space ticks, then Enter"
TYPED = "or: u not sure, ?, b, q; then Enter"
LEAVES_TYPING = "To leave and clear the screen, press Ctrl-C."  # where a letter may begin the name of a place
PLACE = "Type the town or the council area. To see all areas, type ? first."
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
UNSURE = "u"  # the key, and the word
FEWEST = 2  # rows of a menu below its question: with less the screen is let scroll
ENDINGS: dict[str, Ending] = {"m": "more", "c": "change", "k": "keep", "q": "leave"}
CHANGE = "c change"
OPENED = {"escape": "Esc back", "b": "", "q": "q end, clear all"}
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
        self.typed = ""  # what is typed so far, also when the screen is drawn anew
        self.kept = ""  # that its ticks are those of before
        self.shown: list[str] = []
        self.begun = False
        self.fresh = True  # whether the screen is one that nobody has seen yet
        self.forgets = False
        self.head: list[str] = []  # the lines of this screen above the question
        self._taken = ExitStack()
        self.tall = 0  # lines of the question, with its hints and keys

    def __enter__(self) -> Menus:
        self._taken.enter_context(taken_over(self.lines.sink))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._taken.close()
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

    def finish(self, end: End, *, more: bool = False, held: bool = False) -> Ending:
        """Shows the end of it; a key opens a part, and Esc comes back."""
        parts = {part.key: part for part in end.parts}
        keys = {
            **({"m": "m more questions"} if more else {}),
            **{part.key: part.says for part in end.parts},
            "c": SAFE if held else CHANGE,
            **({} if held else {"k": "k end, print it"}),
            "q": "q end, clear all",
        }
        at = 0
        while True:
            screens = end.screens(card.columns(), card.rows() - foot_rows(keys))
            at = min(at, len(screens) - 1)
            following = (at + 1) % len(screens)
            several = {"enter": f"Enter {following + 1} of {len(screens)}"} if screens[1:] else {}
            key = self._page(partial(_screen_of, end, keys, at), {**several, **keys})
            if key is None:
                return self.lines.finish(end, more=more, held=held)
            if key == "enter":
                at = following
            elif key not in parts:
                self.forgets = ENDINGS[key] == "leave"
                return ENDINGS[key]
            elif self._page(parts[key].drawn, OPENED) == "q":
                self.forgets = True
                return "leave"

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
        try:
            key = pager(drawn, keys, self.depth, self.lines.sink) if self.usable else None
        except EOFError:
            return "q"
        except OSError:
            self.usable = False
            return None
        return "q" if key == "c-d" else key

    def ask(self, screen: Screen, around: Around) -> Answers:
        """Asks until there is an answer; each try is a screen of its own, with the danger line on it."""
        self.around, self.ticks, self.typed = around, words.ticks(screen, around.before), ""
        self.pointed = self.ticks[0] if self.ticks else None
        said, self.fresh, self.kept = around.notice, True, KEPT if self.ticks else ""
        while self.usable:
            self._write(CLEAR)
            self.head = self._head(said, screen)
            try:
                given = self._once(screen)
            except EOFError:
                raise Leave from None
            except OSError:  # the console cannot be opened: prompt_toolkit's own errors are OSErrors too
                self.usable = False
                break
            if isinstance(given, Answers):
                self.begun = True
                return given
            self.fresh = given != AGAIN
            if self.fresh:
                said, self.begun, self.typed = given, True, ""
        return self.lines.ask(screen, around)

    def _head(self, said: str, screen: Screen) -> list[str]:
        """What stands above a question: danger, how to leave, what is to be said; first the whole card, if it fits."""
        leaves = LEAVES_TYPING if self.lines.found and words.is_place(screen) else LEAVES
        lines = self._above(f"{card.LINE} {leaves}", said)
        if not self.begun:
            whole = self._above(f"{card.text(10**6)}{leaves}", said)
            asked = [*fitted(words.heading(screen), *words.hints(screen)), *listing(words.labels(screen))]
            lines = whole if len(whole) + len(asked) + ROOM <= card.rows() else lines
        return lines

    def _above(self, danger: str, said: str) -> list[str]:
        """What stands above a question, in lines that fit."""
        progress = " ".join(filter(None, (self.around.progress, self.kept)))
        texts = f"{danger}\n{progress}\n{said}".split("\n")
        return [line for text in texts if text for line in wrapped(text, 0)]

    def _once(self, screen: Screen) -> Answers | str:
        """The answers, or what to say before asking again; AGAIN where nothing was said, only the window changed."""
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
        was = words.was(screen, self.around.before)
        says = f"({was}; {TO_ANSWER})" if was else f"({TO_ANSWER})"
        choices = [questionary.Choice(choice("", says, ""), MOVE), *self._choices(screen)]
        question = questionary.select(
            self._message(screen, keys), choices, self.pointed, instruction=keys, use_jk_keys=False, **self._look()
        )
        control = listed(question)
        control.default = None  # it marks where the pointer begins, and ticks nothing
        control.selected_options = []
        chosen = self._run(question, letters(), movers(control, names), menu=True)
        self.pointed = control.get_pointed_at().value if chosen in (AGAIN, WHY) else None
        if chosen == AGAIN:
            return AGAIN
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
        control, offered = listed(question), words.options(screen)
        control.selected_options = self.ticks
        toggled = partial(words.toggled, screen)
        own = [letters(), tickers(control, [name for name, _ in offered], toggled)]
        find = self._finding(screen)
        narrowing = Narrowing(control, offered, find, toggled) if find else None
        if narrowing:
            own[0] = KeyBindings()  # its letters are typed
            narrowing.narrow(self.typed)
            own.append(narrowing.bindings())
        chosen = self._run(question, *own, menu=True, line=narrowing.line if narrowing else None)
        self.ticks, self.pointed = control.selected_options, control.get_pointed_at().value
        self.typed = narrowing.text if narrowing else ""
        if chosen == AGAIN:
            return AGAIN
        return self._why(screen) if chosen == WHY else words.from_ticks(screen, list(chosen or ()))

    def _finding(self, screen: Screen) -> FindTopics | None:
        """What narrows this list by what is typed."""
        return self.lines.topics if words.is_topics(screen) else None

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
        finds = 1 if keys and self._finding(screen) else 0
        left = card.rows() - len(self.head) - finds - len(lines) - len(keys.split("\n"))
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
            questionary.Separator("\n".join(choice("", label, hint).split("\n")))
            if words.is_heading(name)
            else questionary.Choice(choice(f"{keys[name]:1} ", label, hint), name)
            for name, label, hint in self._offered(screen)
        ]

    def _offered(self, screen: Screen) -> list[tuple[str, str, str]]:
        """The choices with the hints that stand below them: all where they fit, and always those of what is sensitive.

        One of those says how not to do harm by asking ("Do not ask in front of anyone"), so the list rather scrolls.
        """
        labels = words.labels(screen)
        head = len(fitted(words.heading(screen), *words.hints(screen))) + 2  # and the keys, on two lines at most
        if len(self.head) + head + len(listing(labels)) + bool(self._finding(screen)) <= card.rows():
            return labels
        kept = {name for one in screen if one["sensitive"] for name in (one["id"], one["id"] + words.OF)}
        return [(name, label, hint if name in kept else "") for name, label, hint in labels]

    def _number(self, screen: Screen) -> Answers | str:
        typed = self._typed(screen, "a number", letters(UNSURE))  # no number has a letter, so here they act at once
        if typed == AGAIN:
            return AGAIN
        if not typed or typed == WHY:
            return self._why(screen) if typed else words.NO_BLANK
        return words.number(screen[0], typed) or words.refusal(screen[0], typed)

    def _place(self, screen: Screen, found: FindPlace) -> Answers | str:
        """An area by what somebody calls it: there are too many to move through. Why says them all."""
        typed = self._typed(screen, "a place")
        if typed == AGAIN:
            return AGAIN
        if not typed:
            return words.NO_BLANK
        if typed == WHY:
            areas = ", ".join(label for name, label in words.options(screen) if name != words.NOT_SURE)
            return self._why(screen, f"The council areas: {areas}.")
        if is_not_sure(typed):
            return words.answer(screen[0], words.NOT_SURE)
        area, says = found(typed)
        if area is None and (near := found.near(typed)):
            return self._one_of_near(screen, found, near, says or "")
        return says or "" if area is None else words.answer(screen[0], area)

    def _one_of_near(self, screen: Screen, found: FindPlace, near: Mapping[str, str], says: str) -> Answers | str:
        """The area of one of the places that are near to what was typed; "" where it is none of them."""
        around = self.around
        try:
            chosen = self.ask([words.near_question(near)], around._replace(notice=says, before=Answers()))
        except Back:
            chosen = Answers()
        self.around, self.ticks, self.pointed, self.typed = around, [], None, ""
        place = str(chosen.known.get(words.NEAR, words.NONE))
        area = None if place == words.NONE else found(place).area
        return words.AGAIN if area is None else words.answer(screen[0], area)

    def _typed(self, screen: Screen, what: str, *keys: KeyBindings) -> str:
        """What was typed; WHY for a question mark. `keys` act as soon as they are pressed."""
        was = words.was(screen, self.around.before)
        how = "\n  ".join(wrapped(f"({was}; {what}, {TYPED})" if was else f"({what}, {TYPED})", ASKED))
        question = questionary.text(f"{self._message(screen)} {how}", default=self.typed, **self._look())
        typed = (self._run(question, *keys) or "").strip()
        if typed == AGAIN:
            self.typed = question.application.current_buffer.text
            return AGAIN
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

    def _run(
        self,
        question: questionary.Question,
        *keys: KeyBindings,
        menu: bool = False,
        line: Callable[[], str] | None = None,
    ) -> Any:
        """What the person chose or typed; `keys` act as soon as they are pressed. `line` stands above a list.

        AGAIN where it has to be drawn anew.
        """
        application = question.application
        own = [one for one in (application.key_bindings, leaving(), *keys) if one]
        asked, *below = application.layout.container.get_children()
        room = max(card.rows() - len(self.head), FEWEST + 1)  # more would push the danger line off the screen
        if menu:  # the list gives way to its question, as long as some of it can be seen
            keep_hints_in_sight(question)
            tall = min(self.tall, room - FEWEST)
            asked = HSplit([asked], height=Dimension(min=tall, preferred=tall, max=self.tall))
        head = Dimension.exact(min(len(self.head), max(card.rows() - FEWEST - 1, 1)))
        above = Window(FormattedTextControl("\n".join(self.head)), height=head, always_hide_cursor=True)
        typing = [Window(FormattedTextControl(lambda: " " * INDENT + line()), height=1)] if line else []
        container = HSplit([above, asked, *typing, *below], align=VerticalAlign.TOP)
        layout = Layout(container, application.layout.current_window)
        return run(layout, merge_key_bindings(own), style=application.style, depth=self.depth, fresh=self.fresh)


def _screen_of(end: End, keys: dict[str, str], at: int, columns: int) -> str:
    """One of the screens of the end, for the window as it is now."""
    screens = end.screens(columns, card.rows() - foot_rows(keys))
    return screens[min(at, len(screens) - 1)]
