"""What a walk is about: a plan or a verdict. What to ask, what to say before each screen, and the page at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TextIO

from cst.answers import Answers, one
from cst.asking import Asker, Drawn, Given, Next
from cst.commands.common import Asked
from cst.commands.showing import as_text, fitting
from cst.eligibility import verdict
from cst.interview import EMERGENCY, Situation, plan
from cst.questioning import questions_said
from cst.rules import questions
from cst.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.contract import PlanSaid
    from cst.views.page import Page


class Topic(NamedTuple):
    """What a walk is about: what to ask, what to say before each screen, the page at the end, and what came out."""

    step: Callable[[Given], Next]
    before: Callable[[Given, Asker], None]
    page: Callable[[Given], Page]
    outcomes: Callable[[Given], list[str]]


def plan_topic(toolkit: Toolkit, at: datetime, area: str | None, asked: Asked) -> Topic:
    """Asks what can change the plan, saying what is urgent as soon as it is known."""
    shown: set[str] = set()

    def step(given: Given) -> Next:
        return Next(plan(toolkit, (now := read(toolkit, given)), at, area)["next"], _hanging(toolkit, now, at, area))

    def before(given: Given, asking: Asker) -> None:
        from cst.views.plan import early, earned_page, mode_page

        answers = read(toolkit, given)
        said = plan(toolkit, answers, at, area)
        if not said["next"] or any(question["danger"] for question in said["next"]):
            return  # danger is asked before anything else is said
        for mode in said["modes"]:
            if mode["id"] not in shown:
                asking.show(drawn(mode_page(mode), asked))
                shown.add(mode["id"])
        if Situation(toolkit, answers, at, area).may_be_seen():
            said = _only_emergency(said)  # the rest waits until it is known that nobody looks on
        new = early(said, frozenset(shown))
        if new and not said["modes"]:
            asking.show(drawn(earned_page(said, frozenset(shown)), asked))
            shown.update(outcome["id"] for outcome in new)

    def page(given: Given) -> Page:
        from cst.views.plan import plan_page

        return fitting(plan_page, asked)(plan(toolkit, read(toolkit, given), at, area))

    def outcomes(given: Given) -> list[str]:
        said = plan(toolkit, read(toolkit, given), at, area)
        return [outcome["title"] for outcome in said["outcomes"]]

    return Topic(step, before, page, outcomes)


def _hanging(toolkit: Toolkit, answers: Answers, at: datetime, area: str | None) -> tuple[str, ...]:
    """The titles of the pathways that the screen asked next can still bring."""
    here = Situation(toolkit, answers, at, area)
    taken, opened = here.sort_out()
    asked = questions_said(toolkit, here.worth_asking(taken, opened))
    first = {question["id"] for question in asked if question["screen"] == 0}
    pathways = toolkit.kind("pathways")
    return tuple(pathways[name]["title"] for name, left in opened.items() if first & set(questions(left)))


def _only_emergency(said: PlanSaid) -> PlanSaid:
    """The plan with nothing but the emergency in it."""
    return {**said, "outcomes": [outcome for outcome in said["outcomes"] if outcome["id"] == EMERGENCY]}


def verdict_topic(toolkit: Toolkit, scheme: str, at: datetime, area: str | None, asked: Asked) -> Topic:
    """Asks about danger, then what the scheme's verdict still needs."""
    danger = [name for name, question in toolkit.kind("questions").items() if question.get("danger")]
    warned: set[str] = set()

    def step(given: Given) -> Next:
        unasked = [name for name in danger if name not in given]
        next_ = questions_said(toolkit, unasked)
        return Next(next_ or verdict(toolkit, scheme, read(toolkit, given), at, area)["next"])

    def before(given: Given, asking: Asker) -> None:
        from cst.views.plan import earned_page

        said = plan(toolkit, read(toolkit, {name: given[name] for name in danger if name in given}), at, area)
        if any(outcome["id"] == EMERGENCY for outcome in said["outcomes"]) and not warned:
            asking.show(drawn(earned_page(said, frozenset()), asked))
            warned.add(EMERGENCY)

    def page(given: Given) -> Page:
        from cst.views.verdict import verdict_page

        return fitting(verdict_page, asked)(verdict(toolkit, scheme, read(toolkit, given), at, area))

    def outcomes(given: Given) -> list[str]:
        from cst.views.verdict import ANSWERS

        return [ANSWERS[verdict(toolkit, scheme, read(toolkit, given), at, area)["verdict"]]]

    return Topic(step, before, page, outcomes)


def drawn(page: Page, asked: Asked) -> Drawn:
    """A page as text for any width."""
    return lambda columns: as_text(page, asked, talk(), columns)


def talk() -> TextIO:
    """Where to talk to the worker: the screen, also when the answer itself goes into a pipe or a file."""
    return sys.stdout if sys.stdout.isatty() else sys.stderr


def read(toolkit: Toolkit, given: Given) -> Answers:
    """Answers as the contract writes them, read back."""
    values = {name: one(toolkit, name, written) for name, written in given.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return Answers(known, frozenset(values) - frozenset(known))
