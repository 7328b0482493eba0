"""Asking until nothing is left to ask: the interactive side of `triage` and `eligible`."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cst.cli.errors import trouble
from cst.cli.output import as_heard
from cst.cli.request import Request
from cst.engine.answers import NOT_SURE, Answers, spoken
from cst.engine.questions import answer_in_words
from cst.exits import Exit, Interrupted, Left
from cst.toolkit.toolkit import Toolkit
from cst.walk.area_prompt import place_typed
from cst.walk.numbered_lines import Lines
from cst.walk.topics import Topic, drawn, read, talk
from cst.walk.walk import Around, Asker, Back, Given, Leave, Walk, asker

if TYPE_CHECKING:
    from cst import contract

WHICH = "which"
SENSITIVE = "Some of what comes next is sensitive."
KEPT = "The shell may keep the command you typed. Tmux or a recorded session may keep what was shown."
LIMITS = f"{SENSITIVE} Leaving clears this screen, but not everything. {KEPT}"
LIMITS_OF_LINES = (
    f"{SENSITIVE} Leaving moves this off the screen, but anyone who scrolls up can read it. Close the window. {KEPT}"
)
LEAVE_IT = "Leave as it is"


class Ended(NamedTuple):
    """A walk that came to its end: all answers, whether the end still has to be printed, and whether it was cleared."""

    answers: Answers
    keep: bool
    cleared: bool = False


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


def walk(toolkit: Toolkit, answers: Answers, topic: Topic, request: Request) -> Ended:
    """Asks until nothing is left to ask, with the screen taken over meanwhile.

    Raises:
        Left: the worker left before the end, by q, the end of input or Ctrl-C.
        Interrupted: told to stop.
    """
    given: Given = dict(spoken(answers, toolkit))
    try:
        with asker_for(request, toolkit) as asking:
            return to_the_end(toolkit, given, topic, asking, request, shows_end=sys.stdout.isatty())
    except Leave:
        raise Left from None
    except Interrupted:
        raise
    except KeyboardInterrupt:
        raise Left(Exit.INTERRUPTED) from None


def to_the_end(
    toolkit: Toolkit, given: Given, topic: Topic, asking: Asker, request: Request, *, shows_end: bool
) -> Ended:
    """Asks until nothing is left; then shows the end, and asks again what the worker wants to change.

    Raises:
        Leave: the worker left, or there is no more input.
    """
    limits = LIMITS_OF_LINES if isinstance(asking, Lines) else LIMITS
    going = Walk(
        topic.step, asking, lambda now: topic.before(now, asking, bool(going.asked)), notice=limits, first=topic.first
    )
    given = going.run(given)
    while shows_end:
        held = topic.held(given)
        ending = asking.finish(drawn(topic.page(given), request), more=going.left(given), held=bool(held))
        if ending == "more":
            given = going.more(given)
            continue
        if ending != "change":
            keep = ending == "keep" and not isinstance(asking, Lines)
            return Ended(read(toolkit, given), keep, cleared=ending == "leave")
        before, given = given, _changed(toolkit, going, given, held)
        if given != before and (page := topic.changed(before, given)):
            asking.show(drawn(page, request))
    return Ended(read(toolkit, given), keep=True)


def _changed(toolkit: Toolkit, walk: Walk, given: Given, held: list[str]) -> Given:
    """The answers after one was asked again; unchanged where the worker thinks better of it.

    What holds everything up is asked again straight away: a list of the answers would show the case.
    """
    try:
        chosen = held or [walk.asker.ask([_which(toolkit, given)], Around(""))[WHICH]]
        return given if chosen == [NOT_SURE] else walk.change(given, chosen)
    except Back:
        return given


def _which(toolkit: Toolkit, given: Given) -> contract.Question:
    """A question about the answers given, each with its answer."""
    answers = read(toolkit, given)
    asks = {name: toolkit.kind("questions")[name]["ask"] for name in given}
    choices = [{"id": name, "label": f"{asks[name]} - {answer_in_words(toolkit, name, answers)}"} for name in given]
    return {
        "id": WHICH,
        "ask": "Change which answer?",
        "hint": "b goes back to the plan.",
        "why": "All other answers are kept, and given again where they still matter.",
        "type": "choice",
        "choices": [*choices, {"id": NOT_SURE, "label": LEAVE_IT}],
        "constraint": None,
        "unit": None,
        "group": None,
        "screen": 0,
        "danger": False,
        "sensitive": False,
        "observe": False,
    }


def asker_for(request: Request, toolkit: Toolkit | None = None) -> Asker:
    """Who asks: menus on a capable screen, numbered lines anywhere else; with a toolkit, areas can be typed."""
    # Menus draw on standard output only, so with that in a pipe the questions are numbered lines.
    lines = request.plain or not sys.stdout.isatty()
    colour = not os.environ.get("NO_COLOR")
    term = os.environ.get("TERM", "")
    return asker(
        sys.stdin,
        talk(),
        accessible=lines,
        term=term,
        colour=colour,
        heard=lambda text: as_heard(text, request),
        found=partial(place_typed, toolkit) if toolkit else None,
    )
