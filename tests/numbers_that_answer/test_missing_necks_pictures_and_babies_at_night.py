"""Somebody missing, a neck, pictures online, a baby's mark, a child alone, a silent door, a death: at night, anywhere.

Each pathway is reached by answers, in every area and in none, on a Saturday at half past eleven at night.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from cst.engine.answers import Answers
from cst.engine.plan import plan
from tests.support.states import LONDON, shipped

if TYPE_CHECKING:
    from cst.rules import Value

NIGHT = datetime(2026, 11, 28, 23, 30, tzinfo=LONDON)
AREAS = [None, *shipped().kind("areas")]
EMERGENCY_LINE = "police-emergency"


def topic(*names: str, **more: Value) -> dict[str, Value]:
    """Answers about topics; a question's hyphens are written as underlines."""
    said = {name.replace("_", "-"): value for name, value in more.items()}
    return {"immediate-danger": False, "overheard": False, "concerns": frozenset(names), **said}


def signs(*names: str) -> frozenset[str]:
    """What is ticked of a list."""
    return frozenset(names)


NECK = topic("domestic-abuse", who_harms="partner", high_risk_signs=signs("strangulation"))
WAYS: dict[str, dict[str, Value]] = {
    "missing-now": topic(
        "missing-person", who_is_missing="adult-at-risk", missing_signs=signs("dementia"), back_again=False
    ),
    "missing-report": topic(
        "missing-person", who_is_missing="child", missing_signs=signs(), in_care=True, back_again=False
    ),
    "missing-returned": topic("missing-person", who_is_missing="child", missing_signs=signs(), back_again=True),
    "strangulation-medical": {**NECK, "strangled-when": "recent", "strangled-symptoms": signs()},
    "strangulation-later": {**NECK, "strangled-when": "older", "strangled-symptoms": signs()},
    "images-child": topic("online-sexual-harm", images_under_18=True, images_what=signs("threat")),
    "images-adult": topic(
        "online-sexual-harm", images_under_18=False, images_what=signs("threat"), child_affected=False
    ),
    "infant-injury": topic("child-abuse", cannot_move_yet=True),
    "child-alone": topic("child-abuse", alone_now=True),
    "child-harms-parent": topic("domestic-abuse", who_harms="family", harmer_age="10-to-15"),
    "child-harms-child": topic("child-abuse", harmer_age="10-to-15"),
    "no-reply-at-door": topic("adult-safeguarding", welfare="no-answer", care_needs=True),
    "found-dead": topic("adult-safeguarding", welfare="found-dead", death_found="sudden"),
}
FIRST_IS_999 = ("missing-now", "no-reply-at-door", "found-dead")


@pytest.mark.parametrize("name", WAYS)
def test_each_pathway_stands_and_is_answered_at_night_in_every_area(name: str) -> None:
    """It is in the plan with steps and do-nots, a number of its own answers now, and the plan has a first one."""
    for area in AREAS:
        told = plan(shipped(), Answers(WAYS[name], frozenset()), NIGHT, area)
        own = next((one for one in told["outcomes"] if one["id"] == name), None)

        assert own is not None, area
        assert own["certain"], area
        assert own["steps"], area
        assert own["cautions"], area
        assert any(contact["open"] and contact["phones"] for contact in own["contacts"]), area
        assert told["first"], area


@pytest.mark.parametrize("name", FIRST_IS_999)
def test_where_life_may_hang_on_it_the_emergency_line_is_first_in_every_area(name: str) -> None:
    """A missing person at risk, somebody frail who does not answer, and somebody who may be dead."""
    for area in AREAS:
        first = plan(shipped(), Answers(WAYS[name], frozenset()), NIGHT, area)["first"]

        assert first, area
        assert first["contact"] == EMERGENCY_LINE, area


@pytest.mark.parametrize("symptoms", ["breath", "stroke", "fit"])
def test_a_neck_that_threatens_life_is_the_emergency_line_however_long_ago(symptoms: str) -> None:
    """The signs of a stroke, a fit or trouble with breath, with the police step beside it."""
    for when in ("today", "recent", "older"):
        answers = {**NECK, "strangled-when": when, "strangled-symptoms": signs(symptoms)}
        told = plan(shipped(), Answers(answers, frozenset()), NIGHT, "gosport")

        assert told["outcomes"][0]["id"] == "emergency"
        assert {"da-high-risk", "strangulation-medical"} <= {one["id"] for one in told["outcomes"]}


@pytest.mark.parametrize("symptom", ["blackout", "voice", "swallow", "neck"])
def test_a_neck_hurt_today_that_still_shows_is_the_emergency_line_and_last_month_the_hospital(symptom: str) -> None:
    """The split of the facts: today with one of four signs, and the emergency department for weeks."""
    for when, first in (("today", "emergency"), ("recent", "da-high-risk")):
        answers = {**NECK, "strangled-when": when, "strangled-symptoms": signs(symptom)}
        told = plan(shipped(), Answers(answers, frozenset()), NIGHT, "gosport")

        assert told["outcomes"][0]["id"] == first
        assert "strangulation-medical" in {one["id"] for one in told["outcomes"]}


def test_nobody_is_told_to_refer_a_child_under_16_to_marac() -> None:
    """With a knife, a hand or neither, by whoever it is at home: no word and no number of it."""
    for who in ("family", "partner"):
        for sign in ("weapon", "escalating", "strangulation"):
            answers = topic("domestic-abuse", who_harms=who, harmer_age="10-to-15", high_risk_signs=signs(sign))
            told = plan(shipped(), Answers(answers, frozenset()), NIGHT, "gosport")
            held = {one["id"]: one for one in told["outcomes"]}

            assert ("child-harms-parent" in held) is (who == "family")
            assert "child-harms-parent" in held or "make a referral for each" in str(held["child-urgent"]["steps"])
            assert "da-high-risk" not in held
            assert not [rung["id"] for one in held.values() for rung in one["contacts"] if "marac" in rung["id"]]
            words = [step["text"] for one in held.values() for step in one["steps"] if "MARAC" in step["text"]]
            assert all("16 or over" in text or "check" in text for text in words), words


@pytest.mark.parametrize(
    ("issue", "unknown", "leads", "stays"),
    [
        ("online-sexual-harm", "images-under-18", "images-child", "images-adult"),
        ("missing-person", "who-is-missing", "missing-now", "missing-report"),
    ],
)
def test_what_leads_without_being_certain_silences_nothing_urgent(
    issue: str, unknown: str, leads: str, stays: str
) -> None:
    """A child's age or a missing person's need that nobody knows stands first, and what is certain stays below it."""
    told = plan(shipped(), Answers(topic(issue), frozenset({unknown})), NIGHT, "gosport")
    held = {one["id"]: one for one in told["outcomes"]}

    assert told["outcomes"][0]["id"] == leads
    assert not held[leads]["certain"]
    assert held[stays]["certain"]
