"""Whole walkthroughs at a real pseudo-terminal, screen by screen, against golden transcripts.

`CST_RESET=1` writes them anew; read the difference aloud before keeping it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cst import card
from tests.support.command import ENTER
from tests.support.robot import Robot

pytestmark = pytest.mark.deep  # walks at a terminal, or a process for each

HERE = Path(__file__).parent / "walkthroughs"
NIGHT, MORNING = "2026-11-24T23:00", "2026-11-24T10:00"
HUES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")  # as pyte calls the terminal's own
SIXTEEN = {"default", *HUES, *(f"bright{hue}" for hue in HUES)}
RULE = "\n" + "~" * 40 + "\n"


def _golden(name: str, robot: Robot) -> None:
    """The screens so far, kept beside the tests."""
    file = HERE / f"{name}.txt"
    seen = RULE.join(screen.rstrip() for screen in robot.screens) + "\n"
    if os.environ.get("CST_RESET"):
        HERE.mkdir(exist_ok=True)
        file.write_text(seen, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == seen
    assert robot.colours <= SIXTEEN  # others cannot be trusted on light and dark
    for screen in robot.screens:
        if "? why" in screen and not robot.accessible:
            assert screen.startswith(card.LINE), screen


def _ends(robot: Robot, key: str = "q") -> int:
    robot.terminal.send(key)
    code = robot.terminal.end()
    assert "Traceback" not in robot.terminal.raw
    return code


TOPICS = {
    "abuse-with-a-child-at-night": (
        {
            "concerns": ["domestic-abuse"],
            "child-affected": "yes",
            "who-harms": "partner",
            "high-risk-signs": ["strangulation"],
            "strangled-when": "recent",
            "strangled-symptoms": [],
            "harmer-age": "adult",
        },
        "southampton",
        NIGHT,
    ),
    "trader-on-the-doorstep": (
        {
            **{"concerns": ["scams"], "fraud-kind": "trader", "caller-there-now": "yes"},
            **{"care-needs": "yes", "cannot-protect-self": "yes", "who-harms": "stranger"},
        },
        "winchester",
        MORNING,
    ),
    "frail-and-at-risk-of-fire": ({"concerns": ["fire-safety"]}, "gosport", MORNING),
}


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_from_the_first_screen_to_the_plan(name: str) -> None:
    """Danger first, advice as it is earned, and a plan to read at the end."""
    answers, area, at = TOPICS[name]
    robot = Robot(answers=answers, at=at, area=area)
    robot.walk()

    _golden(name, robot)
    assert _ends(robot) in (0, 10)


def test_a_fire_visit_that_is_refused() -> None:
    """Age is reason enough; what is in the home is asked for all the same, and a refusal is not "yes, ask for it"."""
    answers = {"age": 82, "home-fire-risks": ["smoking", "oxygen"], "consent": "no"}
    robot = Robot(answers=answers, at=MORNING, area="gosport", scheme="fire-visit")
    robot.walk()

    _golden("fire-visit-refused", robot)
    assert 0 == _ends(robot)


def test_going_back_to_change_an_answer() -> None:
    """One screen back, another answer, and on."""
    robot = Robot(answers={"concerns": ["homelessness"]}, at=MORNING, area="fareham")
    robot.walk(until="who-harms")
    robot.back()
    robot.answers = {"concerns": ["homelessness"], "child-affected": "yes"}
    robot.walk()

    _golden("back-once", robot)
    assert _ends(robot) == 3  # who does harm is not sure, and a child is there


def test_going_back_twice_keeps_what_was_answered_after() -> None:
    """Two screens back; the screen between is not asked again."""
    robot = Robot(answers={"concerns": ["exploitation"], "who-harms": "group"}, at=MORNING, area="hart")
    robot.walk(until="high-risk-signs")
    after = {name: robot.given[name] for name in robot.order[-1]}
    robot.back()
    robot.look()
    robot.back()
    robot.look()
    robot.answer(robot.asked())
    robot.given |= after
    robot.walk()

    _golden("back-twice", robot)
    assert _ends(robot) == 0


def test_somebody_may_be_listening() -> None:
    """Three lines, one question, and nothing of the topic until it is safe."""
    robot = Robot(answers={"concerns": ["forced-marriage"], "overheard": "yes"}, at=MORNING, area="test-valley")
    robot.walk(until="safe-to-go-on")

    _golden("overheard", robot)
    assert "Forced Marriage Unit" not in "".join(robot.screens)
    assert _ends(robot) == 20
    assert not "".join(robot.terminal.screen.display).strip()


def test_accessible_from_beginning_to_end() -> None:
    """Numbered lines, label first, no escape code in all that was sent."""
    answers = {"concerns": ["child-abuse"], "child-affected": "yes", "who-harms": "family", "harmer-age": "adult"}
    robot = Robot(answers=answers, at=NIGHT, area="portsmouth", accessible=True)
    robot.walk()

    _golden("accessible", robot)
    assert _ends(robot, ENTER) == 0
    assert "\x1b" not in robot.terminal.raw


def test_at_forty_columns() -> None:
    """A narrow window: every question, number and name is whole."""
    robot = Robot(answers={"concerns": ["stalking"], "who-harms": "stranger"}, at=MORNING, area="havant", columns=40)
    robot.walk()

    _golden("forty-columns", robot)
    assert _ends(robot) == 0


def test_leaving_midway() -> None:
    """q and nothing more: the screen holds nothing of it."""
    robot = Robot(answers={"concerns": ["sexual-violence"]}, at=MORNING, area="isle-of-wight")
    robot.walk(until="who-harms")

    _golden("leaving-midway", robot)
    assert _ends(robot) == 20
    assert not "".join(robot.terminal.screen.display).strip()


def test_not_sure_of_anything() -> None:
    """All not sure: the emergency first, as danger leads; then what is certain; then what is to be found out."""
    names = (
        "immediate-danger overheard only-chance safe-to-go-on child-affected care-needs cannot-protect-self who-harms"
    )
    unsure = dict.fromkeys(
        (*names.split(), "high-risk-signs", "area", "home-taken-over", "honour-shame", "marriage-pressure"), "not-sure"
    )
    robot = Robot(answers={**unsure, "safe-to-go-on": "yes", "concerns": ["adult-safeguarding"]}, at=NIGHT)
    robot.walk()

    _golden("all-not-sure", robot)
    assert _ends(robot) == 10


@pytest.mark.parametrize("accessible", [False, True], ids=["menus", "lines"])
def test_a_long_walk_pauses_with_a_plan_and_goes_on_only_if_wanted(accessible: bool) -> None:
    """The longest walk found, 14 screens: a plan after twelve, m for the rest, then a plan without m."""
    answers = {
        **{"concerns": ["anti-social-behaviour", "homelessness"], "area": "england", "who-harms": "unknown"},
        **dict.fromkeys(("overheard", "only-chance"), "not-sure"),
        **dict.fromkeys(("child-affected", "care-needs", "cannot-protect-self", "wants-police", "both-willing"), "yes"),
        **dict.fromkeys(("no-safe-place-tonight", "homeless-under-18", "fleeing-abuse", "safe-to-go-on"), "yes"),
        **{"dash-count": 13, "incidents-in-12-months": 2},
    }
    robot = Robot(answers=answers, at=MORNING, accessible=accessible)
    robot.walk()

    assert 12 == len(robot.order)
    assert ("m for more questions" if accessible else "m more questions") in " ".join(robot.screens[-1].split())
    robot.terminal.send("m\r" if accessible else "m")
    robot.walk()
    assert 14 == len(robot.order)
    assert "more questions" not in " ".join(robot.screens[-1].split())
    assert _ends(robot, ENTER if accessible else "k") == 3  # nobody knows who does it
