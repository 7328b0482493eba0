"""What a walk is about: a plan or a verdict. What to ask, what to say before each screen, and the page at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TextIO

from cst.cli.output import as_text, fitting
from cst.cli.request import Request
from cst.engine.answers import Answers, one
from cst.engine.plan import EMERGENCY, Situation, plan
from cst.engine.questions import describe_questions
from cst.engine.verdict import verdict
from cst.rules import questions
from cst.toolkit.toolkit import Toolkit
from cst.walk.area_prompt import asked_later, nearest_first
from cst.walk.walk import Asker, Drawn, Given, Next

if TYPE_CHECKING:
    from cst import contract
    from cst.views.page import Page
    from cst.views.pages.answer_changed import Came

SENSITIVE = "sensitive"  # that the worker has been told to wait until nobody looks on


class Topic(NamedTuple):
    """What a walk is about.

    step: what to ask.
    before: shows what is earned before each screen; `back`: whether one can go back from it.
    page: the end.
    changed: what another answer changed, as a page; None where nothing may be said of it.
    held: the questions that hold everything up: until they are answered otherwise no other answer may be shown.
    first: what has to be known before the first question.
    """

    step: Callable[[Given], Next]
    before: Callable[[Given, Asker, bool], None]
    page: Callable[[Given], Page]
    changed: Callable[[Given, Given], Page | None]
    held: Callable[[Given], list[str]]
    first: str


def plan_topic(
    toolkit: Toolkit, at: datetime, area: str | None, request: Request, area_says: str | None = None
) -> Topic:
    """Asks what can change the plan, saying what is urgent as soon as it is known."""
    shown: set[str] = set()

    def planned(given: Given) -> contract.Plan:
        said = plan(toolkit, read(toolkit, given), at, area)
        return {**said, "area_says": None if said["area"] else area_says}

    def step(given: Given) -> Next:
        hanging = _hanging(toolkit, read(toolkit, given), at, area)
        return Next(nearest_first(toolkit, planned(given)["next"]), hanging)

    def before(given: Given, asking: Asker, back: bool) -> None:
        from cst.views.pages.plan import early, earned_page, mode_page

        said = planned(given)
        if not said["next"] or any(question["danger"] for question in said["next"]):
            return  # danger is asked before anything else is said
        for mode in said["modes"]:
            if mode["id"] not in shown:
                asking.show(drawn(mode_page(mode), request), back=back, held=True)
                shown.add(mode["id"])
        if Situation(toolkit, read(toolkit, given), at, area).may_be_seen():
            said = _only_emergency(said)  # the rest waits until it is known that nobody looks on
        new = early(said, frozenset(shown))
        if new and not said["modes"]:
            asking.show(drawn(earned_page(said, frozenset(shown)), request), back=back)
            shown.update(outcome["id"] for outcome in new)

    def page(given: Given) -> Page:
        from cst.views.pages.plan import ending_page

        said = planned(given)
        seen = said["modes"] or said["outcomes"]
        shown.update(one["id"] for one in seen)  # not to be shown once more before an answer is changed
        return fitting(ending_page, request)(said)

    def changed(old: Given, new: Given) -> Page | None:
        from cst.views.pages.answer_changed import came, changed_page

        was, now = planned(old), planned(new)
        if was["modes"] or now["modes"]:  # somebody may look on, or has until now: nothing was shown to compare with
            return None
        return changed_page(list(map(came, was["outcomes"])), list(map(came, now["outcomes"])))

    def held(given: Given) -> list[str]:
        return [mode["until"] for mode in planned(given)["modes"] if mode["until"]]

    return Topic(step, before, page, changed, held, asked_later(area_says))


def _hanging(toolkit: Toolkit, answers: Answers, at: datetime, area: str | None) -> tuple[str, ...]:
    """The titles of the pathways that the screen asked next can still bring."""
    here = Situation(toolkit, answers, at, area)
    taken, opened = here.sort_out()
    asked = describe_questions(toolkit, here.worth_asking(taken, opened))
    first = {question["id"] for question in asked if question["screen"] == 0}
    pathways = toolkit.kind("pathways")
    return tuple(pathways[name]["title"] for name, left in opened.items() if first & set(questions(left)))


def _only_emergency(said: contract.Plan) -> contract.Plan:
    """The plan with nothing but the emergency in it."""
    return {**said, "outcomes": [outcome for outcome in said["outcomes"] if outcome["id"] == EMERGENCY]}


def verdict_topic(
    toolkit: Toolkit, scheme: str, at: datetime, area: str | None, request: Request, area_says: str | None = None
) -> Topic:
    """Asks about danger, then what the scheme's verdict still needs; before what is sensitive it waits."""
    danger = [name for name, question in toolkit.kind("questions").items() if question.get("danger")]
    warned: set[str] = set()

    def judged(given: Given) -> contract.Verdict:
        said = verdict(toolkit, scheme, read(toolkit, given), at, area)
        return {**said, "area_says": None if said["area"] else area_says}

    def step(given: Given) -> Next:
        unasked = [name for name in danger if name not in given]
        next_ = describe_questions(toolkit, unasked)
        return Next(nearest_first(toolkit, next_ or judged(given)["next"]))

    def before(given: Given, asking: Asker, back: bool) -> None:
        from cst.views.pages.plan import earned_page
        from cst.views.pages.verdict import sensitive_page

        said = plan(toolkit, read(toolkit, {name: given[name] for name in danger if name in given}), at, area)
        if any(outcome["id"] == EMERGENCY for outcome in said["outcomes"]) and not warned:
            asking.show(drawn(earned_page(said, frozenset()), request), back=back)
            warned.add(EMERGENCY)
        if SENSITIVE not in warned and any(question["sensitive"] for question in _first_screen(step(given))):
            asking.show(drawn(sensitive_page(), request), back=back, held=True)
            warned.add(SENSITIVE)

    def page(given: Given) -> Page:
        from cst.views.pages.verdict import verdict_page

        return fitting(verdict_page, request)(judged(given))

    def changed(old: Given, new: Given) -> Page:
        from cst.views.pages.answer_changed import changed_page

        return changed_page([_came(judged(old))], [_came(judged(new))])

    return Topic(step, before, page, changed, lambda given: [], area_says or "")


def _first_screen(upcoming: Next) -> list[contract.Question]:
    return [question for question in upcoming.questions if question["screen"] == 0]


def _came(said: contract.Verdict) -> Came:
    """A verdict as something that came out."""
    from cst.views.pages.answer_changed import Came
    from cst.views.pages.verdict import ANSWERS

    how = said["how"]
    return Came(
        ANSWERS[said["verdict"]],
        True,
        how["steps"],
        how["cautions"],
        how["contacts"],
        how["unfilled"],
        said["first"],
    )


def drawn(page: Page, request: Request) -> Drawn:
    """A page as text for any width."""
    return lambda columns: as_text(page, request, talk(), columns)


def talk() -> TextIO:
    """Where to talk to the worker: the screen, also when the answer itself goes into a pipe or a file."""
    return sys.stdout if sys.stdout.isatty() else sys.stderr


def read(toolkit: Toolkit, given: Given) -> Answers:
    """Answers as the contract writes them, read back."""
    values = {name: one(toolkit, name, written) for name, written in given.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return Answers(known, frozenset(values) - frozenset(known))
