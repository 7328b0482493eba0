"""Numbered lines: for screen readers, plain terminals and anything that is no real terminal. No escape codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from cst import card
from cst.asking import Around, Back, Drawn, Ending, Given, Leave, Screen
from cst.asking import wording as words
from cst.views.clean import clean

if TYPE_CHECKING:
    from cst.contract import QuestionSaid

KEYS = "? why   b back   q leave"
CARRY_ON = "Enter to carry on, q to leave: "
MORE = "m for more questions, "
ENDINGS: dict[str, Ending] = {"m": "more", "more": "more", "c": "change", "change": "change"}
ENDING = "c to change an answer, Enter to end, q to leave and clear the screen: "


class Lines:
    """Asks by printing numbered lines and reading one line."""

    def __init__(self, source: TextIO, sink: TextIO, heard: Callable[[str], str] = str) -> None:
        """Asks on a stream; `heard` makes text ready for whoever hears it read aloud."""
        self.source = source
        self.sink = sink
        self.heard = heard
        self.forgets = False

    def __enter__(self) -> Lines:
        self.sink.write(self.heard(card.text(card.columns())) + "\n")
        self.sink.flush()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if (
            kind is Leave or self.forgets
        ) and self.sink.isatty():  # no escape codes here: what was shown is pushed off the screen
            self.sink.write("\n" * card.rows())
            self.sink.flush()

    def say(self, text: str) -> None:
        """Prints a line."""
        self.sink.write(self.heard(clean(text)) + "\n")
        self.sink.flush()

    def show(self, drawn: Drawn) -> None:
        """Prints advice, and waits for Enter."""
        self.sink.write(drawn(card.columns()))
        self._key(CARRY_ON)

    def finish(self, drawn: Drawn, *, more: bool = False) -> Ending:
        """Prints the end of it, and asks what to do next. What was printed stays."""
        self.sink.write(drawn(card.columns()))
        try:
            typed = self._key(MORE + ENDING if more else ENDING).casefold()
            return ENDINGS.get(typed, "keep")
        except Leave:
            self.forgets = True
            return "leave"

    def ask(self, screen: Screen, around: Around) -> Given:
        """Asks until there is an answer."""
        self._show(screen, around)
        while True:
            typed = self._read("Numbers with commas, such as 1,3: " if words.many(screen) else "Answer: ")
            if typed == "?":
                for line in (*words.reasons(screen), *words.hanging(around.hangs)):
                    self.say(line)
            elif not typed:
                self.say(words.NO_BLANK)
            elif (given := self._understood(screen, typed)) is not None:
                return given

    def _show(self, screen: Screen, around: Around) -> None:
        self.say("")
        if around.notice:
            self.say(around.notice)
        self.say(around.progress)
        self.say(words.heading(screen))
        for hint in words.hints(screen):
            self.say(hint)
        if screen[0]["type"] == "number":
            self.say(f"A number ({screen[0]['unit']}), or: not sure")
        else:
            for place, (_, label) in enumerate(words.options(screen), 1):
                self.say(f"{place} {label}")
        self.say(KEYS)

    def _key(self, prompt: str) -> str:
        """What was typed at a page: there is no screen to go back to from it."""
        while True:
            try:
                return self._read(prompt)
            except Back:
                self.say("There is no going back from here.")

    def _read(self, prompt: str) -> str:
        self.sink.write(prompt)
        self.sink.flush()
        line = self.source.readline()
        if not line:
            raise Leave
        typed = line.strip()
        if typed.casefold() in ("q", "quit", "leave"):
            raise Leave
        if typed.casefold() in ("b", "back"):
            raise Back
        return typed

    def _understood(self, screen: Screen, typed: str) -> Given | None:
        """The answers typed; None after saying what is allowed."""
        question = screen[0]
        if not words.is_group(screen) and question["type"] == "number":
            return self._number(question, typed)
        offered = words.options(screen)
        if not words.many(screen):
            chosen = words.one_of(offered, typed)
            if chosen is None:
                near = words.nearest(offered, typed)
                self.say(f"That is not one of the answers: type a number from 1 to {len(offered)}.{near}")
                return None
            return {question["id"]: chosen}
        ticked = [words.one_of(offered, part) for part in typed.split(",")]
        if None in ticked:
            self.say(f"Type numbers from 1 to {len(offered)} with commas between.")
            return None
        given = words.from_ticks(screen, [one for one in dict.fromkeys(ticked) if one])
        if isinstance(given, str):
            self.say(given)
            return None
        return given

    def _number(self, question: QuestionSaid, typed: str) -> Given | None:
        value = words.number(question, typed)
        if value is None:
            self.say(words.refusal(question))
            return None
        return {question["id"]: value}
