"""Asking until nothing is left to ask: the interactive side of `triage` and `eligible`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TextIO

from cst import card
from cst.answers import Answers, one, spoken
from cst.asking import Asker, Leave, asker, walk
from cst.commands.common import Asked
from cst.commands.showing import show_page, width
from cst.commands.trouble import trouble
from cst.contract import PlanSaid, QuestionSaid
from cst.eligibility import verdict
from cst.exits import Exit, Interrupted, Left
from cst.interview import EMERGENCY, Situation, plan
from cst.said import questions_said
from cst.toolkit import Toolkit

Given = dict[str, Any]


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


def walk_plan(toolkit: Toolkit, answers: Answers, at: datetime, area: str | None, asked: Asked) -> Answers:
    """Asks what can change the plan, saying what is urgent as soon as it is known.

    Raises:
        Left: the worker left before the end.
    """
    shown: set[str] = set()

    def step(given: Given) -> Sequence[QuestionSaid]:
        return plan(toolkit, _read(toolkit, given), at, area)["next"]

    def before(given: Given) -> None:
        from cst.views.plan import early, earned_page, mode_page

        answers = _read(toolkit, given)
        said = plan(toolkit, answers, at, area)
        if not said["next"] or any(question["danger"] for question in said["next"]):
            return  # danger is asked before anything else is said
        for mode in said["modes"]:
            if mode["id"] not in shown:
                show_page(mode_page(mode), asked, talk())
                shown.add(mode["id"])
        if Situation(toolkit, answers, at, area).may_be_seen():
            said = _only_emergency(said)  # the rest waits until it is known that nobody looks on
        new = early(said, frozenset(shown))
        if new and not said["modes"]:
            show_page(earned_page(said, frozenset(shown)), asked, talk())
            shown.update(outcome["id"] for outcome in new)

    return _walk(toolkit, answers, step, before, asked)


def _only_emergency(said: PlanSaid) -> PlanSaid:
    """The plan with nothing but the emergency in it."""
    return {**said, "outcomes": [outcome for outcome in said["outcomes"] if outcome["id"] == EMERGENCY]}


def walk_verdict(
    toolkit: Toolkit, scheme: str, answers: Answers, at: datetime, area: str | None, asked: Asked
) -> Answers:
    """Asks about danger, then what the scheme's verdict still needs."""
    danger = [name for name, question in toolkit.kind("questions").items() if question.get("danger")]
    warned: set[str] = set()

    def step(given: Given) -> Sequence[QuestionSaid]:
        unasked = [name for name in danger if name not in given]
        return questions_said(toolkit, unasked) or verdict(toolkit, scheme, _read(toolkit, given), at, area)["next"]

    def before(given: Given) -> None:
        from cst.views.plan import earned_page

        said = plan(toolkit, _read(toolkit, {name: given[name] for name in danger if name in given}), at, area)
        if any(outcome["id"] == EMERGENCY for outcome in said["outcomes"]) and not warned:
            show_page(earned_page(said, frozenset()), asked, talk())
            warned.add(EMERGENCY)

    return _walk(toolkit, answers, step, before, asked)


def _walk(
    toolkit: Toolkit,
    answers: Answers,
    step: Callable[[Given], Sequence[QuestionSaid]],
    before: Callable[[Given], None],
    asked: Asked,
) -> Answers:
    talk().write(card.text(width()) + "\n")
    talk().flush()
    given: Given = dict(spoken(answers, toolkit))
    try:
        return _read(toolkit, walk(step, _asker(asked), given, before))
    except Leave:
        raise Left from None
    except KeyboardInterrupt:
        raise Interrupted from None


def talk() -> TextIO:
    """Where to talk to the worker: the screen, also when the answer itself goes into a pipe or a file."""
    return sys.stdout if sys.stdout.isatty() else sys.stderr


def _asker(asked: Asked) -> Asker:
    # Menus draw on standard output only, so with that in a pipe the questions are numbered lines.
    lines = asked.plain or not sys.stdout.isatty()
    colour = not os.environ.get("NO_COLOR")
    return asker(sys.stdin, talk(), accessible=lines, term=os.environ.get("TERM", ""), colour=colour)


def _read(toolkit: Toolkit, given: Given) -> Answers:
    values = {name: one(toolkit, name, written) for name, written in given.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return Answers(known, frozenset(values) - frozenset(known))
