"""What may be shown when, while somebody is still being asked: the safety rule that every front end takes from here.

Danger is asked before anything else is said. A mode that is on has a page of its own, once, and nothing beside it.
While somebody may look on, only the emergency is shown. What is urgent is shown as soon as it is earned, and once.
Before the first sensitive question of a verdict there is a page to wait at, as nobody has asked who looks on.

All of it follows from the plan or verdict and from what was shown; which words stand on a page is no matter here.
"""

from __future__ import annotations

from cst.engine.not_sure import FIND_OUT
from cst.engine.plan import NOTHING_YET, plan
from cst.engine.questions import danger_questions, describe_questions
from cst.engine.situation import Situation
from cst.exits import EMERGENCY
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.rules import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from cst import contract
    from cst.engine.answers import Answers
    from cst.toolkit.toolkit import Toolkit

URGENT = ("now", "today")
WAITED = "sensitive"  # what counts as shown once somebody has waited until nobody looks on


class ModePage(NamedTuple):
    """The few lines of a mode, alone on a page; one goes on from it only when it is safe. `shown`: see `disclose`."""

    mode: contract.Mode
    shown: frozenset[str]


class Advice(NamedTuple):
    """What is urgent and was not shown yet."""

    outcomes: Sequence[contract.Outcome]
    shown: frozenset[str]


class Wait(NamedTuple):
    """Nothing but that one goes on only when nobody looks on."""

    shown: frozenset[str]


if TYPE_CHECKING:
    Disclosure = ModePage | Advice | Wait


def disclose(here: Situation, plan: contract.Plan, shown: frozenset[str]) -> Disclosure | None:
    """What to show before the next screen of a triage; None where there is nothing, or nothing more.

    Args:
        here: the answers so far.
        plan: the plan that they give.
        shown: what was shown: the ids of modes and outcomes.

    Returns:
        One thing to show; its `shown` is what counts as shown after it, with which to ask again.
    """
    if not (plan["next"] or plan["not_asked"]) or any(question["danger"] for question in plan["next"]):
        return None
    if plan["modes"]:
        # What is asked on one screen is answered at once: who looks on, and that a trader is there. 999 comes first.
        first = [one for one in plan["outcomes"] if one["id"] == EMERGENCY and one["id"] not in shown]
        if first:
            return Advice(first, shown | {EMERGENCY})
        new = [mode for mode in plan["modes"] if mode["id"] not in shown]
        return ModePage(new[0], shown | {new[0]["id"]}) if new else None
    return _advice(plan, shown, alone=here.may_be_seen())


def _advice(plan: contract.Plan, shown: frozenset[str], *, alone: bool) -> Advice | None:
    """What is urgent and not shown yet; `alone`: the emergency and nothing beside it."""
    new = [
        outcome
        for outcome in plan["outcomes"]
        if outcome["urgency"] in URGENT
        and outcome["id"] not in (*shown, FIND_OUT)  # the box comes at the end: until then it may still be found out
        and (outcome["id"] == EMERGENCY or not alone)
    ]
    return Advice(new, shown.union(outcome["id"] for outcome in new)) if new else None


def disclose_in_verdict(
    here: Situation, upcoming: Sequence[contract.Question], shown: frozenset[str]
) -> Disclosure | None:
    """What to show before the next screen on the way to a verdict; as `disclose`.

    Args:
        here: the answers so far; of these only those about danger can bring advice.
        upcoming: what is still to be asked (see `asked_for_verdict`).
        shown: what was shown.
    """
    danger = here.given.only(danger_questions(here.toolkit))
    advice = _advice(plan(here.toolkit, danger, here.at, here.area), shown, alone=True)
    if advice:
        return advice
    sensitive = any(question["sensitive"] for question in upcoming if question["screen"] == 0)
    return Wait(shown | {WAITED}) if sensitive and WAITED not in shown else None


def asked_for_verdict(toolkit: Toolkit, answers: Answers, verdict: contract.Verdict) -> list[contract.Question]:
    """What to ask on the way to a verdict: about danger before anything else, then what it still needs."""
    danger = [name for name in danger_questions(toolkit) if not answers.answered(name)]
    return describe_questions(toolkit, danger) or verdict["next"]


def shown_at_the_end(end: contract.Plan | contract.Verdict) -> frozenset[str]:
    """What counts as shown once the end has been: no advice comes twice because an answer is changed."""
    return frozenset(one["id"] for one in _modes(end) or end["outcomes"]) if end["kind"] == "plan" else NOTHING


def held_by(end: contract.Plan | contract.Verdict) -> list[str]:
    """The questions that hold everything up: until they are answered otherwise, no other answer may be shown."""
    return [mode["until"] for mode in _modes(end) if mode["until"]]


def may_compare(*ends: contract.Plan | contract.Verdict) -> bool:
    """Whether it may be said what another answer changed: not where somebody may look on, or has until now."""
    return not any(map(_modes, ends))


def _modes(end: contract.Plan | contract.Verdict) -> list[contract.Mode]:
    """The modes that are on; nobody is asked on the way to a verdict, so there are none."""
    return end["modes"] if end["kind"] == "plan" else []


def as_shown(end: Any) -> Any:
    """As much of a plan as its page shows: in short mode its few lines, with no answer and nothing that follows.

    A verdict is shown whole.
    """
    if not _modes(end):
        return end
    nothing: dict[str, Any] = {
        key: []
        for key in (
            *("set_aside", "not_used", "next", "not_asked", "open", "lines", "find_out", "outcomes", "do_nots"),
            "also_ask",
        )
    }
    nothing |= {"first": None, "no_first": NOTHING_YET}
    place = {"area": None, "area_name": None, "area_says": None}
    modes = [{**mode, "title": ""} for mode in end["modes"]]
    return {**end, **nothing, **place, "answers": {}, "complete": False, "modes": modes}
