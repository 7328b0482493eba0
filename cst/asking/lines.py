"""Numbered lines: for screen readers, plain terminals and anything that is no real terminal. No escape codes."""

from __future__ import annotations

from typing import TextIO

from cst.asking import Back, Given, Leave, Screen
from cst.asking import wording as words
from cst.contract import QuestionSaid
from cst.views.clean import clean

KEYS = "? why   b back   q leave"


class Lines:
    """Asks by printing numbered lines and reading one line."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self.source = source
        self.sink = sink

    def say(self, text: str) -> None:
        """Prints a line."""
        self.sink.write(clean(text) + "\n")
        self.sink.flush()

    def ask(self, screen: Screen) -> Given:
        """Asks until there is an answer."""
        self._show(screen)
        while True:
            typed = self._read("Numbers with commas, such as 1,3: " if words.many(screen) else "Answer: ")
            if typed == "?":
                for line in (*words.why(screen), *words.hints(screen)):
                    self.say(line)
            elif not typed:
                self.say(words.NO_BLANK)
            elif (given := self._understood(screen, typed)) is not None:
                return given

    def _show(self, screen: Screen) -> None:
        self.say("")
        self.say(words.heading(screen))
        if not words.is_group(screen):
            for hint in words.hints(screen):
                self.say(hint)
        if screen[0]["type"] == "number":
            self.say(f"A number ({screen[0]['unit']}), or: not sure")
        else:
            for place, (_, label) in enumerate(words.options(screen), 1):
                self.say(f"{place} {label}")
        self.say(KEYS)

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
