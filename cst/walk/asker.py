"""What it takes to put questions to a person: all that a walk knows of menus and numbered lines, and they of a walk.

An asker puts one screen of questions and gives the answers, read where they were typed. Enter on its own never
answers, nothing is selected beforehand, and every screen can be left (`Leave`) or gone back from (`Back`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from cst.engine.answers import Answers

if TYPE_CHECKING:
    from cst import contract
    from cst.toolkit.places import Place

Screen = Sequence["contract.Question"]
Drawn = Callable[[int], str]  # the width of the screen, in columns, to text for it
FindTopics = Callable[[str], Sequence[str]]  # any words to the ids of topics, the likeliest first
Ending = Literal["leave", "keep", "change", "more"]


class FindPlace(Protocol):
    """What somebody calls a place."""

    def __call__(self, text: str, /) -> Place:
        """Its area, or why it has none."""

    def near(self, text: str, /) -> Mapping[str, str]:
        """The places that may be meant where it has none, each with its council."""


class Part(NamedTuple):
    """A page that a key opens from the end: the key, what it does in words ("" where another key says it), the page."""

    key: str
    says: str
    drawn: Drawn


class End(NamedTuple):
    """The end of a walk: its screens (one, or two) for columns and rows, and the parts that keys open."""

    screens: Callable[[int, int], list[str]]
    parts: tuple[Part, ...] = ()


class Back(Exception):
    """Go back one screen."""


class Leave(Exception):
    """Leave: quit, or no more input."""


class Around(NamedTuple):
    """What stands around a screen of questions: what to know first, how far along one is, what hangs on it.

    `before` are the answers that are being changed: a list shows them ticked, so that adding one loses none.
    """

    progress: str
    hangs: tuple[str, ...] = ()
    notice: str = ""
    before: Answers = Answers()


class Asker(Protocol):
    """Something that can put questions to a person and show pages.

    As a context it takes the screen over and gives it back; where the person left, nothing of the case stays on it.
    `stays`: whether what it showed can still be read after that, by scrolling up.
    """

    stays: bool

    def __enter__(self) -> Asker: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None: ...

    def ask(self, screen: Screen, around: Around) -> Answers:
        """The answers to all questions of a screen.

        Raises:
            Back: the person wants the screen before.
            Leave: the person wants to stop.
            KeyboardInterrupt: Ctrl-C.
        """

    def show(self, drawn: Drawn, *, back: bool = False, held: bool = False) -> None:
        """Shows advice that is earned, and waits until the person carries on.

        Args:
            drawn: the advice.
            back: whether one can go back.
            held: whether one may go on only when it is safe.

        Raises:
            Back: the person wants the screen before.
            Leave: the person wants to stop.
        """

    def finish(self, end: End, *, more: bool = False, held: bool = False) -> Ending:
        """Shows the end of it, and gives what the person wants to do next.

        Args:
            end: its screens, and what keys open from there.
            more: whether more could be asked.
            held: whether all waits until it is safe to go on, which is then the only answer to change.

        Raises:
            Leave: there is no more input.
        """
