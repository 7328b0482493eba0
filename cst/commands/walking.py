"""Asking until nothing is left to ask: the interactive side of `triage` and `eligible`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TextIO

from cst.answers import NOT_SURE, Answers, one, spoken
from cst.asking import Around, Asker, Back, Drawn, Given, Leave, Next, Walk, asker
from cst.asking.lines import Lines
from cst.commands.common import Asked
from cst.commands.showing import as_text
from cst.commands.trouble import trouble
from cst.contract import PlanSaid, QuestionSaid
from cst.eligibility import verdict
from cst.exits import Exit, Interrupted, Left
from cst.interview import EMERGENCY, Situation, plan
from cst.rules import questions
from cst.said import answer_in_words, questions_said
from cst.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.views.page import Page

WHICH = "which"
LIMITS = (
    "Some of what comes next is sensitive. Leaving clears this screen, but not everything. The shell may keep the "
    "command you typed. Tmux or a recorded session may keep what was shown."
)


class Ended(NamedTuple):
    """A walk that came to its end: all answers, and whether the end still has to be printed."""

    answers: Answers
    keep: bool


def may_ask(no_input: bool, instead: str) -> bool:
    """Whether questions may be asked.

    Raises:
        Trouble: they were not ruled out, but there is nobody to ask; it says what to write instead.
    """
    if no_input:
        return False
    if not sys.stdin.isatty():
        raise trouble(
            Exit.USAGE,
            "no-terminal",
            "There is no terminal to ask at.",
            f"Give the answers instead, for example: {instead}",
        )
    return True


def walk_plan(toolkit: Toolkit, answers: Answers, at: datetime, area: str | None, asked: Asked) -> Ended:
    """Asks what can change the plan, saying what is urgent as soon as it is known.

    Raises:
        Left: the worker left before the end.
    """
    shown: set[str] = set()

    def step(given: Given) -> Next:
        return Next(plan(toolkit, (now := _read(toolkit, given)), at, area)["next"], _hanging(toolkit, now, at, area))

    def before(given: Given, asking: Asker) -> None:
        from cst.views.plan import early, earned_page, mode_page

        answers = _read(toolkit, given)
        said = plan(toolkit, answers, at, area)
        if not said["next"] or any(question["danger"] for question in said["next"]):
            return  # danger is asked before anything else is said
        for mode in said["modes"]:
            if mode["id"] not in shown:
                asking.show(_drawn(mode_page(mode), asked))
                shown.add(mode["id"])
        if Situation(toolkit, answers, at, area).may_be_seen():
            said = _only_emergency(said)  # the rest waits until it is known that nobody looks on
        new = early(said, frozenset(shown))
        if new and not said["modes"]:
            asking.show(_drawn(earned_page(said, frozenset(shown)), asked))
            shown.update(outcome["id"] for outcome in new)

    def page(given: Given) -> Page:
        from cst.views.plan import plan_page

        return plan_page(plan(toolkit, _read(toolkit, given), at, area))

    def outcomes(given: Given) -> list[str]:
        said = plan(toolkit, _read(toolkit, given), at, area)
        return [outcome["title"] for outcome in said["outcomes"]]

    return _walk(toolkit, answers, _Topic(step, before, page, outcomes), asked)


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


def walk_verdict(
    toolkit: Toolkit, scheme: str, answers: Answers, at: datetime, area: str | None, asked: Asked
) -> Ended:
    """Asks about danger, then what the scheme's verdict still needs.

    Raises:
        Left: the worker left before the end.
    """
    danger = [name for name, question in toolkit.kind("questions").items() if question.get("danger")]
    warned: set[str] = set()

    def step(given: Given) -> Next:
        unasked = [name for name in danger if name not in given]
        next_ = questions_said(toolkit, unasked)
        return Next(next_ or verdict(toolkit, scheme, _read(toolkit, given), at, area)["next"])

    def before(given: Given, asking: Asker) -> None:
        from cst.views.plan import earned_page

        said = plan(toolkit, _read(toolkit, {name: given[name] for name in danger if name in given}), at, area)
        if any(outcome["id"] == EMERGENCY for outcome in said["outcomes"]) and not warned:
            asking.show(_drawn(earned_page(said, frozenset()), asked))
            warned.add(EMERGENCY)

    def page(given: Given) -> Page:
        from cst.views.verdict import verdict_page

        return verdict_page(verdict(toolkit, scheme, _read(toolkit, given), at, area))

    def outcomes(given: Given) -> list[str]:
        from cst.views.verdict import ANSWERS

        return [ANSWERS[verdict(toolkit, scheme, _read(toolkit, given), at, area)["verdict"]]]

    return _walk(toolkit, answers, _Topic(step, before, page, outcomes), asked)


class _Topic(NamedTuple):
    """What a walk is about: what to ask, what to say before each screen, the page at the end, and what came out."""

    step: Callable[[Given], Next]
    before: Callable[[Given, Asker], None]
    page: Callable[[Given], Page]
    outcomes: Callable[[Given], list[str]]


def _walk(toolkit: Toolkit, answers: Answers, topic: _Topic, asked: Asked) -> Ended:
    given: Given = dict(spoken(answers, toolkit))
    try:
        with asker_for(asked) as asking:
            return _to_the_end(toolkit, given, topic, asking, asked)
    except Leave:
        raise Left from None
    except KeyboardInterrupt:
        raise Interrupted from None


def _to_the_end(toolkit: Toolkit, given: Given, topic: _Topic, asking: Asker, asked: Asked) -> Ended:
    """Asks until nothing is left; then shows the end, and asks again what the worker wants to change."""
    walk = Walk(topic.step, asking, lambda now: topic.before(now, asking), LIMITS)
    given = walk.run(given)
    while sys.stdout.isatty():
        ending = asking.finish(_drawn(topic.page(given), asked))
        if ending != "change":
            return Ended(_read(toolkit, given), keep=ending == "keep" and not isinstance(asking, Lines))
        before, given = given, _changed(toolkit, walk, given, asking)
        if given != before:
            from cst.views.plan import changed_page

            page = changed_page(topic.outcomes(before), topic.outcomes(given))
            asking.show(_drawn(page, asked))
    return Ended(_read(toolkit, given), keep=True)


def _changed(toolkit: Toolkit, walk: Walk, given: Given, asking: Asker) -> Given:
    """The answers after one of them was asked again; unchanged where the worker thinks better of it."""
    try:
        chosen = asking.ask([_which(toolkit, given)], Around("Which answer do you want to change?"))[WHICH]
        return given if chosen == NOT_SURE else walk.change(given, [chosen])
    except Back:
        return given


def _which(toolkit: Toolkit, given: Given) -> QuestionSaid:
    """A question about the answers given, each with its answer."""
    answers = _read(toolkit, given)
    asks = {name: toolkit.kind("questions")[name]["ask"] for name in given}
    choices = [{"id": name, "label": f"{asks[name]} - {answer_in_words(toolkit, name, answers)}"} for name in given]
    return QuestionSaid(
        id=WHICH,
        ask="Change which answer?",
        hint="b goes back to the plan.",
        why="All other answers are kept, and given again where they still matter.",
        type="choice",
        choices=choices,
        constraint=None,
        unit=None,
        group=None,
        screen=0,
        danger=False,
        sensitive=False,
        observe=False,
    )


def _drawn(page: Page, asked: Asked) -> Drawn:
    """A page as text for any width."""
    return lambda columns: as_text(page, asked, talk(), columns)


def talk() -> TextIO:
    """Where to talk to the worker: the screen, also when the answer itself goes into a pipe or a file."""
    return sys.stdout if sys.stdout.isatty() else sys.stderr


def asker_for(asked: Asked) -> Asker:
    """Who asks: menus on a capable screen, numbered lines anywhere else."""
    # Menus draw on standard output only, so with that in a pipe the questions are numbered lines.
    lines = asked.plain or not sys.stdout.isatty()
    colour = not os.environ.get("NO_COLOR")
    return asker(sys.stdin, talk(), accessible=lines, term=os.environ.get("TERM", ""), colour=colour)


def _read(toolkit: Toolkit, given: Given) -> Answers:
    values = {name: one(toolkit, name, written) for name, written in given.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return Answers(known, frozenset(values) - frozenset(known))
