"""The walk itself: screen by screen, back and on again, until nothing is left to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cst.engine.answers import Answers
from cst.walk.asker import Around, Asker, Back, Screen

if TYPE_CHECKING:
    from cst import contract

MOST = 12  # screens in a row: then there is a plan, and the rest is asked only if the person wants it
MANY = 9  # screens ahead, beyond which a number would only frighten: the topic is not known yet
FIRST = "This is the first question. q leaves."
CHANGING = "Changing one answer."


class Next(NamedTuple):
    """What is still worth asking; the questions with screen 0 are asked next. `hangs` is what these can change.

    `after`: what an emergency leaves unasked. It is asked only once the person chooses to go on, after the call.
    """

    questions: Sequence[contract.Question]
    hangs: tuple[str, ...] = ()
    after: Sequence[contract.Question] = ()

    def screen(self) -> Screen:
        """What is asked next."""
        return [question for question in self.questions if question["screen"] == 0]


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
        step: Callable[[Answers], Next],
        asker: Asker,
        before: Callable[[Answers], None],
        notice: str = "",
        first: str = "",
    ) -> None:
        self.step = step
        self.asker = asker
        self.before = before
        self.notice = notice
        self.first = first
        self.changing: Answers | None = None  # the answers that are being changed, as they were
        self.most = MOST
        self.goes_on = False  # also with what an emergency leaves unasked
        self.asked: list[Answers] = []  # the answers to each screen so far, as they were given
        self.later = Answers()  # answers from before going back, to be given again

    def run(self, answers: Answers) -> Answers:
        """All answers; those given beforehand are never dropped by going back.

        Raises:
            Leave: the person left.
        """
        went_back = False
        undone = Answers()  # the answers to the screen that is shown again
        while True:
            try:
                self.before(answers)
                upcoming = self._next(answers)
                screen = upcoming.screen()
                if not screen or len(self.asked) == self.most:
                    return answers
                given = None if went_back else self._kept(screen)
                given = given or self.asker.ask(screen, self._around(upcoming, screen, undone))
            except Back:
                went_back = True
                if self.asked:
                    self.later = self.later.joined(undone)
                    undone = self.asked.pop()
                    answers = answers.without(*undone.names())
                elif self.changing is not None:
                    raise
                else:
                    self.first = FIRST
                continue
            went_back, undone = False, Answers()
            self.asked.append(given)
            answers = answers.joined(given)

    def _next(self, answers: Answers) -> Next:
        upcoming = self.step(answers)
        wait = self.goes_on and not upcoming.questions
        return upcoming._replace(questions=upcoming.after) if wait else upcoming

    def left(self, answers: Answers) -> bool:
        """Whether there is more that could be asked."""
        upcoming = self.step(answers)
        return bool(upcoming.questions or upcoming.after)

    def more(self, answers: Answers) -> Answers:
        """The answers after as many screens more."""
        self.most, self.goes_on = len(self.asked) + MOST, True
        return self.run(answers)

    def change(self, answers: Answers, names: Iterable[str]) -> Answers:
        """The answers after these questions are asked again and all that follows from it.

        Raises:
            Back: the person thinks better of it.
            Leave: the person left.
        """
        again = Walk(self.step, self.asker, self.before, self.notice)
        again.changing, again.goes_on = answers.only(names), self.goes_on
        again.later = answers.without(*names)
        answers = again.run(again.later)
        self.asked, self.notice = [*self.asked, *again.asked], again.notice
        return answers

    def _kept(self, screen: Screen) -> Answers | None:
        """The answers from before going back, where every question of a screen has one."""
        names = [question["id"] for question in screen]
        kept, self.later = self.later.only(names), self.later.without(*names)
        return kept if all(map(kept.answered, names)) else None

    def _around(self, upcoming: Next, screen: Screen, undone: Answers) -> Around:
        """How far along: how many more is only said where there are some, and never that one is the last."""
        after = len({question["screen"] for question in upcoming.questions}) - 1
        left = f", about {after} more after this" if 0 < after <= MANY else ""
        progress = CHANGING if self.changing is not None else f"Question {len(self.asked) + 1}{left}."
        return Around(progress, upcoming.hangs, self._notice(screen), (self.changing or Answers()).joined(undone))

    def _notice(self, screen: Screen) -> str:
        """What is said with this screen, once."""
        said, self.first = [self.first], ""
        if any(question["sensitive"] for question in screen):
            said, self.notice = [*said, self.notice], ""
        return " ".join(filter(None, said))
