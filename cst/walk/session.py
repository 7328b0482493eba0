"""A walk from its first question to its end, which is asked about again as long as the worker wants."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from cst.engine.answers import NOT_SURE, Answers, spoken
from cst.engine.disclosure import Advice, ModePage, held_by, may_compare, shown_at_the_end
from cst.engine.questions import answer_in_words, describe_answers
from cst.engine.situation import AREA
from cst.views.pages.answer_changed import changed_page
from cst.views.pages.parts import plan_parts, verdict_parts
from cst.views.pages.plan import earned_page, mode_page, plan_page
from cst.views.pages.verdict import sensitive_page, verdict_page
from cst.walk import wording as words
from cst.walk.area_prompt import TypedPlaces
from cst.walk.asker import Around, Back, End, Part
from cst.walk.asking import asking
from cst.walk.walk import Next, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cst import contract
    from cst.engine.disclosure import Disclosure
    from cst.toolkit.search.find import Search
    from cst.toolkit.toolkit import Toolkit
    from cst.views.page import Page
    from cst.walk.asker import Asker
    from cst.walk.console import Console

WHICH = "which"
SENSITIVE = "Some of what comes next is sensitive."
KEPT = "The shell may keep the command you typed. Tmux or a recorded session may keep what was shown."
LIMITS = f"{SENSITIVE} Leaving clears this screen, but not everything. {KEPT}"
LIMITS_OF_LINES = (
    f"{SENSITIVE} Leaving moves this off the screen, but anyone who scrolls up can read it. Close the window. {KEPT}"
)
LEAVE_IT = "Leave as it is"
ENDS: dict[str, Callable[[Any], Page]] = {"plan": plan_page, "verdict": verdict_page}


class Topic(Protocol):
    """What a walk is about, a plan or a verdict. It decides nothing: the engine does, for the answers so far."""

    def first(self) -> str:
        """What has to be known before the first question."""

    def step(self, answers: Answers) -> Next:
        """What to ask."""

    def disclose(self, answers: Answers, shown: frozenset[str]) -> Disclosure | None:
        """What to show before the next screen, after what was shown."""

    def end(self, answers: Answers) -> contract.Plan | contract.Verdict:
        """What comes out."""


class Topics:
    """Topics by any words; the search is loaded for the first of them."""

    def __init__(self, toolkit: Toolkit) -> None:
        self._toolkit = toolkit
        self._search: Search | None = None

    def __call__(self, text: str) -> list[str]:
        """The ids of the topics that words speak for, the likeliest first."""
        if self._search is None:
            from cst.toolkit.search.find import Search

            self._search = Search(self._toolkit.words())
        return self._search.ranked(text, "issues")


class Ended(NamedTuple):
    """A walk that came to its end: all answers, whether the end still has to be printed, and whether it was cleared."""

    answers: Answers
    keep: bool
    cleared: bool = False


def walk(toolkit: Toolkit, answers: Answers, topic: Topic, console: Console) -> Ended:
    """Asks until nothing is left to ask, with the screen taken over meanwhile.

    Raises:
        Left: the worker left before the end, by q, the end of input or Ctrl-C.
        Interrupted: told to stop.
    """
    places = TypedPlaces(toolkit)
    with asking(console, places, Topics(toolkit)) as asker:
        return Session(toolkit, topic, asker, console, places).run(answers)


class Session:
    """One walk, and what was shown on it."""

    def __init__(
        self, toolkit: Toolkit, topic: Topic, asker: Asker, console: Console, places: TypedPlaces | None = None
    ) -> None:
        self.toolkit = toolkit
        self.topic = topic
        self.asker = asker
        self.console = console
        self.places = TypedPlaces(toolkit) if places is None else places
        self.confirmed = ""  # what a typed place was taken as, once it was said
        self.shown: frozenset[str] = frozenset()
        limits = LIMITS_OF_LINES if asker.stays else LIMITS
        self.walk = Walk(topic.step, asker, self._tell, notice=limits, first=topic.first())

    def run(self, given: Answers) -> Ended:
        """Asks until nothing is left; then shows the end, and asks again what the worker wants to change.

        Raises:
            Leave: the worker left, or there is no more input.
        """
        answers = self.walk.run(given)
        while self.console.shows_end:
            end = self.topic.end(answers)
            if not held_by(end):  # the end says it too: it may be the screen after the place was typed
                end["area_says"] = self._taken(answers) or end["area_says"]
            self.shown |= shown_at_the_end(end)
            held = held_by(end)
            match self.asker.finish(self._end(end, answers), more=self.walk.left(answers), held=bool(held)):
                case "more":
                    answers = self.walk.more(answers)
                case "change":
                    answers = self._changed(given, answers, held)
                case ending:
                    return Ended(answers, ending == "keep" and not self.asker.stays, cleared=ending == "leave")
        return Ended(answers, keep=True)

    def _end(self, end: contract.Plan | contract.Verdict, answers: Answers) -> End:
        """The end as it is shown: one screen with what its keys open; whole or in short where that is asked for."""
        if held_by(end) or self.console.screens is None:
            drawn = self.console.drawn(self.console.fitting(ENDS[end["kind"]])(end))
            return End(lambda columns, rows: [drawn(columns)])
        given = describe_answers(self.toolkit, answers)
        parts = plan_parts(end, given) if end["kind"] == "plan" else verdict_parts(end, given)
        opened = tuple(Part(one.key, one.says, self.console.drawn(one.page)) for one in parts)
        return End(partial(self.console.screens, end), opened)

    def _taken(self, answers: Answers) -> str:
        """What the place that was typed was taken as, where it was no area's own name."""
        return self.places.taken.get(str(answers.known.get(AREA)), "")

    def _tell(self, answers: Answers) -> None:
        """Shows what may be shown before the next screen. One can go back from it where there is a screen before.

        A place that was typed is confirmed with the next question: a misspelt town may be another council's.
        """
        taken = self._taken(answers)
        if taken != self.confirmed:
            self.walk.first = f"{taken} b changes it." if taken else self.walk.first
            self.confirmed = taken
        while one := self.topic.disclose(answers, self.shown):
            held = not isinstance(one, Advice)
            self.asker.show(self.console.drawn(_page(one)), back=bool(self.walk.asked), held=held)
            self.shown = one.shown

    def _changed(self, given: Answers, answers: Answers, held: list[str]) -> Answers:
        """The answers after one was asked again; unchanged where the worker thinks better of it.

        What holds everything up is asked again straight away: a list of the answers would show the case.
        """
        try:
            chosen = held or self._chosen(given, answers)
            after = self.walk.change(answers, chosen) if chosen else answers
        except Back:
            return answers
        was, now = self.topic.end(answers), self.topic.end(after)
        if after != answers and may_compare(was, now):
            self.asker.show(self.console.drawn(changed_page(was, now)))
        return after

    def _chosen(self, given: Answers, answers: Answers) -> list[str]:
        """The question that is to be asked again, of all in the order in which they were answered; [] for none."""
        names = filter(answers.answered, in_order(self.toolkit, given, *self.walk.asked))
        chosen = self.asker.ask([_which(self.toolkit, answers, names)], Around("")).known
        return [str(chosen[WHICH])] if WHICH in chosen else []


def _page(one: Disclosure) -> Page:
    """What may be shown, as a page."""
    if isinstance(one, Advice):
        return earned_page(one.outcomes)
    return mode_page(one.mode) if isinstance(one, ModePage) else sensitive_page()


def in_order(toolkit: Toolkit, *given: Answers) -> list[str]:
    """The questions answered, each where it was answered last."""
    names = [name for answers in given for name in spoken(answers, toolkit)]
    return list(dict.fromkeys(reversed(names)))[::-1]


def _which(toolkit: Toolkit, answers: Answers, names: Iterable[str]) -> contract.Question:
    """A question about the answers given, each with its answer."""
    asks = toolkit.kind("questions")
    choices = [
        {"id": name, "label": f"{asks[name]['ask']} - {answer_in_words(toolkit, name, answers)}"} for name in names
    ]
    why = "All other answers are kept, and given again where they still matter."
    hint = "b goes back to the plan."
    return words.own_question(WHICH, "Change which answer?", why, [*choices, {"id": NOT_SURE, "label": LEAVE_IT}], hint)
