"""Promises 1, 2, 3 and 4, held over every state of triage with one or two concerns in the shipped toolkit."""

from __future__ import annotations

from itertools import combinations

import pytest

from cst.answers import Answers
from cst.contract import PlanSaid
from cst.interview import EMERGENCY, Situation, plan
from cst.said import questions_said
from tests.states import NOT_SURE, TUESDAY, answered, shipped, states

ISSUES = list(shipped().kind("issues"))
CONCERNS = [frozenset({issue}) for issue in ISSUES] + [frozenset(pair) for pair in combinations(ISSUES, 2)]
PROTECTIVE = ("now", "today")


def _first_asked(answers: Answers) -> str | None:
    here = Situation(shipped(), answers, TUESDAY, "hampshire")
    held = here.held()
    asking = here.worth_asking(*here.sort_out()) if held is None else held
    ordered = questions_said(shipped(), asking)
    return ordered[0]["id"] if ordered else None


def _plan(answers: Answers) -> PlanSaid:
    return plan(shipped(), answers, TUESDAY, "hampshire")


def _covered(said: PlanSaid) -> set[str]:
    """What a plan takes, with what it takes the place of."""
    pathways = shipped().kind("pathways")
    taken = {outcome["id"] for outcome in said["outcomes"]}
    return taken | {other for name in taken for other in pathways[name].get("replaces", ())}


def _protective(said: PlanSaid) -> set[str]:
    return {outcome["id"] for outcome in said["outcomes"] if outcome["urgency"] in PROTECTIVE}


def test_danger_is_the_first_question_whatever_else_is_known() -> None:
    """Promise 1: while danger is unanswered nothing else is asked first, with any concerns and any other answer."""
    for concerns in CONCERNS:
        start = Answers({"concerns": concerns})
        assert "immediate-danger" == _first_asked(start)
        for name in shipped().kind("questions"):
            if name not in ("immediate-danger", "concerns"):
                assert "immediate-danger" == _first_asked(answered(start, name, NOT_SURE))


@pytest.mark.parametrize("danger", [True, NOT_SURE], ids=["yes", "not-sure"])
def test_danger_yes_or_not_sure_gives_the_emergency_pathway_at_once(danger: object) -> None:
    """Promise 1: the emergency line comes first, and its number first of all, before anything else is asked."""
    said = _plan(answered(Answers(), "immediate-danger", danger))

    assert EMERGENCY == said["outcomes"][0]["id"]
    assert "999" == said["outcomes"][0]["contacts"][0]["phones"][0]["number"]


@pytest.mark.parametrize("concerns", CONCERNS, ids=lambda concerns: "+".join(sorted(concerns)))
def test_every_state_keeps_the_promises(concerns: frozenset[str]) -> None:
    """Promises 2, 3, 4: advice after two questions, a rung that is always open, not sure never less than yes."""
    start = Answers({"immediate-danger": False, "concerns": concerns})
    assert _plan(start)["outcomes"]
    walked = 0
    for answers in states(shipped(), start, _first_asked):
        walked += 1
        said = _plan(answers)
        for outcome in said["outcomes"]:
            assert any(contact["always"] and contact["phones"] for contact in outcome["contacts"])
            assert outcome["steps"]
            assert outcome["sources"]
        asked = _first_asked(answers)
        if asked and shipped().kind("questions")[asked]["type"] == "yes-no":
            for_yes = _protective(_plan(answered(answers, asked, True)))
            assert for_yes <= _covered(_plan(answered(answers, asked, NOT_SURE)))
    assert walked > 1
