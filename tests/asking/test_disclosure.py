"""What may be shown when: decided in one place, as a function of the plan or verdict and of what was shown."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from cst import contract
from cst.checks.cases import read_answers
from cst.engine.answers import Answers
from cst.engine.disclosure import (
    URGENT,
    WAITED,
    Advice,
    ModePage,
    Wait,
    as_shown,
    asked_for_verdict,
    disclose,
    disclose_in_verdict,
    held_by,
    may_compare,
    shown_at_the_end,
)
from cst.engine.not_sure import FIND_OUT
from cst.engine.plan import plan
from cst.engine.situation import Situation
from cst.engine.verdict import verdict
from cst.exits import EMERGENCY
from cst.rules import questions
from cst.toolkit.places import Place
from cst.walk.plan_walk import PlanWalk
from tests.support.command import cst
from tests.support.states import TUESDAY, answered, shipped, small, ways

if TYPE_CHECKING:
    from cst.engine.disclosure import Disclosure

NOTHING: frozenset[str] = frozenset()
SHORT = [mode for mode in shipped().kind("modes").values() if "says" in mode]
LOOKING_ON = {name for mode in SHORT for name in questions(shipped().rule(mode["rule"], TUESDAY.date()))}


def _given(**written: Any) -> Answers:
    """Answers to the small toolkit's questions."""
    return read_answers(small(), {name.replace("_", "-"): answer for name, answer in written.items()})


def _next(answers: Answers, *shown: str) -> Disclosure | None:
    here = Situation(small(), answers, TUESDAY, "anyshire")
    return disclose(here, plan(small(), answers, TUESDAY, "anyshire"), frozenset(shown))


def _in_verdict(scheme: str, answers: Answers, *shown: str) -> Disclosure | None:
    said = verdict(shipped(), scheme, answers, TUESDAY)
    asked = asked_for_verdict(shipped(), answers, said)
    return disclose_in_verdict(Situation(shipped(), answers, TUESDAY), asked, frozenset(shown))


def _ids(one: Disclosure | None) -> list[str]:
    assert isinstance(one, Advice)
    return [outcome["id"] for outcome in one.outcomes]


# One rule at a time


def test_before_danger_is_answered_nothing_is_said() -> None:
    """Whatever else is known already, danger is asked first; "not sure" is an answer."""
    known = {"child": "yes", "concerns": "abuse", "overheard": "no"}

    assert _next(_given(**known)) is None
    assert _ids(_next(_given(**known, immediate_danger="no")))
    assert EMERGENCY in _ids(_next(_given(**known, immediate_danger="not-sure")))


def test_while_somebody_may_look_on_there_is_the_emergency_and_nothing_else() -> None:
    """Until it is answered whether somebody can hear; then the rest of what is urgent."""
    danger = {"immediate_danger": "yes", "concerns": "abuse", "child": "yes"}
    one = _next(_given(**danger))
    assert one
    assert [EMERGENCY] == _ids(one)
    assert _next(_given(**danger), *one.shown) is None
    after = _next(_given(**danger, overheard="no"), *one.shown)
    assert _ids(after)
    assert EMERGENCY not in _ids(after)


def test_a_mode_has_its_page_once_and_nothing_beside_it() -> None:
    """Neither on that page nor after it is anything of the case shown, be it ever so urgent; 999 came before it."""
    overheard = _given(immediate_danger="yes", concerns="abuse", child="yes", overheard="yes")
    first = _next(overheard)
    assert first
    assert [EMERGENCY] == _ids(first)
    one = _next(overheard, *first.shown)

    assert isinstance(one, ModePage)
    assert "short-mode" == one.mode["id"]
    assert {EMERGENCY, "short-mode"} == one.shown
    assert _next(overheard, *one.shown) is None


def test_what_is_urgent_is_shown_once() -> None:
    """After it was shown it is not shown again, and what comes in later is shown alone."""
    answers = _given(immediate_danger="no", concerns="abuse", overheard="no", child="yes")
    one = _next(answers)
    assert isinstance(one, Advice)
    assert {outcome["urgency"] for outcome in one.outcomes} <= set(URGENT)
    assert set(_ids(one)) == one.shown
    assert _next(answers, *one.shown) is None


def test_at_the_end_nothing_is_left_to_disclose() -> None:
    """The page at the end shows all of it, so no page comes before that one; and it counts as shown."""
    answers = Answers(_given(concerns="abuse").known, frozenset(small().kind("questions")) - {"concerns", "overheard"})
    answers = answers.joined(_given(overheard="no"))
    said = plan(small(), answers, TUESDAY, "anyshire")

    assert not said["next"]
    assert _next(answers) is None
    assert said["outcomes"]
    assert {outcome["id"] for outcome in said["outcomes"]} == shown_at_the_end(said)


def test_in_short_mode_the_end_holds_its_few_lines_and_no_comparison_is_made() -> None:
    """What is saved holds no more than the page; what held before or holds now may not be compared with anything."""
    answers = _given(immediate_danger="yes", concerns="abuse", overheard="yes")
    short = plan(small(), answers, TUESDAY, "anyshire")
    whole = plan(small(), _given(immediate_danger="yes", concerns="abuse", overheard="no"), TUESDAY, "anyshire")

    assert {"short-mode"} == shown_at_the_end(short)
    assert ["safe-to-go-on"] == held_by(short)
    assert [] == held_by(whole)
    assert [True, False, False] == [may_compare(*both) for both in ((whole, whole), (whole, short), (short, whole))]
    kept = as_shown(short)
    assert ({}, [], [], None) == (kept["answers"], kept["outcomes"], kept["next"], kept["area"])
    assert whole == as_shown(whole)


@pytest.mark.parametrize("danger", ["yes", "not-sure"])
def test_on_the_way_to_a_verdict_the_emergency_comes_whatever_was_shown_before_it(danger: str) -> None:
    """Also where a worker has waited, and then gone back to say that there is danger after all."""
    answers = read_answers(shipped(), {"immediate-danger": danger})

    assert [EMERGENCY] == _ids(_in_verdict("fire-visit", answers))
    assert [EMERGENCY] == _ids(_in_verdict("fire-visit", answers, WAITED))
    assert _in_verdict("fire-visit", answers, EMERGENCY) is None


def test_before_the_first_sensitive_question_of_a_verdict_there_is_a_page_to_wait_at() -> None:
    """Once, and only when that question comes next."""
    answers = read_answers(shipped(), {"immediate-danger": "no"})
    one = _in_verdict("fgm-report", answers)

    assert Wait(frozenset({WAITED})) == one
    assert _in_verdict("fgm-report", answers, WAITED) is None
    assert _in_verdict("fgm-report", Answers()) is None  # danger comes next
    assert _in_verdict("fire-visit", answers) is None  # an age comes next


def test_why_a_question_is_asked_names_nothing_of_the_case_while_somebody_may_look_on() -> None:
    """Hazard 16: `?` at "Is it safe to go on now" gives no title of what the answers may lead to."""
    overheard = {"immediate-danger": "no", "concerns": ["forced-marriage"], "overheard": "yes"}
    upcoming = PlanWalk(shipped(), TUESDAY, Place(None)).step(read_answers(shipped(), overheard))

    assert ["safe-to-go-on"] == [question["id"] for question in upcoming.questions]
    assert () == upcoming.hangs


def test_the_reasons_are_not_drawn_while_somebody_may_look_on() -> None:
    """`--explain` adds nothing to the few lines of short mode; once it is safe it does."""
    asked = (
        "triage",
        "--no-input",
        "-a",
        "immediate-danger=no",
        "-a",
        "concerns=forced-marriage",
        "-a",
        "overheard=yes",
    )
    short, safe = cst(*asked, "--explain").stdout, cst(*asked, "-a", "safe-to-go-on=yes", "--explain").stdout

    assert cst(*asked).stdout == short
    assert "The rest waits until it is safe to go on." in short
    assert "The whole rule: cst graph" in safe


# Every rule, over walks of the shipped toolkit


def _answer(answers: Answers, screen: list[contract.Question], pick: Callable[[list[Any]], Any]) -> Answers:
    for question in screen:
        answers = answered(answers, question["id"], pick(ways(shipped(), question["id"])))
    return answers


def _screen(asked: list[contract.Question]) -> list[contract.Question]:
    return [question for question in asked if question["screen"] == 0]


def _all_shown(one: Callable[[frozenset[str]], Disclosure | None], shown: frozenset[str]) -> Iterator[Disclosure]:
    """What is disclosed, one after the other; nothing twice, and each adds to what was shown just what it shows."""
    while disclosed := one(shown):
        assert shown < disclosed.shown
        match disclosed:
            case ModePage():
                new = {disclosed.mode["id"]}
            case Advice():
                new = {outcome["id"] for outcome in disclosed.outcomes}
            case Wait():
                new = {WAITED}
        assert new == disclosed.shown - shown, "shown again"
        yield disclosed
        shown = disclosed.shown


def _check_plan(answers: Answers, shown: frozenset[str]) -> frozenset[str]:
    """What was shown after it: all promises of a triage, for one set of answers."""
    said = plan(shipped(), answers, TUESDAY)
    here = Situation(shipped(), answers, TUESDAY)
    before, asked = shown, {question["id"] for question in said["next"]}
    for one in _all_shown(lambda held: disclose(here, said, held), shown):
        assert answers.answered("immediate-danger")
        if said["modes"]:  # what is asked on one screen is answered at once: the card may still have to come first
            assert isinstance(one, ModePage) or [EMERGENCY] == _ids(one)
        else:
            assert not isinstance(one, ModePage)
        assert not isinstance(one, Wait)
        if isinstance(one, Advice):
            assert not LOOKING_ON & asked or [EMERGENCY] == _ids(one)
        shown = one.shown
    if answers.answered("immediate-danger") and said["next"] and not said["modes"]:
        urgent = {one["id"] for one in said["outcomes"] if one["urgency"] in URGENT} - {FIND_OUT}  # at the end
        assert (urgent & {EMERGENCY} if LOOKING_ON & asked else urgent) <= shown
    return shown if said["next"] else before


def test_every_first_screen_of_a_triage_keeps_the_safety_rule() -> None:
    """Danger three ways, each topic, and each way to say whether somebody looks on."""
    (looks_on,) = LOOKING_ON
    tried = 0
    for danger, concern in product(ways(shipped(), "immediate-danger"), shipped().kind("issues")):
        begun = answered(answered(Answers(), "immediate-danger", danger), "concerns", frozenset({concern}))
        shown = _check_plan(begun, _check_plan(begun.without("concerns"), NOTHING))
        assert NOTHING == _check_plan(begun.without("immediate-danger"), NOTHING)
        for way in ways(shipped(), looks_on):
            _check_plan(answered(begun, looks_on, way), shown)
            tried += 1

    assert tried == 9 * len(shipped().kind("issues"))


def test_walks_of_the_shipped_toolkit_keep_the_safety_rule() -> None:
    """Random answers from the first screen to the last, and one of them changed on the way."""
    shown_on_the_way: set[str] = set()
    for seed in range(60):
        chance, answers, shown = random.Random(seed), Answers(), NOTHING
        for _ in range(15):
            shown = _check_plan(answers, shown)
            screen = _screen(plan(shipped(), answers, TUESDAY)["next"])
            if not screen:
                break
            answers = _answer(answers, screen, chance.choice)
            if chance.random() < 0.1:
                answers = answers.without(chance.choice(sorted(answers.names())))
        shown_on_the_way |= shown

    assert {EMERGENCY, "short-mode", "child-urgent"} <= shown_on_the_way


@pytest.mark.parametrize("scheme", shipped().kind("schemes"))
def test_walks_to_each_verdict_keep_the_safety_rule(scheme: str) -> None:
    """Danger first; its card when it is not a no; and a page to wait at before what is sensitive."""
    for seed in range(8):
        chance, answers, shown = random.Random(f"{scheme} {seed}"), Answers(), NOTHING
        for _ in range(12):
            asked = asked_for_verdict(shipped(), answers, verdict(shipped(), scheme, answers, TUESDAY))
            here = Situation(shipped(), answers, TUESDAY)
            for one in _all_shown(lambda held, here=here, asked=asked: disclose_in_verdict(here, asked, held), shown):  # type: ignore[misc]
                assert answers.answered("immediate-danger")
                assert isinstance(one, Wait) or [EMERGENCY] == _ids(one)
                shown = one.shown
            screen = _screen(asked)
            if not answers.answered("immediate-danger"):
                assert ["immediate-danger"] == [question["id"] for question in screen]
            elif answers.known.get("immediate-danger") is not False:
                assert EMERGENCY in shown
            assert WAITED in shown or not any(question["sensitive"] for question in screen)
            if not screen:
                break
            answers = _answer(answers, screen, chance.choice)
