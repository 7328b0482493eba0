"""Prompts, and the walk that drives them.

An asker puts one screen of questions and gives the answers, in the words of the contract: "yes", "no", "not-sure",
a number, a choice id or a list of choice ids. Enter on its own never answers, nothing is selected beforehand, and
every screen can be left (`Leave`) or gone back from (`Back`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TextIO

if TYPE_CHECKING:
    from cst import contract
    from cst.toolkit.places import Place


Given = dict[str, Any]
Screen = Sequence["contract.Question"]
Drawn = Callable[[int], str]  # the width of the screen, in columns, to text for it
FindPlace = Callable[[str], "Place"]  # what somebody calls a place to its area, or to why it has none
Ending = Literal["leave", "keep", "change", "more"]

MOST = 12  # screens in a row: then there is a plan, and the rest is asked only if the person wants it
MANY = 9  # screens ahead, beyond which a number would only frighten: the topic is not known yet
FIRST = "This is the first question. q leaves."
CHANGING = "Changing one answer."


class Back(Exception):
    """Go back one screen."""


class Leave(Exception):
    """Leave: quit, or no more input."""


class Next(NamedTuple):
    """What is still worth asking; the questions with screen 0 are asked next. `hangs` is what these can change."""

    questions: Sequence[contract.Question]
    hangs: tuple[str, ...] = ()


class Around(NamedTuple):
    """What stands around a screen of questions: what to know first, how far along one is, what hangs on it.

    `before` are the answers that are being changed: a list shows them ticked, so that adding one loses none.
    """

    progress: str
    hangs: tuple[str, ...] = ()
    notice: str = ""
    before: Mapping[str, Any] = MappingProxyType({})


class Asker(Protocol):
    """Something that can put questions to a person and show pages.

    As a context it takes the screen over and gives it back; where the person left, nothing of the case stays on it.
    """

    def __enter__(self) -> Asker: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None: ...

    def ask(self, screen: Screen, around: Around) -> Given:
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

    def finish(self, drawn: Drawn, *, more: bool = False, held: bool = False) -> Ending:
        """Shows the end of it, and gives what the person wants to do next.

        Args:
            drawn: the page.
            more: whether more could be asked.
            held: whether all waits until it is safe to go on, which is then the only answer to change.

        Raises:
            Leave: there is no more input.
        """


def asker(
    source: TextIO,
    sink: TextIO,
    *,
    accessible: bool,
    term: str,
    colour: bool,
    heard: Callable[[str], str] = str,
    found: FindPlace | None = None,
) -> Asker:
    """Menus on a capable terminal, numbered lines anywhere else.

    Args:
        source: where answers come from.
        sink: where questions go.
        accessible: numbered lines wanted.
        term: what the terminal calls itself.
        colour: whether colours may be used.
        heard: makes text ready for whoever hears it read aloud.
        found: finds the area of a place that is typed; without it an area is chosen like anything else.
    """
    from cst.walk.numbered_lines import Lines

    if accessible or term in ("", "dumb") or not (source.isatty() and sink.isatty()):
        return Lines(source, sink, heard, found)
    from cst.walk.menus import Menus

    return Menus(Lines(source, sink, found=found), colour=colour)


class Walk:
    """Asks screen by screen until nothing is left to ask, or `MOST` screens have been answered.

    Going back keeps the answers given after that screen, and gives them again where they are still asked for.

    Args:
        step: what is still worth asking for these answers.
        asker: who asks.
        before: called before each screen, to say what has been earned; it may raise Back.
        notice: what has to be known before a first sensitive question.
        first: what has to be known before the first question.
    """

    def __init__(
        self,
        step: Callable[[Given], Next],
        asker: Asker,
        before: Callable[[Given], None],
        notice: str = "",
        first: str = "",
    ) -> None:
        self.step = step
        self.asker = asker
        self.before = before
        self.notice = notice
        self.first = first
        self.changing: Given | None = None  # the answers that are being changed, as they were
        self.most = MOST
        self.asked: list[Given] = []  # the answers to each screen so far, as they were given
        self.later: Given = {}  # answers from before going back, to be given again

    def run(self, answers: Given) -> Given:
        """All answers; those given beforehand are never dropped by going back.

        Raises:
            Leave: the person left.
        """
        went_back = False
        undone: Given = {}  # the answers to the screen that is shown again
        while True:
            try:
                self.before(answers)
                upcoming = self.step(answers)
                screen = [question for question in upcoming.questions if question["screen"] == 0]
                if not screen or len(self.asked) == self.most:
                    return answers
                given = {} if went_back else self._kept(screen)
                given = given or self.asker.ask(screen, self._around(upcoming, screen))
            except Back:
                went_back = True
                if self.asked:
                    self.later |= undone
                    undone = self.asked.pop()
                    answers = {name: answer for name, answer in answers.items() if name not in undone}
                elif self.changing is not None:
                    raise
                else:
                    self.first = FIRST
                continue
            went_back, undone = False, {}
            self.asked.append(given)
            answers = {**answers, **given}

    def left(self, answers: Given) -> bool:
        """Whether there is more that could be asked."""
        return bool(self.step(answers).questions)

    def more(self, answers: Given) -> Given:
        """The answers after as many screens more."""
        self.most = len(self.asked) + MOST
        return self.run(answers)

    def change(self, answers: Given, names: Sequence[str]) -> Given:
        """The answers after these questions are asked again and all that follows from it.

        Raises:
            Back: the person thinks better of it.
            Leave: the person left.
        """
        again = Walk(self.step, self.asker, self.before, self.notice)
        again.changing = {name: answer for name, answer in answers.items() if name in names}
        again.later = {name: answer for name, answer in answers.items() if name not in names}
        answers = again.run(dict(again.later))
        self.asked, self.notice = [*self.asked, *again.asked], again.notice
        return answers

    def _kept(self, screen: Screen) -> Given:
        """The answers from before going back, where every question of a screen has one."""
        kept = {question["id"]: self.later.pop(question["id"], None) for question in screen}
        return kept if None not in kept.values() else {}

    def _around(self, upcoming: Next, screen: Screen) -> Around:
        """How far along: how many more is only said where there are some, and never that one is the last."""
        after = len({question["screen"] for question in upcoming.questions}) - 1
        left = f", about {after} more after this" if 0 < after <= MANY else ""
        progress = CHANGING if self.changing is not None else f"Question {len(self.asked) + 1}{left}."
        return Around(progress, upcoming.hangs, self._notice(screen), self.changing or {})

    def _notice(self, screen: Screen) -> str:
        """What is said with this screen, once."""
        said, self.first = [self.first], ""
        if any(question["sensitive"] for question in screen):
            said, self.notice = [*said, self.notice], ""
        return " ".join(filter(None, said))
