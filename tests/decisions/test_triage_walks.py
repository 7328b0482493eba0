"""Promises 1 to 4 as the interview itself keeps them, in the shipped toolkit.

That they hold in every state is proved by `cst check` (see `cst/checks/`), which walks what rules come to. Here the
plans that people are given are looked at: for every concern and pair of concerns, and on random walks.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations, pairwise, product

import pytest

from cst import contract
from cst.engine.answers import Answers
from cst.engine.call_order import Call, call_order
from cst.engine.contact import Here
from cst.engine.plan import plan
from cst.engine.questions import describe_questions
from cst.engine.situation import Situation
from cst.exits import EMERGENCY
from cst.rules import questions
from tests.support.states import LONDON, NOT_SURE, TUESDAY, answered, shipped, ways

ISSUES = list(shipped().kind("issues"))
CONCERNS = [frozenset({issue}) for issue in ISSUES] + [frozenset(pair) for pair in combinations(ISSUES, 2)]
PATHWAYS = shipped().kind("pathways")
CHRISTMAS_NIGHT = TUESDAY.replace(month=12, day=25, hour=3, tzinfo=LONDON)
DANGER = "immediate-danger"


def _asked(answers: Answers) -> list[str]:
    here = Situation(shipped(), answers, TUESDAY, "hampshire")
    held = here.held()
    ordered = describe_questions(shipped(), here.worth_asking(*here.sort_out()) if held is None else held)
    return [question["id"] for question in ordered]


def _plan(answers: Answers, area: str | None = "hampshire") -> contract.Plan:
    return plan(shipped(), answers, TUESDAY, area)


@pytest.mark.parametrize("danger", [True, NOT_SURE], ids=["yes", "not-sure"])
def test_danger_yes_or_not_sure_gives_the_emergency_pathway_at_once(danger: object) -> None:
    """Promise 1: the emergency line comes first, and its number first of all, before anything else is asked."""
    said = _plan(answered(Answers(), DANGER, danger))

    assert EMERGENCY == said["outcomes"][0]["id"]
    assert "999" == said["outcomes"][0]["contacts"][0]["phones"][0]["number"]


def test_danger_is_asked_first_whatever_is_answered_already() -> None:
    """Promise 1: with nothing, with each concern and pair, and after random other answers."""
    assert DANGER == _asked(Answers())[0]
    for concerns in CONCERNS:
        assert DANGER == _asked(Answers({"concerns": concerns}))[0]
    chance = random.Random(5)
    questions = [name for name in shipped().kind("questions") if name != DANGER]
    for _ in range(300):
        answers = Answers()
        for question in chance.sample(questions, chance.randint(1, 20)):
            answers = answered(answers, question, chance.choice(ways(shipped(), question)))
        assert DANGER == _asked(answers)[0]


@pytest.mark.parametrize("concerns", [frozenset(), NOT_SURE, *CONCERNS[: len(ISSUES)]], ids=["none", "unsure", *ISSUES])
def test_who_may_look_on_is_asked_whatever_the_topic(concerns: object) -> None:
    """Hazard 16: on the screen right after the topic, also where there is none or nobody is sure of it."""
    answers = answered(Answers({DANGER: False}), "concerns", concerns)
    assert "overheard" in [question["id"] for question in _plan(answers)["next"] if question["screen"] == 0]

    said = _plan(answered(answers, "overheard", NOT_SURE))
    assert ["short-mode"] == [mode["id"] for mode in said["modes"]]


def test_not_knowing_the_topic_does_not_make_who_does_harm_count_for_nothing() -> None:
    """Promise 2: a partner, and a child who may be there, bring what protects them, with the noes of the rest."""
    given = {DANGER: False, "overheard": False, "care-needs": False, "who-harms": "partner"}
    answers = Answers(given, frozenset({"concerns", "child-affected"}))
    said = _plan(answers)

    assert ["ask-your-lead", "find-out"] == [outcome["id"] for outcome in said["outcomes"]]
    assert [["child-urgent", "child-early-help"]] == [line["pathways"] for line in said["find_out"]]
    rungs = [contact["id"] for contact in said["outcomes"][0]["contacts"]]
    assert "national-domestic-abuse-helpline" == rungs[0]
    assert "do-not-mediate" in {caution["id"] for caution in said["outcomes"][0]["cautions"]}


def test_two_questions_earn_the_first_advice() -> None:
    """Promise 3: danger and the concern are enough for steps and a number."""
    for concerns in CONCERNS:
        said = _plan(Answers({DANGER: False, "concerns": concerns}))

        assert said["outcomes"], concerns
        assert all(outcome["steps"] and outcome["contacts"] for outcome in said["outcomes"]), concerns


@pytest.mark.parametrize("issue", ISSUES)
def test_every_issue_has_a_pathway_that_holds_as_soon_as_it_is_chosen(issue: str) -> None:
    """A plan is never empty, and what it says is about the concern, not only the fallback."""
    said = _plan(Answers({DANGER: False, "concerns": frozenset({issue})}))

    assert {outcome["id"] for outcome in said["outcomes"]} & set(shipped().kind("issues")[issue]["pathways"])


@pytest.mark.parametrize("area", [None, *shipped().kind("areas")])
def test_every_ladder_has_a_number_that_is_always_open(area: str | None) -> None:
    """Promise 4: whatever is asked for, anywhere and by day or on Christmas night, a rung with a number is open."""
    for pathway, at in product(PATHWAYS.values(), (TUESDAY, CHRISTMAS_NIGHT)):
        rungs, *_ = call_order(shipped(), [Call(call["use"]) for call in pathway["call"]], Here(area, at))
        assert any(rung["always"] and rung["phones"] for rung in rungs)
        for earlier, later in pairwise(rungs):
            assert not (earlier["open"] is False and later["open"]) or later["id"] == "police-emergency"


@pytest.mark.parametrize("seed", range(40))
def test_random_walks_end_in_a_plan_that_keeps_every_promise(seed: int) -> None:
    """From any answers: questions only get fewer, a walk ends, and its plan says what to do, whom to ring and why."""
    chance = random.Random(seed)
    answers = Answers()
    asked: list[str] = []
    while following := _asked(answers):
        assert following[0] not in asked
        asked.append(following[0])
        answers = answered(answers, following[0], chance.choice(ways(shipped(), following[0])))
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


def test_mediation_is_offered_in_just_one_case_of_all_exclusions() -> None:
    """Hazard 26: of all answers to the six exclusions only six times no offers mediation; not sure excludes."""
    exclusions = ["hate-motive", "abuse-at-home", "home-taken-over", "stalked", "threats-or-fear", "victim-vulnerable"]
    start = Answers(
        {
            DANGER: False,
            "concerns": frozenset({"anti-social-behaviour"}),
            "both-willing": True,
            "care-needs": False,
            "who-harms": "neighbour",
            "high-risk-signs": frozenset(),
        }
    )
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
    """Hazard 21: a child brings a children's route; one that may be there that, or a line that rings about it."""
    for concerns, value in product(CONCERNS, (True, NOT_SURE)):
        answers = answered(Answers({DANGER: False, "concerns": concerns}), "child-affected", value)
        said = _plan(answers)
        outcomes = {outcome["id"] for outcome in said["outcomes"]}
        rung = {line["ring"]["contacts"][0]["id"] for line in said["find_out"] if line["question"] == "child-affected"}
        assert {"child-urgent", "child-early-help"} & outcomes or (value is NOT_SURE and "hampshire-children" in rung)


def test_a_rule_that_was_thrown_away_leaves_its_place_to_no_other() -> None:
    """Rules are kept by where they lie in memory: what lies there next must never get the answer of the last."""
    for place in range(200):
        question = ("frailty", "hospital-discharge")[place % 2]
        rule = shipped().rule_as_known({"any": [question]}, date(2026, 11, 24))
        assert {question} == set(questions(rule))
