"""Prompts, and the walk that drives them.

An asker puts one screen of questions and gives the answers, in the words of the contract: "yes", "no", "not-sure",
a number, a choice id or a list of choice ids. Enter on its own never answers, nothing is selected beforehand, and
every screen can be left (`Leave`) or gone back from (`Back`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TextIO

from cst.contract import QuestionSaid

Given = dict[str, Any]
Screen = Sequence[QuestionSaid]


class Back(Exception):
    """Go back one screen."""


class Leave(Exception):
    """Leave: quit, or no more input."""


class Asker(Protocol):
    """Something that can put a screen of questions to a person."""

    def ask(self, screen: Screen) -> Given:
        """The answers to all questions of a screen.

        Raises:
            Back: the person wants the screen before.
            Leave: the person wants to stop.
            KeyboardInterrupt: Ctrl-C.
        """

    def say(self, text: str) -> None:
        """Tells the person something."""


def asker(source: TextIO, sink: TextIO, *, accessible: bool, term: str, colour: bool) -> Asker:
    """Menus on a capable terminal, numbered lines anywhere else.

    Args:
        source: where answers come from.
        sink: where questions go.
        accessible: numbered lines wanted.
        term: what the terminal calls itself.
        colour: whether colours may be used.
    """
    from cst.asking.lines import Lines

    if accessible or term in ("", "dumb") or not (source.isatty() and sink.isatty()):
        return Lines(source, sink)
    from cst.asking.menus import Menus

    return Menus(Lines(source, sink), colour=colour)


def walk(
    step: Callable[[Given], Sequence[QuestionSaid]], asker: Asker, answers: Given, before: Callable[[Given], None]
) -> Given:
    """Asks screen by screen until nothing is left to ask.

    Args:
        step: the questions still worth asking for these answers; those with screen 0 are asked next.
        asker: who asks.
        answers: what is known beforehand; going back never drops it.
        before: called before each screen, to say what has been earned.

    Returns:
        All answers.
    """
    asked: list[list[str]] = []
    while True:
        before(answers)
        screen = [question for question in step(answers) if question["screen"] == 0]
        if not screen:
            return answers
        try:
            answers = {**answers, **asker.ask(screen)}
            asked.append([question["id"] for question in screen])
        except Back:
            if not asked:
                asker.say("This is the first question: there is nothing to go back to.")
                continue
            dropped = asked.pop()
            answers = {name: answer for name, answer in answers.items() if name not in dropped}
