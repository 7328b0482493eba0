"""Promises 1 to 4 over every state of triage with one or two concerns, in the shipped toolkit.

Whether a pathway is taken depends on its own rule and on the rules of those that take its place, and on nothing else.
So every state of every such cone is walked, for each concern and each pair; and seeded random walks hold the whole.
"""

from __future__ import annotations

import random
from datetime import datetime
from itertools import combinations, pairwise

import pytest

from cst.answers import Answers
from cst.contract import PlanSaid
from cst.interview import EMERGENCY, Situation, Taken, plan
from cst.ladder import Here, ladder
from cst.said import questions_said
from tests.states import LONDON, NOT_SURE, TUESDAY, answered, cone, replaced, shipped, states, ways

ISSUES = list(shipped().kind("issues"))
CONCERNS = [frozenset({issue}) for issue in ISSUES] + [frozenset(pair) for pair in combinations(ISSUES, 2)]
PATHWAYS = shipped().kind("pathways")
PROTECTIVE = [name for name, pathway in PATHWAYS.items() if pathway["urgency"] in ("now", "today")]
CHRISTMAS_NIGHT = datetime(2026, 12, 25, 3, 0, tzinfo=LONDON)
DANGER = "immediate-danger"
STARTS = [Answers({DANGER: False, "concerns": concerns}) for concerns in CONCERNS]


def _first_asked(answers: Answers) -> str | None:
    here = Situation(shipped(), answers, TUESDAY, "hampshire")
    held = here.held()
    ordered = questions_said(shipped(), here.worth_asking(*here.sort_out()) if held is None else held)
    return ordered[0]["id"] if ordered else None


def _plan(answers: Answers, area: str | None = "hampshire") -> PlanSaid:
    return plan(shipped(), answers, TUESDAY, area)


def _covered(answers: Answers, pathway: str) -> bool:
    """Whether a pathway is taken, or another that takes its place."""
    here = Situation(shipped(), answers, TUESDAY)
    over = [name for name, other in PATHWAYS.items() if pathway in replaced(other)]
    return any(isinstance(here.standing(PATHWAYS[name]), Taken) for name in (pathway, *over))


@pytest.mark.parametrize("danger", [True, NOT_SURE], ids=["yes", "not-sure"])
def test_danger_yes_or_not_sure_gives_the_emergency_pathway_at_once(danger: object) -> None:
    """Promise 1: the emergency line comes first, and its number first of all, before anything else is asked."""
    said = _plan(answered(Answers(), DANGER, danger))

    assert EMERGENCY == said["outcomes"][0]["id"]
    assert "999" == said["outcomes"][0]["contacts"][0]["phones"][0]["number"]


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_danger_is_asked_first_in_every_state(pathway: str) -> None:
    """Promise 1: in no state with one or two concerns is anything asked before danger is answered."""
    assert DANGER == _first_asked(Answers())
    starts = [Answers({"concerns": concerns}) for concerns in CONCERNS]
    for start in starts:
        assert DANGER == _first_asked(start)
    for answers, question in states(shipped(), cone(shipped(), pathway), starts):
        for value in ways(shipped(), question):
            after = answered(answers, question, value)
            if not after.answered(DANGER):
                assert DANGER == _first_asked(after)


@pytest.mark.parametrize("pathway", PROTECTIVE)
def test_not_sure_is_never_less_urgent_than_yes(pathway: str) -> None:
    """Promise 2: where a yes takes a protective pathway, not sure takes it too, in every state of its cone."""
    for answers, question in states(shipped(), cone(shipped(), pathway), STARTS):
        after_not_sure = _covered(answered(answers, question, NOT_SURE), pathway)
        for value in ways(shipped(), question):
            if value is not False and value != frozenset() and not after_not_sure:
                assert not _covered(answered(answers, question, value), pathway), (question, value, answers)


@pytest.mark.parametrize("pathway", PROTECTIVE)
def test_a_yes_or_not_sure_in_place_of_a_no_never_takes_protection_away(pathway: str) -> None:
    """Promise 2: protective pathways are monotone in yes-no questions, going from no to not sure to yes."""
    questions = shipped().kind("questions")
    for answers, question in states(shipped(), cone(shipped(), pathway), STARTS):
        if questions[question]["type"] == "yes-no" and question != "colleague-reported":
            # a colleague's report is the one fact that lifts a duty
            held = [_covered(answered(answers, question, value), pathway) for value in (False, NOT_SURE, True)]
            assert held == sorted(held), (question, answers)


@pytest.mark.parametrize("concerns", CONCERNS, ids=lambda concerns: "+".join(sorted(concerns)))
def test_two_questions_earn_the_first_advice(concerns: frozenset[str]) -> None:
    """Promise 3: danger and the concern are enough for steps and a number."""
    said = _plan(Answers({DANGER: False, "concerns": concerns}))

    assert said["outcomes"]
    assert all(outcome["steps"] and outcome["contacts"] for outcome in said["outcomes"])


@pytest.mark.parametrize("issue", ISSUES)
def test_every_issue_has_a_pathway_that_holds_as_soon_as_it_is_chosen(issue: str) -> None:
    """A plan is never empty, and what it says is about the concern, not only the fallback."""
    said = _plan(Answers({DANGER: False, "concerns": frozenset({issue})}))

    assert {outcome["id"] for outcome in said["outcomes"]} & set(shipped().kind("issues")[issue]["pathways"])


@pytest.mark.parametrize("area", [None, *shipped().kind("areas")])
@pytest.mark.parametrize("at", [TUESDAY, CHRISTMAS_NIGHT], ids=["tuesday", "christmas-night"])
def test_every_ladder_has_a_number_that_is_always_open(area: str | None, at: datetime) -> None:
    """Promise 4: whatever is asked for, anywhere and at any time, a rung with a number is open."""
    for pathway in PATHWAYS.values():
        rungs, _ = ladder(shipped(), [call["use"] for call in pathway["call"]], Here(area, at))
        assert any(rung["always"] and rung["phones"] for rung in rungs)
        for earlier, later in pairwise(rungs):
            assert not (earlier["open"] is False and later["open"]) or later["id"] == "police-emergency"


@pytest.mark.parametrize("seed", range(40))
def test_random_walks_end_in_a_plan_that_keeps_every_promise(seed: int) -> None:
    """From any answers: questions only get fewer, a walk ends, and its plan says what to do, whom to ring and why."""
    chance = random.Random(seed)
    answers = Answers()
    asked = []
    while following := _first_asked(answers):
        assert following not in asked
        asked.append(following)
        answers = answered(answers, following, chance.choice(ways(shipped(), following)))
        said = _plan(answers)
        if len(asked) >= 2 and answers.known.get("concerns"):
            assert said["outcomes"]
    said = _plan(answers)
    assert DANGER == asked[0]
    assert said["outcomes"]
    for outcome in said["outcomes"]:
        assert outcome["steps"]
        assert outcome["sources"]
        assert outcome["because"] or outcome["id"] == shipped().records["fallback"]
        assert not outcome["certain"] or not outcome["unsure_of"]


def test_every_pathway_can_be_reached() -> None:
    """No pathway is written in vain: each is taken in some state."""
    for pathway in PATHWAYS:
        reached = any(
            _covered(answered(answers, question, value), pathway)
            for answers, question in states(shipped(), cone(shipped(), pathway), STARTS)
            for value in ways(shipped(), question)
        ) or any(_covered(start, pathway) for start in STARTS)
        assert reached, pathway


def test_mediation_is_offered_in_just_one_case_of_all_exclusions() -> None:
    """Hazard 26: of all answers to the six exclusions only six times no offers mediation; not sure excludes."""
    exclusions = ["hate-motive", "abuse-at-home", "home-taken-over", "stalked", "threats-or-fear", "victim-vulnerable"]
    start = Answers({DANGER: False, "concerns": frozenset({"anti-social-behaviour"}), "both-willing": True})
    offered = 0
    cases = [start]
    for exclusion in exclusions:
        cases = [answered(answers, exclusion, value) for answers in cases for value in (True, False, NOT_SURE)]
    for answers in cases:
        taken = {one.name for one in Situation(shipped(), answers, TUESDAY).sort_out()[0]}
        offered += "mediation" in taken

    assert len(cases) == 3**6
    assert offered == 1


def test_a_child_who_may_be_affected_always_brings_in_childrens_services() -> None:
    """Hazard 21: with a child yes or not sure, every plan has a children's route, whatever the concerns."""
    for concerns in CONCERNS:
        for value in (True, NOT_SURE):
            answers = answered(Answers({DANGER: False, "concerns": concerns}), "child-affected", value)
            said = _plan(answers)
            assert {"child-urgent", "child-early-help"} & {outcome["id"] for outcome in said["outcomes"]}
